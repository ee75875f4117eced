//! P2-05.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// A Phase 2 month meets the same tests of benefits, outcome period and termination as a Phase 1 month.
    ///
    /// # Reading
    /// BEN-01 to BEN-03, OUT-02 and TRM-01, each of which fails under its own id.
    /// # Example
    /// The outcome period began in May 2018: no Phase 2 milestone from May 2018 on.
    /// # Sources
    /// EN Payments Checklist, Ph2/Ms; 20 CFR 411.525(c), (d), 411.575(a).
    pub(super) const RULE = {
        id: "P2-05", name: "phase_2_status", heading: Heading::Phase2,
        source: "EN Payments Checklist, Ph2/Ms; 20 CFR 411.525(c), (d), 411.575(a)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> Option<Said> {
    let tests = ["BEN-01", "BEN-02", "BEN-03", "OUT-02", "TRM-01"];
    let all_hold = verdict.answers().all(|(id, truth)| !tests.contains(&id) || truth == crate::facts::Truth::Yes);
    (asked.kind == Kind::Phase2 && all_hold).then(|| {
        let of_benefits = if facts.policy.milestones_need_current_pay { "benefits, " } else { "" };
        let month = asked.month.in_words();
        let text = format!("{month} meets the tests of {of_benefits}outcome period and termination.");
        Said::new(text).fact("month", asked.month)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, suspended_from};

    #[test]
    fn it_is_listed_when_benefits_outcome_period_and_termination_all_allow() {
        let story = suspended_from("2017-05");
        assert_eq!(["2017-04", "2017-05"].map(|month| story.ask("p2", month).holds("P2-05")), [YES, UNLISTED]);
        let ended = story.terminates_in("2017-04");
        assert_eq!(["2017-03", "2017-04"].map(|month| ended.ask("p2", month).holds("P2-05")), [YES, UNLISTED]);
        assert_eq!(ended.ask("p1m1", "2017-03").holds("P2-05"), UNLISTED);
    }
}
