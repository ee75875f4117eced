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

/// Which columns are answered; what only others need is not computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Which of [`Answers::months`].
    pub months: [bool; 6],
    /// Which of [`Answers::standing`].
    pub standing: [bool; 4],
    /// Which of [`Answers::counts`].
    pub counts: [bool; 2],
}

impl Wanted {
    /// Every column.
    pub const ALL: Self = Self { months: [true; 6], standing: [true; 4], counts: [true; 2] };
    /// Where the milestones of Phase 1 stand, with their months, and the first month of Phase 2.
    pub const MILESTONES: Self =
        Self { months: [true, true, true, true, true, false], standing: [true; 4], counts: [false; 2] };

    /// These columns and one more; none when no column has the name.
    #[must_use]
    pub fn and(mut self, name: &str) -> Option<Self> {
        let months = Answers::MONTHS.into_iter().zip(&mut self.months);
        let standing = Answers::STANDING.into_iter().zip(&mut self.standing);
        let counts = Answers::COUNTS.into_iter().zip(&mut self.counts);
        let (_, is_wanted) = months.chain(standing).chain(counts).find(|(known, _)| *known == name)?;
        *is_wanted = true;
        Some(self)
    }
}

/// The answers, a value a row in each column that is wanted; the others are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// Number of rows.
    pub rows: usize,
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
    /// The names of the columns, in the order in which they are given.
    pub const NAMES: [&'static str; 12] = [
        "p1m1",
        "p1m1_status",
        "p1m2",
        "p1m2_status",
        "p1m3",
        "p1m3_status",
        "p1m4",
        "p1m4_status",
        "p2_count",
        "p2_first",
        "outcome_count",
        "outcome_first",
    ];
    /// The names of the months.
    pub const MONTHS: [&'static str; 6] = ["p1m1", "p1m2", "p1m3", "p1m4", "p2_first", "outcome_first"];
    /// The names of the standings.
    pub const STANDING: [&'static str; 4] = ["p1m1_status", "p1m2_status", "p1m3_status", "p1m4_status"];
    /// The names of the counts.
    pub const COUNTS: [&'static str; 2] = ["p2_count", "outcome_count"];

    /// Memory for so many more rows.
    pub(super) fn reserve(&mut self, rows: usize, wanted: Wanted, evidence: bool) {
        reserve(&mut self.months, wanted.months, rows);
        reserve(&mut self.present, wanted.months, rows.div_ceil(BLOCK));
        reserve(&mut self.standing, wanted.standing, rows);
        reserve(&mut self.counts, wanted.counts, rows);
        self.evidence = evidence.then(Evidence::default);
        if let Some(evidence) = &mut self.evidence {
            evidence.from.reserve_exact(rows);
            evidence.masks.iter_mut().for_each(|column| column.reserve_exact(rows));
            evidence.rules.iter_mut().for_each(|column| column.reserve_exact(rows));
        }
    }
}

fn reserve<T, const N: usize>(columns: &mut [Vec<T>; N], wanted: [bool; N], rows: usize) {
    let wanted = columns.iter_mut().zip(wanted).filter(|(_, is_wanted)| *is_wanted);
    wanted.for_each(|(column, _)| column.reserve_exact(rows));
}
