//! What a stranger may try: the same request about what is somebody else's, and about nothing.

use super::super::drafts::{is_about_a_holder, record, reviewed};
use super::super::{House, get, now, post};
use super::{Kind, PARTIES, Paper, Party, about_a_case, filled, third};
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};
use ttw_portal::store::Confirmation;

/// Requests of a stranger: about something of the owner's, and the same about nothing.
pub struct Pair {
    pub what: String,
    pub foreign: Asked,
    pub missing: Asked,
    /// Whether it is there for its owner: then the owner is told something else than a stranger.
    pub is_there: bool,
}

/// A request before the other organization is named in it.
#[derive(Clone)]
pub struct Asked {
    path: String,
    key: Option<String>,
    body: Option<Value>,
}

/// How a request names the other organization.
#[derive(Debug, Clone, Copy)]
pub enum Naming {
    Not,
    InBody(&'static str),
    InHeader,
    InQuery,
}

pub const NAMINGS: [Naming; 8] = [
    Naming::Not,
    Naming::InBody("ein"),
    Naming::InBody("en_ein"),
    Naming::InBody("submitter_ein"),
    Naming::InBody("organization_ein"),
    Naming::InBody("provider"),
    Naming::InHeader,
    Naming::InQuery,
];

impl Asked {
    fn question(path: &str, body: Value) -> Self {
        Self { path: path.to_owned(), key: None, body: Some(body) }
    }

    fn of(path: String) -> Self {
        Self { path, key: None, body: None }
    }

    fn submitted(path: &str, key: &str, body: Value) -> Self {
        Self { path: path.to_owned(), key: Some(key.to_owned()), body: Some(body) }
    }

    pub fn by(&self, who: &Party, of: &Party, naming: Naming) -> Request<Body> {
        let ein = of.ein.to_string();
        let mut path = self.path.clone();
        if matches!(naming, Naming::InQuery) {
            let sign = if path.contains('?') { "&" } else { "?" };
            path = format!("{path}{sign}ein={ein}");
        }
        let mut request = match &self.body {
            Some(body) => {
                let mut body = body.clone();
                if let Naming::InBody(field) = naming {
                    body[field] = json!(ein);
                }
                post(&path, &who.token, &body)
            }
            None => get(&path, &who.token),
        };
        if let (None, Naming::InBody(field)) = (&self.body, naming) {
            *request.body_mut() = Body::from(json!({ field: ein }).to_string());
            request.headers_mut().insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
        }
        if let Some(key) = &self.key {
            request.headers_mut().insert(ttw_portal::IDEMPOTENCY_KEY, key.parse().unwrap());
        }
        if matches!(naming, Naming::InHeader) {
            for name in ["ein", "x-ein", "x-organization", "x-tenant-id", "x-custom-ein"] {
                request.headers_mut().insert(name, ein.parse().unwrap());
            }
        }
        request
    }
}

/// What a stranger may try at a route. Where a route knows nothing of anybody, the pair is twice the same request.
pub async fn pairs(house: &House, owner: &Party, stranger: &Party, path: &str, kind: Kind) -> Vec<Pair> {
    let by_number = |body: &dyn Fn(&str) -> Value| {
        let foreign = Asked::question(path, body(owner.held));
        let missing = Asked::question(path, body(owner.nobody));
        vec![Pair { what: "person".to_owned(), foreign, missing, is_there: true }]
    };
    match kind {
        Kind::Public | Kind::Lists | Kind::Me | Kind::MyTicket | Kind::Office => {
            let asked = match kind {
                Kind::Office => Asked::question(path, json!({})),
                _ => Asked::of(filled(path, "x")),
            };
            vec![Pair { what: "nothing".to_owned(), foreign: asked.clone(), missing: asked, is_there: false }]
        }
        Kind::Lookup => by_number(&|ssn| json!({ "ssn": ssn })),
        Kind::Assignability => by_number(&|ssn| json!({ "ssns": [ssn] })),
        Kind::Decision => by_number(&|ssn| json!({ "ssn": ssn, "claim": {"payment": "p1m1", "month": "2026-06"} })),
        Kind::Batch => {
            by_number(&|ssn| json!({"questions": [{ "ssn": ssn, "claim": {"payment": "p1m1", "month": "2026-06"} }]}))
        }
        Kind::Ledger => by_number(&|ssn| json!({ "ssn": ssn })),
        Kind::Managed | Kind::Withdraw => owner.filed.iter().map(|paper| work_case(path, paper)).collect(),
        Kind::Caseload => {
            let asked = Asked::of(path.to_owned());
            vec![Pair { what: "caseload".to_owned(), foreign: asked.clone(), missing: asked, is_there: true }]
        }
        _ => {
            let found = owner.filed.iter().find(|paper| path.starts_with(paper.path));
            let Some(paper) = found else { return Vec::new() };
            match kind {
                Kind::Review => reviews(owner, stranger, paper),
                Kind::Submit => submissions(house, owner, stranger, paper).await,
                Kind::List => lists(owner, paper),
                Kind::Table => {
                    let asked = Asked::of(path.to_owned());
                    vec![Pair { what: "table".to_owned(), foreign: asked.clone(), missing: asked, is_there: true }]
                }
                Kind::Sheet => sheets(owner, path),
                _ => numbers(owner, paper),
            }
        }
    }
}

fn reviews(owner: &Party, stranger: &Party, paper: &Paper) -> Vec<Pair> {
    let path = format!("{}/review", paper.path);
    let asked = |ssn: &str| Asked::question(&path, stranger.draft(paper.path, ssn));
    let (foreign, missing) = (asked(owner.held), asked(owner.nobody));
    // Only who holds a ticket files about it; a plan and a 1365 are about one that nobody holds.
    let is_there = is_about_a_holder(paper.path);
    let mut pairs = vec![Pair { what: "person".to_owned(), foreign, missing, is_there }];
    if paper.path == "/v1/payment-requests" {
        let employed = |ssn: &str, id: &str| {
            let mut draft = stranger.draft(paper.path, ssn);
            draft["employer"]["name"] = Value::Null;
            draft["employer"]["employer_id"] = json!(id);
            Asked::question(&path, draft)
        };
        let own = third(stranger.held);
        let id = record(Some((PARTIES.iter().find(|entry| entry.4[0] == owner.held).unwrap().2, "en")));
        let id = id["employers"][0]["id"].as_str().unwrap().to_owned();
        let (foreign, missing) = (employed(&own, &id), employed(&own, "E-NONE"));
        pairs.push(Pair { what: "employer".to_owned(), foreign, missing, is_there: false });
    }
    pairs
}

async fn submissions(house: &House, owner: &Party, stranger: &Party, paper: &Paper) -> Vec<Pair> {
    let path = paper.path;
    let replaced = |ssn: &str| {
        let text = paper.body.to_string().replace(owner.own(path), ssn);
        serde_json::from_str::<Value>(&text).unwrap()
    };
    // A person whose ticket nobody holds is nobody's own, so that one who has a ticket stands for it.
    let person = Pair {
        what: "body, key and token of another, and person".to_owned(),
        foreign: Asked::submitted(path, &paper.key, replaced(owner.held)),
        missing: Asked::submitted(path, "unused-1", replaced(owner.nobody)),
        is_there: is_about_a_holder(path),
    };
    let own = reviewed(house, &stranger.token, path, &stranger.draft(path, &third(stranger.own(path)))).await;
    let with = |token: Value| {
        let mut body = own.clone();
        body["review_token"] = token;
        body
    };
    let token = Pair {
        what: "review token".to_owned(),
        foreign: Asked::submitted(path, "unused-2", with(paper.body["review_token"].clone())),
        missing: Asked::submitted(path, "unused-3", with(json!("AAAAAGk-AAAA"))),
        is_there: false,
    };
    let key = Pair {
        what: "idempotency key".to_owned(),
        foreign: Asked::submitted(path, &format!("{}-2", paper.key), with(Value::Null)),
        missing: Asked::submitted(path, "unused-4", with(Value::Null)),
        is_there: true,
    };
    vec![person, token, key]
}

fn lists(owner: &Party, paper: &Paper) -> Vec<Pair> {
    let asked = |cursor: &str| Asked::of(format!("{}?cursor={cursor}", paper.path));
    let none = Asked::of(paper.path.to_owned());
    let mut pairs = vec![Pair { what: "list".to_owned(), foreign: none.clone(), missing: none, is_there: true }];
    for other in owner.filed.iter().filter(|other| !other.cursor.is_empty()) {
        let what = format!("cursor of {}", other.path);
        pairs.push(Pair {
            what,
            foreign: asked(&other.cursor),
            missing: asked(&"A".repeat(other.cursor.len())),
            is_there: other.path == paper.path,
        });
    }
    pairs
}

/// A work case by its number. Its owner does not ask: a withdrawal would be one.
fn work_case(path: &str, paper: &Paper) -> Pair {
    let asked = |number: &str| match path.rsplit('/').next() {
        Some("decision" | "evidence" | "withdraw") => Asked::question(&filled(path, number), about_a_case(path)),
        _ => Asked::of(filled(path, number)),
    };
    let (foreign, missing) = (asked(&paper.number), asked(Confirmation::at(now()).unwrap().as_str()));
    Pair { what: format!("work case of {}", paper.path), foreign, missing, is_there: false }
}

/// The sheet of each of an organization's submissions; only that of a payment request is there.
fn sheets(owner: &Party, path: &str) -> Vec<Pair> {
    let asked = |number: &str| Asked::of(filled(path, number));
    let nothing = Confirmation::at(now()).unwrap();
    let pair = |paper: &Paper| Pair {
        what: format!("sheet of {}", paper.path),
        foreign: asked(&paper.number),
        missing: asked(nothing.as_str()),
        is_there: path.starts_with(paper.path),
    };
    owner.filed.iter().map(pair).collect()
}

fn numbers(owner: &Party, paper: &Paper) -> Vec<Pair> {
    let asked = |number: &str| Asked::of(format!("{}/{number}", paper.path));
    let nothing = Confirmation::at(now()).unwrap();
    let pair = |other: &Paper| Pair {
        what: format!("confirmation of {}", other.path),
        foreign: asked(&other.number),
        missing: asked(nothing.as_str()),
        is_there: other.path == paper.path,
    };
    owner.filed.iter().map(pair).collect()
}
