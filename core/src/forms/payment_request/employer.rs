//! The employer of a request.

use super::super::{Person, Sheet};
use super::answer::{Answer, is_given, optional};
use super::code;
use super::fields::fields;
use super::numbers::{HOURLY_WAGE, HOURS_A_WEEK, read_hours, read_wages};
use super::request::{Employer, Hours, PayFrequency};
use crate::domain::{Ein, Month, Usd};
use crate::problem::Problem;
use crate::read::Path;
use jiff::civil::Date;
use serde_json_borrow::Value;

/// The longest name of an employer.
const MAX_NAME: usize = 80;
/// From so many digits on, a name could be somebody's number.
const MAX_NAME_DIGITS: usize = 8;

/// The employer as received.
#[derive(Debug, Default)]
pub(super) struct EmployerDraft {
    pub(super) name: Answer<Box<str>>,
    pub(super) id: Answer<Box<str>>,
    pub(super) ein: Option<Ein>,
    pub(super) start_date: Option<Date>,
    pub(super) hourly_wage: Option<Usd>,
    pub(super) hours_per_week: Option<Hours>,
    pub(super) pay_frequency: Option<PayFrequency>,
}

impl EmployerDraft {
    /// The employer, with the name on file of one that is chosen by id.
    pub(super) fn whole(&self, person: Option<&Person>) -> Option<Employer> {
        let id = self.id.given();
        let held = id.and_then(|id| person?.employers.iter().find(|employer| employer.id == *id));
        Some(Employer {
            employer_id: id.cloned(),
            name: self.name.given().cloned().or_else(|| held.map(|held| held.name.clone()))?,
            ein: self.ein.or_else(|| held.and_then(|held| held.ein)),
            start_date: self.start_date,
            hourly_wage: self.hourly_wage,
            hours_per_week: self.hours_per_week,
            pay_frequency: self.pay_frequency,
        })
    }
}

const FREQUENCIES: &[(&str, PayFrequency)] = &[
    ("weekly", PayFrequency::Weekly),
    ("biweekly", PayFrequency::Biweekly),
    ("semimonthly", PayFrequency::Semimonthly),
    ("monthly", PayFrequency::Monthly),
];

fields! {
    /// The fields of an employer.
    Fields { name, employer_id, ein, start_date, hourly_wage, hours_per_week, pay_frequency }
}

impl Fields<'_> {
    /// Whether nothing is said of an employer.
    fn say_nothing(self) -> bool {
        let Self { name, employer_id, ein, start_date, hourly_wage, hours_per_week, pay_frequency } = self;
        let all = [name, employer_id, ein, start_date, hourly_wage, hours_per_week, pay_frequency];
        !all.into_iter().any(is_given)
    }
}

/// Reads the employer; a blank name is left out, and so is an employer of whom nothing is said.
pub(super) fn read(
    sheet: &mut Sheet<'_>,
    field: Option<&Value<'_>>,
    claim_month: Option<Month>,
    path: &Path<'_>,
) -> Answer<EmployerDraft> {
    let Some(value) = field.filter(|value| is_given(Some(value))) else { return Answer::Absent };
    let Some(mut fields) = Fields::of(sheet, value, path) else { return Answer::Unreadable };
    fields.name = fields.name.filter(|name| !is_blank(name));
    if fields.say_nothing() { Answer::Absent } else { Answer::Given(read_fields(sheet, fields, claim_month, path)) }
}

fn is_blank(value: &Value<'_>) -> bool {
    matches!(value, Value::Str(text) if text.trim().is_empty())
}

fn read_fields(
    sheet: &mut Sheet<'_>,
    fields: Fields<'_>,
    claim_month: Option<Month>,
    path: &Path<'_>,
) -> EmployerDraft {
    match (is_given(fields.name), is_given(fields.employer_id)) {
        (false, false) => sheet.refuse(&code::PR_EMPLOYER_REQUIRED, path),
        (true, true) => sheet.refuse(&code::PR_EMPLOYER_TWICE, &path.key("name")),
        _ => {}
    }
    let name = optional(fields.name, |value| read_name(sheet, value, &path.key("name")));
    let id = optional(fields.employer_id, |value| sheet.id(Some(value), &path.key("employer_id")));
    let at = path.key("ein");
    let ein = if is_given(fields.ein) { sheet.ein(fields.ein, &at) } else { None };
    let at = path.key("start_date");
    let start_date = sheet.optional_date(fields.start_date, &at);
    if start_date.zip(claim_month).is_some_and(|(start, month)| Month::from(start) > month) {
        sheet.refuse(&code::PR_EMPLOYER_START_DATE, &at);
    }
    let at = path.key("hourly_wage");
    let hourly_wage = optional(fields.hourly_wage, |value| read_wages(sheet, Some(value), HOURLY_WAGE, &at));
    let hours_per_week = read_hours(sheet, fields.hours_per_week, HOURS_A_WEEK, &path.key("hours_per_week"));
    let pay_frequency =
        optional(fields.pay_frequency, |v| sheet.choice(Some(v), &path.key("pay_frequency"), FREQUENCIES));
    EmployerDraft {
        name,
        id,
        ein,
        start_date,
        hourly_wage: hourly_wage.given().copied(),
        hours_per_week,
        pay_frequency: pay_frequency.given().copied(),
    }
}

/// The only typed name of the portal: a closed set of characters, and nothing that could be somebody's number.
fn read_name(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Option<Box<str>> {
    let name = sheet.text(Some(value), path)?;
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b" &'.,()/#-".contains(&byte);
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    if name.len() <= MAX_NAME
        && name.bytes().all(is_allowed)
        && name.bytes().any(|byte| byte.is_ascii_alphabetic())
        && digits <= MAX_NAME_DIGITS
    {
        return Some(name.into());
    }
    sheet.add(Problem::new(&code::PR_EMPLOYER_NAME_CHARS, &path.pointer()).with("limit", MAX_NAME));
    None
}
