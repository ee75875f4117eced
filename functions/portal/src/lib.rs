//! What the functions share: one shape of reply and problem, settings, telemetry, and one way to serve.
//!
//! A function is a [`Router`](axum::Router) in a library. [`application`] puts around it what every function does in the same
//! way, [`start`] reads the settings and serves it: to the Lambda runtime where there is one, else on a loopback address.

pub mod answers;
mod application;
pub mod body;
pub mod caching;
pub mod clock;
pub mod filing;
pub mod gateway;
pub mod identity;
pub mod outbox;
mod portal;
pub mod problem;
pub mod progress;
pub mod query;
pub mod reply;
pub mod responses;
mod rules;
pub mod schema;
pub mod server;
pub mod service;
pub mod settings;
pub mod store;
pub mod telemetry;
pub mod vault;

pub use application::{IDEMPOTENCY_KEY, application};
pub use portal::{Portal, VERSION};
pub use problem::Refusal;
pub use rules::Rules;
pub use server::start;
pub use settings::Settings;

/// The OpenAPI document of all functions as it is committed and served.
pub const OPENAPI_JSON: &str = include_str!("../openapi.json");
