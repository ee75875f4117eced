//! P2-06.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::domain::{Record, Title};
use crate::facts::{Facts, MonthTitle};

rule! {
    /// For a blind beneficiary of title XVI alone the blind SGA amount is the Phase 2 level under `operations`.
    ///
    /// # Reading
    /// SGA does not limit the eligibility of the blind under title XVI, and no source states their level; the checklist's blind
    /// amount is used as for everyone who is blind.
    /// # Example
    /// 2016: $1,820.
    /// # Sources
    /// EN Payments Checklist, Ph2/Ms; POMS DI 10501.015.
    pub(super) const RULE = {
        id: "P2-06", name: "phase_2_blind_ssi", heading: Heading::Phase2, source: "EN Payments Checklist, Ph2/Ms; POMS DI 10501.015",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let applies = asked.kind == Kind::Phase2
        && facts.case.blind
        && facts.policy.phase_2_blind_level
        && facts.case.title == Title::T16
        && facts.title_of(asked.month) == MonthTitle::One(Record::T16);
    applies.then(|| {
        Said::new("No source states a Phase 2 level for the blind under title XVI; the blind SGA amount is used.")
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, title_ii, title_xvi};

    #[test]
    fn it_is_listed_for_the_blind_under_title_xvi() {
        let claim = title_xvi().blind().ask("p2", "2016-12");
        assert_eq!([claim.holds("P2-06"), claim.regulation().holds("P2-06")], [YES, UNLISTED]);
        assert_eq!(title_xvi().ask("p2", "2016-12").holds("P2-06"), UNLISTED);
        assert_eq!(title_ii().blind().ask("p2", "2016-12").holds("P2-06"), UNLISTED);
        assert_eq!(title_xvi().blind().ask("outcome", "2016-12").holds("P2-06"), UNLISTED);
    }
}
