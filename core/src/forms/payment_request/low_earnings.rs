//! Earnings that are too low, by what is on file and in the request.

use super::{code, is_phase_1, is_phase_2};
use crate::decision::Determination;
use crate::domain::{Month, PaymentAsked, PaymentName, Usd};
use crate::facts::{Facts, Level, Purpose, Reading, Truth};
use crate::params::Window;
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
            PaymentAsked::Named(PaymentName::Phase1(1)) => self.is_too_low().then(|| self.below_trial_work()),
            PaymentAsked::Named(PaymentName::Phase1(number)) => self.too_few_months(number),
            _ => self.below_substantial(),
        }
    }

    /// The level of the month is known where the month does not reach it.
    fn below_trial_work(&self) -> Problem {
        let level = self.facts.level(Level::TrialWork, self.month).unwrap_or_default().in_words();
        let shortfall = format!("the claim month does not reach the trial work level of {level}");
        self.with_amounts(problem(&code::PR_BELOW_TWL).with("shortfall", shortfall), Level::TrialWork)
    }

    /// Milestones 2 to 4 need so many months, the claim month among them.
    fn too_few_months(&self, number: u8) -> Option<Problem> {
        if !["P1-02", "P1-03", "P1-04"].into_iter().any(|rule| self.fails(rule)) {
            return None;
        }
        let Window { months: needed, within } = self.facts.terms.phase_1.get(usize::from(number).checked_sub(1)?)?;
        let (reached, _) = self.facts.reached_in(self.month, *within);
        let shortfall = format!(
            "{reached} of the {within} months that end with the claim month count as months at the trial work level, and {needed} are needed, the claim month among them"
        );
        let problem = problem(&code::PR_BELOW_TWL).with("shortfall", shortfall);
        Some(problem.with("reached", reached).with("within", *within).with("needed", *needed))
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
