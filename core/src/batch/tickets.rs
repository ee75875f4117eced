//! The rows of a block, and what is kept of them beside their masks.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use super::lanes::{BLOCK, Lanes, at};
use super::limits::Place;

/// What is kept of the rows beside their masks.
#[derive(Debug)]
pub(super) struct Tickets {
    /// The edition of the terms, by its place; [`Self::BY_RULES`] or [`Self::NONE`].
    pub edition: Lanes<u8>,
    /// The month of bit 0.
    pub from: Lanes<i32>,
    /// The same where limits are read.
    pub month: Lanes<u16>,
    pub year: Lanes<u8>,
    pub of_year: Lanes<u8>,
    /// Bits that are elements of lists and of months that are over.
    pub inside: Lanes,
    /// Those, and the months that can be paid.
    pub matters: Lanes,
    /// The most bits that any ticket has.
    pub longest: i32,
    /// Months of the outcome period before bit 0, whose status is not known.
    pub before: Lanes<i32>,
    /// 0 nothing, 1 Phase 1, 2 everything.
    pub bar: Lanes<u8>,
    pub title: Lanes<u8>,
    pub is_blind: Lanes<u8>,
    /// Elements of the lists that are left out, and those that are seen after them.
    pub skipped: Lanes<i32>,
    pub used: Lanes<i32>,
    /// Bits that are elements of lists.
    pub seen: Lanes,
    /// No element is left out.
    pub all_from_first: bool,
}

impl Tickets {
    /// The row does not fit into masks, and is judged by the rules themselves.
    pub(super) const BY_RULES: u8 = 254;
    /// There is no such row, or it is faulty.
    pub(super) const NONE: u8 = 255;

    /// Whether any row is judged by the rules themselves.
    #[inline(always)]
    pub(super) fn any_by_rules(&self) -> bool {
        self.edition.iter().fold(0, |any, edition| any | u8::from(*edition == Self::BY_RULES)) != 0
    }

    /// The month of bit 0, as limits are read.
    #[inline(always)]
    pub(super) fn place(&self, lane: usize) -> Place {
        Place { month: at(&self.month, lane), year: at(&self.year, lane), of_year: at(&self.of_year, lane) }
    }
}

impl Default for Tickets {
    fn default() -> Self {
        Self {
            edition: [Self::NONE; BLOCK],
            from: [0; BLOCK],
            month: [0; BLOCK],
            year: [0; BLOCK],
            of_year: [0; BLOCK],
            inside: [0; BLOCK],
            matters: [0; BLOCK],
            longest: 0,
            before: [0; BLOCK],
            bar: [0; BLOCK],
            title: [0; BLOCK],
            is_blind: [0; BLOCK],
            skipped: [0; BLOCK],
            used: [0; BLOCK],
            seen: [0; BLOCK],
            all_from_first: true,
        }
    }
}

/// Rows one after the other, at most a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    pub first: usize,
    pub count: usize,
}
