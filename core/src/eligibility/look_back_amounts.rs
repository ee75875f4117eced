//! LB-06.

use super::look_back::window;
use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::words::levels_by_year;
use crate::decision::Verdict;
use crate::facts::{Facts, Level};

rule! {
    /// Each look-back month is held against the trial work level of its own year; half the level plays no part.
    ///
    /// # Reading
    /// Earnings are counted as for payments: by pay period under title II, by day of pay under title XVI.
    /// # Example
    /// First assigned in March 2016: January and February 2016 against $810, the months before against $780.
    /// # Sources
    /// 20 CFR 411.535(a)(1)(ii), 404.1592(b).
    pub(super) const RULE = {
        id: "LB-06", name: "look_back_amounts", heading: Heading::LookBack, source: "20 CFR 411.535(a)(1)(ii), 404.1592(b)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let window = window(facts, asked.kind)?;
    let (first, last) = (facts.anchor.plus(-i32::from(window.within)), facts.anchor.plus(-1));
    if facts.anchor_on < facts.terms.look_back_since {
        return None;
    }
    let text = format!("{} to {} are held against the levels of their own years.", first.in_words(), last.in_words());
    Some(Said::new(text).fact("levels", levels_by_year(facts, Level::TrialWork, first, last)))
}
