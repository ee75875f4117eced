//! One provider's view of a ticket, with what is in process counted as paid.

use super::basis::Basis;
use super::read::Requested;
use crate::decision::{self, Determination, Ledger, Status};
use crate::domain::{Case, Month, PaymentAsked, PaymentName, TicketPayment, Usd};
use crate::eligibility::Missing;
use crate::facts::PolicyName;
use crate::params::Parameters;
use crate::read::{Claim, LedgerRequest, Question, Read};
use jiff::Unit;
use jiff::civil::Date;
use serde::Serialize;

/// A payment that is due: one that can be requested, or the reconciliation, which comes without a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The caller's id of the ticket.
    pub ticket: Box<str>,
    /// Which payment.
    pub payment: PaymentName,
    /// The month for which it can be claimed.
    pub month: Month,
    /// What it would be; none when the rate is not published.
    pub amount: Option<Usd>,
    /// The last day of the months in which a request is expected (PRQ-03); none for the reconciliation.
    pub request_by: Option<Date>,
    /// Days until then: zero on that day, below zero after it.
    pub days_left: Option<i32>,
    /// What it rests on.
    pub basis: Option<Basis>,
    /// What has to be known for the amount.
    pub missing: Vec<Missing>,
}

impl Due {
    /// Whether the days in which a request is expected are over.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.days_left.is_some_and(|days| days < 0)
    }
}

/// Whose view, on which day, by which reading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Viewer<'v> {
    pub provider: &'v str,
    pub as_of: Date,
    pub policy: PolicyName,
    pub parameters: &'v Parameters,
}

/// A ticket as a provider sees it.
pub(super) struct View<'v> {
    pub viewer: Viewer<'v>,
    /// The case with what is in process.
    pub request: LedgerRequest,
    pub ledger: Ledger,
    /// What is in process: requested and not paid.
    pub requested: Vec<Requested>,
}

impl<'v> View<'v> {
    /// # Errors
    /// When the provider has no assignment under which it could claim.
    pub fn of(viewer: Viewer<'v>, case: &Case, requested: &[Requested]) -> Read<Self> {
        let Viewer { provider, as_of, policy, parameters } = viewer;
        let is_open = |asked: &&Requested| !case.payments.iter().any(|paid| asked.is_paid_by(paid));
        let requested: Vec<Requested> = requested.iter().filter(is_open).copied().collect();
        let case = with_requests(case, provider, &requested);
        let request = LedgerRequest { case, provider: provider.into(), as_of, policy };
        let ledger = decision::ledger(&request, parameters)?;
        Ok(Self { viewer, request, ledger, requested })
    }

    /// The payable rows that nobody has asked for, in the order of the ledger.
    pub fn due(&self) -> Vec<Due> {
        let payable = self.ledger.rows.iter().filter(|row| row.status == Status::Payable);
        payable.filter_map(|row| self.due_row(row.payment, row.attained_in?, row.amount)).collect()
    }

    fn due_row(&self, payment: PaymentName, month: Month, amount: Option<Usd>) -> Option<Due> {
        // A month is in process for one payment only; the reconciliation has no month of its own.
        let reconciliation = PaymentAsked::Named(PaymentName::Reconciliation);
        let taken = |requested: &Requested| requested.month == month && requested.payment != reconciliation;
        if payment != PaymentName::Reconciliation && self.requested.iter().any(taken) {
            return None;
        }
        let Viewer { as_of, parameters, .. } = self.viewer;
        // No form asks for the reconciliation, so no day ends the time for it.
        let asked_for = payment != PaymentName::Reconciliation;
        let last = month.plus(parameters.terms(as_of.into()).payment_request_months).last_day();
        let request_by = last.filter(|_| asked_for);
        let days_left = request_by.and_then(|day| Some(as_of.until((Unit::Day, day)).ok()?.get_days()));
        let determination = self.ask(payment, month)?;
        let missing = if amount.is_none() { determination.missing.clone() } else { Vec::new() };
        let ticket = self.request.case.ticket_id.clone();
        Some(Due {
            ticket,
            payment,
            month,
            amount,
            request_by,
            days_left,
            basis: Basis::of(payment, determination),
            missing,
        })
    }

    /// What would be answered to a claim.
    pub fn ask(&self, payment: PaymentName, month: Month) -> Option<Determination> {
        answer(self.viewer, &self.request.case, payment, month)
    }
}

/// What would be answered to a claim on a case.
pub(super) fn answer(viewer: Viewer<'_>, case: &Case, payment: PaymentName, month: Month) -> Option<Determination> {
    let Viewer { provider, as_of, policy, parameters } = viewer;
    let claim = Claim { payment: PaymentAsked::Named(payment), month, provider: provider.into() };
    let question = Question { case: case.clone(), claim, requested_on: as_of, policy };
    decision::decide(&question, parameters).ok()
}

impl Requested {
    /// Whether a payment is what was asked for.
    fn is_paid_by(self, paid: &TicketPayment) -> bool {
        match (self.payment, paid.payment) {
            (PaymentAsked::Named(name), paid) => name == paid,
            (PaymentAsked::NextPhase2, PaymentName::Phase2(_))
            | (PaymentAsked::NextOutcome, PaymentName::Outcome(_)) => paid.month == self.month,
            _ => false,
        }
    }
}

/// The case as it will be when what is in process is paid. Amounts play no part, nor do requests whose number is open.
fn with_requests(case: &Case, provider: &str, requested: &[Requested]) -> Case {
    let mut case = case.clone();
    for Requested { payment, month } in requested {
        let PaymentAsked::Named(payment) = payment else { continue };
        if case.payments.iter().all(|paid| paid.payment != *payment) {
            case.payments.push(TicketPayment {
                payment: *payment,
                month: *month,
                provider: provider.into(),
                amount: Usd::ZERO,
                half_twl: false,
            });
        }
    }
    case
}
