//! The rules on masks, for all tickets of a block: straight lines that the compiler turns into whatever the machine has.
//!
//! Nothing here branches on a ticket. A choice that is a ticket's is a mask of all ones or zero, one that is the batch's too.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use super::benefits::{Record, Titles};
use super::lanes::{BLOCK, Lanes, all_if, at, down, put, up};
use super::windows;
use crate::params::Window;

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

/// What is known of the tickets: masks of months, and places of months in them.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    /// Levels reached by pay period end.
    pub earned: Levels,
    /// The same by day of pay.
    pub paid: Levels,
    /// The bits of the status codes; not read of a block that is plain.
    pub t2: [Lanes; 3],
    pub t16: [Lanes; 3],
    /// Months in pay, and those out of pay for work, of a block that is plain.
    pub in_pay: Lanes,
    pub out: Lanes,
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
    /// The first assignment is looked back from, and no agency bars Phase 1: 1 or 0.
    pub looks_back: Lanes<u8>,
    pub phase_1: Lanes<u8>,
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
    in_pay: NONE,
    out: NONE,
    last_period: NONE,
    last_period_unknown: NONE,
    is_t2: NONE,
    is_t16: NONE,
    available_from: NONE,
    span: NONE,
    outcome_from: NONE,
    maybe_begun_before: NONE,
    anchor: [0; BLOCK],
    looks_back: [0; BLOCK],
    phase_1: [0; BLOCK],
    pays: NONE,
    services: NONE,
});

impl Facts {
    /// The title of a ticket.
    #[inline(always)]
    fn titles(&self, lane: usize) -> Titles {
        Titles::new(at(&self.is_t2, lane), at(&self.is_t16, lane))
    }
}

/// Months that reach each level.
#[derive(Debug, Clone)]
pub(super) struct Levels {
    pub half: Lanes,
    pub trial_work: Lanes,
    /// The trial work level as the look-back reads it, where that differs.
    pub look_back: Lanes,
    /// SGA as Phase 2 reads it, where that differs.
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

/// What is the same for all tickets of a batch that are of one edition of the terms.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub(super) struct Terms {
    pub needs_current_pay: bool,
    pub half_needs_last_period: bool,
    pub outcome_needs_both: bool,
    pub t16_outcome_needs_sga: bool,
    /// The look-back uses the limits of the windows.
    pub same_look_back: bool,
    /// Phase 2 uses the limits of outcomes.
    pub same_sga: bool,
    pub has_paid: bool,
    /// Nothing that could matter is unknown of any ticket of the block, and nobody's entitlement has ended for work.
    pub is_plain: bool,
    /// Outcomes, and the evidence, are asked for.
    pub outcomes: bool,
    pub evidence: bool,
    pub windows: [Window; 4],
    pub look_back: [Window; 4],
}

/// The months that reach a level: by what is earned alone, or by each basis in its months.
#[inline(always)]
fn by_basis(terms: &Terms, (earned, paid): (u64, u64), by_earned: u64, by_paid: u64) -> u64 {
    if terms.has_paid { earned & by_earned | paid & by_paid } else { by_earned }
}

/// What the statuses come to, by the bits of their codes; whether none that could matter is unknown, and nobody's entitlement has
/// ended for work.
#[inline(always)]
pub(super) fn benefits(facts: &mut Facts, needs_both: bool, matters: &Lanes) -> bool {
    let needs_both = all_if(needs_both);
    let mut otherwise = 0;
    for lane in 0..BLOCK {
        let (t2, t16) = (Record::of(&facts.t2, lane), Record::of(&facts.t16, lane));
        let titles = facts.titles(lane);
        otherwise |= titles.any(!t2.known, !t16.known) & at(matters, lane) | t2.ended | t16.ended;
        put(&mut facts.in_pay, lane, titles.any(t2.in_pay, t16.in_pay));
        put(&mut facts.out, lane, titles.out(&t2, &t16, needs_both));
    }
    otherwise == 0
}

/// Whether nothing else that could matter is unknown.
#[inline(always)]
pub(super) fn is_plain(facts: &Facts, half_needs_last_period: bool, matters: &Lanes) -> bool {
    let any_period = all_if(!half_needs_last_period);
    let mut otherwise = 0;
    for lane in 0..BLOCK {
        let period_unknown = at(&facts.earned.half, lane) & at(&facts.last_period_unknown, lane) & !any_period;
        otherwise |= period_unknown & at(matters, lane) | at(&facts.maybe_begun_before, lane);
    }
    otherwise == 0
}

/// Judges the tickets of a block.
#[inline(always)]
pub(super) fn judge(facts: &Facts, terms: &Terms, found: &mut Found) {
    look_back(facts, terms, found);
    let any_status = all_if(!terms.needs_current_pay);
    let any_period = all_if(!terms.half_needs_last_period);
    let needs_both = all_if(terms.outcome_needs_both);
    let t16_needs_none = all_if(!terms.t16_outcome_needs_sga);
    let (by_earned, by_paid) = (&facts.earned, &facts.paid);
    let (sga_by_earned, sga_by_paid) =
        if terms.same_sga { (&by_earned.outcome, &by_paid.outcome) } else { (&by_earned.phase_2, &by_paid.phase_2) };
    for lane in 0..BLOCK {
        let (mut t2, mut t16, mut titles) = (Record::NONE, Record::NONE, facts.titles(lane));
        if !terms.is_plain {
            (t2, t16) = (Record::of(&facts.t2, lane), Record::of(&facts.t16, lane));
            titles = titles.as_known(&t2, &t16);
        }

        // BEN-01 to BEN-03: certainly, possibly. BEN-04, and OUT-01 with it.
        let (in_pay, unknown, out) = if terms.is_plain {
            (at(&facts.in_pay, lane), 0, at(&facts.out, lane))
        } else {
            let out = titles.out(&t2, &t16, needs_both);
            (titles.any(t2.in_pay, t16.in_pay), titles.any(!t2.known, !t16.known), out)
        };
        let outcome_from = at(&facts.outcome_from, lane);
        let of_period = out & outcome_from;
        let begun = since(of_period);

        // Earnings, on the bases that count for milestones.
        let bases = titles.bases(t2.in_pay, t16.in_pay);
        let trial_work = by_basis(terms, bases, at(&by_earned.trial_work, lane), at(&by_paid.trial_work, lane));
        let half = by_basis(terms, bases, at(&by_earned.half, lane), at(&by_paid.half, lane));
        let at_phase_2 = by_basis(terms, bases, at(sga_by_earned, lane), at(sga_by_paid, lane));

        // The months that can attain each milestone.
        let available = at(&facts.available_from, lane);
        let counts = windows::counts(trial_work & available);
        let [_, second, third, fourth] = terms.windows;
        let second = trial_work & windows::reached(&counts, second);
        let third = trial_work & windows::reached(&counts, third);
        let fourth = trial_work & windows::reached(&counts, fourth) & at(&facts.services, lane);
        let last_period = at(&facts.last_period, lane) | any_period;
        let first = trial_work | half & last_period;
        let span = at(&facts.span, lane);
        let [o1, o2, o3, o4] = &found.open;
        let open = [at(o1, lane), at(o2, lane), at(o3, lane), at(o4, lane)];

        let maybe_of_period;
        if terms.is_plain {
            maybe_of_period = of_period;
        } else {
            let (t2_unknown, t16_unknown) = (!t2.known, !t16.known);
            let for_work = t2.for_work | t16.for_work;
            let strict = (t2.for_work | t2_unknown) & (t16.for_work | t16_unknown);
            let loose = (t2.out | t2_unknown) & (t16.out | t16_unknown) & (for_work | t2_unknown | t16_unknown);
            let maybe_both = needs_both & strict | !needs_both & loose;
            let maybe_out = out | titles.either(t2_unknown, t16_unknown) | titles.both & maybe_both;
            maybe_of_period = maybe_out & outcome_from;
            let maybe_last_period = last_period | at(&facts.last_period_unknown, lane);
            let maybe_first = trial_work | half & maybe_last_period;
            let possible = span & (in_pay | unknown | any_status) & !begun;
            let (months, _) = in_order([maybe_first, second, third, fourth], open, possible, available);
            put_each(&mut found.possible, lane, months);
        }
        let maybe_begun = since(maybe_of_period) | at(&facts.maybe_begun_before, lane);
        let certain = span & (in_pay | any_status) & !maybe_begun;
        let (months, after) = in_order([first, second, third, fourth], open, certain, available);
        put_each(&mut found.certain, lane, months);
        let pays = at(&facts.pays, lane);
        put(&mut found.phase_2, lane, certain & at_phase_2 & after & pays);

        put(&mut found.maybe_outcome, lane, maybe_of_period);
        if terms.outcomes {
            // What is certain.
            let bases = titles.bases(t2.for_work, t16.for_work);
            let enough = by_basis(terms, bases, at(&by_earned.outcome, lane), at(&by_paid.outcome, lane));
            let mut enough = enough | t16_needs_none & titles.t16;
            if !terms.is_plain {
                let all_ended = t2.known & t16.known & (t2.ended | t16.ended) & !(t2.suspended | t16.suspended);
                let ended = titles.either(t2.ended, t16.ended) | titles.both & all_ended;
                let above =
                    by_basis(terms, bases, at(&by_earned.above_outcome, lane), at(&by_paid.above_outcome, lane));
                enough &= above | !ended;
            }
            put(&mut found.outcomes, lane, out & begun & span & enough & pays);
        }
        if terms.evidence {
            put(&mut found.in_pay, lane, in_pay);
            put(&mut found.out, lane, out);
            put(&mut found.unknown, lane, unknown);
            put(&mut found.trial_work, lane, trial_work);
            put(&mut found.half, lane, half);
            put(&mut found.at_phase_2, lane, at_phase_2);
        }
    }
}

/// Which milestones the months before the first assignment, and the agencies, leave open.
#[inline(always)]
fn look_back(facts: &Facts, terms: &Terms, found: &mut Found) {
    let (by_earned, by_paid) = (&facts.earned, &facts.paid);
    let (by_earned, by_paid) = if terms.same_look_back {
        (&by_earned.trial_work, &by_paid.trial_work)
    } else {
        (&by_earned.look_back, &by_paid.look_back)
    };
    let mut before = [0_u32; BLOCK];
    for lane in 0..BLOCK {
        let mut reached = at(by_earned, lane);
        if terms.has_paid {
            let (t2, t16) = (Record::of(&facts.t2, lane), Record::of(&facts.t16, lane));
            let titles = facts.titles(lane).as_known(&t2, &t16);
            reached = by_basis(terms, titles.bases(t2.in_pay, t16.in_pay), reached, at(by_paid, lane));
        }
        // The month before the first assignment becomes the highest bit.
        let anchor = at(&facts.anchor, lane);
        let months = up(reached, 64_i32.wrapping_sub(anchor)) | down(reached, anchor.wrapping_sub(64));
        put(&mut before, lane, u32::try_from(months >> 32).unwrap_or(0));
    }
    for (window, open) in terms.look_back.iter().zip(&mut found.open) {
        let unseen = 32_u32.wrapping_sub(u32::from(window.within));
        let (any, needed) = (if window.within > 0 { u32::MAX } else { 0 }, u32::from(window.months));
        let mut bars = [0_u8; BLOCK];
        for lane in 0..BLOCK {
            let seen = (at(&before, lane).wrapping_shr(unseen) & any).count_ones();
            put(&mut bars, lane, u8::from(seen >= needed));
        }
        for lane in 0..BLOCK {
            let bars = at(&bars, lane) & at(&facts.looks_back, lane);
            put(open, lane, u64::from(!bars & at(&facts.phase_1, lane)).wrapping_neg());
        }
    }
}

#[inline(always)]
fn put_each([c1, c2, c3, c4]: &mut [Lanes; 4], lane: usize, [m1, m2, m3, m4]: [u64; 4]) {
    put(c1, lane, m1);
    put(c2, lane, m2);
    put(c3, lane, m3);
    put(c4, lane, m4);
}

/// The month of each milestone, earliest first, and the months after the last.
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
