//! The outbox: what is still to be mailed, and what was.

use super::item::{EXPIRES_AT, Item, fields};
use super::keys::{Key, PK, SHARDS, SK, outbox_partition};
use super::patience::Patience;
use super::write::conflict;
use super::{Store, StoreError};
use crate::outbox::Outbox;
use crate::telemetry::note;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;

/// The attribute and the index of what is not yet delivered.
pub(super) const UNDELIVERED: &str = "undelivered";
/// How long an outbox item is kept once both mails are out.
const KEPT_SECONDS: i64 = 30 * 24 * 60 * 60;

/// One of the two mails of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mail {
    /// The confirmation to the submitter.
    Confirmation,
    /// The intake mail to the program manager.
    Intake,
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Sent,
    Refused,
}

impl Mail {
    const fn attribute(self, fate: Fate) -> &'static str {
        match (self, fate) {
            (Self::Confirmation, Fate::Sent) => "confirmation_sent_at",
            (Self::Confirmation, Fate::Refused) => "confirmation_refused_at",
            (Self::Intake, Fate::Sent) => "intake_sent_at",
            (Self::Intake, Fate::Refused) => "intake_refused_at",
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Confirmation => Self::Intake,
            Self::Intake => Self::Confirmation,
        }
    }
}

impl Store {
    /// The submissions of before a moment of which a mail is not out, at most `limit` of them. One that cannot be read is logged and
    /// passed over: it must not keep the others back.
    ///
    /// # Errors
    /// The table does not answer.
    pub async fn undelivered(&self, before: Timestamp, limit: usize) -> Result<Vec<Outbox>, StoreError> {
        let mut keys = Vec::new();
        for shard in 0..SHARDS {
            self.undelivered_of(shard, before, limit, &mut keys).await?;
        }
        keys.truncate(limit);
        // The index lags behind; the items do not.
        let still = |item: &Item| item.contains_key(UNDELIVERED);
        let found = self.items(&keys).await?.into_iter().filter(still);
        let readable = |item: Item| {
            let read = fields(item, "outbox");
            if read.is_err() {
                note("an item of the outbox cannot be read");
            }
            read.ok()
        };
        Ok(found.filter_map(readable).collect())
    }

    async fn undelivered_of(
        &self,
        shard: u32,
        before: Timestamp,
        limit: usize,
        keys: &mut Vec<Key>,
    ) -> Result<(), StoreError> {
        let mut from = None;
        while keys.len() < limit {
            let request = self.client().await.query().table_name(self.table()).index_name(UNDELIVERED);
            let request = request.key_condition_expression("#shard = :shard AND #sk < :before");
            let request =
                request.expression_attribute_names("#shard", UNDELIVERED).expression_attribute_names("#sk", SK);
            let request = request.expression_attribute_values(":shard", AttributeValue::S(outbox_partition(shard)));
            let request = request.expression_attribute_values(":before", AttributeValue::S(stamp(before)));
            let page = Box::pin(request.set_exclusive_start_key(from).send()).await;
            let page = page.map_err(|error| StoreError::of("Query", &error))?;
            keys.extend(page.items.unwrap_or_default().iter().filter_map(Key::of));
            from = page.last_evaluated_key;
            if from.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// What is to be mailed about one submission, as it is at this moment.
    ///
    /// # Errors
    /// The table does not answer, or the item cannot be read.
    pub async fn outbox(&self, submitted_at: &str, confirmation: &str) -> Result<Option<Outbox>, StoreError> {
        let found = self.item(&Key::outbox(submitted_at, confirmation)).await?;
        found.map(|item| fields(item, "outbox")).transpose()
    }

    /// Notes that a mail was handed over. The first moment stays; when neither mail is waited for any more the item leaves the index
    /// and gets a time to live.
    ///
    /// # Errors
    /// The table does not answer; [`StoreError::Absent`] where there is no such item.
    pub async fn mark_sent(&self, outbox: &Outbox, mail: Mail, at: Timestamp) -> Result<(), StoreError> {
        self.close(outbox, mail, Fate::Sent, at).await
    }

    /// Notes that a mail was given up, such as one to an address that cannot exist: it is no longer waited for, and was not sent.
    ///
    /// # Errors
    /// The table does not answer; [`StoreError::Absent`] where there is no such item.
    pub async fn mark_refused(&self, outbox: &Outbox, mail: Mail, at: Timestamp) -> Result<(), StoreError> {
        self.close(outbox, mail, Fate::Refused, at).await
    }

    async fn close(&self, outbox: &Outbox, mail: Mail, fate: Fate, at: Timestamp) -> Result<(), StoreError> {
        let key = Key::outbox(&outbox.submitted_at, &outbox.confirmation);
        let mut patience = Patience::new();
        loop {
            // Whichever of the two is noted last closes the item, whoever notes it.
            for last in [true, false] {
                if self.mark(&key, (mail, fate), at, last, &mut patience).await? {
                    return Ok(());
                }
            }
            if self.item(&key).await?.is_none() {
                return Err(StoreError::Absent);
            }
            if !patience.again().await {
                return Err(StoreError::Unavailable { operation: "UpdateItem", code: "Conflict".into() });
            }
        }
    }

    /// False where the other mail is not as `last` says.
    async fn mark(
        &self,
        key: &Key,
        (mail, fate): (Mail, Fate),
        at: Timestamp,
        last: bool,
        patience: &mut Patience,
    ) -> Result<bool, StoreError> {
        let (change, condition) = if last {
            (
                "SET #mail = if_not_exists(#mail, :at), #expires = :expires REMOVE #undelivered",
                "attribute_exists(#other_sent) OR attribute_exists(#other_refused)",
            )
        } else {
            (
                "SET #mail = if_not_exists(#mail, :at)",
                "attribute_exists(#pk) AND attribute_not_exists(#other_sent) AND attribute_not_exists(#other_refused)",
            )
        };
        loop {
            let request = self.client().await.update_item().table_name(self.table()).set_key(Some(key.attributes()));
            let mut request = request.update_expression(change).condition_expression(condition);
            request = request.expression_attribute_names("#mail", mail.attribute(fate));
            let other = mail.other();
            request = request.expression_attribute_names("#other_sent", other.attribute(Fate::Sent));
            request = request.expression_attribute_names("#other_refused", other.attribute(Fate::Refused));
            request = request.expression_attribute_values(":at", AttributeValue::S(stamp(at)));
            request = if last {
                let expires = AttributeValue::N((at.as_second() + KEPT_SECONDS).to_string());
                let request = request.expression_attribute_values(":expires", expires);
                let request = request.expression_attribute_names("#expires", EXPIRES_AT);
                request.expression_attribute_names("#undelivered", UNDELIVERED)
            } else {
                request.expression_attribute_names("#pk", PK)
            };
            match Box::pin(request.send()).await {
                Ok(_) => return Ok(true),
                Err(error)
                    if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
                {
                    return Ok(false);
                }
                Err(error) if conflict(&error) && patience.again().await => {}
                Err(error) => return Err(StoreError::of("UpdateItem", &error)),
            }
        }
    }
}

/// A moment as it is stored: RFC 3339 in UTC with milliseconds, so that text sorts as time does.
pub(super) fn stamp(moment: Timestamp) -> String {
    format!("{moment:.3}")
}
