//! What many tickets bring, over HTTP: money not asked for, the automatic run, what later facts have changed.

use super::drafts::{draft, file, record, ssn};
use super::{House, get, post};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use ttw_core::domain::Ein;

const REQUESTS: &str = "/v1/payment-requests";
const MANAGER: &str = "program-manager";
const PROVIDER: &str = "prairie-submitter";
const PRAIRIE: &str = "EN-PRAIRIE";

fn holder(place: usize) -> String {
    format!("992-41-{:04}", 3100 + place)
}

/// A ticket with the second organization and posted earnings above the trial work level in June.
fn working(place: usize) -> Value {
    let mut person = record(Some((PRAIRIE, "en")));
    person["case"]["ticket"]["id"] = json!(format!("T-41{place:02}"));
    person["case"]["earnings"] = json!([{"month": "2026-06", "earned": "1300.00"}]);
    person
}

async fn put(house: &House, place: usize, person: &Value) {
    house.store.put_person(&ssn(&holder(place)), &person.to_string()).await.unwrap();
}

async fn asked(house: &House, user: &str, path: &str) -> Value {
    let answer = house.ask(get(path, &house.token(user))).await;
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    answer.json()
}

/// All pages of a list, each of them asked for with the cursor of the one before.
async fn pages(house: &House, user: &str, path: &str, limit: usize) -> Vec<Value> {
    let (mut pages, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = asked(house, user, &format!("{path}?limit={limit}{cursor}")).await;
        let next = page["next_cursor"].as_str().map(str::to_owned);
        pages.push(page);
        let Some(next) = next else { return pages };
        cursor = format!("&cursor={next}");
    }
}

/// The texts at a pointer of every entry of a list of every page.
fn texts(pages: &[Value], list: &str, field: &str) -> Vec<String> {
    let entries = pages.iter().flat_map(|page| page.pointer(list).unwrap().as_array().unwrap());
    entries.map(|entry| entry[field].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn unclaimed_money_is_listed_until_it_is_asked_for_and_to_nobody_else() {
    let house = House::open().await;
    let before = asked(&house, PROVIDER, "/v1/unclaimed?limit=100").await;
    for place in 0..3 {
        put(&house, place, &working(place)).await;
    }
    let listed = asked(&house, PROVIDER, "/v1/unclaimed?limit=100").await;
    let rows = listed["unclaimed"]["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["ticket"] == "T-4100").unwrap();
    assert_eq!((&row["payment"], &row["month"]), (&json!("p1m1"), &json!("2026-06")));
    assert_eq!((&row["request_by"], &row["days_left"]), (&json!("2028-06-30"), &json!(593)));
    assert_eq!(row["basis"]["rule"], "P1-01");
    assert_eq!(rows.len(), before["unclaimed"]["rows"].as_array().unwrap().len() + 3);
    let people = listed["people"].as_array().unwrap();
    assert!(people.contains(&json!({"ticket": "T-4100", "ssn": "***-**-3100"})), "{people:?}");
    // The same from the core, by the same facts.
    let engine = ttw_core::Engine::builtin().unwrap();
    let cases: Vec<Value> = (0..3).map(|place| working(place)["case"].clone()).collect();
    let question = json!({"provider": PRAIRIE, "as_of": "2026-11-15", "cases": cases});
    let own: Value = serde_json::from_str(&engine.unclaimed_json(question.to_string().as_bytes()).unwrap()).unwrap();
    assert_eq!(own["rows"].as_array().unwrap().iter().find(|own| own["ticket"] == "T-4100"), Some(row));
    // As a table, and to nobody else.
    let table = house.ask(get("/v1/unclaimed.csv", &house.token(PROVIDER))).await;
    let table = String::from_utf8(table.body.to_vec()).unwrap();
    assert!(table.starts_with("ticket,payment,month,amount,request_by"), "{table}");
    assert_eq!(table.lines().filter(|line| line.starts_with("T-41")).count(), 3);
    assert_eq!(table.lines().count(), rows.len() + 1);
    // One that takes less says where the rest is, until there is no more.
    let (mut parts, mut next) = (Vec::new(), Some("/v1/unclaimed.csv?limit=2".to_owned()));
    while let Some(path) = next {
        let part = house.ask(get(&path, &house.token(PROVIDER))).await;
        next = part.header("link").map(|link| link.split_once('<').unwrap().1.split_once('>').unwrap().0.to_owned());
        parts.extend(String::from_utf8(part.body.to_vec()).unwrap().lines().skip(1).map(str::to_owned));
    }
    let mut whole: Vec<&str> = table.lines().skip(1).collect();
    whole.sort_unstable();
    parts.sort_unstable();
    assert_eq!(parts, whole);
    for path in ["/v1/unclaimed?limit=100", "/v1/unclaimed.csv"] {
        let foreign = house.ask(get(path, &house.token("harbor-submitter"))).await;
        assert!(!String::from_utf8_lossy(&foreign.body).contains("T-41"), "{path}");
    }
    // What was asked for is in process, and when it was taken back it is not.
    let (number, _) = file(&house, &house.token(PROVIDER), REQUESTS, &draft(REQUESTS, &holder(0), "en"), "one").await;
    let listed = asked(&house, PROVIDER, "/v1/unclaimed?limit=100").await;
    let tickets = listed["unclaimed"]["tickets"].as_array().unwrap();
    let ticket = tickets.iter().find(|ticket| ticket["ticket"] == "T-4100").unwrap();
    assert_eq!((&ticket["payments"], &ticket["why"]["standing"]), (&json!(0), &json!("requested")));
    let back = house.ask(post(&format!("/v1/work-cases/{number}/withdraw"), &house.token(PROVIDER), &json!({}))).await;
    assert_eq!(back.status, 200, "{back:?}");
    let listed = asked(&house, PROVIDER, "/v1/unclaimed?limit=100").await;
    assert_eq!(listed["unclaimed"]["rows"].as_array().unwrap(), rows);
}

#[tokio::test]
async fn pages_of_tickets_leave_none_out_and_tell_none_twice() {
    let house = House::open().await;
    for place in 0..7 {
        put(&house, place, &working(place)).await;
    }
    // One that is put once more is there once; one that was never this provider's is not there, whatever was noted of it.
    put(&house, 0, &working(0)).await;
    let mut corrected = record(Some(("EN-HARBOR", "en")));
    corrected["case"]["ticket"]["id"] = json!("T-4106");
    put(&house, 6, &corrected).await;
    for (user, path, list, count) in
        [(PROVIDER, "/v1/unclaimed", "/unclaimed/tickets", 6), (MANAGER, "/v1/automatic-run", "/run/tickets", 7)]
    {
        let whole = texts(&pages(&house, user, path, 100).await, list, "ticket");
        let own: Vec<String> = whole.iter().filter(|ticket| ticket.starts_with("T-41")).cloned().collect();
        assert_eq!(own, (0..count).map(|place| format!("T-41{place:02}")).collect::<Vec<_>>());
        let whole: BTreeSet<String> = whole.into_iter().collect();
        for limit in [1, 3] {
            let told = texts(&pages(&house, user, path, limit).await, list, "ticket");
            assert_eq!(told.len(), whole.len(), "{path} by {limit}");
            assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), whole);
        }
    }
    // A cursor is good for its own list, and as it was given.
    let first = asked(&house, PROVIDER, "/v1/unclaimed?limit=1").await;
    let cursor = first["next_cursor"].as_str().unwrap();
    for (user, wrong) in [
        (PROVIDER, format!("/v1/unclaimed?cursor={cursor}x")),
        ("harbor-submitter", format!("/v1/unclaimed?cursor={cursor}")),
        (MANAGER, format!("/v1/automatic-run?cursor={cursor}")),
    ] {
        let answer = house.ask(get(&wrong, &house.token(user))).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (422, "CURSOR_INVALID"), "{wrong}");
    }
    let answer = house.ask(get("/v1/unclaimed?limit=0", &house.token(PROVIDER))).await;
    assert_eq!(answer.code(), "LIMIT_RANGE");
}

#[tokio::test]
async fn the_automatic_run_proposes_what_is_on_file_and_passes_over_who_is_on_hold() {
    let house = House::open().await;
    for place in 0..2 {
        put(&house, place, &working(place)).await;
    }
    let run = async || pages(&house, MANAGER, "/v1/automatic-run", 100).await;
    let proposed = |pages: &[Value]| -> Vec<String> {
        texts(pages, "/run/proposals", "ticket").into_iter().filter(|ticket| ticket.starts_with("T-41")).collect()
    };
    assert_eq!(proposed(&run().await).len(), 2);
    file(&house, &house.token(PROVIDER), REQUESTS, &draft(REQUESTS, &holder(0), "en"), "one").await;
    assert_eq!(proposed(&run().await), ["T-4101"]);
    let ein: Ein = house.world.providers.iter().find(|one| *one.provider == *PRAIRIE).unwrap().ein;
    let mut organization = house.store.provider(&ein).await.unwrap().unwrap();
    organization.on_hold = true;
    house.store.put_provider(&organization).await.unwrap();
    let pages = run().await;
    assert!(proposed(&pages).is_empty());
    let tickets = pages.iter().flat_map(|page| page["run"]["tickets"].as_array().unwrap());
    let ticket = tickets.clone().find(|ticket| ticket["ticket"] == "T-4101").unwrap();
    assert_eq!(ticket["not_proposed"][0]["reason"], "on_hold");
}

#[tokio::test]
async fn what_was_paid_on_its_own_evidence_is_not_asked_back_while_nothing_else_is_known() {
    let house = House::open().await;
    let mut person = working(0);
    person["case"]["earnings"] = json!([]);
    put(&house, 0, &person).await;
    let (number, _) = file(&house, &house.token(PROVIDER), REQUESTS, &draft(REQUESTS, &holder(0), "en"), "one").await;
    let pay = json!({"version": 1, "action": "pay", "amount": "1850.00"});
    let paid = house.ask(post(&format!("/v1/work-cases/{number}/decision"), &house.token(MANAGER), &pay)).await;
    assert_eq!(paid.status, 200, "{paid:?}");
    let all = pages(&house, MANAGER, "/v1/recovery", 100).await;
    assert_eq!(texts(&all, "/recovery/adjustments", "claim"), Vec::<String>::new());
    let asked = json!({"ssn": holder(0)});
    let ledger = house.ask(post("/v1/eligibility/ledger", &house.token(PROVIDER), &asked)).await.json();
    assert_eq!(ledger["rows"][1]["progress"]["have"], 1, "{}", ledger["rows"][1]);
}

#[tokio::test]
async fn what_later_facts_take_from_a_paid_claim_is_listed_for_recovery() {
    let house = House::open().await;
    put(&house, 0, &working(0)).await;
    let (number, _) = file(&house, &house.token(PROVIDER), REQUESTS, &draft(REQUESTS, &holder(0), "en"), "one").await;
    let pay = json!({"version": 1, "action": "pay", "amount": "1850.00"});
    let path = format!("/v1/work-cases/{number}/decision");
    let paid = house.ask(post(&path, &house.token(MANAGER), &pay)).await;
    assert_eq!(paid.status, 200, "{paid:?}");
    let all = pages(&house, MANAGER, "/v1/recovery", 100).await;
    assert_eq!(texts(&all, "/recovery/adjustments", "claim"), Vec::<String>::new());
    assert_eq!(all.iter().map(|page| page["recovery"]["unchanged"].as_u64().unwrap()).sum::<u64>(), 1);
    // The earnings were somebody else's.
    let mut person = working(0);
    person["case"]["earnings"] = json!([{"month": "2026-06", "earned": "10.00"}]);
    person["case"]["payments"] =
        json!([{"payment": "p1m1", "month": "2026-06", "provider": PRAIRIE, "amount": "1850.00", "half_twl": false}]);
    put(&house, 0, &person).await;
    let all = pages(&house, MANAGER, "/v1/recovery", 100).await;
    let found: Vec<&Value> = all.iter().flat_map(|page| page["recovery"]["adjustments"].as_array().unwrap()).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0]["claim"], &found[0]["effect"]), (&json!(number), &json!("overpaid")));
    assert_eq!((&found[0]["ticket"], &found[0]["recoverable"]), (&json!("T-4100"), &json!(true)));
    assert!(!found[0]["reasons"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_asked_for_without_its_number_is_kept_with_it() {
    let house = House::open().await;
    let mut person = working(0);
    let names = ["p1m1", "p1m2", "p1m3", "p1m4"];
    let paid = names.iter().zip(2..).map(|(name, month)| {
        json!({"payment": name, "month": format!("2026-{month:02}"), "provider": PRAIRIE, "amount": "100.00"})
    });
    person["case"]["payments"] = paid.collect();
    person["case"]["earnings"] =
        (2..8).map(|month| json!({"month": format!("2026-{month:02}"), "earned": "2000.00"})).collect();
    put(&house, 0, &person).await;
    let token = house.token(PROVIDER);
    let request = |month: &str| {
        let mut draft = draft(REQUESTS, &holder(0), "en");
        let fields = draft.as_object_mut().unwrap();
        fields.remove("p1m1_basis");
        fields.insert("request_type".to_owned(), json!("p2"));
        fields.insert("claim_month".to_owned(), json!(month));
        fields.insert("earnings".to_owned(), json!([]));
        fields.insert("proof_delivery".to_owned(), json!("none_needed"));
        draft
    };
    let open = async || {
        let listed = asked(&house, PROVIDER, "/v1/unclaimed?limit=100").await;
        let rows = listed["unclaimed"]["rows"].as_array().unwrap().clone();
        let own = rows.into_iter().filter(|row| row["ticket"] == "T-4100");
        own.map(|row| format!("{} {}", row["payment"].as_str().unwrap(), row["month"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(open().await, ["p2m1 2026-06", "p2m2 2026-07"]);
    let (first, _) = file(&house, &token, REQUESTS, &request("2026-06"), "one").await;
    assert_eq!(open().await, ["p2m2 2026-07"]);
    let (second, _) = file(&house, &token, REQUESTS, &request("2026-07"), "two").await;
    assert_eq!(open().await, Vec::<String>::new());
    // One that is taken back leaves its number to others.
    let back = house.ask(post(&format!("/v1/work-cases/{first}/withdraw"), &token, &json!({}))).await;
    assert_eq!(back.status, 200, "{back:?}");
    assert_eq!(open().await, ["p2m1 2026-06"]);
    assert_ne!(first, second);
    // What is paid gets the lowest number that is free then, and keeps none from others.
    let (third, _) = file(&house, &token, REQUESTS, &request("2026-06"), "three").await;
    for (number, name) in [(second, "p2m1"), (third, "p2m2")] {
        let case = asked(&house, MANAGER, &format!("/v1/work-cases/{number}")).await;
        let pay = json!({"version": case["version"], "action": "pay", "amount": "500.00"});
        let path = format!("/v1/work-cases/{number}/decision");
        let paid = house.ask(post(&path, &house.token(MANAGER), &pay)).await;
        assert_eq!(paid.status, 200, "{paid:?}");
        assert_eq!(paid.json()["progress"]["steps"].as_array().unwrap().last().unwrap()["payment"], name);
    }
    // Whoever lists what was filed sees what it became: one is asked for still as it was, one was withdrawn.
    let filed = asked(&house, PROVIDER, REQUESTS).await;
    let payments = filed["items"].as_array().unwrap().iter().map(|one| one["payment"].as_str().unwrap());
    // All are of one moment, so that their numbers tell no order.
    assert_eq!(payments.collect::<BTreeSet<_>>(), BTreeSet::from(["p2", "p2m1", "p2m2"]));
    let part = house.ask(get("/v1/payment-requests/status.csv?limit=2", &token)).await;
    assert!(part.header("link").is_some_and(|link| link.ends_with(">; rel=\"next\"")), "{part:?}");
    let table = house.ask(get("/v1/payment-requests/status.csv", &token)).await;
    assert_eq!(table.header("link"), None);
    let table = String::from_utf8(table.body.to_vec()).unwrap();
    assert_eq!(table.lines().filter(|line| line.contains(",p2m1,2026-07,paid,")).count(), 1, "{table}");
    let listed = asked(&house, PROVIDER, "/v1/unclaimed?limit=100").await;
    let tickets = listed["unclaimed"]["tickets"].as_array().unwrap().clone();
    let own = tickets.iter().find(|ticket| ticket["ticket"] == "T-4100").unwrap();
    assert_ne!(own["why"]["standing"], "requested", "{own}");
    let path = format!("{REQUESTS}/review");
    let mut third_milestone = request("2026-05");
    third_milestone["request_type"] = json!("p2m3");
    let review = house.ask(post(&path, &token, &third_milestone)).await.json();
    let codes: Vec<&str> =
        review["errors"].as_array().into_iter().flatten().filter_map(|e| e["code"].as_str()).collect();
    assert!(!codes.contains(&"PR_DUPLICATE_REQUEST"), "{review:?}");
}
