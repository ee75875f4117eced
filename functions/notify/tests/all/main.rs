//! The mails as a mail program reads them, the ways they leave, and the stream's batches.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

mod delivery;
mod letters;
mod memory;
mod outboxes;
mod ses;
mod settings;
mod smtp;
mod store;
mod stream;
