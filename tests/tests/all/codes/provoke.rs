//! Documents that provoke what no golden case can show: the text itself, its size, operators' files, and long lists.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use ttw_core::forms::{Desk, Form, People};
use ttw_core::read::MAX_BYTES;
use ttw_core::{Engine, Problem};

/// The codes of a list of problems as JSON.
pub fn codes_of(problems: &Value) -> Vec<String> {
    let code = |problem: &Value| problem["code"].as_str().unwrap().to_owned();
    problems.as_array().into_iter().flatten().map(code).collect()
}

/// The codes of every document here.
pub fn documents(engine: &Engine) -> BTreeSet<String> {
    let found = [texts(engine), cases(engine), files(engine), numbers(engine)].concat();
    assert!(!found.is_empty());
    found.into_iter().map(|problem| problem.code.to_owned()).collect()
}

fn decide(engine: &Engine, text: &str) -> Vec<Problem> {
    engine.decide_json(text.as_bytes()).unwrap_err()
}

/// What is wrong with the text before anything is read from it, and with what is asked beside a case.
fn texts(engine: &Engine) -> Vec<Problem> {
    let questions = json!({ "questions": vec![json!({}); 251] }).to_string();
    let nobody = json!({ "amount": "10.00", "shares": [] }).to_string();
    [
        decide(engine, "{"),
        decide(engine, &" ".repeat(MAX_BYTES + 1)),
        decide(engine, r#"{"claim": {}, "claim": {}}"#),
        decide(engine, &json!({ "case": { "earnings": vec![json!({}); 600] } }).to_string()),
        decide(engine, &json!({ "case": { "state_vr_cases": vec![json!({}); 602] } }).to_string()),
        engine.batch_json(questions.as_bytes()).unwrap_err(),
        engine.split_json(nobody.as_bytes()).unwrap_err(),
    ]
    .concat()
}

/// One thing of a case is another.
fn cases(engine: &Engine) -> Vec<Problem> {
    let assignment = |day: &str| json!({"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": day});
    let question = json!({
        "case": {
            "ticket": {"id": "T-0001", "assignments": [assignment("2016-05-20")]}, "beneficiary": {"title": "t2", "blind": false},
            "benefits": [], "earnings": [], "pay_statements": [], "state_vr_cases": [], "payments": []
        },
        "claim": {"payment": "p1m1", "month": "2016-08", "provider": "EN-A"}, "requested_on": "2017-09-15"
    });
    let with = |at: &str, value: Value| {
        let mut changed = question.clone();
        *changed.pointer_mut(at).unwrap() = value;
        decide(engine, &changed.to_string())
    };
    let mut ended = assignment("2016-05-20");
    ended["unassigned_on"] = json!("2016-05-19");
    let statement = json!({"employer": "E", "period_start": "2016-07-02", "period_end": "2016-07-01", "pay_date": "2016-07-02",
        "gross": "1.00", "kind": "wages"});
    let vr_case = json!({"agency": "VR-CO", "closed_on": null, "successful": true, "cost_reimbursed": false});
    [
        with("/case/ticket/id", json!("")),
        with("/case/ticket/assignments", json!([ended])),
        with("/case/ticket/assignments", json!(vec![assignment("2016-05-20"); 10_000])),
        with("/case/pay_statements", json!([statement])),
        with("/case/pay_statements", json!(vec![json!({}); 20_000])),
        with("/case/state_vr_cases", json!([vr_case])),
        with("/claim/month", json!("1901-01")),
    ]
    .concat()
}

/// Files of an operator.
fn files(engine: &Engine) -> Vec<Problem> {
    let head = "title = \"Trial work level\"\nunit = \"usd_per_month\"\nholds = \"calendar_year\"\ncite = \"x\"\nverified_through = \"2031-12\"\n";
    let value = |from: &str, amount: &str, more: &str| {
        format!("{head}[[value]]\nfrom = \"{from}\"\namount = \"{amount}\"\nsource = \"s\"\n{more}")
    };
    let params = |name: &str, text: &str| Engine::with_params([(name, text)]).unwrap_err();
    let level = |text: &str| params("trial_work_level.toml", text);
    let options = |name: &str, text: &str| engine.clone().with_options([(name, text)]).unwrap_err();
    [
        params("luck.toml", head),
        level("="),
        level(&value("2030-01", "1250", "").replace("usd_per_month", "usd")),
        level(&value("2030-01", "1250", "key = \"t2\"\n")),
        level(&value("2030-01", "-1", "")),
        level(&value("2030-02", "1250", "")),
        level(&value("2016-01", "1250", "")),
        level(&value("2030-01", "1250", "").replace("\"s\"", "\"\"")),
        options("luck.toml", "version = \"x\"\nsource = \"x\"\n[[choice]]\ncode = \"x\"\nlabel = \"x\"\n"),
        options("services.toml", "="),
    ]
    .concat()
}

/// Numbers of people. The published number is put together here, so that it stands nowhere in this repository.
fn numbers(engine: &Engine) -> Vec<Problem> {
    let published = engine.parameters().published_ssns().first().map(ToString::to_string).unwrap();
    let draft = json!({"beneficiaries": [{"ssn": published, "assignment_date": "2024-01-10"}]}).to_string();
    let received_on = jiff::civil::date(2026, 6, 15);
    let real = Desk { engine, received_on, people: People::Real };
    let draft = real.read(Form::EarningsInquiry, draft.as_bytes()).unwrap();
    let organization = json!({"organization": {"provider": "EN-A", "ein": "12-3456789", "name": "E", "kind": "en"},
        "roles": ["signatory"], "people": []});
    let on_file = ttw_core::forms::on_file(organization.to_string().as_bytes()).unwrap();
    let test = Desk { people: People::Test, ..real };
    let ask = |numbers: Value| test.numbers(json!({ "ssns": numbers }).to_string().as_bytes());
    let many: Vec<String> = (1..=251).map(|n| format!("900-12-{n:04}")).collect();
    let mut found = real.check(draft, &on_file).unwrap_err();
    found.extend(ask(json!(many)).unwrap_err());
    found.extend(ask(json!([])).unwrap_err());
    let twice = ask(json!(["900-12-3456", "900123456"]));
    found.extend(twice.map_or_else(|all| all, |each| each.into_iter().filter_map(Result::err).flatten().collect()));
    found
}
