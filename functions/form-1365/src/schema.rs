//! The form 1365 as it is sent and kept, for the OpenAPI document alone: reading and writing it is the core's.

use ttw_portal::schema::{Day, MaskedSsn, SocCode, SsnText, Yes};
use utoipa::ToSchema;

/// A State Agency Ticket Assignment Form (SSA-1365).
#[derive(Debug, ToSchema)]
pub struct Form1365 {
    /// The beneficiary's Social Security number.
    pub ssn: SsnText,
    /// The individualized plan for employment was agreed to and signed.
    pub ipe_signed_statement: Yes,
    /// When it was signed.
    pub ipe_signed_on: Day,
    /// The vocational goal in it.
    pub vocational_goal_soc: SocCode,
    /// How the agency is paid.
    pub payment_system: AgencyPayment,
    /// The plan is older than the ticket.
    pub existing_ipe: bool,
    /// Both agree to assign the ticket; for a plan older than the ticket.
    pub both_agree_assignment: Option<bool>,
    /// Day on which the beneficiary or a representative signed.
    pub beneficiary_signed_on: Day,
    /// Who signed for the beneficiary.
    pub beneficiary_signer: BeneficiarySigner,
    /// Day on which the agency signed.
    pub vr_rep_signed_on: Day,
    /// The case was reported under cost reimbursement before.
    pub converts_cr_case: Option<bool>,
    /// Day of closure; for a closure report.
    pub case_closed_on: Option<Day>,
    /// How it was closed; for a closure report.
    pub closure_status: Option<ClosureStatus>,
}

/// A State Agency Ticket Assignment Form on file. What was left out is null.
#[derive(Debug, ToSchema)]
pub struct FiledForm1365 {
    /// The beneficiary, by the last four digits.
    pub ssn: MaskedSsn,
    /// The individualized plan for employment was agreed to and signed.
    pub ipe_signed_statement: Yes,
    /// When it was signed.
    pub ipe_signed_on: Day,
    /// The vocational goal in it.
    pub vocational_goal_soc: SocCode,
    /// How the agency is paid.
    pub payment_system: AgencyPayment,
    /// The plan is older than the ticket.
    pub existing_ipe: bool,
    /// Both agree to assign the ticket; for a plan older than the ticket.
    #[schema(required = true)]
    pub both_agree_assignment: Option<bool>,
    /// Day on which the beneficiary or a representative signed.
    pub beneficiary_signed_on: Day,
    /// Who signed for the beneficiary.
    pub beneficiary_signer: BeneficiarySigner,
    /// Day on which the agency signed.
    pub vr_rep_signed_on: Day,
    /// The case was reported under cost reimbursement before.
    pub converts_cr_case: bool,
    /// Day of closure; for a closure report.
    #[schema(required = true)]
    pub case_closed_on: Option<Day>,
    /// How it was closed; for a closure report.
    #[schema(required = true)]
    pub closure_status: Option<ClosureStatus>,
}

/// How the agency is paid.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum AgencyPayment {
    /// Cost reimbursement.
    CostReimbursement,
    /// The EN payment system that the agency elected.
    EnElected,
}

/// Who signs for the beneficiary.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum BeneficiarySigner {
    /// The beneficiary.
    Beneficiary,
    /// A representative.
    Representative,
}

/// How a case was closed.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ClosureStatus {
    /// With employment.
    Employed,
    /// Without.
    NotEmployed,
}
