//! What a payable row rests on.

use crate::decision::Determination;
use crate::domain::PaymentName;
use serde::Serialize;
use std::borrow::Cow;

/// The rule by which a payment was attained, in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// The rule.
    pub rule: &'static str,
    /// What it says of the month, as a determination has it.
    pub text: Cow<'static, str>,
}

impl Basis {
    /// The reason of a determination that tells how the payment was attained.
    pub(super) fn of(payment: PaymentName, determination: Determination) -> Option<Self> {
        let rule = attained_by(payment);
        let reason = determination.reasons.into_iter().find(|reason| reason.rule == rule)?;
        Some(Self { rule, text: reason.text })
    }
}

const fn attained_by(payment: PaymentName) -> &'static str {
    match payment {
        PaymentName::Phase1(1) => "P1-01",
        PaymentName::Phase1(2) => "P1-02",
        PaymentName::Phase1(3) => "P1-03",
        PaymentName::Phase1(_) => "P1-04",
        PaymentName::Phase2(_) => "P2-01",
        PaymentName::Outcome(_) => "OUT-03",
        PaymentName::Reconciliation => "REC-01",
    }
}
