//! The rules of Ticket to Work payments: one case in, one explained decision out.
//!
//! [`Engine`] is the way in. It reads JSON text and answers with JSON text, the same bytes for every caller, or takes and gives
//! the typed values of [`read`] and [`decision`].
//!
//! ```
//! use ttw_core::Engine;
//! let engine = Engine::builtin().unwrap();
//! let problems = engine.decide_json(br#"{"case": {}}"#).unwrap_err();
//! assert!(problems.iter().any(|problem| problem.path == "/case/ticket" && problem.code == "REQ_FIELD_REQUIRED"));
//! ```
//!
//! There is no input or output here, no clock and no network: days and months are always arguments.

pub mod batch;
pub mod calendar;
pub mod caseload;
pub mod claims;
pub mod codes;
pub mod decision;
pub mod domain;
pub mod eligibility;
mod engine;
mod facts;
pub mod forms;
pub mod params;
pub mod problem;
pub mod read;
pub mod table;
#[cfg(test)]
mod testing;
pub mod verification;

pub use engine::{Engine, batch_results_json, problems_json};
pub use facts::{DIFFERENCES, Difference, Policy, PolicyName, Reading, Truth};
pub use problem::Problem;
