//! A form that is sent again: by somebody who never saw the answer, after another review, after the rules have changed.

use super::drafts::{draft, file, record, reviewed, ssn, submission};
use super::{House, get};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

const PATH: &str = "/v1/payment-requests";
const HOLDER: &str = "998-11-2101";

async fn house() -> (House, String) {
    let house = House::open().await;
    house.store.put_person(&ssn(HOLDER), &record(Some(("EN-HARBOR", "en"))).to_string()).await.unwrap();
    let token = house.token("harbor-signatory");
    (house, token)
}

#[tokio::test]
async fn a_form_that_is_reviewed_again_is_filed_once() {
    let (house, token) = house().await;
    let (first, body) = file(&house, &token, PATH, &draft(PATH, HOLDER, "en"), "lost").await;
    let mut again = body.clone();
    again["review_token"] = json!("of another review");
    again["acknowledged_warnings"] = json!(["SOMETHING_ELSE"]);
    let answer = house.ask(submission(PATH, &token, "lost", &again)).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["confirmation"]), (201, &json!(first)));
    again["claim_month"] = json!("2026-07");
    let answer = house.ask(submission(PATH, &token, "lost", &again)).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["code"]), (422, &json!("IDEMPOTENCY_KEY_REUSED")));
}

#[tokio::test]
async fn what_was_reviewed_under_other_rules_is_to_be_reviewed_again() {
    let (house, token) = house().await;
    let mut body = reviewed(&house, &token, PATH, &draft(PATH, HOLDER, "en")).await;
    let mut shown = BASE64_URL_SAFE_NO_PAD.decode(body["review_token"].as_str().unwrap()).unwrap();
    *shown.last_mut().unwrap() ^= 1;
    body["review_token"] = json!(BASE64_URL_SAFE_NO_PAD.encode(shown));
    let answer = house.ask(submission(PATH, &token, "other-rules", &body)).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["code"]), (409, &json!("REVIEW_TOKEN_STALE")));
}

#[tokio::test]
async fn warnings_are_confirmed_once_each_and_the_program_manager_reads_the_advice() {
    let (house, token) = house().await;
    let mut doubtful = draft(PATH, HOLDER, "en");
    for row in doubtful["earnings"].as_array_mut().unwrap() {
        row["withholdings_shown"] = json!(false);
    }
    doubtful["employer"]["pay_frequency"] = json!("monthly");
    let (number, _) = file(&house, &token, PATH, &doubtful, "doubtful").await;
    let path = format!("{PATH}/{number}");
    let own = house.ask(get(&path, &token)).await.json();
    let codes: Vec<&str> = own["acknowledged_warnings"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let mut once = codes.clone();
    once.sort_unstable();
    once.dedup();
    assert!(codes.len() == once.len() && codes.len() > 1, "{codes:?}");
    let managed = house.ask(get(&path, &house.token("program-manager"))).await.json();
    assert_eq!(managed["advice"], own["advice"]);
    assert!(managed["advice"].is_object(), "{managed}");
}
