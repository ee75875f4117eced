//! Many tickets at once: columns in, columns out, the same answers as [`crate::decision::ledger`].
//!
//! A month is one bit. For each ticket the months that reach a level, and those of a benefit status, are masks of 64 bits; windows
//! such as "3 of 6" are running counts over shifted masks, made for 64 tickets at a time; the lowest bit that is left is the month
//! attained. Levels, windows and counts come from the same tables as everywhere. A ticket that does not fit into 64 months, or whose
//! months lie where a level is not known, is made into a case and judged by the rules themselves.

mod answers;
mod benefits;
mod block;
mod by_rules;
mod calendar;
mod columns;
mod dates;
mod fault;
mod isa;
mod judge;
mod lanes;
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "AVX-512 alone reads limits by year"))]
mod limits;
mod masks;
mod panel;
mod plan;
mod reading;
mod row;
mod run;
mod tickets;
mod windows;

pub use answers::{Answers, Evidence, Milestones, Standing, Wanted};
pub use fault::{Fault, as_of_out_of_range};
pub use isa::InstructionSet;
pub use panel::{Bits, Cents, Codes, Days, List, Offsets, Panel, VrBar};
pub use run::{Failure, Options, Panels};

#[cfg(test)]
mod tests;
