//! Events of the table's stream: an entry of the outbox was written, its mails go out.

use crate::ledger::{EntryKey, OutboxLedger};
use crate::log;
use crate::post::Post;
use aws_lambda_events::event::dynamodb::EventRecord;
use aws_lambda_events::event::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use jiff::Timestamp;
use serde::Deserialize;
use serde_dynamo::AttributeValue;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;

/// How the partition key of an entry of the outbox begins.
pub const PARTITION: &str = "OUTBOX#";

/// A batch in which not even the failing record can be named: Lambda is to halve it and try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnreadableBatch;

impl fmt::Display for UnreadableBatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The event is not one of a DynamoDB stream; check what calls this function.")
    }
}

impl std::error::Error for UnreadableBatch {}

#[derive(Deserialize)]
struct Batch {
    #[serde(rename = "Records")]
    records: Vec<Value>,
}

/// Delivers what a batch of records tells of, and names the records that are to come again.
///
/// Each record is read by itself, so that one that cannot be read fails alone: it comes again until its retries are used up, and then
/// goes to the dead letter queue.
///
/// # Errors
/// When the event is not a batch of records with sequence numbers.
pub async fn handle<L: OutboxLedger>(
    post: &Arc<Post>,
    ledger: &Arc<L>,
    event: Value,
    now: Timestamp,
) -> Result<DynamoDbEventResponse, UnreadableBatch> {
    let batch: Batch = serde_json::from_value(event).map_err(|_| UnreadableBatch)?;
    let mut records = Vec::with_capacity(batch.records.len());
    for record in batch.records {
        records.push((sequence_number(&record)?, reading(record)));
    }
    let (mut failed, mut numbers, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for (place, (number, reading)) in records.into_iter().enumerate() {
        match reading {
            Reading::Entry(key) => {
                numbers.push((place, number));
                keys.push(key);
            }
            Reading::Unreadable => {
                log::record(&number);
                failed.push((place, number));
            }
            Reading::Other => {}
        }
    }
    let answers = post.deliver_all(ledger, keys, now).await;
    let settled = answers.iter().map(|answer| match answer {
        Ok(report) => report.as_ref().is_none_or(crate::Report::is_settled),
        Err(_) => false,
    });
    failed.extend(numbers.into_iter().zip(settled).filter(|(_, settled)| !settled).map(|(record, _)| record));
    failed.sort_unstable_by_key(|(place, _)| *place);
    let mut response = DynamoDbEventResponse::default();
    for (_, number) in failed {
        let mut failure = DynamoDbBatchItemFailure::default();
        failure.item_identifier = Some(number);
        response.batch_item_failures.push(failure);
    }
    Ok(response)
}

/// Lambda takes a failure without a number for a failure of the whole batch.
fn sequence_number(record: &Value) -> Result<String, UnreadableBatch> {
    let number = record.pointer("/dynamodb/SequenceNumber").and_then(Value::as_str);
    number.filter(|number| !number.is_empty()).map(str::to_owned).ok_or(UnreadableBatch)
}

enum Reading {
    /// A new entry of the outbox.
    Entry(EntryKey),
    /// Something else that changed.
    Other,
    /// Not a record, or an entry without the keys of one.
    Unreadable,
}

fn reading(record: Value) -> Reading {
    let Ok(record) = serde_json::from_value::<EventRecord>(record) else { return Reading::Unreadable };
    if record.event_name != "INSERT" {
        return Reading::Other;
    }
    let key = |name: &str| match record.change.keys.get(name) {
        Some(AttributeValue::S(text)) => Some(text.as_str()),
        _ => None,
    };
    match key("PK") {
        Some(partition) if partition.starts_with(PARTITION) => {
            key("SK").and_then(EntryKey::of_sort_key).map_or(Reading::Unreadable, Reading::Entry)
        }
        Some(_) => Reading::Other,
        None => Reading::Unreadable,
    }
}
