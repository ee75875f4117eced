//! FAM-04.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// Only months from the first available month on count in a Phase 1 window.
    ///
    /// # Reading
    /// The regulation asks for months after the assignment; the checklist is silent on months between the assignment and a late
    /// plan. They count toward nothing here. With a plan not yet received the months after the assignment are counted. A window that
    /// falls short for this reason fails as P1-02 to P1-04.
    /// # Example
    /// First available month July 2016: June 2016 does not count toward the three months of Milestone 2.
    /// # Sources
    /// 20 CFR 411.535(a)(1)(i).
    pub(super) const RULE = {
        id: "FAM-04", name: "window_start", heading: Heading::AttainmentMonth, source: "20 CFR 411.535(a)(1)(i)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let Kind::Phase1(2..=4) = asked.kind else { return None };
    let text = format!("Months from {} on count toward this milestone.", facts.window_start.in_words());
    Some(Said::new(text).fact("from", facts.window_start))
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, UNLISTED, YES, title_ii};

    #[test]
    fn a_window_starts_at_the_first_available_month() {
        let late = title_ii().plan_signed("2016-05-18").plan_received("2016-06-02").earned("2016-06..2016-09", "810");
        let asked = |month| late.ask("p1m2", month);
        assert_eq!([asked("2016-08").holds("P1-02"), asked("2016-09").holds("P1-02")], [NO, YES]);
        assert_eq!(asked("2016-08").regulation().holds("P1-02"), YES);
        assert_eq!([asked("2016-08").holds("FAM-04"), asked("2016-08").holds("FAM-01")], [YES, YES]);
        assert_eq!(asked("2016-08").fact("FAM-04", "from"), "2016-07");
        assert_eq!(late.ask("p1m1", "2016-08").holds("FAM-04"), UNLISTED);
    }

    #[test]
    fn a_plan_not_received_leaves_the_window_at_the_month_after_the_assignment() {
        let ticket = title_ii().plan_signed("2016-05-18").earned("2016-05..2016-08", "810");
        assert_eq!(ticket.ask("p1m2", "2016-07").holds("P1-02"), NO);
        assert_eq!(ticket.ask("p1m2", "2016-08").holds("P1-02"), YES);
        assert_eq!(ticket.ask("p1m2", "2016-08").fact("FAM-04", "from"), "2016-06");
    }
}
