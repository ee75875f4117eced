//! EARN-02.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use crate::decision::Verdict;
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
