//! A form as received.

use super::{
    Filing, Form, OnFile, Sheet, earnings_inquiry, form_1365, payment_request, progress_review, split_agreement,
    work_plan,
};
use crate::Engine;
use crate::domain::Ssn;
use crate::problem::{Problem, code};
use crate::read::{Path, Read, parse};
use jiff::civil::Date;
use serde_json_borrow::Value;

/// The largest form, in bytes.
pub const MAX_FORM_BYTES: usize = 256 << 10;

/// Whose numbers a deployment takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    /// Real people's; the area numbers of test people are refused.
    Real,
    /// Test people's (area numbers 900 to 999); everybody else's are refused.
    Test,
}

/// Where forms are received: by which rules, on which day, about which people.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'e> {
    /// Rules, parameters and option lists.
    pub engine: &'e Engine,
    /// The day of receipt, in the program manager's time zone.
    pub received_on: Date,
    /// Whose numbers are taken.
    pub people: People,
}

/// A form as received: read, but not yet checked against what is on file.
///
/// Its `Debug` shows no number of anybody.
#[derive(Debug)]
pub struct Draft {
    form: Form,
    answers: Answers,
    people: Vec<Ssn>,
    review_token: Option<Box<str>>,
    acknowledged: Vec<Box<str>>,
    problems: Vec<Problem>,
}

/// The answers of each form as far as they could be read.
#[derive(Debug)]
enum Answers {
    PaymentRequest(payment_request::Draft),
    EarningsInquiry(earnings_inquiry::Draft),
    WorkPlan(work_plan::Draft),
    Form1365(form_1365::Draft),
    ProgressReview(progress_review::Draft),
    SplitAgreement(split_agreement::Draft),
}

impl Desk<'_> {
    /// Reads a form. What is wrong with single fields is kept and told with everything else by [`Desk::check`].
    ///
    /// # Errors
    /// Text that is not JSON or is too long; an EIN in the body, before anything else is looked at; a rules version that is retired.
    pub fn read(&self, form: Form, text: &[u8]) -> Read<Draft> {
        self.read_value(form, &parse(text, MAX_FORM_BYTES)?)
    }

    /// Reads a form that stands in a larger document.
    pub(super) fn read_value(&self, form: Form, value: &Value<'_>) -> Read<Draft> {
        let mut sheet = Sheet::new(*self, form);
        let envelope = sheet.envelope(form, value)?;
        let root = Path::Root;
        let answers = match form {
            Form::PaymentRequest => Answers::PaymentRequest(payment_request::read(&mut sheet, value, &root)),
            Form::EarningsInquiry => Answers::EarningsInquiry(earnings_inquiry::read(&mut sheet, value, &root)),
            Form::WorkPlan => Answers::WorkPlan(work_plan::read(&mut sheet, value, &root)),
            Form::Form1365 => Answers::Form1365(form_1365::read(&mut sheet, value, &root)),
            Form::ProgressReview => Answers::ProgressReview(progress_review::read(&mut sheet, value, &root)),
            Form::SplitAgreement => Answers::SplitAgreement(split_agreement::read(&mut sheet, value, &root)),
        };
        let (people, problems) = sheet.into_parts();
        Ok(Draft {
            form,
            answers,
            people,
            review_token: envelope.review_token,
            acknowledged: envelope.acknowledged,
            problems,
        })
    }

    /// Checks a draft against what is on file: `on_file.people` has an entry for each of [`Draft::people`], in that order.
    ///
    /// # Errors
    /// Everything that is wrong, with the unlikely answers that would have to be acknowledged beside it.
    pub fn check(&self, draft: Draft, on_file: &OnFile) -> Read<Filing> {
        if on_file.people.len() != draft.people.len() {
            return Err(vec![Problem::new(&code::ON_FILE_PEOPLE, "/on_file/people")]);
        }
        self.checked(draft, on_file, true)
    }

    /// Checks what a draft says by itself: of its people nothing is known.
    pub(super) fn check_by_itself(&self, draft: Draft, nothing_on_file: &OnFile) -> Read<Filing> {
        self.checked(draft, nothing_on_file, false)
    }

    fn checked(&self, draft: Draft, on_file: &OnFile, people_are_known: bool) -> Read<Filing> {
        let mut sheet = Sheet::resumed(*self, draft.form, draft.people, draft.problems, people_are_known);
        let checked = match draft.answers {
            Answers::PaymentRequest(draft) => payment_request::check(draft, &mut sheet, on_file),
            Answers::EarningsInquiry(draft) => earnings_inquiry::check(draft, &mut sheet, on_file),
            Answers::WorkPlan(draft) => work_plan::check(draft, &mut sheet, on_file),
            Answers::Form1365(draft) => form_1365::check(draft, &mut sheet, on_file),
            Answers::ProgressReview(draft) => progress_review::check(draft, &mut sheet, on_file),
            Answers::SplitAgreement(draft) => split_agreement::check(draft, &mut sheet, on_file),
        };
        sheet.finish(draft.form, checked, draft.acknowledged)
    }
}

impl Draft {
    /// Which form.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The people it concerns, as far as their numbers could be read, each once, in the order of the form.
    #[must_use]
    pub fn people(&self) -> &[Ssn] {
        &self.people
    }

    /// Whether something is wrong with single fields.
    pub(super) const fn is_flawed(&self) -> bool {
        !self.problems.is_empty()
    }

    /// The token of the review that was shown, if one was sent along.
    #[must_use]
    pub fn review_token(&self) -> Option<&str> {
        self.review_token.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_codes_are_counted_and_repeats_do_no_harm() {
        let engine = Engine::builtin().unwrap();
        let desk = Desk { engine: &engine, received_on: jiff::civil::date(2026, 6, 15), people: People::Test };
        let read = |codes: Vec<String>| {
            let text = serde_json::json!({"acknowledged_warnings": codes}).to_string();
            let draft = desk.read(Form::WorkPlan, text.as_bytes()).unwrap();
            let about = |problem: &&Problem| problem.path.starts_with("/acknowledged_warnings");
            (draft.acknowledged.len(), draft.problems.iter().find(about).cloned())
        };
        let different = |count: usize| (0..count).map(|n| format!("CODE_{n}")).collect::<Vec<_>>();
        assert_eq!(read(vec!["IWP_LATE_14_DAYS".to_owned(); 65]), (1, None));
        assert_eq!(read([different(64), different(64)].concat()), (64, None));
        let too_many = read(different(65)).1.unwrap();
        assert_eq!((too_many.code, too_many.action), ("ACKNOWLEDGED_TOO_MANY", crate::problem::Action::Correct));
        assert_eq!((too_many.path.as_str(), &too_many.params["limit"]), ("/acknowledged_warnings", &64.into()));
    }

    #[test]
    fn what_stands_beside_a_form_is_given_once_and_named_where_a_name_is_wrong() {
        let engine = Engine::builtin().unwrap();
        let desk = Desk { engine: &engine, received_on: jiff::civil::date(2026, 6, 15), people: People::Test };
        let told = |text: &str| desk.read(Form::WorkPlan, text.as_bytes()).unwrap().problems;
        for (name, value) in
            [("review_token", "\"a\""), ("form_code", "\"work_plan\""), ("acknowledged_warnings", "[]")]
        {
            let told = told(&format!(r#"{{"{name}": {value}, "{name}": {value}}}"#));
            let twice = told.iter().find(|problem| problem.code == "REQ_FIELD_DUPLICATE").unwrap();
            assert_eq!(twice.path, format!("/{name}"));
        }
        let told = told(r#"{"acknowledged_warning": []}"#);
        let unknown = told.iter().find(|problem| problem.code == "REQ_UNKNOWN_FIELD").unwrap();
        assert!(unknown.message.ends_with("form_code, rules_version, review_token, acknowledged_warnings."));
    }
}
