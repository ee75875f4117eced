//! The Timely Progress Review response as it is sent and kept, for the OpenAPI document alone: reading and writing it is the core's.

use ttw_portal::schema::{Day, MaskedSsn, SsnText};
use utoipa::ToSchema;

/// A response to Timely Progress Reviews: for each ticket holder the period and its questions.
#[derive(Debug, ToSchema)]
pub struct ProgressReview {
    /// One entry for each ticket holder.
    #[schema(min_items = 1, max_items = 250)]
    pub responses: Vec<ProgressResponse>,
}

/// The answers for one ticket holder.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgressResponse {
    /// The beneficiary's Social Security number.
    pub ssn: SsnText,
    /// The period under review.
    #[schema(minimum = 1, maximum = 99)]
    pub tpr_period: u8,
    /// Yes or no to each question of the period.
    pub answers: ProgressAnswers,
    /// Numbers behind the answers.
    pub figures: Option<ProgressFigures>,
    /// Every answer is no.
    pub progress_not_made: Option<bool>,
}

/// Yes or no to each question of the period, and to no other; `…/questions` has their texts.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgressAnswers {
    /// Enough months of work.
    pub q_work_met: Option<bool>,
    /// No cash benefit was due.
    pub q_no_cash: Option<bool>,
    /// A high school diploma or a GED.
    pub q_ged_hs: Option<bool>,
    /// A part of a year of college.
    pub q_college_pct: Option<bool>,
    /// A part of a year of a technical program.
    pub q_tech_pct: Option<bool>,
    /// An additional academic year.
    pub q_acad_year: Option<bool>,
    /// A two-year degree.
    pub q_deg_2yr: Option<bool>,
    /// A technical program.
    pub q_tech_program: Option<bool>,
    /// A four-year degree.
    pub q_deg_4yr: Option<bool>,
    /// Work and education together.
    pub q_combination: Option<bool>,
}

/// Numbers that the period's questions ask for; each may be left out.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgressFigures {
    /// Months of work.
    #[schema(minimum = 0, maximum = 12)]
    pub months_worked: Option<u8>,
    /// Percent of a year of college.
    #[schema(minimum = 0, maximum = 100)]
    pub college_pct: Option<u8>,
    /// Percent of a year of a technical program.
    #[schema(minimum = 0, maximum = 100)]
    pub tech_pct: Option<u8>,
    /// Percent of an academic year.
    #[schema(minimum = 0, maximum = 100)]
    pub year_pct: Option<u8>,
    /// The day on which what was completed was completed, in the period under review.
    pub completed_on: Option<Day>,
}

/// A response to Timely Progress Reviews on file.
#[derive(Debug, ToSchema)]
pub struct FiledProgressReview {
    /// One entry for each ticket holder.
    pub responses: Vec<FiledProgressResponse>,
}

/// The answers for one ticket holder, on file.
#[derive(Debug, ToSchema)]
pub struct FiledProgressResponse {
    /// The beneficiary, by the last four digits.
    pub ssn: MaskedSsn,
    /// The period under review.
    #[schema(minimum = 1, maximum = 99)]
    pub tpr_period: u8,
    /// Yes or no to each question of the period.
    pub answers: ProgressAnswers,
    /// Numbers behind the answers.
    pub figures: ProgressFigures,
    /// Every answer is no.
    pub progress_not_made: bool,
}

/// What will probably become of each review. The program manager decides.
#[derive(Debug, ToSchema)]
pub struct ProgressReviewAdvice {
    /// One entry for each ticket holder, in the order of the form.
    pub people: Vec<ProgressOutlook>,
}

/// What will probably become of one review.
#[derive(Debug, ToSchema)]
pub struct ProgressOutlook {
    /// The beneficiary, by the last four digits.
    pub person: MaskedSsn,
    /// The period under review.
    #[schema(minimum = 1, maximum = 99)]
    pub period: u8,
    /// The answers meet the period's requirements.
    pub would_pass: bool,
    /// Each way of meeting them; one is enough.
    pub reasons: Vec<ProgressLimb>,
}

/// One way of meeting a period's requirements.
#[derive(Debug, ToSchema)]
pub struct ProgressLimb {
    /// The rule.
    #[schema(examples("TPR-P1"))]
    pub rule: String,
    /// The question it is asked by.
    #[schema(examples("q_work_met"))]
    pub question: String,
    /// Whether it is met.
    pub holds: bool,
    /// One sentence.
    pub text: String,
    /// Its numbers; none of what is only a yes or no.
    #[schema(nullable = false)]
    pub facts: Option<ProgressNumbers>,
    /// The law.
    pub source: String,
}

/// The numbers of one way, in months or in percent, as decimal strings.
#[derive(Debug, ToSchema)]
pub struct ProgressNumbers {
    /// `months` or `percent`.
    #[schema(pattern = "^(months|percent)$")]
    pub unit: String,
    /// What there is.
    pub have: String,
    /// What the regulation asks for.
    pub needed: String,
    /// What is enough with the variance tolerance.
    pub enough: String,
    /// Of the combination: the share of the work requirement, in percent.
    #[schema(nullable = false)]
    pub work_percent: Option<String>,
    /// Of the combination: the share of the education requirement, in percent.
    #[schema(nullable = false)]
    pub education_percent: Option<String>,
}

/// One question.
#[derive(Debug, ToSchema)]
pub struct PeriodQuestion {
    /// Its name among the answers.
    #[schema(examples("q_work_met"))]
    pub id: String,
    /// The question.
    pub text: String,
    /// How it is answered: always `yes_no`.
    pub kind: String,
    /// The number that goes with it.
    #[schema(nullable = false)]
    pub figure: Option<QuestionFigure>,
    /// The day that goes with it.
    #[schema(nullable = false)]
    pub day: Option<QuestionDay>,
}

/// A day that goes with a question. It may be left out.
#[derive(Debug, ToSchema)]
pub struct QuestionDay {
    /// Its name among the figures.
    pub id: String,
    /// What is asked.
    pub text: String,
}

/// A number that goes with a question. It may be left out.
#[derive(Debug, ToSchema)]
pub struct QuestionFigure {
    /// Its name among the figures.
    pub id: String,
    /// What is asked.
    pub text: String,
    /// The lowest number.
    pub from: u8,
    /// The highest.
    pub to: u8,
    /// The number from which the answer is yes.
    pub needed: i32,
}
