//! Whose is whose: every route, every kind of object, two organizations, and every way of naming the other one. What belongs to
//! another organization answers as what does not exist, to the byte.

mod pairs;
mod roles;

use super::drafts::{FORMS, draft, file, is_about_a_holder, record, shared_record, ssn, submission};
use super::{Answer, House, get};
use axum::body::Body;
use axum::http::{Method, Request};
use pairs::{NAMINGS, Naming, pairs};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use ttw_core::domain::Ein;

/// What a route gives, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The law and the service: the same to everybody.
    Public,
    /// Option lists and questions: the same to everybody who is signed in.
    Lists,
    /// Who is signed in.
    Me,
    /// A beneficiary's own ticket.
    MyTicket,
    /// A question about a person by number.
    Lookup,
    Assignability,
    Decision,
    Batch,
    Ledger,
    /// The verbs of a form.
    Review,
    Submit,
    List,
    One,
    /// What the program manager sees and does.
    Managed,
    /// A payment request is taken back.
    Withdraw,
    /// What an organization's tickets bring.
    Caseload,
    /// How far all requests are, as a table.
    Table,
    /// The cover sheet of a request.
    Sheet,
    /// What a field office asks, about nobody on file.
    Office,
}

/// Every route that is not a form's.
const ROUTES: [(&str, &str, Kind); 27] = [
    ("POST", "/v1/eligibility", Kind::Decision),
    ("POST", "/v1/eligibility/ledger", Kind::Ledger),
    ("POST", "/v1/eligibility/batch", Kind::Batch),
    ("GET", "/v1/me", Kind::Me),
    ("POST", "/v1/beneficiaries/lookup", Kind::Lookup),
    ("POST", "/v1/assignability", Kind::Assignability),
    ("GET", "/v1/my-ticket", Kind::MyTicket),
    ("GET", "/v1/rules", Kind::Public),
    ("GET", "/v1/rules/{id}", Kind::Public),
    ("GET", "/v1/parameters", Kind::Public),
    ("GET", "/v1/health", Kind::Public),
    ("GET", "/v1/openapi.json", Kind::Public),
    ("GET", "/v1/progress-reviews/questions", Kind::Lists),
    ("GET", "/v1/work-queue", Kind::Managed),
    ("GET", "/v1/work-cases/{number}", Kind::Managed),
    ("POST", "/v1/work-cases/{number}/decision", Kind::Managed),
    ("POST", "/v1/work-cases/{number}/evidence", Kind::Managed),
    ("POST", "/v1/work-cases/{number}/withdraw", Kind::Withdraw),
    ("GET", "/v1/payment-requests/status.csv", Kind::Table),
    ("GET", "/v1/payment-requests/{confirmation}/cover-sheet", Kind::Sheet),
    ("GET", "/v1/unclaimed", Kind::Caseload),
    ("GET", "/v1/unclaimed.csv", Kind::Caseload),
    ("GET", "/v1/automatic-run", Kind::Managed),
    ("GET", "/v1/recovery", Kind::Managed),
    ("POST", "/v1/verification/work-determinations", Kind::Office),
    ("POST", "/v1/verification/entries", Kind::Office),
    ("POST", "/v1/verification/issues", Kind::Office),
];
/// The routes of every form, after its path.
const VERBS: [(&str, &str, Kind); 5] = [
    ("POST", "/review", Kind::Review),
    ("POST", "", Kind::Submit),
    ("GET", "", Kind::List),
    ("GET", "/{confirmation}", Kind::One),
    ("GET", "/options", Kind::Lists),
];
const METHODS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

fn matrix() -> Vec<(&'static str, String, Kind)> {
    let forms = FORMS.iter().flat_map(|form| VERBS.map(|(method, end, kind)| (method, format!("{form}{end}"), kind)));
    ROUTES.iter().map(|(method, path, kind)| (*method, (*path).to_owned(), *kind)).chain(forms).collect()
}

/// What the OpenAPI document says there is.
fn documented() -> BTreeSet<(String, String)> {
    let document: Value = serde_json::from_str(&ttw_local::document::openapi_json()).unwrap();
    let mut all = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let methods = item
            .as_object()
            .unwrap()
            .keys()
            .filter(|word| METHODS.iter().any(|m| m.as_str().eq_ignore_ascii_case(word)));
        all.extend(methods.map(|method| (method.to_uppercase(), path.clone())));
    }
    all
}

/// The paths of the router itself, as it shows them.
fn routed() -> BTreeSet<String> {
    let shown = format!("{:?}", ttw_local::routes());
    let (_, after) = shown.split_once("paths: {").unwrap();
    let paths = after.split('"').filter(|part| part.starts_with("/v1/"));
    paths.map(str::to_owned).collect()
}

/// A path with something in the places of its parameters.
fn filled(path: &str, number: &str) -> String {
    path.replace("{id}", "LB-02").replace("{confirmation}", number).replace("{number}", number)
}

#[tokio::test]
async fn every_route_is_in_the_matrix_and_in_the_document() {
    let listed: BTreeSet<_> = matrix().into_iter().map(|(method, path, _)| (method.to_owned(), path)).collect();
    assert_eq!(listed, documented());
    assert_eq!(listed.iter().map(|(_, path)| path.clone()).collect::<BTreeSet<_>>(), routed());
    assert_eq!(listed.len(), 57);
    let house = House::open().await;
    for (_, path) in &listed {
        for method in METHODS {
            let request = Request::builder().method(&method).uri(filled(path, "x")).body(Body::empty()).unwrap();
            let answer = house.ask(request).await;
            let is_listed = listed.contains(&(method.to_string(), path.clone()));
            assert_eq!(answer.status != 405, is_listed, "{method} {path}: {}", answer.status);
        }
    }
}

/// A body at which nothing is wrong, of a route about a work case.
fn about_a_case(path: &str) -> Value {
    match path.rsplit('/').next() {
        Some("decision") => json!({"version": 1, "action": "open"}),
        Some("evidence") => json!({"version": 1, "kind": "pay_statements", "pages": 2, "legible": true}),
        _ => json!({}),
    }
}

/// An organization with what it has filed.
struct Party {
    ein: Ein,
    token: String,
    kind: &'static str,
    /// Whose ticket is with it, and who has none yet.
    held: &'static str,
    free: &'static str,
    /// Nobody of this number is on file; its last digits are those of `held`.
    nobody: &'static str,
    filed: Vec<Paper>,
}

/// Something filed.
struct Paper {
    path: &'static str,
    number: String,
    key: String,
    body: Value,
    cursor: String,
}

/// Subject, EIN, provider and kind, and the three people of each party.
type Entry = (&'static str, &'static str, &'static str, &'static str, [&'static str; 3]);
const PARTIES: [Entry; 4] = [
    ("harbor-signatory", "12-0009001", "EN-HARBOR", "en", ["991-11-2101", "991-12-3101", "998-11-2101"]),
    ("prairie-signatory", "12-0009002", "EN-PRAIRIE", "en", ["992-11-2202", "992-12-3202", "998-11-2202"]),
    ("cedar-signatory", "12-0009004", "VR-CEDAR", "state_vr_as_en", ["993-11-2303", "993-12-3303", "998-11-2303"]),
    ("pine-signatory", "12-0009005", "VR-PINE", "state_vr", ["994-11-2404", "994-12-3404", "998-11-2404"]),
];

/// A second person in the same place, about whom is filed too.
fn another(number: &str) -> String {
    number.replace("-1", "-3")
}

/// A third one, about whom nothing is filed.
fn third(number: &str) -> String {
    number.replace("-1", "-5")
}

impl Party {
    async fn of(
        house: &House,
        (subject, ein, provider, kind, [held, free, nobody]): Entry,
        forms: &[&'static str],
    ) -> Self {
        let own = if kind == "en" { shared_record(provider) } else { record(Some((provider, kind))) };
        for (number, record) in [(held, own), (free, record(None))] {
            for number in [number, &another(number), &third(number)] {
                house.store.put_person(&ssn(number), &record.to_string()).await.unwrap();
            }
        }
        let token = house.token(subject);
        let ein = Ein::parse_registry(ein).unwrap();
        let mut party = Self { ein, token, kind, held, free, nobody, filed: Vec::new() };
        for path in forms {
            let paper = party.file(house, path).await;
            party.filed.push(paper);
        }
        party
    }

    /// Two of a form, about two people, so that its list has a second page.
    async fn file(&self, house: &House, path: &'static str) -> Paper {
        let key = format!("key-{}-{}", self.held, path.replace('/', "-"));
        let (number, body) = file(house, &self.token, path, &self.draft(path, self.own(path)), &key).await;
        let second = self.draft(path, &another(self.own(path)));
        file(house, &self.token, path, &second, &format!("{key}-2")).await;
        let page = house.ask(get(&format!("{path}?limit=1"), &self.token)).await;
        let cursor = page.json()["next_cursor"].as_str().unwrap().to_owned();
        Paper { path, number, key, body, cursor }
    }

    fn own(&self, path: &str) -> &'static str {
        if is_about_a_holder(path) { self.held } else { self.free }
    }

    fn draft(&self, path: &str, ssn: &str) -> Value {
        draft(path, ssn, self.kind)
    }
}

#[tokio::test]
async fn what_is_another_organization_s_answers_as_what_does_not_exist() {
    let house = House::open().await;
    let [harbor, prairie, cedar, pine] = PARTIES;
    let forms: Vec<_> = FORMS.into_iter().filter(|path| *path != "/v1/ticket-assignments").collect();
    let networks = [Party::of(&house, harbor, &forms).await, Party::of(&house, prairie, &forms).await];
    let agencies = ["/v1/ticket-assignments"];
    let agencies = [Party::of(&house, cedar, &agencies).await, Party::of(&house, pine, &agencies).await];
    let mut compared = 0;
    for [one, other] in [&networks, &agencies] {
        for (owner, stranger) in [(one, other), (other, one)] {
            let before = everything(&house, owner).await;
            compared += compare(&house, owner, stranger).await;
            assert_eq!(everything(&house, owner).await, before, "something was written");
        }
    }
    assert!(compared >= 400, "only {compared} pairs were compared");
}

/// The lists of an organization and everything in them, and the answers that it gets again.
async fn everything(house: &House, owner: &Party) -> Vec<(u16, Vec<u8>)> {
    let mut all = Vec::new();
    for paper in &owner.filed {
        let one = format!("{}/{}", paper.path, paper.number);
        for request in [
            get(paper.path, &owner.token),
            get(&one, &owner.token),
            submission(paper.path, &owner.token, &paper.key, &paper.body),
        ] {
            let answer = house.ask(request).await;
            assert!(answer.status.is_success(), "{}: {answer:?}", paper.path);
            all.push((answer.status.as_u16(), answer.body.to_vec()));
        }
    }
    all
}

async fn compare(house: &House, owner: &Party, stranger: &Party) -> usize {
    let mut compared = 0;
    for (method, path, kind) in matrix() {
        let pairs = pairs(house, owner, stranger, &path, kind).await;
        let is_private = !matches!(kind, Kind::Public | Kind::Lists | Kind::Me | Kind::MyTicket | Kind::Office);
        let form = FORMS.iter().find(|form| path.starts_with(**form));
        let is_filed = form.is_none_or(|form| owner.filed.iter().any(|paper| paper.path == *form));
        assert_eq!(!pairs.is_empty(), is_filed || !is_private, "{method} {path}");
        for pair in pairs {
            let plain = house.ask(pair.missing.by(stranger, owner, Naming::Not)).await;
            if pair.is_there {
                let own = house.ask(pair.foreign.by(owner, stranger, Naming::Not)).await;
                assert_ne!(shown(&own), shown(&plain), "{method} {path}, {}: the owner sees nothing either", pair.what);
            }
            for naming in NAMINGS {
                let at = format!("{method} {path}, {}, {naming:?}", pair.what);
                let foreign = house.ask(pair.foreign.by(stranger, owner, naming)).await;
                let missing = house.ask(pair.missing.by(stranger, owner, naming)).await;
                assert_eq!(shown(&foreign), shown(&missing), "{at}");
                assert!(!foreign.status.is_server_error(), "{at}: {}", foreign.status);
                if matches!(naming, Naming::InHeader) {
                    assert_eq!(shown(&foreign), shown(&plain), "{at}: the header was heeded");
                }
                // What is the same to everybody may have somebody's EIN for an example.
                if is_private {
                    tells_nothing(&foreign, owner, &at);
                }
                compared += 1;
            }
        }
    }
    compared
}

/// Status, headers and body but for the request's own id.
fn shown(answer: &Answer) -> (u16, String, String) {
    let mut headers = answer.headers.clone();
    headers.remove("x-request-id");
    (answer.status.as_u16(), format!("{headers:?}"), String::from_utf8_lossy(&answer.body).into_owned())
}

fn tells_nothing(answer: &Answer, owner: &Party, at: &str) {
    let body = String::from_utf8_lossy(&answer.body);
    let numbers = owner.filed.iter().map(|paper| paper.number.clone());
    for secret in numbers.chain([owner.ein.to_string(), owner.ein.digits()]) {
        assert!(!body.contains(&secret), "{at}: {body}");
    }
}
