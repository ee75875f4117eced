//! An entry of the outbox for each of the five forms.

use ttw_portal::outbox::{IntakeTable, Notice, Outbox};

fn table(heading: &str, columns: &[&str], rows: &[&[&str]]) -> IntakeTable {
    let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    IntakeTable {
        heading: heading.to_owned(),
        columns: texts(columns),
        rows: rows.iter().map(|row| texts(row)).collect(),
    }
}

fn entry(confirmation: &str, form: &str, form_name: &str, intake: IntakeTable) -> Outbox {
    Outbox {
        confirmation: confirmation.to_owned(),
        form: form.to_owned(),
        form_name: form_name.to_owned(),
        submitted_at: "2026-03-09T03:07:09Z".to_owned(),
        submitter_name: "Ann Lee".to_owned(),
        submitter_title: "Manager".to_owned(),
        submitter_email: "ann@en.example".to_owned(),
        ein: "123456789".to_owned(),
        en_name: "Bridge to Work".to_owned(),
        beneficiaries: intake.rows.len(),
        rules_version: "2026.1".to_owned(),
        request_id: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef".to_owned(),
        intake,
        notices: Vec::new(),
        confirmation_sent_at: None,
        intake_sent_at: None,
        confirmation_refused_at: None,
        intake_refused_at: None,
    }
}

/// One of each form, with confirmation numbers in order.
pub fn all() -> [Outbox; 5] {
    let payment: &[&[&str]] = &[&["***-**-3456", "p1m1", "09/2025", "$1,398.00", "Acme Bakery"]];
    let inquiry: &[&[&str]] = &[&["***-**-3456", "08/31/2010"], &["***-**-6543", "01/04/2011"]];
    let plan: &[&[&str]] = &[&["***-**-3456", "Cashier", "11/20/2026"]];
    let form_1365: &[&[&str]] = &[&["***-**-3456", "41-2011", "11/19/2026"]];
    let review: &[&[&str]] = &[&["***-**-3456", "1", "Yes"], &["***-**-7654", "2", "No"]];
    let payment_columns = ["SSN", "Payment", "Claim Month", "Amount", "Employer"];
    [
        entry("06HX-2N4K-7QRT-9WZ1", "payment_request", "Payment Request", table("Payment", &payment_columns, payment)),
        entry(
            "06HX-2N4K-7QRT-9WZ2",
            "earnings_inquiry",
            "Earnings Inquiry Request",
            table("Earnings Info of Beneficiaries", &["SSN", "Date of Assignment"], inquiry),
        ),
        entry(
            "06HX-2N4K-7QRT-9WZ3",
            "work_plan",
            "Individual Work Plan",
            table("Plan", &["SSN", "Vocational Goal", "Signed"], plan),
        ),
        entry(
            "06HX-2N4K-7QRT-9WZ4",
            "form_1365",
            "Form 1365",
            table("Assignment", &["SSN", "Goal", "IPE Signed"], form_1365),
        ),
        entry(
            "06HX-2N4K-7QRT-9WZ5",
            "progress_review",
            "Timely Progress Review Response",
            table("Responses", &["SSN", "Period", "Work"], review),
        ),
    ]
}

/// A payment request of which two providers are told that they may share the payment.
pub fn shared() -> Outbox {
    let [mut request, ..] = all();
    let notice = |number: &str, name: &str, email: &str, en_name: &str| Notice {
        number: number.to_owned(),
        name: name.to_owned(),
        email: email.to_owned(),
        en_name: en_name.to_owned(),
        ticket: "T-17".to_owned(),
        payment: "p1m1".to_owned(),
        month: "2025-09".to_owned(),
        sent_at: None,
        refused_at: None,
    };
    request.notices = vec![
        notice("06HX-2N4K-7QRT-9WZ8", "Ann Lee", "ann@en.example", "Bridge to Work"),
        notice("06HX-2N4K-7QRT-9WZ9", "Bo Ray", "bo@other.example", "Harbor Careers"),
    ];
    request
}

/// The earnings inquiry of the portal guide.
pub fn inquiry() -> Outbox {
    let [_, inquiry, ..] = all();
    inquiry
}
