use super::Ledger;
use crate::testing::{Story, case, suspended_from, title_ii, title_xvi};

const P1: [&str; 4] = ["p1m1", "p1m2", "p1m3", "p1m4"];

/// At SGA from June 2016 to June 2017, services completed.
fn thirteen_months() -> Story {
    title_ii().earned("2016-06..2017-06", "1170").services_completed("2016-12-01")
}

fn totals(ledger: &Ledger) -> (String, String, Option<String>) {
    let totals = ledger.totals;
    (totals.paid.to_string(), totals.payable.to_string(), totals.potential.map(|sum| sum.to_string()))
}

#[test]
fn there_is_a_row_for_every_payment_in_order() {
    let names = |story: &Story| -> Vec<String> {
        story.ledger("2016-07-01").rows.iter().map(|row| row.payment.to_string()).collect()
    };
    let expected = |phase_2, outcomes| -> Vec<String> {
        let numbered = |name, count| (1..=count).map(move |number| format!("{name}{number}"));
        let milestones = numbered("p1m", 4).chain(numbered("p2m", phase_2));
        milestones.chain(numbered("outcome", outcomes)).chain(["reconciliation".to_owned()]).collect()
    };
    assert_eq!(names(&title_ii()), expected(11, 36));
    assert_eq!(names(&title_xvi()), expected(18, 60));
    assert_eq!(names(&title_ii().outcome_only().terminates_in("2016-06")), expected(11, 36));
    let converted = case().assigned("2016-05-20").in_pay("t16", "2010-01..2016-06").in_pay("t2", "2016-07..");
    assert_eq!(names(&converted.paid("p1m1", "2016-06")), expected(18, 60));
}

#[test]
fn milestones_in_sequence_one_payment_a_month_earliest_month_first() {
    let ledger = thirteen_months().ledger("2017-07-01");
    let months = [("p1m1", "2016-06"), ("p1m2", "2016-08"), ("p1m3", "2016-11"), ("p1m4", "2017-02")];
    for (payment, month) in months {
        assert_eq!(ledger.line(payment).split(' ').nth(1), Some(month), "{payment}");
    }
    let phase_2 = ["2017-03", "2017-04", "2017-05", "2017-06"].map(|month| format!("payable {month} 420.00"));
    assert_eq!(ledger.lines(["p2m1", "p2m2", "p2m3", "p2m4"]), phase_2);
    assert_eq!(ledger.lines(["p2m5", "outcome1", "reconciliation"]), ["pending"; 3]);
}

#[test]
fn only_months_that_are_over_are_given() {
    let story = title_ii().earned("2016-06..2016-08", "810");
    assert_eq!(story.ledger("2016-06-30").line("p1m1"), "pending");
    assert_eq!(story.ledger("2016-07-01").line("p1m1"), "payable 2016-06 1398.00");
    assert_eq!(
        ["2016-08-31", "2016-09-01"].map(|day| story.ledger(day).line("p1m2")),
        ["pending 2/3", "payable 2016-08 1398.00"]
    );
    // What is paid is paid, whatever its month.
    assert_eq!(story.paid("p1m1", "2019-01").ledger("2016-06-30").line("p1m1"), "paid 2019-01 100.00");
}

#[test]
fn each_status_goes_before_the_next() {
    let barred = title_ii().earned("2016-04", "810").earned("2016-06", "810").terminates_in("2016-12");
    assert_eq!(barred.clone().paid("p1m1", "2016-06").ledger("2017-01-01").line("p1m1"), "paid 2016-06 100.00");
    assert_eq!(barred.ledger("2017-01-01").line("p1m1"), "unavailable LB-01");
    let ended = title_ii().earned("2016-06", "810").terminates_in("2016-12");
    assert_eq!(
        ended.ledger("2017-01-01").lines(P1),
        ["payable 2016-06 1398.00", "unavailable TRM-01", "unavailable TRM-01", "unavailable TRM-01"]
    );
    let not_known = case()
        .assigned("2016-05-20")
        .in_pay("t2", "2010-01..2016-05")
        .in_pay("t2", "2016-07..")
        .terminates_in("2016-12");
    let not_known = not_known.earned("2016-06", "810");
    assert_eq!(not_known.ledger("2017-01-01").lines(["p1m1", "p1m2"]), ["undetermined", "unavailable TRM-01"]);
    let half = title_ii().earned("2016-06", "405").ledger("2016-07-01");
    assert_eq!(half.lines(["p1m1", "p1m2"]), ["undetermined", "pending 0/3"]);
}

#[test]
fn every_bar_is_named() {
    let story = suspended_from("2016-08").terminates_in("2016-10").assigned_to("VR-CO", "state_vr", "2016-10-05");
    let ledger = story.ledger("2016-10-31");
    assert_eq!(ledger.line("p1m1"), "unavailable SVR-04 OUT-02 TRM-01");
    assert_eq!(ledger.line("outcome1"), "unavailable SVR-04 TRM-01");
    assert_eq!(ledger.line("reconciliation"), "unavailable SVR-04 TRM-01");
    let regulation = story.ledger_of("EN-A", "2016-10-31", "regulation");
    assert_eq!(regulation.lines(["p1m1", "outcome1"]), ["unavailable OUT-02 TRM-01", "unavailable TRM-01"]);
    let agency = case().assigned_to("VR-CO", "state_vr_as_en", "2016-05-20").in_pay("t2", "2010-01..").outcome_only();
    let agency = agency.earned("2016-04", "810").vr_closed("VR-CO", "2014-03-01").vr_closed("VR-CO", "2015-03-01");
    let ledger = agency.vr_case("cost_reimbursed", true).ledger_of("VR-CO", "2016-07-01", "operations");
    assert_eq!(ledger.line("p1m1"), "unavailable SVR-05 SVR-01 SVR-06 LB-01 SYS-01");
    assert_eq!(ledger.line("p2m1"), "unavailable SVR-05 SYS-01");
    assert_eq!(ledger.line("outcome1"), "unavailable SVR-05");
    assert_eq!(ledger.line("reconciliation"), "unavailable SVR-05 SYS-01");
}

#[test]
fn a_bar_holds_from_its_own_month_on() {
    let terminating = title_ii().terminates_in("2016-10");
    let taken_over = title_ii().assigned_to("VR-CO", "state_vr", "2016-10-20");
    let suspended = suspended_from("2016-09");
    let line = |story: &Story, day| story.ledger(day).line("p1m1");
    assert_eq!(["2016-09-30", "2016-10-01"].map(|day| line(&terminating, day)), ["pending", "unavailable TRM-01"]);
    assert_eq!(["2016-09-30", "2016-10-01"].map(|day| line(&taken_over, day)), ["pending", "unavailable SVR-04"]);
    // The outcome period must have begun before the month of the day.
    assert_eq!(["2016-09-30", "2016-10-01"].map(|day| line(&suspended, day)), ["pending", "unavailable OUT-02"]);
    assert_eq!(suspended.ledger("2016-10-01").line("outcome1"), "pending");
}

#[test]
fn outcomes_end_with_the_thirty_sixth_month_of_the_period() {
    let story = suspended_from("2016-06").earned("2016-06", "1130");
    assert_eq!(
        ["2019-05-31", "2019-06-01"].map(|day| story.ledger(day).line("outcome2")),
        ["pending", "unavailable OUT-02"]
    );
    assert_eq!(
        story.ledger("2019-06-01").lines(["outcome1", "reconciliation"]),
        ["payable 2016-06 419.00", "unavailable OUT-02"]
    );
}

#[test]
fn a_paid_row_keeps_its_month_and_the_next_milestone_comes_after_it() {
    let story = title_ii().earned("2016-06..2016-12", "810").paid_to("EN-Z", "p1m1", "2016-09", "1398");
    assert_eq!(
        story.ledger("2017-01-01").lines(["p1m1", "p1m2", "p1m3"]),
        ["paid 2016-09 1398.00", "payable 2016-10 1398.00", "payable 2016-11 1398.00"]
    );
    let used = title_ii().earned("2016-06..2016-12", "810").paid_to("EN-Z", "p2m1", "2016-06", "419");
    assert_eq!(
        used.ledger("2017-01-01").lines(["p1m1", "p1m2"]),
        ["payable 2016-07 1398.00", "payable 2016-08 1398.00"]
    );
}

#[test]
fn numbers_not_paid_take_the_unused_months_oldest_first() {
    let story = suspended_from("2017-01").earned("2017-01..2017-05", "1170").paid("outcome2", "2017-02");
    let rows = story.ledger("2017-06-01").lines(["outcome1", "outcome2", "outcome3", "outcome4", "outcome5"]);
    let expected = [
        "payable 2017-01 420.00",
        "paid 2017-02 100.00",
        "payable 2017-03 420.00",
        "payable 2017-04 420.00",
        "payable 2017-05 420.00",
    ];
    assert_eq!(rows, expected);
    let phase_2 = title_ii().phase_1_paid().earned("2017-03..2017-05", "1170").paid("p2m1", "2017-05");
    let rows = phase_2.ledger("2017-06-01").lines(["p2m1", "p2m2", "p2m3", "p2m4"]);
    assert_eq!(rows, ["paid 2017-05 100.00", "payable 2017-03 420.00", "payable 2017-04 420.00", "pending"]);
}

#[test]
fn a_ledger_is_one_providers_view() {
    let story = title_ii().earned("2016-06..2016-12", "810").assigned_to("EN-B", "en", "2016-08-10");
    let first = |provider| story.ledger_of(provider, "2017-01-01", "operations").line("p1m1");
    assert_eq!([first("EN-A"), first("EN-B")], ["payable 2016-06 1398.00", "payable 2016-09 1398.00"]);
    // Of two assignments to one provider the later counts from its own day on.
    let again = title_ii().earned("2016-06", "810").assigned("2017-03-10");
    let again = |day| again.ledger(day).line("p1m1");
    assert_eq!(["2017-03-09", "2017-03-10"].map(again), ["payable 2016-06 1398.00", "pending"]);
    // EN-B's assignment is made on August 10.
    let before = |day| story.ledger_of("EN-B", day, "operations").line("p1m2");
    assert_eq!(["2016-08-09", "2016-12-01"].map(before), ["pending 0/3", "payable 2016-11 1398.00"]);
}

#[test]
fn totals_and_progress() {
    let story = title_ii().earned("2016-06", "810");
    let zero = || "0.00".to_owned();
    // Potential: 3 times $1,398, 11 and 36 times $419.
    assert_eq!(totals(&story.ledger("2016-07-01")), (zero(), "1398.00".into(), Some("23887.00".into())));
    assert_eq!(
        story.ledger("2016-07-01").lines(P1),
        ["payable 2016-06 1398.00", "pending 1/3", "pending 1/6", "pending 1/9"]
    );
    let paid = story.paid_to("EN-Z", "p1m1", "2016-06", "1398").paid("reconciliation", "2016-06");
    assert_eq!(totals(&paid.ledger("2016-07-01")).0, "1498.00");
    // 2025 has published rates under outcome-milestone and none under outcome-only; 2026 has none.
    let potential = |story: &Story, day| totals(&story.ledger(day)).2;
    assert_eq!(potential(&title_ii().phase_1_paid(), "2025-06-01").as_deref(), Some("26085.00"));
    assert_eq!(potential(&title_ii(), "2026-01-01"), None);
    assert_eq!(potential(&title_ii().outcome_only(), "2025-06-01"), None);
    assert_eq!(potential(&title_ii().terminates_in("2016-06"), "2026-01-01").as_deref(), Some("0.00"));
    let without_a_rate = suspended_from("2025-12").earned("2025-12..2026-01", "1700").ledger("2026-02-01");
    assert_eq!(without_a_rate.lines(["outcome1", "outcome2"]), ["payable 2025-12 555.00", "payable 2026-01 ?"]);
    assert_eq!(totals(&without_a_rate).1, "555.00");
    // The window of progress ends with the last month that is over.
    let gone = title_ii().earned("2016-06..2016-07", "810").paid("p1m1", "2016-06");
    let progress = |day| gone.ledger(day).line("p1m2");
    assert_eq!(["2016-07-31", "2016-12-31", "2017-01-01"].map(progress), ["pending 1/3", "pending 2/3", "pending 1/3"]);
}

#[test]
fn the_reconciliation_comes_last_and_by_its_own_order() {
    let year = || suspended_from("2017-01").earned("2017-01..2017-12", "1170");
    let line = |story: &Story, day| story.ledger(day).line("reconciliation");
    assert_eq!(["2017-12-31", "2018-01-01"].map(|day| line(&year(), day)), ["pending", "payable 2017-12 10220.00"]);
    assert_eq!(line(&year().paid("reconciliation", "2018-01"), "2018-01-01"), "paid 2018-01 100.00");
    assert_eq!(line(&year().outcome_only(), "2018-01-01"), "unavailable SYS-01");
    // A milestone of its own that is payable is left out.
    assert_eq!(line(&year().earned("2016-06", "810"), "2018-01-01"), "payable 2017-12 8820.00");
    // Paid or payable, nothing is left.
    let all = year().phase_1_paid().paid_in_turn("p2m", 1..=10, "2015-01");
    assert_eq!(line(&all.clone().paid("p2m11", "2015-12"), "2018-01-01"), "unavailable REC-02");
    // February carries Milestone 4, so January is the twelfth outcome.
    assert_eq!(line(&all.earned("2018-01", "1180"), "2018-02-01"), "payable 2018-01 420.00");
    assert_eq!(line(&year().terminates_in("2018-01"), "2018-06-01"), "payable 2017-12 10220.00");
    assert_eq!(line(&year().terminates_in("2017-12"), "2018-01-01"), "unavailable TRM-01");
    let gap = suspended_from("2017-01..2017-07")
        .benefit("t2", "2017-09..", "suspended_work")
        .earned("2017-01..2017-12", "1170");
    assert_eq!(line(&gap, "2018-01-01"), "undetermined");
    assert_eq!(line(&gap.earned("2018-01", "1180"), "2018-02-01"), "payable 2018-01 10220.00");
}

#[test]
fn a_provider_without_an_assignment_has_no_ledger() {
    let request = serde_json::json!({
        "case": {
            "ticket": {"id": "T-1", "assignments": [{"provider": "VR-CO", "kind": "state_vr", "assigned_on": "2016-05-20"}]},
            "beneficiary": {"title": "t2", "blind": false}
        },
        "provider": "VR-CO", "as_of": "2016-07-01"
    });
    let problems = crate::read::ledger_request(request.to_string().as_bytes()).unwrap_err();
    assert!(problems.iter().any(|problem| problem.path == "/provider"), "{problems:?}");
}
