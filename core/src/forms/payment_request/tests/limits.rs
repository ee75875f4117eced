use super::*;

/// So many statements of single days, all of which fall into May and June 2025.
pub(super) fn statements(count: i8) -> Value {
    let first = jiff::civil::date(2025, 6, 1);
    let row = |index: i8| {
        let day = first.checked_add(jiff::Span::new().days(i64::from(index))).unwrap().to_string();
        json!({"period_start": day, "period_end": day, "pay_date": day, "gross": "50.00",
            "ytd_gross": format!("{}.00", 1000 + 50 * i32::from(index)), "withholdings_shown": true})
    };
    (0..count).map(row).collect()
}

/// The codes found when one value of a setting is another.
fn codes(setting: &Setting, pointer: &str, value: Value) -> Vec<&'static str> {
    setting.clone().with(pointer, value).found().into_iter().map(|(code, _)| code).collect()
}

#[test]
fn a_number_holds_at_its_limit_and_not_a_cent_beyond() {
    let free = milestone_1().with("/form/employer", json!({"employer_id": "E-1"}));
    let (range, none): (&[&str], &[&str]) = (&["PR_OUT_OF_RANGE"], &[]);
    for (setting, pointer, value, expected) in [
        (&free, "/form/employer/hourly_wage", "0.01", none),
        (&free, "/form/employer/hourly_wage", "0.00", range),
        (&free, "/form/employer/hourly_wage", "999.99", none),
        (&free, "/form/employer/hourly_wage", "1000.00", range),
        (&free, "/form/employer/hours_per_week", "168.00", none),
        (&free, "/form/employer/hours_per_week", "168.01", range),
        (&free, "/form/employer/hours_per_week", "0", range),
        (&free, "/form/employer/hours_per_week", "-1", range),
        (&self_employed(), "/form/sei/hours_worked", "0", none),
        (&self_employed(), "/form/sei/hours_worked", "744", none),
        (&self_employed(), "/form/sei/hours_worked", "744.01", range),
        (&free, "/form/earnings/0/gross", "0.00", range),
        (&free, "/form/earnings/0/gross", "100000.00", range),
    ] {
        assert_eq!(codes(setting, pointer, json!(value)), expected, "{pointer} {value}");
    }
    let most =
        free.with("/form/earnings/1/ytd_gross", json!("200000.00")).with("/form/earnings/1/gross", json!("99999.99"));
    assert_eq!(most.found(), []);
    for (share, expected) in
        [(json!(0), none), (json!(100), none), (json!(101), range), (json!("50"), range), (json!(0.5), range)]
    {
        assert_eq!(codes(&self_employed(), "/form/sei/partnership_share_pct", share), expected);
    }
}

#[test]
fn twenty_five_statements_are_taken_and_twenty_six_are_not() {
    let free = milestone_1().with("/form/employer", json!({"employer_id": "E-1"}));
    assert_eq!(codes(&free, "/form/earnings", statements(25)), [""; 0]);
    assert_eq!(codes(&free, "/form/earnings", statements(26)), ["PR_EARNINGS_TOO_MANY"]);
}

#[test]
fn a_pay_period_has_thirty_one_days_at_most() {
    let free = milestone_1().with("/form/employer", json!({"employer_id": "E-1"}));
    assert_eq!(codes(&free, "/form/earnings/0/period_start", json!("2025-05-15")), [""; 0]);
    assert_eq!(codes(&free, "/form/earnings/0/period_start", json!("2025-05-14")), ["PR_EARNINGS_PERIOD_LENGTH"]);
    assert_eq!(codes(&free, "/form/earnings/0/period_start", json!("0001-01-01")), ["PR_EARNINGS_PERIOD_LENGTH"]);
}

#[test]
fn the_length_of_a_period_goes_with_the_frequency() {
    let none: &[&str] = &[];
    let unlike: &[&str] = &["PR_PAY_FREQUENCY_MISMATCH"];
    for (frequency, first, last, expected) in [
        ("weekly", "2025-06-01", "2025-06-07", none),
        ("weekly", "2025-06-01", "2025-06-08", unlike),
        ("biweekly", "2025-06-01", "2025-06-13", unlike),
        ("semimonthly", "2025-06-01", "2025-06-12", unlike),
        ("semimonthly", "2025-06-01", "2025-06-13", none),
        ("semimonthly", "2025-06-01", "2025-06-16", none),
        ("semimonthly", "2025-06-01", "2025-06-17", unlike),
        ("monthly", "2025-06-01", "2025-06-27", unlike),
        ("monthly", "2025-06-01", "2025-06-28", none),
        ("monthly", "2025-05-30", "2025-06-29", none),
    ] {
        let row = json!([{"period_start": first, "period_end": last, "pay_date": "2025-06-30", "gross": "1300.00",
            "ytd_gross": "1300.00", "withholdings_shown": true}]);
        let setting = milestone_1().with("/form/employer", json!({"employer_id": "E-1", "pay_frequency": frequency}));
        assert_eq!(codes(&setting, "/form/earnings", row), expected, "{frequency} {first} {last}");
    }
}

#[test]
fn gross_is_within_half_of_wage_times_hours() {
    // Two weeks of 20 hours at $16.25 are $650.
    for (gross, unlike) in [("325.00", false), ("324.99", true), ("975.00", false), ("975.01", true)] {
        let setting = milestone_1().with("/form/earnings/1/gross", json!("650.00"));
        let found = codes(&setting, "/form/earnings/0/gross", json!(gross));
        assert_eq!(found.contains(&"PR_WAGE_HOURS_MISMATCH"), unlike, "{gross}");
    }
}

#[test]
fn the_mode_changes_on_july_31_2015() {
    let received = |setting: Setting, day: &str| {
        let found = setting
            .with("/received_on", json!(day))
            .with("/form/claim_month", json!("2015-06"))
            .with("/form/employer", json!({"employer_id": "E-1"}))
            .with("/on_file/people/0/case/ticket/assignments/0/assigned_on", json!("2015-01-10"))
            .with("/on_file/people/0/case/earnings", json!([{"month": "2015-06", "earned": "900.00"}]))
            .found();
        found.into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    let by_cert = || certified().with("/form/cert/contact_date", json!("2015-07-01"));
    assert_eq!(received(by_cert(), "2015-07-30"), [""; 0]);
    assert_eq!(received(by_cert(), "2015-07-31"), ["PR_MODE_NOT_ACCEPTED", "PR_PROOF_DELIVERY_REQUIRED"]);
    // Of what a certification holds that is not to be sent, nothing is said.
    let empty = by_cert().with("/form/cert", json!({}));
    assert_eq!(received(empty, "2015-07-31"), ["PR_MODE_NOT_ACCEPTED", "PR_PROOF_DELIVERY_REQUIRED"]);
    assert_eq!(received(proven(), "2015-07-30"), ["PR_MODE_NOT_ACCEPTED", "PR_CERT_SOURCE_REQUIRED"]);
    assert_eq!(received(proven(), "2015-07-31"), [""; 0]);
    // With pay statements: each field that is not of this mode.
    let with_rows = milestone_1().with("/received_on", json!("2015-07-30")).with("/form/claim_month", json!("2015-06"));
    for field in ["/earnings", "/proof_delivery"] {
        assert!(with_rows.found().contains(&("PR_MODE_NOT_ACCEPTED", field.to_owned())));
    }
}

#[test]
fn days_and_months_at_their_limits() {
    let none: &[&str] = &[];
    for (setting, day, expected) in [
        // 90 days after July 1, 2014, and 91.
        (certified(), "2014-09-29", none),
        (certified(), "2014-09-30", &["PR_CERT_CONTACT_OLD"][..]),
        // The month is over on the first day of the next.
        (proven(), "2025-07-01", none),
        (proven(), "2025-06-30", &["PR_CLAIM_MONTH_NOT_ENDED"]),
        (proven(), "2025-05-31", &["PR_CLAIM_MONTH_FUTURE"]),
        // 24 months after June 2025.
        (proven(), "2027-06-30", none),
        (proven(), "2027-07-01", &["PR_OUTSIDE_24_MONTHS"]),
    ] {
        let setting = setting
            .with("/on_file/organization/agreement_ends_on", Value::Null)
            .with("/on_file/organization/sam_expires_on", Value::Null);
        assert_eq!(codes(&setting, "/received_on", json!(day)), expected, "{day}");
    }
    let contact = |day: &str| codes(&certified(), "/form/cert/contact_date", json!(day));
    assert_eq!((contact("2014-06-01"), contact("2014-08-20")), (vec![], vec![]));
    let start = |day: &str| codes(&milestone_1(), "/form/employer/start_date", json!(day));
    assert_eq!((start("2025-06-30"), start("2025-07-01")), (vec![], vec!["PR_EMPLOYER_START_DATE"]));
}

#[test]
fn earnings_at_the_level_are_enough_and_a_cent_less_is_told() {
    let second = |setting: &Setting, gross: &str| codes(setting, "/form/earnings/1/gross", json!(gross));
    assert_eq!(second(&milestone_1(), "510.00"), [""; 0]);
    assert_eq!(second(&phase_2(), "720.00"), [""; 0]);
    assert_eq!(codes(&half_level(), "/form/earnings/0/gross", json!("580.00")), [""; 0]);
    // Half of the level on the basis of the whole one, and outside the last two weeks.
    assert_eq!(codes(&half_level(), "/form/p1m1_basis", json!("twl_in_month")), ["PR_BELOW_TWL"]);
    let free = half_level().with("/form/employer", json!({"employer_id": "E-1"}));
    assert_eq!(codes(&free, "/form/earnings/0/period_start", json!("2025-06-16")), ["PR_BELOW_HALF_TWL"]);
}

#[test]
fn an_entry_falls_into_the_month_by_the_basis_of_the_benefits() {
    let other = |title: &str, claim: &str| {
        let mut setting =
            milestone_1().with("/form/claim_month", json!(claim)).with("/form/earnings/1/gross", json!("1300.00"));
        setting = setting.with("/form/employer", json!({"employer_id": "E-1"}));
        setting = setting.with("/on_file/people/0/case/beneficiary/title", json!(title));
        let cash = |record: &str| {
            let mut benefit = json!({"title": record, "from": "2014-01", "to": null, "status": "current_pay"});
            if record == "t16" {
                benefit["federal_cash"] = json!(true);
            }
            benefit
        };
        let records: Vec<Value> = if title == "concurrent" { vec![cash("t2"), cash("t16")] } else { vec![cash(title)] };
        codes(&setting, "/on_file/people/0/case/benefits", json!(records))
    };
    // The second statement ends on June 28 and is paid on July 3.
    assert_eq!(other("t2", "2025-07"), ["PR_EARNINGS_OUTSIDE_MONTH"; 2]);
    assert_eq!(other("t16", "2025-07"), [""; 0]);
    assert_eq!(other("concurrent", "2025-07"), [""; 0]);
}
