//! One claim, decided and explained.

use super::next::{self, Next};
use crate::domain::{Month, Usd};
use crate::eligibility::judge::judge;
use crate::eligibility::reason::{Gathered, Missing, Reason, Said};
use crate::eligibility::twelve_outcomes;
use crate::eligibility::{AmountBasis, Asked, Decision, Kind, Rate, Role, Verdict, rules};
use crate::eligibility::{ended_for_work, milestone_1};
use crate::facts::{Basis, Facts, MonthTitle, PolicyName, Purpose, Reading, Standpoint, Truth};
use crate::params::Parameters;
use crate::problem::{Problem, code};
use crate::read::{Question, Read};
use serde::Serialize;

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Determination {
    /// Payable, not payable, or undetermined.
    pub decision: Decision,
    /// The payment, with the number that is due.
    pub payment: Payment,
    /// The claimed month.
    pub month: Month,
    /// The claiming provider.
    pub provider: Box<str>,
    /// Whole dollars; none when the decision is not payable or a rate is not known.
    pub amount: Option<Usd>,
    /// The rates behind the amount; none when the decision is not payable.
    pub amount_basis: Option<AmountBasis>,
    /// The month of the payment when payable.
    pub attained_in: Option<Month>,
    /// By which day the month's earnings were counted.
    pub earnings_basis: Option<&'static str>,
    /// Every rule consulted, in the order of the register.
    pub reasons: Vec<Reason>,
    /// Every fact that the answer depends on and that is not known.
    pub missing: Vec<Missing>,
    /// The least that would make the payment payable.
    pub next: Option<Next>,
    /// The policy by which it was decided.
    pub policy: PolicyName,
    /// Version of rules and parameters.
    pub rules_version: Box<str>,
}

/// The payment of an answer: a name, or the question's own text when every number is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payment(Asked);

impl Serialize for Payment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.name() {
            Some(name) => name.serialize(serializer),
            None => self.0.payment.serialize(serializer),
        }
    }
}

/// Decides one claim.
///
/// # Errors
/// When the provider has no assignment under which it could claim, which reading a question refuses.
pub fn decide(question: &Question, parameters: &Parameters) -> Read<Determination> {
    let claim = &question.claim;
    let policy = question.policy.policy();
    let standpoint = Standpoint::Claim(claim.month);
    let facts = Facts::gather(&question.case, parameters, policy, &claim.provider, question.requested_on, standpoint)
        .ok_or_else(|| vec![Problem::new(&code::CLAIM_PROVIDER_NOT_ASSIGNED, "/claim/provider")])?;
    let asked = Asked::resolve(claim.payment, claim.month, &facts);
    let verdict = judge(&facts, &asked);
    let (reasons, missing) = explain(&facts, &asked, &verdict);
    let payable = verdict.decision == Decision::Payable;
    let next = (verdict.decision == Decision::NotPayable).then(|| next::find(&facts, &asked, &verdict)).flatten();
    Ok(Determination {
        decision: verdict.decision,
        payment: Payment(asked),
        month: claim.month,
        provider: claim.provider.clone(),
        amount: verdict.amount,
        attained_in: if payable { attained_in(&facts, &asked) } else { None },
        earnings_basis: earnings_basis(&facts, &asked).map(Basis::as_str),
        amount_basis: if payable { amount_basis(&asked, verdict.rates) } else { None },
        reasons,
        missing,
        next,
        policy: question.policy,
        rules_version: parameters.version().into(),
    })
}

/// Puts every answer into words, in the order of the register.
fn explain(facts: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> (Vec<Reason>, Vec<Missing>) {
    let mut reasons = Vec::with_capacity(40);
    let mut unknown = Gathered::default();
    let mut answers = verdict.answers().peekable();
    for rule in rules() {
        let (holds, said) = match &rule.role {
            Role::Decides(decides) => {
                let Some((_, truth)) = answers.next_if(|(id, _)| *id == rule.id) else { continue };
                (truth, (decides.explain)(facts, asked, truth))
            }
            Role::Explains(explains) => match explains(facts, asked, verdict) {
                Some(said) => (Truth::Yes, said),
                None => continue,
            },
            Role::Elsewhere(_) => continue,
        };
        let Said { text, facts: trail, missing } = said;
        let is_open = holds == Truth::Unknown || verdict.decision == Decision::Payable;
        if verdict.decision != Decision::NotPayable && is_open {
            unknown.add(rule.id, &missing);
        }
        reasons.push(Reason { rule: rule.id, holds, text, facts: trail, source: rule.source });
    }
    (reasons, unknown.finish())
}

fn amount_basis(asked: &Asked, mut rates: Vec<Rate>) -> Option<AmountBasis> {
    if asked.kind == Kind::Reconciliation {
        Some(AmountBasis::Reconciliation(rates))
    } else {
        rates.pop().map(AmountBasis::One)
    }
}

/// C-04.
fn attained_in(facts: &Facts<'_>, asked: &Asked) -> Option<Month> {
    if asked.kind != Kind::Reconciliation {
        return Some(asked.month);
    }
    let (qualified, _) = twelve_outcomes::qualified(facts, asked.month);
    usize::from(facts.terms.reconciliation_outcomes).checked_sub(1).and_then(|index| qualified.get(index)).copied()
}

/// C-09.
fn earnings_basis(facts: &Facts<'_>, asked: &Asked) -> Option<Basis> {
    let (level, reading, purpose) = match asked.kind {
        Kind::Reconciliation => return None,
        Kind::Phase1(_) => (crate::facts::Level::TrialWork, Reading::AtOrAbove, Purpose::Milestone),
        Kind::Phase2 => (facts.phase_2_level(), facts.policy.phase_2, Purpose::Milestone),
        // Once entitlement has ended for work, earnings at the level are not enough.
        Kind::Outcome if ended_for_work::is_asked(facts, asked.month) => {
            (facts.outcome_level(), Reading::Above, Purpose::Outcome)
        }
        Kind::Outcome => (facts.outcome_level(), Reading::AtOrAbove, Purpose::Outcome),
    };
    let bases = facts.bases(asked.month, purpose);
    if let MonthTitle::One(_) = facts.title_of(asked.month) {
        return bases.first().copied();
    }
    let reached = |basis: &Basis| match asked.kind {
        Kind::Phase1(1) => milestone_1::reached_on(facts, asked, *basis) == Truth::Yes,
        _ => facts
            .level(level, asked.month)
            .is_some_and(|level| reading.is_reached(facts.month(asked.month).earnings(*basis), level)),
    };
    Some(bases.iter().copied().find(|basis| reached(basis)).unwrap_or(Basis::Earned))
}
