//! The rules on masks, for all tickets of a block: straight lines that the compiler turns into whatever the machine has.
//!
//! Nothing here branches on a ticket. A choice that is a ticket's is a mask of all ones or zero, one that is the batch's too.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use crate::params::Window;

/// Tickets of a block.
pub(super) const BLOCK: usize = 64;

/// A value for each ticket of a block.
pub(super) type Lanes<T = u64> = [T; BLOCK];

#[inline(always)]
pub(super) fn at<T: Copy + Default>(lanes: &Lanes<T>, lane: usize) -> T {
    lanes.get(lane).copied().unwrap_or_default()
}

#[inline(always)]
pub(super) fn put<T>(lanes: &mut Lanes<T>, lane: usize, value: T) {
    if let Some(cell) = lanes.get_mut(lane) {
        *cell = value;
    }
}

/// All ones, or zero.
#[inline(always)]
pub(super) const fn all_if(yes: bool) -> u64 {
    if yes { u64::MAX } else { 0 }
}

/// So many of the lowest bits; none when the number is negative.
#[inline(always)]
pub(super) const fn below(bits: i32) -> u64 {
    if bits >= 64 {
        u64::MAX
    } else if bits <= 0 {
        0
    } else {
        !u64::MAX.wrapping_shl(bits.cast_unsigned())
    }
}

macro_rules! lanes_by_default {
    ($name:ident { $($field:ident: $value:expr),* $(,)? }) => {
        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $value),* }
            }
        }
    };
}

const NONE: Lanes = [0; BLOCK];

/// What is known of the tickets, a mask of months each.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    /// Levels reached by pay period end.
    pub earned: Levels,
    /// The same by day of pay.
    pub paid: Levels,
    /// The bits of the status codes.
    pub t2: [Lanes; 3],
    pub t16: [Lanes; 3],
    /// Months that are known to be of the last period, and months of which it is not known.
    pub last_period: Lanes,
    pub last_period_unknown: Lanes,
    pub is_t2: Lanes,
    pub is_t16: Lanes,
    /// From the first available month on.
    pub available_from: Lanes,
    /// The months that can be paid at all.
    pub span: Lanes,
    /// From the first month that can belong to the outcome period.
    pub outcome_from: Lanes,
    /// A month before the first bit could already belong to it.
    pub maybe_begun_before: Lanes,
    /// Months from the first bit to the first assignment.
    pub anchor: Lanes<i32>,
    /// Day of the first assignment.
    pub anchor_on: Lanes<i32>,
    /// No agency bars Phase 1.
    pub phase_1: Lanes,
    /// No agency bars everything.
    pub pays: Lanes,
    /// Milestone 4's services are completed.
    pub services: Lanes,
}

lanes_by_default!(Facts {
    earned: Levels::default(),
    paid: Levels::default(),
    t2: [NONE; 3],
    t16: [NONE; 3],
    last_period: NONE,
    last_period_unknown: NONE,
    is_t2: NONE,
    is_t16: NONE,
    available_from: NONE,
    span: NONE,
    outcome_from: NONE,
    maybe_begun_before: NONE,
    anchor: [0; BLOCK],
    anchor_on: [0; BLOCK],
    phase_1: NONE,
    pays: NONE,
    services: NONE,
});

/// Months that reach each level.
#[derive(Debug, Clone)]
pub(super) struct Levels {
    pub half: Lanes,
    pub trial_work: Lanes,
    /// The trial work level as the look-back reads it.
    pub look_back: Lanes,
    pub phase_2: Lanes,
    pub outcome: Lanes,
    pub above_outcome: Lanes,
}

lanes_by_default!(Levels {
    half: NONE,
    trial_work: NONE,
    look_back: NONE,
    phase_2: NONE,
    outcome: NONE,
    above_outcome: NONE,
});

/// What follows for the tickets.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Milestones 1 to 4 that the look-back and the agencies leave open.
    pub open: [Lanes; 4],
    /// The month of each milestone, counting unknown as no.
    pub certain: [Lanes; 4],
    /// The same counting unknown as yes.
    pub possible: [Lanes; 4],
    pub phase_2: Lanes,
    pub outcomes: Lanes,
    /// Months that could belong to the outcome period.
    pub maybe_outcome: Lanes,
    /// Months in current pay, of the outcome period, of unknown status: with the three next, the evidence.
    pub in_pay: Lanes,
    pub out: Lanes,
    pub unknown: Lanes,
    pub trial_work: Lanes,
    pub half: Lanes,
    pub at_phase_2: Lanes,
}

lanes_by_default!(Found {
    open: [NONE; 4],
    certain: [NONE; 4],
    possible: [NONE; 4],
    phase_2: NONE,
    outcomes: NONE,
    maybe_outcome: NONE,
    in_pay: NONE,
    out: NONE,
    unknown: NONE,
    trial_work: NONE,
    half: NONE,
    at_phase_2: NONE,
});

/// What lies between the passes.
#[derive(Debug)]
pub(super) struct Between {
    /// Months at the trial work level, as the look-back reads it.
    look_back: Lanes,
    /// Months that count in a window.
    counting: Lanes,
    certain: Lanes,
    possible: Lanes,
    first: Lanes,
    maybe_first: Lanes,
    /// Running counts of months over the last 1, 2, 4, 8 and 16, bit by bit.
    counts: [Planes; 5],
    sum: Planes,
    /// The months with which the windows of Milestones 2 to 4 are full.
    full: [Lanes; 3],
}

lanes_by_default!(Between {
    look_back: NONE,
    counting: NONE,
    certain: NONE,
    possible: NONE,
    first: NONE,
    maybe_first: NONE,
    counts: [[NONE; 5]; 5],
    sum: [NONE; 5],
    full: [NONE; 3],
});

/// A number a ticket and month, a mask for each of its bits.
type Planes = [Lanes; 5];

/// What is the same for all tickets of a batch that are of one edition of the terms.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a difference of its own between the policies")]
pub(super) struct Terms {
    pub needs_current_pay: bool,
    pub half_needs_last_period: bool,
    pub outcome_needs_both: bool,
    pub t16_outcome_needs_sga: bool,
    pub has_paid: bool,
    pub windows: [Window; 4],
    pub look_back: [Window; 4],
    /// First assignments from this day on are looked back from.
    pub look_back_since: i32,
}

/// A record's statuses.
#[derive(Clone, Copy)]
struct Record {
    known: u64,
    in_pay: u64,
    out: u64,
    for_work: u64,
    suspended: u64,
    ended: u64,
}

impl Record {
    #[inline(always)]
    fn of([b0, b1, b2]: &[Lanes; 3], lane: usize) -> Self {
        let (b0, b1, b2) = (at(b0, lane), at(b1, lane), at(b2, lane));
        let out = b1 ^ b2;
        let for_work = out & !b0;
        Self {
            known: (b0 | b1 | b2) & !(b0 & b1 & b2),
            in_pay: b0 & !b1 & !b2,
            out,
            for_work,
            suspended: for_work & b1,
            ended: for_work & b2,
        }
    }
}

/// The title as which each month is judged (C-14).
#[derive(Clone, Copy)]
struct Titles {
    t2: u64,
    t16: u64,
    both: u64,
}

impl Titles {
    #[inline(always)]
    const fn of(is_t2: u64, is_t16: u64, t2: &Record, t16: &Record) -> Self {
        let as_t16 = is_t2 & t16.known & !t2.known;
        let as_t2 = is_t16 & t2.known & !t16.known;
        Self { t2: is_t2 & !as_t16 | as_t2, t16: is_t16 & !as_t2 | as_t16, both: !(is_t2 | is_t16) }
    }

    #[inline(always)]
    const fn either(&self, t2: u64, t16: u64) -> u64 {
        self.t2 & t2 | self.t16 & t16
    }

    /// The months in which each basis counts, for a status test (C-12).
    #[inline(always)]
    const fn bases(&self, met_t2: u64, met_t16: u64) -> (u64, u64) {
        (self.t2 | self.both & (met_t2 | !met_t16), self.t16 | self.both & (met_t16 | !met_t2))
    }
}

/// Judges the tickets of a block.
#[inline(always)]
pub(super) fn judge(facts: &Facts, terms: &Terms, between: &mut Between, found: &mut Found) {
    statuses(facts, terms, between, found);
    look_back(facts, terms, between, found);
    counts(between);
    let [_, windows @ ..] = &terms.windows;
    let Between { counts, sum, full, .. } = between;
    for (window, full) in windows.iter().zip(full) {
        reached(counts, *window, sum, full);
    }
    assign(facts, between, found);
}

/// Which months are in pay, of the outcome period, at which level.
#[inline(always)]
fn statuses(facts: &Facts, terms: &Terms, between: &mut Between, found: &mut Found) {
    let one_basis = all_if(!terms.has_paid);
    let any_status = all_if(!terms.needs_current_pay);
    let any_period = all_if(!terms.half_needs_last_period);
    let needs_both = all_if(terms.outcome_needs_both);
    let t16_needs_none = all_if(!terms.t16_outcome_needs_sga);
    for lane in 0..BLOCK {
        let (t2, t16) = (Record::of(&facts.t2, lane), Record::of(&facts.t16, lane));
        let titles = Titles::of(at(&facts.is_t2, lane), at(&facts.is_t16, lane), &t2, &t16);
        let (t2_unknown, t16_unknown) = (!t2.known, !t16.known);

        // BEN-01 to BEN-03: certainly, possibly.
        let (as_t2, as_t16) = (titles.t2 | titles.both, titles.t16 | titles.both);
        let in_pay = as_t2 & t2.in_pay | as_t16 & t16.in_pay;
        let unknown = as_t2 & t2_unknown | as_t16 & t16_unknown;
        let maybe_in_pay = in_pay | unknown;

        // BEN-04, and OUT-01 with it.
        let strict = t2.for_work & t16.for_work;
        let maybe_strict = (t2.for_work | t2_unknown) & (t16.for_work | t16_unknown);
        let for_work = t2.for_work | t16.for_work;
        let loose = t2.out & t16.out & for_work;
        let maybe_loose = (t2.out | t2_unknown) & (t16.out | t16_unknown) & (for_work | t2_unknown | t16_unknown);
        let both = needs_both & strict | !needs_both & loose;
        let maybe_both = needs_both & maybe_strict | !needs_both & maybe_loose;
        let out = titles.either(t2.for_work, t16.for_work) | titles.both & both;
        let maybe_out = out | titles.either(t2_unknown, t16_unknown) | titles.both & maybe_both;
        let outcome_from = at(&facts.outcome_from, lane);
        let (of_period, maybe_of_period) = (out & outcome_from, maybe_out & outcome_from);
        let begun = since(of_period);
        let maybe_begun = since(maybe_of_period) | at(&facts.maybe_begun_before, lane);

        // Earnings, on the bases that count for milestones.
        let (earned, paid) = titles.bases(t2.in_pay, t16.in_pay);
        let earned = earned | one_basis;
        let reached = |by_earned: &Lanes, by_paid: &Lanes| earned & at(by_earned, lane) | paid & at(by_paid, lane);
        let trial_work = reached(&facts.earned.trial_work, &facts.paid.trial_work);
        let half = reached(&facts.earned.half, &facts.paid.half);
        put(&mut between.look_back, lane, reached(&facts.earned.look_back, &facts.paid.look_back));
        put(&mut found.at_phase_2, lane, reached(&facts.earned.phase_2, &facts.paid.phase_2));
        put(&mut found.trial_work, lane, trial_work);
        put(&mut found.half, lane, half);
        put(&mut between.counting, lane, trial_work & at(&facts.available_from, lane));
        let last_period = at(&facts.last_period, lane) | any_period;
        put(&mut between.first, lane, trial_work | half & last_period);
        let maybe_last_period = last_period | at(&facts.last_period_unknown, lane);
        put(&mut between.maybe_first, lane, trial_work | half & maybe_last_period);
        let span = at(&facts.span, lane);
        put(&mut between.certain, lane, span & (in_pay | any_status) & !maybe_begun);
        put(&mut between.possible, lane, span & (maybe_in_pay | any_status) & !begun);

        // Outcomes: what is certain.
        let (earned, paid) = titles.bases(t2.for_work, t16.for_work);
        let earned = earned | one_basis;
        let reached = |by_earned: &Lanes, by_paid: &Lanes| earned & at(by_earned, lane) | paid & at(by_paid, lane);
        let enough = reached(&facts.earned.outcome, &facts.paid.outcome) | t16_needs_none & titles.t16;
        let all_ended = t2.known & t16.known & (t2.ended | t16.ended) & !(t2.suspended | t16.suspended);
        let ended = titles.either(t2.ended, t16.ended) | titles.both & all_ended;
        let above = reached(&facts.earned.above_outcome, &facts.paid.above_outcome);
        let enough = enough & (above | !ended);
        put(&mut found.outcomes, lane, out & begun & span & enough & at(&facts.pays, lane));
        put(&mut found.maybe_outcome, lane, maybe_of_period);
        put(&mut found.in_pay, lane, in_pay);
        put(&mut found.out, lane, out);
        put(&mut found.unknown, lane, unknown);
    }
}

/// Which milestones the months before the first assignment, and the agencies, leave open.
#[inline(always)]
fn look_back(facts: &Facts, terms: &Terms, between: &Between, found: &mut Found) {
    let windows = terms.look_back.map(|window| {
        let looked_at = u32::from(window.within);
        (64_u32.wrapping_sub(looked_at), all_if(looked_at > 0), u64::from(window.months))
    });
    for lane in 0..BLOCK {
        // The month before the first assignment becomes the highest bit.
        let (reached, months) = (at(&between.look_back, lane), at(&facts.anchor, lane));
        let moved_up = reached.wrapping_shl(64_i32.wrapping_sub(months).cast_unsigned());
        let moved_down = reached.wrapping_shr(months.wrapping_sub(64).cast_unsigned());
        let is_near = all_if((1..=64).contains(&months));
        let before = moved_up & is_near | moved_down & all_if((65..128).contains(&months));
        let looks_back = at(&facts.anchor_on, lane) >= terms.look_back_since;
        let phase_1 = at(&facts.phase_1, lane);
        for ((unseen, any, needed), open) in windows.into_iter().zip(&mut found.open) {
            let seen = u64::from((before.wrapping_shr(unseen) & any).count_ones());
            put(open, lane, phase_1 & !all_if((seen >= needed) & looks_back));
        }
    }
}

/// Milestones in order, earliest month first; then the months of Phase 2.
#[inline(always)]
fn assign(facts: &Facts, between: &Between, found: &mut Found) {
    let [second, third, fourth] = &between.full;
    for lane in 0..BLOCK {
        let trial_work = at(&found.trial_work, lane);
        let second = trial_work & at(second, lane);
        let third = trial_work & at(third, lane);
        let fourth = trial_work & at(fourth, lane) & at(&facts.services, lane);
        let available = at(&facts.available_from, lane);
        let open = found.open.each_ref().map(|open| at(open, lane));
        let certain = at(&between.certain, lane);
        let (months, after) = in_order([at(&between.first, lane), second, third, fourth], open, certain, available);
        let maybe_first = at(&between.maybe_first, lane);
        let (maybe, _) = in_order([maybe_first, second, third, fourth], open, at(&between.possible, lane), available);
        for (column, month) in found.certain.iter_mut().zip(months) {
            put(column, lane, month);
        }
        for (column, month) in found.possible.iter_mut().zip(maybe) {
            put(column, lane, month);
        }
        put(&mut found.phase_2, lane, certain & at(&found.at_phase_2, lane) & after & at(&facts.pays, lane));
    }
}

/// The month of each milestone, and the months after the last.
#[inline(always)]
fn in_order([m1, m2, m3, m4]: [u64; 4], [o1, o2, o3, o4]: [u64; 4], months: u64, after: u64) -> ([u64; 4], u64) {
    let (m1, after) = take(m1 & months, o1, after);
    let (m2, after) = take(m2 & months, o2, after);
    let (m3, after) = take(m3 & months, o3, after);
    let (m4, after) = take(m4 & months, o4, after);
    ([m1, m2, m3, m4], after)
}

/// The earliest month, and what comes after it: nothing without a month; a barred milestone is passed over.
#[inline(always)]
const fn take(months: u64, open: u64, after: u64) -> (u64, u64) {
    let month = months & after & open;
    let month = month & month.wrapping_neg();
    let through = month | month.wrapping_sub(1);
    (month, after & !(through & open))
}

/// Every month from the earliest on.
#[inline(always)]
const fn since(months: u64) -> u64 {
    months | months.wrapping_neg()
}

/// The longest window of which months are counted here.
pub(super) const LONGEST_WINDOW: u8 = 31;

/// Counts over the last 2, 4, 8 and 16 months, each from the one before.
#[inline(always)]
fn counts(between: &mut Between) {
    let [one, two, four, eight, sixteen] = &mut between.counts;
    if let Some(lowest) = one.first_mut() {
        *lowest = between.counting;
    }
    add::<2>(one, one, 1, two);
    add::<3>(two, two, 2, four);
    add::<4>(four, four, 4, eight);
    add::<5>(eight, eight, 8, sixteen);
}

/// A count and another of so many months earlier, as far as they have bits.
#[inline(always)]
fn add<const BITS: usize>(a: &Planes, b: &Planes, months: u32, sum: &mut Planes) {
    for lane in 0..BLOCK {
        let mut carry = 0;
        for ((a, b), sum) in a.iter().zip(b).zip(sum.iter_mut()).take(BITS) {
            let (bit, next) = with_carry(at(a, lane), at(b, lane).wrapping_shl(months), carry);
            put(sum, lane, bit);
            carry = next;
        }
    }
}

/// The same, in place.
#[inline(always)]
fn add_to(sum: &mut Planes, part: &Planes, months: u32) {
    for lane in 0..BLOCK {
        let mut carry = 0;
        for (sum, part) in sum.iter_mut().zip(part) {
            let (bit, next) = with_carry(at(sum, lane), at(part, lane).wrapping_shl(months), carry);
            put(sum, lane, bit);
            carry = next;
        }
    }
}

#[inline(always)]
const fn with_carry(a: u64, b: u64, carry: u64) -> (u64, u64) {
    let differ = a ^ b;
    (differ ^ carry, a & b | differ & carry)
}

/// The months with which a window ends that holds enough: its length is made up of runs of 1, 2, 4, 8 and 16 months.
#[inline(always)]
fn reached(counts: &[Planes; 5], window: Window, sum: &mut Planes, full: &mut Lanes) {
    let mut parts = counts.iter().enumerate().filter(|(place, _)| window.within >> place & 1 == 1);
    let Some((place, first)) = parts.next() else {
        *full = [all_if(window.months == 0); BLOCK];
        return;
    };
    let Some((next, second)) = parts.next() else {
        return enough(first, window, full);
    };
    let mut months = 1_u32 << place;
    add::<5>(first, second, months, sum);
    months = months.wrapping_add(1 << next);
    for (place, part) in parts {
        add_to(sum, part, months);
        months = months.wrapping_add(1 << place);
    }
    enough(sum, window, full);
}

/// The months whose count is that of the window at least.
#[inline(always)]
fn enough(count: &Planes, window: Window, full: &mut Lanes) {
    let can_be = all_if(window.months <= LONGEST_WINDOW);
    for lane in 0..BLOCK {
        let mut enough = u64::MAX;
        for (place, plane) in count.iter().enumerate() {
            let (bit, plane) = (all_if(window.months >> place & 1 == 1), at(plane, lane));
            enough = enough & plane | (enough | plane) & !bit;
        }
        put(full, lane, enough & can_be);
    }
}
