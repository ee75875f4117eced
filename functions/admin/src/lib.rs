//! ttw-admin: loading providers, users, tickets, earnings and benefits, and a synthetic world to load.
//!
//! [`load()`](load::load) reads a file, says what is wrong with each row, and puts the good ones through a [`Sink`](sink::Sink).
//! [`world::generate`] invents a world that shows every rule at work.

mod checkpoint;
pub mod cli;
mod fields;
pub mod load;
mod merge;
pub mod problem;
pub mod read;
pub mod record;
pub mod row;
pub mod sink;
pub mod source;
mod table;
mod units;
pub mod world;
