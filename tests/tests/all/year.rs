//! A simulated year on the real store, and the checks that it lives under.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use ttw_tests::year::checks::{self, Paid, Seen, Taken};
use ttw_tests::year::{Breach, LAST, Plan, Story, run};

/// What happens in every year of some size.
const KINDS: [&str; 22] = [
    "ask",
    "await_verification",
    "away",
    "benefits_change",
    "clock",
    "clock_late",
    "deny",
    "diary_otherwise",
    "earnings_change",
    "evidence",
    "evidence_late",
    "filed",
    "illegible",
    "look_back",
    "overpaid",
    "pay",
    "sent_twice",
    "shared",
    "swept_twice",
    "ticket_moves",
    "unswept",
    "verified",
];

/// A folder that is removed with everything in it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static FOLDERS: AtomicU32 = AtomicU32::new(0);
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("ttw-year-{}-{number}", std::process::id()));
        // What a process of the same number left behind.
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn year(seed: u64, claims: usize, last: Date) -> Story {
    let folder = Folder::new();
    run(&folder.0, Plan { seed, claims, last }).await.unwrap_or_else(|breach| panic!("{breach}"))
}

#[tokio::test]
async fn a_year_of_claims_breaks_nothing() {
    let is_full = std::env::var_os("TTW_FULL").is_some_and(|full| full == "1");
    let claims = if is_full { 5_000 } else { 120 };
    let story = year(1, claims, LAST).await;
    assert_eq!(story.claims.len(), claims);
    let never: Vec<&str> = KINDS.into_iter().filter(|kind| !story.tally.contains_key(kind)).collect();
    assert!(never.is_empty(), "{never:?} never happened: {:?}", story.tally);
    let decided = story.claims.iter().filter(|claim| matches!(&*claim.state.0, "paid" | "denied")).count();
    assert!(decided * 10 > claims * 8, "{decided} of {claims} are decided");
}

#[tokio::test]
async fn the_same_seed_is_the_same_year() {
    let winter = date(2025, 2, 20);
    let (one, again, other) = (year(7, 30, winter).await, year(7, 30, winter).await, year(8, 30, winter).await);
    assert_eq!((&one.hash, one.lines, &one.tally), (&again.hash, again.lines, &again.tally));
    assert_ne!(one.hash, other.hash);
    assert_eq!(one.hash.len(), 64);
}

fn taken(event: &str, on: Date, reason: Option<&str>) -> Taken {
    Taken { event: event.to_owned(), on, reason: reason.map(str::to_owned), amount: None }
}

/// Received on Monday, March 3, 2025: the tenth business day is March 17.
fn claim(announced: bool, state: (&str, Option<&str>), steps: Vec<Taken>) -> Seen {
    Seen {
        ticket: 0,
        asked: ("p1m1".to_owned(), "2025-01".to_owned()),
        received_on: date(2025, 3, 3),
        announced,
        version: 1,
        state: (state.0.to_owned(), state.1.map(str::to_owned)),
        steps,
        paid: None,
        snapshot: None,
    }
}

fn paid(name: &str) -> Seen {
    let pay = Taken { amount: Some("1398.00".to_owned()), ..taken("pay", date(2025, 3, 4), None) };
    let steps = vec![taken("open", date(2025, 3, 4), None), pay];
    Seen { paid: Some(name.to_owned()), ..claim(false, ("paid", None), steps) }
}

fn entry(name: &str) -> Paid {
    (name.to_owned(), "2025-01".to_owned(), "1398.00".to_owned())
}

#[test]
fn a_second_payment_of_a_name_is_found() {
    let (one, other) = (paid("p1m1"), paid("p1m1"));
    assert_eq!(checks::ticket(false, &[entry("p1m1")], &[&one]), Ok(()));
    for (record, claims) in [
        (vec![entry("p1m1"), entry("p1m1")], vec![&one]),
        (vec![entry("p1m1")], vec![&one, &other]),
        (vec![], vec![&one]),
        (vec![entry("p1m2")], vec![&one]),
    ] {
        assert!(checks::ticket(false, &record, &claims).is_err(), "{record:?}");
    }
}

#[test]
fn a_payment_beyond_the_counts_is_found() {
    let all: Vec<Paid> = (1..=36).map(|number| entry(&format!("outcome{number}"))).collect();
    assert_eq!(checks::ticket(false, &all, &[]), Ok(()));
    assert!(checks::ticket(false, &[entry("outcome37")], &[]).is_err());
    assert!(checks::ticket(true, &[entry("outcome37"), entry("p2m18")], &[]).is_ok());
    assert!(checks::ticket(true, &[entry("p2m19")], &[]).is_err());
    assert!(checks::ticket(false, &[entry("p2m12")], &[]).is_err());
}

#[test]
fn a_clock_that_is_a_day_off_is_found() {
    let denied =
        |on| claim(true, ("denied", Some("INSUFFICIENT_DOCUMENTATION")), vec![taken("documents_missing", on, None)]);
    assert!(checks::steps(&denied(date(2025, 3, 17))).is_ok());
    assert!(checks::steps(&denied(date(2025, 3, 14))).is_err());
    assert!(checks::steps(&denied(date(2025, 3, 18))).is_err(), "dated on the day of a late sweep");
    let open = |on| claim(true, ("in_review", None), vec![taken("open", on, None)]);
    assert!(checks::steps(&open(date(2025, 3, 14))).is_ok());
    assert!(checks::steps(&open(date(2025, 3, 17))).is_err(), "after the clock has run out");
    let account = checks::steps(&claim(true, ("received", None), Vec::new())).unwrap();
    assert_eq!(account.by(date(2025, 3, 16)).state, "received");
    assert_eq!(account.by(date(2025, 4, 2)).state, "denied");
    assert_eq!(account.due(date(2025, 4, 2)).len(), 0);
    assert_eq!(account.due(date(2025, 4, 3)).get("overdue"), Some(&date(2025, 4, 3)));
}

#[test]
fn an_illegal_step_and_a_wrong_state_are_found() {
    let day = date(2025, 3, 4);
    let diary = |reason| vec![taken("open", day, None), taken("diary", day, Some(reason))];
    let resumed = |days: i64| {
        let mut steps = diary("OTHER");
        steps.push(taken("resume", day.checked_add(days.days()).unwrap(), None));
        claim(false, ("in_review", None), steps)
    };
    assert!(checks::steps(&resumed(30)).is_ok());
    assert!(checks::steps(&resumed(29)).is_err());
    assert!(checks::steps(&claim(false, ("paid", None), vec![taken("pay", day, None)])).is_err());
    assert!(checks::steps(&claim(false, ("received", None), diary("OTHER"))).is_err());
    assert!(checks::steps(&claim(false, ("diaried", Some("OTHER")), diary("OTHER"))).is_ok());
    assert!(checks::steps(&claim(false, ("in_review", None), vec![taken("open", date(2025, 3, 2), None)])).is_err());
}

#[test]
fn a_queue_out_of_order_is_found() {
    let claims = [claim(false, ("received", None), vec![]), paid("p1m1"), claim(false, ("received", None), vec![])];
    assert_eq!(checks::queue(&[0, 2], &claims), Ok(()));
    for listed in [&[2, 0][..], &[0], &[0, 1, 2], &[0, 2, 2]] {
        assert!(checks::queue(listed, &claims).is_err(), "{listed:?}");
    }
}

#[test]
fn a_missing_work_case_and_a_lost_dollar_are_found() {
    let numbers = |list: &[&str]| list.iter().map(|number| (*number).to_owned()).collect::<Vec<String>>();
    assert!(checks::work_cases(&numbers(&["A", "B"]), &numbers(&["B", "A"])).is_ok());
    assert!(checks::work_cases(&numbers(&["A", "B"]), &numbers(&["A"])).is_err());
    assert!(checks::work_cases(&numbers(&["A"]), &numbers(&["A", "A"])).is_err());
    assert!(checks::shares("419.00", &numbers(&["210.00", "209.00"])).is_ok());
    assert!(checks::shares("419.00", &numbers(&["209.00", "209.00"])).is_err());
    assert!(checks::shares("419.00", &numbers(&["209.50", "209.50"])).is_err());
}

#[test]
fn a_breach_names_claim_day_and_seed() {
    let breach = Breach { claim: Some(17), day: date(2025, 3, 4), seed: 9, what: "p1m1 is paid twice".to_owned() };
    assert_eq!(breach.to_string(), "claim 17, day 2025-03-04, seed 9: p1m1 is paid twice");
}
