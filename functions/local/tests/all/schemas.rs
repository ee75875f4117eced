//! The schemas of the document say of every answer and every request what the functions say.

use crate::document::document;
use crate::portal::{Town, ask};
use check_eligibility::example;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use ttw_core::domain::Ssn;
use ttw_local::example::DRAFTS;

/// Every value of a document with its key, the outermost first.
pub fn walk<'v>(key: &'v str, value: &'v Value, visit: &mut impl FnMut(&'v str, &'v Value)) {
    visit(key, value);
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| walk(key, value, visit)),
        Value::Array(items) => items.iter().for_each(|item| walk(key, item, visit)),
        _ => {}
    }
}

/// A schema of the document. Answers may gain fields, so that the published schemas are open; here every object is closed, so
/// that no field goes undescribed.
fn validator(document: &Value, schema: &Value) -> Validator {
    let mut components = document["components"].clone();
    close(&mut components);
    let mut root: Map<String, Value> = schema.as_object().unwrap().clone();
    root.insert("components".to_owned(), components);
    let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
    options.build(&Value::Object(root)).unwrap()
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("properties").is_some_and(Value::is_object) {
                fields.entry("additionalProperties").or_insert(json!(false));
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// What is wrong with a value by a schema.
pub fn errors_by(document: &Value, schema: &Value, instance: &Value) -> Vec<String> {
    static KNOWN: Mutex<BTreeMap<String, Arc<Validator>>> = Mutex::new(BTreeMap::new());
    // There is one document, and making a validator of it takes longer than using it.
    let made = KNOWN.lock().unwrap().get(&schema.to_string()).cloned();
    let validator = made.unwrap_or_else(|| {
        let made = Arc::new(validator(document, schema));
        KNOWN.lock().unwrap().insert(schema.to_string(), Arc::clone(&made));
        made
    });
    validator.iter_errors(instance).map(|error| format!("{} at {}", error, error.instance_path())).collect()
}

pub fn assert_valid_by(document: &Value, schema: &Value, instance: &Value) {
    let errors = errors_by(document, schema, instance);
    assert!(errors.is_empty(), "{schema}: {errors:#?}");
}

fn named(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn assert_valid(document: &Value, schema: &str, instance: &Value) {
    assert_valid_by(document, &named(schema), instance);
}

fn assert_invalid(document: &Value, schema: &str, instance: &Value) {
    assert!(!errors_by(document, &named(schema), instance).is_empty(), "{schema} takes {instance}");
}

#[tokio::test]
async fn answers_of_every_kind_are_valid_by_their_schema() {
    let document = document();
    let payments = (1..=4)
        .map(|n| format!("p1m{n}"))
        .chain(["p2", "p2m3", "outcome", "outcome7", "reconciliation"].map(str::to_owned));
    for payment in payments {
        for month in ["1980-01", "2013-05", "2016-06", "2016-08", "2017-06"] {
            for policy in ["operations", "regulation"] {
                let mut question = example::question();
                question["claim"] = json!({ "payment": payment, "month": month, "provider": "EN-A" });
                question["policy"] = json!(policy);
                let answer = ask("POST", "/v1/eligibility", question.to_string()).await;
                assert_eq!(answer.status, 200, "{payment} {month}: {}", answer.text());
                assert_valid(&document, "Determination", &answer.json());
            }
        }
    }
    let ledger = ask("POST", "/v1/eligibility/ledger", example::ledger_request().to_string()).await;
    assert_valid(&document, "Ledger", &ledger.json());
    let batch = json!({ "questions": [example::question(), {}, null, { "case": {} }] });
    let results = ask("POST", "/v1/eligibility/batch", batch.to_string()).await;
    assert_valid(&document, "BatchResults", &results.json());
    assert_valid(&document, "Rules", &ask("GET", "/v1/rules", "").await.json());
    assert_valid(&document, "Parameters", &ask("GET", "/v1/parameters", "").await.json());
}

#[tokio::test]
async fn refusals_are_valid_by_their_schema() {
    let document = document();
    let refusals = [
        ask("POST", "/v1/eligibility", json!({ "case": {}, "policy": 1, "x": 2 }).to_string()).await,
        ask("POST", "/v1/eligibility", "{").await,
        ask("POST", "/v1/eligibility", vec![b' '; 2 << 20]).await,
        ask("GET", "/v1/rules/XX-01", "").await,
        ask("GET", "/v1/parameters?on=never&off=1", "").await,
        ask("GET", "/nowhere", "").await,
        ask("GET", "/v1/eligibility", "").await,
    ];
    for refusal in refusals {
        assert!(refusal.status.is_client_error());
        assert_valid(&document, "Problem", &refusal.json());
    }
}

#[tokio::test]
async fn the_schemas_refuse_what_the_core_refuses() {
    let document = document();
    let wrong = [
        ("/case/ticket/id", json!("900-12-3456")),
        ("/case/ticket/id", json!("900123456")),
        ("/case/ticket/id", json!("900123456TW1")),
        ("/case/ticket/id", json!("")),
        ("/case/ticket/id", json!("x".repeat(65))),
        ("/case/ticket/assignments", json!([])),
        ("/case/ticket/assignments/0/kind", json!("EN")),
        ("/case/ticket/assignments/0/assigned_on", json!("2016-02-30")),
        ("/case/ticket/assignments/0/assigned_on", json!("05/20/2016")),
        ("/case/beneficiary/blind", json!(null)),
        ("/case/benefits", json!(null)),
        ("/case/earnings/0/month", json!("2016-13")),
        ("/case/earnings/0/month", json!("0000-01")),
        ("/case/earnings/0/earned", json!(900)),
        ("/case/earnings/0/earned", json!("900.123")),
        ("/case/earnings/0/earned", json!("-1.00")),
        ("/case/payments/0/amount", json!("1398.50")),
        ("/case/payments/0/payment", json!("p2")),
        ("/claim/payment", json!("p1m5")),
        ("/claim/provider", json!("EN\u{7}A")),
        ("/requested_on", json!(null)),
        ("/policy", json!("generous")),
    ];
    assert_valid(&document, "Question", &example::question());
    for (pointer, value) in wrong {
        let mut question = example::question();
        *question.pointer_mut(pointer).unwrap() = value.clone();
        assert_eq!(ask("POST", "/v1/eligibility", question.to_string()).await.status, 422, "{pointer} {value}");
        assert_invalid(&document, "Question", &question);
    }
}

#[tokio::test]
async fn the_schemas_take_what_the_core_takes() {
    let document = document();
    let right = [
        ("/case/ticket/id", json!("90012345")),
        ("/case/ticket/id", json!("TW-1")),
        ("/case/ticket/assignments/0/services_completed_on", json!(null)),
        ("/case/earnings/0/earned", json!(null)),
        ("/case/earnings", json!([])),
        ("/case/payments", json!([])),
        ("/case/payments/0/amount", json!("1398")),
        ("/case/payments/0/half_twl", json!(null)),
        ("/case/pay_statements/0/employer", json!(null)),
        ("/claim/payment", json!("outcome")),
        ("/policy", json!(null)),
    ];
    for (pointer, value) in right {
        let mut question = example::question();
        *question.pointer_mut(pointer).unwrap() = value.clone();
        let answer = ask("POST", "/v1/eligibility", question.to_string()).await;
        assert_eq!(answer.status, 200, "{pointer} {value}: {}", answer.text());
        assert_valid(&document, "Question", &question);
    }
}

/// The name of a form's draft among the schemas, and where it is reviewed.
fn of_form(form: &str) -> (&'static str, &'static str) {
    match form {
        "payment_request" => ("PaymentRequest", "/v1/payment-requests/review"),
        "earnings_inquiry" => ("EarningsInquiry", "/v1/earnings-inquiries/review"),
        "work_plan" => ("WorkPlan", "/v1/work-plans/review"),
        "form_1365" => ("Form1365", "/v1/ticket-assignments/review"),
        "progress_review" => ("ProgressReview", "/v1/progress-reviews/review"),
        other => panic!("there is no form {other}"),
    }
}

/// The draft of a form with a value at a place; one that is not there is added.
fn changed(form: &str, pointer: &str, value: &Value) -> (Value, &'static str) {
    let draft = DRAFTS.iter().find(|draft| draft.form.as_str() == form).unwrap();
    let mut text: Value = serde_json::from_str(draft.text).unwrap();
    let (object, field) = pointer.rsplit_once('/').unwrap();
    match text.pointer_mut(object).unwrap() {
        Value::Object(fields) => drop(fields.insert(field.to_owned(), value.clone())),
        Value::Array(items) => items[field.parse::<usize>().unwrap()] = value.clone(),
        _ => panic!("{pointer}"),
    }
    (text, draft.user)
}

#[tokio::test]
async fn the_schemas_of_drafts_refuse_what_the_core_refuses() {
    let (document, town) = (document(), Town::open().await);
    let wrong = [
        ("payment_request", "/ssn", json!(900_123_456)),
        ("payment_request", "/ssn", json!("900 12 3456")),
        ("payment_request", "/ticket_number", json!("901402235TW0")),
        ("payment_request", "/payment_method", json!(null)),
        ("payment_request", "/request_type", json!("reconciliation")),
        ("payment_request", "/claim_month", json!("2025-8")),
        ("payment_request", "/employer/name", json!("x".repeat(81))),
        ("payment_request", "/employer/hourly_wage", json!(15)),
        ("payment_request", "/employer/hours_per_week", json!("20.125")),
        ("payment_request", "/employer/pay_frequency", json!("daily")),
        ("payment_request", "/employer/phone", json!("1")),
        ("payment_request", "/earnings/0/gross", json!("1,000.00")),
        ("payment_request", "/earnings/0/pay_date", json!("2025-02-30")),
        ("payment_request", "/earnings/0/withholdings_shown", json!("yes")),
        (
            "payment_request",
            "/sei",
            json!({ "month": "2025-08", "gross_receipts": "1", "business_expenses": "0", "hours_worked": 4 }),
        ),
        ("payment_request", "/services_summary_codes/0", json!(1)),
        ("payment_request", "/attested", json!("true")),
        ("payment_request", "/note", json!("see above")),
        ("payment_request", "/form_code", json!("work_plan")),
        ("payment_request", "/review_token", json!(null)),
        ("payment_request", "/acknowledged_warnings", json!((0..65).map(|n| format!("X{n}")).collect::<Vec<_>>())),
        ("earnings_inquiry", "/beneficiaries", json!([])),
        ("earnings_inquiry", "/beneficiaries/0", json!([])),
        ("earnings_inquiry", "/beneficiaries/0/assignment_date", json!("07/06/2025")),
        ("earnings_inquiry", "/beneficiaries/0/name", json!("x")),
        ("work_plan", "/plan_type", json!("first")),
        ("work_plan", "/immediate_services", json!([])),
        ("work_plan", "/goal_soc_short", json!("434051")),
        ("work_plan", "/goal_months_short", json!(25)),
        ("work_plan", "/goal_years_long", json!("3")),
        ("work_plan", "/signatures_on_file", json!(false)),
        ("form_1365", "/ipe_signed_statement", json!(false)),
        ("form_1365", "/payment_system", json!("outcome_only")),
        ("form_1365", "/existing_ipe", json!(null)),
        ("form_1365", "/closure_status", json!("closed")),
        ("progress_review", "/responses/0/tpr_period", json!(0)),
        ("progress_review", "/responses/0/tpr_period", json!(100)),
        ("progress_review", "/responses/0/answers/q_work_met", json!("no")),
        ("progress_review", "/responses/0/answers/q_other", json!(true)),
        ("progress_review", "/responses/0/figures/months_worked", json!(13)),
        ("progress_review", "/responses/0/figures/college_pct", json!(101)),
        ("progress_review", "/responses/0/progress_not_made", json!(0)),
    ];
    for (form, pointer, value) in wrong {
        let (schema, path) = of_form(form);
        let (draft, user) = changed(form, pointer, &value);
        let answer = town.send("post", path, Some(user), Some(&draft)).await;
        assert_eq!(answer.status, 422, "{form} {pointer} {value}: {}", answer.text());
        assert_valid(&document, "Problem", &answer.json());
        assert_invalid(&document, schema, &draft);
    }
}

#[tokio::test]
async fn the_schemas_of_drafts_take_what_the_core_takes() {
    let (document, town) = (document(), Town::open().await);
    let version = ttw_core::params::RULES_VERSION;
    let right = [
        ("payment_request", "/ssn", json!("901402235")),
        ("payment_request", "/ticket_number", json!(null)),
        ("payment_request", "/cert", json!(null)),
        ("payment_request", "/employer", json!({ "name": "Bluebird Bakery & Sons, No. 2", "ein": "12-3456789" })),
        ("payment_request", "/employer/hours_per_week", json!("20.5")),
        ("payment_request", "/rules_version", json!(version)),
        ("payment_request", "/form_code", json!("payment_request")),
        ("payment_request", "/acknowledged_warnings", json!(["PR_POSSIBLE_SPLIT"])),
        ("earnings_inquiry", "/beneficiaries/1", json!({ "ssn": null })),
        ("earnings_inquiry", "/beneficiaries/1", json!({})),
        ("work_plan", "/discussion_date", json!(null)),
        ("work_plan", "/accessible_format", json!(null)),
        ("work_plan", "/goal_months_short", json!(2)),
        ("form_1365", "/both_agree_assignment", json!(null)),
        ("form_1365", "/converts_cr_case", json!(null)),
        ("progress_review", "/responses/0/figures", json!(null)),
        ("progress_review", "/responses/1/figures/months_worked", json!(12)),
        ("progress_review", "/responses/0/answers/q_no_cash", json!(null)),
    ];
    for (form, pointer, value) in right {
        let (schema, path) = of_form(form);
        let (draft, user) = changed(form, pointer, &value);
        let answer = town.send("post", path, Some(user), Some(&draft)).await;
        assert_eq!(answer.status, 200, "{form} {pointer} {value}: {}", answer.text());
        assert_valid(&document, &format!("{schema}Review"), &answer.json());
        assert_valid(&document, schema, &draft);
    }
}

#[tokio::test]
async fn answers_about_everybody_on_file_are_valid_by_their_schema() {
    let (document, town) = (document(), Town::open().await);
    let mut seen = 0;
    for person in &town.world.people {
        let ssn = Value::from(String::from_utf8(Ssn::expose(&person.ssn).to_vec()).unwrap());
        for user in ["harbor-submitter", "prairie-submitter", "lantern-submitter", "cedar-submitter"] {
            let claim = json!({ "payment": "outcome", "month": "2026-08" });
            let asked = [
                ("Holding", "/v1/beneficiaries/lookup", json!({ "ssn": ssn })),
                ("Determination", "/v1/eligibility", json!({ "ssn": ssn, "claim": claim })),
                ("Ledger", "/v1/eligibility/ledger", json!({ "ssn": ssn })),
            ];
            for (schema, path, body) in asked {
                let answer = town.send("post", path, Some(user), Some(&body)).await;
                let is_well = answer.status == 200;
                assert!(is_well || answer.status == 422, "{path}: {}", answer.text());
                assert_valid(&document, if is_well { schema } else { "Problem" }, &answer.json());
                seen += usize::from(is_well);
            }
        }
    }
    assert!(seen > 80, "{seen} answers");
    let all: Vec<String> =
        town.world.people.iter().map(|p| String::from_utf8(p.ssn.expose().to_vec()).unwrap()).collect();
    for user in ["harbor-submitter", "pine-submitter", "program-manager"] {
        let answer = town.send("post", "/v1/assignability", Some(user), Some(&json!({ "ssns": all }))).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_valid(&document, "AssignabilityResults", &answer.json());
    }
    for user in &town.world.users {
        let answer = town.send("get", "/v1/me", Some(&user.user.id), None).await;
        assert_valid(&document, "Me", &answer.json());
    }
    for period in 1..=99 {
        let path = format!("/v1/progress-reviews/questions?period={period}");
        let answer = town.send("get", &path, Some("harbor-submitter"), None).await;
        assert_valid(&document, "PeriodQuestions", &answer.json());
    }
}
