//! The JSON of requests and answers, for the OpenAPI document alone: reading and writing is the core's. The tests hold the two
//! together.

mod case;
mod determination;
mod law;
mod ledger;
mod question;
mod value;

pub use case::*;
pub use determination::*;
pub use law::*;
pub use ledger::*;
pub use question::*;
pub use value::*;
