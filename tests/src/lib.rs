//! The golden cases of `tests/golden/*.toml`: facts and expected answers, in the words of the documents they come from.
//!
//! The cases are data for three runners: the core (`tests/all`), the HTTP functions and the wheel (both through the binary
//! `golden`, which prints each request with the core's exact answer).

pub mod crash;
pub mod golden;
pub mod rule_pages;
pub mod world;
pub mod year;
