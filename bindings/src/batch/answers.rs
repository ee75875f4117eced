//! What goes out: the answers as columns, and columns as Python has them.

use crate::tables::Table;
use arrow_array::types::Int8Type;
use arrow_array::{
    Array, ArrayRef, Date32Array, DictionaryArray, Int8Array, RecordBatch, RecordBatchOptions, StringArray,
    StructArray, UInt8Array, UInt64Array,
};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use ttw_core::batch::{Answers, Evidence, Standing};

/// The columns that are asked for, after the panel's `id`: a table for each part of the rows.
pub(super) fn tables(
    batch: &RecordBatch,
    parts: Vec<Answers>,
    asked: &[String],
    metadata: &HashMap<String, String>,
) -> Result<Vec<RecordBatch>, ArrowError> {
    let mut first = 0;
    let part = |answers: Answers| {
        let rows = answers.rows;
        first += rows;
        table(&batch.slice(first - rows, rows), answers, asked, metadata.clone())
    };
    parts.into_iter().map(part).collect()
}

fn table(
    batch: &RecordBatch,
    answers: Answers,
    asked: &[String],
    metadata: HashMap<String, String>,
) -> Result<RecordBatch, ArrowError> {
    let rows = batch.num_rows();
    let mut fields = Vec::new();
    let mut columns: Vec<ArrayRef> = Vec::new();
    if let Some(ids) = batch.column_by_name("id") {
        fields.push(batch.schema_ref().field_with_name("id")?.clone());
        columns.push(Arc::clone(ids));
    }
    let Answers { months, present, standing, counts, evidence, .. } = answers;
    let words: ArrayRef = Arc::new(StringArray::from(Standing::WORDS.to_vec()));
    let mut found: HashMap<&str, ArrayRef> = HashMap::new();
    for (name, (days, present)) in Answers::MONTHS.into_iter().zip(months.into_iter().zip(present)) {
        if asked.iter().any(|asked| asked == name) {
            let present = NullBuffer::new(BooleanBuffer::new(Buffer::from_vec(present), 0, rows));
            found.insert(name, Arc::new(Date32Array::new(days.into(), Some(present))));
        }
    }
    for (name, standing) in Answers::STANDING.into_iter().zip(standing) {
        found.insert(name, dictionary(standing, &words)?);
    }
    for (name, counts) in Answers::COUNTS.into_iter().zip(counts) {
        found.insert(name, Arc::new(UInt8Array::from(counts)));
    }
    let mut add = |name: &str, column: ArrayRef| {
        fields.push(Field::new(name, column.data_type().clone(), Answers::MONTHS.contains(&name)));
        columns.push(column);
    };
    for (name, column) in asked.iter().filter_map(|name| found.remove_entry(name.as_str())) {
        add(name, column);
    }
    if let Some(evidence) = evidence {
        add("evidence", Arc::new(evidence_of(evidence)?));
    }
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::new_with_metadata(fields, metadata)), columns, &options)
}

fn dictionary(keys: Vec<i8>, words: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(DictionaryArray::<Int8Type>::try_new(Int8Array::from(keys), Arc::clone(words))?))
}

/// The evidence as one column of structures.
fn evidence_of(evidence: Evidence) -> Result<StructArray, ArrowError> {
    let Evidence { from, masks, rules } = evidence;
    let mut fields = vec![Field::new("from", DataType::Date32, false)];
    let mut columns: Vec<ArrayRef> = vec![Arc::new(Date32Array::from(from))];
    for (name, mask) in Evidence::MASKS.into_iter().zip(masks) {
        fields.push(Field::new(name, DataType::UInt64, false));
        columns.push(Arc::new(UInt64Array::from(mask)));
    }
    let words: ArrayRef = Arc::new(StringArray::from(Evidence::RULES.to_vec()));
    for (number, rules) in (1..).zip(rules) {
        let column = dictionary(rules, &words)?;
        fields.push(Field::new(format!("p1m{number}_rule"), column.data_type().clone(), false));
        columns.push(column);
    }
    StructArray::try_new(fields.into(), columns, None)
}

/// A panel of one made-up ticket, for examples.
#[pyfunction]
pub fn example_panel() -> PyResult<Table> {
    fn lists<T: Array + 'static>(values: T) -> ArrayRef {
        let offsets = arrow_buffer::OffsetBuffer::from_lengths([values.len()]);
        let field = Arc::new(Field::new_list_field(values.data_type().clone(), true));
        Arc::new(arrow_array::ListArray::new(field, offsets, Arc::new(values), None))
    }
    // January 1 and May 20, 2016.
    let (first, assigned) = (16_801, 16_941);
    let earned = arrow_array::Int32Array::from(vec![0, 0, 0, 0, 0, 90_000, 91_000, 91_250, 0, 0, 0, 0]);
    let columns: [(&str, ArrayRef); 7] = [
        ("id", Arc::new(StringArray::from(vec!["T-0001"]))),
        ("title", Arc::new(StringArray::from(vec!["t2"]))),
        ("first_month", Arc::new(Date32Array::from(vec![first]))),
        ("first_assigned_on", Arc::new(Date32Array::from(vec![assigned]))),
        ("earned", lists(earned)),
        ("t2", lists(UInt8Array::from(vec![1; 12]))),
        ("t16", lists(UInt8Array::from(vec![0; 12]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).map_err(|error| PyValueError::new_err(error.to_string()))?;
    let schema = batch.schema();
    Ok(Table { batches: vec![batch], schema })
}
