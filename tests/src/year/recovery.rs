//! What was decided is compared with today's facts: over- and underpayments.

use super::{Ended, Year};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use ttw_core::problems_json;

/// Tickets of one question.
const TICKETS: usize = 40;

/// Cents of an amount.
fn cents(value: Option<&Value>) -> i64 {
    value.and_then(Value::as_str).and_then(|text| text.replace('.', "").parse().ok()).unwrap_or(0)
}

impl Year {
    /// Lists what is to be recovered and what was missed, and sees that the sums are those of the list.
    pub(super) async fn recovers(&mut self) -> Result<(), Ended> {
        let mut by_ticket: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, claim) in self.claims.iter().enumerate().filter(|(_, claim)| claim.snapshot.is_some()) {
            by_ticket.entry(claim.ticket).or_default().push(place);
        }
        let tickets: Vec<(usize, Vec<usize>)> = by_ticket.into_iter().collect();
        for tickets in tickets.chunks(TICKETS) {
            let (mut claims, mut cases) = (Vec::new(), Vec::new());
            for (ticket, places) in tickets {
                let holder = self.holders.get(*ticket).ok_or("nobody")?;
                let person = self.office.store.own_person(holder.key.as_deref().ok_or("nobody")?).await?;
                cases.push(serde_json::to_value(person.ok_or("nobody is on file")?.case)?);
                for place in places {
                    let number = self.numbers.get(*place).ok_or("there is no such claim")?;
                    claims.push(serde_json::to_value(self.case(number).await?.claim)?);
                }
            }
            let asked: BTreeSet<usize> = tickets.iter().flat_map(|(_, places)| places.iter().copied()).collect();
            let request = json!({"claims": claims, "cases": cases, "today": self.day}).to_string();
            let answer = self.office.engine.recovery_json(request.as_bytes()).map_err(|found| problems_json(&found))?;
            self.adds_up(&serde_json::from_str(&answer)?, &asked)?;
        }
        Ok(())
    }

    fn adds_up(&mut self, recovery: &Value, asked: &BTreeSet<usize>) -> Result<(), Ended> {
        let list = |name: &str| recovery.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let (mut overpaid, mut kept, mut missed) = (0, 0, 0);
        let mut told = BTreeSet::new();
        for adjustment in list("adjustments").iter().chain(&list("not_compared")) {
            let number = adjustment.get("claim").and_then(Value::as_str).unwrap_or_default();
            let place = self.place(number)?;
            if !asked.contains(&place) {
                return Err(self.breach(Some(place), "it is adjusted and was not asked about").into());
            }
            told.insert(place);
            let Some(effect) = adjustment.get("effect").and_then(Value::as_str) else { continue };
            let (before, after) = (cents(adjustment.get("before")), cents(adjustment.get("after")));
            let kind = match (effect, adjustment.get("recoverable") == Some(&json!(true))) {
                ("missed", _) => {
                    missed += after - before;
                    "missed"
                }
                (_, true) => {
                    overpaid += before - after;
                    "overpaid"
                }
                (_, false) => {
                    kept += before - after;
                    "kept"
                }
            };
            let ticket = self.claim(place)?.ticket;
            // What was denied for want of earnings is missed as soon as they are posted.
            if kind != "missed" && !self.holders.get(ticket).is_some_and(|holder| holder.has_changed) {
                let what = format!("nothing about its ticket has changed, and it is {kind}: {adjustment}");
                return Err(self.breach(Some(place), what).into());
            }
            self.tell(kind, Some(place), &format!("{before} {after}"));
        }
        let totals = recovery.get("totals");
        let total = |name: &str| cents(totals.and_then(|totals| totals.get(name)));
        let sums = (total("overpaid"), total("kept"), total("missed"));
        if sums != (overpaid, kept, missed) {
            return Err(self
                .breach(None, format!("{sums:?} is said in all, and the list has {overpaid} {kept} {missed}"))
                .into());
        }
        let unchanged = recovery.get("unchanged").and_then(Value::as_u64).unwrap_or(0);
        if told.len() + usize::try_from(unchanged)? != asked.len() {
            return Err(self.breach(None, "claims are missing from the comparison").into());
        }
        Ok(())
    }
}
