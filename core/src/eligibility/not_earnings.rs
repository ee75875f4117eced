//! EARN-05.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use crate::domain::StatementKind;
use crate::facts::{Basis, Facts};

rule! {
    /// Pensions, benefits from others, unemployment compensation and the like are not earnings.
    ///
    /// # Reading
    /// A statement marked `not_earnings` is counted nowhere, neither in an amount nor as evidence of the last period.
    /// # Example
    /// A military pension of $1,000 in a month without work: no earnings.
    /// # Sources
    /// EN Payments Checklist, Earnings.
    pub(super) const RULE = {
        id: "EARN-05", name: "not_earnings", heading: Heading::Earnings, source: "EN Payments Checklist, Earnings",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let left_out = facts.case.pay_statements.iter().any(|s| {
        s.kind == StatementKind::NotEarnings
            && [Basis::Earned, Basis::Paid].iter().any(|basis| basis.month_of(s) == asked.month)
    });
    left_out.then(|| {
        let text =
            format!("A pension, benefit or the like of {} is not earnings and is not counted.", asked.month.in_words());
        Said::new(text).fact("month", asked.month)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, UNLISTED, YES, title_ii};

    #[test]
    fn a_pension_counts_nowhere() {
        let story = title_ii().statement("not_earnings", ["2016-07-20", "2016-07-31", "2016-07-31"], "5000");
        let claim = story.ask("p1m1", "2016-07");
        assert_eq!([claim.holds("EARN-05"), claim.holds("P1-01")], [YES, NO]);
        assert_eq!(claim.fact("P1-01", "earnings"), "0.00");
        assert_eq!(story.ask("p1m1", "2016-08").holds("EARN-05"), UNLISTED);
    }
}
