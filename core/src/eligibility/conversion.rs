//! CNV-01 and CNV-02: the title by which a ticket is paid.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, Rule, rule};
use crate::decision::Verdict;
use crate::domain::Title;
use crate::facts::Facts;

pub(super) const RULES: [Rule; 2] = [TITLE_XVI, TITLE_II];

rule! {
    /// A ticket whose first payment was for a month of title XVI alone keeps the title XVI rates, base and counts.
    ///
    /// # Reading
    /// So does the ticket of a person who is on title XVI on the day of the question. The first payment is the earliest month
    /// in the payments of the case, the reconciliation aside. Phase 1 rates are the same under both titles.
    /// # Example
    /// Milestone 1 was paid for June 2016 under title XVI; title II follows in 2017. Eighteen Phase 2 milestones at $242.
    /// # Sources
    /// 20 CFR 411.525(e), 411.552.
    const TITLE_XVI = {
        id: "CNV-01", name: "paid_as_title_xvi", heading: Heading::Ticket, source: "20 CFR 411.525(e), 411.552",
        role: Role::Explains(|facts, asked, verdict| explain(facts, asked, verdict, Title::T16)),
    };
}

rule! {
    /// Every other ticket is paid as title II, concurrent ones included.
    ///
    /// # Reading
    /// Also when the person was on title XVI and title II began before the first payment.
    /// # Example
    /// Title XVI alone until May 2016, title II from June, first payment for July: eleven Phase 2 milestones at $419.
    /// # Sources
    /// 20 CFR 411.525(e), 411.552.
    const TITLE_II = {
        id: "CNV-02", name: "paid_as_title_ii", heading: Heading::Ticket, source: "20 CFR 411.525(e), 411.552",
        role: Role::Explains(|facts, asked, verdict| explain(facts, asked, verdict, Title::T2)),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict, title: Title) -> Option<Said> {
    if facts.ticket_title != title || matches!(asked.kind, Kind::Phase1(_)) {
        return None;
    }
    let (phase_2, outcomes) = (facts.terms.phase_2_count(title), facts.terms.outcome_count(title));
    let name = if title == Title::T16 { "title XVI" } else { "title II" };
    let text =
        format!("The ticket is paid as {name}: {phase_2} Phase 2 milestones and {outcomes} outcomes at its rates.");
    Some(Said::new(text).fact("phase_2", phase_2).fact("outcomes", outcomes))
}
