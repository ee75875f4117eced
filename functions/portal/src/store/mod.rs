//! The one table.
//!
//! [`Store`] is the only adapter: the tests and the laptop run the same code against an embedded database that the cloud runs
//! against DynamoDB. What belongs to an organization is read and written through a [`Scope`](crate::identity::Scope) alone.
//!
//! | item | partition key | sort key | holds | read by |
//! | --- | --- | --- | --- | --- |
//! | provider | `EIN#<ein>` | `PROVIDER` | the organization, JSON | sign-in: key |
//! | user | `USER#<subject>` | `USER` | name, title, e-mail, roles of their own, EIN, own record | sign-in: key |
//! | link | `EIN#<ein>` | `USER#<subject>` | roles, active | sign-in: key; every filing checks it |
//! | person | `PERSON#<blind index>` | `TICKET` | record (JSON), sealed SSN, last four digits | forms: partition, with what was filed |
//! | filed about | `PERSON#<blind index>` | `FILED#<form>#<confirmation>` | form, day, provider, payment, month, live | the same query; the person's own view |
//! | submission | `EIN#<ein>#FORM#<form>` | `SUB#<confirmation>` | document, sealed SSNs, submitter, status | list: partition, newest first; one: key |
//! | confirmation | `CONF#<confirmation>` | `CONF` | EIN, form | by number alone; whether it was filed |
//! | decision | `CONF#<confirmation>` | `DECISION` | advice, question, determination | one: key |
//! | natural key | `UNIQ#<kind>#<blind index>#<value>` | `UNIQ` | EIN, confirmation | filing: condition; who holds it: key |
//! | idempotency | `IDEM#<ein>#<subject>#<route>#<hash of key>` | `IDEM` | keyed hash of the body, answer, confirmation, `expires_at` | before validation, after a failed write: key |
//! | outbox | `OUTBOX#<0 to 7>` | `<submitted at>#<confirmation>` | [`Outbox`](crate::outbox::Outbox); `undelivered` until all its mails are out, then `expires_at` | stream; index `undelivered`: shard, older than |
//! | audit | `AUDIT#<ein>#<yyyy-mm>` | `<submitted at>#<confirmation>#<action>` | who, what, request id | an organization's month: partition |
//! | work case | `CASE#<confirmation>` | `CASE` | the claim's receipt and steps, what arrived, version | one: key; with its snapshot: partition |
//! | decided on | `CASE#<confirmation>` | `DECIDED` | question and determination of the decision | the same partition |
//! | cover sheet | `CASE#<confirmation>` | `SHEET` | when it was issued, and what issued it | key |
//! | queue | `QUEUE` | `<confirmation>` | nothing more; while the case is open | first in, first out: partition |
//! | ticket | `TICKETS#<0 to 7>` | `<blind index>` | nothing more | everybody with a ticket: partitions |
//! | held | `HELD#<provider>` | `<blind index>` | nothing more; whether it is so, the record says | a provider's tickets: partition |
//! | provider's id | `PID#<provider>` | `EIN` | the EIN | key |
//! | clock | `CLOCKS` | `<due on>#<confirmation>` | the day on which a clock acts by itself; while the case is open | what is due, oldest first: partition |
//!
//! Every item carries `schema`. One newer than this code is refused, an older one is brought up to date in `item::upgrade`.
//!
//! A transaction takes 100 items at most and a form has up to 250 people. When what is *filed about* them does not fit, those
//! items are written before the transaction and marked `early`; who reads an early one looks whether its confirmation is on
//! file. So nothing that is filed lacks one, and one that was written for nothing is never seen. An item takes 400 KB at most: a
//! document has up to 256 × 1,024 bytes, and what was advised and decided stands in an item of its own.

mod account;
mod append;
mod caseload;
mod client;
mod confirmation;
mod cursor;
mod error;
mod file;
mod item;
mod keys;
mod loading;
mod natural;
mod outbox;
mod outcome;
mod patience;
mod people;
mod reading;
mod refusing;
mod release;
mod sheet;
mod submission;
mod table;
mod work_case;
mod work_queue;
mod write;

pub use account::{Account, Registered};
pub use append::{AppendError, By, Taking};
pub use caseload::{Caseload, Holder};
pub use client::{KeySettings, StoreSettings, aws_config, tuned};
pub use confirmation::Confirmation;
pub use error::{ListError, StoreError};
pub use submission::{
    Answered, Attempt, Decision, Duplicate, FileError, Filed, FiledAbout, NewSubmission, Page, Receipt, Reply, Status,
    Submission,
};

pub use sheet::Standing;
pub use work_case::{Arrived, Opened, StepTaken, WorkCase};
pub use work_queue::{Queue, QueueFilter, QueueOrder};

use crate::vault::Vault;
use aws_sdk_dynamodb::Client;
use std::fmt;
use std::sync::Arc;
use tokio::sync::OnceCell;

/// The table and the vault. A clone is the same store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    client: OnceCell<Client>,
    table: String,
    vault: Vault,
}

impl Store {
    /// A table through a client, which should be [`tuned`].
    #[must_use]
    pub fn new(client: Client, table: &str, vault: Vault) -> Self {
        Self::with(OnceCell::new_with(Some(client)), table, vault)
    }

    /// The table of the settings. The client is made, and keys are asked for, on first use.
    ///
    /// # Errors
    /// A sentence if the key file cannot be used.
    pub fn from_settings(settings: &StoreSettings) -> Result<Self, String> {
        Ok(Self::with(OnceCell::new(), &settings.table, settings.vault()?))
    }

    /// The vault, for review tokens and whatever else we want back unchanged.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.inner.vault
    }

    fn with(client: OnceCell<Client>, table: &str, vault: Vault) -> Self {
        Self { inner: Arc::new(Inner { client, table: table.to_owned(), vault }) }
    }

    async fn client(&self) -> &Client {
        // What is done once in the life of a process takes no room in every future.
        self.inner.client.get_or_init(|| Box::pin(async { Client::from_conf(tuned(&aws_config().await)) })).await
    }

    fn table(&self) -> &str {
        &self.inner.table
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("table", &self.table()).finish_non_exhaustive()
    }
}
