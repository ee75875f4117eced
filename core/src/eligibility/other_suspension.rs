//! BEN-06.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::domain::BenefitStatus;
use crate::facts::Facts;

rule! {
    /// A month suspended for a reason other than work is neither a milestone month nor an outcome month.
    ///
    /// # Reading
    /// It is not in current pay (BEN-01 to BEN-03) and not out of pay because of work (BEN-04), where it fails. Under `regulation` it can
    /// still carry a milestone.
    /// # Example
    /// Suspended in August 2016 because of a prison term: nothing can be claimed for August.
    /// # Sources
    /// EN Payments Checklist, Benefits; 20 CFR 411.575(a) for the reading of `regulation`.
    pub(super) const RULE = {
        id: "BEN-06", name: "other_suspension", heading: Heading::Benefits, source: "EN Payments Checklist, Benefits; 20 CFR 411.575(a)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> Option<Said> {
    let month = facts.month(asked.month);
    let suspended =
        facts.records_of(asked.month).iter().any(|record| month.status(*record) == Some(BenefitStatus::SuspendedOther));
    let matters = asked.kind != Kind::Reconciliation
        && ["BEN-01", "BEN-02", "BEN-03", "BEN-04"].iter().any(|id| verdict.fails(id));
    (suspended && matters).then(|| {
        let text = if facts.policy.milestones_need_current_pay {
            "Suspension for a reason other than work makes a month neither a milestone month nor an outcome month."
        } else {
            "Suspension for a reason other than work makes no outcome month."
        };
        Said::new(text).fact("month", asked.month)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, case, concurrent};

    #[test]
    fn it_is_listed_where_the_suspension_stands_in_the_way() {
        let story = case().assigned("2016-05-20").benefit("t2", "2016-05..", "suspended_other");
        for payment in ["p1m1", "p2", "outcome"] {
            assert_eq!(story.ask(payment, "2016-06").holds("BEN-06"), YES, "{payment}");
        }
        assert_eq!(story.ask("p1m1", "2016-06").regulation().holds("BEN-06"), UNLISTED);
        assert_eq!(story.ask("outcome", "2016-06").regulation().holds("BEN-06"), YES);
        assert_eq!(concurrent("suspended_other", "current_pay").ask("p1m1", "2016-06").holds("BEN-06"), UNLISTED);
        let for_work = case().assigned("2016-05-20").benefit("t2", "2016-05..", "suspended_work");
        assert_eq!(for_work.ask("p1m1", "2016-06").holds("BEN-06"), UNLISTED);
    }
}
