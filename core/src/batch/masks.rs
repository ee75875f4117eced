//! From columns to masks of months.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]
#![expect(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch, and a loop with branches stays scalar")]

use super::calendar::MONTHS;
use super::dates::Dates;
use super::isa::Isa;
use super::judge::{Facts, Levels};
use super::lanes::{BLOCK, Lanes, all_if, at, below, onward, put};
use super::panel::{Cents, Codes, Fault, LINE, List, Panel, Ranges, load};
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
    /// The most bits that any ticket has.
    pub longest: i32,
    /// Months of the outcome period before bit 0, whose status is not known.
    pub before: Lanes<i32>,
    /// 0 nothing, 1 Phase 1, 2 everything.
    pub bar: Lanes<u8>,
    pub title: Lanes<u8>,
    /// A bit a row.
    is_blind: u64,
    /// Elements of the lists that are left out, and those that are seen after them.
    skipped: Lanes<i32>,
    used: Lanes<i32>,
    /// Bits that are elements of lists.
    seen: Lanes,
    /// No element is left out.
    all_from_first: bool,
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
            longest: 0,
            before: [0; BLOCK],
            bar: [0; BLOCK],
            title: [0; BLOCK],
            is_blind: 0,
            skipped: [0; BLOCK],
            used: [0; BLOCK],
            seen: [0; BLOCK],
            all_from_first: true,
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
    (tickets, facts, seen): (&mut Tickets, &mut Facts, &mut Seen),
    faults: &mut Vec<(usize, Fault)>,
) {
    editions(plan, rows, dates, tickets, faults);
    tickets.title = load(panel.title, rows.first);
    tickets.bar = panel.vr_bar.map_or([0; BLOCK], |bars| load(bars, rows.first));
    tickets.is_blind = panel.blind.map_or(0, |bits| bits.word(rows.first));
    spans(plan, dates, tickets, facts);
    let mut reading = Reading { isa, rows, tickets: &*tickets, seen, faults };
    reading.statuses(&panel.t2, &dates.t2, Fault::T2, &mut facts.t2);
    reading.statuses(&panel.t16, &dates.t16, Fault::T16, &mut facts.t16);
    // BEN-05 is asked only where entitlement has ended for work.
    let limits = (plan, ended(&facts.t2) | ended(&facts.t16) != 0);
    reading.levels(limits, &panel.earned, &dates.earned, Fault::Earned, &mut facts.earned);
    if let Some(paid) = &panel.paid {
        reading.levels(limits, paid, &dates.paid, Fault::Paid, &mut facts.paid);
    }
    let Some(list) = &panel.last_period else {
        facts.last_period = [0; BLOCK];
        facts.last_period_unknown = [u64::MAX; BLOCK];
        return;
    };
    let Elements { from, known, .. } = seen.of(list, &dates.last_period, tickets);
    for lane in 0..BLOCK {
        let known = at(known, lane);
        put(&mut facts.last_period, lane, list.values.word(at(from, lane)) & known);
        put(&mut facts.last_period_unknown, lane, !known);
    }
}

/// The edition of each row, and what is wrong with its dates.
#[inline(always)]
fn editions(plan: &Plan<'_>, rows: Rows, dates: &Dates, tickets: &mut Tickets, faults: &mut Vec<(usize, Fault)>) {
    let (mut first, mut last) = (i32::MAX, i32::MIN);
    for now in &dates.now {
        (first, last) = (first.min(*now), last.max(*now));
    }
    match plan.one_edition(first, last) {
        Some(edition) => tickets.edition = [edition; BLOCK],
        None => {
            for lane in 0..BLOCK {
                put(&mut tickets.edition, lane, plan.edition_of(at(&dates.now, lane)));
            }
        }
    }
    for lane in rows.count..BLOCK {
        put(&mut tickets.edition, lane, Tickets::NONE);
    }
    if dates.any_fault() {
        for lane in 0..rows.count {
            if let Some(fault) = dates.fault(lane) {
                put(&mut tickets.edition, lane, Tickets::NONE);
                faults.push((rows.first.wrapping_add(lane), fault));
            }
        }
    }
}

/// What follows from dates alone.
#[inline(always)]
fn spans(plan: &Plan<'_>, dates: &Dates, tickets: &mut Tickets, facts: &mut Facts) {
    let (known, furthest) = (&plan.known, i32::try_from(MONTHS).unwrap_or(0));
    let (mut longest, mut most_skipped, mut all_fit) = (0, 0, 1);
    let mut fits = [0_i32; BLOCK];
    for lane in 0..BLOCK {
        let (first, length) = (at(&dates.first, lane), at(&dates.length, lane));
        let (anchor, start, now) = (at(&dates.anchor, lane), at(&dates.start, lane), at(&dates.now, lane));
        // Only the look-back and what comes after the assignment matter: of a longer list the rest is left out.
        let matters = anchor.wrapping_sub(plan.longest_look_back).min(start);
        let skipped = if length > 64 { matters.wrapping_sub(first).max(0) } else { 0 };
        let from = first.wrapping_add(skipped);
        let used = length.min(now.max(anchor).wrapping_sub(first)).wrapping_sub(skipped).max(0);
        let is_known = (start >= now) | ((start >= known.start) & (now <= known.end));
        let does_fit = (used <= 64) & is_known & (from >= 0) & (from < furthest);
        // Of what does not fit nothing is seen.
        let (skipped, used) = (if does_fit { skipped } else { 0 }, if does_fit { used } else { 0 });
        (most_skipped, longest) = (skipped.max(most_skipped), used.max(longest));
        put(&mut tickets.skipped, lane, skipped);
        put(&mut tickets.used, lane, used);
        put(&mut tickets.from, lane, from);
        put(&mut fits, lane, i32::from(does_fit));
        all_fit &= i32::from(does_fit);
    }
    (tickets.longest, tickets.all_from_first) = (longest, most_skipped == 0);
    // Each column of masks by itself: only then are they made as many at once as the machine can.
    let (used, from) = (tickets.used, tickets.from);
    let mut over = used;
    for lane in 0..BLOCK {
        let months = at(&dates.now, lane).wrapping_sub(at(&from, lane));
        put(&mut over, lane, months.min(at(&used, lane)));
    }
    for lane in 0..BLOCK {
        put(&mut tickets.seen, lane, below(at(&used, lane)));
        put(&mut tickets.inside, lane, below(at(&over, lane)));
    }
    let mut outcome_from = relative(&dates.outcome_from, &from);
    let start = relative(&dates.start, &from);
    let mut end = relative(&dates.end, &from);
    if all_fit == 0 {
        for (lane, fits) in fits.into_iter().enumerate().filter(|(_, fits)| *fits == 0) {
            put(&mut end, lane, fits);
            put(&mut outcome_from, lane, fits);
            if at(&tickets.edition, lane) != Tickets::NONE {
                put(&mut tickets.edition, lane, Tickets::BY_RULES);
            }
        }
    }
    for lane in 0..BLOCK {
        let available_from = onward(at(&start, lane));
        put(&mut facts.available_from, lane, available_from);
        put(&mut facts.span, lane, available_from & below(at(&end, lane)));
    }
    for lane in 0..BLOCK {
        put(&mut facts.outcome_from, lane, onward(at(&outcome_from, lane)));
        put(&mut facts.maybe_begun_before, lane, all_if(at(&outcome_from, lane) < 0));
    }
    for lane in 0..BLOCK {
        put(&mut tickets.before, lane, 0_i32.wrapping_sub(at(&outcome_from, lane)).max(0));
    }
    facts.anchor = relative(&dates.anchor, &from);
    let (title, bar, services) = (tickets.title, tickets.bar, dates.services);
    for lane in 0..BLOCK {
        put(&mut facts.is_t2, lane, all_if(at(&title, lane) == 0));
        put(&mut facts.is_t16, lane, all_if(at(&title, lane) == 1));
        put(&mut facts.pays, lane, all_if(at(&bar, lane) != 2));
        put(&mut facts.services, lane, all_if(at(&services, lane) == 1));
    }
    for lane in 0..BLOCK {
        put(&mut facts.phase_1, lane, u8::from(at(&bar, lane) == 0));
    }
}

/// Months counted from the first bit.
#[inline(always)]
fn relative(months: &Lanes<i32>, from: &Lanes<i32>) -> Lanes<i32> {
    let mut relative = [0; BLOCK];
    for lane in 0..BLOCK {
        put(&mut relative, lane, at(months, lane).wrapping_sub(at(from, lane)));
    }
    relative
}

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
struct Elements<'s> {
    /// The element of bit 0 of each ticket.
    from: &'s Lanes<usize>,
    /// The elements that are known.
    known: &'s Lanes,
    /// All elements are seen.
    are_all: bool,
}

impl Seen {
    #[inline(always)]
    fn of<'s, V>(&'s mut self, list: &List<'_, V>, ranges: &'s Ranges, tickets: &'s Tickets) -> Elements<'s> {
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
struct Reading<'r, I> {
    isa: I,
    rows: Rows,
    tickets: &'r Tickets,
    seen: &'r mut Seen,
    faults: &'r mut Vec<(usize, Fault)>,
}

impl<I: Isa> Reading<'_, I> {
    /// The lowest bits of the codes; those of months that are not seen are zero, which is not known.
    #[inline(always)]
    fn statuses(&mut self, list: &List<'_, Codes<'_>>, ranges: &Ranges, fault: Fault, planes: &mut [Lanes; 3]) {
        let [low, middle, high] = planes;
        let plain = if let Codes::Plain(values) = list.values { values } else { &[] };
        let whole = list.whole(ranges, self.rows.count);
        let mut ahead = Ahead::of(plain, &whole);
        let elements = self.seen.of(list, ranges, self.tickets);
        let mut highest = self.isa.wide([0; 64]);
        for lane in 0..BLOCK {
            let (from, known) = (at(elements.from, lane), at(elements.known, lane));
            let copied;
            ahead.fetch::<I, 1>(self.isa);
            let codes = if let Some(codes) = first_64(plain, from) {
                codes
            } else {
                copied = copy_codes(list.values, from, known);
                &copied
            };
            highest = self.isa.with_codes(highest, codes);
            let [a, b, c] = self.isa.planes(codes);
            put(low, lane, a & known);
            put(middle, lane, b & known);
            put(high, lane, c & known);
        }
        let has_none = if elements.are_all && !plain.is_empty() {
            Codes::is_one_none(self.isa.bytes(highest))
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
    fn levels(
        &mut self,
        limits: (&Plan<'_>, bool),
        list: &List<'_, Cents<'_>>,
        ranges: &Ranges,
        fault: Fault,
        levels: &mut Levels,
    ) {
        let small = if let Cents::Small(values) = list.values { values } else { &[] };
        let whole = list.whole(ranges, self.rows.count);
        let ahead = Ahead::of(small, &whole);
        let elements = self.seen.of(list, ranges, self.tickets);
        let bits = if self.tickets.longest <= 48 {
            levels_of::<I, 3>(self.isa, limits, list.values, elements, self.tickets, ahead, levels)
        } else {
            levels_of::<I, 4>(self.isa, limits, list.values, elements, self.tickets, ahead, levels)
        };
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

/// The months of all tickets in which entitlement has ended for work.
#[inline(always)]
fn ended([b0, b1, b2]: &[Lanes; 3]) -> u64 {
    let mut all = 0;
    for lane in 0..BLOCK {
        all |= at(b2, lane) & !at(b1, lane) & !at(b0, lane);
    }
    all
}

/// The months that reach each level, of so many times 16 months; and the bits of all amounts.
#[inline(always)]
fn levels_of<I: Isa, const PARTS: usize>(
    isa: I,
    (plan, any_ended): (&Plan<'_>, bool),
    values: Cents<'_>,
    elements: Elements<'_>,
    tickets: &Tickets,
    mut ahead: Ahead<'_, i32>,
    levels: &mut Levels,
) -> I::Wide {
    let mut bits = isa.wide([0; 64]);
    let small = if let Cents::Small(values) = values { values } else { &[] };
    for lane in 0..BLOCK {
        let (from, known) = (at(elements.from, lane), at(elements.known, lane));
        let copied;
        ahead.fetch::<I, PARTS>(isa);
        let amounts = if let Some(amounts) = first_64(small, from) {
            amounts
        } else {
            copied = copy_cents(values, from, known);
            &copied
        };
        bits = isa.with_amounts::<PARTS>(bits, amounts);
        let Some(edition) = plan.editions.get(usize::from(at(&tickets.edition, lane))) else { continue };
        let table = (at(&tickets.from, lane).max(0).cast_unsigned() as usize).min(MONTHS);
        let is_blind = tickets.is_blind.wrapping_shr(u32::try_from(lane).unwrap_or(0)) & 1 == 1;
        put(&mut levels.trial_work, lane, above::<I, PARTS>(isa, amounts, &plan.trial_work, table) & known);
        put(&mut levels.half, lane, above::<I, PARTS>(isa, amounts, &edition.half, table) & known);
        put(&mut levels.outcome, lane, above::<I, PARTS>(isa, amounts, of(&plan.outcome, is_blind), table) & known);
        if !plan.same_sga {
            put(&mut levels.phase_2, lane, above::<I, PARTS>(isa, amounts, of(&plan.phase_2, is_blind), table) & known);
        }
        if !plan.same_look_back {
            put(&mut levels.look_back, lane, above::<I, PARTS>(isa, amounts, &plan.look_back, table) & known);
        }
        if any_ended {
            put(
                &mut levels.above_outcome,
                lane,
                above::<I, PARTS>(isa, amounts, of(&plan.above_outcome, is_blind), table) & known,
            );
        }
    }
    bits
}

/// Asks memory for the elements of the next block, some for each ticket of this one: more at a time would hold up its own.
struct Ahead<'v, T> {
    values: &'v [T],
    place: usize,
    step: usize,
}

impl<'v, T> Ahead<'v, T> {
    #[inline(always)]
    fn of(values: &'v [T], whole: &std::ops::Range<usize>) -> Self {
        Self { values, place: whole.end, step: whole.len() / BLOCK }
    }

    #[inline(always)]
    fn fetch<I: Isa, const LINES: usize>(&mut self, isa: I) {
        let line = LINE / size_of::<T>();
        let part = self.place..self.place.saturating_add((LINES - 1) * line + 1);
        for value in self.values.get(part).unwrap_or_default().iter().step_by(line) {
            isa.fetch(value);
        }
        self.place = self.place.wrapping_add(self.step);
    }
}

/// Which amounts are above the limits of their months.
#[inline(always)]
fn above<I: Isa, const PARTS: usize>(isa: I, amounts: &[i32; 64], limits: &Limits, table: usize) -> u64 {
    let Some(limits) = first_64(limits.as_slice(), table) else { return 0 };
    isa.above::<PARTS>(amounts, limits)
}

#[inline(always)]
const fn of([of_all, of_blind]: &[Limits; 2], is_blind: bool) -> &Limits {
    if is_blind { of_blind } else { of_all }
}

#[inline(always)]
fn first_64<T>(values: &[T], from: usize) -> Option<&[T; 64]> {
    values.get(from..)?.first_chunk()
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
