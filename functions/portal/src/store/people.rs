//! What is on file about people, with what was filed about them.

use super::item::{Item, fields};
use super::keys::{FILED, Key, PK, SK, TICKET, person_partition};
use super::loading::TicketFields;
use super::{Confirmation, FiledAbout, Store, StoreError};
use crate::telemetry::note;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use tokio::task::JoinSet;
use ttw_core::domain::{Month, Ssn, parse_date};
use ttw_core::forms::{self, Earlier, Form, Person};

/// How many people are looked up at the same time.
const AT_ONCE: usize = 16;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FiledFields {
    pub confirmation: String,
    pub form: String,
    pub received_on: String,
    pub provider: String,
    pub provider_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    pub live: bool,
    /// Written before the form was on file: counts only if it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub early: bool,
}

/// What stands in one person's partition.
#[derive(Default)]
struct Found {
    ticket: Option<Item>,
    filed: Vec<FiledFields>,
}

impl Store {
    /// What is on file about people, one entry each, in their order; none where nobody of that number is on file.
    ///
    /// # Errors
    /// The table or the vault does not answer, or a record cannot be read.
    pub async fn people(&self, people: &[Ssn]) -> Result<Vec<Option<Person>>, StoreError> {
        let mut partitions = Vec::with_capacity(people.len());
        for ssn in people {
            partitions.push(person_partition(self.vault().blind_index(ssn).await?.as_str()));
        }
        let found: Vec<Found> = self.look_up(&partitions).await?.into_iter().collect::<Result<_, _>>()?;
        let on_file = self.on_file(found.iter().flat_map(|found| &found.filed)).await?;
        found.into_iter().map(|found| read_person(found, &on_file)).collect()
    }

    /// An own record, and what was filed about its person, newest first; none where there is no such record.
    ///
    /// # Errors
    /// The table does not answer, or an item cannot be read.
    pub async fn own_file(&self, own_record: &str) -> Result<Option<(Person, Vec<FiledAbout>)>, StoreError> {
        let found = read_partition(self.partition(person_partition(own_record)).await?)?;
        let on_file = self.on_file(&found.filed).await?;
        let filed = found.filed.iter().filter(|filed| counts(filed, &on_file));
        let mut filed: Vec<FiledAbout> = filed.map(read_filed).collect::<Result<_, _>>()?;
        filed.sort_by(|a, b| b.confirmation.cmp(&a.confirmation));
        Ok(read_person(found, &on_file)?.map(|person| (person, filed)))
    }

    /// The record of an own record, as the person may read it.
    ///
    /// # Errors
    /// The table does not answer, or the record cannot be read.
    pub async fn own_person(&self, own_record: &str) -> Result<Option<Person>, StoreError> {
        let found = read_partition(self.partition(person_partition(own_record)).await?)?;
        let on_file = self.on_file(&found.filed).await?;
        read_person(found, &on_file)
    }

    /// The people of keys under which they are on file, with their numbers masked. One that cannot be read is logged and passed over:
    /// it must not keep the others back.
    pub(super) async fn people_at(&self, keys: &[String]) -> Result<Vec<(Person, String)>, StoreError> {
        let partitions: Vec<String> = keys.iter().map(|key| person_partition(key)).collect();
        let found = self.look_up(&partitions).await?;
        let on_file = self.on_file(found.iter().flatten().flat_map(|found| &found.filed)).await?;
        let mut people = Vec::with_capacity(found.len());
        for found in found {
            let ticket = found.as_ref().ok().and_then(|found| found.ticket.as_ref());
            let masked = ticket.and_then(|ticket| ticket.get("masked")?.as_s().ok()).cloned();
            match found.and_then(|found| read_person(found, &on_file)) {
                Ok(person) => people.extend(person.zip(masked)),
                Err(_) => note("the record of a ticket cannot be read"),
            }
        }
        Ok(people)
    }

    /// What stands in partitions, in their order, some of them at a time; of each whether it can be read.
    async fn look_up(&self, partitions: &[String]) -> Result<Vec<Result<Found, StoreError>>, StoreError> {
        let mut found: Vec<_> = partitions.iter().map(|_| Ok(Found::default())).collect();
        for (entries, partitions) in found.chunks_mut(AT_ONCE).zip(partitions.chunks(AT_ONCE)) {
            let mut queries = JoinSet::new();
            for (place, partition) in partitions.iter().cloned().enumerate() {
                let store = self.clone();
                queries.spawn(async move { (place, store.partition(partition).await) });
            }
            while let Some(answer) = queries.join_next().await {
                let lost = |_| StoreError::Unavailable { operation: "Query", code: "lost".into() };
                let (place, items) = answer.map_err(lost)?;
                if let Some(entry) = entries.get_mut(place) {
                    *entry = read_partition(items?);
                }
            }
        }
        Ok(found)
    }

    /// All of a partition, as it is at this moment.
    pub(super) async fn partition(&self, partition: String) -> Result<Vec<Item>, StoreError> {
        let (mut items, mut from) = (Vec::new(), None);
        loop {
            let request = self.client().await.query().table_name(self.table()).consistent_read(true);
            let request = request.key_condition_expression("#pk = :pk").expression_attribute_names("#pk", PK);
            let request = request.expression_attribute_values(":pk", AttributeValue::S(partition.clone()));
            let answer = Box::pin(request.set_exclusive_start_key(from).send()).await;
            let page = answer.map_err(|error| StoreError::of("Query", &error))?;
            items.extend(page.items.unwrap_or_default());
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(items);
            }
        }
    }

    /// Of what was written early: the numbers that are on file.
    async fn on_file(&self, filed: impl IntoIterator<Item = &FiledFields>) -> Result<HashSet<String>, StoreError> {
        let early: HashSet<&str> =
            filed.into_iter().filter(|filed| filed.early).map(|filed| filed.confirmation.as_str()).collect();
        let keys: Vec<Key> = early.into_iter().map(Key::confirmation).collect();
        let found = self.items(&keys).await?;
        let number = |item: &Item| Key::of(item).and_then(|key| Some(key.partition.split_once('#')?.1.to_owned()));
        Ok(found.iter().filter_map(number).collect())
    }
}

fn counts(filed: &FiledFields, on_file: &HashSet<String>) -> bool {
    !filed.early || on_file.contains(&filed.confirmation)
}

fn read_partition(items: Vec<Item>) -> Result<Found, StoreError> {
    let mut found = Found::default();
    for item in items {
        let sort = item.get(SK).and_then(|sort| sort.as_s().ok()).cloned().unwrap_or_default();
        if sort == TICKET {
            found.ticket = Some(item);
        } else if sort.starts_with(FILED) {
            found.filed.push(fields(item, "filed about")?);
        }
    }
    Ok(found)
}

fn read_person(found: Found, on_file: &HashSet<String>) -> Result<Option<Person>, StoreError> {
    let Some(ticket) = found.ticket else { return Ok(None) };
    let TicketFields { record, .. } = fields(ticket, "person")?;
    let mut person = forms::person(record.as_bytes()).map_err(|_| StoreError::Damaged("person"))?;
    let earlier = found.filed.iter().filter(|filed| counts(filed, on_file));
    person.earlier = earlier.map(|filed| read_filed(filed).map(Earlier::from)).collect::<Result<_, _>>()?;
    Ok(Some(person))
}

fn read_filed(filed: &FiledFields) -> Result<FiledAbout, StoreError> {
    const DAMAGED: StoreError = StoreError::Damaged("filed about");
    let month = filed.month.as_deref().map(|month| Month::parse(month).ok_or(DAMAGED)).transpose()?;
    Ok(FiledAbout {
        confirmation: Confirmation::parse(&filed.confirmation).ok_or(DAMAGED)?,
        form: Form::parse(&filed.form).ok_or(DAMAGED)?,
        received_on: parse_date(&filed.received_on).map_err(|_| DAMAGED)?,
        provider: filed.provider.as_str().into(),
        provider_name: filed.provider_name.as_str().into(),
        payment: filed.payment.as_deref().map(Into::into),
        month,
        live: filed.live,
    })
}

impl From<FiledAbout> for Earlier {
    fn from(filed: FiledAbout) -> Self {
        let FiledAbout { confirmation, form, received_on, provider, payment, month, live, .. } = filed;
        let confirmation = Some(confirmation.as_str().into());
        Self { form, received_on, provider, payment, month, live, confirmation }
    }
}
