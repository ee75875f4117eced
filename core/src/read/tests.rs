use super::*;
use serde_json::{Value, json};

/// A question with nothing wrong.
fn valid() -> Value {
    json!({
        "case": {
            "ticket": {
                "id": "T-0001",
                "terminates_in": null,
                "assignments": [
                    {"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2016-05-20",
                     "unassigned_on": "2017-05-20", "plan_signed_on": "2016-05-18", "plan_received_on": "2016-05-25",
                     "services_completed_on": null},
                    {"provider": "VR-CO", "kind": "state_vr", "payment_system": null, "assigned_on": "2017-05-20"}
                ]
            },
            "beneficiary": {"title": "t2", "blind": false},
            "benefits": [
                {"title": "t2", "from": "2014-01", "to": "2016-12", "status": "current_pay"},
                {"title": "t2", "from": "2017-01", "to": null, "status": "suspended_work"},
                {"title": "t16", "from": "2014-01", "to": null, "status": "current_pay", "federal_cash": true}
            ],
            "earnings": [{"month": "2016-06", "earned": "900.00", "paid": "880"}, {"month": "2016-07"}],
            "pay_statements": [
                {"employer": "Acme Bakery", "period_start": "2016-07-01", "period_end": "2016-07-15",
                 "pay_date": "2016-07-20", "gross": "450.00", "kind": "wages"}
            ],
            "state_vr_cases": [{"agency": "VR-CO", "closed_on": "2014-03-01", "successful": true, "cost_reimbursed": false}],
            "payments": [{"payment": "p1m1", "month": "2016-06", "provider": "EN-A", "amount": "1398.00"}]
        },
        "claim": {"payment": "p1m2", "month": "2016-08", "provider": "EN-A"},
        "requested_on": "2017-09-15"
    })
}

/// What is wrong with the valid question after one value is replaced; `null` with no place in the contract removes it.
fn problems(pointer: &str, value: Value) -> Vec<(String, String)> {
    let mut document = valid();
    *document.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
    of(&document)
}

fn of(document: &Value) -> Vec<(String, String)> {
    match question(document.to_string().as_bytes()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.into_iter().map(|p| (p.code.to_owned(), p.path)).collect(),
    }
}

fn one(code: &str, path: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), path.to_owned())]
}

#[test]
fn a_question_with_nothing_wrong_is_read() {
    assert_eq!(of(&valid()), []);
    let read = question(valid().to_string().as_bytes()).unwrap();
    assert_eq!(read.case.benefits.len(), 3);
    assert_eq!(read.policy, crate::PolicyName::Operations);
}

#[test]
fn one_mistake_is_one_problem_at_its_place() {
    let case = "/case/ticket/assignments/0";
    let at = |field: &str| format!("{case}/{field}");
    for (pointer, value, code) in [
        ("/requested_on".to_owned(), json!("2016-08-31"), "CLAIM_MONTH_NOT_OVER"),
        ("/requested_on".into(), json!("2017-02-29"), "DATE_INVALID"),
        ("/requested_on".into(), json!(20_170_915), "DATE_FORMAT"),
        ("/claim/payment".into(), json!("p1m5"), "CLAIM_PAYMENT_NAME"),
        ("/claim/provider".into(), json!("VR-CO"), "CLAIM_PROVIDER_NOT_ASSIGNED"),
        ("/claim/provider".into(), json!("EN-Z"), "CLAIM_PROVIDER_NOT_ASSIGNED"),
        ("/claim/month".into(), json!("2016-8"), "MONTH_FORMAT"),
        ("/case/ticket/id".into(), json!("900-12-3456"), "ID_IS_SSN"),
        ("/case/ticket/id".into(), json!("900 12 3456"), "ID_IS_SSN"),
        ("/case/ticket/id".into(), json!("900.12.3456TW1"), "ID_IS_SSN"),
        ("/case/ticket/id".into(), json!("900123456TW1"), "ID_IS_SSN"),
        ("/case/ticket/id".into(), json!(""), "TEXT_LENGTH"),
        ("/case/ticket/id".into(), json!("x".repeat(65)), "TEXT_LENGTH"),
        ("/case/ticket/id".into(), json!(7), "REQ_TYPE"),
        ("/case/ticket/assignments".into(), json!([]), "ASSIGNMENTS_REQUIRED"),
        (at("kind"), json!("En"), "REQ_ENUM"),
        (at("payment_system"), json!(null), "PAYMENT_SYSTEM_REQUIRED"),
        ("/case/ticket/assignments/1/payment_system".into(), json!("outcome_only"), "PAYMENT_SYSTEM_UNEXPECTED"),
        (at("unassigned_on"), json!("2016-05-19"), "ASSIGNMENT_ENDS_BEFORE_START"),
        (at("plan_signed_on"), json!(null), "PLAN_NOT_SIGNED"),
        ("/case/beneficiary/title".into(), json!("T2"), "REQ_ENUM"),
        ("/case/beneficiary/blind".into(), json!("no"), "REQ_TYPE"),
        ("/case/benefits/0/to".into(), json!("2013-12"), "BENEFIT_ENDS_BEFORE_START"),
        ("/case/benefits/2/federal_cash".into(), json!(null), "FEDERAL_CASH_REQUIRED"),
        ("/case/earnings/1/month".into(), json!("2016-06"), "EARNINGS_MONTH_DUPLICATE"),
        ("/case/earnings/0/earned".into(), json!(900.0), "MONEY_FORMAT"),
        ("/case/earnings/0/earned".into(), json!("-1.00"), "MONEY_NEGATIVE"),
        ("/case/pay_statements/0/period_end".into(), json!("2016-06-30"), "STATEMENT_PERIOD_ORDER"),
        ("/case/pay_statements/0/kind".into(), json!("pension"), "REQ_ENUM"),
        ("/case/state_vr_cases/0/closed_on".into(), json!(null), "VR_CLOSURE_DATE_REQUIRED"),
        ("/case/payments/0/payment".into(), json!("p2"), "PAYMENT_NAME"),
        ("/case/payments/0/amount".into(), json!("1398.50"), "MONEY_WHOLE_DOLLARS"),
        ("/case/payments/0/amount".into(), json!("-1398"), "MONEY_NEGATIVE"),
    ] {
        let path = match code {
            "CLAIM_MONTH_NOT_OVER" => "/claim/month",
            _ => &pointer,
        };
        let found: Vec<_> = problems(&pointer, value.clone());
        assert_eq!(found, one(code, path), "{pointer} = {value}");
    }
}

#[test]
fn assignments_are_chronological_and_one_at_a_time() {
    let second = "/case/ticket/assignments/1/assigned_on";
    assert_eq!(problems(second, json!("2017-05-19")), one("ASSIGNMENTS_OVERLAP", second));
    assert_eq!(problems(second, json!("2016-05-19")), one("ASSIGNMENTS_ORDER", second));
    let ended = "/case/ticket/assignments/0/unassigned_on";
    assert_eq!(problems(ended, json!(null)), one("ASSIGNMENTS_OVERLAP", second));
}

#[test]
fn ranges_of_one_record_do_not_overlap_whatever_their_order() {
    assert_eq!(problems("/case/benefits/1/from", json!("2016-12")), one("BENEFITS_OVERLAP", "/case/benefits/1"));
    let mut document = valid();
    document["case"]["benefits"].as_array_mut().unwrap().reverse();
    assert_eq!(of(&document), []);
    document["case"]["benefits"][2]["to"] = json!(null);
    assert_eq!(of(&document), one("BENEFITS_OVERLAP", "/case/benefits/1"));
    // Both others lie in the first, though not in each other.
    let of_t2 = |from: &str, to: Value| json!({"title": "t2", "from": from, "to": to, "status": "current_pay"});
    let within =
        [of_t2("2014-01", Value::Null), of_t2("2015-01", json!("2015-12")), of_t2("2016-01", json!("2016-12"))];
    document["case"]["benefits"] = json!(within);
    let both = ["/case/benefits/1", "/case/benefits/2"].map(|at| ("BENEFITS_OVERLAP".to_owned(), at.to_owned()));
    assert_eq!(of(&document), both);
}

#[test]
fn unknown_and_repeated_fields_are_named_and_a_number_is_not_shown() {
    let mut document = valid();
    document["case"]["earnings"][0]["net"] = json!("1.00");
    document["case"]["900-12-3456"] = json!(1);
    let found = of(&document);
    assert_eq!(
        found,
        [
            ("REQ_UNKNOWN_FIELD".to_owned(), "/case/***".to_owned()),
            ("REQ_UNKNOWN_FIELD".into(), "/case/earnings/0/net".into())
        ]
    );
    for number in ["900123456", "９００１２３４５６", "ssn ９００-１２-３４５６", "٩٠٠١٢٣٤٥٦"]
    {
        let mut document = valid();
        document["case"][number] = json!(1);
        assert_eq!(of(&document), [("REQ_UNKNOWN_FIELD".to_owned(), "/case/***".to_owned())], "{number}");
    }
    let twice = br#"{"case": {}, "claim": {}, "claim": {}, "requested_on": "2017-09-15"}"#;
    let codes: Vec<_> = question(twice).unwrap_err().into_iter().map(|p| (p.code, p.path)).collect();
    assert!(codes.contains(&("REQ_FIELD_DUPLICATE", "/claim".to_owned())), "{codes:?}");
}

#[test]
fn everything_that_is_wrong_is_found_at_once() {
    let document = json!({
        "case": {
            "ticket": {"id": "T", "assignments": [{"provider": "EN-A", "kind": "en", "assigned_on": "x"}]},
            "beneficiary": {"title": "t3"},
            "benefits": [{"title": "t2", "from": "2014-13", "status": "paid"}],
            "earnings": {},
            "payments": [{}]
        },
        "claim": {"payment": "p9", "month": "2016-06", "provider": "EN-A"},
        "requested_on": "2016-06-30",
        "policy": "strict"
    });
    let codes: Vec<String> = of(&document).into_iter().map(|(code, _)| code).collect();
    for code in [
        "PAYMENT_SYSTEM_REQUIRED",
        "DATE_FORMAT",
        "REQ_ENUM",
        "REQ_FIELD_REQUIRED",
        "MONTH_FORMAT",
        "REQ_TYPE",
        "CLAIM_PAYMENT_NAME",
        "CLAIM_MONTH_NOT_OVER",
    ] {
        assert!(codes.iter().any(|found| found == code), "{code} in {codes:?}");
    }
    assert!(codes.len() >= 12, "{codes:?}");
}

#[test]
fn what_is_too_large_is_refused_at_once() {
    let codes = |text: &[u8]| question(text).unwrap_err().into_iter().map(|p| p.code).collect::<Vec<_>>();
    assert_eq!(codes(&vec![b' '; 10 << 20]), ["REQ_TOO_LARGE"]);
    assert_eq!(codes("[".repeat(10_000).as_bytes()), ["REQ_JSON_INVALID"]);
    assert_eq!(codes(b"\xff\xfe"), ["REQ_JSON_INVALID"]);
    let mut document = valid();
    let statement = document["case"]["pay_statements"][0].clone();
    document["case"]["pay_statements"] = json!(vec![statement.clone(); 4096]);
    assert_eq!(of(&document), []);
    document["case"]["pay_statements"] = json!(vec![statement; 4097]);
    assert_eq!(of(&document), one("STATEMENTS_TOO_MANY", "/case/pay_statements"));
    let assignment = json!({"provider": "EN-A", "kind": "en", "payment_system": "outcome_only", "assigned_on": "2016-05-20", "unassigned_on": "2016-05-20"});
    document["case"]["pay_statements"] = json!([]);
    document["case"]["ticket"]["assignments"] = json!(vec![assignment.clone(); 64]);
    assert_eq!(of(&document), []);
    document["case"]["ticket"]["assignments"] = json!(vec![assignment; 65]);
    assert_eq!(of(&document), one("ASSIGNMENTS_TOO_MANY", "/case/ticket/assignments"));
}

#[test]
fn a_case_is_fifty_years_at_most() {
    let mut document = valid();
    document["case"]["benefits"] = json!([]);
    document["case"]["ticket"]["terminates_in"] = json!("2064-03");
    assert_eq!(of(&document), []);
    document["case"]["ticket"]["terminates_in"] = json!("2064-04");
    assert_eq!(of(&document), one("CASE_SPAN_TOO_LONG", "/case"));
    let mut document = valid();
    document["requested_on"] = json!("9999-12-31");
    document["claim"]["month"] = json!("2068-01");
    assert_eq!(of(&document), one("QUESTION_TOO_FAR", "/claim/month"));
}

#[test]
fn a_ledger_request_and_a_comparison_are_read_whole() {
    let case = valid()["case"].clone();
    let request = json!({"case": case, "provider": "EN-A", "as_of": "2017-09-15", "policy": "regulation"});
    assert!(ledger_request(request.to_string().as_bytes()).is_ok());
    let wrong = json!({"case": case, "provider": "EN-Z", "as_of": "2017", "policy": null});
    let found: Vec<_> =
        ledger_request(wrong.to_string().as_bytes()).unwrap_err().into_iter().map(|p| (p.code, p.path)).collect();
    assert_eq!(found, [("CLAIM_PROVIDER_NOT_ASSIGNED", "/provider".to_owned()), ("DATE_FORMAT", "/as_of".to_owned())]);
    let mut other = case.clone();
    other["ticket"]["id"] = json!("T-0002");
    let both = json!({"before": case, "after": other, "provider": "EN-A", "as_of": "2017-09-15"});
    let found: Vec<_> =
        compare_request(both.to_string().as_bytes()).unwrap_err().into_iter().map(|p| (p.code, p.path)).collect();
    assert_eq!(found, [("COMPARE_DIFFERENT_TICKETS", "/after/ticket/id".to_owned())]);
}

#[test]
fn a_batch_holds_250_and_keeps_what_is_wrong_with_each() {
    let good = valid();
    let mut bad = valid();
    bad["claim"]["payment"] = json!("p9");
    let read = batch(json!({"questions": [good, bad]}).to_string().as_bytes()).unwrap();
    assert!(read[0].is_ok());
    assert_eq!(read[1].as_ref().unwrap_err()[0].path, "/questions/1/claim/payment");
    let small = json!({"questions": vec![json!({}); 250]});
    assert_eq!(batch(small.to_string().as_bytes()).unwrap().len(), 250);
    let many = json!({"questions": vec![json!({}); 251]});
    assert_eq!(batch(many.to_string().as_bytes()).unwrap_err()[0].code, "BATCH_TOO_MANY");
}

#[test]
fn entries_are_compared_although_another_is_wrong() {
    let mut document = valid();
    let case = &mut document["case"];
    case["benefits"] = json!([
        {"title": "t2", "from": "2014-01", "to": "2016-12", "status": "current_pay"},
        {"title": "t2", "from": "2016-12", "to": null, "status": "suspended_work"},
        {"title": "t2", "from": "x", "status": "current_pay"}
    ]);
    case["earnings"] = json!([{"month": "2016-06"}, {"month": "2016-06"}, {"month": "June"}]);
    let paid = |name: &str| json!({"payment": name, "month": "2016-06", "provider": "EN-A", "amount": "1398"});
    case["payments"] = json!([paid("p1m1"), paid("p9"), paid("p1m1")]);
    let mut found = of(&document);
    found.sort();
    let expected = [
        ("BENEFITS_OVERLAP", "/case/benefits/1"),
        ("EARNINGS_MONTH_DUPLICATE", "/case/earnings/1/month"),
        ("MONTH_FORMAT", "/case/benefits/2/from"),
        ("MONTH_FORMAT", "/case/earnings/2/month"),
        ("PAYMENT_DUPLICATE", "/case/payments/2/payment"),
        ("PAYMENT_NAME", "/case/payments/1/payment"),
    ];
    assert_eq!(found, expected.map(|(code, path)| (code.to_owned(), path.to_owned())));
}

#[test]
fn a_list_longer_than_any_tickets_is_refused_whole_and_problems_are_bounded() {
    for (list, limit) in [("earnings", 601), ("payments", 83), ("benefits", 1202), ("state_vr_cases", 601)] {
        let mut document = valid();
        document["case"][list] = json!(vec![0; limit + 1]);
        assert_eq!(of(&document), one("LIST_TOO_LONG", &format!("/case/{list}")));
        document["case"][list] = json!(vec![0; limit]);
        let found = of(&document);
        assert_eq!(found.len(), limit.min(501), "{list}");
        if limit > 500 {
            assert_eq!(found.last().unwrap().0, "PROBLEMS_LEFT_OUT");
        }
    }
}

#[test]
fn a_question_is_written_as_it_is_read() {
    let read = question(valid().to_string().as_bytes()).unwrap();
    let written = serde_json::to_vec(&read).unwrap();
    assert_eq!(question(&written).unwrap(), read);
}

#[test]
fn what_is_wrong_with_one_field_hides_nothing_that_can_be_told_without_it() {
    let with = |changes: &[(&str, Value)]| {
        let mut document = valid();
        for (pointer, value) in changes {
            match pointer.strip_suffix("/-") {
                Some(list) => document.pointer_mut(list).unwrap().as_array_mut().unwrap().push(value.clone()),
                None => *document.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone(),
            }
        }
        of(&document)
    };
    let both = |one: (&str, &str), other: (&str, &str)| {
        [one, other].map(|(code, path)| (code.to_owned(), path.to_owned())).to_vec()
    };
    let stranger = ("CLAIM_PROVIDER_NOT_ASSIGNED", "/claim/provider");
    assert_eq!(
        with(&[("/case/ticket/id", json!("900-12-3456")), ("/claim/provider", json!("ZZ"))]),
        both(("ID_IS_SSN", "/case/ticket/id"), stranger)
    );
    let day = "/case/ticket/assignments/0/assigned_on";
    assert_eq!(
        with(&[(day, json!("2016-05")), ("/claim/provider", json!("ZZ"))]),
        both(("DATE_FORMAT", day), stranger)
    );
    let again = json!({"payment": "p1m1", "month": "x", "provider": "EN-A", "amount": "1.00"});
    assert_eq!(
        with(&[("/case/payments/-", again)]),
        both(("MONTH_FORMAT", "/case/payments/1/month"), ("PAYMENT_DUPLICATE", "/case/payments/1/payment"))
    );
    let range = |title: &str, status: &str| json!({"title": title, "from": "2015-01", "to": null, "status": status});
    let overlap = ("BENEFITS_OVERLAP", "/case/benefits/3");
    assert_eq!(
        with(&[("/case/benefits/-", range("t16", "zzz"))]),
        both(("REQ_ENUM", "/case/benefits/3/status"), overlap)
    );
    assert_eq!(
        with(&[("/case/benefits/-", range("t16", "current_pay"))]),
        both(("FEDERAL_CASH_REQUIRED", "/case/benefits/3/federal_cash"), overlap)
    );
    assert_eq!(
        with(&[("/case/earnings/0/month", json!("2016-6")), ("/case/earnings/-", json!({"month": "1900-01"}))]),
        both(("MONTH_FORMAT", "/case/earnings/0/month"), ("CASE_SPAN_TOO_LONG", "/case"))
    );
    // Of a holder whose name or kind cannot be read nobody knows whether it is the one that claims.
    let kind = "/case/ticket/assignments/0/kind";
    assert_eq!(with(&[(kind, json!("x")), ("/claim/provider", json!("ZZ"))]), one("REQ_ENUM", kind));
}
