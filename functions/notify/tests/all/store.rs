//! Delivery from the table itself, embedded.

use crate::memory::{folder_post, now};
use crate::outboxes;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodb::types::AttributeValue;
use notify::{EntryKey, Mail, OutboxLedger, Outcome};
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::net::TcpListener;
use ttw_portal::outbox::Outbox;
use ttw_portal::store::Store;
use ttw_portal::vault::{NoKeys, Vault};

const TABLE: &str = "ttw";

async fn table() -> (Client, Arc<Store>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let database = dynoxide::Database::memory().unwrap();
    tokio::spawn(
        async move { dynoxide::server::serve_with_shutdown(listener, database, std::future::pending()).await },
    );
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(endpoint)
        .build();
    let client = Client::from_conf(config);
    let store = Store::new(client.clone(), TABLE, Vault::new(NoKeys));
    store.create_table().await.unwrap();
    (client, Arc::new(store))
}

/// Puts an entry where the store looks for it, and gives the keys of its item.
async fn put(client: &Client, store: &Store, outbox: &Outbox) -> (String, String) {
    let sort = format!("{}#{}", outbox.submitted_at, outbox.confirmation);
    for shard in 0..8 {
        let partition = format!("OUTBOX#{shard}");
        let mut item: HashMap<String, AttributeValue> = serde_dynamo::to_item(outbox).unwrap();
        for (name, value) in [("PK", &partition), ("SK", &sort), ("undelivered", &partition)] {
            item.insert(name.to_owned(), AttributeValue::S(value.clone()));
        }
        item.insert("schema".to_owned(), AttributeValue::N("1".to_owned()));
        client.put_item().table_name(TABLE).set_item(Some(item)).send().await.unwrap();
        if store.current(&EntryKey::of(outbox)).await.unwrap().is_some() {
            return (partition, sort);
        }
        let delete = client.delete_item().table_name(TABLE);
        delete.key("PK", AttributeValue::S(partition)).key("SK", AttributeValue::S(sort.clone())).send().await.unwrap();
    }
    panic!("no partition is the entry's");
}

#[tokio::test]
async fn what_was_sent_and_what_was_given_up_leave_the_undelivered() {
    let (client, store) = table().await;
    let (_folder, post) = folder_post();
    let good = outboxes::inquiry();
    let [_, _, plan, ..] = outboxes::all();
    let bad = Outbox { submitter_email: "nobody".to_owned(), ..plan };
    put(&client, &store, &good).await;
    put(&client, &store, &bad).await;
    let waiting = OutboxLedger::undelivered(store.as_ref(), now(), 10).await.unwrap();
    assert_eq!(waiting.len(), 2);

    let report = post.deliver(store.as_ref(), &bad, now()).await;
    assert_eq!((report.is_settled(), &report.mails[1]), (true, &Outcome::Sent));
    let entry = store.current(&EntryKey::of(&bad)).await.unwrap().unwrap();
    assert!(Mail::of(&entry).all(|mail| !mail.is_awaited(&entry)));
    assert_eq!((entry.confirmation_sent_at.is_none(), entry.confirmation_refused_at.is_some()), (true, true));
    assert_eq!(OutboxLedger::undelivered(store.as_ref(), now(), 10).await.unwrap(), [good]);
}

#[tokio::test]
async fn a_record_of_the_stream_finds_its_entry() {
    let (client, store) = table().await;
    let (folder, post) = folder_post();
    let (partition, sort) = put(&client, &store, &outboxes::inquiry()).await;
    let event = json!({ "Records": [{
        "eventID": "1", "eventName": "INSERT", "awsRegion": "us-east-1",
        "dynamodb": {
            "Keys": { "PK": { "S": partition }, "SK": { "S": sort } }, "SequenceNumber": "1", "SizeBytes": 1
        }
    }] });
    for _ in 0..2 {
        let response = notify::stream::handle(&post, &store, event.clone(), now()).await.unwrap();
        assert!(response.batch_item_failures.is_empty());
    }
    assert_eq!(folder.files().len(), 2);
    assert!(OutboxLedger::undelivered(store.as_ref(), now(), 10).await.unwrap().is_empty());
}
