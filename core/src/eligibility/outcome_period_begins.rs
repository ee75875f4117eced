//! OUT-01.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, OUTCOME_AND_RECONCILIATION, Role, Scope, always, rule};
use super::words::{begun, unknown_outcome_benefits};
use crate::facts::{Facts, Truth};

rule! {
    /// The outcome period begins with the first month, ending after the date of the first assignment, for which benefits are not paid
    /// because of work or earnings.
    ///
    /// # Reading
    /// The month of the first assignment itself can begin it, unless that assignment was made on the month's last day. No earnings are
    /// asked for. The test of a month is the one of BEN-04. A month whose status is not known leaves the beginning open,
    /// unless an earlier month is certain.
    /// # Example
    /// First assigned on May 20, 2016 and suspended because of work from May on: the period begins in May. Assigned on May 31: in June.
    /// # Sources
    /// 20 CFR 411.500(b).
    pub(super) const RULE = {
        id: "OUT-01", name: "outcome_period_begins", heading: Heading::Outcome, source: "20 CFR 411.500(b)",
        role: Role::Decides(Decides { of: OUTCOME_AND_RECONCILIATION, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    facts.outcome_period_begun(asked.month)
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let first = facts.outcome_period_first().0;
    let month = asked.month.in_words();
    match (truth, first) {
        (Truth::Yes, Some(first)) => {
            Said::new(format!("The outcome period began in {}.", begun(facts, first))).fact("first_month", first)
        }
        (Truth::Unknown, _) => Said::new(format!("Whether the outcome period has begun by {month} is not known."))
            .missing(unknown_outcome_benefits(facts, asked.month)),
        _ => Said::new(format!(
            "By {month} no month since the first assignment is without benefits because of work; the outcome period has not begun."
        )),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, POLICIES, UNKNOWN, UNLISTED, YES, case, concurrent, suspended_from, title_ii};

    #[test]
    fn the_period_begins_with_the_first_month_without_benefits_because_of_work() {
        let story = suspended_from("2016-09");
        for payment in ["outcome", "reconciliation"] {
            let asked = |month| story.ask(payment, month).holds("OUT-01");
            assert_eq!(["2016-08", "2016-09", "2016-10"].map(asked), [NO, YES, YES], "{payment}");
            assert_eq!(story.ask(payment, "2017-10").fact("OUT-01", "first_month"), "2016-09");
        }
        for payment in ["p1m1", "p2"] {
            assert_eq!(story.ask(payment, "2016-10").holds("OUT-01"), UNLISTED, "{payment}");
        }
    }

    #[test]
    fn the_month_of_the_first_assignment_can_begin_it_unless_assigned_on_its_last_day() {
        for (day, begun) in [("2016-05-01", YES), ("2016-05-30", YES), ("2016-05-31", NO)] {
            let story = case().assigned(day).benefit("t2", "2016-05", "suspended_work").in_pay("t2", "2016-06..");
            for policy in POLICIES {
                let claim = story.ask("reconciliation", "2016-06").under(policy);
                assert_eq!(claim.holds("OUT-01"), begun, "{day} {policy}");
            }
        }
        let before =
            case().assigned("2016-05-01").benefit("t2", "2010-01..2016-04", "suspended_work").in_pay("t2", "2016-05..");
        assert_eq!(before.ask("reconciliation", "2016-06").holds("OUT-01"), NO);
    }

    #[test]
    fn the_first_assignment_is_the_first_to_anyone_but_a_state_vr_agency() {
        let first_to = |kind| {
            let story = case().assigned_to("X", kind, "2016-05-20").benefit("t2", "2016-05..2016-08", "ended_work");
            let story = story.in_pay("t2", "2016-09..").assigned_to("EN-B", "en", "2016-09-10");
            story.ask("reconciliation", "2016-10").by("EN-B").holds("OUT-01")
        };
        assert_eq!(["en", "state_vr_as_en", "state_vr"].map(first_to), [YES, YES, NO]);
    }

    #[test]
    fn an_unknown_month_leaves_it_open_unless_an_earlier_one_is_certain() {
        let gap = |status: &str| {
            case().assigned("2016-05-20").benefit("t2", "2010-01..2016-07", status).in_pay("t2", "2016-09..")
        };
        let asked = |status: &str, month| gap(status).ask("reconciliation", month).holds("OUT-01");
        assert_eq!(["2016-07", "2016-08", "2016-09"].map(|m| asked("current_pay", m)), [NO, UNKNOWN, UNKNOWN]);
        assert_eq!(["2016-07", "2016-08", "2016-09"].map(|m| asked("suspended_work", m)), [YES, YES, YES]);
        let known_from_may = case().assigned("2016-05-20").in_pay("t2", "2016-05..");
        assert_eq!(known_from_may.ask("outcome", "2016-06").holds("OUT-01"), NO);
    }

    #[test]
    fn what_is_not_known_is_named() {
        let story = case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-07").in_pay("t2", "2016-09..2016-10");
        let claim = story.benefit("t2", "2016-12..", "suspended_work").earned("2016-06..2017-12", "1170");
        let claim = claim.ask("reconciliation", "2016-11");
        // Nothing else is undetermined about an outcome of December, whose month is certain.
        assert_eq!(claim.holds("OUT-01"), UNKNOWN);
        let story = case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-10").earned("2016-11", "1130");
        let claim = story.ask("outcome", "2016-11");
        assert_eq!(claim.missing_for("OUT-01"), ["/case/benefits 2016-11 t2"]);
    }

    #[test]
    fn two_records_are_read_by_policy() {
        for (t2, t16, operations, regulation) in [
            ("suspended_work", "suspended_work", YES, YES),
            ("suspended_work", "suspended_other", YES, NO),
            ("suspended_work", "current_pay", NO, NO),
        ] {
            let claim = concurrent(t2, t16).ask("outcome", "2016-06");
            assert_eq!(claim.holds("OUT-01"), operations, "{t2} {t16}");
            assert_eq!(claim.regulation().holds("OUT-01"), regulation, "{t2} {t16}");
        }
        assert_eq!(title_ii().ask("outcome", "2016-06").holds("OUT-01"), NO);
    }
}
