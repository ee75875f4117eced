//! What each review period asks for (20 CFR 411.180(c)). The numbers are parameters; which limbs there are stands here.

use crate::domain::Month;
use crate::params::Parameters;
use serde::Serialize;

/// Months of a review period.
pub(super) const MONTHS_OF_A_PERIOD: u8 = 12;
/// The highest share.
pub(super) const WHOLE: u8 = 100;

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Id {
    WorkMet,
    NoCash,
    GedHs,
    CollegePct,
    TechPct,
    AcadYear,
    Deg2Yr,
    TechProgram,
    Deg4Yr,
    Combination,
}

/// A number beside an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    MonthsWorked,
    CollegePct,
    TechPct,
    YearPct,
}

/// Which earnings make a month of work count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// At or above the trial work level.
    TrialWork,
    /// Above the substantial gainful activity of people who are not blind, also for the blind.
    AboveSga,
    /// High enough to preclude title II and federal SSI cash.
    NoCash,
}

/// One row of the chart.
#[derive(Debug)]
pub(super) struct Period {
    /// Its key in the parameters.
    key: &'static str,
    pub rule: &'static str,
    pub source: &'static str,
    pub level: Level,
    pub questions: &'static [Id],
}

const PERIODS: [Period; 7] = [
    Period {
        key: "p1",
        rule: "TPR-P1",
        source: "20 CFR 411.180(c)(1)",
        level: Level::TrialWork,
        questions: &[Id::WorkMet, Id::GedHs, Id::CollegePct, Id::TechPct, Id::Combination],
    },
    Period {
        key: "p2",
        rule: "TPR-P2",
        source: "20 CFR 411.180(c)(2)",
        level: Level::TrialWork,
        questions: &[Id::WorkMet, Id::CollegePct, Id::TechPct, Id::Combination],
    },
    Period {
        key: "p3",
        rule: "TPR-P3",
        source: "20 CFR 411.180(c)(3)",
        level: Level::AboveSga,
        questions: &[Id::WorkMet, Id::Deg2Yr, Id::AcadYear, Id::TechProgram, Id::Combination],
    },
    Period {
        key: "p4",
        rule: "TPR-P4",
        source: "20 CFR 411.180(c)(4)",
        level: Level::AboveSga,
        questions: &[Id::WorkMet, Id::AcadYear, Id::Combination],
    },
    Period {
        key: "p5",
        rule: "TPR-P5",
        source: "20 CFR 411.180(c)(5)",
        level: Level::NoCash,
        questions: &[Id::WorkMet, Id::NoCash, Id::AcadYear, Id::Deg4Yr, Id::Combination],
    },
    Period {
        key: "p6",
        rule: "TPR-P6",
        source: "20 CFR 411.180(c)(6)",
        level: Level::NoCash,
        questions: &[Id::WorkMet, Id::NoCash, Id::Deg4Yr],
    },
    Period {
        key: "p7",
        rule: "TPR-P7",
        source: "20 CFR 411.180(c)(7)",
        level: Level::NoCash,
        questions: &[Id::WorkMet, Id::NoCash],
    },
];

impl Period {
    /// The row of a period; the last one serves all later periods. There is none of number zero.
    pub fn of(number: u8) -> Option<&'static Self> {
        let index = usize::from(number.checked_sub(1)?);
        PERIODS.get(index).or_else(|| PERIODS.last())
    }

    pub fn asks(&self, id: Id) -> bool {
        self.questions.contains(&id)
    }

    /// Whether it asks for something that is completed on a day.
    pub fn has_completion(&self) -> bool {
        self.questions.iter().any(|id| id.is_completion())
    }

    /// The names of its questions.
    pub fn asked(&self) -> Vec<&'static str> {
        self.questions.iter().map(|id| id.name()).collect()
    }

    /// The names of what may stand beside its answers.
    pub fn taken(&self) -> Vec<&'static str> {
        let figures = Figure::ALL.into_iter().filter(|figure| self.takes(*figure)).map(Figure::name);
        figures.chain(self.has_completion().then_some(COMPLETED_ON)).collect()
    }

    pub fn takes(&self, figure: Figure) -> bool {
        Id::ALL.into_iter().any(|id| self.asks(id) && id.figure() == Some(figure))
    }
}

impl Id {
    pub const ALL: [Self; 10] = [
        Self::WorkMet,
        Self::NoCash,
        Self::GedHs,
        Self::CollegePct,
        Self::TechPct,
        Self::AcadYear,
        Self::Deg2Yr,
        Self::TechProgram,
        Self::Deg4Yr,
        Self::Combination,
    ];
    pub const NAMES: [&str; 10] = [
        "q_work_met",
        "q_no_cash",
        "q_ged_hs",
        "q_college_pct",
        "q_tech_pct",
        "q_acad_year",
        "q_deg_2yr",
        "q_tech_program",
        "q_deg_4yr",
        "q_combination",
    ];

    pub fn name(self) -> &'static str {
        let mut names = Self::ALL.into_iter().zip(Self::NAMES);
        names.find(|(id, _)| *id == self).map_or("", |(_, name)| name)
    }

    /// Whether it is answered with yes on a day of its own: a diploma, a degree, a program.
    pub const fn is_completion(self) -> bool {
        matches!(self, Self::GedHs | Self::Deg2Yr | Self::TechProgram | Self::Deg4Yr)
    }

    pub const fn figure(self) -> Option<Figure> {
        match self {
            Self::WorkMet => Some(Figure::MonthsWorked),
            Self::CollegePct => Some(Figure::CollegePct),
            Self::TechPct => Some(Figure::TechPct),
            Self::AcadYear => Some(Figure::YearPct),
            _ => None,
        }
    }
}

/// The day beside the numbers, on which a diploma, degree or program was completed.
pub(super) const COMPLETED_ON: &str = "completed_on";

impl Figure {
    pub const ALL: [Self; 4] = [Self::MonthsWorked, Self::CollegePct, Self::TechPct, Self::YearPct];
    pub const NAMES: [&str; 4] = ["months_worked", "college_pct", "tech_pct", "year_pct"];

    pub fn name(self) -> &'static str {
        let mut names = Self::ALL.into_iter().zip(Self::NAMES);
        names.find(|(figure, _)| *figure == self).map_or("", |(_, name)| name)
    }

    pub const fn highest(self) -> u8 {
        if matches!(self, Self::MonthsWorked) { MONTHS_OF_A_PERIOD } else { WHOLE }
    }
}

/// The numbers of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Needed {
    /// Months of work.
    pub months: i32,
    /// Percent of a full-time year; zero where no credit counts.
    pub credit: i32,
    /// Percent of an education goal, or of a sum, that is enough (20 CFR 411.166(h)).
    pub enough: i32,
}

impl Needed {
    /// None only if the parameters lack the period.
    pub fn of(period: &Period, month: Month, parameters: &Parameters) -> Option<Self> {
        let number = |table, key, highest: u8| {
            parameters.whole_number(table, key, month).map(|number| number.clamp(0, i32::from(highest)))
        };
        Some(Self {
            months: number("progress_review_months", period.key, MONTHS_OF_A_PERIOD)?,
            credit: number("progress_review_credit", period.key, WHOLE).unwrap_or(0),
            enough: i32::from(WHOLE) - number("progress_review_tolerance", "", WHOLE)?,
        })
    }
}
