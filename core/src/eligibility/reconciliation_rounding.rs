//! REC-03.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// The reconciliation is the sum of whole-dollar rates, one for each milestone.
    ///
    /// # Reading
    /// The regulation rounds the payment; rounding the sum once instead of each milestone could differ by a few dollars. Each milestone is
    /// rounded, as it would have been when paid.
    /// # Example
    /// 2016, Milestones 3 and 4 and eleven of Phase 2: 2 times $1,398 and 11 times $419, $7,405.
    /// # Sources
    /// 20 CFR 411.536, 411.540.
    pub(super) const RULE = {
        id: "REC-03", name: "reconciliation_rounding", heading: Heading::Reconciliation, source: "20 CFR 411.536, 411.540",
        role: Role::Explains(explain),
    };
}

fn explain(_: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> Option<Said> {
    let amount = verdict.amount.filter(|_| asked.kind == Kind::Reconciliation)?;
    let parts: Vec<String> = verdict
        .rates
        .iter()
        .filter_map(|rate| Some(format!("{} at {}", rate.count, rate.amount?.in_words())))
        .collect();
    let text = format!("{} is the sum of whole-dollar rates: {}.", amount.in_words(), parts.join(" and "));
    Some(Said::new(text).fact("amount", amount))
}
