use super::Assignability::{Assignable, AssignedToYou};
use super::*;
use crate::forms::trial::{ENGINE, assigned_to, read_person, set, unassigned};
use jiff::civil::date;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

const TODAY: Date = date(2026, 6, 15);

fn on(day: Date, person: &Json, provider: &str) -> (Assignability, Vec<NotAssignable>) {
    assignability(Some(&read_person(person)), provider, day, ENGINE.parameters())
}

/// A person who could be assigned, but for these changes.
fn person(changes: &[(&str, Json)]) -> Json {
    let mut person = unassigned();
    for (at, value) in changes {
        set(&mut person, at, value.clone());
    }
    person
}

fn benefits(title: &str, ranges: &[(&str, &str, Json, &str)]) -> Json {
    let range = |(title, from, to, status): &(&str, &str, Json, &str)| {
        let mut range = json!({"title": title, "from": from, "to": to, "status": status});
        if *status == "supplement" {
            range["status"] = json!("current_pay");
        }
        if *title == "t16" && range["status"] == "current_pay" {
            range["federal_cash"] = json!(*status != "supplement");
        }
        range
    };
    let ranges: Vec<_> = ranges.iter().map(range).collect();
    person(&[("/case/beneficiary/title", json!(title)), ("/case/benefits", json!(ranges))])
}

fn vr_case(agency: &str, closed_on: &Json, reimbursed: bool) -> Json {
    json!([{"agency": agency, "closed_on": closed_on, "successful": false, "cost_reimbursed": reimbursed}])
}

/// In current pay until a month, and suspended because of work from then on.
fn suspended(changes: &[(&str, Json)]) -> Json {
    let status = json!([{"title": "t2", "from": "2015-01", "to": null, "status": "suspended_work"}]);
    let changes: Vec<_> = [("/case/benefits", status)].into_iter().chain(changes.iter().cloned()).collect();
    person(&changes)
}

fn left(provider: &str, day: &str) -> Json {
    let mut person = assigned_to(provider, "en");
    set(&mut person, "/case/ticket/assignments/0/unassigned_on", json!(day));
    person
}

/// The agency that asks had the ticket as this kind from January 10, 2024, until April 2026, and closed a case on a day, unpaid.
fn served_by_vr(kind: &str, closed_on: &str) -> Json {
    let mut person = assigned_to("EN-A", kind);
    set(&mut person, "/case/ticket/assignments/0/unassigned_on", json!("2026-04-01"));
    set(&mut person, "/case/state_vr_cases", vr_case("EN-A", &json!(closed_on), false));
    person
}

#[test]
fn a_case_changed_into_an_assignment_was_not_closed_under_cost_reimbursement() {
    let mut changed = served_by_vr("state_vr", "2026-03-01");
    set(&mut changed, "/case/ticket/assignments/0/unassigned_on", json!("2024-03-01"));
    let mut second = served_by_vr("state_vr_as_en", "2026-03-01")["case"]["ticket"]["assignments"][0].clone();
    second["assigned_on"] = json!("2024-03-01");
    set(&mut changed, "/case/ticket/assignments/1", second);
    assert_eq!(on(TODAY, &changed, "EN-A"), (Assignable, vec![]));
}

/// Each reason: who has it, and who just does not.
fn both_sides() -> Vec<(NotAssignable, Json, Json)> {
    use NotAssignable as R;
    let born = |day: &str| person(&[("/date_of_birth", json!(day))]);
    let ends = |month: &str| person(&[("/case/ticket/terminates_in", json!(month))]);
    let vr = |agency: &str, closed: Json, reimbursed| {
        person(&[("/case/state_vr_cases", vr_case(agency, &closed, reimbursed))])
    };
    let closed = |day: &str| suspended(&[("/case/state_vr_cases", vr_case("VR-CO", &json!(day), false))]);
    let was_with = |day: &str| {
        let assignments = left("EN-B", day)["case"]["ticket"]["assignments"].clone();
        suspended(&[("/case/ticket/assignments", assignments)])
    };
    let null = Json::Null;
    vec![
        (R::Age, born("2008-06-17"), born("2008-06-16")),
        (R::Age, born("1961-06-16"), born("1961-06-17")),
        (R::NoFederalCash, suspended(&[]), unassigned()),
        (
            R::NoFederalCash,
            benefits(
                "t2",
                &[("t2", "2015-01", json!("2026-05"), "current_pay"), ("t2", "2026-06", null.clone(), "ended_work")],
            ),
            benefits("t2", &[("t2", "2015-01", json!("2026-06"), "current_pay")]),
        ),
        (
            R::NoFederalCash,
            benefits("t16", &[("t16", "2015-01", null.clone(), "supplement")]),
            benefits("t16", &[("t16", "2015-01", null.clone(), "current_pay")]),
        ),
        (
            R::NoFederalCash,
            benefits(
                "concurrent",
                &[
                    ("t2", "2015-01", null.clone(), "suspended_other"),
                    ("t16", "2015-01", null.clone(), "suspended_other"),
                ],
            ),
            benefits(
                "concurrent",
                &[("t2", "2015-01", null.clone(), "suspended_other"), ("t16", "2015-01", null.clone(), "current_pay")],
            ),
        ),
        (R::NoFederalCash, closed("2026-03-16"), closed("2026-03-17")),
        (R::NoFederalCash, was_with("2026-03-16"), was_with("2026-03-17")),
        (R::Section301, person(&[("/section_301", json!(true))]), unassigned()),
        (R::BenefitContinuation, person(&[("/benefit_continuation", json!(true))]), unassigned()),
        (R::Assigned, left("EN-B", "2026-06-16"), left("EN-B", "2026-06-15")),
        (R::Assigned, assigned_to("VR-CO", "state_vr_as_en"), unassigned()),
        (R::VrCaseOpen, assigned_to("VR-CO", "state_vr"), unassigned()),
        (R::VrCaseOpen, vr("VR-CO", null.clone(), false), vr("EN-A", null.clone(), false)),
        (R::VrCaseOpen, vr("VR-CO", json!("2026-06-16"), false), vr("VR-CO", json!("2026-06-15"), false)),
        (R::SameAgencyServed, vr("EN-A", json!("2026-06-15"), true), vr("EN-A", json!("2026-06-15"), false)),
        (R::SameAgencyServed, vr("EN-A", json!("2016-06-15"), true), vr("VR-CO", json!("2016-06-15"), true)),
        (R::SameAgencyServed, served_by_vr("state_vr", "2026-03-01"), served_by_vr("state_vr_as_en", "2026-03-01")),
        (R::SameAgencyServed, served_by_vr("state_vr", "2024-01-10"), served_by_vr("state_vr", "2024-01-09")),
        (R::Terminated, ends("2026-06"), ends("2026-07")),
        (R::UnknownFact, person(&[("/date_of_birth", null.clone())]), unassigned()),
        (
            R::UnknownFact,
            benefits("t2", &[("t2", "2015-01", json!("2026-05"), "current_pay")]),
            benefits("t2", &[("t2", "2026-06", null.clone(), "current_pay")]),
        ),
        (
            R::UnknownFact,
            benefits("concurrent", &[("t2", "2015-01", null.clone(), "suspended_work")]),
            benefits("concurrent", &[("t2", "2015-01", null, "current_pay")]),
        ),
    ]
}

#[test]
fn each_reason_bars_by_itself_and_its_neighbour_does_not() {
    let mut seen: BTreeSet<&str> = BTreeSet::from([NotAssignable::NotFound.code()]);
    for (reason, barred, free) in both_sides() {
        assert_eq!(on(TODAY, &barred, "EN-A"), (Assignability::NotAssignable, vec![reason]), "{barred}");
        assert_eq!(on(TODAY, &free, "EN-A"), (Assignable, vec![]), "{free}");
        seen.insert(reason.code());
    }
    assert_eq!(seen, NotAssignable::ALL.iter().map(|reason| reason.code()).collect());
    assert_eq!(assignability(None, "EN-A", TODAY, ENGINE.parameters()).1, [NotAssignable::NotFound]);
}

#[test]
fn the_holder_is_told_so() {
    assert_eq!(on(TODAY, &assigned_to("EN-A", "en"), "EN-A"), (AssignedToYou, vec![]));
    assert_eq!(on(TODAY, &left("EN-A", "2026-06-16"), "EN-A").0, AssignedToYou);
    assert_eq!(on(TODAY, &left("EN-A", "2026-06-15"), "EN-A").0, Assignable);
}

#[test]
fn every_reason_is_told() {
    let both = person(&[("/section_301", json!(true)), ("/date_of_birth", json!("2010-01-01"))]);
    assert_eq!(on(TODAY, &both, "EN-A").1, [NotAssignable::Age, NotAssignable::Section301]);
}

#[test]
fn a_leap_day_birthday_is_on_march_1() {
    assert_eq!(attained(date(2008, 2, 29), 18), Some(date(2026, 2, 28)));
    assert_eq!(attained(date(2008, 2, 29), 20), Some(date(2028, 2, 28)));
    assert_eq!(attained(date(2007, 3, 1), 21), Some(date(2028, 2, 29)));
}

#[test]
fn reasons_are_sentences_with_a_source() {
    for reason in NotAssignable::ALL {
        assert!(reason.text().ends_with('.') && !reason.source().is_empty());
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.code());
    }
    assert_eq!(serde_json::to_value(Assignable).unwrap(), "assignable");
}
