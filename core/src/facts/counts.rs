//! Running counts over months, so that a window costs two look-ups.

use super::Truth;
use crate::domain::Month;

/// Running counts of months for which something certainly, or possibly, holds.
#[derive(Clone, Default)]
pub(super) struct Counts {
    first: Option<Month>,
    /// Up to each month: certain, possible.
    running: Vec<(u16, u16)>,
    pub(super) first_certain: Option<Month>,
    pub(super) first_possible: Option<Month>,
}

impl Counts {
    pub(super) fn of(first: Month, last: Month, truth: impl Fn(Month) -> Truth) -> Self {
        let length = usize::try_from(last.since(first) + 1).unwrap_or(0);
        let mut counts = Self { first: Some(first), running: Vec::with_capacity(length), ..Self::default() };
        let (mut certain, mut possible) = (0_u16, 0_u16);
        for month in first.through(last) {
            match truth(month) {
                Truth::Yes => {
                    certain = certain.saturating_add(1);
                    possible = possible.saturating_add(1);
                    counts.first_certain.get_or_insert(month);
                    counts.first_possible.get_or_insert(month);
                }
                Truth::Unknown => {
                    possible = possible.saturating_add(1);
                    counts.first_possible.get_or_insert(month);
                }
                Truth::No => {}
            }
            counts.running.push((certain, possible));
        }
        counts
    }

    /// Counts of the months from one to another, both included.
    pub(super) fn between(&self, from: Month, to: Month) -> (u16, u16) {
        let Some(first) = self.first else { return (0, 0) };
        let up_to = |month: Month| match usize::try_from(month.since(first)) {
            Ok(index) => self.running.get(index).or_else(|| self.running.last()).copied().unwrap_or_default(),
            Err(_) => (0, 0),
        };
        let (last, before) = (up_to(to), up_to(from.plus(-1)));
        (last.0.saturating_sub(before.0), last.1.saturating_sub(before.1))
    }
}
