//! The answers as Python sees them: any library of Arrow reads them, and so does Python without one.

use super::unforeseen;
use arrow_array::cast::AsArray;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{
    Date32Type, Decimal128Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, DataType, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyList};
use std::sync::Arc;

/// A table of answers. It gives its columns to anything that reads Arrow, and to Python itself.
#[pyclass(frozen, name = "Table", module = "ttw._ttw")]
pub(crate) struct Table {
    pub(crate) batches: Vec<RecordBatch>,
    pub(crate) schema: SchemaRef,
}

#[pymethods]
impl Table {
    /// Reads what `to_ipc` wrote.
    #[staticmethod]
    fn from_ipc(py: Python<'_>, data: &[u8]) -> PyResult<Self> {
        let read = py.detach(|| {
            let reader = StreamReader::try_new(data, None)?;
            let schema = reader.schema();
            Ok(Self { batches: reader.collect::<Result<_, ArrowError>>()?, schema })
        });
        read.map_err(|error: ArrowError| PyValueError::new_err(error.to_string()))
    }

    /// The table as an Arrow IPC stream.
    fn to_ipc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let written = py.detach(|| {
            let mut writer = StreamWriter::try_new(Vec::new(), &self.schema)?;
            self.batches.iter().try_for_each(|batch| writer.write(batch))?;
            writer.into_inner()
        });
        written.map(|bytes| PyBytes::new(py, &bytes)).map_err(unforeseen)
    }

    /// How a copy of it is made, in this process or another.
    fn __reduce__<'py>(table: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((table.get_type().getattr("from_ipc")?, (table.get().to_ipc(table.py())?,)))
    }

    /// The capsule of an Arrow stream. Whoever asks for other types casts to them: the protocol leaves it to either side.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }

    /// The capsule of the schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(unforeseen)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The names of the columns.
    fn columns(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// Some of the rows.
    fn slice(&self, start: usize, count: usize) -> Self {
        let (mut skip, mut left, mut batches) = (start, count, Vec::new());
        for batch in &self.batches {
            let from = skip.min(batch.num_rows());
            let taken = left.min(batch.num_rows() - from);
            skip -= from;
            left -= taken;
            if taken > 0 {
                batches.push(batch.slice(from, taken));
            }
        }
        Self { batches, schema: Arc::clone(&self.schema) }
    }

    /// One column as a list of Python's values.
    fn column<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for batch in &self.batches {
            let column = batch.columns().get(index).ok_or_else(|| PyValueError::new_err("there is no such column"))?;
            let mut values = Python_ { py, decimal: None, day: None };
            for row in 0..column.len() {
                list.append(values.of(column, row)?)?;
            }
        }
        Ok(list)
    }
}

/// Makes Python's values.
struct Python_<'py> {
    py: Python<'py>,
    decimal: Option<Bound<'py, PyAny>>,
    day: Option<Bound<'py, PyAny>>,
}

impl<'py> Python_<'py> {
    fn of(&mut self, array: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
        let py = self.py;
        if array.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        Ok(match array.data_type() {
            DataType::Utf8 => array.as_string::<i32>().value(row).into_pyobject(py)?.into_any(),
            DataType::LargeUtf8 => array.as_string::<i64>().value(row).into_pyobject(py)?.into_any(),
            DataType::Utf8View => array.as_string_view().value(row).into_pyobject(py)?.into_any(),
            DataType::Boolean => array.as_boolean().value(row).into_pyobject(py)?.to_owned().into_any(),
            DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any(),
            DataType::Int32 => array.as_primitive::<Int32Type>().value(row).into_pyobject(py)?.into_any(),
            DataType::Int16 => array.as_primitive::<Int16Type>().value(row).into_pyobject(py)?.into_any(),
            DataType::Int8 => array.as_primitive::<Int8Type>().value(row).into_pyobject(py)?.into_any(),
            DataType::UInt64 => array.as_primitive::<UInt64Type>().value(row).into_pyobject(py)?.into_any(),
            DataType::UInt32 => array.as_primitive::<UInt32Type>().value(row).into_pyobject(py)?.into_any(),
            DataType::UInt16 => array.as_primitive::<UInt16Type>().value(row).into_pyobject(py)?.into_any(),
            DataType::UInt8 => array.as_primitive::<UInt8Type>().value(row).into_pyobject(py)?.into_any(),
            DataType::Decimal128(..) => {
                let text = array.as_primitive::<Decimal128Type>().value_as_string(row);
                let class = match &self.decimal {
                    Some(class) => class,
                    None => self.decimal.insert(py.import("decimal")?.getattr("Decimal")?),
                };
                class.call1((text,))?
            }
            DataType::Date32 => {
                let days = array.as_primitive::<Date32Type>().value(row);
                let make = match &self.day {
                    Some(make) => make,
                    None => self.day.insert(py.import("datetime")?.getattr("date")?.getattr("fromordinal")?),
                };
                make.call1((i64::from(days) + 719_163,))?
            }
            DataType::Dictionary(..) => {
                let one = array.slice(row, 1);
                let coded = one.as_any_dictionary();
                let key = coded.normalized_keys().first().copied().unwrap_or_default();
                self.of(coded.values(), key)?
            }
            DataType::List(_) => {
                let items = array.as_list::<i32>().value(row);
                let list = PyList::empty(py);
                for item in 0..items.len() {
                    list.append(self.of(&items, item)?)?;
                }
                list.into_any()
            }
            DataType::Struct(fields) => {
                let dict = PyDict::new(py);
                for (field, column) in fields.iter().zip(array.as_struct().columns()) {
                    dict.set_item(field.name(), self.of(column, row)?)?;
                }
                dict.into_any()
            }
            other => {
                let said = format!("values of type {other} are read with a library of Arrow, such as pyarrow");
                return Err(PyTypeError::new_err(said));
            }
        })
    }
}
