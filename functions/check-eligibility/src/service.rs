//! The service itself.

use crate::{OPENAPI_JSON, Service, VERSION, schema};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use ttw_portal::{Refusal, reply};

/// Ask whether the service is up
#[utoipa::path(
    get,
    path = "/v1/health",
    tag = "service",
    operation_id = "health",
    responses((status = 200, description = "It is.", body = schema::Health))
)]
pub(crate) async fn health(State(service): State<Service>) -> Result<Response, Refusal> {
    let health = schema::Health { status: "ok", version: VERSION, rules_version: service.engine.version().to_owned() };
    serde_json::to_string(&health).map(reply::answer).map_err(|_| Refusal::internal())
}

/// Show this document
#[utoipa::path(
    get,
    path = "/v1/openapi.json",
    tag = "service",
    operation_id = "openapi",
    responses(
        (status = 200, description = "The OpenAPI 3.1 document.", body = Object),
        (status = 304, description = "The caller holds this version already (If-None-Match)."),
    )
)]
pub(crate) async fn openapi(State(service): State<Service>, headers: HeaderMap) -> Response {
    service.law(&headers, || OPENAPI_JSON.to_owned())
}
