//! Requests that provoke every code of the functions, through the whole portal on an embedded table.

use super::page::STATUS;
use super::provoke::codes_of;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Full};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;
use ttw_core::Engine;
use ttw_core::domain::{Ein, ProviderKind, Ssn};
use ttw_core::forms::{Organization, People, Role};
use ttw_local::backstage::Backstage;
use ttw_local::issuer::{DemoUser, Issuer};
use ttw_portal::clock::Clock;
use ttw_portal::identity::{Authenticator, StepUp, User};
use ttw_portal::settings::DEFAULT_TABLE;
use ttw_portal::store::{Registered, Store};
use ttw_portal::vault::{LocalKeys, Vault};
use ttw_portal::{Portal, application};

const NOW: &str = "2026-11-15T17:00:00Z";
/// Files for an Employment Network.
const NETWORK: &str = "network";
/// Files for a State VR agency that acts as one too.
const AGENCY: &str = "agency";
/// Holds no ticket that is on file.
const NEWCOMER: &str = "newcomer";
/// Works for the program manager.
const MANAGER: &str = "manager";
const INQUIRIES: &str = "/v1/earnings-inquiries";

/// A table with two organizations and a few people, and whoever may sign in.
struct Place {
    folder: PathBuf,
    backstage: Backstage,
    store: Store,
    issuer: Issuer,
    seen: BTreeMap<String, u16>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn ssn(number: usize) -> String {
    format!("900-12-{number:04}")
}

fn record(assigned_to: Option<&str>) -> String {
    let assigned = |provider| json!({"provider": provider, "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2024-01-10"});
    json!({
        "case": {
            "ticket": {"id": "T-0001", "assignments": assigned_to.map(assigned).into_iter().collect::<Vec<_>>()},
            "beneficiary": {"title": "t2", "blind": false},
            "benefits": [{"title": "t2", "from": "2015-01", "to": null, "status": "current_pay"}]
        },
        "date_of_birth": "1990-03-10",
        "progress_review": {"period": 1, "from": "2025-11", "to": "2026-10", "asked_on": "2026-11-01", "passed": false}
    })
    .to_string()
}

impl Place {
    async fn open() -> Self {
        let folder = std::env::temp_dir().join(format!("ttw-codes-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let backstage = Backstage::open(&folder, 0).await.unwrap();
        let store = backstage.table().await.unwrap();
        for (subject, provider, number, kind) in [
            (NETWORK, "EN-A", "12-3456789", ProviderKind::En),
            (AGENCY, "VR-CO", "12-3456780", ProviderKind::StateVrAsEn),
        ] {
            let ein = Ein::parse_registry(number).unwrap();
            let (name, never) = (format!("Works of {provider}").into(), None::<Date>);
            let organization = Organization {
                provider: provider.into(),
                ein,
                name,
                kind,
                agreement_ends_on: never,
                sam_expires_on: never,
                on_hold: false,
            };
            store.put_provider(&organization).await.unwrap();
            store
                .put_user(Registered { user: &user(subject), roles: &[], ein: Some(&ein), own_record: None })
                .await
                .unwrap();
            store.link(subject, &ein, &[Role::Submitter, Role::Signatory], true).await.unwrap();
        }
        let newcomer = Registered { user: &user(NEWCOMER), roles: &[Role::Beneficiary], ein: None, own_record: None };
        store.put_user(newcomer).await.unwrap();
        let manager = Registered { user: &user(MANAGER), roles: &[Role::ProgramManager], ein: None, own_record: None };
        store.put_user(manager).await.unwrap();
        let users = [NETWORK, AGENCY, NEWCOMER, MANAGER]
            .map(|subject| DemoUser { subject: subject.to_owned(), label: String::new() });
        let issuer = Issuer::new("http://127.0.0.1:9000/dev", users.into()).unwrap();
        Self { folder, backstage, store, issuer, seen: BTreeMap::new() }
    }

    async fn person(&self, number: usize, assigned_to: Option<&str>) {
        let parameters = Engine::builtin().unwrap();
        let ssn = Ssn::parse_test(&ssn(number), parameters.parameters()).unwrap();
        self.store.put_person(&ssn, &record(assigned_to)).await.unwrap();
    }

    /// All functions on a table, at a time.
    fn portal(&self, store: &Store, step_up: Option<StepUp>, at: Timestamp) -> Router {
        let authenticator = Authenticator::new(Some(self.issuer.trusted()), step_up, store.clone());
        let portal =
            Portal::new(Engine::builtin().unwrap(), store.clone(), authenticator, Clock::of(move || at), People::Test);
        application(ttw_local::routes().with_state(portal), &[])
    }

    /// The same table reached at another address.
    fn through(&self, address: SocketAddr) -> Store {
        let elsewhere = Backstage { address, key_file: self.backstage.key_file.clone() };
        let keys = LocalKeys::open_or_create(&elsewhere.key_file).unwrap();
        Store::new(elsewhere.client(), DEFAULT_TABLE, Vault::new(keys))
    }

    fn bearer(&self, subject: &str) -> String {
        format!("Bearer {}", self.issuer.token(subject).unwrap())
    }

    fn get(&self, path: &str, subject: &str) -> Request<Body> {
        Request::get(path).header(header::AUTHORIZATION, self.bearer(subject)).body(Body::empty()).unwrap()
    }

    fn post(&self, path: &str, subject: &str, key: Option<&str>, body: &Value) -> Request<Body> {
        let request = Request::post(path)
            .header(header::AUTHORIZATION, self.bearer(subject))
            .header(header::CONTENT_TYPE, "application/json");
        let request = key.into_iter().fold(request, |request, key| request.header("idempotency-key", key));
        request.body(Body::from(body.to_string())).unwrap()
    }

    /// Asks, and keeps each code with the status that came with it.
    async fn ask(&mut self, app: &Router, request: Request<Body>) -> (StatusCode, Value) {
        let response = app.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let answer: Value = serde_json::from_slice(&body).unwrap();
        for code in codes_of(&answer["errors"]) {
            self.seen.insert(code, status.as_u16());
        }
        (status, answer)
    }

    /// A form as it is submitted: reviewed, with every warning acknowledged.
    async fn reviewed(&mut self, app: &Router, path: &str, subject: &str, draft: &Value) -> Value {
        let request = self.post(&format!("{path}/review"), subject, None, draft);
        let (status, review) = self.ask(app, request).await;
        assert_eq!(status, StatusCode::OK, "{review}");
        let mut form = draft.clone();
        form["review_token"] = review["review_token"].clone();
        form["acknowledged_warnings"] = json!(codes_of(&review["warnings"]));
        form
    }

    async fn submit(
        &mut self,
        app: &Router,
        path: &str,
        subject: &str,
        key: &str,
        form: &Value,
    ) -> (StatusCode, Value) {
        let request = self.post(path, subject, Some(key), form);
        self.ask(app, request).await
    }
}

fn user(subject: &str) -> User {
    User { id: subject.into(), name: "A name".into(), title: "A title".into(), email: "nobody@example.invalid".into() }
}

fn inquiry(number: usize) -> Value {
    json!({"beneficiaries": [{"ssn": ssn(number), "assignment_date": "2024-01-10"}]})
}

/// A table that is always busy with the first request of the same key, and otherwise the one behind it.
async fn busy(behind: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().fallback(pass).with_state(behind);
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

async fn pass(State(behind): State<SocketAddr>, headers: HeaderMap, body: Bytes) -> Response {
    let json = [(header::CONTENT_TYPE, "application/x-amz-json-1.0")];
    if headers["x-amz-target"].to_str().unwrap().ends_with(".TransactWriteItems") {
        let items: Value = serde_json::from_slice(&body).unwrap();
        let reasons = vec![json!({"Code": "TransactionConflict"}); items["TransactItems"].as_array().unwrap().len()];
        let conflict = json!({"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "message": "busy", "CancellationReasons": reasons});
        return (StatusCode::BAD_REQUEST, json, conflict.to_string()).into_response();
    }
    let mut head = String::from("POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    for name in ["x-amz-target", "content-type", "authorization", "x-amz-date"] {
        write!(head, "{name}: {}\r\n", headers[name].to_str().unwrap()).unwrap();
    }
    write!(head, "content-length: {}\r\n\r\n", body.len()).unwrap();
    let mut stream = TcpStream::connect(behind).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let status: u16 = std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap();
    (StatusCode::from_u16(status).unwrap(), json, answer[end + 4..].to_vec()).into_response()
}

/// Addresses, methods and bodies; who asks; what is not there.
async fn ask_wrongly(place: &mut Place, app: &Router, now: Timestamp) {
    let broken = Full::new(Bytes::from_static(b"{"))
        .map_err(|never| match never {})
        .with_trailers(async { Some(Err(std::io::Error::other("gone"))) });
    let post = || Request::post("/v1/eligibility");
    let requests = vec![
        place.get("/v1/nothing", NETWORK),
        Request::delete("/v1/health").body(Body::empty()).unwrap(),
        post().body(Body::from("{}")).unwrap(),
        post().header(header::CONTENT_TYPE, "application/json").body(Body::new(broken)).unwrap(),
        place.get("/v1/rules/XX-99", NETWORK),
        place.get("/v1/my-ticket", NEWCOMER),
        Request::get("/v1/me").body(Body::empty()).unwrap(),
        place.get(INQUIRIES, NEWCOMER),
        place.get(&format!("{INQUIRIES}/ABC"), NETWORK),
        place.get(&format!("{INQUIRIES}?limit=0"), NETWORK),
        place.get(&format!("{INQUIRIES}?cursor=x"), NETWORK),
        place.post(INQUIRIES, NETWORK, None, &inquiry(1)),
    ];
    for request in requests {
        place.ask(app, request).await;
    }
    let strict = place.portal(&place.store, Some(StepUp::Method("mfa".into())), now);
    let request = place.get("/v1/me", NETWORK);
    place.ask(&strict, request).await;
    let nowhere = place.portal(&place.through("127.0.0.1:1".parse().unwrap()), None, now);
    let request = place.get("/v1/me", NETWORK);
    place.ask(&nowhere, request).await;
}

/// Reviews that are missing, too old or of something else; keys that came before.
async fn file_wrongly(place: &mut Place, app: &Router, now: Timestamp) {
    place.person(1, Some("EN-A")).await;
    place.person(2, Some("EN-A")).await;
    place.submit(app, INQUIRIES, NETWORK, "none", &inquiry(1)).await;
    let mut form = place.reviewed(app, INQUIRIES, NETWORK, &inquiry(1)).await;
    let (status, _) = place.submit(app, INQUIRIES, NETWORK, "key", &form).await;
    assert_eq!(status, StatusCode::CREATED);
    place.submit(app, INQUIRIES, NETWORK, "key", &inquiry(2)).await;
    form["beneficiaries"] = inquiry(2)["beneficiaries"].clone();
    place.submit(app, INQUIRIES, NETWORK, "other", &form).await;
    let yesterday = place.portal(&place.store, None, now - SignedDuration::from_hours(24));
    let old = place.reviewed(&yesterday, INQUIRIES, NETWORK, &inquiry(2)).await;
    place.submit(app, INQUIRIES, NETWORK, "old", &old).await;
    let busy = place.portal(&place.through(busy(place.backstage.address).await), None, now);
    let form = place.reviewed(app, INQUIRIES, NETWORK, &inquiry(2)).await;
    place.submit(&busy, INQUIRIES, NETWORK, "busy", &form).await;
}

/// The same plan and the same form 1365 twice.
async fn file_twice(place: &mut Place, app: &Router) {
    let plan = json!({
        "ssn": ssn(3), "plan_type": "initial", "immediate_services": ["job_placement"], "later_services": ["job_retention"],
        "goal_soc_short": "43-4051", "expected_earnings_short": "band_1040_2000", "expected_earnings_long": "band_2001_3500",
        "beneficiary_signed_on": "2026-11-10", "beneficiary_signer": "beneficiary", "en_signed_on": "2026-11-10",
        "signatures_on_file": true, "rights_ack_version": "rights_2026_1"
    });
    let form_1365 = json!({
        "ssn": ssn(4), "ipe_signed_statement": true, "ipe_signed_on": "2026-11-02", "vocational_goal_soc": "43-4051",
        "payment_system": "en_elected", "existing_ipe": false, "beneficiary_signed_on": "2026-11-02",
        "beneficiary_signer": "representative", "vr_rep_signed_on": "2026-11-03"
    });
    place.person(3, None).await;
    place.person(4, None).await;
    for (path, subject, draft) in [(iwp::COUNTER.path, NETWORK, plan), (form_1365::COUNTER.path, AGENCY, form_1365)] {
        let form = place.reviewed(app, path, subject, &draft).await;
        let (status, first) = place.submit(app, path, subject, "first", &form).await;
        assert_eq!(status, StatusCode::CREATED, "{first}");
        let (status, second) = place.submit(app, path, subject, "second", &form).await;
        let again = place.post(&format!("{path}/review"), subject, None, &draft);
        let (reviewed, review) = place.ask(app, again).await;
        assert_eq!((status, reviewed), (StatusCode::CONFLICT, StatusCode::CONFLICT), "{second} {review}");
        // The review says what filing it would: whose it is, to those who have filed it.
        assert_eq!(review["errors"][0]["params"]["confirmation"], first["confirmation"], "{review}");
        assert_eq!(review["errors"], second["errors"]);
    }
}

/// A claim is decided by who looked at something else, and against the engine without a reason.
async fn decide_wrongly(place: &mut Place, app: &Router) {
    place.person(6, Some("EN-A")).await;
    let statement = |start: &str, end: &str, ytd: &str| json!({"period_start": start, "period_end": end, "pay_date": end, "gross": "650.00", "ytd_gross": ytd, "withholdings_shown": true});
    let draft = json!({
        "ssn": ssn(6), "payment_method": "outcome_milestone", "request_type": "p1m1", "claim_month": "2026-06",
        "p1m1_basis": "twl_in_month", "employer": {"name": "Acme Bakery"}, "work_type": "employee",
        "earnings": [statement("2026-06-01", "2026-06-14", "3250.00"), statement("2026-06-15", "2026-06-28", "3900.00")],
        "proof_delivery": "faxed_in", "services_summary_codes": ["job_placement"], "attested": true
    });
    let path = submit_pr::COUNTER.path;
    let form = place.reviewed(app, path, NETWORK, &draft).await;
    let (status, answer) = place.submit(app, path, NETWORK, "claim", &form).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    let number = answer["confirmation"].as_str().unwrap();
    for (number, version) in [("ABC", 1), (number, 7), (number, 1)] {
        let path = format!("/v1/work-cases/{number}/decision");
        let diary = json!({"version": version, "action": "diary", "reason": "OTHER"});
        let request = place.post(&path, MANAGER, None, &diary);
        place.ask(app, request).await;
    }
    let sheet = format!("{path}/{number}/cover-sheet");
    let request = place.get(&format!("{sheet}?copy=true"), NETWORK);
    place.ask(app, request).await;
    let issued = app.clone().oneshot(place.get(&sheet, NETWORK)).await.unwrap();
    assert_eq!(issued.status(), StatusCode::OK);
    let request = place.get(&sheet, NETWORK);
    place.ask(app, request).await;
    let request = place.post(&format!("/v1/work-cases/{number}/withdraw"), NETWORK, None, &json!({}));
    assert_eq!(place.ask(app, request).await.0, StatusCode::OK);
    let request = place.get(&sheet, NETWORK);
    place.ask(app, request).await;
}

/// A report on as many people as one takes, whose advice is the longest there is: it is taken.
async fn file_much(place: &mut Place, app: &Router) {
    let mut responses = Vec::new();
    for number in 5001..5251 {
        place.person(number, Some("EN-A")).await;
        let answers = json!({"q_work_met": false, "q_ged_hs": true, "q_college_pct": false, "q_tech_pct": false, "q_combination": false});
        let figures = json!({"months_worked": 2, "college_pct": 1, "tech_pct": 1});
        responses.push(json!({"ssn": ssn(number), "tpr_period": 1, "answers": answers, "figures": figures}));
    }
    let path = tpr::COUNTER.path;
    let form = place.reviewed(app, path, NETWORK, &json!({ "responses": responses })).await;
    let (status, answer) = place.submit(app, path, NETWORK, "much", &form).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    assert!(answer.to_string().len() > 300_000);
}

#[tokio::test]
async fn every_code_of_the_functions_is_provoked_with_its_status() {
    let mut place = Place::open().await;
    let now: Timestamp = NOW.parse().unwrap();
    let app = place.portal(&place.store, None, now);
    ask_wrongly(&mut place, &app, now).await;
    file_wrongly(&mut place, &app, now).await;
    file_twice(&mut place, &app).await;
    file_much(&mut place, &app).await;
    decide_wrongly(&mut place, &app).await;
    // Nothing gets so large by the limits of today; the tests of the store provoke it there.
    let too_large = ["SUBMISSION_TOO_LARGE", "WC_TOO_LARGE"];
    let expected = STATUS.iter().copied().filter(|(code, _)| !too_large.contains(code));
    let expected = expected.chain([("IWP_DUPLICATE", 409), ("F1365_DUPLICATE", 409)]);
    let expected: BTreeMap<String, u16> = expected.map(|(code, status)| (code.to_owned(), status)).collect();
    let of_functions = super::OF_FUNCTIONS.iter().flat_map(|(_, codes)| *codes).map(|code| code.id);
    assert_eq!(of_functions.collect::<BTreeSet<_>>(), STATUS.iter().map(|(code, _)| *code).collect());
    assert_eq!(place.seen, expected);
}
