//! What the functions share: one shape of reply and problem, settings, telemetry, and one way to serve.
//!
//! A function is a [`Router`](axum::Router) in a library. [`application`] puts around it what every function does in the same
//! way, [`start`] reads the settings and serves it: to the Lambda runtime where there is one, else on a loopback address.

mod application;
pub mod body;
pub mod caching;
pub mod gateway;
pub mod problem;
pub mod reply;
pub mod server;
pub mod settings;
pub mod telemetry;

pub use application::application;
pub use problem::Refusal;
pub use server::start;
pub use settings::Settings;
