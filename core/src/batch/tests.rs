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
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
struct Shape {
    paid: bool,
    last_period: bool,
    services: bool,
    /// Nothing is unknown and no entitlement has ended for work, as in the panels that the masks judge fastest.
    tidy: bool,
    /// Lists of up to so many months.
    longest: usize,
    first_year: i16,
}

fn push_bit(bits: &mut Vec<u8>, index: usize, bit: bool) {
    bits.resize(index / 8 + 1, 0);
    bits[index / 8] = bits[index / 8] & !(1 << (index % 8)) | u8::from(bit) << (index % 8);
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
        let before = i32::try_from(before).unwrap() - if !shape.tidy && dice.once_in(20) { 8 } else { 0 };
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
        self.lists(dice, Month::from(first), months, is_blind, title, shape.tidy);
    }

    fn lists(&mut self, dice: &mut Dice, first: Month, months: usize, is_blind: bool, title: u8, tidy: bool) {
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
                    *status = dice.pick(&[1, 1, 1, 2, 2, 3, if tidy { 2 } else { 4 }, 5]);
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
            if !tidy && dice.once_in(150) {
                t2 = dice.pick(&[0, 255]);
            }
            if !tidy && dice.once_in(150) {
                t16 = dice.pick(&[0, 255]);
            }
            push_bit(&mut self.earned.2, self.earned.1.len() - 1, !dice.once_in(60));
            push_bit(&mut self.t2.2, self.t2.1.len(), !dice.once_in(400));
            self.t2.1.push(t2);
            self.t16.1.push(t16);
            push_bit(&mut self.last_period.1, self.bits, dice.once_in(2));
            push_bit(&mut self.last_period.2, self.bits, !dice.once_in(4));
            self.bits += 1;
        }
        // A list may be shorter than the others.
        let mut missing = || if !tidy && dice.once_in(20) { dice.roll(7).min(months) } else { 0 };
        self.earned.1.truncate(self.earned.1.len() - missing());
        self.paid.1.truncate(self.paid.1.len() - missing());
        self.t2.1.truncate(self.t2.1.len() - missing());
        self.t16.1.truncate(self.t16.1.len() - missing());
        self.bits -= missing();
        for (offsets, end) in [
            (&mut self.earned.0, self.earned.1.len()),
            (&mut self.paid.0, self.paid.1.len()),
            (&mut self.t2.0, self.t2.1.len()),
            (&mut self.t16.0, self.t16.1.len()),
            (&mut self.last_period.0, self.bits),
        ] {
            offsets.push(i32::try_from(end).unwrap());
        }
    }

    fn panel(&self, shape: Shape, dice: &mut Dice) -> Panel<'_> {
        fn list<'a, V>(offsets: &'a [i32], values: V, known: Option<&'a [u8]>) -> List<'a, V> {
            List { offsets: Offsets::Small(offsets), values, rows: None, known: known.map(|bits| Bits::new(bits, 0)) }
        }
        let nulls = !shape.tidy && dice.once_in(2);
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
                .then(|| (!shape.tidy).then_some(&self.last_period.2[..]))
                .map(|known| list(&self.last_period.0, Bits::new(&self.last_period.1, 0), known)),
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

/// The answers to all rows, of however many parts.
fn judged(panels: &Panels<'_>, panel: &Panel<'_>, options: &Options) -> Answers {
    let mut parts = panels.milestones(panel, options, go_on).unwrap().into_iter();
    let mut all = parts.next().unwrap();
    for part in parts {
        all.rows += part.rows;
        all.months.iter_mut().zip(part.months).for_each(|(all, part)| all.extend(part));
        all.present.iter_mut().zip(part.present).for_each(|(all, part)| all.extend(part));
        all.standing.iter_mut().zip(part.standing).for_each(|(all, part)| all.extend(part));
        all.counts.iter_mut().zip(part.counts).for_each(|(all, part)| all.extend(part));
        if let (Some(all), Some(part)) = (&mut all.evidence, part.evidence) {
            all.from.extend(part.from);
            all.masks.iter_mut().zip(part.masks).for_each(|(all, part)| all.extend(part));
            all.rules.iter_mut().zip(part.rules).for_each(|(all, part)| all.extend(part));
        }
    }
    all
}

fn by_batch(answers: &Answers, row: usize) -> ([Option<Month>; 6], [i8; 4], [u8; 2]) {
    let is_present = |column: usize| answers.present[column][row / 64] >> (row % 64) & 1 == 1;
    let months = std::array::from_fn(|column| {
        is_present(column).then(|| Month::from(calendar::date_of(answers.months[column][row]).unwrap()))
    });
    (months, answers.standing.each_ref().map(|column| column[row]), answers.counts.each_ref().map(|column| column[row]))
}

const PLAIN: Options = Options { as_of: None, threads: 1, instructions: None, wanted: Wanted::ALL, evidence: false };

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
        let tidy = round % 4 == 0;
        let shape = Shape {
            paid: !tidy && !dice.once_in(3),
            last_period: tidy || !dice.once_in(3),
            services: !dice.once_in(3),
            tidy,
            longest: if dice.once_in(4) { 130 } else { 64 },
            first_year: if tidy { 2005 } else { dice.pick(&[1999, 2005, 2010, 2014, 2016]) },
        };
        let columns = Columns::made_up(&mut dice, rows, shape);
        let panel = columns.panel(shape, &mut dice);
        let as_of = match dice.roll(3) {
            0 if !tidy => {
                Some(date(2013 + i16::try_from(dice.roll(14)).unwrap(), 1 + i8::try_from(dice.roll(12)).unwrap(), 15))
            }
            _ => None,
        };
        for policy in [PolicyName::Operations, PolicyName::Regulation] {
            let options = Options { as_of, ..PLAIN };
            let panels = engine.panels(policy);
            let answers = judged(&panels, &panel, &options);
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
                    assert_eq!(judged(&panels, &panel, &options), answers, "{instructions:?} {threads}");
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
fn windows_of_other_lengths_are_counted_as_in_the_ledger() {
    let file = r#"
title = "x"
unit = "months"
holds = "until_changed"
cite = "x"
verified_through = "2026-11"
[[value]]
key = "p1m2"
from = "2012-01"
amount = "3"
source = "made up"
"#;
    let engine = Engine::with_params([("phase_1_window.toml", file)]).unwrap();
    let mut dice = Dice(0x0fed_cba9_8765_4321);
    let mut differ = 0;
    for tidy in [true, false] {
        let shape = Shape { paid: false, last_period: true, services: true, tidy, longest: 64, first_year: 2009 };
        let columns = Columns::made_up(&mut dice, 600, shape);
        let panel = columns.panel(shape, &mut dice);
        let panels = engine.panels(PolicyName::Operations);
        let expected: Vec<_> =
            (0..600).map(|row| by_ledger(&engine, &panels, PolicyName::Operations, &panel, row, None)).collect();
        for instructions in InstructionSet::ALL.into_iter().filter(|set| set.is_available()) {
            let answers = judged(&panels, &panel, &Options { instructions: Some(instructions), ..PLAIN });
            let found: Vec<_> = (0..600).map(|row| by_batch(&answers, row)).collect();
            assert_eq!(found, expected, "{instructions:?} {tidy}");
        }
        let usual = Engine::builtin().unwrap();
        let usual = judged(&usual.panels(PolicyName::Operations), &panel, &PLAIN);
        differ += (0..600).filter(|row| by_batch(&usual, *row) != expected[*row]).count();
    }
    assert!(differ > 20, "{differ}");
}

/// Empties the columns that are not wanted.
fn leave<T, const N: usize>(columns: &mut [Vec<T>; N], wanted: [bool; N]) {
    columns.iter_mut().zip(wanted).filter(|(_, is_wanted)| !is_wanted).for_each(|(column, _)| column.clear());
}

#[test]
fn a_column_is_the_same_whatever_else_is_asked_for() {
    let engine = Engine::builtin().unwrap();
    let mut dice = Dice(0x0123_4567_89ab_cdef);
    let of = |names: &[&str]| names.iter().try_fold(Wanted::default(), |wanted, name| wanted.and(name)).unwrap();
    let mut choices: Vec<Wanted> = Answers::NAMES.iter().map(|name| of(&[name])).collect();
    choices.extend([Wanted::default(), of(&Answers::NAMES[..8]), of(&["p1m2", "p1m1_status", "p2_first"])]);
    assert_eq!(of(&Answers::NAMES), Wanted::ALL);
    assert_eq!(Wanted::default().and("p1m5"), None);
    for tidy in [true, false] {
        let longest = if tidy { 64 } else { 130 };
        let shape = Shape { paid: !tidy, last_period: tidy, services: true, tidy, longest, first_year: 2010 };
        let columns = Columns::made_up(&mut dice, 300, shape);
        let panel = columns.panel(shape, &mut dice);
        let panels = engine.panels(PolicyName::Operations);
        for (evidence, instructions) in [false, true].into_iter().flat_map(|evidence| {
            InstructionSet::ALL.into_iter().filter(|set| set.is_available()).map(move |set| (evidence, Some(set)))
        }) {
            let options = Options { instructions, evidence, ..PLAIN };
            let whole = judged(&panels, &panel, &options);
            for wanted in choices.iter().copied() {
                let mut expected = whole.clone();
                leave(&mut expected.months, wanted.months);
                leave(&mut expected.present, wanted.months);
                leave(&mut expected.standing, wanted.standing);
                leave(&mut expected.counts, wanted.counts);
                assert_eq!(judged(&panels, &panel, &Options { wanted, ..options }), expected, "{wanted:?}");
            }
        }
    }
}

#[test]
fn the_type_of_a_column_changes_no_answer() {
    let engine = Engine::builtin().unwrap();
    let mut dice = Dice(0x0fed_cba9_8765_4321);
    for _ in 0..20 {
        let shape = Shape { paid: true, last_period: true, services: true, tidy: false, longest: 64, first_year: 2012 };
        let columns = Columns::made_up(&mut dice, 300, shape);
        let panel = columns.panel(shape, &mut dice);
        let panels = engine.panels(PolicyName::Operations);
        let answers = judged(&panels, &panel, &PLAIN);

        let wide = |offsets: &[i32]| -> Vec<i64> { offsets.iter().map(|offset| i64::from(*offset)).collect() };
        let (earned, paid) = (wide(&columns.earned.0), wide(&columns.paid.0));
        let (t2, t16) = (wide(&columns.t2.0), wide(&columns.t16.0));
        let cents: Vec<i64> = columns.earned.1.iter().map(|cents| i64::from(*cents)).collect();
        let decimals: Vec<i128> = columns.paid.1.iter().map(|cents| i128::from(*cents)).collect();
        // Keys count from the end of the list of codes.
        let codes = [255, 6, 5, 4, 3, 2, 1, 0];
        let key = |code: &u8| u8::try_from(codes.iter().position(|known| known == code).unwrap()).unwrap();
        let keys8: Vec<u8> = columns.t2.1.iter().map(key).collect();
        let keys16: Vec<u16> = columns.t16.1.iter().map(|code| u16::from(key(code))).collect();
        let keys32: Vec<u32> = columns.t16.1.iter().map(|code| u32::from(key(code))).collect();
        for t16_keys in [Codes::Keys16(&keys16, &codes), Codes::Keys32(&keys32, &codes)] {
            let other = Panel {
                earned: List {
                    offsets: Offsets::Large(&earned),
                    values: Cents::Large(&cents),
                    rows: None,
                    known: panel.earned.known,
                },
                paid: Some(List {
                    offsets: Offsets::Large(&paid),
                    values: Cents::Decimal(&decimals),
                    rows: None,
                    known: None,
                }),
                t2: List {
                    offsets: Offsets::Large(&t2),
                    values: Codes::Keys8(&keys8, &codes),
                    rows: None,
                    known: panel.t2.known,
                },
                t16: List { offsets: Offsets::Large(&t16), values: t16_keys, rows: None, known: None },
                ..panel
            };
            assert_eq!(judged(&panels, &other, &PLAIN), answers);
        }

        // A row without a list is a row with an empty one.
        let mut there = Vec::new();
        let mut from_empty = vec![0];
        let mut kept = Vec::new();
        for row in 0..panel.rows() {
            let is_there = !dice.once_in(5);
            push_bit(&mut there, row, is_there);
            let (from, to) = (columns.earned.0[row], columns.earned.0[row + 1]);
            let (from, to) = (usize::try_from(from).unwrap(), usize::try_from(to).unwrap());
            if is_there {
                kept.extend_from_slice(&columns.earned.1[from..to]);
            }
            from_empty.push(i32::try_from(kept.len()).unwrap());
        }
        let list = |offsets, values, rows| List { offsets: Offsets::Small(offsets), values, rows, known: None };
        let values = Cents::Small(&columns.earned.1);
        let missing = Panel { earned: list(&columns.earned.0, values, Some(Bits::new(&there, 0))), ..panel };
        let empty = Panel { earned: list(&from_empty, Cents::Small(&kept), None), ..panel };
        assert_eq!(judged(&panels, &missing, &PLAIN), judged(&panels, &empty, &PLAIN));
    }
}

#[test]
fn what_is_no_amount_and_no_code_is_named_by_its_row() {
    let engine = Engine::builtin().unwrap();
    let mut dice = Dice(0x1357_9bdf_0246_8ace);
    let shape = Shape { paid: true, last_period: false, services: false, tidy: false, longest: 64, first_year: 2012 };
    let mut columns = Columns::made_up(&mut dice, 300, shape);
    let last = |offsets: &[i32], row: usize| usize::try_from(offsets[row + 1]).unwrap() - 1;
    let row_of = |offsets: &[i32], row: usize| (row..300).find(|row| offsets[*row] < offsets[*row + 1]).unwrap();
    let rows = [
        row_of(&columns.earned.0, 63),
        row_of(&columns.paid.0, 64),
        row_of(&columns.t2.0, 130),
        row_of(&columns.t16.0, 290),
    ];
    let at = last(&columns.earned.0, rows[0]);
    columns.earned.1[at] = -1;
    let at = last(&columns.paid.0, rows[1]);
    columns.paid.1[at] = i32::MIN;
    let at = last(&columns.t2.0, rows[2]);
    columns.t2.1[at] = 7;
    let at = last(&columns.t16.0, rows[3]);
    columns.t16.1[at] = 254;
    columns.earned.2.fill(255);
    columns.t2.2.fill(255);
    let panel = columns.panel(shape, &mut dice);
    let expected = vec![(rows[0], Fault::Earned), (rows[1], Fault::Paid), (rows[2], Fault::T2), (rows[3], Fault::T16)];
    for instructions in InstructionSet::ALL.into_iter().filter(|set| set.is_available()) {
        let options = Options { instructions: Some(instructions), ..PLAIN };
        let refused = engine.panels(PolicyName::Operations).milestones(&panel, &options, go_on);
        assert_eq!(refused, Err(Failure::Faults(expected.clone())), "{instructions:?}");
    }
}

/// Every element of lists of one length is looked at where it is judged: wherever a wrong one stands, its row is named; what is
/// unknown, or stands beside the rows, is not looked at.
#[test]
fn a_wrong_element_is_named_wherever_it_stands() {
    const ROWS: usize = 130;
    let engine = Engine::builtin().unwrap();
    let panels = engine.panels(PolicyName::Operations);
    for (months, before) in [(1, 0), (36, 0), (36, 7), (48, 0), (60, 3), (70, 0)] {
        let count = before + ROWS * months + before;
        let (mut earned, mut t2, mut t16) = (vec![0_i32; count], vec![1_u8; count], vec![0_u8; count]);
        for beside in (0..before).chain(count - before..count) {
            (earned[beside], t2[beside], t16[beside]) = (-1, 7, 254);
        }
        let offsets: Vec<i32> = (0..=ROWS).map(|row| i32::try_from(before + row * months).unwrap()).collect();
        let first = calendar::day_of(date(2015, 1, 1));
        let (days, assigned, title) = (vec![first; ROWS], vec![first + 200; ROWS], vec![0; ROWS]);
        for place in [0, 1, months - 1, 63 * months, 64 * months - 1, 64 * months, ROWS * months - 1] {
            for (fault, wrong) in
                [(Fault::Earned, -1), (Fault::T2, 7), (Fault::T16, 7), (Fault::T16, 254), (Fault::T16, 255)]
            {
                let mut columns = (earned.clone(), t2.clone(), t16.clone());
                let at = before + place;
                match fault {
                    Fault::Earned => columns.0[at] = wrong,
                    Fault::T2 => columns.1[at] = u8::try_from(wrong).unwrap(),
                    _ => columns.2[at] = u8::try_from(wrong).unwrap(),
                }
                let mut known = vec![u8::MAX; count / 8 + 1];
                let refused = |known: Option<&[u8]>| -> Vec<_> {
                    let (offsets, known) = (Offsets::Small(&offsets), known.map(|bits| Bits::new(bits, 0)));
                    let panel = Panel {
                        title: &title,
                        blind: None,
                        first_month: &days,
                        first_assigned_on: &assigned,
                        assigned_on: None,
                        first_payable_month: None,
                        last_payable_month: None,
                        vr_bar: None,
                        services_completed_on: None,
                        earned: List { offsets, values: Cents::Small(&columns.0), rows: None, known },
                        paid: None,
                        t2: List { offsets, values: Codes::Plain(&columns.1), rows: None, known },
                        t16: List { offsets, values: Codes::Plain(&columns.2), rows: None, known },
                        last_period: None,
                    };
                    let judged = |set| {
                        let options = Options { instructions: Some(set), ..PLAIN };
                        panels.milestones(&panel, &options, go_on).err()
                    };
                    InstructionSet::ALL.into_iter().filter(|set| set.is_available()).map(judged).collect()
                };
                let expected = (wrong != 255).then(|| Failure::Faults(vec![(place / months, fault)]));
                for refused in [refused(None), refused(Some(&known))].concat() {
                    assert_eq!(refused, expected, "{months} months, element {place}");
                }
                push_bit(&mut known, at, false);
                known.resize(count / 8 + 1, u8::MAX);
                for refused in refused(Some(&known)) {
                    assert_eq!(refused, None, "{months} months, element {place} unknown");
                }
            }
        }
    }
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
