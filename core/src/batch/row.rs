//! One row of a panel: its dates, the case that it is, and its answer by the rules themselves.

use super::calendar;
use super::panel::{Cents, List, Panel, VrBar};
use crate::domain::{
    Assignment, Benefit, BenefitStatus, Case, Month, MonthlyEarnings, PayStatement, PaymentSystem, ProviderKind,
    Record, StateVrCase, StatementKind, Title, Usd,
};
use jiff::civil::Date;

/// The provider whose ledger a panel is.
pub(super) const PROVIDER: &str = "provider";

/// A row's dates as numbers of months, as far as its case has them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub first: i32,
    pub length: usize,
    /// Day of the first assignment.
    pub anchor_on: i32,
    /// Day of the assignment to the provider that asks.
    pub assigned_on: i32,
    /// First month that can be paid.
    pub start: i32,
    /// The month that is not over.
    pub now: i32,
    pub as_of: i32,
    pub services: bool,
}

impl Row {
    /// The day of the ledger.
    pub(super) fn as_of(&self) -> Option<Date> {
        calendar::date_of(self.as_of)
    }

    /// The case that a row is: a ledger of it answers as the batch does.
    pub(super) fn case(&self, panel: &Panel<'_>, row: usize) -> Option<Case> {
        let anchor_on = calendar::date_of(self.anchor_on)?;
        let assigned_on = self.assignment_day()?;
        let bar = panel.vr_bar(row);
        let kind = if bar == VrBar::None { ProviderKind::En } else { ProviderKind::StateVrAsEn };
        let assignment = |provider: &str, kind, assigned_on| Assignment {
            provider: provider.into(),
            kind,
            payment_system: Some(PaymentSystem::OutcomeMilestone),
            assigned_on,
            unassigned_on: None,
            plan_signed_on: None,
            plan_received_on: None,
            services_completed_on: None,
        };
        let mut own = assignment(PROVIDER, kind, assigned_on);
        own.services_completed_on = if self.services { calendar::date_of(self.as_of) } else { None };
        let earlier = (anchor_on != assigned_on).then(|| Assignment {
            unassigned_on: Some(assigned_on),
            ..assignment("another provider", ProviderKind::En, anchor_on)
        });
        let closure = |cost_reimbursed| StateVrCase {
            agency: PROVIDER.into(),
            closed_on: assigned_on.yesterday().ok(),
            successful: true,
            cost_reimbursed,
        };
        Some(Case {
            ticket_id: format!("row {row}").into(),
            terminates_in: panel
                .last_payable_month
                .and_then(|days| days.get(row))
                .map(|day| calendar::month(calendar::month_of(day)).plus(1)),
            assignments: earlier.into_iter().chain([own]).collect(),
            title: match panel.title.get(row)? {
                0 => Title::T2,
                1 => Title::T16,
                _ => Title::Concurrent,
            },
            blind: panel.blind.is_some_and(|bits| bits.get(row)),
            benefits: self.benefits(panel, row),
            earnings: self.earnings(panel, row),
            pay_statements: self.statements(panel, row),
            state_vr_cases: match bar {
                VrBar::None => Vec::new(),
                VrBar::Phase1 => vec![closure(false)],
                VrBar::All => vec![closure(true)],
            },
            payments: Vec::new(),
        })
    }

    /// The day of an assignment after which the first payable month comes first.
    fn assignment_day(&self) -> Option<Date> {
        let month = calendar::month(self.start).plus(-1);
        let assigned_on = calendar::date_of(self.assigned_on)?;
        if Month::from(assigned_on) == month {
            return Some(assigned_on);
        }
        let anchor_on = calendar::date_of(self.anchor_on)?;
        if Month::from(anchor_on) == month { Some(anchor_on) } else { Some(month.last_day()?.first_of_month()) }
    }

    fn month(&self, index: usize) -> Month {
        calendar::month(self.first.saturating_add(i32::try_from(index).unwrap_or(i32::MAX)))
    }

    fn benefits(&self, panel: &Panel<'_>, row: usize) -> Vec<Benefit> {
        let mut benefits: Vec<Benefit> = Vec::new();
        for (record, list) in [(Record::T2, &panel.t2), (Record::T16, &panel.t16)] {
            let (from, length) = list.range(row);
            for index in 0..length {
                let Some(status) = known(list, from + index).and_then(|at| status(list.values.get(at)?)) else {
                    continue;
                };
                let month = self.month(index);
                match benefits.last_mut() {
                    Some(last)
                        if last.record == record
                            && last.status == status
                            && last.to.is_some_and(|to| to.plus(1) == month) =>
                    {
                        last.to = Some(month);
                    }
                    _ => benefits.push(Benefit { record, from: month, to: Some(month), status }),
                }
            }
        }
        benefits
    }

    fn earnings(&self, panel: &Panel<'_>, row: usize) -> Vec<MonthlyEarnings> {
        let paid = panel.paid.as_ref().unwrap_or(&panel.earned);
        (0..self.length)
            .map(|index| MonthlyEarnings {
                month: self.month(index),
                earned: Some(amount(&panel.earned, row, index)),
                paid: Some(amount(paid, row, index)),
            })
            .collect()
    }

    /// A statement without money for each month of which the last period is known.
    fn statements(&self, panel: &Panel<'_>, row: usize) -> Vec<PayStatement> {
        let Some(list) = &panel.last_period else { return Vec::new() };
        let (from, length) = list.range(row);
        let statement = |index: usize| {
            let in_last_period = list.values.get(known(list, from + index)?);
            let end = self.month(index).last_day()?;
            let start = if in_last_period { end } else { end.first_of_month() };
            Some(PayStatement {
                employer: None,
                period_start: start,
                period_end: end,
                pay_date: end,
                gross: Usd::ZERO,
                kind: StatementKind::Wages,
            })
        };
        (0..length).filter_map(statement).collect()
    }
}

fn known<V>(list: &List<'_, V>, at: usize) -> Option<usize> {
    list.known.is_none_or(|bits| bits.get(at)).then_some(at)
}

fn amount(list: &List<'_, Cents<'_>>, row: usize, index: usize) -> Usd {
    let (from, length) = list.range(row);
    let cents = (index < length).then(|| known(list, from + index)).flatten().and_then(|at| list.values.get(at));
    Usd::from_cents(i64::try_from(cents.unwrap_or(0)).unwrap_or(i64::MAX))
}

const fn status(code: u8) -> Option<BenefitStatus> {
    match code {
        1 => Some(BenefitStatus::CurrentPay),
        2 => Some(BenefitStatus::SuspendedWork),
        3 => Some(BenefitStatus::SuspendedOther),
        4 => Some(BenefitStatus::EndedWork),
        5 => Some(BenefitStatus::EndedOther),
        6 => Some(BenefitStatus::StateSupplementOnly),
        _ => None,
    }
}
