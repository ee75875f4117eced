//! REC-04.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// The reconciliation can be split between providers like any payment, and is not bound to months after the assignment.
    ///
    /// # Reading
    /// FAM-01 and FAM-02 and the benefit rules are not asked of its own month. Shares are for SPL-01 and SPL-04.
    /// # Example
    /// EN-A and EN-B share $7,405 at 60 and 40 percent: $4,443 and $2,962.
    /// # Sources
    /// 20 CFR 411.536, 411.560, 411.580.
    pub(super) const RULE = {
        id: "REC-04", name: "reconciliation_split", heading: Heading::Reconciliation, source: "20 CFR 411.536, 411.560, 411.580",
        role: Role::Explains(explain),
    };
}

fn explain(_: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    (asked.kind == Kind::Reconciliation).then(|| {
        Said::new("The reconciliation is not bound to the first available month; providers may be made to share it.")
    })
}
