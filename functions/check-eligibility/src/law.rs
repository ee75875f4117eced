//! The rules and parameters as the engine has them.

use crate::refusal::{RULE_UNKNOWN, RefusedQuery, UnknownRule};
use crate::schema;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use ttw_core::Problem;
use ttw_core::domain::Month;
use ttw_core::problem::code;
use ttw_portal::query::Query;
use ttw_portal::{Portal, Refusal, caching};

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
pub(crate) async fn rules(State(portal): State<Portal>, headers: HeaderMap) -> Response {
    caching::reply(&headers, portal.engine().rules_json())
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
    State(portal): State<Portal>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let rule = id.ok().and_then(|Path(id)| portal.engine().rule_json(&id));
    let rule = rule.ok_or_else(|| Refusal::because(StatusCode::NOT_FOUND, &RULE_UNKNOWN))?;
    Ok(caching::reply(&headers, rule))
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
    State(portal): State<Portal>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let on = month(query.as_deref().unwrap_or_default())?;
    Ok(caching::reply(&headers, portal.engine().parameters_json(on)))
}

/// The month of a query, if it names one and nothing else.
fn month(query: &str) -> Result<Option<Month>, Refusal> {
    let mut query = Query::read(Some(query), &["on"]);
    let on = query.parsed("on", Month::parse, Problem::new(&code::MONTH_FORMAT, "/on"));
    query.finish().map(|()| on)
}
