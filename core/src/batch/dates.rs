//! The dates of the rows of a block, as numbers of months.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]
#![expect(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch, and a loop with branches stays scalar")]

use super::calendar::{self, DAYS};
use super::fault::Fault;
use super::lanes::{BLOCK, Lanes, at, put};
use super::panel::{Panel, Ranges, load};
use super::plan::Plan;
use super::row::Row;
use crate::domain::MAX_SPAN_MONTHS;

/// What the dates of the rows say; of rows that are faulty, nothing.
#[derive(Debug)]
pub(super) struct Dates {
    /// The month of element 0 of the lists.
    pub first: Lanes<i32>,
    /// Elements of the longest list.
    pub length: Lanes<i32>,
    /// Day of the first assignment.
    pub anchor_on: Lanes<i32>,
    pub anchor: Lanes<i32>,
    /// First month that can belong to the outcome period.
    pub outcome_from: Lanes<i32>,
    /// Day of the assignment to the provider that asks.
    assigned_on: Lanes<i32>,
    /// First month that can be paid.
    pub start: Lanes<i32>,
    /// The month after the last that can be paid.
    pub end: Lanes<i32>,
    /// The month that is not over.
    pub now: Lanes<i32>,
    pub services: Lanes<u8>,
    /// A place in [`FAULTS`], one more than that; zero where all is well.
    fault: Lanes<u8>,
    pub earned: Ranges,
    pub paid: Ranges,
    pub t2: Ranges,
    pub t16: Ranges,
    pub last_period: Ranges,
}

/// What can be wrong with a row's dates, in the order in which it is said.
const FAULTS: [Fault; 8] = [
    Fault::FirstMonth,
    Fault::FirstAssignedOn,
    Fault::AssignedOn,
    Fault::AssignedBeforeFirst,
    Fault::Span,
    Fault::FirstPayableMonth,
    Fault::FirstPayableEarly,
    Fault::LastPayableMonth,
];

impl Default for Dates {
    fn default() -> Self {
        let zero = [0; BLOCK];
        Self {
            first: zero,
            length: zero,
            anchor_on: zero,
            anchor: zero,
            outcome_from: zero,
            assigned_on: zero,
            start: zero,
            end: zero,
            now: zero,
            services: [0; BLOCK],
            fault: [0; BLOCK],
            earned: Ranges::default(),
            paid: Ranges::default(),
            t2: Ranges::default(),
            t16: Ranges::default(),
            last_period: Ranges::default(),
        }
    }
}

impl Dates {
    /// Reads the rows from one on; what comes after the last row is not to be used.
    #[inline(always)]
    pub(super) fn read(&mut self, plan: &Plan<'_>, panel: &Panel<'_>, row: usize, as_of: Option<i32>) {
        panel.earned.ranges(row, &mut self.earned);
        panel.t2.ranges(row, &mut self.t2);
        panel.t16.ranges(row, &mut self.t16);
        self.length = self.earned.length;
        self.longest_of(|dates| &dates.t2);
        self.longest_of(|dates| &dates.t16);
        if let Some(paid) = &panel.paid {
            paid.ranges(row, &mut self.paid);
            self.longest_of(|dates| &dates.paid);
        }
        if let Some(last_period) = &panel.last_period {
            last_period.ranges(row, &mut self.last_period);
            self.longest_of(|dates| &dates.last_period);
        }
        let first_on = load(panel.first_month, row);
        let first_on = first_on.lanes();
        self.anchor_on = *load(panel.first_assigned_on, row).lanes();
        let furthest = i32::try_from(plan.first_days.len()).unwrap_or(0);
        for lane in 0..BLOCK {
            let anchor_on = at(&self.anchor_on, lane);
            let anchor = calendar::month_of(anchor_on);
            put(&mut self.first, lane, calendar::month_of(at(first_on, lane)));
            put(&mut self.anchor, lane, anchor);
            put(&mut self.outcome_from, lane, calendar::month_of(anchor_on.wrapping_add(1)));
            put(&mut self.start, lane, anchor.wrapping_add(1));
        }
        self.assigned_on = self.anchor_on;
        if let Some(days) = panel.assigned_on {
            self.assigned_on = *load(days, row).lanes();
            for lane in 0..BLOCK {
                put(&mut self.start, lane, calendar::month_of(at(&self.assigned_on, lane)).wrapping_add(1));
            }
        }
        match as_of {
            Some(day) => self.now = [calendar::month_of(day); BLOCK],
            None => {
                for lane in 0..BLOCK {
                    put(&mut self.now, lane, at(&self.first, lane).wrapping_add(at(&self.length, lane)));
                }
            }
        }
        self.end = self.now;
        // Of several faults the first is said: the one that is written last.
        self.fault = [0; BLOCK];
        if let Some(days) = panel.last_payable_month {
            let (days, is_given) = days.lanes(row);
            for lane in 0..BLOCK {
                let (day, is_given, end) = (at(days.lanes(), lane), at(&is_given, lane), at(&self.end, lane));
                let last = calendar::month_of(day).wrapping_add(1);
                put(&mut self.end, lane, if is_given { end.min(last) } else { end });
                self.refuse(lane, is_given & !is_day(day), 8);
            }
        }
        if let Some(days) = panel.first_payable_month {
            let (days, is_given) = days.lanes(row);
            for lane in 0..BLOCK {
                let (day, is_given, start) = (at(days.lanes(), lane), at(&is_given, lane), at(&self.start, lane));
                let first = calendar::month_of(day);
                put(&mut self.start, lane, if is_given { first } else { start });
                self.refuse(lane, is_given & (first <= at(&self.anchor, lane)), 7);
                self.refuse(lane, is_given & !is_day(day), 6);
            }
        }
        for lane in 0..BLOCK {
            let (anchor_on, assigned_on) = (at(&self.anchor_on, lane), at(&self.assigned_on, lane));
            let is_long = (at(&self.length, lane) > MAX_SPAN_MONTHS) | (at(&self.now, lane) >= furthest);
            self.refuse(lane, is_long, 5);
            self.refuse(lane, assigned_on < anchor_on, 4);
            self.refuse(lane, !is_day(assigned_on), 3);
            self.refuse(lane, !is_day(anchor_on), 2);
            self.refuse(lane, !is_day(at(first_on, lane)), 1);
        }
        self.services = [1; BLOCK];
        if let Some(days) = panel.services_completed_on {
            for (lane, (services, now)) in self.services.iter_mut().zip(&self.now).enumerate() {
                let today = as_of.unwrap_or_else(|| plan.first_day(*now));
                *services = u8::from(days.get(row.wrapping_add(lane)).is_some_and(|completed| completed <= today));
            }
        }
    }

    #[inline(always)]
    fn longest_of(&mut self, list: impl Fn(&Self) -> &Ranges) {
        for lane in 0..BLOCK {
            let length = at(&self.length, lane).max(at(&list(self).length, lane));
            put(&mut self.length, lane, length);
        }
    }

    #[inline(always)]
    fn refuse(&mut self, lane: usize, is_wrong: bool, fault: u8) {
        let before = at(&self.fault, lane);
        put(&mut self.fault, lane, if is_wrong { fault } else { before });
    }

    /// Whether any row's dates are wrong.
    #[inline(always)]
    pub(super) fn any_fault(&self) -> bool {
        self.fault.iter().fold(0, |any, fault| any | fault) != 0
    }

    /// What is wrong with a row's dates.
    #[inline(always)]
    pub(super) fn fault(&self, lane: usize) -> Option<Fault> {
        FAULTS.get(usize::from(at(&self.fault, lane)).wrapping_sub(1)).copied()
    }

    /// The dates of one row.
    pub(super) fn row(&self, plan: &Plan<'_>, lane: usize, as_of: Option<i32>) -> Row {
        let now = at(&self.now, lane);
        Row {
            first: at(&self.first, lane),
            length: usize::try_from(at(&self.length, lane)).unwrap_or(0),
            anchor_on: at(&self.anchor_on, lane),
            assigned_on: at(&self.assigned_on, lane),
            start: at(&self.start, lane),
            now,
            as_of: as_of.unwrap_or_else(|| plan.first_day(now)),
            services: at(&self.services, lane) == 1,
        }
    }
}

#[inline(always)]
const fn is_day(day: i32) -> bool {
    (day >= DAYS.start) & (day < DAYS.end)
}
