//! Earnings Inquiry Request (SSA-1396): whether reported wages of a quarter come to three times SGA, for tickets held.

pub mod code;
mod quarters;

pub use quarters::{Quarter, available_quarters};

use super::filing::{Advice, Checked, Intake};
use super::{Form, OnFile, Person, Role, Sheet};
use crate::problem::{Code, Problem};
use crate::read::{Path, given};
use jiff::civil::Date;
use serde::Serialize;
use serde_json_borrow::Value;

/// The most beneficiaries of one inquiry.
pub const MAX_BENEFICIARIES: usize = 250;

/// Who may inquire.
const MAY_INQUIRE: [Role; 3] = [Role::Signatory, Role::PrimaryContact, Role::Negotiator];

/// The form as received.
#[derive(Debug, Default)]
pub struct Draft {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    /// Its place in the document.
    place: usize,
    person: Option<usize>,
    /// An earlier row names the same person.
    is_repeated: bool,
    assigned_on: Option<Date>,
}

/// The form that may be filed.
#[derive(Debug, Serialize)]
struct EarningsInquiry {
    beneficiaries: Vec<Beneficiary>,
}

#[derive(Debug, Serialize)]
struct Beneficiary {
    ssn: String,
    assignment_date: Date,
}

pub(super) fn read(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Draft {
    let Some([field]) = sheet.object(value, path, &["beneficiaries"]) else { return Draft::default() };
    let at = path.key("beneficiaries");
    let field = given(field);
    let rows: Vec<_> = sheet.list(field, &at).iter().enumerate().filter(|(_, row)| !is_blank(row)).collect();
    if rows.is_empty() && matches!(field, None | Some(Value::Array(_))) {
        sheet.refuse(&code::EIR_EMPTY, &at);
    }
    if rows.len() > MAX_BENEFICIARIES {
        sheet.add(Problem::new(&code::EIR_TOO_MANY, &at.pointer()).with("limit", MAX_BENEFICIARIES));
        return Draft::default();
    }
    let mut draft = Draft::default();
    for (place, row) in rows {
        let row = read_row(sheet, row, &at, place, &draft.rows);
        draft.rows.extend(row);
    }
    draft
}

fn read_row(sheet: &mut Sheet<'_>, value: &Value<'_>, list: &Path<'_>, place: usize, before: &[Row]) -> Option<Row> {
    let path = list.index(place);
    let [ssn, assigned_on] = sheet.object(value, &path, &["ssn", "assignment_date"])?;
    let at = path.key("ssn");
    let person = sheet.person(ssn, &at);
    let is_repeated = person.is_some() && before.iter().any(|row| row.person == person);
    if is_repeated {
        sheet.refuse(&code::EIR_DUPLICATE_SSN, &at);
    }
    let at = path.key("assignment_date");
    let assigned_on = if is_empty(assigned_on) {
        sheet.refuse(&code::EIR_TAD_REQUIRED, &at);
        None
    } else {
        sheet.date(assigned_on, &at)
    };
    let is_future = |day: &Date| *day > sheet.desk.received_on;
    if assigned_on.as_ref().is_some_and(is_future) {
        sheet.refuse(&code::EIR_TAD_FUTURE, &at);
        return Some(Row { place, person, is_repeated, assigned_on: None });
    }
    Some(Row { place, person, is_repeated, assigned_on })
}

/// A row of the page that nobody filled in.
fn is_blank(row: &Value<'_>) -> bool {
    let Value::Object(fields) = row else { return false };
    fields.iter().all(|(name, value)| ["ssn", "assignment_date"].contains(&name) && is_empty(Some(value)))
}

fn is_empty(field: Option<&Value<'_>>) -> bool {
    match field {
        None | Some(Value::Null) => true,
        Some(Value::Str(text)) => text.trim().is_empty(),
        Some(_) => false,
    }
}

pub(super) fn check(draft: Draft, sheet: &mut Sheet<'_>, on_file: &OnFile) -> Option<Checked> {
    if !on_file.roles.iter().any(|role| MAY_INQUIRE.contains(role)) {
        sheet.refuse(&code::EIR_SUBMITTER_ROLE, &Path::Root);
        return None;
    }
    let (root, today) = (Path::Root, sheet.desk.received_on);
    let list = root.key("beneficiaries");
    let parameters = sheet.desk.engine.parameters();
    let quarters = available_quarters(today, parameters);
    let newest = quarters.last().and_then(|quarter| quarter.last_day());
    let refreshes = quarters::refreshes(today, parameters);
    let mut beneficiaries = Vec::with_capacity(draft.rows.len());
    for row in draft.rows.into_iter().filter(|row| !row.is_repeated) {
        let path = list.index(row.place);
        check_row(&row, beneficiaries.len(), sheet, on_file, &path, newest, refreshes);
        if let (Some(person), Some(assignment_date)) = (row.person, row.assigned_on) {
            beneficiaries.push(Beneficiary { ssn: sheet.masked(person), assignment_date });
        }
    }
    let cells = |row: &Beneficiary| vec![row.ssn.clone(), row.assignment_date.strftime("%m/%d/%Y").to_string()];
    Some(Checked {
        keys: Vec::new(),
        intake: Intake {
            heading: "Earnings Info of Beneficiaries",
            columns: vec!["SSN", "Date of Assignment"],
            rows: beneficiaries.iter().map(cells).collect(),
        },
        document: serde_json::to_string(&EarningsInquiry { beneficiaries }).unwrap_or_default(),
        advice: Some(Advice::Quarters { available_quarters: quarters.iter().map(ToString::to_string).collect() }),
    })
}

/// What is on file about one row, which has a place of its own in the document: rows that nobody filled in are not there. Whose ticket
/// it is elsewhere is told to nobody: there is one answer.
fn check_row(
    row: &Row,
    in_document: usize,
    sheet: &mut Sheet<'_>,
    on_file: &OnFile,
    path: &Path<'_>,
    newest: Option<Date>,
    refreshes: Option<(Date, Date)>,
) {
    let (provider, today) = (&*on_file.organization.provider, sheet.desk.received_on);
    let at = path.key("ssn");
    let is_held = |person: &Person| person.is_with(provider, today);
    let Some(person) = sheet.held(on_file, row.person, &at, &code::EIR_NOT_ASSIGNED, is_held) else { return };
    let Some(assigned_on) = person.assignment_on(today).map(|assignment| assignment.assigned_on) else { return };
    if row.assigned_on.is_some_and(|told| told != assigned_on) {
        sheet.refuse(&code::EIR_TAD_MISMATCH, &path.key("assignment_date"));
    }
    let first_out = Quarter::of(assigned_on).out_on(today, sheet.desk.engine.parameters());
    if let Some(from) = first_out.filter(|_| newest.is_none_or(|end| end < assigned_on)) {
        warn(sheet, &code::EIR_NO_QUARTER_AVAILABLE, &at, from, in_document);
    }
    let asked_since = |refresh: Date| {
        person.earlier.iter().any(|earlier| {
            earlier.form == Form::EarningsInquiry
                && earlier.live
                && *earlier.provider == *provider
                && refresh <= earlier.received_on
        })
    };
    if let Some((_, next)) = refreshes.filter(|(last, _)| asked_since(*last)) {
        warn(sheet, &code::EIR_RECENT_REPEAT, &at, next, in_document);
    }
}

/// What is unlikely before a day, with the row's place in the document, counted from zero.
fn warn(sheet: &mut Sheet<'_>, code: &'static Code, path: &Path<'_>, from: Date, in_document: usize) {
    sheet.add(Problem::new(code, &path.pointer()).with("from", from.to_string()).with("row", in_document));
}

#[cfg(test)]
mod tests;
