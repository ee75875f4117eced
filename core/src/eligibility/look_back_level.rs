//! LB-05.

use super::look_back::window;
use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use crate::domain::Month;
use crate::facts::{Facts, Level, Purpose, Reading, Truth};

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
    let window = window(facts, asked.kind).filter(|_| facts.anchor_on >= facts.terms.look_back_since)?;
    // At the level on a basis that counts, and on none above it, which would count under both policies.
    let at_level = |month: &Month| {
        let reaches = |reading| facts.reaches(*month, Level::TrialWork, reading, Purpose::Milestone);
        reaches(Reading::AtOrAbove) == Truth::Yes && reaches(Reading::Above) == Truth::No
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
    use crate::testing::{UNLISTED, YES, case, concurrent, title_ii};

    #[test]
    fn it_is_listed_when_a_month_is_exactly_at_the_level() {
        for (amount, listed) in [("809.99", UNLISTED), ("810", YES), ("810.01", UNLISTED)] {
            let claim = title_ii().earned("2016-04", amount).ask("p1m1", "2016-06");
            assert_eq!(claim.holds("LB-05"), listed, "{amount}");
            assert_eq!(claim.regulation().holds("LB-05"), listed, "{amount}");
        }
        assert_eq!(title_ii().earned("2016-03", "810").ask("p1m1", "2016-06").holds("LB-05"), UNLISTED);
        assert_eq!(title_ii().earned("2016-03", "810").ask("p1m2", "2016-06").holds("LB-05"), YES);
        // By day of pay is no basis of title II.
        let paid = title_ii().earned("2016-04", "100").paid_out("2016-04", "810").ask("p1m1", "2016-06");
        assert_eq!(paid.holds("LB-05"), UNLISTED);
        // Above the level by day of pay, the month counts under both policies.
        let above = concurrent("current_pay", "current_pay").earned("2016-04", "810").paid_out("2016-04", "811");
        assert_eq!(above.ask("p1m1", "2016-06").regulation().holds("LB-05"), UNLISTED);
        // Assigned before July 21, 2008: no look-back is made.
        let early = case().assigned("2008-07-20").in_pay("t2", "2001-01..").earned("2008-06", "670");
        assert_eq!(early.ask("p1m1", "2008-08").holds("LB-05"), UNLISTED);
    }
}
