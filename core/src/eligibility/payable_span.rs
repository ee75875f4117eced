//! FAM-03.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// A month that is paid lies between the first available month and the month in which the ticket terminates.
    ///
    /// # Reading
    /// This is FAM-01, FAM-02 and TRM-01 together; each of them fails under its own id.
    /// # Example
    /// First available month June 2016, termination in January 2020: months from June 2016 to December 2019 can be paid.
    /// # Sources
    /// 20 CFR 411.525(d), 411.580.
    pub(super) const RULE = {
        id: "FAM-03", name: "payable_span", heading: Heading::WhenToSubmit, source: "20 CFR 411.525(d), 411.580",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> Option<Said> {
    if asked.kind == Kind::Reconciliation || ["FAM-01", "FAM-02", "TRM-01"].iter().any(|id| verdict.fails(id)) {
        return None;
    }
    let first = facts.first_available?;
    let text = match facts.case.terminates_in {
        Some(end) => format!(
            "By assignment, plan and termination, months from {} up to, not including, {} can be paid.",
            first.in_words(),
            end.in_words()
        ),
        None => format!("By assignment and plan, months from {} on can be paid.", first.in_words()),
    };
    Some(Said::new(text).fact("first_month", first).fact("terminates_in", facts.case.terminates_in))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, title_ii};

    #[test]
    fn it_is_listed_when_all_its_parts_hold() {
        let ticket = title_ii().terminates_in("2016-08");
        assert_eq!(ticket.ask("p1m1", "2016-05").holds("FAM-03"), UNLISTED);
        assert_eq!(ticket.ask("p1m1", "2016-06").holds("FAM-03"), YES);
        assert_eq!(ticket.ask("p1m1", "2016-07").holds("FAM-03"), YES);
        assert_eq!(ticket.ask("p1m1", "2016-08").holds("FAM-03"), UNLISTED);
        assert_eq!(ticket.plan_signed("2016-05-18").ask("p1m1", "2016-06").holds("FAM-03"), UNLISTED);
    }
}
