//! The world shows every rule at work, held and failed, whatever the seed.

use std::collections::{BTreeMap, BTreeSet};
use ttw_admin::world::{AS_OF, World, generate};
use ttw_core::domain::{Month, PaymentAsked, ProviderKind};
use ttw_core::read::{Claim, Question};
use ttw_core::{Engine, PolicyName, Truth};

const PAYMENTS: [&str; 11] =
    ["p1m1", "p1m2", "p1m3", "p1m4", "p2", "p2m1", "p2m3", "outcome", "outcome1", "outcome3", "reconciliation"];

/// Every answer that the providers of a world can get by the operations policy on its day.
fn reasons(engine: &Engine, world: &World) -> (BTreeMap<&'static str, BTreeSet<String>>, BTreeMap<String, usize>) {
    let mut seen: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    let mut decisions: BTreeMap<String, usize> = BTreeMap::new();
    for person in &world.people {
        let case = &person.record.case;
        let Some(first) = case.assignments.first() else { continue };
        let paying = case.assignments.iter().filter(|assignment| assignment.kind != ProviderKind::StateVr);
        for provider in paying.map(|assignment| assignment.provider.clone()).collect::<BTreeSet<_>>() {
            for month in Month::from(first.assigned_on).plus(-1).through(Month::from(world.as_of).plus(-1)) {
                for payment in PAYMENTS {
                    let payment = PaymentAsked::parse(payment).unwrap();
                    let claim = Claim { payment, month, provider: provider.clone() };
                    let question = Question {
                        case: case.clone(),
                        claim,
                        requested_on: world.as_of,
                        policy: PolicyName::Operations,
                    };
                    let answer = engine.decide(&question).unwrap();
                    *decisions.entry(format!("{:?}", answer.decision)).or_default() += 1;
                    for reason in answer.reasons {
                        seen.entry(reason.rule).or_default().insert(format!("{:?}", reason.holds));
                    }
                }
            }
        }
    }
    (seen, decisions)
}

#[test]
fn every_rule_that_decides_holds_for_somebody_and_fails_for_somebody() {
    let engine = Engine::builtin().unwrap();
    for seed in [1, 2, 77] {
        let (seen, decisions) = reasons(&engine, &generate(&engine, seed, AS_OF));
        let decides = ttw_core::eligibility::rules().filter(|rule| rule.can_fail());
        let missing = |truth: Truth| -> BTreeSet<&str> {
            let told = |id: &str| seen.get(id).is_some_and(|answers| answers.contains(&format!("{truth:?}")));
            decides.clone().map(|rule| rule.id).filter(|id| !told(id)).collect()
        };
        // SVR-01 is for requests before February 2020, SVR-03 for the other policy.
        let not_asked = BTreeSet::from(["SVR-01", "SVR-03"]);
        assert_eq!(missing(Truth::Yes), not_asked, "seed {seed}: hold for nobody");
        assert_eq!(missing(Truth::No), not_asked, "seed {seed}: fail for nobody");
        assert_eq!(decisions.keys().collect::<Vec<_>>(), ["NotPayable", "Payable", "Undetermined"]);
        assert!(decisions.values().all(|count| *count > 20), "{decisions:?}");
    }
}

#[test]
fn every_rule_that_explains_explains_something() {
    let engine = Engine::builtin().unwrap();
    let (seen, _) = reasons(&engine, &generate(&engine, 1, AS_OF));
    let catalogue: serde_json::Value = serde_json::from_str(&engine.rules_json()).unwrap();
    let rules = catalogue["rules"].as_array().unwrap();
    let explains = rules.iter().filter(|rule| rule["role"] == "explains").map(|rule| rule["id"].as_str().unwrap());
    assert!(explains.clone().count() > 30);
    let never: BTreeSet<&str> = explains.filter(|id| !seen.contains_key(id)).collect();
    assert_eq!(never, BTreeSet::new());
}
