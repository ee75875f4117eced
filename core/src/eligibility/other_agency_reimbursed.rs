//! SVR-07.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use crate::decision::Verdict;
use crate::facts::Facts;

rule! {
    /// Cost reimbursement to one State VR agency does not bar payments to an Employment Network or to another agency.
    ///
    /// # Reading
    /// Nor the other way round; reimbursement can also follow an assignment to an EN.
    /// # Example
    /// VR-NM was reimbursed; EN-A and VR-CO can be paid Phase 2 and outcomes.
    /// # Sources
    /// 20 CFR 411.582, 411.585(b), (c).
    pub(super) const RULE = {
        id: "SVR-07", name: "other_agency_reimbursed", heading: Heading::StateVr, source: "20 CFR 411.582, 411.585(b), (c)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, _: &Asked, _: &Verdict) -> Option<Said> {
    let other =
        facts.case.state_vr_cases.iter().find(|vr| vr.cost_reimbursed && vr.agency != facts.assignment.provider)?;
    let text = "Cost reimbursement to another agency does not by itself bar payments to this provider.";
    Some(Said::new(text).fact("agency", other.agency.to_string()))
}
