//! Months counted in windows that end with each month, a mask for each bit of the counts.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use super::lanes::all_if;
use crate::params::Window;

/// The longest window of which months are counted here.
pub(super) const LONGEST: u8 = 31;

/// The lengths of the windows of Milestones 2 to 4 for which the sums are compiled; the table may have others, which are slower.
pub(super) const USUAL: [u8; 3] = [6, 12, 18];

/// A number for each month.
type Planes = [u64; 5];

/// Counts over the last 1, 2, 4, 8 and 16 months, each from the one before.
#[inline(always)]
pub(super) fn counts(months: u64) -> [Planes; 5] {
    let one = [months, 0, 0, 0, 0];
    let two = sum(one, one, 1);
    let four = sum(two, two, 2);
    let eight = sum(four, four, 4);
    [one, two, four, eight, sum(eight, eight, 8)]
}

/// The months with which a window ends that holds enough: its length is made up of runs of 1, 2, 4, 8 and 16 months. Of a window
/// that is known when this is compiled nothing is left but the sums that it needs.
#[inline(always)]
pub(super) fn reached([one, two, four, eight, sixteen]: &[Planes; 5], window: Window) -> u64 {
    let within = u32::from(window.within);
    let count = part(one, within, 1);
    let count = sum(count, part(two, within, 2), within & 1);
    let count = sum(count, part(four, within, 4), within & 3);
    let count = sum(count, part(eight, within, 8), within & 7);
    at_least(sum(count, part(sixteen, within, 16), within & 15), window.months)
}

/// A count over so many months when the window's length has such a part.
#[inline(always)]
fn part(count: &Planes, within: u32, months: u32) -> Planes {
    let (is_part, [c0, c1, c2, c3, c4]) = (all_if(within & months != 0), *count);
    [c0 & is_part, c1 & is_part, c2 & is_part, c3 & is_part, c4 & is_part]
}

/// A count and another of so many months earlier.
#[inline(always)]
fn sum([a0, a1, a2, a3, a4]: Planes, [b0, b1, b2, b3, b4]: Planes, months: u32) -> Planes {
    let (s0, carry) = with_carry(a0, b0.wrapping_shl(months), 0);
    let (s1, carry) = with_carry(a1, b1.wrapping_shl(months), carry);
    let (s2, carry) = with_carry(a2, b2.wrapping_shl(months), carry);
    let (s3, carry) = with_carry(a3, b3.wrapping_shl(months), carry);
    let (s4, _) = with_carry(a4, b4.wrapping_shl(months), carry);
    [s0, s1, s2, s3, s4]
}

#[inline(always)]
const fn with_carry(a: u64, b: u64, carry: u64) -> (u64, u64) {
    let differ = a ^ b;
    (differ ^ carry, a & b | differ & carry)
}

/// The months whose count is so many at least.
#[inline(always)]
fn at_least([c0, c1, c2, c3, c4]: Planes, months: u8) -> u64 {
    let enough = or_more(c0, months & 1 != 0, u64::MAX);
    let enough = or_more(c1, months & 2 != 0, enough);
    let enough = or_more(c2, months & 4 != 0, enough);
    let enough = or_more(c3, months & 8 != 0, enough);
    or_more(c4, months & 16 != 0, enough) & all_if(months <= LONGEST)
}

/// Whether counts reach a number up to this bit, when it is known whether they do below it.
#[inline(always)]
const fn or_more(plane: u64, bit: bool, enough: u64) -> u64 {
    enough & plane | (enough | plane) & !all_if(bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_window_is_counted_month_by_month() {
        for months in [0, u64::MAX, 0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210, 0x8000_f0f0_7777_0001] {
            let counts = counts(months);
            for within in 1..=LONGEST {
                for needed in 0..=LONGEST + 1 {
                    let window = Window { months: needed, within };
                    let is_full = |month: u32| {
                        let first = (month + 1).saturating_sub(u32::from(within));
                        let seen = (first..=month).filter(|month| months >> month & 1 == 1).count();
                        needed <= LONGEST && seen >= usize::from(needed)
                    };
                    let expected = (0..64).filter(|month| is_full(*month)).fold(0, |mask, month| mask | 1 << month);
                    assert_eq!(reached(&counts, window), expected, "{months:x} {window:?}");
                }
            }
        }
    }
}
