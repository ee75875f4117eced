//! Where a claim is, for the OpenAPI document alone: the core writes it.

use super::{Day, RuleId};
use utoipa::ToSchema;

/// A claim on a day: where it is, which clocks run, what is waited for and from whom, when it will be decided.
#[derive(Debug, ToSchema)]
pub struct Timeline {
    /// The day.
    pub today: Day,
    /// Where the claim is.
    pub state: ClaimState,
    /// Since when.
    pub since: Day,
    /// The clocks that run.
    pub clocks: Vec<ClockView>,
    /// What is waited for; null once the claim is decided.
    pub waiting_for: Option<Waiting>,
    /// When the claim is expected to be decided; null once it is.
    pub expected_decision: Option<Expected>,
    /// What the clocks demand.
    pub due: Vec<Due>,
    /// The rules applied.
    pub rules: Vec<RuleId>,
}

/// Where a claim is.
#[derive(Debug, ToSchema)]
pub struct ClaimState {
    /// In a word.
    pub status: ClaimStatus,
    /// The code of the reason of a diary or a denial.
    #[schema(examples("NEED_ADDITIONAL_INFORMATION"))]
    pub reason: Option<String>,
    /// The reason in words.
    pub title: Option<String>,
}

/// The states of a claim.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ClaimStatus {
    /// Filed, not yet looked at.
    Received,
    /// A payments specialist has it.
    InReview,
    /// Put aside for a reason.
    Diaried,
    /// Its earnings are posted and not yet verified by Social Security.
    WaitingOnSsaVerification,
    /// Paid.
    Paid,
    /// Denied for a reason.
    Denied,
    /// Taken back by the provider.
    Withdrawn,
}

/// A clock that runs.
#[derive(Debug, ToSchema)]
pub struct ClockView {
    /// The rule.
    pub rule: RuleId,
    /// Day 0.
    pub started_on: Day,
    /// Which days it counts.
    pub days: DaysCounted,
    /// The last day's number.
    pub length: u16,
    /// The number of the day asked about.
    pub gone_by: Option<u16>,
    /// The last day.
    pub last_day: Option<Day>,
    /// What happens after it.
    pub then: String,
}

/// Business days of the federal calendar, or all days.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum DaysCounted {
    /// Monday to Friday without federal holidays.
    Business,
    /// All of them.
    Calendar,
}

/// What is waited for.
#[derive(Debug, ToSchema)]
pub struct Waiting {
    /// What.
    pub what: String,
    /// From whom.
    pub from: Actor,
}

/// Who takes a step.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Actor {
    /// The Employment Network, or State VR agency acting as one.
    Provider,
    /// The program manager's payments specialist.
    ProgramManager,
    /// The field office that verifies earnings.
    SocialSecurity,
    /// Nobody: days have gone by.
    Clock,
}

/// When a claim is expected to be decided.
#[derive(Debug, ToSchema)]
pub struct Expected {
    /// By this day; null where nobody can say.
    pub by: Option<Day>,
    /// Not before this day; null where it may be any day.
    pub not_before: Option<Day>,
    /// Whether that day is over.
    pub overdue: bool,
}

/// What a clock demands.
#[derive(Debug, ToSchema)]
pub struct Due {
    /// The rule.
    pub rule: RuleId,
    /// Since when.
    pub since: Day,
    /// What is to be done.
    pub demand: Demand,
}

/// A step of a claim in a word.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ClaimEvent {
    /// A specialist takes the claim.
    Open,
    /// Documents arrive.
    DocumentsArrive,
    /// The claim is put into a diary.
    Diary,
    /// A diary for another reason than information ends.
    Resume,
    /// The days of a diary for additional information are over.
    DiaryRunsOut,
    /// The earnings wait for Social Security.
    AwaitVerification,
    /// Social Security has verified the earnings.
    Verified,
    /// The claim is paid.
    Pay,
    /// The claim is denied.
    Deny,
    /// The days for the evidence are over: the claim is denied.
    DocumentsMissing,
    /// The provider takes the claim back.
    Withdraw,
}

/// What is to be done: by itself (`documents_missing`, `diary_runs_out`) or by a person.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Demand {
    /// The evidence did not come: the claim is denied by itself.
    DocumentsMissing,
    /// A diary for information is over: the claim goes back to the specialist by itself.
    DiaryRunsOut,
    /// The claim is to be decided now, paid or denied.
    Decide,
    /// A diary may be ended from now on.
    LookAgain,
    /// The normal time of processing is over.
    Overdue,
}
