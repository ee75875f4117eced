//! Each code is provoked by an agreement in which everything else is right.

use super::*;
use crate::Engine;
use crate::forms::{Desk, Filing, Form, People, on_file};
use crate::problem::Problem;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// An agreement of two providers of a ticket that three have held; everything is right.
fn agreed() -> Value {
    let shares = |a: u8, b: u8| json!([{"pid": "EN-B", "percent": a}, {"pid": "EN-A", "percent": b}]);
    let provider = |pid: &str, current: bool, day: &str| json!({"pid": pid, "current": current, "ticket_assignment_date": day, "contact_id": "C-1", "phone": "4105550100"});
    let assigned = |provider: &str, day: &str, ended: Option<&str>| json!({"provider": provider, "kind": "en", "payment_system": "outcome_milestone", "assigned_on": day, "unassigned_on": ended});
    json!({
        "form": {
            "ssn": "900-12-3456",
            "ens": [provider("EN-B", true, "2024-03-01"), provider("EN-A", false, "2023-01-10")],
            "choice": "agreed_allocation",
            "allocation": {"p1": shares(30, 70), "p2": shares(60, 40), "outcome": shares(100, 0)}
        },
        "on_file": {
            "organization": {"provider": "EN-B", "ein": "12-3456789", "name": "Works for All", "kind": "en"},
            "roles": ["signatory"],
            "people": [{"case": {
                "ticket": {"id": "T-0001", "terminates_in": null, "assignments": [
                    assigned("EN-Z", "2022-05-01", Some("2023-01-10")),
                    assigned("EN-A", "2023-01-10", Some("2024-03-01")),
                    assigned("EN-B", "2024-03-01", None)
                ]},
                "beneficiary": {"title": "t2", "blind": false},
                "benefits": [], "earnings": [], "pay_statements": [], "state_vr_cases": [], "payments": []
            }}]
        }
    })
}

fn with(mut document: Value, pointer: &str, value: Value) -> Value {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}")) {
        Value::Array(items) if last == "-" => items.push(value),
        Value::Array(items) => items[last.parse::<usize>().unwrap()] = value,
        Value::Object(fields) if value.is_null() => drop(fields.remove(last)),
        Value::Object(fields) => drop(fields.insert(last.to_owned(), value)),
        _ => panic!("{pointer}"),
    }
    document
}

fn check(document: &Value) -> Result<Filing, Vec<Problem>> {
    let engine = Engine::builtin().unwrap();
    let desk = Desk { engine: &engine, received_on: jiff::civil::date(2025, 8, 20), people: People::Test };
    let draft = desk.read(Form::SplitAgreement, document["form"].to_string().as_bytes())?;
    let mut file = document["on_file"].clone();
    file["people"].as_array_mut().unwrap().truncate(draft.people().len());
    desk.check(draft, &on_file(file.to_string().as_bytes()).unwrap())
}

fn found(document: &Value) -> Vec<(&'static str, String)> {
    match check(document) {
        Ok(filing) => filing.warnings().iter().map(|problem| (problem.code, problem.path.clone())).collect(),
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            problems.iter().map(|problem| (problem.code, problem.path.clone())).collect()
        }
    }
}

type Row = (Vec<(&'static str, Value)>, &'static str, &'static str);

/// What is changed, and the one problem that follows with its place.
fn rows() -> Vec<Row> {
    let more = |pid: &str, day: &str| json!({"pid": pid, "current": false, "ticket_assignment_date": day, "contact_id": "C-2", "phone": "4105550100"});
    let shares = |list: &[(&str, u8)]| -> Value {
        list.iter().map(|(pid, percent)| json!({"pid": pid, "percent": percent})).collect()
    };
    vec![
        (vec![("/form/ens/0/pid", json!("en b"))], "PID_FORMAT", "/ens/0/pid"),
        (
            vec![
                ("/form/ens", agreed()["form"]["ens"].as_array().unwrap()[..1].into()),
                ("/form/allocation", Value::Null),
                ("/form/choice", json!("osm_decides")),
            ],
            "SPLIT_EN_COUNT",
            "/ens",
        ),
        (vec![("/form/ens/1/current", json!(true))], "SPLIT_CURRENT_EN", "/ens"),
        (vec![("/form/ens/0/current", json!(false))], "SPLIT_CURRENT_EN", "/ens"),
        (vec![("/form/ens/-", more("EN-A", "2022-01-10"))], "SPLIT_EN_DUPLICATE", "/ens/2/pid"),
        (
            vec![("/form/allocation/p1", shares(&[("EN-B", 30), ("EN-B", 70)]))],
            "SPLIT_EN_DUPLICATE",
            "/allocation/p1/1/pid",
        ),
        (vec![("/form/ens/-", more("EN-Q", "2022-01-10"))], "SPLIT_EN_NOT_ON_TICKET", "/ens/2/pid"),
        // One wrong id is told once: neither the shares of the right one nor the own organization follow from it.
        (vec![("/form/ens/1/pid", json!("EN-Q"))], "SPLIT_EN_NOT_ON_TICKET", "/ens/1/pid"),
        (vec![("/form/ens/0/pid", json!("EN-Q"))], "SPLIT_EN_NOT_ON_TICKET", "/ens/0/pid"),
        (vec![("/form/ens/1/pid", json!("EN-B"))], "SPLIT_EN_DUPLICATE", "/ens/1/pid"),
        (
            vec![("/form/ens/1/pid", json!("EN-B")), ("/form/ens/1/current", json!(true))],
            "SPLIT_EN_DUPLICATE",
            "/ens/1/pid",
        ),
        (vec![("/form/ens/0/pid", json!("EN-A"))], "SPLIT_EN_DUPLICATE", "/ens/1/pid"),
        (vec![("/form/ens", agreed()["form"]["ens"].as_array().unwrap()[..1].into())], "SPLIT_EN_COUNT", "/ens"),
        (vec![("/form/ens", json!([]))], "SPLIT_EN_COUNT", "/ens"),
        (
            vec![("/form/allocation/p2", shares(&[("EN-B", 60), ("EN-Z", 40)]))],
            "SPLIT_EN_UNKNOWN",
            "/allocation/p2/1/pid",
        ),
        (vec![("/on_file/organization/provider", json!("EN-Z"))], "SPLIT_SUBMITTER_MISSING", "/ens"),
        (
            vec![("/form/ens/1/ticket_assignment_date", json!("2024-03-02"))],
            "SPLIT_TAD_ORDER",
            "/ens/1/ticket_assignment_date",
        ),
        (
            vec![("/form/ens/1/ticket_assignment_date", json!("2024-03-01"))],
            "SPLIT_TAD_ORDER",
            "/ens/1/ticket_assignment_date",
        ),
        (
            vec![("/form/ens/1/ticket_assignment_date", json!("2023-01-11"))],
            "SPLIT_TAD_MISMATCH",
            "/ens/1/ticket_assignment_date",
        ),
        (
            vec![("/form/ens/0/ticket_assignment_date", json!("2025-08-21"))],
            "SPLIT_TAD_FUTURE",
            "/ens/0/ticket_assignment_date",
        ),
        (vec![("/form/ens/0/phone", json!("410-555-0100"))], "SPLIT_PHONE_FORMAT", "/ens/0/phone"),
        (vec![("/form/allocation", Value::Null)], "SPLIT_ALLOCATION_REQUIRED", "/allocation"),
        (vec![("/form/allocation/outcome", Value::Null)], "SPLIT_ALLOCATION_REQUIRED", "/allocation/outcome"),
        (vec![("/form/allocation/outcome", json!([]))], "SPLIT_ALLOCATION_REQUIRED", "/allocation/outcome"),
        (vec![("/form/choice", json!("osm_decides"))], "SPLIT_ALLOCATION_FORBIDDEN", "/allocation"),
        (
            vec![("/form/choice", json!("osm_decides")), ("/form/allocation", json!({}))],
            "SPLIT_ALLOCATION_FORBIDDEN",
            "/allocation",
        ),
        (
            vec![("/form/choice", json!("osm_decides")), ("/form/allocation/p1", json!("30 to 70"))],
            "SPLIT_ALLOCATION_FORBIDDEN",
            "/allocation",
        ),
        (vec![("/form/choice", json!("both")), ("/form/allocation", json!({}))], "REQ_ENUM", "/choice"),
        (vec![("/form/allocation/p1/0/percent", json!(35))], "SPLIT_PCT_STEP10", "/allocation/p1/0/percent"),
        (vec![("/form/allocation/p1/0/percent", json!(40))], "SPLIT_PCT_TOTAL", "/allocation/p1"),
        (vec![("/form/allocation/p1", shares(&[("EN-A", 90)]))], "SPLIT_PCT_TOTAL", "/allocation/p1"),
        (vec![("/form/allocation/p1/0/percent", json!("30"))], "SHARE_PERCENT", "/allocation/p1/0/percent"),
        (vec![("/form/allocation/p1/0/percent", json!(110))], "SHARE_PERCENT", "/allocation/p1/0/percent"),
        (vec![("/form/service_record", json!("x"))], "ATTACHMENT_NOT_ALLOWED", "/service_record"),
        (vec![("/form/ens/0/contact_name", json!("x"))], "REQ_UNKNOWN_FIELD", "/ens/0/contact_name"),
        (vec![("/form/ens/0/contact_id", Value::Null)], "REQ_FIELD_REQUIRED", "/ens/0/contact_id"),
        (vec![("/form/ens/0/contact_id", json!("Jane Doe"))], "SPLIT_CONTACT_FORMAT", "/ens/0/contact_id"),
        (vec![("/form/ens/0/contact_id", json!("C".repeat(21)))], "SPLIT_CONTACT_FORMAT", "/ens/0/contact_id"),
        (vec![("/form/ens/0/contact_id", json!("901402235"))], "ID_IS_SSN", "/ens/0/contact_id"),
        (vec![("/form/ens/0/contact_id", json!("901402235TW1"))], "ID_IS_SSN", "/ens/0/contact_id"),
        (vec![("/on_file/organization/provider", json!("EN-Q"))], "TICKET_NOT_ASSIGNED_TO_ORG", "/ssn"),
        (vec![("/on_file/people", json!([null]))], "TICKET_NOT_ASSIGNED_TO_ORG", "/ssn"),
        (
            vec![(
                "/on_file/people/0/earlier",
                json!([{"form": "split_agreement", "received_on": "2025-02-01", "provider": "EN-A", "payment": null, "month": null, "live": true}]),
            )],
            "SPLIT_ON_FILE",
            "",
        ),
    ]
}

#[test]
fn one_mistake_is_one_problem_at_its_place() {
    assert_eq!(found(&agreed()), []);
    for (changes, code, path) in rows() {
        let changed = changes.iter().fold(agreed(), |document, (at, value)| with(document, at, value.clone()));
        assert_eq!(found(&changed), [(code, path.to_owned())], "{changes:?}");
    }
}

#[test]
fn an_id_of_any_wrong_length_is_of_the_wrong_format() {
    let of = |pid: &str| found(&with(agreed(), "/form/ens/0/pid", json!(pid)));
    let told = |code: &'static str| [(code, "/ens/0/pid".to_owned())];
    for pid in ["", "A\n", &"A".repeat(21), &"A".repeat(65)] {
        assert_eq!(of(pid), told("PID_FORMAT"), "{pid:?}");
    }
    assert_eq!(of("900-12-3456"), told("ID_IS_SSN"));
}

#[test]
fn every_code_is_provoked() {
    let all: BTreeSet<&str> = code::ALL.iter().map(|code| code.id).collect();
    let provoked: BTreeSet<&str> = rows().iter().map(|(_, code, _)| *code).filter(|code| all.contains(code)).collect();
    assert!(all.len() > 10);
    assert_eq!(provoked, all);
}

#[test]
fn roles_and_dates_are_those_on_file() {
    let exchanged = [("ens/0/current", json!(false)), ("ens/1/current", json!(true))];
    let dates =
        [("ens/0/ticket_assignment_date", json!("2023-01-10")), ("ens/1/ticket_assignment_date", json!("2024-03-01"))];
    let of = |document: Value, changes: &[(&str, Value)]| {
        changes.iter().fold(document, |document, (at, value)| with(document, &format!("/form/{at}"), value.clone()))
    };
    let mismatch = |index: usize| ("SPLIT_TAD_MISMATCH", format!("/ens/{index}/ticket_assignment_date"));
    assert_eq!(found(&of(of(agreed(), &exchanged), &dates)), [mismatch(0), mismatch(1)]);
    // The first provider had the ticket again: it is the current one, whatever its first date says.
    let again = json!({"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2025-02-01", "unassigned_on": null});
    let assignments = "/on_file/people/0/case/ticket/assignments";
    let held = with(agreed(), &format!("{assignments}/2/unassigned_on"), json!("2025-02-01"));
    let held = with(held, &format!("{assignments}/-"), again);
    assert_eq!(found(&held), [("SPLIT_CURRENT_EN", "/ens".to_owned())]);
    let told = of(of(held, &exchanged), &[("ens/1/ticket_assignment_date", json!("2025-02-01"))]);
    assert_eq!(found(&told), []);
}

#[test]
fn two_to_four_providers_share() {
    let providers = |count: usize| -> Value {
        let prior = |index: usize| {
            let pid = ["EN-A", "EN-Z", "EN-Y", "EN-X"][index];
            json!({"pid": pid, "current": false, "contact_id": "C-2", "phone": "4105550100",
                "ticket_assignment_date": format!("202{}-01-10", 3 - index)})
        };
        std::iter::once(agreed()["form"]["ens"][0].clone()).chain((0..count - 1).map(prior)).collect()
    };
    let assigned = |provider: &str, year: u16| {
        json!({"provider": provider, "kind": "en", "payment_system": "outcome_milestone",
            "assigned_on": format!("{year}-01-10"), "unassigned_on": format!("{year}-06-10")})
    };
    let mut held = agreed();
    let assignments = held.pointer_mut("/on_file/people/0/case/ticket/assignments").unwrap().as_array_mut().unwrap();
    assignments.splice(0..0, [assigned("EN-X", 2020), assigned("EN-Y", 2021)]);
    let held = with(held, "/on_file/people/0/case/ticket/assignments/2/assigned_on", json!("2022-01-10"));
    let held = with(with(held, "/form/choice", json!("osm_decides")), "/form/allocation", Value::Null);
    for (count, expected) in [(2, None), (3, None), (4, None), (1, Some("SPLIT_EN_COUNT")), (5, Some("SPLIT_EN_COUNT"))]
    {
        let codes: Vec<&str> =
            found(&with(held.clone(), "/form/ens", providers(count))).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, expected.into_iter().collect::<Vec<_>>(), "{count}");
    }
}

#[test]
fn the_document_and_the_rows_of_the_mail_are_in_the_order_of_the_form() {
    let filing = check(&agreed()).unwrap();
    assert!(filing.document().starts_with(
        r#"{"ssn":"***-**-3456","ens":[{"pid":"EN-B","current":true,"ticket_assignment_date":"2024-03-01","contact_id":"C-1","phone":"4105550100"}"#
    ));
    assert!(filing.document().ends_with(r#""outcome":[{"pid":"EN-B","percent":100},{"pid":"EN-A","percent":0}]}}"#));
    assert!(filing.keys().is_empty() && filing.advice().is_none());
    let rows = &filing.intake().rows;
    assert_eq!(rows[0], ["***-**-3456", "EN-B", "03/01/2024", "Yes", "30%", "60%", "100%"]);
    assert_eq!(rows[1], ["***-**-3456", "EN-A", "01/10/2023", "No", "70%", "40%", "0%"]);
    let decided = with(with(agreed(), "/form/choice", json!("osm_decides")), "/form/allocation", Value::Null);
    assert_eq!(check(&decided).unwrap().intake().rows[0][4], "Program manager decides");
}
