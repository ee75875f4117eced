//! EARN-01.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use crate::decision::Verdict;
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
