//! What will probably become of a review: each way of meeting it, with its numbers.

use super::period::{Figure, Id, Needed, Period, WHOLE};
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

/// What will probably become of one person's review. The program manager decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outlook {
    /// The person, by the last four digits.
    pub person: String,
    /// The review period.
    pub period: u8,
    /// Whether the answers meet the period's requirements, the variance tolerance applied.
    pub would_pass: bool,
    /// Each way of meeting them; one is enough.
    pub reasons: Vec<Limb>,
}

/// One way of meeting a period's requirements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limb {
    /// The rule.
    pub rule: &'static str,
    /// The question it is asked by.
    pub question: &'static str,
    /// Whether it is met.
    pub holds: bool,
    /// One sentence.
    pub text: String,
    /// Its numbers; none of a limb that is only a yes or no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<Numbers>,
    /// The law.
    pub source: &'static str,
}

/// The numbers of a limb, in months or in percent, as decimal strings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Numbers {
    /// `months` or `percent`.
    pub unit: &'static str,
    /// What there is.
    pub have: String,
    /// What the regulation asks for.
    pub needed: String,
    /// What is enough with the variance tolerance; equal to `needed` where there is none.
    pub enough: String,
    /// Of the combination: the share of the work requirement, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work_percent: Option<String>,
    /// Of the combination: the share of the education requirement, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub education_percent: Option<String>,
}

/// The answers about one person, as far as they could be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers {
    pub said: [Option<bool>; Id::ALL.len()],
    pub figures: [Option<u8>; Figure::ALL.len()],
    pub completed_on: Option<Date>,
}

impl Answers {
    pub fn said(&self, id: Id) -> Option<bool> {
        Id::ALL.iter().zip(self.said).find(|(known, _)| **known == id).and_then(|(_, said)| said)
    }

    pub fn is_yes(&self, id: Id) -> bool {
        self.said(id) == Some(true)
    }

    pub fn figure(&self, figure: Figure) -> Option<i32> {
        Figure::ALL.iter().zip(self.figures).find(|(known, _)| **known == figure).and_then(|(_, n)| n).map(i32::from)
    }
}

/// The answers held against the numbers of their period.
pub(super) struct Held<'a> {
    pub period: &'a Period,
    pub needed: Needed,
    pub answers: &'a Answers,
}

impl Held<'_> {
    /// Whether the two shares add up to a percentage: months / needed + credit / needed, times 100, without rounding.
    pub fn sum_reaches(&self, percent: i32) -> bool {
        let Needed { months, credit, .. } = self.needed;
        (self.months() * credit + self.credit() * months) * i32::from(WHOLE) >= months * credit * percent
    }

    /// Months that count. Without the number a yes stands for as many as are needed; months with cash benefits do not count.
    fn months(&self) -> i32 {
        if self.period.asks(Id::NoCash) && !self.answers.is_yes(Id::NoCash) {
            return 0;
        }
        self.amount(Id::WorkMet, self.needed.months)
    }

    /// The larger of the two kinds of credit. A degree completed stands for all of it (period 5).
    fn credit(&self) -> i32 {
        let degree = self.period.asks(Id::Deg4Yr) && self.answers.is_yes(Id::Deg4Yr);
        let credits = [Id::CollegePct, Id::TechPct, Id::AcadYear].into_iter().filter(|id| self.period.asks(*id));
        let most = credits.map(|id| self.amount(id, self.needed.credit)).max().unwrap_or(0);
        if degree { most.max(self.needed.credit) } else { most }
    }

    fn amount(&self, id: Id, needed: i32) -> i32 {
        let given = id.figure().and_then(|figure| self.answers.figure(figure));
        given.unwrap_or(if self.answers.is_yes(id) { needed } else { 0 })
    }

    /// Every limb of the period, in the order of its questions.
    pub fn limbs(&self) -> Vec<Limb> {
        self.period.questions.iter().filter(|id| **id != Id::NoCash).map(|id| self.limb(*id)).collect()
    }

    fn limb(&self, id: Id) -> Limb {
        let (holds, text, facts) = match id {
            Id::WorkMet | Id::NoCash => self.work(),
            Id::CollegePct | Id::TechPct | Id::AcadYear => self.studies(id),
            Id::Combination => self.combination(),
            Id::GedHs | Id::Deg2Yr | Id::TechProgram | Id::Deg4Yr => self.completion(id),
        };
        Limb { rule: self.period.rule, question: id.name(), holds, text, facts, source: self.period.source }
    }

    fn work(&self) -> (bool, String, Option<Numbers>) {
        let (have, needed) = (self.months(), self.needed.months);
        let months = if have == 1 { "month" } else { "months" };
        let text = format!("{have} {months} {}; {needed} are needed.", self.period.level.in_words());
        (have >= needed, text, Some(Numbers::new("months", have, needed, &needed)))
    }

    fn studies(&self, id: Id) -> (bool, String, Option<Numbers>) {
        let Needed { credit, enough, .. } = self.needed;
        let have = self.amount(id, credit);
        let enough = Decimal::from(credit * enough) / Decimal::ONE_HUNDRED;
        let (what, enough) = (
            if id == Id::TechPct { "year of vocational or technical training" } else { "academic year" },
            enough.normalize(),
        );
        let text = format!(
            "{have} percent of a full-time {what} was completed; {credit} percent is needed, and {enough} is enough with the variance tolerance."
        );
        (Decimal::from(have) >= enough, text, Some(Numbers::new("percent", have, credit, &enough)))
    }

    fn combination(&self) -> (bool, String, Option<Numbers>) {
        let Needed { months, credit, enough } = self.needed;
        let share = |have: i32, needed: i32| {
            let percent = Decimal::from(have * i32::from(WHOLE)) / Decimal::from(needed.max(1));
            percent.round_dp_with_strategy(1, RoundingStrategy::ToZero).normalize().to_string()
        };
        let (work, education) = (share(self.months(), months), share(self.credit(), credit));
        let sum = share(self.months() * credit + self.credit() * months, months * credit);
        let text = format!(
            "{work} percent of the work and {education} percent of the education, together {sum} percent; {WHOLE} percent is needed, and {enough} is enough with the variance tolerance."
        );
        let numbers = Numbers {
            unit: "percent",
            have: sum,
            needed: WHOLE.to_string(),
            enough: enough.to_string(),
            work_percent: Some(work),
            education_percent: Some(education),
        };
        (self.sum_reaches(enough), text, Some(numbers))
    }

    fn completion(&self, id: Id) -> (bool, String, Option<Numbers>) {
        let what = match id {
            Id::GedHs => "A high school diploma or a GED",
            Id::Deg2Yr => "A two-year degree or certificate",
            Id::TechProgram => "A vocational or technical program",
            _ => "A four-year degree",
        };
        let holds = self.answers.is_yes(id);
        (holds, format!("{what} was {}completed in this period.", if holds { "" } else { "not " }), None)
    }
}

impl Numbers {
    fn new(unit: &'static str, have: i32, needed: i32, enough: &impl ToString) -> Self {
        let (have, needed, enough) = (have.to_string(), needed.to_string(), enough.to_string());
        Self { unit, have, needed, enough, work_percent: None, education_percent: None }
    }
}
