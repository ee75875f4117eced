//! Work cases: what becomes of a payment request after it was filed.
//!
//! A work case is opened by the transaction that files the request; its steps are written by [`Store::append`].

use super::item::{Item, fields, item};
use super::keys::{CASE, Key, SK};
use super::{Confirmation, Decision, Receipt as Received, Status, Store, StoreError};
use crate::identity::Scope;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use ttw_core::Engine;
use ttw_core::claims::{self, Claim, Evidence, Receipt, demands};
use ttw_core::domain::{Ein, parse_date};
use ttw_core::forms::Form;
use ttw_core::forms::payment_request::{self, ProofDelivery};
use ttw_core::params::Parameters;
use ttw_core::read;

/// A claim that was just received, with the days of its clocks.
#[derive(Debug, Clone)]
pub struct Opened {
    claim: Claim,
    is_half: bool,
    days: Days,
}

/// On which days the clocks of a claim want something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    /// The first day on which anything is due.
    pub due_on: Option<Date>,
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
    /// Of a payment: its name with the number under which it was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<String>,
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
    pub version: u32,
    /// What wrote this version, so that who got no answer knows.
    pub written: String,
    pub ein: String,
    pub provider: String,
    pub provider_name: String,
    pub person: String,
    /// The partitions of the natural keys that the request holds.
    pub keys: Vec<String>,
    pub payment: String,
    pub month: String,
    pub received_on: String,
    pub evidence: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub half_twl: bool,
    pub status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<String>,
    pub steps: Vec<StepTaken>,
    pub arrived: Vec<Arrived>,
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
    pub(super) fields: CaseFields,
}

impl Days {
    pub fn of(claim: &Claim, parameters: &Parameters) -> Self {
        let all = demands(claim, parameters);
        let acting = all.iter().filter(|due| due.demand.event().is_some());
        Self { due_on: all.iter().map(|due| due.since).min(), acts_on: acting.map(|due| due.since).min() }
    }
}

impl Opened {
    /// The work case of a payment request.
    ///
    /// # Errors
    /// The document is no payment request, or the days of its clocks cannot be counted.
    pub(super) fn of(
        document: &str,
        asked: &read::Claim,
        received: &Received<'_>,
        parameters: &Parameters,
    ) -> Result<Self, StoreError> {
        let damaged = StoreError::Damaged("payment request");
        let shown = payment_request::shown(document).ok_or_else(|| damaged.clone())?;
        let evidence = match shown.proof {
            Some(ProofDelivery::FaxedIn) => Evidence::ToFollow,
            Some(ProofDelivery::NoneNeeded) => Evidence::NotNeeded,
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
        let claim = Claim::receive(receipt, parameters).map_err(|_| damaged)?;
        let days = Days::of(&claim, parameters);
        Ok(Self { claim, is_half: shown.is_half, days })
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

pub(super) fn clock(due_on: Date, days: Days, number: &Confirmation) -> Result<Item, StoreError> {
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
    pub(super) fn read(fields: CaseFields, decision: Option<Decision>, engine: &Engine) -> Result<Self, StoreError> {
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

    /// One of an open claim, by its item alone; none where it has become final, for then its snapshot stands elsewhere.
    pub(super) fn of_open(item: Item, engine: &Engine) -> Result<Option<Self>, StoreError> {
        let found: CaseFields = fields(item, "work case")?;
        if found.status.is_final() { Ok(None) } else { Self::read(found, None, engine).map(Some) }
    }

    /// Whose ticket, by the key under which the person is on file.
    #[must_use]
    pub fn person(&self) -> &str {
        &self.fields.person
    }

    pub(super) fn submission(&self) -> Key {
        Key::submission(&self.ein, Form::PaymentRequest, &self.number)
    }

    pub(super) fn clock_key(&self) -> Result<Option<Key>, StoreError> {
        let day = |text: &String| parse_date(text).map_err(|_| StoreError::Damaged("work case"));
        Ok(self.fields.due_on.as_ref().map(day).transpose()?.map(|day| Key::clock(day, &self.number)))
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
}
