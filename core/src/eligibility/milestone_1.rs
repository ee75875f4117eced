//! P1-01.

use super::reason::{Said, Unknown};
use super::rule::{Asked, Decides, Heading, MILESTONE_1, Role, Scope, always, rule};
use crate::domain::Usd;
use crate::facts::{Basis, Evidence, Facts, Level, Purpose, Truth};

rule! {
    /// Milestone 1 needs a month at or above the trial work level, or at or above half of it when the earnings are of the month's
    /// last period.
    ///
    /// # Reading
    /// The last period is the last fourteen days of the month: every counted pay statement of the month starts in them. Without a
    /// statement the half branch is not known. Under `regulation` half the level is always enough. Both limits include the
    /// amount itself.
    /// # Example
    /// 2016, level $810. $810: attained. $405 with one statement from June 17 to June 30: attained. $405 with a statement from June 16: not.
    /// # Sources
    /// EN Payments Checklist, Ph1/M1; 20 CFR 411.525(a)(2)(i).
    pub(super) const RULE = {
        id: "P1-01", name: "milestone_1", heading: Heading::AttainmentMonth,
        source: "EN Payments Checklist, Ph1/M1; 20 CFR 411.525(a)(2)(i)",
        role: Role::Decides(Decides { of: MILESTONE_1, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    let bases = facts.bases(asked.month, Purpose::Milestone).iter();
    bases.fold(Truth::No, |any, basis| any.or(reached_on(facts, asked, *basis)))
}

/// Whether the milestone is reached on one basis.
pub(crate) fn reached_on(facts: &Facts<'_>, asked: &Asked, basis: Basis) -> Truth {
    let Some((level, half)) = levels(facts, asked) else { return Truth::Unknown };
    let month = facts.month(asked.month);
    let amount = month.earnings(basis);
    if amount >= level {
        Truth::Yes
    } else if amount < half {
        Truth::No
    } else if !facts.policy.half_level_needs_last_period {
        Truth::Yes
    } else {
        match month.evidence(basis) {
            Evidence::LastPeriod => Truth::Yes,
            Evidence::Earlier => Truth::No,
            Evidence::None => Truth::Unknown,
        }
    }
}

fn levels(facts: &Facts<'_>, asked: &Asked) -> Option<(Usd, Usd)> {
    facts.level(Level::TrialWork, asked.month).zip(facts.half_level(asked.month))
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let Some((level, half)) = levels(facts, asked) else {
        let text = format!("The trial work level of {} is not known.", asked.month.year());
        return Said::new(text).missing([Unknown::Thresholds(asked.month.year())]);
    };
    // The basis that decides: the first whose answer is the rule's own.
    let mut all = facts.bases(asked.month, Purpose::Milestone).iter().copied();
    let basis = all.find(|basis| reached_on(facts, asked, *basis) == truth).unwrap_or(Basis::Earned);
    let amount = facts.month(asked.month).earnings(basis);
    let at = format!("In {} {} was {}", asked.month.in_words(), amount.in_words(), basis.as_str());
    let text = if amount >= level {
        format!("{at}, at or above the trial work level of {}.", level.in_words())
    } else if amount < half {
        format!("{at}, below half of the trial work level, {}.", half.in_words())
    } else if !facts.policy.half_level_needs_last_period {
        format!("{at}, at or above half of the trial work level, {}.", half.in_words())
    } else {
        let period = match truth {
            Truth::Yes => "earned in the month's last period",
            Truth::No => "but not all of it in the month's last period",
            Truth::Unknown => "and no pay statement shows whether it was earned in the month's last period",
        };
        format!("{at}, at or above half of the trial work level, {}, {period}.", half.in_words())
    };
    let said = Said::new(text).fact("earnings", amount).fact("basis", basis.as_str());
    let said = said.fact("trial_work_level", level).fact("half_level", half);
    said.missing((truth == Truth::Unknown).then_some(Unknown::PayStatements(asked.month)))
}

#[cfg(test)]
mod tests {
    use crate::eligibility::Decision;
    use crate::testing::{NO, POLICIES, Story, UNKNOWN, YES, concurrent, title_ii, title_xvi};

    fn holds(story: &Story, month: &str) -> Option<crate::Truth> {
        story.ask("p1m1", month).holds("P1-01")
    }

    #[test]
    fn the_trial_work_level_of_the_month_is_enough() {
        for (month, level, a_cent_less) in
            [("2016-12", "810", "809.99"), ("2017-01", "840", "839.99"), ("2026-12", "1210", "1209.99")]
        {
            for policy in POLICIES {
                let with = |amount| title_ii().earned(month, amount).ask("p1m1", month).under(policy).holds("P1-01");
                assert_eq!(with(level), YES, "{month} {policy}");
                // Between half the level and the level only the last period can settle it; the regulation does not ask.
                let between = if policy == "operations" { UNKNOWN } else { YES };
                assert_eq!(with(a_cent_less), between, "{month} {policy}");
            }
        }
    }

    #[test]
    fn half_the_level_is_enough_when_earned_in_the_last_fourteen_days() {
        let june = |start, amount| holds(&title_ii().wages([start, "2016-06-30", "2016-07-05"], amount), "2016-06");
        assert_eq!([june("2016-06-16", "405"), june("2016-06-17", "405")], [NO, YES]);
        assert_eq!([june("2016-06-17", "404.99"), june("2016-06-17", "809.99")], [NO, YES]);
        assert_eq!(june("2016-06-01", "810"), YES);
        for (start, end, half, answer) in [
            ("2016-07-17", "2016-07-31", "405", NO),
            ("2016-07-18", "2016-07-31", "405", YES),
            ("2017-02-14", "2017-02-28", "420", NO),
            ("2017-02-15", "2017-02-28", "420", YES),
            ("2020-02-15", "2020-02-29", "455", NO),
            ("2020-02-16", "2020-02-29", "455", YES),
            ("2016-12-18", "2016-12-31", "405", YES),
            ("2017-01-18", "2017-01-31", "405", NO),
            ("2017-01-18", "2017-01-31", "419.99", NO),
            ("2017-01-18", "2017-01-31", "420", YES),
        ] {
            let month = end.rsplit_once('-').unwrap().0;
            assert_eq!(holds(&title_ii().wages([start, end, end], half), month), answer, "{start} {half}");
        }
    }

    #[test]
    fn every_statement_of_the_month_lies_in_the_last_period() {
        let last = title_ii().wages(["2016-06-20", "2016-06-26", "2016-07-01"], "250");
        let two = last.clone().wages(["2016-06-27", "2016-06-30", "2016-07-08"], "200");
        assert_eq!(holds(&two, "2016-06"), YES);
        assert_eq!(holds(&two.clone().wages(["2016-06-01", "2016-06-05", "2016-06-10"], "1"), "2016-06"), NO);
        assert_eq!(holds(&two.clone().wages(["2016-05-28", "2016-06-03", "2016-06-10"], "1"), "2016-06"), NO);
        // What is not earnings is no evidence, nor is a period that ends in another month.
        let pension = ["2016-06-01", "2016-06-30", "2016-06-30"];
        assert_eq!(holds(&two.clone().statement("not_earnings", pension, "900"), "2016-06"), YES);
        assert_eq!(holds(&two.wages(["2016-05-01", "2016-05-31", "2016-06-05"], "900"), "2016-06"), YES);
    }

    #[test]
    fn a_posted_total_wins_and_statements_are_evidence_still() {
        let statement = title_ii().wages(["2016-06-17", "2016-06-30", "2016-07-05"], "900");
        assert_eq!(holds(&statement.clone().earned("2016-06", "405"), "2016-06"), YES);
        assert_eq!(holds(&statement.earned("2016-06", "404.99"), "2016-06"), NO);
    }

    #[test]
    fn without_a_statement_the_half_branch_is_not_known() {
        let asked = |amount| title_ii().earned("2016-06", amount).ask("p1m1", "2016-06");
        assert_eq!(asked("405").holds("P1-01"), UNKNOWN);
        assert_eq!(asked("405").decision(), Decision::Undetermined);
        assert_eq!(asked("405").missing_for("P1-01"), ["/case/pay_statements 2016-06"]);
        assert_eq!([asked("404.99").holds("P1-01"), asked("404.99").regulation().holds("P1-01")], [NO, NO]);
        assert_eq!(asked("405").regulation().holds("P1-01"), YES);
        assert_eq!(asked("404.99").fact("P1-01", "half_level"), "405.00");
    }

    #[test]
    fn title_xvi_is_counted_and_dated_by_day_of_pay() {
        let paid = |period| holds(&title_xvi().wages(period, "405"), "2016-07");
        assert_eq!(paid(["2016-06-17", "2016-06-30", "2016-07-05"]), NO);
        assert_eq!(paid(["2016-07-17", "2016-07-24", "2016-07-31"]), NO);
        assert_eq!(paid(["2016-07-18", "2016-07-24", "2016-07-31"]), YES);
        assert_eq!(holds(&title_xvi().earned("2016-07", "810"), "2016-07"), NO);
        assert_eq!(holds(&title_xvi().paid_out("2016-07", "810"), "2016-07"), YES);
    }

    #[test]
    fn a_concurrent_month_needs_one_basis_that_counts() {
        for (t2, t16, earned, paid) in [
            ("current_pay", "current_pay", YES, YES),
            ("current_pay", "suspended_other", YES, NO),
            ("suspended_other", "current_pay", NO, YES),
            ("current_pay", "?", YES, NO),
            ("?", "?", YES, YES),
        ] {
            assert_eq!(holds(&concurrent(t2, t16).earned("2016-06", "810"), "2016-06"), earned, "{t2} {t16}");
            assert_eq!(holds(&concurrent(t2, t16).paid_out("2016-06", "810"), "2016-06"), paid, "{t2} {t16}");
        }
    }

    #[test]
    fn a_concurrent_month_is_told_by_the_basis_that_decides() {
        let both = || concurrent("current_pay", "current_pay");
        let basis = |story: &Story| {
            (story.ask("p1m1", "2016-06").fact("P1-01", "basis"), story.ask("p1m1", "2016-06").text("P1-01"))
        };
        // The larger amount is of the other basis, whose statement is not of the last period.
        let half = both()
            .wages(["2016-06-20", "2016-06-30", "2016-07-05"], "500")
            .wages(["2016-05-01", "2016-05-31", "2016-06-05"], "700");
        let told = "In June 2016 $500 was earned, at or above half of the trial work level, $405, earned in the month's last period.";
        assert_eq!(half.ask("p1m1", "2016-06").answer().earnings_basis, Some("earned"));
        assert_eq!(basis(&half), ("earned".into(), told.to_owned()));
        // Both reach it: title II is preferred. Neither does: likewise.
        for (earned, paid) in [("810", "900"), ("100", "200")] {
            assert_eq!(basis(&both().earned("2016-06", earned).paid_out("2016-06", paid)).0, "earned");
        }
        assert_eq!(basis(&both().earned("2016-06", "100").paid_out("2016-06", "810")).0, "paid");
        // Half of the level by day of pay leaves it open.
        let open = both().earned("2016-06", "100").paid_out("2016-06", "500");
        assert_eq!((basis(&open).0, holds(&open, "2016-06")), ("paid".into(), UNKNOWN));
    }

    #[test]
    fn a_year_without_a_level_leaves_it_open() {
        let claim = title_ii().earned("2027-01", "5000").ask("p1m1", "2027-01");
        assert_eq!(claim.holds("P1-01"), UNKNOWN);
        assert_eq!(claim.missing_for("P1-01"), ["/parameters/thresholds/2027"]);
        assert_eq!(title_ii().earned("2026-12", "1210").ask("p1m1", "2026-12").holds("P1-01"), YES);
    }
}
