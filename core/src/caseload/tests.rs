//! Lists of cases: what can be requested until when, what the run proposes, and why there is nothing else.

use crate::Engine;
use crate::testing::{Story, case, suspended_from, title_ii};
use serde_json::{Value, json};

/// At the trial work level in June 2016.
fn first_month() -> Story {
    title_ii().earned("2016-06", "900")
}

/// At SGA from June 2016 to March 2017, services completed.
fn ten_months() -> Story {
    title_ii().earned("2016-06..2017-03", "1170").services_completed("2016-12-01")
}

fn unclaimed(stories: &[&Story], as_of: &str, requests: &Value) -> Value {
    let cases: Vec<Value> = (1..).zip(stories).map(|(n, story)| story.document(&format!("T-{n}"))).collect();
    ask(&json!({"provider": "EN-A", "as_of": as_of, "cases": cases, "requests": requests}))
}

fn ask(request: &Value) -> Value {
    let answer = Engine::builtin().unwrap().unclaimed_json(request.to_string().as_bytes());
    serde_json::from_str(&answer.unwrap()).unwrap()
}

fn run(request: &Value) -> Value {
    let answer = Engine::builtin().unwrap().auto_pay_json(request.to_string().as_bytes());
    serde_json::from_str(&answer.unwrap()).unwrap()
}

fn codes(answer: Result<String, Vec<crate::Problem>>) -> Vec<String> {
    answer.unwrap_err().into_iter().map(|problem| format!("{} {}", problem.code, problem.path)).collect()
}

/// `T-1 p1m1 2016-06 1398.00`.
fn lines(rows: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let line = |row: &Value| ["ticket", "payment", "month", "amount"].map(|name| text(&row[name])).join(" ");
    rows.as_array().unwrap().iter().map(line).collect()
}

fn requested(payment: &str, month: &str) -> Value {
    json!([{"ticket": "T-1", "payment": payment, "month": month}])
}

#[test]
fn every_payable_row_is_listed_with_its_last_day_and_its_reason() {
    let answer = unclaimed(&[&first_month()], "2016-08-15", &json!([]));
    assert_eq!(lines(&answer["rows"]), ["T-1 p1m1 2016-06 1398.00"]);
    let row = &answer["rows"][0];
    assert_eq!((&row["request_by"], &row["days_left"]), (&json!("2018-06-30"), &json!(684)));
    assert_eq!(row["basis"]["rule"], "P1-01");
    assert!(row["basis"]["text"].as_str().unwrap().contains("June 2016"), "{row}");
    assert_eq!(answer["tickets"][0]["why"], Value::Null);
    assert_eq!(answer["totals"]["amount"], "1398.00");
}

#[test]
fn on_the_last_day_it_is_in_time_and_on_the_next_it_is_late() {
    for (day, left, late) in [("2018-06-29", 1, 0), ("2018-06-30", 0, 0), ("2018-07-01", -1, 1)] {
        let answer = unclaimed(&[&first_month()], day, &json!([]));
        assert_eq!(answer["rows"][0]["days_left"], left, "{day}");
        assert_eq!(answer["totals"]["late"]["payments"], late, "{day}");
    }
}

#[test]
fn the_most_urgent_comes_first_whichever_ticket_it_is_of() {
    let later = title_ii().earned("2016-07", "900");
    let answer = unclaimed(&[&later, &first_month()], "2016-09-01", &json!([]));
    assert_eq!(lines(&answer["rows"]), ["T-2 p1m1 2016-06 1398.00", "T-1 p1m1 2016-07 1398.00"]);
}

#[test]
fn the_reconciliation_is_listed_last_and_nobody_is_told_to_request_it() {
    let year = suspended_from("2017-01").earned("2017-01..2017-12", "1170");
    let paid = year.paid_in_turn("outcome", 1..=12, "2017-01");
    let answer = unclaimed(&[&paid, &first_month()], "2018-01-15", &json!([]));
    let rows = answer["rows"].as_array().unwrap();
    let (last, before) = rows.split_last().unwrap();
    assert_eq!((&last["ticket"], &last["payment"]), (&json!("T-1"), &json!("reconciliation")));
    assert_eq!((&last["request_by"], &last["days_left"]), (&Value::Null, &Value::Null));
    assert!(before.iter().all(|row| row["request_by"].is_string()), "{answer}");
    let late = unclaimed(&[&paid], "2026-11-15", &json!([]));
    assert_eq!((lines(&late["rows"]).len(), &late["totals"]["late"]["payments"]), (1, &json!(0)));
}

#[test]
fn what_is_requested_takes_its_payment_and_its_month() {
    let rows = |requests: &Value| lines(&unclaimed(&[&ten_months()], "2017-04-01", requests)["rows"]);
    let all = ["T-1 p1m1 2016-06 1398.00", "T-1 p1m2 2016-08 1398.00", "T-1 p1m3 2016-11 1398.00"];
    assert_eq!(rows(&json!([]))[..3], all);
    assert_eq!(rows(&requested("p1m1", "2016-06"))[..2], all[1..]);
    // Asked for July, so that August is the first month of the second milestone all the same.
    assert_eq!(rows(&requested("p1m1", "2016-07"))[..2], all[1..]);
    let phase_2 = |requests: &Value| rows(requests).into_iter().filter(|row| row.contains(" p2")).collect::<Vec<_>>();
    assert_eq!(phase_2(&json!([])), ["T-1 p2m1 2017-03 420.00"]);
    assert_eq!(phase_2(&requested("p2m1", "2017-03")), [""; 0]);
    assert_eq!(phase_2(&requested("p2m2", "2017-03")), [""; 0]);
    // One that has no number yet takes its month alone.
    assert_eq!(phase_2(&requested("p2", "2017-03")), [""; 0]);
    assert_eq!(phase_2(&requested("p2", "2017-02")), ["T-1 p2m1 2017-03 420.00"]);
    assert_eq!(phase_2(&requested("outcome", "2016-01")), ["T-1 p2m1 2017-03 420.00"]);
}

#[test]
fn requests_of_other_tickets_and_payments_made_since_change_nothing() {
    let of_another = json!([{"ticket": "T-9", "payment": "p1m1", "month": "2016-06"}]);
    assert_eq!(unclaimed(&[&first_month()], "2016-08-15", &of_another)["rows"].as_array().unwrap().len(), 1);
    let paid = first_month().paid("p1m1", "2016-06");
    let answer = unclaimed(&[&paid], "2016-08-15", &requested("p1m1", "2016-06"));
    assert_eq!(answer["tickets"][0]["why"]["standing"], "pending");
}

#[test]
fn a_ticket_that_brings_nothing_says_why() {
    let why =
        |story: &Story, day: &str, requests: &Value| unclaimed(&[story], day, requests)["tickets"][0]["why"].clone();
    let none = json!([]);
    let pending = why(&title_ii(), "2016-08-15", &none);
    assert_eq!((&pending["standing"], &pending["payment"]), (&json!("pending"), &json!("p1m1")));
    assert!(pending["rules"].as_array().unwrap().contains(&json!("P1-01")), "{pending}");
    assert!(pending["text"].as_str().unwrap().contains("$810"), "{pending}");
    let unknown = why(&case().assigned("2016-05-20").earned("2016-06", "900"), "2016-07-15", &none);
    assert_eq!((&unknown["standing"], &unknown["payment"]), (&json!("undetermined"), &json!("p1m1")));
    assert_eq!(unknown["missing"][0]["path"], "/case/benefits");
    let in_process = why(&first_month(), "2016-07-15", &requested("p1m1", "2016-06"));
    assert_eq!((&in_process["standing"], &in_process["payment"]), (&json!("requested"), &json!("p1m1")));
    let barred = why(&title_ii().terminates_in("2016-07"), "2016-08-15", &none);
    assert_eq!((&barred["standing"], &barred["rules"]), (&json!("unavailable"), &json!(["TRM-01"])));
}

#[test]
fn a_rate_that_is_not_published_is_missing_and_adds_nothing() {
    let story = case().assigned("2025-05-20").in_pay("t2", "2020-01..").earned("2026-02", "1300");
    let answer = unclaimed(&[&story], "2026-04-01", &json!([]));
    assert_eq!(answer["rows"][0]["amount"], Value::Null);
    assert_eq!(answer["rows"][0]["missing"][0]["path"], "/parameters/rates/2026");
    assert_eq!((&answer["totals"]["amount"], &answer["totals"]["without_rate"]), (&json!("0.00"), &json!(1)));
}

#[test]
fn one_case_that_is_wrong_stops_no_other() {
    let cases =
        json!([{}, case().assigned_to("EN-B", "en", "2016-05-20").document("T-1"), first_month().document("T-2")]);
    let answer = ask(&json!({"provider": "EN-A", "as_of": "2016-08-15", "cases": cases}));
    let tickets = &answer["tickets"];
    assert_eq!(tickets[0]["errors"][0]["path"], "/cases/0/ticket");
    assert_eq!(tickets[1]["errors"][0]["code"], "CLAIM_PROVIDER_NOT_ASSIGNED");
    assert_eq!(lines(&answer["rows"]), ["T-2 p1m1 2016-06 1398.00"]);
}

#[test]
fn a_list_names_each_ticket_once() {
    let document = first_month().document("T-1");
    let request = json!({"provider": "EN-A", "as_of": "2016-08-15", "cases": [document, document], "requests": [{}]});
    let answer = Engine::builtin().unwrap().unclaimed_json(request.to_string().as_bytes());
    let expected = [
        "CASELOAD_TICKET_DUPLICATE /cases/1/ticket/id",
        "REQ_FIELD_REQUIRED /requests/0/ticket",
        "REQ_FIELD_REQUIRED /requests/0/payment",
        "REQ_FIELD_REQUIRED /requests/0/month",
    ];
    assert_eq!(codes(answer), expected);
}

#[test]
fn the_table_has_a_line_a_payment_and_no_formulas() {
    let mut formula = title_ii().earned("2016-07", "900").document("T-2");
    formula["ticket"]["id"] = json!("=1+1, \"x\"");
    let cases = json!([first_month().document("T-1"), formula]);
    let request = json!({"provider": "EN-A", "as_of": "2018-07-01", "cases": cases}).to_string();
    let engine = Engine::builtin().unwrap();
    let table = engine.unclaimed_csv(request.as_bytes()).unwrap();
    let lines: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(lines.len(), 4, "{table}");
    assert!(lines[1].starts_with("T-1,p1m1,2016-06,1398.00,2018-06-30,-1,P1-01,"), "{table}");
    assert!(lines[2].starts_with("\"'=1+1, \"\"x\"\"\",p1m1,2016-07,1398.00,2018-07-31,30,P1-01,"), "{table}");
    let with_a_bad_one = json!({"provider": "EN-A", "as_of": "2018-07-01", "cases": [{}]}).to_string();
    let problems = engine.unclaimed_csv(with_a_bad_one.as_bytes());
    assert!(codes(problems).contains(&"REQ_FIELD_REQUIRED /cases/0/ticket".to_owned()));
}

/// A part of the run over one ticket after another, for EN-A and EN-B.
fn part(stories: &[&Story], as_of: &str) -> Value {
    let cases: Vec<Value> = (1..).zip(stories).map(|(n, story)| story.document(&format!("T-{n}"))).collect();
    json!({"as_of": as_of, "cases": cases, "requests": [], "providers": [{"provider": "EN-A"}, {"provider": "EN-B"}]})
}

fn obstacles(answer: &Value) -> Vec<String> {
    let entries = answer["tickets"].as_array().unwrap().iter().flat_map(|t| t["not_proposed"].as_array().unwrap());
    entries
        .map(|entry| format!("{} {}", entry["provider"].as_str().unwrap(), entry["reason"].as_str().unwrap()))
        .collect()
}

#[test]
fn the_run_proposes_what_posted_earnings_establish() {
    let answer = run(&part(&[&first_month()], "2016-08-15"));
    assert_eq!(lines(&answer["proposals"]), ["T-1 p1m1 2016-06 1398.00"]);
    assert_eq!((&answer["proposals"][0]["provider"], &answer["tickets"][0]["proposed"]), (&json!("EN-A"), &json!(1)));
    let by_slips = title_ii().wages(["2016-06-01", "2016-06-30", "2016-06-30"], "900");
    let answer = run(&part(&[&by_slips], "2016-08-15"));
    assert_eq!((lines(&answer["proposals"]), obstacles(&answer)), (vec![], vec!["EN-A not_on_file".to_owned()]));
}

#[test]
fn pay_slips_that_speak_against_a_claim_are_not_overlooked() {
    // Of the month before the assignment there are only slips: the look-back counts them.
    let story = first_month().wages(["2016-04-01", "2016-04-30", "2016-04-30"], "900");
    assert_eq!(lines(&run(&part(&[&story], "2016-08-15"))["proposals"]), [""; 0]);
}

#[test]
fn providers_on_hold_or_without_an_agreement_are_passed_over() {
    let with = |provider: Value| {
        let mut request = part(&[&first_month()], "2016-08-15");
        request["providers"] = json!([provider]);
        obstacles(&run(&request))
    };
    assert_eq!(with(json!({"provider": "EN-A", "agreement_ends_on": "2016-08-15"})), [""; 0]);
    assert_eq!(with(json!({"provider": "EN-A", "agreement_ends_on": "2016-08-14"})), ["EN-A no_agreement"]);
    assert_eq!(with(json!({"provider": "EN-A", "on_hold": true})), ["EN-A on_hold"]);
    assert_eq!(with(json!({"provider": "EN-B"})), ["EN-A no_agreement"]);
}

#[test]
fn nothing_is_proposed_late_or_twice() {
    let proposals = |day: &str, requests: Value| {
        let mut request = part(&[&first_month()], day);
        request["requests"] = requests;
        let answer = run(&request);
        (lines(&answer["proposals"]).len(), obstacles(&answer))
    };
    assert_eq!(proposals("2018-06-30", json!([])), (1, vec![]));
    assert_eq!(proposals("2018-07-01", json!([])), (0, vec!["EN-A late".to_owned()]));
    assert_eq!(proposals("2016-08-15", requested("p1m1", "2016-06")), (0, vec!["EN-A nothing_due".to_owned()]));
}

#[test]
fn a_month_is_proposed_to_who_held_the_ticket_and_only_once() {
    let story = title_ii().assigned_to("EN-B", "en", "2016-07-10").earned("2016-06..2016-09", "900");
    let answer = run(&part(&[&story], "2016-10-15"));
    let lines: Vec<String> = answer["proposals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {} {} {}", row["provider"], row["payment"], row["month"], row["possible_split"]))
        .collect();
    assert_eq!(lines[0], r#""EN-A" "p1m1" "2016-06" false"#);
    assert!(lines[1..].iter().all(|line| line.starts_with(r#""EN-B""#) && !line.contains("p1m1")), "{lines:?}");
    assert_eq!(obstacles(&answer)[0], "EN-A not_held");
}

#[test]
fn a_month_on_either_side_of_an_unassignment() {
    let proposed = |day: &str, month: &str| {
        let story = title_ii().unassigned(day).earned(month, "900");
        lines(&run(&part(&[&story], "2016-10-15"))["proposals"]).len()
    };
    assert_eq!((proposed("2016-08-01", "2016-07"), proposed("2016-08-01", "2016-08")), (1, 0));
    assert_eq!((proposed("2016-07-02", "2016-07"), proposed("2016-07-01", "2016-07")), (1, 0));
    // Under cost reimbursement nothing is claimed, so the months of that assignment are nobody's.
    let story =
        case().assigned_to("EN-A", "state_vr", "2016-05-20").assigned_to("EN-A", "state_vr_as_en", "2016-07-10");
    let story = story.in_pay("t2", "2010-01..").earned("2016-07..2016-08", "900");
    assert_eq!(lines(&run(&part(&[&story], "2016-10-15"))["proposals"]), ["T-1 p1m1 2016-08 1398.00"]);
}

#[test]
fn a_run_in_parts_proposes_what_a_run_in_one_does() {
    let (one, two, three) = (first_month(), suspended_from("2016-07").earned("2016-07..2016-09", "1300"), ten_months());
    let mut request = part(&[&three, &one, &two], "2017-04-01");
    let whole = run(&request);
    assert_eq!(whole["cursor"], Value::Null);
    request["limit"] = json!(1);
    let mut proposals = Vec::new();
    for expected in [json!("T-1"), json!("T-2"), Value::Null] {
        let answer = run(&request);
        proposals.extend(answer["proposals"].as_array().unwrap().clone());
        assert_eq!(answer["cursor"], expected);
        request["after"] = answer["cursor"].clone();
    }
    assert_eq!(Value::from(proposals), whole["proposals"]);
}

#[test]
fn a_run_names_each_provider_once_and_a_number_of_tickets() {
    let mut request = part(&[&first_month()], "2016-08-15");
    request["providers"] = json!([{"provider": "EN-A"}, {"provider": "EN-A"}]);
    request["limit"] = json!(0);
    let answer = Engine::builtin().unwrap().auto_pay_json(request.to_string().as_bytes());
    assert_eq!(codes(answer), ["CASELOAD_PROVIDER_DUPLICATE /providers/1/provider", "CASELOAD_LIMIT /limit"]);
}

#[test]
fn of_two_people_with_one_ticket_nobody_is_judged_by_the_requests_of_both() {
    let person = |ticket: &str| {
        let record = json!({
            "case": first_month().document(ticket), "date_of_birth": "1980-02-03", "section_301": false,
            "benefit_continuation": false, "employers": [], "progress_review": null, "earlier": [],
        });
        crate::forms::person(record.to_string().as_bytes()).unwrap()
    };
    let unclaimed = |people: Vec<crate::forms::Person>| {
        let request = super::UnclaimedRequest::on_file("EN-A", jiff::civil::date(2016, 8, 15), people);
        serde_json::to_value(super::unclaimed(&request, Engine::builtin().unwrap().parameters())).unwrap()
    };
    let answer = unclaimed(vec![person("T-1"), person("T-2"), person("T-1")]);
    assert_eq!(lines(&answer["rows"]), ["T-2 p1m1 2016-06 1398.00"]);
    let tickets = answer["tickets"].as_array().unwrap();
    let refused = tickets.iter().filter_map(|ticket| ticket["errors"][0]["code"].as_str());
    assert_eq!(refused.collect::<Vec<_>>(), ["CASELOAD_TICKET_DUPLICATE"; 2], "{answer}");
}
