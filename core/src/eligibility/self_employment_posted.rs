//! EARN-06.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use super::words::counted_statements;
use crate::domain::StatementKind;
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
    let mut counted = counted_statements(facts, asked);
    counted.any(|(statement, _)| statement.kind == StatementKind::SelfEmployment).then(|| {
        let text = format!(
            "Self-employment of {} is not posted; a claim that rests on it is paid once Social Security has posted it.",
            asked.month.in_words()
        );
        Said::new(text).fact("month", asked.month)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, concurrent, title_ii, title_xvi};

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

    #[test]
    fn under_title_xvi_the_day_of_pay_puts_it_into_a_month() {
        let period = ["2016-06-01", "2016-06-30", "2016-07-05"];
        let listed = |story: crate::testing::Story| {
            ["2016-06", "2016-07"].map(|month| story.ask("p1m1", month).holds("EARN-06"))
        };
        assert_eq!(listed(title_ii().statement("self_employment", period, "900")), [YES, UNLISTED]);
        assert_eq!(listed(title_xvi().statement("self_employment", period, "900")), [UNLISTED, YES]);
        let both = concurrent("current_pay", "current_pay").statement("self_employment", period, "900");
        assert_eq!(listed(both.clone()), [YES, YES]);
        // Each basis is posted by itself.
        assert_eq!(
            listed(title_xvi().statement("self_employment", period, "900").earned("2016-07", "900")),
            [UNLISTED, YES]
        );
        assert_eq!(
            listed(title_xvi().statement("self_employment", period, "900").paid_out("2016-07", "900")),
            [UNLISTED; 2]
        );
        let hours =
            |story: crate::testing::Story| ["2016-06", "2016-07"].map(|month| story.ask("p1m1", month).holds("PAR-04"));
        assert_eq!(hours(title_xvi().statement("self_employment", period, "900")), [UNLISTED, YES]);
        assert_eq!(hours(both), [YES, YES]);
    }
}
