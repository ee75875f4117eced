//! P1-01.

use super::reason::{Said, Unknown};
use super::rule::{Asked, Decides, Heading, MILESTONE_1, Role, Scope, always, rule};
use super::words::earnings;
use crate::domain::Usd;
use crate::facts::{Basis, Evidence, Facts, Level, Purpose, Truth};

rule! {
    /// Milestone 1 needs a month at or above the trial work level, or at or above half of it when the earnings are of the month's
    /// last period.
    ///
    /// # Reading
    /// The last period is the last fourteen days of the month: every counted pay statement of the month starts in them. Without a
    /// statement the half branch is not known. Under `regulation` half the level is always enough. Both limits include the
    /// amount itself.
    /// # Example
    /// 2016, level $810. $810: attained. $405 with one statement from June 17 to June 30: attained. $405 with a statement from June 16: not.
    /// # Sources
    /// EN Payments Checklist, Ph1/M1; 20 CFR 411.525(a)(2)(i).
    pub(super) const RULE = {
        id: "P1-01", name: "milestone_1", heading: Heading::AttainmentMonth,
        source: "EN Payments Checklist, Ph1/M1; 20 CFR 411.525(a)(2)(i)",
        role: Role::Decides(Decides { of: MILESTONE_1, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    let bases = facts.bases(asked.month, Purpose::Milestone).iter();
    bases.fold(Truth::No, |any, basis| any.or(reached_on(facts, asked, *basis)))
}

/// Whether the milestone is reached on one basis.
pub(crate) fn reached_on(facts: &Facts<'_>, asked: &Asked, basis: Basis) -> Truth {
    let Some((level, half)) = levels(facts, asked) else { return Truth::Unknown };
    let month = facts.month(asked.month);
    let amount = month.earnings(basis);
    if amount >= level {
        Truth::Yes
    } else if amount < half {
        Truth::No
    } else if !facts.policy.half_level_needs_last_period {
        Truth::Yes
    } else {
        match month.evidence(basis) {
            Evidence::LastPeriod => Truth::Yes,
            Evidence::Earlier => Truth::No,
            Evidence::None => Truth::Unknown,
        }
    }
}

fn levels(facts: &Facts<'_>, asked: &Asked) -> Option<(Usd, Usd)> {
    facts.level(Level::TrialWork, asked.month).zip(facts.half_level(asked.month))
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let Some((level, half)) = levels(facts, asked) else {
        let text = format!("The trial work level of {} is not known.", asked.month.year());
        return Said::new(text).missing([Unknown::Thresholds(asked.month.year())]);
    };
    let (amount, basis) = earnings(facts, asked.month, Purpose::Milestone);
    let at = format!("{} earned {}", asked.month.in_words(), amount.in_words());
    let text = if amount >= level {
        format!("{at}, at or above the trial work level of {}.", level.in_words())
    } else if amount < half {
        format!("{at}, below half of the trial work level, {}.", half.in_words())
    } else if !facts.policy.half_level_needs_last_period {
        format!("{at}, at or above half of the trial work level, {}.", half.in_words())
    } else {
        let period = match truth {
            Truth::Yes => "earned in the month's last period",
            Truth::No => "but not all of it in the month's last period",
            Truth::Unknown => "and no pay statement shows whether it was earned in the month's last period",
        };
        format!("{at}, at or above half of the trial work level, {}, {period}.", half.in_words())
    };
    let said = Said::new(text).fact("earnings", amount).fact("basis", basis.as_str());
    let said = said.fact("trial_work_level", level).fact("half_level", half);
    said.missing((truth == Truth::Unknown).then_some(Unknown::PayStatements(asked.month)))
}
