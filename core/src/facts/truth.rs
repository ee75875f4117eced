//! Yes, no, or not known.

use serde::{Serialize, Serializer};

/// The answer of a rule. Unknown is an answer of its own, never a default.
///
/// ```
/// use ttw_core::Truth;
/// assert_eq!(Truth::Unknown.and(Truth::No), Truth::No);
/// assert_eq!(Truth::Unknown.and(Truth::Yes), Truth::Unknown);
/// assert_eq!(Truth::Unknown.or(Truth::Yes), Truth::Yes);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    No,
    /// A fact or a parameter that it depends on is not known.
    Unknown,
    /// It holds.
    Yes,
}

impl Truth {
    /// False when one part is false, otherwise unknown when one part is unknown.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// True when one part is true, otherwise unknown when one part is unknown.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Whether a count reaches a number, given what is certain and what is possible.
    #[must_use]
    pub(crate) fn at_least(needed: u16, (certain, possible): (u16, u16)) -> Self {
        if certain >= needed {
            Self::Yes
        } else if possible >= needed {
            Self::Unknown
        } else {
            Self::No
        }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// True, false, or null.
impl Serialize for Truth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::No => serializer.serialize_bool(false),
            Self::Unknown => serializer.serialize_none(),
            Self::Yes => serializer.serialize_bool(true),
        }
    }
}
