//! EARN-02.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::facts::{Basis, Facts, MonthTitle, Purpose};

rule! {
    /// A concurrent beneficiary's earnings are counted as the record counts them that meets the criteria: by pay period for title II,
    /// by day of pay for title XVI, by whichever is enough when both do.
    ///
    /// # Reading
    /// Chosen month by month. Whichever is enough also when neither record is known to meet the criteria; a record whose status is not
    /// known adds no basis. The criteria are current pay for milestones, windows and look-back, and out of pay because of work for
    /// outcomes.
    /// # Example
    /// Title II in current pay, title XVI suspended: only what was earned in the month counts, by pay period.
    /// # Sources
    /// EN Payments Checklist, Earnings.
    pub(super) const RULE = {
        id: "EARN-02", name: "concurrent_basis", heading: Heading::Earnings, source: "EN Payments Checklist, Earnings",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let purpose = match asked.kind {
        Kind::Reconciliation => return None,
        Kind::Outcome => Purpose::Outcome,
        _ => Purpose::Milestone,
    };
    if facts.title_of(asked.month) != MonthTitle::Concurrent {
        return None;
    }
    let month = facts.month(asked.month);
    let (earned, paid) = (month.earnings(Basis::Earned), month.earnings(Basis::Paid));
    let counted = match facts.bases(asked.month, purpose) {
        [Basis::Earned] => "what was earned counts, since title II meets the criteria",
        [Basis::Paid] => "what was paid counts, since title XVI meets the criteria",
        _ => "whichever is enough counts",
    };
    let text = format!(
        "In {} {} was earned and {} was paid; {counted}.",
        asked.month.in_words(),
        earned.in_words(),
        paid.in_words()
    );
    Some(Said::new(text).fact("month", asked.month).fact("earned", earned).fact("paid", paid))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Story, UNLISTED, YES, concurrent, title_ii, title_xvi};

    fn basis(story: &Story, payment: &str) -> Option<&'static str> {
        story.ask(payment, "2016-06").answer().earnings_basis
    }

    #[test]
    fn the_basis_is_the_one_that_reached_the_level() {
        let both = concurrent("current_pay", "current_pay");
        for (earned, paid, named) in [
            ("810", "0", "earned"),
            ("0", "810", "paid"),
            ("810", "900", "earned"),
            ("809.99", "810", "paid"),
            ("0", "0", "earned"),
        ] {
            let story = both.clone().earned("2016-06", earned).paid_out("2016-06", paid);
            assert_eq!(basis(&story, "p1m1"), Some(named), "{earned} {paid}");
        }
        let sga = both.earned("2016-06", "1129.99").paid_out("2016-06", "1130");
        assert_eq!(basis(&sga, "p2"), Some("paid"));
        // Title XVI does not meet the criteria: what was paid does not count.
        let one = concurrent("current_pay", "ended_other").paid_out("2016-06", "810");
        assert_eq!(basis(&one, "p1m1"), Some("earned"));
        let outcome =
            concurrent("suspended_other", "suspended_work").earned("2016-06", "1130").paid_out("2016-06", "1130");
        assert_eq!(basis(&outcome, "outcome"), Some("paid"));
    }

    #[test]
    fn one_record_has_one_basis_and_the_reconciliation_none() {
        assert_eq!([basis(&title_ii(), "p1m1"), basis(&title_xvi(), "p1m1")], [Some("earned"), Some("paid")]);
        assert_eq!(basis(&title_ii(), "reconciliation"), None);
        assert_eq!(concurrent("current_pay", "?").ask("p1m1", "2016-06").holds("EARN-02"), YES);
        assert_eq!(title_ii().ask("p1m1", "2016-06").holds("EARN-02"), UNLISTED);
    }
}
