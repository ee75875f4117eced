//! What only the local server has: an embedded table, synthetic people, an issuer of tokens for made-up users, and a courier that
//! carries the outbox to a folder. No Lambda function links it.

pub mod backstage;
pub mod courier;
pub mod document;
pub mod example;
pub mod issuer;
pub mod page;
pub mod sign_in;

use axum::Router;
use ttw_portal::Portal;

/// Makes the routes of a function.
pub type Routes = fn() -> Router<Portal>;

/// Each function that answers over HTTP, by its crate, and its routes; the first has those that belong to none.
pub const FUNCTIONS: [(&str, Routes); 7] = [
    ("check-eligibility", || check_eligibility::routes().merge(ttw_portal::service::routes())),
    ("submit-pr", submit_pr::routes),
    ("eir", eir::routes),
    ("iwp", iwp::routes),
    ("form-1365", form_1365::routes),
    ("tpr", tpr::routes),
    ("claims", claims::routes),
];

/// The routes of all functions together.
pub fn routes() -> Router<Portal> {
    FUNCTIONS.iter().fold(Router::new(), |all, (_, routes)| all.merge(routes()))
}
