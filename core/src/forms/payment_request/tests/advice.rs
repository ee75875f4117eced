use super::*;
use crate::forms::{Advice, Likely};

fn advice(setting: &Setting) -> (Likely, String) {
    match setting.filing().advice() {
        Some(Advice::Payment { likely, text, .. }) => (*likely, text.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_claim_that_is_too_early_says_what_makes_it_payable() {
    let step = |setting: Setting| {
        let problems = setting.check().unwrap_err();
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["PR_BEFORE_FIRST_PAYABLE"]);
        problems[0].message.clone()
    };
    let assignment = "/on_file/people/0/case/ticket/assignments/0";
    let later = milestone_1().with(&format!("{assignment}/assigned_on"), json!("2025-06-01"));
    assert_eq!(step(later), "The claim month cannot be paid; claim July 2025 or a later month.");
    let signed = milestone_1().with(&format!("{assignment}/plan_signed_on"), json!("2025-01-10"));
    let not_received = "The claim month cannot be paid; no month can until the program manager has received the plan.";
    assert_eq!(step(signed.clone()), not_received);
    let late = signed.with(&format!("{assignment}/plan_received_on"), json!("2025-06-02"));
    assert_eq!(step(late), "The claim month cannot be paid; claim July 2025 or a later month.");
}

#[test]
fn a_possible_split_is_told_where_somebody_can_share() {
    let assignment = |provider: &str, from: &str, to: Value| json!({"provider": provider, "kind": "en", "payment_system": "outcome_milestone", "assigned_on": from, "unassigned_on": to});
    let with = |assignments: Value| milestone_1().with("/on_file/people/0/case/ticket/assignments", assignments);
    let before = with(json!([
        assignment("EN-B", "2024-12-10", json!("2025-01-10")),
        assignment("EN-A", "2025-01-10", Value::Null)
    ]));
    assert_eq!(before.found(), [("PR_POSSIBLE_SPLIT", "/ssn".to_owned())]);
    // Whoever got the ticket after the claimed month has no part in it.
    let after = with(json!([
        assignment("EN-A", "2025-01-10", json!("2025-07-10")),
        assignment("EN-B", "2025-07-10", Value::Null)
    ]));
    assert_eq!(after.found(), []);
    let agreed =
        |by: &str| json!({"form": "split_agreement", "received_on": "2025-02-01", "provider": by, "live": true});
    // What one of them has filed alone is no agreement.
    let alone = before.with("/on_file/people/0/earlier/-", agreed("EN-A"));
    assert_eq!(alone.found(), [("PR_POSSIBLE_SPLIT", "/ssn".to_owned())]);
    assert_eq!(alone.with("/on_file/people/0/earlier/-", agreed("EN-B")).found(), []);
}

#[test]
fn the_answer_is_given_in_a_sentence() {
    assert_eq!(advice(&milestone_1()), (Likely::Payable, "Likely payable: $1,850.".to_owned()));
    let (likely, text) = advice(&milestone_1().with("/form/earnings/1/gross", json!("100.00")));
    assert_eq!(likely, Likely::Denied);
    assert!(text.starts_with("Will probably be denied: In June 2025 $750 was earned"), "{text}");
    let (_, text) = advice(&phase_2().with("/form/earnings/1/gross", json!("100.00")));
    assert!(text.starts_with("Will probably be denied: Earnings of $1,000 in June 2025 "), "{text}");
    assert!(text.ends_with('.') && !text.contains(". "), "{text}");
    let (likely, text) = advice(&milestone_1().with("/on_file/people/0/case/benefits", json!([])));
    assert_eq!(likely, Likely::CannotTell);
    assert_eq!(
        text,
        "Cannot tell without the title II status of June 2025, the title II status of January 2025, the title II status of February 2025 and 3 more facts."
    );
}

#[test]
fn the_question_holds_the_statements_of_the_draft_once_and_can_be_asked_again() {
    let question = |setting: &Setting| match setting.filing().advice() {
        Some(Advice::Payment { question, .. }) => question.as_ref().clone(),
        other => panic!("{other:?}"),
    };
    let asked = question(&milestone_1());
    assert_eq!(asked.case.pay_statements.len(), 2);
    let again = crate::read::question(&serde_json::to_vec(&asked).unwrap()).unwrap();
    assert_eq!(again, asked);
    // The same statement came with an earlier request.
    let on_file = json!([{"employer": null, "period_start": "2025-06-01", "period_end": "2025-06-14", "pay_date": "2025-06-20",
        "gross": "650.00", "kind": "wages"}]);
    let asked = question(&milestone_1().with("/on_file/people/0/case/pay_statements", on_file));
    assert_eq!(asked.case.pay_statements.len(), 2);
    // What is said otherwise of the same days of the same work is a correction; what another employer paid is another's.
    let on_file = |employer: &str, end: &str, gross: &str| {
        let held = json!([{"employer": employer, "period_start": "2025-06-01", "period_end": end, "pay_date": "2025-06-20",
            "gross": gross, "kind": "wages"}]);
        let asked = question(&milestone_1().with("/on_file/people/0/case/pay_statements", held));
        asked.case.pay_statements.iter().map(|statement| statement.gross.to_string()).collect::<Vec<_>>()
    };
    let shown = on_file("ACME BAKERY & SONS, INC. (NO. 2)", "2025-06-14", "640.00");
    assert_eq!(shown, ["650.00", "650.00"]);
    assert_eq!(on_file("Acme Bakery & Sons, Inc. (No. 2)", "2025-06-07", "300.00"), shown);
    assert_eq!(on_file("Corner Shop", "2025-06-14", "650.00").len(), 3);
    let income = question(&self_employed());
    assert_eq!(income.case.pay_statements[0].gross, crate::domain::Usd::from_dollars(1200));
    // A day of pay long ago is unlikely, and no reason why the question could not be asked again.
    let asked = question(
        &milestone_1()
            .with("/form/earnings/1/pay_date", json!("1901-01-01"))
            .with("/form/earnings/0/gross", json!("1300.00")),
    );
    assert!(crate::read::question(&serde_json::to_vec(&asked).unwrap()).is_ok());
}

#[test]
fn who_may_share_the_payment_is_named_until_they_have_agreed() {
    let sharers = |setting: &Setting| match setting.filing().advice() {
        Some(Advice::Payment { sharers, .. }) => sharers.iter().map(ToString::to_string).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let had_before = |provider: &str, from: &str, until: &str| {
        let assignments = json!([
            {"provider": provider, "kind": "en", "payment_system": "outcome_milestone", "assigned_on": from, "unassigned_on": until},
            {"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2025-01-10"}
        ]);
        milestone_1().with("/on_file/people/0/case/ticket/assignments", assignments)
    };
    let agreement = |by: &str, live: bool| json!({"form": "split_agreement", "received_on": "2025-02-01", "provider": by, "payment": null, "month": null, "live": live});
    assert_eq!(sharers(&milestone_1()), Vec::<String>::new());
    let two = || had_before("EN-B", "2024-12-10", "2025-01-10");
    assert_eq!(sharers(&two()), ["EN-B", "EN-A"]);
    assert_eq!(sharers(&had_before("EN-A", "2024-12-10", "2025-01-10")), Vec::<String>::new());
    let earlier = "/on_file/people/0/earlier/-";
    let one = || two().with(earlier, agreement("EN-A", true));
    assert_eq!(sharers(&one()), ["EN-B", "EN-A"], "one of two");
    assert_eq!(sharers(&one().with(earlier, agreement("EN-B", true))), Vec::<String>::new());
    assert_eq!(sharers(&one().with(earlier, agreement("EN-B", false))), ["EN-B", "EN-A"], "one that was taken back");
}

#[test]
fn what_the_form_does_not_bar_is_advice_only() {
    // Milestone 2 without Milestone 1: the program manager decides.
    let setting = milestone_1()
        .with("/form/request_type", json!("p1m2"))
        .with("/form/p1m1_basis", Value::Null)
        .with("/on_file/people/0/case/earnings", json!([{"month": "2025-04", "earned": "1200.00"}]))
        .with("/on_file/people/0/case/earnings/-", json!({"month": "2025-05", "earned": "1200.00"}));
    assert_eq!(setting.found(), []);
    let short = setting.with("/on_file/people/0/case/earnings/0/earned", json!("1159.99"));
    assert_eq!(short.found(), [("PR_BELOW_TWL", "/claim_month".to_owned())]);
    assert_eq!(advice(&short).0, Likely::Denied);
}
