//! Earnings that are too low, by what is on file and in the request.

use super::{code, is_phase_1, is_phase_2};
use crate::decision::Determination;
use crate::domain::{Month, PaymentAsked, PaymentName, Usd};
use crate::facts::{Facts, Level, Purpose, Reading, Truth};
use crate::problem::{Code, Problem};
use crate::read::Path;

/// The month that is claimed, with what the engine said of it.
pub(super) struct Claimed<'a, 'f> {
    pub(super) facts: &'a Facts<'f>,
    pub(super) determination: &'a Determination,
    pub(super) asked: PaymentAsked,
    pub(super) month: Month,
}

impl Claimed<'_, '_> {
    /// What is told of earnings that are too low; `by_half`: half of the level is claimed to be enough.
    pub(super) fn find_low_earnings(&self, by_half: bool) -> Option<Problem> {
        match self.asked {
            PaymentAsked::Named(PaymentName::Phase1(1)) if by_half => {
                self.fails("P1-01").then(|| problem(&code::PR_BELOW_HALF_TWL))
            }
            PaymentAsked::Named(PaymentName::Phase1(1)) => self.is_too_low().then(|| problem(&code::PR_BELOW_TWL)),
            PaymentAsked::Named(PaymentName::Phase1(_)) => ["P1-02", "P1-03", "P1-04"]
                .into_iter()
                .any(|rule| self.fails(rule))
                .then(|| problem(&code::PR_BELOW_TWL)),
            _ => self.below_substantial(),
        }
    }

    /// Once entitlement has ended because of work, the level itself is not enough (BEN-05).
    fn below_substantial(&self) -> Option<Problem> {
        let ended = self.fails("BEN-05");
        if !ended && !self.is_too_low() {
            return None;
        }
        let (level, reading) = if is_phase_2(self.asked) {
            (self.facts.phase_2_level(), self.facts.policy.phase_2)
        } else {
            (self.facts.outcome_level(), if ended { Reading::Above } else { Reading::AtOrAbove })
        };
        Some(self.with_amounts(problem(&code::PR_BELOW_SGA).with("limit", reading.in_words()), level))
    }

    fn is_too_low(&self) -> bool {
        reaches_level(self.facts, self.asked, self.month) == Truth::No
    }

    fn fails(&self, rule: &str) -> bool {
        self.determination.reasons.iter().any(|reason| reason.rule == rule && reason.holds == Truth::No)
    }

    /// The level, and the highest earnings of the month on a basis that counts.
    fn with_amounts(&self, problem: Problem, level: Level) -> Problem {
        let month = self.facts.month(self.month);
        let bases = self.facts.bases(self.month, purpose(self.asked)).iter();
        let earnings = bases.map(|basis| month.earnings(*basis)).max().unwrap_or_default();
        let problem = with_amount(problem, "earnings", earnings);
        match self.facts.level(level, self.month) {
            Some(level) => with_amount(problem, "level", level),
            None => problem,
        }
    }
}

/// Of the claim month.
fn problem(code: &'static Code) -> Problem {
    Problem::new(code, &Path::Root.key("claim_month").pointer())
}

/// An amount, in words in the message and as a decimal string beside it.
fn with_amount(mut problem: Problem, name: &str, amount: Usd) -> Problem {
    problem.message = problem.message.replace(&format!("{{{name}}}"), &amount.in_words().to_string());
    problem.with(name, amount.to_string())
}

/// What the benefit status is looked at for.
pub(super) const fn purpose(asked: PaymentAsked) -> Purpose {
    if is_phase_1(asked) || is_phase_2(asked) { Purpose::Milestone } else { Purpose::Outcome }
}

/// Whether the month's earnings are enough for what is asked.
pub(super) fn reaches_level(facts: &Facts<'_>, asked: PaymentAsked, month: Month) -> Truth {
    if is_phase_1(asked) {
        facts.reaches(month, Level::TrialWork, Reading::AtOrAbove, Purpose::Milestone)
    } else if is_phase_2(asked) {
        facts.reaches(month, facts.phase_2_level(), facts.policy.phase_2, Purpose::Milestone)
    } else {
        facts.outcome_earnings_reached(month)
    }
}
