//! The codes of filing, beside those of the forms.

use ttw_core::problem::{Action, Class, Code};

const fn code(id: &'static str, class: Class, action: Action, message: &'static str) -> Code {
    Code { id, class, action, message, cite: None }
}

/// A create without its key.
pub const IDEMPOTENCY_KEY_REQUIRED: Code = code(
    "IDEMPOTENCY_KEY_REQUIRED",
    Class::Syntactical,
    Action::Correct,
    "A submission needs a header Idempotency-Key of 1 to 128 visible characters, so that a repeat files nothing twice; add it.",
);
/// A key that came with another body before.
pub const IDEMPOTENCY_KEY_REUSED: Code = code(
    "IDEMPOTENCY_KEY_REUSED",
    Class::Validity,
    Action::Correct,
    "This Idempotency-Key came with another form before; use a new key for a new form.",
);
/// The first request with this key is not answered yet.
pub const IDEMPOTENCY_IN_FLIGHT: Code = code(
    "IDEMPOTENCY_IN_FLIGHT",
    Class::Policy,
    Action::Correct,
    "The first request with this Idempotency-Key is still under way; send it again in a moment.",
);
/// A submission of a form that was not reviewed.
pub const REVIEW_TOKEN_MISSING: Code = code(
    "REVIEW_TOKEN_MISSING",
    Class::Policy,
    Action::Correct,
    "Review the form before submitting it, and send the review_token along.",
);
/// A review too long ago, or under other rules.
pub const REVIEW_TOKEN_STALE: Code = code(
    "REVIEW_TOKEN_STALE",
    Class::Policy,
    Action::Correct,
    "The review was too long ago; review the form again before submitting.",
);
/// A review of another form, or by somebody else.
pub const REVIEW_TOKEN_MISMATCH: Code = code(
    "REVIEW_TOKEN_MISMATCH",
    Class::Policy,
    Action::Correct,
    "What is sent is not what was reviewed; review the form again before submitting.",
);
/// No such submission, or somebody else's: the answer is the same.
pub const SUBMISSION_UNKNOWN: Code = code(
    "SUBMISSION_UNKNOWN",
    Class::Validity,
    Action::Correct,
    "There is no submission of this confirmation number here; check the number.",
);
/// A cursor that no list of this organization gave.
pub const CURSOR_INVALID: Code = code(
    "CURSOR_INVALID",
    Class::Validity,
    Action::Correct,
    "This is not a cursor of this list; begin again without it.",
);
/// A page of no size.
pub const LIMIT_RANGE: Code =
    code("LIMIT_RANGE", Class::Syntactical, Action::Correct, "A page has 1 to {most} entries; send such a number.");
/// More than one item of the table holds.
pub const SUBMISSION_TOO_LARGE: Code = code(
    "SUBMISSION_TOO_LARGE",
    Class::Syntactical,
    Action::Correct,
    "The form is larger than can be stored; submit it in two parts.",
);

/// All of them.
pub const CODES: &[Code] = &[
    IDEMPOTENCY_KEY_REQUIRED,
    IDEMPOTENCY_KEY_REUSED,
    IDEMPOTENCY_IN_FLIGHT,
    REVIEW_TOKEN_MISSING,
    REVIEW_TOKEN_STALE,
    REVIEW_TOKEN_MISMATCH,
    SUBMISSION_UNKNOWN,
    SUBMISSION_TOO_LARGE,
    CURSOR_INVALID,
    LIMIT_RANGE,
];
