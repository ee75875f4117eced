//! What a row holds lists of: problems, reasons, facts that are not known.

use super::values::{Lists, Words, days, structs};
use arrow_array::ArrayRef;
use arrow_array::builder::{BooleanBuilder, Date32Builder, StringBuilder};
use arrow_schema::ArrowError;
use std::sync::Arc;
use ttw_core::eligibility::{Missing, Reason};
use ttw_core::problem::{Action, Class};
use ttw_core::{Problem, Truth};

const fn class(class: Class) -> &'static str {
    match class {
        Class::Syntactical => "syntactical",
        Class::Validity => "validity",
        Class::Policy => "policy",
        Class::Quality => "quality",
        Class::Macro => "macro",
    }
}

const fn action(action: Action) -> &'static str {
    match action {
        Action::Correct => "correct",
        Action::DoNotResubmit => "do_not_resubmit",
        Action::Acknowledge => "acknowledge",
    }
}

/// The fields of problems.
#[derive(Default)]
pub(super) struct ProblemFields {
    code: StringBuilder,
    class: StringBuilder,
    path: StringBuilder,
    message: StringBuilder,
    action: StringBuilder,
    cite: StringBuilder,
}

impl ProblemFields {
    pub(super) fn push(&mut self, problem: &Problem) {
        self.code.append_value(problem.code);
        self.class.append_value(class(problem.class));
        self.path.append_value(&problem.path);
        self.message.append_value(&problem.message);
        self.action.append_value(action(problem.action));
        self.cite.append_option(problem.cite);
    }

    pub(super) fn columns(mut self) -> Vec<(&'static str, ArrayRef)> {
        vec![
            ("code", Arc::new(self.code.finish())),
            ("class", Arc::new(self.class.finish())),
            ("path", Arc::new(self.path.finish())),
            ("message", Arc::new(self.message.finish())),
            ("action", Arc::new(self.action.finish())),
            ("cite", Arc::new(self.cite.finish())),
        ]
    }
}

/// The problems of each row: an empty list where there are none.
pub(super) type Problems = Lists<ProblemFields>;

impl Problems {
    pub(super) fn push(&mut self, problems: &[Problem]) {
        for problem in problems {
            self.items.push(problem);
        }
        self.end(problems.len());
    }

    pub(super) fn array(self) -> Result<ArrayRef, ArrowError> {
        self.finish(|fields| structs(fields.columns()))
    }
}

#[derive(Default)]
pub(super) struct ReasonFields {
    rule: StringBuilder,
    holds: BooleanBuilder,
    text: StringBuilder,
}

/// Reasons in words.
pub(super) type Reasons = Lists<ReasonFields>;

impl Reasons {
    pub(super) fn push<'r>(&mut self, reasons: impl IntoIterator<Item = &'r Reason>) {
        let mut added = 0;
        for reason in reasons {
            self.items.rule.append_value(reason.rule);
            self.items.holds.append_option(match reason.holds {
                Truth::Yes => Some(true),
                Truth::No => Some(false),
                Truth::Unknown => None,
            });
            self.items.text.append_value(&reason.text);
            added += 1;
        }
        self.end(added);
    }

    pub(super) fn array(self) -> Result<ArrayRef, ArrowError> {
        self.finish(|mut fields| {
            structs(vec![
                ("rule", Arc::new(fields.rule.finish())),
                ("holds", Arc::new(fields.holds.finish())),
                ("text", Arc::new(fields.text.finish())),
            ])
        })
    }
}

#[derive(Default)]
pub(super) struct MissingFields {
    path: StringBuilder,
    month: Date32Builder,
    title: StringBuilder,
    settles: Words,
}

/// Facts that are not known.
pub(super) type MissingFacts = Lists<MissingFields>;

impl MissingFacts {
    pub(super) fn push(&mut self, missing: &[Missing]) {
        for fact in missing {
            self.items.path.append_value(&fact.path);
            self.items.month.append_option(fact.month.map(days));
            self.items.title.append_option(fact.title.map(ttw_core::domain::Record::as_str));
            self.items.settles.push(fact.settles.iter().copied());
        }
        self.end(missing.len());
    }

    pub(super) fn array(self) -> Result<ArrayRef, ArrowError> {
        self.finish(|mut fields| {
            structs(vec![
                ("path", Arc::new(fields.path.finish())),
                ("month", Arc::new(fields.month.finish())),
                ("title", Arc::new(fields.title.finish())),
                ("settles", fields.settles.array()?),
            ])
        })
    }
}
