//! The questions of a review period.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use serde::Serialize;
use std::collections::BTreeMap;
use ttw_core::Problem;
use ttw_core::forms::progress_review::{self, Question, code};
use ttw_core::problem::code as core_code;
use ttw_portal::identity::code::AUTH_REQUIRED;
use ttw_portal::problem::ProblemResponses;
use ttw_portal::query::Query;
use ttw_portal::{Portal, Refusal, reply};
use utoipa::ToSchema;

/// The questions of a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeriodQuestions {
    /// The period.
    #[schema(minimum = 1, maximum = 99)]
    pub period: u8,
    /// Its questions, in the order in which they are asked.
    #[schema(value_type = Vec<crate::schema::PeriodQuestion>)]
    pub questions: Vec<Question>,
    /// Rules and parameters.
    pub rules_version: String,
}

struct Refused;

impl utoipa::IntoResponses for Refused {
    fn responses() -> BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::Response>> {
        let required = vec![Problem::new(&core_code::REQ_FIELD_REQUIRED, "/period")];
        let signed_out = Refusal::because(StatusCode::UNAUTHORIZED, &AUTH_REQUIRED);
        ProblemResponses::default()
            .with("Nobody is signed in.", &signed_out)
            .with("The query is refused; errors lists everything that is wrong.", &Refusal::of_question(required))
            .with("An error of the service's own.", &Refusal::internal())
            .into()
    }
}

/// List the questions of a period
///
/// Timely progress is defined differently for each review period, so the questions change with it.
#[utoipa::path(
    get,
    path = "/v1/progress-reviews/questions",
    tag = "Timely Progress Review Response",
    operation_id = "questions_progress_review",
    security(("bearer" = [])),
    params(("period" = u8, Query, description = "The review period.", minimum = 1, maximum = 99, example = json!(1))),
    responses((status = 200, description = "The questions.", body = PeriodQuestions), Refused)
)]
pub(crate) async fn questions(State(portal): State<Portal>, parts: Parts) -> Result<Response, Refusal> {
    portal.caller(&parts).await?;
    let mut query = Query::read(parts.uri.query(), &["period"]);
    let number = |text: &str| text.parse().ok().filter(|period| (1..=99).contains(period));
    let is_given = query.value("period").is_some();
    let period = query.parsed("period", number, Problem::new(&code::TPR_PERIOD_RANGE, "/period"));
    if !is_given {
        query.refuse(Problem::new(&core_code::REQ_FIELD_REQUIRED, "/period"));
    }
    query.finish()?;
    let period = period.ok_or_else(Refusal::internal)?;
    let questions = progress_review::questions(period, portal.desk().received_on, portal.engine().parameters());
    let rules_version = portal.engine().version().to_owned();
    reply::json(StatusCode::OK, &PeriodQuestions { period, questions, rules_version })
}
