//! Random lives of claims against a second, plain account of the same rules.

use super::*;
use std::collections::BTreeSet;

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

/// Days are numbers from June 1, 2026 on, a Monday.
const HOLIDAYS: [i64; 9] = [18, 32, 98, 133, 163, 178, 207, 214, 231];

fn is_worked(day: i64) -> bool {
    day % 7 < 5 && !HOLIDAYS.contains(&day)
}

/// The account: words, and counts that a day adds to.
#[derive(Clone)]
struct Account {
    status: &'static str,
    reason: &'static str,
    day: i64,
    worked_since_receipt: u32,
    worked_in_diary: u32,
    days_in_diary: u32,
    awaited: bool,
    unanswered: bool,
}

impl Account {
    /// A day passes. On the tenth day worked a clock does what it does.
    fn pass(&mut self) {
        self.day += 1;
        if is_worked(self.day) {
            self.worked_since_receipt += 1;
            self.worked_in_diary += 1;
        }
        self.days_in_diary += 1;
        let is_live = ["received", "in_review", "diaried", "waiting_on_ssa_verification"].contains(&self.status);
        if is_live && self.awaited && self.worked_since_receipt == 10 {
            (self.status, self.reason) = ("denied", "INSUFFICIENT_DOCUMENTATION");
        }
        if self.status == "diaried" && self.reason == "NEED_ADDITIONAL_INFORMATION" && self.worked_in_diary == 10 {
            (self.status, self.reason, self.unanswered) = ("in_review", "", true);
        }
    }

    fn goes_to(&mut self, status: &'static str, reason: &'static str) -> bool {
        (self.status, self.reason) = (status, reason);
        true
    }

    /// Whether the step is taken.
    fn take(&mut self, word: &str, reason: &'static str) -> bool {
        match (word, self.status) {
            ("withdraw", "received" | "in_review" | "diaried" | "waiting_on_ssa_verification") => {
                self.goes_to("withdrawn", "")
            }
            ("open", "received") | ("verified", "waiting_on_ssa_verification") => self.goes_to("in_review", ""),
            ("documents_arrive", "diaried") if self.reason == "NEED_ADDITIONAL_INFORMATION" => {
                self.goes_to("in_review", "")
            }
            ("documents_arrive", "received" | "in_review" | "diaried" | "waiting_on_ssa_verification") => {
                std::mem::take(&mut self.awaited)
            }
            ("diary", "in_review") if !self.unanswered => {
                (self.worked_in_diary, self.days_in_diary) = (0, 0);
                self.awaited &= reason != "NEED_ADDITIONAL_INFORMATION";
                self.goes_to("diaried", reason)
            }
            ("resume", "diaried") if self.reason != "NEED_ADDITIONAL_INFORMATION" && self.days_in_diary >= 30 => {
                self.goes_to("in_review", "")
            }
            ("await_verification", "in_review") if !self.unanswered => self.goes_to("waiting_on_ssa_verification", ""),
            ("pay", "in_review") => self.goes_to("paid", ""),
            ("deny", "in_review") if reason == "EARNINGS" || self.unanswered => self.goes_to("denied", reason),
            _ => false,
        }
    }
}

fn event(word: &str, diary: DiaryReason, denial: DenialReason, snapshots: &[Arc<Snapshot>; 2]) -> Event {
    match word {
        "open" => Event::Open,
        "documents_arrive" => Event::DocumentsArrive,
        "diary" => Event::Diary(diary),
        "resume" => Event::Resume,
        "await_verification" => Event::AwaitVerification,
        "verified" => Event::Verified,
        "pay" => pay(1398, Some(snapshots[0].clone())),
        "deny" => deny(denial, Some(snapshots[1].clone())),
        _ => Event::Withdraw,
    }
}

/// Lets the clocks do what they do by a day, and sees that asking again changes nothing.
fn settle(claim: &mut Claim, today: Date) {
    while let Some(event) = due(claim, today, ENGINE.parameters()).iter().find_map(|due| due.demand.event()) {
        take(claim, event, today).unwrap();
    }
}

const WORDS: [&str; 11] = [
    "open",
    "open",
    "documents_arrive",
    "diary",
    "diary",
    "resume",
    "await_verification",
    "verified",
    "pay",
    "deny",
    "withdraw",
];

#[test]
fn random_lives_of_claims_are_as_a_second_account_has_them() {
    let lives = if std::env::var_os("TTW_FULL").is_some() { 1_000_000 } else { 100_000 };
    let snapshots = [snapshot("900.00"), snapshot("100.00")];
    let mut dice = Dice(20_260_601);
    let mut seen = BTreeSet::new();
    let first = date(2026, 6, 1);
    let on = |day: i64| first.checked_add(jiff::Span::new().days(day)).unwrap();
    for _ in 0..lives {
        let start = i64::try_from(dice.roll(120)).unwrap();
        let evidence =
            [Evidence::Enclosed, Evidence::ToFollow, Evidence::NotNeeded][usize::try_from(dice.roll(3)).unwrap()];
        let mut late = Claim::receive(receipt("WC-1", evidence, on(start)), ENGINE.parameters()).unwrap();
        let mut in_time = late.clone();
        let mut account = Account {
            status: "received",
            reason: "",
            day: start,
            worked_since_receipt: 0,
            worked_in_diary: 0,
            days_in_diary: 0,
            awaited: evidence == Evidence::ToFollow,
            unanswered: false,
        };
        for _ in 0..dice.roll(9) {
            for _ in 0..dice.roll(14) {
                account.pass();
                settle(&mut in_time, on(account.day));
            }
            if account.day > 220 {
                break;
            }
            let word = WORDS[usize::try_from(dice.roll(11)).unwrap()];
            let diary = DiaryReason::ALL[usize::try_from(dice.roll(4)).unwrap()];
            let denial = [DenialReason::Earnings, DenialReason::NoResponse][usize::try_from(dice.roll(2)).unwrap()];
            let reason = if word == "diary" { diary.text().code } else { denial.text().code };
            settle(&mut late, on(account.day));
            let expected = account.take(word, reason);
            let taken = take(&mut late, event(word, diary, denial, &snapshots), on(account.day));
            let twin = take(&mut in_time, event(word, diary, denial, &snapshots), on(account.day));
            assert_eq!(taken.is_ok(), expected, "{word} {reason} on day {}: {late:#?}", account.day);
            assert_eq!(taken, twin);
            let reason = match late.state() {
                State::Diaried(reason) => reason.text().code,
                State::Denied(reason) => reason.text().code,
                _ => "",
            };
            assert_eq!((late.state().as_str(), reason), (account.status, account.reason), "{late:#?}");
            seen.insert((word, account.status, expected));
        }
        assert_eq!(
            late.steps.len(),
            late.steps.len().min(in_time.steps.len()),
            "asked late, nothing more has happened"
        );
    }
    assert!(seen.len() > 60, "{} kinds of steps", seen.len());
}
