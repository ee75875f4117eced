//! Who may do what.

use super::super::drafts::{file, submission};
use super::super::{Answer, DISMISSED, House, get, post};
use super::{Kind, PARTIES, Party, about_a_case, filled, matrix};
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;

/// Who is refused at a route, by status; what is not said here is answered.
fn refused(kind: Kind, user: &str) -> Option<u16> {
    if kind == Kind::Public {
        return None;
    }
    match (kind, user) {
        (_, "") => Some(401),
        (Kind::Me | Kind::Lists, _)
        | (Kind::MyTicket, "beneficiary")
        | (Kind::Assignability | Kind::Managed | Kind::One, "program-manager")
        | (Kind::Office, "program-manager" | "field-office") => None,
        (Kind::MyTicket | Kind::Managed | Kind::Office, _)
        | (_, "beneficiary" | "program-manager" | "field-office" | DISMISSED) => Some(403),
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
    assert_eq!(refusals, 228);
    // What the intake mail names is looked up by its number, as it was filed and masked.
    for path in ["/v1/payment-requests", "/v1/work-plans"] {
        let (number, _) = file(&house, &party.token, path, &party.draft(path, party.own(path)), path).await;
        let own = house.ask(get(&format!("{path}/{number}"), &party.token)).await.json();
        let looked_up = house.ask(get(&format!("{path}/{number}"), &house.token("program-manager"))).await.json();
        assert_eq!((&looked_up["document"], &looked_up["progress"]), (&own["document"], &own["progress"]));
        let elsewhere =
            house.ask(get(&format!("/v1/progress-reviews/{number}"), &house.token("program-manager"))).await;
        assert_eq!(elsewhere.code(), "SUBMISSION_UNKNOWN");
    }
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
        Kind::Batch => {
            json!({"questions": [{ "ssn": party.held, "claim": {"payment": "p1m1", "month": "2026-06"} }]})
        }
        Kind::Ledger | Kind::Lookup => json!({ "ssn": party.held }),
        Kind::Assignability => json!({ "ssns": [party.held] }),
        Kind::Review | Kind::Submit => {
            let form = path.trim_end_matches("/review");
            party.draft(form, party.own(form))
        }
        Kind::Managed | Kind::Withdraw => about_a_case(path),
        _ => json!({}),
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
