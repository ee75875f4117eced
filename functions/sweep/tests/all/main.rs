//! Runs of the sweep over an outbox in memory.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

#[path = "../../../notify/tests/all/memory.rs"]
mod memory;
#[path = "../../../notify/tests/all/outboxes.rs"]
mod outboxes;

use jiff::SignedDuration;
use mail_parser::MessageParser;
use memory::{Memory, folder_post, now};
use sweep::{Summary, SweepSettings, run};
use ttw_portal::outbox::Outbox;

fn submitted(minutes_ago: i64, confirmation: &str) -> Outbox {
    let at = now() - SignedDuration::from_mins(minutes_ago);
    Outbox { submitted_at: at.to_string(), confirmation: confirmation.to_owned(), ..outboxes::inquiry() }
}

#[tokio::test]
async fn a_second_run_sends_nothing_again() {
    let (folder, post) = folder_post();
    let ledger = Memory::with(outboxes::all());
    let summary = run(&post, &ledger, SweepSettings::default(), now()).await.unwrap();
    assert_eq!(summary, Summary { entries: 5, sent: 10, ..Summary::default() });
    let ids: Vec<String> = folder
        .files()
        .values()
        .map(|file| MessageParser::default().parse(file).unwrap().message_id().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 10);
    folder.clear();
    let summary = run(&post, &ledger, SweepSettings::default(), now()).await.unwrap();
    assert_eq!(summary, Summary::default());
    assert!(folder.files().is_empty());
    assert_eq!(ledger.marks.lock().unwrap().len(), 10);
}

#[tokio::test]
async fn young_entries_are_left_to_the_stream() {
    let (folder, post) = folder_post();
    let ledger = Memory::with([submitted(4, "YOUNG"), submitted(5, "FIVE"), submitted(6, "OLD")]);
    let summary = run(&post, &ledger, SweepSettings::default(), now()).await.unwrap();
    assert_eq!(summary, Summary { entries: 1, sent: 2, ..Summary::default() });
    assert!(folder.files().keys().all(|name| name.starts_with("OLD.")));
    let settings = SweepSettings { after: SignedDuration::from_mins(3), ..SweepSettings::default() };
    assert_eq!(run(&post, &ledger, settings, now()).await.unwrap().entries, 2);
}

#[tokio::test]
async fn only_the_mail_that_is_missing_is_sent() {
    let (folder, post) = folder_post();
    let mut half = submitted(60, "HALF");
    half.confirmation_sent_at = Some(half.submitted_at.clone());
    let mut shared = outboxes::shared();
    let sent = Some(shared.submitted_at.clone());
    (shared.confirmation_sent_at, shared.intake_sent_at) = (sent.clone(), sent.clone());
    shared.notices[0].sent_at = sent;
    let ledger = Memory::with([half, shared]);
    let summary = run(&post, &ledger, SweepSettings::default(), now()).await.unwrap();
    assert_eq!(summary, Summary { entries: 2, sent: 2, ..Summary::default() });
    assert!(ledger.entry("HALF").intake_sent_at.is_some());
    let files: Vec<String> = folder.files().into_keys().collect();
    assert_eq!(files, ["06HX-2N4K-7QRT-9WZ9.split@portal.example.eml", "HALF.intake@portal.example.eml"]);
}

#[tokio::test]
async fn a_run_is_bounded_and_says_that_there_is_more() {
    let (_folder, post) = folder_post();
    let ledger = Memory::with((0..25).map(|number| submitted(60, &format!("N{number:02}"))));
    let settings = SweepSettings { limit: 10, ..SweepSettings::default() };
    let mut entries = Vec::new();
    for _ in 0..3 {
        let summary = run(&post, &ledger, settings, now()).await.unwrap();
        entries.push((summary.entries, summary.more));
    }
    assert_eq!(entries, [(10, true), (10, true), (5, false)]);
}

#[tokio::test]
async fn what_fails_is_counted_and_stops_nothing() {
    let (folder, post) = folder_post();
    let bad = Outbox { submitter_email: "nobody".to_owned(), ..submitted(60, "BAD") };
    let ledger = Memory::with([bad, submitted(60, "GOOD"), submitted(60, "TORN")]);
    ledger.unreadable.lock().unwrap().insert("TORN".to_owned());
    let summary = run(&post, &ledger, SweepSettings::default(), now()).await.unwrap();
    assert_eq!(summary, Summary { entries: 3, sent: 3, refused: 1, failed: 1, more: false });
    assert_eq!(folder.files().len(), 3);
    let summary = run(&post, &ledger, SweepSettings::default(), now()).await.unwrap();
    assert_eq!(summary, Summary { entries: 1, failed: 1, ..Summary::default() });
}

#[test]
fn settings_have_bounds() {
    let read = |minutes: &str, limit: &str| {
        let (minutes, limit) = (minutes.to_owned(), limit.to_owned());
        SweepSettings::read(move |name| Some(if name == "TTW_SWEEP_LIMIT" { limit.clone() } else { minutes.clone() }))
    };
    assert_eq!(read("", "").unwrap(), SweepSettings::default());
    let settings = read("15", "7").unwrap();
    assert_eq!((settings.after, settings.limit), (SignedDuration::from_mins(15), 7));
    assert!(read("1", "1").is_ok() && read("1440", "1000").is_ok());
    for (minutes, limit) in [("0", "0"), ("1441", "1001"), ("-5", "-1"), ("soon", "all")] {
        assert_eq!(read(minutes, limit).unwrap_err().len(), 2, "{minutes} {limit}");
    }
}
