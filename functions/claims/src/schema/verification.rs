//! Questions of the verification of earnings, for the OpenAPI document alone: the core reads and answers them.

use ttw_portal::schema::{Day, Id, Money, Month, TicketId};
use utoipa::ToSchema;

/// The case that a field office has.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkDeterminationAsked {
    /// What is known of one person's work.
    pub case: PostedWork,
}

/// What is known of one person's work.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostedWork {
    /// Under title XVI alone there is no trial work period.
    pub title: WorkTitle,
    /// Statutorily blind.
    pub blind: bool,
    /// Periods of entitlement on disability, oldest first.
    #[schema(max_items = 601)]
    pub disability: Vec<DisabilitySpan>,
    /// Months of unsuccessful work attempts, as somebody has found.
    #[schema(max_items = 601)]
    pub unsuccessful_attempts: Option<Vec<Month>>,
    /// Months of reinstatement that are not paid for another reason than work.
    #[schema(max_items = 601)]
    pub not_paid: Option<Vec<Month>>,
    /// Months with something posted.
    #[schema(max_items = 601)]
    pub months: Option<Vec<PostedMonth>>,
    /// The month through which it is judged.
    pub through: Month,
}

/// Titles with a trial work period.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum WorkTitle {
    /// Title II.
    T2,
    /// Both.
    Concurrent,
}

/// A period of entitlement on disability.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisabilitySpan {
    /// Its first month.
    pub from: Month,
    /// Its last month; null while it lasts.
    pub to: Option<Month>,
    /// Whether it began with an expedited reinstatement.
    pub reinstated: Option<bool>,
}

/// A month as it is posted.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostedMonth {
    /// The month.
    pub month: Month,
    /// Gross wages.
    pub gross: Option<Money>,
    /// Net earnings from self-employment.
    pub net_se: Option<Money>,
    /// Hours of self-employment.
    #[schema(maximum = 744)]
    pub se_hours: Option<u16>,
    /// Whether they are verified: `Y`, `N` (unless given) or `F`.
    #[schema(pattern = "^[YNF]$")]
    pub vrfd: Option<String>,
    /// What is not counted of them.
    #[schema(max_items = 601)]
    pub not_counted: Option<Vec<NotCounted>>,
}

/// An amount that is not counted, and why.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotCounted {
    /// `WE`, `SB`, `SC`, `BE`, `PA` or `SI`.
    #[schema(rename = "type", pattern = "^(WE|SB|SC|BE|PA|SI)$")]
    pub kind: String,
    /// How much.
    pub amount: Money,
}

/// What somebody would enter for a month.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryAsked {
    /// What is known of the person's work.
    pub case: PostedWork,
    /// The entry.
    pub entry: VernEntry,
    /// Who enters it: `field_office` (unless given) or `integrity_center`.
    #[schema(pattern = "^(field_office|integrity_center)$")]
    pub entered_by: Option<String>,
}

/// An entry on the VERN screen.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VernEntry {
    /// The month.
    pub month: Month,
    /// The code of the month.
    #[schema(pattern = "^[1-9EINOSUWX]$")]
    pub work_det: String,
    /// Gross wages.
    pub gross: Option<Money>,
    /// Net earnings from self-employment.
    pub net_se: Option<Money>,
    /// Hours of self-employment.
    #[schema(maximum = 744)]
    pub se_hours: Option<u16>,
    /// Whether they are verified: `Y`, `N` (unless given) or `F`.
    #[schema(pattern = "^[YNF]$")]
    pub vrfd: Option<String>,
    /// What is not counted of them.
    #[schema(max_items = 601)]
    pub not_counted: Option<Vec<NotCounted>>,
}

/// Earnings that were posted, and the issues that there are.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssuesAsked {
    /// The day.
    pub today: Day,
    /// Earnings that the program manager posts.
    #[schema(nullable = false, max_items = 10000)]
    pub postings: Option<Vec<PostedEarnings>>,
    /// Issues of verification.
    #[schema(nullable = false, max_items = 10000)]
    pub issues: Option<Vec<VerificationIssue>>,
    /// Days from which an issue is aged; 60 unless given.
    #[schema(nullable = false)]
    pub aged_days: Option<u8>,
}

/// Earnings that the program manager posts, as a provider alleges them.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostedEarnings {
    /// Whose, by an id of the caller's own.
    pub person: TicketId,
    /// The month.
    pub month: Month,
    /// Gross wages or net earnings from self-employment.
    pub alleged: Money,
    /// The person's title in that month: `t2`, `t16` or `concurrent`.
    #[schema(pattern = "^(t2|t16|concurrent)$")]
    pub title: String,
    /// Whether the trial work period is over; null where nobody knows.
    pub trial_work_over: Option<bool>,
}

/// An issue of verification.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerificationIssue {
    /// Its id.
    pub id: Id,
    /// Whose, by an id of the caller's own.
    pub person: TicketId,
    /// `16VY`, `T2VY` or `ERNGS`.
    #[schema(pattern = "^(16VY|T2VY|ERNGS)$")]
    pub kind: String,
    /// The month.
    pub month: Month,
    /// The office that has it.
    pub office: Id,
    /// Since when.
    pub opened_on: Day,
    /// Until when; null while it is pending.
    pub cleared_on: Option<Day>,
    /// Whether it is cleared by hand.
    pub by_hand: Option<bool>,
}
