//! The lists of a block, read into masks: what is seen of them, and what in them is no amount and no code.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use super::benefits::{self, Table};
use super::fault::Fault;
use super::isa::Isa;
use super::judge::Levels;
use super::lanes::{BLOCK, Lanes, at, below, put};
use super::limits::Limits;
use super::panel::{Cents, Codes, List, Ranges};
use super::plan::Plan;
use super::tickets::{Rows, Tickets};

/// What is seen of a list, where that is not simply all of it.
#[derive(Debug)]
pub(super) struct Seen {
    /// The element of bit 0.
    from: Lanes<usize>,
    /// The elements that are known.
    known: Lanes,
}

impl Default for Seen {
    fn default() -> Self {
        Self { from: [0; BLOCK], known: [0; BLOCK] }
    }
}

/// What is seen of the lists of a block.
#[derive(Clone, Copy)]
pub(super) struct Elements<'s> {
    /// The element of bit 0 of each ticket.
    pub from: &'s Lanes<usize>,
    /// The elements that are known.
    pub known: &'s Lanes,
    /// All elements are seen.
    are_all: bool,
}

impl Seen {
    #[inline(always)]
    pub(super) fn of<'s, V>(
        &'s mut self,
        list: &List<'_, V>,
        ranges: &'s Ranges,
        tickets: &'s Tickets,
    ) -> Elements<'s> {
        let from = if tickets.all_from_first {
            &ranges.from
        } else {
            for lane in 0..BLOCK {
                let skipped = at(&tickets.skipped, lane).cast_unsigned() as usize;
                put(&mut self.from, lane, at(&ranges.from, lane).wrapping_add(skipped));
            }
            &self.from
        };
        let (mut lacks, mut rests) = (0, i32::from(!tickets.all_from_first));
        for lane in 0..BLOCK {
            let rest = at(&ranges.length, lane).wrapping_sub(at(&tickets.skipped, lane));
            let unseen = rest.wrapping_sub(at(&tickets.used, lane));
            (lacks, rests) = (lacks | unseen, rests.max(unseen));
        }
        let are_all = rests <= 0;
        if lacks >= 0 && list.known.is_none() {
            return Elements { from, known: &tickets.seen, are_all };
        }
        for lane in 0..BLOCK {
            let rest = at(&ranges.length, lane).wrapping_sub(at(&tickets.skipped, lane));
            let known = list.known.map_or(u64::MAX, |known| known.word(at(from, lane)));
            put(&mut self.known, lane, known & below(rest.min(at(&tickets.used, lane))));
        }
        Elements { from, known: &self.known, are_all }
    }
}

/// What it takes to read the lists of a block.
pub(super) struct Reading<'r, I> {
    pub isa: I,
    pub rows: Rows,
    pub tickets: &'r Tickets,
    pub seen: &'r mut Seen,
    pub faults: &'r mut Vec<(usize, Fault)>,
}

/// The statuses of a record, and where those of each row lie.
type Statuses<'s, 'v> = (&'s List<'v, Codes<'v>>, &'s Ranges);

impl<I: Isa> Reading<'_, I> {
    /// What the statuses of both records come to, looked up a code at a time: months in pay, and months out of pay for work. `false`
    /// when it takes the bits of the codes instead: something that could matter is unknown, somebody's entitlement has ended for
    /// work, the lists are not simply there from the first month on or end near the column's end, or the machine does not look up
    /// bytes.
    #[inline(always)]
    pub(super) fn benefits(
        &self,
        [t2, t16]: [Statuses<'_, '_>; 2],
        tables: &[Table; 3],
        in_pay: &mut Lanes,
        out: &mut Lanes,
    ) -> bool {
        let (Some(t2), Some(t16)) = (self.simply(t2), self.simply(t16)) else { return false };
        let mut highest = self.isa.wide([0; 64]);
        let mut otherwise = 0;
        for lane in 0..BLOCK {
            let Some(table) = tables.get(usize::from(at(&self.tickets.title, lane))) else { return false };
            let (Some(t2), Some(t16)) = (t2.codes(self.isa, lane), t16.codes(self.isa, lane)) else { return false };
            highest = self.isa.highest(self.isa.highest(highest, t2), t16);
            let Some([fine, is_in_pay, is_out]) = self.isa.benefits(table, t2, t16) else { return false };
            let seen = at(&self.tickets.seen, lane);
            otherwise |= at(&self.tickets.matters, lane) & !(fine & seen);
            put(in_pay, lane, is_in_pay & seen);
            put(out, lane, is_out & seen);
        }
        otherwise == 0 && self.isa.bytes(highest).into_iter().fold(0, u8::max) <= benefits::HIGHEST
    }

    /// A list of codes that all are seen and known, from the first on.
    #[inline(always)]
    fn simply<'s>(&self, (list, ranges): Statuses<'s, 's>) -> Option<Simply<'s>> {
        let Codes::Plain(values) = list.values else { return None };
        let mut others = 0;
        for lane in 0..BLOCK {
            others |= at(&ranges.length, lane) ^ at(&self.tickets.used, lane);
        }
        let are_all = self.tickets.all_from_first && list.known.is_none() && others == 0;
        are_all.then(|| Simply { values, from: &ranges.from, ahead: list.whole(ranges, self.rows.count).len() })
    }

    /// The lowest bits of the codes; those of months that are not seen are zero, which is not known.
    #[inline(always)]
    pub(super) fn statuses(
        &mut self,
        [(t2, t2_ranges), (t16, t16_ranges)]: [Statuses<'_, '_>; 2],
        t2_planes: &mut [Lanes; 3],
        t16_planes: &mut [Lanes; 3],
    ) {
        self.planes(t2, t2_ranges, Fault::T2, t2_planes);
        self.planes(t16, t16_ranges, Fault::T16, t16_planes);
    }

    #[inline(always)]
    fn planes(&mut self, list: &List<'_, Codes<'_>>, ranges: &Ranges, fault: Fault, planes: &mut [Lanes; 3]) {
        let [low, middle, high] = &mut *planes;
        let plain = if let Codes::Plain(values) = list.values { values } else { &[] };
        let whole = list.whole(ranges, self.rows.count);
        let elements = self.seen.of(list, ranges, self.tickets);
        let mut highest = self.isa.wide([0; 64]);
        for lane in 0..BLOCK {
            let from = at(elements.from, lane);
            let copied;
            let codes = if let Some(codes) = first_64(plain, from) {
                self.isa.fetch(codes.as_ptr().wrapping_add(whole.len()));
                codes
            } else {
                copied = copy_codes(list.values, from, at(elements.known, lane));
                &copied
            };
            highest = self.isa.highest_after(highest, codes);
            let [a, b, c] = self.isa.planes(codes);
            put(low, lane, a);
            put(middle, lane, b);
            put(high, lane, c);
        }
        for plane in planes {
            keep(plane, elements.known);
        }
        let has_none = if elements.are_all && !plain.is_empty() {
            Codes::is_none(self.isa.bytes(highest).into_iter().fold(0, u8::max))
        } else {
            list.values.has_none(whole)
        };
        if has_none {
            let is_wrong = |at| list.values.get(at).is_some_and(|code| !Codes::is_one(code));
            name(list, is_wrong, self.rows, fault, self.faults);
        }
    }

    /// The months that reach each level.
    #[inline(always)]
    pub(super) fn levels(
        &mut self,
        limits: (&Plan<'_>, bool),
        list: &List<'_, Cents<'_>>,
        ranges: &Ranges,
        fault: Fault,
        levels: &mut Levels,
    ) {
        let small = if let Cents::Small(values) = list.values { values } else { &[] };
        let whole = list.whole(ranges, self.rows.count);
        let elements = self.seen.of(list, ranges, self.tickets);
        let list_ahead = (list.values, whole.len());
        let furthest = elements.from.iter().fold(0, |furthest: usize, from| furthest.max(*from));
        let bits = match self.tickets.longest {
            _ if first_64(small, furthest).is_none() => {
                levels_of::<I, 8, true>(self.isa, limits, list_ahead, elements, self.tickets, levels)
            }
            ..=40 => levels_of::<I, 5, false>(self.isa, limits, list_ahead, elements, self.tickets, levels),
            41..=48 => levels_of::<I, 6, false>(self.isa, limits, list_ahead, elements, self.tickets, levels),
            _ => levels_of::<I, 8, false>(self.isa, limits, list_ahead, elements, self.tickets, levels),
        };
        let Levels { half, trial_work, look_back, phase_2, outcome, above_outcome } = levels;
        for level in [half, trial_work, look_back, phase_2, outcome, above_outcome] {
            keep(level, elements.known);
        }
        let has_negative = if elements.are_all && !small.is_empty() {
            let bits: [i32; 16] = pulp::cast(self.isa.bytes(bits));
            bits.into_iter().any(|bits| bits < 0)
        } else {
            list.values.has_negative(whole)
        };
        if has_negative {
            let is_wrong = |at| list.values.get(at).is_some_and(|cents| cents < 0);
            name(list, is_wrong, self.rows, fault, self.faults);
        }
    }
}

/// A list of codes that all are seen and known, from the first on.
struct Simply<'s> {
    values: &'s [u8],
    from: &'s Lanes<usize>,
    /// Codes of a block, after which lie those of the next.
    ahead: usize,
}

impl Simply<'_> {
    /// The codes of a ticket, and after them others; none at the end of the column.
    #[inline(always)]
    fn codes<I: Isa>(&self, isa: I, lane: usize) -> Option<&[u8; 64]> {
        let codes = first_64(self.values, at(self.from, lane))?;
        isa.fetch(codes.as_ptr().wrapping_add(self.ahead));
        Some(codes)
    }
}

/// The months that reach each level, of so many times 8 months; and the bits of all amounts. Amounts of another width, and those at
/// the end of the column, are copied.
#[inline(always)]
fn levels_of<I: Isa, const EIGHTS: usize, const COPIES: bool>(
    isa: I,
    (plan, any_ended): (&Plan<'_>, bool),
    (values, ahead): (Cents<'_>, usize),
    elements: Elements<'_>,
    tickets: &Tickets,
    levels: &mut Levels,
) -> I::Wide {
    let mut bits = isa.wide([0; 64]);
    let more = any_ended || !plan.same_sga || !plan.same_look_back;
    let small = if let Cents::Small(values) = values { values } else { &[] };
    for lane in 0..BLOCK {
        let from = at(elements.from, lane);
        let copied;
        let amounts = if COPIES {
            copied = copy_cents(values, from, at(elements.known, lane));
            &copied
        } else {
            let Some(amounts) = first_64(small, from) else { continue };
            // Those of the next block: more of them at a time would hold up this one.
            for line in 0..EIGHTS.div_ceil(2) {
                isa.fetch(amounts.as_ptr().wrapping_add(ahead).wrapping_add(line.wrapping_mul(16)));
            }
            amounts
        };
        bits = isa.with_amounts::<EIGHTS>(bits, amounts);
        let Some(edition) = plan.editions.get(usize::from(at(&tickets.edition, lane))) else { continue };
        let from = tickets.place(lane);
        let is_blind = at(&tickets.is_blind, lane);
        put(&mut levels.trial_work, lane, isa.above::<EIGHTS>(amounts, &plan.trial_work, from));
        put(&mut levels.half, lane, isa.above::<EIGHTS>(amounts, &edition.half, from));
        put(&mut levels.outcome, lane, isa.above::<EIGHTS>(amounts, of(&plan.outcome, is_blind), from));
        if !more {
            continue;
        }
        put(&mut levels.phase_2, lane, isa.above::<EIGHTS>(amounts, of(&plan.phase_2, is_blind), from));
        put(&mut levels.look_back, lane, isa.above::<EIGHTS>(amounts, &plan.look_back, from));
        put(&mut levels.above_outcome, lane, isa.above::<EIGHTS>(amounts, of(&plan.above_outcome, is_blind), from));
    }
    bits
}

#[inline(always)]
fn of(limits: &[Limits; 2], is_blind: u8) -> &Limits {
    let [of_all, of_blind] = limits;
    if is_blind == 0 { of_all } else { of_blind }
}

#[inline(always)]
fn first_64<T>(values: &[T], from: usize) -> Option<&[T; 64]> {
    values.get(from..)?.first_chunk()
}

/// Leaves only what is known.
#[inline(always)]
pub(super) fn keep(months: &mut Lanes, known: &Lanes) {
    for lane in 0..BLOCK {
        let known = at(months, lane) & at(known, lane);
        put(months, lane, known);
    }
}

/// Elements up to the last that is known.
const fn length(known: u64) -> usize {
    (u64::BITS - known.leading_zeros()) as usize
}

#[inline(never)]
fn copy_codes(values: Codes<'_>, from: usize, known: u64) -> [u8; 64] {
    let mut codes = [0; 64];
    for (index, code) in codes.iter_mut().enumerate().take(length(known)) {
        *code = values.get(from.saturating_add(index)).unwrap_or(0);
    }
    codes
}

/// Amounts of any width as 32 bits; no level is near the ends of those.
#[inline(never)]
fn copy_cents(values: Cents<'_>, from: usize, known: u64) -> [i32; 64] {
    let mut amounts = [0; 64];
    let narrow = |cents: i128| i32::try_from(cents.clamp(i128::from(i32::MIN), i128::from(i32::MAX - 1))).unwrap_or(0);
    for (index, amount) in amounts.iter_mut().enumerate().take(length(known)) {
        *amount = values.get(from.saturating_add(index)).map_or(0, narrow);
    }
    amounts
}

/// Names the rows in which an amount or a code is none.
#[inline(never)]
fn name<V>(
    list: &List<'_, V>,
    is_wrong: impl Fn(usize) -> bool,
    rows: Rows,
    fault: Fault,
    faults: &mut Vec<(usize, Fault)>,
) {
    for row in rows.first..rows.first.saturating_add(rows.count) {
        let (from, length) = list.range(row);
        let is_known = |at: &usize| list.known.is_none_or(|bits| bits.get(*at));
        if (from..from.saturating_add(length)).filter(is_known).any(&is_wrong) {
            faults.push((row, fault));
        }
    }
}
