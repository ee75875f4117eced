//! What a payment request that is on file shows: its earnings, and how their proof arrives.

use super::read::HALF;
use super::request::ProofDelivery;
use crate::domain::{Month, PayStatement, StatementKind, Usd, parse_date};
use jiff::civil::Date;
use serde::Deserialize;

/// What a payment request shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its earnings.
    pub statements: Vec<PayStatement>,
    /// How their proof arrives; a certification request has none.
    pub proof: Option<ProofDelivery>,
    /// Half of the trial work level is claimed, reached in the last pay period of the month.
    pub is_half: bool,
}

/// The fields of [`PaymentRequest`](super::PaymentRequest) that matter here.
#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    employer: Option<Employer>,
    #[serde(default)]
    earnings: Vec<Row>,
    #[serde(default)]
    sei: Option<Income>,
    #[serde(default)]
    proof_delivery: Option<ProofDelivery>,
    #[serde(default)]
    p1m1_basis: Option<String>,
}

#[derive(Deserialize)]
struct Employer {
    name: Box<str>,
}

#[derive(Deserialize)]
struct Row {
    period_start: String,
    period_end: String,
    pay_date: String,
    gross: String,
}

#[derive(Deserialize)]
struct Income {
    month: String,
    net: String,
}

/// What a payment request shows, in the shape in which it was filed; none when it is no such document.
#[must_use]
pub fn shown(document: &str) -> Option<Shown> {
    let request: Request = serde_json::from_str(document).ok()?;
    let employer = request.employer.map(|employer| employer.name);
    let mut statements = Vec::new();
    for row in &request.earnings {
        let period = (parse_date(&row.period_start).ok()?, parse_date(&row.period_end).ok()?);
        statements.push(wages(employer.clone(), period, parse_date(&row.pay_date).ok()?, Usd::parse(&row.gross)?));
    }
    if let Some(sei) = &request.sei {
        statements.push(income(Month::parse(&sei.month)?, Usd::parse(&sei.net)?)?);
    }
    let is_half = request.p1m1_basis.is_some_and(|basis| basis == HALF);
    Some(Shown { statements, proof: request.proof_delivery, is_half })
}

/// Wages of a pay period.
pub(super) const fn wages(
    employer: Option<Box<str>>,
    period: (Date, Date),
    pay_date: Date,
    gross: Usd,
) -> PayStatement {
    let (period_start, period_end) = period;
    PayStatement { employer, period_start, period_end, pay_date, gross, kind: StatementKind::Wages }
}

/// Net earnings from self-employment in a month.
pub(super) fn income(month: Month, net: Usd) -> Option<PayStatement> {
    let last_day = month.last_day()?;
    Some(PayStatement {
        employer: None,
        period_start: last_day.first_of_month(),
        period_end: last_day,
        pay_date: last_day,
        gross: net,
        kind: StatementKind::SelfEmployment,
    })
}
