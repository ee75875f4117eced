//! CNV-01 and CNV-02: the title by which a ticket is paid.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, Rule, rule};
use super::verdict::Verdict;
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
    // Under outcome-only there are no milestones.
    let phase_2 = facts.pays_milestones().then_some(phase_2);
    let milestones = phase_2.map(|count| format!("{count} Phase 2 milestones and ")).unwrap_or_default();
    let text = format!("The ticket is paid as {name}: {milestones}{outcomes} outcomes at its rates.");
    Some(Said::new(text).fact("phase_2", phase_2).fact("outcomes", outcomes))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Story, UNLISTED, YES, case, concurrent, title_ii, title_xvi};

    /// Which of CNV-01 and CNV-02 is listed.
    fn paid_as(story: &Story) -> [bool; 2] {
        ["CNV-01", "CNV-02"].map(|id| story.ask("p2", "2017-06").holds(id) == YES)
    }

    const TITLE_XVI: [bool; 2] = [true, false];
    const TITLE_II: [bool; 2] = [false, true];

    #[test]
    fn the_title_of_today_or_of_the_first_payment() {
        let moved = || case().assigned("2016-05-20").in_pay("t16", "2010-01..2016-06").in_pay("t2", "2016-07..");
        assert_eq!(paid_as(&title_ii()), TITLE_II);
        assert_eq!(paid_as(&title_xvi()), TITLE_XVI);
        assert_eq!(paid_as(&concurrent("current_pay", "current_pay")), TITLE_II);
        assert_eq!(paid_as(&moved()), TITLE_II);
        assert_eq!(paid_as(&moved().paid_to("EN-Z", "p1m1", "2016-06", "1398")), TITLE_XVI);
        assert_eq!(paid_as(&moved().paid("p1m1", "2016-07")), TITLE_II);
        // The earliest month counts, not the first entry; the reconciliation aside.
        assert_eq!(paid_as(&moved().paid("p1m2", "2016-07").paid("p1m1", "2016-06")), TITLE_XVI);
        assert_eq!(paid_as(&moved().paid("reconciliation", "2016-06")), TITLE_II);
        // Both records cover the month of the first payment.
        assert_eq!(paid_as(&moved().benefit("t2", "2016-06", "suspended_other").paid("p1m1", "2016-06")), TITLE_II);
        assert_eq!(paid_as(&moved().titled("concurrent").paid("p1m1", "2016-06")), TITLE_XVI);
    }

    #[test]
    fn it_is_listed_where_rates_or_counts_depend_on_it() {
        assert_eq!(title_xvi().ask("p2", "2016-06").fact("CNV-01", "phase_2"), 18);
        assert_eq!(title_xvi().ask("outcome", "2016-06").fact("CNV-01", "outcomes"), 60);
        assert_eq!(title_ii().ask("reconciliation", "2016-06").fact("CNV-02", "phase_2"), 11);
        assert_eq!(title_ii().ask("p1m1", "2016-06").holds("CNV-02"), UNLISTED);
        let outcome_only = title_ii().outcome_only().ask("outcome", "2016-06");
        assert_eq!(outcome_only.text("CNV-02"), "The ticket is paid as title II: 36 outcomes at its rates.");
    }
}
