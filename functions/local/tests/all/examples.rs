//! The examples of the document, sent: each is answered as its answer says.

use crate::document::{document, operations};
use crate::portal::Town;
use crate::schemas::assert_valid_by;
use serde_json::{Map, Value, json};
use ttw_local::example::{self, Asked};
use ttw_portal::filing::CONFIRMATION;

/// The most entries of a list that an example shows.
const SHOWN: usize = 2;

/// Sends every example request, checks each answer by its schema, and gives the answers as examples show them.
pub async fn answers() -> Map<String, Value> {
    let (town, document) = (Town::open().await, document());
    let mut answers = Map::new();
    let (mut token, mut confirmation, mut number) = (Value::Null, Value::Null, Value::Null);
    for Asked { operation, user, body } in example::asked() {
        let all = operations(&document);
        let (method, path, described) =
            all.iter().find(|(_, _, described)| described["operationId"] == operation).unwrap();
        let mut uri = path.replace("{confirmation}", confirmation.as_str().unwrap_or_default());
        uri = uri.replace("{number}", number.as_str().unwrap_or_default());
        if operation == "questions_progress_review" {
            uri.push_str("?period=1");
        }
        let mut sent = body.clone();
        if let Some(field) = sent.as_mut().and_then(|body| body.get_mut("review_token")) {
            *field = token.clone();
        }
        let answer = town.send(method, &uri, user, sent.as_ref()).await;
        let expected = if operation.starts_with("submit_") { 201 } else { 200 };
        assert_eq!(answer.status, expected, "{operation}: {}", answer.text());
        let json = answer.json();
        assert_valid_by(
            &document,
            &described["responses"][expected.to_string()]["content"]["application/json"]["schema"],
            &json,
        );
        for (held, field) in [(&mut token, "review_token"), (&mut confirmation, "confirmation")] {
            if let Some(value) = json.get(field) {
                *held = value.clone();
            }
        }
        if operation == "submit_payment_request" {
            number = confirmation.clone();
        }
        answers.insert(operation, shown(json));
    }
    answers
}

/// An answer as an example shows it: what chance gives is a constant, and long lists are cut.
fn shown(answer: Value) -> Value {
    match answer {
        Value::Array(items) => items.into_iter().take(SHOWN).map(shown).collect(),
        Value::Object(fields) => {
            let field = |(name, value): (String, Value)| {
                let value = match name.as_str() {
                    "confirmation" => json!(CONFIRMATION),
                    "number" if value.is_string() => json!(CONFIRMATION),
                    "review_token" => json!(example::REVIEW_TOKEN),
                    _ => shown(value),
                };
                (name, value)
            };
            Value::Object(fields.into_iter().map(field).collect())
        }
        other => other,
    }
}

#[tokio::test]
async fn every_example_request_is_answered_as_its_example_says() {
    let committed: Map<String, Value> = serde_json::from_str(example::ANSWERS).unwrap();
    let answers = answers().await;
    assert!(answers.len() > 30, "{}", answers.len());
    assert!(answers.keys().eq(committed.keys()), "examples/answers.json is stale: run `make docs`");
    for (operation, answer) in &answers {
        assert_eq!(*answer, committed[operation], "{operation}: examples/answers.json is stale: run `make docs`");
    }
}
