//! PAR-02.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// Half of the trial work level is exactly half; there is no rounding.
    ///
    /// # Reading
    /// Every trial work level is a multiple of $10. No separate table of half amounts was ever published.
    /// # Example
    /// 2008: half of $670 is $335, the amount printed in the regulation's chart.
    /// # Sources
    /// 20 CFR 411.525(a)(2)(i), 411.545 Chart I.
    pub(super) const RULE = {
        id: "PAR-02", name: "half_level", heading: Heading::Parameters,
        source: "20 CFR 411.525(a)(2)(i), 411.545 Chart I",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    if asked.kind != Kind::Phase1(1) {
        return None;
    }
    let half = facts.half_level(asked.month)?;
    let text = format!("Half of the trial work level of {} is {}.", asked.month.year(), half.in_words());
    Some(Said::new(text).fact("half_level", half))
}
