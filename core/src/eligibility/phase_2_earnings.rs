//! P2-01.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_2, Role, Scope, always, rule};
use super::words::{earnings, unknown_levels};
use crate::facts::{Facts, Purpose, Truth};

rule! {
    /// A Phase 2 milestone needs a month with earnings at SGA.
    ///
    /// # Reading
    /// `operations` counts a month at or above SGA, with the blind amount for a blind beneficiary. `regulation` counts only a month above it,
    /// with the amount for people who are not blind for everyone.
    /// # Example
    /// 2016: $1,130 is enough under `operations`, $1,130.01 under `regulation`; a blind beneficiary needs $1,820 under `operations`.
    /// # Sources
    /// EN Payments Checklist, Ph2/Ms; 20 CFR 411.525(a)(2)(ii).
    pub(super) const RULE = {
        id: "P2-01", name: "phase_2_earnings", heading: Heading::Phase2,
        source: "EN Payments Checklist, Ph2/Ms; 20 CFR 411.525(a)(2)(ii)",
        role: Role::Decides(Decides { of: PHASE_2, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    facts.reaches(asked.month, facts.phase_2_level(), facts.policy.phase_2, Purpose::Milestone)
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let (amount, basis) = earnings(facts, asked.month, Purpose::Milestone);
    let level = facts.level(facts.phase_2_level(), asked.month);
    let text = match level {
        Some(level) => format!(
            "Earnings of {} in {} are {}{} SGA, {}.",
            amount.in_words(),
            asked.month.in_words(),
            if truth == Truth::Yes { "" } else { "not " },
            facts.policy.phase_2.in_words(),
            level.in_words()
        ),
        None => format!("SGA of {} is not known.", asked.month.year()),
    };
    let said = Said::new(text).fact("earnings", amount).fact("basis", basis.as_str()).fact("sga", level);
    said.missing(unknown_levels(facts, facts.phase_2_level(), std::iter::once(asked.month)))
}
