//! What is answered, column by column.

use super::lanes::BLOCK;

/// Where a milestone stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i8)]
pub enum Standing {
    /// Attained and payable.
    Attained = 0,
    /// Neither attained nor barred by one of the others.
    NotAttained = 1,
    /// Barred by the look-back.
    LookBack = 2,
    /// Barred by an earlier case of a State VR agency.
    StateVr = 3,
    /// It depends on something that is not known.
    Undetermined = 4,
}

impl Standing {
    /// The words, in the order of their numbers.
    pub const WORDS: [&'static str; 5] = ["attained", "not_attained", "look_back", "state_vr", "undetermined"];
}

/// Columns of months: Milestones 1 to 4, the first of Phase 2, the first outcome.
pub type Milestones = [Vec<i32>; 6];

/// The answers, a value a row in each column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// First days of months, since 1970; zero where there is none.
    pub months: Milestones,
    /// Which rows have a month: 64 a word.
    pub present: [Vec<u64>; 6],
    /// [`Standing`] of Milestones 1 to 4.
    pub standing: [Vec<i8>; 4],
    /// Payable months of Phase 2, and payable outcome months.
    pub counts: [Vec<u8>; 2],
    /// The evidence, when it was asked for.
    pub evidence: Option<Evidence>,
}

/// 56 bytes a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// The month of bit 0.
    pub from: Vec<i32>,
    /// Months at the trial work level, at half of it, at SGA of Phase 2; in current pay, of the outcome period, of unknown status.
    pub masks: [Vec<u64>; 6],
    /// The rule that decided each milestone, as a place in [`Evidence::RULES`].
    pub rules: [Vec<i8>; 4],
}

impl Evidence {
    /// The names of the masks.
    pub const MASKS: [&'static str; 6] = ["trial_work", "half", "sga", "current_pay", "outcome", "unknown"];
    /// The rules that can decide.
    pub const RULES: [&'static str; 13] = [
        "P1-01", "P1-02", "P1-03", "P1-04", "LB-01", "LB-02", "LB-03", "LB-04", "SVR-01", "SVR-02", "SVR-03", "SVR-05",
        "P1-08",
    ];
    pub(super) const SVR_01: i8 = 8;
    pub(super) const SVR_02: i8 = 9;
    pub(super) const SVR_03: i8 = 10;
    pub(super) const SVR_05: i8 = 11;
    /// An earlier milestone is not attained.
    pub(super) const IN_ORDER: i8 = 12;
}

impl Answers {
    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.months.first().map_or(0, Vec::len)
    }

    /// Memory for so many more rows.
    pub(super) fn reserve(&mut self, rows: usize, evidence: bool) {
        self.months.iter_mut().for_each(|column| column.reserve_exact(rows));
        self.present.iter_mut().for_each(|column| column.reserve_exact(rows.div_ceil(BLOCK)));
        self.standing.iter_mut().for_each(|column| column.reserve_exact(rows));
        self.counts.iter_mut().for_each(|column| column.reserve_exact(rows));
        self.evidence = evidence.then(Evidence::default);
        if let Some(evidence) = &mut self.evidence {
            evidence.from.reserve_exact(rows);
            evidence.masks.iter_mut().for_each(|column| column.reserve_exact(rows));
            evidence.rules.iter_mut().for_each(|column| column.reserve_exact(rows));
        }
    }
}
