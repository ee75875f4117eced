//! What a payment pays.

use super::milestones_left;
use super::rate::{Rate, RateKind, rate_of};
use super::rule::{Asked, Kind};
use crate::domain::{Month, PaymentSystem, Record, Title, Usd};
use crate::facts::Facts;

/// The rate of a kind in a year, for a ticket paid as a title.
pub(crate) fn rate(facts: &Facts<'_>, kind: RateKind, year: i32) -> Rate {
    let title = match kind {
        RateKind::Phase1 => Record::T2,
        _ if facts.ticket_title == Title::T16 => Record::T16,
        _ => Record::T2,
    };
    rate_of(facts.parameters, facts.terms.percent, kind, title, year)
}

/// The kind of rate of a payment for one month.
pub(crate) fn rate_kind(facts: &Facts<'_>, kind: Kind) -> RateKind {
    match kind {
        Kind::Phase1(_) | Kind::Reconciliation => RateKind::Phase1,
        Kind::Phase2 => RateKind::Phase2,
        Kind::Outcome if facts.assignment.payment_system == Some(PaymentSystem::OutcomeOnly) => RateKind::OutcomeOnly,
        Kind::Outcome => RateKind::OutcomeMilestone,
    }
}

/// The rates behind a payment, and its amount; none while a rate is not known.
pub(crate) fn price(facts: &Facts<'_>, asked: &Asked) -> (Vec<Rate>, Option<Usd>) {
    if asked.kind == Kind::Reconciliation {
        return price_reconciliation(facts, milestones_left::left(facts));
    }
    let rate = rate(facts, rate_kind(facts, asked.kind), asked.month.year());
    let amount = rate.amount;
    (vec![rate], amount)
}

/// The sum for so many milestones of each phase, at the rates of the year in which the outcome period began.
fn price_reconciliation(facts: &Facts<'_>, (phase_1, phase_2): (u8, u8)) -> (Vec<Rate>, Option<Usd>) {
    let (Some(certain), Some(possible)) = facts.outcome_period_first() else { return (Vec::new(), None) };
    let rates_of = |first: Month| {
        let counted = |kind, count| Rate { count, ..rate(facts, kind, first.year()) };
        let both = [counted(RateKind::Phase1, phase_1), counted(RateKind::Phase2, phase_2)];
        both.into_iter().filter(|rate| rate.count > 0).collect::<Vec<_>>()
    };
    let sum = |rates: &[Rate]| {
        rates.iter().try_fold(Usd::ZERO, |sum, rate| Some(sum.plus(rate.amount?.times(rate.count.into()))))
    };
    let rates = rates_of(certain);
    let amount = sum(&rates);
    // The period may have begun in an earlier year whose rates differ: then the amount is not known.
    let amount = amount.filter(|amount| certain == possible || sum(&rates_of(possible)) == Some(*amount));
    (rates, amount)
}

#[cfg(test)]
mod tests {
    use super::{RateKind, rate_of};
    use crate::domain::Record;
    use crate::testing::{Story, concurrent, suspended_from, title_ii, title_xvi};

    /// Year, then the whole dollars of the register's table: Phase 1; Phase 2 and outcome under title II, title XVI; outcome-only under
    /// title II, title XVI.
    const REGISTER: &[[u32; 6]] = &[
        [2008, 1177, 353, 203, 657, 377],
        [2009, 1211, 363, 207, 676, 386],
        [2010, 1275, 383, 220, 712, 409],
        [2011, 1279, 384, 221, 714, 411],
        [2012, 1288, 386, 221, 719, 412],
        [2013, 1335, 401, 230, 746, 428],
        [2014, 1357, 407, 234, 758, 436],
        [2015, 1377, 413, 238, 769, 443],
        [2016, 1398, 419, 242, 781, 451],
        [2017, 1400, 420, 242, 782, 450],
        [2018, 1409, 423, 242, 787, 451],
        [2019, 1442, 432, 247, 805, 460],
        [2020, 1485, 446, 254, 829, 473],
        [2021, 1513, 454, 258, 845, 481],
        [2022, 1544, 463, 262, 862, 488],
        [2023, 1646, 494, 277, 919, 516],
        [2024, 1788, 536, 301, 998, 560],
    ];

    #[test]
    fn the_rates_of_the_register_come_out_of_its_bases() {
        let parameters = crate::params::Parameters::builtin().unwrap();
        let percents = parameters.terms(crate::domain::Month::new(2016, 1)).percent;
        for [year, phase_1, t2, t16, only_t2, only_t16] in REGISTER {
            let is = |kind, record, dollars: u32| {
                let rate = rate_of(parameters, percents, kind, record, i32::try_from(*year).unwrap());
                assert_eq!(rate.amount.unwrap().to_string(), format!("{dollars}.00"), "{kind:?} {record:?} {year}");
            };
            is(RateKind::Phase1, Record::T2, *phase_1);
            is(RateKind::Phase2, Record::T2, *t2);
            is(RateKind::Phase2, Record::T16, *t16);
            is(RateKind::OutcomeMilestone, Record::T2, *t2);
            is(RateKind::OutcomeMilestone, Record::T16, *t16);
            is(RateKind::OutcomeOnly, Record::T2, *only_t2);
            is(RateKind::OutcomeOnly, Record::T16, *only_t16);
        }
    }

    /// The amount of a payment that is payable; `?` when it is not known.
    fn amount(story: &Story, payment: &str, month: &str) -> String {
        let claim = story.ask(payment, month);
        assert_eq!(claim.fails(), [""; 0], "{payment} {month}");
        claim.amount().unwrap_or("?".to_owned())
    }

    #[test]
    fn the_year_is_the_one_of_the_claimed_month() {
        let story = title_ii().earned("2016-12..2017-01", "840");
        assert_eq!(amount(&story, "p1m1", "2016-12"), "1398.00");
        // A later month than the first that attains it may be claimed, at its own rate.
        assert_eq!(amount(&story, "p1m1", "2017-01"), "1400.00");
    }

    #[test]
    fn phase_1_has_one_rate_and_the_others_follow_the_ticket() {
        for (story, phase_2) in [
            (title_ii(), "419.00"),
            (title_xvi(), "242.00"),
            (concurrent("current_pay", "current_pay"), "419.00"),
            (concurrent("suspended_other", "current_pay"), "419.00"),
        ] {
            let story = story.earned("2016-06", "1130").paid_out("2016-06", "1130");
            assert_eq!(amount(&story, "p1m1", "2016-06"), "1398.00");
            let lost = story.vr_closed("VR-CO", "2014-03-01");
            assert_eq!(amount(&lost, "p2", "2016-06"), phase_2);
        }
        let outcome = suspended_from("2016-06").earned("2016-06", "1130");
        assert_eq!(amount(&outcome, "outcome", "2016-06"), "419.00");
        assert_eq!(amount(&outcome.outcome_only(), "outcome", "2016-06"), "781.00");
    }

    #[test]
    fn a_year_without_a_base_has_its_published_rates_and_no_other() {
        let t2 = suspended_from("2024-12").earned("2024-12..2026-01", "1700");
        assert_eq!(amount(&t2, "outcome", "2024-12"), "536.00");
        assert_eq!(amount(&t2, "outcome", "2025-01"), "555.00");
        assert_eq!(amount(&t2, "outcome", "2026-01"), "?");
        let only = t2.outcome_only();
        assert_eq!(["2024-12", "2025-01"].map(|m| amount(&only, "outcome", m)), ["998.00", "?"]);
        let t16 = title_xvi().paid_out("2025-12..2026-01", "1700").vr_closed("VR-CO", "2025-01-01");
        let t16 = t16.earned("2014-11..2016-04", "0").paid_out("2014-11..2016-04", "5000");
        assert_eq!(["2025-12", "2026-01"].map(|m| amount(&t16, "p2", m)), ["310.00", "?"]);
        assert_eq!(["2025-12", "2026-01"].map(|m| amount(&title_ii().earned(m, "1210"), "p1m1", m)), ["1850.00", "?"]);
    }

    #[test]
    fn the_basis_shows_base_and_percentage_and_is_none_when_not_payable() {
        let basis = |claim: &crate::testing::Claim| serde_json::to_value(claim.answer().amount_basis).unwrap();
        let claim = title_ii().earned("2016-06", "810").ask("p1m1", "2016-06");
        assert_eq!(
            basis(&claim),
            serde_json::json!({"base": "1165.22", "year": 2016, "percent": "120", "title": "t2"})
        );
        let of_title_xvi = title_xvi().paid_out("2016-06", "810").ask("p1m1", "2016-06");
        assert_eq!(basis(&of_title_xvi)["title"], "t2");
        let published = title_ii().earned("2025-06", "1160").ask("p1m1", "2025-06");
        assert_eq!(basis(&published)["base"], serde_json::Value::Null);
        assert_eq!(basis(&title_ii().ask("p1m1", "2016-06")), serde_json::Value::Null);
        let undetermined = title_ii().earned("2016-06", "405").ask("p1m1", "2016-06");
        assert_eq!((basis(&undetermined), undetermined.amount()), (serde_json::Value::Null, None));
    }

    #[test]
    fn a_reconciliation_lists_its_rates_and_has_no_amount_while_one_is_unknown() {
        let story = suspended_from("2025-01").earned("2025-01..2026-06", "1700");
        let claim = story.ask("reconciliation", "2025-12");
        // 4 times $1,850 and 11 times $555.
        assert_eq!(claim.amount().as_deref(), Some("13505.00"));
        let basis = serde_json::to_value(claim.answer().amount_basis).unwrap();
        assert_eq!([&basis[0]["count"], &basis[1]["count"]], [4, 11]);
        assert_eq!([&basis[0]["percent"], &basis[1]["percent"]], ["120", "36"]);
        let later = suspended_from("2025-12").earned("2025-12..2026-12", "1700");
        assert_eq!(amount(&later, "reconciliation", "2026-11"), "13505.00");
        let unknown = suspended_from("2026-01").earned("2026-01..2026-12", "1700").ask("reconciliation", "2026-12");
        assert_eq!((unknown.fails(), unknown.amount()), (vec![], None));
        assert_eq!(unknown.missing_for("PAY-06"), ["/parameters/rates/2026"]);
    }
}
