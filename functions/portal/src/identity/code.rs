//! The codes of sign-in and rights.

use ttw_core::problem::{Action, Class, Code};

/// Nobody is signed in, or the token is not one of ours.
pub const AUTH_REQUIRED: Code =
    policy("AUTH_REQUIRED", Action::Correct, "Sign in, and send the access token as Authorization: Bearer.");
/// Signed in, and without the right.
pub const AUTH_FORBIDDEN: Code = policy(
    "AUTH_FORBIDDEN",
    Action::DoNotResubmit,
    "Not permitted for your organization; ask its primary contact if that is a mistake.",
);
/// Signed in, and not strongly enough.
pub const AUTH_STEP_UP: Code =
    policy("AUTH_STEP_UP", Action::Correct, "Extra verification is needed; sign in again with the second step.");
/// Something that is needed for an answer does not answer itself.
pub const UPSTREAM_UNAVAILABLE: Code = Code {
    id: "UPSTREAM_UNAVAILABLE",
    class: Class::Syntactical,
    action: Action::Correct,
    message: "A service that is needed here does not answer; try again later.",
    cite: None,
};

/// All codes of this page.
pub const CODES: &[Code] = &[AUTH_REQUIRED, AUTH_FORBIDDEN, AUTH_STEP_UP, UPSTREAM_UNAVAILABLE];

const fn policy(id: &'static str, action: Action, message: &'static str) -> Code {
    Code { id, class: Class::Policy, action, message, cite: Some("Secure Provider Portal guide") }
}
