//! The examples of the document: who asks what. The answers are files that the tests compare with what the routes answer.

use serde_json::{Value, json};
use ttw_core::forms::Form;

/// Somebody with three milestones to claim, whose ticket is with the first organization.
const HOLDER: &str = "901-40-2235";

/// A draft of a form, about people of the synthetic world on its day, 2026-11-15.
#[derive(Debug, Clone, Copy)]
pub struct Draft {
    /// Which form.
    pub form: Form,
    /// Who may file it.
    pub user: &'static str,
    /// The draft as JSON.
    pub text: &'static str,
}

/// A draft of each form. Nothing is wrong with any of them.
pub const DRAFTS: [Draft; 6] = [
    Draft {
        form: Form::PaymentRequest,
        user: "harbor-submitter",
        text: include_str!("../examples/payment_request.json"),
    },
    Draft {
        form: Form::EarningsInquiry,
        user: "harbor-signatory",
        text: include_str!("../examples/earnings_inquiry.json"),
    },
    Draft { form: Form::WorkPlan, user: "harbor-submitter", text: include_str!("../examples/work_plan.json") },
    Draft { form: Form::Form1365, user: "cedar-submitter", text: include_str!("../examples/form_1365.json") },
    Draft {
        form: Form::ProgressReview,
        user: "harbor-submitter",
        text: include_str!("../examples/progress_review.json"),
    },
    Draft {
        form: Form::SplitAgreement,
        user: "prairie-submitter",
        text: include_str!("../examples/split_agreement.json"),
    },
];

/// What the routes answer: an answer for each operation that [`asked`] has, long lists cut.
pub const ANSWERS: &str = include_str!("../examples/answers.json");

/// What stands in the examples for the token of a review.
pub const REVIEW_TOKEN: &str = "AAAAAGq7Hr8bC0dGd3xJk1d1q2b5m9vYw0sR4tQ6uZ8x";

/// One request: an operation of the document, by whom, and the body where there is one.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The operation's id.
    pub operation: String,
    /// Who asks; none where nobody has to sign in.
    pub user: Option<&'static str>,
    /// The body.
    pub body: Option<Value>,
}

/// Every request that has an example, in an order in which they can be sent: a form is reviewed, submitted, listed, shown.
#[must_use]
pub fn asked() -> Vec<Asked> {
    let mut all: Vec<Asked> = DRAFTS.iter().flat_map(of_form).collect();
    let asks = |operation: &str, user, body| Asked { operation: operation.to_owned(), user, body };
    let submitter = Some("harbor-submitter");
    all.extend(of_claim());
    let claim = json!({ "payment": "p1m2", "month": "2025-10" });
    all.extend([
        asks("questions_progress_review", submitter, None),
        asks("me", submitter, None),
        asks("lookup", submitter, Some(json!({ "ssn": HOLDER }))),
        asks("assignability", submitter, Some(json!({ "ssns": [HOLDER, "969-88-4282", "975-79-5129"] }))),
        asks("my_ticket", Some("beneficiary"), None),
        asks("decide", submitter, Some(json!({ "ssn": HOLDER, "claim": claim }))),
        asks("ledger", submitter, Some(json!({ "ssn": HOLDER }))),
    ]);
    let posted = |month: &str| json!({ "month": month, "gross": "3000.00", "vrfd": "Y" });
    let work = json!({
        "title": "t2", "blind": false, "disability": [{ "from": "2010-01", "to": null }],
        "months": [posted("2024-01"), posted("2024-02"), posted("2024-03")], "through": "2024-12"
    });
    let entry = json!({ "month": "2024-04", "work_det": "4", "gross": "1110.01", "vrfd": "Y" });
    let issue = json!({
        "id": "1", "person": "P-1", "kind": "T2VY", "month": "2026-03", "office": "FO-A", "opened_on": "2026-04-16"
    });
    let posting = json!({
        "person": "P-1", "month": "2026-03", "alleged": "2400.00", "title": "t2", "trial_work_over": false
    });
    let manager = Some("program-manager");
    all.extend([
        asks("unclaimed", submitter, None),
        asks("automatic_run", manager, None),
        asks("recovery", manager, None),
    ]);
    let office = Some("field-office");
    all.extend([
        asks("work_determinations", office, Some(json!({ "case": work }))),
        asks("check_entry", office, Some(json!({ "case": work, "entry": entry }))),
        asks(
            "verification_issues",
            office,
            Some(json!({ "today": "2026-06-15", "postings": [posting], "issues": [issue] })),
        ),
    ]);
    all
}

/// The life of the payment request that was submitted above: in the queue, diaried, answered, shown, taken back.
fn of_claim() -> [Asked; 5] {
    let asks = |operation: &str, user, body| Asked { operation: operation.to_owned(), user: Some(user), body };
    let diary = json!({
        "version": 1, "action": "diary", "reason": "NEED_ADDITIONAL_INFORMATION", "otherwise": "evidence_missing"
    });
    let evidence = json!({ "version": 2, "kind": "pay_statements", "pages": 2, "legible": true });
    let manager = "program-manager";
    [
        asks("work_queue", manager, None),
        asks("decide_work_case", manager, Some(diary)),
        asks("evidence", manager, Some(evidence)),
        asks("work_case", manager, None),
        asks("withdraw", "harbor-submitter", Some(json!({}))),
    ]
}

fn of_form(draft: &Draft) -> [Asked; 5] {
    let asks = |verb: &str, user, body| Asked { operation: format!("{verb}_{}", draft.form.as_str()), user, body };
    let body: Value = serde_json::from_str(draft.text).unwrap_or_default();
    let mut reviewed = body.clone();
    if let Value::Object(fields) = &mut reviewed {
        fields.insert("review_token".to_owned(), json!(REVIEW_TOKEN));
        fields.insert("acknowledged_warnings".to_owned(), json!([]));
    }
    [
        asks("review", Some(draft.user), Some(body)),
        asks("submit", Some(draft.user), Some(reviewed)),
        asks("list", Some(draft.user), None),
        asks("show", Some(draft.user), None),
        asks("options", Some(draft.user), None),
    ]
}
