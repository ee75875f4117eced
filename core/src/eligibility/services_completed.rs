//! P1-05.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, MILESTONE_4, Role, Scope, always, rule};
use crate::domain::date_in_words;
use crate::facts::{Facts, Truth};

rule! {
    /// Milestone 4 also needs the agreed services substantially completed.
    ///
    /// # Reading
    /// Completed on or before the day of the request (`as_of` in a ledger). The day of completion does not move the attainment month. A
    /// Milestone 4 that is available and waits for the services holds up all of Phase 2.
    /// # Example
    /// Completed on February 1, 2017: a request of January 31 fails, one of February 1 does not.
    /// # Sources
    /// 20 CFR 411.525(a)(2)(i).
    pub(super) const RULE = {
        id: "P1-05", name: "services_completed", heading: Heading::AttainmentMonth, source: "20 CFR 411.525(a)(2)(i)",
        role: Role::Decides(Decides { of: MILESTONE_4, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    facts.assignment.services_completed_on.is_some_and(|day| day <= facts.requested_on).into()
}

fn explain(facts: &Facts<'_>, _: &Asked, truth: Truth) -> Said {
    let completed = facts.assignment.services_completed_on;
    let text = match (completed, truth) {
        (Some(day), Truth::Yes) => {
            format!("The agreed services were substantially completed on {}.", date_in_words(day))
        }
        (Some(day), _) => format!(
            "The agreed services were completed on {}, after the request of {}.",
            date_in_words(day),
            date_in_words(facts.requested_on)
        ),
        (None, _) => "The agreed services are not recorded as substantially completed.".to_owned(),
    };
    Said::new(text).fact("services_completed_on", completed)
}
