//! The split payment request as it is sent and kept, for the OpenAPI document alone: reading and writing it is the core's.

use ttw_portal::schema::{Day, MaskedSsn, SsnText};
use utoipa::ToSchema;

/// An EN Split Payment Request (SSA-1401).
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitAgreement {
    /// The beneficiary's Social Security number.
    pub ssn: SsnText,
    /// The Employment Networks that share; one of them holds the ticket now.
    #[schema(min_items = 2, max_items = 4)]
    pub ens: Vec<SharingProvider>,
    /// Who decides.
    pub choice: SplitChoice,
    /// What was agreed; left out where the program manager decides.
    pub allocation: Option<AgreedShares>,
}

/// An EN Split Payment Request on file.
#[derive(Debug, ToSchema)]
pub struct FiledSplitAgreement {
    /// The beneficiary, by the last four digits.
    pub ssn: MaskedSsn,
    /// The Employment Networks that share.
    pub ens: Vec<SharingProvider>,
    /// Who decides.
    pub choice: SplitChoice,
    /// What was agreed.
    pub allocation: Option<AgreedShares>,
}

/// An Employment Network of a split.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SharingProvider {
    /// Its PID, which is its id in assignments.
    #[schema(max_length = 20, pattern = "^[A-Z0-9-]+$", examples("EN-A"))]
    pub pid: String,
    /// It holds the ticket now.
    pub current: bool,
    /// The day on which the ticket was assigned to it.
    pub ticket_assignment_date: Day,
    /// Id of its registered contact.
    #[schema(examples("C-1"))]
    pub contact_id: String,
    /// Ten digits.
    #[schema(examples("4105550100"))]
    pub phone: String,
}

/// Who decides on the shares.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum SplitChoice {
    /// The program manager, by the service records.
    OsmDecides,
    /// The providers have agreed.
    AgreedAllocation,
}

/// The shares of each kind of payment, for the rest of the ticket. Those of a kind are multiples of 10 and add up to 100.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreedShares {
    /// Of Phase 1 milestones.
    pub p1: Vec<AgreedShare>,
    /// Of Phase 2 milestones.
    pub p2: Vec<AgreedShare>,
    /// Of outcomes.
    pub outcome: Vec<AgreedShare>,
}

/// One provider's share of a kind of payment.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreedShare {
    /// The provider.
    #[schema(examples("EN-A"))]
    pub pid: String,
    /// Its percentage.
    #[schema(minimum = 0, maximum = 100, multiple_of = 10)]
    pub percent: u8,
}
