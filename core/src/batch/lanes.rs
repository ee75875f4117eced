//! The rules on masks, for eight tickets at a time.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use super::isa::{Eight, Isa};
use crate::params::Window;

/// What is known of eight tickets, a mask of months each. Where a choice is a ticket's, its mask is all ones or zero.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts {
    /// Levels reached by pay period end: half, trial work level, SGA of Phase 2, SGA of outcomes, above SGA.
    pub earned: Levels,
    /// The same by day of pay.
    pub paid: Levels,
    /// The bits of the status codes.
    pub t2: [Eight; 3],
    pub t16: [Eight; 3],
    pub is_t2: Eight,
    pub is_t16: Eight,
    /// Months that are known to be of the last period, and months of which it is not known.
    pub last_period: Eight,
    pub last_period_unknown: Eight,
    /// From the first available month on.
    pub available_from: Eight,
    /// The months that can be paid at all.
    pub span: Eight,
    /// From the first month that can belong to the outcome period.
    pub outcome_from: Eight,
    /// A month before the first bit could already belong to it.
    pub maybe_begun_before: Eight,
    /// Milestones 1 to 4 that are not barred.
    pub open: [Eight; 4],
    /// Milestone 4's services are completed.
    pub services: Eight,
    /// No agency bars everything.
    pub pays: Eight,
}

/// Months that reach each level.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Levels {
    pub half: Eight,
    pub trial_work: Eight,
    pub phase_2: Eight,
    pub outcome: Eight,
    pub above_outcome: Eight,
}

/// What follows for eight tickets.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    /// The month of each milestone, counting unknown as no.
    pub certain: [Eight; 4],
    /// The same counting unknown as yes.
    pub possible: [Eight; 4],
    pub phase_2: Eight,
    pub outcomes: Eight,
    /// Months that could belong to the outcome period.
    pub maybe_outcome: Eight,
    pub evidence: Shown,
}

/// The masks that are the evidence.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shown {
    pub trial_work: Eight,
    pub half: Eight,
    pub phase_2: Eight,
    pub in_pay: Eight,
    pub outcome: Eight,
    pub unknown: Eight,
}

/// What is the same for all tickets of a batch.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a difference of its own between the policies")]
pub(super) struct Terms {
    pub needs_current_pay: bool,
    pub half_needs_last_period: bool,
    pub outcome_needs_both: bool,
    pub t16_outcome_needs_sga: bool,
    pub has_paid: bool,
    pub windows: [Window; 4],
}

/// A record's statuses.
struct Record<M> {
    known: M,
    in_pay: M,
    out: M,
    for_work: M,
    suspended: M,
    ended: M,
}

#[inline(always)]
fn record<I: Isa>(isa: I, [b0, b1, b2]: [I::Masks; 3]) -> Record<I::Masks> {
    let out = isa.xor(b1, b2);
    let any = isa.or(isa.or(b0, b1), b2);
    let all = isa.and(isa.and(b0, b1), b2);
    let for_work = isa.without(out, b0);
    Record {
        known: isa.without(any, all),
        in_pay: isa.without(isa.without(b0, b1), b2),
        out,
        for_work,
        suspended: isa.and(for_work, b1),
        ended: isa.and(for_work, b2),
    }
}

/// The months in which each basis counts, for a status test (C-12).
#[inline(always)]
fn bases<I: Isa>(isa: I, titles: &Titles<I::Masks>, met_t2: I::Masks, met_t16: I::Masks) -> (I::Masks, I::Masks) {
    let only_t16 = isa.without(met_t16, met_t2);
    let only_t2 = isa.without(met_t2, met_t16);
    (isa.or(titles.t2, isa.without(titles.both, only_t16)), isa.or(titles.t16, isa.without(titles.both, only_t2)))
}

/// The title as which each month is judged (C-14).
struct Titles<M> {
    t2: M,
    t16: M,
    both: M,
}

#[inline(always)]
fn titles<I: Isa>(
    isa: I,
    is_t2: I::Masks,
    is_t16: I::Masks,
    t2_known: I::Masks,
    t16_known: I::Masks,
) -> Titles<I::Masks> {
    let as_t16 = isa.and(is_t2, isa.without(t16_known, t2_known));
    let as_t2 = isa.and(is_t16, isa.without(t2_known, t16_known));
    Titles {
        t2: isa.or(isa.without(is_t2, as_t16), as_t2),
        t16: isa.or(isa.without(is_t16, as_t2), as_t16),
        both: isa.not(isa.or(is_t2, is_t16)),
    }
}

/// The months whose earnings count by pay period end and by day of pay in the look-back.
#[inline(always)]
pub(super) fn milestone_bases<I: Isa>(isa: I, facts: &Facts) -> (Eight, Eight) {
    let (t2, t16) = (record(isa, load3(isa, &facts.t2)), record(isa, load3(isa, &facts.t16)));
    let titles = titles(isa, isa.load(&facts.is_t2), isa.load(&facts.is_t16), t2.known, t16.known);
    let (earned, paid) = bases(isa, &titles, t2.in_pay, t16.in_pay);
    (isa.store(earned), isa.store(paid))
}

#[inline(always)]
fn load3<I: Isa>(isa: I, planes: &[Eight; 3]) -> [I::Masks; 3] {
    let [a, b, c] = planes;
    [isa.load(a), isa.load(b), isa.load(c)]
}

/// Judges eight tickets.
#[inline(always)]
#[expect(clippy::too_many_lines, reason = "one straight line through the rules keeps the masks in registers")]
pub(super) fn judge<I: Isa>(isa: I, facts: &Facts, terms: &Terms, with_evidence: bool) -> Found {
    let zero = isa.splat(0);
    let (t2, t16) = (record(isa, load3(isa, &facts.t2)), record(isa, load3(isa, &facts.t16)));
    let titles = titles(isa, isa.load(&facts.is_t2), isa.load(&facts.is_t16), t2.known, t16.known);
    let (t2_unknown, t16_unknown) = (isa.not(t2.known), isa.not(t16.known));
    let either = |a: I::Masks, b: I::Masks| isa.or(isa.and(titles.t2, a), isa.and(titles.t16, b));

    // BEN-01 to BEN-03: certainly, possibly.
    let (in_pay, maybe_in_pay) = {
        let by_t2 = isa.and(isa.or(titles.t2, titles.both), t2.in_pay);
        let by_t16 = isa.and(isa.or(titles.t16, titles.both), t16.in_pay);
        let yes = isa.or(by_t2, by_t16);
        let open_t2 = isa.and(isa.or(titles.t2, titles.both), t2_unknown);
        let open_t16 = isa.and(isa.or(titles.t16, titles.both), t16_unknown);
        (yes, isa.or(yes, isa.or(open_t2, open_t16)))
    };

    // BEN-04, and OUT-01 with it.
    let (out, maybe_out) = {
        let (both_yes, both_maybe) = if terms.outcome_needs_both {
            (
                isa.and(t2.for_work, t16.for_work),
                isa.and(isa.or(t2.for_work, t2_unknown), isa.or(t16.for_work, t16_unknown)),
            )
        } else {
            let not_in_pay = isa.and(t2.out, t16.out);
            let for_work = isa.or(t2.for_work, t16.for_work);
            let maybe_not = isa.and(isa.or(t2.out, t2_unknown), isa.or(t16.out, t16_unknown));
            let maybe_for = isa.or(for_work, isa.or(t2_unknown, t16_unknown));
            (isa.and(not_in_pay, for_work), isa.and(maybe_not, maybe_for))
        };
        let yes = isa.or(either(t2.for_work, t16.for_work), isa.and(titles.both, both_yes));
        let open = isa.or(either(t2_unknown, t16_unknown), isa.and(titles.both, both_maybe));
        (yes, isa.or(yes, open))
    };
    let outcome_from = isa.load(&facts.outcome_from);
    let of_period = isa.and(out, outcome_from);
    let maybe_of_period = isa.and(maybe_out, outcome_from);
    let begun = isa.since(of_period);
    let maybe_begun = isa.or(isa.since(maybe_of_period), isa.load(&facts.maybe_begun_before));

    // Earnings, on the bases that count.
    let (earned, paid) = bases(isa, &titles, t2.in_pay, t16.in_pay);
    let reached = |by_earned: &Eight, by_paid: &Eight| {
        let by_earned = isa.load(by_earned);
        if terms.has_paid { isa.or(isa.and(earned, by_earned), isa.and(paid, isa.load(by_paid))) } else { by_earned }
    };
    let trial_work = reached(&facts.earned.trial_work, &facts.paid.trial_work);
    let half = reached(&facts.earned.half, &facts.paid.half);
    let phase_2 = reached(&facts.earned.phase_2, &facts.paid.phase_2);

    // The months of each milestone.
    let (mut certain_months, mut possible_months) = (isa.load(&facts.span), isa.load(&facts.span));
    if terms.needs_current_pay {
        certain_months = isa.and(certain_months, in_pay);
        possible_months = isa.and(possible_months, maybe_in_pay);
    }
    certain_months = isa.without(certain_months, maybe_begun);
    possible_months = isa.without(possible_months, begun);
    let (half_yes, half_maybe) = if terms.half_needs_last_period {
        let yes = isa.and(half, isa.load(&facts.last_period));
        (yes, isa.or(yes, isa.and(half, isa.load(&facts.last_period_unknown))))
    } else {
        (half, half)
    };
    let counting = isa.and(trial_work, isa.load(&facts.available_from));
    let [_, window_2, window_3, window_4] = terms.windows;
    let doubled = Doubled::of(isa, counting);
    let second = isa.and(trial_work, doubled.reached(isa, window_2));
    let third = isa.and(trial_work, doubled.reached(isa, window_3));
    let fourth = isa.and(isa.and(trial_work, isa.load(&facts.services)), doubled.reached(isa, window_4));
    let assign = |months: I::Masks, first: I::Masks| {
        let mut after = isa.load(&facts.available_from);
        let [open_1, open_2, open_3, open_4] = &facts.open;
        let mut take = |milestone: I::Masks, open: &Eight| {
            let open = isa.load(open);
            let month = isa.first(isa.and(isa.and(milestone, months), isa.and(after, open)));
            // Without a month nothing comes after; a barred milestone is passed over.
            let through = isa.or(month, isa.minus(month, isa.splat(1)));
            after = isa.without(after, isa.and(through, open));
            month
        };
        let taken = [take(first, open_1), take(second, open_2), take(third, open_3), take(fourth, open_4)];
        (taken, after)
    };
    let (certain, after) = assign(certain_months, isa.or(trial_work, half_yes));
    let (possible, _) = assign(possible_months, isa.or(trial_work, half_maybe));

    // Phase 2 and outcomes: what is certain.
    let pays = isa.load(&facts.pays);
    let phase_2_months = isa.and(isa.and(certain_months, phase_2), isa.and(after, pays));
    let outcome_months = {
        let (earned, paid) = bases(isa, &titles, t2.for_work, t16.for_work);
        let reached = |by_earned: &Eight, by_paid: &Eight| {
            let by_earned = isa.load(by_earned);
            if terms.has_paid {
                isa.or(isa.and(earned, by_earned), isa.and(paid, isa.load(by_paid)))
            } else {
                by_earned
            }
        };
        let mut enough = reached(&facts.earned.outcome, &facts.paid.outcome);
        if !terms.t16_outcome_needs_sga {
            enough = isa.or(enough, titles.t16);
        }
        let ended = {
            let some = isa.or(t2.ended, t16.ended);
            let suspended = isa.or(t2.suspended, t16.suspended);
            let known = isa.and(t2.known, t16.known);
            isa.or(either(t2.ended, t16.ended), isa.and(titles.both, isa.and(known, isa.without(some, suspended))))
        };
        let above = reached(&facts.earned.above_outcome, &facts.paid.above_outcome);
        let enough = isa.without(enough, isa.without(ended, above));
        isa.and(isa.and(isa.and(out, begun), isa.load(&facts.span)), isa.and(enough, pays))
    };

    let store4 = |[a, b, c, d]: [I::Masks; 4]| [isa.store(a), isa.store(b), isa.store(c), isa.store(d)];
    let evidence = if with_evidence {
        Shown {
            trial_work: isa.store(trial_work),
            half: isa.store(half),
            phase_2: isa.store(phase_2),
            in_pay: isa.store(in_pay),
            outcome: isa.store(out),
            unknown: isa.store(isa.or(
                isa.or(either(t2_unknown, t16_unknown), zero),
                isa.and(titles.both, isa.or(t2_unknown, t16_unknown)),
            )),
        }
    } else {
        Shown::default()
    };
    Found {
        certain: store4(certain),
        possible: store4(possible),
        phase_2: isa.store(phase_2_months),
        outcomes: isa.store(outcome_months),
        maybe_outcome: isa.store(maybe_of_period),
        evidence,
    }
}

/// The longest window of which months are counted here.
pub(super) const LONGEST_WINDOW: u8 = 31;

/// Running counts of months over the last 1, 2, 4, 8 and 16, bit by bit: a plane for each bit of the count.
struct Doubled<M>([[M; 5]; 5]);

impl<M: Copy> Doubled<M> {
    #[inline(always)]
    fn of<I: Isa<Masks = M>>(isa: I, months: M) -> Self {
        let zero = isa.splat(0);
        let one = [months, zero, zero, zero, zero];
        let two = add::<I, 1>(isa, one, one, 1);
        let four = add::<I, 2>(isa, two, two, 2);
        let eight = add::<I, 3>(isa, four, four, 4);
        let sixteen = add::<I, 4>(isa, eight, eight, 8);
        Self([one, two, four, eight, sixteen])
    }

    /// The months with which a window ends that holds enough.
    #[inline(always)]
    fn reached<I: Isa<Masks = M>>(&self, isa: I, window: Window) -> M {
        let mut sum = None;
        let mut months = 0_u32;
        for (place, part) in self.0.iter().enumerate() {
            if window.within >> place & 1 == 1 {
                sum = Some(sum.map_or(*part, |sum| add::<I, 4>(isa, sum, *part, months)));
                months = months.wrapping_add(1 << place);
            }
        }
        let planes = sum.unwrap_or([isa.splat(0); 5]);
        let mut enough = isa.splat(u64::MAX);
        for (place, plane) in planes.into_iter().enumerate() {
            enough = if window.months >> place & 1 == 1 { isa.and(enough, plane) } else { isa.or(enough, plane) };
        }
        if window.months > LONGEST_WINDOW { isa.splat(0) } else { enough }
    }
}

/// One count and another of so many months earlier; only the lowest planes are added, and one is carried into.
#[inline(always)]
fn add<I: Isa, const PLANES: usize>(isa: I, a: [I::Masks; 5], b: [I::Masks; 5], months: u32) -> [I::Masks; 5] {
    let mut carry = isa.splat(0);
    let mut sum = [carry; 5];
    for (place, ((sum, a), b)) in sum.iter_mut().zip(a).zip(b).enumerate() {
        if place > PLANES {
            break;
        }
        let b = isa.later(b, months);
        let differ = isa.xor(a, b);
        *sum = isa.xor(differ, carry);
        carry = isa.or(isa.and(a, b), isa.and(differ, carry));
    }
    sum
}
