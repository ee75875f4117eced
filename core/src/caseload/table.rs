//! The rows as a table that a spreadsheet opens.

use super::standing::Due;
use super::unclaimed::Unclaimed;
use crate::table::Table;

const COLUMNS: [&str; 8] = ["ticket", "payment", "month", "amount", "request_by", "days_left", "rule", "basis"];

/// The rows as comma-separated values, with a line of names first. What is not known is empty.
///
/// ```
/// let request = br#"{"provider": "EN-A", "as_of": "2016-08-15", "cases": []}"#;
/// let engine = ttw_core::Engine::builtin().unwrap();
/// let request = ttw_core::caseload::unclaimed_request(request).unwrap();
/// let unclaimed = ttw_core::caseload::unclaimed(&request, engine.parameters());
/// assert_eq!(ttw_core::caseload::table(&unclaimed), "ticket,payment,month,amount,request_by,days_left,rule,basis\r\n");
/// ```
#[must_use]
pub fn table(unclaimed: &Unclaimed) -> String {
    let mut table = Table::of(&COLUMNS);
    for due in &unclaimed.rows {
        table.line(record(due));
    }
    table.into_text()
}

fn record(due: &Due) -> [String; 8] {
    let (rule, basis) = due.basis.as_ref().map_or(("", ""), |basis| (basis.rule, &*basis.text));
    [
        due.ticket.to_string(),
        due.payment.to_string(),
        due.month.to_string(),
        due.amount.map_or_else(String::new, |amount| amount.to_string()),
        due.request_by.map_or_else(String::new, |day| day.to_string()),
        due.days_left.map_or_else(String::new, |days| days.to_string()),
        rule.to_owned(),
        basis.to_owned(),
    ]
}
