use super::*;
use crate::Engine;
use crate::domain::{Month, PaymentAsked, Usd};

use crate::problem::Problem;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builtin().unwrap());

mod model;

fn receipt(id: &str, evidence: Evidence, received_on: Date) -> Receipt {
    Receipt {
        id: id.into(),
        provider: "EN-A".into(),
        payment: PaymentAsked::parse("p1m1").unwrap(),
        month: Month::new(2016, 6),
        received_on,
        sequence: 0,
        evidence,
        resubmits: None,
    }
}

/// Received on Monday, June 1, 2026.
fn received(evidence: Evidence) -> Claim {
    Claim::receive(receipt("WC-1", evidence, date(2026, 6, 1)), ENGINE.parameters()).unwrap()
}

fn take(claim: &mut Claim, event: Event, on: Date) -> Result<Transition, Problem> {
    claim.apply(event, on, ENGINE.parameters())
}

fn refused(claim: &mut Claim, event: Event, on: Date) -> &'static str {
    let before = claim.clone();
    let code = take(claim, event, on).unwrap_err().code;
    assert_eq!(*claim, before, "a step that is refused changes nothing");
    code
}

fn reviewed(evidence: Evidence) -> Claim {
    let mut claim = received(evidence);
    take(&mut claim, Event::Open, date(2026, 6, 2)).unwrap();
    claim
}

fn question(earned: &str, month: &str) -> String {
    json!({
        "case": {
            "ticket": {"id": "T-0001", "assignments": [
                {"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2016-05-20"}]},
            "beneficiary": {"title": "t2", "blind": false},
            "benefits": [{"title": "t2", "from": "2014-01", "to": null, "status": "current_pay"}],
            "earnings": [{"month": month, "earned": earned}],
        },
        "claim": {"payment": "p1m1", "month": month, "provider": "EN-A"}, "requested_on": "2026-06-01"
    })
    .to_string()
}

fn snapshot(earned: &str) -> Arc<Snapshot> {
    Arc::new(Snapshot::take(&ENGINE, &question(earned, "2016-06")).unwrap())
}

fn pay(dollars: i32, snapshot: Option<Arc<Snapshot>>) -> Event {
    Event::Pay { amount: Usd::from_dollars(dollars), snapshot }
}

fn deny(reason: DenialReason, snapshot: Option<Arc<Snapshot>>) -> Event {
    Event::Deny { reason, snapshot }
}

fn demands(claim: &Claim, today: Date) -> Vec<Demand> {
    due(claim, today, ENGINE.parameters()).into_iter().map(|due| due.demand).collect()
}

const INFORMATION: Event = Event::Diary(DiaryReason::NeedAdditionalInformation);

#[test]
fn evidence_on_the_ninth_business_day_is_in_time() {
    let mut claim = received(Evidence::ToFollow);
    assert_eq!(demands(&claim, date(2026, 6, 12)), []);
    assert_eq!(take(&mut claim, Event::DocumentsArrive, date(2026, 6, 12)).unwrap().ends, Some("DIA-01"));
    assert_eq!(demands(&claim, date(2026, 6, 15)), []);
    assert_eq!(refused(&mut claim, Event::DocumentsArrive, date(2026, 6, 15)), "CLAIM_NOTHING_AWAITED");
}

#[test]
fn without_evidence_the_claim_is_denied_on_the_tenth_business_day() {
    for today in [date(2026, 6, 15), date(2026, 7, 31)] {
        let mut claim = received(Evidence::ToFollow);
        assert_eq!(refused(&mut claim, Event::DocumentsMissing, date(2026, 6, 12)), "CLAIM_CLOCK_RUNNING");
        assert_eq!(demands(&claim, today)[0], Demand::DocumentsMissing);
        assert_eq!(refused(&mut claim, Event::DocumentsArrive, today), "CLAIM_CLOCK_DUE", "too late");
        let taken = take(&mut claim, Event::DocumentsMissing, today).unwrap();
        assert_eq!((taken.on, taken.actor, taken.rule), (date(2026, 6, 15), Actor::Clock, "DIA-01"));
        assert_eq!(claim.state(), State::Denied(DenialReason::InsufficientDocumentation));
        assert_eq!(demands(&claim, today), [], "asked again, nothing is left to do");
        assert_eq!(refused(&mut claim, Event::DocumentsMissing, today), "CLAIM_STEP");
    }
}

#[test]
fn a_diary_for_information_lasts_nine_business_days() {
    let mut claim = reviewed(Evidence::Enclosed);
    assert_eq!(take(&mut claim, INFORMATION, date(2026, 6, 15)).unwrap().starts, Some("DIA-02"));
    // June 19 is a holiday: day 9 is June 29.
    let mut answered = claim.clone();
    assert_eq!(take(&mut answered, Event::DocumentsArrive, date(2026, 6, 29)).unwrap().to, State::InReview);
    assert_eq!(demands(&answered, date(2026, 6, 30)), []);
    assert_eq!(
        refused(&mut answered, deny(DenialReason::NoResponse, None), date(2026, 6, 30)),
        "CLAIM_INFORMATION_NOT_ASKED"
    );
    assert_eq!(refused(&mut claim, Event::DiaryRunsOut, date(2026, 6, 29)), "CLAIM_CLOCK_RUNNING");
    assert_eq!(refused(&mut claim, Event::DocumentsArrive, date(2026, 6, 30)), "CLAIM_CLOCK_DUE");
    assert_eq!(take(&mut claim, Event::DiaryRunsOut, date(2026, 7, 8)).unwrap().on, date(2026, 6, 30));
    assert_eq!(demands(&claim, date(2026, 6, 30)), [Demand::Decide]);
    assert_eq!(refused(&mut claim, INFORMATION, date(2026, 6, 30)), "CLAIM_DECIDE_NOW");
    let mut paid = claim.clone();
    assert_eq!(take(&mut paid, pay(1398, Some(snapshot("900.00"))), date(2026, 6, 30)).unwrap().to, State::Paid);
    let denied = take(&mut claim, deny(DenialReason::NoResponse, None), date(2026, 6, 30)).unwrap();
    assert_eq!(denied.rule, "DIA-04");
}

#[test]
fn a_request_for_information_takes_the_place_of_the_evidences_own_days() {
    let mut claim = reviewed(Evidence::ToFollow);
    assert_eq!(take(&mut claim, INFORMATION, date(2026, 6, 12)).unwrap().ends, Some("DIA-01"));
    // The evidence's own tenth day was June 15; June 19 is a holiday.
    assert_eq!(demands(&claim, date(2026, 6, 26)), []);
    assert_eq!(demands(&claim, date(2026, 6, 29)), [Demand::DiaryRunsOut]);
}

#[test]
fn any_other_diary_stays_thirty_days_or_more() {
    let mut claim = reviewed(Evidence::Enclosed);
    take(&mut claim, Event::Diary(DiaryReason::SamRegistrationExpired), date(2026, 6, 3)).unwrap();
    assert_eq!(refused(&mut claim, Event::Resume, date(2026, 7, 2)), "CLAIM_DIARY_OPEN");
    assert_eq!(demands(&claim, date(2026, 7, 1)), []);
    assert_eq!(demands(&claim, date(2026, 7, 2)), [Demand::Overdue], "30 days after receipt are over");
    assert_eq!(demands(&claim, date(2026, 7, 3)), [Demand::LookAgain, Demand::Overdue]);
    assert_eq!(
        demands(&claim, date(2026, 12, 31)),
        [Demand::LookAgain, Demand::Overdue],
        "it is never denied by itself"
    );
    assert_eq!(take(&mut claim, Event::Resume, date(2026, 7, 3)).unwrap().ends, Some("DIA-03"));
}

#[test]
fn documents_keep_their_days_in_a_diary_for_another_reason() {
    let mut claim = reviewed(Evidence::ToFollow);
    take(&mut claim, Event::Diary(DiaryReason::PossibleSplitPayment), date(2026, 6, 3)).unwrap();
    assert_eq!(refused(&mut claim, Event::Resume, date(2026, 6, 12)), "CLAIM_DIARY_OPEN");
    assert_eq!(demands(&claim, date(2026, 6, 15)), [Demand::DocumentsMissing]);
    take(&mut claim, Event::DocumentsMissing, date(2026, 6, 15)).unwrap();
    assert_eq!(claim.state(), State::Denied(DenialReason::InsufficientDocumentation));
}

#[test]
fn a_payment_rests_on_a_payable_determination_of_this_claim() {
    let today = date(2026, 6, 3);
    let mut claim = reviewed(Evidence::Enclosed);
    assert_eq!(refused(&mut claim, pay(1398, None), today), "CLAIM_SNAPSHOT_REQUIRED");
    assert_eq!(refused(&mut claim, pay(1397, Some(snapshot("900.00"))), today), "CLAIM_AMOUNT");
    assert_eq!(refused(&mut claim, pay(1398, Some(snapshot("100.00"))), today), "CLAIM_NOT_PAYABLE");
    let other = Arc::new(Snapshot::take(&ENGINE, &question("900.00", "2016-07")).unwrap());
    assert_eq!(refused(&mut claim, pay(1398, Some(other)), today), "CLAIM_SNAPSHOT_OTHER");
    assert_eq!(refused(&mut claim, pay(1398, Some(snapshot("900.00"))), date(2026, 6, 1)), "CLAIM_DAY_ORDER");
    assert_eq!(refused(&mut claim, pay(1398, Some(snapshot("900.00"))), date(2100, 6, 1)), "CLAIM_DAY_RANGE");
    take(&mut claim, pay(1398, Some(snapshot("900.00"))), today).unwrap();
    let replay = claim.snapshot().unwrap().replay(&ENGINE).unwrap();
    assert!(replay.same && replay.decided == replay.now);
}

#[test]
fn a_denial_names_a_reason_that_its_determination_shows() {
    let today = date(2026, 6, 3);
    let mut claim = reviewed(Evidence::Enclosed);
    let below = || Some(snapshot("100.00"));
    assert_eq!(refused(&mut claim, deny(DenialReason::BenefitStatus, below()), today), "CLAIM_REASON_NOT_SHOWN");
    assert_eq!(
        refused(&mut claim, deny(DenialReason::Earnings, Some(snapshot("900.00"))), today),
        "CLAIM_REASON_NOT_SHOWN"
    );
    assert_eq!(refused(&mut claim, deny(DenialReason::Earnings, None), today), "CLAIM_SNAPSHOT_REQUIRED");
    assert_eq!(
        refused(&mut claim, deny(DenialReason::InsufficientDocumentation, below()), today),
        "CLAIM_REASON_OF_THE_CLOCK"
    );
    take(&mut claim, deny(DenialReason::Earnings, below()), today).unwrap();
    assert_eq!(claim.state(), State::Denied(DenialReason::Earnings));
}

#[test]
fn only_a_denial_for_want_of_a_response_is_resubmitted_with_everything() {
    let again = |evidence, day| receipt("WC-2", evidence, day);
    let mut claim = reviewed(Evidence::Enclosed);
    let parameters = ENGINE.parameters();
    let code = |claim: &Claim, receipt| claim.resubmit(receipt, parameters).unwrap_err().code;
    assert_eq!(code(&claim, again(Evidence::Enclosed, date(2026, 7, 20))), "CLAIM_RESUBMISSION");
    take(&mut claim, INFORMATION, date(2026, 6, 15)).unwrap();
    take(&mut claim, Event::DiaryRunsOut, date(2026, 6, 30)).unwrap();
    take(&mut claim, deny(DenialReason::NoResponse, None), date(2026, 7, 1)).unwrap();
    assert_eq!(code(&claim, again(Evidence::ToFollow, date(2026, 7, 20))), "CLAIM_RESUBMISSION_DOCUMENTS");
    assert_eq!(code(&claim, again(Evidence::Enclosed, date(2026, 6, 30))), "CLAIM_DAY_ORDER");
    assert_eq!(code(&claim, receipt("WC-1", Evidence::Enclosed, date(2026, 7, 20))), "CLAIM_RESUBMISSION_OTHER");
    let again = claim.resubmit(again(Evidence::Enclosed, date(2026, 7, 1)), parameters).unwrap();
    assert_eq!(again.receipt.resubmits.as_deref(), Some("WC-1"));
    assert_eq!(again.place().cmp(&claim.place()), std::cmp::Ordering::Greater, "it takes a new place in the queue");
}

#[test]
fn the_queue_is_first_in_first_out() {
    let place = |id: &str, day: i8, sequence: u64| {
        let receipt = Receipt { sequence, ..receipt(id, Evidence::Enclosed, date(2026, 6, day)) };
        Claim::receive(receipt, ENGINE.parameters()).unwrap()
    };
    let mut claims = [place("D", 2, 0), place("A", 1, 7), place("C", 1, 8), place("B", 1, 7)];
    claims.sort_by(|one, other| one.place().cmp(&other.place()));
    assert_eq!(claims.map(|claim| claim.receipt.id.to_string()), ["A", "B", "C", "D"]);
}

#[test]
fn the_timeline_says_who_is_waited_for_and_until_when() {
    let parameters = ENGINE.parameters();
    let claim = received(Evidence::ToFollow);
    let told = timeline(&claim, date(2026, 6, 3), parameters);
    assert_eq!(told.waiting_for.unwrap().from, Actor::Provider);
    assert_eq!(told.expected_decision.unwrap().by, Some(date(2026, 7, 1)));
    let clocks: Vec<_> = told.clocks.iter().map(|clock| (clock.rule, clock.gone_by, clock.last_day)).collect();
    assert_eq!(clocks, [("DIA-01", Some(2), Some(date(2026, 6, 12))), ("PRQ-06", Some(2), Some(date(2026, 7, 1)))]);
    let mut claim = reviewed(Evidence::Enclosed);
    take(&mut claim, Event::AwaitVerification, date(2026, 6, 3)).unwrap();
    let told = timeline(&claim, date(2026, 7, 3), parameters);
    assert_eq!(told.waiting_for.unwrap().from, Actor::SocialSecurity);
    assert_eq!(told.expected_decision.unwrap(), Expected { by: None, not_before: None, overdue: false });
    assert_eq!(take(&mut claim, Event::Verified, date(2026, 7, 3)).unwrap().actor, Actor::SocialSecurity);
    let told = timeline(&claim, date(2026, 7, 3), parameters);
    assert_eq!(
        told.expected_decision.unwrap(),
        Expected { by: Some(date(2026, 7, 1)), not_before: None, overdue: true }
    );
    take(&mut claim, Event::Withdraw, date(2026, 7, 3)).unwrap();
    let told = timeline(&claim, date(2026, 7, 4), parameters);
    assert!(told.clocks.is_empty() && told.due.is_empty() && told.waiting_for.is_none());
    assert!(told.expected_decision.is_none());
}

fn answer(engine: &Engine, claim: &Value, today: &str, step: &Value) -> Value {
    let request = json!({"claim": claim, "today": today, "step": step});
    let text = engine.claim_json(request.to_string().as_bytes()).unwrap_or_else(|found| panic!("{found:#?}"));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn what_is_written_is_read_back_with_its_decision() {
    let claim = json!({"id": "WC-1", "provider": "EN-A", "payment": "p1m1", "month": "2016-06", "received_on": "2026-06-01",
        "evidence": "enclosed"});
    let open = answer(&ENGINE, &claim, "2026-06-02", &json!({"event": "open", "on": "2026-06-02"}));
    let question: Value = serde_json::from_str(&question("900.00", "2016-06")).unwrap();
    let pay = json!({"event": "pay", "on": "2026-06-03", "amount": "1398.00", "snapshot": {"question": question}});
    let paid = answer(&ENGINE, &open["claim"], "2026-06-03", &pay);
    assert_eq!(paid["timeline"]["state"]["status"], "paid");
    assert_eq!(paid["claim"]["steps"][1]["snapshot"]["determination"]["decision"], "payable");
    let again = answer(&ENGINE, &paid["claim"], "2026-06-09", &Value::Null);
    assert_eq!(again["claim"], paid["claim"]);
    assert_eq!(again["transitions"], json!([]));
    let replay = ENGINE.replay_json(paid["claim"]["steps"][1]["snapshot"].to_string().as_bytes()).unwrap();
    assert!(replay.starts_with("{\"same\":true"), "{replay}");
}

#[test]
fn a_clock_told_late_answers_as_one_told_in_time() {
    let claim = json!({"id": "WC-1", "provider": "EN-A", "payment": "p1m1", "month": "2016-06", "received_on": "2026-06-01",
        "evidence": "to_follow"});
    let in_time = answer(&ENGINE, &claim, "2026-06-15", &Value::Null);
    let late = answer(&ENGINE, &claim, "2026-09-01", &Value::Null);
    assert_eq!(in_time["claim"], late["claim"]);
    assert_eq!(in_time["claim"]["steps"], json!([{"event": "documents_missing", "on": "2026-06-15"}]));
    assert_eq!(answer(&ENGINE, &late["claim"], "2026-09-01", &Value::Null)["transitions"], json!([]));
}
