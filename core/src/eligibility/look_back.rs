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
    let Some(window) = window(facts, asked.kind).filter(|_| facts.anchor_on >= facts.terms.look_back_since) else {
        return Truth::Yes;
    };
    (facts.reached_before_assignment(window.within) < u16::from(window.months)).into()
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
    let level = format!("{} the trial work level", facts.policy.look_back.in_words());
    let text = match (within, count) {
        (1, 0) => format!("{} is not {level}; it would bar this milestone.", facts.anchor.plus(-1).in_words()),
        (1, _) => format!("{} is {level}, which bars this milestone.", facts.anchor.plus(-1).in_words()),
        _ => format!(
            "{count} of the {} before {} {} {level}; {bar} bar this milestone.",
            months(within),
            facts.anchor.in_words(),
            are(count),
        ),
    };
    Said::new(text).fact("months", reached).fact("needed", bar).fact("window", within)
}

#[cfg(test)]
mod tests {
    use crate::domain::Month;
    use crate::testing::{NO, POLICIES, Story, UNLISTED, YES, case, title_ii, title_xvi};

    /// Payment, rule, months that bar it, months looked at.
    const ROWS: [(&str, &str, i32, i32); 4] =
        [("p1m1", "LB-01", 1, 1), ("p1m2", "LB-02", 3, 6), ("p1m3", "LB-03", 6, 12), ("p1m4", "LB-04", 9, 18)];

    /// First assigned on December 1, 2018, with $850, the level of the year, in the months just before it and in one month so far back.
    fn with(months_in_a_row: i32, back: i32, amount: &str) -> Story {
        let assigned = Month::parse("2018-12").unwrap();
        let story = case().assigned("2018-12-01").in_pay("t2", "2010-01..");
        let story = match months_in_a_row {
            0 => story,
            count => story.earned(&format!("{}..{}", assigned.plus(-count), assigned.plus(-1)), "850"),
        };
        story.earned(&assigned.plus(-back).to_string(), amount)
    }

    #[test]
    fn so_many_months_in_a_window_before_the_first_assignment_bar_it() {
        for (payment, rule, bar, within) in ROWS {
            let holds = |story: Story| {
                let claim = story.ask(payment, "2019-01");
                let barred = claim.fact(rule, "months").as_array().unwrap().len() >= usize::try_from(bar).unwrap();
                assert_eq!(claim.holds(rule) == NO, barred, "{rule}: the months that are named");
                claim.holds(rule)
            };
            assert_eq!(holds(with(bar - 1, bar, "849.99")), YES, "{rule}: a cent below");
            assert_eq!(holds(with(bar - 1, bar, "850")), NO, "{rule}: at the level");
            assert_eq!(holds(with(bar - 1, within, "850")), NO, "{rule}: the first month looked at");
            assert_eq!(holds(with(bar - 1, within + 1, "850")), YES, "{rule}: the month before it");
            assert_eq!(holds(with(bar - 1, 0, "850")), YES, "{rule}: the month of the assignment");
            let claim = with(bar, 1, "850").ask(payment, "2019-01");
            assert_eq!((claim.fact(rule, "needed"), claim.fact(rule, "window")), (bar.into(), within.into()));
        }
    }

    #[test]
    fn the_regulation_counts_a_month_above_the_level_only() {
        for (payment, rule, bar, _) in ROWS {
            let months = format!("{}..2018-11", Month::parse("2018-12").unwrap().plus(-bar));
            let with = |amount| case().assigned("2018-12-01").in_pay("t2", "2010-01..").earned(&months, amount);
            let holds = |amount| with(amount).ask(payment, "2019-01").regulation().holds(rule);
            assert_eq!([holds("850"), holds("850.01")], [YES, NO], "{rule}");
        }
    }

    #[test]
    fn each_month_is_held_against_the_level_of_its_year() {
        let with = |december: &str, january: &str| {
            let story = case().assigned("2016-03-15").in_pay("t2", "2010-01..").earned("2016-02", "810");
            story.earned("2015-12", december).earned("2016-01", january).ask("p1m2", "2016-04").holds("LB-02")
        };
        assert_eq!([with("780", "810"), with("779.99", "810"), with("780", "809.99")], [NO, YES, YES]);
    }

    #[test]
    fn a_rule_is_asked_of_its_own_milestone_alone() {
        for (payment, own, ..) in ROWS {
            for (_, rule, ..) in ROWS {
                let listed = title_ii().ask(payment, "2016-06").holds(rule);
                assert_eq!(listed, if rule == own { YES } else { UNLISTED }, "{payment} {rule}");
            }
        }
        for payment in ["p2", "outcome", "reconciliation"] {
            assert_eq!(title_ii().ask(payment, "2016-06").holds("LB-01"), UNLISTED, "{payment}");
        }
    }

    #[test]
    fn no_look_back_is_made_from_assignments_before_july_21_2008() {
        for policy in POLICIES {
            let assigned = |day| {
                let story = case().assigned(day).in_pay("t2", "2005-01..").earned("2008-06", "5000");
                story.ask("p1m1", "2008-08").under(policy)
            };
            let answers = ["2008-07-20", "2008-07-21"].map(|day| assigned(day).holds("LB-01"));
            assert_eq!(answers, [YES, NO], "{policy}");
            assert_eq!(assigned("2008-07-21").fact("LB-01", "months"), serde_json::json!(["2008-06"]), "{policy}");
        }
    }

    #[test]
    fn the_first_assignment_to_anyone_but_a_state_vr_agency_sets_the_month() {
        let earned = |story: Story| story.in_pay("t2", "2010-01..").earned("2016-04", "810");
        let later =
            |first: Story| earned(first).assigned_to("EN-B", "en", "2017-03-10").ask("p1m1", "2017-04").by("EN-B");
        assert_eq!(later(case().assigned("2016-05-20")).holds("LB-01"), NO);
        assert_eq!(later(case().assigned("2016-05-20").outcome_only()).holds("LB-01"), NO);
        assert_eq!(later(case().assigned_to("VR-CO", "state_vr_as_en", "2016-05-20")).holds("LB-01"), NO);
        assert_eq!(later(case().assigned_to("VR-CO", "state_vr", "2016-05-20")).holds("LB-01"), YES);
        // What is earned under the first provider does not bar the second.
        let between = case().assigned("2016-05-20").in_pay("t2", "2010-01..").earned("2016-06..2017-02", "5000");
        assert_eq!(
            between.assigned_to("EN-B", "en", "2017-03-10").ask("p1m1", "2017-04").by("EN-B").holds("LB-01"),
            YES
        );
    }

    #[test]
    fn title_xvi_months_count_by_day_of_pay_and_half_the_level_plays_no_part() {
        assert_eq!(title_xvi().earned("2016-04", "5000").ask("p1m1", "2016-06").holds("LB-01"), YES);
        assert_eq!(title_xvi().paid_out("2016-04", "810").ask("p1m1", "2016-06").holds("LB-01"), NO);
        let half = title_ii().wages(["2016-04-17", "2016-04-30", "2016-05-05"], "405");
        assert_eq!(half.ask("p1m1", "2016-06").holds("LB-01"), YES);
    }

    #[test]
    fn a_month_whose_level_is_not_known_is_taken_not_to_reach_it() {
        let story = |anchor| case().assigned(anchor).in_pay("t2", "2010-01..").earned("2026-12..2027-01", "9000");
        assert_eq!(story("2027-02-01").ask("p1m1", "2027-03").holds("LB-01"), YES);
        assert_eq!(story("2027-02-01").ask("p1m1", "2027-03").fact("LB-01", "months"), serde_json::json!([]));
        assert_eq!(story("2027-01-01").ask("p1m1", "2027-03").holds("LB-01"), NO);
    }
}
