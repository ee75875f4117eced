//! Arrow data in, by the capsules that every library of Arrow gives.

use arrow_array::ffi_stream::ArrowArrayStreamReader;
use arrow_array::{AnyDictionaryArray, Array, RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_pyarrow::FromPyArrow;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

/// The place of each row's word; where all rows are null there may be no word at all.
pub(crate) fn places(coded: &dyn AnyDictionaryArray) -> Vec<usize> {
    if coded.values().is_empty() { vec![0; coded.len()] } else { coded.normalized_keys() }
}

/// The batches of a table, a batch or a reader of batches.
pub(crate) struct Stream(pub(crate) Box<dyn RecordBatchReader + Send>);

impl<'py> FromPyObject<'_, 'py> for Stream {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        // What has neither method would be asked whether it is an object of pyarrow, which may not be there.
        if given.hasattr("__arrow_c_stream__")? {
            match ArrowArrayStreamReader::from_pyarrow_bound(&given) {
                Ok(reader) => Ok(Self(Box::new(reader))),
                Err(error) if error.is_instance_of::<PyValueError>(given.py()) => {
                    Err(PyTypeError::new_err(format!("this is no table of columns: {error}")))
                }
                Err(error) => Err(error),
            }
        } else if given.hasattr("__arrow_c_array__")? {
            let batch = RecordBatch::from_pyarrow_bound(&given)?;
            let schema = batch.schema();
            Ok(Self(Box::new(RecordBatchIterator::new([Ok(batch)], schema))))
        } else {
            Err(PyTypeError::new_err("a table has __arrow_c_stream__ or __arrow_c_array__"))
        }
    }
}
