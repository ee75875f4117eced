//! What many tickets bring at once: the money that a provider has not asked for, and the claims of the automatic run.
//!
//! Requests in process count as if they were paid: a payment and a month that somebody has asked for are not to be had again (PRQ-01).

mod auto_pay;
mod basis;
pub mod code;
mod on_file;
mod read;
mod standing;
mod table;
mod unclaimed;
mod why;

pub use auto_pay::{
    AutoPay, AutoPayRequest, Looked, NotProposed, Obstacle, Proposal, auto_pay, auto_pay_json, auto_pay_request,
};
pub use basis::Basis;
pub use read::Requested;
pub(crate) use read::cases as read_cases;
pub use standing::Due;
pub use table::table;
pub use unclaimed::{Sum, Ticket, Totals, Unclaimed, UnclaimedRequest, unclaimed, unclaimed_json, unclaimed_request};
pub use why::{Standing, Why};

#[cfg(test)]
mod tests;
