//! The OpenAPI document: up to date, in order, and true.

use super::{ask, get, post};
use check_eligibility::{example, openapi_json};
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

fn document() -> Value {
    serde_json::from_str(&openapi_json()).unwrap()
}

fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(move |(method, operation)| (method.clone(), path.clone(), operation))
    });
    all.collect()
}

/// Every value of a document with its key, the outermost first.
fn walk<'v>(key: &'v str, value: &'v Value, visit: &mut impl FnMut(&'v str, &'v Value)) {
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

fn assert_valid(document: &Value, schema: &str, instance: &Value) {
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    let validator = validator(document, &schema);
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(errors.is_empty(), "{schema}: {errors:#?}");
}

fn assert_invalid(document: &Value, schema: &str, instance: &Value) {
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    assert!(!validator(document, &schema).is_valid(instance), "{schema} takes {instance}");
}

#[test]
fn the_committed_document_is_the_generated_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        std::fs::write(path, openapi_json()).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == openapi_json(), "openapi.json is stale: run `make docs`");
}

#[test]
fn the_document_is_openapi_3_1_with_references_that_resolve() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let mut references = BTreeSet::new();
    walk("", &document, &mut |key, value| {
        if key == "$ref" {
            references.insert(value.as_str().unwrap());
        }
    });
    assert!(references.len() > 20);
    for reference in references {
        assert!(document.pointer(reference.strip_prefix('#').unwrap()).is_some(), "{reference}");
    }
}

#[test]
fn every_schema_is_a_json_schema_and_is_described() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas {
        jsonschema::draft202012::meta::validate(schema).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(schema["description"].is_string(), "{name} is not described");
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            let described = property["description"].is_string() || property["oneOf"][0]["description"].is_string();
            assert!(described, "{name}.{field} is not described");
        }
    }
}

#[test]
fn requests_take_no_other_fields() {
    let document = document();
    let requests = [
        "Question",
        "Claim",
        "LedgerRequest",
        "Batch",
        "Case",
        "Ticket",
        "Assignment",
        "Beneficiary",
        "Benefit",
        "MonthlyEarnings",
        "PayStatement",
        "StateVrCase",
        "TicketPayment",
    ];
    for name in requests {
        assert_eq!(document["components"]["schemas"][name]["additionalProperties"], false, "{name}");
    }
}

#[test]
fn every_operation_has_a_name_responses_and_examples() {
    let document = document();
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let at = format!("{method} {path}");
        assert!(names.insert(operation["operationId"].as_str().unwrap()), "{at}");
        assert!(operation["summary"].is_string() && operation["tags"].is_array(), "{at}");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.contains_key("200"), "{at}");
        for (status, response) in responses {
            let contents = response["content"].as_object().into_iter().flatten();
            assert!(status == "304" || response["content"].is_object(), "{at} {status}");
            for (kind, content) in contents {
                assert!(content["example"].is_object(), "{at} {status} has no example");
                let expected = if status == "200" { "application/json" } else { "application/problem+json" };
                assert_eq!(kind, expected, "{at} {status}");
            }
        }
        if method == "post" {
            assert!(operation["requestBody"]["content"]["application/json"]["example"].is_object(), "{at}");
            assert_eq!(operation["requestBody"]["required"], true, "{at}");
        }
    }
    assert_eq!(names.len(), 8);
}

#[test]
fn every_example_is_valid_by_its_schema() {
    let document = document();
    let mut seen = 0;
    walk("", &document["paths"], &mut |_, value| {
        if let (Some(schema), Some(example)) = (value.get("schema"), value.get("example")) {
            let validator = validator(&document, schema);
            let errors: Vec<_> =
                validator.iter_errors(example).map(|e| format!("{} at {}", e, e.instance_path())).collect();
            assert!(errors.is_empty(), "{schema}: {errors:#?}");
            seen += 1;
        }
    });
    assert!(seen > 20, "{seen} examples");
}

#[tokio::test]
async fn every_example_request_is_answered() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        let mut uri = path.clone();
        let mut query = Vec::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let (name, example) = (parameter["name"].as_str().unwrap(), parameter["example"].as_str().unwrap());
            match parameter["in"].as_str().unwrap() {
                "path" => uri = uri.replace(&format!("{{{name}}}"), example),
                _ => query.push(format!("{name}={example}")),
            }
        }
        let uri = [uri, query.join("&")].join("?");
        let answer = match method.as_str() {
            "post" => {
                let example = &operation["requestBody"]["content"]["application/json"]["example"];
                post(&uri, example.to_string()).await
            }
            _ => get(&uri).await,
        };
        assert_eq!(answer.status, 200, "{method} {uri}: {}", answer.text());
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(validator(&document, schema).is_valid(&answer.json()), "{method} {uri}");
    }
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
                let answer = ask(&question).await;
                assert_eq!(answer.status, 200, "{payment} {month}: {}", answer.text());
                assert_valid(&document, "Determination", &answer.json());
            }
        }
    }
    let ledger = post("/v1/eligibility/ledger", example::ledger_request().to_string()).await;
    assert_valid(&document, "Ledger", &ledger.json());
    let batch = json!({ "questions": [example::question(), {}, null, { "case": {} }] });
    let results = post("/v1/eligibility/batch", batch.to_string()).await;
    assert_valid(&document, "BatchResults", &results.json());
    assert_valid(&document, "Rules", &get("/v1/rules").await.json());
    assert_valid(&document, "Parameters", &get("/v1/parameters").await.json());
}

#[tokio::test]
async fn refusals_are_valid_by_their_schema() {
    let document = document();
    let refusals = [
        ask(&json!({ "case": {}, "policy": 1, "x": 2 })).await,
        post("/v1/eligibility", "{").await,
        post("/v1/eligibility", vec![b' '; 2 << 20]).await,
        get("/v1/rules/XX-01").await,
        get("/v1/parameters?on=never&off=1").await,
        get("/nowhere").await,
        get("/v1/eligibility").await,
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
        assert_eq!(ask(&question).await.status, 422, "{pointer} {value}");
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
        let answer = ask(&question).await;
        assert_eq!(answer.status, 200, "{pointer} {value}: {}", answer.text());
        assert_valid(&document, "Question", &question);
    }
}
