//! The counterfactual: the least that would make a payment payable.

use super::determine::judge;
use super::{Decision, Verdict};
use crate::domain::{BenefitStatus, Month, PaymentName, Record, Usd};
use crate::eligibility::sequence::{is_available, month_holds};
use crate::eligibility::{Asked, Kind};
use crate::facts::{Facts, Level, Purpose, Reading, Standpoint, Truth};
use jiff::civil::Date;
use serde::Serialize;

/// The least that would make this payment payable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Next {
    /// In words.
    pub text: String,
    /// Earnings that are needed, on top of what is known; none when another month is payable as the case stands.
    pub changes: Vec<EarningsNeeded>,
    /// The month for which the payment could then be claimed.
    pub by: Option<Month>,
}

/// Earnings that a month would need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EarningsNeeded {
    /// The month.
    pub month: Month,
    /// The record whose basis counts.
    pub title: &'static str,
    /// By which day the earnings are counted.
    pub basis: &'static str,
    /// The least amount.
    pub at_least: Usd,
}

/// How far ahead is looked, in months: the longest window of a milestone.
const HORIZON: i32 = 18;

/// Rules that nothing mends on this ticket.
fn is_for_good(id: &str) -> bool {
    id.starts_with("LB-") || matches!(id, "SVR-01" | "SVR-02" | "SVR-03" | "SVR-05" | "SVR-06" | "SYS-01" | "REC-02")
}

/// Finds the least that would make the payment payable: another month as the case stands, or the fewest months with more earnings, those
/// still to come before those gone by.
pub(super) fn find(facts: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> Option<Next> {
    let paid = asked.name().is_none_or(|name| facts.paid_month(name).is_some());
    if paid || verdict.failed().any(is_for_good) || exceeds_the_ticket(facts, asked) {
        return None;
    }
    if facts.first_available.is_none() && asked.kind != Kind::Reconciliation {
        let text = "The program manager must receive the signed plan first; a month after that can then be claimed.";
        return Some(Next { text: text.to_owned(), changes: Vec::new(), by: None });
    }
    if waits_for_services(facts, asked, verdict) {
        let text = "Milestone 4 comes first: it waits for the agreed services to be substantially completed.";
        return Some(Next { text: text.to_owned(), changes: Vec::new(), by: None });
    }
    another_month(facts, asked).or_else(|| more_earnings(facts, asked))
}

fn exceeds_the_ticket(facts: &Facts<'_>, asked: &Asked) -> bool {
    let highest = match asked.kind {
        Kind::Phase2 => facts.terms.phase_2_count(facts.ticket_title),
        Kind::Outcome => facts.terms.outcome_count(facts.ticket_title),
        Kind::Phase1(_) | Kind::Reconciliation => return false,
    };
    asked.number.is_none_or(|number| number > highest)
}

fn waits_for_services(facts: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> bool {
    asked.kind == Kind::Phase2
        && verdict.fails("P2-03")
        && facts.paid_month(PaymentName::Phase1(4)).is_none()
        && is_available(facts, Kind::Phase1(4))
        && facts.assignment.services_completed_on.is_none_or(|day| day > facts.requested_on)
}

/// The facts as they would be for a request for another month: made when that month is over.
fn facts_for<'a>(facts: &Facts<'a>, month: Month) -> Option<Facts<'a>> {
    let over = month.last_day()?.tomorrow().ok()?;
    let provider = &facts.assignment.provider;
    let day: Date = facts.requested_on.max(over);
    Facts::gather(facts.case, facts.parameters, facts.policy, provider, day, Standpoint::Claim(month))
}

/// Whether only the completion of services stands in the way.
fn is_payable_but_for_services(verdict: &Verdict) -> bool {
    verdict.answers().all(|(id, truth)| truth == Truth::Yes || id == "P1-05")
}

/// A month over by the request that satisfies every rule as it is.
fn another_month(facts: &Facts<'_>, asked: &Asked) -> Option<Next> {
    let last = Month::from(facts.requested_on).plus(-1);
    let wide = facts.extended_to(last);
    let later = asked.month.plus(1).through(last);
    let earlier = facts.after_assignment.through(asked.month.plus(-1)).rev();
    let own = [asked.month].into_iter().filter(|_| asked.kind == Kind::Phase1(4));
    let might = |month: &Month| {
        matches!(asked.kind, Kind::Reconciliation | Kind::Phase1(4))
            || !wide.is_used(*month) && month_holds(&wide, asked.kind, *month) == Truth::Yes
    };
    let (month, payable) = own.chain(later).chain(earlier).filter(might).find_map(|month| {
        let facts = facts_for(facts, month)?;
        let verdict = judge(&facts, &asked.in_month(month));
        is_payable_but_for_services(&verdict).then_some((month, verdict.decision == Decision::Payable))
    })?;
    let text = match (payable, month == asked.month) {
        (true, _) => format!("As the case stands this payment can be claimed for {}.", month.in_words()),
        (false, true) => "Complete the agreed services substantially and record the day.".to_owned(),
        (false, false) => format!(
            "Complete the agreed services substantially and record the day; then this payment can be claimed for {}.",
            month.in_words()
        ),
    };
    Some(Next { text, changes: Vec::new(), by: Some(month) })
}

/// Months that would have to earn more for a month to be payable.
struct Plan {
    month: Month,
    /// The month is over by the request: its earnings are what they are.
    is_past: bool,
    raised: Vec<(Month, Usd)>,
    /// Nothing else stands in the way, such as services.
    payable: bool,
}

impl Plan {
    fn cost(&self) -> (usize, bool) {
        (self.raised.len(), self.is_past)
    }
}

/// The fewest months whose earnings would have to be higher.
fn more_earnings(facts: &Facts<'_>, asked: &Asked) -> Option<Next> {
    let now = Month::from(facts.requested_on);
    let months = asked.month.max(facts.after_assignment).through(now.max(asked.month).plus(HORIZON));
    let mut best: Option<Plan> = None;
    for month in months {
        let is_past = month < now;
        if best.as_ref().is_some_and(|held| held.raised.len() == 1 && (is_past || !held.is_past)) {
            continue;
        }
        let Some(facts) = facts_for(facts, month) else { continue };
        let Some((raised, payable)) = fewest_for(&facts, &asked.in_month(month)) else { continue };
        let plan = Plan { month, is_past, raised, payable };
        if best.as_ref().is_none_or(|held| plan.cost() < held.cost()) {
            best = Some(plan);
        }
    }
    let Plan { month, mut raised, payable, .. } = best?;
    raised.sort_unstable();
    let facts = facts.extended_to(month);
    let changes: Vec<EarningsNeeded> =
        raised.iter().map(|(month, at_least)| needed(&facts, asked.kind, *month, *at_least)).collect();
    Some(Next { text: in_words(&changes, month, payable), changes, by: Some(month) })
}

/// The fewest months, the latest first, that must be raised for a month to be payable; none when even all of them are not enough.
fn fewest_for(facts: &Facts<'_>, asked: &Asked) -> Option<(Vec<(Month, Usd)>, bool)> {
    let earliest = facts.window_start.max(asked.month.plus(1 - HORIZON));
    let months: Vec<(Month, Usd)> = earliest
        .through(asked.month)
        .rev()
        .filter(|month| asked.kind == Kind::Phase1(1) || !facts.is_half_level_month(*month))
        .filter_map(|month| amount_needed(facts, asked.kind, month).map(|amount| (month, amount)))
        .collect();
    let works = |count: usize| {
        let raised = facts.with_raised(months.get(..count)?);
        let verdict = judge(&raised, asked);
        is_payable_but_for_services(&verdict).then_some(verdict.decision == Decision::Payable)
    };
    let (mut low, mut high) = (1, months.len());
    let mut payable = works(high)?;
    while low < high {
        let middle = usize::midpoint(low, high);
        match works(middle) {
            Some(answer) => (high, payable) = (middle, answer),
            None => low = middle + 1,
        }
    }
    Some((months.into_iter().take(high).collect(), payable))
}

/// What a month would have to earn to reach the level of a payment; none when it does already, or the level is not known.
fn amount_needed(facts: &Facts<'_>, kind: Kind, month: Month) -> Option<Usd> {
    let ended = facts.records_of(month).iter().any(|r| facts.month(month).status(*r) == Some(BenefitStatus::EndedWork));
    let (level, reading, purpose) = match kind {
        Kind::Phase1(_) => (Level::TrialWork, Reading::AtOrAbove, Purpose::Milestone),
        Kind::Phase2 => (facts.phase_2_level(), facts.policy.phase_2, Purpose::Milestone),
        Kind::Outcome | Kind::Reconciliation if ended => (facts.outcome_level(), Reading::Above, Purpose::Outcome),
        Kind::Outcome | Kind::Reconciliation => (facts.outcome_level(), Reading::AtOrAbove, Purpose::Outcome),
    };
    (facts.reaches(month, level, reading, purpose) == Truth::No)
        .then(|| facts.level(level, month).map(|l| reading.least(l)))?
}

fn needed(facts: &Facts<'_>, kind: Kind, month: Month, at_least: Usd) -> EarningsNeeded {
    let purpose =
        if matches!(kind, Kind::Outcome | Kind::Reconciliation) { Purpose::Outcome } else { Purpose::Milestone };
    let basis = facts.bases(month, purpose).first().copied().unwrap_or(crate::facts::Basis::Earned);
    let title = if basis == crate::facts::Basis::Earned { Record::T2 } else { Record::T16 };
    EarningsNeeded { month, title: title.as_str(), basis: basis.as_str(), at_least }
}

fn in_words(changes: &[EarningsNeeded], month: Month, payable: bool) -> String {
    let services = if payable { "" } else { " and the agreed services completed" };
    match changes {
        [one] => format!(
            "One more month at or above {}, {},{services} would make this payment payable for {}.",
            one.at_least.in_words(),
            one.month.in_words(),
            month.in_words()
        ),
        many => {
            let months: Vec<String> =
                many.iter().map(|c| format!("{} in {}", c.at_least.in_words(), c.month.in_words())).collect();
            format!(
                "{} more months with at least {}{services} would make this payment payable for {}.",
                many.len(),
                months.join(", "),
                month.in_words()
            )
        }
    }
}
