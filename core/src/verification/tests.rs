use crate::Engine;
use serde_json::{Value, json};
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builtin().unwrap());

fn month(month: &str, gross: &str) -> Value {
    json!({"month": month, "gross": gross, "vrfd": "Y"})
}

fn case(months: &[Value], through: &str) -> Value {
    json!({"title": "t2", "blind": false, "disability": [{"from": "2010-01"}], "months": months, "through": through})
}

fn answer(case: &Value) -> Value {
    let text = ENGINE.work_determination_json(json!({"case": case}).to_string().as_bytes());
    serde_json::from_str(&text.unwrap_or_else(|found| panic!("{found:#?}"))).unwrap()
}

/// The codes as one word: `123O`, with `?` where it cannot be known.
fn codes(case: &Value) -> String {
    let answer = answer(case);
    answer["months"].as_array().unwrap().iter().map(|month| month["work_det"].as_str().unwrap_or("?")).collect()
}

fn refused(case: &Value, entry: &Value) -> Vec<String> {
    let request = json!({"case": case, "entry": entry});
    match ENGINE.vern_entry_json(request.to_string().as_bytes()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.into_iter().map(|problem| format!("{} {}", problem.code, problem.path)).collect(),
    }
}

/// Months of a year with more than the trial work level and substantial: $3,000 each.
fn worked(year: i32, months: std::ops::RangeInclusive<i32>) -> Vec<Value> {
    months.map(|number| month(&format!("{year}-{number:02}"), "3000.00")).collect()
}

/// POMS DI 13010.060, Service Months: wages and self-employment of more than the year's amount, or more than 80 hours (40 before 2001).
#[test]
fn a_service_month_needs_more_than_the_level_or_more_hours_than_count() {
    for (year, level) in [(2001, 530), (2006, 620), (2010, 720), (2015, 780), (2018, 850), (2026, 1210)] {
        let through = format!("{year}-12");
        let of_year = |entry: Value| {
            let mut case = case(&[entry], &through);
            case["disability"][0]["from"] = json!("1999-01");
            codes(&case)
        };
        let at = format!("{year}-03");
        let exactly = format!("{level}.00");
        assert_eq!(of_year(month(&at, &exactly)), "O", "{year}");
        assert_eq!(of_year(month(&at, &format!("{level}.01"))), "1", "{year}");
        let own = |net: &str, hours: u16| json!({"month": at, "net_se": net, "se_hours": hours, "vrfd": "Y"});
        assert_eq!(of_year(own(&exactly, 80)), "O", "{year}");
        assert_eq!(of_year(own("0.00", 81)), "1", "{year}");
        assert_eq!(of_year(own(&format!("{level}.01"), 0)), "1", "{year}");
    }
    let before_2001 = |hours: u16| {
        let mut case =
            case(&[json!({"month": "2000-03", "net_se": "0.00", "se_hours": hours, "vrfd": "Y"})], "2000-12");
        case["disability"][0]["from"] = json!("1999-01");
        codes(&case)
    };
    assert_eq!((before_2001(40), before_2001(41)), ("O".to_owned(), "1".to_owned()));
}

#[test]
fn nine_service_months_end_the_trial_work_period() {
    let mut months = worked(2024, 1..=11);
    months.push(month("2024-12", "900.00"));
    months.push(month("2025-01", "900.00"));
    let case = case(&months, "2025-01");
    assert_eq!(codes(&case), "123456789SSSN");
    let answer = answer(&case);
    let period = &answer["trial_work_periods"][0];
    assert_eq!((&period["ended_in"], &period["ceased_in"]), (&json!("2024-09"), &json!("2024-10")));
    assert_eq!(period["reentitlement"], json!(["2024-10", "2027-09"]));
    assert_eq!(period["grace_months"], json!(["2024-11", "2024-12"]));
    let by: Vec<&Value> = answer["months"].as_array().unwrap().iter().map(|month| &month["post_by"]).collect();
    assert_eq!(by[6..10], ["ework", "vern", "vern", "ework"], "months 8 and 9 are entered by hand");
}

#[test]
fn service_months_drop_out_of_sixty_months() {
    // January 2015 is the first of 60 months that end in December 2019, and the one before those that end in January 2020.
    let mut months = vec![month("2015-01", "3000.00")];
    months.extend(worked(2019, 5..=12));
    assert_eq!(codes(&case(&months, "2019-12")), "123456789");
    months.pop();
    months.push(month("2020-01", "3000.00"));
    assert_eq!(codes(&case(&months, "2020-01")), "E12345678");
    // No month is needed for one to expire.
    assert_eq!(codes(&case(&[month("2015-01", "3000.00")], "2019-12")), "1");
    assert_eq!(codes(&case(&[month("2015-01", "3000.00")], "2020-01")), "E");
}

#[test]
fn substantial_work_is_judged_by_what_counts_and_by_the_blind_amount_for_the_blind() {
    let after = |entry: Value, blind: bool| {
        let mut months = worked(2024, 1..=9);
        months.push(entry);
        let mut case = case(&months, "2024-12");
        case["blind"] = json!(blind);
        codes(&case).trim_start_matches(|code: char| code.is_ascii_digit()).to_owned()
    };
    assert_eq!(after(month("2024-10", "1550.00"), false), "N");
    assert_eq!(after(month("2024-10", "1550.01"), false), "S");
    assert_eq!(after(month("2024-10", "2590.00"), true), "N");
    assert_eq!(after(month("2024-10", "2590.01"), true), "S");
    let taken = |kind: &str, fields: Value| {
        let mut entry = json!({"month": "2024-10", "vrfd": "Y", "not_counted": [{"type": kind, "amount": "100.00"}]});
        entry.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        after(entry, false)
    };
    for kind in ["WE", "SB", "SC"] {
        assert_eq!(taken(kind, json!({"gross": "1650.00"})), "N", "{kind}");
        assert_eq!(taken(kind, json!({"gross": "1650.01"})), "S", "{kind}");
    }
    assert_eq!(taken("BE", json!({"net_se": "1650.00"})), "N");
    assert_eq!(taken("PA", json!({"gross": "1650.00"})), "S", "of title XVI, counted under title II");
    assert_eq!(taken("WE", json!({"net_se": "1650.00"})), "N", "taken from self-employment where there are no wages");
}

#[test]
fn an_unsuccessful_attempt_ceases_nothing() {
    let mut with = case(&[worked(2024, 1..=10), vec![month("2024-12", "3000.00")]].concat(), "2024-12");
    with["unsuccessful_attempts"] = json!(["2024-10", "2024-03"]);
    assert_eq!(codes(&with), "123456789US", "in the trial work period it is a service month");
    assert_eq!(answer(&with)["trial_work_periods"][0]["ceased_in"], "2024-12");
}

#[test]
fn what_is_not_verified_is_numbered_in_the_trial_work_period_and_n_after_it() {
    let mut months = worked(2024, 1..=11);
    months[2]["vrfd"] = json!("N");
    months[9]["vrfd"] = json!("N");
    // Fraud is not yet a final determination.
    months[4]["vrfd"] = json!("F");
    let case = case(&months, "2024-12");
    assert_eq!(codes(&case), "123456789NS");
    let answer = answer(&case);
    let is_final: Vec<bool> = (2..5).map(|month| answer["months"][month]["is_final"] == true).collect();
    assert_eq!(is_final, [false, true, false]);
}

#[test]
fn months_of_reinstatement_have_codes_of_their_own_until_twenty_four_are_paid() {
    let mut case = case(
        &[
            worked(2022, 1..=2),
            vec![month("2022-03", "100.00"), month("2022-04", "100.00"), month("2024-03", "3000.00")],
            worked(2024, 4..=4),
        ]
        .concat(),
        "2024-12",
    );
    case["disability"] = json!([{"from": "2022-01", "reinstated": true}]);
    case["not_paid"] = json!(["2022-04"]);
    // Three months are not paid, so the 24th paid one is March 2024 if that were paid; it is substantial. April too, and so on.
    assert_eq!(codes(&case), "WWIXWW");
    case["months"].as_array_mut().unwrap().remove(4);
    assert_eq!(codes(&case), "WWIX1", "after 24 paid months a new trial work period begins");
}

#[test]
fn a_month_outside_disability_is_other_and_each_period_has_its_own_trial() {
    let mut case = case(&[worked(2018, 1..=2), worked(2019, 1..=1), worked(2020, 1..=1)].concat(), "2020-12");
    case["disability"] = json!([{"from": "2018-02", "to": "2018-12"}, {"from": "2020-01", "to": null}]);
    assert_eq!(codes(&case), "O1O1");
}

#[test]
fn a_level_that_is_not_known_leaves_open_what_it_would_settle() {
    let case = case(&[worked(2026, 12..=12), worked(2027, 1..=2)].concat(), "2027-12");
    assert_eq!(codes(&case), "1??");
    assert_eq!(answer(&case)["missing"], json!(["/parameters/thresholds/2027"]));
    assert_eq!(answer(&case)["trial_work_periods"][0]["is_certain"], false);
}

#[test]
fn an_entry_has_the_code_of_its_month() {
    let in_trial = case(&worked(2024, 1..=3), "2024-12");
    let after = case(&worked(2024, 1..=9), "2024-12");
    let entry = |month: &str, work_det: &str, gross: &str| json!({"month": month, "work_det": work_det, "gross": gross, "vrfd": "Y"});
    for (case, entry, expected) in [
        (&in_trial, entry("2024-04", "4", "1110.01"), None),
        (&in_trial, entry("2024-04", "4", "1110.00"), Some("VERN_NOT_SERVICE_MONTH")),
        (&in_trial, entry("2024-04", "O", "1110.00"), None),
        (&in_trial, entry("2024-04", "O", "1110.01"), Some("VERN_SERVICE_MONTH")),
        (&in_trial, entry("2024-04", "5", "1110.01"), Some("VERN_TWP_NUMBER")),
        (&in_trial, entry("2024-04", "N", "100.00"), Some("VERN_TWP_NOT_ENDED")),
        (&in_trial, entry("2024-04", "S", "3000.00"), Some("VERN_TWP_NOT_ENDED")),
        (&in_trial, entry("2024-04", "E", "3000.00"), Some("VERN_NOT_EXPIRED")),
        (&in_trial, entry("2024-04", "W", "3000.00"), Some("VERN_NOT_REINSTATED")),
        (&in_trial, entry("2009-04", "1", "3000.00"), Some("VERN_OUTSIDE")),
        (&after, entry("2024-10", "N", "1550.00"), None),
        (&after, entry("2024-10", "N", "1550.01"), Some("VERN_IS_SGA")),
        (&after, entry("2024-10", "S", "1550.00"), Some("VERN_NOT_SGA")),
        (&after, entry("2024-10", "U", "1550.01"), None),
        (&after, entry("2024-10", "U", "1550.00"), Some("VERN_NOT_SGA")),
        (&after, entry("2024-10", "O", "1.00"), Some("VERN_TWP_OVER")),
        (&after, entry("2024-10", "9", "3000.00"), Some("VERN_TWP_OVER")),
    ] {
        let expected: Vec<String> = expected.iter().map(|code| format!("{code} /entry/work_det")).collect();
        assert_eq!(refused(case, &entry), expected, "{entry}");
    }
}

/// What is said of a refused entry.
fn advice(case: &Value, entry: &Value) -> Vec<String> {
    let request = json!({"case": case, "entry": entry});
    let problems = ENGINE.vern_entry_json(request.to_string().as_bytes()).unwrap_err();
    problems.into_iter().map(|problem| problem.message).collect()
}

#[test]
fn the_advice_about_a_refused_entry_is_accepted_when_it_is_followed() {
    let case = case(&[month("2015-01", "3000.00"), month("2020-06", "900.00")], "2020-06");
    let entry = |work_det: &str| json!({"month": "2015-01", "work_det": work_det, "gross": "3000.00", "vrfd": "Y"});
    assert_eq!(advice(&case, &entry("O")), ["The month is a service month of the trial work period; enter E."]);
    assert_eq!(advice(&case, &entry("1")), ["This is not the code of this service month; enter E."]);
    assert_eq!(refused(&case, &entry("E")), [""; 0]);
    // Earnings that are not verified are more than the level and still no substantial work.
    let after = self::case(&worked(2024, 1..=9), "2024-12");
    let unverified = json!({"month": "2024-10", "work_det": "S", "gross": "5000.00", "vrfd": "N"});
    assert_eq!(
        advice(&after, &unverified),
        ["The month has no verified earnings that are substantial, and it is no month of grace; enter N."]
    );
}

#[test]
fn the_reason_of_a_month_goes_with_its_code() {
    let reason = |case: &Value, month: &str| {
        let answer = answer(case);
        let found = answer["months"].as_array().unwrap().iter().find(|found| found["month"] == month).unwrap().clone();
        format!("{} {}", found["work_det"].as_str().unwrap(), found["reasons"][0]["text"].as_str().unwrap())
    };
    let mut months = worked(2024, 1..=10);
    months.extend([month("2024-11", "500.00"), month("2025-01", "500.00")]);
    let mut story = case(&months, "2025-01");
    assert_eq!(reason(&story, "2024-10"), "S $3,000 is more than the level of substantial work, $1,550.");
    let grace =
        "S November 2024 is a month of grace after the one in which disability ceased, whatever was earned in it.";
    assert_eq!(reason(&story, "2024-11"), grace);
    assert_eq!(reason(&story, "2025-01"), "N $500 is not more than the level of substantial work, $1,620.");
    story["unsuccessful_attempts"] = json!(["2024-10"]);
    let attempt = "U $3,000 is more than the level of substantial work, $1,550; the work attempt was unsuccessful.";
    assert_eq!(reason(&story, "2024-10"), attempt);
    let mut reinstated = case(&worked(2024, 1..=2), "2024-03");
    reinstated["disability"][0] = json!({"from": "2024-01", "reinstated": true});
    reinstated["not_paid"] = json!(["2024-02"]);
    assert_eq!(reason(&reinstated, "2024-01"), "W $3,000 is more than the level of substantial work, $1,550.");
    assert_eq!(reason(&reinstated, "2024-02"), "X February 2024 is not paid, whatever was earned in it.");
}

#[test]
fn lists_are_those_of_the_day() {
    let issue = |id: &str, kind: &str, opened: &str, cleared: Value| {
        json!({"id": id, "person": "P-1", "kind": kind, "month": "2026-03",
        "office": "A", "opened_on": opened, "cleared_on": cleared, "by_hand": false})
    };
    let issues = json!([
        issue("1", "ERNGS", "2026-04-01", json!("2026-06-16")),
        issue("2", "ERNGS", "2026-04-01", json!("2026-06-15")),
        issue("3", "T2VY", "2026-06-15", Value::Null),
        issue("4", "16VY", "2026-06-16", Value::Null),
    ]);
    let answer = lists(&ENGINE, &json!({"today": "2026-06-15", "issues": issues}));
    let ids = |list: &str| -> Vec<String> {
        answer[list].as_array().unwrap().iter().map(|issue| issue["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("pending"), ["1", "3"], "cleared later is pending today, opened later is not");
    assert_eq!(ids("aged"), ["1"]);
    assert_eq!(
        (ids("clearing"), &answer["clearing"][0]["clears_itself"]),
        (vec!["3".to_owned(), "1".to_owned()], &json!(true))
    );
    assert_eq!(answer["summary"][0]["total"], 2);
}

#[test]
fn amounts_not_counted_have_a_type_of_the_title_and_something_to_be_taken_from() {
    let t2 = case(&worked(2024, 1..=9), "2024-12");
    let mut concurrent = t2.clone();
    concurrent["title"] = json!("concurrent");
    let entry = |fields: Value, kind: &str| {
        let mut entry = json!({"month": "2024-10", "work_det": "N", "vrfd": "Y", "not_counted": [{"type": kind, "amount": "5.00"}]});
        entry.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        entry
    };
    let gross = || json!({"gross": "100.00"});
    let own = || json!({"net_se": "100.00"});
    assert_eq!(refused(&t2, &entry(gross(), "WE")), [""; 0]);
    assert_eq!(refused(&t2, &entry(json!({}), "WE")), ["VERN_NOT_COUNTED_ALONE /entry/not_counted/0"]);
    assert_eq!(refused(&t2, &entry(gross(), "PA")), ["VERN_TYPE_TITLE /entry/not_counted/0/type"]);
    assert_eq!(refused(&t2, &entry(own(), "SI")), ["VERN_TYPE_TITLE /entry/not_counted/0/type"]);
    assert_eq!(refused(&t2, &entry(gross(), "BE")), ["VERN_TYPE_SELF_EMPLOYMENT /entry/not_counted/0/type"]);
    assert_eq!(refused(&t2, &entry(own(), "BE")), [""; 0]);
    assert_eq!(refused(&concurrent, &entry(own(), "SI")), [""; 0]);
    assert_eq!(refused(&concurrent, &entry(own(), "SB")), [""; 0]);
    assert_eq!(refused(&concurrent, &entry(gross(), "WE")), ["VERN_SSI_WAGES /entry/gross"]);
    let untyped = json!({"month": "2024-10", "work_det": "N", "gross": "1.00", "not_counted": [{"amount": "5.00"}]});
    assert_eq!(refused(&t2, &untyped), ["REQ_FIELD_REQUIRED /entry/not_counted/0/type"]);
    let vrfd = |vrfd: &str| json!({"month": "2024-10", "work_det": "N", "gross": "1.00", "vrfd": vrfd});
    assert_eq!(refused(&t2, &vrfd("C")), ["VERN_VRFD_CONVERSION /entry/vrfd"]);
    assert_eq!(refused(&t2, &vrfd("Q")), ["VERN_VRFD_CONVERSION /entry/vrfd"]);
    assert_eq!(refused(&t2, &vrfd("F")), ["VERN_VRFD_FRAUD /entry/vrfd"]);
    assert_eq!(refused(&t2, &vrfd("X")), ["REQ_ENUM /entry/vrfd"]);
}

fn lists(engine: &Engine, request: &Value) -> Value {
    let text = engine.verification_json(request.to_string().as_bytes()).unwrap_or_else(|found| panic!("{found:#?}"));
    serde_json::from_str(&text).unwrap()
}

fn posting(alleged: &str, title: &str, over: &Value) -> Value {
    json!({"today": "2026-06-15", "postings": [
        {"person": "P-1", "month": "2026-03", "alleged": alleged, "title": title, "trial_work_over": over}]})
}

#[test]
fn a_tolerance_that_is_not_known_opens_nothing_and_says_so() {
    let opened = &lists(&ENGINE, &posting("9999.00", "concurrent", &json!(true)))["opened"];
    assert_eq!(opened[0]["kind"], "16VY");
    assert_eq!(opened[1]["kind"], "T2VY");
    for (issue, key) in [(0, "t16_payment"), (1, "sga")] {
        assert_eq!(opened[issue]["opens"], Value::Null);
        assert_eq!(opened[issue]["missing"], format!("/parameters/earnings_tolerance/{key}"));
    }
}

#[test]
fn an_operators_tolerance_opens_what_exceeds_it() {
    let file = "title = \"T\"\nunit = \"usd_per_month\"\nholds = \"until_changed\"\ncite = \"DI 55030.010\"\nverified_through = \"2026-06\"\n\
        [[value]]\nkey = \"twp\"\nfrom = \"2020-01\"\namount = \"500\"\nsource = \"made up\"\n";
    let engine = Engine::with_params([("earnings_tolerance.toml", file)]).unwrap();
    let opens =
        |alleged: &str, over: Value| lists(&engine, &posting(alleged, "t2", &over))["opened"][0]["opens"].clone();
    assert_eq!(opens("500.00", json!(false)), false);
    assert_eq!(opens("500.01", json!(false)), true);
    assert_eq!(opens("500.01", json!(true)), Value::Null, "the tolerance after the trial work period is another");
    assert_eq!(opens("500.01", Value::Null), Value::Null, "which tolerance it is, is not known");
}

#[test]
fn title_xvi_is_cleared_first_and_the_second_action_clears_nothing_by_itself() {
    let issue = |id: &str, kind: &str, office: &str, day: &str, by_hand: bool| json!({"id": id, "person": "P-1", "kind": kind, "month": "2026-03", "office": office, "opened_on": day, "by_hand": by_hand});
    let mut cleared = issue("5", "T2VY", "B", "2026-01-01", false);
    cleared["cleared_on"] = json!("2026-02-01");
    let mut alone = issue("4", "T2VY", "B", "2026-06-01", true);
    alone["person"] = json!("P-2");
    let issues = json!([
        issue("1", "ERNGS", "A", "2026-03-01", false),
        issue("2", "T2VY", "A", "2026-04-16", false),
        issue("3", "16VY", "A", "2026-04-17", false),
        alone,
        cleared
    ]);
    let answer = lists(&ENGINE, &json!({"today": "2026-06-15", "issues": issues}));
    let order: Vec<_> = answer["clearing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            (step["id"].as_str().unwrap(), step["by"].as_str().unwrap(), step["clears_itself"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(order, [("3", "mssics", true), ("2", "ework", false), ("1", "cdrw", false), ("4", "vern", true)]);
    // Of two that were open together the second clears nothing by itself, also once the first is cleared.
    for (first, second) in [("16VY", "T2VY"), ("T2VY", "16VY")] {
        let mut before = issue("1", first, "A", "2026-04-16", false);
        before["cleared_on"] = json!("2026-06-01");
        let pair = json!([before, issue("2", second, "A", "2026-04-16", false)]);
        let answer = lists(&ENGINE, &json!({"today": "2026-06-15", "issues": pair}));
        assert_eq!(answer["clearing"][0]["clears_itself"], false, "{second}");
    }
    let ids = |list: &str| -> Vec<String> {
        answer[list].as_array().unwrap().iter().map(|issue| issue["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("pending"), ["1", "2", "3", "4"]);
    assert_eq!(ids("aged"), ["1", "2"], "60 days on June 15: April 16, not April 17");
    assert_eq!(
        answer["summary"],
        json!([
        {"office": "A", "16VY": 1, "T2VY": 1, "ERNGS": 1, "total": 3, "oldest": "2026-03-01"},
        {"office": "B", "16VY": 0, "T2VY": 1, "ERNGS": 0, "total": 1, "oldest": "2026-06-01"}])
    );
}
