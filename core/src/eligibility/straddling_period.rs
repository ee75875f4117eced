//! EARN-03.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use super::words::counted_statements;
use crate::domain::Month;
use crate::facts::{Basis, Facts};

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
    let (statement, _) = counted_statements(facts, asked)
        .find(|(s, basis)| *basis == Basis::Earned && Month::from(s.period_start) != asked.month)?;
    let text = format!(
        "A pay period that began in {} and ended in {} counts whole in the month in which it ended.",
        Month::from(statement.period_start).in_words(),
        asked.month.in_words()
    );
    Some(Said::new(text).fact("period_start", statement.period_start).fact("period_end", statement.period_end))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, title_ii, title_xvi};

    #[test]
    fn it_is_listed_in_the_month_in_which_the_period_ends() {
        let period = ["2016-08-28", "2016-09-03", "2016-09-09"];
        let story = title_ii().wages(period, "420");
        assert_eq!(["2016-08", "2016-09"].map(|month| story.ask("p1m1", month).holds("EARN-03")), [UNLISTED, YES]);
        assert_eq!(story.ask("p1m1", "2016-09").fact("P1-01", "earnings"), "420.00");
        assert_eq!(title_xvi().wages(period, "420").ask("p1m1", "2016-09").holds("EARN-03"), UNLISTED);
        // Where the month's total is posted, no statement counts.
        assert_eq!(story.earned("2016-09", "420").ask("p1m1", "2016-09").holds("EARN-03"), UNLISTED);
        let within = title_ii().wages(["2016-09-01", "2016-09-03", "2016-09-09"], "420");
        assert_eq!(within.ask("p1m1", "2016-09").holds("EARN-03"), UNLISTED);
    }
}
