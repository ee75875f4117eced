//! A store with two organizations, their people, and forms to file.

use crate::embedded::Embedded;
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::json;
use ttw_core::domain::{Ein, Month, ProviderKind, Ssn};
use ttw_core::forms::{Form, Intake, NaturalKey, Organization, Role};
use ttw_core::params::Parameters;
use ttw_core::problem::code;
use ttw_portal::identity::{Scope, User, caller_of};
use ttw_portal::outbox::Notice;
use ttw_portal::store::{Attempt, Confirmation, Decision, NewSubmission, Registered, Reply, Store};
use ttw_portal::vault::{LocalKeys, Vault};

pub const BODY: &[u8] = br#"{"ssn":"900-12-3456"}"#;

pub struct World {
    pub store: Store,
    pub database: Embedded,
    /// Files for Hope Works.
    pub hope: Scope,
    /// Another one who files for Hope Works.
    pub colleague: Scope,
    /// Files for Other Works.
    pub other: Scope,
}

/// What a test form is about.
pub struct Paper {
    pub form: Form,
    pub people: Vec<Ssn>,
    pub keys: Vec<NaturalKey>,
    pub intake: Intake,
    pub document: String,
    pub notices: Vec<Notice>,
}

pub fn ssn(text: &str) -> Ssn {
    Ssn::parse_test(text, Parameters::builtin().unwrap()).unwrap()
}

/// Test people by their place.
pub fn person(place: usize) -> Ssn {
    ssn(&format!("{}-{:02}-{:04}", 900 + place / 9000, 12, place % 9000 + 1))
}

pub fn ein(text: &str) -> Ein {
    Ein::parse_registry(text).unwrap()
}

pub fn record() -> String {
    json!({
        "case": {
            "ticket": { "id": "T-0001", "assignments": [] }, "beneficiary": { "title": "t2", "blind": false }, "benefits": [],
            "earnings": [], "pay_statements": [], "state_vr_cases": [], "payments": []
        },
        "date_of_birth": "1980-02-03", "section_301": false, "benefit_continuation": false, "employers": [],
        "progress_review": null, "earlier": []
    })
    .to_string()
}

fn organization(provider: &str, number: &str, name: &str) -> Organization {
    Organization {
        provider: provider.into(),
        ein: ein(number),
        name: name.into(),
        kind: ProviderKind::En,
        agreement_ends_on: Some(date(2027, 12, 31)),
        sam_expires_on: None,
        on_hold: false,
    }
}

impl World {
    pub async fn new() -> Self {
        let database = Embedded::start().await;
        let client = database.client();
        Self::with(database, client).await
    }

    /// One whose requests go past the gate and may take as long as a busy machine takes.
    pub async fn unhurried() -> Self {
        let database = Embedded::start().await;
        let client = database.direct();
        Self::with(database, client).await
    }

    async fn with(database: Embedded, client: aws_sdk_dynamodb::Client) -> Self {
        let store = Store::new(client, database.table(), Vault::new(LocalKeys::random().unwrap()));
        store.create_table().await.unwrap();
        let (hope, other) =
            (organization("EN-A", "12-3456789", "Hope Works"), organization("EN-B", "12-3456780", "Other Works"));
        for organization in [&hope, &other] {
            store.put_provider(organization).await.unwrap();
        }
        let mut scopes = Vec::new();
        for (subject, organization) in [("ann", &hope), ("ben", &hope), ("zoe", &other)] {
            scopes.push(signed_in(&store, subject, &organization.ein).await);
        }
        let [hope, colleague, other] = scopes.try_into().unwrap();
        database.forget();
        Self { store, database, hope, colleague, other }
    }

    /// How many items of the table have a partition key that begins so.
    pub async fn count(&self, beginning: &str) -> usize {
        let pages = self.database.direct().scan().table_name(self.database.table()).into_paginator().items().send();
        let items = pages.collect::<Result<Vec<_>, _>>().await.unwrap();
        items.iter().filter(|item| item["PK"].as_s().unwrap().starts_with(beginning)).count()
    }
}

pub fn user(subject: &str) -> User {
    User {
        id: subject.into(),
        name: format!("Name of {subject}").into(),
        title: "Officer".into(),
        email: format!("{subject}@example.org").into(),
    }
}

async fn signed_in(store: &Store, subject: &str, ein: &Ein) -> Scope {
    let user = user(subject);
    store.put_user(Registered { user: &user, roles: &[], ein: Some(ein), own_record: None }).await.unwrap();
    store.link(subject, ein, &[Role::Submitter, Role::Signatory], true).await.unwrap();
    caller_of(store.account(subject).await.unwrap().unwrap()).scope().unwrap()
}

impl Paper {
    pub fn about(form: Form, people: Vec<Ssn>) -> Self {
        let intake = Intake { heading: "New", columns: vec!["SSN"], rows: vec![vec!["***-**-3456".to_owned()]] };
        Self {
            form,
            people,
            keys: Vec::new(),
            intake,
            document: r#"{"ssn":"***-**-3456"}"#.to_owned(),
            notices: Vec::new(),
        }
    }

    /// A claim of whose payment a provider is told that it may share it.
    pub fn shared() -> Self {
        let notice = |number: &str| Notice {
            number: number.to_owned(),
            name: "Zoe".to_owned(),
            email: "zoe@example.org".to_owned(),
            en_name: "Other Works".to_owned(),
            ticket: "T-0001".to_owned(),
            payment: "p1m1".to_owned(),
            month: "2025-12".to_owned(),
            sent_at: None,
            refused_at: None,
        };
        Self { notices: vec![notice("06HX-2N4K-7QRT-9WZ8"), notice("06HX-2N4K-7QRT-9WZ9")], ..Self::claim("2025-12") }
    }

    /// A claim of the first test person for a month.
    pub fn claim(month: &str) -> Self {
        let key = |kind, value: &str| NaturalKey { kind, person: 0, value: value.to_owned(), code: &code::REQ_ENUM };
        let keys = vec![key("pr_month", month), key("pr_payment", &format!("p1m1-{month}"))];
        Self { keys, ..Self::about(Form::PaymentRequest, vec![ssn("900-12-3456")]) }
    }

    pub fn filed<'a>(&'a self, key: &'a str, body: &'a [u8]) -> NewSubmission<'a> {
        self.filed_at(key, body, "2026-03-02T15:00:00Z".parse().unwrap())
    }

    pub fn filed_at<'a>(&'a self, key: &'a str, body: &'a [u8], submitted_at: Timestamp) -> NewSubmission<'a> {
        let confirmation = Confirmation::at(submitted_at).unwrap();
        NewSubmission {
            form: self.form,
            reply: Reply { status: 201, body: json!({ "confirmation": confirmation }).to_string() },
            confirmation,
            submitted_at,
            received_on: date(2026, 3, 2),
            attempt: Attempt { route: "/v1/forms", key, body },
            document: &self.document,
            people: &self.people,
            keys: &self.keys,
            intake: &self.intake,
            acknowledged: vec!["PR_LATE".to_owned()],
            advice: Some(r#"{"likely":"payable"}"#.to_owned()),
            decision: Some(Decision {
                question: "{}".to_owned(),
                determination: r#"{"a":1}"#.to_owned(),
                shares: None,
            }),
            payment: Some("p1m1".to_owned()),
            month: Some(Month::new(2025, 12)),
            work_case: None,
            notices: self.notices.clone(),
            rules_version: "rules-1",
            request_id: "request-1",
        }
    }
}
