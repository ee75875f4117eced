//! The Individual Work Plan as it is sent and kept, for the OpenAPI document alone: reading and writing it is the core's.

use ttw_portal::schema::{Day, MaskedSsn, OptionCode, SocCode, SsnText, Yes};
use utoipa::ToSchema;

/// An Individual Work Plan (SSA-1370). Other services and additional terms need text, so such a plan is faxed.
#[derive(Debug, ToSchema)]
pub struct WorkPlan {
    /// The beneficiary's Social Security number.
    pub ssn: SsnText,
    /// A first plan or an amendment.
    pub plan_type: PlanType,
    /// Services needed immediately.
    #[schema(min_items = 1)]
    pub immediate_services: Vec<OptionCode>,
    /// Services after nine months.
    #[schema(min_items = 1)]
    pub later_services: Vec<OptionCode>,
    /// Day of the one-on-one discussion.
    pub discussion_date: Option<Day>,
    /// How it was held.
    pub discussion_modality: Option<OptionCode>,
    /// The short-term vocational goal.
    pub goal_soc_short: SocCode,
    /// The long-term vocational goal.
    pub goal_soc_long: Option<SocCode>,
    /// Monthly earnings expected in the short term: a band.
    pub expected_earnings_short: OptionCode,
    /// Monthly earnings expected in the long term: a band.
    pub expected_earnings_long: OptionCode,
    /// Months to the short-term goal.
    #[schema(minimum = 2, maximum = 24)]
    pub goal_months_short: Option<u8>,
    /// Years to the long-term goal.
    #[schema(minimum = 3, maximum = 5)]
    pub goal_years_long: Option<u8>,
    /// Day on which the beneficiary or a representative signed.
    pub beneficiary_signed_on: Day,
    /// Who signed for the beneficiary.
    pub beneficiary_signer: Signer,
    /// Day on which the EN signed.
    pub en_signed_on: Day,
    /// The signed plan is held on file.
    pub signatures_on_file: Yes,
    /// The statement of rights and responsibilities that was acknowledged.
    pub rights_ack_version: OptionCode,
    /// The format of the beneficiary's copy.
    pub accessible_format: Option<OptionCode>,
    /// The EN's business model.
    pub business_model: Option<OptionCode>,
}

/// An Individual Work Plan on file. What was left out is null.
#[derive(Debug, ToSchema)]
pub struct FiledWorkPlan {
    /// The beneficiary, by the last four digits.
    pub ssn: MaskedSsn,
    /// A first plan or an amendment.
    pub plan_type: PlanType,
    /// Services needed immediately.
    #[schema(min_items = 1)]
    pub immediate_services: Vec<OptionCode>,
    /// Services after nine months.
    #[schema(min_items = 1)]
    pub later_services: Vec<OptionCode>,
    /// Day of the one-on-one discussion.
    #[schema(required = true)]
    pub discussion_date: Option<Day>,
    /// How it was held.
    #[schema(required = true)]
    pub discussion_modality: Option<OptionCode>,
    /// The short-term vocational goal.
    pub goal_soc_short: SocCode,
    /// The long-term vocational goal.
    #[schema(required = true)]
    pub goal_soc_long: Option<SocCode>,
    /// Monthly earnings expected in the short term: a band.
    pub expected_earnings_short: OptionCode,
    /// Monthly earnings expected in the long term: a band.
    pub expected_earnings_long: OptionCode,
    /// Months to the short-term goal.
    #[schema(required = true, minimum = 2, maximum = 24)]
    pub goal_months_short: Option<u8>,
    /// Years to the long-term goal.
    #[schema(required = true, minimum = 3, maximum = 5)]
    pub goal_years_long: Option<u8>,
    /// Day on which the beneficiary or a representative signed.
    pub beneficiary_signed_on: Day,
    /// Who signed for the beneficiary.
    pub beneficiary_signer: Signer,
    /// Day on which the EN signed.
    pub en_signed_on: Day,
    /// The signed plan is held on file.
    pub signatures_on_file: Yes,
    /// The statement of rights and responsibilities that was acknowledged.
    pub rights_ack_version: OptionCode,
    /// The format of the beneficiary's copy.
    #[schema(required = true)]
    pub accessible_format: Option<OptionCode>,
    /// The EN's business model.
    #[schema(required = true)]
    pub business_model: Option<OptionCode>,
}

/// A first plan or an amendment.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PlanType {
    /// The first plan with this EN.
    Initial,
    /// A change of a plan in force.
    Amendment,
}

/// Who signs for the beneficiary.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Signer {
    /// The beneficiary.
    Beneficiary,
    /// A representative.
    Representative,
}
