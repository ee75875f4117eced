//! What would make a payment payable.

use crate::domain::Month;
use crate::testing::{Claim, Story, case, suspended_from, title_ii, title_xvi};

/// What is needed, as `month title basis amount` for each month, then the month for which the payment could be claimed.
fn next(claim: &Claim) -> String {
    let Some(next) = claim.answer().next else { return "nothing".to_owned() };
    assert!(!next.text.is_empty());
    let needed = next.changes.iter().map(|c| format!("{} {} {} {}, ", c.month, c.title, c.basis, c.at_least));
    needed.collect::<String>() + &next.by.map_or("wait".to_owned(), |month| format!("then {month}"))
}

#[test]
fn one_more_month_at_the_level_of_its_year() {
    let two = title_ii().earned("2016-06..2016-07", "810").paid("p1m1", "2016-06");
    assert_eq!(next(&two.ask("p1m2", "2016-08")), "2016-09 t2 earned 810.00, then 2016-09");
    assert_eq!(next(&title_ii().ask("p1m1", "2016-12")), "2017-01 t2 earned 840.00, then 2017-01");
    assert_eq!(next(&title_xvi().ask("p1m1", "2016-06")), "2016-07 t16 paid 810.00, then 2016-07");
}

#[test]
fn the_least_that_the_policy_asks_for() {
    let phase_2 = title_ii().phase_1_paid().ask("p2", "2017-03");
    assert_eq!(next(&phase_2), "2017-04 t2 earned 1170.00, then 2017-04");
    assert_eq!(next(&phase_2.regulation()), "2017-04 t2 earned 1170.01, then 2017-04");
    let blind = title_ii().blind().phase_1_paid().ask("p2", "2017-03");
    assert_eq!(next(&blind), "2017-04 t2 earned 1950.00, then 2017-04");
    assert_eq!(next(&blind.regulation()), "2017-04 t2 earned 1170.01, then 2017-04");
    let suspended = suspended_from("2017-01").ask("outcome", "2017-03");
    assert_eq!(next(&suspended), "2017-04 t2 earned 1170.00, then 2017-04");
    let ended = case().assigned("2016-05-20").benefit("t2", "2017-01..", "ended_work").in_pay("t2", "2010-01..2016-12");
    assert_eq!(next(&ended.ask("outcome", "2017-03")), "2017-04 t2 earned 1170.01, then 2017-04");
}

#[test]
fn another_month_that_can_be_claimed_as_the_case_stands() {
    let story = title_ii().earned("2016-07", "810");
    assert_eq!(next(&story.ask("p1m1", "2016-06").requested("2016-08-01")), "then 2016-07");
    assert_eq!(next(&story.ask("p1m1", "2016-08")), "then 2016-07");
    let used = title_ii().earned("2016-06..2016-07", "810").paid_to("EN-Z", "p2m1", "2016-06", "419");
    assert_eq!(next(&used.ask("p1m1", "2016-06").requested("2016-08-01")), "then 2016-07");
}

#[test]
fn a_month_that_is_not_over_may_be_enough_already() {
    let text = |claim: &Claim| (next(claim), claim.answer().next.unwrap().text);
    let milestone = title_ii().earned("2016-07", "900").ask("p1m1", "2016-06").requested("2016-07-20");
    let words = "As the case stands this payment can be claimed for July 2016 once that month is over.";
    assert_eq!(text(&milestone), ("then 2016-07".to_owned(), words.to_owned()));
    let suspended = suspended_from("2016-07").earned("2016-06..2016-07", "1130");
    let outcome = suspended.ask("outcome1", "2016-06").requested("2016-07-20");
    assert_eq!(text(&outcome), ("then 2016-07".to_owned(), words.to_owned()));
    // Title XVI has no floor under the regulation.
    let t16 = case().titled("t16").assigned("2016-05-20").in_pay("t16", "2010-01..2016-06");
    let t16 = t16.benefit("t16", "2016-07..2016-08", "suspended_work");
    assert_eq!(next(&t16.ask("outcome2", "2016-07").requested("2016-08-02").regulation()), "then 2016-08");
}

#[test]
fn no_month_is_named_that_does_not_help() {
    let left = case()
        .assigned("2016-05-20")
        .in_pay("t2", "2010-01..2016-06")
        .benefit("t2", "2016-07..2017-06", "suspended_work")
        .in_pay("t2", "2017-07..")
        .earned("2016-07..2016-12", "1130")
        .earned("2017-01..2017-05", "1170");
    let claim = left.ask("reconciliation", "2017-09").requested("2017-10-02");
    assert_eq!(next(&claim), "2017-06 t2 earned 1170.00, then 2017-10");
    // A month that Phase 1 alone needs is one at the trial work level.
    let served = title_ii().services_completed("2016-06-01").earned("2016-06..2016-11", "1130");
    let claim = served.ask("p2m1", "2017-03").requested("2017-04-02");
    let months = ["04", "05", "06"].map(|month| format!("2017-{month} t2 earned 840.00, ")).concat();
    assert_eq!(next(&claim), months + "2017-07 t2 earned 1170.00, then 2017-07");
}

#[test]
fn what_is_awaited_is_named_only_where_it_would_help() {
    let begun = suspended_from("2016-08").earned("2016-06", "1130");
    assert_eq!(next(&begun.ask("p2m1", "2016-10").requested("2016-11-20")), "nothing");
    let ended = title_ii().terminates_in("2016-09").earned("2016-06..2016-08", "1130");
    assert_eq!(next(&ended.ask("p2m1", "2016-10").requested("2016-11-20")), "nothing");
    let late = title_ii().plan_signed("2016-05-18").terminates_in("2016-06").ask("p1m1", "2016-06");
    assert_eq!(next(&late), "nothing");
}

#[test]
fn a_plan_that_is_received_late_may_open_the_month_asked_about() {
    let awaited = title_ii().plan_signed("2016-05-20").earned("2016-06", "900").ask("p1m1", "2016-06");
    let text = |claim: Claim| claim.requested("2016-07-01").answer().next.unwrap().text;
    assert!(text(awaited.clone().regulation()).ends_with("June 2016 can then be claimed."));
    assert!(text(awaited).ends_with("a month after that can then be claimed."));
}

#[test]
fn a_request_of_another_age_is_answered_as_one_of_its_own() {
    let open = case().assigned("2026-06-01").in_pay("t2", "2014-01..");
    let asked = |day: &str| {
        let claim = open.ask("p2m11", "2026-08").requested(day);
        claim.answer().next.map(|next| next.text)
    };
    let late = asked("9999-12-31");
    assert_eq!(late, asked("2060-01-01"));
    let plan = open.plan_signed("2026-06-01").ask("p2m1", "2026-08").requested("9999-12-31");
    assert!(plan.answer().next.is_none_or(|next| next.changes.is_empty()));
}

#[test]
fn what_a_year_without_levels_takes_is_not_known_yet() {
    let story = case().assigned("2026-10-20").in_pay("t2", "2014-01..").earned("2026-11", "1210");
    let asked = story.ask("p1m2", "2026-11").requested("2026-12-05");
    assert_eq!(next(&asked), "wait");
    assert!(asked.answer().next.unwrap().text.contains("2027"));
    let none = case().assigned("2026-12-01").in_pay("t2", "2014-01..").ask("p1m1", "2026-12").requested("2027-01-05");
    assert_eq!(next(&none), "wait");
    let ends = story.terminates_in("2026-12").ask("p1m2", "2026-11").requested("2026-12-05");
    assert_eq!(next(&ends), "nothing");
}

#[test]
fn under_another_assignment_the_reconciliation_may_be_due_earlier() {
    let twice = case().assigned("2016-05-20").unassigned("2017-12-20").assigned("2017-12-20");
    let story = twice.in_pay("t2", "2010-01..2016-06").benefit("t2", "2016-07..", "suspended_work");
    let story = story.earned("2016-07..2017-12", "5000");
    let found = story.ask("reconciliation", "2018-01").requested("2018-03-01").answer().next.unwrap();
    assert!(found.changes.is_empty(), "{found:?}");
    let there = story.ask("reconciliation", &found.by.unwrap().to_string()).requested("2018-03-01");
    assert_eq!(there.amount(), Some("10201.00".to_owned()));
}

#[test]
fn nothing_when_nothing_can() {
    let none = |story: &Story, payment| assert_eq!(next(&story.ask(payment, "2016-06")), "nothing", "{payment}");
    none(&title_ii().earned("2016-04", "810"), "p1m1");
    none(&title_ii().vr_closed("VR-CO", "2014-03-01"), "p1m1");
    none(&title_ii().outcome_only(), "p2");
    none(&title_ii().paid("p1m1", "2016-06"), "p1m1");
    none(&title_ii().terminates_in("2016-06"), "p1m1");
    none(&suspended_from("2016-06"), "p1m1");
    none(&title_ii().assigned_to("VR-CO", "state_vr", "2016-06-10"), "p1m1");
    none(&title_ii().phase_1_paid(), "p2m12");
    none(&title_ii().phase_1_paid().paid_in_turn("p2m", 1..=11, "2017-03"), "p2");
    none(&title_ii().paid("reconciliation", "2016-06"), "reconciliation");
}

#[test]
fn nothing_unless_the_payment_is_not_payable() {
    assert_eq!(next(&title_ii().earned("2016-06", "810").ask("p1m1", "2016-06")), "nothing");
    assert_eq!(next(&title_ii().earned("2016-06", "405").ask("p1m1", "2016-06")), "nothing");
}

#[test]
fn a_plan_or_services_that_are_awaited_are_named_first() {
    let signed = title_ii().plan_signed("2016-05-18").earned("2016-06", "810").ask("p1m1", "2016-06");
    assert_eq!(next(&signed), "wait");
    let nine = title_ii().earned("2016-06..2017-02", "840");
    assert_eq!(next(&nine.ask("p1m4", "2017-02")), "then 2017-02");
    assert_eq!(next(&nine.earned("2017-03", "1170").ask("p2", "2017-03")), "wait");
}

#[test]
fn a_high_number_is_looked_for_as_far_ahead_as_it_needs() {
    let next_of = |payment: &str| {
        let served = title_ii().services_completed("2016-06-01");
        served.ask(payment, "2016-06").requested("2016-07-15").answer().next.unwrap()
    };
    // Nine months for Phase 1, one for each number.
    assert_eq!(next_of("p2m5").changes.len(), 14);
    let eleventh = next_of("p2m11");
    assert_eq!((eleventh.changes.len(), eleventh.by.unwrap().to_string()), (20, "2018-02".to_owned()));
    assert!(
        eleventh.text.starts_with("20 more months, July 2016 to December 2016 at or above $810, "),
        "{}",
        eleventh.text
    );
}

#[test]
fn a_late_plan_moves_what_can_still_be_done() {
    let late = title_ii().plan_signed("2016-05-18").plan_received("2018-12-20");
    let next = late.ask("p1m1", "2016-06").requested("2016-07-15").answer().next.unwrap();
    assert_eq!(next.by.unwrap().to_string(), "2019-01");
}

#[test]
fn a_request_long_after_the_case_is_answered_too() {
    let claim = title_ii().ask("p1m2", "2016-06").requested("9999-12-31");
    // No month as late as that could help: what is looked at ends not long after the case.
    assert!(claim.answer().next.unwrap().by.unwrap() < Month::new(2020, 1));
}

#[test]
fn a_month_before_the_claimed_one_that_takes_less_is_named() {
    // June and July count; one more in the window of November is enough, while a later month lacks two or three.
    let two = title_ii().earned("2016-06..2016-07", "900").paid("p1m1", "2016-06");
    let later = two.ask("p1m2", "2016-12").requested("2017-09-15");
    assert_eq!(next(&later), "2016-11 t2 earned 810.00, then 2016-11");
    let long_after = two.ask("p1m2", "2017-03").requested("2017-09-15");
    assert_eq!(next(&long_after), "2016-11 t2 earned 810.00, then 2016-11");
}

#[test]
fn waiting_a_month_takes_less_than_earning_more() {
    let story = case().titled("t16").assigned("2016-05-20").benefit("t16", "2016-05..2016-05", "suspended_other");
    let story = story.benefit("t16", "2016-06..2016-06", "ended_work").benefit("t16", "2016-07..", "suspended_work");
    let third = story.outcome_only().ask("outcome3", "2016-07").requested("2016-08-15").regulation();
    assert_eq!(next(&third), "then 2016-09");
}
