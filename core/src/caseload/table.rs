//! The rows as a table that a spreadsheet opens.

use super::standing::Due;
use super::unclaimed::Unclaimed;
use csv::Writer;

const COLUMNS: [&str; 8] = ["ticket", "payment", "month", "amount", "request_by", "days_left", "rule", "basis"];

/// The rows as comma-separated values, with a line of names first. What is not known is empty.
///
/// A text that a spreadsheet would take for a formula is put behind an apostrophe.
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
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let written = write(&mut writer, unclaimed).ok().and_then(|()| writer.into_inner().ok());
    // Memory takes every byte, and all of them are text.
    written.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn write(writer: &mut Writer<Vec<u8>>, unclaimed: &Unclaimed) -> csv::Result<()> {
    writer.write_record(COLUMNS)?;
    for due in &unclaimed.rows {
        writer.write_record(record(due))?;
    }
    Ok(())
}

fn record(due: &Due) -> [String; 8] {
    let (rule, basis) = due.basis.as_ref().map_or(("", ""), |basis| (basis.rule, &*basis.text));
    [
        harmless(&due.ticket),
        due.payment.to_string(),
        due.month.to_string(),
        due.amount.map_or_else(String::new, |amount| amount.to_string()),
        due.request_by.map_or_else(String::new, |day| day.to_string()),
        due.days_left.map_or_else(String::new, |days| days.to_string()),
        rule.to_owned(),
        harmless(basis),
    ]
}

fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
