//! The OpenAPI document: up to date, and in order.

use crate::examples;
use crate::portal::ask;
use crate::schemas::{errors_by, walk};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use ttw_local::document::{openapi_json, openapi_json_with};
use ttw_portal::filing::CONFIRMATION;
use ttw_portal::store::Confirmation;

pub fn document() -> Value {
    serde_json::from_str(&openapi_json()).unwrap()
}

/// Method, path and what is said of it.
pub fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(move |(method, operation)| (method.clone(), path.clone(), operation))
    });
    all.collect()
}

fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// With `UPDATE=1` the examples and the document are written anew.
#[tokio::test]
async fn the_committed_document_is_the_generated_one() {
    let here = env!("CARGO_MANIFEST_DIR");
    let path = format!("{here}/../portal/openapi.json");
    if is_update() {
        let answers = serde_json::to_string_pretty(&examples::answers().await).unwrap() + "\n";
        std::fs::write(format!("{here}/examples/answers.json"), &answers).unwrap();
        std::fs::write(path, openapi_json_with(&answers)).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(committed == openapi_json(), "functions/portal/openapi.json is stale: run `make docs`");
    assert_eq!(ask("GET", "/v1/openapi.json", "").await.text(), committed);
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
    assert!(references.len() > 60, "{}", references.len());
    for reference in &references {
        assert!(document.pointer(reference.strip_prefix('#').unwrap()).is_some(), "{reference}");
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(references.contains(&*format!("#/components/schemas/{name}")), "nothing refers to {name}");
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
            let by_reference = property["$ref"].is_string();
            let described = property["description"].is_string() || property["oneOf"][0]["description"].is_string();
            assert!(described || by_reference, "{name}.{field} is not described");
        }
    }
}

#[test]
fn requests_take_no_other_fields() {
    let document = document();
    let mut open: Vec<&str> = operations(&document)
        .iter()
        .flat_map(|(_, _, operation)| references(&operation["requestBody"]["content"]))
        .collect();
    let mut seen = BTreeSet::new();
    while let Some(reference) = open.pop() {
        if seen.insert(reference) {
            let schema = document.pointer(reference.strip_prefix('#').unwrap()).unwrap();
            assert!(schema["properties"].is_null() || schema["additionalProperties"] == false, "{reference}");
            open.extend(references(schema));
        }
    }
    assert!(seen.len() > 40, "{seen:?}");
}

fn references(schema: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    walk("", schema, &mut |key, value| {
        if key == "$ref" {
            found.extend(value.as_str());
        }
    });
    found
}

#[test]
fn every_operation_has_a_name_a_tag_responses_and_examples() {
    let document = document();
    let tags: BTreeSet<&str> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    let (mut names, mut used) = (BTreeSet::new(), BTreeSet::new());
    for (method, path, operation) in operations(&document) {
        let at = format!("{method} {path}");
        assert!(names.insert(operation["operationId"].as_str().unwrap()), "{at}");
        assert!(operation["summary"].is_string(), "{at}");
        used.extend(operation["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()));
        for (status, response) in operation["responses"].as_object().unwrap() {
            let response = resolved(&document, response);
            let contents = response["content"].as_object().into_iter().flatten();
            assert!(status == "304" || response["content"].is_object(), "{at} {status}");
            assert!(response["headers"]["X-Request-Id"].is_object(), "{at} {status}");
            // A page and a table have no example in JSON.
            for (kind, content) in
                contents.filter(|(kind, _)| !["application/pdf", "text/csv"].contains(&kind.as_str()))
            {
                assert!(content["example"].is_object() || content["examples"].is_object(), "{at} {status}: no example");
                let is_refusal = status.as_str() >= "400";
                assert_eq!(kind, if is_refusal { "application/problem+json" } else { "application/json" }, "{at}");
                let is_problem = content["schema"]["$ref"] == "#/components/schemas/Problem";
                assert_eq!(is_problem, is_refusal, "{at} {status}");
            }
        }
        if method == "post" {
            let content = &operation["requestBody"]["content"]["application/json"];
            assert!(content["example"].is_object() || content["examples"].is_object(), "{at}");
            assert_eq!(operation["requestBody"]["required"], true, "{at}");
        }
    }
    assert_eq!(tags, used);
    assert!(names.len() > 35, "{names:?}");
}

fn resolved<'v>(document: &'v Value, value: &'v Value) -> &'v Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.strip_prefix('#').unwrap()).unwrap(),
        None => value,
    }
}

/// Who needs a token answers 401 without one, and who needs none, does not.
#[tokio::test]
async fn sign_in_is_asked_for_where_the_document_says_so() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        let uri =
            path.replace("{confirmation}", CONFIRMATION).replace("{number}", CONFIRMATION).replace("{id}", "LB-02");
        let security = operation["security"].as_array();
        let needs = security.is_some_and(|ways| !ways.contains(&json!({})));
        let answer = ask(&method.to_uppercase(), &uri, if method == "post" { "{}" } else { "" }).await;
        assert_eq!(answer.status == 401, needs, "{method} {path}: {}", answer.text());
        assert!(!needs || operation["responses"]["401"].is_object(), "{method} {path}");
    }
}

#[test]
fn every_example_is_valid_by_its_schema() {
    let document = document();
    let mut seen = 0;
    let mut check = |value: &Value| {
        let several = value["examples"].as_object().into_iter().flatten().map(|(_, example)| &example["value"]);
        for example in several.chain(value.get("example")) {
            let errors = errors_by(&document, &value["schema"], example);
            assert!(errors.is_empty(), "{}: {errors:#?}", value["schema"]);
            seen += 1;
        }
    };
    walk("", &document["paths"], &mut |_, value| check(value));
    walk("", &document["components"]["responses"], &mut |_, value| check(value));
    assert!(seen > 100, "{seen} examples");
}

#[test]
fn the_example_of_a_confirmation_number_is_one() {
    assert_eq!(Confirmation::parse(CONFIRMATION).unwrap().as_str(), CONFIRMATION);
}
