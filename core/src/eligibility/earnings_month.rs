//! EARN-01.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::domain::Record;
use crate::facts::{Facts, MonthTitle};

rule! {
    /// Under title II earnings belong to the month in which the pay period ends; under title XVI to the month in which they are paid.
    ///
    /// # Reading
    /// A posted monthly total wins over pay statements; a total that is absent is summed from them.
    /// # Example
    /// Pay period July 16 to 31, paid August 5: July under title II, August under title XVI.
    /// # Sources
    /// EN Payments Checklist, Earnings.
    pub(super) const RULE = {
        id: "EARN-01", name: "earnings_month", heading: Heading::Earnings, source: "EN Payments Checklist, Earnings",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let MonthTitle::One(record) = facts.title_of(asked.month) else { return None };
    if asked.kind == Kind::Reconciliation {
        return None;
    }
    let (basis, day) = match record {
        Record::T2 => (crate::facts::Basis::Earned, "by the end of the pay period"),
        Record::T16 => (crate::facts::Basis::Paid, "by the day of pay"),
    };
    let amount = facts.month(asked.month).earnings(basis);
    let text = format!(
        "Under {} earnings are counted {day}: {} in {}.",
        super::words::title(record),
        amount.in_words(),
        asked.month.in_words()
    );
    Some(Said::new(text).fact("month", asked.month).fact("basis", basis.as_str()).fact("amount", amount))
}

#[cfg(test)]
mod tests {
    use crate::testing::{YES, title_ii, title_xvi};

    #[test]
    fn a_period_that_ends_in_one_month_and_is_paid_in_the_next() {
        let period = ["2016-07-16", "2016-07-31", "2016-08-05"];
        let (t2, t16) = (title_ii().wages(period, "460"), title_xvi().wages(period, "460"));
        let amount = |story: &crate::testing::Story, month| story.ask("p1m1", month).fact("EARN-01", "amount");
        assert_eq!(["2016-07", "2016-08"].map(|month| amount(&t2, month)), ["460.00", "0.00"]);
        assert_eq!(["2016-07", "2016-08"].map(|month| amount(&t16, month)), ["0.00", "460.00"]);
        assert_eq!(t16.ask("p1m1", "2016-08").fact("EARN-01", "basis"), "paid");
    }

    #[test]
    fn a_posted_total_wins_over_statements_on_its_own_basis_alone() {
        let story = title_ii()
            .wages(["2016-07-01", "2016-07-15", "2016-07-20"], "450")
            .wages(["2016-07-16", "2016-07-31", "2016-08-05"], "460");
        let amount = |story: &crate::testing::Story| story.ask("p1m1", "2016-07").fact("EARN-01", "amount");
        assert_eq!(amount(&story), "910.00");
        assert_eq!(amount(&story.clone().earned("2016-07", "0")), "0.00");
        assert_eq!(amount(&story.paid_out("2016-07", "0")), "910.00");
        assert_eq!(title_ii().ask("outcome", "2016-07").holds("EARN-01"), YES);
    }
}
