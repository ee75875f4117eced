//! LB-09.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// Earnings from before the assignment never reduce Phase 2 milestones or outcomes.
    ///
    /// # Reading
    /// The look-back concerns Phase 1 alone. When it leaves no Phase 1 milestone available, Phase 2 is open from the first available
    /// month.
    /// # Example
    /// Eighteen months above the level before the assignment: no Phase 1 milestone, all eleven Phase 2 milestones.
    /// # Sources
    /// 20 CFR 411.535(a)(2).
    pub(super) const RULE = {
        id: "LB-09", name: "look_back_phase_1_only", heading: Heading::LookBack, source: "20 CFR 411.535(a)(2)",
        role: Role::Explains(explain),
    };
}

fn explain(_: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    (asked.kind == Kind::Phase2)
        .then(|| Said::new("Earnings from before the assignment do not reduce Phase 2 milestones."))
}
