//! Who holds a ticket, and how what is on file about them changes over the year.

use super::{Ended, FIRST, Plan, Year};
use std::collections::HashSet;
use ttw_admin::record;
use ttw_admin::world::{self, World};
use ttw_core::Engine;
use ttw_core::domain::{
    Assignment, BenefitStatus, Case, Month, MonthlyEarnings, PaymentSystem, ProviderKind, Record, Ssn, Usd,
};
use ttw_core::forms::Person;
use ttw_portal::store::{Store, StoreError};

/// Claims that one world of forty people files in a year.
const CLAIMS_OF_A_WORLD: usize = 90;
/// The networks between which tickets move.
const NETWORKS: [&str; 2] = ["EN-HARBOR", "EN-PRAIRIE"];

/// Somebody with a ticket.
pub(super) struct Holder {
    pub ssn: Ssn,
    pub is_t16: bool,
    /// Under which key the person is on file, once a claim has told.
    pub key: Option<String>,
    /// The first month of which the earnings are not posted yet.
    posted: Month,
    /// Whether anything but payments and new months has changed.
    pub has_changed: bool,
}

/// Puts worlds of several seeds into the table; one of them, for its users, and everybody.
pub(super) async fn settle(store: &Store, engine: &Engine, plan: Plan) -> Result<(World, Vec<Holder>), Ended> {
    let count = u64::try_from(plan.claims.div_ceil(CLAIMS_OF_A_WORLD)).unwrap_or(1).max(1);
    let first = world::generate(engine, plan.seed.wrapping_mul(10_000), FIRST);
    world::put(&World { people: Vec::new(), ..first.clone() }, store).await.map_err(|error| format!("{error:?}"))?;
    let mut holders = Vec::new();
    let mut known = HashSet::new();
    for number in 0..count {
        let world = world::generate(engine, plan.seed.wrapping_mul(10_000).wrapping_add(number), FIRST);
        for person in world.people {
            if !known.insert(person.ssn.expose().to_vec()) {
                continue;
            }
            let mut known = person.record;
            known.case.ticket_id = format!("T-{number}-{}", known.case.ticket_id.trim_start_matches("T-")).into();
            store.put_person(&person.ssn, &record::json(&known)).await?;
            holders.push(Holder {
                ssn: person.ssn,
                is_t16: is_t16(&known.case),
                key: None,
                posted: Month::from(FIRST),
                has_changed: false,
            });
        }
    }
    Ok((first, holders))
}

/// Whether the counts of Title XVI hold: it was there before Title II, if that ever came.
fn is_t16(case: &Case) -> bool {
    let since = |record| case.benefits.iter().filter(|range| range.record == record).map(|range| range.from).min();
    match (since(Record::T16), since(Record::T2)) {
        (Some(ssi), Some(insurance)) => ssi < insurance,
        (ssi, _) => ssi.is_some(),
    }
}

/// A month in which a ticket is with nobody adds nothing.
fn is_assigned(person: &Person, month: Month) -> bool {
    person.case.assignments.last().is_some_and(|last| {
        Month::from(last.assigned_on) < month && last.unassigned_on.is_none_or(|day| month < Month::from(day))
    })
}

impl Year {
    /// What is on file about a person, with the earnings of the months since somebody last looked.
    pub(super) async fn person(&mut self, holder: usize) -> Result<Person, Ended> {
        let ssn = self.holders.get(holder).ok_or("nobody")?.ssn.clone();
        let found = self.office.store.people(std::slice::from_ref(&ssn)).await?.into_iter().next().flatten();
        let mut person = found.ok_or("nobody is on file")?;
        let (this, mut month) = (Month::from(self.day), self.holders.get(holder).ok_or("nobody")?.posted);
        if month >= this {
            return Ok(person);
        }
        while month < this {
            let (works, is_substantial) = (!self.dice.one_in(4), !self.dice.one_in(3));
            let cents = if is_substantial { (200_000, 260_000) } else { (116_500, 150_000) };
            let amount = Some(Usd::from_cents(i64::from(self.dice.within(cents.0, cents.1))));
            let is_known = person.case.earnings.iter().any(|entry| entry.month == month);
            if works && !is_known && is_assigned(&person, month) {
                person.case.earnings.push(MonthlyEarnings { month, earned: amount, paid: amount });
            }
            month = month.plus(1);
        }
        self.put(&ssn, &person).await?;
        self.holders.get_mut(holder).ok_or("nobody")?.posted = this;
        Ok(person)
    }

    async fn put(&self, ssn: &Ssn, person: &Person) -> Result<(), StoreError> {
        self.office.store.put_person(ssn, &record::json(person)).await
    }

    /// Something about a ticket turns out otherwise, or changes: often one on which something was decided.
    pub(super) async fn learns_something(&mut self) -> Result<(), Ended> {
        let decided: Vec<usize> =
            self.claims.iter().filter(|claim| claim.snapshot.is_some()).map(|claim| claim.ticket).collect();
        let any = self.dice.place(self.holders.len());
        let kind = self.dice.within(0, 9);
        let holder = if decided.is_empty() || kind < 4 { any } else { self.dice.of(&decided) };
        let mut person = self.person(holder).await?;
        let told = match kind {
            0..=4 => self.moves(&mut person),
            5 => look_back(&mut person),
            6 => self.benefits_end(&mut person),
            _ => self.other_earnings(&mut person),
        };
        let Some(told) = told else { return Ok(()) };
        let ssn = self.holders.get(holder).ok_or("nobody")?.ssn.clone();
        match self.put(&ssn, &person).await {
            // What cannot be, is not learned.
            Err(StoreError::Record(_)) => return Ok(()),
            other => other?,
        }
        self.holders.get_mut(holder).ok_or("nobody")?.has_changed = true;
        self.tell(told, None, &format!("t{holder}"));
        Ok(())
    }

    /// The ticket goes to another network.
    fn moves(&self, person: &mut Person) -> Option<&'static str> {
        let last = person.case.assignments.last_mut().filter(|last| NETWORKS.contains(&&*last.provider))?;
        if last.unassigned_on.is_some() || last.assigned_on >= self.day {
            return None;
        }
        last.unassigned_on = Some(self.day);
        let next = NETWORKS.iter().find(|network| **network != &*last.provider)?;
        person.case.assignments.push(Assignment {
            provider: (*next).into(),
            kind: ProviderKind::En,
            payment_system: Some(PaymentSystem::OutcomeMilestone),
            assigned_on: self.day,
            unassigned_on: None,
            plan_signed_on: Some(self.day),
            plan_received_on: Some(self.day),
            services_completed_on: None,
        });
        Some("ticket_moves")
    }

    /// Benefits turn out to have been in another status for some time.
    fn benefits_end(&mut self, person: &mut Person) -> Option<&'static str> {
        let since = Month::from(self.day).plus(-i32::try_from(self.dice.within(2, 14)).unwrap_or(2));
        let last = person.case.benefits.iter_mut().rfind(|range| range.to.is_none() && range.from < since)?;
        let mut other = *last;
        last.to = Some(since.plus(-1));
        (other.from, other.status) = (since, BenefitStatus::SuspendedOther);
        person.case.benefits.push(other);
        Some("benefits_change")
    }

    /// A month's earnings turn out to be others.
    fn other_earnings(&mut self, person: &mut Person) -> Option<&'static str> {
        let (place, raised) = (self.dice.place(person.case.earnings.len()), self.dice.one_in(3));
        let entry = person.case.earnings.get_mut(place)?;
        let amount = Some(Usd::from_cents(if raised { 300_000 } else { 20_000 }));
        (entry.earned, entry.paid) = (amount, amount);
        Some("earnings_change")
    }
}

/// Earnings from before the first assignment come to light.
fn look_back(person: &mut Person) -> Option<&'static str> {
    let first = Month::from(person.case.assignments.first()?.assigned_on);
    for back in 1..=10 {
        let month = first.plus(-back);
        person.case.earnings.retain(|entry| entry.month != month);
        let amount = Some(Usd::from_cents(155_000));
        person.case.earnings.push(MonthlyEarnings { month, earned: amount, paid: amount });
    }
    Some("look_back")
}
