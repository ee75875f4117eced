use super::*;
use crate::forms::trial::{ENGINE, Trial, assigned_to, each_gives_its_one_code};
use jiff::civil::date;
use serde_json::{Value as Json, json};

const SSN: &str = "/beneficiaries/0/ssn";
const TAD: &str = "/beneficiaries/0/assignment_date";

fn row() -> Json {
    json!({"ssn": "900-12-3456", "assignment_date": "2024-01-10"})
}

fn good() -> Trial {
    Trial::new(Form::EarningsInquiry, json!({"beneficiaries": [row()]}), &json!([assigned_to("EN-A", "en")]))
}

fn asked(day: &str, provider: &str, live: bool) -> Trial {
    let earlier = json!({"form": "earnings_inquiry", "received_on": day, "provider": provider, "live": live});
    good().on_file("/people/0/earlier", json!([earlier]))
}

#[test]
fn every_code_is_given_by_one_mistake() {
    let started =
        |day: &str| good().with(TAD, json!(day)).on_file("/people/0/case/ticket/assignments/0/assigned_on", json!(day));
    let trials = vec![
        ("EIR_EMPTY", "/beneficiaries", good().with("/beneficiaries", json!([])).on_file("/people", json!([]))),
        ("EIR_EMPTY", "/beneficiaries", good().without("/beneficiaries").on_file("/people", json!([]))),
        ("EIR_EMPTY", "/beneficiaries", good().with("/beneficiaries", Json::Null).on_file("/people", json!([]))),
        ("REQ_FIELD_REQUIRED", SSN, good().with(SSN, Json::Null).on_file("/people", json!([]))),
        (
            "EIR_EMPTY",
            "/beneficiaries",
            good()
                .with("/beneficiaries", json!([{}, {"ssn": "", "assignment_date": null}]))
                .on_file("/people", json!([])),
        ),
        (
            "EIR_TOO_MANY",
            "/beneficiaries",
            good().with("/beneficiaries", json!(vec![row(); 251])).on_file("/people", json!([])),
        ),
        ("EIR_DUPLICATE_SSN", "/beneficiaries/1/ssn", good().with("/beneficiaries/1", row())),
        (
            "EIR_DUPLICATE_SSN",
            "/beneficiaries/1/ssn",
            good().with("/beneficiaries/1", json!({"ssn": "900123456", "assignment_date": "2024-01-10"})),
        ),
        ("EIR_TAD_REQUIRED", TAD, good().without(TAD)),
        ("EIR_TAD_REQUIRED", TAD, good().with(TAD, json!(""))),
        ("EIR_TAD_FUTURE", TAD, good().with(TAD, json!("2026-06-16"))),
        ("EIR_TAD_MISMATCH", TAD, good().with(TAD, json!("2026-06-15"))),
        ("EIR_TAD_MISMATCH", TAD, good().with(TAD, json!("2024-01-11"))),
        ("EIR_NOT_ASSIGNED", SSN, good().on_file("/people/0", Json::Null)),
        ("EIR_NOT_ASSIGNED", SSN, good().on_file("/people/0", assigned_to("EN-B", "en"))),
        (
            "EIR_NOT_ASSIGNED",
            SSN,
            good().on_file("/people/0/case/ticket/assignments/0/unassigned_on", json!("2026-06-15")),
        ),
        ("EIR_SUBMITTER_ROLE", "", good().on_file("/roles", json!(["submitter"]))),
        ("EIR_SUBMITTER_ROLE", "", good().on_file("/roles", json!(["submitter"])).on_file("/people/0", Json::Null)),
        ("EIR_NO_QUARTER_AVAILABLE", SSN, started("2026-01-01")),
        ("EIR_RECENT_REPEAT", SSN, asked("2026-04-20", "EN-A", true)),
        ("SSN_FORMAT", SSN, good().with(SSN, json!(900_123_456)).on_file("/people", json!([]))),
        ("REQ_FIELD_REQUIRED", SSN, good().without(SSN).on_file("/people", json!([]))),
        ("REQ_UNKNOWN_FIELD", "/beneficiaries/0/wages", good().with("/beneficiaries/0/wages", json!("1"))),
    ];
    each_gives_its_one_code(trials, code::ALL, &[]);
    for fine in [
        started("2025-12-31"),
        asked("2026-04-19", "EN-A", true),
        asked("2026-04-20", "EN-B", true),
        asked("2026-04-20", "EN-A", false),
        good().on_file("/roles", json!(["negotiator"])),
        good().on_file("/roles", json!(["primary_contact"])),
    ] {
        assert_eq!(fine.found(), []);
    }
}

#[test]
fn every_mistake_is_told_at_once() {
    let two = json!({"ssn": "900-12-3457", "assignment_date": "01/10/2024"});
    let found =
        good().with("/beneficiaries/1", two).with(TAD, json!("2024-02-01")).on_file("/people/1", Json::Null).found();
    let codes: Vec<_> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["DATE_FORMAT", "EIR_TAD_MISMATCH", "EIR_NOT_ASSIGNED"]);
}

#[test]
fn what_is_filed_shows_nobody_s_number() {
    let filing = good().with("/beneficiaries/1", json!({})).filed();
    assert_eq!(filing.document(), r#"{"beneficiaries":[{"ssn":"***-**-3456","assignment_date":"2024-01-10"}]}"#);
    assert_eq!(filing.intake().columns, ["SSN", "Date of Assignment"]);
    assert_eq!(filing.intake().rows, [["***-**-3456", "01/10/2024"]]);
    assert!(matches!(filing.advice(), Some(Advice::Quarters { available_quarters }) if available_quarters.len() == 8));
}

#[test]
fn a_warning_has_the_place_as_received_and_the_row_of_the_document() {
    let earlier = json!([{"form": "earnings_inquiry", "received_on": "2026-05-01", "provider": "EN-A"}]);
    let mut person = assigned_to("EN-A", "en");
    person["earlier"] = earlier;
    let second = json!({"ssn": "900-12-3457", "assignment_date": "2024-01-10"});
    let rows = json!([{}, row(), {"ssn": ""}, second]);
    let filing = good().with("/beneficiaries", rows).on_file("/people", json!([person, person])).filed();
    let told: Vec<_> = filing.warnings().iter().map(|told| (told.path.as_str(), &told.params["row"])).collect();
    assert_eq!(told, [("/beneficiaries/1/ssn", &json!(0)), ("/beneficiaries/3/ssn", &json!(1))]);
    let document: Json = serde_json::from_str(filing.document()).unwrap();
    assert_eq!(document["beneficiaries"][1]["ssn"], "***-**-3457");
}

#[test]
fn two_hundred_and_fifty_rows_are_taken() {
    let rows: Vec<_> =
        (0..250).map(|n| json!({"ssn": format!("900-12-{:04}", n + 1), "assignment_date": "2024-01-10"})).collect();
    let people = vec![assigned_to("EN-A", "en"); 250];
    let filing = good().with("/beneficiaries", json!(rows)).on_file("/people", json!(people)).filed();
    assert_eq!(filing.intake().rows.len(), 250);
}

#[test]
fn a_quarter_is_out_five_months_after_its_end() {
    let on = |day: Date| -> Vec<String> {
        available_quarters(day, ENGINE.parameters()).iter().map(ToString::to_string).collect()
    };
    let first_and_last = |day| (on(day).first().cloned().unwrap(), on(day).last().cloned().unwrap(), on(day).len());
    let both = |first: &str, last: &str| (first.to_owned(), last.to_owned(), 8);
    assert_eq!(first_and_last(date(2026, 8, 30)), both("2024-Q1", "2025-Q4"));
    assert_eq!(first_and_last(date(2026, 8, 31)), both("2024-Q2", "2026-Q1"));
    assert_eq!(first_and_last(date(2026, 2, 27)), both("2023-Q3", "2025-Q2"));
    assert_eq!(first_and_last(date(2026, 2, 28)), both("2023-Q4", "2025-Q3"));
}

#[test]
fn the_refresh_is_on_the_twentieth_of_a_quarter_s_first_month() {
    let around = |day| quarters::refreshes(day, ENGINE.parameters()).unwrap();
    assert_eq!(around(date(2026, 1, 19)), (date(2025, 10, 20), date(2026, 1, 20)));
    assert_eq!(around(date(2026, 1, 20)), (date(2026, 1, 20), date(2026, 4, 20)));
    assert_eq!(around(date(2026, 6, 30)), (date(2026, 4, 20), date(2026, 7, 20)));
    assert_eq!(around(date(2026, 12, 31)), (date(2026, 10, 20), date(2027, 1, 20)));
}

#[test]
fn a_warning_names_the_day_from_which_it_is_none() {
    let recent = good()
        .with(TAD, json!("2026-02-10"))
        .on_file("/people/0/case/ticket/assignments/0/assigned_on", json!("2026-02-10"));
    for (trial, from) in [(asked("2026-04-20", "EN-A", true), "2026-07-20"), (recent.clone(), "2026-08-31")] {
        let filing = trial.filed();
        assert_eq!(filing.warnings()[0].params["from"], from);
        assert!(filing.warnings()[0].message.contains(from));
    }
    let codes = |day| recent.clone().received(day).found();
    assert_eq!(codes(date(2026, 8, 30)).len(), 1);
    assert_eq!(codes(date(2026, 8, 31)), []);
}
