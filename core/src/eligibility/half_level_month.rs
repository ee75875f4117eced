//! P1-07.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::domain::PaymentName;
use crate::facts::Facts;

rule! {
    /// A month paid as Milestone 1 with half the trial work level never counts toward Milestones 2 to 4.
    ///
    /// # Reading
    /// Whatever is posted for the month later. A window that falls short for this reason fails as P1-02 to P1-04.
    /// # Example
    /// June 2016 was paid with $450; later $900 are posted. June still does not count.
    /// # Sources
    /// EN Payments Checklist, Ph1/M2.
    pub(super) const RULE = {
        id: "P1-07", name: "half_level_month", heading: Heading::AttainmentMonth, source: "EN Payments Checklist, Ph1/M2",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let Kind::Phase1(2..=4) = asked.kind else { return None };
    let month = facts.paid_month(PaymentName::Phase1(1)).filter(|month| facts.is_half_level_month(*month))?;
    let window = super::milestones_2_to_4::window(facts, asked.kind);
    (month <= asked.month && asked.month.since(month) < i32::from(window.within)).then(|| {
        let text = format!("{} was paid with half the trial work level and does not count.", month.in_words());
        Said::new(text).fact("month", month)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, title_ii};

    #[test]
    fn it_is_listed_while_the_month_lies_in_the_window() {
        let story = title_ii().paid("p1m1", "2016-06");
        assert_eq!(story.ask("p1m2", "2016-08").holds("P1-07"), UNLISTED);
        let half = story.at_half_level();
        assert_eq!(["2016-11", "2016-12"].map(|month| half.ask("p1m2", month).holds("P1-07")), [YES, UNLISTED]);
        assert_eq!(["2017-05", "2017-06"].map(|month| half.ask("p1m3", month).holds("P1-07")), [YES, UNLISTED]);
        assert_eq!(half.ask("p2", "2016-08").holds("P1-07"), UNLISTED);
        assert_eq!(half.ask("p1m2", "2016-08").fact("P1-07", "month"), "2016-06");
    }
}
