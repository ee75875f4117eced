use crate::memory::{Memory, folder_post, now};
use crate::outboxes;
use notify::stream::{UnreadableBatch, handle};
use serde_json::{Value, json};
use ttw_portal::outbox::Outbox;

/// A record as DynamoDB writes it.
fn record(sequence: u32, event: &str, keys: &Value) -> Value {
    json!({
        "eventID": format!("{sequence:032x}"), "eventName": event, "eventVersion": "1.1", "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1", "eventSourceARN": "arn:aws:dynamodb:us-east-1:000000000000:table/ttw/stream/2026-11-22T00:00:00.000",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_790_000_000, "Keys": keys, "NewImage": keys,
            "SequenceNumber": sequence.to_string(), "SizeBytes": 26, "StreamViewType": "NEW_IMAGE"
        }
    })
}

fn entry(sequence: u32, outbox: &Outbox) -> Value {
    let sort = format!("{}#{}", outbox.submitted_at, outbox.confirmation);
    record(sequence, "INSERT", &json!({ "PK": { "S": "OUTBOX#3" }, "SK": { "S": sort } }))
}

fn numbered(number: usize) -> Outbox {
    Outbox { confirmation: format!("CONF-{number:04}"), ..outboxes::inquiry() }
}

async fn failures(post: &std::sync::Arc<notify::Post>, ledger: &std::sync::Arc<Memory>, records: &[Value]) -> Value {
    let response = handle(post, ledger, json!({ "Records": records }), now()).await.unwrap();
    serde_json::to_value(response).unwrap()
}

#[tokio::test]
async fn every_new_entry_is_delivered() {
    let (folder, post) = folder_post();
    let entries: Vec<Outbox> = (0..30).map(numbered).collect();
    let ledger = Memory::with(entries.clone());
    let records: Vec<Value> = (100..).zip(&entries).map(|(number, outbox)| entry(number, outbox)).collect();
    assert_eq!(failures(&post, &ledger, &records).await, json!({ "batchItemFailures": [] }));
    assert_eq!(folder.files().len(), 60);
    assert_eq!(ledger.marks.lock().unwrap().len(), 60);

    folder.clear();
    assert_eq!(failures(&post, &ledger, &records).await, json!({ "batchItemFailures": [] }));
    assert!(folder.files().is_empty(), "a batch that comes again sends nothing again");
}

#[tokio::test]
async fn exactly_the_failing_records_come_again() {
    let (folder, post) = folder_post();
    let ledger = Memory::with((0..4).map(numbered));
    ledger.unreadable.lock().unwrap().insert(numbered(1).confirmation);
    let records = [
        entry(11, &numbered(0)),
        entry(12, &numbered(1)),
        record(13, "INSERT", &json!({ "PK": { "S": "OUTBOX#3" } })),
        entry(14, &numbered(2)),
        record(15, "INSERT", &json!({ "PK": { "S": "EN#1" }, "SK": { "S": "A" } })),
        record(16, "MODIFY", &json!({ "PK": { "S": "OUTBOX#X" }, "SK": { "S": "A" } })),
        record(17, "REMOVE", &json!({ "PK": { "S": "OUTBOX#X" }, "SK": { "S": "A" } })),
        json!({ "eventName": "INSERT", "dynamodb": { "SequenceNumber": "18", "Keys": 7 } }),
        entry(19, &numbered(3)),
        record(21, "INSERT", &json!({ "PK": { "S": "OUTBOX#3" }, "SK": { "S": "CONF-0001" } })),
        entry(20, &numbered(99)),
    ];
    let expected = json!({ "batchItemFailures": [
        { "itemIdentifier": "12" }, { "itemIdentifier": "13" }, { "itemIdentifier": "18" },
        { "itemIdentifier": "21" }
    ] });
    assert_eq!(failures(&post, &ledger, &records).await, expected);
    assert_eq!(folder.files().len(), 6);
}

#[tokio::test]
async fn a_record_whose_mail_fails_comes_again() {
    let (folder, post) = folder_post();
    let ledger = Memory::with([numbered(0)]);
    std::fs::write(&folder.0, "a file stands in its place").unwrap();
    let failed = failures(&post, &ledger, &[entry(11, &numbered(0))]).await;
    assert_eq!(failed, json!({ "batchItemFailures": [{ "itemIdentifier": "11" }] }));
    std::fs::remove_file(&folder.0).unwrap();
}

#[tokio::test]
async fn a_batch_without_sequence_numbers_fails_as_a_whole() {
    let (folder, post) = folder_post();
    let ledger = Memory::with([numbered(0)]);
    let mut nameless = entry(12, &numbered(0));
    nameless["dynamodb"].as_object_mut().unwrap().remove("SequenceNumber");
    for event in [json!({}), json!({ "Records": 1 }), json!({ "Records": [entry(11, &numbered(0)), nameless] })] {
        assert_eq!(handle(&post, &ledger, event, now()).await, Err(UnreadableBatch));
    }
    assert!(folder.files().is_empty());
}
