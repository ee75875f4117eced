//! The counterfactual: the least that would make a payment payable.

use crate::domain::{Assignment, Month, PaymentName, Record, Usd};
use crate::eligibility::ended_for_work;
use crate::eligibility::judge::judge;
use crate::eligibility::sequence::{is_available, month_holds, month_holds_but_for};
use crate::eligibility::{Asked, Decision, Kind, Verdict};
use crate::facts::{Basis, Evidence, Facts, Level, Purpose, Reading, Standpoint, Truth};
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

/// How far ahead is looked, in months: the longest window of a milestone, and a month for each lower number of the payment.
fn horizon(facts: &Facts<'_>, asked: &Asked) -> i32 {
    const LONGEST_WINDOW: i32 = 18;
    let lower = match asked.kind {
        Kind::Reconciliation => facts.terms.reconciliation_outcomes,
        _ => asked.number.unwrap_or(0),
    };
    LONGEST_WINDOW + i32::from(lower)
}

/// The month of the request, or as far after the case as anything could still happen: years after it nothing new does.
fn now(facts: &Facts<'_>, asked: &Asked) -> Month {
    let last = facts.case.span().map_or(asked.month, |(_, last)| last.max(asked.month));
    Month::from(facts.requested_on).min(last.plus(horizon(facts, asked)))
}

/// Rules of a month that more earnings, or completed services, can mend.
const EARNINGS_RULES: [&str; 7] = ["P1-01", "P1-02", "P1-03", "P1-04", "P1-05", "P2-01", "BEN-05"];

/// Rules that nothing mends on this ticket.
fn is_for_good(id: &str) -> bool {
    id.starts_with("LB-") || matches!(id, "SVR-01" | "SVR-02" | "SVR-03" | "SVR-05" | "SVR-06" | "SYS-01" | "REC-02")
}

/// Finds the least that would make the payment payable: another month as the case stands, or the fewest months with more earnings, those
/// still to come before those gone by.
pub(super) fn find(facts: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> Option<Next> {
    let paid = asked.name().is_none_or(|name| facts.paid_month(name).is_some());
    if paid || exceeds_the_ticket(facts, asked) {
        return None;
    }
    // What stands against one assignment of a provider may not stand against another.
    let under_another = || if has_several(facts) { by_month(facts, asked) } else { None };
    if verdict.failed().any(is_for_good) {
        return under_another();
    }
    // A day of receipt years after the case would only make it longer.
    let today = now(facts, asked).last_day().map(|last| last.min(facts.requested_on));
    let awaited = |text: String| Some(Next { text, changes: Vec::new(), by: None });
    if facts.first_available.is_none() && asked.kind != Kind::Reconciliation {
        let then = match if_otherwise(facts, asked, |assignment| assignment.plan_received_on = today) {
            Some(Helps::TheMonthAsked) => asked.month.in_words().to_string(),
            Some(Helps::Another) => "a month after that".to_owned(),
            None => return under_another(),
        };
        return awaited(format!("The program manager must receive the signed plan first; {then} can then be claimed."));
    }
    if waits_for_services(facts, asked, verdict) {
        let text = "Milestone 4 comes first: it waits for the agreed services to be substantially completed.";
        let helps = if_otherwise(facts, asked, |assignment| assignment.services_completed_on = today);
        return if helps.is_some() { awaited(text.to_owned()) } else { under_another() };
    }
    by_month(facts, asked)
}

fn by_month(facts: &Facts<'_>, asked: &Asked) -> Option<Next> {
    another_month(facts, asked).or_else(|| more_earnings(facts, asked)).or_else(|| unknown_level(facts, asked))
}

/// A month to come that could carry the payment, were its level known: how much it takes nobody can say yet.
fn unknown_level(facts: &Facts<'_>, asked: &Asked) -> Option<Next> {
    let now = now(facts, asked).max(facts.window_start);
    let wide = facts.extended_to(now.plus(horizon(facts, asked)));
    let could = |month: &Month| {
        facts.is_of_assignment(*month)
            && !wide.is_used(*month)
            && wide.level(level_of(&wide, asked.kind), *month).is_none()
            && month_holds_but_for(&EARNINGS_RULES, &wide, asked.kind, *month) == Truth::Yes
    };
    let month = now.through(wide.last_month()).find(could)?;
    let text = format!(
        "This payment takes more earnings in months to come; how much in {} is not known yet, for its levels are not.",
        month.year()
    );
    Some(Next { text, changes: Vec::new(), by: None })
}

/// What a change of the assignment helps.
enum Helps {
    TheMonthAsked,
    Another,
}

/// Whether the payment could be made payable once something of the assignment is otherwise.
fn if_otherwise(facts: &Facts<'_>, asked: &Asked, change: impl FnOnce(&mut Assignment)) -> Option<Helps> {
    let mut case = facts.case.clone();
    let mut own = facts.case.assignments.iter().zip(&mut case.assignments);
    let (_, assignment) = own.find(|(own, _)| std::ptr::eq(*own, facts.assignment))?;
    change(assignment);
    let Facts { parameters, policy, requested_on, .. } = *facts;
    let provider = &facts.assignment.provider;
    let facts = Facts::gather(&case, parameters, policy, provider, requested_on, Standpoint::Claim(asked.month))?;
    if judge(&facts, asked).decision == Decision::Payable {
        return Some(Helps::TheMonthAsked);
    }
    by_month(&facts, asked).map(|_| Helps::Another)
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
    if facts.is_of_assignment(month) && month <= facts.last_month() {
        return Some(facts.requested(day));
    }
    Facts::gather(facts.case, facts.parameters, facts.policy, provider, day, Standpoint::Claim(month))
}

/// Whether only the completion of services stands in the way.
fn is_payable_but_for_services(verdict: &Verdict) -> bool {
    verdict.answers().all(|(id, truth)| truth == Truth::Yes || id == "P1-05")
}

/// A month over by the request that satisfies every rule as it is.
fn another_month(facts: &Facts<'_>, asked: &Asked) -> Option<Next> {
    let last = now(facts, asked).plus(-1);
    let wide = facts.extended_to(last);
    let own = [asked.month].into_iter().filter(|_| asked.kind == Kind::Phase1(4));
    let later = asked.month.plus(1).through(last);
    let earlier = first_assigned(facts).plus(1).through(asked.month.plus(-1)).rev();
    let might = |month: &Month| match asked.kind {
        // Once the twelfth outcome is there, it stays; under another assignment it may be there earlier.
        Kind::Reconciliation => *month == last || has_several(facts),
        // Under another assignment other rules of the month may hold.
        _ if !facts.is_of_assignment(*month) => true,
        Kind::Outcome => !wide.is_used(*month) && month_holds(&wide, asked.kind, *month) == Truth::Yes,
        _ => !wide.is_used(*month) && month_holds_but_for(&["P1-05"], &wide, asked.kind, *month) == Truth::Yes,
    };
    let (month, payable) = own.chain(later).chain(earlier).filter(might).find_map(|month| {
        let facts = facts_for(&wide, month)?;
        let verdict = judge(&facts, &asked.in_month(month));
        is_payable_but_for_services(&verdict).then_some((month, verdict.decision == Decision::Payable))
    })?;
    let text = match (payable, month == asked.month) {
        (false, true) => "Complete the agreed services substantially and record the day.".to_owned(),
        _ => as_it_stands(month, payable) + ".",
    };
    Some(Next { text, changes: Vec::new(), by: Some(month) })
}

/// The month for which a payment can be claimed without more earnings.
fn as_it_stands(month: Month, payable: bool) -> String {
    let month = month.in_words();
    if payable {
        format!("As the case stands this payment can be claimed for {month}")
    } else {
        format!(
            "Complete the agreed services substantially and record the day; then this payment can be claimed for {month}"
        )
    }
}

/// Months that would have to earn more for a month to be payable.
struct Plan {
    month: Month,
    raised: Vec<(Month, Usd)>,
    /// Nothing else stands in the way, such as services.
    payable: bool,
}

impl Plan {
    fn count(&self) -> i32 {
        i32::try_from(self.raised.len()).unwrap_or(i32::MAX)
    }

    /// How many of them are over already: their earnings are what they are.
    fn gone_by(&self, now: Month) -> usize {
        self.raised.iter().filter(|(month, _)| *month < now).count()
    }
}

/// The fewest months whose earnings would have to be higher: for the first month not yet over that can carry the payment, or for the
/// claimed month, one after it or one before it when that takes fewer. None are where the earnings of a month that is not over are
/// known and enough.
fn more_earnings(facts: &Facts<'_>, asked: &Asked) -> Option<Next> {
    let horizon = horizon(facts, asked);
    let now = now(facts, asked).max(facts.window_start);
    let wide = facts.extended_to(now.plus(horizon));
    let might = |month: &Month| {
        asked.kind == Kind::Reconciliation
            || !facts.is_of_assignment(*month)
            || !wide.is_used(*month) && month_holds_but_for(&EARNINGS_RULES, &wide, asked.kind, *month) == Truth::Yes
    };
    let plan = |month: Month| {
        let facts = facts_for(&wide, month)?;
        let (raised, payable) = fewest_for(&facts, &asked.in_month(month), horizon)?;
        Some(Plan { month, raised, payable })
    };
    let mut best: Option<Plan> = None;
    for month in now.through(now.plus(horizon)).filter(might) {
        // Waiting longer than months must be raised changes nothing any more.
        if best.as_ref().is_some_and(|best| month.since(best.month) > best.count()) {
            break;
        }
        let Some(plan) = plan(month) else { continue };
        if best.as_ref().is_none_or(|best| (plan.count(), plan.gone_by(now)) < (best.count(), best.gone_by(now))) {
            best = Some(plan);
        }
    }
    let gone_by = asked.month.plus(1).through(now.plus(-1).min(asked.month.plus(horizon)));
    let claimed = [asked.month].into_iter();
    let first = first_assigned(facts).plus(1);
    let before = first.max(asked.month.plus(-horizon)).through(asked.month.plus(-1)).rev();
    for month in claimed.chain(gone_by).chain(before).filter(might) {
        if best.as_ref().is_some_and(|best| best.count() <= 1) {
            break;
        }
        if let Some(plan) = plan(month)
            && best.as_ref().is_none_or(|best| plan.count() < best.count())
        {
            best = Some(plan);
        }
    }
    // What is far from the claim is looked at only where nothing else would do.
    let far = asked.month.plus(horizon + 1).through(now.plus(-1));
    let earlier = first.through(asked.month.plus(-horizon - 1)).rev();
    let best = best.or_else(|| far.chain(earlier).filter(might).find_map(plan));
    let Plan { month, mut raised, payable } = best?;
    raised.sort_unstable();
    let wide = facts.extended_to(month);
    let changes: Vec<EarningsNeeded> =
        raised.iter().map(|(month, at_least)| needed(&wide, asked.kind, *month, *at_least)).collect();
    let text = match changes.as_slice() {
        [] if month < Month::from(facts.requested_on) => as_it_stands(month, payable) + ".",
        [] => as_it_stands(month, payable) + " once that month is over.",
        changes => in_words(changes, month, payable),
    };
    Some(Next { text, changes, by: Some(month) })
}

fn own_assignments<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a Assignment> {
    let provider = &facts.assignment.provider;
    facts.case.assignments.iter().filter(move |assignment| assignment.provider == *provider)
}

/// Whether the provider got the ticket more than once.
fn has_several(facts: &Facts<'_>) -> bool {
    own_assignments(facts).nth(1).is_some()
}

/// The month in which the provider got the ticket first.
fn first_assigned(facts: &Facts<'_>) -> Month {
    own_assignments(facts).next().unwrap_or(facts.assignment).assigned_on.into()
}

/// The fewest months that must be raised for a month to be payable, each to the least that is enough: the latest that can help, and of
/// these none without which it works. None when even all of them are not enough.
fn fewest_for(facts: &Facts<'_>, asked: &Asked, horizon: i32) -> Option<(Vec<(Month, Usd)>, bool)> {
    let earliest = facts.window_start.max(asked.month.plus(1 - horizon));
    let months: Vec<(Month, Usd)> = earliest
        .through(asked.month)
        .rev()
        .filter(|month| can_help(facts, asked.kind, *month))
        .filter_map(|month| amount_needed(facts, asked.kind, month).map(|amount| (month, amount)))
        .collect();
    let works = |raised: &[(Month, Usd)]| {
        let verdict = judge(&facts.with_raised(raised), asked);
        is_payable_but_for_services(&verdict).then_some(verdict.decision == Decision::Payable)
    };
    let (mut low, mut high) = (0, months.len());
    let mut payable = works(&months)?;
    while low < high {
        let middle = usize::midpoint(low, high);
        match works(months.get(..middle)?) {
            Some(answer) => (high, payable) = (middle, answer),
            None => low = middle + 1,
        }
    }
    let (mut rest, mut kept) = (months.get(..high)?, Vec::new());
    while let [later @ .., (month, amount)] = rest {
        let with = |amount: Option<Usd>| {
            let own = amount.map(|amount| (*month, amount));
            works(&[later, &kept, own.as_slice()].concat())
        };
        if high > 1
            && let Some(answer) = with(None)
        {
            payable = answer;
        } else if let Some((least, answer)) = lower_amounts(facts, asked.kind, *month)
            .into_iter()
            .flatten()
            .filter(|least| least < amount)
            .find_map(|least| Some((least, with(Some(least))?)))
        {
            payable = answer;
            kept.push((*month, least));
        } else {
            kept.push((*month, *amount));
        }
        rest = later;
    }
    Some((kept, payable))
}

/// Whether more earnings in a month could count for a payment.
fn can_help(facts: &Facts<'_>, kind: Kind, month: Month) -> bool {
    match kind {
        Kind::Phase1(1) => true,
        Kind::Phase1(_) | Kind::Phase2 => !facts.is_half_level_month(month),
        Kind::Outcome | Kind::Reconciliation => {
            month_holds_but_for(&EARNINGS_RULES, facts, Kind::Outcome, month) == Truth::Yes
        }
    }
}

/// Lower levels that may do for a month, the lowest first: half the trial work level where Milestone 1 takes it, and the trial work level
/// where Phase 2 is asked about.
fn lower_amounts(facts: &Facts<'_>, kind: Kind, month: Month) -> [Option<Usd>; 2] {
    let in_last_period = |basis: &Basis| facts.month(month).evidence(*basis) == Evidence::LastPeriod;
    let half =
        !facts.policy.half_level_needs_last_period || facts.bases(month, Purpose::Milestone).iter().any(in_last_period);
    match kind {
        Kind::Phase1(_) | Kind::Phase2 => {
            let level = if kind == Kind::Phase2 { facts.level(Level::TrialWork, month) } else { None };
            [if half { facts.half_level(month) } else { None }, level]
        }
        Kind::Outcome | Kind::Reconciliation => [None, None],
    }
}

/// What a month would have to earn to reach the level of a payment; none when it does already, or the level is not known.
fn amount_needed(facts: &Facts<'_>, kind: Kind, month: Month) -> Option<Usd> {
    let ended = ended_for_work::is_asked(facts, month);
    let level = level_of(facts, kind);
    let (reading, purpose) = match kind {
        Kind::Phase1(_) => (Reading::AtOrAbove, Purpose::Milestone),
        Kind::Phase2 => (facts.policy.phase_2, Purpose::Milestone),
        Kind::Outcome | Kind::Reconciliation if ended => (Reading::Above, Purpose::Outcome),
        Kind::Outcome | Kind::Reconciliation => (Reading::AtOrAbove, Purpose::Outcome),
    };
    let has_floor = purpose == Purpose::Milestone || ended || facts.outcome_has_floor(month);
    (has_floor && facts.reaches(month, level, reading, purpose) == Truth::No)
        .then(|| facts.level(level, month).map(|l| reading.least(l)))?
}

/// The level that a month must reach.
fn level_of(facts: &Facts<'_>, kind: Kind) -> Level {
    match kind {
        Kind::Phase1(_) => Level::TrialWork,
        Kind::Phase2 => facts.phase_2_level(),
        Kind::Outcome | Kind::Reconciliation => facts.outcome_level(),
    }
}

fn needed(facts: &Facts<'_>, kind: Kind, month: Month, at_least: Usd) -> EarningsNeeded {
    let purpose =
        if matches!(kind, Kind::Outcome | Kind::Reconciliation) { Purpose::Outcome } else { Purpose::Milestone };
    let basis = facts.bases(month, purpose).first().copied().unwrap_or(Basis::Earned);
    let title = if basis == Basis::Earned { Record::T2 } else { Record::T16 };
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
            let groups: Vec<String> =
                many.chunk_by(|a, b| a.at_least == b.at_least && b.month.since(a.month) == 1).map(group).collect();
            format!(
                "{} more months, {},{services} would make this payment payable for {}.",
                many.len(),
                groups.join(", "),
                month.in_words()
            )
        }
    }
}

/// Consecutive months with one amount: `July 2016 to December 2016 at or above $1,130`.
fn group(months: &[EarningsNeeded]) -> String {
    match months {
        [] => String::new(),
        [one] => format!("{} at or above {}", one.month.in_words(), one.at_least.in_words()),
        [first, .., last] => {
            format!("{} to {} at or above {}", first.month.in_words(), last.month.in_words(), first.at_least.in_words())
        }
    }
}

#[cfg(test)]
mod tests;
