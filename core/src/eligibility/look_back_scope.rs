//! LB-00.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::domain::date_in_words;
use crate::facts::Facts;

rule! {
    /// The look-back is made once for a ticket, from the month of its first assignment, when that was on or after July 21, 2008.
    ///
    /// # Reading
    /// The first assignment to anyone but a State VR agency under cost reimbursement sets the month, whatever payment system it
    /// chose; a later provider inherits it. An earlier first assignment is not looked back from.
    /// # Example
    /// First assigned to EN-A in May 2010, to EN-B in 2016: EN-B's milestones are looked back at from May 2010.
    /// # Sources
    /// EN Payments Checklist, 18 Month Look Back Rule; 20 CFR 411.535(a)(1)(ii).
    pub(super) const RULE = {
        id: "LB-00", name: "look_back_scope", heading: Heading::LookBack,
        source: "EN Payments Checklist, 18 Month Look Back Rule; 20 CFR 411.535(a)(1)(ii)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let Kind::Phase1(_) = asked.kind else { return None };
    let since = facts.terms.look_back_since;
    let text = format!(
        "The ticket was first assigned on {}, {} {}; the look-back {}.",
        date_in_words(facts.anchor_on),
        if facts.anchor_on < since { "before" } else { "on or after" },
        date_in_words(since),
        if facts.anchor_on < since { "is not made" } else { "is made from that month" }
    );
    Some(Said::new(text).fact("first_assigned_on", facts.anchor_on))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, case, title_ii};

    #[test]
    fn it_names_the_first_assignment_of_the_ticket() {
        let story = title_ii().assigned_to("EN-B", "en", "2017-03-10");
        assert_eq!(story.ask("p1m1", "2017-04").by("EN-B").fact("LB-00", "first_assigned_on"), "2016-05-20");
        let after_agency = case().assigned_to("VR-CO", "state_vr", "2014-03-10").assigned("2016-05-20");
        assert_eq!(after_agency.ask("p1m1", "2016-06").fact("LB-00", "first_assigned_on"), "2016-05-20");
        assert_eq!(story.ask("p1m4", "2017-04").holds("LB-00"), YES);
        assert_eq!(story.ask("p2", "2017-04").holds("LB-00"), UNLISTED);
    }
}
