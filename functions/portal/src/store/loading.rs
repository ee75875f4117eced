//! Records of people are loaded.

use super::item::{Item, LARGEST, SCHEMA, fields, item};
use super::keys::Key;
use super::{Store, StoreError};
use crate::vault::Place;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Serialize};
use ttw_core::domain::Ssn;
use ttw_core::forms::{self, Person};

pub(super) const SEALED: &str = "sealed";

#[derive(Serialize, Deserialize)]
pub(super) struct TicketFields {
    pub record: String,
    pub masked: String,
}

impl Store {
    /// Puts the record of a person, JSON as [`forms::person`] reads it. What it says of earlier forms is not kept: that is
    /// known from the forms themselves.
    ///
    /// # Errors
    /// A record that cannot be read, with everything that is wrong with it; the table or the vault does not answer.
    pub async fn put_person(&self, ssn: &Ssn, record: &str) -> Result<(), StoreError> {
        self.put(self.person_item(ssn, record).await?).await
    }

    /// Puts the record of a person in the place of the one that was seen; `is_seen` is asked about the one on file, none where there
    /// is none. Between its answer and the put nobody else's record is lost.
    ///
    /// # Errors
    /// [`StoreError::Changed`] if another record is on file, or this one, put by a try whose answer was lost; otherwise as
    /// [`Store::put_person`].
    pub async fn replace_person(
        &self,
        ssn: &Ssn,
        record: &str,
        is_seen: impl FnOnce(Option<&Person>) -> bool,
    ) -> Result<(), StoreError> {
        let item = self.person_item(ssn, record).await?;
        let key = Key::of(&item).ok_or(StoreError::Damaged("new item"))?;
        let found = self.item(&key).await?;
        let found: Option<TicketFields> = found.map(|found| fields(found, "person")).transpose()?;
        let person = found.as_ref().map(|found| forms::person(found.record.as_bytes())).transpose();
        let mut person = person.map_err(|_| StoreError::Damaged("person"))?;
        if let Some(person) = &mut person {
            person.earlier.clear();
        }
        if !is_seen(person.as_ref()) {
            return Err(StoreError::Changed);
        }
        self.put_over(item, "record", found.map(|found| found.record)).await
    }

    /// The item of a record, whose ticket is noted in the lists of tickets.
    async fn person_item(&self, ssn: &Ssn, record: &str) -> Result<Item, StoreError> {
        let read = forms::person(record.as_bytes()).map_err(StoreError::Record)?;
        if record.len() > LARGEST {
            return Err(StoreError::TooLarge);
        }
        let index = self.vault().blind_index(ssn).await?;
        self.note_ticket(index.as_str(), &read).await?;
        let key = Key::ticket(index.as_str());
        let mut person = item(&key, &TicketFields { record: record.to_owned(), masked: ssn.masked() })?;
        let sealed = self.vault().seal(ssn.expose(), &place(&key, SCHEMA)).await?;
        person.insert(SEALED.to_owned(), AttributeValue::B(Blob::new(sealed.as_bytes())));
        Ok(person)
    }
}

/// Where the numbers of an item stand.
pub(super) fn place(key: &Key, schema: u32) -> Place<'_> {
    Place { partition: &key.partition, sort: &key.sort, schema, field: SEALED }
}
