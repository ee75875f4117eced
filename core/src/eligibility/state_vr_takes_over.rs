//! SVR-04.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, MONTHLY, Role, Scope, rule};
use crate::domain::{Month, date_in_words};
use crate::facts::{Facts, Truth};

rule! {
    /// When the person goes to a State VR agency after the assignment, the provider's last month is the one before the month of the
    /// agency's assignment.
    ///
    /// # Reading
    /// Only an assignment under cost reimbursement ends the provider's payments, not one to another EN or to an agency acting as EN. An
    /// assignment to the same provider after it starts afresh. `operations` only: the regulation lets a provider be paid after
    /// unassignment (UNA-01).
    /// # Example
    /// Assigned to VR-CO on March 20, 2017: the EN's last month is February 2017.
    /// # Sources
    /// EN Payments Checklist, State VR Agency Involvement; 20 CFR 411.585.
    pub(super) const RULE = {
        id: "SVR-04", name: "state_vr_takes_over", heading: Heading::StateVr,
        source: "EN Payments Checklist, State VR Agency Involvement; 20 CFR 411.585",
        role: Role::Decides(Decides { of: MONTHLY, scope: Scope::Month, applies, holds, explain }),
    };
}

fn applies(facts: &Facts<'_>, _: &Asked) -> bool {
    facts.policy.state_vr_takeover_stops
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    facts.state_vr_takes_over_on().is_none_or(|day| asked.month < Month::from(day)).into()
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let Some(day) = facts.state_vr_takes_over_on() else {
        return Said::new("The ticket has not gone to a State VR agency after this assignment.");
    };
    let text = format!(
        "The ticket went to a State VR agency on {}; {} is {} this provider.",
        date_in_words(day),
        asked.month.in_words(),
        if truth == Truth::Yes { "before that month and still of" } else { "no longer a month of" }
    );
    Said::new(text).fact("state_vr_assigned_on", day).fact("last_month", Month::from(day).plus(-1))
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, UNLISTED, YES, case, title_ii};

    const MONTHLY: [&str; 6] = ["p1m1", "p1m2", "p1m3", "p1m4", "p2", "outcome"];

    #[test]
    fn the_last_month_is_the_one_before_the_agencys_assignment() {
        for day in ["2017-03-01", "2017-03-20", "2017-03-31"] {
            let story = title_ii().assigned_to("VR-CO", "state_vr", day);
            for payment in MONTHLY {
                let asked = |month| story.ask(payment, month).holds("SVR-04");
                assert_eq!(["2017-02", "2017-03", "2017-04"].map(asked), [YES, NO, NO], "{payment} {day}");
                assert_eq!(story.ask(payment, "2017-03").regulation().holds("SVR-04"), UNLISTED, "{payment}");
            }
            assert_eq!(story.ask("reconciliation", "2017-03").holds("SVR-04"), UNLISTED);
            assert_eq!(story.ask("p1m1", "2017-03").fact("SVR-04", "last_month"), "2017-02");
        }
    }

    #[test]
    fn only_an_agency_under_cost_reimbursement_ends_it() {
        for kind in ["en", "state_vr_as_en"] {
            let story = title_ii().assigned_to("VR-CO", kind, "2017-03-20");
            assert_eq!(story.ask("outcome", "2017-04").holds("SVR-04"), YES, "{kind}");
        }
        let before = case().assigned_to("VR-CO", "state_vr", "2015-03-20").assigned("2016-05-20");
        assert_eq!(before.ask("p1m1", "2016-06").holds("SVR-04"), YES);
        let after_another =
            title_ii().assigned_to("EN-B", "en", "2016-09-01").assigned_to("VR-CO", "state_vr", "2017-03-20");
        assert_eq!(after_another.ask("p1m1", "2017-03").holds("SVR-04"), NO);
        assert_eq!(after_another.ask("p1m1", "2017-03").by("EN-B").holds("SVR-04"), NO);
        let until_2018 = after_another.assigned_to("VR-NM", "state_vr", "2018-03-20");
        assert_eq!(until_2018.ask("p1m1", "2017-03").fact("SVR-04", "last_month"), "2017-02");
    }

    #[test]
    fn a_new_assignment_to_the_provider_starts_afresh() {
        let story = title_ii().assigned_to("VR-CO", "state_vr", "2017-03-20").assigned("2017-09-05");
        assert_eq!(["2017-02", "2017-09", "2017-10"].map(|m| story.ask("p1m1", m).holds("SVR-04")), [YES, NO, YES]);
    }
}
