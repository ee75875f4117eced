//! The outbox: what is still to be mailed, and what was.

use super::item::{EXPIRES_AT, Item, fields};
use super::keys::{Key, PK, SHARDS, SK, outbox_partition};
use super::patience::Patience;
use super::write::conflict;
use super::{Store, StoreError};
use crate::outbox::{Mail, Outbox};
use crate::telemetry::note_of;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;

/// The attribute and the index of what is not yet delivered.
pub(super) const UNDELIVERED: &str = "undelivered";
/// How long an outbox item is kept once all its mails are out.
const KEPT_SECONDS: i64 = 30 * 24 * 60 * 60;

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Sent,
    Refused,
}

/// The attribute of a mail's fate.
fn attribute(mail: Mail, fate: Fate) -> String {
    match (mail, fate) {
        (Mail::Confirmation, Fate::Sent) => "confirmation_sent_at".to_owned(),
        (Mail::Confirmation, Fate::Refused) => "confirmation_refused_at".to_owned(),
        (Mail::Intake, Fate::Sent) => "intake_sent_at".to_owned(),
        (Mail::Intake, Fate::Refused) => "intake_refused_at".to_owned(),
        (Mail::SplitNotice(place), Fate::Sent) => format!("notices[{place}].sent_at"),
        (Mail::SplitNotice(place), Fate::Refused) => format!("notices[{place}].refused_at"),
    }
}

impl Store {
    /// The submissions of before a moment of which a mail is not out, at most `limit` of them. One that cannot be read is logged and
    /// passed over: it must not keep the others back.
    ///
    /// # Errors
    /// The table does not answer.
    pub async fn undelivered(&self, before: Timestamp, limit: usize) -> Result<Vec<Outbox>, StoreError> {
        let mut of_shards = Vec::new();
        for shard in 0..SHARDS {
            of_shards.push(self.undelivered_of(shard, before, limit).await?);
        }
        // By turns: what waits for ever in one must not keep the others back.
        let by_turns = (0..limit).flat_map(|turn| of_shards.iter().filter_map(move |keys| keys.get(turn)));
        let keys: Vec<Key> = by_turns.take(limit).cloned().collect();
        // The index lags behind; the items do not.
        let still = |item: &Item| item.contains_key(UNDELIVERED);
        let found = self.items(&keys).await?.into_iter().filter(still);
        let readable = |item: Item| {
            let number = item.get("confirmation").and_then(|number| number.as_s().ok()).cloned();
            let read = fields(item, "outbox");
            if read.is_err() {
                note_of("an item of the outbox cannot be read", &number.unwrap_or_default());
            }
            read.ok()
        };
        Ok(found.filter_map(readable).collect())
    }

    async fn undelivered_of(&self, shard: u32, before: Timestamp, limit: usize) -> Result<Vec<Key>, StoreError> {
        let (mut keys, mut from) = (Vec::new(), None);
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
        Ok(keys)
    }

    /// What is to be mailed about one submission, as it is at this moment.
    ///
    /// # Errors
    /// The table does not answer, or the item cannot be read.
    pub async fn outbox(&self, submitted_at: &str, confirmation: &str) -> Result<Option<Outbox>, StoreError> {
        let found = self.item(&Key::outbox(submitted_at, confirmation)).await?;
        found.map(|item| fields(item, "outbox")).transpose()
    }

    /// Notes that a mail was handed over. The first moment stays; when no mail is waited for any more the item leaves the index
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
            // Whichever mail is noted last closes the item, whoever notes it.
            for last in [true, false] {
                if self.mark(&key, outbox, (mail, fate), at, last, &mut patience).await? {
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

    /// False where the other mails are not as `last` says: all of them out, or one of them not.
    async fn mark(
        &self,
        key: &Key,
        outbox: &Outbox,
        (mail, fate): (Mail, Fate),
        at: Timestamp,
        last: bool,
        patience: &mut Patience,
    ) -> Result<bool, StoreError> {
        let others: Vec<(String, String)> = Mail::of(outbox)
            .filter(|other| *other != mail)
            .map(|other| (attribute(other, Fate::Sent), attribute(other, Fate::Refused)))
            .collect();
        let is_out = |(sent, refused)| format!("(attribute_exists({sent}) OR attribute_exists({refused}))");
        let is_not = |(sent, refused)| format!("attribute_not_exists({sent}) AND attribute_not_exists({refused})");
        let noted = attribute(mail, fate);
        let mut change = format!("SET {noted} = if_not_exists({noted}, :at)");
        // AND binds more tightly than OR, and DynamoDB takes no parentheses too many.
        let condition = if last {
            change.push_str(", #expires = :expires REMOVE #undelivered");
            format!("attribute_exists(#pk) AND {}", others.into_iter().map(is_out).collect::<Vec<_>>().join(" AND "))
        } else {
            format!("attribute_exists(#pk) AND ({})", others.into_iter().map(is_not).collect::<Vec<_>>().join(" OR "))
        };
        loop {
            let request = self.client().await.update_item().table_name(self.table()).set_key(Some(key.attributes()));
            let mut request = request.update_expression(&change).condition_expression(&condition);
            request = request.expression_attribute_values(":at", AttributeValue::S(stamp(at)));
            request = request.expression_attribute_names("#pk", PK);
            if last {
                let expires = AttributeValue::N((at.as_second() + KEPT_SECONDS).to_string());
                request = request.expression_attribute_values(":expires", expires);
                request = request.expression_attribute_names("#expires", EXPIRES_AT);
                request = request.expression_attribute_names("#undelivered", UNDELIVERED);
            }
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
