//! Which tickets there are, and who has or had them.
//!
//! Both are noted before the record they are about is written. What is noted may be out of date, so that the record has the last word.

use super::item::{fields, item};
use super::keys::{CASE, Key, SHARDS, held_partition, tickets_partition};
use super::work_case::CaseFields;
use super::{Confirmation, Decision, ListError, Status, Store, StoreError};
use crate::identity::{Manager, Scope};
use crate::telemetry::note_of;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use ttw_core::Engine;
use ttw_core::claims::Claim;
use ttw_core::forms::Person;

/// Some of the tickets.
#[derive(Debug)]
pub struct Caseload {
    /// Whose they are.
    pub holders: Vec<Holder>,
    /// Where it goes on; none at its end.
    pub cursor: Option<String>,
}

/// A person with a ticket.
#[derive(Debug)]
pub struct Holder {
    /// What is on file.
    pub person: Person,
    /// The number by its last four digits.
    pub ssn: String,
}

#[derive(Serialize)]
struct NoFields {}

impl Store {
    /// Tickets that are or were assigned to an organization, from a cursor on, at most `limit`.
    ///
    /// # Errors
    /// A cursor of another list; the table does not answer.
    pub async fn own_tickets(&self, scope: &Scope, cursor: Option<&str>, limit: usize) -> Result<Caseload, ListError> {
        let provider = &scope.organization().provider;
        let mut caseload = self.caseload(&[held_partition(provider)], cursor, limit).await?;
        caseload.holders.retain(|holder| holder.person.assignments_to(provider).next().is_some());
        Ok(caseload)
    }

    /// All tickets, from a cursor on, at most `limit`.
    ///
    /// # Errors
    /// A cursor of another list; the table does not answer.
    pub async fn all_tickets(&self, _by: &Manager, cursor: Option<&str>, limit: usize) -> Result<Caseload, ListError> {
        let partitions: Vec<String> = (0..SHARDS).map(tickets_partition).collect();
        self.caseload(&partitions, cursor, limit).await
    }

    /// The claims of work cases that are decided, with what they were decided on. One that cannot be read is logged and passed over.
    ///
    /// # Errors
    /// The table does not answer.
    pub async fn decided_claims(
        &self,
        _by: &Manager,
        engine: &Engine,
        numbers: &[Confirmation],
    ) -> Result<Vec<Claim>, StoreError> {
        let keys: Vec<Key> = numbers.iter().flat_map(|number| [Key::work_case(number), Key::decided(number)]).collect();
        let (mut cases, mut decisions) = (BTreeMap::new(), HashMap::new());
        for found in self.items(&keys).await? {
            let Some(key) = Key::of(&found) else { continue };
            if key.sort == CASE {
                cases.insert(key.partition, fields::<CaseFields>(found, "work case"));
            } else {
                decisions.insert(key.partition, fields::<Decision>(found, "decision"));
            }
        }
        let mut claims = Vec::new();
        for (partition, case) in cases {
            let number = partition.split_once('#').map_or("", |(_, number)| number).to_owned();
            let claim = case.and_then(|case| match case.status {
                Status::Paid | Status::Denied => {
                    let decision = decisions.remove(&partition).transpose()?;
                    case.claim(decision.as_ref(), engine).ok_or(StoreError::Damaged("work case")).map(Some)
                }
                _ => Ok(None),
            });
            match claim {
                Ok(claim) => claims.extend(claim),
                Err(_) => note_of("a decided work case cannot be read", &number),
            }
        }
        Ok(claims)
    }

    /// The tickets of partitions, one partition after the other.
    async fn caseload(&self, partitions: &[String], cursor: Option<&str>, limit: usize) -> Result<Caseload, ListError> {
        let list = partitions.join("\n");
        let (mut place, mut after) = match cursor {
            Some(cursor) => read_place(&self.read_cursor(&list, cursor).await?).ok_or(ListError::Cursor)?,
            None => (0, None),
        };
        let mut keys = Vec::new();
        while let Some(partition) = partitions.get(place)
            && keys.len() < limit
        {
            let (items, more) = self.sorted(partition, after.as_deref(), None, limit - keys.len()).await?;
            keys.extend(items.iter().filter_map(Key::of).map(|key| key.sort));
            (place, after) = if more { (place, keys.last().cloned()) } else { (place + 1, None) };
        }
        let cursor = if place < partitions.len() {
            Some(self.cursor_after(&list, &format!("{place} {}", after.unwrap_or_default())).await?)
        } else {
            None
        };
        let people = self.people_at(&keys).await?;
        let mut holders: Vec<Holder> = people.into_iter().map(|(person, ssn)| Holder { person, ssn }).collect();
        // Within a page by ticket: the order of the keys says nothing to anybody.
        holders.sort_by(|one, other| one.person.case.ticket_id.cmp(&other.person.case.ticket_id));
        Ok(Caseload { holders, cursor })
    }

    /// Notes the ticket of a record that is about to be written, and whose it is or was.
    pub(super) async fn note_ticket(&self, key: &str, record: &Person) -> Result<(), StoreError> {
        let providers: BTreeSet<&str> = record.case.assignments.iter().map(|held| &*held.provider).collect();
        let mut notes = vec![item(&Key::on_file(key), &NoFields {})?];
        for provider in providers {
            notes.push(item(&Key::held(provider, key), &NoFields {})?);
        }
        self.put_all(notes).await
    }
}

/// The partition, and the last key of it that was told.
fn read_place(text: &str) -> Option<(usize, Option<String>)> {
    let (place, after) = text.split_once(' ')?;
    Some((place.parse().ok()?, Some(after.to_owned()).filter(|after| !after.is_empty())))
}
