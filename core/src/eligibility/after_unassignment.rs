//! UNA-01.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::domain::{Month, date_in_words};
use crate::facts::Facts;

rule! {
    /// A provider may be paid for months after the ticket was unassigned from it, when its services contributed.
    ///
    /// # Reading
    /// The end of an assignment bars no month; contribution is taken as given. SVR-04, TRM-01 or a payment to someone else can
    /// stand in the way.
    /// # Example
    /// Unassigned on December 31, 2016, outcome month of May 2017 with no other provider: payable.
    /// # Sources
    /// 20 CFR 411.575(a)(2), 411.581.
    pub(super) const RULE = {
        id: "UNA-01", name: "after_unassignment", heading: Heading::Ticket, source: "20 CFR 411.575(a)(2), 411.581",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let ended = facts.assignment.unassigned_on.filter(|day| Month::from(*day) <= asked.month)?;
    (asked.kind != Kind::Reconciliation).then(|| {
        let text = format!(
            "The assignment ended on {}; its end alone bars no month to which the provider's services contributed.",
            date_in_words(ended)
        );
        Said::new(text).fact("unassigned_on", ended)
    })
}

#[cfg(test)]
mod tests {
    use crate::eligibility::Decision;
    use crate::testing::{UNLISTED, YES, title_ii};

    #[test]
    fn months_after_the_end_of_the_assignment_can_be_paid() {
        let story = title_ii().unassigned("2016-07-15").earned("2016-06..2016-09", "810");
        for (month, listed) in [("2016-06", UNLISTED), ("2016-07", YES), ("2016-09", YES)] {
            let claim = story.ask("p1m1", month);
            assert_eq!((claim.decision(), claim.holds("UNA-01")), (Decision::Payable, listed), "{month}");
        }
        let moved_on = story.assigned_to("EN-B", "en", "2016-08-01");
        assert_eq!(moved_on.ask("p1m1", "2016-09").decision(), Decision::Payable);
    }
}
