//! PAY-05.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use crate::decision::Verdict;
use crate::facts::Facts;

rule! {
    /// The reconciliation pays each milestone at the rate of the year in which the outcome period began.
    ///
    /// # Reading
    /// The rates are those of PAY-01 and PAY-02 for the calendar year of the first month of the outcome period, whatever the year
    /// of the request or of the twelfth outcome.
    /// # Example
    /// An outcome period that began in December 2015 is reconciled at the rates of 2015, even when the twelfth outcome is of 2016.
    /// # Sources
    /// 20 CFR 411.536.
    pub(super) const RULE = {
        id: "PAY-05", name: "reconciliation_rate", heading: Heading::Payments, source: "20 CFR 411.536",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    if asked.kind != Kind::Reconciliation {
        return None;
    }
    let first = facts.outcome_period_first().0?;
    let text = format!("The outcome period began in {}, so the rates of {} are used.", first.in_words(), first.year());
    Some(Said::new(text).fact("first_month", first).fact("year", first.year()))
}
