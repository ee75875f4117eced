//! How a request shows what was earned: by pay statements, by income from self-employment, or by certification.

use super::super::Sheet;
use super::read::{Answers, PROOFS, words};
use super::request::WorkType;
use super::{Mode, code, rows};
use crate::problem::Problem;
use crate::read::Path;

/// What the request shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// Something is wrong or missing, so that nothing may be concluded from it.
    Unclear,
    /// Pay statements.
    Statements,
    /// Something else, or nothing where nothing is needed.
    WithoutStatements,
}

/// Checks the evidence. `proven`: whether the earnings of the month are established on file; none when that cannot be told.
pub(super) fn check(draft: &Answers, sheet: &mut Sheet<'_>, mode: Mode, proven: Option<bool>) -> Evidence {
    let has_mode = check_mode(draft, sheet, mode);
    let statements = rows::check(sheet, draft.earnings(), draft.employer.given());
    let income = check_income(draft, sheet);
    let has_statements = !draft.earnings().is_empty();
    let fits = match draft.work_type {
        None => false,
        Some(WorkType::SelfEmployed) => check_self_employed(draft, sheet, has_statements),
        Some(WorkType::Employee) => check_employee(draft, sheet, mode, proven),
    };
    match has_mode && statements && income && fits && !draft.earnings.is_unreadable() {
        false => Evidence::Unclear,
        true if has_statements => Evidence::Statements,
        true => Evidence::WithoutStatements,
    }
}

/// Whether nothing is given that belongs to the other mode.
fn check_mode(draft: &Answers, sheet: &mut Sheet<'_>, mode: Mode) -> bool {
    let root = Path::Root;
    let shown = match mode {
        Mode::Evidentiary => "by evidence, not by certification",
        Mode::Certification => "by certification, not by evidence",
    };
    let fields = [
        ("cert", Mode::Certification, !draft.cert.is_absent()),
        ("earnings", Mode::Evidentiary, !draft.earnings.is_absent()),
        ("proof_delivery", Mode::Evidentiary, !draft.proof_delivery.is_absent()),
    ];
    let mut fits = true;
    for (field, _, _) in fields.into_iter().filter(|(_, of, is_given)| *of != mode && *is_given) {
        sheet.add(Problem::new(&code::PR_MODE_NOT_ACCEPTED, &root.key(field).pointer()).with("mode", shown));
        fits = false;
    }
    match mode {
        Mode::Evidentiary if draft.proof_delivery.is_absent() => {
            let problem = Problem::new(&code::PR_PROOF_DELIVERY_REQUIRED, &root.key("proof_delivery").pointer());
            sheet.add(problem.with("allowed", words(PROOFS)));
        }
        Mode::Certification if draft.cert.is_absent() => {
            sheet.refuse(&code::PR_CERT_SOURCE_REQUIRED, &root.key("cert"));
        }
        _ => {}
    }
    fits
}

fn check_income(draft: &Answers, sheet: &mut Sheet<'_>) -> bool {
    let root = Path::Root;
    let at = root.key("sei");
    let Some(sei) = draft.sei.given() else { return !draft.sei.is_unreadable() };
    let other_month = sei.month.zip(draft.claim_month).is_some_and(|(month, claimed)| month != claimed);
    if other_month {
        sheet.refuse(&code::PR_SEI_MONTH, &at.key("month"));
    }
    let other_net = sei.net.zip(sei.computed_net()).is_some_and(|(net, computed)| net != computed);
    if other_net {
        sheet.refuse(&code::PR_SEI_NET_MISMATCH, &at.key("net"));
    }
    !other_month && !other_net && sei.whole().is_some()
}

fn check_self_employed(draft: &Answers, sheet: &mut Sheet<'_>, has_statements: bool) -> bool {
    let root = Path::Root;
    let has_income = !draft.sei.is_absent();
    if !has_income {
        sheet.refuse(&code::PR_SELF_EMPLOYED_NEEDS_SEI, &root.key("sei"));
    }
    if has_statements {
        sheet.refuse(&code::PR_EARNINGS_NOT_ALLOWED, &root.key("earnings"));
    }
    has_income && !has_statements
}

fn check_employee(draft: &Answers, sheet: &mut Sheet<'_>, mode: Mode, proven: Option<bool>) -> bool {
    let root = Path::Root;
    let has_income = !draft.sei.is_absent();
    if has_income {
        sheet.refuse(&code::PR_SEI_NOT_ALLOWED, &root.key("sei"));
    }
    if mode == Mode::Certification || !draft.earnings().is_empty() || draft.earnings.is_unreadable() {
        return !has_income;
    }
    if proven == Some(false) {
        sheet.refuse(&code::PR_EARNINGS_REQUIRED, &root.key("earnings"));
    }
    proven == Some(true) && !has_income
}
