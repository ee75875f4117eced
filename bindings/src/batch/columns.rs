//! What comes in: the columns of a panel as the kernel wants them, and what is wrong with them.

use crate::arrow::places;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Date32Type, Decimal128Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type,
};
use arrow_array::{Array, ArrayRef, BooleanArray, Int8Array, OffsetSizeTrait, RecordBatch};
use arrow_buffer::{Buffer, NullBuffer};
use arrow_schema::DataType;
use ttw_core::Problem;
use ttw_core::batch::{Bits, Cents, Codes, Days, Failure, List, Offsets, Panel};
use ttw_core::problem::code;

const COLUMNS: [&str; 15] = [
    "id",
    "title",
    "blind",
    "first_month",
    "first_assigned_on",
    "assigned_on",
    "first_payable_month",
    "last_payable_month",
    "vr_bar",
    "services_completed_on",
    "earned",
    "paid",
    "t2",
    "t16",
    "last_period",
];
const REQUIRED: [&str; 6] = ["title", "first_month", "first_assigned_on", "earned", "t2", "t16"];
const TITLES: [&str; 3] = ["t2", "t16", "concurrent"];
const BARS: [&str; 3] = ["", "phase_1", "all"];
pub(super) const STATUSES: [(&str, u8); 9] = [
    ("none", 0),
    ("current_pay", 1),
    ("suspended_work", 2),
    ("suspended_other", 3),
    ("ended_work", 4),
    ("ended_other", 5),
    ("state_supplement_only", 6),
    ("state_supplement", 6),
    ("unknown", 255),
];

/// What of a panel is not there as the kernel wants it: words as codes, a byte a ticket.
pub(super) struct Columns {
    title: Vec<u8>,
    vr_bar: Option<Vec<u8>>,
    t2: Option<Vec<u8>>,
    t16: Option<Vec<u8>>,
}

pub(super) type Read<T> = Result<T, Vec<Problem>>;

fn wrong(path: &str, expected: &str) -> Vec<Problem> {
    vec![Problem::new(&code::REQ_TYPE, path).with("expected", expected)]
}

impl Columns {
    pub(super) fn read(batch: &RecordBatch, before: usize) -> Read<Self> {
        let schema = batch.schema_ref();
        let mut problems = Vec::new();
        for field in schema.fields() {
            if !COLUMNS.contains(&field.name().as_str()) {
                problems.push(
                    Problem::new(&code::REQ_UNKNOWN_FIELD, &format!("/{}", field.name()))
                        .with("allowed", COLUMNS.to_vec()),
                );
            } else if schema.fields().iter().filter(|other| other.name() == field.name()).count() > 1 {
                problems.push(Problem::new(&code::REQ_FIELD_DUPLICATE, &format!("/{}", field.name())));
            }
        }
        for name in REQUIRED {
            if batch.column_by_name(name).is_none() {
                problems.push(Problem::new(&code::REQ_FIELD_REQUIRED, &format!("/{name}")));
            }
        }
        for name in ["title", "blind", "first_month", "first_assigned_on", "assigned_on"] {
            let Some(nulls) = batch.column_by_name(name).and_then(Array::logical_nulls) else { continue };
            let missing = (0..nulls.len()).filter(|row| nulls.is_null(*row)).take(Failure::MOST + 1);
            problems.extend(
                missing.map(|row| Problem::new(&code::REQ_FIELD_REQUIRED, &format!("/{name}/{}", before + row))),
            );
        }
        let mut take = |read: Read<Option<Vec<u8>>>| {
            read.unwrap_or_else(|mut found| {
                problems.append(&mut found);
                None
            })
        };
        let words = |name: &str, choices: &[(&str, u8)]| {
            batch.column_by_name(name).map(|column| codes_of(column, name, choices, before)).transpose()
        };
        let titles: Vec<(&str, u8)> = TITLES.into_iter().zip(0..).collect();
        let bars: Vec<(&str, u8)> = BARS.into_iter().zip(0..).skip(1).collect();
        let title = take(words("title", &titles));
        let vr_bar = take(words("vr_bar", &bars));
        let t2 = take(status_words(batch, "t2"));
        let t16 = take(status_words(batch, "t16"));
        let columns = Self { title: title.unwrap_or_default(), vr_bar, t2, t16 };
        match columns.panel(batch) {
            Err(mut found) if !batch_lacks(&problems, &found) => problems.append(&mut found),
            _ => {}
        }
        if problems.is_empty() { Ok(columns) } else { Err(problems) }
    }

    pub(super) fn panel<'a>(&'a self, batch: &'a RecordBatch) -> Read<Panel<'a>> {
        let column = |name: &str| batch.column_by_name(name);
        let required =
            |name: &str| column(name).ok_or_else(|| vec![Problem::new(&code::REQ_FIELD_REQUIRED, &format!("/{name}"))]);
        let days = |name: &str| column(name).map(|column| nullable_days(column, name)).transpose();
        Ok(Panel {
            title: &self.title,
            blind: column("blind").map(|column| bits(column, "blind")).transpose()?,
            first_month: nullable_days(required("first_month")?, "first_month")?.values,
            first_assigned_on: nullable_days(required("first_assigned_on")?, "first_assigned_on")?.values,
            assigned_on: days("assigned_on")?.map(|days| days.values),
            first_payable_month: days("first_payable_month")?,
            last_payable_month: days("last_payable_month")?,
            vr_bar: self.vr_bar.as_deref(),
            services_completed_on: days("services_completed_on")?,
            earned: list(required("earned")?, "earned", cents)?,
            paid: column("paid").map(|column| list(column, "paid", cents)).transpose()?,
            t2: list(required("t2")?, "t2", |values, name| statuses(values, name, self.t2.as_deref()))?,
            t16: list(required("t16")?, "t16", |values, name| statuses(values, name, self.t16.as_deref()))?,
            last_period: column("last_period").map(|column| list(column, "last_period", bits)).transpose()?,
        })
    }
}

/// Whether all that was found is already named.
fn batch_lacks(named: &[Problem], found: &[Problem]) -> bool {
    found.iter().all(|problem| named.contains(problem))
}

fn bits_of(nulls: &NullBuffer) -> Bits<'_> {
    Bits::new(nulls.buffer().as_slice(), nulls.offset())
}

fn bits<'a>(column: &'a ArrayRef, name: &str) -> Read<Bits<'a>> {
    let array: &BooleanArray = column.as_boolean_opt().ok_or_else(|| wrong(&format!("/{name}"), "booleans"))?;
    Ok(Bits::new(array.values().values(), array.values().offset()))
}

fn nullable_days<'a>(column: &'a ArrayRef, name: &str) -> Read<Days<'a>> {
    let array =
        column.as_primitive_opt::<Date32Type>().ok_or_else(|| wrong(&format!("/{name}"), "a column of date32"))?;
    Ok(Days { values: array.values(), present: array.nulls().map(bits_of) })
}

fn list<'a, V>(column: &'a ArrayRef, name: &str, values: impl Fn(&'a ArrayRef, &str) -> Read<V>) -> Read<List<'a, V>> {
    let rows = column.nulls().map(bits_of);
    let (offsets, elements) = if let Some(lists) = column.as_list_opt::<i32>() {
        (Offsets::Small(lists.value_offsets()), lists.values())
    } else if let Some(lists) = column.as_list_opt::<i64>() {
        (Offsets::Large(lists.value_offsets()), lists.values())
    } else if let Some(lists) = column.as_fixed_size_list_opt() {
        (Offsets::Fixed(usize::try_from(lists.value_length()).unwrap_or(0)), lists.values())
    } else {
        return Err(wrong(&format!("/{name}"), "a column of lists, large lists or lists of one size"));
    };
    Ok(List { offsets, values: values(elements, name)?, rows, known: elements.nulls().map(bits_of) })
}

fn cents<'a>(values: &'a ArrayRef, name: &str) -> Read<Cents<'a>> {
    if let Some(values) = values.as_primitive_opt::<Int32Type>() {
        Ok(Cents::Small(values.values()))
    } else if let Some(values) = values.as_primitive_opt::<Int64Type>() {
        Ok(Cents::Large(values.values()))
    } else if let (Some(decimals), DataType::Decimal128(_, 2)) =
        (values.as_primitive_opt::<Decimal128Type>(), values.data_type())
    {
        Ok(Cents::Decimal(decimals.values()))
    } else {
        Err(wrong(&format!("/{name}"), "lists of int32 or int64 cents, or of decimal128 with two places"))
    }
}

fn elements(column: &ArrayRef) -> Option<&ArrayRef> {
    column
        .as_list_opt::<i32>()
        .map(arrow_array::GenericListArray::values)
        .or_else(|| column.as_list_opt::<i64>().map(arrow_array::GenericListArray::values))
        .or_else(|| column.as_fixed_size_list_opt().map(arrow_array::FixedSizeListArray::values))
}

/// The codes of a dictionary of status words; none when the column has codes.
fn status_words(batch: &RecordBatch, name: &str) -> Read<Option<Vec<u8>>> {
    let Some(values) = batch.column_by_name(name).and_then(elements) else { return Ok(None) };
    let Some(dictionary) = values.as_any_dictionary_opt() else { return Ok(None) };
    let words = words(dictionary.values(), &format!("/{name}"))?;
    let code_of = |word: Option<&str>| match word {
        None => Some(0),
        Some(word) => STATUSES.iter().find(|(known, _)| *known == word).map(|(_, code)| *code),
    };
    let codes: Option<Vec<u8>> = words.into_iter().map(code_of).collect();
    let allowed: Vec<&str> = STATUSES.iter().map(|(word, _)| *word).collect();
    codes.map(Some).ok_or_else(|| vec![Problem::new(&code::REQ_ENUM, &format!("/{name}")).with("allowed", allowed)])
}

fn statuses<'a>(values: &'a ArrayRef, name: &str, codes: Option<&'a [u8]>) -> Read<Codes<'a>> {
    fn keys<K: ArrowDictionaryKeyType>(values: &ArrayRef) -> Option<&Buffer> {
        values.as_dictionary_opt::<K>().map(|dictionary| dictionary.keys().values().inner())
    }
    if let Some(values) = values.as_primitive_opt::<UInt8Type>() {
        return Ok(Codes::Plain(values.values()));
    }
    let codes = codes.unwrap_or_default();
    if let Some(keys) = keys::<UInt8Type>(values).or_else(|| keys::<Int8Type>(values)) {
        return Ok(Codes::Keys8(keys.typed_data(), codes));
    }
    if let Some(keys) = keys::<UInt16Type>(values).or_else(|| keys::<Int16Type>(values)) {
        return Ok(Codes::Keys16(keys.typed_data(), codes));
    }
    if let Some(keys) = keys::<UInt32Type>(values).or_else(|| keys::<Int32Type>(values)) {
        return Ok(Codes::Keys32(keys.typed_data(), codes));
    }
    Err(wrong(&format!("/{name}"), "lists of uint8, or of a dictionary of words"))
}

/// The words of a column of strings.
fn words<'a>(column: &'a ArrayRef, path: &str) -> Read<Vec<Option<&'a str>>> {
    fn all<O: OffsetSizeTrait>(column: &ArrayRef) -> Option<Vec<Option<&str>>> {
        column.as_string_opt::<O>().map(|strings| strings.iter().collect())
    }
    all::<i32>(column)
        .or_else(|| all::<i64>(column))
        .or_else(|| column.as_string_view_opt().map(|strings| strings.iter().collect()))
        .ok_or_else(|| wrong(path, "strings, or a dictionary of strings"))
}

/// A code for each row; a row without a word has 0.
fn codes_of(column: &ArrayRef, name: &str, choices: &[(&str, u8)], before: usize) -> Read<Vec<u8>> {
    const NONE: u8 = u8::MAX;
    const FEW: usize = 4;
    let code_of = |word: Option<&str>| match word {
        None => 0,
        Some(word) => choices.iter().find(|(known, _)| *known == word).map_or(NONE, |(_, code)| *code),
    };
    let path = format!("/{name}");
    let codes: Vec<u8> = if let Some(dictionary) = column.as_any_dictionary_opt() {
        let of_words: Vec<u8> = words(dictionary.values(), &path)?.into_iter().map(code_of).collect();
        if let (Some(small), 0..=FEW) = (column.as_dictionary_opt::<Int8Type>(), of_words.len()) {
            of_few(small.keys(), &of_words)
        } else {
            let keys = places(dictionary);
            let is_null = |row: usize| dictionary.keys().is_null(row);
            let at =
                |(row, key): (usize, usize)| if is_null(row) { 0 } else { of_words.get(key).copied().unwrap_or(0) };
            keys.into_iter().enumerate().map(at).collect()
        }
    } else {
        strings(column, &path, code_of)?
    };
    if !codes.contains(&NONE) {
        return Ok(codes);
    }
    let allowed: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    let bad = codes.iter().enumerate().filter(|(_, code)| **code == NONE).take(Failure::MOST + 1);
    Err(bad
        .map(|(row, _)| {
            Problem::new(&code::REQ_ENUM, &format!("{path}/{}", before + row)).with("allowed", allowed.clone())
        })
        .collect())
}

/// The codes of keys of a few words: word by word, each for as many keys at once as the machine can.
fn of_few(keys: &Int8Array, of_words: &[u8]) -> Vec<u8> {
    let mut codes = vec![0; keys.len()];
    for (word, of_word) in (0_i8..).zip(of_words.iter().copied()) {
        for (code, key) in codes.iter_mut().zip(keys.values().iter().copied()) {
            *code |= u8::from(key == word).wrapping_neg() & of_word;
        }
    }
    if let Some(nulls) = keys.nulls() {
        let is_there = nulls.inner().bit_chunks().iter_padded().flat_map(u64::to_le_bytes);
        for (codes, is_there) in codes.chunks_mut(8).zip(is_there) {
            codes.iter_mut().zip(bytes_of(is_there)).for_each(|(code, is_there)| *code &= is_there);
        }
    }
    codes
}

/// All ones or zero, a byte for each bit.
const fn bytes_of(bits: u8) -> [u8; 8] {
    // Each byte keeps a bit of its own; with 127 added its highest bit says whether it is set.
    let own = (bits as u64 * 0x0101_0101_0101_0101) & 0x8040_2010_0804_0201;
    let is_set = (own + 0x7F7F_7F7F_7F7F_7F7F) >> 7 & 0x0101_0101_0101_0101;
    (is_set * 0xFF).to_le_bytes()
}

/// A code for each string, without a list of them.
fn strings(column: &ArrayRef, path: &str, code_of: impl Fn(Option<&str>) -> u8) -> Read<Vec<u8>> {
    if let Some(strings) = column.as_string_opt::<i32>() {
        Ok(strings.iter().map(code_of).collect())
    } else if let Some(strings) = column.as_string_opt::<i64>() {
        Ok(strings.iter().map(code_of).collect())
    } else if let Some(strings) = column.as_string_view_opt() {
        Ok(strings.iter().map(code_of).collect())
    } else {
        Err(wrong(path, "strings, or a dictionary of strings"))
    }
}
