//! The Lambda function `notify`: the outbox becomes mail.
//!
//! Each submission has an entry in the [`Outbox`](ttw_portal::outbox::Outbox) with its mails: the confirmation to the submitter, the
//! intake mail to the program manager, and a notice to each provider who may share a payment. [`Stationery`] writes them, a
//! [`Transport`] hands them over, and [`Post`] does both for whatever an entry still waits for. A mail goes out at least once; every
//! repeat is the same mail, with the same Message-ID.

mod ledger;
mod letter;
mod log;
mod outcome;
mod post;
mod run;
mod settings;
mod store;
pub mod stream;
mod template;
mod text;
pub mod transport;
mod unwritable;

pub use ledger::{EntryKey, LedgerError, OutboxLedger};
pub use letter::{Letter, Stationery};
pub use outcome::{Outcome, Report};
pub use post::Post;
pub use run::{answer, start};
pub use settings::MailSettings;
pub use store::store_outbox;
pub use transport::{Failure, Transport};
pub use ttw_portal::outbox::Mail;
pub use unwritable::Unwritable;
