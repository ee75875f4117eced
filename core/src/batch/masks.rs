//! From columns to masks of months.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]
#![expect(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch, and a loop with branches stays scalar")]

use super::calendar::MONTHS;
use super::dates::Dates;
use super::isa::Isa;
use super::lanes::{BLOCK, Facts, Lanes, Levels, all_if, at, below, put};
use super::panel::{Cents, Codes, Fault, List, Panel, Ranges, load};
use super::plan::{Limits, Plan};

/// What is kept of the rows beside their masks.
#[derive(Debug)]
pub(super) struct Tickets {
    /// The edition of the terms, by its place; [`Self::BY_RULES`] or [`Self::NONE`].
    pub edition: Lanes<u8>,
    /// The month of bit 0.
    pub from: Lanes<i32>,
    /// Bits that are elements of lists and of months that are over.
    pub inside: Lanes,
    /// Months of the outcome period before bit 0, whose status is not known.
    pub before: Lanes<u32>,
    /// 0 nothing, 1 Phase 1, 2 everything.
    pub bar: Lanes<u8>,
    pub title: Lanes<u8>,
    /// A bit a row.
    is_blind: u64,
    /// Elements of the lists that are left out, and those that are seen after them.
    skipped: Lanes<i32>,
    used: Lanes<i32>,
}

impl Tickets {
    /// The row does not fit into masks, and is judged by the rules themselves.
    pub(super) const BY_RULES: u8 = 254;
    /// There is no such row, or it is faulty.
    pub(super) const NONE: u8 = 255;
}

impl Default for Tickets {
    fn default() -> Self {
        Self {
            edition: [Self::NONE; BLOCK],
            from: [0; BLOCK],
            inside: [0; BLOCK],
            before: [0; BLOCK],
            bar: [0; BLOCK],
            title: [0; BLOCK],
            is_blind: 0,
            skipped: [0; BLOCK],
            used: [0; BLOCK],
        }
    }
}

/// Rows one after the other, at most a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    pub first: usize,
    pub count: usize,
}

/// Lays the rows out as masks, and names those that are faulty.
#[inline(always)]
pub(super) fn lay_out<I: Isa>(
    isa: I,
    (plan, panel): (&Plan<'_>, &Panel<'_>),
    rows: Rows,
    dates: &Dates,
    (tickets, facts): (&mut Tickets, &mut Facts),
    faults: &mut Vec<(usize, Fault)>,
) {
    for lane in 0..BLOCK {
        let edition = if lane < rows.count { plan.edition_of(at(&dates.now, lane)) } else { Tickets::NONE };
        put(&mut tickets.edition, lane, edition);
    }
    if dates.any_fault() {
        for lane in 0..rows.count {
            if let Some(fault) = dates.fault(lane) {
                put(&mut tickets.edition, lane, Tickets::NONE);
                faults.push((rows.first.wrapping_add(lane), fault));
            }
        }
    }
    tickets.title = load(panel.title, rows.first);
    tickets.bar = panel.vr_bar.map_or([0; BLOCK], |bars| load(bars, rows.first));
    tickets.is_blind = panel.blind.map_or(0, |bits| bits.word(rows.first));
    spans(plan, dates, tickets, facts);
    let mut seen = Seen::default();
    seen.find(&panel.t2, &dates.t2, tickets);
    codes(isa, panel.t2.values, &seen, &mut facts.t2);
    seen.find(&panel.t16, &dates.t16, tickets);
    codes(isa, panel.t16.values, &seen, &mut facts.t16);
    // BEN-05 is asked only where entitlement has ended for work.
    let any_ended = ended(&facts.t2) | ended(&facts.t16) != 0;
    seen.find(&panel.earned, &dates.earned, tickets);
    levels(isa, plan, panel.earned.values, &seen, tickets, any_ended, &mut facts.earned);
    if let Some(paid) = &panel.paid {
        seen.find(paid, &dates.paid, tickets);
        levels(isa, plan, paid.values, &seen, tickets, any_ended, &mut facts.paid);
    }
    facts.last_period = [0; BLOCK];
    facts.last_period_unknown = [u64::MAX; BLOCK];
    if let Some(list) = &panel.last_period {
        seen.find(list, &dates.last_period, tickets);
        for lane in 0..BLOCK {
            let known = at(&seen.inside, lane);
            put(&mut facts.last_period, lane, list.values.word(at(&seen.from, lane)) & known);
            put(&mut facts.last_period_unknown, lane, !known);
        }
    }
    refuse(panel, dates, rows, faults);
}

/// The masks that follow from dates alone.
#[inline(always)]
fn spans(plan: &Plan<'_>, dates: &Dates, tickets: &mut Tickets, facts: &mut Facts) {
    let (known, furthest) = (&plan.known, i32::try_from(MONTHS).unwrap_or(0));
    for lane in 0..BLOCK {
        let (first, length) = (at(&dates.first, lane), at(&dates.length, lane));
        let (anchor, start, now) = (at(&dates.anchor, lane), at(&dates.start, lane), at(&dates.now, lane));
        // Only the look-back and what comes after the assignment matter: of a longer list the rest is left out.
        let matters = anchor.wrapping_sub(plan.longest_look_back).min(start);
        let skipped = if length > 64 { matters.wrapping_sub(first).max(0) } else { 0 };
        let from = first.wrapping_add(skipped);
        let used = length.min(now.max(anchor).wrapping_sub(first)).wrapping_sub(skipped).max(0);
        let is_known = (start >= now) | ((start >= known.start) & (now <= known.end));
        let fits = (used <= 64) & is_known & (from >= 0) & (from < furthest);
        let edition = at(&tickets.edition, lane);
        let by_rules = if edition == Tickets::NONE { edition } else { Tickets::BY_RULES };
        put(&mut tickets.edition, lane, if fits { edition } else { by_rules });
        // Of what does not fit nothing is seen.
        put(&mut tickets.skipped, lane, if fits { skipped } else { 0 });
        put(&mut tickets.used, lane, if fits { used } else { 0 });
        put(&mut tickets.from, lane, from);
        put(&mut tickets.inside, lane, below(used) & below(now.wrapping_sub(from)));
        let outcome_from = at(&dates.outcome_from, lane).wrapping_sub(from);
        let before = 0_i32.wrapping_sub(outcome_from).max(0).cast_unsigned();
        put(&mut tickets.before, lane, before);
        put(&mut facts.maybe_begun_before, lane, all_if(before > 0));
        put(&mut facts.outcome_from, lane, !below(outcome_from));
        let available_from = !below(start.wrapping_sub(from));
        put(&mut facts.available_from, lane, available_from);
        put(&mut facts.span, lane, available_from & below(at(&dates.end, lane).wrapping_sub(from)));
        put(&mut facts.anchor, lane, anchor.wrapping_sub(from));
        put(&mut facts.services, lane, all_if(at(&dates.services, lane)));
        let (title, bar) = (at(&tickets.title, lane), at(&tickets.bar, lane));
        put(&mut facts.is_t2, lane, all_if(title == 0));
        put(&mut facts.is_t16, lane, all_if(title == 1));
        put(&mut facts.phase_1, lane, all_if(bar == 0));
        put(&mut facts.pays, lane, all_if(bar != 2));
    }
}

/// What is seen of a list.
struct Seen {
    /// The element of bit 0.
    from: Lanes<usize>,
    length: Lanes<i32>,
    /// The elements that are known.
    inside: Lanes,
}

impl Default for Seen {
    fn default() -> Self {
        Self { from: [0; BLOCK], length: [0; BLOCK], inside: [0; BLOCK] }
    }
}

impl Seen {
    #[inline(always)]
    fn find<V>(&mut self, list: &List<'_, V>, ranges: &Ranges, tickets: &Tickets) {
        for lane in 0..BLOCK {
            let skipped = at(&tickets.skipped, lane);
            let length = at(&ranges.length, lane).wrapping_sub(skipped).min(at(&tickets.used, lane)).max(0);
            put(&mut self.from, lane, at(&ranges.from, lane).wrapping_add(skipped.cast_unsigned() as usize));
            put(&mut self.length, lane, length);
            put(&mut self.inside, lane, below(length));
        }
        if let Some(known) = list.known {
            for lane in 0..BLOCK {
                let inside = at(&self.inside, lane) & known.word(at(&self.from, lane));
                put(&mut self.inside, lane, inside);
            }
        }
    }
}

/// The lowest bits of the codes; those of months that are not seen are zero, which is not known.
#[inline(always)]
fn codes<I: Isa>(isa: I, values: Codes<'_>, seen: &Seen, planes: &mut [Lanes; 3]) {
    let [low, middle, high] = planes;
    let plain = if let Codes::Plain(values) = values { values } else { &[] };
    for lane in 0..BLOCK {
        let from = at(&seen.from, lane);
        let copied;
        let codes = if let Some(codes) = first_64(plain, from) {
            codes
        } else {
            copied = copy_codes(values, from, at(&seen.length, lane));
            &copied
        };
        let [a, b, c] = isa.planes(codes);
        put(low, lane, a);
        put(middle, lane, b);
        put(high, lane, c);
    }
    for plane in planes {
        for lane in 0..BLOCK {
            let inside = at(plane, lane) & at(&seen.inside, lane);
            put(plane, lane, inside);
        }
    }
}

/// The months of all tickets in which entitlement has ended for work.
#[inline(always)]
fn ended([b0, b1, b2]: &[Lanes; 3]) -> u64 {
    let mut all = 0;
    for lane in 0..BLOCK {
        all |= at(b2, lane) & !at(b1, lane) & !at(b0, lane);
    }
    all
}

/// The months that reach each level.
#[inline(always)]
fn levels<I: Isa>(
    isa: I,
    plan: &Plan<'_>,
    values: Cents<'_>,
    seen: &Seen,
    tickets: &Tickets,
    any_ended: bool,
    levels: &mut Levels,
) {
    let small = if let Cents::Small(values) = values { values } else { &[] };
    for lane in 0..BLOCK {
        let from = at(&seen.from, lane);
        let copied;
        let amounts = if let Some(amounts) = first_64(small, from) {
            amounts
        } else {
            copied = copy_cents(values, from, at(&seen.length, lane));
            &copied
        };
        let Some(edition) = plan.editions.get(usize::from(at(&tickets.edition, lane))) else { continue };
        let table = at(&tickets.from, lane).max(0).cast_unsigned() as usize;
        let is_blind = tickets.is_blind.wrapping_shr(u32::try_from(lane).unwrap_or(0)) & 1 == 1;
        let trial_work = above(isa, amounts, &plan.trial_work, table);
        let outcome = above(isa, amounts, of(&plan.outcome, is_blind), table);
        put(&mut levels.trial_work, lane, trial_work);
        put(&mut levels.half, lane, above(isa, amounts, &edition.half, table));
        put(&mut levels.outcome, lane, outcome);
        let phase_2 = if plan.same_sga { outcome } else { above(isa, amounts, of(&plan.phase_2, is_blind), table) };
        put(&mut levels.phase_2, lane, phase_2);
        let above_outcome = if any_ended { above(isa, amounts, of(&plan.above_outcome, is_blind), table) } else { 0 };
        put(&mut levels.above_outcome, lane, above_outcome);
        let look_back = if plan.same_look_back { trial_work } else { above(isa, amounts, &plan.look_back, table) };
        put(&mut levels.look_back, lane, look_back);
    }
    let Levels { half, trial_work, look_back, phase_2, outcome, above_outcome } = levels;
    for level in [half, trial_work, look_back, phase_2, outcome, above_outcome] {
        for lane in 0..BLOCK {
            let inside = at(level, lane) & at(&seen.inside, lane);
            put(level, lane, inside);
        }
    }
}

/// Which amounts are above the limits of their months.
#[inline(always)]
fn above<I: Isa>(isa: I, amounts: &[i32; 64], limits: &Limits, table: usize) -> u64 {
    let Some(limits) = first_64(limits.as_slice(), table) else { return 0 };
    isa.above(amounts, limits)
}

#[inline(always)]
const fn of([of_all, of_blind]: &[Limits; 2], is_blind: bool) -> &Limits {
    if is_blind { of_blind } else { of_all }
}

#[inline(always)]
fn first_64<T>(values: &[T], from: usize) -> Option<&[T; 64]> {
    values.get(from..)?.first_chunk()
}

#[inline(never)]
fn copy_codes(values: Codes<'_>, from: usize, length: i32) -> [u8; 64] {
    let mut codes = [0; 64];
    for (index, code) in codes.iter_mut().enumerate().take(usize::try_from(length).unwrap_or(0)) {
        *code = values.get(from.saturating_add(index)).unwrap_or(0);
    }
    codes
}

/// Amounts of any width as 32 bits; no level is near the ends of those.
#[inline(never)]
fn copy_cents(values: Cents<'_>, from: usize, length: i32) -> [i32; 64] {
    let mut amounts = [0; 64];
    let narrow = |cents: i128| i32::try_from(cents.clamp(i128::from(i32::MIN), i128::from(i32::MAX - 1))).unwrap_or(0);
    for (index, amount) in amounts.iter_mut().enumerate().take(usize::try_from(length).unwrap_or(0)) {
        *amount = values.get(from.saturating_add(index)).map_or(0, narrow);
    }
    amounts
}

/// Names the rows in which an amount or a code is none. A first look at all elements together passes over nearly every block.
#[inline(always)]
fn refuse(panel: &Panel<'_>, dates: &Dates, rows: Rows, faults: &mut Vec<(usize, Fault)>) {
    refuse_cents(&panel.earned, &dates.earned, Fault::Earned, rows, faults);
    if let Some(paid) = &panel.paid {
        refuse_cents(paid, &dates.paid, Fault::Paid, rows, faults);
    }
    for (list, ranges, fault) in [(&panel.t2, &dates.t2, Fault::T2), (&panel.t16, &dates.t16, Fault::T16)] {
        if list.values.has_none(list.whole(ranges, rows.count)) {
            name(list, |at| list.values.get(at).is_some_and(|code| !Codes::is_one(code)), rows, fault, faults);
        }
    }
}

#[inline(always)]
fn refuse_cents(
    list: &List<'_, Cents<'_>>,
    ranges: &Ranges,
    fault: Fault,
    rows: Rows,
    faults: &mut Vec<(usize, Fault)>,
) {
    if list.values.has_negative(list.whole(ranges, rows.count)) {
        name(list, |at| list.values.get(at).is_some_and(|cents| cents < 0), rows, fault, faults);
    }
}

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
