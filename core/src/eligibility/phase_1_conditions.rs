//! P1-00.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// What all Phase 1 milestones have in common: the payment system pays milestones, the milestone is available, the month can be
    /// paid, benefits are in current pay, and the outcome period has not begun.
    ///
    /// # Reading
    /// SYS-01, LB-01 to LB-04, SVR-01 to SVR-06, FAM-01, FAM-02, BEN-01 to BEN-03, OUT-02 and TRM-01 together; each fails under
    /// its own id. This line appears when all of them hold, so that what remains is a question of earnings and order.
    /// # Example
    /// In June 2016 everything holds and $700 were earned: only P1-01 fails.
    /// # Sources
    /// 20 CFR 411.525(c), 411.535, 411.575(a).
    pub(super) const RULE = {
        id: "P1-00", name: "phase_1_conditions", heading: Heading::AttainmentMonth, source: "20 CFR 411.525(c), 411.535, 411.575(a)",
        role: Role::Explains(explain),
    };
}

fn explain(_: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> Option<Said> {
    let Kind::Phase1(number) = asked.kind else { return None };
    let own = |id: &str| id.starts_with("P1-");
    verdict.answers().all(|(id, truth)| own(id) || truth == crate::facts::Truth::Yes).then(|| {
        let text = format!(
            "Milestone {number} is available, and {} meets the conditions that all Phase 1 milestones share.",
            asked.month.in_words()
        );
        Said::new(text).fact("month", asked.month)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, case, title_ii};

    #[test]
    fn it_is_listed_when_earnings_and_order_are_all_that_is_left() {
        assert_eq!(title_ii().ask("p1m1", "2016-06").holds("P1-00"), YES);
        assert_eq!(title_ii().ask("p1m1", "2016-06").fails(), ["P1-01"]);
        assert_eq!(title_ii().ask("p1m1", "2016-05").holds("P1-00"), UNLISTED);
        assert_eq!(title_ii().earned("2016-04", "810").ask("p1m1", "2016-06").holds("P1-00"), UNLISTED);
        assert_eq!(case().assigned("2016-05-20").ask("p1m1", "2016-06").holds("P1-00"), UNLISTED);
        assert_eq!(title_ii().ask("p2", "2016-06").holds("P1-00"), UNLISTED);
    }
}
