//! The columns of a panel, one row a ticket, as slices.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use super::isa::Isa;
use super::lanes::{BLOCK, Lanes, at, put};

/// A bitmap: bit `offset` is that of row 0.
#[derive(Debug, Clone, Copy)]
pub struct Bits<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Bits<'a> {
    /// A bitmap that begins at a bit.
    #[must_use]
    pub const fn new(bytes: &'a [u8], offset: usize) -> Self {
        Self { bytes, offset }
    }

    /// One bit.
    #[inline]
    #[must_use]
    pub fn get(&self, index: usize) -> bool {
        let at = self.offset.wrapping_add(index);
        self.bytes.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1)
    }

    /// Asks memory for some bits.
    #[inline(always)]
    pub(super) fn fetch<I: Isa>(&self, isa: I, bits: std::ops::Range<usize>) {
        let byte = |bit| self.offset.wrapping_add(bit) / 8;
        for place in (byte(bits.start)..byte(bits.end)).step_by(LINE) {
            isa.fetch(self.bytes.as_ptr().wrapping_add(place).wrapping_add(LINE));
        }
    }

    /// At least 57 bits from one on, in one read; what is beyond them, or the end, is to be left out.
    #[inline(always)]
    pub(super) fn most_of_word(&self, index: usize) -> u64 {
        let at = self.offset.wrapping_add(index);
        match self.bytes.get(at / 8..).and_then(<[u8]>::first_chunk) {
            Some(bytes) => u64::from_le_bytes(*bytes) >> (at % 8),
            None => self.word(index),
        }
    }

    /// 64 bits from one on; what is beyond the end is zero.
    #[inline]
    pub(super) fn word(&self, index: usize) -> u64 {
        let at = self.offset.wrapping_add(index);
        let rest = self.bytes.get(at / 8..).unwrap_or_default();
        let whole = rest.first_chunk::<16>().map_or_else(
            || {
                let mut bytes = [0_u8; 16];
                bytes.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
                u128::from_le_bytes(bytes)
            },
            |bytes| u128::from_le_bytes(*bytes),
        );
        let shifted = whole >> (at % 8);
        u64::try_from(shifted & u128::from(u64::MAX)).unwrap_or_default()
    }
}

/// Days since 1970 of which some may be missing.
#[derive(Debug, Clone, Copy)]
pub struct Days<'a> {
    /// The days.
    pub values: &'a [i32],
    /// Which rows have one; all when there is no bitmap.
    pub present: Option<Bits<'a>>,
}

impl Days<'_> {
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<i32> {
        let value = self.values.get(row).copied()?;
        self.present.is_none_or(|bits| bits.get(row)).then_some(value)
    }

    /// The days of the rows from one on, and which of them have one.
    #[inline(always)]
    pub(super) fn lanes(&self, row: usize) -> (Loaded<'_, i32>, Lanes<bool>) {
        let present = self.present.map_or(u64::MAX, |bits| bits.word(row));
        let mut is_given = [false; BLOCK];
        for (place, is_given) in (0_u32..).zip(&mut is_given) {
            *is_given = present.wrapping_shr(place) & 1 == 1;
        }
        (load(self.values, row), is_given)
    }
}

/// Where the elements of each row begin.
#[derive(Debug, Clone, Copy)]
pub enum Offsets<'a> {
    /// A list: one offset more than rows.
    Small(&'a [i32]),
    /// A large list.
    Large(&'a [i64]),
    /// So many elements a row.
    Fixed(usize),
}

/// A column of lists.
#[derive(Debug, Clone, Copy)]
pub struct List<'a, V> {
    /// Where each row begins.
    pub offsets: Offsets<'a>,
    /// The elements of all rows.
    pub values: V,
    /// Which rows have a list; all when there is no bitmap.
    pub rows: Option<Bits<'a>>,
    /// Which elements are known; all when there is no bitmap.
    pub known: Option<Bits<'a>>,
}

impl<V> List<'_, V> {
    /// Where a row begins and how many elements it has.
    #[inline]
    pub(super) fn range(&self, row: usize) -> (usize, usize) {
        if self.rows.is_some_and(|bits| !bits.get(row)) {
            return (0, 0);
        }
        let next = row.wrapping_add(1);
        match self.offsets {
            Offsets::Fixed(size) => (row.wrapping_mul(size), size),
            Offsets::Small(offsets) => match (offsets.get(row), offsets.get(next)) {
                (Some(from), Some(to)) => between(i64::from(*from), i64::from(*to)),
                _ => (0, 0),
            },
            Offsets::Large(offsets) => match (offsets.get(row), offsets.get(next)) {
                (Some(from), Some(to)) => between(*from, *to),
                _ => (0, 0),
            },
        }
    }
}

/// Where the lists of the rows of a block begin, and how many elements each has.
#[derive(Debug)]
pub(super) struct Ranges {
    pub from: Lanes<usize>,
    pub length: Lanes<i32>,
}

impl Default for Ranges {
    fn default() -> Self {
        Self { from: [0; BLOCK], length: [0; BLOCK] }
    }
}

impl<V> List<'_, V> {
    /// All elements of the first rows of a block, which lie one after the other.
    #[inline(always)]
    pub(super) fn whole(&self, ranges: &Ranges, rows: usize) -> std::ops::Range<usize> {
        let end = |lane| {
            let length = usize::try_from(at(&ranges.length, lane)).unwrap_or(0);
            at(&ranges.from, lane).saturating_add(length)
        };
        if self.rows.is_none() {
            return at(&ranges.from, 0)..end(rows.saturating_sub(1));
        }
        // A row without a list has no place either.
        let mut lists = (0..rows).filter(|lane| at(&ranges.length, *lane) > 0);
        let Some(first) = lists.next() else { return 0..0 };
        at(&ranges.from, first)..end(lists.next_back().unwrap_or(first))
    }

    /// Asks memory for the offsets of the rows from one on.
    #[inline(always)]
    fn fetch<I: Isa>(&self, isa: I, row: usize) {
        match self.offsets {
            Offsets::Small(offsets) => fetch(isa, offsets, row),
            Offsets::Large(offsets) => fetch(isa, offsets, row),
            Offsets::Fixed(_) => {}
        }
    }

    /// The ranges of the rows from one on.
    #[inline(always)]
    pub(super) fn ranges(&self, row: usize, ranges: &mut Ranges) {
        let Ranges { from: starts, length: lengths } = ranges;
        let (Offsets::Small(offsets), None) = (self.offsets, self.rows) else {
            for (lane, (start, length)) in starts.iter_mut().zip(lengths).enumerate() {
                let (from, count) = self.range(row.wrapping_add(lane));
                (*start, *length) = (from, i32::try_from(count).unwrap_or(i32::MAX));
            }
            return;
        };
        let (from, to) = (load(offsets, row), load(offsets, row.wrapping_add(1)));
        let (from, to) = (from.lanes(), to.lanes());
        for lane in 0..BLOCK {
            let (from, to) = (at(from, lane), at(to, lane));
            put(starts, lane, from.max(0).cast_unsigned() as usize);
            put(lengths, lane, to.wrapping_sub(from).max(0));
        }
    }
}

/// Bytes that memory gives at a time.
const LINE: usize = 64;

/// Asks memory for the values of the rows from one on, a line further: they may end in one, the first of which was asked for before.
#[inline(always)]
fn fetch<I: Isa, T>(isa: I, values: &[T], row: usize) {
    let of_line = LINE / size_of::<T>();
    for place in (row..row.wrapping_add(BLOCK)).step_by(of_line) {
        isa.fetch(values.as_ptr().wrapping_add(place).wrapping_add(of_line));
    }
}

/// The values of a block: where they lie, or copied where fewer are left.
pub(super) enum Loaded<'v, T> {
    There(&'v Lanes<T>),
    Copied(Lanes<T>),
}

impl<T> Loaded<'_, T> {
    #[inline(always)]
    pub(super) const fn lanes(&self) -> &Lanes<T> {
        match self {
            Self::There(lanes) => lanes,
            Self::Copied(lanes) => lanes,
        }
    }
}

/// The values of the rows from one on; zero after the last.
#[inline(always)]
pub(super) fn load<T: Copy + Default>(values: &[T], row: usize) -> Loaded<'_, T> {
    let rest = values.get(row..).unwrap_or_default();
    rest.first_chunk().map_or_else(
        || {
            let mut lanes = [T::default(); BLOCK];
            lanes.iter_mut().zip(rest).for_each(|(lane, value)| *lane = *value);
            Loaded::Copied(lanes)
        },
        Loaded::There,
    )
}

#[inline]
fn between(from: i64, to: i64) -> (usize, usize) {
    (usize::try_from(from).unwrap_or(0), usize::try_from(to.saturating_sub(from)).unwrap_or(0))
}

/// Amounts in cents.
#[derive(Debug, Clone, Copy)]
pub enum Cents<'a> {
    /// 32 bits.
    Small(&'a [i32]),
    /// 64 bits.
    Large(&'a [i64]),
    /// A decimal with two places.
    Decimal(&'a [i128]),
}

impl Cents<'_> {
    /// Whether some of these amounts are negative.
    #[inline(always)]
    pub(super) fn has_negative(&self, range: std::ops::Range<usize>) -> bool {
        match self {
            Self::Small(values) => values.get(range).unwrap_or_default().iter().fold(0, |all, cents| all | cents) < 0,
            Self::Large(values) => values.get(range).unwrap_or_default().iter().fold(0, |all, cents| all | cents) < 0,
            Self::Decimal(values) => values.get(range).unwrap_or_default().iter().any(|cents| *cents < 0),
        }
    }

    pub(super) fn get(&self, index: usize) -> Option<i128> {
        match self {
            Self::Small(values) => values.get(index).map(|cents| i128::from(*cents)),
            Self::Large(values) => values.get(index).map(|cents| i128::from(*cents)),
            Self::Decimal(values) => values.get(index).copied(),
        }
    }
}

/// Benefit statuses: 0 none, 1 `current_pay`, 2 `suspended_work`, 3 `suspended_other`, 4 `ended_work`, 5 `ended_other`,
/// 6 State supplement only, 255 unknown.
#[derive(Debug, Clone, Copy)]
pub enum Codes<'a> {
    /// The codes themselves.
    Plain(&'a [u8]),
    /// Keys of 8 bits into codes.
    Keys8(&'a [u8], &'a [u8]),
    /// Keys of 16 bits into codes.
    Keys16(&'a [u16], &'a [u8]),
    /// Keys of 32 bits into codes.
    Keys32(&'a [u32], &'a [u8]),
}

impl Codes<'_> {
    /// 0 to 6 and 255.
    #[inline(always)]
    pub(super) const fn is_one(code: u8) -> bool {
        code.wrapping_add(1) <= 7
    }

    /// Whether one of some codes is none, by the highest of them, each moved up by one: 255 is then the lowest.
    #[inline(always)]
    pub(super) const fn is_none(highest: u8) -> bool {
        !Self::is_one(highest.wrapping_sub(1))
    }

    /// Whether some of these codes are none.
    #[inline(always)]
    pub(super) fn has_none(&self, range: std::ops::Range<usize>) -> bool {
        match self {
            Self::Plain(values) => {
                let values = values.get(range).unwrap_or_default();
                Self::is_none(values.iter().fold(0, |highest: u8, code| highest.max(code.wrapping_add(1))))
            }
            Self::Keys8(_, codes) | Self::Keys16(_, codes) | Self::Keys32(_, codes) => {
                !codes.iter().all(|code| Self::is_one(*code))
            }
        }
    }

    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<u8> {
        let (key, codes) = match self {
            Self::Plain(values) => return values.get(index).copied(),
            Self::Keys8(keys, codes) => (usize::from(*keys.get(index)?), codes),
            Self::Keys16(keys, codes) => (usize::from(*keys.get(index)?), codes),
            Self::Keys32(keys, codes) => (usize::try_from(*keys.get(index)?).ok()?, codes),
        };
        codes.get(key).copied()
    }
}

/// What a State VR agency's earlier case bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VrBar {
    /// Nothing.
    #[default]
    None,
    /// Phase 1 (SVR-01, SVR-02, SVR-03, SVR-06).
    Phase1,
    /// Every payment (SVR-05).
    All,
}

/// The columns, all of the same number of rows.
#[derive(Debug, Clone, Copy)]
pub struct Panel<'a> {
    /// 0 title II, 1 title XVI, 2 concurrent.
    pub title: &'a [u8],
    /// Statutorily blind; nobody when absent.
    pub blind: Option<Bits<'a>>,
    /// A day of the month of element 0 of the lists.
    pub first_month: &'a [i32],
    /// First assignment of the ticket: the anchor of the look-back.
    pub first_assigned_on: &'a [i32],
    /// Assignment to the provider that asks; the same when absent.
    pub assigned_on: Option<&'a [i32]>,
    /// Takes the place of the month after the assignment (FAM-01).
    pub first_payable_month: Option<Days<'a>>,
    /// The last month before SVR-04 or the end of the ticket.
    pub last_payable_month: Option<Days<'a>>,
    /// 0 nothing, 1 Phase 1, 2 everything; nothing when absent.
    pub vr_bar: Option<&'a [u8]>,
    /// Day on which the services were completed (P1-05); not checked when absent.
    pub services_completed_on: Option<Days<'a>>,
    /// Earnings by the end of the pay period.
    pub earned: List<'a, Cents<'a>>,
    /// Earnings by the day of pay; the same when absent.
    pub paid: Option<List<'a, Cents<'a>>>,
    /// Title II statuses.
    pub t2: List<'a, Codes<'a>>,
    /// Title XVI statuses.
    pub t16: List<'a, Codes<'a>>,
    /// Whether the month's earnings fell in its last period (P1-01); not known when absent.
    pub last_period: Option<List<'a, Bits<'a>>>,
}

impl Panel<'_> {
    /// Number of rows.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.title.len()
    }

    /// Asks memory for what is read of the rows from one on, but for the elements of their lists.
    #[inline(always)]
    pub(super) fn fetch<I: Isa>(&self, isa: I, row: usize) {
        fetch(isa, self.title, row);
        fetch(isa, self.first_month, row);
        fetch(isa, self.first_assigned_on, row);
        self.assigned_on.into_iter().for_each(|days| fetch(isa, days, row));
        self.vr_bar.into_iter().for_each(|bars| fetch(isa, bars, row));
        self.earned.fetch(isa, row);
        self.t2.fetch(isa, row);
        self.t16.fetch(isa, row);
        self.paid.into_iter().for_each(|list| list.fetch(isa, row));
        if let Some(list) = &self.last_period {
            list.fetch(isa, row);
        }
    }

    pub(super) fn vr_bar(&self, row: usize) -> VrBar {
        match self.vr_bar.and_then(|bars| bars.get(row)) {
            Some(1) => VrBar::Phase1,
            Some(2) => VrBar::All,
            _ => VrBar::None,
        }
    }
}
