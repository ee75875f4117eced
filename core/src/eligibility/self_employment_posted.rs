//! EARN-06.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use crate::domain::{Month, StatementKind};
use crate::facts::Facts;

rule! {
    /// A claim that rests on self-employment is paid only once Social Security has posted the earnings.
    ///
    /// # Reading
    /// A warning, not a bar: the statements are counted, and the determination says that the payment will wait.
    /// # Example
    /// Net earnings of August 2016 are on a statement and not yet posted: payable, after they are posted.
    /// # Sources
    /// All EN Payments Call, March 29, 2016.
    pub(super) const RULE = {
        id: "EARN-06", name: "self_employment_posted", heading: Heading::Earnings, source: "All EN Payments Call, March 29, 2016",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let stated = facts.case.pay_statements.iter().any(|statement| {
        statement.kind == StatementKind::SelfEmployment && Month::from(statement.period_end) == asked.month
    });
    let posted = facts.case.earnings.iter().any(|entry| entry.month == asked.month && entry.earned.is_some());
    (stated && !posted).then(|| {
        let text = format!(
            "Self-employment of {} is not posted; a claim that rests on it is paid once Social Security has posted it.",
            asked.month.in_words()
        );
        Said::new(text).fact("month", asked.month)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, title_ii};

    const JULY: [&str; 3] = ["2016-07-01", "2016-07-31", "2016-07-31"];

    #[test]
    fn it_warns_of_self_employment_that_is_not_posted() {
        let story = title_ii().statement("self_employment", JULY, "900");
        assert_eq!(story.ask("p1m1", "2016-07").holds("EARN-06"), YES);
        assert_eq!(story.ask("p1m1", "2016-07").fails(), [""; 0]);
        assert_eq!(story.ask("p1m1", "2016-08").holds("EARN-06"), UNLISTED);
        assert_eq!(story.earned("2016-07", "900").ask("p1m1", "2016-07").holds("EARN-06"), UNLISTED);
        assert_eq!(title_ii().wages(JULY, "900").ask("p1m1", "2016-07").holds("EARN-06"), UNLISTED);
    }
}
