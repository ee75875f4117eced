//! A portal that is killed at a named point, and what it takes to kill it there without a hook in the portal itself.

mod executioner;
mod office;
mod plan;
mod watched;

pub use executioner::{Executioner, Point};
pub use office::{NoOffice, Office};
pub use plan::{Paper, payment_request, plan};
pub use watched::Watched;
