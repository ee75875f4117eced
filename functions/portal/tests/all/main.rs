//! What the functions share, from outside.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

mod application;
mod embedded;
mod faults;
mod filing;
mod kms;
mod load;
mod store;
mod vault;
mod world;
