//! LB-05.

use super::look_back::window;
use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use crate::domain::Month;
use crate::facts::{Basis, Facts, Level, Reading};

rule! {
    /// A month exactly at the trial work level counts in the look-back under `operations`, and not under `regulation`.
    ///
    /// # Reading
    /// The checklist says at or above, the regulation and the exclusions page above. The exclusions page also says that the payment
    /// criteria are reversed for the look-back, which supports the checklist. Only a month exactly at the level is judged differently.
    /// # Example
    /// $810 in April 2016, first assigned in May 2016: Milestone 1 is lost under `operations` alone.
    /// # Sources
    /// EN Payments Checklist, 18 Month Look Back Rule; 20 CFR 411.535(a)(1)(ii).
    pub(super) const RULE = {
        id: "LB-05", name: "look_back_level", heading: Heading::LookBack,
        source: "EN Payments Checklist, 18 Month Look Back Rule; 20 CFR 411.535(a)(1)(ii)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let window = window(facts, asked.kind)?;
    let at_level = |month: &Month| {
        let level = facts.level(Level::TrialWork, *month);
        [Basis::Earned, Basis::Paid].iter().any(|basis| Some(facts.month(*month).earnings(*basis)) == level)
    };
    let months: Vec<Month> =
        facts.anchor.plus(-i32::from(window.within)).through(facts.anchor.plus(-1)).filter(at_level).collect();
    let first = months.first()?.in_words();
    let counts = if facts.policy.look_back == Reading::AtOrAbove { "counts" } else { "does not count" };
    let text =
        format!("{first} is exactly at the trial work level, which {counts} in the look-back under this policy.");
    Some(Said::new(text).fact("months", months))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, title_ii};

    #[test]
    fn it_is_listed_when_a_month_is_exactly_at_the_level() {
        for (amount, listed) in [("809.99", UNLISTED), ("810", YES), ("810.01", UNLISTED)] {
            let claim = title_ii().earned("2016-04", amount).ask("p1m1", "2016-06");
            assert_eq!(claim.holds("LB-05"), listed, "{amount}");
            assert_eq!(claim.regulation().holds("LB-05"), listed, "{amount}");
        }
        assert_eq!(title_ii().earned("2016-03", "810").ask("p1m1", "2016-06").holds("LB-05"), UNLISTED);
        assert_eq!(title_ii().earned("2016-03", "810").ask("p1m2", "2016-06").holds("LB-05"), YES);
    }
}
