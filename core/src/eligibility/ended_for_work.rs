//! BEN-05.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, OUTCOMES, Role, Scope, always, rule};
use super::words::{earnings, unknown_levels};
use crate::domain::{BenefitStatus, Month};
use crate::facts::{Facts, Purpose, Reading, Truth};

rule! {
    /// After entitlement has ended because of work, an outcome month needs earnings above SGA.
    ///
    /// # Reading
    /// Asked when, of the records of the month, one has ended because of work, none is suspended because of work and none is
    /// unknown. More than SGA, the blind amount for the blind, under both policies: a month exactly at SGA fails here and not in OUT-03.
    /// # Example
    /// Ended because of work, $1,130 in a month of 2016: not an outcome. $1,130.01: an outcome.
    /// # Sources
    /// 20 CFR 411.525(a)(1)(ii).
    pub(super) const RULE = {
        id: "BEN-05", name: "ended_for_work", heading: Heading::Outcome, source: "20 CFR 411.525(a)(1)(ii)",
        role: Role::Decides(Decides { of: OUTCOMES, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    if applies(facts, asked) {
        facts.reaches(asked.month, facts.outcome_level(), Reading::Above, Purpose::Outcome)
    } else {
        Truth::Yes
    }
}

fn applies(facts: &Facts<'_>, asked: &Asked) -> bool {
    is_asked(facts, asked.month)
}

/// Whether an outcome of a month needs earnings above SGA (C-20).
pub(crate) fn is_asked(facts: &Facts<'_>, month: Month) -> bool {
    let records = facts.records_of(month);
    let month = facts.month(month);
    let has = |status| records.iter().any(|record| month.status(*record) == Some(status));
    has(BenefitStatus::EndedWork)
        && !has(BenefitStatus::SuspendedWork)
        && records.iter().all(|record| month.status(*record).is_some())
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    if !applies(facts, asked) {
        let (records, month) = (facts.records_of(asked.month), facts.month(asked.month));
        let has = |status| records.iter().any(|record| month.status(*record) == Some(status));
        return Said::new(if records.iter().any(|record| month.status(*record).is_none()) {
            "It is not known whether entitlement has ended because of work, so earnings above SGA are not asked for."
        } else if has(BenefitStatus::EndedWork) {
            "One record is still suspended because of work, so earnings need not be above SGA."
        } else {
            "Entitlement has not ended because of work, so earnings need not be above SGA."
        });
    }
    let level = facts.level(facts.outcome_level(), asked.month);
    let is_enough = |amount| level.is_some_and(|level| Reading::Above.is_reached(amount, level));
    let (amount, basis) = earnings(facts, asked.month, Purpose::Outcome, is_enough);
    let text = match level {
        Some(level) => format!(
            "Entitlement has ended because of work; earnings of {} in {} are {}above SGA, {}.",
            amount.in_words(),
            asked.month.in_words(),
            if truth == Truth::Yes { "" } else { "not " },
            level.in_words()
        ),
        None => format!("SGA of {} is not known.", asked.month.year()),
    };
    let said = Said::new(text).fact("earnings", amount).fact("basis", basis.as_str()).fact("sga", level);
    said.missing(unknown_levels(facts, facts.outcome_level(), std::iter::once(asked.month)))
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, POLICIES, Story, UNKNOWN, YES, case, concurrent};

    fn ended() -> Story {
        case().assigned("2016-05-20").benefit("t2", "2010-01..", "ended_work")
    }

    #[test]
    fn earnings_are_above_sga_of_their_year() {
        for (month, amount, holds) in [
            ("2016-12", "1129.99", NO),
            ("2016-12", "1130", NO),
            ("2016-12", "1130.01", YES),
            ("2017-01", "1130.01", NO),
            ("2017-01", "1170", NO),
            ("2017-01", "1170.01", YES),
        ] {
            for policy in POLICIES {
                let claim = ended().earned(month, amount).ask("outcome", month).under(policy);
                assert_eq!(claim.holds("BEN-05"), holds, "{month} {amount} {policy}");
            }
        }
        // OUT-03 is content with SGA itself.
        assert_eq!(ended().earned("2016-12", "1130").ask("outcome", "2016-12").fails(), ["BEN-05"]);
        assert_eq!(ended().earned("2016-12", "1130").ask("outcome", "2016-12").fact("BEN-05", "sga"), "1130.00");
    }

    #[test]
    fn the_blind_need_more_than_the_blind_amount() {
        for policy in POLICIES {
            let with = |amount| ended().blind().earned("2016-12", amount).ask("outcome", "2016-12").under(policy);
            assert_eq!([with("1820").holds("BEN-05"), with("1820.01").holds("BEN-05")], [NO, YES], "{policy}");
        }
    }

    #[test]
    fn it_is_asked_only_when_a_record_has_ended_and_no_other_is_suspended_for_work_or_unknown() {
        for (t2, t16, fails) in [
            ("ended_work", "ended_other", true),
            ("ended_work", "suspended_other", true),
            ("ended_other", "ended_work", true),
            ("ended_work", "suspended_work", false),
            ("suspended_work", "ended_work", false),
            ("ended_work", "?", false),
            ("ended_other", "suspended_other", false),
        ] {
            let at_sga =
                concurrent(t2, t16).earned("2016-06", "1130").paid_out("2016-06", "1130").ask("outcome", "2016-06");
            assert_eq!(at_sga.holds("BEN-05") == NO, fails, "{t2} {t16}");
            assert_ne!(at_sga.holds("BEN-05"), UNKNOWN, "{t2} {t16}");
        }
        let suspended =
            case().assigned("2016-05-20").benefit("t2", "2010-01..", "suspended_work").earned("2016-12", "1130");
        assert_ne!(suspended.ask("outcome", "2016-12").holds("BEN-05"), NO);
    }

    #[test]
    fn it_says_why_it_is_not_asked() {
        for (t2, t16, text) in [
            ("ended_work", "suspended_work", "One record is still suspended because of work, so"),
            ("ended_other", "suspended_other", "Entitlement has not ended because of work, so"),
            ("ended_work", "?", "It is not known whether entitlement has ended because of work, so"),
        ] {
            let said = concurrent(t2, t16).ask("outcome", "2016-06").text("BEN-05");
            assert!(said.starts_with(text), "{t2} {t16}: {said}");
        }
    }

    #[test]
    fn title_xvi_is_counted_by_day_of_pay_under_both_policies() {
        let story = case().titled("t16").assigned("2016-05-20").benefit("t16", "2010-01..", "ended_work");
        for policy in POLICIES {
            let with = |paid| story.clone().earned("2016-12", "5000").paid_out("2016-12", paid);
            assert_eq!(with("1130").ask("outcome", "2016-12").under(policy).holds("BEN-05"), NO, "{policy}");
            assert_eq!(with("1130.01").ask("outcome", "2016-12").under(policy).holds("BEN-05"), YES, "{policy}");
        }
    }

    #[test]
    fn the_basis_that_is_told_is_the_one_that_is_above_sga() {
        for (earned, paid, basis) in
            [("1130", "1130.01", "paid"), ("1130.01", "1130", "earned"), ("1130", "1130", "earned")]
        {
            let story = concurrent("ended_work", "ended_work").earned("2016-06", earned).paid_out("2016-06", paid);
            let claim = story.ask("outcome", "2016-06");
            let told = claim.answer().earnings_basis;
            assert_eq!(told, Some(basis), "{earned} {paid}");
        }
    }

    #[test]
    fn a_year_without_sga_leaves_it_open() {
        let claim = ended().earned("2027-01", "9000").ask("outcome1", "2027-01");
        assert_eq!(claim.holds("BEN-05"), UNKNOWN);
    }
}
