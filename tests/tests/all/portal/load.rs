//! Many at once over HTTP: one key is filed once, and so is one payment.

use super::crash::{Folder, Item, items};
use axum::http::StatusCode;
use jiff::SignedDuration;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;
use sweep::SweepSettings;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use ttw_tests::crash::{Executioner, Office, payment_request};

const IN_FLIGHT: usize = 64;
const PATH: &str = "/v1/payment-requests";

fn many() -> usize {
    if super::is_full() { 10_000 } else { 500 }
}

/// Submits a form so many times, some at once, and counts the answers.
async fn submitted(
    office: &Office,
    body: &str,
    key: impl Fn(usize) -> String,
) -> BTreeMap<(StatusCode, String), usize> {
    let permits = Arc::new(Semaphore::new(IN_FLIGHT));
    let mut under_way = JoinSet::new();
    for place in 0..many() {
        let (office, permits, body, key) = (office.clone(), permits.clone(), body.to_owned(), key(place));
        under_way.spawn(async move {
            let _permit = permits.acquire().await.unwrap();
            office.post(PATH, Some(&key), body).await.unwrap()
        });
    }
    let mut answers = BTreeMap::new();
    for answer in under_way.join_all().await {
        *answers.entry(answer).or_default() += 1;
    }
    answers
}

/// A portal and a payment request that was reviewed.
async fn reviewed(folder: &Folder) -> (Office, String) {
    let office = Office::open(folder.path(), 0, &Executioner::none()).await.unwrap();
    let body = office.reviewed(PATH, &payment_request(&office.world.people[0])).await.unwrap();
    (office, body)
}

/// The codes of a refusal.
fn codes(body: &str) -> Vec<String> {
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    body["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect()
}

/// One form was filed, with its two mails and its one entry in the audit trail.
async fn one_was_filed(office: &Office, folder: &Folder, confirmed: &str) {
    let confirmed: serde_json::Value = serde_json::from_str(confirmed).unwrap();
    let number = confirmed["confirmation"].as_str().unwrap();
    let (status, _) = office.get(&format!("{PATH}/{number}")).await.unwrap();
    assert_eq!(status, StatusCode::OK);
    let items = items(office).await;
    let begins = |item: &Item, name: &str, beginning: &str| item[name].as_s().unwrap().starts_with(beginning);
    for (name, beginning, count) in [
        ("SK", "SUB#", 1),
        ("PK", "OUTBOX#", 1),
        ("PK", "AUDIT#", 1),
        ("PK", "IDEM#", 1),
        ("PK", "CONF#", 2),
        ("PK", "UNIQ#", 2),
    ] {
        let found: Vec<_> = items.iter().filter(|item| begins(item, name, beginning)).collect();
        assert_eq!(found.len(), count, "{beginning}");
    }
    let post = ttw_local::courier::post(&folder.path().join("mail")).unwrap();
    let settings = SweepSettings { after: SignedDuration::ZERO, ..SweepSettings::default() };
    let (post, ledger) = (Arc::new(post), Arc::new(office.store.clone()));
    for sent in [2, 0] {
        let later = office.now() + SignedDuration::from_secs(1);
        let summary = sweep::run(&post, &ledger, settings, later).await.unwrap();
        assert_eq!((summary.sent, summary.failed), (sent, 0));
    }
    assert_eq!(std::fs::read_dir(folder.path().join("mail")).unwrap().count(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_key_is_filed_once_however_often_it_is_sent() {
    let folder = Folder::new("duplicates");
    let (office, body) = reviewed(&folder).await;
    let began = Instant::now();
    let answers = submitted(&office, &body, |_| "key".to_owned()).await;
    println!("{} duplicates in {:?}", many(), began.elapsed());
    let (confirmed, refused): (Vec<_>, Vec<_>) =
        answers.iter().partition(|((status, _), _)| *status == StatusCode::CREATED);
    let [((_, confirmed), count)] = confirmed.as_slice() else { panic!("{confirmed:?}") };
    assert!(**count > many() / 2, "{count} were confirmed");
    for ((status, body), _) in refused {
        assert_eq!((*status, codes(body)), (StatusCode::CONFLICT, vec!["IDEMPOTENCY_IN_FLIGHT".to_owned()]), "{body}");
    }
    one_was_filed(&office, &folder, confirmed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_all_who_claim_one_payment_one_wins() {
    let folder = Folder::new("racers");
    let (office, body) = reviewed(&folder).await;
    let began = Instant::now();
    let answers = submitted(&office, &body, |place| format!("key-{place}")).await;
    println!("{} racers in {:?}", many(), began.elapsed());
    let (confirmed, refused): (Vec<_>, Vec<_>) =
        answers.iter().partition(|((status, _), _)| *status == StatusCode::CREATED);
    let [((_, confirmed), 1)] = confirmed.as_slice() else { panic!("{confirmed:?}") };
    for ((status, body), _) in &refused {
        assert_eq!((*status, codes(body)), (StatusCode::CONFLICT, vec!["PR_DUPLICATE_REQUEST".to_owned()]), "{body}");
    }
    assert_eq!(refused.iter().map(|(_, count)| **count).sum::<usize>(), many() - 1);
    one_was_filed(&office, &folder, confirmed).await;
}
