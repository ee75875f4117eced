//! The JSON of requests and answers, for the OpenAPI document alone: reading and writing is the core's. The tests hold the two
//! together.

mod case;
mod determination;
mod law;
mod ledger;
mod people;
mod question;

pub use case::*;
pub use determination::*;
pub use law::*;
pub use ledger::*;
pub use people::*;
pub use question::*;
pub use ttw_portal::schema::*;
