//! P2-03.

use super::milestone_order::explain_order;
use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_2, Role, Scope, always, rule};
use super::sequence::earlier_milestones_done;
use crate::facts::{Facts, Truth};

rule! {
    /// Phase 2 comes after all available Phase 1 milestones are paid or attained, in a later month than the last of them.
    ///
    /// # Reading
    /// Attained as in P1-08. When none is available, Phase 2 is open from the first available month. Milestone 4 without completed
    /// services holds up all of Phase 2 while it is available.
    /// # Example
    /// Milestone 4 attained in February 2017: March 2017 is the first month of Phase 2.
    /// # Sources
    /// EN Payments Checklist, Ph2/Ms; 20 CFR 411.525(a)(2)(iii).
    pub(super) const RULE = {
        id: "P2-03", name: "phase_2_after_phase_1", heading: Heading::Phase2,
        source: "EN Payments Checklist, Ph2/Ms; 20 CFR 411.525(a)(2)(iii)",
        role: Role::Decides(Decides { of: PHASE_2, scope: Scope::Sequence, applies: always, holds, explain }),
    };
}

/// The number after the last milestone of Phase 1.
const AFTER_PHASE_1: u8 = 5;

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    earlier_milestones_done(facts, AFTER_PHASE_1, asked.month)
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    explain_order(facts, AFTER_PHASE_1, asked.month, truth)
}
