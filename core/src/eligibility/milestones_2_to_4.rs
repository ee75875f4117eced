//! P1-02 to P1-04: one predicate, other numbers.

use super::reason::Said;
use super::rule::{
    Asked, Decides, Heading, Kind, MILESTONE_2, MILESTONE_3, MILESTONE_4, Role, Rule, Scope, always, rule,
};
use super::words::{are, unknown_levels};
use crate::domain::Month;
use crate::facts::{Facts, Level, Purpose, Reading, Truth};
use crate::params::Window;

pub(super) const RULES: [Rule; 3] = [MILESTONE_2_RULE, MILESTONE_3_RULE, MILESTONE_4_RULE];

rule! {
    /// Milestone 2 needs three months at or above the trial work level within six.
    ///
    /// # Reading
    /// The claimed month must be one of them, and the six months end with it. They need not be consecutive. Months before the first
    /// available month do not count (FAM-04), nor does a month paid with half the level (P1-07). Only the claimed month must be in
    /// current pay.
    /// # Example
    /// 2016: $810 in March, May and August. August attains the milestone; with February in place of March it does not.
    /// # Sources
    /// EN Payments Checklist, Attainment Month; 20 CFR 411.525(a)(2)(i).
    const MILESTONE_2_RULE = {
        id: "P1-02", name: "milestone_2", heading: Heading::AttainmentMonth,
        source: "EN Payments Checklist, Attainment Month; 20 CFR 411.525(a)(2)(i)",
        role: Role::Decides(Decides { of: MILESTONE_2, scope: Scope::Month, applies: always, holds, explain }),
    };
}

rule! {
    /// Milestone 3 needs six months at or above the trial work level within twelve.
    ///
    /// # Reading
    /// As P1-02, with its own numbers.
    /// # Example
    /// Six months at $840 from January to June 2017: June attains the milestone.
    /// # Sources
    /// EN Payments Checklist, Attainment Month; 20 CFR 411.525(a)(2)(i).
    const MILESTONE_3_RULE = {
        id: "P1-03", name: "milestone_3", heading: Heading::AttainmentMonth,
        source: "EN Payments Checklist, Attainment Month; 20 CFR 411.525(a)(2)(i)",
        role: Role::Decides(Decides { of: MILESTONE_3, scope: Scope::Month, applies: always, holds, explain }),
    };
}

rule! {
    /// Milestone 4 needs nine months at or above the trial work level within eighteen.
    ///
    /// # Reading
    /// As P1-02, with its own numbers; P1-05 asks for the services as well.
    /// # Example
    /// Nine months at $840 from January to September 2017: September attains the milestone.
    /// # Sources
    /// EN Payments Checklist, Attainment Month; 20 CFR 411.525(a)(2)(i).
    const MILESTONE_4_RULE = {
        id: "P1-04", name: "milestone_4", heading: Heading::AttainmentMonth,
        source: "EN Payments Checklist, Attainment Month; 20 CFR 411.525(a)(2)(i)",
        role: Role::Decides(Decides { of: MILESTONE_4, scope: Scope::Month, applies: always, holds, explain }),
    };
}

/// The months needed for a milestone, and the window.
pub(crate) fn window(facts: &Facts<'_>, kind: Kind) -> Window {
    let number = match kind {
        Kind::Phase1(number) => usize::from(number),
        _ => 0,
    };
    let none = Window { months: u8::MAX, within: 0 };
    number.checked_sub(1).and_then(|index| facts.terms.phase_1.get(index)).copied().unwrap_or(none)
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    if facts.is_half_level_month(asked.month) {
        return Truth::No;
    }
    let window = window(facts, asked.kind);
    let now = facts.reaches(asked.month, Level::TrialWork, Reading::AtOrAbove, Purpose::Milestone);
    now.and(Truth::at_least(window.months.into(), facts.reached_in(asked.month, window.within)))
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let Window { months: needed, within } = window(facts, asked.kind);
    let first = asked.month.plus(1 - i32::from(within));
    let reached: Vec<Month> =
        facts.months_reached(asked.month, within).filter(|(_, t)| *t == Truth::Yes).map(|(month, _)| month).collect();
    let count = i64::try_from(reached.len()).unwrap_or(i64::MAX);
    let mut text = format!(
        "{count} of the {within} months {} to {} {} at or above the trial work level; {needed} are needed",
        first.in_words(),
        asked.month.in_words(),
        are(count)
    );
    if truth == Truth::No && count >= i64::from(needed) {
        text.push_str(", the claimed month among them");
    }
    text.push('.');
    let said = Said::new(text).fact("months", reached).fact("needed", needed).fact("window", within);
    if truth != Truth::Unknown {
        return said;
    }
    said.missing(unknown_levels(facts, Level::TrialWork, first.max(facts.window_start).through(asked.month)))
}
