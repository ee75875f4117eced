//! All functions together: the local server as a process, and the document that describes what it answers.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

mod document;
mod examples;
mod portal;
mod schemas;
mod server;
