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
    // At the level, and still of no account: before the first month that counts, or paid with half the level.
    let is_left_out = |month: Month| {
        (month < facts.window_start || facts.is_half_level_month(month))
            && facts.reaches(month, Level::TrialWork, Reading::AtOrAbove, Purpose::Milestone) != Truth::No
    };
    let counts = match (first.through(asked.month).any(is_left_out), count) {
        (false, _) => "",
        (true, 1) => " and counts",
        (true, _) => " and count",
    };
    let mut text = format!(
        "{count} of the {within} months {} to {} {} at or above the trial work level{counts}; {needed} are needed",
        first.in_words(),
        asked.month.in_words(),
        are(count)
    );
    if truth == Truth::No && count >= i64::from(needed) {
        text.push_str(", the claimed month among them");
    }
    if truth == Truth::Unknown {
        let open = facts.months_reached(asked.month, within).filter(|(_, truth)| *truth == Truth::Unknown).count();
        text = format!("{text}; of {open} it is not known");
    }
    text.push('.');
    let said = Said::new(text).fact("months", reached).fact("needed", needed).fact("window", within);
    if truth != Truth::Unknown {
        return said;
    }
    said.missing(unknown_levels(facts, Level::TrialWork, first.max(facts.window_start).through(asked.month)))
}

#[cfg(test)]
mod tests {
    use crate::domain::Month;
    use crate::testing::{NO, POLICIES, Story, UNKNOWN, UNLISTED, YES, case, title_ii, title_xvi};

    /// Payment, rule, months needed, window.
    const ROWS: [(&str, &str, i32, i32); 3] =
        [("p1m2", "P1-02", 3, 6), ("p1m3", "P1-03", 6, 12), ("p1m4", "P1-04", 9, 18)];
    const CLAIMED: &str = "2018-12";

    /// Level in the claimed month, in the months just before it, and in one month so far back.
    fn with(months_in_a_row: i32, back: i32, amount: &str) -> Story {
        let claimed = Month::parse(CLAIMED).unwrap();
        let first = claimed.plus(1 - months_in_a_row);
        title_ii().earned(&format!("{first}..{claimed}"), "850").earned(&claimed.plus(-back).to_string(), amount)
    }

    #[test]
    fn so_many_months_within_a_window_that_ends_with_the_claimed_one() {
        for (payment, rule, needed, within) in ROWS {
            for policy in POLICIES {
                let holds = |story: Story| story.ask(payment, CLAIMED).under(policy).holds(rule);
                assert_eq!(holds(with(needed - 1, 0, "850")), NO, "{rule}: one month too few");
                assert_eq!(holds(with(needed, 0, "850")), YES, "{rule}");
                assert_eq!(holds(with(needed - 1, within - 1, "850")), YES, "{rule}: the window's first month");
                assert_eq!(holds(with(needed - 1, within, "850")), NO, "{rule}: the month before the window");
                assert_eq!(holds(with(needed - 1, needed - 1, "849.99")), NO, "{rule}: a cent below");
                assert_eq!(holds(with(needed + 2, 0, "849.99")), NO, "{rule}: the claimed month itself");
            }
            assert_eq!(with(needed, 0, "850").ask(payment, CLAIMED).fact(rule, "needed"), needed);
        }
    }

    #[test]
    fn each_month_is_held_against_the_level_of_its_year() {
        let with = |november, january| {
            let story = title_ii().earned("2016-11", november).earned("2016-12", "810").earned("2017-01", january);
            story.ask("p1m2", "2017-01").holds("P1-02")
        };
        assert_eq!([with("810", "840"), with("809.99", "840"), with("810", "839.99")], [YES, NO, NO]);
    }

    #[test]
    fn a_rule_is_asked_of_its_own_milestone_alone() {
        let listed =
            |payment| ["P1-01", "P1-02", "P1-03", "P1-04"].map(|id| title_ii().ask(payment, "2016-06").holds(id));
        assert_eq!(listed("p1m1"), [NO, UNLISTED, UNLISTED, UNLISTED]);
        assert_eq!(listed("p1m2"), [UNLISTED, NO, UNLISTED, UNLISTED]);
        assert_eq!(listed("p1m3"), [UNLISTED, UNLISTED, NO, UNLISTED]);
        assert_eq!(listed("p1m4"), [UNLISTED, UNLISTED, UNLISTED, NO]);
        assert_eq!(listed("p2"), [UNLISTED; 4]);
    }

    #[test]
    fn months_up_to_the_assignment_do_not_count() {
        let story = case().assigned("2016-05-20").in_pay("t2", "2010-01..").earned("2016-04..2016-08", "810");
        assert_eq!(["2016-06", "2016-07", "2016-08"].map(|m| story.ask("p1m2", m).holds("P1-02")), [NO, NO, YES]);
        // A second provider counts from its own assignment.
        let second = story.assigned_to("EN-B", "en", "2016-07-01").earned("2016-09..2016-10", "810");
        assert_eq!(["2016-09", "2016-10"].map(|m| second.ask("p1m2", m).by("EN-B").holds("P1-02")), [NO, YES]);
    }

    #[test]
    fn the_count_is_of_the_months_that_count() {
        let story = case().assigned("2016-05-20").in_pay("t2", "2010-01..").earned("2016-03..2016-06", "900");
        assert_eq!(
            story.ask("p1m2", "2016-06").text("P1-02"),
            "1 of the 6 months January 2016 to June 2016 is at or above the trial work level and counts; 3 are needed."
        );
        let half = title_ii().earned("2016-06..2016-07", "810").paid("p1m1", "2016-06").at_half_level();
        assert!(half.ask("p1m2", "2016-07").text("P1-02").starts_with(
            "1 of the 6 months February 2016 to July 2016 is at or above the trial work level and counts;"
        ));
        let plain = title_ii().earned("2016-06..2016-08", "810").ask("p1m2", "2016-08").text("P1-02");
        assert_eq!(
            plain,
            "3 of the 6 months March 2016 to August 2016 are at or above the trial work level; 3 are needed."
        );
    }

    #[test]
    fn a_month_paid_with_half_the_level_never_counts() {
        let story = title_ii().earned("2016-06..2016-08", "810").paid("p1m1", "2016-06");
        assert_eq!(story.ask("p1m2", "2016-08").holds("P1-02"), YES);
        let half = story.at_half_level();
        assert_eq!(half.ask("p1m2", "2016-08").holds("P1-02"), NO);
        assert_eq!(half.clone().earned("2016-09", "810").ask("p1m2", "2016-09").holds("P1-02"), YES);
        // Nor is it the claimed month, with three others before it.
        let last = title_ii().earned("2016-06..2016-09", "810").paid("p1m1", "2016-09");
        assert_eq!(last.ask("p1m2", "2016-09").holds("P1-02"), YES);
        assert_eq!(last.at_half_level().ask("p1m2", "2016-09").holds("P1-02"), NO);
    }

    #[test]
    fn title_xvi_months_count_by_day_of_pay() {
        let story = title_xvi().earned("2016-06..2016-08", "5000");
        assert_eq!(story.ask("p1m2", "2016-08").holds("P1-02"), NO);
        assert_eq!(story.paid_out("2016-06..2016-08", "810").ask("p1m2", "2016-08").holds("P1-02"), YES);
    }

    #[test]
    fn a_year_without_a_level_leaves_it_open_unless_it_cannot_matter() {
        let ticket = title_ii().paid("p1m1", "2016-06");
        let asked = |months, month| ticket.clone().earned(months, "1210").ask("p1m2", month);
        assert_eq!(asked("2026-11..2027-01", "2027-01").holds("P1-02"), UNKNOWN);
        assert_eq!(asked("2026-11..2027-01", "2027-01").missing_for("P1-02"), ["/parameters/thresholds/2027"]);
        assert_eq!(asked("2026-12..2027-01", "2027-01").holds("P1-02"), NO);
        assert_eq!(asked("2026-10..2026-12", "2026-12").holds("P1-02"), YES);
    }
}
