//! Single items: read, put, change; many of them at once.

use super::error::code;
use super::item::Item;
use super::keys::{Key, PK};
use super::patience::Patience;
use super::{Store, StoreError};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, PutRequest, WriteRequest};
use std::collections::HashMap;

/// How many items one batch reads, and writes.
const READ: usize = 100;
const WRITE: usize = 25;

impl Store {
    /// One item, as it is at this moment.
    pub(super) async fn item(&self, key: &Key) -> Result<Option<Item>, StoreError> {
        let request = self.client().await.get_item().table_name(self.table()).set_key(Some(key.attributes()));
        let answer = Box::pin(request.consistent_read(true).send()).await;
        answer.map(|found| found.item).map_err(|error| StoreError::of("GetItem", &error))
    }

    /// Puts one item, whatever was there.
    pub(super) async fn put(&self, item: Item) -> Result<(), StoreError> {
        let mut patience = Patience::new();
        loop {
            let request = self.client().await.put_item().table_name(self.table()).set_item(Some(item.clone()));
            match Box::pin(request.send()).await {
                Ok(_) => return Ok(()),
                Err(error) if conflict(&error) && patience.again().await => {}
                Err(error) => return Err(StoreError::of("PutItem", &error)),
            }
        }
    }

    /// Puts one item in the place of one whose field still says the same; where it said nothing, of none.
    pub(super) async fn put_over(&self, item: Item, field: &str, said: Option<String>) -> Result<(), StoreError> {
        let mut patience = Patience::new();
        loop {
            let request = self.client().await.put_item().table_name(self.table()).set_item(Some(item.clone()));
            let request = match &said {
                Some(said) => request
                    .condition_expression("#field = :said")
                    .expression_attribute_names("#field", field)
                    .expression_attribute_values(":said", AttributeValue::S(said.clone())),
                None => request.condition_expression("attribute_not_exists(#pk)").expression_attribute_names("#pk", PK),
            };
            match Box::pin(request.send()).await {
                Ok(_) => return Ok(()),
                Err(error) if conflict(&error) && patience.again().await => {}
                Err(error) if code(&error) == "ConditionalCheckFailedException" => return Err(StoreError::Changed),
                Err(error) => return Err(StoreError::of("PutItem", &error)),
            }
        }
    }

    /// Many items, as they are at this moment, in no order; those that are not there are left out.
    pub(super) async fn items(&self, keys: &[Key]) -> Result<Vec<Item>, StoreError> {
        let mut found = Vec::new();
        for chunk in keys.chunks(READ) {
            let mut wanted: Vec<_> = chunk.iter().map(Key::attributes).collect();
            let mut patience = Patience::new();
            while !wanted.is_empty() {
                let of_table = KeysAndAttributes::builder().set_keys(Some(wanted)).consistent_read(true).build();
                let of_table = of_table.map_err(|_| StoreError::Damaged("keys"))?;
                let request = self.client().await.batch_get_item().request_items(self.table(), of_table);
                let answer = Box::pin(request.send()).await.map_err(|error| StoreError::of("BatchGetItem", &error))?;
                found.extend(answer.responses.unwrap_or_default().remove(self.table()).unwrap_or_default());
                let left = answer.unprocessed_keys.unwrap_or_default().remove(self.table());
                wanted = left.map(|left| left.keys).unwrap_or_default();
                if !wanted.is_empty() && !patience.again().await {
                    return Err(StoreError::Unavailable { operation: "BatchGetItem", code: "UnprocessedKeys".into() });
                }
            }
        }
        Ok(found)
    }

    /// Puts many items, whatever was there.
    pub(super) async fn put_all(&self, items: Vec<Item>) -> Result<(), StoreError> {
        let put = |item| PutRequest::builder().set_item(Some(item)).build();
        let requests: Result<Vec<_>, _> = items.into_iter().map(put).collect();
        let requests = requests.map_err(|_| StoreError::Damaged("new item"))?;
        for chunk in requests.chunks(WRITE) {
            let mut left: Vec<_> =
                chunk.iter().map(|put| WriteRequest::builder().put_request(put.clone()).build()).collect();
            let mut patience = Patience::new();
            while !left.is_empty() {
                let request = self.client().await.batch_write_item();
                let request = request.set_request_items(Some(HashMap::from([(self.table().to_owned(), left)])));
                let answer =
                    Box::pin(request.send()).await.map_err(|error| StoreError::of("BatchWriteItem", &error))?;
                left = answer.unprocessed_items.unwrap_or_default().remove(self.table()).unwrap_or_default();
                if !left.is_empty() && !patience.again().await {
                    return Err(StoreError::Unavailable {
                        operation: "BatchWriteItem",
                        code: "UnprocessedItems".into(),
                    });
                }
            }
        }
        Ok(())
    }
}

/// Whether a transaction of somebody else stood in the way. The SDK does not try these again.
pub(super) fn conflict<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    matches!(code(error), "TransactionConflictException" | "TransactionInProgressException")
}
