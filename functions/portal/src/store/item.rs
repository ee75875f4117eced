//! Items: fields, key and version of the schema.

use super::StoreError;
use super::keys::Key;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// The version of the schema that is written.
pub(super) const SCHEMA: u32 = 1;
pub(super) const EXPIRES_AT: &str = "expires_at";
/// How much of an item its largest fields may take; an item takes 400 KB.
pub(super) const LARGEST: usize = 380_000;
const VERSION: &str = "schema";

pub(super) type Item = HashMap<String, AttributeValue>;

/// An item of fields under a key.
pub(super) fn item<T: Serialize>(key: &Key, fields: &T) -> Result<Item, StoreError> {
    let mut item: Item = serde_dynamo::to_item(fields).map_err(|_| StoreError::Damaged("new item"))?;
    item.extend(key.attributes());
    item.insert(VERSION.to_owned(), AttributeValue::N(SCHEMA.to_string()));
    Ok(item)
}

/// The fields of an item; `kind` is told if it cannot be read.
pub(super) fn fields<T: DeserializeOwned>(item: Item, kind: &'static str) -> Result<T, StoreError> {
    serde_dynamo::from_item(upgrade(item, kind)?).map_err(|_| StoreError::Damaged(kind))
}

/// The version an item was written with.
pub(super) fn schema(item: &Item, kind: &'static str) -> Result<u32, StoreError> {
    let version = item.get(VERSION).and_then(|value| value.as_n().ok()).and_then(|text| text.parse().ok());
    version.filter(|version| *version > 0).ok_or(StoreError::Damaged(kind))
}

/// Brings an item up to date. There is one version so far: an item of an earlier one gets its step here.
fn upgrade(item: Item, kind: &'static str) -> Result<Item, StoreError> {
    if schema(&item, kind)? > SCHEMA { Err(StoreError::Newer) } else { Ok(item) }
}
