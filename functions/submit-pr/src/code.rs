//! The codes of cover sheets.

use ttw_core::problem::{Action, Class, Code};

const fn code(id: &'static str, action: Action, message: &'static str) -> Code {
    Code { id, class: Class::Policy, action, message, cite: Some("EN Payments Checklist, Proof of Earnings") }
}

/// It was issued before.
pub const PR_SHEET_ISSUED: Code = code(
    "PR_SHEET_ISSUED",
    Action::Correct,
    "The cover sheet of this request was issued, and is for one use; for more documents of the same request ask for a copy, with copy=true.",
);
/// There is nothing to copy.
pub const PR_SHEET_NOT_ISSUED: Code = code(
    "PR_SHEET_NOT_ISSUED",
    Action::Correct,
    "The cover sheet of this request was not issued yet, so that there are no copies; ask for it without copy.",
);
/// Nothing is faxed any more.
pub const PR_SHEET_CLOSED: Code = code(
    "PR_SHEET_CLOSED",
    Action::DoNotResubmit,
    "This request is decided or withdrawn, and takes no more documents; file it anew if that is permitted.",
);

/// All of them.
pub const CODES: &[Code] = &[PR_SHEET_ISSUED, PR_SHEET_NOT_ISSUED, PR_SHEET_CLOSED];
