//! Steps of a work case: one transaction each.
//!
//! Every step is written on the condition that nobody has written one since the case was read; the same transaction keeps the
//! submission, the queue, the clocks, what the request held and the record of what was paid in step with it.

use super::file::{audit_of, put_new};
use super::item::{Item, LARGEST, fields, item};
use super::keys::Key;
use super::loading::TicketFields;
use super::outbox::stamp;
use super::patience::Patience;
use super::release::word;
use super::work_case::{Arrived, CaseFields, Days, StepTaken, WorkCase, clock};
use super::{Decision, Store, StoreError};
use crate::identity::{Manager, Scope};
use aws_lc_rs::rand;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, TransactWriteItem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::fmt;
use ttw_core::Engine;
use ttw_core::claims::{self, Arrival, Claim, Otherwise, State, Step};
use ttw_core::domain::{Case, PayStatement};
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
    /// Who shares what is paid, JSON.
    pub shares: Option<String>,
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

impl Store {
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
            shares: taking.shares.clone(),
        });
        if decision.as_ref().is_some_and(|decision| decision.question.len() + decision.determination.len() > LARGEST) {
            return Err(AppendError::TooLarge);
        }
        let mut patience = Patience::new();
        loop {
            let error = match self.writes(case, taking, &next, decision.as_ref()).await {
                Err(StoreError::Changed) => return Err(AppendError::Changed),
                Err(StoreError::TooLarge) => return Err(AppendError::TooLarge),
                Err(error) => return Err(AppendError::Store(error)),
                Ok(writes) => {
                    let writes = writes.into_iter().map(|write| self.of_table(write)).collect();
                    let request = self.client().await.transact_write_items().set_transact_items(Some(writes));
                    let Err(error) = Box::pin(request.send()).await else { break };
                    StoreError::of("TransactWriteItems", &error)
                }
            };
            // What is on file tells what became of it.
            match self.as_it_is(case).await {
                Ok(Some(now)) if now.written == written => break,
                Ok(Some(now)) if now.version != case.version => return Err(AppendError::Changed),
                _ if patience.again().await => {}
                _ => return Err(AppendError::Store(error)),
            }
        }
        Ok(WorkCase::read(next.0, decision, engine)?)
    }

    /// Whether somebody has written since the case was read.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn is_changed(&self, case: &WorkCase) -> Result<bool, StoreError> {
        Ok(self.as_it_is(case).await?.is_none_or(|now| now.version != case.version))
    }

    async fn as_it_is(&self, case: &WorkCase) -> Result<Option<CaseFields>, StoreError> {
        let found = self.item(&Key::work_case(&case.number)).await?;
        found.map(|found| fields(found, "work case")).transpose()
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
            State::Paid => {
                writes.extend(self.posted(case, taking).await?);
                if let Some(paid) = paid_as(&taking.claim).filter(|paid| *paid != case.fields.payment) {
                    let filed = Key::filed(&case.fields.person, Form::PaymentRequest, number);
                    writes.push(self.put_field(&filed, "payment", AttributeValue::S(paid))?);
                }
            }
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
        if !is_judged_on(&record, &taking.claim) {
            return Err(StoreError::Changed);
        }
        // What is not noted could be paid twice.
        let changed = with_payment(&record, case, &taking.claim).ok_or(StoreError::Damaged("person"))?;
        if changed.len() > LARGEST {
            return Err(StoreError::TooLarge);
        }
        self.change(&key, "record", AttributeValue::S(record), AttributeValue::S(changed)).map(Some)
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
        payment: paid_as(&taking.claim).filter(|_| matches!(step.event, claims::Event::Pay { .. })),
        otherwise: otherwise.and_then(|why| serde_json::to_value(why).ok()?.as_str().map(str::to_owned)),
        at: at.to_owned(),
        by: if is_clock { CLOCK.to_owned() } else { taking.by.subject().to_owned() },
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

/// Whether a claim was judged on this record: on what it holds and the pay statements of the request, and nothing else.
fn is_judged_on(record: &str, claim: &Claim) -> bool {
    let judged = claim.snapshot().and_then(|snapshot| read::question(snapshot.question().as_bytes()).ok());
    let held = forms::person(record.as_bytes()).ok();
    judged.zip(held).is_some_and(|(judged, mut held)| {
        let shown = judged.case.pay_statements;
        held.case.show(shown.clone());
        let is_same =
            |one: &[PayStatement], other: &[PayStatement]| one.iter().all(|statement| other.contains(statement));
        let are_those = is_same(&shown, &held.case.pay_statements) && is_same(&held.case.pay_statements, &shown);
        are_those
            && Case { pay_statements: Vec::new(), ..held.case } == Case { pay_statements: Vec::new(), ..judged.case }
    })
}

/// The payment with the number under which it was paid.
fn paid_as(claim: &Claim) -> Option<String> {
    Some(claim.snapshot()?.payment()?.to_string())
}

/// A record with a payment more, and with the evidence on which it was made; none if it could not be read then.
fn with_payment(record: &str, case: &WorkCase, claim: &Claim) -> Option<String> {
    let Some(Step { event: claims::Event::Pay { amount, snapshot }, .. }) = claim.steps.last() else { return None };
    let snapshot = snapshot.as_deref()?;
    let accepted = read::question(snapshot.question().as_bytes()).ok()?.case.pay_statements;
    let mut changed: Value = serde_json::from_str(record).ok()?;
    let entry = json!({
        "payment": snapshot.payment()?.to_string(), "month": case.fields.month, "provider": case.fields.provider,
        "amount": amount, "half_twl": case.fields.half_twl,
    });
    let facts = changed.get_mut("case")?.as_object_mut()?;
    facts.entry("payments").or_insert_with(|| json!([])).as_array_mut()?.push(entry);
    facts.insert("pay_statements".to_owned(), serde_json::to_value(accepted).ok()?);
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
            Self::TooLarge => f.write_str("The work case or the record of its ticket is larger than can be stored."),
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
