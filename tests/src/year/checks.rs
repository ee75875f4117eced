//! What must hold of claims, tickets and the queue: a plain account of the rules, apart from the engine's own.
//!
//! Each check takes what was seen and answers with a sentence where it does not hold.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use std::collections::{BTreeMap, BTreeSet};

/// Federal holidays, and days on which an executive order closed federal offices, of the year and of the months that clocks reach into.
const HOLIDAYS: [Date; 18] = [
    date(2025, 1, 1),
    date(2025, 1, 9),
    date(2025, 1, 20),
    date(2025, 2, 17),
    date(2025, 5, 26),
    date(2025, 6, 19),
    date(2025, 7, 4),
    date(2025, 9, 1),
    date(2025, 10, 13),
    date(2025, 11, 11),
    date(2025, 11, 27),
    date(2025, 12, 24),
    date(2025, 12, 25),
    date(2025, 12, 26),
    date(2026, 1, 1),
    date(2026, 1, 19),
    date(2026, 2, 16),
    date(2026, 5, 25),
];

const INFORMATION: &str = "NEED_ADDITIONAL_INFORMATION";

/// A step as it is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its word.
    pub event: String,
    /// Its day.
    pub on: Date,
    /// Of a diary or a denial, why.
    pub reason: Option<String>,
    /// Of a payment, how much.
    pub amount: Option<String>,
}

/// A claim as it is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which of the tickets.
    pub ticket: usize,
    /// The payment and the month that were asked for.
    pub asked: (String, String),
    /// The day of receipt.
    pub received_on: Date,
    /// Whether evidence was announced.
    pub announced: bool,
    /// How often it was written.
    pub version: u32,
    /// Where it is, and of a diary or a denial why.
    pub state: (String, Option<String>),
    /// What has happened.
    pub steps: Vec<Taken>,
    /// The payment that was paid, by its name.
    pub paid: Option<String>,
    /// Question and determination of the decision.
    pub snapshot: Option<(String, String)>,
}

/// A payment in the record of a ticket: name, month, amount.
pub type Paid = (String, String, String);

/// Where a claim is by its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The word.
    pub state: &'static str,
    /// Of a diary or a denial, why.
    pub reason: Option<String>,
    /// Since when.
    pub since: Date,
    /// Whether evidence is awaited.
    pub awaited: bool,
    /// Since when it has to be decided, a question having found no answer.
    pub unanswered: Option<Date>,
    received_on: Date,
    last: Date,
}

/// Monday to Friday, no holiday.
#[must_use]
pub fn is_worked(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !HOLIDAYS.contains(&day)
}

/// So many days worked after a day.
fn worked_after(day: Date, count: u32) -> Date {
    let (mut day, mut left) = (day, count);
    while left > 0 {
        day = day.saturating_add(1.day());
        left -= u32::from(is_worked(day));
    }
    day
}

impl Account {
    fn of_receipt(claim: &Seen) -> Self {
        Self {
            state: "received",
            reason: None,
            since: claim.received_on,
            awaited: claim.announced,
            unanswered: None,
            received_on: claim.received_on,
            last: claim.received_on,
        }
    }

    /// Whether nothing follows.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self.state, "paid" | "denied" | "withdrawn")
    }

    fn is_asked(&self) -> bool {
        self.state == "diaried" && self.reason.as_deref() == Some(INFORMATION)
    }

    /// What a clock does next by itself, and on which day.
    #[must_use]
    pub fn acts(&self) -> Option<(&'static str, Date)> {
        match self.state {
            _ if self.is_final() => None,
            _ if self.is_asked() => Some(("diary_runs_out", worked_after(self.since, 10))),
            _ if self.awaited => Some(("documents_missing", worked_after(self.received_on, 10))),
            _ => None,
        }
    }

    /// Where it is on a day, after what clocks have done.
    #[must_use]
    pub fn by(&self, day: Date) -> Self {
        let mut account = self.clone();
        while let Some((event, on)) = account.acts().filter(|(_, on)| *on <= day) {
            let step = Taken { event: event.to_owned(), on, reason: None, amount: None };
            if account.take(&step).is_err() {
                break;
            }
        }
        account
    }

    /// What is due on a day besides what clocks do by themselves, each with its first day.
    #[must_use]
    pub fn due(&self, day: Date) -> BTreeMap<&'static str, Date> {
        let mut due = BTreeMap::new();
        if self.is_final() {
            return due;
        }
        if self.state == "in_review" {
            due.extend(self.unanswered.map(|since| ("decide", since)));
        }
        if self.state == "diaried" && !self.is_asked() {
            due.insert("look_again", self.since.saturating_add(30.days()));
        }
        due.insert("overdue", self.received_on.saturating_add(31.days()));
        due.retain(|_, since| *since <= day);
        due
    }

    fn take(&mut self, step: &Taken) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("{} on {} {what}, the claim being {}", step.event, step.on, self.state));
        if step.on < self.last {
            return wrong("lies before the step before it");
        }
        let is_clock = matches!(&*step.event, "diary_runs_out" | "documents_missing");
        match self.acts() {
            Some((event, on)) if is_clock && (event, on) != (&*step.event, step.on) => {
                return wrong(&format!("is not what the clock does, which is {event} on {on}"));
            }
            Some((event, on)) if !is_clock && on <= step.on => {
                return wrong(&format!("comes after {event} was due on {on}"));
            }
            None if is_clock => return wrong("has no clock"),
            _ => {}
        }
        let to = match (self.state, &*step.event) {
            ("received", "open") | ("waiting_on_ssa_verification", "verified") => "in_review",
            ("in_review", "diary") if self.unanswered.is_some() => return wrong("puts off what has to be decided"),
            ("in_review", "diary") => "diaried",
            ("in_review", "await_verification") => "waiting_on_ssa_verification",
            ("in_review", "pay") => "paid",
            ("in_review", "deny")
            | ("received" | "in_review" | "diaried" | "waiting_on_ssa_verification", "documents_missing") => "denied",
            ("diaried", "resume") if !self.is_asked() => {
                if step.on < self.since.saturating_add(30.days()) {
                    return wrong("ends a diary before its thirty days");
                }
                "in_review"
            }
            ("diaried", "diary_runs_out" | "documents_arrive") if self.is_asked() => "in_review",
            ("received" | "in_review" | "diaried" | "waiting_on_ssa_verification", "documents_arrive")
                if self.awaited =>
            {
                self.state
            }
            ("received" | "in_review" | "diaried" | "waiting_on_ssa_verification", "withdraw") => "withdrawn",
            _ => return wrong("is no step from here"),
        };
        match &*step.event {
            "diary_runs_out" => self.unanswered = Some(step.on),
            "documents_arrive" => self.awaited = false,
            "diary" if step.reason.as_deref() == Some(INFORMATION) => self.awaited = false,
            _ => {}
        }
        if to != self.state {
            self.reason = match &*step.event {
                "documents_missing" => Some("INSUFFICIENT_DOCUMENTATION".to_owned()),
                "diary" | "deny" => step.reason.clone(),
                _ => None,
            };
            (self.state, self.since) = (to, step.on);
        }
        self.last = step.on;
        Ok(())
    }
}

/// Every step is legal, on its day, and together they lead to where the claim is.
///
/// # Errors
/// What is wrong.
pub fn steps(claim: &Seen) -> Result<Account, String> {
    let mut account = Account::of_receipt(claim);
    for step in &claim.steps {
        account.take(step)?;
    }
    if (account.state, &account.reason) == (&*claim.state.0, &claim.state.1) {
        Ok(account)
    } else {
        Err(format!("its steps lead to {} {:?}, on file it is {:?}", account.state, account.reason, claim.state))
    }
}

/// No payment name is on a ticket twice, none is beyond its counts (36 or 60 outcomes, 11 or 18 Phase 2 milestones, 4 of Phase 1), and
/// every claim that was paid stands in the record once, as it was paid.
///
/// # Errors
/// What is wrong.
pub fn ticket(is_t16: bool, record: &[Paid], claims: &[&Seen]) -> Result<(), String> {
    let mut names = BTreeSet::new();
    for (name, ..) in record {
        if !names.insert(name.as_str()) {
            return Err(format!("{name} is paid twice on one ticket"));
        }
    }
    for (kind, most) in [("p1m", 4), ("p2m", if is_t16 { 18 } else { 11 }), ("outcome", if is_t16 { 60 } else { 36 })] {
        let numbers = || names.iter().filter_map(|name| name.strip_prefix(kind)).map(str::parse::<usize>);
        if numbers().count() > most || numbers().any(|number| number.is_ok_and(|number| number > most)) {
            return Err(format!("more than {most} payments of the kind {kind}"));
        }
    }
    let mut paid = BTreeSet::new();
    for claim in claims.iter().filter(|claim| claim.state.0 == "paid") {
        let Some(name) = claim.paid.as_deref() else { return Err("it is paid, and nobody knows what".to_owned()) };
        if !paid.insert(name) {
            return Err(format!("{name} is paid by two claims of one ticket"));
        }
        let amount = claim.steps.last().and_then(|step| step.amount.clone()).unwrap_or_default();
        if !amount.ends_with(".00") {
            return Err(format!("{amount} was paid, which is not whole dollars"));
        }
        let entry = (name.to_owned(), claim.asked.1.clone(), amount);
        if record.iter().filter(|known| **known == entry).count() != 1 {
            return Err(format!("{entry:?} is not once in the record of the ticket"));
        }
    }
    Ok(())
}

/// The queue has the open claims and no others, first in first out. Claims are numbered in the order in which they were filed.
///
/// # Errors
/// The first claim that is out of its place, and why.
pub fn queue(listed: &[usize], claims: &[Seen]) -> Result<(), (usize, String)> {
    let open = |claim: &Seen| !matches!(&*claim.state.0, "paid" | "denied" | "withdrawn");
    let expected: Vec<usize> = (0..claims.len()).filter(|place| claims.get(*place).is_some_and(open)).collect();
    let places = listed.len().max(expected.len());
    match (0..places).find(|place| listed.get(*place) != expected.get(*place)) {
        None => Ok(()),
        Some(place) => {
            let (found, wanted) = (listed.get(place), expected.get(place));
            let claim = wanted.or(found).copied().unwrap_or_default();
            Err((claim, format!("place {place} of the queue has {found:?}, and it is the turn of {wanted:?}")))
        }
    }
}

/// Every request that was filed has one work case, and there are no others.
///
/// # Errors
/// What is wrong.
pub fn work_cases(filed: &[String], cases: &[String]) -> Result<(), String> {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for number in filed {
        *counts.entry(number).or_default() += 1;
    }
    for number in cases {
        *counts.entry(number).or_default() -= 1;
    }
    let wrong = counts.into_iter().find(|(_, difference)| *difference != 0);
    wrong.map_or(Ok(()), |(number, difference)| Err(format!("{number}: {difference} requests without a work case")))
}

/// Shares are whole dollars and add up to the payment.
///
/// # Errors
/// What is wrong.
pub fn shares(amount: &str, shares: &[String]) -> Result<(), String> {
    let dollars = |text: &str| text.strip_suffix(".00").and_then(|dollars| dollars.parse::<i64>().ok());
    let sum: Option<i64> = shares.iter().map(|share| dollars(share)).sum();
    if sum.is_some() && sum == dollars(amount) {
        Ok(())
    } else {
        Err(format!("the shares {shares:?} are not {amount} in whole dollars"))
    }
}
