//! What the rules say of a claim, before it is put into words.

use super::rate::Rate;
use crate::domain::Usd;
use crate::facts::Truth;
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
