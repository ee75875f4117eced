//! PAY-07.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::domain::ProviderKind;
use crate::facts::Facts;

rule! {
    /// A ticket taken over from a State VR agency (Partnership Plus) is paid at the ordinary rates.
    ///
    /// # Reading
    /// No table of rates for it was ever published. Phase 1 is available or not by SVR-01 to SVR-03; Phase 2 and outcomes are paid
    /// as on any ticket.
    /// # Example
    /// A State VR agency closes its case in March 2014, the ticket goes to an EN in May 2016: Phase 2 of 2016 pays $419.
    /// # Sources
    /// 20 CFR 411.535(a)(1)(iii), (a)(2).
    pub(super) const RULE = {
        id: "PAY-07", name: "partnership_plus", heading: Heading::Payments, source: "20 CFR 411.535(a)(1)(iii), (a)(2)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let handed_over = facts.assignment.kind == ProviderKind::En
        && facts
            .case
            .state_vr_cases
            .iter()
            .any(|vr| vr.closed_on.is_some_and(|day| day < facts.assignment.assigned_on));
    (handed_over && asked.kind != Kind::Reconciliation).then(|| {
        Said::new("A State VR agency closed a case before the assignment; the ticket is paid at the ordinary rates.")
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, title_ii};

    #[test]
    fn a_ticket_taken_over_from_an_agency_pays_the_ordinary_rates() {
        let story = title_ii().vr_closed("VR-CO", "2014-03-01").earned("2016-06", "1130");
        let claim = story.ask("p2", "2016-06");
        assert_eq!((claim.amount().as_deref(), claim.holds("PAY-07")), (Some("419.00"), YES));
        assert_eq!(story.ask("reconciliation", "2016-06").holds("PAY-07"), UNLISTED);
        assert_eq!(title_ii().vr_closed("VR-CO", "2016-05-20").ask("p2", "2016-06").holds("PAY-07"), UNLISTED);
        assert_eq!(title_ii().ask("p2", "2016-06").holds("PAY-07"), UNLISTED);
    }
}
