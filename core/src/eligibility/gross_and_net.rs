//! EARN-04.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use super::words::counted_statements;
use crate::domain::StatementKind;
use crate::facts::Facts;

rule! {
    /// Wages count gross, self-employment counts net, and the two are added.
    ///
    /// # Reading
    /// Work incentives such as impairment-related work expenses or subsidies are not taken off. A net loss counts as zero and
    /// takes nothing off wages.
    /// # Example
    /// Gross wages of $500 and net earnings from self-employment of $400 in one month: $900.
    /// # Sources
    /// 20 CFR 411.525(a)(2), 404.1080, 416.1110(b).
    pub(super) const RULE = {
        id: "EARN-04", name: "gross_and_net", heading: Heading::Earnings, source: "20 CFR 411.525(a)(2), 404.1080, 416.1110(b)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let of_month = |kind| counted_statements(facts, asked).any(|(statement, _)| statement.kind == kind);
    let text = match (of_month(StatementKind::Wages), of_month(StatementKind::SelfEmployment)) {
        (false, false) => return None,
        (true, false) => "The month's pay statements count gross, before deductions and work incentives.",
        (false, true) => "The month's self-employment counts by its net earnings.",
        (true, true) => "The month's gross wages and net earnings from self-employment are added.",
    };
    Some(Said::new(text))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, title_ii};

    const JULY: [&str; 3] = ["2016-07-01", "2016-07-31", "2016-07-31"];

    #[test]
    fn wages_and_net_earnings_are_added_and_a_loss_takes_nothing_off() {
        let earnings = |net| {
            let story = title_ii().wages(JULY, "500").statement("self_employment", JULY, net);
            story.ask("p1m1", "2016-07").fact("P1-01", "earnings")
        };
        assert_eq!([earnings("400"), earnings("0.00")], ["900.00", "500.00"]);
        assert_eq!(title_ii().wages(JULY, "500").ask("p1m1", "2016-07").holds("EARN-04"), YES);
        assert_eq!(title_ii().wages(JULY, "500").ask("p1m1", "2016-08").holds("EARN-04"), UNLISTED);
        let posted = title_ii().wages(JULY, "500").earned("2016-07", "500");
        assert_eq!(posted.ask("p1m1", "2016-07").holds("EARN-04"), UNLISTED, "the posted total wins");
        // Title II looks at the end of the period, not at the day of pay.
        let paid_later = title_ii().wages(["2016-06-01", "2016-06-30", "2016-07-05"], "500");
        assert_eq!(["2016-06", "2016-07"].map(|m| paid_later.ask("p1m1", m).holds("EARN-04")), [YES, UNLISTED]);
        assert_eq!(title_ii().statement("not_earnings", JULY, "500").ask("p1m1", "2016-07").holds("EARN-04"), UNLISTED);
    }
}
