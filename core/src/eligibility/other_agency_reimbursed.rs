//! SVR-07.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
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

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, case, title_ii};

    #[test]
    fn it_is_listed_when_another_agency_was_reimbursed() {
        let reimbursed = |agency| title_ii().vr_closed(agency, "2014-03-01").vr_case("cost_reimbursed", true);
        assert_eq!(reimbursed("VR-NM").ask("p2", "2016-06").holds("SVR-07"), YES);
        assert_eq!(title_ii().vr_closed("VR-NM", "2014-03-01").ask("p2", "2016-06").holds("SVR-07"), UNLISTED);
        let own = case().assigned_to("VR-CO", "state_vr_as_en", "2016-05-20").vr_closed("VR-CO", "2014-03-01");
        let own = own.vr_case("cost_reimbursed", true);
        assert_eq!(own.ask("p2", "2016-06").by("VR-CO").holds("SVR-07"), UNLISTED);
    }
}
