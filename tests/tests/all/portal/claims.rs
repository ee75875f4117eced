//! The life of a claim over HTTP: filed, queued, diaried, answered, decided; by its clocks, by two at once, by who filed it.

mod splits;

use super::drafts::{BEFORE, draft, file, record, reviewed, shared_record, ssn, submission};
use super::{Answer, House, get, now, post};
use aws_sdk_dynamodb::types::AttributeValue;
use axum::Router;
use axum::http::Method;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::HashMap;
use sweep::Clocks;
use tokio::task::JoinSet;
use ttw_core::Engine;
use ttw_core::forms::Role;
use ttw_portal::settings::DEFAULT_TABLE;
use ttw_portal::store::{Confirmation, Registered};

const REQUESTS: &str = "/v1/payment-requests";
const MANAGER: &str = "program-manager";
const PROVIDER: &str = "harbor-submitter";
/// Filed on Sunday, November 15; the ninth business day is November 27, since Thanksgiving is none.
const TENTH_DAY: &str = "2026-11-30";

fn holder(place: usize) -> String {
    format!("991-31-{:04}", 2100 + place)
}

/// A moment so many days after everything was filed.
fn days_later(days: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * days)
}

struct Office {
    house: House,
}

impl Office {
    async fn open() -> Self {
        Self { house: House::open().await }
    }

    /// A claim of somebody whose ticket is with the first organization, filed; its number.
    async fn claim(&self, place: usize, change: impl FnOnce(&mut Value)) -> String {
        let number = holder(place);
        let person = record(Some(("EN-HARBOR", "en")));
        self.house.store.put_person(&ssn(&number), &person.to_string()).await.unwrap();
        let mut form = draft(REQUESTS, &number, "en");
        change(&mut form);
        let key = format!("claim-{place}");
        file(&self.house, &self.house.token(PROVIDER), REQUESTS, &form, &key).await.0
    }

    async fn at(&self, app: &Router, user: &str, path: &str, body: Option<Value>) -> Answer {
        let token = self.house.token(user);
        let request = match body {
            Some(body) => post(path, &token, &body),
            None => get(path, &token),
        };
        let answer = House::ask_of(app.clone(), request).await;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        for place in 0..10 {
            let number = holder(place);
            assert!(!text.contains(&number) && !text.contains(&number.replace('-', "")), "{path}: {text}");
        }
        answer
    }

    async fn ask(&self, user: &str, path: &str, body: Option<Value>) -> Answer {
        self.at(&self.house.app, user, path, body).await
    }

    /// A decision by the program manager that is taken; the work case after it.
    async fn decided(&self, app: &Router, number: &str, body: Value) -> Value {
        let answer = self.at(app, MANAGER, &format!("/v1/work-cases/{number}/decision"), Some(body)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    /// The codes and places of what is wrong with a decision.
    async fn refused(&self, app: &Router, number: &str, body: Value) -> (u16, String, String) {
        let answer = self.at(app, MANAGER, &format!("/v1/work-cases/{number}/decision"), Some(body)).await;
        let path = answer.json()["errors"][0]["path"].as_str().unwrap_or_default().to_owned();
        (answer.status.as_u16(), answer.code(), path)
    }

    async fn case(&self, app: &Router, number: &str) -> Value {
        let answer = self.at(app, MANAGER, &format!("/v1/work-cases/{number}"), None).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    async fn queue(&self, query: &str) -> Vec<String> {
        let answer = self.ask(MANAGER, &format!("/v1/work-queue{query}"), None).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        numbers(&answer.json())
    }
}

fn numbers(queue: &Value) -> Vec<String> {
    queue["items"].as_array().unwrap().iter().map(|item| item["number"].as_str().unwrap().to_owned()).collect()
}

fn why(code: &str) -> Value {
    json!({"version": 1, "action": "diary", "reason": code, "otherwise": "evidence_missing"})
}

#[tokio::test]
async fn a_claim_is_filed_queued_diaried_answered_and_paid() {
    let office = Office::open().await;
    let app = office.house.app.clone();
    let number = office.claim(0, |_| ()).await;
    // Who filed it sees the clock of its evidence.
    let own = office.ask(PROVIDER, &format!("{REQUESTS}/{number}"), None).await.json();
    assert_eq!((&own["status"], &own["progress"]["steps"]), (&json!("received"), &json!([])));
    let timeline = &own["progress"]["timeline"];
    assert_eq!(timeline["waiting_for"]["from"], "provider");
    assert_eq!(timeline["expected_decision"]["by"], "2026-12-15");
    assert_eq!(timeline["clocks"][0]["last_day"], "2026-11-27");
    assert_eq!(office.queue("").await, [number.as_str()]);
    // What the engine proposes.
    let case = office.case(&app, &number).await;
    assert_eq!((&case["version"], &case["proposal"]["action"]), (&json!(1), &json!("pay")));
    assert_eq!(case["proposal"]["determination"]["decision"], "payable");
    assert_eq!(case["document"]["ssn"], "***-**-2100");
    // A diary needs a reason; against the engine it needs one more.
    let plain = json!({"version": 1, "action": "diary", "reason": "NEED_ADDITIONAL_INFORMATION"});
    let refused = office.refused(&app, &number, plain).await;
    assert_eq!(refused, (422, "WC_OTHERWISE".to_owned(), "/otherwise".to_owned()));
    let case = office.decided(&app, &number, why("NEED_ADDITIONAL_INFORMATION")).await;
    assert_eq!(case["version"], 2);
    let words: Vec<&str> =
        case["progress"]["steps"].as_array().unwrap().iter().map(|step| step["event"].as_str().unwrap()).collect();
    assert_eq!(words, ["open", "diary"]);
    assert_eq!(case["progress"]["timeline"]["state"]["reason"], "NEED_ADDITIONAL_INFORMATION");
    // What cannot be read stops nothing; what can, does.
    let path = format!("/v1/work-cases/{number}/evidence");
    let fax = |version: u32, legible: bool| json!({"version": version, "kind": "pay_statements", "pages": 2, "legible": legible});
    let case = office.ask(MANAGER, &path, Some(fax(2, false))).await.json();
    assert_eq!(case["progress"]["timeline"]["state"]["status"], "diaried");
    let case = office.ask(MANAGER, &path, Some(fax(3, true))).await.json();
    assert_eq!(case["progress"]["timeline"]["state"]["status"], "in_review");
    let stopped: Vec<&Value> =
        case["progress"]["arrived"].as_array().unwrap().iter().map(|arrived| &arrived["stopped_clock"]).collect();
    assert_eq!(stopped, [false, true]);
    // The rate of the year is not published: who pays says the amount, in whole dollars.
    let pay = |amount: Value| json!({"version": 4, "action": "pay", "amount": amount});
    let refused = office.refused(&app, &number, pay(Value::Null)).await;
    assert_eq!(refused, (422, "REQ_FIELD_REQUIRED".to_owned(), "/amount".to_owned()));
    assert_eq!(office.refused(&app, &number, pay(json!("1850.50"))).await.1, "MONEY_WHOLE_DOLLARS");
    let case = office.decided(&app, &number, pay(json!("1850.00"))).await;
    assert_eq!((&case["progress"]["timeline"]["state"]["status"], &case["proposal"]), (&json!("paid"), &Value::Null));
    assert_eq!(case["decided_on"]["determination"]["decision"], "payable");
    let replay = Engine::builtin().unwrap().replay_json(case["decided_on"].to_string().as_bytes()).unwrap();
    assert!(replay.starts_with("{\"same\":true"), "{replay}");
    assert_eq!(office.queue("").await, Vec::<String>::new());
    // Who filed it sees it paid, in the list, the claim and the ledger; and cannot claim it again.
    let own = office.ask(PROVIDER, &format!("{REQUESTS}/{number}"), None).await.json();
    assert_eq!(own["status"], "paid");
    assert_eq!(office.ask(PROVIDER, REQUESTS, None).await.json()["items"][0]["status"], "paid");
    let asked = json!({"ssn": holder(0)});
    let ledger = office.ask(PROVIDER, "/v1/eligibility/ledger", Some(asked)).await.json();
    let first = &ledger["rows"][0];
    assert_eq!((&first["payment"], &first["status"]), (&json!("p1m1"), &json!("paid")));
    assert_eq!((&first["amount"], &first["attained_in"]), (&json!("1850.00"), &json!("2026-06")));
    let again = draft(REQUESTS, &holder(0), "en");
    let answer = office.ask(PROVIDER, &format!("{REQUESTS}/review"), Some(again)).await;
    assert_eq!(answer.code(), "PR_ALREADY_PAID");
    let late = json!({"version": 5, "action": "deny", "reason": "EARNINGS"});
    assert_eq!(office.refused(&app, &number, late).await.1, "CLAIM_STEP");
}

#[tokio::test]
async fn a_claim_below_the_level_is_denied_for_a_reason_that_shows_and_may_be_filed_anew() {
    let office = Office::open().await;
    let app = office.house.app.clone();
    let low = |form: &mut Value| {
        form["earnings"][0]["gross"] = json!("10.00");
        form["earnings"][1]["gross"] = json!("20.00");
    };
    let number = office.claim(1, low).await;
    let case = office.case(&app, &number).await;
    assert_eq!(case["proposal"]["action"], "deny");
    assert_eq!(case["proposal"]["reasons"][0]["code"], "EARNINGS");
    let deny = |reason: &str| json!({"version": 1, "action": "deny", "reason": reason});
    let refused = office.refused(&app, &number, deny("BENEFIT_STATUS")).await;
    assert_eq!(refused, (422, "CLAIM_REASON_NOT_SHOWN".to_owned(), "/reason".to_owned()));
    assert_eq!(office.refused(&app, &number, json!({"version": 1, "action": "pay"})).await.1, "CLAIM_NOT_PAYABLE");
    let case = office.decided(&app, &number, deny("EARNINGS")).await;
    assert_eq!(case["progress"]["timeline"]["state"]["reason"], "EARNINGS");
    let own = office.ask(PROVIDER, &format!("{REQUESTS}/{number}"), None).await.json();
    assert_eq!(own["status"], "denied");
    assert_eq!(own["progress"]["steps"][1]["title"], "Earnings do not reach the level in the months that count");
    let token = office.house.token(PROVIDER);
    let anew = draft(REQUESTS, &holder(1), "en");
    let (second, _) = file(&office.house, &token, REQUESTS, &anew, "claim-1-anew").await;
    assert_ne!(second, number);
    assert_eq!(office.queue("").await, [second]);
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_is_told_that_it_has_changed() {
    let office = Office::open().await;
    let app = office.house.app.clone();
    for place in 0..4 {
        let number = office.claim(place, |_| ()).await;
        let path = format!("/v1/work-cases/{number}/decision");
        let wait = json!({"version": 1, "action": "await_verification", "otherwise": "earnings_not_verified"});
        let ask = |body| office.at(&app, MANAGER, &path, Some(body));
        let (one, other) = tokio::join!(ask(why("OTHER")), ask(wait));
        let mut answers = [(one.status.as_u16(), one.code()), (other.status.as_u16(), other.code())];
        answers.sort();
        assert_eq!(answers, [(200, String::new()), (409, "WC_CHANGED".to_owned())]);
        assert_eq!(office.case(&app, &number).await["progress"]["steps"].as_array().unwrap().len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_pay_at_once_one_pays_and_the_others_are_told_that_it_has_changed() {
    let office = Office::open().await;
    let token = office.house.token(MANAGER);
    for place in 0..4 {
        let number = office.claim(place, |_| ()).await;
        let pay = json!({"version": 1, "action": "pay", "amount": "1850.00"});
        let mut at_once = JoinSet::new();
        for _ in 0..8 {
            let request = post(&format!("/v1/work-cases/{number}/decision"), &token, &pay);
            at_once.spawn(House::ask_of(office.house.app.clone(), request));
        }
        let mut answers: Vec<_> =
            at_once.join_all().await.iter().map(|answer| (answer.status.as_u16(), answer.code())).collect();
        answers.sort();
        assert_eq!(answers.remove(0), (200, String::new()));
        assert_eq!(answers, vec![(409, "WC_CHANGED".to_owned()); 7]);
        let ledger = office.ask(PROVIDER, "/v1/eligibility/ledger", Some(json!({"ssn": holder(place)}))).await.json();
        assert_eq!(ledger["totals"]["paid"], "1850.00", "it is paid once");
    }
}

#[tokio::test]
async fn what_may_be_done_with_a_claim_is_told_and_is_what_is_taken() {
    let office = Office::open().await;
    let number = office.claim(1, |form| form["proof_delivery"] = json!("none_needed")).await;
    let app = office.house.app.clone();
    let may = |case: &Value| -> Vec<String> {
        let actions = case["actions"].as_array().unwrap().iter();
        let told = actions.map(|each| {
            let codes = each["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap());
            [each["action"].as_str().unwrap()].into_iter().chain(codes).collect::<Vec<_>>().join(" ")
        });
        told.collect()
    };
    let diary = "diary NEED_ADDITIONAL_INFORMATION SAM_REGISTRATION_EXPIRED POSSIBLE_SPLIT_PAYMENT OTHER";
    let received = office.case(&app, &number).await;
    assert_eq!(may(&received), ["open", "pay", diary, "await_verification"], "payable, so no reason to deny");
    let step = async |app: &Router, case: &Value, action: &str, reason: Option<&str>| {
        let body =
            json!({"version": case["version"], "action": action, "reason": reason, "otherwise": "record_in_doubt"});
        office.decided(app, &number, body).await
    };
    let open = step(&app, &received, "open", None).await;
    assert_eq!(may(&open), ["pay", diary, "await_verification"]);
    let waiting = step(&app, &open, "await_verification", None).await;
    assert_eq!(may(&waiting), ["verified"]);
    let verified = step(&app, &waiting, "verified", None).await;
    let put_aside = step(&app, &verified, "diary", Some("OTHER")).await;
    assert_eq!(may(&put_aside), [""; 0], "for thirty days");
    let later = office.house.at(days_later(31));
    let over = office.case(&later, &number).await;
    assert_eq!(may(&over), ["pay", diary, "resume", "await_verification"]);
    let body = json!({"version": over["version"], "action": "pay", "amount": "1850"});
    let paid = office.decided(&later, &number, body).await;
    assert_eq!(may(&paid), [""; 0]);
    // Of what is not payable, one of the reasons that are so, and no other.
    let fourth = |form: &mut Value| {
        form["request_type"] = json!("p1m4");
        form.as_object_mut().unwrap().remove("p1m1_basis");
    };
    let denied = office.claim(2, fourth).await;
    let case = office.case(&app, &denied).await;
    let proposed: Vec<&str> =
        case["proposal"]["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap()).collect();
    assert!(!proposed.is_empty(), "{case}");
    assert!(may(&case).contains(&format!("deny {}", proposed.join(" "))), "{:?}", may(&case));
    assert!(!may(&case).contains(&"pay".to_owned()));
}

#[tokio::test]
async fn without_evidence_a_claim_is_denied_on_the_tenth_day_however_late_and_often_the_clocks_run() {
    let office = Office::open().await;
    let engine = Engine::builtin().unwrap();
    let (store, first) = (office.house.table_of("sweep"), office.claim(0, |_| ()).await);
    let run = async |days| sweep::run_clocks(&store, &engine, 100, days_later(days)).await.unwrap();
    assert_eq!(run(14).await, Clocks::default(), "November 29 is a Sunday");
    assert_eq!(run(15).await, Clocks::default(), "what arrived in time may still be told");
    let one = Clocks { claims: 1, steps: 1, claims_failed: 0 };
    assert_eq!(run(16).await, one);
    assert_eq!(run(16).await, Clocks::default());
    let second = office.claim(1, |_| ()).await;
    // Nobody has entered it yet, and it is shown as it is.
    let late = office.house.at(days_later(40));
    let shown = office.at(&late, PROVIDER, &format!("{REQUESTS}/{second}"), None).await.json();
    assert_eq!(shown["status"], "denied");
    assert_eq!(run(40).await, one);
    assert_eq!(run(41).await, Clocks::default());
    for number in [first, second] {
        let case = office.case(&late, &number).await;
        let steps = json!([{"event": "documents_missing", "on": TENTH_DAY, "actor": "clock", "reason": null, "title": null, "amount": null, "payment": null}]);
        assert_eq!(case["progress"]["steps"], steps);
        assert_eq!(case["progress"]["timeline"]["state"]["reason"], "INSUFFICIENT_DOCUMENTATION");
        let own = office.at(&late, PROVIDER, &format!("{REQUESTS}/{number}"), None).await.json();
        assert_eq!(own["status"], "denied");
    }
    assert_eq!(office.queue("").await, Vec::<String>::new());
}

/// Leaves nothing of an item but its key.
async fn tear(house: &House, partition: &str, sort: &str) {
    let key =
        [("PK", partition), ("SK", sort)].map(|(name, text)| (name.to_owned(), AttributeValue::S(text.to_owned())));
    let put = house.backstage.client().put_item().table_name(DEFAULT_TABLE).set_item(Some(key.into()));
    put.send().await.unwrap();
}

#[tokio::test]
async fn a_ticket_that_cannot_be_read_keeps_no_other_from_the_list() {
    let office = Office::open().await;
    let number = office.claim(0, |_| ()).await;
    let tickets = async || {
        let listed = office.at(&office.house.app, PROVIDER, "/v1/unclaimed?limit=100", None).await;
        assert_eq!(listed.status, 200, "{listed:?}");
        listed.json()["people"].as_array().unwrap().len()
    };
    let before = tickets().await;
    assert!(before > 1);
    let all = office.house.backstage.client().scan().table_name(DEFAULT_TABLE).send().await.unwrap();
    assert!(all.last_evaluated_key.is_none(), "one page");
    let text = |item: &HashMap<String, AttributeValue>, name: &str| item[name].as_s().unwrap().clone();
    let filed =
        all.items().iter().find(|item| text(item, "SK").starts_with("FILED#") && text(item, "SK").ends_with(&number));
    tear(&office.house, &text(filed.unwrap(), "PK"), &text(filed.unwrap(), "SK")).await;
    assert_eq!(tickets().await, before - 1);
}

#[tokio::test]
async fn a_claim_whose_clocks_cannot_be_entered_keeps_no_other_from_it() {
    let office = Office::open().await;
    let mut numbers = [office.claim(0, |_| ()).await, office.claim(1, |_| ()).await];
    // Of one day the lower number comes first.
    numbers.sort();
    let [first, second] = numbers;
    tear(&office.house, &format!("CASE#{first}"), "CASE").await;
    tear(&office.house, "CLOCKS", &format!("2026-01-02#{first}")).await;
    let store = office.house.table_of("sweep");
    let run = sweep::run_clocks(&store, &Engine::builtin().unwrap(), 1, days_later(16)).await.unwrap();
    assert_eq!(run, Clocks { claims: 2, steps: 1, claims_failed: 1 });
    let run = sweep::run_clocks(&store, &Engine::builtin().unwrap(), 1, days_later(16)).await.unwrap();
    assert_eq!(run, Clocks { claims: 1, steps: 0, claims_failed: 1 });
    let own = office.at(&office.house.at(days_later(16)), PROVIDER, &format!("{REQUESTS}/{second}"), None).await.json();
    assert_eq!(own["status"], "denied");
}

#[tokio::test]
async fn what_a_clock_has_done_is_shown_in_lists_before_it_is_entered() {
    let office = Office::open().await;
    let number = office.claim(0, |_| ()).await;
    let late = office.house.at(days_later(40));
    let listed = office.at(&late, PROVIDER, REQUESTS, None).await.json();
    let items = listed["items"].as_array().unwrap();
    assert_eq!(items.iter().find(|item| item["confirmation"] == number).unwrap()["status"], "denied");
    // The queue says that the step is due.
    let queue = office.at(&late, MANAGER, "/v1/work-queue", None).await.json();
    let queued = queue["items"].as_array().unwrap().iter().find(|item| item["number"] == number).unwrap().clone();
    assert_eq!(
        (&queued["state"]["status"], &queued["due"][0]["demand"]),
        (&json!("received"), &json!("documents_missing"))
    );
}

#[tokio::test]
async fn a_fax_of_the_ninth_day_counts_when_it_is_entered_on_the_tenth() {
    let office = Office::open().await;
    let number = office.claim(0, |_| ()).await;
    let path = format!("/v1/work-cases/{number}/evidence");
    let engine = Engine::builtin().unwrap();
    let store = office.house.table_of("sweep");
    let run = async |days| sweep::run_clocks(&store, &engine, 100, days_later(days)).await.unwrap();
    // However often the clocks run before.
    assert_eq!(run(15).await, Clocks::default());
    let tenth = office.house.at(days_later(15));
    let fax =
        |day: Value| json!({"version": 1, "kind": "pay_statements", "pages": 1, "legible": true, "arrived_on": day});
    let too_late = office.at(&tenth, MANAGER, &path, Some(fax(Value::Null))).await;
    assert_eq!(too_late.code(), "CLAIM_STEP", "{too_late:?}");
    let early = office.at(&tenth, MANAGER, &path, Some(fax(json!("2026-11-14")))).await;
    assert_eq!(early.code(), "CLAIM_DAY_ORDER");
    let in_time = office.at(&tenth, MANAGER, &path, Some(fax(json!("2026-11-27")))).await;
    assert_eq!(in_time.status, 200, "{in_time:?}");
    let steps = &in_time.json()["progress"]["steps"];
    assert_eq!((&steps[0]["event"], &steps[0]["on"]), (&json!("documents_arrive"), &json!("2026-11-27")));
    assert_eq!(run(16).await, Clocks::default());
}

#[tokio::test]
async fn a_diary_that_runs_out_goes_back_to_be_decided() {
    let office = Office::open().await;
    let number = office.claim(0, |_| ()).await;
    office.decided(&office.house.app, &number, why("NEED_ADDITIONAL_INFORMATION")).await;
    let engine = Engine::builtin().unwrap();
    let run = sweep::run_clocks(&office.house.table_of("sweep"), &engine, 100, days_later(20)).await.unwrap();
    assert_eq!((run.claims, run.steps), (1, 1));
    let later = office.house.at(days_later(20));
    let case = office.case(&later, &number).await;
    assert_eq!(case["progress"]["steps"][2]["on"], TENTH_DAY);
    assert_eq!(case["progress"]["timeline"]["due"][0]["demand"], "decide");
    let again = json!({"version": 3, "action": "diary", "reason": "OTHER", "otherwise": "record_in_doubt"});
    assert_eq!(office.refused(&later, &number, again).await.1, "CLAIM_DECIDE_NOW");
    let wait = json!({"version": 3, "action": "await_verification", "otherwise": "earnings_not_verified"});
    assert_eq!(office.refused(&later, &number, wait).await.1, "CLAIM_DECIDE_NOW");
    let deny = json!({"version": 3, "action": "deny", "reason": "NO_RESPONSE_TO_REQUEST_FOR_DOCUMENTATION", "otherwise": "evidence_missing"});
    let case = office.decided(&later, &number, deny).await;
    assert_eq!(case["progress"]["timeline"]["state"]["status"], "denied");
}

#[tokio::test]
async fn the_queue_is_first_in_first_out_or_by_what_is_due_and_goes_on_where_it_ended() {
    let office = Office::open().await;
    let mut filed = Vec::new();
    for place in 0..5 {
        filed.push(office.claim(place, |_| ()).await);
    }
    // Numbers sort by time, and those of one moment by chance.
    filed.sort();
    assert_eq!(office.queue("").await, filed);
    let evidence = json!({"version": 1, "kind": "pay_statements", "pages": 2, "legible": true});
    office.ask(MANAGER, &format!("/v1/work-cases/{}/evidence", filed[0]), Some(evidence)).await;
    office.decided(&office.house.app, &filed[3], why("SAM_REGISTRATION_EXPIRED")).await;
    let mut by_due = office.queue("?order=due").await;
    assert_eq!(by_due.pop().as_ref(), Some(&filed[0]), "nothing runs there but the normal time");
    assert_eq!(by_due.len(), 4);
    assert_eq!(office.queue("?status=diaried").await, [filed[3].clone()]);
    assert_eq!(office.queue("?status=received&provider=EN-HARBOR").await.len(), 4);
    assert_eq!(office.queue("?provider=EN-NONE").await, Vec::<String>::new());
    let (mut read, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let answer = office.ask(MANAGER, &format!("/v1/work-queue?limit=2{cursor}"), None).await.json();
        read.extend(numbers(&answer));
        pages += 1;
        let Some(next) = answer["next_cursor"].as_str() else { break };
        let foreign = office.ask(MANAGER, &format!("/v1/work-queue?order=due&cursor={next}"), None).await;
        assert_eq!(foreign.code(), "CURSOR_INVALID");
        cursor = format!("&cursor={next}");
    }
    assert_eq!((read, pages), (filed, 3));
    for (query, code) in [("?order=size", "REQ_ENUM"), ("?status=paid", "REQ_ENUM"), ("?limit=0", "LIMIT_RANGE")] {
        let answer = office.ask(MANAGER, &format!("/v1/work-queue{query}"), None).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (422, code));
    }
}

#[tokio::test]
async fn who_filed_a_claim_may_take_it_back_until_it_is_decided() {
    let office = Office::open().await;
    let number = office.claim(0, |_| ()).await;
    let path = format!("/v1/work-cases/{number}/withdraw");
    let stranger = office.ask("prairie-submitter", &path, Some(json!({}))).await;
    let nothing = format!("/v1/work-cases/{}/withdraw", Confirmation::at(now()).unwrap());
    let missing = office.ask("prairie-submitter", &nothing, Some(json!({}))).await;
    assert_eq!((stranger.status, stranger.body), (missing.status, missing.body));
    let noted = office.ask(PROVIDER, &path, Some(json!({"why": "x"}))).await;
    assert_eq!(noted.code(), "REQ_UNKNOWN_FIELD");
    let answer = office.ask(PROVIDER, &path, Some(json!({}))).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json()["progress"]["timeline"]["state"]["status"], "withdrawn");
    // Whose first answer was lost asks once more.
    assert_eq!(office.ask(PROVIDER, &path, Some(json!({}))).await.body, answer.body);
    assert_eq!(office.queue("").await, Vec::<String>::new());
    let token = office.house.token(PROVIDER);
    file(&office.house, &token, REQUESTS, &draft(REQUESTS, &holder(0), "en"), "again").await;
}

#[tokio::test]
async fn the_cover_sheet_is_issued_once_and_copied_for_the_same_request() {
    let office = Office::open().await;
    let number = office.claim(0, |_| ()).await;
    let path = format!("{REQUESTS}/{number}/cover-sheet");
    let copy = format!("{path}?copy=true");
    assert_eq!(office.ask(PROVIDER, &copy, None).await.code(), "PR_SHEET_NOT_ISSUED");
    // Who only looks gets no sheet, and leaves it to whoever reads it.
    let look = async || {
        let mut request = get(&path, &office.house.token(PROVIDER));
        *request.method_mut() = Method::HEAD;
        House::ask_of(office.house.app.clone(), request).await.status
    };
    assert_eq!(look().await, 200);
    let first = office.ask(PROVIDER, &path, None).await;
    assert_eq!((first.status.as_u16(), &first.headers["content-type"]), (200, &"application/pdf".parse().unwrap()));
    assert!(first.body.starts_with(b"%PDF-"));
    assert_eq!(office.ask(PROVIDER, &path, None).await.code(), "PR_SHEET_ISSUED");
    assert_eq!(look().await, 409);
    assert_eq!(office.ask(PROVIDER, &copy, None).await.body, first.body);
    assert_eq!(office.ask(PROVIDER, &format!("{path}?copy=yes"), None).await.code(), "REQ_ENUM");
    let stranger = office.ask("prairie-submitter", &path, None).await;
    assert_eq!((stranger.status.as_u16(), stranger.code().as_str()), (404, "SUBMISSION_UNKNOWN"));
    let late = office.house.at(days_later(15));
    assert_eq!(office.at(&late, PROVIDER, &copy, None).await.code(), "PR_SHEET_CLOSED");
}

#[tokio::test]
async fn the_table_says_how_far_every_request_is_and_whose_ticket_none_is() {
    let office = Office::open().await;
    let (open, taken_back) = (office.claim(0, |_| ()).await, office.claim(1, |_| ()).await);
    office.ask(PROVIDER, &format!("/v1/work-cases/{taken_back}/withdraw"), Some(json!({}))).await;
    let table = async |moment: Timestamp| {
        let app = office.house.at(moment);
        let answer = office.at(&app, PROVIDER, &format!("{REQUESTS}/status.csv"), None).await;
        assert_eq!((answer.status.as_u16(), &answer.headers["cache-control"]), (200, &"no-store".parse().unwrap()));
        String::from_utf8(answer.body.to_vec()).unwrap()
    };
    let line = |text: &str, number: &str| -> Vec<String> {
        let line = text.lines().find(|line| line.starts_with(number)).unwrap();
        line.split(',').map(str::to_owned).collect()
    };
    let text = table(now()).await;
    assert_eq!(text.lines().count(), 3);
    assert!(!text.contains("2100"), "the last four digits are nobody's business here: {text}");
    let first = line(&text, &open);
    assert_eq!(first[3..8], ["p1m1", "2026-06", "received", "", "2026-11-15"].map(str::to_owned));
    assert_eq!(first[9..12], ["provider", "2026-11-27", "2026-12-15"].map(str::to_owned));
    assert_eq!(line(&text, &taken_back)[5], "withdrawn");
    let first = line(&table(days_later(15)).await, &open);
    assert_eq!(first[5..8], ["denied", "INSUFFICIENT_DOCUMENTATION", TENTH_DAY].map(str::to_owned));
}

#[tokio::test]
async fn a_field_office_asks_what_the_core_answers() {
    let office = Office::open().await;
    let engine = Engine::builtin().unwrap();
    let case = json!({"case": {"title": "t2", "blind": false, "disability": [{"from": "2010-01", "to": null}],
        "months": [{"month": "2016-08", "gross": "810.01", "vrfd": "Y"}], "through": "2016-12"}});
    let path = "/v1/verification/work-determinations";
    let answer = office.ask("field-office", path, Some(case.clone())).await;
    assert_eq!(answer.body, engine.work_determination_json(case.to_string().as_bytes()).unwrap());
    let wrong = office.ask(MANAGER, path, Some(json!({"case": {}}))).await;
    assert_eq!((wrong.status.as_u16(), wrong.code().as_str()), (422, "REQ_FIELD_REQUIRED"));
    let issues = json!({"today": "2026-06-15"});
    assert_eq!(office.ask("field-office", "/v1/verification/issues", Some(issues)).await.status, 200);
}

#[tokio::test]
async fn what_holds_a_payment_back_is_told_to_who_decides() {
    let office = Office::open().await;
    let number = office.claim(0, |_| ()).await;
    let app = office.house.app.clone();
    let proposal = async || office.case(&app, &number).await["proposal"].clone();
    let codes = |proposal: &Value| -> Vec<String> {
        let holds = proposal["holds"].as_array().unwrap();
        holds.iter().map(|hold| hold["code"].as_str().unwrap().to_owned()).collect()
    };
    let before = proposal().await;
    assert_eq!((&before["action"], codes(&before), &before["on_hold"]), (&json!("pay"), vec![], &json!(false)));
    let harbor = office.house.world.providers.iter().find(|provider| &*provider.provider == "EN-HARBOR").unwrap();
    let mut held = harbor.clone();
    (held.on_hold, held.sam_expires_on) = (true, Some(jiff::civil::date(2026, 11, 14)));
    office.house.store.put_provider(&held).await.unwrap();
    let after = proposal().await;
    assert_eq!(codes(&after), ["SAM_REGISTRATION_EXPIRED", "OTHER"]);
    assert_eq!((&after["action"], &after["on_hold"]), (&json!("pay"), &json!(true)));
    let diary = |reason: &str| json!({"version": 1, "action": "diary", "reason": reason});
    let other = office.refused(&app, &number, diary("POSSIBLE_SPLIT_PAYMENT")).await;
    assert_eq!(other.1, "WC_OTHERWISE");
    let path = format!("/v1/work-cases/{number}/decision");
    let held = office.at(&app, MANAGER, &path, Some(diary("SAM_REGISTRATION_EXPIRED"))).await;
    assert_eq!(
        (held.status.as_u16(), &held.json()["progress"]["timeline"]["state"]["status"]),
        (200, &json!("diaried")),
        "{held:?}"
    );
}

#[tokio::test]
async fn nothing_is_no_payment_where_the_rate_is_not_published() {
    let office = Office::open().await;
    let number = office.claim(0, |_| ()).await;
    let app = office.house.app.clone();
    let case = office.case(&app, &number).await;
    assert_eq!(case["proposal"]["amount"], Value::Null);
    let pay = |amount: &str| json!({"version": case["version"], "action": "pay", "amount": amount});
    assert_eq!(
        office.refused(&app, &number, pay("0.00")).await,
        (422, "CLAIM_AMOUNT".to_owned(), "/amount".to_owned())
    );
}
