use super::*;
use crate::Engine;
use crate::forms::trial::{Trial, assigned_to, each_gives_its_one_code, unassigned};
use crate::forms::{Desk, Form, People, on_file};
use jiff::civil::date;
use serde_json::{Value as Json, json};

fn good() -> Trial {
    let draft = json!({
        "ssn": "900-12-3456", "plan_type": "initial",
        "immediate_services": ["career_counseling", "job_placement"], "later_services": ["job_retention"],
        "other_services": false, "additional_terms": "",
        "discussion_date": "2026-06-01", "discussion_modality": "phone",
        "goal_soc_short": "43-4051", "goal_soc_long": "11-9111",
        "expected_earnings_short": "band_1040_2000", "expected_earnings_long": "band_2001_3500",
        "goal_months_short": 24, "goal_years_long": 3,
        "beneficiary_signed_on": "2026-06-01", "beneficiary_signer": "beneficiary", "en_signed_on": "2026-06-02",
        "signatures_on_file": true, "rights_ack_version": "rights_2026_1",
        "accessible_format": "large_print", "business_model": "traditional"
    });
    Trial::new(Form::WorkPlan, draft, &json!([unassigned()]))
}

fn amendment() -> Trial {
    good().with("/plan_type", json!("amendment")).on_file("/people/0", assigned_to("EN-A", "en"))
}

/// An amendment that both signed on a day.
fn amended(day: &str) -> Trial {
    let signed = amendment().with("/beneficiary_signed_on", json!(day)).with("/en_signed_on", json!(day));
    signed.with("/discussion_date", Json::Null)
}

/// (code, field, what it is set to).
fn fields() -> Vec<(&'static str, &'static str, Json)> {
    vec![
        ("IWP_IMMEDIATE_REQUIRED", "/immediate_services", json!([])),
        ("IWP_IMMEDIATE_REQUIRED", "/immediate_services", Json::Null),
        ("REQ_TYPE", "/immediate_services", json!("job_placement")),
        ("IWP_LATER_REQUIRED", "/later_services", json!([])),
        ("IWP_NO_ONGOING_SUPPORT", "/later_services", json!(["job_placement"])),
        ("IWP_SIGNATURE_MISSING", "/signatures_on_file", json!(false)),
        ("IWP_SIGNATURE_MISSING", "/signatures_on_file", Json::Null),
        ("REQ_TYPE", "/signatures_on_file", json!("true")),
        ("REQ_TYPE", "/signatures_on_file", json!("yes")),
        ("REQ_FIELD_REQUIRED", "/plan_type", Json::Null),
        ("REQ_FIELD_REQUIRED", "/expected_earnings_short", Json::Null),
        ("REQ_FIELD_REQUIRED", "/rights_ack_version", Json::Null),
        ("REQ_FIELD_REQUIRED", "/beneficiary_signer", Json::Null),
        ("IWP_SIGNATURE_MISSING", "/en_signed_on", Json::Null),
        ("IWP_SIGNATURE_FUTURE", "/en_signed_on", json!("2026-06-16")),
        ("IWP_SIGNATURE_FUTURE", "/beneficiary_signed_on", json!("2026-06-16")),
        ("IWP_DISCUSSION_AFTER_SIGNATURE", "/discussion_date", json!("2026-06-02")),
        ("IWP_GOAL_CODE", "/goal_soc_short", json!("12-1234")),
        ("IWP_GOAL_CODE", "/goal_soc_short", json!("43-0000")),
        ("IWP_GOAL_CODE", "/goal_soc_long", json!("11-0000")),
        ("IWP_GOAL_CODE", "/goal_soc_short", json!("434051")),
        ("IWP_GOAL_CODE", "/goal_soc_short", json!("43-405")),
        ("IWP_GOAL_CODE", "/goal_soc_short", json!("Office clerk")),
        ("IWP_GOAL_CODE", "/goal_soc_long", json!(43)),
        ("IWP_GOAL_REQUIRED", "/goal_soc_short", Json::Null),
        ("IWP_GOAL_HORIZON", "/goal_months_short", json!(1)),
        ("IWP_GOAL_HORIZON", "/goal_months_short", json!(25)),
        ("IWP_GOAL_HORIZON", "/goal_years_long", json!(2)),
        ("IWP_GOAL_HORIZON", "/goal_years_long", json!(6)),
        ("IWP_GOAL_HORIZON", "/goal_years_long", json!("3")),
        ("IWP_EARNINGS_BAND", "/expected_earnings_short", json!("band_1")),
        ("IWP_EARNINGS_BAND", "/expected_earnings_long", json!("band_0_750")),
        ("IWP_EARNINGS_BELOW_TWL", "/expected_earnings_short", json!("band_751_1039")),
        ("IWP_RIGHTS_VERSION", "/rights_ack_version", json!("rights_2011")),
        ("IWP_OTHER_SERVICES_FAX", "/other_services", json!(true)),
        ("IWP_OTHER_SERVICES_FAX", "/other_services", json!("Music")),
        ("IWP_OTHER_SERVICES_FAX", "/other_services", json!(["x"])),
        ("IWP_ADDITIONAL_TERMS_FAX", "/additional_terms", json!({"a": 1})),
        ("IWP_ADDITIONAL_TERMS_FAX", "/additional_terms", json!(1)),
        ("REQ_ENUM", "/accessible_format", json!("other")),
        ("REQ_ENUM", "/business_model", json!("other")),
        ("REQ_ENUM", "/discussion_modality", json!("letter")),
        ("REQ_ENUM", "/plan_type", json!("INITIAL")),
        ("REQ_ENUM", "/beneficiary_signer", json!("friend")),
        ("FREE_TEXT_NOT_ALLOWED", "/comments", json!("x")),
    ]
}

#[test]
fn every_code_is_given_by_one_mistake() {
    let mut trials: Vec<_> = fields().into_iter().map(|(code, at, value)| (code, at, good().with(at, value))).collect();
    let with_birth = |day: Json| good().on_file("/people/0/date_of_birth", day);
    let signed = |day: &str| {
        good()
            .with("/beneficiary_signed_on", json!(day))
            .with("/en_signed_on", json!(day))
            .with("/discussion_date", Json::Null)
    };
    trials.extend([
        ("IWP_IMMEDIATE_REQUIRED", "/immediate_services", good().without("/immediate_services")),
        ("REQ_FIELD_REQUIRED", "/ssn", good().with("/ssn", Json::Null).on_file("/people", json!([]))),
        ("REQ_FIELD_REQUIRED", "/expected_earnings_long", good().without("/expected_earnings_long")),
        ("REQ_FIELD_REQUIRED", "/plan_type", good().without("/plan_type")),
        ("IWP_SERVICE_UNKNOWN", "/later_services/1", good().with("/later_services/1", json!("dancing"))),
        (
            "IWP_SERVICE_DUPLICATE",
            "/immediate_services/2",
            good().with("/immediate_services/2", json!("job_placement")),
        ),
        ("IWP_OTHER_SERVICES_FAX", "/immediate_services/2", good().with("/immediate_services/2", json!("other"))),
        ("IWP_LATE_14_DAYS", "/en_signed_on", signed("2026-05-31")),
        ("IWP_AMENDMENT_LATE_14_DAYS", "/en_signed_on", amended("2026-05-31")),
        (
            "IWP_EARNINGS_BELOW_SGA",
            "/expected_earnings_long",
            good()
                .with("/expected_earnings_long", json!("band_1040_2000"))
                .on_file("/people/0/case/beneficiary/blind", json!(true)),
        ),
        ("IWP_NOT_EN", "", good().on_file("/organization/kind", json!("state_vr"))),
        ("IWP_NOT_EN", "", good().on_file("/organization/kind", json!("state_vr")).on_file("/people/0", Json::Null)),
        ("IWP_TICKET_NOT_ASSIGNABLE", "/ssn", good().on_file("/people/0", Json::Null)),
        ("IWP_TICKET_NOT_ASSIGNABLE", "/ssn", good().on_file("/people/0", assigned_to("EN-B", "en"))),
        ("IWP_TICKET_NOT_ASSIGNABLE", "/ssn", good().on_file("/people/0", assigned_to("EN-A", "en"))),
        ("IWP_TICKET_NOT_ASSIGNABLE", "/ssn", with_birth(json!("2009-03-10"))),
        ("IWP_TICKET_NOT_ASSIGNABLE", "/ssn", with_birth(Json::Null)),
        ("IWP_AMEND_NOT_ASSIGNED", "/ssn", amendment().on_file("/people/0", Json::Null)),
        ("IWP_AMEND_NOT_ASSIGNED", "/ssn", amendment().on_file("/people/0", assigned_to("EN-B", "en"))),
        ("IWP_AMEND_NOT_ASSIGNED", "/ssn", amendment().on_file("/people/0", unassigned())),
    ]);
    assert_eq!(good().filed().keys()[0].code.id, "IWP_DUPLICATE");
    each_gives_its_one_code(trials, code::ALL, &["IWP_DUPLICATE"]);
    for fine in [
        amendment(),
        good().on_file("/organization/kind", json!("state_vr_as_en")),
        signed("2026-06-01"),
        signed("2026-06-15"),
        amended("2026-06-01"),
        good().with("/goal_months_short", json!(2)).with("/goal_years_long", json!(5)),
        good().with("/expected_earnings_long", json!("band_1040_2000")),
        good().with("/discussion_date", json!("2026-06-01")),
        good().without("/other_services").without("/additional_terms").without("/goal_soc_long"),
        good().with("/other_services", json!([])).with("/additional_terms", json!(0)),
    ] {
        assert_eq!(fine.found(), []);
    }
}

#[test]
fn a_late_plan_is_told_the_days_there_are_and_its_first_month() {
    let late = good().with("/beneficiary_signed_on", json!("2026-05-01")).with("/en_signed_on", json!("2026-05-31"));
    let filing = late.with("/discussion_date", Json::Null).filed();
    let warning = &filing.warnings()[0];
    assert_eq!(Json::from(warning.params.clone()), json!({"limit": 14, "from": "2026-07"}));
    assert!(warning.message.contains("14 days") && warning.message.contains("2026-07"), "{}", warning.message);
    assert_eq!(Json::from(amended("2026-05-31").filed().warnings()[0].params.clone()), json!({"limit": 14}));
}

#[test]
fn the_levels_are_those_of_the_year_of_receipt() {
    let in_2015 = |band: &str| {
        let days =
            good().with("/beneficiary_signed_on", json!("2015-06-01")).with("/en_signed_on", json!("2015-06-02"));
        let trial = days.with("/discussion_date", Json::Null).with("/expected_earnings_short", json!(band));
        trial.received(date(2015, 6, 3)).found()
    };
    assert_eq!(in_2015("band_751_1039"), [], "$780 in 2015");
    assert_eq!(in_2015("band_0_750"), [("IWP_EARNINGS_BELOW_TWL", "/expected_earnings_short".to_owned())]);
}

#[test]
fn an_operator_s_list_takes_the_place_of_ours() {
    let list = "version = \"x\"\nsource = \"x\"\n[[choice]]\ncode = \"sailing\"\nlabel = \"Sailing\"\nongoing = true\n";
    let engine = Engine::builtin().unwrap().with_options([("services.toml", list)]).unwrap();
    let desk = Desk { engine: &engine, received_on: date(2026, 6, 15), people: People::Test };
    let read = |services: &str| {
        let draft = json!({"immediate_services": [services]}).to_string();
        let draft = desk.read(Form::WorkPlan, draft.as_bytes()).unwrap();
        let on_file = json!({"organization": {"provider": "EN-A", "ein": "12-3456789", "name": "E", "kind": "en"}});
        desk.check(draft, &on_file_of(&on_file)).unwrap_err().iter().any(|p| p.code == "IWP_SERVICE_UNKNOWN")
    };
    assert!(!read("sailing"));
    assert!(read("job_placement"));
}

fn on_file_of(value: &Json) -> OnFile {
    on_file(value.to_string().as_bytes()).unwrap()
}

#[test]
fn what_is_filed_shows_nobody_s_number() {
    let filing = good().filed();
    let document: Json = serde_json::from_str(filing.document()).unwrap();
    assert_eq!(document["ssn"], "***-**-3456");
    assert_eq!(document["en_signed_on"], "2026-06-02");
    assert_eq!(document.get("other_services"), None);
    assert_eq!(filing.keys()[0].value, "EN-A#2026-06-02");
    assert_eq!(filing.intake().rows, [["***-**-3456", "Initial", "06/02/2026"]]);
}

#[test]
fn everything_is_told_at_once() {
    let found = good()
        .with("/immediate_services", json!([]))
        .with("/goal_soc_short", json!("x"))
        .with("/en_signed_on", json!("2026-06-16"))
        .with("/expected_earnings_short", json!("band_0_750"))
        .on_file("/people/0", Json::Null)
        .found();
    let codes: Vec<_> = found.into_iter().map(|(code, _)| code).collect();
    let all = [
        "IWP_IMMEDIATE_REQUIRED",
        "IWP_GOAL_CODE",
        "IWP_TICKET_NOT_ASSIGNABLE",
        "IWP_SIGNATURE_FUTURE",
        "IWP_EARNINGS_BELOW_TWL",
    ];
    assert_eq!(codes, all);
}

#[test]
fn what_a_form_says_is_checked_whoever_sends_it() {
    let future = good().with("/en_signed_on", json!("2026-06-16")).on_file("/organization/kind", json!("state_vr"));
    let both = [("IWP_NOT_EN", ""), ("IWP_SIGNATURE_FUTURE", "/en_signed_on")];
    assert_eq!(future.found(), both.map(|(code, at)| (code, at.to_owned())));
}
