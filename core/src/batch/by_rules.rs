//! A row that does not fit into masks, by the rules themselves.

use super::answers::Standing;
use super::calendar;
use super::fault::Fault;
use super::plan::Asked;
use super::row::{PROVIDER, Row};
use crate::decision::{Status, ledger};
use crate::domain::{MAX_SPAN_MONTHS, PaymentName};
use crate::read::LedgerRequest;

/// One row's answer, months as numbers.
#[derive(Debug)]
pub(super) struct Answer {
    pub months: [Option<i32>; 6],
    pub standing: [Standing; 4],
    pub counts: [u8; 2],
    pub from: i32,
}

/// Makes a row into a case and asks the rules.
pub(super) fn answer(asked: Asked<'_>, dates: &Row, row: usize) -> Result<Answer, Fault> {
    let case = dates.case(asked.panel, row).ok_or(Fault::Span)?;
    let as_of = dates.as_of().ok_or(Fault::Span)?;
    if dates.now - dates.first > MAX_SPAN_MONTHS * 2 {
        return Err(Fault::Span);
    }
    let policy = asked.plan.policy.name;
    let request = LedgerRequest { case, provider: PROVIDER.into(), as_of, policy };
    let ledger = ledger(&request, asked.plan.parameters).map_err(|_| Fault::Span)?;
    let mut answer =
        Answer { months: [None; 6], standing: [Standing::NotAttained; 4], counts: [0; 2], from: dates.first };
    for row in &ledger.rows {
        let month = row.attained_in.filter(|_| row.status == Status::Payable).map(calendar::number);
        let [m1, m2, m3, m4, phase_2, outcome] = &mut answer.months;
        let [phase_2_count, outcome_count] = &mut answer.counts;
        match row.payment {
            PaymentName::Phase1(number) => {
                let place = usize::from(number).wrapping_sub(1);
                if let Some(cell) = [m1, m2, m3, m4].into_iter().nth(place) {
                    *cell = month;
                }
                if let Some(cell) = answer.standing.get_mut(place) {
                    *cell = standing(row.status, &row.blocked_by);
                }
            }
            PaymentName::Phase2(_) if month.is_some() => {
                *phase_2_count += 1;
                *phase_2 = earlier(*phase_2, month);
            }
            PaymentName::Outcome(_) if month.is_some() => {
                *outcome_count += 1;
                *outcome = earlier(*outcome, month);
            }
            _ => {}
        }
    }
    Ok(answer)
}

fn earlier(a: Option<i32>, b: Option<i32>) -> Option<i32> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        _ => a.or(b),
    }
}

pub(super) fn standing(status: Status, blocked_by: &[&str]) -> Standing {
    match status {
        Status::Paid | Status::Payable => Standing::Attained,
        Status::Undetermined => Standing::Undetermined,
        Status::Unavailable if blocked_by.iter().any(|id| id.starts_with("SVR-0") && *id != "SVR-04") => {
            Standing::StateVr
        }
        Status::Unavailable if blocked_by.iter().any(|id| id.starts_with("LB-")) => Standing::LookBack,
        Status::Unavailable | Status::Pending => Standing::NotAttained,
    }
}
