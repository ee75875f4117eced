//! Why a ticket brings nothing now.

use super::read::Requested;
use super::standing::View;
use crate::decision::{Row, Status, possible_month};
use crate::domain::{Month, PaymentAsked, PaymentName};
use crate::eligibility::Missing;
use crate::facts::Truth;
use serde::Serialize;

/// Where a ticket stands that brings nothing now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A fact that is not known could bring a payment now.
    Undetermined,
    /// What is payable has been requested.
    Requested,
    /// The next payment has to be attained first.
    Pending,
    /// What is not paid is barred for good.
    Unavailable,
    /// Everything is paid.
    Paid,
}

/// Why a ticket brings nothing now, and what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// Where the ticket stands.
    pub standing: Standing,
    /// The payment it is about; none where it is about all of them.
    pub payment: Option<PaymentName>,
    /// The rules that stand in the way.
    pub rules: Vec<&'static str>,
    /// In words.
    pub text: String,
    /// Facts that are not known.
    pub missing: Vec<Missing>,
}

impl Why {
    /// The first of these that is so: something is not known, something is requested, something can still be attained.
    pub(super) fn of(view: &View<'_>) -> Self {
        let first = |status| view.ledger.rows.iter().find(|row| row.status == status);
        if let Some(row) = first(Status::Undetermined) {
            return Self::undetermined(view, row);
        }
        if !view.requested.is_empty() {
            return Self::requested(view);
        }
        if let Some(row) = first(Status::Pending) {
            return Self::pending(view, row);
        }
        Self::closed(view)
    }

    fn undetermined(view: &View<'_>, row: &Row) -> Self {
        let month = possible_month(&view.request, view.viewer.parameters, row.payment);
        let determination = view.ask(row.payment, month.unwrap_or_else(|| last_month_over(view)));
        let (rules, missing) = determination.map_or_else(Default::default, |answer| {
            let open = answer.reasons.iter().filter(|reason| reason.holds == Truth::Unknown);
            (open.map(|reason| reason.rule).collect(), answer.missing)
        });
        Self {
            standing: Standing::Undetermined,
            payment: Some(row.payment),
            rules,
            text: "This payment may be due already; it depends on facts that are not known.".to_owned(),
            missing,
        }
    }

    fn requested(view: &View<'_>) -> Self {
        let payment = match view.requested.as_slice() {
            [Requested { payment: PaymentAsked::Named(name), .. }] => Some(*name),
            _ => None,
        };
        let text = "What is payable has been requested and is in process.".to_owned();
        Self { standing: Standing::Requested, payment, rules: vec!["PRQ-01"], text, missing: Vec::new() }
    }

    fn pending(view: &View<'_>, row: &Row) -> Self {
        let determination = view.ask(row.payment, last_month_over(view));
        let rules = determination.iter().flat_map(|answer| {
            let failing = answer.reasons.iter().filter(|reason| reason.holds == Truth::No);
            failing.map(|reason| reason.rule)
        });
        let rules = rules.collect();
        let next = determination.and_then(|answer| answer.next);
        let text =
            next.map_or_else(|| "This payment comes next and has not been attained.".to_owned(), |next| next.text);
        Self { standing: Standing::Pending, payment: Some(row.payment), rules, text, missing: Vec::new() }
    }

    fn closed(view: &View<'_>) -> Self {
        let mut rules: Vec<&'static str> = Vec::new();
        for id in view.ledger.rows.iter().flat_map(|row| &row.blocked_by) {
            if !rules.contains(id) {
                rules.push(id);
            }
        }
        let (standing, text) = if rules.is_empty() {
            (Standing::Paid, "Every payment of this ticket has been made.")
        } else {
            (Standing::Unavailable, "Every payment that has not been made is barred for good.")
        };
        Self { standing, payment: None, rules, text: text.to_owned(), missing: Vec::new() }
    }
}

fn last_month_over(view: &View<'_>) -> Month {
    Month::from(view.viewer.as_of).plus(-1)
}
