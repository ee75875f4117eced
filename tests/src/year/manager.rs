//! The program manager works the queue, first in first out.

use super::checks;
use super::errands::Errand;
use super::office::{MANAGER, code, text};
use super::{Ended, Year};
use serde_json::{Value, json};
use ttw_core::problems_json;

/// A payment of which the rate is not known.
const UNPUBLISHED: &str = "1000.00";
/// Claims of a year for each that is worked in a day.
const CAPACITY: usize = 120;

impl Year {
    pub(super) async fn works_the_queue(&mut self) -> Result<(), Ended> {
        if self.day < self.away_until {
            self.tell("away", None, "");
            return Ok(());
        }
        if self.dice.one_in(25) {
            let days = self.dice.within(2, 9);
            self.away_until = self.later(days);
            return Ok(());
        }
        let queue = self.queue().await?;
        let mut left = (self.plan.claims / CAPACITY).max(3);
        for item in queue {
            if left == 0 {
                break;
            }
            let place = self.place(text(&item, "/number"))?;
            left -= usize::from(self.works_on(place).await?);
        }
        Ok(())
    }

    /// Whether there was something to do.
    async fn works_on(&mut self, place: usize) -> Result<bool, Ended> {
        let account = self.account(place)?.by(self.day);
        let is_open = matches!(account.state, "received" | "in_review")
            || (account.state == "diaried" && account.due(self.day).contains_key("look_again"));
        if !is_open || (account.awaited && !self.dice.one_in(8)) {
            return Ok(false);
        }
        let number = self.numbers.get(place).ok_or("there is no such claim")?.to_string();
        let (status, view) = self.office.get(MANAGER, &format!("/v1/work-cases/{number}")).await?;
        if status != 200 {
            return Err(self.breach(Some(place), format!("it is shown as {status} {}", code(&view))).into());
        }
        let Some(proposal) = view.get("proposal").filter(|proposal| !proposal.is_null()) else {
            self.tell("no_proposal", Some(place), "");
            return Ok(false);
        };
        let (kind, mut body) = self.decision(proposal, account.unanswered.is_some());
        let version = json!(self.claim(place)?.version);
        body.as_object_mut().ok_or("a decision is an object")?.insert("version".to_owned(), version);
        self.decides(place, &body).await?;
        self.tell(kind, Some(place), &self.words(place)?);
        match text(&body, "/reason") {
            "NEED_ADDITIONAL_INFORMATION" => self.plans_the_fax(place),
            _ if kind == "await_verification" => {
                let days = self.dice.within(5, 40);
                self.plan_errand(days, Errand::Verified { claim: place });
            }
            _ => {}
        }
        if kind == "pay" {
            self.shares(place)?;
        }
        Ok(true)
    }

    fn words(&self, place: usize) -> Result<String, Ended> {
        let step = self.claim(place)?.steps.last().cloned().ok_or("a decision took no step")?;
        let paid = self.claim(place)?.paid.clone().unwrap_or_default();
        Ok(format!("{} {}{}{paid}", step.on, step.reason.unwrap_or_default(), step.amount.unwrap_or_default()))
    }

    /// What is done: mostly what the engine proposes, otherwise with a reason.
    fn decision(&mut self, proposal: &Value, must_decide: bool) -> (&'static str, Value) {
        let roll = self.dice.within(1, 100);
        let diary =
            |reason: &str, otherwise: &str| json!({"action": "diary", "reason": reason, "otherwise": otherwise});
        match (text(proposal, "/action"), must_decide) {
            ("pay", true) if roll > 60 => {
                let reason = "NO_RESPONSE_TO_REQUEST_FOR_DOCUMENTATION";
                ("deny_otherwise", json!({"action": "deny", "reason": reason, "otherwise": "evidence_missing"}))
            }
            ("pay", false) if roll > 94 => ("diary_otherwise", diary("SAM_REGISTRATION_EXPIRED", "provider_in_doubt")),
            ("pay", false) if roll > 90 => ("diary_otherwise", diary("POSSIBLE_SPLIT_PAYMENT", "provider_in_doubt")),
            ("pay", false) if roll > 83 => {
                ("await_verification", json!({"action": "await_verification", "otherwise": "earnings_not_verified"}))
            }
            ("pay", false) if roll > 74 => ("ask", diary("NEED_ADDITIONAL_INFORMATION", "evidence_missing")),
            ("deny", false) if roll > 85 => ("diary_otherwise", diary("OTHER", "record_in_doubt")),
            ("pay", _) => {
                let amount = match text(proposal, "/amount") {
                    "" => json!(UNPUBLISHED),
                    _ => Value::Null,
                };
                ("pay", json!({"action": "pay", "amount": amount}))
            }
            (action, _) => {
                let word = if action == "deny" { "deny" } else { "ask" };
                (word, json!({"action": action, "reason": text(proposal, "/reasons/0/code")}))
            }
        }
    }

    /// Sends a decision that has to be taken; sometimes twice, of which one is told that the case has changed.
    pub(super) async fn decides(&mut self, place: usize, body: &Value) -> Result<(), Ended> {
        let number = self.numbers.get(place).ok_or("there is no such claim")?.to_string();
        let path = format!("/v1/work-cases/{number}/decision");
        let (status, answer) = self.office.post(MANAGER, &path, body).await?;
        if status != 200 {
            let errors = answer.get("errors").cloned().unwrap_or_default();
            return Err(self.breach(Some(place), format!("{body} is answered {status} {errors}")).into());
        }
        if self.dice.one_in(25) {
            let (status, answer) = self.office.post(MANAGER, &path, body).await?;
            if status != 409 {
                let what = format!("{body} is taken twice: {status} {}", code(&answer));
                return Err(self.breach(Some(place), what).into());
            }
            self.tell("too_slow", Some(place), &code(&answer));
        }
        self.looks_at(place).await?;
        Ok(())
    }

    /// Who gets how much of a payment, by tens that the networks agree on.
    fn shares(&mut self, place: usize) -> Result<(), Ended> {
        let (question, _) = self.claim(place)?.snapshot.clone().ok_or("a payment has a snapshot")?;
        let question: Value = serde_json::from_str(&question)?;
        let engine = self.office.engine.clone();
        let ask = |rows: Value| -> Result<Value, Ended> {
            let request = json!({"question": question, "allocation": rows}).to_string();
            let answer = engine.allocation_json(request.as_bytes()).map_err(|found| problems_json(&found))?;
            Ok(serde_json::from_str(&answer)?)
        };
        let possible = ask(Value::Null)?;
        let providers: Vec<String> = serde_json::from_value(possible.get("providers").cloned().unwrap_or_default())?;
        if possible.get("possible_split") != Some(&json!(true)) || text(&possible, "/amount").is_empty() {
            return Ok(());
        }
        let ten = self.dice.within(1, 9);
        let percents = |index: usize| match index {
            0 => ten * 10,
            1 => 100 - ten * 10,
            _ => 0,
        };
        let row: Vec<Value> = (providers.iter().take(2).enumerate())
            .map(|(index, provider)| json!({"provider": provider, "percent": percents(index)}))
            .collect();
        let answer = ask(json!({"decided_by": "agreement", "p1": row, "p2": row, "outcome": row}))?;
        let all = answer.get("shares").and_then(Value::as_array).into_iter().flatten();
        let shares: Vec<String> = all.map(|share| text(share, "/amount").to_owned()).collect();
        let amount = text(&answer, "/amount");
        checks::shares(amount, &shares).map_err(|what| self.breach(Some(place), what))?;
        self.tell("shared", Some(place), &shares.join(" "));
        Ok(())
    }
}
