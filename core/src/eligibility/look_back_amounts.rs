//! LB-06.

use super::look_back::window;
use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use super::words::levels_by_year;
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
    let text = if first == last {
        format!("{} is held against the level of its own year.", last.in_words())
    } else {
        format!("{} to {} are held against the levels of their own years.", first.in_words(), last.in_words())
    };
    Some(Said::new(text).fact("levels", levels_by_year(facts, Level::TrialWork, first, last)))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, case, title_ii};
    use serde_json::json;

    #[test]
    fn it_lists_the_levels_of_the_years_looked_at() {
        let levels = |payment| title_ii().ask(payment, "2016-06").fact("LB-06", "levels");
        assert_eq!(levels("p1m1"), json!([{"year": 2016, "amount": "810.00"}]));
        assert_eq!(levels("p1m2"), json!([{"year": 2015, "amount": "780.00"}, {"year": 2016, "amount": "810.00"}]));
        assert_eq!(title_ii().ask("p2", "2016-06").holds("LB-06"), UNLISTED);
        let first = |day| case().assigned(day).ask("p1m1", "2016-06").holds("LB-06");
        assert_eq!(["2008-07-20", "2008-07-21"].map(first), [UNLISTED, YES]);
    }
}
