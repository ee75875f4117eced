//! What only the local server has: an embedded table, synthetic people, an issuer of tokens for made-up users, and a courier that
//! carries the outbox to a folder. No Lambda function links it.

pub mod backstage;
pub mod courier;
pub mod document;
pub mod example;
pub mod issuer;

use axum::Router;
use ttw_portal::Portal;

/// The routes of all functions together.
pub fn routes() -> Router<Portal> {
    Router::new()
        .merge(ttw_portal::service::routes())
        .merge(check_eligibility::routes())
        .merge(submit_pr::routes())
        .merge(eir::routes())
        .merge(iwp::routes())
        .merge(form_1365::routes())
        .merge(tpr::routes())
        .merge(claims::routes())
}
