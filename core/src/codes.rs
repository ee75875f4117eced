//! The catalogue of codes.

use crate::forms::{self, Form};
use crate::problem::{Action, Class, Code};
use crate::{caseload, claims, problem, verification};
use serde::Serialize;

/// Every code that the core gives, page by page: the page's title, its form where it is of one, its codes.
pub const PAGES: [(&str, Option<Form>, &[Code]); 10] = [
    ("Every question and form", None, problem::code::ALL),
    ("Lists of cases", None, caseload::code::ALL),
    ("Claims", None, claims::code::ALL),
    ("Earnings verification", None, verification::code::ALL),
    (Form::PaymentRequest.name(), Some(Form::PaymentRequest), forms::payment_request::code::ALL),
    (Form::SplitAgreement.name(), Some(Form::SplitAgreement), forms::split_agreement::code::ALL),
    (Form::EarningsInquiry.name(), Some(Form::EarningsInquiry), forms::earnings_inquiry::code::ALL),
    (Form::WorkPlan.name(), Some(Form::WorkPlan), forms::work_plan::code::ALL),
    (Form::Form1365.name(), Some(Form::Form1365), forms::form_1365::code::ALL),
    (Form::ProgressReview.name(), Some(Form::ProgressReview), forms::progress_review::code::ALL),
];

/// Every code that the core gives, page by page.
pub fn all() -> impl Iterator<Item = &'static Code> {
    PAGES.into_iter().flat_map(|(_, _, codes)| codes)
}

/// The catalogue as bindings show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodesView<'v> {
    codes: Vec<CodeView>,
    rules_version: &'v str,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct CodeView {
    code: &'static str,
    class: Class,
    action: Action,
    message: &'static str,
    cite: Option<&'static str>,
    form: Option<Form>,
}

/// Every code, under a version of the rules.
pub(crate) fn view(rules_version: &str) -> CodesView<'_> {
    let shown = |form, code: &Code| CodeView {
        code: code.id,
        class: code.class,
        action: code.action,
        message: code.message,
        cite: code.cite,
        form,
    };
    let codes = PAGES.into_iter().flat_map(|(_, form, codes)| codes.iter().map(move |code| shown(form, code)));
    CodesView { codes: codes.collect(), rules_version }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_rule_that_is_cited_can_be_looked_up() {
        let cites = all().filter_map(|code| code.cite);
        let reasons = forms::NotAssignable::ALL.iter().map(|reason| reason.source());
        let parts: Vec<&str> = cites.chain(reasons).flat_map(|cite| cite.split("; ")).collect();
        let rules = parts.iter().filter(|part| !part.contains(' '));
        assert!(rules.clone().count() > 50);
        for id in rules {
            assert!(crate::eligibility::rule(id).is_some(), "{id}");
        }
    }

    #[test]
    fn codes_are_unique_and_say_what_to_do() {
        let ids: BTreeSet<_> = all().map(|code| code.id).collect();
        assert_eq!(ids.len(), all().count());
        for code in all() {
            assert!(code.message.ends_with('.') && code.message.len() > 20, "{}", code.id);
        }
    }
}
