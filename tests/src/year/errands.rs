//! What comes by itself: evidence, an answer of the field office, a withdrawal; and the sweep.

use super::filing::submitter;
use super::office::{MANAGER, code};
use super::{Ended, Year};
use jiff::ToSpan;
use serde_json::json;
use sweep::run_clocks;

/// How many claims one run of the sweep takes.
const LIMIT: usize = 1_000;

/// Something that is to happen on a day.
#[derive(Debug, Clone, Copy)]
pub(super) enum Errand {
    Fax { claim: usize, legible: bool },
    Verified { claim: usize },
    Withdraw { claim: usize },
}

impl Year {
    pub(super) async fn runs_errands(&mut self) -> Result<(), Ended> {
        for errand in self.errands.remove(&self.day).unwrap_or_default() {
            match errand {
                Errand::Fax { claim, legible } => self.fax_arrives(claim, legible).await?,
                Errand::Verified { claim } => self.is_verified(claim).await?,
                Errand::Withdraw { claim } => self.withdraws(claim).await?,
            }
        }
        Ok(())
    }

    async fn fax_arrives(&mut self, place: usize, legible: bool) -> Result<(), Ended> {
        let claim = self.claim(place)?;
        // Sometimes it is entered a day or two after it came.
        let (received_on, version) = (claim.received_on, claim.version);
        let late = if self.dice.one_in(5) { self.dice.within(1, 2) } else { 0 };
        let arrived_on = self.day.saturating_sub(i64::from(late).days()).max(received_on);
        let last = self.claim(place)?.steps.last().map_or(received_on, |step| step.on);
        let account = self.account(place)?.by(arrived_on.max(last));
        let expected = if account.is_final() { 422 } else { 200 };
        let body = json!({"version": version, "kind": "pay_statements", "pages": 2, "legible": legible,
            "arrived_on": arrived_on.to_string()});
        let number = self.numbers.get(place).ok_or("there is no such claim")?.to_string();
        let (status, answer) = self.office.post(MANAGER, &format!("/v1/work-cases/{number}/evidence"), &body).await?;
        if status != expected {
            let what = format!("evidence of {arrived_on} is answered {status} {}, not {expected}", code(&answer));
            return Err(self.breach(Some(place), what).into());
        }
        let word = match (status, legible) {
            (200, true) => "evidence",
            (200, false) => "illegible",
            _ => "evidence_late",
        };
        self.looks_at(place).await?;
        self.tell(word, Some(place), &format!("{arrived_on} {}", self.claim(place)?.state.0));
        Ok(())
    }

    async fn is_verified(&mut self, place: usize) -> Result<(), Ended> {
        let account = self.account(place)?.by(self.day);
        if account.state != "waiting_on_ssa_verification" {
            return Ok(());
        }
        let body = json!({"version": self.claim(place)?.version, "action": "verified"});
        self.decides(place, &body).await?;
        self.tell("verified", Some(place), "");
        Ok(())
    }

    async fn withdraws(&mut self, place: usize) -> Result<(), Ended> {
        let expected = if self.account(place)?.by(self.day).is_final() { 422 } else { 200 };
        let number = self.numbers.get(place).ok_or("there is no such claim")?.clone();
        let provider = self.case(&number).await?.claim.receipt.provider;
        let path = format!("/v1/work-cases/{number}/withdraw");
        let (status, answer) = self.office.post(&submitter(&provider), &path, &json!({})).await?;
        if status != expected {
            let what = format!("a withdrawal is answered {status} {}, not {expected}", code(&answer));
            return Err(self.breach(Some(place), what).into());
        }
        self.looks_at(place).await?;
        self.tell(if status == 200 { "withdrawn" } else { "withdrawn_late" }, Some(place), "");
        Ok(())
    }

    /// The sweep runs once a day, sometimes twice, and sometimes not for days. A clock's step is entered when its day is over.
    pub(super) async fn sweeps(&mut self) -> Result<(), Ended> {
        if self.day < self.unswept_until {
            self.tell("unswept", None, "");
            return Ok(());
        }
        if self.dice.one_in(15) {
            let days = self.dice.within(1, 8);
            self.unswept_until = self.later(days);
        }
        let over = self.day.yesterday().map_err(|_| "there is no day before")?;
        let due = self.office.store.clocks_run_out(over, LIMIT).await?;
        let expected: Vec<usize> = (0..self.claims.len())
            .filter(|place| self.account(*place).is_ok_and(|account| account.acts().is_some_and(|(_, on)| on <= over)))
            .collect();
        let mut places: Vec<usize> = due.iter().map(|number| self.place(number.as_str())).collect::<Result<_, _>>()?;
        places.sort_unstable();
        if places != expected {
            let claim = expected.iter().chain(&places).find(|p| !expected.contains(p) || !places.contains(p)).copied();
            return Err(self
                .breach(claim, format!("the clocks of {places:?} have run out, not of {expected:?}"))
                .into());
        }
        let clocks = run_clocks(&self.office.store, &self.office.engine, LIMIT, self.office.now()).await?;
        for place in &places {
            self.looks_at(*place).await?;
            let claim = self.claim(*place)?;
            let step = claim.steps.last().ok_or("a clock took no step")?.clone();
            let is_late = step.on < over;
            self.tell(
                if is_late { "clock_late" } else { "clock" },
                Some(*place),
                &format!("{} {}", step.event, step.on),
            );
        }
        if (clocks.claims, clocks.claims_failed) != (places.len(), 0) || clocks.steps < places.len() {
            return Err(self.breach(None, format!("the sweep reports {clocks:?} of {places:?}")).into());
        }
        if self.dice.one_in(5) {
            let again = run_clocks(&self.office.store, &self.office.engine, LIMIT, self.office.now()).await?;
            if again.steps != 0 {
                return Err(self.breach(None, format!("a second sweep reports {again:?}")).into());
            }
            self.tell("swept_twice", None, "");
        }
        Ok(())
    }
}
