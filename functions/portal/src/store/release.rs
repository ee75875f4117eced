//! A submission is denied or withdrawn: what it held may be filed again.

use super::file::{audit, put_new};
use super::item::fields;
use super::keys::{Key, PK};
use super::outbox::stamp;
use super::patience::Patience;
use super::reading::SubmissionFields;
use super::{Confirmation, Status, Store, StoreError};
use crate::identity::Scope;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, TransactWriteItem, Update};
use jiff::Timestamp;
use ttw_core::forms::Form;

/// How many people's entries are changed in the transaction itself.
const MOST: usize = 90;

impl Store {
    /// Ends one of an organization's submissions: its status changes, its natural keys are free again, and what was filed about
    /// its people is no longer live. Ending it twice the same way changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Absent`] if the organization has none of that form and number, [`StoreError::Closed`] if it has ended
    /// otherwise; the table does not answer.
    pub async fn release(
        &self,
        scope: &Scope,
        form: Form,
        confirmation: &Confirmation,
        status: Status,
        at: Timestamp,
        request_id: &str,
    ) -> Result<(), StoreError> {
        let key = Key::submission(&scope.organization().ein, form, confirmation);
        let mut patience = Patience::new();
        loop {
            let found = self.item(&key).await?.ok_or(StoreError::Absent)?;
            let submission: SubmissionFields = fields(found, "submission")?;
            if submission.status == status {
                return Ok(());
            }
            if submission.status != Status::Received || status == Status::Received {
                return Err(StoreError::Closed);
            }
            if submission.people.len() > MOST {
                return Err(StoreError::Damaged("too many people"));
            }
            let mut writes = vec![self.change(&key, "status", word(Status::Received)?, word(status)?)?];
            for natural in &submission.keys {
                writes.push(self.free(&Key::new(natural.clone(), "UNIQ"), confirmation)?);
            }
            for person in &submission.people {
                let filed = Key::filed(person, form, confirmation);
                writes.push(self.change(&filed, "live", AttributeValue::Bool(true), AttributeValue::Bool(false))?);
            }
            let action = if status == Status::Denied { "denied" } else { "withdrawn" };
            let record = audit(scope, form, confirmation.as_str(), action, &stamp(at), request_id)?;
            writes.push(self.of_table(put_new(record)?));
            let request = self.client().await.transact_write_items().set_transact_items(Some(writes));
            let answer = Box::pin(request.send()).await;
            match answer {
                Ok(_) => return Ok(()),
                // Whether it was done is seen in the next round.
                Err(_) if patience.again().await => {}
                Err(error) => return Err(StoreError::of("TransactWriteItems", &error)),
            }
        }
    }

    /// Changes a field that still is what it was.
    pub(super) fn change(
        &self,
        key: &Key,
        field: &str,
        from: AttributeValue,
        to: AttributeValue,
    ) -> Result<TransactWriteItem, StoreError> {
        let update = Update::builder()
            .table_name(self.table())
            .set_key(Some(key.attributes()))
            .update_expression("SET #field = :to")
            .condition_expression("#field = :from")
            .expression_attribute_names("#field", field)
            .expression_attribute_values(":from", from)
            .expression_attribute_values(":to", to);
        Ok(TransactWriteItem::builder().update(update.build().map_err(malformed)?).build())
    }

    /// Frees a natural key if it is still this submission's.
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

fn malformed(_: BuildError) -> StoreError {
    StoreError::Damaged("transaction")
}
