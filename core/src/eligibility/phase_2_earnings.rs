//! P2-01.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, PHASE_2, Role, Scope, always, rule};
use super::words::{earnings, unknown_levels};
use crate::facts::{Facts, Purpose, Truth};

rule! {
    /// A Phase 2 milestone needs a month with earnings at SGA.
    ///
    /// # Reading
    /// `operations` counts a month at or above SGA, with the blind amount for a blind beneficiary. `regulation` counts only a month above it,
    /// with the amount for people who are not blind for everyone.
    /// # Example
    /// 2016: $1,130 is enough under `operations`, $1,130.01 under `regulation`; a blind beneficiary needs $1,820 under `operations`.
    /// # Sources
    /// EN Payments Checklist, Ph2/Ms; 20 CFR 411.525(a)(2)(ii).
    pub(super) const RULE = {
        id: "P2-01", name: "phase_2_earnings", heading: Heading::Phase2,
        source: "EN Payments Checklist, Ph2/Ms; 20 CFR 411.525(a)(2)(ii)",
        role: Role::Decides(Decides { of: PHASE_2, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    facts.reaches(asked.month, facts.phase_2_level(), facts.policy.phase_2, Purpose::Milestone)
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let level = facts.level(facts.phase_2_level(), asked.month);
    let is_enough = |amount| level.is_some_and(|level| facts.policy.phase_2.is_reached(amount, level));
    let (amount, basis) = earnings(facts, asked.month, Purpose::Milestone, is_enough);
    let text = match level {
        Some(level) => format!(
            "Earnings of {} in {} are {}{} SGA, {}.",
            amount.in_words(),
            asked.month.in_words(),
            if truth == Truth::Yes { "" } else { "not " },
            facts.policy.phase_2.in_words(),
            level.in_words()
        ),
        None => format!("SGA of {} is not known.", asked.month.year()),
    };
    let said = Said::new(text).fact("earnings", amount).fact("basis", basis.as_str()).fact("sga", level);
    said.missing(unknown_levels(facts, facts.phase_2_level(), std::iter::once(asked.month)))
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, Story, UNKNOWN, UNLISTED, YES, concurrent, title_ii, title_xvi};

    fn holds(story: &Story, month: &str, policy: &str) -> Option<crate::Truth> {
        story.ask("p2", month).under(policy).holds("P2-01")
    }

    #[test]
    fn operations_is_content_with_sga_and_the_regulation_wants_more() {
        for (month, amount, operations, regulation) in [
            ("2016-12", "1129.99", NO, NO),
            ("2016-12", "1130", YES, NO),
            ("2016-12", "1130.01", YES, YES),
            ("2017-01", "1169.99", NO, NO),
            ("2017-01", "1170", YES, NO),
            ("2017-01", "1170.01", YES, YES),
        ] {
            let story = title_ii().earned(month, amount);
            assert_eq!(holds(&story, month, "operations"), operations, "{month} {amount}");
            assert_eq!(holds(&story, month, "regulation"), regulation, "{month} {amount}");
        }
        assert_eq!(title_ii().earned("2016-12", "1129.99").ask("p2", "2016-12").fact("P2-01", "sga"), "1130.00");
    }

    #[test]
    fn the_blind_amount_is_for_operations_alone() {
        for (amount, operations, regulation) in
            [("1130", NO, NO), ("1130.01", NO, YES), ("1819.99", NO, YES), ("1820", YES, YES)]
        {
            let story = title_ii().blind().earned("2016-12", amount);
            assert_eq!(holds(&story, "2016-12", "operations"), operations, "{amount}");
            assert_eq!(holds(&story, "2016-12", "regulation"), regulation, "{amount}");
        }
    }

    #[test]
    fn earnings_count_as_the_record_in_pay_counts_them() {
        assert_eq!(holds(&title_xvi().earned("2016-12", "5000"), "2016-12", "operations"), NO);
        assert_eq!(holds(&title_xvi().paid_out("2016-12", "1130"), "2016-12", "operations"), YES);
        let paid = |t2, t16| holds(&concurrent(t2, t16).paid_out("2016-12", "1130"), "2016-12", "operations");
        assert_eq!(paid("current_pay", "current_pay"), YES);
        assert_eq!(paid("current_pay", "supplement"), NO);
    }

    #[test]
    fn a_year_without_sga_leaves_it_open() {
        let claim = title_ii().phase_1_paid().earned("2027-01", "9000").ask("p2", "2027-01");
        assert_eq!(claim.holds("P2-01"), UNKNOWN);
        assert_eq!(claim.missing_for("P2-01"), ["/parameters/thresholds/2027"]);
        assert_eq!(title_ii().ask("outcome", "2016-12").holds("P2-01"), UNLISTED);
    }
}
