//! FAM-01.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, MONTHLY, Role, Scope, always, rule};
use crate::domain::date_in_words;
use crate::facts::{Facts, Truth};

rule! {
    /// The first month that can be paid is the one after the month of the assignment to the provider that claims.
    ///
    /// # Reading
    /// The day of the month makes no difference. The rule is the same under both payment systems.
    /// # Example
    /// Assigned on May 1 or on May 31, 2016: the first month is June 2016.
    /// # Sources
    /// 20 CFR 411.580; EN Payments Checklist, When to Submit a Payment Request.
    pub(super) const RULE = {
        id: "FAM-01", name: "first_available_month", heading: Heading::WhenToSubmit,
        source: "EN Payments Checklist, When to Submit a Payment Request; 20 CFR 411.580",
        role: Role::Decides(Decides { of: MONTHLY, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    (asked.month >= facts.after_assignment).into()
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let (assigned, first) = (facts.assignment.assigned_on, facts.after_assignment);
    let comes = if truth == Truth::Yes { "is not before it" } else { "is before it" };
    let text = format!(
        "The ticket was assigned on {}, so {} is the first month that can be paid; {} {comes}.",
        date_in_words(assigned),
        first.in_words(),
        asked.month.in_words()
    );
    Said::new(text).fact("assigned_on", assigned).fact("first_month", first).fact("month", asked.month)
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, POLICIES, UNLISTED, YES, case, title_ii};

    #[test]
    fn the_first_month_is_the_one_after_the_assignment_whatever_its_day() {
        for day in ["2016-05-01", "2016-05-20", "2016-05-31"] {
            for policy in POLICIES {
                let asked = |month| case().assigned(day).ask("p1m1", month).under(policy).holds("FAM-01");
                assert_eq!([asked("2016-04"), asked("2016-05"), asked("2016-06")], [NO, NO, YES], "{day} {policy}");
            }
        }
    }

    #[test]
    fn every_payment_but_the_reconciliation_is_bound_to_it() {
        for payment in ["p1m1", "p1m2", "p1m3", "p1m4", "p2", "outcome"] {
            assert_eq!(title_ii().ask(payment, "2016-05").holds("FAM-01"), NO, "{payment}");
            assert_eq!(title_ii().outcome_only().ask(payment, "2016-06").holds("FAM-01"), YES, "{payment}");
        }
        assert_eq!(title_ii().ask("reconciliation", "2016-05").holds("FAM-01"), UNLISTED);
        assert_eq!(title_ii().ask("p1m1", "2016-05").fact("FAM-01", "first_month"), "2016-06");
    }

    #[test]
    fn each_assignment_has_its_own() {
        let ticket = title_ii().assigned_to("EN-B", "en", "2016-09-10").assigned("2017-03-01");
        for (provider, month, holds, first) in [
            ("EN-B", "2016-09", NO, "2016-10"),
            ("EN-B", "2016-10", YES, "2016-10"),
            // EN-A's second assignment is the claiming one from the month after it on.
            ("EN-A", "2016-05", NO, "2016-06"),
            ("EN-A", "2017-03", YES, "2016-06"),
            ("EN-A", "2017-04", YES, "2017-04"),
        ] {
            let claim = ticket.ask("p1m1", month).by(provider);
            assert_eq!(claim.holds("FAM-01"), holds, "{provider} {month}");
            assert_eq!(claim.fact("FAM-01", "first_month"), first, "{provider} {month}");
        }
    }
}
