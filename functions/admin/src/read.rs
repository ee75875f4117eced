//! From the JSON of one row to what it says. The core's readers do the reading, so a row is held to what a form is held to.

use crate::fields::Fields;
use crate::problem::code as own;
use crate::row::{Kind, Member, Row, TicketColumns, TicketRow};
use serde_json::value::RawValue;
use ttw_core::codes;
use ttw_core::domain::{Ein, Ssn};
use ttw_core::forms::{People, Person, Role, on_file, person};
use ttw_core::params::Parameters;
use ttw_core::problem::code;
use ttw_core::{Engine, Problem};
use ttw_portal::identity::User;

/// How rows are read: by whose parameters, about whose numbers.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'e> {
    /// The engine, for its lists of prefixes and areas.
    pub engine: &'e Engine,
    /// Whose numbers are taken.
    pub people: People,
}

/// What a row says, or all that is wrong with it.
pub(crate) type ReadRow = Result<Row, Vec<Problem>>;

impl Reading<'_> {
    fn parameters(&self) -> &Parameters {
        self.engine.parameters()
    }

    /// Reads a line of a JSON Lines file.
    pub(crate) fn json_row(&self, kind: Kind, text: &str) -> ReadRow {
        let mut fields = Fields::parse(text)?;
        match kind {
            Kind::Providers => provider(&fields),
            Kind::Users => self.member(fields),
            Kind::Tickets => self.of_person(
                &mut fields,
                |fields| {
                    let record = fields.json();
                    person(record.as_bytes()).map(|_| record)
                },
                Row::Person,
            ),
            Kind::Earnings => self.of_person(&mut fields, earnings, Row::Earnings),
            Kind::Benefits => self.of_person(&mut fields, benefit, Row::Benefit),
        }
    }

    /// Reads a row of a flat file of tickets: the ticket's own columns, and an assignment or none.
    pub(crate) fn flat_ticket(&self, text: &str) -> ReadRow {
        self.of_person(&mut Fields::parse(text)?, flat_ticket, Row::Ticket)
    }

    /// Whose row it is, as far as a row with something wrong says: the number and the ticket's id.
    pub(crate) fn who(&self, text: &str) -> (Option<Ssn>, Option<String>) {
        let Ok(mut fields) = Fields::parse(text) else { return (None, None) };
        let mut found = Vec::new();
        (self.ssn(&mut fields, true, &mut found), fields.text("ticket", false, &mut found))
    }

    /// Reads the number and the rest of a row; what is wrong with either is said.
    fn of_person<T>(
        &self,
        fields: &mut Fields,
        read: impl FnOnce(&mut Fields) -> Result<T, Vec<Problem>>,
        row: impl FnOnce(Ssn, T) -> Row,
    ) -> ReadRow {
        let mut problems = Vec::new();
        let ssn = self.ssn(fields, true, &mut problems);
        match (ssn, read(fields)) {
            (Some(ssn), Ok(rest)) if problems.is_empty() => Ok(row(ssn, rest)),
            (_, rest) => {
                problems.extend(rest.err().unwrap_or_default());
                Err(problems)
            }
        }
    }

    fn ssn(&self, fields: &mut Fields, required: bool, problems: &mut Vec<Problem>) -> Option<Ssn> {
        let text = fields.text("ssn", required, problems)?;
        let read = match self.people {
            People::Real => Ssn::parse(&text, self.parameters()),
            People::Test => Ssn::parse_test(&text, self.parameters()),
        };
        read.map_err(|error| {
            let found = codes::all().find(|code| code.id == error.code()).unwrap_or(&code::SSN_FORMAT);
            problems.push(Problem::new(found, "/ssn"));
        })
        .ok()
    }

    fn member(&self, mut fields: Fields) -> ReadRow {
        let mut problems = Vec::new();
        let mut text = |name: &str| {
            let text = fields.text(name, true, &mut problems)?;
            if text.is_empty() || text.chars().count() > 100 || text.chars().any(char::is_control) {
                problems.push(Problem::new(&code::TEXT_LENGTH, &format!("/{name}")).with("limit", 100));
            }
            Some(text)
        };
        let (subject, name, title, email) = (text("subject"), text("name"), text("title"), text("email"));
        if email.as_deref().is_some_and(|email| !is_address(email)) {
            problems.push(Problem::new(&own::LOAD_EMAIL, "/email"));
        }
        let ein = fields.text("ein", false, &mut problems).and_then(|text| {
            let ein = Ein::parse_registry(&text);
            if ein.is_none() {
                problems.push(Problem::new(&code::EIN_FORMAT, "/ein"));
            }
            ein.ok_or(()).ok()
        });
        let roles = fields.take("roles", &mut problems);
        let roles = roles.map_or(Ok(Vec::new()), |roles| read_roles(&roles)).unwrap_or_else(|found| {
            problems.extend(found);
            Vec::new()
        });
        let active = fields.take("active", &mut problems).is_none_or(|given| {
            if !matches!(given.get(), "true" | "false") {
                problems.push(Problem::new(&code::REQ_TYPE, "/active").with("expected", "true or false"));
            }
            given.get() != "false"
        });
        let own_record = self.ssn(&mut fields, false, &mut problems);
        let known = ["subject", "name", "title", "email", "ein", "roles", "active", "ssn"];
        fields.refuse_the_rest(&known, &mut problems);
        if problems.is_empty() {
            problems = capacity(&roles, ein, own_record.as_ref());
        }
        let (Some(subject), Some(name), Some(title), Some(email), []) =
            (subject, name, title, email, problems.as_slice())
        else {
            return Err(problems);
        };
        let user = User { id: subject.into(), name: name.into(), title: title.into(), email: email.into() };
        Ok(Row::User(Member { user, ein, roles, active, own_record }))
    }
}

/// Whether roles, organization and own record go together.
fn capacity(roles: &[Role], ein: Option<Ein>, own_record: Option<&Ssn>) -> Vec<Problem> {
    let acts_for_an_organization =
        |role: &Role| matches!(role, Role::Submitter | Role::Signatory | Role::PrimaryContact | Role::Negotiator);
    let acts = roles.iter().any(acts_for_an_organization);
    let is_beneficiary = roles.contains(&Role::Beneficiary);
    let checks = [
        (roles.is_empty(), &own::LOAD_ROLES_REQUIRED, "/roles"),
        (acts && ein.is_none(), &own::LOAD_EIN_REQUIRED, "/ein"),
        (!roles.iter().all(acts_for_an_organization) && ein.is_some(), &own::LOAD_EIN_UNEXPECTED, "/ein"),
        (is_beneficiary && own_record.is_none(), &own::LOAD_SSN_REQUIRED, "/ssn"),
        (!is_beneficiary && own_record.is_some(), &own::LOAD_SSN_UNEXPECTED, "/ssn"),
    ];
    checks.into_iter().filter(|(wrong, ..)| *wrong).map(|(_, code, at)| Problem::new(code, at)).collect()
}

fn is_address(text: &str) -> bool {
    let plain = !text.chars().any(|c| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"'));
    plain
        && text.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && !host.contains('@')
                && host.split('.').count() > 1
                && host.split('.').all(|part| !part.is_empty())
        })
}

fn provider(fields: &Fields) -> ReadRow {
    let document = format!(r#"{{"organization":{},"roles":[],"people":[]}}"#, fields.json());
    match on_file(document.as_bytes()) {
        Ok(on_file) => Ok(Row::Provider(on_file.organization)),
        Err(problems) => Err(within(problems, "/organization")),
    }
}

/// Roles are read with an organization beside them that is always right.
fn read_roles(roles: &RawValue) -> Result<Vec<Role>, Vec<Problem>> {
    const SOMEBODY: &str = r#"{"provider":"X","ein":"12-0000001","name":"X","kind":"en"}"#;
    let document = format!(r#"{{"organization":{SOMEBODY},"roles":{},"people":[]}}"#, roles.get());
    on_file(document.as_bytes()).map(|on_file| on_file.roles)
}

fn earnings(fields: &mut Fields) -> Result<ttw_core::domain::MonthlyEarnings, Vec<Problem>> {
    let case = in_a_case("earnings", &fields.json()).map_err(|found| within(found, "/case/earnings/0"))?.case;
    let entry = case.earnings.first().filter(|entry| entry.earned.is_some() || entry.paid.is_some());
    entry.copied().ok_or_else(|| vec![Problem::new(&own::LOAD_ROW_EMPTY, "")])
}

fn benefit(fields: &mut Fields) -> Result<ttw_core::domain::Benefit, Vec<Problem>> {
    let case = in_a_case("benefits", &fields.json()).map_err(|found| within(found, "/case/benefits/0"))?.case;
    case.benefits.first().copied().ok_or_else(|| vec![Problem::new(&code::REQ_FIELD_REQUIRED, "")])
}

/// Reads an entry of a list of a case of which nothing else is known.
fn in_a_case(list: &str, entry: &str) -> Result<Person, Vec<Problem>> {
    let case = format!(
        r#"{{"case":{{"ticket":{{"id":"X","assignments":[]}},"beneficiary":{{"title":"t2","blind":false}},"{list}":[{entry}]}}}}"#
    );
    person(case.as_bytes())
}

/// Columns of an assignment in a flat file of tickets.
const ASSIGNMENT: [&str; 8] = [
    "provider",
    "kind",
    "payment_system",
    "assigned_on",
    "unassigned_on",
    "plan_signed_on",
    "plan_received_on",
    "services_completed_on",
];

fn flat_ticket(fields: &mut Fields) -> Result<TicketRow, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut some = |names: &[(&str, &str)]| -> Vec<String> {
        let mut taken = Vec::new();
        for (column, name) in names {
            if let Some(value) = fields.take(column, &mut problems) {
                taken.push(format!(r#""{name}":{}"#, value.get()));
            }
        }
        taken
    };
    let assignment = some(&ASSIGNMENT.map(|name| (name, name))).join(",");
    let mut ticket = some(&[("ticket", "id"), ("terminates_in", "terminates_in")]);
    let assignments = if assignment.is_empty() { String::new() } else { format!("{{{assignment}}}") };
    ticket.push(format!(r#""assignments":[{assignments}]"#));
    let beneficiary = some(&[("title", "title"), ("blind", "blind")]).join(",");
    let mut record = some(&["date_of_birth", "section_301", "benefit_continuation"].map(|name| (name, name)));
    record.push(format!(r#""case":{{"ticket":{{{}}},"beneficiary":{{{beneficiary}}}}}"#, ticket.join(",")));
    let read = person(format!("{{{}}}", record.join(",")).as_bytes()).map_err(|found| {
        let column = |mut problem: Problem| {
            let last = problem.path.rsplit('/').next().unwrap_or_default();
            problem.path = format!("/{}", if last == "id" { "ticket" } else { last });
            problem
        };
        found.into_iter().map(column).collect::<Vec<_>>()
    })?;
    if !problems.is_empty() {
        return Err(problems);
    }
    let ticket = TicketColumns {
        id: read.case.ticket_id,
        terminates_in: read.case.terminates_in,
        title: read.case.title,
        blind: read.case.blind,
        date_of_birth: read.date_of_birth,
        section_301: read.section_301,
        benefit_continuation: read.benefit_continuation,
    };
    Ok(TicketRow { ticket, assignment: read.case.assignments.into_iter().next() })
}

/// The problems of a part of a document, placed in the part.
fn within(problems: Vec<Problem>, part: &str) -> Vec<Problem> {
    let place = |mut problem: Problem| {
        if let Some(path) = problem.path.strip_prefix(part) {
            problem.path = path.to_owned();
        }
        problem
    };
    problems.into_iter().map(place).collect()
}
