//! The examples of the OpenAPI document: requests as files, answers as the engine gives them.

use serde_json::{Value, json};
use ttw_core::Engine;
use ttw_core::domain::Month;
use ttw_core::params::RULES_VERSION;

/// A question about a Phase 1 milestone, as a file of the repository has it.
pub const QUESTION: &str = include_str!("../examples/question.json");

/// The question as a value.
#[must_use]
pub fn question() -> Value {
    serde_json::from_str(QUESTION).unwrap_or_default()
}

/// The same ticket's ledger, asked for.
#[must_use]
pub fn ledger_request() -> Value {
    let question = question();
    json!({
        "case": question.get("case"),
        "provider": "EN-A",
        "as_of": "2017-09-15",
        "policy": "operations",
    })
}

/// Two questions: the same ticket's second and third milestone.
#[must_use]
pub fn batch() -> Value {
    let question = question();
    let claim = json!({ "payment": "p1m3", "month": "2016-08", "provider": "EN-A" });
    let third = json!({ "case": question.get("case"), "claim": claim, "requested_on": "2017-09-15" });
    json!({ "questions": [question, third] })
}

/// The answer to [`question`].
#[must_use]
pub fn determination() -> Value {
    answered(|engine| engine.decide_json(QUESTION.as_bytes()).ok())
}

/// The answer to [`ledger_request`].
#[must_use]
pub fn ledger() -> Value {
    answered(|engine| engine.ledger_json(ledger_request().to_string().as_bytes()).ok())
}

/// The answer to [`batch`], with the first of each answer's reasons.
#[must_use]
pub fn batch_results() -> Value {
    let mut results = answered(|engine| engine.batch_json(batch().to_string().as_bytes()).ok());
    for result in results.get_mut("results").and_then(Value::as_array_mut).into_iter().flatten() {
        shorten(result, "/determination/reasons");
    }
    results
}

/// One rule.
#[must_use]
pub fn rule() -> Value {
    answered(|engine| engine.rule_json("LB-02"))
}

/// All rules, of which one is shown.
#[must_use]
pub fn rules() -> Value {
    let mut rules = answered(|engine| Some(engine.rules_json()));
    shorten(&mut rules, "/rules");
    shorten(&mut rules, "/policy_differences");
    rules
}

/// The parameters of a month, of which one is shown.
#[must_use]
pub fn parameters() -> Value {
    let mut parameters = answered(|engine| Some(engine.parameters_json(Month::parse("2016-08"))));
    if let Some(Value::Array(all)) = parameters.get_mut("parameters") {
        all.retain(|parameter| parameter.get("name").and_then(Value::as_str) == Some("trial_work_level"));
    }
    shorten(&mut parameters, "/federal_holiday/holiday");
    parameters
}

/// A service that is up.
#[must_use]
pub fn health() -> Value {
    json!({ "status": "ok", "version": ttw_portal::VERSION, "rules_version": RULES_VERSION })
}

/// Leaves the first item of the list at a place.
fn shorten(answer: &mut Value, pointer: &str) {
    if let Some(Value::Array(all)) = answer.pointer_mut(pointer) {
        all.truncate(1);
    }
}

fn answered(ask: impl FnOnce(&Engine) -> Option<String>) -> Value {
    let answer = Engine::builtin().ok().and_then(|engine| ask(&engine));
    answer.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}
