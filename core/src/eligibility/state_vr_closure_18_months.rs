//! SVR-02.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_1, Role, Scope, rule};
use super::state_vr_closure_since_2002::explain_closure;
use crate::domain::StateVrCase;
use crate::facts::{Facts, Truth};
use jiff::ToSpan;

rule! {
    /// For requests from February 2020 on: when a State VR agency closed a case successfully within 18 months before the assignment,
    /// no Phase 1 milestone is available.
    ///
    /// # Reading
    /// From the day 18 months back on, that day included; a day that does not exist is the last of its month. The day of the
    /// assignment itself is not before it. An older closure leaves the ordinary look-back. `operations` only.
    /// # Example
    /// Assigned on August 31, 2020: closures from February 28, 2019 to August 30, 2020 bar Phase 1.
    /// # Sources
    /// Phase 1 Milestone Exclusions (yourtickettowork.ssa.gov), for requests from February 1, 2020.
    pub(super) const RULE = {
        id: "SVR-02", name: "state_vr_closure_18_months", heading: Heading::StateVr,
        source: "Phase 1 Milestone Exclusions (yourtickettowork.ssa.gov)",
        role: Role::Decides(Decides { of: PHASE_1, scope: Scope::Availability, applies, holds, explain }),
    };
}

fn applies(facts: &Facts<'_>, _: &Asked) -> bool {
    facts.policy.state_vr_bar_is_dated && facts.terms.state_vr_closure_months.is_some()
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    barring(facts).is_none().into()
}

fn barring<'a>(facts: &Facts<'a>) -> Option<&'a StateVrCase> {
    let months = facts.terms.state_vr_closure_months?;
    let assigned = facts.assignment.assigned_on;
    let since = assigned.checked_sub(months.months()).ok()?;
    facts
        .case
        .state_vr_cases
        .iter()
        .find(|vr| vr.successful && vr.closed_on.is_some_and(|day| since <= day && day < assigned))
}

fn explain(facts: &Facts<'_>, _: &Asked, _: Truth) -> Said {
    let months = facts.terms.state_vr_closure_months.unwrap_or_default();
    let none = || format!("No State VR case was closed successfully in the {months} months before the assignment.");
    explain_closure(facts, barring(facts), none)
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, UNLISTED, YES, case, title_ii};

    #[test]
    fn a_successful_closure_in_the_eighteen_months_before_the_assignment_bars_phase_1() {
        for (assigned, first_day, day_before) in [
            ("2020-05-20", "2018-11-20", "2018-11-19"),
            // August 31 less eighteen months would be February 31.
            ("2020-08-31", "2019-02-28", "2019-02-27"),
            ("2021-08-31", "2020-02-29", "2020-02-28"),
            ("2021-08-01", "2020-02-01", "2020-01-31"),
        ] {
            let closed = |day: &str| case().assigned(assigned).in_pay("t2", "2010-01..").vr_closed("VR-CO", day);
            let holds = |day: &str| closed(day).ask("p1m2", "2021-09").holds("SVR-02");
            assert_eq!([holds(day_before), holds(first_day)], [YES, NO], "{assigned}");
            assert_eq!(holds(assigned), YES, "{assigned}");
        }
    }

    #[test]
    fn only_a_successful_closure_counts_and_not_only_the_last() {
        let story = case().assigned("2020-05-20").in_pay("t2", "2010-01..").vr_closed("VR-CO", "2020-05-19");
        let holds = |story: &crate::testing::Story| story.ask("p1m1", "2020-06").holds("SVR-02");
        assert_eq!(holds(&story), NO);
        assert_eq!(holds(&story.clone().vr_case("successful", false)), YES);
        assert_eq!(holds(&story.vr_closed("VR-NM", "2020-05-19").vr_case("successful", false)), NO);
    }

    #[test]
    fn it_is_asked_of_phase_1_under_operations() {
        let asked = |payment| title_ii().ask(payment, "2020-01").requested("2020-02-01");
        for payment in ["p1m1", "p1m2", "p1m3", "p1m4"] {
            assert_eq!(asked(payment).holds("SVR-02"), YES, "{payment}");
            assert_eq!(asked(payment).regulation().holds("SVR-02"), UNLISTED, "{payment}");
        }
        for payment in ["p2", "outcome", "reconciliation"] {
            assert_eq!(asked(payment).holds("SVR-02"), UNLISTED, "{payment}");
        }
    }
}
