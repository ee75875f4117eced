//! Reading a case.

use super::items::{Items, items};
use super::ticket::{self, Fewest};
use super::{Path, Reader};
use crate::domain::{
    Benefit, BenefitStatus, Case, MAX_BENEFITS, MAX_EARNINGS, MAX_PAY_STATEMENTS, MAX_PAYMENTS, MAX_SPAN_MONTHS,
    MAX_STATE_VR_CASES, Month, MonthlyEarnings, PayStatement, PaymentName, Record, StateVrCase, StatementKind,
    TicketPayment, Title,
};
use crate::problem::{Problem, code};
use serde_json_borrow::Value;

/// A case as far as it could be read.
#[derive(Default)]
pub(super) struct ReadCase {
    /// The case; none when something is wrong, all of which the reader then holds.
    pub case: Option<Case>,
    /// Who could claim on the ticket; none when its assignments could not be read, or there are none.
    pub providers: Option<Vec<Box<str>>>,
}

/// Reads a field that holds a case.
pub(super) fn case(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> ReadCase {
    let mut providers = None;
    let case =
        reader.required(field, path).and_then(|value| whole_case(reader, value, path, Fewest(1), &mut providers));
    ReadCase { case, providers }
}

/// Reads a field that holds the case of a record, whose ticket may never have been assigned.
pub(crate) fn record_case(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Case> {
    reader.required(field, path).and_then(|value| whole_case(reader, value, path, Fewest(0), &mut None))
}

fn whole_case(
    reader: &mut Reader,
    value: &Value<'_>,
    path: &Path<'_>,
    fewest: Fewest,
    providers: &mut Option<Vec<Box<str>>>,
) -> Option<Case> {
    let [ticket, beneficiary, benefits, earnings, pay_statements, state_vr_cases, payments] = reader.object(
        value,
        path,
        &["ticket", "beneficiary", "benefits", "earnings", "pay_statements", "state_vr_cases", "payments"],
    )?;
    let ticket = ticket::read(reader, ticket, &path.key("ticket"), fewest).unwrap_or_default();
    *providers = ticket.providers;
    let beneficiary = beneficiary_fields(reader, beneficiary, &path.key("beneficiary"));
    let benefits = benefits_list(reader, benefits, &path.key("benefits"));
    let earnings = earnings_list(reader, earnings, &path.key("earnings"));
    let pay_statements = statements_list(reader, pay_statements, &path.key("pay_statements"));
    let state_vr_cases = vr_cases_list(reader, state_vr_cases, &path.key("state_vr_cases"));
    let payments = payments_list(reader, payments, &path.key("payments"));
    let is_whole = [
        ticket.id.is_some(),
        ticket.is_whole,
        beneficiary.is_some(),
        benefits.is_whole,
        earnings.is_whole,
        pay_statements.is_whole,
        state_vr_cases.is_whole,
        payments.is_whole,
    ];
    let (title, blind) = beneficiary.unwrap_or((Title::T2, false));
    // As far as it could be read, until it is known to be whole.
    let mut case = Case {
        ticket_id: ticket.id.unwrap_or_default(),
        terminates_in: ticket.terminates_in,
        assignments: ticket.assignments,
        title,
        blind,
        benefits: benefits.read,
        earnings: earnings.read,
        pay_statements: pay_statements.read,
        state_vr_cases: state_vr_cases.read,
        payments: payments.read,
    };
    if case.span().is_some_and(|(first, last)| last.since(first) > MAX_SPAN_MONTHS) {
        reader.add(Problem::new(&code::CASE_SPAN_TOO_LONG, &path.pointer()).with("limit", MAX_SPAN_MONTHS));
        return None;
    }
    sort(&mut case);
    is_whole.into_iter().all(|is_whole| is_whole).then_some(case)
}

/// Puts lists whose order means nothing into one order, so that it cannot matter to an answer.
fn sort(case: &mut Case) {
    case.benefits.sort_unstable_by_key(|benefit| (benefit.record.as_str(), benefit.from));
    case.earnings.sort_unstable_by_key(|entry| entry.month);
    case.pay_statements.sort_unstable_by(|a, b| {
        let key = |s: &PayStatement| (s.period_end, s.period_start, s.pay_date, s.gross, s.kind as u8);
        key(a).cmp(&key(b)).then_with(|| a.employer.cmp(&b.employer))
    });
    case.state_vr_cases.sort_unstable_by(|a, b| {
        let key = |vr: &StateVrCase| (vr.closed_on, vr.successful, vr.cost_reimbursed);
        key(a).cmp(&key(b)).then_with(|| a.agency.cmp(&b.agency))
    });
    case.payments.sort_unstable_by_key(|paid| paid.payment);
}

fn beneficiary_fields(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<(Title, bool)> {
    let value = reader.required(field, path)?;
    let [title, blind] = reader.object(value, path, &["title", "blind"])?;
    let title = reader.choice(
        title,
        &path.key("title"),
        &[("t2", Title::T2), ("t16", Title::T16), ("concurrent", Title::Concurrent)],
    );
    let blind = reader.boolean(blind, &path.key("blind"));
    Some((title?, blind?))
}

/// The months of a benefit range on its record.
type Range = (Record, Month, Option<Month>);

fn benefits_list(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Items<Range, Benefit> {
    let all = items(reader, field, path, (MAX_BENEFITS, &code::LIST_TOO_LONG), benefit);
    for record in [Record::T2, Record::T16] {
        let mut of_record: Vec<&(usize, Range)> = all.keys.iter().filter(|(_, range)| range.0 == record).collect();
        of_record.sort_by_key(|(_, (_, from, _))| *from);
        // The last month of those before, if they have one.
        let mut until: Option<Option<Month>> = None;
        for (place, (_, from, to)) in of_record {
            if until.is_some_and(|until| until.is_none_or(|until| *from <= until)) {
                reader.refuse(&code::BENEFITS_OVERLAP, &path.index(*place));
            }
            let ends = until.map_or(*to, |until| until.zip(*to).map(|(one, other)| one.max(other)));
            until = Some(ends);
        }
    }
    all
}

fn benefit(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> (Option<Range>, Option<Benefit>) {
    let names = &["title", "from", "to", "status", "federal_cash"];
    let Some([title, from, until, status, federal_cash]) = reader.object(value, path, names) else {
        return (None, None);
    };
    let record = reader.choice(title, &path.key("title"), &[("t2", Record::T2), ("t16", Record::T16)]);
    let from = reader.month(from, &path.key("from"));
    let to = reader.optional_month(until, &path.key("to"));
    let has_end = to.is_some() || matches!(until, None | Some(Value::Null));
    let range = record.zip(from).filter(|_| has_end).map(|(record, from)| (record, from, to));
    let status = reader.choice(
        status,
        &path.key("status"),
        &[
            ("current_pay", BenefitStatus::CurrentPay),
            ("suspended_work", BenefitStatus::SuspendedWork),
            ("suspended_other", BenefitStatus::SuspendedOther),
            ("ended_work", BenefitStatus::EndedWork),
            ("ended_other", BenefitStatus::EndedOther),
        ],
    );
    let cash = reader.optional_boolean(federal_cash, &path.key("federal_cash"));
    if matches!((from, to), (Some(from), Some(to)) if to < from) {
        reader.refuse(&code::BENEFIT_ENDS_BEFORE_START, &path.key("to"));
    }
    let Some(((record, from), status)) = record.zip(from).zip(status) else { return (range, None) };
    let status = match (record, status, cash) {
        (Record::T16, BenefitStatus::CurrentPay, None) => {
            if matches!(federal_cash, None | Some(Value::Null)) {
                reader.refuse(&code::FEDERAL_CASH_REQUIRED, &path.key("federal_cash"));
            }
            return (range, None);
        }
        (Record::T16, BenefitStatus::CurrentPay, Some(false)) => BenefitStatus::StateSupplementOnly,
        _ => status,
    };
    (range, Some(Benefit { record, from, to, status }))
}

fn earnings_list(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Items<Month, MonthlyEarnings> {
    let all = items(reader, field, path, (MAX_EARNINGS, &code::LIST_TOO_LONG), |reader, value, path| {
        let Some([month, earned, paid]) = reader.object(value, path, &["month", "earned", "paid"]) else {
            return (None, None);
        };
        let month = reader.month(month, &path.key("month"));
        let earned = reader.optional_money(earned, &path.key("earned"));
        let paid = reader.optional_money(paid, &path.key("paid"));
        (month, month.map(|month| MonthlyEarnings { month, earned, paid }))
    });
    for place in all.repeated() {
        reader.refuse(&code::EARNINGS_MONTH_DUPLICATE, &path.index(place).key("month"));
    }
    all
}

/// Nothing tells one from another.
type Alike = ();

fn statements_list(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Items<Alike, PayStatement> {
    let limit = (MAX_PAY_STATEMENTS, &code::STATEMENTS_TOO_MANY);
    items(reader, field, path, limit, |reader, value, path| (None, statement(reader, value, path)))
}

fn statement(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<PayStatement> {
    let [employer, start, end, pay_date, gross, kind] =
        reader.object(value, path, &["employer", "period_start", "period_end", "pay_date", "gross", "kind"])?;
    let employer = match employer {
        None | Some(Value::Null) => None,
        Some(_) => reader.text(employer, &path.key("employer")).map(Box::from),
    };
    let period_start = reader.date(start, &path.key("period_start"));
    let period_end = reader.date(end, &path.key("period_end"));
    let pay_date = reader.date(pay_date, &path.key("pay_date"));
    let gross = reader.money(gross, &path.key("gross"));
    let kind = reader.choice(
        kind,
        &path.key("kind"),
        &[
            ("wages", StatementKind::Wages),
            ("self_employment", StatementKind::SelfEmployment),
            ("not_earnings", StatementKind::NotEarnings),
        ],
    );
    if matches!((period_start, period_end), (Some(start), Some(end)) if end < start) {
        reader.refuse(&code::STATEMENT_PERIOD_ORDER, &path.key("period_end"));
    }
    Some(PayStatement {
        employer,
        period_start: period_start?,
        period_end: period_end?,
        pay_date: pay_date?,
        gross: gross?,
        kind: kind?,
    })
}

fn vr_cases_list(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Items<Alike, StateVrCase> {
    let limit = (MAX_STATE_VR_CASES, &code::LIST_TOO_LONG);
    items(reader, field, path, limit, |reader, value, path| (None, vr_case(reader, value, path)))
}

fn vr_case(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<StateVrCase> {
    let [agency, closed_on, successful, cost_reimbursed] =
        reader.object(value, path, &["agency", "closed_on", "successful", "cost_reimbursed"])?;
    let agency = reader.id(agency, &path.key("agency"));
    let closed = reader.optional_date(closed_on, &path.key("closed_on"));
    let successful = reader.boolean(successful, &path.key("successful"));
    let cost_reimbursed = reader.boolean(cost_reimbursed, &path.key("cost_reimbursed"));
    if successful == Some(true) && matches!(closed_on, None | Some(Value::Null)) {
        reader.refuse(&code::VR_CLOSURE_DATE_REQUIRED, &path.key("closed_on"));
    }
    Some(StateVrCase { agency: agency?, closed_on: closed, successful: successful?, cost_reimbursed: cost_reimbursed? })
}

fn payments_list(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Items<PaymentName, TicketPayment> {
    let all = items(reader, field, path, (MAX_PAYMENTS, &code::LIST_TOO_LONG), payment);
    for place in all.repeated() {
        reader.refuse(&code::PAYMENT_DUPLICATE, &path.index(place).key("payment"));
    }
    all
}

fn payment(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> (Option<PaymentName>, Option<TicketPayment>) {
    let names = &["payment", "month", "provider", "amount", "half_twl"];
    let Some([payment, month, provider, amount, half_twl]) = reader.object(value, path, names) else {
        return (None, None);
    };
    let name = reader.text(payment, &path.key("payment")).and_then(|text| {
        let name = PaymentName::parse(text);
        if name.is_none() {
            reader.refuse(&code::PAYMENT_NAME, &path.key("payment"));
        }
        name
    });
    let month = reader.month(month, &path.key("month"));
    let provider = reader.id(provider, &path.key("provider"));
    let amount = reader.money(amount, &path.key("amount"));
    if amount.is_some_and(|amount| !amount.is_whole_dollars()) {
        reader.refuse(&code::MONEY_WHOLE_DOLLARS, &path.key("amount"));
    }
    let half_twl = reader.optional_boolean(half_twl, &path.key("half_twl")).unwrap_or(false);
    let whole = name.zip(month).zip(provider).zip(amount);
    let whole = whole.map(|(((payment, month), provider), amount)| TicketPayment {
        payment,
        month,
        provider,
        amount,
        half_twl,
    });
    (name, whole)
}

impl Case {
    /// The first and the last month that the case names.
    #[must_use]
    pub fn span(&self) -> Option<(Month, Month)> {
        let assignments = self.assignments.iter().flat_map(|a| {
            [Some(a.assigned_on), a.unassigned_on, a.plan_signed_on, a.plan_received_on, a.services_completed_on]
        });
        let statements =
            self.pay_statements.iter().flat_map(|s| [Some(s.period_start), Some(s.period_end), Some(s.pay_date)]);
        let closures = self.state_vr_cases.iter().map(|vr| vr.closed_on);
        let days = assignments.chain(statements).chain(closures).flatten().map(Month::from);
        let benefits = self.benefits.iter().flat_map(|benefit| [Some(benefit.from), benefit.to]).flatten();
        let months = self.earnings.iter().map(|entry| entry.month).chain(self.payments.iter().map(|paid| paid.month));
        let mut span: Option<(Month, Month)> = None;
        for month in days.chain(benefits).chain(months).chain(self.terminates_in) {
            span = Some(span.map_or((month, month), |(first, last)| (first.min(month), last.max(month))));
        }
        span
    }
}
