//! Reading a split-payment agreement.

use super::super::Sheet;
use super::code;
use super::request::{Allocation, Choice, Portion, Provider, SplitAgreement};
use crate::problem::code as shared;
use crate::read::Path;
use jiff::civil::Date;
use serde_json_borrow::Value;

/// The longest provider id of the form.
const MAX_PID: usize = 20;
/// The longest id of a contact.
const MAX_CONTACT: usize = 20;
/// Digits of a telephone number.
const PHONE_DIGITS: usize = 10;
/// The most entries of a list that are looked at; the count is told.
const MAX_LISTED: usize = 8;
/// The kinds of payment that are shared.
const KINDS: [&str; 3] = ["p1", "p2", "outcome"];

/// The form as received; what is none could not be read, which is told already.
#[derive(Debug, Default)]
pub struct Draft {
    pub(super) person: Option<usize>,
    pub(super) providers: Option<Vec<ProviderDraft>>,
    pub(super) choice: Option<Choice>,
    pub(super) has_allocation: bool,
    pub(super) allocation: Option<Rows>,
}

/// A provider as received.
#[derive(Debug, Default)]
pub(super) struct ProviderDraft {
    pub(super) pid: Option<Box<str>>,
    pub(super) current: Option<bool>,
    pub(super) assigned_on: Option<Date>,
    contact_id: Option<Box<str>>,
    phone: Option<Box<str>>,
}

/// A share as received.
#[derive(Debug, Default)]
pub(super) struct PortionDraft {
    pub(super) pid: Option<Box<str>>,
    pub(super) percent: Option<u8>,
}

/// Reads the form's own fields.
pub(in crate::forms) fn read(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Draft {
    let Some([ssn, ens, choice, allocation]) = sheet.object(value, path, &["ssn", "ens", "choice", "allocation"])
    else {
        return Draft::default();
    };
    let at = path.key("allocation");
    let given = allocation.filter(|value| !matches!(value, Value::Null));
    let person = sheet.person(ssn, &path.key("ssn"));
    let providers = read_providers(sheet, ens, &path.key("ens"));
    let choice = sheet.choice(choice, &path.key("choice"), CHOICES);
    // Shares that were not agreed are not to stand there at all: what they say is not looked at.
    let agreed = given.filter(|_| choice == Some(Choice::AgreedAllocation));
    let allocation = agreed.and_then(|value| read_allocation(sheet, value, &at));
    Draft { person, providers, choice, has_allocation: given.is_some(), allocation }
}

const CHOICES: &[(&str, Choice)] =
    &[("osm_decides", Choice::OsmDecides), ("agreed_allocation", Choice::AgreedAllocation)];

fn read_providers(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Vec<ProviderDraft>> {
    let Value::Array(items) = sheet.required(field, path)? else {
        sheet.list(field, path);
        return None;
    };
    if items.len() > MAX_LISTED {
        sheet.refuse(&code::SPLIT_EN_COUNT, path);
        return None;
    }
    Some(items.iter().enumerate().map(|(index, item)| read_provider(sheet, item, &path.index(index))).collect())
}

fn read_provider(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> ProviderDraft {
    let Some([pid, current, day, contact, phone]) =
        sheet.object(value, path, &["pid", "current", "ticket_assignment_date", "contact_id", "phone"])
    else {
        return ProviderDraft::default();
    };
    let at = path.key("ticket_assignment_date");
    let assigned_on = sheet.date(day, &at);
    if assigned_on.is_some_and(|day| day > sheet.desk.received_on) {
        sheet.refuse(&code::SPLIT_TAD_FUTURE, &at);
    }
    ProviderDraft {
        pid: read_pid(sheet, pid, &path.key("pid")),
        current: sheet.boolean(current, &path.key("current")),
        assigned_on: assigned_on.filter(|day| *day <= sheet.desk.received_on),
        contact_id: read_contact(sheet, contact, &path.key("contact_id")),
        phone: read_phone(sheet, phone, &path.key("phone")),
    }
}

fn read_pid(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Box<str>> {
    let pid = sheet.text(field, path)?;
    let is_allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    if (1..=MAX_PID).contains(&pid.len()) && pid.bytes().all(is_allowed) {
        // Its format is that of a number with hyphens too.
        return sheet.id(field, path);
    }
    sheet.refuse(&code::PID_FORMAT, path);
    None
}

/// A contact id is a mark, not a text: neither a name nor anybody's number fits.
fn read_contact(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Box<str>> {
    let contact = sheet.ticket_id(field, path)?;
    if contact.len() <= MAX_CONTACT && contact.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Some(contact);
    }
    sheet.refuse(&code::SPLIT_CONTACT_FORMAT, path);
    None
}

fn read_phone(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Box<str>> {
    let phone = sheet.text(field, path)?;
    if phone.len() == PHONE_DIGITS && phone.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(phone.into());
    }
    sheet.refuse(&code::SPLIT_PHONE_FORMAT, path);
    None
}

/// The shares of each kind of payment, with its name.
type Rows = [(&'static str, Option<Vec<PortionDraft>>); 3];

fn read_allocation(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Option<Rows> {
    let fields = sheet.object(value, path, &KINDS)?;
    let mut rows = KINDS.map(|kind| (kind, None));
    for ((kind, row), field) in rows.iter_mut().zip(fields) {
        *row = read_row(sheet, field, &path.key(kind));
    }
    Some(rows)
}

fn read_row(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Vec<PortionDraft>> {
    let items = match field {
        None | Some(Value::Null) => {
            sheet.refuse(&code::SPLIT_ALLOCATION_REQUIRED, path);
            return None;
        }
        Some(Value::Array(items)) => items,
        some => {
            sheet.list(some, path);
            return None;
        }
    };
    if items.len() > MAX_LISTED {
        sheet.refuse(&code::SPLIT_EN_COUNT, path);
        return None;
    }
    Some(items.iter().enumerate().map(|(index, item)| read_portion(sheet, item, &path.index(index))).collect())
}

fn read_portion(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> PortionDraft {
    let Some([pid, percent]) = sheet.object(value, path, &["pid", "percent"]) else { return PortionDraft::default() };
    PortionDraft {
        pid: read_pid(sheet, pid, &path.key("pid")),
        percent: sheet.small_number(percent, &path.key("percent"), 100, &shared::SHARE_PERCENT),
    }
}

impl Draft {
    /// The agreement; none when something it needs could not be read, which is then told already.
    pub(super) fn whole(self, sheet: &Sheet<'_>) -> Option<SplitAgreement> {
        let allocation = match &self.allocation {
            None if self.has_allocation => return None,
            None => None,
            Some([(_, p1), (_, p2), (_, outcome)]) => Some(Allocation {
                p1: portions(p1.as_deref())?,
                p2: portions(p2.as_deref())?,
                outcome: portions(outcome.as_deref())?,
            }),
        };
        let provider = |provider: &ProviderDraft| {
            Some(Provider {
                pid: provider.pid.clone()?,
                current: provider.current?,
                ticket_assignment_date: provider.assigned_on?,
                contact_id: provider.contact_id.clone()?,
                phone: provider.phone.clone()?,
            })
        };
        Some(SplitAgreement {
            ssn: sheet.masked(self.person?),
            ens: self.providers.as_ref()?.iter().map(provider).collect::<Option<_>>()?,
            choice: self.choice?,
            allocation,
        })
    }
}

fn portions(row: Option<&[PortionDraft]>) -> Option<Vec<Portion>> {
    let portion = |portion: &PortionDraft| Some(Portion { pid: portion.pid.clone()?, percent: portion.percent? });
    row?.iter().map(portion).collect()
}
