//! OUT-04.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::domain::Record;
use crate::facts::{Facts, MonthTitle};

rule! {
    /// Under title XVI the regulation asks for no amount of earnings while federal cash is zero because of earnings; the checklist
    /// asks for SGA.
    ///
    /// # Reading
    /// `operations` follows the checklist for both titles. Above SGA is asked under both policies once eligibility has ended (BEN-05).
    /// # Example
    /// Title XVI suspended because of work, $1,000 in a month of 2017: an outcome under `regulation`, none under `operations`.
    /// # Sources
    /// 20 CFR 411.500(e), 411.545; EN Payments Checklist, Outcome, Availability.
    pub(super) const RULE = {
        id: "OUT-04", name: "outcome_t16_floor", heading: Heading::Outcome,
        source: "20 CFR 411.500(e), 411.545; EN Payments Checklist, Outcome, Availability",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    if asked.kind != Kind::Outcome || facts.title_of(asked.month) != MonthTitle::One(Record::T16) {
        return None;
    }
    let text = if facts.outcome_has_floor(asked.month) {
        "For title XVI the checklist asks for earnings at SGA; the regulation would not."
    } else {
        "For title XVI the regulation asks for no amount of earnings; the checklist would ask for SGA."
    };
    Some(Said::new(text))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, case, suspended_from};

    #[test]
    fn it_is_listed_for_outcomes_of_a_title_xvi_month() {
        let story = case().titled("t16").assigned("2016-05-20").benefit("t16", "2016-05..", "suspended_work");
        assert_eq!(story.ask("outcome", "2016-06").holds("OUT-04"), YES);
        assert_eq!(story.ask("outcome", "2016-06").regulation().holds("OUT-04"), YES);
        assert_eq!(story.ask("p2", "2016-06").holds("OUT-04"), UNLISTED);
        assert_eq!(suspended_from("2016-06").ask("outcome", "2016-06").holds("OUT-04"), UNLISTED);
    }
}
