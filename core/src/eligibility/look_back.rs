//! LB-01 to LB-04: one predicate, other numbers.

use super::reason::Said;
use super::rule::{
    Asked, Decides, Heading, Kind, MILESTONE_1, MILESTONE_2, MILESTONE_3, MILESTONE_4, Role, Rule, Scope, always, rule,
};
use super::words::{are, months};
use crate::domain::{Month, date_in_words};
use crate::facts::{Facts, Level, Purpose, Truth};
use crate::params::Window;

pub(super) const RULES: [Rule; 4] = [LOOK_BACK_1, LOOK_BACK_2, LOOK_BACK_3, LOOK_BACK_4];

rule! {
    /// Milestone 1 is not available when the trial work level was reached in the month before the month of the first assignment.
    ///
    /// # Reading
    /// `operations` counts a month at or above the level, `regulation` only one above it. The month of the assignment itself is
    /// not looked at. A month whose level is not known counts as not reaching it.
    /// # Example
    /// First assigned in May 2016: $810 in April 2016 loses Milestone 1.
    /// # Sources
    /// EN Payments Checklist, 18 Month Look Back Rule; 20 CFR 411.535(a)(1)(ii).
    const LOOK_BACK_1 = {
        id: "LB-01", name: "look_back_milestone_1", heading: Heading::LookBack,
        source: "EN Payments Checklist, 18 Month Look Back Rule; 20 CFR 411.535(a)(1)(ii)",
        role: Role::Decides(Decides { of: MILESTONE_1, scope: Scope::Availability, applies: always, holds, explain }),
    };
}

rule! {
    /// Milestone 2 is not available when the trial work level was reached in three of the six months before the month of the first
    /// assignment.
    ///
    /// # Reading
    /// As LB-01, with its own numbers.
    /// # Example
    /// First assigned in May 2016: November 2015 to April 2016 are looked at. Three months at $780 in 2015 or $810 in 2016 lose
    /// Milestone 2.
    /// # Sources
    /// EN Payments Checklist, 18 Month Look Back Rule; 20 CFR 411.535(a)(1)(ii).
    const LOOK_BACK_2 = {
        id: "LB-02", name: "look_back_milestone_2", heading: Heading::LookBack,
        source: "EN Payments Checklist, 18 Month Look Back Rule; 20 CFR 411.535(a)(1)(ii)",
        role: Role::Decides(Decides { of: MILESTONE_2, scope: Scope::Availability, applies: always, holds, explain }),
    };
}

rule! {
    /// Milestone 3 is not available when the trial work level was reached in six of the twelve months before the month of the first
    /// assignment.
    ///
    /// # Reading
    /// As LB-01, with its own numbers. The checklist's cell names Milestone 2 by mistake; the regulation and the exclusions page
    /// have Milestone 3.
    /// # Example
    /// First assigned in May 2016: May 2015 to April 2016 are looked at.
    /// # Sources
    /// 20 CFR 411.535(a)(1)(ii); Phase 1 Milestone Exclusions (yourtickettowork.ssa.gov).
    const LOOK_BACK_3 = {
        id: "LB-03", name: "look_back_milestone_3", heading: Heading::LookBack,
        source: "20 CFR 411.535(a)(1)(ii); Phase 1 Milestone Exclusions (yourtickettowork.ssa.gov)",
        role: Role::Decides(Decides { of: MILESTONE_3, scope: Scope::Availability, applies: always, holds, explain }),
    };
}

rule! {
    /// Milestone 4 is not available when the trial work level was reached in nine of the eighteen months before the month of the
    /// first assignment.
    ///
    /// # Reading
    /// As LB-01, with its own numbers. The checklist's cell repeats six of twelve and Milestone 2 by mistake; the regulation and the
    /// exclusions page have nine of eighteen and Milestone 4.
    /// # Example
    /// First assigned in May 2016: November 2014 to April 2016 are looked at.
    /// # Sources
    /// 20 CFR 411.535(a)(1)(ii); Phase 1 Milestone Exclusions (yourtickettowork.ssa.gov).
    const LOOK_BACK_4 = {
        id: "LB-04", name: "look_back_milestone_4", heading: Heading::LookBack,
        source: "20 CFR 411.535(a)(1)(ii); Phase 1 Milestone Exclusions (yourtickettowork.ssa.gov)",
        role: Role::Decides(Decides { of: MILESTONE_4, scope: Scope::Availability, applies: always, holds, explain }),
    };
}

/// The look-back of a milestone: months that bar it, and months looked at.
pub(super) fn window(facts: &Facts<'_>, kind: Kind) -> Option<Window> {
    let Kind::Phase1(number) = kind else { return None };
    facts.terms.look_back.get(usize::from(number).checked_sub(1)?).copied()
}

/// The months of a milestone's look-back that reached the trial work level.
pub(super) fn months_reached(facts: &Facts<'_>, kind: Kind) -> Vec<Month> {
    let Some(window) = window(facts, kind).filter(|_| facts.anchor_on >= facts.terms.look_back_since) else {
        return Vec::new();
    };
    let reached = |month: &Month| {
        facts.reaches(*month, Level::TrialWork, facts.policy.look_back, Purpose::Milestone) == Truth::Yes
    };
    facts.anchor.plus(-i32::from(window.within)).through(facts.anchor.plus(-1)).filter(reached).collect()
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    let bar = window(facts, asked.kind).map_or(u8::MAX, |window| window.months);
    (months_reached(facts, asked.kind).len() < usize::from(bar)).into()
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: Truth) -> Said {
    let Some(Window { months: bar, within }) = window(facts, asked.kind) else { return Said::new("") };
    if facts.anchor_on < facts.terms.look_back_since {
        let text =
            format!("The ticket was first assigned on {}; no look-back is made.", date_in_words(facts.anchor_on));
        return Said::new(text);
    }
    let reached = months_reached(facts, asked.kind);
    let count = i64::try_from(reached.len()).unwrap_or(i64::MAX);
    let text = format!(
        "{count} of the {} before {} {} {} the trial work level; {bar} bar{} this milestone.",
        months(within),
        facts.anchor.in_words(),
        are(count),
        facts.policy.look_back.in_words(),
        if bar == 1 { "s" } else { "" }
    );
    Said::new(text).fact("months", reached).fact("needed", bar).fact("window", within)
}
