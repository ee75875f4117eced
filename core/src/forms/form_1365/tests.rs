use super::*;
use crate::forms::Form;
use crate::forms::trial::{Trial, assigned_to, each_gives_its_one_code, unassigned};
use serde_json::{Value as Json, json};

fn good() -> Trial {
    let draft = json!({
        "ssn": "900-12-3456", "ipe_signed_statement": true, "ipe_signed_on": "2026-06-01", "vocational_goal_soc": "43-4051",
        "payment_system": "en_elected", "existing_ipe": false, "beneficiary_signed_on": "2026-06-01",
        "beneficiary_signer": "representative", "vr_rep_signed_on": "2026-06-02"
    });
    Trial::new(Form::Form1365, draft, &json!([unassigned()]))
        .on_file("/organization/kind", json!("state_vr_as_en"))
        .on_file("/organization/provider", json!("VR-CO"))
}

fn converting(held_as: &str, ipe: &str) -> Trial {
    let person = assigned_to("VR-CO", held_as);
    good().with("/converts_cr_case", json!(true)).with("/ipe_signed_on", json!(ipe)).on_file("/people/0", person)
}

/// A change of a case under cost reimbursement that the form does not call one.
fn unsaid(ipe: &str) -> Trial {
    converting("state_vr", ipe).without("/converts_cr_case")
}

fn closing(day: &str) -> Trial {
    let held = good().on_file("/people/0", assigned_to("VR-CO", "state_vr"));
    let held = held.with("/payment_system", json!("cost_reimbursement"));
    held.with("/case_closed_on", json!(day)).with("/closure_status", json!("employed"))
}

fn existing(payment: &str, agree: Json) -> Trial {
    good()
        .with("/existing_ipe", json!(true))
        .with("/payment_system", json!(payment))
        .with("/both_agree_assignment", agree)
}

fn vr_case(agency: &str, closed_on: &Json, reimbursed: bool) -> Trial {
    let case = json!({"agency": agency, "closed_on": closed_on, "successful": false, "cost_reimbursed": reimbursed});
    good().on_file("/people/0/case/state_vr_cases", json!([case]))
}

/// A closure of a case on file, of somebody whose ticket cannot be assigned.
fn closing_case(agency: &str, closed_on: &Json) -> Trial {
    let case = json!({"agency": agency, "closed_on": closed_on, "successful": false, "cost_reimbursed": false});
    let person = closing("2026-06-10").on_file("/people/0", unassigned()).on_file("/people/0/section_301", json!(true));
    person.on_file("/people/0/case/state_vr_cases", json!([case]))
}

/// The closure of a case under cost reimbursement that is on file as closed already.
fn closing_again() -> Trial {
    let case = json!({"agency": "VR-CO", "closed_on": "2026-06-10", "successful": true, "cost_reimbursed": false});
    closing("2026-06-10").on_file("/people/0/case/state_vr_cases", json!([case]))
}

/// The agency had the ticket as this kind, closed its case and was not reimbursed.
fn served_unpaid(kind: &str) -> Trial {
    let case = json!({"agency": "VR-CO", "closed_on": "2026-01-01", "successful": false, "cost_reimbursed": false});
    let person = good().on_file("/people/0", assigned_to("VR-CO", kind));
    let left = person.on_file("/people/0/case/ticket/assignments/0/unassigned_on", json!("2026-01-01"));
    left.on_file("/people/0/case/state_vr_cases", json!([case]))
}

/// (code, field, what it is set to).
fn fields() -> Vec<(&'static str, &'static str, Json)> {
    vec![
        ("F1365_IPE_STATEMENT", "/ipe_signed_statement", json!(false)),
        ("F1365_IPE_STATEMENT", "/ipe_signed_statement", Json::Null),
        ("REQ_TYPE", "/ipe_signed_statement", json!("true")),
        ("REQ_FIELD_REQUIRED", "/existing_ipe", Json::Null),
        ("REQ_FIELD_REQUIRED", "/ipe_signed_on", Json::Null),
        ("F1365_IPE_DATE_FUTURE", "/ipe_signed_on", json!("2026-06-16")),
        ("F1365_IPE_BEFORE_18", "/ipe_signed_on", json!("2008-03-09")),
        ("F1365_GOAL_REQUIRED", "/vocational_goal_soc", Json::Null),
        ("F1365_GOAL_CODE", "/vocational_goal_soc", json!("12-1234")),
        ("F1365_GOAL_CODE", "/vocational_goal_soc", json!("43-0000")),
        ("F1365_PAYMENT_REQUIRED", "/payment_system", Json::Null),
        ("REQ_ENUM", "/payment_system", json!("outcome_only")),
        ("F1365_SIGNATURE_BENEFICIARY", "/beneficiary_signed_on", Json::Null),
        ("F1365_SIGNATURE_BENEFICIARY", "/beneficiary_signer", Json::Null),
        ("F1365_SIGNATURE_VR", "/vr_rep_signed_on", Json::Null),
        ("F1365_SIGNATURE_FUTURE", "/beneficiary_signed_on", json!("2026-06-16")),
        ("F1365_SIGNATURE_FUTURE", "/vr_rep_signed_on", json!("2026-06-16")),
        ("DATE_INVALID", "/ipe_signed_on", json!("2026-02-30")),
        ("REQ_TYPE", "/existing_ipe", json!("no")),
    ]
}

#[test]
fn every_code_is_given_by_one_mistake() {
    let mut trials: Vec<_> = fields().into_iter().map(|(code, at, value)| (code, at, good().with(at, value))).collect();
    trials.extend([
        ("F1365_NOT_VR", "", good().on_file("/organization/kind", json!("en"))),
        ("F1365_NOT_VR", "", good().on_file("/organization/kind", json!("en")).on_file("/people/0", Json::Null)),
        ("REQ_FIELD_REQUIRED", "/ipe_signed_on", good().without("/ipe_signed_on")),
        ("F1365_EXISTING_IPE_CR_ONLY", "/payment_system", existing("en_elected", json!(false))),
        ("F1365_EXISTING_IPE_CR_ONLY", "/payment_system", existing("en_elected", Json::Null)),
        ("F1365_CONVERT_AFTER_90_DAYS", "/converts_cr_case", converting("state_vr", "2026-03-16")),
        ("F1365_CONVERT_AFTER_90_DAYS", "/payment_system", unsaid("2026-03-16")),
        (
            "F1365_CONVERT_AFTER_90_DAYS",
            "/payment_system",
            unsaid("2026-03-16").with("/converts_cr_case", json!(false)),
        ),
        (
            "F1365_CONVERT_AFTER_90_DAYS",
            "/payment_system",
            vr_case("VR-CO", &Json::Null, false).with("/ipe_signed_on", json!("2026-03-16")),
        ),
        ("F1365_CONVERT_DIRECTION", "/converts_cr_case", converting("state_vr_as_en", "2026-06-01")),
        (
            "F1365_CONVERT_DIRECTION",
            "/converts_cr_case",
            converting("state_vr", "2026-03-01").with("/payment_system", json!("cost_reimbursement")),
        ),
        ("F1365_CONVERT_NO_CASE", "/converts_cr_case", good().with("/converts_cr_case", json!(true))),
        (
            "F1365_CONVERT_NO_CASE",
            "/converts_cr_case",
            vr_case("VR-UT", &json!("2026-01-01"), true)
                .with("/converts_cr_case", json!(true))
                .with("/ipe_signed_on", json!("2026-01-05")),
        ),
        (
            "F1365_CONVERT_AND_CLOSURE",
            "/converts_cr_case",
            closing("2026-06-10").with("/converts_cr_case", json!(true)),
        ),
        (
            "F1365_CONVERT_AND_CLOSURE",
            "/converts_cr_case",
            closing("2026-06-10").with("/converts_cr_case", json!(true)).with("/payment_system", json!("en_elected")),
        ),
        ("F1365_PRIOR_CR_SAME_VR", "/ssn", vr_case("VR-CO", &json!("2020-01-01"), true)),
        ("F1365_PRIOR_CR_SAME_VR", "/ssn", vr_case("VR-CO", &json!("2026-06-15"), true)),
        ("F1365_PRIOR_CR_SAME_VR", "/ssn", served_unpaid("state_vr")),
        ("F1365_CLOSURE_BEFORE_IPE", "/case_closed_on", closing("2026-05-31")),
        ("F1365_CLOSURE_FUTURE", "/case_closed_on", closing("2026-06-16")),
        ("F1365_CLOSURE_STATUS_REQUIRED", "/closure_status", closing("2026-06-10").without("/closure_status")),
        ("REQ_FIELD_REQUIRED", "/case_closed_on", good().with("/closure_status", json!("employed"))),
        ("F1365_NOT_ASSIGNABLE", "/ssn", closing("2026-06-10").on_file("/people/0", unassigned())),
        ("F1365_NOT_ASSIGNABLE", "/ssn", closing("2026-06-10").on_file("/people/0", assigned_to("EN-A", "en"))),
        ("F1365_NOT_ASSIGNABLE", "/ssn", closing_case("VR-UT", &Json::Null)),
        ("F1365_NOT_ASSIGNABLE", "/ssn", closing_case("VR-CO", &json!("2026-06-15"))),
        ("F1365_NOT_ASSIGNABLE", "/ssn", good().on_file("/people/0", Json::Null)),
        ("F1365_NOT_ASSIGNABLE", "/ssn", good().on_file("/people/0", assigned_to("EN-A", "en"))),
        ("F1365_NOT_ASSIGNABLE", "/ssn", good().on_file("/people/0", assigned_to("VR-CO", "state_vr_as_en"))),
        ("F1365_NOT_ASSIGNABLE", "/ssn", unsaid("2026-06-01").with("/payment_system", json!("cost_reimbursement"))),
        ("F1365_NOT_ASSIGNABLE", "/ssn", good().on_file("/people/0/section_301", json!(true))),
        ("F1365_NOT_ASSIGNABLE", "/ssn", vr_case("VR-UT", &Json::Null, false)),
    ]);
    let key = |trial: Trial| trial.filed().keys()[0].clone();
    assert_eq!(key(good()).code.id, "F1365_DUPLICATE");
    // The assignment, the conversion and the closure of one plan are three reports.
    let values = [good(), converting("state_vr", "2026-06-01"), closing("2026-06-10")].map(|trial| key(trial).value);
    let plan = "VR-CO#2026-06-01";
    assert_eq!(values, [plan.to_owned(), format!("{plan}#conversion"), format!("{plan}#closure")]);
    let changed = unsaid("2026-06-01").filed();
    assert_eq!(changed.keys()[0].value, format!("{plan}#conversion"));
    assert!(changed.document().contains(r#""converts_cr_case":true"#), "the review shows that it is a change");
    each_gives_its_one_code(trials, code::ALL, &["F1365_DUPLICATE"]);
    for fine in [
        good().on_file("/organization/kind", json!("state_vr")),
        good().with("/ipe_signed_on", json!("2008-03-10")),
        good().with("/ipe_signed_on", json!("2026-06-15")),
        good().with("/beneficiary_signed_on", json!("2026-06-15")).with("/vr_rep_signed_on", json!("2026-06-15")),
        existing("en_elected", json!(true)),
        existing("cost_reimbursement", Json::Null),
        converting("state_vr", "2026-03-17"),
        closing("2026-06-01"),
        closing("2026-06-15"),
        unsaid("2026-03-17"),
        vr_case("VR-CO", &Json::Null, false).with("/converts_cr_case", json!(true)),
        vr_case("VR-CO", &Json::Null, false).with("/ipe_signed_on", json!("2026-03-17")),
        vr_case("VR-CO", &Json::Null, false)
            .with("/payment_system", json!("cost_reimbursement"))
            .with("/ipe_signed_on", json!("2025-01-10")),
        vr_case("VR-CO", &json!("2026-01-01"), false),
        vr_case("VR-UT", &json!("2026-01-01"), true),
        served_unpaid("state_vr_as_en"),
        closing_case("VR-CO", &Json::Null),
        closing_case("VR-CO", &json!("2026-06-16")),
        closing_again(),
    ] {
        assert_eq!(fine.found(), []);
    }
}

#[test]
fn a_change_that_comes_late_is_told_its_last_day() {
    for late in [converting("state_vr", "2026-03-16"), unsaid("2026-03-16")] {
        let problem = late.run().unwrap_err().remove(0);
        assert_eq!(Json::from(problem.params), json!({"limit": 90, "to": "2026-06-14"}));
    }
}

#[test]
fn what_cannot_be_read_yet_is_not_held_against_the_ticket() {
    let held = || good().on_file("/people/0", assigned_to("VR-CO", "state_vr")).without("/payment_system");
    let unclear = [
        ("DATE_FORMAT", "/case_closed_on", closing("06/10/2026")),
        ("F1365_CLOSURE_STATUS_REQUIRED", "/closure_status", closing("2026-06-10").without("/closure_status")),
        ("REQ_FIELD_REQUIRED", "/case_closed_on", closing("2026-06-10").without("/case_closed_on")),
        ("REQ_ENUM", "/closure_status", closing("2026-06-10").with("/closure_status", json!("done"))),
        (
            "REQ_TYPE",
            "/converts_cr_case",
            converting("state_vr_as_en", "2026-06-01").with("/converts_cr_case", json!("yes")),
        ),
        ("F1365_PAYMENT_REQUIRED", "/payment_system", held()),
        ("REQ_ENUM", "/payment_system", held().with("/payment_system", json!("outcome_only"))),
    ];
    for (code, at, trial) in unclear {
        assert_eq!(trial.found(), [(code, at.to_owned())]);
    }
    // Whatever the field says, the ticket is not there to be assigned, changed or closed.
    let elsewhere = closing("06/10/2026").on_file("/people/0", assigned_to("EN-A", "en")).found();
    let both = [("DATE_FORMAT", "/case_closed_on"), ("F1365_NOT_ASSIGNABLE", "/ssn")];
    assert_eq!(elsewhere, both.map(|(code, at)| (code, at.to_owned())));
}

#[test]
fn what_is_filed_shows_nobody_s_number() {
    let filing = existing("cost_reimbursement", json!(true)).filed();
    let document: Json = serde_json::from_str(filing.document()).unwrap();
    assert_eq!(document["ssn"], "***-**-3456");
    assert_eq!(document["both_agree_assignment"], Json::Null, "not asked under cost reimbursement");
    assert_eq!(filing.keys()[0].value, "VR-CO#2026-06-01");
    assert_eq!(filing.intake().rows, [["***-**-3456", "Assignment", "06/01/2026", "Cost reimbursement"]]);
}

#[test]
fn the_mail_of_a_closure_has_its_four_elements() {
    let filing = closing("2026-06-01").filed();
    let intake = filing.intake();
    assert_eq!(intake.columns, ["SSN", "Report", "IPE Signed", "Payment System", "Case Closed", "Closure Status"]);
    assert_eq!(intake.rows[0][..2], ["***-**-3456", "Case closure"]);
    assert_eq!(intake.rows[0][4..], ["06/01/2026", "Employed"]);
    let changed = converting("state_vr", "2026-03-17").filed();
    assert_eq!(changed.intake().rows[0][1], "Change of payment system");
}

#[test]
fn what_a_form_says_is_checked_whoever_sends_it() {
    let future = good().with("/ipe_signed_on", json!("2026-06-16")).on_file("/organization/kind", json!("en"));
    let both = [("F1365_NOT_VR", ""), ("F1365_IPE_DATE_FUTURE", "/ipe_signed_on")];
    assert_eq!(future.found(), both.map(|(code, at)| (code, at.to_owned())));
}

#[test]
fn everything_is_told_at_once() {
    let found = good()
        .with("/ipe_signed_statement", json!(false))
        .with("/vr_rep_signed_on", json!("2026-06-16"))
        .with("/vocational_goal_soc", json!("x"))
        .on_file("/people/0", Json::Null)
        .found();
    let codes: Vec<_> = found.into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["F1365_IPE_STATEMENT", "F1365_GOAL_CODE", "F1365_NOT_ASSIGNABLE", "F1365_SIGNATURE_FUTURE"]);
}
