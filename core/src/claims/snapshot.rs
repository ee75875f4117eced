//! What a decision was made on, kept with it (BEN-07).

use super::code;
use crate::Engine;
use crate::domain::{Month, PaymentAsked, PaymentName, Usd};
use crate::eligibility::Decision;
use crate::problem::Problem;
use crate::read::{self, Path, Read, Reader};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json_borrow::Value;

/// A question and its determination, as they were.
#[derive(Debug, Clone, Serialize)]
pub struct Snapshot {
    question: Box<RawValue>,
    determination: Box<RawValue>,
    #[serde(skip)]
    seen: Seen,
}

/// What a claim's decision needs of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub decision: Decision,
    pub amount: Option<Usd>,
    pub failing: Vec<Box<str>>,
    pub payment: PaymentAsked,
    /// The payment with its number, once there is one.
    pub named: Option<PaymentName>,
    pub month: Month,
    pub provider: Box<str>,
    pub rules_version: Box<str>,
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        self.question.get() == other.question.get() && self.determination.get() == other.determination.get()
    }
}

impl Eq for Snapshot {}

/// A decision made again on the facts of its snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replay {
    /// Whether decision, amount and failing rules are the same.
    pub same: bool,
    /// As it was decided.
    pub decided: Decided,
    /// As it is decided today.
    pub now: Decided,
    /// The rules applied.
    pub rules: [&'static str; 1],
}

/// The heads of a determination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    decision: Decision,
    amount: Option<Usd>,
    failing: Vec<Box<str>>,
    rules_version: Box<str>,
}

impl Snapshot {
    /// The payment with its number; none where no number was left.
    #[must_use]
    pub const fn payment(&self) -> Option<PaymentName> {
        self.seen.named
    }

    /// Decides a question and keeps both.
    ///
    /// # Errors
    /// All that is wrong with the question.
    pub fn take(engine: &Engine, question: &str) -> Read<Self> {
        let determination = engine.decide_json(question.as_bytes())?;
        let value = read::parse(question.as_bytes(), read::MAX_BYTES)?;
        let answer = read::parse(determination.as_bytes(), usize::MAX)?;
        Self::of(&value, &answer).ok_or_else(|| vec![Problem::new(&code::CLAIM_SNAPSHOT_DETERMINATION, "")])
    }

    /// Reads one: a question, and its determination unless that is to be made now.
    pub(super) fn read(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>, engine: &Engine) -> Option<Self> {
        let [question, determination] = reader.object(value, path, &["question", "determination"])?;
        let at = path.key("question");
        let question = reader.required(question, &at)?;
        let asked = match read::question_value(question, &at) {
            Ok(asked) => asked,
            Err(problems) => {
                reader.add_all(problems);
                return None;
            }
        };
        let snapshot = match determination {
            None | Some(Value::Null) => {
                let text = serde_json::to_string(&engine.decide(&asked).ok()?).ok()?;
                read::parse(text.as_bytes(), usize::MAX).ok().and_then(|answer| Self::of(question, &answer))
            }
            Some(answer) => Self::of(question, answer),
        };
        if snapshot.is_none() {
            reader.refuse(&code::CLAIM_SNAPSHOT_DETERMINATION, &path.key("determination"));
        }
        snapshot
    }

    fn of(question: &Value<'_>, determination: &Value<'_>) -> Option<Self> {
        let raw = |value: &Value<'_>| RawValue::from_string(serde_json::to_string(value).ok()?).ok();
        let asked = read::question_value(question, &Path::Root).ok()?;
        let decision = match determination.get("decision").as_str()? {
            "payable" => Decision::Payable,
            "not_payable" => Decision::NotPayable,
            "undetermined" => Decision::Undetermined,
            _ => return None,
        };
        let amount = match determination.get("amount") {
            Value::Str(amount) => Some(Usd::parse(amount)?),
            Value::Null => None,
            _ => return None,
        };
        let reasons = determination.get("reasons").as_array()?;
        let fails = |reason: &&Value<'_>| matches!(reason.get("holds"), Value::Bool(false));
        let failing: Option<Vec<Box<str>>> =
            reasons.iter().filter(fails).map(|reason| reason.get("rule").as_str().map(Into::into)).collect();
        let seen = Seen {
            decision,
            amount,
            failing: failing?,
            payment: asked.claim.payment,
            named: determination.get("payment").as_str().and_then(PaymentName::parse),
            month: asked.claim.month,
            provider: asked.claim.provider,
            rules_version: determination.get("rules_version").as_str()?.into(),
        };
        Some(Self { question: raw(question)?, determination: raw(determination)?, seen })
    }

    pub(super) const fn seen(&self) -> &Seen {
        &self.seen
    }

    /// The question as it was asked.
    #[must_use]
    pub fn question(&self) -> &str {
        self.question.get()
    }

    /// The determination as it was answered.
    #[must_use]
    pub fn determination(&self) -> &str {
        self.determination.get()
    }

    /// Asks the same question again.
    ///
    /// # Errors
    /// When this engine no longer reads the question.
    pub fn replay(&self, engine: &Engine) -> Read<Replay> {
        let now = Self::take(engine, self.question())?;
        let (decided, now) = (Decided::of(&self.seen), Decided::of(&now.seen));
        let heads = |decided: &Decided| (decided.decision, decided.amount, decided.failing.clone());
        Ok(Replay { same: heads(&decided) == heads(&now), decided, now, rules: ["BEN-07"] })
    }
}

impl Decided {
    fn of(seen: &Seen) -> Self {
        Self {
            decision: seen.decision,
            amount: seen.amount,
            failing: seen.failing.clone(),
            rules_version: seen.rules_version.clone(),
        }
    }
}
