//! Properties that the law gives an order to, on generated cases.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, RngSeed, TestCaseError, TestRng, TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use ttw_core::Engine;
use ttw_core::domain::{Month, Usd};
use ttw_tests::world::{BEFORE, World, payments_asked, policies, worlds};

fn engine() -> Engine {
    Engine::builtin().unwrap()
}

fn question(case: &Value, payment: &str, month: Month, policy: &str) -> Value {
    json!({
        "case": case, "claim": {"payment": payment, "month": month.to_string(), "provider": "EN-A"},
        "requested_on": "2020-06-15", "policy": policy,
    })
}

fn decide(question: &Value) -> Value {
    let answer =
        engine().decide_json(question.to_string().as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"));
    serde_json::from_str(&answer).unwrap()
}

fn ledger(case: &Value, as_of: &str, policy: &str) -> Value {
    let request = json!({"case": case, "provider": "EN-A", "as_of": as_of, "policy": policy});
    serde_json::from_str(&engine().ledger_json(request.to_string().as_bytes()).unwrap()).unwrap()
}

fn month_of(world: &World, index: i32) -> Month {
    world.anchor.plus(index)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_earnings_after_the_assignment_never_lose_a_milestone(
        world in worlds(2010..=2014), choice in any::<prop::sample::Index>(),
        raised in prop::collection::vec((1_usize..41, 0_u32..500), 1..8), policy in policies(),
    ) {
        let case = world.case();
        let answer = ledger(&case, "2020-06-15", policy);
        let is_payable = |row: &&Value| row["status"] == "payable" && row["payment"].as_str().unwrap().starts_with('p');
        let rows: Vec<&Value> = answer["rows"].as_array().unwrap().iter().filter(is_payable).collect();
        if !rows.is_empty() {
            let row = choice.get(&rows);
            let month = Month::parse(row["attained_in"].as_str().unwrap()).unwrap();
            let mut asked = question(&case, row["payment"].as_str().unwrap(), month, policy);
            for (months, dollars) in raised {
                raise(&mut asked["case"], world.anchor.plus(i32::try_from(months).unwrap()), dollars);
            }
            let answer = decide(&asked);
            prop_assert_eq!(&answer["decision"], "payable", "{}", asked);
        }
    }

    #[test]
    fn a_benefits_range_less_never_makes_a_payment_payable(
        mut world in worlds(2010..=2014), payment in payments_asked(), index in 1_i32..40, at in 0_usize..8, policy in policies(),
    ) {
        if world.title == "concurrent" {
            world.title = "t2";
        }
        let mut asked = question(&world.case(), payment, month_of(&world, index), policy);
        let before = decide(&asked);
        let ranges = asked["case"]["benefits"].as_array_mut().unwrap();
        if at < ranges.len() {
            ranges.remove(at);
            let after = decide(&asked);
            let worse = before["decision"] == "not_payable" && after["decision"] == "payable";
            prop_assert!(!worse, "{} became {}", before, after);
        }
    }

    #[test]
    fn every_payable_row_of_a_ledger_is_payable_when_asked(world in worlds(2010..=2014), policy in policies()) {
        let case = world.case();
        for row in ledger(&case, "2020-06-15", policy)["rows"].as_array().unwrap() {
            if row["status"] == "payable" {
                check_row(&case, row, policy)?;
            }
        }
    }

    #[test]
    fn a_case_of_2010_is_the_same_case_in_2011(world in worlds(2010..=2010), payment in payments_asked(), index in 1_i32..12, policy in policies()) {
        let world = within_2010(world);
        let month = world.anchor.plus(index).min(Month::new(2010, 12));
        let earlier = question(&world.case(), payment, month, policy);
        let moved = question(&within_2010_moved(&world).case(), payment, month.plus(12), policy);
        prop_assert_eq!(shape(&decide(&earlier), 12), shape(&decide(&moved), 0), "{}", earlier);
    }

    #[test]
    fn the_order_of_entries_does_not_matter(
        world in worlds(2010..=2014), payment in payments_asked(), index in 1_i32..40, policy in policies(), turn in 1_usize..7,
    ) {
        let asked = question(&world.case(), payment, month_of(&world, index), policy);
        let mut shuffled = asked.clone();
        for list in ["benefits", "earnings", "pay_statements", "state_vr_cases", "payments"] {
            let entries = shuffled["case"][list].as_array_mut().unwrap();
            entries.reverse();
            let turn = turn % entries.len().max(1);
            entries.rotate_left(turn);
        }
        let bytes = |question: &Value| engine().decide_json(question.to_string().as_bytes()).unwrap();
        let first = bytes(&asked);
        prop_assert_eq!(&first, &bytes(&shuffled));
        prop_assert_eq!(&first, &bytes(&asked), "the same question twice");
    }

    #[test]
    fn what_would_make_a_payment_payable_does(world in worlds(2010..=2014), payment in payments_asked(), index in 1_i32..40, policy in policies()) {
        let asked = question(&world.case(), payment, month_of(&world, index), policy);
        let answer = decide(&asked);
        if answer["next"]["by"].is_string() {
            follow(&asked, &answer["next"])?;
        }
    }
}

/// Cases of which every month is asked about: a tenth of them, and all when `TTW_FULL` is set.
fn of_each_month() -> u32 {
    if std::env::var_os("TTW_FULL").is_some() { 10_000 } else { 1_000 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: of_each_month(), rng_seed: RngSeed::Fixed(2010), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_what_would_make_a_payment_payable_nothing_is_too_much(world in worlds(2010..=2014), payment in payments_asked(), index in 1_i32..40, policy in policies()) {
        let asked = question(&world.case(), payment, month_of(&world, index), policy);
        let answer = decide(&asked);
        let next = &answer["next"];
        for place in 0..next["changes"].as_array().map_or(0, Vec::len) {
            let mut less = next.clone();
            let change = less["changes"].as_array_mut().unwrap().remove(place);
            let again = decide(&followed(&asked, &less));
            prop_assert_ne!(&again["decision"], "payable", "without {} of {} for {}", change, next, asked);
            let mut less = next.clone();
            let amount = Usd::parse(change["at_least"].as_str().unwrap()).unwrap();
            less["changes"][place]["at_least"] = json!(amount.minus(Usd::from_cents(1)).to_string());
            let again = decide(&followed(&asked, &less));
            prop_assert_ne!(&again["decision"], "payable", "a cent less for {} of {} for {}", change, next, asked);
        }
    }

    #[test]
    fn where_nothing_would_help_all_the_earnings_there_can_be_do_not(world in worlds(2010..=2014), payment in payments_asked(), index in 1_i32..40, policy in policies()) {
        let month = month_of(&world, index);
        let asked = question(&world.case(), payment, month, policy);
        let answer = decide(&asked);
        if answer["decision"] != "not_payable" || !answer["next"].is_null() {
            return Ok(());
        }
        let first = Month::from(world.anchor.last_day().unwrap()).plus(1);
        let all = first.through(month.plus(24)).map(|month| json!({"month": month.to_string(), "at_least": "99999.00"}));
        let all: Vec<Value> = all.collect();
        for by in first.through(month.plus(24)) {
            let again = decide(&followed(&asked, &json!({"text": "", "changes": all, "by": by.to_string()})));
            prop_assert_ne!(&again["decision"], "payable", "{} with all earnings for {}", by, asked);
        }
    }
}

/// The properties above say something only when the generator reaches every answer.
#[test]
fn generated_cases_reach_every_answer_and_fail_every_rule() {
    let mut runner =
        TestRunner::new_with_rng(ProptestConfig::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]));
    let strategy = (worlds(2010..=2014), payments_asked(), -2_i32..40, policies());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |what: String| *counts.entry(what).or_default() += 1;
    for _ in 0..4_000 {
        let (world, payment, index, policy) = strategy.new_tree(&mut runner).unwrap().current();
        let answer = decide(&question(&world.case(), payment, month_of(&world, index), policy));
        count(format!("{} {}", payment.get(..2).unwrap(), answer["decision"]));
        if answer["next"]["by"].is_string() {
            count("next".to_owned());
        }
        for reason in answer["reasons"].as_array().unwrap().iter().filter(|reason| reason["holds"] == false) {
            count(reason["rule"].as_str().unwrap().to_owned());
        }
        for row in ledger(&world.case(), "2020-06-15", policy)["rows"].as_array().unwrap() {
            count(format!("{} row {}", row["payment"].as_str().unwrap().get(..2).unwrap(), row["status"]));
        }
    }
    println!("{counts:#?}");
    let seen = |what: &str| counts.get(what).copied().unwrap_or(0);
    for kind in ["p1", "p2", "ou"] {
        for (decision, least) in [("payable", 40), ("not_payable", 400), ("undetermined", 10)] {
            assert!(seen(&format!("{kind} \"{decision}\"")) >= least, "{kind} {decision}: {counts:#?}");
        }
    }
    for kind in ["p1", "p2", "ou", "re"] {
        assert!(seen(&format!("{kind} row \"payable\"")) >= 10, "{kind} payable rows: {counts:#?}");
    }
    assert!(seen("next") >= 200, "{counts:#?}");
    let decides = ttw_core::eligibility::rules().filter(|rule| rule.can_fail());
    let never: Vec<_> = decides.map(|rule| rule.id).filter(|id| seen(id) == 0 && *id != "SVR-01").collect();
    assert!(never.is_empty(), "no generated case fails {never:?}");
}

fn raise(case: &mut Value, month: Month, dollars: u32) {
    let month = month.to_string();
    let Some(entry) =
        case["earnings"].as_array_mut().unwrap().iter_mut().find(|entry| entry["month"] == month.as_str())
    else {
        return;
    };
    for basis in ["earned", "paid"] {
        if let Some(amount) = entry[basis].as_str() {
            let (whole, cents) = amount.split_once('.').unwrap();
            entry[basis] = json!(format!("{}.{cents}", whole.parse::<u32>().unwrap() + dollars));
        }
    }
}

fn check_row(case: &Value, row: &Value, policy: &str) -> Result<(), TestCaseError> {
    let payment = row["payment"].as_str().unwrap();
    let month = Month::parse(row["attained_in"].as_str().unwrap()).unwrap();
    let mut case = case.clone();
    if payment == "reconciliation" {
        let rows = ledger(&case, "2020-06-15", policy);
        let milestones = rows["rows"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["status"] == "payable" && row["payment"].as_str().unwrap().starts_with('p'));
        let paid: Vec<Value> = milestones
            .map(|row| json!({"payment": row["payment"], "month": row["attained_in"], "provider": "EN-A", "amount": row["amount"]}))
            .collect();
        case["payments"].as_array_mut().unwrap().extend(paid);
    }
    let ask = |month| decide(&question(&case, payment, month, policy));
    let answer = ask(month);
    let is_same = |answer: &Value| answer["decision"] == "payable" && answer["amount"] == row["amount"];
    // Outcomes paid for months in which the facts show none can put the twelfth before the beginning of the outcome period, or after
    // the ticket's end or another assignment: the ledger then answers for the last month over.
    let odd = payment == "reconciliation"
        && (is_same(&ask(Month::new(2020, 5))) || answer["reasons"].to_string().contains("TRM-01"));
    prop_assert!(is_same(&answer) || odd, "{row} but {answer}");
    Ok(())
}

/// The same case with all its facts in 2010.
fn within_2010(mut world: World) -> World {
    world.anchor = Month::new(2010, 3);
    world.second = None;
    world.taken_over = world.taken_over.map(|months| months % 9 + 1);
    world.terminates = world.terminates.map(|months| months % 9 + 1);
    world.plan = world.plan.map(|days| days.min(40));
    world.closures.clear();
    let in_2010 = usize::try_from(BEFORE).unwrap() - 2..usize::try_from(BEFORE).unwrap() + 10;
    for (index, month) in world.months.iter_mut().enumerate() {
        if !in_2010.contains(&index) {
            (month.earned, month.paid) = (None, None);
        }
        if index < in_2010.start {
            (month.t2, month.t16) = (None, None);
        }
    }
    world.statements.retain(|statement| in_2010.contains(&statement.0) && in_2010.contains(&(statement.0 + 1)));
    world.payments.retain(|payment| payment.1 <= 9);
    world
}

fn within_2010_moved(world: &World) -> World {
    World { anchor: world.anchor.plus(12), ..world.clone() }
}

/// What does not depend on dates and rates; months are moved by so many.
fn shape(answer: &Value, moved: i32) -> Value {
    let month = |value: &Value| value.as_str().and_then(Month::parse).map(|month| month.plus(moved).to_string());
    let rules: Vec<_> = answer["reasons"].as_array().unwrap().iter().map(|r| json!([r["rule"], r["holds"]])).collect();
    let missing: Vec<_> = answer["missing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| json!([m["path"], month(&m["month"]), m["title"], m["settles"]]))
        .collect();
    json!({
        "decision": answer["decision"], "payment": answer["payment"], "month": month(&answer["month"]),
        "attained_in": month(&answer["attained_in"]), "earnings_basis": answer["earnings_basis"], "rules": rules, "missing": missing,
    })
}

/// Asks again after what `next` says.
fn follow(asked: &Value, next: &Value) -> Result<(), TestCaseError> {
    let followed = followed(asked, next);
    let again = decide(&followed);
    prop_assert_eq!(&again["decision"], "payable", "{} after {} of {}", again, next, asked);
    Ok(())
}

/// The question for the month that `next` names, with what it says.
fn followed(asked: &Value, next: &Value) -> Value {
    let mut asked = asked.clone();
    let by = Month::parse(next["by"].as_str().unwrap()).unwrap();
    let earnings = asked["case"]["earnings"].as_array_mut().unwrap();
    for change in next["changes"].as_array().unwrap() {
        earnings.retain(|entry| entry["month"] != change["month"]);
        earnings.push(json!({"month": change["month"], "earned": change["at_least"], "paid": change["at_least"]}));
    }
    if next["text"].as_str().unwrap().contains("services") {
        for assignment in asked["case"]["ticket"]["assignments"].as_array_mut().unwrap() {
            assignment["services_completed_on"] = json!("2012-01-01");
        }
    }
    asked["claim"]["month"] = json!(by.to_string());
    let over = by.last_day().unwrap().tomorrow().unwrap().to_string();
    if asked["requested_on"].as_str().unwrap() < over.as_str() {
        asked["requested_on"] = json!(over);
    }
    asked
}
