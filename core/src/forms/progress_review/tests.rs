use super::*;
use crate::forms::Form;
use crate::forms::trial::{ENGINE, Trial, assigned_to, each_gives_its_one_code};
use jiff::civil::date;
use serde_json::json;
use std::collections::BTreeSet;

const DUE: &str = "/people/0/progress_review/period";
const PASSED: &str = "/people/0/progress_review/passed";
const ANSWERS: &str = "/responses/0/answers";
const FIGURES: &str = "/responses/0/figures";
const SSN: &str = "/responses/0/ssn";
const COMPLETED_ON: &str = "/responses/0/figures/completed_on";

/// A report on one period: all answers are no but these, with these numbers.
fn report(period: u8, yes: &[&str], figures: &[(&str, u8)]) -> Trial {
    let said: Map<String, Json> = Period::of(period.max(1))
        .unwrap()
        .questions
        .iter()
        .map(|id| (id.name().to_owned(), Json::Bool(yes.contains(&id.name()))))
        .collect();
    assert!(yes.iter().all(|id| said.contains_key(*id)), "{period} does not ask {yes:?}");
    let figures: Map<String, Json> = figures.iter().map(|(id, n)| ((*id).to_owned(), json!(n))).collect();
    let response = json!({"ssn": "900-12-3456", "tpr_period": period, "answers": said, "figures": figures});
    let mut person = assigned_to("EN-A", "en");
    person["progress_review"] =
        json!({"period": period, "from": "2025-06", "to": "2026-05", "asked_on": "2026-06-01", "passed": false});
    Trial::new(Form::ProgressReview, json!({"responses": [response]}), &json!([person]))
}

fn outlook(trial: &Trial) -> Outlook {
    let filing = trial.filed();
    let Some(Advice::Progress { people }) = filing.advice() else { panic!("no outlook") };
    people[0].clone()
}

/// Questions whose limb holds.
fn held(trial: &Trial) -> Vec<&'static str> {
    let outlook = outlook(trial);
    let held: Vec<_> = outlook.reasons.iter().filter(|limb| limb.holds).map(|limb| limb.question).collect();
    assert_eq!(outlook.would_pass, !held.is_empty());
    held
}

fn good() -> Trial {
    report(1, &["q_work_met", "q_combination"], &[("months_worked", 3)])
}

/// A row of the page that nobody filled in.
fn blank() -> Json {
    json!({"ssn": " ", "tpr_period": null, "answers": {"q_work_met": null}, "figures": {}, "progress_not_made": false})
}

#[test]
fn rows_that_nobody_filled_in_are_left_out_and_places_stay_those_received() {
    let filled =
        |row: Json| good().with("/responses/1", row).with("/responses/0", blank()).with("/responses/2", json!({}));
    let row = json!({"ssn": "900-12-3456", "tpr_period": 7, "answers": {"q_work_met": false, "q_no_cash": true}});
    let trial = filled(row.clone()).on_file("/people/0/progress_review/period", json!(7));
    let document: Json = serde_json::from_str(trial.filed().document()).unwrap();
    assert_eq!(document["responses"].as_array().unwrap().len(), 1);
    assert_eq!(trial.filed().intake().rows.len(), 1);
    let warned = trial.on_file(PASSED, json!(true)).filed().warnings()[0].clone();
    assert_eq!((warned.path.as_str(), &warned.params["row"]), ("/responses/1/ssn", &json!(0)));
    assert_eq!(filled(row).found(), [("TPR_PERIOD_MISMATCH", "/responses/1/tpr_period".to_owned())]);
    // A row that says something about nobody is not blank.
    let said = filled(json!({"progress_not_made": true})).on_file("/people", json!([])).found();
    assert!(said.contains(&("REQ_FIELD_REQUIRED", "/responses/1/ssn".to_owned())), "{said:?}");
}

/// A report after one that was filed on a day.
fn reported(day: &str, provider: &str, live: bool) -> Trial {
    let earlier = json!({"form": "progress_review", "received_on": day, "provider": provider, "live": live});
    good().on_file("/people/0/earlier", json!([earlier]))
}

/// A diploma of a day.
fn diploma(day: &str) -> Trial {
    report(1, &["q_ged_hs"], &[]).with(COMPLETED_ON, json!(day))
}

#[test]
fn a_completion_may_have_its_day_in_the_period() {
    for day in ["2025-06-01", "2026-05-31"] {
        assert!(diploma(day).filed().document().contains(&format!(r#""figures":{{"completed_on":"{day}"}}"#)), "{day}");
    }
    for (period, question) in [(3, "q_deg_2yr"), (3, "q_tech_program"), (5, "q_deg_4yr"), (6, "q_deg_4yr")] {
        let mut yes = vec![question];
        yes.extend((period == 5).then_some("q_combination"));
        report(period, &yes, &[]).with(COMPLETED_ON, json!("2026-03-31")).filed();
    }
    // A period that is not the one that is due has its own days; the period is told.
    let other = diploma("2024-05-31").on_file("/people/0/progress_review/period", json!(2));
    assert_eq!(other.found(), [("TPR_PERIOD_MISMATCH", "/responses/0/tpr_period".to_owned())]);
    let asked = questions(1, date(2026, 6, 1), ENGINE.parameters());
    let with_day: Vec<_> = asked.iter().filter(|question| question.day.is_some()).map(|question| question.id).collect();
    assert_eq!(with_day, ["q_ged_hs"]);
}

fn coded() -> Vec<(&'static str, &'static str, Trial)> {
    let due = |field: &str, value: Json| good().on_file(&format!("/people/0/progress_review/{field}"), value);
    vec![
        ("TPR_EMPTY", "/responses", good().with("/responses", json!([])).on_file("/people", json!([]))),
        ("TPR_EMPTY", "/responses", good().without("/responses").on_file("/people", json!([]))),
        ("TPR_EMPTY", "/responses", good().with("/responses", Json::Null).on_file("/people", json!([]))),
        ("TPR_EMPTY", "/responses", good().with("/responses", json!([{}, blank()])).on_file("/people", json!([]))),
        (
            "TPR_TOO_MANY",
            "/responses",
            good().with("/responses", json!(vec![json!({"ssn": "900-12-3456"}); 251])).on_file("/people", json!([])),
        ),
        (
            "TPR_DUPLICATE_SSN",
            "/responses/1/ssn",
            good().with(
                "/responses/1",
                json!({
                    "ssn": "900123456", "tpr_period": 7, "answers": {"q_work_met": false, "q_no_cash": false}
                }),
            ),
        ),
        ("TPR_PERIOD_RANGE", "/responses/0/tpr_period", good().with("/responses/0/tpr_period", json!(0))),
        ("TPR_PERIOD_RANGE", "/responses/0/tpr_period", good().with("/responses/0/tpr_period", json!(100))),
        ("TPR_PERIOD_RANGE", "/responses/0/tpr_period", good().with("/responses/0/tpr_period", json!("1"))),
        ("TPR_PERIOD_MISMATCH", "/responses/0/tpr_period", due("period", json!(2))),
        ("TPR_QUESTION_MISSING", "/responses/0/answers/q_ged_hs", good().without("/responses/0/answers/q_ged_hs")),
        (
            "TPR_QUESTION_MISSING",
            "/responses/0/answers/q_ged_hs",
            good().with("/responses/0/answers/q_ged_hs", Json::Null),
        ),
        ("TPR_COMPLETED_RANGE", COMPLETED_ON, diploma("2025-05-31")),
        ("TPR_COMPLETED_RANGE", COMPLETED_ON, diploma("2026-06-01")),
        ("TPR_COMPLETED_CONTRADICT", COMPLETED_ON, good().with(COMPLETED_ON, json!("2026-05-31"))),
        ("TPR_QUESTION_NOT_IN_PERIOD", COMPLETED_ON, report(2, &[], &[]).with(COMPLETED_ON, json!("2026-05-31"))),
        ("DATE_INVALID", COMPLETED_ON, diploma("2026-02-30")),
        ("DATE_FORMAT", COMPLETED_ON, diploma("05/31/2026")),
        ("REQ_FIELD_REQUIRED", ANSWERS, good().without(ANSWERS)),
        (
            "TPR_QUESTION_NOT_IN_PERIOD",
            "/responses/0/answers/q_deg_4yr",
            good().with("/responses/0/answers/q_deg_4yr", json!(false)),
        ),
        (
            "TPR_QUESTION_NOT_IN_PERIOD",
            "/responses/0/figures/year_pct",
            good().with("/responses/0/figures/year_pct", json!(50)),
        ),
        ("REQ_UNKNOWN_FIELD", "/responses/0/answers/q_luck", good().with("/responses/0/answers/q_luck", json!(true))),
        (
            "TPR_ANSWER_NOT_BOOLEAN",
            "/responses/0/answers/q_ged_hs",
            good().with("/responses/0/answers/q_ged_hs", json!("yes")),
        ),
    ]
}

/// What answers and numbers say about each other, and what is on file.
fn coded_by_agreement() -> Vec<(&'static str, &'static str, Trial)> {
    let due = |field: &str, value: Json| good().on_file(&format!("/people/0/progress_review/{field}"), value);
    let row = report(1, &[], &[]);
    vec![
        (
            "TPR_MONTHS_RANGE",
            "/responses/0/figures/months_worked",
            good().with("/responses/0/figures/months_worked", json!(13)),
        ),
        (
            "TPR_MONTHS_RANGE",
            "/responses/0/figures/months_worked",
            good().with("/responses/0/figures/months_worked", json!(2.5)),
        ),
        (
            "TPR_MONTHS_CONTRADICT",
            "/responses/0/figures/months_worked",
            good().with("/responses/0/figures/months_worked", json!(2)),
        ),
        ("TPR_MONTHS_CONTRADICT", "/responses/0/figures/months_worked", report(1, &[], &[("months_worked", 3)])),
        ("TPR_PCT_RANGE", "/responses/0/figures/tech_pct", good().with("/responses/0/figures/tech_pct", json!(101))),
        (
            "TPR_PCT_CONTRADICT",
            "/responses/0/figures/college_pct",
            report(1, &["q_college_pct", "q_combination"], &[("college_pct", 59)]),
        ),
        ("TPR_PCT_CONTRADICT", "/responses/0/figures/tech_pct", report(2, &[], &[("tech_pct", 75)])),
        (
            "TPR_COMBINATION_MISMATCH",
            "/responses/0/answers/q_combination",
            report(1, &["q_combination"], &[("months_worked", 1), ("college_pct", 39)]),
        ),
        (
            "TPR_COMBINATION_MISMATCH",
            "/responses/0/answers/q_combination",
            report(1, &[], &[("months_worked", 1), ("college_pct", 40)]),
        ),
        ("TPR_COMBINATION_MISMATCH", "/responses/0/answers/q_combination", report(1, &["q_combination"], &[])),
        (
            "TPR_COMBINATION_NOT_ALLOWED",
            "/responses/0/answers/q_combination",
            report(6, &[], &[]).with("/responses/0/answers/q_combination", json!(false)),
        ),
        ("TPR_CASH_CONTRADICT", "/responses/0/answers/q_no_cash", report(6, &["q_work_met"], &[])),
        (
            "TPR_GED_ONLY_PERIOD_1",
            "/responses/0/answers/q_ged_hs",
            report(2, &[], &[]).with("/responses/0/answers/q_ged_hs", json!(true)),
        ),
        (
            "TPR_PROGRESS_CONTRADICT",
            "/responses/0/progress_not_made",
            good().with("/responses/0/progress_not_made", json!(true)),
        ),
        ("TPR_NOT_DUE", SSN, good().on_file("/people/0/progress_review", Json::Null)),
        ("TPR_PAST_30_DAYS", SSN, due("asked_on", json!("2026-05-15"))),
        ("TPR_ALREADY_PASSED", SSN, due("passed", json!(true))),
        ("TPR_ALREADY_PASSED", SSN, reported("2026-06-01", "EN-A", true).on_file(PASSED, json!(true))),
        ("TPR_RECENT_REPEAT", SSN, reported("2026-06-01", "EN-A", true)),
        ("TPR_PERIOD_MISMATCH", "/responses/0/tpr_period", reported("2026-06-01", "EN-A", true).on_file(DUE, json!(2))),
        ("TPR_NOT_ASSIGNED", SSN, row.clone().on_file("/people/0", Json::Null)),
        ("TPR_NOT_ASSIGNED", SSN, row.clone().on_file("/people/0", assigned_to("EN-B", "en"))),
        (
            "TPR_NOT_ASSIGNED",
            SSN,
            row.on_file("/people/0/case/ticket/assignments/0/unassigned_on", json!("2026-06-15")),
        ),
    ]
}

#[test]
fn every_code_is_given_by_one_mistake() {
    each_gives_its_one_code([coded(), coded_by_agreement()].concat(), code::ALL, &[]);
    let vr = good().on_file("/people/0/case/ticket/assignments/0/kind", json!("state_vr"));
    for fine in [
        good().on_file("/people/0/progress_review/asked_on", json!("2026-05-16")),
        good().without(FIGURES),
        reported("2026-05-31", "EN-A", true),
        reported("2026-06-01", "EN-B", true),
        reported("2026-06-01", "EN-A", false),
        good().on_file(
            "/people/0/earlier",
            json!([{"form": "earnings_inquiry", "received_on": "2026-06-01", "provider": "EN-A"}]),
        ),
        good().with("/responses/0/figures/months_worked", json!(12)),
        report(1, &[], &[]).with("/responses/0/progress_not_made", json!(true)),
        report(7, &["q_no_cash"], &[]).with("/responses/0/progress_not_made", json!(true)),
        report(99, &["q_work_met", "q_no_cash"], &[("months_worked", 6)]),
        vr.on_file("/people/0/case/ticket/assignments/0/payment_system", Json::Null),
    ] {
        assert_eq!(fine.found(), []);
    }
}

#[test]
fn an_unknown_name_is_answered_with_those_of_the_period() {
    let allowed = |trial: Trial| trial.run().unwrap_err().remove(0).params["allowed"].clone();
    let luck = |period, part: &str| report(period, &[], &[]).with(&format!("/responses/0/{part}/luck"), json!(true));
    assert_eq!(allowed(luck(7, "answers")), json!(["q_work_met", "q_no_cash"]));
    assert_eq!(allowed(luck(7, "figures")), json!(["months_worked"]));
    let of_2 = json!(["q_work_met", "q_college_pct", "q_tech_pct", "q_combination"]);
    assert_eq!(allowed(luck(2, "answers")), of_2);
    assert_eq!(allowed(luck(6, "figures")), json!(["months_worked", "completed_on"]));
    // Of which period they are is not known.
    let unread = luck(7, "answers").with("/responses/0/tpr_period", json!(0)).run().unwrap_err();
    let told = unread.iter().find(|problem| problem.code == "REQ_UNKNOWN_FIELD").unwrap();
    assert_eq!(told.params["allowed"], json!(Id::NAMES));
}

#[test]
fn limits_are_named() {
    let due = |field: &str, value: Json| good().on_file(&format!("/people/0/progress_review/{field}"), value);
    let params = |trial: &Trial| {
        let told = trial.run().map_or_else(|problems| problems, |filing| filing.warnings().to_vec()).remove(0);
        let mut named = told.params.iter().filter(|(name, _)| *name != "row").map(|(_, value)| value);
        assert!(named.all(|value| told.message.contains(&value.to_string().replace('"', ""))));
        Json::from(told.params)
    };
    assert_eq!(params(&due("asked_on", json!("2026-05-15"))), json!({"row": 0, "limit": 30, "to": "2026-06-14"}));
    assert_eq!(params(&due("period", json!(2))), json!({"period": 2}));
    assert_eq!(params(&report(1, &[], &[("months_worked", 3)])), json!({"needed": 3}));
    assert_eq!(params(&report(2, &[], &[("tech_pct", 75)])), json!({"needed": 75}));
}

/// Period, answers of yes, numbers, the limbs that hold.
type Limit = (u8, &'static [&'static str], &'static [(&'static str, u8)], &'static [&'static str]);
/// Period, numbers, the limbs that hold.
type Near = (u8, &'static [(&'static str, u8)], &'static [&'static str]);

/// Each limb of each period at its limit: period, answers, numbers, the one limb that holds.
#[test]
fn each_period_at_each_limb_s_limit() {
    let limits: [Limit; 23] = [
        (1, &["q_work_met", "q_combination"], &[("months_worked", 3)], &["q_work_met", "q_combination"]),
        (1, &["q_ged_hs"], &[], &["q_ged_hs"]),
        (1, &["q_college_pct", "q_combination"], &[("college_pct", 60)], &["q_college_pct", "q_combination"]),
        (1, &["q_tech_pct", "q_combination"], &[("tech_pct", 60)], &["q_tech_pct", "q_combination"]),
        (1, &["q_combination"], &[("months_worked", 1), ("college_pct", 40)], &["q_combination"]),
        (1, &["q_combination"], &[("months_worked", 2), ("tech_pct", 20)], &["q_combination"]),
        (2, &["q_work_met", "q_combination"], &[("months_worked", 6)], &["q_work_met", "q_combination"]),
        (2, &["q_college_pct", "q_combination"], &[("college_pct", 75)], &["q_college_pct", "q_combination"]),
        (2, &["q_tech_pct", "q_combination"], &[("tech_pct", 75)], &["q_tech_pct", "q_combination"]),
        (2, &["q_combination"], &[("months_worked", 4), ("tech_pct", 25)], &["q_combination"]),
        (3, &["q_work_met", "q_combination"], &[("months_worked", 9)], &["q_work_met", "q_combination"]),
        (3, &["q_deg_2yr"], &[], &["q_deg_2yr"]),
        (3, &["q_tech_program"], &[], &["q_tech_program"]),
        (3, &["q_acad_year", "q_combination"], &[("year_pct", 100)], &["q_acad_year", "q_combination"]),
        (3, &["q_combination"], &[("months_worked", 5), ("year_pct", 45)], &["q_combination"]),
        (4, &["q_work_met", "q_combination"], &[("months_worked", 9)], &["q_work_met", "q_combination"]),
        (4, &["q_acad_year", "q_combination"], &[("year_pct", 100)], &["q_acad_year", "q_combination"]),
        (4, &["q_combination"], &[("months_worked", 8), ("year_pct", 12)], &["q_combination"]),
        (5, &["q_work_met", "q_no_cash", "q_combination"], &[("months_worked", 6)], &["q_work_met", "q_combination"]),
        (5, &["q_deg_4yr", "q_combination"], &[], &["q_deg_4yr", "q_combination"]),
        (5, &["q_no_cash", "q_combination"], &[("months_worked", 3), ("year_pct", 50)], &["q_combination"]),
        (6, &["q_work_met", "q_no_cash"], &[("months_worked", 6)], &["q_work_met"]),
        (7, &["q_work_met", "q_no_cash"], &[("months_worked", 6)], &["q_work_met"]),
    ];
    for (period, yes, figures, limbs) in limits {
        assert_eq!(held(&report(period, yes, figures)), limbs, "{period} {yes:?} {figures:?}");
    }
    assert_eq!(held(&report(6, &["q_deg_4yr"], &[])), ["q_deg_4yr"]);
}

/// With the tolerance of 10 percent, and just under it; work, diplomas and degrees have none.
#[test]
fn the_tolerance_is_for_credits_and_for_the_sum() {
    let cases: [Near; 24] = [
        (1, &[("months_worked", 2)], &[]),
        (1, &[("college_pct", 54)], &["q_college_pct", "q_combination"]),
        (1, &[("college_pct", 53)], &[]),
        (1, &[("tech_pct", 54)], &["q_tech_pct", "q_combination"]),
        (1, &[("tech_pct", 53)], &[]),
        (1, &[("months_worked", 1), ("college_pct", 34)], &["q_combination"]),
        (1, &[("months_worked", 1), ("college_pct", 33)], &[]),
        (1, &[("months_worked", 2), ("tech_pct", 14)], &["q_combination"]),
        (1, &[("months_worked", 2), ("tech_pct", 13)], &[]),
        (2, &[("months_worked", 5)], &[]),
        (2, &[("college_pct", 68)], &["q_college_pct", "q_combination"]),
        (2, &[("college_pct", 67)], &[]),
        (2, &[("tech_pct", 68)], &["q_tech_pct", "q_combination"]),
        (2, &[("tech_pct", 67)], &[]),
        (2, &[("months_worked", 5), ("college_pct", 5)], &["q_combination"]),
        (2, &[("months_worked", 5), ("college_pct", 4)], &[]),
        (3, &[("months_worked", 8)], &[]),
        (3, &[("year_pct", 90)], &["q_acad_year", "q_combination"]),
        (3, &[("year_pct", 89)], &[]),
        (3, &[("months_worked", 8), ("year_pct", 2)], &["q_combination"]),
        (3, &[("months_worked", 8), ("year_pct", 1)], &[]),
        (4, &[("year_pct", 90)], &["q_acad_year", "q_combination"]),
        (4, &[("months_worked", 4), ("year_pct", 45)], &[]),
        (4, &[("months_worked", 4), ("year_pct", 46)], &["q_combination"]),
    ];
    for (period, figures, limbs) in cases {
        assert_eq!(held(&report(period, &[], figures)), limbs, "{period} {figures:?}");
    }
    let with_no_cash = |period, figures: &[(&str, u8)]| held(&report(period, &["q_no_cash"], figures));
    assert_eq!(with_no_cash(5, &[("months_worked", 3), ("year_pct", 40)]), ["q_combination"]);
    assert_eq!(with_no_cash(5, &[("months_worked", 3), ("year_pct", 39)]), [""; 0]);
    assert_eq!(with_no_cash(5, &[("year_pct", 90)]), ["q_acad_year", "q_combination"]);
    assert_eq!(with_no_cash(5, &[("year_pct", 89)]), [""; 0]);
    assert_eq!(with_no_cash(5, &[("months_worked", 5)]), [""; 0]);
    assert_eq!(with_no_cash(6, &[("months_worked", 5)]), [""; 0]);
    assert_eq!(with_no_cash(7, &[("months_worked", 5)]), [""; 0]);
    assert_eq!(with_no_cash(98, &[]), [""; 0]);
    let paid = report(5, &[], &[("months_worked", 5), ("year_pct", 50)]);
    assert_eq!(held(&paid), [""; 0], "months in which cash was paid do not count");
}

#[test]
fn two_kinds_of_credit_are_not_added_up() {
    assert_eq!(held(&report(1, &[], &[("college_pct", 30), ("tech_pct", 30)])), [""; 0]);
}

#[test]
fn an_outlook_tells_its_numbers() {
    let outlook = outlook(&report(1, &["q_combination"], &[("months_worked", 1), ("college_pct", 40)]));
    assert_eq!((outlook.person.as_str(), outlook.period, outlook.would_pass), ("***-**-3456", 1, true));
    let told = serde_json::to_value(&outlook.reasons).unwrap();
    assert_eq!(
        told[0],
        json!({"rule": "TPR-P1", "question": "q_work_met", "holds": false,
            "text": "1 month with earnings at or above the trial work level; 3 are needed.",
            "facts": {"unit": "months", "have": "1", "needed": "3", "enough": "3"}, "source": "20 CFR 411.180(c)(1)"})
    );
    assert_eq!(
        told[4]["facts"],
        json!({"unit": "percent", "have": "100", "needed": "100", "enough": "90", "work_percent": "33.3", "education_percent": "66.6"})
    );
    assert_eq!(told[2]["facts"]["enough"], "54");
    assert_eq!(told[1].get("facts"), None);
}

#[test]
fn the_questions_are_those_of_the_period() {
    let asked = |period| -> Vec<&str> {
        questions(period, date(2026, 6, 15), ENGINE.parameters()).iter().map(|question| question.id).collect()
    };
    assert_eq!(asked(0), [""; 0]);
    assert_eq!(asked(1), ["q_work_met", "q_ged_hs", "q_college_pct", "q_tech_pct", "q_combination"]);
    assert_eq!(asked(7), ["q_work_met", "q_no_cash"]);
    assert_eq!(asked(7), asked(99));
    let all: BTreeSet<_> = (1..=7).flat_map(asked).collect();
    assert_eq!(all, Id::NAMES.into_iter().collect());
    let shown = serde_json::to_value(questions(2, date(2026, 6, 15), ENGINE.parameters())).unwrap();
    assert_eq!(
        shown[0],
        json!({"id": "q_work_met", "kind": "yes_no",
            "text": "Did the person work at least 6 months of this period with earnings at or above the trial work level?",
            "figure": {"id": "months_worked", "text": "How many such months?", "from": 0, "to": 12, "needed": 6}})
    );
    assert_eq!(shown[1]["figure"]["needed"], 75);
    assert_eq!(shown[3].get("figure"), None);
}

#[test]
fn what_is_filed_shows_nobody_s_number() {
    let filing = good().filed();
    let document: Json = serde_json::from_str(filing.document()).unwrap();
    assert_eq!(document["responses"][0]["ssn"], "***-**-3456");
    assert_eq!(document["responses"][0]["figures"], json!({"months_worked": 3}));
    assert_eq!(filing.intake().rows, [["***-**-3456", "1", "Yes"]]);
    assert_eq!(report(7, &["q_no_cash"], &[]).filed().intake().rows, [["***-**-3456", "7", "No"]]);
}
