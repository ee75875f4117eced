//! A form checked without being filed: the draft, the day and what is on file come in one document.

use super::on_file::read_on_file;
use super::{Advice, Desk, Draft, Filing, Form, Intake, OnFile, Organization, People, Role};
use crate::Engine;
use crate::domain::{Ein, ProviderKind};
use crate::problem::{Class, Problem, code};
use crate::read::{MAX_BATCH_BYTES, Path, Read, Reader, parse};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json_borrow::Value;
use std::sync::LazyLock;

/// A form with nothing wrong.
///
/// Without what is on file only what the draft says by itself was checked, and `checked_against_file` is false: there is no document
/// then, no key, no row of the mail and no advice, since all of them follow from the ticket. A draft with nothing wrong by itself may
/// still be refused when it is filed.
#[derive(Debug, Serialize)]
pub struct Validated {
    form: Form,
    checked_against_file: bool,
    document: Option<Box<RawValue>>,
    warnings: Vec<Problem>,
    keys: Vec<Key>,
    intake: Option<Intake>,
    advice: Option<Advice>,
    rules_version: Box<str>,
}

/// What may be on file only once.
#[derive(Debug, Serialize)]
struct Key {
    kind: &'static str,
    value: String,
}

/// Checks a form from JSON text: `form`, `draft`, `received_on`, and where they are known `on_file` and `people`.
///
/// # Errors
/// Everything that is wrong; pointers begin with `/draft` or with another field of the document.
pub fn validate(engine: &Engine, text: &[u8]) -> Read<Validated> {
    validate_value(engine, &parse(text, MAX_BATCH_BYTES)?)
}

/// Checks a form from the same document as a JSON value.
///
/// # Errors
/// Everything that is wrong.
pub fn validate_value(engine: &Engine, value: &Value<'_>) -> Read<Validated> {
    let mut reader = Reader::default();
    let request = read_request(&mut reader, value, engine);
    let mut problems = reader.into_problems();
    match request.map(Request::check) {
        Some(Ok(validated)) if problems.is_empty() => Ok(validated),
        Some(Err(found)) => {
            problems.extend(found);
            Err(problems)
        }
        _ => Err(problems),
    }
}

struct Request<'v, 'e> {
    desk: Desk<'e>,
    form: Form,
    draft: &'v Value<'v>,
    on_file: Known,
}

/// What is on file, as far as it was sent.
enum Known {
    Nothing,
    Unreadable,
    File(Box<OnFile>),
}

const PEOPLE: &[(&str, People)] = &[("real", People::Real), ("test", People::Test)];

fn read_request<'v, 'e>(reader: &mut Reader, value: &'v Value<'v>, engine: &'e Engine) -> Option<Request<'v, 'e>> {
    let root = Path::Root;
    let [form, draft, received_on, on_file, people] =
        reader.object(value, &root, &["form", "draft", "received_on", "on_file", "people"])?;
    let form = reader.choice(form, &root.key("form"), &Form::ALL.map(|form| (form.as_str(), form)));
    let draft = reader.required(draft, &root.key("draft"));
    let received_on = reader.date(received_on, &root.key("received_on"));
    let on_file = match on_file {
        None | Some(Value::Null) => Known::Nothing,
        Some(value) => read_on_file(reader, value, &root.key("on_file"))
            .map_or(Known::Unreadable, |on_file| Known::File(Box::new(on_file))),
    };
    let people = match people {
        None | Some(Value::Null) => Some(People::Real),
        some => reader.choice(some, &root.key("people"), PEOPLE),
    };
    let desk = Desk { engine, received_on: received_on?, people: people? };
    Some(Request { desk, form: form?, draft: draft?, on_file })
}

impl Request<'_, '_> {
    fn check(self) -> Read<Validated> {
        let draft = self.desk.read_value(self.form, self.draft).map_err(in_draft)?;
        match self.on_file {
            Known::File(on_file) if on_file.people.len() == draft.people().len() => {
                self.desk.check(draft, &on_file).map(|filing| Validated::of(&filing, &self.desk)).map_err(in_draft)
            }
            // A number that cannot be read names nobody, so that what is wrong in the draft comes first.
            Known::File(_) if !draft.is_flawed() => Err(vec![Problem::new(&code::ON_FILE_PEOPLE, "/on_file/people")]),
            _ => by_itself(draft, &self.desk),
        }
    }
}

/// Checks a draft as somebody's who may file every form, without what follows from nothing being on file of its people.
fn by_itself(draft: Draft, desk: &Desk<'_>) -> Read<Validated> {
    let form = draft.form();
    let Some(on_file) = NOTHING_ON_FILE.as_ref() else { return Err(Vec::new()) };
    let found = match desk.check_by_itself(draft, on_file) {
        Ok(filing) => filing.warnings().to_vec(),
        Err(problems) => problems,
    };
    let found = in_draft(found);
    if found.iter().any(|problem| problem.class != Class::Quality) {
        return Err(found);
    }
    Ok(Validated {
        form,
        checked_against_file: false,
        document: None,
        warnings: found,
        keys: Vec::new(),
        intake: None,
        advice: None,
        rules_version: desk.engine.version().into(),
    })
}

/// An organization of no number, whose people may send every form.
static NOTHING_ON_FILE: LazyLock<Option<OnFile>> = LazyLock::new(|| {
    let organization = Organization {
        provider: "-".into(),
        // No employer has it: there is no such prefix.
        ein: Ein::parse_registry("000000001")?,
        name: "-".into(),
        kind: ProviderKind::StateVrAsEn,
        agreement_ends_on: None,
        sam_expires_on: None,
        on_hold: false,
    };
    Some(OnFile { organization, roles: vec![Role::Signatory], people: Vec::new() })
});

impl Validated {
    /// What is unlikely but possible.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    fn of(filing: &Filing, desk: &Desk<'_>) -> Self {
        Self {
            form: filing.form(),
            checked_against_file: true,
            document: RawValue::from_string(filing.document().to_owned()).ok(),
            warnings: in_draft(filing.warnings().to_vec()),
            keys: filing.keys().iter().map(|key| Key { kind: key.kind, value: key.value.clone() }).collect(),
            intake: Some(filing.intake().clone()),
            advice: filing.advice().cloned(),
            rules_version: desk.engine.version().into(),
        }
    }
}

/// Problems of a draft by their places in the document that holds it.
fn in_draft(mut problems: Vec<Problem>) -> Vec<Problem> {
    for problem in &mut problems {
        problem.path.insert_str(0, "/draft");
    }
    problems
}

#[cfg(test)]
mod tests {
    use crate::forms::trial::{ENGINE, assigned_to, set};
    use serde_json::{Value as Json, json};

    fn request() -> Json {
        json!({
            "form": "earnings_inquiry",
            "draft": {"beneficiaries": [{"ssn": "900-12-3456", "assignment_date": "2024-01-10"}]},
            "received_on": "2026-06-15",
            "on_file": {
                "organization": {"provider": "EN-A", "ein": "12-3456789", "name": "Example Network", "kind": "en"},
                "roles": ["signatory"], "people": [assigned_to("EN-A", "en")]
            },
            "people": "test"
        })
    }

    fn with(changes: &[(&str, Json)]) -> Json {
        changes.iter().fold(request(), |mut request, (at, value)| {
            set(&mut request, at, value.clone());
            request
        })
    }

    fn answer(request: &Json) -> Json {
        let text = ENGINE.validate_json(request.to_string().as_bytes()).unwrap_or_else(|found| panic!("{found:#?}"));
        serde_json::from_str(&text).unwrap()
    }

    fn found(request: &Json) -> Vec<(&'static str, String)> {
        let problems = ENGINE.validate_json(request.to_string().as_bytes()).unwrap_err();
        problems.into_iter().map(|problem| (problem.code, problem.path)).collect()
    }

    #[test]
    fn the_answer_is_what_would_be_filed() {
        let answer = answer(&request());
        assert_eq!(answer["form"], "earnings_inquiry");
        assert_eq!(answer["checked_against_file"], true);
        assert_eq!(
            answer["document"],
            json!({"beneficiaries": [{"ssn": "***-**-3456", "assignment_date": "2024-01-10"}]})
        );
        assert_eq!((&answer["warnings"], &answer["keys"]), (&json!([]), &json!([])));
        assert_eq!(answer["intake"]["rows"], json!([["***-**-3456", "01/10/2024"]]));
        assert_eq!(answer["advice"]["available_quarters"].as_array().unwrap().len(), 8);
        assert_eq!(answer["rules_version"], ENGINE.version());
    }

    #[test]
    fn pointers_lead_into_the_document_as_received() {
        let day = |day: &str| with(&[("/draft/beneficiaries/0/assignment_date", json!(day))]);
        let at = "/draft/beneficiaries/0/assignment_date".to_owned();
        assert_eq!(found(&day("2024-01-11")), [("EIR_TAD_MISMATCH", at.clone())]);
        assert_eq!(found(&day("01/10/2024")), [("DATE_FORMAT", at)]);
        assert_eq!(found(&with(&[("/draft", json!(1))])), [("REQ_TYPE", "/draft".to_owned())]);
        assert_eq!(found(&with(&[("/draft/en_ein", json!("1"))])), [("AUTH_EIN_MISMATCH", "/draft/en_ein".to_owned())]);
        let asked = json!({"form": "earnings_inquiry", "received_on": "2026-05-01", "provider": "EN-A"});
        let warned = answer(&with(&[("/on_file/people/0/earlier/0", asked)]));
        assert_eq!(warned["warnings"][0]["path"], "/draft/beneficiaries/0/ssn");
    }

    #[test]
    fn what_is_wrong_around_the_draft_is_told_with_it() {
        let request = with(&[
            ("/on_file/organization/ein", json!("1")),
            ("/draft/beneficiaries/0/assignment_date", json!("2026-06-16")),
            ("/note", json!("x")),
        ]);
        let expected = [
            ("REQ_UNKNOWN_FIELD", "/note"),
            ("EIN_FORMAT", "/on_file/organization/ein"),
            ("EIR_TAD_FUTURE", "/draft/beneficiaries/0/assignment_date"),
        ];
        assert_eq!(found(&request), expected.map(|(code, at)| (code, at.to_owned())));
        let codes =
            |request: &Json| found(request).into_iter().map(|(code, at)| format!("{code} {at}")).collect::<Vec<_>>();
        let missing =
            ["REQ_FIELD_REQUIRED /form", "REQ_FIELD_REQUIRED /draft", "DATE_FORMAT /received_on", "REQ_ENUM /people"];
        assert_eq!(codes(&json!({"received_on": 1, "people": "all"})), missing);
    }

    #[test]
    fn real_people_unless_it_says_test() {
        let area = [("SSN_AREA", "/draft/beneficiaries/0/ssn".to_owned())];
        assert_eq!(found(&with(&[("/people", Json::Null)])), area);
        assert_eq!(found(&with(&[("/people", json!("real"))])), area);
    }

    #[test]
    fn the_file_has_an_entry_for_each_person() {
        for people in [json!([]), json!([null, null])] {
            let expected = [("ON_FILE_PEOPLE", "/on_file/people".to_owned())];
            assert_eq!(found(&with(&[("/on_file/people", people)])), expected);
        }
        let unread = with(&[("/draft/beneficiaries/0/ssn", json!("900"))]);
        assert_eq!(found(&unread), [("SSN_FORMAT", "/draft/beneficiaries/0/ssn".to_owned())]);
    }

    #[test]
    fn without_the_file_the_draft_is_checked_by_itself() {
        let alone = answer(&with(&[("/on_file", Json::Null)]));
        assert_eq!(alone["checked_against_file"], false);
        for empty in ["document", "intake", "advice"] {
            assert_eq!(alone[empty], Json::Null);
        }
        let tomorrow =
            with(&[("/on_file", Json::Null), ("/draft/beneficiaries/0/assignment_date", json!("2026-06-16"))]);
        assert_eq!(found(&tomorrow), [("EIR_TAD_FUTURE", "/draft/beneficiaries/0/assignment_date".to_owned())]);
    }
}
