//! Values, lists and words in Arrow columns.

use crate::tables::written::first_of_month;
use arrow_array::builder::{Decimal128Builder, Int8Builder, StringBuilder};
use arrow_array::types::Int8Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, ListArray, StringArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, Field, Fields};
use std::sync::{Arc, LazyLock};
use ttw_core::decision::Status;
use ttw_core::domain::{Month, PaymentName, Usd};

/// Columns by name, or why there are none.
pub(super) type Columns = Result<Vec<(&'static str, ArrayRef)>, ArrowError>;

/// The number of a row that came in.
pub(super) fn number(row: usize) -> i64 {
    i64::try_from(row).unwrap_or(i64::MAX)
}

/// The columns of a list of things, or none in a row.
pub(super) struct Lists<T> {
    ends: Vec<usize>,
    pub(super) items: T,
    count: usize,
}

impl<T: Default> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: vec![0], items: T::default(), count: 0 }
    }
}

impl<T> Lists<T> {
    pub(super) fn end(&mut self, added: usize) {
        self.count += added;
        self.ends.push(self.count);
    }

    pub(super) fn finish(self, array: impl FnOnce(T) -> Result<ArrayRef, ArrowError>) -> Result<ArrayRef, ArrowError> {
        let items = array(self.items)?;
        let field = Arc::new(Field::new("item", items.data_type().clone(), true));
        let lengths = self.ends.windows(2).map(|pair| match pair {
            [start, end] => end - start,
            _ => 0,
        });
        Ok(Arc::new(ListArray::try_new(field, OffsetBuffer::from_lengths(lengths), items, None)?))
    }
}

/// Ids and other words of a row.
pub(super) type Words = Lists<StringBuilder>;

impl Words {
    pub(super) fn push<'w>(&mut self, words: impl IntoIterator<Item = &'w str>) {
        let mut added = 0;
        for word in words {
            self.items.append_value(word);
            added += 1;
        }
        self.end(added);
    }

    pub(super) fn array(self) -> Result<ArrayRef, ArrowError> {
        self.finish(|mut words| Ok(Arc::new(words.finish())))
    }
}

/// Structs from their columns.
pub(super) fn structs(columns: Vec<(&'static str, ArrayRef)>) -> Result<ArrayRef, ArrowError> {
    let fields: Fields =
        columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    Ok(Arc::new(StructArray::try_new(fields, columns.into_iter().map(|(_, array)| array).collect(), None)?))
}

/// Words of a fixed choice: each word once, and numbers in the rows.
pub(super) fn coded(mut keys: Int8Builder, words: &Arc<StringArray>) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(DictionaryArray::<Int8Type>::try_new(keys.finish(), Arc::clone(words) as ArrayRef)?))
}

fn words<const N: usize>(words: [&'static str; N]) -> Arc<StringArray> {
    Arc::new(StringArray::from_iter_values(words))
}

pub(super) static STATUSES: LazyLock<Arc<StringArray>> =
    LazyLock::new(|| words(["paid", "payable", "pending", "unavailable", "undetermined"]));
pub(super) static DECISIONS: LazyLock<Arc<StringArray>> =
    LazyLock::new(|| words(["payable", "not_payable", "undetermined"]));
pub(super) static EFFECTS: LazyLock<Arc<StringArray>> = LazyLock::new(|| words(["overpaid", "missed"]));
pub(super) static PAYMENTS: LazyLock<Arc<StringArray>> = LazyLock::new(|| {
    let all = (1..=4).map(PaymentName::Phase1).chain((1..=18).map(PaymentName::Phase2));
    let all = all.chain((1..=60).map(PaymentName::Outcome)).chain([PaymentName::Reconciliation]);
    Arc::new(StringArray::from_iter_values(all.map(|name| name.to_string())))
});

/// The place of a payment among all names.
pub(super) fn payment_key(name: PaymentName) -> i8 {
    let (before, number) = match name {
        PaymentName::Phase1(number) => (0, number),
        PaymentName::Phase2(number) => (4, number),
        PaymentName::Outcome(number) => (22, number),
        PaymentName::Reconciliation => (82, 1),
    };
    i8::try_from(before + number).map_or(0, |key| key - 1)
}

pub(super) const fn status_key(status: Status) -> i8 {
    match status {
        Status::Paid => 0,
        Status::Payable => 1,
        Status::Pending => 2,
        Status::Unavailable => 3,
        Status::Undetermined => 4,
    }
}

/// The status of a word.
pub(in crate::tables) fn status_bit(word: &str) -> Option<u8> {
    let key = STATUSES.iter().position(|status| status == Some(word))?;
    Some(1 << key)
}

pub(super) fn days(month: Month) -> i32 {
    let since = month.since(Month::new(1970, 1));
    first_of_month(1970 + since.div_euclid(12), since.rem_euclid(12) + 1)
}

pub(super) fn cents(amount: Usd) -> i128 {
    let dollars = amount.dollars();
    let (mantissa, scale) = (dollars.mantissa(), dollars.scale());
    match scale {
        0 => mantissa.saturating_mul(100),
        1 => mantissa.saturating_mul(10),
        2 => mantissa,
        more => mantissa / 10_i128.pow(more - 2),
    }
}

pub(super) fn money(mut amounts: Decimal128Builder) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(amounts.finish().with_precision_and_scale(14, 2)?))
}
