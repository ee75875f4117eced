//! The rules and parameters as the engine has them.

use crate::refusal::{RULE_UNKNOWN, RefusedQuery, UnknownRule, query_problems};
use crate::{Service, schema};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use ttw_core::domain::Month;
use ttw_portal::Refusal;

/// List the rules
///
/// Every rule with its page and sources, and every difference between the two readings of the program.
#[utoipa::path(
    get,
    path = "/v1/rules",
    tag = "law",
    operation_id = "rules",
    responses(
        (status = 200, description = "The rules.", body = schema::Rules),
        (status = 304, description = "The caller holds this version already (If-None-Match)."),
    )
)]
pub(crate) async fn rules(State(service): State<Service>, headers: HeaderMap) -> Response {
    service.law(&headers, || service.engine.rules_json())
}

/// Show one rule
#[utoipa::path(
    get,
    path = "/v1/rules/{id}",
    tag = "law",
    operation_id = "rule",
    params(("id" = schema::RuleId, Path, description = "The rule's id in the register.", example = json!("LB-02"))),
    responses(
        (status = 200, description = "The rule.", body = schema::Rule),
        (status = 304, description = "The caller holds this version already (If-None-Match)."),
        UnknownRule,
    )
)]
pub(crate) async fn rule(
    State(service): State<Service>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let rule = id.ok().and_then(|Path(id)| service.engine.rule_json(&id));
    let rule = rule.ok_or_else(|| Refusal::because(StatusCode::NOT_FOUND, &RULE_UNKNOWN))?;
    Ok(service.law(&headers, || rule))
}

/// Show the parameters
///
/// Every number of law with its dates and sources; with `on`, only the values that hold in that month.
#[utoipa::path(
    get,
    path = "/v1/parameters",
    tag = "law",
    operation_id = "parameters",
    params(("on" = Option<schema::Month>, Query, description = "A month, YYYY-MM.", example = json!("2016-08"))),
    responses(
        (status = 200, description = "The parameters.", body = schema::Parameters),
        (status = 304, description = "The caller holds this version already (If-None-Match)."),
        RefusedQuery,
    )
)]
pub(crate) async fn parameters(
    State(service): State<Service>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let on = month(query.as_deref().unwrap_or_default())?;
    Ok(service.law(&headers, || service.engine.parameters_json(on)))
}

/// The month of a query, if it names one and nothing else.
fn month(query: &str) -> Result<Option<Month>, Refusal> {
    let given: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let on = given.iter().find(|(name, _)| name == "on").map(|(_, value)| Month::parse(value));
    let problems = query_problems(&given, on == Some(None));
    if problems.is_empty() { Ok(on.flatten()) } else { Err(Refusal::of_question(problems)) }
}

impl Service {
    /// A reply that changes only with rules and program.
    pub(crate) fn law(&self, headers: &HeaderMap, json: impl FnOnce() -> String) -> Response {
        match &self.tag {
            Some(tag) => tag.reply(headers, json),
            None => ttw_portal::reply::answer(json()),
        }
    }
}
