//! LB-07.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::sequence::is_available;
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// Each Phase 1 milestone is looked back at by itself.
    ///
    /// # Reading
    /// Milestone 1 can be lost while the others stay, and the other way round.
    /// # Example
    /// Only April 2016 reached the level before an assignment in May 2016: Milestone 1 is lost, 2 to 4 stay.
    /// # Sources
    /// 20 CFR 411.535(a)(1)(ii).
    pub(super) const RULE = {
        id: "LB-07", name: "look_back_each", heading: Heading::LookBack, source: "20 CFR 411.535(a)(1)(ii)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let Kind::Phase1(_) = asked.kind else { return None };
    let is_open = |number: &u8| is_available(facts, Kind::Phase1(*number));
    let open: Vec<u8> = (1..=4).filter(is_open).collect();
    if open.is_empty() || open.len() == 4 {
        return None;
    }
    let list: Vec<String> = open.iter().map(u8::to_string).collect();
    let text = format!("Each milestone is looked back at by itself; available on this ticket: {}.", list.join(", "));
    Some(Said::new(text).fact("available", list.join(", ")))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, title_ii};

    #[test]
    fn it_lists_the_milestones_that_stay() {
        let only_april = title_ii().earned("2016-04", "810").ask("p1m1", "2016-06");
        assert_eq!(only_april.fact("LB-07", "available"), "2, 3, 4");
        let not_april = title_ii().earned("2016-01..2016-03", "810").ask("p1m3", "2016-06");
        assert_eq!(not_april.fact("LB-07", "available"), "1, 3, 4");
        assert_eq!(title_ii().ask("p1m1", "2016-06").holds("LB-07"), UNLISTED);
        let none = title_ii().earned("2014-11..2016-04", "810").ask("p1m1", "2016-06");
        assert_eq!(none.holds("LB-07"), UNLISTED);
    }
}
