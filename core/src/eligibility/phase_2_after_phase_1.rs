//! P2-03.

use super::milestone_order::explain_order;
use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_2, Role, Scope, always, rule};
use super::sequence::earlier_milestones_done;
use crate::facts::{Facts, Truth};

rule! {
    /// Phase 2 comes after all available Phase 1 milestones are paid or attained, in a later month than the last of them.
    ///
    /// # Reading
    /// Attained as in P1-08. When none is available, Phase 2 is open from the first available month. Milestone 4 without completed
    /// services holds up all of Phase 2 while it is available.
    /// # Example
    /// Milestone 4 attained in February 2017: March 2017 is the first month of Phase 2.
    /// # Sources
    /// EN Payments Checklist, Ph2/Ms; 20 CFR 411.525(a)(2)(iii).
    pub(super) const RULE = {
        id: "P2-03", name: "phase_2_after_phase_1", heading: Heading::Phase2,
        source: "EN Payments Checklist, Ph2/Ms; 20 CFR 411.525(a)(2)(iii)",
        role: Role::Decides(Decides { of: PHASE_2, scope: Scope::Sequence, applies: always, holds, explain }),
    };
}

/// The number after the last milestone of Phase 1.
pub(super) const AFTER_PHASE_1: u8 = 5;

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    earlier_milestones_done(facts, AFTER_PHASE_1, asked.month)
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    explain_order(facts, AFTER_PHASE_1, asked.month, truth)
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, Story, UNKNOWN, YES, case, title_ii};

    /// SGA from June 2016 to June 2017: Milestones 1 to 4 take June, August, November and February.
    fn nine_months() -> Story {
        title_ii().earned("2016-06..2017-06", "1170")
    }

    #[test]
    fn phase_2_is_open_in_the_month_after_the_last_milestone() {
        let paid = title_ii().phase_1_paid();
        let attained = nine_months().services_completed("2016-12-01");
        for story in [paid, attained] {
            assert_eq!(["2017-01", "2017-02", "2017-03"].map(|m| story.ask("p2", m).holds("P2-03")), [NO, NO, YES]);
        }
        let paid_late = nine_months().services_completed("2016-12-01").paid_to("EN-Z", "p1m3", "2017-04", "1400");
        assert_eq!(["2017-04", "2017-05", "2017-06"].map(|m| paid_late.ask("p2", m).holds("P2-03")), [NO, NO, YES]);
    }

    #[test]
    fn milestone_4_without_services_holds_up_phase_2_while_it_is_available() {
        let completed = |story: Story, day| story.services_completed(day).ask("p2", "2017-03").holds("P2-03");
        assert_eq!(nine_months().ask("p2", "2017-03").holds("P2-03"), NO);
        assert_eq!(nine_months().ask("p2", "2017-03").fact("P2-03", "open"), 4);
        assert_eq!([completed(nine_months(), "2017-04-01"), completed(nine_months(), "2017-04-02")], [YES, NO]);
        let lost = nine_months().earned("2014-11..2015-07", "5000");
        assert_eq!(lost.ask("p1m4", "2017-02").holds("LB-04"), NO);
        assert_eq!(lost.ask("p2", "2016-11").holds("P2-03"), NO);
        assert_eq!(lost.ask("p2", "2016-12").holds("P2-03"), YES);
    }

    #[test]
    fn without_an_available_milestone_phase_2_is_open_from_the_first_month() {
        let lost = title_ii().earned("2014-11..2016-04", "5000").earned("2016-06", "1130");
        assert_eq!(lost.ask("p2", "2016-06").fails(), [""; 0]);
        let closed = title_ii().vr_closed("VR-CO", "2014-03-01").earned("2016-06", "1130");
        assert_eq!(closed.ask("p2", "2016-06").fails(), [""; 0]);
        assert_eq!(closed.ask("p2", "2016-06").regulation().holds("P2-03"), NO);
    }

    #[test]
    fn a_milestone_that_may_be_attained_leaves_it_open() {
        // Only February 2017 could carry Milestone 4, and its status is not known.
        let story = case().assigned("2016-05-20").in_pay("t2", "2010-01..2017-01").in_pay("t2", "2017-03..");
        let story = story.services_completed("2016-12-01").earned("2016-06..2017-02", "840").earned("2017-03", "1170");
        let claim = story.paid("p1m4", "2017-02").ask("p2", "2017-03");
        assert_eq!(claim.holds("P2-03"), YES);
        let story = case().assigned("2016-05-20").in_pay("t2", "2010-01..2017-01").in_pay("t2", "2017-03..");
        let story = story.services_completed("2016-12-01").earned("2016-06..2017-02", "840").earned("2017-03", "1170");
        let claim = story.ask("p2", "2017-03");
        assert_eq!(claim.holds("P2-03"), UNKNOWN);
        assert_eq!(claim.missing_for("P2-03"), ["/case/benefits 2017-02 t2"]);
    }
}
