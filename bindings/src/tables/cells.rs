//! From a row of Arrow columns to the JSON value that the engine reads. What it means is the engine's business.

use super::written::{MICROS_OF_A_DAY, day_of, day_text, decimal_text, month_text};
use crate::arrow::places;
use crate::widen;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, LargeStringArray, StringArray, StringViewArray, TimestampMicrosecondArray};
use arrow_array::{BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, UInt64Array};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType};
use bumpalo::Bump;
use std::borrow::Cow;
use std::ops::Range;
use ttw_core::Problem;
use ttw_core::problem::code;
use ttw_core::read::{MAX_BYTES, Value, parse};

/// A column that can be read row by row, from any thread.
pub(super) struct Column {
    nulls: Option<NullBuffer>,
    cells: Cells,
}

enum Cells {
    Nothing,
    Bool(BooleanArray),
    Int(Int64Array),
    UInt(UInt64Array),
    Float(Float64Array),
    Text(Text),
    /// Places in another column.
    Coded(Vec<usize>, Box<Column>),
    Day(Date32Array),
    Month(Date32Array),
    Instant(TimestampMicrosecondArray),
    Money(Decimal128Array, u32),
    Cents(Int64Array),
    List(Items, Box<Column>),
    Object(Vec<(String, Column)>),
}

enum Text {
    Small(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
}

enum Items {
    Small(OffsetBuffer<i32>),
    Large(OffsetBuffer<i64>),
    Fixed(usize),
}

impl Items {
    fn of(&self, row: usize) -> Range<usize> {
        let at = |offset: Option<i64>| offset.and_then(|offset| usize::try_from(offset).ok()).unwrap_or_default();
        match self {
            Self::Small(offsets) => {
                let at = |row| at(offsets.get(row).map(|offset| i64::from(*offset)));
                at(row)..at(row + 1)
            }
            Self::Large(offsets) => at(offsets.get(row).copied())..at(offsets.get(row + 1).copied()),
            Self::Fixed(size) => row * size..(row + 1) * size,
        }
    }
}

/// Fields that hold a month: a date stands for its month there.
const MONTHS: [&str; 5] = ["month", "from", "to", "terminates_in", "claim_month"];

impl Column {
    /// Makes a column readable; `name` is the field in which it stands.
    ///
    /// # Errors
    /// The type is nothing that JSON has.
    pub(super) fn new(name: &str, array: &ArrayRef) -> Result<(String, Self), ArrowError> {
        let mut key = name.to_owned();
        let cells = match array.data_type() {
            DataType::Null => Some(Cells::Nothing),
            DataType::Boolean => Some(Cells::Bool(array.as_boolean().clone())),
            whole if whole.is_integer() && name.ends_with("_cents") => {
                key.truncate(name.len() - "_cents".len());
                let cents = widen::integers(array).map(Cells::Cents);
                cents.or_else(|| Some(Cells::Money(widen::decimals(array)?, 2)))
            }
            DataType::UInt64 => Some(Cells::UInt(array.as_primitive::<UInt64Type>().clone())),
            whole if whole.is_integer() => widen::integers(array).map(Cells::Int),
            float if float.is_floating() => widen::floats(array).map(Cells::Float),
            DataType::Decimal32(_, scale)
            | DataType::Decimal64(_, scale)
            | DataType::Decimal128(_, scale)
            | DataType::Decimal256(_, scale) => widen::decimals(array).map(|values| money(values, *scale)),
            DataType::Utf8 => Some(Cells::Text(Text::Small(array.as_string().clone()))),
            DataType::LargeUtf8 => Some(Cells::Text(Text::Large(array.as_string().clone()))),
            DataType::Utf8View => Some(Cells::Text(Text::View(array.as_string_view().clone()))),
            DataType::Dictionary(..) => {
                let coded = array.as_any_dictionary();
                let (words_key, words) = Self::new(name, coded.values())?;
                key = words_key;
                Some(Cells::Coded(places(coded), Box::new(words)))
            }
            DataType::Date32 | DataType::Date64 => widen::days(array).map(|days| day(name, days)),
            DataType::Timestamp(_, zone) => widen::instants(array).map(|instants| {
                let midnight = |micros: i64| micros.rem_euclid(MICROS_OF_A_DAY) == 0;
                if zone.is_none() && instants.iter().flatten().all(midnight) {
                    day(name, instants.unary::<_, Date32Type>(day_of))
                } else {
                    Cells::Instant(instants)
                }
            }),
            DataType::List(_) => {
                let list = array.as_list::<i32>();
                Some(Cells::List(Items::Small(list.offsets().clone()), Box::new(Self::new("", list.values())?.1)))
            }
            DataType::LargeList(_) => {
                let list = array.as_list::<i64>();
                Some(Cells::List(Items::Large(list.offsets().clone()), Box::new(Self::new("", list.values())?.1)))
            }
            DataType::FixedSizeList(_, size) => {
                let list = array.as_fixed_size_list();
                let size = usize::try_from(*size).unwrap_or_default();
                Some(Cells::List(Items::Fixed(size), Box::new(Self::new("", list.values())?.1)))
            }
            DataType::Struct(fields) => {
                let columns = fields.iter().zip(array.as_struct().columns());
                let columns = columns.map(|(field, column)| Self::new(field.name(), column));
                Some(Cells::Object(columns.collect::<Result<_, _>>()?))
            }
            _ => None,
        };
        let Some(cells) = cells else {
            return Err(ArrowError::NotYetImplemented(format!(
                "a column of type {} cannot stand in a case; use text, decimals, dates, booleans, structs and lists",
                array.data_type()
            )));
        };
        Ok((key, Self { nulls: array.logical_nulls(), cells }))
    }

    /// Whether it holds text.
    pub(super) fn is_text(&self) -> bool {
        match &self.cells {
            Cells::Text(_) => true,
            Cells::Coded(_, words) => words.is_text(),
            _ => false,
        }
    }

    /// The fields of a column of structs.
    pub(super) fn into_fields(self) -> Vec<(String, Self)> {
        match self.cells {
            Cells::Object(fields) => fields,
            _ => Vec::new(),
        }
    }

    fn is_null(&self, row: usize) -> bool {
        self.nulls.as_ref().is_some_and(|nulls| row >= nulls.len() || nulls.is_null(row))
    }

    /// The text of a row.
    fn text(&self, row: usize) -> Option<&str> {
        if self.is_null(row) {
            return None;
        }
        match &self.cells {
            Cells::Text(Text::Small(texts)) => Some(texts.value(row)),
            Cells::Text(Text::Large(texts)) => Some(texts.value(row)),
            Cells::Text(Text::View(texts)) => Some(texts.value(row)),
            Cells::Coded(keys, words) => words.text(*keys.get(row)?),
            _ => None,
        }
    }

    /// The value of a row; a null is a field that is not there. Texts that have to be written first are written into `texts`.
    fn value<'v>(&'v self, row: usize, texts: &'v Bump) -> Option<Value<'v>> {
        if self.is_null(row) {
            return None;
        }
        Some(match &self.cells {
            Cells::Nothing => return None,
            Cells::Bool(values) => Value::Bool(values.value(row)),
            Cells::Int(values) => values.value(row).into(),
            Cells::UInt(values) => values.value(row).into(),
            // JSON has no NaN; any number with a fraction stands for it, since the engine refuses all of them.
            Cells::Float(values) => Some(values.value(row)).filter(|value| value.is_finite()).unwrap_or(-0.5).into(),
            Cells::Text(_) => Value::Str(Cow::Borrowed(self.text(row)?)),
            Cells::Coded(keys, words) => return words.value(*keys.get(row)?, texts),
            Cells::Day(days) => written(day_text(days.value(row), "", texts)),
            Cells::Month(days) => written(month_text(days.value(row), texts)),
            // A time of day is no date: the engine refuses it by its place.
            Cells::Instant(instants) => written(day_text(day_of(instants.value(row)), "T", texts)),
            Cells::Money(values, scale) => written(decimal_text(values.value(row), *scale, texts)),
            Cells::Cents(values) => written(decimal_text(values.value(row).into(), 2, texts)),
            Cells::List(items, values) => {
                Value::Array(items.of(row).map(|item| values.value(item, texts).unwrap_or(Value::Null)).collect())
            }
            Cells::Object(fields) => Value::Object(object(fields, row, texts).collect()),
        })
    }

    /// The value of a row whose text is JSON.
    ///
    /// # Errors
    /// The text is not one JSON value.
    fn json<'v>(&'v self, row: usize, texts: &'v Bump) -> Result<Option<Value<'v>>, Vec<Problem>> {
        match self.text(row) {
            Some(text) => parse(text.as_bytes(), MAX_BYTES).map(Some),
            None => Ok(self.value(row, texts)),
        }
    }
}

/// The fields of a row that are there.
fn object<'v>(
    fields: &'v [(String, Column)],
    row: usize,
    texts: &'v Bump,
) -> impl Iterator<Item = (&'v str, Value<'v>)> {
    fields.iter().filter_map(move |(name, column)| Some((name.as_str(), column.value(row, texts)?)))
}

const fn written(text: &str) -> Value<'_> {
    Value::Str(Cow::Borrowed(text))
}

/// Decimals of a scale; a negative one stands for zeros before the point.
fn money(values: Decimal128Array, scale: i8) -> Cells {
    if let Ok(scale) = u32::try_from(scale) {
        return Cells::Money(values, scale);
    }
    let zeros = 10_i128.saturating_pow(scale.unsigned_abs().into());
    Cells::Money(values.unary(|value| value.saturating_mul(zeros)), 0)
}

fn day(name: &str, days: Date32Array) -> Cells {
    if MONTHS.contains(&name) { Cells::Month(days) } else { Cells::Day(days) }
}

/// The rows of a table as documents: its own columns, and what is the same for all rows.
pub(super) struct Documents {
    /// The fields of the document, but for those that are said once.
    columns: Vec<Part>,
    /// Fields of one document in the document, such as those of a case.
    inner: Option<(&'static str, Vec<Part>)>,
    /// Said once for all rows.
    constants: Vec<(&'static str, String)>,
    /// One column is the whole document as JSON text.
    whole: Option<Whole>,
    pub(super) rows: usize,
}

/// A column that is a field.
struct Part {
    name: String,
    column: Column,
    /// Its text is JSON.
    is_json: bool,
}

impl Part {
    /// The field of a row, if it is there.
    fn of<'v>(&'v self, row: usize, texts: &'v Bump) -> Result<Option<(&'v str, Value<'v>)>, Vec<Problem>> {
        let value = if self.is_json { self.column.json(row, texts)? } else { self.column.value(row, texts) };
        Ok(value.map(|value| (self.name.as_str(), value)))
    }
}

struct Whole {
    texts: Column,
    /// The field in which it stands; none: it is the document.
    field: Option<&'static str>,
}

/// What a function reads.
pub(super) struct Shape {
    /// The fields of its document.
    pub(super) fields: &'static [&'static str],
    /// The one of them whose own fields may be columns too.
    pub(super) inner: Option<&'static str>,
    /// Fields in which text is JSON.
    pub(super) documents: &'static [&'static str],
    /// Whether one column of text alone is the inner document or the whole.
    pub(super) alone_is_inner: bool,
}

impl Documents {
    /// Takes the columns of a table, or one column of text.
    ///
    /// # Errors
    /// A column's type is nothing that JSON has.
    pub(super) fn new(
        array: &ArrayRef,
        shape: &Shape,
        constants: &[(&'static str, String)],
        is_json: bool,
    ) -> Result<Self, ArrowError> {
        let rows = array.len();
        let constants = constants.to_vec();
        let is_struct = matches!(array.data_type(), DataType::Struct(_));
        let (_, column) = Column::new("", array)?;
        let nulls = column.nulls.clone();
        let mut all = if is_struct { column.into_fields() } else { vec![(String::new(), column)] };
        let only = all.len() == 1;
        let is_whole = |(name, column): &(String, Column)| {
            !is_json && only && column.is_text() && (!is_struct || !shape.fields.contains(&name.as_str()))
        };
        if all.first().is_some_and(is_whole) {
            let field = if shape.alone_is_inner { shape.inner } else { None };
            let whole = all.pop().map(|(_, texts)| Whole { texts, field });
            return Ok(Self { columns: Vec::new(), inner: None, constants, whole, rows });
        }
        for (_, column) in &mut all {
            column.nulls = NullBuffer::union(nulls.as_ref(), column.nulls.as_ref());
        }
        let is_field = |name: &str| shape.fields.contains(&name);
        let has_inner = shape.inner.is_some_and(|inner| all.iter().any(|(name, _)| name == inner));
        let (columns, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(name, _)| has_inner || shape.inner.is_none() || is_field(name));
        let part = |(name, column): (String, Column)| {
            let is_json = is_json || shape.documents.contains(&name.as_str());
            Part { name, column, is_json }
        };
        let said_once = |name: &str| constants.iter().any(|(constant, _)| *constant == name);
        let columns = columns.into_iter().filter(|(name, _)| !said_once(name)).map(part).collect();
        let inner = shape.inner.map(|inner| (inner, others.into_iter().map(part).collect()));
        Ok(Self { columns, inner, constants, whole: None, rows })
    }

    /// The document of a row.
    ///
    /// # Errors
    /// A text in it is not JSON.
    pub(super) fn row<'v>(&'v self, row: usize, texts: &'v Bump) -> Result<Value<'v>, Vec<Problem>> {
        let mut fields: Vec<(&str, Value<'_>)> = Vec::with_capacity(self.columns.len() + 1 + self.constants.len());
        if let Some(whole) = &self.whole {
            let value =
                whole.texts.json(row, texts).map_err(|problems| placed(problems, whole.field))?.unwrap_or(Value::Null);
            match (whole.field, value) {
                (Some(field), value) => fields.push((field, value)),
                (None, Value::Object(own)) if !self.constants.is_empty() => {
                    let constant = |name: &str| self.constants.iter().any(|(constant, _)| *constant == name);
                    let own = own.into_vec().into_iter().filter_map(|(name, value)| {
                        // A name that was written with an escape is no field of ours; the engine refuses it by this one.
                        let name = match name {
                            Cow::Borrowed(name) => name,
                            Cow::Owned(_) => "***",
                        };
                        (!constant(name)).then_some((name, value))
                    });
                    fields.extend(own);
                }
                (None, value) => return Ok(value),
            }
        }
        for part in &self.columns {
            fields.extend(part.of(row, texts).map_err(|problems| placed(problems, Some(&part.name)))?);
        }
        if let Some((name, parts)) = self.inner.as_ref().filter(|(_, parts)| !parts.is_empty()) {
            let mut own = Vec::with_capacity(parts.len());
            for part in parts {
                let at = || format!("{name}/{}", part.name);
                own.extend(part.of(row, texts).map_err(|problems| placed(problems, Some(&at())))?);
            }
            fields.push((name, Value::Object(own.into())));
        }
        fields.extend(self.constants.iter().map(|(name, text)| (*name, Value::Str(Cow::Borrowed(text.as_str())))));
        Ok(Value::Object(fields.into_iter().collect()))
    }
}

/// Problems of a text by its place in the document.
fn placed(problems: Vec<Problem>, field: Option<&str>) -> Vec<Problem> {
    let at = field.map(|field| format!("/{field}")).unwrap_or_default();
    problems.into_iter().map(|problem| Problem { path: format!("{at}{}", problem.path), ..problem }).collect()
}

/// The problem of something that is not there at all.
pub(super) fn required(path: &str) -> Vec<Problem> {
    vec![Problem::new(&code::REQ_FIELD_REQUIRED, path)]
}
