//! Work cases: what becomes of a payment request after it was filed.
//!
//! A work case is opened by the transaction that files the request. Every step is written on the condition that nobody has written one
//! since the case was read; the same transaction keeps the submission, the queue, the clocks, what the request held and the record of
//! what was paid in step with it.

use super::file::{LARGEST, audit_of, put_new};
use super::item::{Item, fields, item};
use super::keys::{CASE, Key, SK};
use super::loading::TicketFields;
use super::outbox::stamp;
use super::patience::Patience;
use super::release::word;
use super::{Confirmation, Decision, Receipt as Received, Status, Store, StoreError};
use crate::identity::{Manager, Scope};
use aws_lc_rs::rand;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, TransactWriteItem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::fmt;
use ttw_core::Engine;
use ttw_core::claims::{self, Arrival, Claim, Evidence, Otherwise, Receipt, Snapshot, State, Step, demands};
use ttw_core::domain::{Ein, parse_date};
use ttw_core::forms::{self, Form};
use ttw_core::params::Parameters;
use ttw_core::read;

/// The most steps, and the most arrivals, of one work case.
const MOST: usize = 900;
/// The subject of a step that nobody took.
const CLOCK: &str = "clock";

/// Who takes a step.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// A specialist of the program manager.
    Manager(&'a Manager),
    /// The organization that filed the request.
    Provider(&'a Scope),
    /// Nobody: days have gone by.
    Clock,
}

/// A claim that was just received, with the days of its clocks.
#[derive(Debug, Clone)]
pub struct Opened {
    claim: Claim,
    is_half: bool,
    days: Days,
}

/// On which days the clocks of a claim want something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Days {
    /// The first day on which anything is due.
    due_on: Option<Date>,
    /// The first day on which a clock acts by itself.
    acts_on: Option<Date>,
}

/// A step of a work case, as it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTaken {
    /// Its word.
    pub event: String,
    /// The day; of a clock, the one on which it ran out.
    pub on: String,
    /// Of a denial or a diary: why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Of a payment: how much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// Why it is not what the engine proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
    /// When it was entered, RFC 3339 in UTC.
    pub at: String,
    /// The subject of who took it.
    pub by: String,
}

/// Evidence that arrived for a work case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    /// What.
    pub kind: String,
    /// How many pages.
    pub pages: u16,
    /// Whether they can be read.
    pub legible: bool,
    /// The day.
    pub arrived_on: String,
    /// Whether it ended the days that ran for it.
    pub stopped_clock: bool,
    /// When it was entered, RFC 3339 in UTC.
    pub at: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CaseFields {
    pub confirmation: String,
    version: u32,
    /// What wrote this version, so that who got no answer knows.
    written: String,
    ein: String,
    provider: String,
    provider_name: String,
    person: String,
    /// The partitions of the natural keys that the request holds.
    keys: Vec<String>,
    payment: String,
    month: String,
    received_on: String,
    evidence: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    half_twl: bool,
    pub status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_on: Option<String>,
    pub steps: Vec<StepTaken>,
    arrived: Vec<Arrived>,
}

/// The day on which a clock acts by itself stands beside the day by which it is found.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ClockFields {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acts_on: Option<String>,
}

#[derive(Serialize)]
struct QueueFields {}

/// A work case as it is on file.
#[derive(Debug, Clone)]
pub struct WorkCase {
    /// Its number, the confirmation number of the request.
    pub number: Confirmation,
    /// How often it was written.
    pub version: u32,
    /// Who filed the request.
    pub ein: Ein,
    /// Their name.
    pub provider_name: Box<str>,
    /// The claim with its steps.
    pub claim: Claim,
    /// The same steps with who took them and when.
    pub steps: Vec<StepTaken>,
    /// Evidence that arrived.
    pub arrived: Vec<Arrived>,
    /// What it was decided on.
    pub decision: Option<Decision>,
    fields: CaseFields,
}

/// What is written of a work case: the claim after it, and what came with it.
#[derive(Debug, Clone)]
pub struct Taking<'a> {
    /// Who.
    pub by: By<'a>,
    /// The claim after the steps.
    pub claim: Claim,
    /// What arrived, if something did.
    pub arrived: Option<Arrival>,
    /// Why it is not what the engine proposes.
    pub otherwise: Option<Otherwise>,
    /// When.
    pub at: Timestamp,
    /// The id of the request.
    pub request_id: &'a str,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AppendError {
    /// Somebody else has written since the case was read.
    Changed,
    /// It would be larger than the table takes.
    TooLarge,
    /// The table does not answer, or an item cannot be read.
    Store(StoreError),
}

impl By<'_> {
    fn subject(&self) -> &str {
        match self {
            Self::Manager(manager) => &manager.user().id,
            Self::Provider(scope) => &scope.user().id,
            Self::Clock => CLOCK,
        }
    }
}

impl Days {
    fn of(claim: &Claim, parameters: &Parameters) -> Self {
        let all = demands(claim, parameters);
        let acting = all.iter().filter(|due| due.demand.event().is_some());
        Self { due_on: all.iter().map(|due| due.since).min(), acts_on: acting.map(|due| due.since).min() }
    }
}

/// What a work case takes from the form.
#[derive(Deserialize)]
struct Proof {
    #[serde(default)]
    proof_delivery: Option<String>,
    #[serde(default)]
    p1m1_basis: Option<String>,
}

impl Opened {
    /// The work case of a payment request; none where the days of its clocks cannot be counted.
    pub(super) fn of(
        document: &str,
        asked: &read::Claim,
        received: &Received<'_>,
        parameters: &Parameters,
    ) -> Option<Self> {
        let proof: Proof = serde_json::from_str(document).ok()?;
        let evidence = match proof.proof_delivery.as_deref() {
            Some("faxed_in") => Evidence::ToFollow,
            Some(_) => Evidence::NotNeeded,
            // A certification request is its own evidence.
            None => Evidence::Enclosed,
        };
        let receipt = Receipt {
            id: received.confirmation.as_str().into(),
            provider: asked.provider.clone(),
            payment: asked.payment,
            month: asked.month,
            received_on: received.received_on,
            // Numbers sort by time.
            sequence: 0,
            evidence,
            resubmits: None,
        };
        let claim = Claim::receive(receipt, parameters).ok()?;
        let days = Days::of(&claim, parameters);
        Some(Self { claim, is_half: proof.p1m1_basis.as_deref() == Some("half_twl_in_last_period"), days })
    }

    /// What is written when the request is filed.
    pub(super) fn items(&self, about: &New<'_>) -> Result<Vec<Item>, StoreError> {
        let receipt = &self.claim.receipt;
        let fields = CaseFields {
            confirmation: about.number.to_string(),
            version: 1,
            written: about.number.to_string(),
            ein: about.ein.digits(),
            provider: receipt.provider.to_string(),
            provider_name: about.provider_name.to_owned(),
            person: about.person.to_owned(),
            keys: about.keys.clone(),
            payment: receipt.payment.to_string(),
            month: receipt.month.to_string(),
            received_on: receipt.received_on.to_string(),
            evidence: evidence_word(receipt.evidence).to_owned(),
            half_twl: self.is_half,
            status: Status::Received,
            due_on: self.days.due_on.map(|day| day.to_string()),
            steps: Vec::new(),
            arrived: Vec::new(),
        };
        let mut items = vec![item(&Key::work_case(about.number), &fields)?];
        items.push(item(&Key::queue(about.number), &QueueFields {})?);
        if let Some(due_on) = self.days.due_on {
            items.push(clock(due_on, self.days, about.number)?);
        }
        Ok(items)
    }
}

/// Of what a work case is opened.
pub(super) struct New<'a> {
    pub number: &'a Confirmation,
    pub ein: &'a Ein,
    pub provider_name: &'a str,
    pub person: &'a str,
    pub keys: Vec<String>,
}

fn clock(due_on: Date, days: Days, number: &Confirmation) -> Result<Item, StoreError> {
    item(&Key::clock(due_on, number), &ClockFields { acts_on: days.acts_on.map(|day| day.to_string()) })
}

const fn evidence_word(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Enclosed => "enclosed",
        Evidence::ToFollow => "to_follow",
        Evidence::NotNeeded => "not_needed",
    }
}

/// A claim as the core reads it.
#[derive(Serialize)]
struct ClaimText<'a> {
    id: &'a str,
    provider: &'a str,
    payment: &'a str,
    month: &'a str,
    received_on: &'a str,
    evidence: &'a str,
    steps: Vec<StepText<'a>>,
}

#[derive(Serialize)]
struct StepText<'a> {
    event: &'a str,
    on: &'a str,
    reason: Option<&'a str>,
    amount: Option<&'a str>,
    snapshot: Option<SnapshotText<'a>>,
}

#[derive(Serialize)]
struct SnapshotText<'a> {
    question: &'a RawValue,
    determination: &'a RawValue,
}

impl<'a> StepText<'a> {
    fn of(step: &'a StepTaken, decision: Option<&'a Decision>) -> Self {
        let decision = decision.filter(|_| matches!(&*step.event, "pay" | "deny"));
        let snapshot = decision.and_then(|decision| {
            let question = serde_json::from_str(&decision.question).ok()?;
            let determination = serde_json::from_str(&decision.determination).ok()?;
            Some(SnapshotText { question, determination })
        });
        let (reason, amount) = (step.reason.as_deref(), step.amount.as_deref());
        Self { event: &step.event, on: &step.on, reason, amount, snapshot }
    }
}

impl CaseFields {
    pub fn claim(&self, decision: Option<&Decision>, engine: &Engine) -> Option<Claim> {
        let text = ClaimText {
            id: &self.confirmation,
            provider: &self.provider,
            payment: &self.payment,
            month: &self.month,
            received_on: &self.received_on,
            evidence: &self.evidence,
            steps: self.steps.iter().map(|step| StepText::of(step, decision)).collect(),
        };
        claims::claim(engine, serde_json::to_string(&text).ok()?.as_bytes()).ok()
    }
}

impl WorkCase {
    fn read(fields: CaseFields, decision: Option<Decision>, engine: &Engine) -> Result<Self, StoreError> {
        const DAMAGED: StoreError = StoreError::Damaged("work case");
        Ok(Self {
            number: Confirmation::parse(&fields.confirmation).ok_or(DAMAGED)?,
            version: fields.version,
            ein: Ein::parse_registry(&fields.ein).ok_or(DAMAGED)?,
            provider_name: fields.provider_name.as_str().into(),
            claim: fields.claim(decision.as_ref(), engine).ok_or(DAMAGED)?,
            steps: fields.steps.clone(),
            arrived: fields.arrived.clone(),
            decision,
            fields,
        })
    }

    /// One of an open claim, by its item alone.
    pub(super) fn of_item(item: Item, engine: &Engine) -> Result<Self, StoreError> {
        Self::read(fields(item, "work case")?, None, engine)
    }

    /// Whose ticket, by the key under which the person is on file.
    #[must_use]
    pub fn person(&self) -> &str {
        &self.fields.person
    }

    fn submission(&self) -> Key {
        Key::submission(&self.ein, Form::PaymentRequest, &self.number)
    }

    fn clock_key(&self) -> Result<Option<Key>, StoreError> {
        let day = |text: &String| parse_date(text).map_err(|_| StoreError::Damaged("work case"));
        Ok(self.fields.due_on.as_ref().map(day).transpose()?.map(|day| Key::clock(day, &self.number)))
    }
}

/// The fields of a step that was just taken.
fn step_fields(step: &Step, taking: &Taking<'_>, at: &str) -> StepTaken {
    let told = serde_json::to_value(step).unwrap_or_default();
    let text = |name: &str| told.get(name).and_then(Value::as_str).map(str::to_owned);
    let is_clock = step.event.actor() == claims::Actor::Clock;
    let is_persons_last =
        taking.claim.steps.iter().rfind(|step| step.event.actor() != claims::Actor::Clock) == Some(step);
    let otherwise = taking.otherwise.filter(|_| is_persons_last);
    StepTaken {
        event: step.event.as_str().to_owned(),
        on: step.on.to_string(),
        reason: text("reason"),
        amount: text("amount"),
        otherwise: otherwise.and_then(|why| serde_json::to_value(why).ok()?.as_str().map(str::to_owned)),
        at: at.to_owned(),
        by: if is_clock { CLOCK.to_owned() } else { taking.by.subject().to_owned() },
    }
}

impl Store {
    /// One work case, as it is at this moment, with what it was decided on; none of that number.
    ///
    /// # Errors
    /// The table does not answer, or an item cannot be read.
    pub async fn work_case(&self, engine: &Engine, number: &Confirmation) -> Result<Option<WorkCase>, StoreError> {
        let (mut case, mut decision) = (None, None);
        for found in self.partition(Key::work_case(number).partition).await? {
            match found.get(SK).and_then(|sort| sort.as_s().ok()).map(String::as_str) {
                Some(CASE) => case = Some(fields::<CaseFields>(found, "work case")?),
                Some("DECIDED") => decision = Some(fields::<Decision>(found, "decision")?),
                _ => {}
            }
        }
        case.map(|case| WorkCase::read(case, decision, engine)).transpose()
    }

    /// The work case of one of an organization's payment requests; none if it has none of that number.
    ///
    /// # Errors
    /// The table does not answer, or an item cannot be read.
    pub async fn own_work_case(
        &self,
        scope: &Scope,
        engine: &Engine,
        number: &Confirmation,
    ) -> Result<Option<WorkCase>, StoreError> {
        let found = self.work_case(engine, number).await?;
        Ok(found.filter(|case| case.ein == scope.organization().ein))
    }

    /// Writes steps, and whatever follows from them, unless somebody else has written since the case was read.
    ///
    /// # Errors
    /// Why nothing was written.
    pub async fn append(&self, engine: &Engine, case: &WorkCase, taking: &Taking<'_>) -> Result<WorkCase, AppendError> {
        let written = token()?;
        let next = next(case, taking, engine.parameters(), &written)?;
        let snapshot = taking.claim.snapshot().filter(|_| taking.claim.state().is_final());
        let decision = snapshot.map(|snapshot| Decision {
            question: snapshot.question().to_owned(),
            determination: snapshot.determination().to_owned(),
        });
        if decision.as_ref().is_some_and(|decision| decision.question.len() + decision.determination.len() > LARGEST) {
            return Err(AppendError::TooLarge);
        }
        let mut patience = Patience::new();
        loop {
            let writes = self.writes(case, taking, &next, decision.as_ref()).await?;
            let writes = writes.into_iter().map(|write| self.of_table(write)).collect();
            let request = self.client().await.transact_write_items().set_transact_items(Some(writes));
            let Err(error) = Box::pin(request.send()).await else { break };
            // What is on file tells what became of it.
            match self
                .item(&Key::work_case(&case.number))
                .await
                .map(|found| found.map(|found| fields(found, "work case")))
            {
                Ok(Some(Ok(CaseFields { written: by, .. }))) if by == written => break,
                Ok(Some(Ok(CaseFields { version, .. }))) if version != case.version => {
                    return Err(AppendError::Changed);
                }
                _ if patience.again().await => {}
                _ => return Err(AppendError::Store(StoreError::of("TransactWriteItems", &error))),
            }
        }
        Ok(WorkCase::read(next.0, decision, engine)?)
    }

    /// Everything that one transaction writes.
    async fn writes(
        &self,
        case: &WorkCase,
        taking: &Taking<'_>,
        (next, days): &(CaseFields, Days),
        decision: Option<&Decision>,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let number = &case.number;
        let mut writes = vec![put_version(item(&Key::work_case(number), next)?, case.version)?];
        if let Some(decision) = decision {
            writes.push(put_new(item(&Key::decided(number), decision)?)?);
        }
        if next.status != case.fields.status {
            let (from, to) = (word(case.fields.status)?, word(next.status)?);
            writes.push(self.change(&case.submission(), "status", from, to)?);
        }
        let (old, new) = (case.clock_key()?, days.due_on.map(|day| Key::clock(day, number)));
        if let Some(old) = old.filter(|old| new.as_ref() != Some(old)) {
            writes.push(delete(&old)?);
        }
        if let Some(due_on) = days.due_on {
            writes.push(put(clock(due_on, *days, number)?)?);
        }
        if taking.claim.state().is_final() {
            writes.push(delete(&Key::queue(number))?);
        }
        match taking.claim.state() {
            State::Denied(_) | State::Withdrawn => {
                for natural in &case.fields.keys {
                    writes.push(self.free(&Key::new(natural.clone(), "UNIQ"), number)?);
                }
                let filed = Key::filed(&case.fields.person, Form::PaymentRequest, number);
                writes.push(self.change(&filed, "live", AttributeValue::Bool(true), AttributeValue::Bool(false))?);
            }
            State::Paid => writes.extend(self.posted(case, taking).await?),
            _ => {}
        }
        let at = stamp(taking.at);
        let new = next.steps.iter().skip(case.fields.steps.len()).map(|step| (&*step.event, &*step.by));
        let arrived = taking.arrived.iter().map(|_| ("evidence", taking.by.subject()));
        for (action, subject) in new.chain(arrived) {
            writes.push(put(audit_of(
                &case.ein,
                subject,
                Form::PaymentRequest,
                number,
                action,
                &at,
                taking.request_id,
            )?)?);
        }
        Ok(writes)
    }

    /// The payment as it stands in the person's record from now on; none where there is no record to change.
    async fn posted(&self, case: &WorkCase, taking: &Taking<'_>) -> Result<Option<TransactWriteItem>, StoreError> {
        let key = Key::ticket(&case.fields.person);
        let Some(found) = self.item(&key).await? else { return Ok(None) };
        let TicketFields { record, .. } = fields(found, "person")?;
        // What is not noted could be paid twice.
        let changed = with_payment(&record, case, &taking.claim).ok_or(StoreError::Damaged("person"))?;
        self.change(&key, "record", AttributeValue::S(record), AttributeValue::S(changed)).map(Some)
    }
}

/// The work case after a step, and the days of its clocks.
fn next(
    case: &WorkCase,
    taking: &Taking<'_>,
    parameters: &Parameters,
    written: &str,
) -> Result<(CaseFields, Days), AppendError> {
    let at = stamp(taking.at);
    let days = Days::of(&taking.claim, parameters);
    let mut next = case.fields.clone();
    let new = taking.claim.steps.iter().skip(case.claim.steps.len());
    let stopped_clock = new.clone().any(|step| step.event == claims::Event::DocumentsArrive);
    next.steps.extend(new.map(|step| step_fields(step, taking, &at)));
    next.arrived.extend(taking.arrived.map(|arrival| Arrived {
        kind: arrival.kind.as_str().to_owned(),
        pages: arrival.pages,
        legible: arrival.legible,
        arrived_on: arrival.arrived_on.to_string(),
        stopped_clock,
        at,
    }));
    if next.steps.len() > MOST || next.arrived.len() > MOST {
        return Err(AppendError::TooLarge);
    }
    next.version = case.version.saturating_add(1);
    written.clone_into(&mut next.written);
    next.status = taking.claim.state().into();
    next.due_on = days.due_on.map(|day| day.to_string());
    Ok((next, days))
}

/// A record with a payment more; none if it could not be read then.
fn with_payment(record: &str, case: &WorkCase, claim: &Claim) -> Option<String> {
    let Some(Step { event: claims::Event::Pay { amount, snapshot }, .. }) = claim.steps.last() else { return None };
    let determination: Value = serde_json::from_str(snapshot.as_deref().map(Snapshot::determination)?).ok()?;
    let mut changed: Value = serde_json::from_str(record).ok()?;
    let entry = json!({
        "payment": determination.get("payment")?, "month": case.fields.month, "provider": case.fields.provider,
        "amount": amount, "half_twl": case.fields.half_twl,
    });
    let facts = changed.get_mut("case")?.as_object_mut()?;
    facts.entry("payments").or_insert_with(|| json!([])).as_array_mut()?.push(entry);
    let changed = changed.to_string();
    forms::person(changed.as_bytes()).ok()?;
    Some(changed)
}

/// What tells one write from another.
pub(super) fn token() -> Result<String, StoreError> {
    let mut chance = [0; 16];
    rand::fill(&mut chance).map_err(|_| crate::vault::VaultError::NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(chance))
}

/// A put in the place of a version. The table is named later.
fn put_version(item: Item, version: u32) -> Result<TransactWriteItem, StoreError> {
    let put = Put::builder().table_name("").set_item(Some(item)).condition_expression("#version = :version");
    let put = put.expression_attribute_names("#version", "version");
    let put = put.expression_attribute_values(":version", AttributeValue::N(version.to_string()));
    Ok(TransactWriteItem::builder().put(put.build().map_err(malformed)?).build())
}

fn put(item: Item) -> Result<TransactWriteItem, StoreError> {
    let put = Put::builder().table_name("").set_item(Some(item)).build().map_err(malformed)?;
    Ok(TransactWriteItem::builder().put(put).build())
}

fn delete(key: &Key) -> Result<TransactWriteItem, StoreError> {
    let delete = Delete::builder().table_name("").set_key(Some(key.attributes())).build().map_err(malformed)?;
    Ok(TransactWriteItem::builder().delete(delete).build())
}

fn malformed(_: BuildError) -> StoreError {
    StoreError::Damaged("transaction")
}

impl fmt::Display for AppendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("The work case has changed since it was read; read it again."),
            Self::TooLarge => f.write_str("The work case is larger than can be stored."),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AppendError {}

impl From<StoreError> for AppendError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
