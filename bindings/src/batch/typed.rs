//! Columns of other types than those of a panel, as libraries make them: each as the type that it stands for, where nothing is lost.

use super::columns::STATUSES;
use crate::widen::{days, decimals, instants, integers};
use arrow_array::builder::UInt8Builder;
use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, Date32Array, FixedSizeListArray, GenericListArray, Int64Array, OffsetSizeTrait, RecordBatch,
    RecordBatchOptions, new_null_array,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use std::sync::Arc;

/// Nullable days; a column of nothing says that there is none.
const NULLABLE_DAYS: [&str; 3] = ["first_payable_month", "last_payable_month", "services_completed_on"];
/// What is no status, so that it is refused at its place.
const NO_STATUS: u8 = u8::MAX - 1;

/// A batch with its columns as a panel has them; what stands for nothing of a panel stays as it is, and is refused by its name.
pub(super) fn typed(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        // A column of nothing has no type of its own; from Polars it comes as text.
        let is_text = matches!(column.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
        let is_nothing = column.data_type() == &DataType::Null || is_text && column.null_count() == column.len();
        let other = match field.name().as_str() {
            "vr_bar" if is_nothing => Some(new_null_array(&DataType::Utf8, column.len())),
            name if is_nothing && NULLABLE_DAYS.contains(&name) => {
                Some(new_null_array(&DataType::Date32, column.len()))
            }
            "blind" | "assigned_on" | "paid" | "last_period" if is_nothing => continue,
            "first_month" | "first_assigned_on" | "assigned_on" => whole_days(column),
            name if NULLABLE_DAYS.contains(&name) => whole_days(column),
            "earned" | "paid" => with_elements(column, cents),
            "t2" | "t16" => with_elements(column, statuses),
            _ => None,
        };
        let kind = other.as_ref().map_or_else(|| field.data_type().clone(), |other| other.data_type().clone());
        fields.push(field.as_ref().clone().with_data_type(kind));
        columns.push(other.unwrap_or_else(|| Arc::clone(column)));
    }
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &options)
}

/// Days of a column of days with a time that is midnight; one with another time is none, and is refused at its place.
fn whole_days(column: &ArrayRef) -> Option<ArrayRef> {
    const MICROS_OF_A_DAY: i64 = 86_400_000_000;
    match column.data_type() {
        DataType::Date64 => days(column).map(|days| Arc::new(days) as ArrayRef),
        DataType::Timestamp(_, None) => {
            let day = |micros: i64| match (micros.div_euclid(MICROS_OF_A_DAY), micros.rem_euclid(MICROS_OF_A_DAY)) {
                (day, 0) => i32::try_from(day).unwrap_or(i32::MAX),
                _ => i32::MAX,
            };
            let days: Date32Array = instants(column)?.unary(day);
            Some(Arc::new(days))
        }
        _ => None,
    }
}

/// The same lists with other elements; none where the elements are as they should be, or stand for nothing.
fn with_elements(column: &ArrayRef, other: impl Fn(&ArrayRef) -> Option<ArrayRef>) -> Option<ArrayRef> {
    fn of<O: OffsetSizeTrait>(column: &ArrayRef, other: impl Fn(&ArrayRef) -> Option<ArrayRef>) -> Option<ArrayRef> {
        let lists = column.as_list_opt::<O>()?;
        let elements = other(lists.values())?;
        let field = Arc::new(Field::new_list_field(elements.data_type().clone(), true));
        let lists = GenericListArray::try_new(field, lists.offsets().clone(), elements, lists.nulls().cloned());
        Some(Arc::new(lists.ok()?))
    }
    if let Some(lists) = column.as_fixed_size_list_opt() {
        let elements = other(lists.values())?;
        let field = Arc::new(Field::new_list_field(elements.data_type().clone(), true));
        let lists = FixedSizeListArray::try_new(field, lists.value_length(), elements, lists.nulls().cloned());
        return Some(Arc::new(lists.ok()?));
    }
    of::<i32>(column, &other).or_else(|| of::<i64>(column, &other))
}

/// Cents of integers of other widths, and of decimals with fewer than two places or of another width.
fn cents(elements: &ArrayRef) -> Option<ArrayRef> {
    match elements.data_type() {
        DataType::Int32 | DataType::Int64 | DataType::Decimal128(_, 2) => None,
        DataType::Decimal32(_, scale @ 0..=2)
        | DataType::Decimal64(_, scale @ 0..=2)
        | DataType::Decimal128(_, scale @ 0..=2)
        | DataType::Decimal256(_, scale @ 0..=2) => {
            let factor = if *scale == 2 {
                1
            } else if *scale == 1 {
                10
            } else {
                100
            };
            // What is too large for a panel is refused as what is below zero is.
            let cents = |units: i128| i64::try_from(units.saturating_mul(factor)).unwrap_or(-1);
            let cents: Int64Array = decimals(elements)?.unary(cents);
            Some(Arc::new(cents))
        }
        _ => integers(elements).map(|integers| Arc::new(integers) as ArrayRef),
    }
}

/// Codes of integers of other widths, and of words.
fn statuses(elements: &ArrayRef) -> Option<ArrayRef> {
    if elements.data_type() == &DataType::UInt8 || elements.as_any_dictionary_opt().is_some() {
        return None;
    }
    if let Some(integers) = integers(elements) {
        let codes = integers.unary::<_, arrow_array::types::UInt8Type>(|code| u8::try_from(code).unwrap_or(NO_STATUS));
        return Some(Arc::new(codes));
    }
    let mut codes = UInt8Builder::with_capacity(elements.len());
    let mut add = |word: Option<&str>| {
        let code = |word: &str| STATUSES.iter().find(|(known, _)| *known == word).map_or(NO_STATUS, |(_, code)| *code);
        codes.append_option(word.map(code));
    };
    if let Some(words) = elements.as_string_opt::<i32>() {
        words.iter().for_each(&mut add);
    } else if let Some(words) = elements.as_string_opt::<i64>() {
        words.iter().for_each(&mut add);
    } else {
        elements.as_string_view_opt()?.iter().for_each(&mut add);
    }
    Some(Arc::new(codes.finish()))
}
