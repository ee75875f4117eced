//! The batch against the ledger, on made-up panels of one seed.

use super::calendar::{self, DAYS};
use super::*;
use crate::Engine;
use crate::decision::Status;
use crate::domain::{Month, PaymentName};
use crate::facts::PolicyName;
use crate::read::LedgerRequest;
use jiff::civil::{Date, date};
use std::ops::ControlFlow;

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.roll(times) == 0
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }
}

/// The columns of a panel, owned.
#[derive(Default)]
struct Columns {
    title: Vec<u8>,
    blind: Vec<u8>,
    first_month: Vec<i32>,
    first_assigned_on: Vec<i32>,
    assigned_on: Vec<i32>,
    first_payable: (Vec<i32>, Vec<u8>),
    last_payable: (Vec<i32>, Vec<u8>),
    vr_bar: Vec<u8>,
    services: (Vec<i32>, Vec<u8>),
    earned: (Vec<i32>, Vec<i32>, Vec<u8>),
    paid: (Vec<i32>, Vec<i32>),
    t2: (Vec<i32>, Vec<u8>, Vec<u8>),
    t16: (Vec<i32>, Vec<u8>),
    last_period: (Vec<i32>, Vec<u8>, Vec<u8>),
    bits: usize,
}

#[derive(Clone, Copy, Debug)]
struct Shape {
    paid: bool,
    last_period: bool,
    services: bool,
    /// Lists of up to so many months.
    longest: usize,
    first_year: i16,
}

fn push_bit(bits: &mut Vec<u8>, index: usize, bit: bool) {
    bits.resize(index / 8 + 1, 0);
    bits[index / 8] |= u8::from(bit) << (index % 8);
}

impl Columns {
    fn made_up(dice: &mut Dice, rows: usize, shape: Shape) -> Self {
        let mut columns = Self::default();
        for offsets in [
            &mut columns.earned.0,
            &mut columns.paid.0,
            &mut columns.t2.0,
            &mut columns.t16.0,
            &mut columns.last_period.0,
        ] {
            offsets.push(0);
        }
        for row in 0..rows {
            columns.add(dice, row, shape);
        }
        columns
    }

    fn add(&mut self, dice: &mut Dice, row: usize, shape: Shape) {
        let day = |date: Date| calendar::day_of(date);
        let title = dice.pick(&[0, 0, 0, 1, 1, 2, 2]);
        self.title.push(title);
        let is_blind = dice.once_in(6);
        push_bit(&mut self.blind, row, is_blind);
        let year = shape.first_year + i16::try_from(dice.roll(14)).unwrap();
        let first = date(year, i8::try_from(1 + dice.roll(12)).unwrap(), 1);
        self.first_month.push(day(first) + i32::try_from(dice.roll(28)).unwrap());
        let months =
            if dice.once_in(12) { dice.roll(shape.longest) } else { 30 + dice.roll(20).min(shape.longest - 1) };
        // Mostly the list begins before the look-back does.
        let before = if dice.once_in(10) { dice.roll(60) } else { 6 + dice.roll(19) };
        let before = i32::try_from(before).unwrap() - if dice.once_in(20) { 8 } else { 0 };
        let anchor = Month::from(first).plus(before);
        let anchor_on = match dice.roll(6) {
            0 => anchor.last_day().unwrap(),
            1 => anchor.last_day().unwrap().yesterday().unwrap(),
            _ => anchor
                .last_day()
                .unwrap()
                .first_of_month()
                .saturating_add(jiff::Span::new().days(i64::try_from(dice.roll(28)).unwrap())),
        };
        self.first_assigned_on.push(day(anchor_on));
        let later = if dice.once_in(3) { dice.roll(200) } else { 0 };
        self.assigned_on.push(day(anchor_on) + i32::try_from(later).unwrap());
        let assigned = calendar::month_of(*self.assigned_on.last().unwrap());
        let moved = calendar::month(assigned + 1 + i32::try_from(dice.roll(5)).unwrap()).last_day().unwrap();
        self.first_payable.0.push(day(moved));
        push_bit(&mut self.first_payable.1, row, dice.once_in(6));
        let last = calendar::month(assigned + i32::try_from(dice.roll(30)).unwrap()).last_day().unwrap();
        self.last_payable.0.push(day(last));
        push_bit(&mut self.last_payable.1, row, dice.once_in(8));
        self.vr_bar.push(if dice.once_in(10) { dice.pick(&[1, 2]) } else { 0 });
        self.services.0.push(day(first) + i32::try_from(dice.roll(1_400)).unwrap());
        push_bit(&mut self.services.1, row, !dice.once_in(5));
        self.lists(dice, Month::from(first), months, is_blind, title);
    }

    fn lists(&mut self, dice: &mut Dice, first: Month, months: usize, is_blind: bool, title: u8) {
        let parameters = crate::params::Parameters::builtin().unwrap();
        let cents = |amount: crate::domain::Usd| {
            i32::try_from((amount.dollars() * rust_decimal::Decimal::ONE_HUNDRED).trunc().mantissa()).unwrap()
        };
        let style = dice.roll(5);
        let mut statuses = [1_u8, 1];
        // The record that a title does not have is mostly not there.
        let absent = match title {
            0 if !dice.once_in(8) => Some(1),
            1 if !dice.once_in(8) => Some(0),
            _ => None,
        };
        for index in 0..months {
            let levels = parameters.thresholds(first.plus(i32::try_from(index).unwrap()).year());
            let level = |level: Option<crate::domain::Usd>| level.map_or(100_000, cents);
            let trial_work = level(levels.trial_work_level);
            let sga = level(if is_blind { levels.sga_blind } else { levels.sga_non_blind });
            let mut amount = || {
                let whole = match style {
                    0 => return i32::try_from(dice.roll(300_000)).unwrap(),
                    1 => dice.pick(&[trial_work, trial_work, sga, 0]),
                    2 => dice.pick(&[sga, sga, sga, trial_work / 2]),
                    _ => dice.pick(&[trial_work / 2, trial_work, sga, level(levels.sga_non_blind), 0]),
                };
                (whole + dice.pick(&[-1, 0, 0, 0, 1, 5_000])).max(0)
            };
            self.earned.1.push(amount());
            self.paid.1.push(amount());
            for status in &mut statuses {
                if dice.once_in(14) {
                    *status = dice.pick(&[1, 1, 1, 2, 2, 3, 4, 5]);
                }
            }
            let [mut t2, mut t16] = statuses;
            if absent == Some(0) {
                t2 = 0;
            }
            if absent == Some(1) {
                t16 = 0;
            } else if dice.once_in(10) && t16 == 1 {
                t16 = 6;
            }
            if dice.once_in(150) {
                t2 = dice.pick(&[0, 255]);
            }
            if dice.once_in(150) {
                t16 = dice.pick(&[0, 255]);
            }
            let at = self.t2.1.len();
            push_bit(&mut self.earned.2, at, !dice.once_in(60));
            push_bit(&mut self.t2.2, at, !dice.once_in(400));
            self.t2.1.push(t2);
            self.t16.1.push(t16);
            push_bit(&mut self.last_period.1, at, dice.once_in(2));
            push_bit(&mut self.last_period.2, at, !dice.once_in(4));
        }
        // A list may be shorter than the others.
        let end = i32::try_from(self.earned.1.len()).unwrap();
        for offsets in [&mut self.earned.0, &mut self.paid.0, &mut self.t2.0, &mut self.t16.0, &mut self.last_period.0]
        {
            offsets.push(end);
        }
        self.bits = self.t2.1.len();
    }

    fn panel(&self, shape: Shape, dice: &mut Dice) -> Panel<'_> {
        fn list<'a, V>(offsets: &'a [i32], values: V, known: Option<&'a [u8]>) -> List<'a, V> {
            List { offsets: Offsets::Small(offsets), values, rows: None, known: known.map(|bits| Bits::new(bits, 0)) }
        }
        let nulls = dice.once_in(2);
        Panel {
            title: &self.title,
            blind: Some(Bits::new(&self.blind, 0)),
            first_month: &self.first_month,
            first_assigned_on: &self.first_assigned_on,
            assigned_on: Some(&self.assigned_on),
            first_payable_month: Some(Days {
                values: &self.first_payable.0,
                present: Some(Bits::new(&self.first_payable.1, 0)),
            }),
            last_payable_month: Some(Days {
                values: &self.last_payable.0,
                present: Some(Bits::new(&self.last_payable.1, 0)),
            }),
            vr_bar: Some(&self.vr_bar),
            services_completed_on: shape
                .services
                .then(|| Days { values: &self.services.0, present: Some(Bits::new(&self.services.1, 0)) }),
            earned: list(&self.earned.0, Cents::Small(&self.earned.1), nulls.then_some(&self.earned.2)),
            paid: shape.paid.then(|| list(&self.paid.0, Cents::Small(&self.paid.1), None)),
            t2: list(&self.t2.0, Codes::Plain(&self.t2.1), nulls.then_some(&self.t2.2)),
            t16: list(&self.t16.0, Codes::Plain(&self.t16.1), None),
            last_period: shape
                .last_period
                .then(|| list(&self.last_period.0, Bits::new(&self.last_period.1, 0), Some(&self.last_period.2))),
        }
    }
}

fn go_on() -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// A row of the ledger's answers as the batch has them.
fn by_ledger(
    engine: &Engine,
    panels: &Panels<'_>,
    policy: PolicyName,
    panel: &Panel<'_>,
    row: usize,
    as_of: Option<Date>,
) -> ([Option<Month>; 6], [i8; 4], [u8; 2]) {
    let (case, as_of) = panels.case(panel, row, as_of).unwrap();
    let request = LedgerRequest { case, provider: Panels::PROVIDER.into(), as_of, policy };
    let ledger = engine.ledger(&request).unwrap();
    let (mut months, mut standing, mut counts) = ([None; 6], [0; 4], [0; 2]);
    for row in &ledger.rows {
        let month = row.attained_in.filter(|_| row.status == Status::Payable);
        let mut count = |place: usize| {
            if let Some(month) = month {
                counts[place] += 1;
                months[place + 4] = Some(months[place + 4].map_or(month, |earlier: Month| earlier.min(month)));
            }
        };
        match row.payment {
            PaymentName::Phase1(number) => {
                months[usize::from(number) - 1] = month;
                standing[usize::from(number) - 1] = by_rules::standing(row.status, &row.blocked_by) as i8;
            }
            PaymentName::Phase2(_) => count(0),
            PaymentName::Outcome(_) => count(1),
            PaymentName::Reconciliation => {}
        }
    }
    (months, standing, counts)
}

fn by_batch(answers: &Answers, row: usize) -> ([Option<Month>; 6], [i8; 4], [u8; 2]) {
    let is_present = |column: usize| answers.present[column][row / 64] >> (row % 64) & 1 == 1;
    let months = std::array::from_fn(|column| {
        is_present(column).then(|| Month::from(calendar::date_of(answers.months[column][row]).unwrap()))
    });
    (months, answers.standing.each_ref().map(|column| column[row]), answers.counts.each_ref().map(|column| column[row]))
}

const PLAIN: Options = Options { as_of: None, threads: 1, instructions: None, evidence: false };

/// Tickets compared: a slice of a million, and all of them when `TTW_FULL` is set.
fn tickets() -> usize {
    if std::env::var_os("TTW_FULL").is_some_and(|full| full == "1") { 1_000_000 } else { 20_000 }
}

#[test]
fn every_ticket_of_a_panel_has_the_answers_of_its_ledger() {
    let engine = Engine::builtin().unwrap();
    let mut dice = Dice(0x1234_5678_9abc_def1);
    let mut seen = [[0_usize; 5]; 4];
    let mut counted = [0_usize; 2];
    let rows = 1_000;
    for round in 0..tickets() / rows {
        let shape = Shape {
            paid: !dice.once_in(3),
            last_period: !dice.once_in(3),
            services: !dice.once_in(3),
            longest: if dice.once_in(4) { 130 } else { 64 },
            first_year: dice.pick(&[1999, 2005, 2010, 2014, 2016]),
        };
        let columns = Columns::made_up(&mut dice, rows, shape);
        let panel = columns.panel(shape, &mut dice);
        let as_of = match dice.roll(3) {
            0 => Some(date(2013 + i16::try_from(dice.roll(14)).unwrap(), 1 + i8::try_from(dice.roll(12)).unwrap(), 15)),
            _ => None,
        };
        for policy in [PolicyName::Operations, PolicyName::Regulation] {
            let options = Options { as_of, ..PLAIN };
            let panels = engine.panels(policy);
            let answers = panels.milestones(&panel, &options, go_on).unwrap();
            for row in 0..rows {
                let expected = by_ledger(&engine, &panels, policy, &panel, row, as_of);
                let found = by_batch(&answers, row);
                for (seen, standing) in seen.iter_mut().zip(found.1) {
                    seen[usize::try_from(standing).unwrap()] += 1;
                }
                counted[0] += usize::from(found.2[0]);
                counted[1] += usize::from(found.2[1]);
                if found != expected {
                    let (case, as_of) = panels.case(&panel, row, as_of).unwrap();
                    panic!(
                        "round {round} row {row} {policy:?} {shape:?} as of {as_of}\n{}\nbatch  {found:?}\nledger {expected:?}",
                        serde_json::to_string(&case).unwrap()
                    );
                }
            }
            // The other instruction sets and two threads on every fourth panel.
            let others = if round % 4 == 0 { &InstructionSet::ALL[..] } else { &[] };
            for instructions in others.iter().copied().filter(|set| set.is_available()) {
                for threads in [1, 2] {
                    let options = Options { instructions: Some(instructions), threads, ..options };
                    assert_eq!(
                        panels.milestones(&panel, &options, go_on).unwrap(),
                        answers,
                        "{instructions:?} {threads}"
                    );
                }
            }
        }
    }
    for (place, seen) in seen.iter().enumerate() {
        assert!(seen.iter().all(|count| *count > tickets() / 2_000), "milestone {}: {seen:?}", place + 1);
    }
    assert!(counted.iter().all(|count| *count > tickets() / 100), "{counted:?}");
}

#[test]
fn a_days_month_is_that_of_the_calendar() {
    for day in DAYS {
        assert_eq!(calendar::month(calendar::month_of(day)), Month::from(calendar::date_of(day).unwrap()));
    }
    for (number, first) in (0_i32..).zip(calendar::first_days()) {
        assert_eq!(calendar::date_of(first), calendar::month(number).last_day().map(Date::first_of_month));
    }
}
