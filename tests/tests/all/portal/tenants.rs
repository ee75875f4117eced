//! Whose is whose: every route, every kind of object, two organizations, and every way of naming the other one. What belongs to
//! another organization answers as what does not exist, to the byte.

use super::drafts::{FORMS, draft, file, is_about_a_holder, record, reviewed, ssn, submission};
use super::{Answer, DISMISSED, House, get, now, post};
use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use ttw_core::domain::Ein;
use ttw_portal::store::Confirmation;

/// What a route gives, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The law, the service, option lists: the same to everybody.
    Public,
    /// Who is signed in.
    Me,
    /// A beneficiary's own ticket.
    MyTicket,
    /// A question about a person by number.
    Lookup,
    Assignability,
    Decision,
    Ledger,
    /// The verbs of a form.
    Review,
    Submit,
    List,
    One,
}

/// Every route that is not a form's.
const ROUTES: [(&str, &str, Kind); 13] = [
    ("POST", "/v1/eligibility", Kind::Decision),
    ("POST", "/v1/eligibility/ledger", Kind::Ledger),
    ("POST", "/v1/eligibility/batch", Kind::Public),
    ("GET", "/v1/me", Kind::Me),
    ("POST", "/v1/beneficiaries/lookup", Kind::Lookup),
    ("POST", "/v1/assignability", Kind::Assignability),
    ("GET", "/v1/my-ticket", Kind::MyTicket),
    ("GET", "/v1/rules", Kind::Public),
    ("GET", "/v1/rules/{id}", Kind::Public),
    ("GET", "/v1/parameters", Kind::Public),
    ("GET", "/v1/health", Kind::Public),
    ("GET", "/v1/openapi.json", Kind::Public),
    ("GET", "/v1/progress-reviews/questions", Kind::Public),
];
/// The routes of every form, after its path.
const VERBS: [(&str, &str, Kind); 5] = [
    ("POST", "/review", Kind::Review),
    ("POST", "", Kind::Submit),
    ("GET", "", Kind::List),
    ("GET", "/{confirmation}", Kind::One),
    ("GET", "/options", Kind::Public),
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
    path.replace("{id}", "LB-02").replace("{confirmation}", number)
}

#[tokio::test]
async fn every_route_is_in_the_matrix_and_in_the_document() {
    let listed: BTreeSet<_> = matrix().into_iter().map(|(method, path, _)| (method.to_owned(), path)).collect();
    assert_eq!(listed, documented());
    assert_eq!(listed.iter().map(|(_, path)| path.clone()).collect::<BTreeSet<_>>(), routed());
    assert_eq!(listed.len(), 38);
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
        for (number, record) in [(held, record(Some((provider, kind)))), (free, record(None))] {
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

/// Requests of a stranger: about something of the owner's, and the same about nothing.
struct Pair {
    what: String,
    foreign: Asked,
    missing: Asked,
}

/// A request before the other organization is named in it.
#[derive(Clone)]
struct Asked {
    path: String,
    key: Option<String>,
    body: Option<Value>,
}

/// How a request names the other organization.
#[derive(Debug, Clone, Copy)]
enum Naming {
    Not,
    InBody(&'static str),
    InHeader,
    InQuery,
}

const NAMINGS: [Naming; 8] = [
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

    fn by(&self, who: &Party, of: &Party, naming: Naming) -> Request<Body> {
        let ein = of.ein.to_string();
        let mut path = self.path.clone();
        if matches!(naming, Naming::InQuery) {
            path += if path.contains('?') { "&" } else { "?" };
            path += &format!("ein={ein}");
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

async fn compare(house: &House, owner: &Party, stranger: &Party) -> usize {
    let mut compared = 0;
    for (method, path, kind) in matrix() {
        let pairs = pairs(house, owner, stranger, &path, kind).await;
        let is_private = !matches!(kind, Kind::Public | Kind::Me | Kind::MyTicket);
        let form = FORMS.iter().find(|form| path.starts_with(**form));
        let is_filed = form.is_none_or(|form| owner.filed.iter().any(|paper| paper.path == *form));
        assert_eq!(!pairs.is_empty(), is_private && is_filed || !is_private, "{method} {path}");
        for pair in pairs {
            let plain = house.ask(pair.missing.by(stranger, owner, Naming::Not)).await;
            for naming in NAMINGS {
                let at = format!("{method} {path}, {}, {naming:?}", pair.what);
                let foreign = house.ask(pair.foreign.by(stranger, owner, naming)).await;
                let missing = house.ask(pair.missing.by(stranger, owner, naming)).await;
                assert_eq!(shown(&foreign), shown(&missing), "{at}");
                assert!(!foreign.status.is_server_error(), "{at}: {}", foreign.status);
                if matches!(naming, Naming::InHeader) {
                    assert_eq!(shown(&foreign), shown(&plain), "{at}: the header was heeded");
                }
                tells_nothing(&foreign, owner, &at);
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
    // The document is the same for everybody, and its examples are about the made-up organizations.
    if at.contains("/v1/openapi.json") {
        return;
    }
    let body = String::from_utf8_lossy(&answer.body);
    let numbers = owner.filed.iter().map(|paper| paper.number.clone());
    for secret in numbers.chain([owner.ein.to_string(), owner.ein.digits()]) {
        assert!(!body.contains(&secret), "{at}: {body}");
    }
}

/// What a stranger may try at a route. Where a route knows nothing of anybody, the pair is twice the same request.
async fn pairs(house: &House, owner: &Party, stranger: &Party, path: &str, kind: Kind) -> Vec<Pair> {
    let by_number = |body: &dyn Fn(&str) -> Value| {
        let foreign = Asked::question(path, body(owner.held));
        vec![Pair { what: "person".to_owned(), foreign, missing: Asked::question(path, body(owner.nobody)) }]
    };
    match kind {
        Kind::Public | Kind::Me | Kind::MyTicket if path.ends_with("/batch") => {
            let asked = Asked::question(path, json!({"questions": []}));
            vec![Pair { what: "nothing".to_owned(), foreign: asked.clone(), missing: asked }]
        }
        Kind::Public | Kind::Me | Kind::MyTicket => {
            let asked = Asked::of(filled(path, "x"));
            vec![Pair { what: "nothing".to_owned(), foreign: asked.clone(), missing: asked }]
        }
        Kind::Lookup => by_number(&|ssn| json!({ "ssn": ssn })),
        Kind::Assignability => by_number(&|ssn| json!({ "ssns": [ssn] })),
        Kind::Decision => by_number(&|ssn| json!({ "ssn": ssn, "claim": {"payment": "p1m1", "month": "2026-06"} })),
        Kind::Ledger => by_number(&|ssn| json!({ "ssn": ssn })),
        _ => {
            let found = owner.filed.iter().find(|paper| path.starts_with(paper.path));
            let Some(paper) = found else { return Vec::new() };
            match kind {
                Kind::Review => reviews(owner, stranger, paper),
                Kind::Submit => submissions(house, owner, stranger, paper).await,
                Kind::List => lists(owner, paper),
                _ => numbers(owner, paper),
            }
        }
    }
}

fn reviews(owner: &Party, stranger: &Party, paper: &Paper) -> Vec<Pair> {
    let path = format!("{}/review", paper.path);
    let asked = |ssn: &str| Asked::question(&path, stranger.draft(paper.path, ssn));
    let mut pairs = vec![Pair { what: "person".to_owned(), foreign: asked(owner.held), missing: asked(owner.nobody) }];
    if paper.path == "/v1/payment-requests" {
        let employed = |ssn: &str, id: &str| {
            let mut draft = stranger.draft(paper.path, ssn);
            draft["employer"]["name"] = Value::Null;
            draft["employer"]["employer_id"] = json!(id);
            Asked::question(&path, draft)
        };
        let own = stranger.held;
        let id = record(Some((PARTIES.iter().find(|entry| entry.4[0] == owner.held).unwrap().2, "en")));
        let id = id["employers"][0]["id"].as_str().unwrap().to_owned();
        pairs.push(Pair { what: "employer".to_owned(), foreign: employed(own, &id), missing: employed(own, "E-NONE") });
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
    };
    let key = Pair {
        what: "idempotency key".to_owned(),
        foreign: Asked::submitted(path, &format!("{}-2", paper.key), with(Value::Null)),
        missing: Asked::submitted(path, "unused-4", with(Value::Null)),
    };
    vec![person, token, key]
}

fn lists(owner: &Party, paper: &Paper) -> Vec<Pair> {
    let asked = |cursor: &str| Asked::of(format!("{}?cursor={cursor}", paper.path));
    let none = Asked::of(paper.path.to_owned());
    let mut pairs = vec![Pair { what: "list".to_owned(), foreign: none.clone(), missing: none }];
    for other in owner.filed.iter().filter(|other| !other.cursor.is_empty()) {
        let what = format!("cursor of {}", other.path);
        pairs.push(Pair { what, foreign: asked(&other.cursor), missing: asked(&"A".repeat(other.cursor.len())) });
    }
    pairs
}

fn numbers(owner: &Party, paper: &Paper) -> Vec<Pair> {
    let asked = |number: &str| Asked::of(format!("{}/{number}", paper.path));
    let nothing = Confirmation::at(now()).unwrap();
    let pair = |other: &Paper| Pair {
        what: format!("confirmation of {}", other.path),
        foreign: asked(&other.number),
        missing: asked(nothing.as_str()),
    };
    owner.filed.iter().map(pair).collect()
}

/// Who is refused at a route, by status; what is not said here is answered.
fn refused(kind: Kind, user: &str) -> Option<u16> {
    if kind == Kind::Public {
        return None;
    }
    match (kind, user) {
        (_, "") => Some(401),
        (Kind::Me, _) | (Kind::MyTicket, "beneficiary") | (Kind::Assignability, "program-manager") => None,
        (Kind::MyTicket, _) => Some(403),
        (_, "beneficiary" | "program-manager" | "field-office" | DISMISSED) => Some(403),
        _ => None,
    }
}

#[tokio::test]
async fn every_route_is_answered_to_who_may_and_refused_to_who_may_not() {
    let house = House::open().await;
    let [harbor, _, cedar, _] = PARTIES;
    let party = Party::of(&house, harbor, &[]).await;
    let agency = Party::of(&house, cedar, &[]).await;
    let users =
        ["", "beneficiary", "program-manager", "field-office", DISMISSED, "harbor-submitter", "harbor-signatory"];
    let mut refusals = 0;
    for (method, path, kind) in matrix() {
        for user in users {
            let answer = house.ask(rightful(&house, &party, method, &path, kind, user)).await;
            let at = format!("{method} {path} by {user:?}: {}", answer.status);
            match refused(kind, user) {
                Some(status) => {
                    assert_eq!(answer.status, status, "{at}");
                    let code = if status == 401 { "AUTH_REQUIRED" } else { "AUTH_FORBIDDEN" };
                    assert_eq!(answer.code(), code, "{at}");
                    refusals += 1;
                }
                None => assert!(!is_about_rights(&answer, kind), "{at}: {answer:?}"),
            }
        }
    }
    assert_eq!(refusals, 126);
    // Rights that are a form's own.
    let inquiry = |user: &str| {
        post("/v1/earnings-inquiries/review", &house.token(user), &party.draft("/v1/earnings-inquiries", party.held))
    };
    assert_eq!(house.ask(inquiry("harbor-submitter")).await.code(), "EIR_SUBMITTER_ROLE");
    assert_eq!(house.ask(inquiry("harbor-signatory")).await.status, 200);
    let path = "/v1/ticket-assignments/review";
    let plan = agency.draft("/v1/ticket-assignments", agency.free);
    let by_network = house.ask(post(path, &party.token, &plan)).await;
    assert_eq!((by_network.status.as_u16(), by_network.code().as_str()), (403, "F1365_NOT_VR"));
    assert_eq!(house.ask(post(path, &agency.token, &plan)).await.status, 200);
}

/// Refused for who asks; that only State VR files a 1365 and only a signatory inquires is the form's own business.
fn is_about_rights(answer: &Answer, kind: Kind) -> bool {
    let is_forms_own = matches!(kind, Kind::Review | Kind::Submit);
    match answer.status.as_u16() {
        401 => true,
        403 => !(is_forms_own && answer.code() != "AUTH_FORBIDDEN"),
        _ => false,
    }
}

/// A request at which nothing is wrong but perhaps who sends it.
fn rightful(house: &House, party: &Party, method: &str, path: &str, kind: Kind, user: &str) -> Request<Body> {
    let body = match kind {
        Kind::Decision => json!({ "ssn": party.held, "claim": {"payment": "p1m1", "month": "2026-06"} }),
        Kind::Ledger | Kind::Lookup => json!({ "ssn": party.held }),
        Kind::Assignability => json!({ "ssns": [party.held] }),
        Kind::Review | Kind::Submit => {
            let form = path.trim_end_matches("/review");
            party.draft(form, party.own(form))
        }
        _ => json!({"questions": []}),
    };
    let path = filled(path, "0000-0000-0000-0000");
    let path = if path.ends_with("/questions") { format!("{path}?period=1") } else { path };
    let token = if user.is_empty() { String::new() } else { house.token(user) };
    let mut request = if method == "GET" { get(&path, &token) } else { submission(&path, &token, "a-key", &body) };
    if user.is_empty() {
        request.headers_mut().remove(header::AUTHORIZATION);
    }
    request
}
