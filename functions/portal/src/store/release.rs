//! What a step of a claim changes elsewhere: the status of the submission, and what the request held.

use super::keys::{Key, PK};
use super::{Confirmation, Status, Store, StoreError};
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, TransactWriteItem, Update};

impl Store {
    /// Changes a field that still is what it was.
    pub(super) fn change(
        &self,
        key: &Key,
        field: &str,
        from: AttributeValue,
        to: AttributeValue,
    ) -> Result<TransactWriteItem, StoreError> {
        let update = self.set(key, field, to).condition_expression("#field = :from");
        updated(update.expression_attribute_values(":from", from))
    }

    /// Changes a field of an item that is there, whatever it was.
    pub(super) fn put_field(
        &self,
        key: &Key,
        field: &str,
        to: AttributeValue,
    ) -> Result<TransactWriteItem, StoreError> {
        let update = self.set(key, field, to).condition_expression("attribute_exists(#pk)");
        updated(update.expression_attribute_names("#pk", PK))
    }

    fn set(&self, key: &Key, field: &str, to: AttributeValue) -> UpdateBuilder {
        Update::builder()
            .table_name(self.table())
            .set_key(Some(key.attributes()))
            .update_expression("SET #field = :to")
            .expression_attribute_names("#field", field)
            .expression_attribute_values(":to", to)
    }

    /// Frees a natural key of this submission; the transaction comes to nothing where it is another's.
    pub(super) fn free(&self, key: &Key, confirmation: &Confirmation) -> Result<TransactWriteItem, StoreError> {
        let delete = Delete::builder()
            .table_name(self.table())
            .set_key(Some(key.attributes()))
            .condition_expression("attribute_not_exists(#pk) OR #confirmation = :confirmation")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#confirmation", "confirmation")
            .expression_attribute_values(":confirmation", AttributeValue::S(confirmation.to_string()));
        Ok(TransactWriteItem::builder().delete(delete.build().map_err(malformed)?).build())
    }
}

pub(super) fn word(status: Status) -> Result<AttributeValue, StoreError> {
    serde_dynamo::to_attribute_value(status).map_err(|_| StoreError::Damaged("status"))
}

fn updated(update: UpdateBuilder) -> Result<TransactWriteItem, StoreError> {
    Ok(TransactWriteItem::builder().update(update.build().map_err(malformed)?).build())
}

fn malformed(_: BuildError) -> StoreError {
    StoreError::Damaged("transaction")
}
