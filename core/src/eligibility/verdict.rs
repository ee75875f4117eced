//! What the rules say of a claim, before it is put into words.

use super::amount::{Rate, price};
use super::decides_on;
use super::rule::Asked;
use crate::domain::Usd;
use crate::facts::{Facts, Truth};
use serde::Serialize;

/// The three answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Every rule holds.
    Payable,
    /// A rule fails.
    NotPayable,
    /// No rule fails, and a fact that one depends on is not known.
    Undetermined,
}

/// What has been decided, before it is put into words.
#[derive(Debug)]
pub struct Verdict {
    pub(crate) decision: Decision,
    pub(crate) answers: Vec<(&'static str, Truth)>,
    pub(crate) rates: Vec<Rate>,
    pub(crate) amount: Option<Usd>,
}

impl Verdict {
    /// Every rule that was asked, with its answer.
    pub(crate) fn answers(&self) -> impl Iterator<Item = (&'static str, Truth)> {
        self.answers.iter().copied()
    }

    /// The rules that fail.
    pub(crate) fn failed(&self) -> impl Iterator<Item = &'static str> {
        self.answers().filter(|(_, truth)| *truth == Truth::No).map(|(id, _)| id)
    }

    pub(crate) fn fails(&self, id: &str) -> bool {
        self.failed().any(|failed| failed == id)
    }
}

/// Asks every rule that applies, without words.
pub(crate) fn judge(facts: &Facts<'_>, asked: &Asked) -> Verdict {
    let mut answers = Vec::with_capacity(24);
    let mut all = Truth::Yes;
    for (id, rule) in decides_on(asked.kind) {
        if let Some(truth) = rule.answer(facts, asked) {
            answers.push((*id, truth));
            all = all.and(truth);
        }
    }
    let decision = match all {
        Truth::Yes => Decision::Payable,
        Truth::No => Decision::NotPayable,
        Truth::Unknown => Decision::Undetermined,
    };
    let (rates, amount) = if decision == Decision::Payable { price(facts, asked) } else { (Vec::new(), None) };
    Verdict { decision, answers, rates, amount }
}
