//! From masks to the columns of the answer.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]
#![expect(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch, and a loop with branches stays scalar")]

use super::answers::{Answers, Evidence, Standing, Wanted};
use super::by_rules::Answer;
use super::calendar;
use super::isa::Isa;
use super::judge::Found;
use super::lanes::{BLOCK, Lanes, at, below, put};
use super::plan::{Edition, Plan};
use super::tickets::Tickets;

/// The answers to a block.
#[derive(Debug)]
pub(super) struct Columns {
    pub months: [Lanes<i32>; 6],
    /// A bit a row.
    pub present: [u64; 6],
    pub standing: [Lanes<i8>; 4],
    pub counts: [Lanes<u8>; 2],
    pub from: Lanes<i32>,
    pub masks: [Lanes; 6],
    pub rules: [Lanes<i8>; 4],
    /// The outcome period may be longer than its end: to be judged by the rules.
    pub too_long: Lanes<u8>,
}

impl Default for Columns {
    fn default() -> Self {
        Self {
            months: [[0; BLOCK]; 6],
            present: [0; 6],
            standing: [[0; BLOCK]; 4],
            counts: [[0; BLOCK]; 2],
            from: [0; BLOCK],
            masks: [[0; BLOCK]; 6],
            rules: [[0; BLOCK]; 4],
            too_long: [0; BLOCK],
        }
    }
}

const ATTAINED: i8 = Standing::Attained as i8;
const NOT_ATTAINED: i8 = Standing::NotAttained as i8;
const LOOK_BACK: i8 = Standing::LookBack as i8;
const STATE_VR: i8 = Standing::StateVr as i8;
const UNDETERMINED: i8 = Standing::Undetermined as i8;

impl Columns {
    /// Reads the answers of an edition's tickets off the masks. What is mostly wanted is known to the compiler, which works on those
    /// columns at once then.
    #[inline(always)]
    pub(super) fn read<I: Isa>(
        &mut self,
        isa: I,
        (edition, wanted): (&Edition, Wanted),
        tickets: &Tickets,
        found: &Found,
        is_plain: bool,
    ) {
        if wanted == Wanted::ALL {
            self.read_wanted(isa, (edition, Wanted::ALL), tickets, found, is_plain);
        } else if wanted == Wanted::MILESTONES {
            self.read_wanted(isa, (edition, Wanted::MILESTONES), tickets, found, is_plain);
        } else {
            self.read_wanted(isa, (edition, wanted), tickets, found, is_plain);
        }
    }

    #[inline(always)]
    fn read_wanted<I: Isa>(
        &mut self,
        isa: I,
        (edition, wanted): (&Edition, Wanted),
        tickets: &Tickets,
        found: &Found,
        is_plain: bool,
    ) {
        let from = months(tickets);
        let Found { certain, possible, open, phase_2, outcomes, .. } = found;
        let [m1, m2, m3, m4] = certain;
        let columns = [m1, m2, m3, m4, phase_2, outcomes];
        // All columns in each step: what was just written narrow is not yet there to be read wide.
        let (mut places, mut is_there) = ([[0_u16; BLOCK]; 6], [[0_u8; BLOCK]; 6]);
        for (((masks, places), is_there), is_wanted) in
            columns.into_iter().zip(&mut places).zip(&mut is_there).zip(wanted.months)
        {
            for lane in 0..BLOCK {
                put(is_there, lane, u8::from(at(masks, lane) != 0));
            }
            if is_wanted {
                for lane in 0..BLOCK {
                    put(places, lane, u16::try_from(at(masks, lane).trailing_zeros()).unwrap_or(0));
                }
            }
        }
        for ((places, months), is_wanted) in places.iter().zip(&mut self.months).zip(wanted.months) {
            if is_wanted {
                for lane in 0..BLOCK {
                    let place = at(places, lane);
                    let day = calendar::first_day(at(&from, lane).wrapping_add(place));
                    put(months, lane, i32::from(if place == 64 { 0 } else { day }));
                }
            }
        }
        for (present, is_there) in self.present.iter_mut().zip(&is_there) {
            [*present, _, _] = isa.planes(is_there);
        }
        let mut barred = [0; BLOCK];
        for lane in 0..BLOCK {
            put(&mut barred, lane, if at(&tickets.bar, lane) == 0 { LOOK_BACK } else { STATE_VR });
        }
        for (((standing, is_there), possible), open) in self.standing.iter_mut().zip(&is_there).zip(possible).zip(open)
        {
            let (mut maybe, mut is_open) = ([NOT_ATTAINED; BLOCK], [0_u8; BLOCK]);
            if !is_plain {
                for lane in 0..BLOCK {
                    put(&mut maybe, lane, if at(possible, lane) == 0 { NOT_ATTAINED } else { UNDETERMINED });
                }
            }
            for lane in 0..BLOCK {
                put(&mut is_open, lane, u8::from(at(open, lane) != 0));
            }
            for lane in 0..BLOCK {
                let known = if at(is_there, lane) == 0 { at(&maybe, lane) } else { ATTAINED };
                put(standing, lane, if at(&is_open, lane) == 0 { at(&barred, lane) } else { known });
            }
        }
        self.count(edition, wanted, tickets, found);
    }

    /// Counts the months of Phase 2 and of outcomes, at most so many as are paid.
    #[inline(always)]
    fn count(&mut self, edition: &Edition, wanted: Wanted, tickets: &Tickets, found: &Found) {
        let columns = [(&found.phase_2, edition.phase_2_count), (&found.outcomes, edition.outcome_count)];
        for (((masks, (of_t2, of_t16)), counts), is_wanted) in
            columns.into_iter().zip(&mut self.counts).zip(wanted.counts)
        {
            if !is_wanted {
                continue;
            }
            for lane in 0..BLOCK {
                let most = if at(&tickets.title, lane) == 1 { of_t16 } else { of_t2 };
                put(counts, lane, u8::try_from(at(masks, lane).count_ones()).unwrap_or(u8::MAX).min(most));
            }
        }
        let (of_t2, of_t16) = edition.outcome_count;
        self.too_long = [0; BLOCK];
        let longest = tickets.before.iter().fold(0, |most: i32, before| most.max(*before));
        if longest.saturating_add(tickets.longest) <= i32::from(of_t2.min(of_t16)) {
            return;
        }
        for lane in 0..BLOCK {
            let most = if at(&tickets.title, lane) == 1 { of_t16 } else { of_t2 };
            let period = at(&found.maybe_outcome, lane) & at(&tickets.inside, lane);
            let months = period.count_ones().wrapping_add(at(&tickets.before, lane).cast_unsigned());
            put(&mut self.too_long, lane, u8::from(months > u32::from(most)));
        }
    }

    /// Whether any row's outcome period may be longer than its end.
    #[inline(always)]
    pub(super) fn any_too_long(&self) -> bool {
        self.too_long.iter().fold(0, |any, too_long| any | too_long) != 0
    }

    /// The masks that are the evidence, and the rule that decided each milestone.
    #[inline(always)]
    pub(super) fn show(&mut self, tickets: &Tickets, found: &Found) {
        let shown = [&found.trial_work, &found.half, &found.at_phase_2, &found.in_pay, &found.out, &found.unknown];
        for (to, from) in self.masks.iter_mut().zip(shown) {
            for lane in 0..BLOCK {
                put(to, lane, at(from, lane) & at(&tickets.inside, lane));
            }
        }
        let from = months(tickets);
        for lane in 0..BLOCK {
            put(&mut self.from, lane, i32::from(calendar::first_day(at(&from, lane))));
        }
    }

    /// The rule that decided each milestone, as a place in [`Evidence::RULES`].
    #[inline(always)]
    pub(super) fn rules(&mut self, plan: &Plan<'_>, bar: &Lanes<u8>, now: &Lanes<i32>) {
        let mut by_bar = [0; BLOCK];
        for (lane, rule) in by_bar.iter_mut().enumerate() {
            let of_phase_1 = plan.phase_1_bar(at(now, lane));
            *rule = if at(bar, lane) == 2 { Evidence::SVR_05 } else { of_phase_1 };
        }
        // Every milestone before it is attained or passed over.
        let mut is_due = [1_u8; BLOCK];
        for (place, (rules, standing)) in (0_i8..).zip(self.rules.iter_mut().zip(&self.standing)) {
            for lane in 0..BLOCK {
                let standing = at(standing, lane);
                let own = if at(&is_due, lane) == 1 { place } else { Evidence::IN_ORDER };
                let barred = if standing == STATE_VR { at(&by_bar, lane) } else { own };
                put(rules, lane, if standing == LOOK_BACK { place.wrapping_add(4) } else { barred });
                let passes = (standing == ATTAINED) | (standing == LOOK_BACK) | (standing == STATE_VR);
                let is_still_due = at(&is_due, lane) & u8::from(passes);
                put(&mut is_due, lane, is_still_due);
            }
        }
    }

    /// Takes one ticket's answers from another.
    #[inline(always)]
    pub(super) fn take(&mut self, other: &Self, lane: usize) {
        each(&mut self.months, &other.months, lane);
        self.present.iter_mut().zip(other.present).for_each(|(to, from)| set_bit(to, lane, bit(from, lane)));
        each(&mut self.standing, &other.standing, lane);
        each(&mut self.counts, &other.counts, lane);
        each(&mut self.masks, &other.masks, lane);
        put(&mut self.from, lane, at(&other.from, lane));
        put(&mut self.too_long, lane, at(&other.too_long, lane));
    }

    /// Puts the answer of the rules in place of that of the masks; `alone` when there are no masks.
    pub(super) fn set(&mut self, lane: usize, alone: bool, answer: &Answer) {
        for ((months, present), month) in self.months.iter_mut().zip(&mut self.present).zip(answer.months) {
            put(months, lane, month.map_or(0, day_of));
            set_bit(present, lane, month.is_some());
        }
        for (column, standing) in self.standing.iter_mut().zip(answer.standing) {
            put(column, lane, standing as i8);
        }
        for (column, count) in self.counts.iter_mut().zip(answer.counts) {
            put(column, lane, count);
        }
        if alone {
            put(&mut self.from, lane, day_of(answer.from));
            self.masks.iter_mut().for_each(|masks| put(masks, lane, 0));
        }
    }

    /// Adds the answers to those of the rows before.
    pub(super) fn write(&self, wanted: Wanted, answers: &mut Answers, count: usize) {
        let Answers { rows, months, present, standing, counts, evidence } = answers;
        *rows = rows.saturating_add(count);
        extend(months, &self.months, wanted.months, count);
        extend(standing, &self.standing, wanted.standing, count);
        extend(counts, &self.counts, wanted.counts, count);
        for ((to, bits), is_wanted) in present.iter_mut().zip(self.present).zip(wanted.months) {
            if is_wanted {
                to.push(bits & below(i32::try_from(count).unwrap_or(0)));
            }
        }
        if let Some(Evidence { from, masks, rules }) = evidence {
            extend(std::slice::from_mut(from), std::slice::from_ref(&self.from), [true], count);
            extend(masks, &self.masks, [true; 6], count);
            extend(rules, &self.rules, [true; 4], count);
        }
    }
}

/// The month of bit 0; of a ticket that has masks it is one of those that have a number.
#[inline(always)]
fn months(tickets: &Tickets) -> Lanes<u16> {
    let mut months = [0; BLOCK];
    for lane in 0..BLOCK {
        put(&mut months, lane, u16::try_from(at(&tickets.from, lane) & 0xFFFF).unwrap_or(0));
    }
    months
}

fn day_of(month: i32) -> i32 {
    i32::from(u16::try_from(month).map_or(0, calendar::first_day))
}

#[inline(always)]
fn bit(word: u64, lane: usize) -> bool {
    word.wrapping_shr(u32::try_from(lane).unwrap_or(0)) & 1 == 1
}

#[inline(always)]
fn set_bit(word: &mut u64, lane: usize, is_set: bool) {
    let place = u32::try_from(lane).unwrap_or(0);
    *word = *word & !1_u64.wrapping_shl(place) | u64::from(is_set).wrapping_shl(place);
}

#[inline(always)]
fn each<T: Copy + Default, const N: usize>(to: &mut [Lanes<T>; N], from: &[Lanes<T>; N], lane: usize) {
    to.iter_mut().zip(from).for_each(|(to, from)| put(to, lane, at(from, lane)));
}

#[inline(always)]
fn extend<T: Copy, const N: usize>(columns: &mut [Vec<T>], lanes: &[Lanes<T>], wanted: [bool; N], count: usize) {
    for ((column, lanes), _) in columns.iter_mut().zip(lanes).zip(wanted).filter(|(_, is_wanted)| *is_wanted) {
        column.extend_from_slice(lanes.get(..count).unwrap_or_default());
    }
}
