//! FAM-04.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use crate::decision::Verdict;
use crate::facts::Facts;

rule! {
    /// Only months from the first available month on count in a Phase 1 window.
    ///
    /// # Reading
    /// The regulation asks for months after the assignment; the checklist is silent on months between the assignment and a late
    /// plan. They count toward nothing here. With a plan not yet received the months after the assignment are counted. A window that
    /// falls short for this reason fails as P1-02 to P1-04.
    /// # Example
    /// First available month July 2016: June 2016 does not count toward the three months of Milestone 2.
    /// # Sources
    /// 20 CFR 411.535(a)(1)(i).
    pub(super) const RULE = {
        id: "FAM-04", name: "window_start", heading: Heading::AttainmentMonth, source: "20 CFR 411.535(a)(1)(i)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let Kind::Phase1(2..=4) = asked.kind else { return None };
    let text = format!("Months from {} on count toward this milestone.", facts.window_start.in_words());
    Some(Said::new(text).fact("from", facts.window_start))
}
