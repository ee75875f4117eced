//! One form on the desk: the reader of its fields, the people it names, and what was found wrong so far.

use super::filing::Checked;
use super::{Desk, Filing, Form, OnFile, People, Person, payment_request};
use crate::domain::{Ein, IdentifierError, Ssn};
use crate::problem::{Class, Code, Problem, code};
use crate::read::{Path, Read, Reader};
use serde_json_borrow::Value;
use std::ops::{Deref, DerefMut};

/// Fields of every form that are not the form's own.
const ENVELOPE: [&str; 4] = ["form_code", "rules_version", "review_token", "acknowledged_warnings"];
/// Names under which text is tried.
const FREE_TEXT: [&str; 12] = [
    "note",
    "notes",
    "comment",
    "comments",
    "remark",
    "remarks",
    "description",
    "explanation",
    "message",
    "text",
    "reason",
    "details",
];
/// Names under which files are tried.
const ATTACHMENT: [&str; 10] = [
    "attachment",
    "attachments",
    "file",
    "files",
    "upload",
    "uploads",
    "document",
    "documents",
    "evidence",
    "service_record",
];
/// The most codes of warnings that are acknowledged at once.
const MAX_ACKNOWLEDGED: usize = 64;

/// One form on the desk, or one question about people. It reads fields as a [`Reader`] does.
pub(crate) struct Sheet<'e> {
    pub desk: Desk<'e>,
    /// None of a question, which has no envelope.
    form: Option<Form>,
    reader: Reader,
    people: Vec<Ssn>,
    /// What is on file of the people was sent along.
    people_are_known: bool,
}

/// What stands beside the form's own fields.
#[derive(Debug, Default)]
pub(super) struct Envelope {
    pub review_token: Option<Box<str>>,
    pub acknowledged: Vec<Box<str>>,
}

impl Deref for Sheet<'_> {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl DerefMut for Sheet<'_> {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.reader
    }
}

impl<'e> Sheet<'e> {
    pub(super) fn new(desk: Desk<'e>, form: Form) -> Self {
        Self::resumed(desk, form, Vec::new(), Vec::new(), true)
    }

    /// A question about people.
    pub(super) fn question(desk: Desk<'e>) -> Self {
        Self { desk, form: None, reader: Reader::default(), people: Vec::new(), people_are_known: true }
    }

    pub(super) fn resumed(
        desk: Desk<'e>,
        form: Form,
        people: Vec<Ssn>,
        problems: Vec<Problem>,
        people_are_known: bool,
    ) -> Self {
        Self { desk, form: Some(form), reader: Reader::resumed(problems), people, people_are_known }
    }

    pub(super) fn into_parts(self) -> (Vec<Ssn>, Vec<Problem>) {
        (self.people, self.reader.into_problems())
    }

    /// Reads what stands beside the form's own fields. An EIN there ends it: who files is known from the sign-in.
    pub(super) fn envelope(&mut self, form: Form, value: &Value<'_>) -> Read<Envelope> {
        let Value::Object(object) = value else { return Ok(Envelope::default()) };
        if let Some((name, _)) = object.iter().find(|(name, _)| is_own_ein(name)) {
            return Err(vec![Problem::new(&code::AUTH_EIN_MISMATCH, &Path::Root.key(name).pointer())]);
        }
        let root = Path::Root;
        let mut envelope = Envelope::default();
        for (place, (name, value)) in object.iter().enumerate() {
            let at = root.key(name);
            if ENVELOPE.contains(&name) && object.iter().take(place).any(|(before, _)| before == name) {
                self.refuse(&code::REQ_FIELD_DUPLICATE, &at);
                continue;
            }
            match name {
                "form_code" => {
                    self.reader.choice(Some(value), &at, &[(form.as_str(), ())]);
                }
                "rules_version" => match value {
                    Value::Str(version) if *version == self.desk.engine.version() => {}
                    Value::Str(_) => return Err(vec![Problem::new(&code::RULES_VERSION_RETIRED, "/rules_version")]),
                    _ => drop(self.reader.text(Some(value), &at)),
                },
                "review_token" => envelope.review_token = self.reader.text(Some(value), &at).map(Into::into),
                "acknowledged_warnings" => {
                    envelope.acknowledged = self.acknowledged(value, &at);
                }
                _ => {}
            }
        }
        Ok(envelope)
    }

    /// The codes of the warnings that are acknowledged, each once.
    fn acknowledged(&mut self, value: &Value<'_>, path: &Path<'_>) -> Vec<Box<str>> {
        let mut codes: Vec<Box<str>> = Vec::new();
        for (index, item) in self.reader.list(Some(value), path).iter().enumerate() {
            let Some(word) = self.reader.text(Some(item), &path.index(index)) else { continue };
            if codes.iter().any(|code| **code == *word) {
                continue;
            }
            if codes.len() == MAX_ACKNOWLEDGED {
                let too_many = Problem::new(&code::ACKNOWLEDGED_TOO_MANY, &path.pointer());
                self.add(too_many.with("limit", MAX_ACKNOWLEDGED));
                break;
            }
            codes.push(word.into());
        }
        codes
    }

    /// The form's own fields at the top, or those of an object inside it; the envelope is passed over, text and files are refused.
    pub(super) fn object<'v, const N: usize>(
        &mut self,
        value: &'v Value<'v>,
        path: &Path<'_>,
        names: &[&'static str; N],
    ) -> Option<[Option<&'v Value<'v>>; N]> {
        let is_form = self.form.is_some() && matches!(path, Path::Root);
        let beside: &[&'static str] = if is_form { &ENVELOPE } else { &[] };
        self.object_of(value, path, names, beside, || [names, beside].concat())
    }

    /// An object inside the form some of whose fields belong elsewhere: where a field is unknown, only the ones that are `allowed` here
    /// are named.
    pub(super) fn part<'v, const N: usize>(
        &mut self,
        value: &'v Value<'v>,
        path: &Path<'_>,
        names: &[&'static str; N],
        allowed: impl Fn() -> Vec<&'static str>,
    ) -> Option<[Option<&'v Value<'v>>; N]> {
        self.object_of(value, path, names, &[], allowed)
    }

    fn object_of<'v, const N: usize>(
        &mut self,
        value: &'v Value<'v>,
        path: &Path<'_>,
        names: &[&'static str; N],
        beside: &[&'static str],
        allowed: impl Fn() -> Vec<&'static str>,
    ) -> Option<[Option<&'v Value<'v>>; N]> {
        let form = self.form;
        self.reader.object_or(value, path, names, allowed, |name| {
            let is_payment_request = form == Some(Form::PaymentRequest);
            if beside.contains(&name) {
                return Some(None);
            }
            let refusal = if FREE_TEXT.contains(&name) {
                if is_payment_request {
                    &payment_request::code::PR_FREE_TEXT_NOT_ALLOWED
                } else {
                    &code::FREE_TEXT_NOT_ALLOWED
                }
            } else if ATTACHMENT.contains(&name) {
                if is_payment_request {
                    &payment_request::code::PR_UPLOAD_NOT_ALLOWED
                } else {
                    &code::ATTACHMENT_NOT_ALLOWED
                }
            } else {
                return None;
            };
            Some(Some(refusal))
        })
    }

    /// A person's number; gives the person's place among [`Sheet::people`]. A person named twice has one place.
    pub(super) fn person(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<usize> {
        let Value::Str(text) = self.reader.required(field, path)? else {
            self.reader.refuse(&code::SSN_FORMAT, path);
            return None;
        };
        let parameters = self.desk.engine.parameters();
        let read = match self.desk.people {
            People::Real => Ssn::parse(text, parameters),
            People::Test => Ssn::parse_test(text, parameters),
        };
        match read {
            Ok(ssn) => Some(self.people.iter().position(|known| *known == ssn).unwrap_or_else(|| {
                self.people.push(ssn);
                self.people.len() - 1
            })),
            Err(error) => {
                self.reader.refuse(identifier_code(error), path);
                None
            }
        }
    }

    /// An employer's EIN.
    pub(super) fn ein(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Ein> {
        let text = self.reader.text(field, path)?;
        Ein::parse(text, self.desk.engine.parameters())
            .map_err(|error| self.reader.refuse(identifier_code(error), path))
            .ok()
    }

    /// One choice of an option list, by its code.
    pub(super) fn option(
        &mut self,
        field: Option<&Value<'_>>,
        path: &Path<'_>,
        list: &str,
        unknown: &'static Code,
    ) -> Option<Box<str>> {
        let word = self.reader.text(field, path)?;
        let choices = self.desk.engine.options().list(list);
        if choices.iter().any(|choice| &*choice.code == word) {
            return Some(word.into());
        }
        let allowed: Vec<&str> = choices.iter().map(|choice| &*choice.code).collect();
        self.reader.add(Problem::new(unknown, &path.pointer()).with("allowed", allowed));
        None
    }

    /// The people named so far.
    pub(super) fn people(&self) -> &[Ssn] {
        &self.people
    }

    /// The number of a person as it may be shown: `***-**-1234`.
    pub(super) fn masked(&self, person: usize) -> String {
        self.people.get(person).map(Ssn::masked).unwrap_or_default()
    }

    /// The person at a place, if the caller's organization holds or held the ticket; else the one answer there is, once. Where nothing
    /// is known of anybody, there is none.
    pub(super) fn held<'f>(
        &mut self,
        on_file: &'f OnFile,
        person: Option<usize>,
        path: &Path<'_>,
        code: &'static Code,
        holds: impl Fn(&Person) -> bool,
    ) -> Option<&'f Person> {
        if !self.people_are_known {
            return None;
        }
        let found = on_file.people.get(person?).and_then(Option::as_ref).filter(|person| holds(person));
        if found.is_none() {
            self.reader.refuse(code, path);
        }
        found
    }

    /// Everything that is wrong, or the filing with its warnings.
    pub(super) fn finish(self, form: Form, checked: Option<Checked>, acknowledged: Vec<Box<str>>) -> Read<Filing> {
        let people = self.people;
        let problems = self.reader.into_problems();
        match checked {
            Some(checked) if problems.iter().all(|problem| problem.class == Class::Quality) => Ok(Filing {
                form,
                document: checked.document,
                people,
                warnings: problems,
                acknowledged,
                keys: checked.keys,
                intake: checked.intake,
                advice: checked.advice,
            }),
            _ => Err(problems),
        }
    }
}

/// Names under which an EIN of the submitter is tried.
fn is_own_ein(name: &str) -> bool {
    matches!(name, "en_ein" | "ein" | "submitter_ein" | "organization_ein")
}

const fn identifier_code(error: IdentifierError) -> &'static Code {
    match error {
        IdentifierError::SsnFormat => &code::SSN_FORMAT,
        IdentifierError::SsnArea => &code::SSN_AREA,
        IdentifierError::SsnGroup => &code::SSN_GROUP,
        IdentifierError::SsnSerial => &code::SSN_SERIAL,
        IdentifierError::SsnPublished => &code::SSN_PUBLISHED,
        IdentifierError::SsnImplausible => &code::SSN_IMPLAUSIBLE,
        IdentifierError::EinFormat => &code::EIN_FORMAT,
        IdentifierError::EinZero => &code::EIN_ZERO,
        IdentifierError::EinPrefix => &code::EIN_PREFIX,
    }
}
