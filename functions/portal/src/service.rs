//! What every function says of itself.

use crate::schema;
use crate::{OPENAPI_JSON, Portal, Refusal, VERSION, caching, reply};
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Health and the document.
pub fn routes() -> Router<Portal> {
    Router::new().route("/v1/health", get(health)).route("/v1/openapi.json", get(openapi))
}

/// The same as the OpenAPI document has them.
#[must_use]
pub fn describe() -> OpenApi {
    OpenApiRouter::<Portal>::new().routes(routes!(health)).routes(routes!(openapi)).into_openapi()
}

/// Ask whether the service is up
#[utoipa::path(
    get,
    path = "/v1/health",
    tag = "service",
    operation_id = "health",
    responses((status = 200, description = "It is.", body = schema::Health))
)]
async fn health(State(portal): State<Portal>) -> Result<Response, Refusal> {
    let health = schema::Health { status: "ok", version: VERSION, rules_version: portal.engine().version().to_owned() };
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
async fn openapi(headers: HeaderMap) -> Response {
    caching::reply(&headers, OPENAPI_JSON.to_owned())
}
