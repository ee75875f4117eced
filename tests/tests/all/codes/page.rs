//! `docs/codes.md`, written from the catalogue.

use super::OF_FUNCTIONS;
use std::fmt::Write;
use ttw_admin::problem::code::ALL as OF_LOADING;
use ttw_core::Problem;
use ttw_core::codes::PAGES;
use ttw_core::forms::NotAssignable;
use ttw_core::problem::{Action, Class, Code};
use ttw_local::sign_in::USER_UNKNOWN;
use ttw_portal::Refusal;

/// The status of each code that a function gives with a status of its own; the portal's test of these codes compares.
pub const STATUS: [(&str, u16); 27] = [
    ("ROUTE_UNKNOWN", 404),
    ("METHOD_NOT_ALLOWED", 405),
    ("REQ_CONTENT_TYPE", 415),
    ("REQ_BODY_INCOMPLETE", 400),
    ("AUTH_REQUIRED", 401),
    ("AUTH_FORBIDDEN", 403),
    ("AUTH_STEP_UP", 403),
    ("UPSTREAM_UNAVAILABLE", 503),
    ("IDEMPOTENCY_KEY_REQUIRED", 400),
    ("IDEMPOTENCY_KEY_REUSED", 422),
    ("IDEMPOTENCY_IN_FLIGHT", 409),
    ("REVIEW_TOKEN_MISSING", 409),
    ("REVIEW_TOKEN_STALE", 409),
    ("REVIEW_TOKEN_MISMATCH", 409),
    ("SUBMISSION_UNKNOWN", 404),
    ("SUBMISSION_TOO_LARGE", 413),
    ("CURSOR_INVALID", 422),
    ("LIMIT_RANGE", 422),
    ("RULE_UNKNOWN", 404),
    ("TICKET_UNKNOWN", 404),
    ("WC_UNKNOWN", 404),
    ("WC_CHANGED", 409),
    ("WC_OTHERWISE", 422),
    ("WC_TOO_LARGE", 413),
    ("PR_SHEET_ISSUED", 409),
    ("PR_SHEET_NOT_ISSUED", 409),
    ("PR_SHEET_CLOSED", 409),
];

const HEAD: &str = "# Codes

Everything that can be wrong with a question or a form, by page. A code never changes its meaning. What an answer says of a problem is
here too: its class, the next step, the sentence, and the rule or law behind it. The status is that of a request in which this alone is
wrong; `-` stands where no request leads to it. This page is written from the catalogue by `make docs`; `ttw.codes()` shows the core's part.

* Class: **syntactical** (the document's form), **validity** (fields that contradict a rule or each other), **policy** (not permitted),
  **quality** (unlikely but possible), **macro** (across the entries of one document).
* Next step: **correct** it and send it again; **do not resubmit**, since sending it again changes nothing; **acknowledge** its code when
  the form is filed. A review shows what is to be acknowledged with status 200; filing without that gives 422.
";

const ASSIGNABILITY: &str = "
## Why a ticket cannot be assigned

Reasons of `POST /v1/assignability`, told to the program manager alone. They are no problems of a request.

| Code | Sentence | Rule or law |
| --- | --- | --- |
";

/// The page.
pub fn text() -> String {
    let mut text = HEAD.to_owned();
    for (title, codes) in OF_FUNCTIONS {
        table(&mut text, title, codes);
    }
    for (title, _, codes) in PAGES {
        table(&mut text, title, codes);
    }
    table(&mut text, "Files that `ttw-admin` loads", OF_LOADING);
    table(&mut text, "The local server's sign-in", std::slice::from_ref(&USER_UNKNOWN));
    text.push_str(ASSIGNABILITY);
    for reason in NotAssignable::ALL {
        let _ = writeln!(text, "| `{}` | {} | {} |", reason.code(), reason.text(), reason.source());
    }
    text
}

fn table(text: &mut String, title: &str, codes: &'static [Code]) {
    let _ = writeln!(
        text,
        "\n## {title}\n\n| Code | Class | Next step | Status | Sentence | Rule or law |\n| --- | --- | --- | --- | --- | --- |"
    );
    for code in codes {
        let class = match code.class {
            Class::Syntactical => "syntactical",
            Class::Validity => "validity",
            Class::Policy => "policy",
            Class::Quality => "quality",
            Class::Macro => "macro",
        };
        let action = match code.action {
            Action::Correct => "correct",
            Action::DoNotResubmit => "do not resubmit",
            Action::Acknowledge => "acknowledge",
        };
        let (status, cite) = (status(code), code.cite.unwrap_or("-"));
        let _ = writeln!(text, "| `{}` | {class} | {action} | {status} | {} | {cite} |", code.id, code.message);
    }
}

fn status(code: &'static Code) -> String {
    let of_files = ["PARAM_", "OPTION_", "LOAD_"].iter().any(|page| code.id.starts_with(page));
    if of_files || code.id == "ON_FILE_PEOPLE" {
        return "-".to_owned();
    }
    if code.id == USER_UNKNOWN.id {
        return "404".to_owned();
    }
    let own = STATUS.iter().find(|(id, _)| *id == code.id).map(|(_, status)| *status);
    let status = own.unwrap_or_else(|| Refusal::of_question(vec![Problem::new(code, "")]).status().as_u16());
    if code.class == Class::Quality { format!("200, {status}") } else { status.to_string() }
}
