//! Golden cases: reading them, turning each into a request, asking the engine.

mod case;
mod expect;
mod facts;
mod form;
mod keys;
mod notation;
mod processing;
mod question;

pub use case::{Case, Source, all};
pub use expect::{Expect, Row};
pub use form::{FormCase, forms};
pub use processing::{ProcessingCase, processing};
pub use question::{Kind, Question};

use serde_json::Value;
use ttw_core::{Engine, problems_json};

/// What the engine says to one case: the exact JSON text of the answer, or of the problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The answer.
    Answer(String),
    /// `{"errors": […]}`.
    Errors(String),
}

impl Outcome {
    /// The text as a value, for looking into it.
    #[must_use]
    pub fn value(&self) -> Value {
        let (Self::Answer(text) | Self::Errors(text)) = self;
        serde_json::from_str(text).unwrap_or(Value::Null)
    }
}

/// Asks the engine what the case asks.
#[must_use]
pub fn ask(engine: &Engine, question: &Question) -> Outcome {
    let text = question.text.as_bytes();
    let answer = match question.kind {
        Kind::Decide => engine.decide_json(text),
        Kind::Ledger => engine.ledger_json(text),
        Kind::Compare => engine.compare_json(text),
        Kind::Split => engine.split_json(text),
        Kind::Transition => engine.transition_json(text),
    };
    match answer {
        Ok(text) => Outcome::Answer(text),
        Err(problems) => Outcome::Errors(problems_json(&problems)),
    }
}
