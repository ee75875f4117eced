//! OUT-02.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, Kind, MONTHLY, Role, Scope, always, rule};
use super::words::{begun, unknown_outcome_benefits};
use crate::facts::{Facts, Truth};

rule! {
    /// The outcome period lasts 36 months (title XVI: 60) without benefits because of work; once it has begun no milestone is paid.
    ///
    /// # Reading
    /// For a milestone: fails in and after the month in which the period began, even when benefits resume. For an outcome: fails
    /// when more than 36 (60) such months lie between the beginning and the claimed month, both included, paid or not. They need
    /// not be consecutive. The ticket's termination is never derived from this.
    /// # Example
    /// Suspended because of work from May 2017, back in pay in August: no milestone in May or any month after it.
    /// # Sources
    /// 20 CFR 411.500(b), 411.525(c), 411.575(a)(1)(ii).
    pub(super) const RULE = {
        id: "OUT-02", name: "outcome_period_ends", heading: Heading::Outcome,
        source: "20 CFR 411.500(b), 411.525(c), 411.575(a)(1)(ii)",
        role: Role::Decides(Decides { of: MONTHLY, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    if asked.kind == Kind::Outcome {
        let longest = u16::from(facts.terms.outcome_count(facts.ticket_title));
        !Truth::at_least(longest + 1, facts.outcome_period_months(asked.month))
    } else {
        !facts.outcome_period_begun(asked.month)
    }
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let longest = facts.terms.outcome_count(facts.ticket_title);
    let months = facts.outcome_period_months(asked.month).0;
    let first = facts.outcome_period_first().0.filter(|first| *first <= asked.month);
    let month = asked.month.in_words();
    let text = match (asked.kind, truth, first) {
        (_, Truth::Unknown, _) => {
            format!("The benefit status of some months up to {month} is not known, and the outcome period with it.")
        }
        (Kind::Outcome, Truth::No, _) => {
            format!("Up to {month} the outcome period has had {months} months; it lasts {longest}.")
        }
        (Kind::Outcome, Truth::Yes, Some(_)) => {
            format!("Up to {month} the outcome period has had {months} of its {longest} months.")
        }
        (_, Truth::No, Some(first)) => {
            format!("The outcome period began in {}; no milestone is paid from then on.", begun(facts, first))
        }
        _ => format!("The outcome period has not begun by {month}."),
    };
    let said = Said::new(text).fact("first_month", first).fact("months", months).fact("longest", longest);
    if truth == Truth::Unknown { said.missing(unknown_outcome_benefits(facts, asked.month)) } else { said }
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, POLICIES, Story, UNKNOWN, UNLISTED, YES, case, suspended_from};

    #[test]
    fn no_milestone_from_the_month_on_in_which_the_period_began() {
        let story = case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-08").in_pay("t2", "2016-10..");
        let story = story.benefit("t2", "2016-09", "suspended_work");
        for policy in POLICIES {
            for payment in ["p1m1", "p1m2", "p1m3", "p1m4", "p2"] {
                let asked = |month| story.ask(payment, month).under(policy).holds("OUT-02");
                assert_eq!(["2016-08", "2016-09", "2016-10"].map(asked), [YES, NO, NO], "{payment} {policy}");
            }
        }
        assert_eq!(story.ask("p1m1", "2016-12").fact("OUT-02", "first_month"), "2016-09");
        assert_eq!(story.ask("reconciliation", "2016-12").holds("OUT-02"), UNLISTED);
    }

    #[test]
    fn the_month_of_the_assignment_can_end_milestones_before_they_begin() {
        for (day, holds) in [("2016-05-30", NO), ("2016-05-31", YES)] {
            let story = case().assigned(day).benefit("t2", "2010-01..2016-05", "ended_work").in_pay("t2", "2016-06..");
            assert_eq!(story.ask("p1m1", "2016-06").holds("OUT-02"), holds, "{day}");
        }
    }

    #[test]
    fn a_month_that_may_have_begun_the_period_leaves_milestones_open() {
        let story = case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-07").in_pay("t2", "2016-09..");
        let claim = |month| story.clone().earned("2016-06..2016-10", "810").ask("p1m1", month);
        assert_eq!(["2016-07", "2016-08", "2016-09"].map(|m| claim(m).holds("OUT-02")), [YES, UNKNOWN, UNKNOWN]);
        assert_eq!(claim("2016-09").missing_for("OUT-02"), ["/case/benefits 2016-08 t2"]);
        // Months before the first assignment never matter.
        let known_from_may = case().assigned("2016-05-20").in_pay("t2", "2016-05..");
        assert_eq!(known_from_may.ask("p1m1", "2016-06").holds("OUT-02"), YES);
    }

    #[test]
    fn an_outcome_period_has_thirty_six_months_or_sixty() {
        for (title, last, after) in [("t2", "2019-05", "2019-06"), ("t16", "2021-05", "2021-06")] {
            let story = case().titled(title).assigned("2016-05-31").benefit(title, "2016-06..", "suspended_work");
            assert_eq!([last, after].map(|m| story.ask("outcome", m).holds("OUT-02")), [YES, NO], "{title}");
            assert_eq!(story.ask("outcome", after).fact("OUT-02", "months"), if title == "t2" { 37 } else { 61 });
        }
        let from_the_assignment = case().assigned("2016-05-20").benefit("t2", "2016-05..", "suspended_work");
        let asked = |month| from_the_assignment.ask("outcome", month).holds("OUT-02");
        assert_eq!(["2019-04", "2019-05"].map(asked), [YES, NO]);
    }

    #[test]
    fn its_months_need_not_follow_one_another() {
        let story = suspended_from("2016-06..2017-05").in_pay("t2", "2017-06..2018-05").benefit(
            "t2",
            "2018-06..",
            "ended_work",
        );
        assert_eq!(["2020-05", "2020-06"].map(|m| story.ask("outcome", m).holds("OUT-02")), [YES, NO]);
        assert_eq!(story.ask("outcome", "2017-08").holds("OUT-02"), YES);
    }

    #[test]
    fn an_unknown_month_matters_when_the_count_is_full() {
        let story: Story = suspended_from("2016-06..2017-05").benefit("t2", "2017-07..", "suspended_work");
        let story = story.earned("2016-06..2021-01", "1300");
        assert_eq!(
            ["2019-05", "2019-06", "2019-07"].map(|m| story.ask("outcome", m).holds("OUT-02")),
            [YES, UNKNOWN, NO]
        );
        assert_eq!(story.ask("outcome", "2019-06").missing_for("OUT-02"), ["/case/benefits 2017-06 t2"]);
    }
}
