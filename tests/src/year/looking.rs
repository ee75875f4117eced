//! What is on file is read and checked: after every step, at the end of every day and of every month.

use super::checks::{self, Account, Seen, Taken};
use super::office::{MANAGER, code, text};
use super::{Ended, Year};
use serde_json::Value;
use std::collections::BTreeMap;
use ttw_core::claims::{Evidence, Snapshot};
use ttw_core::domain::parse_date;
use ttw_portal::settings::DEFAULT_TABLE;
use ttw_portal::store::{Confirmation, WorkCase};

/// A claim as the checks see it.
fn seen(case: &WorkCase, ticket: usize) -> Result<Seen, Ended> {
    let told = serde_json::to_value(case.claim.state())?;
    let day = |text: &str| parse_date(text).map_err(|_| "a day on file is none");
    let receipt = &case.claim.receipt;
    let step = |step: &ttw_portal::store::StepTaken| -> Result<Taken, Ended> {
        Ok(Taken {
            event: step.event.clone(),
            on: day(&step.on)?,
            reason: step.reason.clone(),
            amount: step.amount.clone(),
        })
    };
    let is_paid = text(&told, "/status") == "paid";
    let decision = case.decision.as_ref();
    let name = |decision: &ttw_portal::store::Decision| -> Option<String> {
        let determination: Value = serde_json::from_str(&decision.determination).ok()?;
        determination.get("payment")?.as_str().map(str::to_owned)
    };
    Ok(Seen {
        ticket,
        asked: (receipt.payment.to_string(), receipt.month.to_string()),
        received_on: receipt.received_on,
        announced: receipt.evidence == Evidence::ToFollow,
        version: case.version,
        state: (text(&told, "/status").to_owned(), told.get("reason").and_then(Value::as_str).map(str::to_owned)),
        steps: case.steps.iter().map(step).collect::<Result<_, _>>()?,
        paid: decision.filter(|_| is_paid).and_then(name),
        snapshot: decision.map(|decision| (decision.question.clone(), decision.determination.clone())),
    })
}

impl Year {
    pub(super) async fn case(&self, number: &Confirmation) -> Result<WorkCase, Ended> {
        let found = self.office.store.work_case(&self.office.engine, number).await?;
        Ok(found.ok_or_else(|| self.breach(None, format!("{number} has no work case")))?)
    }

    /// Reads a new claim of a ticket.
    pub(super) async fn takes_in(&mut self, number: Confirmation, ticket: usize) -> Result<usize, Ended> {
        let case = self.case(&number).await?;
        if let Some(holder) = self.holders.get_mut(ticket) {
            holder.key = Some(case.person().to_owned());
        }
        let place = self.claims.len();
        self.claims.push(seen(&case, ticket)?);
        self.places.insert(number.to_string(), place);
        self.numbers.push(number);
        self.looks_at(place).await?;
        Ok(place)
    }

    pub(super) fn claim(&self, place: usize) -> Result<&Seen, Ended> {
        Ok(self.claims.get(place).ok_or("there is no such claim")?)
    }

    pub(super) fn account(&self, place: usize) -> Result<Account, Ended> {
        Ok(checks::steps(self.claim(place)?).map_err(|what| self.breach(Some(place), what))?)
    }

    pub(super) fn place(&self, number: &str) -> Result<usize, Ended> {
        let place = self.places.get(number).copied();
        Ok(place.ok_or_else(|| self.breach(None, format!("{number} was never filed")))?)
    }

    /// Reads a claim and its ticket after a step, and checks both; whether the claim is another than before.
    pub(super) async fn looks_at(&mut self, place: usize) -> Result<bool, Ended> {
        let number = self.numbers.get(place).ok_or("there is no such claim")?.clone();
        let before = self.claim(place)?.clone();
        let now = seen(&self.case(&number).await?, before.ticket)?;
        if !now.steps.starts_with(&before.steps) || now.version < before.version {
            return Err(self.breach(Some(place), "a step that was taken is no longer on file").into());
        }
        let is_new = now != before;
        if let Some(claim) = self.claims.get_mut(place) {
            *claim = now;
        }
        self.account(place)?;
        self.checks_the_ticket(place).await?;
        self.replays(place)?;
        Ok(is_new)
    }

    async fn checks_the_ticket(&self, place: usize) -> Result<(), Ended> {
        let ticket = self.claim(place)?.ticket;
        let holder = self.holders.get(ticket).ok_or("nobody")?;
        let key = holder.key.as_deref().ok_or("nobody")?;
        let person = self.office.store.own_person(key).await?.ok_or("nobody is on file")?;
        let payments = person.case.payments.iter();
        let record: Vec<checks::Paid> =
            payments.map(|paid| (paid.payment.to_string(), paid.month.to_string(), paid.amount.to_string())).collect();
        let claims: Vec<&Seen> = self.claims.iter().filter(|claim| claim.ticket == ticket).collect();
        Ok(checks::ticket(holder.is_t16, &record, &claims).map_err(|what| self.breach(Some(place), what))?)
    }

    /// A decision is made again to the same bytes.
    fn replays(&self, place: usize) -> Result<(), Ended> {
        let Some((question, determination)) = &self.claim(place)?.snapshot else { return Ok(()) };
        let again = Snapshot::take(&self.office.engine, question).ok();
        let is_same = again.as_ref().is_some_and(|again| again.determination() == determination);
        let same = again.and_then(|again| again.replay(&self.office.engine).ok()).is_some_and(|replay| replay.same);
        if is_same && same {
            Ok(())
        } else {
            Err(self.breach(Some(place), "the decision is not made again to the same bytes").into())
        }
    }

    /// The whole queue, as the program manager sees it.
    pub(super) async fn queue(&mut self) -> Result<Vec<Value>, Ended> {
        let (mut all, mut cursor) = (Vec::new(), String::new());
        loop {
            let (status, page) = self.office.get(MANAGER, &format!("/v1/work-queue?limit=100{cursor}")).await?;
            if status != 200 {
                return Err(self.breach(None, format!("the queue answers {status} {}", code(&page))).into());
            }
            all.extend(page.get("items").and_then(Value::as_array).cloned().unwrap_or_default());
            match page.get("next_cursor").and_then(Value::as_str) {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return Ok(all),
            }
        }
    }

    /// The queue has its order, nobody wrote what was not seen, and what is due is due to the day.
    pub(super) async fn closes_the_day(&mut self) -> Result<(), Ended> {
        let queue = self.queue().await?;
        let listed: Vec<usize> =
            queue.iter().map(|item| self.place(text(item, "/number"))).collect::<Result<_, _>>()?;
        checks::queue(&listed, &self.claims).map_err(|(claim, what)| self.breach(Some(claim), what))?;
        for (item, place) in queue.iter().zip(listed) {
            let claim = self.claim(place)?;
            if item.get("version").and_then(Value::as_u64) != Some(u64::from(claim.version)) {
                return Err(self.breach(Some(place), "it was written by nobody").into());
            }
            let account = self.account(place)?;
            let mut expected: BTreeMap<&str, String> =
                account.due(self.day).into_iter().map(|(demand, since)| (demand, since.to_string())).collect();
            expected
                .extend(account.acts().filter(|(_, on)| *on <= self.day).map(|(event, on)| (event, on.to_string())));
            let due = item.get("due").and_then(Value::as_array);
            let found: BTreeMap<&str, String> =
                due.into_iter().flatten().map(|due| (text(due, "/demand"), text(due, "/since").to_owned())).collect();
            if found != expected {
                let what = format!("{found:?} is said to be due, and {expected:?} is");
                return Err(self.breach(Some(place), what).into());
            }
        }
        self.tell("day", None, &format!("{} open", queue.len()));
        Ok(())
    }

    /// Everything on file is read anew: one work case a request, the queue's entries, and every claim as it was last seen.
    pub(super) async fn reads_everything(&mut self) -> Result<(), Ended> {
        let keys = self.office.client.scan().table_name(DEFAULT_TABLE).projection_expression("PK, SK");
        let found = keys.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await?;
        let (mut cases, mut requests, mut queued) = (Vec::new(), Vec::new(), Vec::new());
        for item in &found {
            let part = |name: &str| item.get(name).and_then(|part| part.as_s().ok()).map_or("", String::as_str);
            match (part("PK"), part("SK")) {
                (partition, "CASE") => cases.push(partition.trim_start_matches("CASE#").to_owned()),
                ("QUEUE", number) => queued.push(number.to_owned()),
                (_, sort) => requests.extend(sort.strip_prefix("SUB#").map(str::to_owned)),
            }
        }
        checks::work_cases(&requests, &cases).map_err(|what| self.breach(None, what))?;
        let numbers: Vec<String> = self.numbers.iter().map(ToString::to_string).collect();
        checks::work_cases(&numbers, &cases).map_err(|what| self.breach(None, what))?;
        queued.sort_unstable();
        let listed: Vec<usize> = queued.iter().map(|number| self.place(number)).collect::<Result<_, _>>()?;
        checks::queue(&listed, &self.claims).map_err(|(claim, what)| self.breach(Some(claim), what))?;
        for place in 0..self.claims.len() {
            if self.looks_at(place).await? {
                return Err(self.breach(Some(place), "it was written by nobody").into());
            }
        }
        self.tell("month", None, &format!("{} claims", self.claims.len()));
        Ok(())
    }
}
