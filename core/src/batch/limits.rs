//! The limits of a level: by month, and by year for those instruction sets that spread eight years over 64 months faster than they
//! read 64 limits.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use super::calendar::MONTHS;

/// Years that have a limit, and some after them.
const YEARS: usize = 128;

/// An amount is above the limit when it reaches the level; nothing is above that of a level that is not known.
#[derive(Debug, PartialEq)]
pub(super) struct Limits {
    /// Of each month, and so many more that 64 can be read from every one.
    months: Box<[i32; MONTHS + 64]>,
    /// Of each year and the seven after it.
    years: Box<Years>,
}

/// Rows that lie in one line of memory each.
#[derive(Debug, PartialEq)]
#[repr(align(64))]
struct Years([[i32; 8]; YEARS]);

/// Of each month of a year the places of the years of 64 months from it on.
#[repr(align(64))]
struct Places([[i32; 64]; 16]);

static PLACES: Places = Places(places());

const fn places() -> [[i32; 64]; 16] {
    let mut places = [[0; 64]; 16];
    let mut rows = places.as_mut_slice();
    let mut phase = 0;
    while let [row, rest @ ..] = rows {
        let mut cells = row.as_mut_slice();
        let mut month = phase;
        while let [cell, rest @ ..] = cells {
            *cell = month / 12;
            month += 1;
            cells = rest;
        }
        phase += 1;
        rows = rest;
    }
    places
}

/// A month: its number, its year's, and that of the month in the year.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub month: u16,
    pub year: u8,
    pub of_year: u8,
}

impl Limits {
    /// The same limit in all months of each year.
    pub(super) fn by_year(limits: impl Iterator<Item = i32>) -> Self {
        let limits: Vec<i32> = limits.collect();
        let mut months = Box::new([i32::MAX; MONTHS + 64]);
        let cells = months.chunks_mut(12).zip(&limits);
        cells.for_each(|(months, limit)| months.fill(*limit));
        let mut years = Box::new(Years([[i32::MAX; 8]; YEARS]));
        for (first, years) in years.0.iter_mut().enumerate() {
            years.iter_mut().zip(limits.iter().skip(first)).for_each(|(cell, limit)| *cell = *limit);
        }
        Self { months, years }
    }

    /// The limits of 64 months from one on.
    #[inline(always)]
    pub(super) fn months(&self, place: Place) -> Option<&[i32; 64]> {
        self.months.get(usize::from(place.month)..)?.first_chunk()
    }

    /// The limits of eight years, and which of these each of the 64 months has.
    #[inline(always)]
    pub(super) fn years(&self, place: Place) -> Option<(&[i32; 8], &'static [i32; 64])> {
        let years = self.years.0.get(usize::from(place.year) % YEARS)?;
        Some((years, PLACES.0.get(usize::from(place.of_year) % PLACES.0.len())?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_spread_over_months_are_the_limits_of_the_months() {
        let limits = Limits::by_year((0..120).map(|year| year * 1000));
        for month in 0..u16::try_from(MONTHS).unwrap() {
            let of_year = u8::try_from(month % 12).unwrap();
            let place = Place { month, year: u8::try_from(month / 12).unwrap(), of_year };
            let (years, places) = limits.years(place).unwrap();
            let spread = places.map(|place| years[usize::try_from(place).unwrap()]);
            assert_eq!(limits.months(place), Some(&spread), "{month}");
        }
    }
}
