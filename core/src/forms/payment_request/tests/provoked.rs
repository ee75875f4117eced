use super::*;
use std::collections::BTreeSet;

/// A setting, what is changed in it, and the one problem that follows with its place.
pub(super) type Row = (Setting, Vec<(&'static str, Value)>, &'static str, &'static str);

const ASSIGNMENTS: &str = "/on_file/people/0/case/ticket/assignments";
const ASSIGNMENT: &str = "/on_file/people/0/case/ticket/assignments/0";
const VR_CASES: &str = "/on_file/people/0/case/state_vr_cases";

fn earlier(payment: &str, month: &str) -> Value {
    json!({"form": "payment_request", "received_on": "2025-08-01", "provider": "EN-A", "payment": payment, "month": month, "live": true})
}

fn vr_case(agency: &str, successful: bool, reimbursed: bool) -> Value {
    json!([{"agency": agency, "closed_on": "2024-06-01", "successful": successful, "cost_reimbursed": reimbursed}])
}

/// Mistakes in the claim itself.
fn claim() -> Vec<Row> {
    let m1 = milestone_1;
    vec![
        (m1(), vec![("/form/payment_method", Value::Null)], "PR_PAYMENT_METHOD_REQUIRED", "/payment_method"),
        (m1(), vec![("/form/payment_method", json!("both"))], "REQ_ENUM", "/payment_method"),
        (m1(), vec![("/form/payment_method", json!("outcome_only"))], "PR_METHOD_NOT_ELECTED", "/payment_method"),
        (
            m1(),
            vec![
                ("/form/payment_method", json!("outcome_only")),
                ("/on_file/people/0/case/ticket/assignments/0/payment_system", json!("outcome_only")),
            ],
            "PR_TYPE_INVALID_FOR_METHOD",
            "/request_type",
        ),
        (m1(), vec![("/form/request_type", json!("p1m5"))], "PR_REQUEST_TYPE", "/request_type"),
        (outcome(), vec![("/form/request_type", json!("reconciliation"))], "PR_REQUEST_TYPE", "/request_type"),
        (phase_2(), vec![("/form/request_type", json!("p2m12"))], "PR_TYPE_OUT_OF_RANGE_FOR_TITLE", "/request_type"),
        (
            outcome(),
            vec![("/form/request_type", json!("outcome37"))],
            "PR_TYPE_OUT_OF_RANGE_FOR_TITLE",
            "/request_type",
        ),
        (m1(), vec![("/form/claim_month", json!("06/2025"))], "PR_CLAIM_MONTH_FORMAT", "/claim_month"),
        (m1(), vec![("/form/claim_month", json!("2025-09"))], "PR_CLAIM_MONTH_FUTURE", "/claim_month"),
        (m1(), vec![("/form/claim_month", json!("2025-08"))], "PR_CLAIM_MONTH_NOT_ENDED", "/claim_month"),
        (m1(), vec![("/form/p1m1_basis", Value::Null)], "PR_P1M1_BASIS_REQUIRED", "/p1m1_basis"),
        (m1(), vec![("/form/p1m1_basis", json!("b"))], "REQ_ENUM", "/p1m1_basis"),
        (phase_2(), vec![("/form/p1m1_basis", json!("twl_in_month"))], "PR_P1M1_BASIS_NOT_ALLOWED", "/p1m1_basis"),
        (
            m1(),
            vec![("/form/services_summary_codes", json!([]))],
            "PR_SERVICES_CODES_REQUIRED",
            "/services_summary_codes",
        ),
        (
            m1(),
            vec![("/form/services_summary_codes/-", json!("job_placement"))],
            "PR_SERVICES_CODES_DUPLICATE",
            "/services_summary_codes/2",
        ),
        (m1(), vec![("/form/services_summary_codes/-", json!("other"))], "REQ_ENUM", "/services_summary_codes/2"),
        (proven(), vec![("/form/services_certified", Value::Null)], "PR_SERVICES_NOT_CERTIFIED", "/services_certified"),
        (
            phase_2(),
            vec![("/on_file/people/0/case/ticket/assignments/0/unassigned_on", json!("2025-06-30"))],
            "PR_SERVICES_NOT_CERTIFIED",
            "/services_certified",
        ),
        (m1(), vec![("/form/attested", json!(false))], "PR_ATTESTATION_REQUIRED", "/attested"),
        (m1(), vec![("/form/attested", Value::Null)], "PR_ATTESTATION_REQUIRED", "/attested"),
        (m1(), vec![("/form/evidence", json!("x"))], "PR_UPLOAD_NOT_ALLOWED", "/evidence"),
        (m1(), vec![("/form/employer/note", json!("x"))], "PR_FREE_TEXT_NOT_ALLOWED", "/employer/note"),
        (m1(), vec![("/form/beneficiary_name", json!("x"))], "REQ_UNKNOWN_FIELD", "/beneficiary_name"),
        (m1(), vec![("/form/earnings_already_proven", json!(true))], "REQ_UNKNOWN_FIELD", "/earnings_already_proven"),
        (m1(), vec![("/form/en_ein", json!("12-3456789"))], "AUTH_EIN_MISMATCH", "/en_ein"),
        (m1(), vec![("/form/ssn", json!("900-12-345"))], "SSN_FORMAT", "/ssn"),
        (m1(), vec![("/form/ticket_number", json!("900123456TW0"))], "TICKET_FORMAT", "/ticket_number"),
        (m1(), vec![("/form/ticket_number", json!("900123457TW1"))], "TICKET_SSN_MISMATCH", "/ticket_number"),
    ]
}

/// Mistakes in employer and evidence.
fn evidence() -> Vec<Row> {
    let m1 = milestone_1;
    vec![
        (m1(), vec![("/form/employer", Value::Null)], "PR_EMPLOYER_REQUIRED", "/employer"),
        (m1(), vec![("/form/employer/name", Value::Null)], "PR_EMPLOYER_REQUIRED", "/employer"),
        (m1(), vec![("/form/employer/employer_id", json!("E-1"))], "PR_EMPLOYER_TWICE", "/employer/name"),
        (m1(), vec![("/form/employer/name", json!("Bäckerei"))], "PR_EMPLOYER_NAME_CHARS", "/employer/name"),
        (m1(), vec![("/form/employer/name", json!("A 900-12-3456"))], "PR_EMPLOYER_NAME_CHARS", "/employer/name"),
        (m1(), vec![("/form/employer", json!({"employer_id": "E-9"}))], "PR_EMPLOYER_UNKNOWN", "/employer/employer_id"),
        (m1(), vec![("/form/employer/ein", json!("12-3456789"))], "PR_EMPLOYER_EIN_OWN", "/employer/ein"),
        (m1(), vec![("/form/employer", json!({"employer_id": "E-2"}))], "PR_EMPLOYER_EIN_OWN", "/employer/employer_id"),
        (m1(), vec![("/form/employer/ein", json!("07-1234567"))], "EIN_PREFIX", "/employer/ein"),
        (
            m1(),
            vec![("/form/employer/start_date", json!("2025-07-01"))],
            "PR_EMPLOYER_START_DATE",
            "/employer/start_date",
        ),
        (m1(), vec![("/form/employer/hours_per_week", json!(20))], "PR_HOURS_FORMAT", "/employer/hours_per_week"),
        (m1(), vec![("/form/employer/hourly_wage", json!("40.00"))], "PR_WAGE_HOURS_MISMATCH", "/earnings/0/gross"),
        (
            m1(),
            vec![("/form/employer/pay_frequency", json!("weekly"))],
            "PR_PAY_FREQUENCY_MISMATCH",
            "/earnings/0/period_end",
        ),
        (m1(), vec![("/form/earnings", json!([]))], "PR_EARNINGS_REQUIRED", "/earnings"),
        (
            proven(),
            vec![("/on_file/people/0/case/earnings/0/earned", json!("1159.99"))],
            "PR_EARNINGS_REQUIRED",
            "/earnings",
        ),
        (
            m1(),
            vec![("/form/earnings/0/period_end", json!("2025-05-31"))],
            "PR_EARNINGS_PERIOD_ORDER",
            "/earnings/0/period_end",
        ),
        (m1(), vec![("/received_on", json!("2025-07-02"))], "PR_EARNINGS_FUTURE", "/earnings/1/pay_date"),
        (m1(), vec![("/form/claim_month", json!("2025-07"))], "PR_EARNINGS_OUTSIDE_MONTH", "/earnings/0/period_end"),
        (
            m1(),
            vec![("/form/earnings/1/period_start", json!("2025-06-14"))],
            "PR_EARNINGS_OVERLAP",
            "/earnings/1/period_start",
        ),
        (
            m1(),
            vec![("/form/earnings/-", m1().0["form"]["earnings"][1].clone())],
            "PR_EARNINGS_DUPLICATE",
            "/earnings/2",
        ),
        (m1(), vec![("/form/earnings/0/ytd_gross", json!("649.99"))], "PR_YTD_LT_GROSS", "/earnings/0/ytd_gross"),
        (m1(), vec![("/form/earnings/0/ytd_gross", json!("3900.01"))], "PR_YTD_DECREASES", "/earnings/1/ytd_gross"),
        (
            m1(),
            vec![("/form/earnings/1/pay_date", json!("2025-06-27"))],
            "PR_PAY_DATE_BEFORE_END",
            "/earnings/1/pay_date",
        ),
        (
            m1(),
            vec![("/form/earnings/0/withholdings_shown", json!(false))],
            "PR_WITHHOLDINGS_MISSING",
            "/earnings/0/withholdings_shown",
        ),
        (m1(), vec![("/form/earnings/0/gross", json!(650))], "MONEY_FORMAT", "/earnings/0/gross"),
        (m1(), vec![("/form/earnings/0/pay_date", json!("20.06.2025"))], "DATE_FORMAT", "/earnings/0/pay_date"),
    ]
}

/// Mistakes in the mode, in income from self-employment and in the certification.
fn other_evidence() -> Vec<Row> {
    let m1 = milestone_1;
    vec![
        (m1(), vec![("/form/proof_delivery", Value::Null)], "PR_PROOF_DELIVERY_REQUIRED", "/proof_delivery"),
        (
            m1(),
            vec![
                ("/form/cert", certified().0["form"]["cert"].clone()),
                ("/form/cert/contact_date", json!("2025-07-01")),
            ],
            "PR_MODE_NOT_ACCEPTED",
            "/cert",
        ),
        (certified(), vec![("/form/proof_delivery", json!("faxed_in"))], "PR_MODE_NOT_ACCEPTED", "/proof_delivery"),
        (self_employed(), vec![("/form/sei", Value::Null)], "PR_SELF_EMPLOYED_NEEDS_SEI", "/sei"),
        (
            self_employed(),
            vec![("/form/earnings", m1().0["form"]["earnings"].clone())],
            "PR_EARNINGS_NOT_ALLOWED",
            "/earnings",
        ),
        (m1(), vec![("/form/sei", self_employed().0["form"]["sei"].clone())], "PR_SEI_NOT_ALLOWED", "/sei"),
        (self_employed(), vec![("/form/sei/month", json!("2025-05"))], "PR_SEI_MONTH", "/sei/month"),
        (self_employed(), vec![("/form/sei/net", json!("1200.01"))], "PR_SEI_NET_MISMATCH", "/sei/net"),
        (
            self_employed(),
            vec![("/form/sei/partnership_share_pct", json!(101))],
            "PR_OUT_OF_RANGE",
            "/sei/partnership_share_pct",
        ),
        (certified(), vec![("/form/cert", Value::Null)], "PR_CERT_SOURCE_REQUIRED", "/cert"),
        (certified(), vec![("/form/cert/source", Value::Null)], "PR_CERT_SOURCE_REQUIRED", "/cert/source"),
        (
            certified(),
            vec![("/form/cert/contact_date", json!("2014-05-31"))],
            "PR_CERT_CONTACT_DATE",
            "/cert/contact_date",
        ),
        (
            certified(),
            vec![("/form/cert/contact_date", json!("2014-08-21"))],
            "PR_CERT_CONTACT_DATE",
            "/cert/contact_date",
        ),
        (certified(), vec![("/received_on", json!("2014-09-30"))], "PR_CERT_CONTACT_OLD", "/cert/contact_date"),
        (certified(), vec![("/form/cert/contact_date", Value::Null)], "REQ_FIELD_REQUIRED", "/cert/contact_date"),
        (certified(), vec![("/form/cert/contact_party", Value::Null)], "REQ_FIELD_REQUIRED", "/cert/contact_party"),
        (
            certified(),
            vec![("/form/cert/repayment_agreed", json!(false))],
            "PR_REPAYMENT_NOT_AGREED",
            "/cert/repayment_agreed",
        ),
    ]
}

/// What is on file.
fn on_the_record() -> Vec<Row> {
    let m1 = milestone_1;
    let month = "/claim_month";
    let kind = "/request_type";
    let vr_takes_over = json!([
        {"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2025-01-10", "unassigned_on": "2025-06-20"},
        {"provider": "VR-CO", "kind": "state_vr", "payment_system": null, "assigned_on": "2025-06-20"}
    ]);
    vec![
        (m1(), vec![("/on_file/people/0", Value::Null)], "TICKET_NOT_ASSIGNED_TO_ORG", "/ssn"),
        (m1(), vec![("/on_file/organization/provider", json!("EN-Z"))], "TICKET_NOT_ASSIGNED_TO_ORG", "/ssn"),
        (
            m1(),
            vec![("/on_file/people/0/case/ticket/assignments/0/assigned_on", json!("2025-07-01"))],
            "TICKET_NOT_ASSIGNED_TO_ORG",
            "/ssn",
        ),
        (m1(), vec![("/on_file/organization/kind", json!("state_vr"))], "PR_PROVIDER_KIND", ""),
        (m1(), vec![("/on_file/organization/agreement_ends_on", json!("2025-08-19"))], "PR_EN_AGREEMENT_INACTIVE", ""),
        (m1(), vec![("/on_file/organization/sam_expires_on", json!("2025-08-19"))], "PR_EN_SAM_EXPIRED", ""),
        (
            m1(),
            vec![("/on_file/people/0/case/ticket/assignments/0/assigned_on", json!("2025-06-01"))],
            "PR_BEFORE_FIRST_PAYABLE",
            month,
        ),
        (
            phase_2(),
            vec![(ASSIGNMENTS, vr_takes_over), ("/form/services_certified", json!(true))],
            "PR_AFTER_LAST_PAYABLE",
            month,
        ),
        (
            m1(),
            vec![("/on_file/people/0/case/earnings", json!([{"month": "2024-12", "earned": "1110.00"}]))],
            "PR_LOOKBACK_BLOCKED",
            kind,
        ),
        (m1(), vec![(VR_CASES, vr_case("VR-CO", true, false))], "PR_VR_CLOSURE_BLOCKS_PHASE1", kind),
        (
            phase_2(),
            vec![
                (VR_CASES, vr_case("EN-A", false, true)),
                ("/on_file/people/0/case/ticket/assignments/0/kind", json!("state_vr_as_en")),
            ],
            "PR_VR_CR_PAID",
            "/ssn",
        ),
        (phase_2(), vec![("/on_file/people/0/case/payments", json!([]))], "PR_SEQUENCE_PHASE1_OPEN", kind),
        (m1(), vec![("/on_file/people/0/case/ticket/terminates_in", json!("2025-06"))], "PR_TICKET_TERMINATED", month),
        (
            m1(),
            vec![("/on_file/people/0/case/benefits/0/status", json!("suspended_other"))],
            "PR_NOT_CURRENT_PAY",
            month,
        ),
        (
            outcome(),
            vec![("/on_file/people/0/case/benefits/1/status", json!("suspended_other"))],
            "PR_NOT_IN_SUSPENSE",
            month,
        ),
    ]
}

/// What was asked for and paid before, and earnings that are too low.
fn before_and_below() -> Vec<Row> {
    let m1 = milestone_1;
    let (month, kind) = ("/claim_month", "/request_type");
    let paid = |number: u16| {
        let payment = if number > 11 { format!("p1m{}", number - 11) } else { format!("p2m{number}") };
        json!({"payment": payment, "month": format!("{}-{:02}", 2023 + number / 12, number % 12 + 1), "provider": "EN-A", "amount": "666"})
    };
    let all_paid: Value = (1..=15).map(paid).collect();
    let two = json!([
        {"provider": "EN-B", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2024-12-10", "unassigned_on": "2025-01-10"},
        {"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2025-01-10"}
    ]);
    vec![
        (phase_2(), vec![("/on_file/people/0/case/payments", all_paid)], "PR_ALREADY_PAID", kind),
        (m1(), vec![("/on_file/people/0/earlier/-", earlier("p1m2", "2025-06"))], "PR_DUPLICATE_REQUEST", month),
        (m1(), vec![("/on_file/people/0/earlier/-", earlier("p1m1", "2025-05"))], "PR_DUPLICATE_REQUEST", kind),
        (
            phase_2(),
            vec![("/form/request_type", json!("p2m1")), ("/on_file/people/0/earlier/-", earlier("p2m1", "2025-07"))],
            "PR_DUPLICATE_REQUEST",
            kind,
        ),
        (
            phase_2(),
            vec![(
                "/on_file/people/0/case/payments/-",
                json!({"payment": "p2m1", "month": "2025-06", "provider": "EN-A", "amount": "666"}),
            )],
            "PR_ALREADY_PAID",
            month,
        ),
        (
            outcome(),
            vec![
                ("/form/request_type", json!("outcome1")),
                (
                    "/on_file/people/0/case/payments/-",
                    json!({"payment": "outcome1", "month": "2025-07", "provider": "EN-B", "amount": "666"}),
                ),
            ],
            "PR_ALREADY_PAID",
            kind,
        ),
        (m1(), vec![(ASSIGNMENTS, two)], "PR_POSSIBLE_SPLIT", "/ssn"),
        (
            m1(),
            vec![
                ("/received_on", json!("2027-07-20")),
                ("/on_file/organization/agreement_ends_on", Value::Null),
                ("/on_file/organization/sam_expires_on", Value::Null),
            ],
            "PR_OUTSIDE_24_MONTHS",
            month,
        ),
        (m1(), vec![("/form/earnings/1/gross", json!("509.99"))], "PR_BELOW_TWL", month),
        (half_level(), vec![("/form/earnings/0/gross", json!("579.99"))], "PR_BELOW_HALF_TWL", month),
        (phase_2(), vec![("/form/earnings/1/gross", json!("719.99"))], "PR_BELOW_SGA", month),
        (outcome(), vec![("/form/earnings/1/gross", json!("719.99"))], "PR_BELOW_SGA", month),
    ]
}

/// Numbers at and beyond their limits are in `limits`; one of each code stands here.
fn numbers() -> Vec<Row> {
    let mut many = milestone_1();
    let rows = limits::statements(26);
    many = many.with("/form/earnings", rows);
    vec![
        (many, vec![], "PR_EARNINGS_TOO_MANY", "/earnings"),
        (
            milestone_1(),
            vec![
                ("/form/employer/pay_frequency", Value::Null),
                ("/form/employer/hourly_wage", Value::Null),
                ("/form/earnings/0/period_start", json!("2025-05-14")),
            ],
            "PR_EARNINGS_PERIOD_LENGTH",
            "/earnings/0/period_end",
        ),
    ]
}

pub(super) fn rows() -> Vec<Row> {
    [claim(), evidence(), other_evidence(), on_the_record(), before_and_below(), numbers()]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn one_mistake_is_one_problem_at_its_place() {
    let mut wrong = Vec::new();
    for (setting, changes, code, path) in rows() {
        let changed = changes.iter().fold(setting, |setting, (pointer, value)| setting.with(pointer, value.clone()));
        let mut found = changed.found();
        // Both statements of the draft are unlike the employer's pay, or outside the month; that is one mistake.
        if ["PR_WAGE_HOURS_MISMATCH", "PR_PAY_FREQUENCY_MISMATCH", "PR_EARNINGS_OUTSIDE_MONTH"].contains(&code) {
            found.dedup_by_key(|(code, _)| *code);
        }
        if found != [(code, path.to_owned())] {
            wrong.push(format!("{changes:?}: {found:?}, expected {code} at {path}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_provoked() {
    let provoked: BTreeSet<&str> =
        rows().iter().map(|(_, _, code, _)| *code).filter(|code| code.starts_with("PR_")).collect();
    let all: BTreeSet<&str> = code::ALL.iter().map(|code| code.id).collect();
    assert!(all.len() > 60);
    assert_eq!(provoked, all);
}

#[test]
fn of_two_mistakes_neither_hides_the_other() {
    let m1 = milestone_1;
    let earlier = |rows: &[(&str, &str)]| Value::Array(rows.iter().map(|(p, m)| earlier(p, m)).collect());
    let paid = |payment: &str, month: &str| json!({"payment": payment, "month": month, "provider": "EN-A", "amount": "1850.00"});
    let row = |field: &str| format!("/form/earnings/0/{field}");
    for (setting, expected) in [
        (
            m1().with("/on_file/people/0/case/payments", json!([paid("p1m1", "2025-05"), paid("p2m1", "2025-06")])),
            [("PR_ALREADY_PAID", "/request_type"), ("PR_ALREADY_PAID", "/claim_month")],
        ),
        (
            m1().with("/on_file/people/0/earlier", earlier(&[("p1m1", "2025-05"), ("p1m2", "2025-06")])),
            [("PR_DUPLICATE_REQUEST", "/request_type"), ("PR_DUPLICATE_REQUEST", "/claim_month")],
        ),
        (
            m1().with("/on_file/people/0/case/payments", json!([paid("p1m1", "2025-05")]))
                .with("/on_file/people/0/earlier", earlier(&[("p1m2", "2025-06")])),
            [("PR_ALREADY_PAID", "/request_type"), ("PR_DUPLICATE_REQUEST", "/claim_month")],
        ),
        (
            m1().with(&row("period_end"), json!("2025-08-21"))
                .with(&row("period_start"), json!("2025-08-15"))
                .with(&row("pay_date"), json!("2025-08-22")),
            [("PR_EARNINGS_FUTURE", "/earnings/0/period_end"), ("PR_EARNINGS_FUTURE", "/earnings/0/pay_date")],
        ),
        (
            m1().with(&row("period_start"), json!("2025-05-01")).with(&row("pay_date"), json!("2025-08-22")),
            [("PR_EARNINGS_PERIOD_LENGTH", "/earnings/0/period_end"), ("PR_EARNINGS_FUTURE", "/earnings/0/pay_date")],
        ),
        (
            m1().with("/form/work_type", json!("self_employed")),
            [("PR_SELF_EMPLOYED_NEEDS_SEI", "/sei"), ("PR_EARNINGS_NOT_ALLOWED", "/earnings")],
        ),
        (
            self_employed()
                .with("/form/work_type", json!("employee"))
                .with("/form/employer", json!({"name": "Acme", "pay_frequency": "monthly"})),
            [("PR_SEI_NOT_ALLOWED", "/sei"), ("PR_EARNINGS_REQUIRED", "/earnings")],
        ),
    ] {
        let found = setting.found();
        for (code, path) in expected {
            assert!(found.contains(&(code, path.to_owned())), "{code} {path}: {found:?}");
        }
    }
}

#[test]
fn someone_elses_ticket_says_nothing_more_whatever_is_on_it() {
    let barred = milestone_1()
        .with("/on_file/organization/provider", json!("EN-Z"))
        .with(VR_CASES, vr_case("VR-CO", true, true))
        .with("/on_file/people/0/case/ticket/terminates_in", json!("2025-03"))
        .with("/on_file/people/0/earlier/-", earlier("p1m1", "2025-06"))
        .with("/form/employer", json!({"employer_id": "E-9"}))
        .with("/form/earnings", json!([]));
    let unknown = barred.clone().with("/on_file/people/0", Value::Null);
    assert_eq!(barred.found(), unknown.found());
    assert_eq!(barred.found(), [("TICKET_NOT_ASSIGNED_TO_ORG", "/ssn".to_owned())]);
    let later = milestone_1().with(&format!("{ASSIGNMENT}/assigned_on"), json!("2025-07-01"));
    assert_eq!(later.check().unwrap_err(), barred.check().unwrap_err());
}

#[test]
fn everything_that_is_wrong_is_found_at_once_and_no_value_is_repeated() {
    let setting = milestone_1()
        .with("/form/claim_month", json!("2025-13"))
        .with("/form/request_type", json!("p9"))
        .with("/form/payment_method", Value::Null)
        .with("/form/ticket_number", json!("900123457TW1"))
        .with("/form/employer/name", json!("900-12-3456"))
        .with("/form/earnings/0/gross", json!("0.00"))
        .with("/form/attested", json!(false));
    let problems = setting.check().unwrap_err();
    let codes: BTreeSet<&str> = problems.iter().map(|problem| problem.code).collect();
    let expected = [
        "PR_CLAIM_MONTH_FORMAT",
        "PR_REQUEST_TYPE",
        "PR_PAYMENT_METHOD_REQUIRED",
        "TICKET_SSN_MISMATCH",
        "PR_EMPLOYER_NAME_CHARS",
        "PR_OUT_OF_RANGE",
        "PR_ATTESTATION_REQUIRED",
    ];
    assert_eq!(codes, expected.into_iter().collect());
    let told = serde_json::to_string(&problems).unwrap();
    assert!(!told.contains("90012345") && !told.contains("900-12"), "{told}");
}
