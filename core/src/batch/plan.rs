//! What is the same for every ticket of a batch: limits by month, windows, counts, read once from the parameters.

use super::answers::{Evidence, Wanted};
use super::benefits;
use super::calendar::{self, MONTHS};
use super::limits::Limits;
use super::panel::Panel;
use super::tickets::Tickets;
use super::windows;
use crate::domain::{Title, Usd};
use crate::facts::{Policy, PolicyName, Reading};
use crate::params::{Parameters, Terms, Thresholds, Window};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The limits, and all else that does not depend on a ticket.
#[derive(Debug)]
pub(super) struct Plan<'p> {
    pub parameters: &'p Parameters,
    pub policy: &'static Policy,
    pub trial_work: Limits,
    pub look_back: Limits,
    /// For those who are not blind, and for the blind.
    pub phase_2: [Limits; 2],
    pub outcome: [Limits; 2],
    pub above_outcome: [Limits; 2],
    /// What statuses come to, by title.
    pub benefits: [benefits::Table; 3],
    /// The look-back uses the limits of the windows.
    pub same_look_back: bool,
    /// Phase 2 uses the limits of outcomes.
    pub same_sga: bool,
    pub editions: Vec<Edition>,
    edition_of: Vec<u8>,
    /// Of each month the one up to which its edition holds.
    same_until: Vec<i32>,
    /// The rule by which a closure bars Phase 1, of each month, as a place in [`Evidence::RULES`].
    phase_1_bar: Vec<i8>,
    /// Months before the first assignment that can matter, by any edition.
    pub longest_look_back: i32,
    /// The months whose levels are all known, without a gap.
    pub known: std::ops::Range<i32>,
    pub first_days: Vec<i32>,
}

/// What is asked.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub plan: &'a Plan<'a>,
    pub panel: &'a Panel<'a>,
    pub as_of: Option<i32>,
    pub wanted: Wanted,
    pub evidence: bool,
}

/// The terms that hold from one date to the next, as far as a batch uses them.
#[derive(Debug, PartialEq)]
pub(super) struct Edition {
    pub phase_1: [Window; 4],
    pub look_back: [Window; 4],
    /// As a day since 1970.
    pub look_back_since: i32,
    half_percent: Decimal,
    /// Payments of a ticket of title II, of title XVI.
    pub phase_2_count: (u8, u8),
    pub outcome_count: (u8, u8),
    pub half: Limits,
    /// The windows are short enough for the masks.
    fits: bool,
}

impl<'p> Plan<'p> {
    pub(super) fn new(parameters: &'p Parameters, policy: &'static Policy) -> Self {
        let levels: Vec<&Thresholds> = years().map(|year| parameters.thresholds(year)).collect();
        let table = |level: &dyn Fn(&Thresholds) -> Option<Usd>, reading| {
            Limits::by_year(levels.iter().map(|levels| limit(level(levels), reading)))
        };
        let trial_work = table(&|levels| levels.trial_work_level, Reading::AtOrAbove);
        let look_back = table(&|levels| levels.trial_work_level, policy.look_back);
        let sga = |blind: bool, reading| {
            table(&move |levels| if blind { levels.sga_blind } else { levels.sga_non_blind }, reading)
        };
        let phase_2 = [false, true].map(|blind| sga(blind && policy.phase_2_blind_level, policy.phase_2));
        let outcome = [false, true].map(|blind| sga(blind, Reading::AtOrAbove));
        let above_outcome = [false, true].map(|blind| sga(blind, Reading::Above));
        let (editions, edition_of) = editions(parameters);
        let edition_of: Vec<u8> = edition_of
            .into_iter()
            .map(|place| if editions.get(place).is_some_and(|edition| edition.fits) { place } else { usize::MAX })
            .map(|place| u8::try_from(place).map_or(Tickets::BY_RULES, |place| place.min(Tickets::BY_RULES)))
            .collect();
        Self {
            parameters,
            policy,
            same_look_back: look_back == trial_work,
            same_sga: phase_2 == outcome,
            benefits: benefits::tables(policy.concurrent_outcome_needs_both),
            known: known(parameters),
            trial_work,
            look_back,
            phase_2,
            outcome,
            above_outcome,
            longest_look_back: longest_look_back(&editions),
            same_until: same_until(&edition_of),
            edition_of,
            editions,
            phase_1_bar: phase_1_bar(parameters, policy),
            first_days: calendar::first_days(),
        }
    }

    /// The place of the edition that holds in a month; [`Tickets::BY_RULES`] when masks cannot hold its windows.
    #[inline]
    pub(super) fn edition_of(&self, month: i32) -> u8 {
        of_month(&self.edition_of, month).unwrap_or(Tickets::BY_RULES)
    }

    /// The edition that holds in all months of some from the first to the last, if there is one.
    #[inline]
    pub(super) fn one_edition(&self, first: i32, last: i32) -> Option<u8> {
        (first >= 0 && last < of_month(&self.same_until, first)?).then(|| self.edition_of(first))
    }

    /// The rule by which a State VR closure bars Phase 1 in a month.
    #[inline]
    pub(super) fn phase_1_bar(&self, month: i32) -> i8 {
        of_month(&self.phase_1_bar, month).unwrap_or(0)
    }

    /// The first day of a month, since 1970.
    #[inline]
    pub(super) fn first_day(&self, month: i32) -> i32 {
        of_month(&self.first_days, month).unwrap_or(0)
    }
}

/// A month's value, or that of the nearest month.
#[inline]
fn of_month<T: Copy>(values: &[T], month: i32) -> Option<T> {
    values.get(usize::try_from(month).unwrap_or(0)).or(values.last()).copied()
}

fn limit(level: Option<Usd>, reading: Reading) -> i32 {
    let cents = level.map(|level| level.dollars().saturating_mul(Decimal::ONE_HUNDRED));
    let limit = cents.and_then(|cents| match reading {
        Reading::AtOrAbove => cents.ceil().to_i32()?.checked_sub(1),
        Reading::Above => cents.floor().to_i32(),
    });
    limit.unwrap_or(i32::MAX)
}

/// The years whose months have a number.
fn years() -> impl Iterator<Item = i32> {
    (0..MONTHS / 12).map(|year| i32::from(calendar::FIRST.0) + i32::try_from(year).unwrap_or(0))
}

fn same_until(edition_of: &[u8]) -> Vec<i32> {
    let mut until: Vec<i32> = (1..).take(edition_of.len()).collect();
    for place in (1..edition_of.len()).rev() {
        if edition_of.get(place) == edition_of.get(place - 1)
            && let Some(next) = until.get(place).copied()
            && let Some(until) = until.get_mut(place - 1)
        {
            *until = next;
        }
    }
    until
}

fn longest_look_back(editions: &[Edition]) -> i32 {
    editions.iter().flat_map(|edition| &edition.look_back).map(|window| i32::from(window.within)).max().unwrap_or(0)
}

fn phase_1_bar(parameters: &Parameters, policy: &Policy) -> Vec<i8> {
    let rule = |number| {
        if policy.name == PolicyName::Regulation {
            Evidence::SVR_03
        } else if parameters.terms(calendar::month(number)).state_vr_closure_months.is_some() {
            Evidence::SVR_02
        } else {
            Evidence::SVR_01
        }
    };
    (0..i32::try_from(MONTHS).unwrap_or(0)).map(rule).collect()
}

fn known(parameters: &Parameters) -> std::ops::Range<i32> {
    let is_known = |number: &i32| {
        let levels = parameters.thresholds(calendar::month(*number).year());
        levels.trial_work_level.is_some() && levels.sga_non_blind.is_some() && levels.sga_blind.is_some()
    };
    let months = 0..i32::try_from(MONTHS).unwrap_or(0);
    let first = months.clone().find(is_known).unwrap_or(months.end);
    first..(first..months.end).find(|number| !is_known(number)).unwrap_or(months.end)
}

fn editions(parameters: &Parameters) -> (Vec<Edition>, Vec<usize>) {
    let mut editions: Vec<Edition> = Vec::new();
    let mut before: Option<(&Terms, usize)> = None;
    let mut place_of = |terms: &Terms| {
        let edition = Edition {
            phase_1: terms.phase_1,
            look_back: terms.look_back,
            look_back_since: calendar::day_of(terms.look_back_since),
            half_percent: terms.half_percent,
            phase_2_count: (terms.phase_2_count(Title::T2), terms.phase_2_count(Title::T16)),
            outcome_count: (terms.outcome_count(Title::T2), terms.outcome_count(Title::T16)),
            half: Limits::by_year(std::iter::empty()),
            fits: terms.phase_1.iter().all(|window| window.within <= windows::LONGEST)
                && terms.look_back.iter().all(|window| window.within <= 32),
        };
        if let Some(place) = editions.iter().position(|known| *known == edition) {
            return place;
        }
        editions.push(edition);
        editions.len() - 1
    };
    let edition_of = (0..i32::try_from(MONTHS).unwrap_or(0)).map(|number| {
        let terms = parameters.terms(calendar::month(number));
        let place = match before {
            Some((same, place)) if std::ptr::eq(same, terms) => place,
            _ => place_of(terms),
        };
        before = Some((terms, place));
        place
    });
    let edition_of = edition_of.collect();
    for edition in &mut editions {
        let percent = edition.half_percent;
        edition.half = Limits::by_year(years().map(|year| {
            let half = parameters.thresholds(year).trial_work_level.map(|level| level.percent(percent));
            limit(half, Reading::AtOrAbove)
        }));
    }
    (editions, edition_of)
}
