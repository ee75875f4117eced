//! The golden cases of the forms, through the core.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use ttw_core::Engine;
use ttw_core::codes;
use ttw_core::problem::Class;
use ttw_tests::golden::{self, FormCase, Outcome};
use ttw_tests::rule_pages::root;

pub(super) fn cases() -> Vec<FormCase> {
    golden::forms(&root().join("tests/golden/forms")).unwrap()
}

/// What is wrong, or else what is to be acknowledged, as `CODE /pointer`.
fn found(outcome: &Outcome) -> Vec<String> {
    let answer = outcome.value();
    let list = match outcome {
        Outcome::Answer(_) => &answer["warnings"],
        Outcome::Errors(_) => &answer["errors"],
    };
    let text = |problem: &Value, field: &str| problem[field].as_str().unwrap().to_owned();
    let line = |problem: &Value| format!("{} {}", text(problem, "code"), text(problem, "path"));
    list.as_array().unwrap().iter().map(line).collect()
}

/// The codes that the cases provoke.
pub(super) fn provoked(engine: &Engine) -> BTreeSet<String> {
    let lines = cases().into_iter().flat_map(|case| found(&case.ask(engine)));
    lines.map(|line| line.split(' ').next().unwrap().to_owned()).collect()
}

/// What a case expects beside the codes, as the answer has it.
fn differences(case: &FormCase, outcome: &Outcome) -> Vec<String> {
    let answer = outcome.value();
    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: String, found: String| {
        if expected != found {
            differences.push(format!("{what}: expected {expected}, found {found}"));
        }
    };
    compare("codes", format!("{:?}", case.expect), format!("{:?}", found(outcome)));
    let quality: BTreeSet<&str> =
        codes::all().filter(|code| code.class == Class::Quality).map(|code| code.id).collect();
    let is_filed = case.expect.iter().all(|line| quality.contains(line.split(' ').next().unwrap()));
    compare("filed", is_filed.to_string(), matches!(outcome, Outcome::Answer(_)).to_string());
    if let Some(likely) = &case.likely {
        compare("likely", format!("{likely:?}"), answer["advice"]["likely"].to_string());
    }
    if let Some(keys) = &case.keys {
        let key = |key: &Value| format!("{} {}", key["kind"].as_str().unwrap(), key["value"].as_str().unwrap());
        let told: Vec<String> = answer["keys"].as_array().into_iter().flatten().map(key).collect();
        compare("keys", format!("{keys:?}"), format!("{told:?}"));
    }
    if let Some(questions) = &case.passes_by {
        let person = &answer["advice"]["people"][0];
        let held = person["reasons"].as_array().into_iter().flatten().filter(|limb| limb["holds"] == true);
        let held: Vec<&str> = held.map(|limb| limb["question"].as_str().unwrap()).collect();
        compare("passes by", format!("{questions:?}"), format!("{held:?}"));
        compare("would pass", (!questions.is_empty()).to_string(), person["would_pass"].to_string());
    }
    differences
}

#[test]
fn the_core_answers_every_case_as_expected() {
    let engine = Engine::builtin().unwrap();
    let mut report = Vec::new();
    for case in cases() {
        let differences = differences(&case, &case.ask(&engine));
        if !differences.is_empty() {
            report.push(format!("{}: {}\n    {}\n", case.file, case.name, differences.join("\n    ")));
        }
    }
    assert!(report.is_empty(), "{} cases disagree\n\n{}", report.len(), report.join("\n"));
}

#[test]
fn cases_are_many_and_have_names_of_their_own() {
    let cases = cases();
    assert!(cases.len() >= 300, "only {} cases", cases.len());
    let mut named = BTreeMap::new();
    for case in &cases {
        let other = named.insert(case.name.clone(), case.file.clone());
        assert!(other.is_none(), "{} and {}: {}", case.file, other.unwrap_or_default(), case.name);
        assert!(!case.name.ends_with('.'), "{}", case.name);
    }
}

#[test]
fn no_answer_shows_a_person_s_number() {
    let engine = Engine::builtin().unwrap();
    for case in cases() {
        let (Outcome::Answer(text) | Outcome::Errors(text)) = case.ask(&engine);
        for number in ["900-12-34", "9001234"] {
            assert!(!text.contains(number), "{}", case.name);
        }
    }
}

/// What is said of a draft by itself is said of it beside the file too; only what the file answers is left out.
#[test]
fn without_the_file_nothing_new_is_found() {
    let engine = Engine::builtin().unwrap();
    let (mut compared, mut new) = (0, BTreeSet::new());
    for mut case in cases() {
        let with = found(&case.ask(&engine));
        case.request["on_file"] = Value::Null;
        let outcome = case.ask(&engine);
        let without = found(&outcome);
        new.extend(
            without.iter().filter(|line| !with.contains(line)).map(|line| line.split(' ').next().unwrap().to_owned()),
        );
        if let Outcome::Answer(_) = outcome {
            let answer = outcome.value();
            assert_eq!(answer["checked_against_file"], false, "{}", case.name);
            assert!(answer["document"].is_null() && answer["advice"].is_null(), "{}", case.name);
        }
        compared += without.len();
    }
    assert!(compared > 100, "{compared} found without a file");
    // A payment method that the file refuses says nothing about the type.
    assert_eq!(new, BTreeSet::from(["PR_TYPE_INVALID_FOR_METHOD".to_owned()]));
}
