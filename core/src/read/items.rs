//! Reading a list: each item by itself, so that a wrong one does not hide what is wrong between the others.

use super::{Path, Reader};
use crate::problem::{Code, Problem};
use serde_json_borrow::Value;

/// What could be read of a list.
pub(super) struct Items<K, T> {
    /// The items with nothing wrong.
    pub read: Vec<T>,
    /// What tells an item from another, with its place: also of one with something else wrong.
    pub keys: Vec<(usize, K)>,
    /// Nothing is wrong with any.
    pub is_whole: bool,
}

impl<K, T> Items<K, T> {
    const NOTHING: Self = Self { read: Vec::new(), keys: Vec::new(), is_whole: false };
}

impl<K: Ord + Copy, T> Items<K, T> {
    /// The places of items whose key an earlier place has too.
    pub fn repeated(&self) -> Vec<usize> {
        let mut keys: Vec<(K, usize)> = self.keys.iter().map(|(place, key)| (*key, *place)).collect();
        keys.sort_unstable();
        keys.windows(2)
            .filter_map(|pair| match pair {
                [(earlier, _), (later, place)] if earlier == later => Some(*place),
                _ => None,
            })
            .collect()
    }
}

/// Reads every item of a list that is not longer than any ticket's.
pub(super) fn items<K, T>(
    reader: &mut Reader,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
    (limit, too_many): (usize, &'static Code),
    read: impl Fn(&mut Reader, &Value<'_>, &Path<'_>) -> (Option<K>, Option<T>),
) -> Items<K, T> {
    let values = match field {
        None | Some(Value::Array(_)) => reader.list(field, path),
        Some(_) => {
            reader.list(field, path);
            return Items::NOTHING;
        }
    };
    if values.len() > limit {
        reader.add(Problem::new(too_many, &path.pointer()).with("limit", limit));
        return Items::NOTHING;
    }
    let mut all = Items { read: Vec::with_capacity(values.len()), ..Items::NOTHING };
    for (index, value) in values.iter().enumerate() {
        let (key, item) = read(reader, value, &path.index(index));
        all.keys.extend(key.map(|key| (index, key)));
        all.read.extend(item);
    }
    all.is_whole = all.read.len() == values.len();
    all
}
