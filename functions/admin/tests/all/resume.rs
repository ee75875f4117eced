//! A load that was interrupted goes on where it stopped, and puts every row once.

use super::memory::{Memory, engine, file, load_into};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use ttw_admin::load::{Options, check};
use ttw_admin::read::Reading;
use ttw_admin::row::Kind;
use ttw_admin::world::{AS_OF, files, generate};
use ttw_core::forms::People;

fn tickets() -> String {
    files(&generate(&engine(), 3, AS_OF)).into_iter().find(|file| file.kind == Some(Kind::Tickets)).unwrap().text
}

#[tokio::test]
async fn every_row_is_put_once_wherever_the_load_was_interrupted() {
    for (answers, concurrency) in [(2, 1), (8, 1), (8, 7), (30, 16), (41, 16)] {
        let path = file("resume", &format!("{answers}-{concurrency}.jsonl"), tickets());
        let sink = Arc::new(Memory::default());
        let options = Options { concurrency, ..Options::default() };
        sink.answers.store(answers, Ordering::Relaxed);
        let first = load_into(&sink, Kind::Tickets, &path, &options).await;
        assert_eq!(first.put, answers - 1);
        assert_eq!(first.stopped.is_some(), answers <= 40, "{answers}");
        sink.answers.store(0, Ordering::Relaxed);
        let second = load_into(&sink, Kind::Tickets, &path, &options).await;
        assert_eq!((second.put, second.put_before, second.stopped), (41 - answers, answers - 1, None));
        let puts = sink.puts.lock().unwrap().clone();
        assert_eq!(puts.len(), 40);
        assert!(puts.values().all(|count| *count == 1), "{answers} {concurrency}");
        let third = load_into(&sink, Kind::Tickets, &path, &options).await;
        assert_eq!((third.put, third.put_before), (0, 40));
    }
}

#[tokio::test]
async fn another_file_or_a_restart_begins_again() {
    let path = file("restart", "tickets.jsonl", tickets());
    let sink = Arc::new(Memory::default());
    load_into(&sink, Kind::Tickets, &path, &Options::default()).await;
    let again = load_into(&sink, Kind::Tickets, &path, &Options { restart: true, ..Options::default() }).await;
    assert_eq!((again.put, again.put_before), (40, 0));
    std::fs::write(&path, tickets() + "\n").unwrap();
    let changed = load_into(&sink, Kind::Tickets, &path, &Options::default()).await;
    assert_eq!((changed.put, changed.put_before), (40, 0));
}

#[tokio::test]
async fn a_load_that_is_told_to_stop_finishes_what_is_under_way() {
    let path = file("stop", "tickets.jsonl", tickets());
    let sink = Arc::new(Memory::default());
    let options = Options::default();
    options.stop.store(true, Ordering::Relaxed);
    let stopped = load_into(&sink, Kind::Tickets, &path, &options).await;
    assert_eq!(stopped.put, 0);
    assert!(stopped.stopped.is_some());
}

#[tokio::test]
async fn a_check_puts_nothing_and_remembers_nothing() {
    let path = file("dry", "tickets.jsonl", tickets() + "x");
    let sink = Arc::new(Memory::default());
    let engine = engine();
    let dry = check(Reading { engine: &engine, people: People::Test }, Kind::Tickets, &path).unwrap();
    assert_eq!((dry.rows, dry.put, dry.problems.len()), (41, 40, 1));
    assert_eq!(load_into(&sink, Kind::Tickets, &path, &Options::default()).await.put, 40);
}

#[tokio::test]
async fn a_record_that_changes_under_the_hand_is_read_again() {
    let sink = Arc::new(Memory::default());
    load_into(&sink, Kind::Tickets, &file("changes", "tickets.jsonl", tickets()), &Options::default()).await;
    let ssn = sink.people.lock().unwrap().keys().next().unwrap().clone();
    let row = format!("{{\"ssn\":\"{ssn}\",\"month\":\"2030-01\",\"earned\":\"1.00\"}}\n");
    sink.changes.store(3, Ordering::Relaxed);
    let path = file("changes", "earnings.jsonl", row);
    assert_eq!(load_into(&sink, Kind::Earnings, &path, &Options::default()).await.put, 1);
    sink.changes.store(5, Ordering::Relaxed);
    let given_up = load_into(&sink, Kind::Earnings, &path, &Options { restart: true, ..Options::default() }).await;
    assert_eq!(given_up.problems[0].code, "LOAD_RECORD_CHANGED");
}
