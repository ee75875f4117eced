//! What is told of a mistake: no more than is so, and what to do next.

use super::*;

const ASSIGNMENTS: &str = "/on_file/people/0/case/ticket/assignments";

/// An assignment to the Employment Network that files.
fn own(from: &str, until: Option<&str>) -> Value {
    json!({"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": from, "unassigned_on": until})
}

#[test]
fn services_are_certified_when_the_ticket_is_not_with_the_provider_at_the_end_of_the_month() {
    let needed = |assignments: Value| {
        let found = phase_2().with(ASSIGNMENTS, assignments).found();
        found.contains(&("PR_SERVICES_NOT_CERTIFIED", "/services_certified".to_owned()))
    };
    let first = |until| own("2025-01-10", Some(until));
    assert!(!needed(json!([own("2025-01-10", None)])));
    assert!(!needed(json!([first("2025-07-01")])));
    assert!(needed(json!([first("2025-06-30")])));
    assert!(needed(json!([first("2025-03-15")])));
    // It came back in the month, on its last day, or only after it.
    assert!(!needed(json!([first("2025-06-01"), own("2025-06-01", None)])));
    assert!(!needed(json!([first("2025-06-01"), own("2025-06-30", None)])));
    assert!(needed(json!([first("2025-06-01"), own("2025-07-01", None)])));
    let other =
        json!({"provider": "EN-B", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2025-06-01"});
    assert!(needed(json!([first("2025-06-01"), other])));
}

/// What is said of one code.
fn message(setting: &Setting, code: &str) -> String {
    let problems = setting.check().map_or_else(|problems| problems, |filing| filing.warnings().to_vec());
    problems.iter().find(|problem| problem.code == code).map(|problem| problem.message.clone()).unwrap_or_default()
}

#[test]
fn after_entitlement_ended_because_of_work_earnings_must_be_above_the_level() {
    let status = "/on_file/people/0/case/benefits/1/status";
    let with = |status_of: &str, gross: &str| {
        outcome().with(status, json!(status_of)).with("/form/earnings/1/gross", json!(gross))
    };
    let too_low = [("PR_BELOW_SGA", "/claim_month".to_owned())];
    assert_eq!(with("ended_work", "720.01").found(), []);
    for gross in ["720.00", "719.99"] {
        let ended = with("ended_work", gross);
        assert_eq!(ended.found(), too_low, "{gross}");
        let text = message(&ended, "PR_BELOW_SGA");
        assert!(text.contains("must be above substantial gainful activity, $1,620;"), "{text}");
    }
    assert_eq!(with("suspended_work", "720.00").found(), []);
    let suspended = with("suspended_work", "719.99");
    assert_eq!(suspended.found(), too_low);
    let text = message(&suspended, "PR_BELOW_SGA");
    assert!(text.contains("must be at or above substantial gainful activity, $1,620;"), "{text}");
    let text = message(&phase_2().with("/form/earnings/1/gross", json!("719.99")), "PR_BELOW_SGA");
    assert!(text.contains("must be at or above substantial gainful activity, $1,620;"), "{text}");
    assert_eq!(with("suspended_other", "900.00").found(), [("PR_NOT_IN_SUSPENSE", "/claim_month".to_owned())]);
}

#[test]
fn the_first_milestone_is_told_its_level_and_the_others_their_months() {
    let problem = |setting: Setting| {
        let filing = setting.filing();
        filing.warnings().iter().find(|warning| warning.code == "PR_BELOW_TWL").cloned().unwrap()
    };
    let first = problem(milestone_1().with("/form/earnings/1/gross", json!("509.99")));
    assert_eq!(
        first.message,
        "By what is on file and in this request, the claim month does not reach the trial work level of $1,160; check the earnings."
    );
    assert_eq!((&first.params["earnings"], &first.params["level"]), (&json!("1159.99"), &json!("1160.00")));
    let posted =
        |months: &[&str]| months.iter().map(|month| json!({"month": month, "earned": "1200.00"})).collect::<Value>();
    let later = |kind: &str, months: &[&str], gross: &str| {
        milestone_1()
            .with("/form/request_type", json!(kind))
            .with("/form/p1m1_basis", Value::Null)
            .with("/form/earnings/1/gross", json!(gross))
            .with("/on_file/people/0/case/earnings", posted(months))
    };
    let second = problem(later("p1m2", &["2025-05"], "650.00"));
    assert_eq!(
        second.message,
        "By what is on file and in this request, 2 of the 6 months that end with the claim month count as months at the trial work level, and 3 are needed, the claim month among them; check the earnings."
    );
    let counts = |problem: &Problem| ["reached", "within", "needed"].map(|name| problem.params[name].as_u64().unwrap());
    assert_eq!(counts(&second), [2, 6, 3]);
    // Months enough, and the claim month is not one of them.
    let months = ["2025-02", "2025-03", "2025-04", "2025-05"];
    assert_eq!(counts(&problem(later("p1m2", &months, "509.99"))), [4, 6, 3]);
    assert_eq!(counts(&problem(later("p1m3", &months, "650.00"))), [5, 12, 6]);
    assert_eq!(counts(&problem(later("p1m4", &[], "509.99"))), [0, 18, 9]);
}

#[test]
fn a_statement_outside_the_month_is_told_by_which_day_it_counts() {
    let with = |title: &str, records: &[&str]| {
        let cash = |record: &&str| json!({"title": record, "from": "2014-01", "to": null, "status": "current_pay", "federal_cash": *record == "t16"});
        milestone_1()
            .with("/form/employer", json!({"employer_id": "E-1"}))
            .with("/on_file/people/0/case/beneficiary/title", json!(title))
            .with("/on_file/people/0/case/benefits", records.iter().map(cash).collect())
    };
    let at = |paths: [&str; 2]| paths.map(|path| ("PR_EARNINGS_OUTSIDE_MONTH", path.to_owned()));
    let t2 = with("t2", &["t2"]).with("/form/claim_month", json!("2025-07"));
    assert_eq!(t2.found(), at(["/earnings/0/period_end", "/earnings/1/period_end"]));
    assert_eq!(
        message(&t2, "PR_EARNINGS_OUTSIDE_MONTH"),
        "No pay statement falls into the claim month by the end of the pay period; add one, or correct the dates or the month."
    );
    let t16 = with("t16", &["t16"]).with("/form/claim_month", json!("2025-05"));
    assert_eq!(t16.found(), at(["/earnings/0/pay_date", "/earnings/1/pay_date"]));
    assert!(message(&t16, "PR_EARNINGS_OUTSIDE_MONTH").contains("claim month by the day of pay;"));
    let both = with("concurrent", &["t2", "t16"]).with("/form/claim_month", json!("2025-05"));
    assert_eq!(both.found(), at(["/earnings/0", "/earnings/1"]));
    let text = message(&both, "PR_EARNINGS_OUTSIDE_MONTH");
    assert!(text.contains("by the end of the pay period or by the day of pay;"), "{text}");
}

#[test]
fn phase_2_before_the_end_of_phase_1_is_told_with_the_milestone_and_the_next_step() {
    let payments = |last: Option<&str>| {
        let paid = |payment: &str, month: &str| json!({"payment": payment, "month": month, "provider": "EN-A", "amount": "1850"});
        let mut all = vec![paid("p1m1", "2025-02"), paid("p1m2", "2025-03"), paid("p1m3", "2025-04")];
        all.extend(last.map(|month| paid("p1m4", month)));
        phase_2().with("/on_file/people/0/case/payments", Value::Array(all))
    };
    let told = |setting: Setting| {
        let problems = setting.check().unwrap_err();
        let problem = problems.iter().find(|problem| problem.code == "PR_SEQUENCE_PHASE1_OPEN").unwrap();
        assert_eq!(problem.params["milestone"], "p1m4");
        (problem.message.clone(), problem.params.get("month").cloned())
    };
    let open = "Phase 2 is paid only for months after Phase 1; claim Phase 1 Milestone 4 first, which is still open.";
    assert_eq!(told(payments(None)), (open.to_owned(), None));
    let earlier = |live: bool| json!({"form": "payment_request", "received_on": "2025-08-01", "provider": "EN-A", "payment": "p1m4", "month": "2025-05", "live": live});
    let requested = payments(None).with("/on_file/people/0/earlier/-", earlier(true));
    let wait = "Phase 2 is paid only for months after Phase 1; Phase 1 Milestone 4 is requested already, so wait for its answer.";
    assert_eq!(told(requested), (wait.to_owned(), None));
    let refused = payments(None).with("/on_file/people/0/earlier/-", earlier(false));
    assert_eq!(told(refused), (open.to_owned(), None));
    let later = "Phase 2 is paid only for months after Phase 1; Phase 1 Milestone 4 was paid for July 2025, so claim a month after that.";
    assert_eq!(told(payments(Some("2025-07"))), (later.to_owned(), Some(json!("2025-07"))));
    assert_eq!(payments(Some("2025-05")).found(), []);
}

/// Claim months that are not over, or none at all.
const NOT_OVER: [(&str, &str); 3] = [
    ("2025-08", "PR_CLAIM_MONTH_NOT_ENDED"),
    ("2025-09", "PR_CLAIM_MONTH_FUTURE"),
    ("2025-13", "PR_CLAIM_MONTH_FORMAT"),
];

#[test]
fn a_claim_month_that_is_not_over_hides_nothing_that_needs_no_month() {
    let paid =
        |payment: &str, month: &str| json!([{"payment": payment, "month": month, "provider": "EN-A", "amount": "666"}]);
    let earlier = |payment: &str| json!([{"form": "payment_request", "received_on": "2025-07-01", "provider": "EN-A", "payment": payment, "month": "2025-05", "live": true}]);
    let (payments, before) = ("/on_file/people/0/case/payments", "/on_file/people/0/earlier");
    let all: Value =
        (1..=11).map(|number| paid(&format!("p2m{number}"), &format!("2024-{number:02}"))[0].clone()).collect();
    let kind = "/form/request_type";
    for (month, code) in NOT_OVER {
        let claimed =
            |setting: Setting| setting.with("/form/claim_month", json!(month)).with("/form/earnings", Value::Null);
        for (setting, also, path) in [
            (
                claimed(milestone_1()).with("/form/payment_method", json!("outcome_only")),
                "PR_METHOD_NOT_ELECTED",
                "/payment_method",
            ),
            (claimed(phase_2()).with(kind, json!("p2m12")), "PR_TYPE_OUT_OF_RANGE_FOR_TITLE", "/request_type"),
            (claimed(outcome()).with(kind, json!("outcome37")), "PR_TYPE_OUT_OF_RANGE_FOR_TITLE", "/request_type"),
            (claimed(milestone_1()).with(payments, paid("p1m1", "2025-05")), "PR_ALREADY_PAID", "/request_type"),
            (claimed(phase_2()).with(payments, all.clone()), "PR_ALREADY_PAID", "/request_type"),
            (claimed(milestone_1()).with(before, earlier("p1m1")), "PR_DUPLICATE_REQUEST", "/request_type"),
            (
                claimed(phase_2()).with(kind, json!("p2m2")).with(before, earlier("p2m2")),
                "PR_DUPLICATE_REQUEST",
                "/request_type",
            ),
        ] {
            let mut found = setting.found();
            // Whether there must be pay statements is another question.
            found.retain(|(code, _)| !["PR_EARNINGS_REQUIRED", "PR_SERVICES_NOT_CERTIFIED"].contains(code));
            found.sort();
            let mut expected = [(code, "/claim_month".to_owned()), (also, path.to_owned())];
            expected.sort();
            assert_eq!(found, expected, "{month}");
        }
    }
}

#[test]
fn a_payment_that_could_not_be_read_does_not_hide_that_the_month_is_paid() {
    let paid = json!([{"payment": "p1m2", "month": "2025-06", "provider": "EN-A", "amount": "1850"}]);
    let setting = milestone_1().with("/form/request_type", json!("p9")).with("/on_file/people/0/case/payments", paid);
    assert!(setting.found().contains(&("PR_ALREADY_PAID", "/claim_month".to_owned())));
}

#[test]
fn without_a_month_a_payment_method_of_any_assignment_may_be_right() {
    let other =
        json!({"provider": "EN-A", "kind": "en", "payment_system": "outcome_only", "assigned_on": "2025-05-01"});
    let two = milestone_1()
        .with(ASSIGNMENTS, json!([own("2025-01-10", Some("2025-05-01")), other]))
        .with("/form/request_type", json!("outcome"))
        .with("/form/p1m1_basis", Value::Null);
    let refused = |month: &str, method: &str| {
        let found =
            two.clone().with("/form/claim_month", json!(month)).with("/form/payment_method", json!(method)).found();
        found.contains(&("PR_METHOD_NOT_ELECTED", "/payment_method".to_owned()))
    };
    // By the month it is told which of the two counts.
    assert_eq!(["2025-05", "2025-06", "2025-08"].map(|month| refused(month, "outcome_milestone")), [false, true, true]);
    assert_eq!(["2025-05", "2025-06", "2025-08"].map(|month| refused(month, "outcome_only")), [true, false, false]);
    assert!(!refused("2025-13", "outcome_milestone") && !refused("2025-13", "outcome_only"));
}

#[test]
fn without_a_month_pay_statements_are_asked_for_where_no_month_could_do_without() {
    let required = |setting: Setting, month: &str| {
        let found = setting.with("/form/claim_month", json!(month)).with("/form/earnings", Value::Null).found();
        found.contains(&("PR_EARNINGS_REQUIRED", "/earnings".to_owned()))
    };
    assert!(required(milestone_1(), "2025-13"), "nothing is posted");
    assert!(required(proven().with("/form/p1m1_basis", json!("half_twl_in_last_period")), "2025-13"));
    assert!(!required(proven(), "2025-13"));
    assert!(!required(milestone_1(), "2025-08"), "there are none yet");
}

#[test]
fn of_what_is_no_form_at_all_nothing_more_is_said() {
    for day in ["2014-08-20", "2025-08-20", "2025-08-21"] {
        for form in [json!([]), json!("x"), Value::Null] {
            let setting = milestone_1().with("/received_on", json!(day)).with("/form", form);
            assert_eq!(setting.found(), [("REQ_TYPE", String::new())], "{day}");
        }
    }
}

#[test]
fn of_evidence_that_is_not_to_be_sent_nothing_more_is_said() {
    let found = |field: &str, value: Value| certified().with(&format!("/form/{field}"), value).found();
    let refused = |field: &str| [("PR_MODE_NOT_ACCEPTED", format!("/{field}"))];
    let rows = milestone_1().0["form"]["earnings"].clone();
    for value in
        [json!("x"), json!([{}]), json!([{"period_start": "x"}]), json!({}), rows.clone(), limits::statements(26)]
    {
        assert_eq!(found("earnings", value.clone()), refused("earnings"), "{value}");
    }
    assert_eq!(found("earnings", json!([])), []);
    for value in [json!("faxed_in"), json!("x"), json!(5)] {
        assert_eq!(found("proof_delivery", value), refused("proof_delivery"));
    }
    // The kind of work is asked for as ever, and no second word is said of the statements.
    let self_employed = certified().with("/form/work_type", json!("self_employed")).with("/form/earnings", rows);
    let mut codes: Vec<_> = self_employed.found().into_iter().map(|(code, _)| code).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["PR_MODE_NOT_ACCEPTED", "PR_SELF_EMPLOYED_NEEDS_SEI"]);
}

#[test]
fn an_employer_of_which_nothing_is_given_is_left_out() {
    let nothing = [
        json!({}),
        json!({"name": null, "employer_id": null}),
        json!({"name": "", "ein": null, "start_date": null}),
        json!({"name": "  "}),
    ];
    for employer in nothing {
        let setting = self_employed().with("/form/employer", employer.clone());
        assert_eq!(setting.found(), [], "{employer}");
        assert!(!setting.filing().document().contains("\"employer\""), "{employer}");
        let required = [("PR_EMPLOYER_REQUIRED", "/employer".to_owned())];
        assert_eq!(milestone_1().with("/form/employer", employer.clone()).found(), required, "{employer}");
    }
    // What is said of an employer belongs to one.
    let nameless = json!({"name": "", "hourly_wage": "16.25"});
    assert_eq!(
        self_employed().with("/form/employer", nameless).found(),
        [("PR_EMPLOYER_REQUIRED", "/employer".to_owned())]
    );
}

#[test]
fn a_blank_name_beside_an_employer_on_file_is_left_out() {
    for name in ["", "  "] {
        let setting = milestone_1().with("/form/employer", json!({"name": name, "employer_id": "E-1"}));
        assert_eq!(setting.found(), [], "{name:?}");
        assert!(setting.filing().document().contains(r#""employer":{"employer_id":"E-1","name":"Corner Shop""#));
    }
}

#[test]
fn wages_below_nothing_are_told_what_they_may_be_and_nothing_of_losses() {
    let row = "/form/earnings/0";
    for (setting, pointer, value, expected) in [
        (milestone_1(), format!("{row}/gross"), "-5.00", "This must be more than 0 and at most 99,999.99; correct it."),
        (milestone_1(), format!("{row}/ytd_gross"), "-5.00", "This must be 0 or more; correct it."),
        (
            milestone_1(),
            "/form/employer/hourly_wage".to_owned(),
            "-0.01",
            "This must be more than 0 and at most 999.99; correct it.",
        ),
    ] {
        let problems = setting.with(&pointer, json!(value)).check().unwrap_err();
        let told: Vec<_> = problems.iter().map(|problem| (problem.code, &*problem.path, &*problem.message)).collect();
        assert_eq!(told, [("PR_OUT_OF_RANGE", pointer.trim_start_matches("/form"), expected)]);
    }
    // A business can make a loss.
    for field in ["net", "business_expenses"] {
        let setting = self_employed().with(&format!("/form/sei/{field}"), json!("-5.00"));
        assert_eq!(setting.found(), [("MONEY_NEGATIVE", format!("/sei/{field}"))]);
    }
    let most = milestone_1().with(&format!("{row}/ytd_gross"), json!("999999999.99"));
    assert_eq!(most.found(), [("PR_YTD_DECREASES", "/earnings/1/ytd_gross".to_owned())]);
    assert_eq!(
        milestone_1().with(&format!("{row}/gross"), json!("x")).found(),
        [("MONEY_FORMAT", "/earnings/0/gross".to_owned())]
    );
    assert_eq!(
        milestone_1().with(&format!("{row}/gross"), json!(-5)).found(),
        [("MONEY_FORMAT", "/earnings/0/gross".to_owned())]
    );
}

#[test]
fn how_earnings_are_shown_on_the_day_is_told_in_plain_words() {
    let certified_today = milestone_1().with("/form/cert", json!({}));
    assert_eq!(
        message(&certified_today, "PR_MODE_NOT_ACCEPTED"),
        "Requests received on this day show earnings by evidence, not by certification; leave this field out."
    );
    let evidence_then = certified().with("/form/proof_delivery", json!("faxed_in"));
    assert_eq!(
        message(&evidence_then, "PR_MODE_NOT_ACCEPTED"),
        "Requests received on this day show earnings by certification, not by evidence; leave this field out."
    );
}

/// Words of the wire that are words of no clerk; those with a low line are found by it.
const OF_THE_WIRE: [&str; 6] = ["sei", "cert", "p1m1", "p2", "outcome60", "null"];

#[test]
fn sentences_hold_no_words_of_the_wire() {
    let mut read = 0;
    for (setting, changes, code, path) in provoked::rows().into_iter().filter(|row| row.2.starts_with("PR_")) {
        let changed = changes.into_iter().fold(setting, |setting, (pointer, value)| setting.with(pointer, value));
        let text = message(&changed, code);
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        assert!(!text.is_empty() && !text.contains('{'), "{code} at {path}: {text}");
        assert!(words.all(|word| !word.contains('_') && !OF_THE_WIRE.contains(&word)), "{code}: {text}");
        read += 1;
    }
    assert!(read > 80, "{read}");
}

#[test]
fn the_words_that_may_be_sent_stand_beside_the_sentence() {
    let allowed = |setting: Setting, field: &str, value: Value, code: &str| {
        let problems = setting.with(&format!("/form/{field}"), value).check().unwrap_err();
        let problem = problems.iter().find(|problem| problem.code == code).unwrap();
        problem.params["allowed"].clone()
    };
    let m1 = milestone_1;
    assert_eq!(
        allowed(m1(), "payment_method", Value::Null, "PR_PAYMENT_METHOD_REQUIRED"),
        json!(["outcome_milestone", "outcome_only"])
    );
    assert_eq!(
        allowed(m1(), "proof_delivery", Value::Null, "PR_PROOF_DELIVERY_REQUIRED"),
        json!(["none_needed", "faxed_in"])
    );
    let bases = allowed(m1(), "p1m1_basis", Value::Null, "PR_P1M1_BASIS_REQUIRED");
    assert_eq!(bases, json!(["twl_in_month", "half_twl_in_last_period"]));
    let kinds = allowed(m1(), "request_type", json!("p9"), "PR_REQUEST_TYPE");
    assert_eq!(kinds.as_array().unwrap().len(), 4 + 1 + 18 + 1 + 60);
    for kind in kinds.as_array().unwrap() {
        let setting = m1().with("/form/request_type", kind.clone());
        assert!(setting.found().iter().all(|(code, _)| *code != "PR_REQUEST_TYPE"), "{kind}");
    }
}
