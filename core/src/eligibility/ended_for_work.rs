//! BEN-05.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, OUTCOMES, Role, Scope, always, rule};
use super::words::{earnings, unknown_levels};
use crate::domain::BenefitStatus;
use crate::facts::{Facts, Purpose, Reading, Truth};

rule! {
    /// After entitlement has ended because of work, an outcome month needs earnings above SGA.
    ///
    /// # Reading
    /// Asked when, of the records of the month, one has ended because of work, none is suspended because of work and none is
    /// unknown. More than SGA, the blind amount for the blind, under both policies: a month exactly at SGA fails here and not in OUT-03.
    /// # Example
    /// Ended because of work, $1,130 in a month of 2016: not an outcome. $1,130.01: an outcome.
    /// # Sources
    /// 20 CFR 411.525(a)(1)(ii).
    pub(super) const RULE = {
        id: "BEN-05", name: "ended_for_work", heading: Heading::Outcome, source: "20 CFR 411.525(a)(1)(ii)",
        role: Role::Decides(Decides { of: OUTCOMES, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    if applies(facts, asked) {
        facts.reaches(asked.month, facts.outcome_level(), Reading::Above, Purpose::Outcome)
    } else {
        Truth::Yes
    }
}

fn applies(facts: &Facts<'_>, asked: &Asked) -> bool {
    let month = facts.month(asked.month);
    let records = facts.records_of(asked.month);
    let has = |status| records.iter().any(|record| month.status(*record) == Some(status));
    has(BenefitStatus::EndedWork)
        && !has(BenefitStatus::SuspendedWork)
        && records.iter().all(|record| month.status(*record).is_some())
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    if !applies(facts, asked) {
        return Said::new("Entitlement has not ended because of work, so earnings need not be above SGA.");
    }
    let (amount, basis) = earnings(facts, asked.month, Purpose::Outcome);
    let level = facts.level(facts.outcome_level(), asked.month);
    let text = match level {
        Some(level) => format!(
            "Entitlement has ended because of work; earnings of {} in {} are {}above SGA, {}.",
            amount.in_words(),
            asked.month.in_words(),
            if truth == Truth::Yes { "" } else { "not " },
            level.in_words()
        ),
        None => format!("SGA of {} is not known.", asked.month.year()),
    };
    let said = Said::new(text).fact("earnings", amount).fact("basis", basis.as_str()).fact("sga", level);
    said.missing(unknown_levels(facts, facts.outcome_level(), std::iter::once(asked.month)))
}
