//! What is on file about the people of a form, and about who files it.

use super::Form;
use crate::domain::{Assignment, Case, Ein, Month, ProviderKind};
use crate::problem::{Problem, code};
use crate::read::{Path, Read, Reader, parse, record_case};
use jiff::civil::Date;
use serde::Serialize;
use serde_json_borrow::Value;

/// Everything on file that the checks of a form may use.
#[derive(Debug, Clone)]
pub struct OnFile {
    /// Who files.
    pub organization: Organization,
    /// In what capacity.
    pub roles: Vec<Role>,
    /// One entry for each person of the draft, in its order; none where nobody of that number is on file.
    pub people: Vec<Option<Person>>,
}

/// The organization that files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Organization {
    /// Its id in the assignments of a case, the PID.
    pub provider: Box<str>,
    /// Its Employer Identification Number.
    pub ein: Ein,
    /// Its name.
    pub name: Box<str>,
    /// What it is.
    pub kind: ProviderKind,
    /// The last day of its agreement; none while it has no end.
    pub agreement_ends_on: Option<Date>,
    /// The last day of its registration with SAM; none where that is not on file.
    pub sam_expires_on: Option<Date>,
    /// Whether payments to it are on hold, so that the automatic run passes it over.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub on_hold: bool,
}

/// What a signed-in person may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Files forms for an organization.
    Submitter,
    /// Signs for it.
    Signatory,
    /// Its primary contact.
    PrimaryContact,
    /// Negotiates for it.
    Negotiator,
    /// Works for the program manager.
    ProgramManager,
    /// Works in a field office of Social Security.
    FieldOffice,
    /// Holds a ticket.
    Beneficiary,
}

/// One person with a ticket.
#[derive(Debug, Clone)]
pub struct Person {
    /// The ticket; it may have no assignment yet.
    pub case: Case,
    /// Date of birth.
    pub date_of_birth: Option<Date>,
    /// Gets payments under section 301, by which nobody is eligible for a ticket.
    pub section_301: bool,
    /// Gets benefits only while appealing a medical cessation.
    pub benefit_continuation: bool,
    /// Employers on file.
    pub employers: Vec<Employer>,
    /// The progress review that is due.
    pub progress_review: Option<Due>,
    /// What was filed about this ticket before, by anybody.
    pub earlier: Vec<Earlier>,
}

/// An employer on file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Employer {
    /// Its id, opaque.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Its EIN.
    pub ein: Option<Ein>,
}

/// A progress review that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Due {
    /// Which period.
    pub period: u8,
    /// First month of the period.
    pub from: Month,
    /// Last month of the period.
    pub to: Month,
    /// The day the provider was asked; the answer is due 30 days later.
    pub asked_on: Date,
    /// Passed already.
    pub passed: bool,
}

/// A form filed before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Earlier {
    /// Which form.
    pub form: Form,
    /// When it was received.
    pub received_on: Date,
    /// The organization's provider id.
    pub provider: Box<str>,
    /// Of a payment request: the payment, such as `p1m2`, or `p2` and `outcome` while it has no number.
    pub payment: Option<Box<str>>,
    /// Of a payment request: the month claimed.
    pub month: Option<Month>,
    /// Still in process, or paid; a denied or withdrawn form is not.
    pub live: bool,
    /// Its confirmation number, if it was filed here. It is told to the organization that filed it, and to nobody else.
    #[serde(skip)]
    pub confirmation: Option<Box<str>>,
}

impl Person {
    /// The assignments to a provider, oldest first.
    pub fn assignments_to<'p>(&'p self, provider: &'p str) -> impl Iterator<Item = &'p Assignment> {
        self.case.assignments.iter().filter(move |assignment| &*assignment.provider == provider)
    }

    /// The assignment in force on a day.
    #[must_use]
    pub fn assignment_on(&self, day: Date) -> Option<&Assignment> {
        let holds = |a: &&Assignment| a.assigned_on <= day && a.unassigned_on.is_none_or(|ended| day < ended);
        self.case.assignments.iter().find(holds)
    }

    /// Whether the ticket is with a provider on a day.
    #[must_use]
    pub fn is_with(&self, provider: &str, day: Date) -> bool {
        self.assignment_on(day).is_some_and(|assignment| &*assignment.provider == provider)
    }
}

const ROLES: &[(&str, Role)] = &[
    ("submitter", Role::Submitter),
    ("signatory", Role::Signatory),
    ("primary_contact", Role::PrimaryContact),
    ("negotiator", Role::Negotiator),
    ("program_manager", Role::ProgramManager),
    ("field_office", Role::FieldOffice),
    ("beneficiary", Role::Beneficiary),
];

const KINDS: &[(&str, ProviderKind)] =
    &[("en", ProviderKind::En), ("state_vr_as_en", ProviderKind::StateVrAsEn), ("state_vr", ProviderKind::StateVr)];

impl Role {
    /// The word of a role.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        ROLES.iter().find(|(_, role)| *role == self).map_or("", |(word, _)| word)
    }

    /// The role of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        ROLES.iter().find(|(name, _)| *name == word).map(|(_, role)| *role)
    }
}

/// Reads what is on file about one person from JSON text: the case of the contract, whose ticket may have no assignment yet, with
/// `date_of_birth`, `section_301`, `benefit_continuation`, `employers`, `progress_review` and `earlier` beside it.
///
/// # Errors
/// All that is wrong with it.
pub fn person(text: &[u8]) -> Read<Person> {
    let value = parse(text, crate::read::MAX_BYTES)?;
    let mut reader = Reader::default();
    let person = read_person(&mut reader, &value, &Path::Root);
    reader.finish(person)
}

/// Reads everything on file from JSON text: `organization`, `roles`, `people`.
///
/// # Errors
/// All that is wrong with it.
pub fn on_file(text: &[u8]) -> Read<OnFile> {
    let value = parse(text, crate::read::MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let on_file = read_on_file(&mut reader, &value, &Path::Root);
    reader.finish(on_file)
}

pub(crate) fn read_on_file(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<OnFile> {
    let [organization, roles, people] = reader.object(value, path, &["organization", "roles", "people"])?;
    let at = path.key("organization");
    let organization = reader.required(organization, &at).and_then(|value| read_organization(reader, value, &at));
    let at = path.key("roles");
    let roles: Vec<Option<Role>> = reader
        .list(roles, &at)
        .iter()
        .enumerate()
        .map(|(index, role)| reader.choice(Some(role), &at.index(index), ROLES))
        .collect();
    let at = path.key("people");
    let people: Vec<Option<Option<Person>>> = reader
        .list(people, &at)
        .iter()
        .enumerate()
        .map(|(index, person)| match person {
            Value::Null => Some(None),
            person => read_person(reader, person, &at.index(index)).map(Some),
        })
        .collect();
    Some(OnFile {
        organization: organization?,
        roles: roles.into_iter().collect::<Option<_>>()?,
        people: people.into_iter().collect::<Option<_>>()?,
    })
}

fn read_organization(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<Organization> {
    let names = &["provider", "ein", "name", "kind", "agreement_ends_on", "sam_expires_on", "on_hold"];
    let [provider, ein, name, kind, agreement, sam, on_hold] = reader.object(value, path, names)?;
    let provider = reader.id(provider, &path.key("provider"));
    let ein = reader.registry_ein(ein, &path.key("ein"));
    let name = reader.text(name, &path.key("name"));
    let kind = reader.choice(kind, &path.key("kind"), KINDS);
    let agreement_ends_on = reader.optional_date(agreement, &path.key("agreement_ends_on"));
    let sam_expires_on = reader.optional_date(sam, &path.key("sam_expires_on"));
    let on_hold = reader.optional_boolean(on_hold, &path.key("on_hold")).unwrap_or(false);
    Some(Organization {
        provider: provider?,
        ein: ein?,
        name: name?.into(),
        kind: kind?,
        agreement_ends_on,
        sam_expires_on,
        on_hold,
    })
}

fn read_person(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<Person> {
    let [case, birth, section_301, continuation, employers, due, earlier] = reader.object(
        value,
        path,
        &["case", "date_of_birth", "section_301", "benefit_continuation", "employers", "progress_review", "earlier"],
    )?;
    let case = record_case(reader, case, &path.key("case"));
    let date_of_birth = reader.optional_date(birth, &path.key("date_of_birth"));
    let section_301 = reader.optional_boolean(section_301, &path.key("section_301")).unwrap_or(false);
    let continuation = reader.optional_boolean(continuation, &path.key("benefit_continuation")).unwrap_or(false);
    let at = path.key("employers");
    let employers: Vec<Option<Employer>> = reader
        .list(employers, &at)
        .iter()
        .enumerate()
        .map(|(index, value)| read_employer(reader, value, &at.index(index)))
        .collect();
    let progress_review = match due {
        None | Some(Value::Null) => Some(None),
        Some(due) => read_due(reader, due, &path.key("progress_review")).map(Some),
    };
    let at = path.key("earlier");
    let earlier: Vec<Option<Earlier>> = reader
        .list(earlier, &at)
        .iter()
        .enumerate()
        .map(|(index, value)| read_earlier(reader, value, &at.index(index)))
        .collect();
    Some(Person {
        case: case?,
        date_of_birth,
        section_301,
        benefit_continuation: continuation,
        employers: employers.into_iter().collect::<Option<_>>()?,
        progress_review: progress_review?,
        earlier: earlier.into_iter().collect::<Option<_>>()?,
    })
}

fn read_employer(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<Employer> {
    let [id, name, ein] = reader.object(value, path, &["id", "name", "ein"])?;
    let id = reader.id(id, &path.key("id"));
    let name = reader.text(name, &path.key("name"));
    let ein = match ein {
        None | Some(Value::Null) => Some(None),
        some => reader.registry_ein(some, &path.key("ein")).map(Some),
    };
    Some(Employer { id: id?, name: name?.into(), ein: ein? })
}

fn read_due(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<Due> {
    let [period, from, to, asked_on, passed] =
        reader.object(value, path, &["period", "from", "to", "asked_on", "passed"])?;
    let period = reader.small_number(period, &path.key("period"), 99, &super::progress_review::code::TPR_PERIOD_RANGE);
    let (from, to) = (reader.month(from, &path.key("from")), reader.month(to, &path.key("to")));
    let asked_on = reader.date(asked_on, &path.key("asked_on"));
    let passed = reader.optional_boolean(passed, &path.key("passed")).unwrap_or(false);
    Some(Due { period: period?, from: from?, to: to?, asked_on: asked_on?, passed })
}

fn read_earlier(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<Earlier> {
    let [form, received_on, provider, payment, month, live] =
        reader.object(value, path, &["form", "received_on", "provider", "payment", "month", "live"])?;
    let form = reader.text(form, &path.key("form")).and_then(|word| {
        let form = Form::parse(word);
        if form.is_none() {
            let allowed: Vec<&str> = Form::ALL.iter().map(|form| form.as_str()).collect();
            reader.add(Problem::new(&code::REQ_ENUM, &path.key("form").pointer()).with("allowed", allowed));
        }
        form
    });
    let received_on = reader.date(received_on, &path.key("received_on"));
    let provider = reader.id(provider, &path.key("provider"));
    let payment = match payment {
        None | Some(Value::Null) => None,
        some => reader.text(some, &path.key("payment")).map(Into::into),
    };
    let month = reader.optional_month(month, &path.key("month"));
    let live = reader.optional_boolean(live, &path.key("live")).unwrap_or(true);
    Some(Earlier {
        form: form?,
        received_on: received_on?,
        provider: provider?,
        payment,
        month,
        live,
        confirmation: None,
    })
}
