//! Answers that may be left out.

use crate::read::given;
use serde_json_borrow::Value;

/// An answer that may be left out.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) enum Answer<T> {
    /// Left out, or null.
    #[default]
    Absent,
    /// Given, and something is wrong with it.
    Unreadable,
    /// Given.
    Given(T),
}

impl<T> Answer<T> {
    pub(super) const fn given(&self) -> Option<&T> {
        match self {
            Self::Given(answer) => Some(answer),
            _ => None,
        }
    }

    pub(super) const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    pub(super) const fn is_unreadable(&self) -> bool {
        matches!(self, Self::Unreadable)
    }
}

pub(super) fn optional<'v, T>(
    field: Option<&'v Value<'v>>,
    read: impl FnOnce(&'v Value<'v>) -> Option<T>,
) -> Answer<T> {
    match field {
        None | Some(Value::Null) => Answer::Absent,
        Some(value) => read(value).map_or(Answer::Unreadable, Answer::Given),
    }
}

pub(super) fn is_given(field: Option<&Value<'_>>) -> bool {
    given(field).is_some()
}
