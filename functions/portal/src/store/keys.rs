//! The keys of the items, in one place.

use super::Confirmation;
use crate::vault::BlindIndex;
use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::Date;
use std::collections::HashMap;
use ttw_core::domain::Ein;
use ttw_core::forms::Form;

pub(super) const PK: &str = "PK";
pub(super) const SK: &str = "SK";
pub(super) const FILED: &str = "FILED#";
pub(super) const TICKET: &str = "TICKET";
pub(super) const CASE: &str = "CASE";
pub(super) const QUEUE: &str = "QUEUE";
pub(super) const CLOCKS: &str = "CLOCKS";
/// Over how many partitions the outbox and the tickets are spread.
pub(super) const SHARDS: u32 = 8;

/// The key of one item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub partition: String,
    pub sort: String,
}

impl Key {
    pub fn new(partition: String, sort: impl Into<String>) -> Self {
        Self { partition, sort: sort.into() }
    }

    pub fn provider(ein: &Ein) -> Self {
        Self::new(format!("EIN#{}", ein.digits()), "PROVIDER")
    }

    pub fn user(subject: &str) -> Self {
        Self::new(format!("USER#{subject}"), "USER")
    }

    pub fn link(ein: &Ein, subject: &str) -> Self {
        Self::new(format!("EIN#{}", ein.digits()), format!("USER#{subject}"))
    }

    pub fn ticket(person: &str) -> Self {
        Self::new(person_partition(person), TICKET)
    }

    pub fn filed(person: &str, form: Form, confirmation: &Confirmation) -> Self {
        Self::new(person_partition(person), format!("{FILED}{}#{confirmation}", form.as_str()))
    }

    pub fn submission(ein: &Ein, form: Form, confirmation: &Confirmation) -> Self {
        Self::new(submissions_partition(ein, form), format!("SUB#{confirmation}"))
    }

    pub fn confirmation(confirmation: &str) -> Self {
        Self::new(format!("CONF#{confirmation}"), "CONF")
    }

    pub fn decision(confirmation: &Confirmation) -> Self {
        Self::new(format!("CONF#{confirmation}"), "DECISION")
    }

    pub fn natural(kind: &str, person: &BlindIndex, value: &str) -> Self {
        Self::new(format!("UNIQ#{kind}#{}#{value}", person.as_str()), "UNIQ")
    }

    /// The caller's key may be anything, so that its hash stands for it.
    pub fn idempotency(ein: &Ein, subject: &str, route: &str, key: &str) -> Self {
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, key.as_bytes());
        let hash = URL_SAFE_NO_PAD.encode(hash.as_ref());
        Self::new(format!("IDEM#{}#{subject}#{route}#{hash}", ein.digits()), "IDEM")
    }

    pub fn outbox(submitted_at: &str, confirmation: &str) -> Self {
        Self::new(outbox_partition(shard(confirmation)), format!("{submitted_at}#{confirmation}"))
    }

    pub fn audit(ein: &Ein, at: &str, confirmation: &str, action: &str) -> Self {
        let month: String = at.chars().take("2026-01".len()).collect();
        Self::new(format!("AUDIT#{}#{month}", ein.digits()), format!("{at}#{confirmation}#{action}"))
    }

    pub fn work_case(number: &Confirmation) -> Self {
        Self::new(format!("CASE#{number}"), CASE)
    }

    pub fn decided(number: &Confirmation) -> Self {
        Self::new(format!("CASE#{number}"), "DECIDED")
    }

    pub fn sheet(number: &Confirmation) -> Self {
        Self::new(format!("CASE#{number}"), "SHEET")
    }

    pub fn queue(number: &Confirmation) -> Self {
        Self::new(QUEUE.to_owned(), number.as_str())
    }

    pub fn clock(due_on: Date, number: &Confirmation) -> Self {
        Self::new(CLOCKS.to_owned(), format!("{due_on}#{number}"))
    }

    /// A person's place among everybody with a ticket.
    pub fn on_file(person: &str) -> Self {
        Self::new(tickets_partition(shard(person)), person)
    }

    /// A person's place among the tickets that a provider has or had.
    pub fn held(provider: &str, person: &str) -> Self {
        Self::new(held_partition(provider), person)
    }

    /// Where the EIN of a provider's id stands.
    pub fn named(provider: &str) -> Self {
        Self::new(format!("PID#{provider}"), "EIN")
    }

    /// As the SDK takes it.
    pub fn attributes(&self) -> HashMap<String, AttributeValue> {
        HashMap::from([
            (PK.to_owned(), AttributeValue::S(self.partition.clone())),
            (SK.to_owned(), AttributeValue::S(self.sort.clone())),
        ])
    }

    /// Of an item.
    pub fn of(item: &HashMap<String, AttributeValue>) -> Option<Self> {
        let text = |name| item.get(name).and_then(|value| value.as_s().ok()).cloned();
        Some(Self { partition: text(PK)?, sort: text(SK)? })
    }
}

pub(super) fn person_partition(person: &str) -> String {
    format!("PERSON#{person}")
}

pub(super) fn submissions_partition(ein: &Ein, form: Form) -> String {
    format!("EIN#{}#FORM#{}", ein.digits(), form.as_str())
}

pub(super) fn outbox_partition(shard: u32) -> String {
    format!("OUTBOX#{shard}")
}

pub(super) fn held_partition(provider: &str) -> String {
    format!("HELD#{provider}")
}

pub(super) fn tickets_partition(shard: u32) -> String {
    format!("TICKETS#{shard}")
}

/// The same text always falls to the same shard.
fn shard(text: &str) -> u32 {
    text.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % SHARDS
}
