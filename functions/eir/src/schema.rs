//! The Earnings Inquiry Request as it is sent and kept, for the OpenAPI document alone: reading and writing it is the core's.

use ttw_portal::schema::{Day, MaskedSsn, SsnText};
use utoipa::ToSchema;

/// An Earnings Inquiry Request (SSA-1396): who reached three times the level of substantial gainful activity in a quarter?
#[derive(Debug, ToSchema)]
pub struct EarningsInquiry {
    /// Whom it asks about. Empty rows are passed over.
    #[schema(min_items = 1, max_items = 250)]
    pub beneficiaries: Vec<InquiryRow>,
}

/// One row.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InquiryRow {
    /// The beneficiary's Social Security number.
    pub ssn: Option<SsnText>,
    /// Ticket assignment date.
    pub assignment_date: Option<Day>,
}

/// An Earnings Inquiry Request on file.
#[derive(Debug, ToSchema)]
pub struct FiledEarningsInquiry {
    /// Whom it asks about.
    pub beneficiaries: Vec<FiledInquiryRow>,
}

/// One row on file.
#[derive(Debug, ToSchema)]
pub struct FiledInquiryRow {
    /// The beneficiary, by the last four digits.
    pub ssn: MaskedSsn,
    /// Ticket assignment date.
    pub assignment_date: Day,
}

/// Which calendar quarters can be asked about.
#[derive(Debug, ToSchema)]
pub struct EarningsInquiryAdvice {
    /// Oldest first.
    pub available_quarters: Vec<Quarter>,
}

/// A calendar quarter.
#[derive(Debug, ToSchema)]
#[schema(pattern = "^[0-9]{4}-Q[1-4]$", examples("2026-Q1"))]
pub struct Quarter(pub String);
