//! What a rule is.

use super::reason::Said;
use super::verdict::Verdict;
use crate::domain::{Month, PaymentAsked, PaymentName};
use crate::facts::{Facts, Purpose, Truth};
use serde::Serialize;

/// One rule of the register, as a value: who it is, what it says, and how it is asked.
#[derive(Debug)]
pub struct Rule {
    /// Its id in the register.
    pub id: &'static str,
    /// Its name, the one of its file where it has a file of its own.
    pub name: &'static str,
    /// The heading under which the checklist has it.
    pub heading: Heading,
    /// Law and documents, separated by semicolons.
    pub source: &'static str,
    /// The rule's page, in Markdown: what it says, the reading taken, an example, the sources.
    pub doc: &'static str,
    /// What it does in an answer.
    pub(crate) role: Role,
}

/// Headings of the EN Payments Checklist, and one for what it does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Heading {
    /// Amounts and levels.
    Parameters,
    /// Amounts of payments.
    Payments,
    /// When to submit a payment request.
    WhenToSubmit,
    /// Benefits.
    Benefits,
    /// Earnings.
    Earnings,
    /// Attainment month.
    AttainmentMonth,
    /// 18 month look back rule.
    LookBack,
    /// State vocational rehabilitation agency involvement.
    StateVr,
    /// Phase 2 milestones.
    Phase2,
    /// Outcome.
    Outcome,
    /// Reconciliation.
    Reconciliation,
    /// Payment systems, splits, conversions, transition, overpayments, termination.
    Ticket,
    /// Payment requests after they were received.
    Requests,
    /// Earnings verification.
    Verification,
}

impl Heading {
    /// The heading in words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Parameters => "Amounts and levels",
            Self::Payments => "Amounts of payments",
            Self::WhenToSubmit => "When to submit a payment request",
            Self::Benefits => "Benefits",
            Self::Earnings => "Earnings",
            Self::AttainmentMonth => "Attainment month (Phase 1)",
            Self::LookBack => "18 month look back rule",
            Self::StateVr => "State vocational rehabilitation agency involvement",
            Self::Phase2 => "Phase 2 milestones",
            Self::Outcome => "Outcome",
            Self::Reconciliation => "Reconciliation",
            Self::Ticket => "Payment systems, splits, conversions, termination",
            Self::Requests => "Payment requests, diaries and business days",
            Self::Verification => "Earnings verification",
        }
    }
}

/// What a rule does in an answer.
#[derive(Debug)]
pub(crate) enum Role {
    /// It can make a payment not payable.
    Decides(Decides),
    /// It explains an answer, and never fails.
    Explains(fn(&Facts<'_>, &Asked, &Verdict) -> Option<Said>),
    /// It is applied outside a determination; the text says where.
    Elsewhere(&'static str),
}

/// A rule that can fail.
#[derive(Debug)]
pub(crate) struct Decides {
    /// Of which payments it is asked.
    pub of: &'static [Kind],
    /// What its answer depends on.
    pub scope: Scope,
    /// Whether it is asked: not for another title or another policy.
    pub applies: fn(&Facts<'_>, &Asked) -> bool,
    /// Its answer.
    pub holds: fn(&Facts<'_>, &Asked) -> Truth,
    /// The answer in words and numbers.
    pub explain: fn(&Facts<'_>, &Asked, Truth) -> Said,
}

impl Decides {
    /// The rule's answer; none when it is not asked.
    pub(crate) fn answer(&self, facts: &Facts<'_>, asked: &Asked) -> Option<Truth> {
        (self.of.contains(&asked.kind) && (self.applies)(facts, asked)).then(|| (self.holds)(facts, asked))
    }

    /// Whether the rule is asked and fails.
    pub(crate) fn fails(&self, facts: &Facts<'_>, asked: &Asked) -> bool {
        self.answer(facts, asked) == Some(Truth::No)
    }
}

/// For a rule that is asked of every payment it concerns.
pub(crate) const fn always(_: &Facts<'_>, _: &Asked) -> bool {
    true
}

/// What a rule's answer depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// On the claimed month: a month that satisfies all of these can carry the payment.
    Month,
    /// On the ticket alone: a payment that fails one of these is not available.
    Availability,
    /// On other payments: order, numbers, one payment a month.
    Sequence,
}

/// Kinds of payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A Phase 1 milestone, 1 to 4.
    Phase1(u8),
    /// A Phase 2 milestone.
    Phase2,
    /// An outcome payment.
    Outcome,
    /// The reconciliation.
    Reconciliation,
}

pub(crate) const MILESTONE_1: &[Kind] = &[Kind::Phase1(1)];
pub(crate) const MILESTONE_2: &[Kind] = &[Kind::Phase1(2)];
pub(crate) const MILESTONE_3: &[Kind] = &[Kind::Phase1(3)];
pub(crate) const MILESTONE_4: &[Kind] = &[Kind::Phase1(4)];
pub(crate) const PHASE_1: &[Kind] = &[Kind::Phase1(1), Kind::Phase1(2), Kind::Phase1(3), Kind::Phase1(4)];
pub(crate) const PHASE_2: &[Kind] = &[Kind::Phase2];
pub(crate) const MILESTONES: &[Kind] =
    &[Kind::Phase1(1), Kind::Phase1(2), Kind::Phase1(3), Kind::Phase1(4), Kind::Phase2];
pub(crate) const OUTCOMES: &[Kind] = &[Kind::Outcome];
pub(crate) const MONTHLY: &[Kind] =
    &[Kind::Phase1(1), Kind::Phase1(2), Kind::Phase1(3), Kind::Phase1(4), Kind::Phase2, Kind::Outcome];
pub(crate) const RECONCILIATION: &[Kind] = &[Kind::Reconciliation];
pub(crate) const ALL: [Kind; 7] = [
    Kind::Phase1(1),
    Kind::Phase1(2),
    Kind::Phase1(3),
    Kind::Phase1(4),
    Kind::Phase2,
    Kind::Outcome,
    Kind::Reconciliation,
];
pub(crate) const OUTCOME_AND_RECONCILIATION: &[Kind] = &[Kind::Outcome, Kind::Reconciliation];
pub(crate) const NOT_OUTCOME: &[Kind] =
    &[Kind::Phase1(1), Kind::Phase1(2), Kind::Phase1(3), Kind::Phase1(4), Kind::Phase2, Kind::Reconciliation];

/// What is asked of the rules: a payment for a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The payment as the question has it.
    pub payment: PaymentAsked,
    /// The payment's kind.
    pub kind: Kind,
    /// Its number, the lowest not yet paid where the question left it open. None when that exceeds every number of the ticket.
    pub number: Option<u8>,
    /// The claimed month.
    pub month: Month,
}

impl Asked {
    /// What a question asks, with the number filled in (C-08).
    pub(crate) fn resolve(payment: PaymentAsked, month: Month, facts: &Facts<'_>) -> Self {
        let lowest = |name: fn(u8) -> PaymentName, highest: u8| {
            (1..=highest).find(|number| facts.paid_month(name(*number)).is_none())
        };
        let (kind, number) = match payment {
            PaymentAsked::Named(PaymentName::Phase1(number)) => (Kind::Phase1(number), Some(number)),
            PaymentAsked::Named(PaymentName::Phase2(number)) => (Kind::Phase2, Some(number)),
            PaymentAsked::Named(PaymentName::Outcome(number)) => (Kind::Outcome, Some(number)),
            PaymentAsked::Named(PaymentName::Reconciliation) => (Kind::Reconciliation, None),
            PaymentAsked::NextPhase2 => {
                (Kind::Phase2, lowest(PaymentName::Phase2, facts.terms.phase_2_count(facts.ticket_title)))
            }
            PaymentAsked::NextOutcome => {
                (Kind::Outcome, lowest(PaymentName::Outcome, facts.terms.outcome_count(facts.ticket_title)))
            }
        };
        Self { payment, kind, number, month }
    }

    /// What the claimed month is looked at for.
    pub(crate) const fn purpose(&self) -> Purpose {
        match self.kind {
            Kind::Outcome => Purpose::Outcome,
            _ => Purpose::Milestone,
        }
    }

    /// The payment's name, once its number is known.
    #[must_use]
    pub fn name(&self) -> Option<PaymentName> {
        match (self.kind, self.number) {
            (Kind::Phase1(number), _) => Some(PaymentName::Phase1(number)),
            (Kind::Phase2, Some(number)) => Some(PaymentName::Phase2(number)),
            (Kind::Outcome, Some(number)) => Some(PaymentName::Outcome(number)),
            (Kind::Reconciliation, _) => Some(PaymentName::Reconciliation),
            _ => None,
        }
    }

    /// The same question for another month.
    pub(crate) const fn in_month(self, month: Month) -> Self {
        Self { month, ..self }
    }

    /// A kind of payment in a month, whatever its number.
    pub(crate) const fn month_of(kind: Kind, month: Month) -> Self {
        let payment = match kind {
            Kind::Phase1(number) => PaymentAsked::Named(PaymentName::Phase1(number)),
            Kind::Phase2 => PaymentAsked::NextPhase2,
            Kind::Outcome => PaymentAsked::NextOutcome,
            Kind::Reconciliation => PaymentAsked::Named(PaymentName::Reconciliation),
        };
        Self { payment, kind, number: None, month }
    }
}

/// Declares a rule, so that its doc comment is also its page.
macro_rules! rule {
    ($(#[doc = $doc:expr])* $visibility:vis const $constant:ident = { $($field:ident: $value:expr),* $(,)? };) => {
        $(#[doc = $doc])*
        $visibility const $constant: $crate::eligibility::Rule =
            $crate::eligibility::Rule { doc: concat!($($doc, "\n"),*), $($field: $value),* };
    };
}
pub(crate) use rule;
