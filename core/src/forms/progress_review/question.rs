//! The questions of a period, as they are asked.

use super::period::{COMPLETED_ON, Figure, Id, Level, Needed, Period};
use crate::params::Parameters;
use jiff::civil::Date;
use serde::Serialize;

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Its name among the answers.
    pub id: &'static str,
    /// The question.
    pub text: String,
    /// How it is answered: always `yes_no`.
    pub kind: &'static str,
    /// The number that goes with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<Asked>,
    /// The day that goes with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<AskedDay>,
}

/// A number that goes with a question. It may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Its name among the figures.
    pub id: &'static str,
    /// What is asked.
    pub text: &'static str,
    /// The lowest number.
    pub from: u8,
    /// The highest.
    pub to: u8,
    /// The number from which the answer is yes.
    pub needed: i32,
}

/// A day that goes with a question. It may be left out; one stands for everything that was completed in the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedDay {
    /// Its name among the figures.
    pub id: &'static str,
    /// What is asked.
    pub text: &'static str,
}

/// The questions of a review period by the rules of a day, in the order in which they are asked; none of a period that there is not.
#[must_use]
pub fn questions(period: u8, on: Date, parameters: &Parameters) -> Vec<Question> {
    let Some(period) = Period::of(period) else { return Vec::new() };
    let Some(needed) = Needed::of(period, on.into(), parameters) else { return Vec::new() };
    let question = |id: &Id| Question {
        id: id.name(),
        text: text(*id, period, needed),
        kind: "yes_no",
        figure: id.figure().map(|figure| asked(figure, needed)),
        day: id.is_completion().then_some(AskedDay { id: COMPLETED_ON, text: "On which day was it completed?" }),
    };
    period.questions.iter().map(question).collect()
}

fn asked(figure: Figure, needed: Needed) -> Asked {
    let (text, needed) = match figure {
        Figure::MonthsWorked => ("How many such months?", needed.months),
        Figure::CollegePct | Figure::TechPct | Figure::YearPct => {
            ("How many percent of a full-time year were completed?", needed.credit)
        }
    };
    Asked { id: figure.name(), text, from: 0, to: figure.highest(), needed }
}

fn text(id: Id, period: &Period, Needed { months, credit, .. }: Needed) -> String {
    match id {
        Id::WorkMet => {
            format!("Did the person work at least {months} months of this period {}?", period.level.in_words())
        }
        Id::NoCash => "Was no SSDI and no federal SSI cash benefit due for those months?".to_owned(),
        Id::GedHs => "Did the person obtain a high school diploma or a GED in this period?".to_owned(),
        Id::CollegePct => format!(
            "Did the person complete at least {credit} percent of a full-time academic year in a degree or certificate program?"
        ),
        Id::TechPct => format!(
            "Did the person complete at least {credit} percent of a full-time year in a vocational or technical program?"
        ),
        Id::AcadYear => {
            "Did the person complete an additional full-time academic year in a four-year program?".to_owned()
        }
        Id::Deg2Yr => "Did the person complete a two-year degree or certificate program?".to_owned(),
        Id::TechProgram => "Did the person complete a vocational or technical program?".to_owned(),
        Id::Deg4Yr => "Did the person complete a four-year degree?".to_owned(),
        Id::Combination => {
            "Do the share of the months of work and the share of the education add up to at least 100 percent?"
                .to_owned()
        }
    }
}

impl Level {
    pub(super) const fn in_words(self) -> &'static str {
        match self {
            Self::TrialWork => "with earnings at or above the trial work level",
            Self::AboveSga => "with earnings above substantial gainful activity",
            Self::NoCash => "with earnings high enough that no SSDI and no federal SSI cash benefit was due",
        }
    }
}
