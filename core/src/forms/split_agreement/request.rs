//! A split-payment agreement with nothing wrong, as it is written.

use jiff::civil::Date;
use serde::Serialize;

/// The agreement in its normal shape, in the order of the form. The Social Security number is masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SplitAgreement {
    /// The beneficiary, by the last four digits.
    pub ssn: String,
    /// The providers.
    pub ens: Vec<Provider>,
    /// Who decides.
    pub choice: Choice,
    /// What was agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allocation: Option<Allocation>,
}

/// One provider of the split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provider {
    /// Its id.
    pub pid: Box<str>,
    /// It holds the ticket now.
    pub current: bool,
    /// The day on which the ticket was assigned to it.
    pub ticket_assignment_date: Date,
    /// Id of its registered contact.
    pub contact_id: Box<str>,
    /// Ten digits.
    pub phone: Box<str>,
}

/// Who decides on the shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The program manager, by the service records.
    OsmDecides,
    /// The providers have agreed.
    AgreedAllocation,
}

/// The shares of each kind of payment, for the rest of the ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Allocation {
    /// Of Phase 1 milestones.
    pub p1: Vec<Portion>,
    /// Of Phase 2 milestones.
    pub p2: Vec<Portion>,
    /// Of outcomes.
    pub outcome: Vec<Portion>,
}

/// One provider's share of a kind of payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Portion {
    /// The provider.
    pub pid: Box<str>,
    /// Its percentage.
    pub percent: u8,
}
