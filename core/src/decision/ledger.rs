//! The whole ticket at once: a row for each payment.

use crate::domain::{Case, Month, PaymentName, TicketPayment, Usd};
use crate::eligibility::amount::{price, rate, rate_kind};
use crate::eligibility::judge::judge;
use crate::eligibility::sequence::{Assigned, Counting, assign, bars};
use crate::eligibility::{Asked, Decision, Kind, Verdict, milestones_2_to_4, milestones_left, twelve_outcomes};
use crate::facts::{Facts, PolicyName, Standpoint, Truth};
use crate::params::Parameters;
use crate::problem::{Problem, code};
use crate::read::{LedgerRequest, Read};
use jiff::civil::Date;
use serde::Serialize;

/// One provider's view of a ticket on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// Whose view.
    pub provider: Box<str>,
    /// On which day.
    pub as_of: Date,
    /// One row for each payment the ticket can carry, in order.
    pub rows: Vec<Row>,
    /// Sums.
    pub totals: Totals,
    /// The policy by which it was judged.
    pub policy: PolicyName,
    /// Version of rules and parameters.
    pub rules_version: Box<str>,
}

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its name.
    pub payment: PaymentName,
    /// Where it stands.
    pub status: Status,
    /// The month it was paid for, or that the ledger gives it.
    pub attained_in: Option<Month>,
    /// What was paid, or would be.
    pub amount: Option<Usd>,
    /// The rules that bar it for good.
    pub blocked_by: Vec<&'static str>,
    /// How far Milestone 2, 3 or 4 is.
    pub progress: Option<Progress>,
}

impl Row {
    const fn pending(payment: PaymentName) -> Self {
        Self {
            payment,
            status: Status::Pending,
            attained_in: None,
            amount: None,
            blocked_by: Vec::new(),
            progress: None,
        }
    }

    fn paid(paid: &TicketPayment) -> Self {
        Self {
            status: Status::Paid,
            attained_in: Some(paid.month),
            amount: Some(paid.amount),
            ..Self::pending(paid.payment)
        }
    }
}

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It has been paid, to whichever provider.
    Paid,
    /// Attained and not paid.
    Payable,
    /// It can still be attained.
    Pending,
    /// Barred for good.
    Unavailable,
    /// It depends on something that is not known.
    Undetermined,
}

/// Months at the trial work level in the window that ends now, and months needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Months reached.
    pub have: u16,
    /// Months needed.
    pub need: u8,
}

/// Sums of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Everything paid on the ticket, to all providers.
    pub paid: Usd,
    /// Payable rows; a row whose rate is not known adds nothing.
    pub payable: Usd,
    /// Pending rows but the reconciliation, at the rates of the year of `as_of`; none when one of those is not known.
    pub potential: Option<Usd>,
}

/// A ticket under title XVI: four, eighteen and sixty payments, and the reconciliation.
const MOST_ROWS: usize = 83;

/// Answers for the whole ticket at once.
///
/// # Errors
/// When the provider has no assignment under which it could claim, which reading a request refuses.
pub fn ledger(request: &LedgerRequest, parameters: &Parameters) -> Read<Ledger> {
    let LedgerRequest { case, provider, as_of, policy } = request;
    let facts = gather(case, parameters, provider, *as_of, *policy)?;
    let now = Month::from(*as_of);
    let (certain, possible) = Counting::both(|counting| assign(&facts, counting, now));
    let months = Months { now, certain, possible };
    let outlooks = Outlooks::new(&facts, now);
    let mut rows = Vec::with_capacity(MOST_ROWS);
    rows.extend(names(&facts).map(|name| row(&facts, name, &months, outlooks.of(name))));
    let reconciliation = reconciliation_row(&facts, &rows, now);
    rows.push(reconciliation);
    Ok(Ledger {
        provider: provider.clone(),
        as_of: *as_of,
        totals: totals(&facts, &rows, &outlooks),
        rows,
        policy: *policy,
        rules_version: parameters.version().into(),
    })
}

pub(super) fn gather<'a>(
    case: &'a Case,
    parameters: &'a Parameters,
    provider: &str,
    as_of: Date,
    policy: PolicyName,
) -> Read<Facts<'a>> {
    Facts::gather(case, parameters, policy.policy(), provider, as_of, Standpoint::Ledger(as_of))
        .ok_or_else(|| vec![Problem::new(&code::CLAIM_PROVIDER_NOT_ASSIGNED, "/provider")])
}

/// The month that a payment would have if every fact that is not known were in its favour; none where it has none even then, or the
/// provider no assignment under which it could claim.
#[must_use]
pub fn possible_month(request: &LedgerRequest, parameters: &Parameters, name: PaymentName) -> Option<Month> {
    let LedgerRequest { case, provider, as_of, policy } = request;
    let facts = gather(case, parameters, provider, *as_of, *policy).ok()?;
    assign(&facts, &Counting::possible(), Month::from(*as_of)).month_of(name)
}

/// The months given to payments, and the month that is not over.
struct Months {
    now: Month,
    certain: Assigned,
    possible: Assigned,
}

/// Every payment of the ticket but the reconciliation, in order.
fn names(facts: &Facts<'_>) -> impl Iterator<Item = PaymentName> {
    let phase_2 = facts.terms.phase_2_count(facts.ticket_title);
    let outcomes = facts.terms.outcome_count(facts.ticket_title);
    let phase_1 = (1..=4).map(PaymentName::Phase1);
    phase_1.chain((1..=phase_2).map(PaymentName::Phase2)).chain((1..=outcomes).map(PaymentName::Outcome))
}

fn kind(name: PaymentName) -> Kind {
    match name {
        PaymentName::Phase1(number) => Kind::Phase1(number),
        PaymentName::Phase2(_) => Kind::Phase2,
        PaymentName::Outcome(_) => Kind::Outcome,
        PaymentName::Reconciliation => Kind::Reconciliation,
    }
}

impl Assigned {
    fn month_of(&self, name: PaymentName) -> Option<Month> {
        let numbered =
            |months: &[(u8, Month)], wanted| months.iter().find(|(n, _)| *n == wanted).map(|(_, month)| *month);
        match name {
            PaymentName::Phase1(number) => self.phase_1.get(usize::from(number) - 1).copied().flatten(),
            PaymentName::Phase2(number) => numbered(&self.phase_2, number),
            PaymentName::Outcome(number) => numbered(&self.outcomes, number),
            PaymentName::Reconciliation => None,
        }
    }
}

/// What is the same for all payments of a phase.
struct Outlook {
    barred_from_now_on: Vec<&'static str>,
    /// At the rates of the year of `as_of`.
    rate: Option<Usd>,
}

struct Outlooks {
    phase_1: Outlook,
    phase_2: Outlook,
    outcome: Outlook,
}

impl Outlooks {
    fn new(facts: &Facts<'_>, now: Month) -> Self {
        let outlook = |kind| Outlook {
            barred_from_now_on: barred_from_now_on(facts, kind, now),
            rate: rate(facts, rate_kind(facts, kind), now.year()).amount,
        };
        Self { phase_1: outlook(Kind::Phase1(1)), phase_2: outlook(Kind::Phase2), outcome: outlook(Kind::Outcome) }
    }

    const fn of(&self, name: PaymentName) -> Option<&Outlook> {
        match name {
            PaymentName::Phase1(_) => Some(&self.phase_1),
            PaymentName::Phase2(_) => Some(&self.phase_2),
            PaymentName::Outcome(_) => Some(&self.outcome),
            PaymentName::Reconciliation => None,
        }
    }
}

/// C-31: the first of these that is so.
fn row(facts: &Facts<'_>, name: PaymentName, months: &Months, outlook: Option<&Outlook>) -> Row {
    let kind = kind(name);
    let empty = Row::pending(name);
    if let Some(paid) = paid(facts, name) {
        return Row::paid(paid);
    }
    let Some(outlook) = outlook else { return empty };
    let bars = bars(facts, kind);
    if !bars.is_empty() {
        return Row { status: Status::Unavailable, blocked_by: bars.to_vec(), ..empty };
    }
    if let Some(month) = months.certain.month_of(name) {
        let amount = rate(facts, rate_kind(facts, kind), month.year()).amount;
        return Row { status: Status::Payable, attained_in: Some(month), amount, ..empty };
    }
    if months.possible.month_of(name).is_some() {
        return Row { status: Status::Undetermined, ..empty };
    }
    if !outlook.barred_from_now_on.is_empty() {
        return Row { status: Status::Unavailable, blocked_by: outlook.barred_from_now_on.clone(), ..empty };
    }
    Row { progress: progress(facts, kind, months.now), ..empty }
}

fn paid<'f>(facts: &'f Facts<'_>, name: PaymentName) -> Option<&'f TicketPayment> {
    facts.payments.iter().find(|paid| paid.payment == name)
}

/// What bars every month from the current one on.
fn barred_from_now_on(facts: &Facts<'_>, kind: Kind, now: Month) -> Vec<&'static str> {
    let before = now.plus(-1);
    let taken_over = facts.policy.state_vr_takeover_stops
        && facts.state_vr_takes_over_on().is_some_and(|day| Month::from(day) <= now);
    let period = if matches!(kind, Kind::Outcome | Kind::Reconciliation) {
        facts.outcome_period_months(before).0 >= u16::from(facts.terms.outcome_count(facts.ticket_title))
    } else {
        facts.outcome_period_begun(before) == Truth::Yes
    };
    let terminated = facts.case.terminates_in.is_some_and(|end| end <= now);
    let all = [("SVR-04", taken_over), ("OUT-02", period), ("TRM-01", terminated)];
    all.into_iter().filter(|(_, bars)| *bars).map(|(id, _)| id).collect()
}

fn progress(facts: &Facts<'_>, kind: Kind, now: Month) -> Option<Progress> {
    matches!(kind, Kind::Phase1(2..=4)).then(|| {
        let window = milestones_2_to_4::window(facts, kind);
        Progress { have: facts.reached_in(now.plus(-1), window.within).0, need: window.months }
    })
}

/// C-24.
fn reconciliation_row(facts: &Facts<'_>, rows: &[Row], now: Month) -> Row {
    let name = PaymentName::Reconciliation;
    let empty = Row::pending(name);
    if let Some(paid) = paid(facts, name) {
        return Row::paid(paid);
    }
    let bars = bars(facts, Kind::Reconciliation);
    if !bars.is_empty() {
        return Row { status: Status::Unavailable, blocked_by: bars.to_vec(), ..empty };
    }
    let facts = &with_milestones_paid(facts, rows);
    if milestones_left::left(facts) == (0, 0) {
        return Row { status: Status::Unavailable, blocked_by: vec!["REC-02"], ..empty };
    }
    let last = now.plus(-1);
    let asked = Asked::month_of(Kind::Reconciliation, last);
    let verdict = judge(facts, &asked);
    match without_termination(&verdict) {
        Decision::Payable => {
            let (months, _) = twelve_outcomes::qualified(facts, last);
            let twelfth = usize::from(facts.terms.reconciliation_outcomes).saturating_sub(1);
            let (_, amount) = price(facts, &asked);
            Row { status: Status::Payable, attained_in: months.get(twelfth).copied(), amount, ..empty }
        }
        Decision::Undetermined => Row { status: Status::Undetermined, ..empty },
        Decision::NotPayable => {
            let bars = barred_from_now_on(facts, Kind::Reconciliation, now);
            if bars.is_empty() { empty } else { Row { status: Status::Unavailable, blocked_by: bars, ..empty } }
        }
    }
}

/// The decision but for TRM-01, which is asked of a claim's own month; a ledger has none.
fn without_termination(verdict: &Verdict) -> Decision {
    let all = verdict.answers().filter(|(id, _)| *id != "TRM-01").fold(Truth::Yes, |all, (_, truth)| all.and(truth));
    match all {
        Truth::Yes => Decision::Payable,
        Truth::Unknown => Decision::Undetermined,
        Truth::No => Decision::NotPayable,
    }
}

/// The facts as they would be after the ledger's payable milestones were paid.
fn with_milestones_paid<'a>(facts: &Facts<'a>, rows: &[Row]) -> Facts<'a> {
    let payable = rows.iter().filter(|row| row.status == Status::Payable && kind(row.payment) != Kind::Outcome);
    facts.with_paid(payable.filter_map(|row| {
        Some(TicketPayment {
            payment: row.payment,
            month: row.attained_in?,
            provider: facts.assignment.provider.clone(),
            amount: row.amount.unwrap_or(Usd::ZERO),
            half_twl: false,
        })
    }))
}

fn totals(facts: &Facts<'_>, rows: &[Row], outlooks: &Outlooks) -> Totals {
    let sum = |amounts: &mut dyn Iterator<Item = Usd>| amounts.fold(Usd::ZERO, Usd::plus);
    let potential = rows
        .iter()
        .filter(|row| row.status == Status::Pending && row.payment != PaymentName::Reconciliation)
        .try_fold(Usd::ZERO, |sum, row| Some(sum.plus(outlooks.of(row.payment)?.rate?)));
    Totals {
        paid: sum(&mut facts.payments.iter().map(|paid| paid.amount)),
        payable: sum(&mut rows.iter().filter(|row| row.status == Status::Payable).filter_map(|row| row.amount)),
        potential,
    }
}

#[cfg(test)]
mod tests;
