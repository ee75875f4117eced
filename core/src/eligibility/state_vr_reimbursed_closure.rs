//! SVR-03.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_1, Role, Scope, rule};
use super::state_vr_closure_since_2002::explain_closure;
use crate::domain::StateVrCase;
use crate::facts::{Facts, Truth};

rule! {
    /// Under the regulation: when a State VR agency under cost reimbursement achieved an employment outcome before the assignment, no
    /// Phase 1 milestone is available.
    ///
    /// # Reading
    /// A successful closure before the day of the assignment, with cost reimbursement paid. No limit of time. `regulation` only.
    /// # Example
    /// Closed successfully and reimbursed in 1999, assigned in 2016: no Phase 1 under `regulation`, Phase 1 under `operations`.
    /// # Sources
    /// 20 CFR 411.535(a)(1)(iii).
    pub(super) const RULE = {
        id: "SVR-03", name: "state_vr_reimbursed_closure", heading: Heading::StateVr, source: "20 CFR 411.535(a)(1)(iii)",
        role: Role::Decides(Decides { of: PHASE_1, scope: Scope::Availability, applies, holds, explain }),
    };
}

fn applies(facts: &Facts<'_>, _: &Asked) -> bool {
    !facts.policy.state_vr_bar_is_dated
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    barring(facts).is_none().into()
}

fn barring<'a>(facts: &Facts<'a>) -> Option<&'a StateVrCase> {
    facts.case.state_vr_cases.iter().find(|vr| {
        vr.successful && vr.cost_reimbursed && vr.closed_on.is_some_and(|day| day < facts.assignment.assigned_on)
    })
}

fn explain(facts: &Facts<'_>, _: &Asked, _: Truth) -> Said {
    let none = "No State VR case was closed successfully and reimbursed before the assignment.";
    explain_closure(facts, barring(facts), || none.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, Story, UNLISTED, YES, title_ii};

    fn reimbursed(day: &str) -> Story {
        title_ii().vr_closed("VR-CO", day).vr_case("cost_reimbursed", true)
    }

    #[test]
    fn a_reimbursed_and_successful_closure_before_the_assignment_bars_phase_1_whenever_it_was() {
        for day in ["2016-07-15", "2020-02-01"] {
            let holds = |story: &Story| story.ask("p1m4", "2016-06").requested(day).regulation().holds("SVR-03");
            for (closed, answer) in [("1999-06-01", NO), ("2001-12-31", NO), ("2016-05-19", NO), ("2016-05-20", YES)] {
                assert_eq!(holds(&reimbursed(closed)), answer, "{closed}");
                assert_eq!(holds(&title_ii().vr_closed("VR-CO", closed)), YES, "{closed} without reimbursement");
            }
            assert_eq!(holds(&reimbursed("1999-06-01").vr_case("successful", false)), YES);
            assert_eq!(holds(&reimbursed("1999-06-01").vr_closed("VR-NM", "2015-06-01")), NO);
        }
    }

    #[test]
    fn it_is_asked_of_phase_1_under_the_regulation() {
        assert_eq!(reimbursed("2015-06-01").ask("p1m1", "2016-06").holds("SVR-03"), UNLISTED);
        for payment in ["p2", "outcome", "reconciliation"] {
            assert_eq!(
                reimbursed("2015-06-01").ask(payment, "2016-06").regulation().holds("SVR-03"),
                UNLISTED,
                "{payment}"
            );
        }
    }
}
