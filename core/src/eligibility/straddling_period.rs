//! EARN-03.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use crate::decision::Verdict;
use crate::domain::{Month, StatementKind};
use crate::facts::{Basis, Facts, Purpose};

rule! {
    /// A pay period that straddles two months counts whole in the month in which it ends.
    ///
    /// # Reading
    /// The checklist's words, taken literally; nothing is prorated by days.
    /// # Example
    /// August 28 to September 3, $420: all of it is of September under title II.
    /// # Sources
    /// EN Payments Checklist, Earnings.
    pub(super) const RULE = {
        id: "EARN-03", name: "straddling_period", heading: Heading::Earnings, source: "EN Payments Checklist, Earnings",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    if !facts.bases(asked.month, Purpose::Milestone).contains(&Basis::Earned) {
        return None;
    }
    let straddles = |s: &&crate::domain::PayStatement| {
        s.kind != StatementKind::NotEarnings
            && Month::from(s.period_end) == asked.month
            && Month::from(s.period_start) != asked.month
    };
    let statement = facts.case.pay_statements.iter().find(straddles)?;
    let text = format!(
        "A pay period that began in {} and ended in {} counts whole in the month in which it ended.",
        Month::from(statement.period_start).in_words(),
        asked.month.in_words()
    );
    Some(Said::new(text).fact("period_start", statement.period_start).fact("period_end", statement.period_end))
}
