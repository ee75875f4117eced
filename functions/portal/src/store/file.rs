//! A form is filed: what is written of it, and the one transaction that writes it.

use super::item::{EXPIRES_AT, Item, LARGEST, item};
use super::keys::{Key, PK};
use super::loading::{SEALED, place};
use super::natural::NaturalFields;
use super::outbox::{UNDELIVERED, stamp};
use super::people::FiledFields;
use super::reading::{DecisionFields, SubmissionFields};
use super::work_case::New;
use super::{Confirmation, FileError, NewSubmission, Status, Store, StoreError};
use crate::identity::Scope;
use crate::outbox::{IntakeTable, Outbox};
use crate::vault::BlindIndex;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Put, TransactWriteItem};
use serde::{Deserialize, Serialize};
use ttw_core::domain::Ein;
use zeroize::Zeroizing;

/// How many items one transaction takes.
const TRANSACTION: usize = 100;
/// How long an answer is given again: seven days.
const ANSWERED_SECONDS: i64 = 7 * 24 * 60 * 60;
/// How much of the keyed hash makes the transaction's token, which has at most 36 characters.
const TOKEN: usize = 32;

/// One part of the transaction: what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Idempotency,
    Link,
    /// A natural key, by its place among those of the form.
    Natural(usize),
    Other,
}

/// A transaction that is ready: the same for every try.
pub(super) struct Prepared {
    pub parts: Vec<Part>,
    pub writes: Vec<TransactWriteItem>,
    /// What is filed about people, where it does not fit into the transaction.
    pub early: Vec<Item>,
    pub token: String,
    pub idempotency: Key,
    pub body: String,
    pub naturals: Vec<Key>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct IdempotencyFields {
    pub body: String,
    pub status: u16,
    pub answer: String,
    pub confirmation: String,
    pub expires_at: i64,
}

#[derive(Serialize)]
struct ConfirmationFields {
    ein: String,
    form: &'static str,
}

#[derive(Serialize)]
struct AuditFields<'a> {
    subject: &'a str,
    action: &'a str,
    form: &'static str,
    confirmation: &'a str,
    at: &'a str,
    request_id: &'a str,
}

/// What every part of the transaction needs.
struct Filing<'a> {
    scope: &'a Scope,
    new: &'a NewSubmission<'a>,
    people: Vec<BlindIndex>,
    at: String,
}

impl Store {
    pub(super) async fn prepare(&self, scope: &Scope, new: &NewSubmission<'_>) -> Result<Prepared, FileError> {
        let mut people = Vec::with_capacity(new.people.len());
        for ssn in new.people {
            people.push(self.vault().blind_index(ssn).await?);
        }
        let filing = Filing { scope, new, people, at: stamp(new.submitted_at) };
        filing.check_size()?;
        let naturals = filing.natural_keys()?;
        let idempotency = idempotency_key(scope, new.attempt.route, new.attempt.key);
        let body = self.body_hash(&idempotency, new.attempt.body).await?;
        let mut parts = vec![
            (Part::Idempotency, put_answer(&idempotency, new, &body)?),
            (Part::Link, filing.link()?),
            (Part::Other, put_new(self.submission(&filing, &naturals).await?)?),
            (Part::Other, put_new(filing.confirmation()?)?),
            (Part::Other, put_new(filing.decision()?)?),
            (Part::Other, put_new(filing.outbox()?)?),
            (Part::Other, put_new(filing.audit("submitted")?)?),
        ];
        for opened in filing.work_case(&naturals)? {
            parts.push((Part::Other, put_new(opened)?));
        }
        for (place, key) in naturals.iter().enumerate() {
            parts.push((Part::Natural(place), put_new(filing.natural(key)?)?));
        }
        let mut early = Vec::new();
        if parts.len() + filing.people.len() <= TRANSACTION {
            for filed in filing.filed(false)? {
                parts.push((Part::Other, put_new(filed)?));
            }
        } else {
            early = filing.filed(true)?;
        }
        let same = format!("{}\n{body}\n{}", idempotency.partition, new.confirmation);
        let token = self.vault().mac("transaction 1", same.as_bytes()).await?.to_text().chars().take(TOKEN).collect();
        let (parts, writes) = parts.into_iter().map(|(part, write)| (part, self.of_table(write))).unzip();
        Ok(Prepared { parts, writes, early, token, idempotency, body, naturals })
    }

    /// The keyed hash of a body, bound to the attempt's record.
    pub(super) async fn body_hash(&self, record: &Key, body: &[u8]) -> Result<String, StoreError> {
        let bound = Zeroizing::new([record.partition.as_bytes(), b"\n", body].concat());
        Ok(self.vault().mac("body 1", &bound).await?.to_text())
    }

    async fn submission(&self, filing: &Filing<'_>, naturals: &[Key]) -> Result<Item, StoreError> {
        let new = filing.new;
        let key = Key::submission(&filing.scope.organization().ein, new.form, &new.confirmation);
        let user = filing.scope.user();
        let fields = SubmissionFields {
            confirmation: new.confirmation.to_string(),
            form: new.form.as_str().to_owned(),
            status: Status::Received,
            submitted_at: filing.at.clone(),
            received_on: new.received_on.to_string(),
            submitter: user.id.to_string(),
            submitter_name: user.name.to_string(),
            submitter_title: user.title.to_string(),
            document: new.document.to_owned(),
            people: filing.people.iter().map(|person| person.as_str().to_owned()).collect(),
            keys: naturals.iter().map(|key| key.partition.clone()).collect(),
            acknowledged: new.acknowledged.clone(),
            rules_version: new.rules_version.to_owned(),
            request_id: new.request_id.to_owned(),
        };
        // As long as it will be from the start: a buffer that grows would leave numbers behind.
        let mut numbers = Zeroizing::new(Vec::with_capacity(9 * new.people.len()));
        new.people.iter().for_each(|ssn| numbers.extend_from_slice(ssn.expose()));
        let sealed = self.vault().seal(&numbers, &place(&key, super::item::SCHEMA)).await?;
        let mut submission = item(&key, &fields)?;
        submission.insert(SEALED.to_owned(), AttributeValue::B(Blob::new(sealed.as_bytes())));
        Ok(submission)
    }

    pub(super) fn of_table(&self, mut write: TransactWriteItem) -> TransactWriteItem {
        let table = self.table();
        if let Some(put) = &mut write.put {
            table.clone_into(&mut put.table_name);
        }
        if let Some(check) = &mut write.condition_check {
            table.clone_into(&mut check.table_name);
        }
        if let Some(delete) = &mut write.delete {
            table.clone_into(&mut delete.table_name);
        }
        write
    }
}

pub(super) fn idempotency_key(scope: &Scope, route: &str, key: &str) -> Key {
    Key::idempotency(&scope.organization().ein, &scope.user().id, route, key)
}

impl Filing<'_> {
    fn check_size(&self) -> Result<(), FileError> {
        let new = self.new;
        let advised = new.advice.as_ref().map_or(0, String::len);
        let decided =
            new.decision.as_ref().map_or(0, |decision| decision.question.len() + decision.determination.len());
        let intake: usize = new.intake.rows.iter().flatten().map(|cell| cell.len() + 3).sum();
        // A person takes 46 bytes of index and 9 of number.
        let document = new.document.len() + new.people.len() * 55;
        let fits = [document, advised + decided, intake, new.reply.body.len()].iter().all(|size| *size <= LARGEST);
        if fits { Ok(()) } else { Err(FileError::TooLarge) }
    }

    fn natural_keys(&self) -> Result<Vec<Key>, StoreError> {
        let of_person = |key: &ttw_core::forms::NaturalKey| {
            self.people.get(key.person).map(|person| Key::natural(key.kind, person, &key.value))
        };
        self.new.keys.iter().map(of_person).collect::<Option<_>>().ok_or(StoreError::Damaged("natural key"))
    }

    fn natural(&self, key: &Key) -> Result<Item, StoreError> {
        let ein = self.scope.organization().ein.digits();
        item(key, &NaturalFields { ein, confirmation: self.new.confirmation.to_string() })
    }

    fn link(&self) -> Result<TransactWriteItem, StoreError> {
        let key = Key::link(&self.scope.organization().ein, &self.scope.user().id);
        let check = ConditionCheck::builder()
            .table_name("")
            .set_key(Some(key.attributes()))
            .condition_expression("#active = :true")
            .expression_attribute_names("#active", "active")
            .expression_attribute_values(":true", AttributeValue::Bool(true));
        Ok(TransactWriteItem::builder().condition_check(check.build().map_err(malformed)?).build())
    }

    fn confirmation(&self) -> Result<Item, StoreError> {
        let ein = self.scope.organization().ein.digits();
        item(
            &Key::confirmation(self.new.confirmation.as_str()),
            &ConfirmationFields { ein, form: self.new.form.as_str() },
        )
    }

    fn decision(&self) -> Result<Item, StoreError> {
        let new = self.new;
        let rules_version = new.rules_version.to_owned();
        let fields = DecisionFields { advice: new.advice.clone(), decision: new.decision.clone(), rules_version };
        item(&Key::decision(&new.confirmation), &fields)
    }

    /// Of a payment request: its work case, with its places in the queue and among the clocks.
    fn work_case(&self, naturals: &[Key]) -> Result<Vec<Item>, StoreError> {
        let (new, organization) = (self.new, self.scope.organization());
        let (Some(opened), Some(person)) = (&new.work_case, self.people.first()) else { return Ok(Vec::new()) };
        opened.items(&New {
            number: &new.confirmation,
            ein: &organization.ein,
            provider_name: &organization.name,
            person: person.as_str(),
            keys: naturals.iter().map(|key| key.partition.clone()).collect(),
        })
    }

    fn filed(&self, early: bool) -> Result<Vec<Item>, StoreError> {
        let (new, organization) = (self.new, self.scope.organization());
        let about = |person: &BlindIndex| {
            let fields = FiledFields {
                confirmation: new.confirmation.to_string(),
                form: new.form.as_str().to_owned(),
                received_on: new.received_on.to_string(),
                provider: organization.provider.to_string(),
                provider_name: organization.name.to_string(),
                payment: new.payment.clone(),
                month: new.month.map(|month| month.to_string()),
                live: true,
                early,
            };
            item(&Key::filed(person.as_str(), new.form, &new.confirmation), &fields)
        };
        self.people.iter().map(about).collect()
    }

    fn outbox(&self) -> Result<Item, StoreError> {
        let (new, user, organization) = (self.new, self.scope.user(), self.scope.organization());
        let intake = IntakeTable {
            heading: new.intake.heading.to_owned(),
            columns: new.intake.columns.iter().map(|&title| title.to_owned()).collect(),
            rows: new.intake.rows.clone(),
        };
        let fields = Outbox {
            confirmation: new.confirmation.to_string(),
            form: new.form.as_str().to_owned(),
            form_name: new.form.name().to_owned(),
            submitted_at: self.at.clone(),
            submitter_name: user.name.to_string(),
            submitter_title: user.title.to_string(),
            submitter_email: user.email.to_string(),
            ein: organization.ein.digits(),
            en_name: organization.name.to_string(),
            beneficiaries: self.people.len(),
            rules_version: new.rules_version.to_owned(),
            request_id: new.request_id.to_owned(),
            intake,
            notices: new.notices.clone(),
            confirmation_sent_at: None,
            intake_sent_at: None,
            confirmation_refused_at: None,
            intake_refused_at: None,
        };
        let key = Key::outbox(&self.at, new.confirmation.as_str());
        let mut outbox = item(&key, &fields)?;
        outbox.insert(UNDELIVERED.to_owned(), AttributeValue::S(key.partition));
        Ok(outbox)
    }

    fn audit(&self, action: &'static str) -> Result<Item, StoreError> {
        audit(self.scope, self.new.form, self.new.confirmation.as_str(), action, &self.at, self.new.request_id)
    }
}

/// Who did what, and when. It holds nothing of beneficiaries.
pub(super) fn audit(
    scope: &Scope,
    form: ttw_core::forms::Form,
    confirmation: &str,
    action: &'static str,
    at: &str,
    request_id: &str,
) -> Result<Item, StoreError> {
    let fields = AuditFields { subject: &scope.user().id, action, form: form.as_str(), confirmation, at, request_id };
    item(&Key::audit(&scope.organization().ein, at, confirmation, action), &fields)
}

/// The same of who acts on an organization's submission without acting for it.
pub(super) fn audit_of(
    ein: &Ein,
    subject: &str,
    form: ttw_core::forms::Form,
    confirmation: &Confirmation,
    action: &str,
    at: &str,
    request_id: &str,
) -> Result<Item, StoreError> {
    let confirmation = confirmation.as_str();
    let fields = AuditFields { subject, action, form: form.as_str(), confirmation, at, request_id };
    item(&Key::audit(ein, at, confirmation, action), &fields)
}

/// A put of an item that is not there yet. The table is named later.
pub(super) fn put_new(item: Item) -> Result<TransactWriteItem, StoreError> {
    let put = Put::builder().table_name("").set_item(Some(item)).condition_expression("attribute_not_exists(#pk)");
    let put = put.expression_attribute_names("#pk", PK).build().map_err(malformed)?;
    Ok(TransactWriteItem::builder().put(put).build())
}

/// The record of the answer; one that has expired and was not yet cleared away gives way.
fn put_answer(key: &Key, new: &NewSubmission<'_>, body: &str) -> Result<TransactWriteItem, StoreError> {
    let now = new.submitted_at.as_second();
    let fields = IdempotencyFields {
        body: body.to_owned(),
        status: new.reply.status,
        answer: new.reply.body.clone(),
        confirmation: new.confirmation.to_string(),
        expires_at: now + ANSWERED_SECONDS,
    };
    let put = Put::builder()
        .table_name("")
        .set_item(Some(item(key, &fields)?))
        .condition_expression("attribute_not_exists(#pk) OR #expires < :now")
        .expression_attribute_names("#pk", PK)
        .expression_attribute_names("#expires", EXPIRES_AT)
        .expression_attribute_values(":now", AttributeValue::N(now.to_string()));
    Ok(TransactWriteItem::builder().put(put.build().map_err(malformed)?).build())
}

fn malformed(_: BuildError) -> StoreError {
    StoreError::Damaged("transaction")
}
