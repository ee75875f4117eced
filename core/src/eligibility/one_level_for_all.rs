//! PAR-03.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// The trial work level is the same for blind and other beneficiaries.
    ///
    /// # Reading
    /// Blindness changes SGA alone, so it matters for Phase 2 and outcomes, never for Phase 1 or the look-back.
    /// # Example
    /// A blind beneficiary with $810 in a month of 2016 reaches the trial work level.
    /// # Sources
    /// EN Payments Checklist, note to the Trial Work Level table.
    pub(super) const RULE = {
        id: "PAR-03", name: "one_level_for_all", heading: Heading::Parameters,
        source: "EN Payments Checklist, note to the Trial Work Level table",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    (facts.case.blind && matches!(asked.kind, Kind::Phase1(_)))
        .then(|| Said::new("The trial work level is the same for blind and other beneficiaries."))
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, UNLISTED, YES, title_ii};

    #[test]
    fn the_blind_reach_the_same_trial_work_level() {
        let claim = title_ii().blind().earned("2016-04 2016-06", "810").ask("p1m1", "2016-06");
        assert_eq!([claim.holds("P1-01"), claim.holds("LB-01"), claim.holds("PAR-03")], [YES, NO, YES]);
        assert_eq!(title_ii().ask("p1m1", "2016-06").holds("PAR-03"), UNLISTED);
        assert_eq!(title_ii().blind().ask("p2", "2016-06").holds("PAR-03"), UNLISTED);
    }
}
