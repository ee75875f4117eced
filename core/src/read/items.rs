//! Reading a list: each item by itself, so that a wrong one does not hide what is wrong between the others.

use super::{Path, Reader};
use crate::problem::{Code, Problem};
use serde_json_borrow::Value;

/// The items of a list that could be read, with their places.
pub(super) struct Items<T> {
    pub read: Vec<(usize, T)>,
    is_whole: bool,
}

impl<T> Items<T> {
    /// All items, unless one is wrong.
    pub fn whole(self) -> Option<Vec<T>> {
        self.is_whole.then(|| self.read.into_iter().map(|(_, item)| item).collect())
    }

    /// The places of items whose key an earlier place has too.
    pub fn repeated<K: Ord>(&self, key: impl Fn(&T) -> K) -> Vec<usize> {
        let mut keys: Vec<(K, usize)> = self.read.iter().map(|(place, item)| (key(item), *place)).collect();
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
pub(super) fn items<T>(
    reader: &mut Reader,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
    (limit, too_many): (usize, &'static Code),
    read: impl Fn(&mut Reader, &Value<'_>, &Path<'_>) -> Option<T>,
) -> Option<Items<T>> {
    let values = match field {
        None | Some(Value::Array(_)) => reader.list(field, path),
        Some(_) => {
            reader.list(field, path);
            return None;
        }
    };
    if values.len() > limit {
        reader.add(Problem::new(too_many, &path.pointer()).with("limit", limit));
        return None;
    }
    let mut all = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        all.extend(read(reader, value, &path.index(index)).map(|item| (index, item)));
    }
    Some(Items { is_whole: all.len() == values.len(), read: all })
}
