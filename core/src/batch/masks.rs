//! From columns to masks of months.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]
#![expect(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch, and a loop with branches stays scalar")]

use super::calendar::MONTHS;
use super::dates::Dates;
use super::fault::Fault;
use super::isa::Isa;
use super::judge::{self, Facts};
use super::lanes::{BLOCK, Lanes, all_if, at, below, onward, put};
use super::panel::{Panel, load};
use super::plan::Plan;
use super::reading::{Elements, Reading, Seen, keep};
use super::tickets::{Rows, Tickets};

/// Lays the rows out as masks, and names those that are faulty. Whether the block is plain: nothing that could matter is unknown of any
/// ticket, and nobody's entitlement has ended for work.
#[inline(always)]
pub(super) fn lay_out<I: Isa>(
    isa: I,
    (plan, panel): (&Plan<'_>, &Panel<'_>),
    rows: Rows,
    dates: &Dates,
    (tickets, facts, seen): (&mut Tickets, &mut Facts, &mut Seen),
    faults: &mut Vec<(usize, Fault)>,
) -> bool {
    editions(plan, rows, dates, tickets, faults);
    tickets.title = *load(panel.title, rows.first).lanes();
    tickets.bar = panel.vr_bar.map_or([0; BLOCK], |bars| *load(bars, rows.first).lanes());
    let is_blind = panel.blind.map_or(0, |bits| bits.word(rows.first));
    for (place, blind) in (0_u32..).zip(&mut tickets.is_blind) {
        *blind = u8::from(is_blind.wrapping_shr(place) & 1 == 1);
    }
    spans(plan, dates, tickets, facts);
    let mut reading = Reading { isa, rows, tickets: &*tickets, seen, faults };
    let lists = [(&panel.t2, &dates.t2), (&panel.t16, &dates.t16)];
    let are_fine = panel.paid.is_none() && reading.benefits(lists, &plan.benefits, &mut facts.in_pay, &mut facts.out);
    let mut is_plain = are_fine;
    if !are_fine {
        reading.statuses(lists, &mut facts.t2, &mut facts.t16);
        is_plain = judge::benefits(facts, plan.policy.concurrent_outcome_needs_both, &tickets.matters);
    }
    // BEN-05 is asked only where entitlement has ended for work.
    let limits = (plan, !is_plain && ended(&facts.t2) | ended(&facts.t16) != 0);
    reading.levels(limits, &panel.earned, &dates.earned, Fault::Earned, &mut facts.earned);
    if let Some(paid) = &panel.paid {
        is_plain = false;
        reading.levels(limits, paid, &dates.paid, Fault::Paid, &mut facts.paid);
    }
    last_periods(isa, panel, rows, dates, (tickets, facts, reading.seen));
    is_plain = is_plain && judge::is_plain(facts, plan.policy.half_level_needs_last_period, &tickets.matters);
    if are_fine && !is_plain {
        let mut reading = Reading { isa, rows, tickets: &*tickets, seen, faults };
        reading.statuses(lists, &mut facts.t2, &mut facts.t16);
    }
    is_plain
}

/// The months whose earnings fell in their last period, and those of which that is not known.
#[inline(always)]
fn last_periods<I: Isa>(
    isa: I,
    panel: &Panel<'_>,
    rows: Rows,
    dates: &Dates,
    (tickets, facts, seen): (&Tickets, &mut Facts, &mut Seen),
) {
    let Some(list) = &panel.last_period else {
        facts.last_period = [0; BLOCK];
        facts.last_period_unknown = [u64::MAX; BLOCK];
        return;
    };
    let whole = list.whole(&dates.last_period, rows.count);
    list.values.fetch(isa, whole.end..whole.end.saturating_add(whole.len()));
    let Elements { from, known, .. } = seen.of(list, &dates.last_period, tickets);
    if tickets.longest <= 57 {
        for lane in 0..BLOCK {
            put(&mut facts.last_period, lane, list.values.most_of_word(at(from, lane)));
        }
    } else {
        for lane in 0..BLOCK {
            put(&mut facts.last_period, lane, list.values.word(at(from, lane)));
        }
    }
    keep(&mut facts.last_period, known);
    for lane in 0..BLOCK {
        put(&mut facts.last_period_unknown, lane, !at(known, lane));
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
    for lane in 0..BLOCK {
        let month = u16::try_from(at(&tickets.from, lane).clamp(0, furthest)).unwrap_or(0);
        put(&mut tickets.month, lane, month);
        put(&mut tickets.year, lane, u8::try_from(month / 12).unwrap_or(0));
        put(&mut tickets.of_year, lane, u8::try_from(month % 12).unwrap_or(0));
    }
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
        let span = available_from & below(at(&end, lane));
        put(&mut facts.span, lane, span);
        put(&mut tickets.matters, lane, at(&tickets.inside, lane) | span);
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

/// The months of all tickets in which entitlement has ended for work.
#[inline(always)]
fn ended([b0, b1, b2]: &[Lanes; 3]) -> u64 {
    let mut all = 0;
    for lane in 0..BLOCK {
        all |= at(b2, lane) & !at(b1, lane) & !at(b0, lane);
    }
    all
}
