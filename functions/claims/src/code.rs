//! The codes of work cases, beside those of claims.

use ttw_core::problem::{Action, Class, Code};

const fn code(
    id: &'static str,
    class: Class,
    action: Action,
    message: &'static str,
    cite: Option<&'static str>,
) -> Code {
    Code { id, class, action, message, cite }
}

/// No such work case, or somebody else's: the answer is the same.
pub const WC_UNKNOWN: Code = code(
    "WC_UNKNOWN",
    Class::Validity,
    Action::Correct,
    "There is no work case of this number here; check the number.",
    None,
);
/// Somebody else was faster.
pub const WC_CHANGED: Code = code(
    "WC_CHANGED",
    Class::Policy,
    Action::Correct,
    "The work case has changed since it was looked at; look at it again and decide by what it is now.",
    None,
);
/// Not what the engine proposes, and no reason given.
pub const WC_OTHERWISE: Code = code(
    "WC_OTHERWISE",
    Class::Policy,
    Action::Correct,
    "The engine proposes otherwise: {proposed}; say why with otherwise, one of: {allowed}.",
    Some("BEN-07"),
);
/// What would be written is larger than an item of the table may be.
pub const WC_TOO_LARGE: Code = code(
    "WC_TOO_LARGE",
    Class::Validity,
    Action::Correct,
    "The work case, or the record of its ticket with this payment, is larger than can be stored; have the record shortened by what is no longer needed.",
    None,
);

/// All of them.
pub const CODES: &[Code] = &[WC_UNKNOWN, WC_CHANGED, WC_OTHERWISE, WC_TOO_LARGE];
