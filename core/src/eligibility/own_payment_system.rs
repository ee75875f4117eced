//! SYS-03.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// Providers with different payment systems on one ticket are each paid under their own.
    ///
    /// # Example
    /// EN-A under outcome-milestone, then EN-B under outcome-only: EN-B's outcomes pay 67 percent, and EN-B gets no milestones.
    /// # Sources
    /// 20 CFR 411.565.
    pub(super) const RULE = {
        id: "SYS-03", name: "own_payment_system", heading: Heading::Ticket, source: "20 CFR 411.565",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, _: &Asked, _: &Verdict) -> Option<Said> {
    let own = facts.assignment.payment_system;
    let mut others = facts.case.assignments.iter().filter(|a| a.payment_system.is_some() && a.payment_system != own);
    let first = others.next()?;
    let is_own = |provider: &str| *provider == *facts.assignment.provider;
    Some(Said::new(if is_own(&first.provider) && others.all(|other| is_own(&other.provider)) {
        "The provider had the ticket under another payment system too; each assignment is paid under its own."
    } else {
        "Providers of this ticket have different payment systems; each is paid under its own."
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, title_ii};

    #[test]
    fn it_tells_other_providers_from_other_assignments_of_one() {
        let again = |provider: &str| title_ii().outcome_only().assigned_to(provider, "en", "2017-03-10");
        let others = "Providers of this ticket have different payment systems; each is paid under its own.";
        assert_eq!(again("EN-B").ask("outcome", "2017-04").by("EN-B").text("SYS-03"), others);
        let own =
            "The provider had the ticket under another payment system too; each assignment is paid under its own.";
        assert_eq!(again("EN-A").ask("outcome", "2017-04").text("SYS-03"), own);
        assert_eq!(title_ii().ask("outcome", "2017-04").holds("SYS-03"), UNLISTED);
    }
}
