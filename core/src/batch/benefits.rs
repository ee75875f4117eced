//! What the statuses of both records come to for a ticket of a title: from the bits of the codes, or looked up a code at a time.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use super::lanes::{Lanes, at};

/// A record's statuses, a bit a month.
#[derive(Clone, Copy)]
pub(super) struct Record {
    pub known: u64,
    pub in_pay: u64,
    pub out: u64,
    pub for_work: u64,
    pub suspended: u64,
    pub ended: u64,
}

impl Record {
    /// Of which nothing is known.
    pub(super) const NONE: Self = Self::new(0, 0, 0);

    /// From the three bits of the codes.
    #[inline(always)]
    const fn new(b0: u64, b1: u64, b2: u64) -> Self {
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

    #[inline(always)]
    pub(super) fn of([b0, b1, b2]: &[Lanes; 3], lane: usize) -> Self {
        Self::new(at(b0, lane), at(b1, lane), at(b2, lane))
    }
}

/// The title as which each month is judged (C-14).
#[derive(Clone, Copy)]
pub(super) struct Titles {
    pub t2: u64,
    pub t16: u64,
    pub both: u64,
}

impl Titles {
    /// A ticket of title II, of title XVI, or of neither alone: all ones or zero.
    #[inline(always)]
    pub(super) const fn new(t2: u64, t16: u64) -> Self {
        Self { t2, t16, both: !(t2 | t16) }
    }

    /// Months of which only the other record is known are judged by that.
    #[inline(always)]
    pub(super) const fn as_known(self, t2: &Record, t16: &Record) -> Self {
        let as_t16 = self.t2 & t16.known & !t2.known;
        let as_t2 = self.t16 & t2.known & !t16.known;
        Self { t2: self.t2 & !as_t16 | as_t2, t16: self.t16 & !as_t2 | as_t16, both: self.both }
    }

    #[inline(always)]
    pub(super) const fn either(&self, t2: u64, t16: u64) -> u64 {
        self.t2 & t2 | self.t16 & t16
    }

    /// The months of those whose record of a title counts.
    #[inline(always)]
    pub(super) const fn any(&self, t2: u64, t16: u64) -> u64 {
        (self.t2 | self.both) & t2 | (self.t16 | self.both) & t16
    }

    /// The months in which each basis counts, for a status test (C-12).
    #[inline(always)]
    pub(super) const fn bases(&self, met_t2: u64, met_t16: u64) -> (u64, u64) {
        (self.t2 | self.both & (met_t2 | !met_t16), self.t16 | self.both & (met_t16 | !met_t2))
    }

    /// BEN-04, and OUT-01 with it: the months out of pay for work.
    #[inline(always)]
    pub(super) const fn out(&self, t2: &Record, t16: &Record, needs_both: u64) -> u64 {
        let for_work = t2.for_work | t16.for_work;
        let both = needs_both & t2.for_work & t16.for_work | !needs_both & t2.out & t16.out & for_work;
        self.either(t2.for_work, t16.for_work) | self.both & both
    }
}

/// What the code of each record adds to a sum, for one title: of title II, of title XVI.
pub(super) type Table = [[u8; 16]; 2];

/// The bits of the sum in which it shows what a month is: judged by these alone, in pay, out of pay for work.
pub(super) const FINE: u8 = 1 << 7;
pub(super) const IN_PAY: u8 = 1 << 5;
pub(super) const OUT: u8 = 1 << 3;

/// The highest code that is looked up.
pub(super) const HIGHEST: u8 = 6;

/// The tables of title II, of title XVI, and of both.
///
/// The sum of two codes is three numbers, each so far from its bit that it reaches it when it should: both records are fine (2 of 2), one
/// is in pay (1), the month is out of pay for work (3; for both titles two out of pay, one of them for work, or two for work).
pub(super) fn tables(needs_both: bool) -> [Table; 3] {
    let start = (IN_PAY / 2) | (OUT - 3);
    [(true, false), (false, true), (true, true)].map(|(t2, t16)| {
        let record = |counts, start: u8| {
            let mut table = [0; 16];
            for (code, cell) in (0..=HIGHEST).zip(&mut table) {
                *cell = start.wrapping_add(added(code, counts, t2 != t16, needs_both));
            }
            table
        };
        [record(t2, start), record(t16, 0)]
    })
}

fn added(code: u8, counts: bool, is_alone: bool, needs_both: bool) -> u8 {
    if !counts {
        return FINE / 2;
    }
    let bit = |place: u8| u64::from(code >> place & 1);
    let record = Record::new(bit(0), bit(1), bit(2));
    let one = |months: u64| u8::from(months & 1 == 1);
    let out = if is_alone {
        3 * one(record.for_work)
    } else if needs_both {
        2 * one(record.for_work)
    } else {
        one(record.out) + one(record.for_work)
    };
    one(record.known & !record.ended) * (FINE / 2) + one(record.in_pay) * (IN_PAY / 2) + out
}

#[cfg(test)]
mod tests {
    use super::super::lanes::all_if;
    use super::*;

    #[test]
    fn a_sum_says_what_the_bits_of_the_codes_say() {
        for needs_both in [false, true] {
            for (title, [of_t2, of_t16]) in tables(needs_both).into_iter().enumerate() {
                let titles = Titles::new(all_if(title == 0), all_if(title == 1));
                for (t2, t16) in (0..=HIGHEST).flat_map(|t2| (0..=HIGHEST).map(move |t16| (t2, t16))) {
                    let sum = of_t2[usize::from(t2)].checked_add(of_t16[usize::from(t16)]).unwrap();
                    let record = |code: u8| {
                        let bit = |place: u8| all_if(code >> place & 1 == 1);
                        Record::new(bit(0), bit(1), bit(2))
                    };
                    let (t2, t16) = (record(t2), record(t16));
                    let fine = titles.any(!t2.known | t2.ended, !t16.known | t16.ended) == 0;
                    assert_eq!(sum & FINE != 0, fine);
                    assert_eq!(sum & IN_PAY != 0, titles.any(t2.in_pay, t16.in_pay) != 0);
                    assert_eq!(sum & OUT != 0, titles.out(&t2, &t16, all_if(needs_both)) != 0);
                }
            }
        }
    }
}
