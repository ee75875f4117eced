//! Forms that are right, and the people they are about.

use super::{Answer, House, post};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use ttw_core::Engine;
use ttw_core::domain::Ssn;
use ttw_portal::IDEMPOTENCY_KEY;

/// Where the forms are filed.
pub const FORMS: [&str; 6] = [
    "/v1/payment-requests",
    "/v1/earnings-inquiries",
    "/v1/work-plans",
    "/v1/ticket-assignments",
    "/v1/progress-reviews",
    "/v1/split-agreements",
];

/// An Employment Network that had a ticket before the one that has it now.
pub const BEFORE: &str = "EN-BEFORE";

/// A number as the core has it.
pub fn ssn(text: &str) -> Ssn {
    Ssn::parse_test(text, Engine::builtin().unwrap().parameters()).unwrap()
}

/// A beneficiary of 36 years in current pay; with a provider the ticket is assigned to it, and a progress review is due.
pub fn record(provider: Option<(&str, &str)>) -> Value {
    let assignments: Vec<Value> = provider
        .iter()
        .map(|(provider, kind)| {
            let system = if *kind == "state_vr" { Value::Null } else { json!("outcome_milestone") };
            json!({"provider": provider, "kind": kind, "payment_system": system, "assigned_on": "2026-01-12"})
        })
        .collect();
    json!({
        "case": {
            "ticket": {"id": "T-0001", "terminates_in": null, "assignments": assignments},
            "beneficiary": {"title": "t2", "blind": false},
            "benefits": [{"title": "t2", "from": "2015-01", "to": null, "status": "current_pay"}],
            "earnings": [], "pay_statements": [], "state_vr_cases": [], "payments": []
        },
        "date_of_birth": "1990-03-10",
        "employers": [{"id": format!("E-{}", provider.map_or("", |(id, _)| id)), "name": "Corner Shop", "ein": "30-1234567"}],
        "progress_review": {"period": 1, "from": "2025-11", "to": "2026-10", "asked_on": "2026-11-02", "passed": false},
        "earlier": []
    })
}

/// The same with another network before.
pub fn shared_record(provider: &str) -> Value {
    let mut record = record(Some((provider, "en")));
    let earlier = json!({"provider": BEFORE, "kind": "en", "payment_system": "outcome_milestone",
        "assigned_on": "2025-03-01", "unassigned_on": "2025-09-01"});
    record["case"]["ticket"]["assignments"].as_array_mut().unwrap().insert(0, earlier);
    record
}

/// The draft of a form with nothing wrong; `kind` is that of the agency that files a 1365.
pub fn draft(path: &str, ssn: &str, kind: &str) -> Value {
    match path {
        "/v1/payment-requests" => json!({
            "ssn": ssn, "payment_method": "outcome_milestone", "request_type": "p1m1", "claim_month": "2026-06",
            "p1m1_basis": "twl_in_month",
            "employer": {"name": "Acme Bakery & Sons, Inc. (No. 2)", "ein": "20-1234567", "start_date": "2026-02-03",
                "hourly_wage": "16.25", "hours_per_week": "20.00", "pay_frequency": "biweekly"},
            "work_type": "employee",
            "earnings": [
                {"period_start": "2026-06-01", "period_end": "2026-06-14", "pay_date": "2026-06-20", "gross": "650.00",
                 "ytd_gross": "3250.00", "withholdings_shown": true},
                {"period_start": "2026-06-15", "period_end": "2026-06-28", "pay_date": "2026-07-03", "gross": "650.00",
                 "ytd_gross": "3900.00", "withholdings_shown": true}
            ],
            "proof_delivery": "faxed_in", "services_summary_codes": ["case_management", "job_placement"], "attested": true
        }),
        "/v1/earnings-inquiries" => json!({"beneficiaries": [{"ssn": ssn, "assignment_date": "2026-01-12"}]}),
        "/v1/work-plans" => json!({
            "ssn": ssn, "plan_type": "initial",
            "immediate_services": ["career_counseling", "job_placement"], "later_services": ["job_retention"],
            "other_services": false, "additional_terms": "",
            "discussion_date": "2026-11-02", "discussion_modality": "phone",
            "goal_soc_short": "43-4051", "goal_soc_long": "11-9111",
            "expected_earnings_short": "band_1040_2000", "expected_earnings_long": "band_2001_3500",
            "goal_months_short": 24, "goal_years_long": 3,
            "beneficiary_signed_on": "2026-11-02", "beneficiary_signer": "beneficiary", "en_signed_on": "2026-11-03",
            "signatures_on_file": true, "rights_ack_version": "rights_2026_1",
            "accessible_format": "large_print", "business_model": "traditional"
        }),
        "/v1/ticket-assignments" => {
            let system = if kind == "state_vr" { "cost_reimbursement" } else { "en_elected" };
            json!({
                "ssn": ssn, "ipe_signed_statement": true, "ipe_signed_on": "2026-11-02", "vocational_goal_soc": "43-4051",
                "payment_system": system, "existing_ipe": false, "beneficiary_signed_on": "2026-11-02",
                "beneficiary_signer": "representative", "vr_rep_signed_on": "2026-11-03"
            })
        }
        "/v1/split-agreements" => {
            let own = if ssn.starts_with("992") { "EN-PRAIRIE" } else { "EN-HARBOR" };
            let network = |pid: &str, current: bool, day: &str| json!({"pid": pid, "current": current, "ticket_assignment_date": day, "contact_id": "C-1", "phone": "4105550100"});
            let shares = json!([{"pid": own, "percent": 60}, {"pid": BEFORE, "percent": 40}]);
            json!({
                "ssn": ssn, "ens": [network(own, true, "2026-01-12"), network(BEFORE, false, "2025-03-01")],
                "choice": "agreed_allocation", "allocation": {"p1": shares, "p2": shares, "outcome": shares}
            })
        }
        _ => json!({"responses": [{
            "ssn": ssn, "tpr_period": 1, "answers": {"q_work_met": true, "q_ged_hs": false, "q_college_pct": false, "q_tech_pct": false, "q_combination": true},
            "figures": {"months_worked": 3}
        }]}),
    }
}

/// Whether a form is about somebody whose ticket is with the one who files it, rather than with nobody.
pub fn is_about_a_holder(path: &str) -> bool {
    !["/v1/work-plans", "/v1/ticket-assignments"].contains(&path)
}

/// A submission with its key.
pub fn submission(path: &str, token: &str, key: &str, body: &Value) -> Request<Body> {
    let mut request = post(path, token, body);
    request.headers_mut().insert(IDEMPOTENCY_KEY, key.parse().unwrap());
    request
}

/// Reviews a draft and puts the token and the acknowledgements of what was shown into it.
pub async fn reviewed(house: &House, token: &str, path: &str, draft: &Value) -> Value {
    let answer = house.ask(post(&format!("{path}/review"), token, draft)).await;
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    let shown = answer.json();
    let warnings: Vec<Value> = shown["warnings"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
    let mut body = draft.clone();
    body["review_token"] = shown["review_token"].clone();
    body["acknowledged_warnings"] = Value::Array(warnings);
    body
}

/// Reviews and submits; the confirmation number, and the body that was sent.
pub async fn file(house: &House, token: &str, path: &str, draft: &Value, key: &str) -> (String, Value) {
    let body = reviewed(house, token, path, draft).await;
    let answer: Answer = house.ask(submission(path, token, key, &body)).await;
    assert_eq!(answer.status, 201, "{path}: {answer:?}");
    (answer.json()["confirmation"].as_str().unwrap().to_owned(), body)
}
