//! Rows of a flat file or of earnings and benefits come into the record of their person. What they do not speak of stays.

use crate::problem::code;
use crate::row::{RECORDS, TicketRow, overlap};
use serde_json::{Map, Value, json};
use ttw_core::Problem;
use ttw_core::domain::{Benefit, MonthlyEarnings, TicketPayment};
use ttw_core::forms::person;

/// A record with posted earnings: each row is the whole entry of its month.
pub(crate) fn earnings(record: &str, posted: &[MonthlyEarnings]) -> Result<String, Vec<Problem>> {
    let mut entries = person(record.as_bytes())?.case.earnings;
    entries.retain(|entry| posted.iter().all(|row| row.month != entry.month));
    entries.extend_from_slice(posted);
    entries.sort_by_key(|entry| entry.month);
    with_case(record, [("earnings", json!(entries))])
}

/// A record with ranges of benefits: each row says what holds in its months, and other months stay as they are.
pub(crate) fn benefits(record: &str, rows: &[Benefit]) -> Result<String, Vec<Problem>> {
    let mut ranges = person(record.as_bytes())?.case.benefits;
    for row in rows {
        ranges = ranges.into_iter().flat_map(|range| outside(range, row)).collect();
        ranges.push(*row);
    }
    let place = |range: &Benefit| (RECORDS.iter().position(|record| *record == range.record), range.from);
    ranges.sort_by_key(place);
    with_case(record, [("benefits", json!(ranges))])
}

/// What is left of a range outside the months of another one on the same record.
fn outside(range: Benefit, row: &Benefit) -> Vec<Benefit> {
    if !overlap(&range, row) {
        return vec![range];
    }
    let before = (range.from < row.from).then(|| Benefit { to: Some(row.from.plus(-1)), ..range });
    let after =
        row.to.filter(|to| range.to.is_none_or(|end| *to < end)).map(|to| Benefit { from: to.plus(1), ..range });
    before.into_iter().chain(after).collect()
}

/// Whether a record has every payment that the one on file has; of other amounts they may be.
pub(crate) fn keeps_payments(on_file: Option<&str>, record: &str) -> Result<(), Vec<Problem>> {
    let Some(on_file) = on_file else { return Ok(()) };
    let (noted, kept) = (person(on_file.as_bytes())?.case.payments, person(record.as_bytes())?.case.payments);
    let is_same = |one: &TicketPayment, other: &TicketPayment| {
        (one.payment, one.month, &one.provider) == (other.payment, other.month, &other.provider)
    };
    let dropped = noted.iter().filter(|noted| !kept.iter().any(|kept| is_same(noted, kept)));
    let dropped: Vec<String> = dropped.map(|noted| format!("{} for {}", noted.payment, noted.month)).collect();
    if dropped.is_empty() {
        return Ok(());
    }
    Err(vec![Problem::new(&code::LOAD_PAYMENTS_DROPPED, "/case/payments").with("payments", dropped)])
}

/// The record of a ticket of a flat file, on top of what is on file.
pub(crate) fn ticket(record: Option<&str>, rows: &[TicketRow]) -> Result<String, Vec<Problem>> {
    const NOBODY: &str =
        r#"{"case":{"benefits":[],"earnings":[],"pay_statements":[],"state_vr_cases":[],"payments":[]}}"#;
    let record = record.unwrap_or(NOBODY);
    let Some(columns) = rows.first().map(|row| &row.ticket) else { return Ok(record.to_owned()) };
    let mut assignments: Vec<_> = rows.iter().filter_map(|row| row.assignment.as_ref()).collect();
    assignments.sort_by_key(|assignment| assignment.assigned_on);
    let ticket = json!({"id": columns.id, "terminates_in": columns.terminates_in, "assignments": assignments});
    let beneficiary = json!({"title": columns.title, "blind": columns.blind});
    let own = [
        ("date_of_birth", json!(columns.date_of_birth)),
        ("section_301", json!(columns.section_301)),
        ("benefit_continuation", json!(columns.benefit_continuation)),
    ];
    with([("ticket", ticket), ("beneficiary", beneficiary)], own, record)
}

fn with_case<const N: usize>(record: &str, case: [(&str, Value); N]) -> Result<String, Vec<Problem>> {
    with(case, [], record)
}

/// The record with some fields of its case, and some of its own, replaced; read again, so that nothing is put that cannot be read.
fn with<const N: usize, const M: usize>(
    case: [(&str, Value); N],
    own: [(&str, Value); M],
    record: &str,
) -> Result<String, Vec<Problem>> {
    let mut whole: Map<String, Value> = serde_json::from_str(record).unwrap_or_default();
    if let Some(Value::Object(fields)) = whole.get_mut("case") {
        fields.extend(case.map(|(key, value)| (key.to_owned(), value)));
    }
    whole.extend(own.map(|(key, value)| (key.to_owned(), value)));
    let text = Value::Object(whole).to_string();
    person(text.as_bytes()).map(|_| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ttw_core::domain::{BenefitStatus, Month, Record};

    fn range(from: &str, to: Option<&str>, status: BenefitStatus) -> Benefit {
        let month = |text: &str| Month::parse(text).unwrap();
        Benefit { record: Record::T2, from: month(from), to: to.map(month), status }
    }

    #[test]
    fn a_range_takes_its_months_out_of_what_was_there() {
        let old = range("2024-01", None, BenefitStatus::CurrentPay);
        let cut = |from, to| outside(old, &range(from, to, BenefitStatus::SuspendedWork));
        let spans = |ranges: Vec<Benefit>| -> Vec<String> {
            ranges.iter().map(|r| format!("{}..{}", r.from, r.to.map_or(String::new(), |to| to.to_string()))).collect()
        };
        assert_eq!(spans(cut("2024-03", Some("2024-05"))), ["2024-01..2024-02", "2024-06.."]);
        assert_eq!(spans(cut("2024-01", Some("2024-01"))), ["2024-02.."]);
        assert_eq!(spans(cut("2024-01", None)), Vec::<String>::new());
        assert_eq!(spans(cut("2024-02", None)), ["2024-01..2024-01"]);
        assert_eq!(spans(cut("2023-01", Some("2023-12"))), ["2024-01.."]);
        let other = Benefit { record: Record::T16, ..range("2024-02", None, BenefitStatus::SuspendedWork) };
        assert_eq!(spans(outside(old, &other)), ["2024-01.."]);
    }
}
