//! The golden cases of what happens after a request was received, through the core.

use serde_json::Value;
use std::collections::BTreeSet;
use ttw_core::Engine;
use ttw_tests::golden::{self, ProcessingCase};
use ttw_tests::rule_pages::root;

fn cases() -> Vec<ProcessingCase> {
    golden::processing(&root().join("tests/golden/processing")).unwrap()
}

/// What the core answers to every case.
pub(super) fn answers(engine: &Engine) -> Vec<Value> {
    cases().iter().map(|case| case.ask(engine).value()).collect()
}

#[test]
fn the_core_answers_every_case_as_expected() {
    let engine = Engine::builtin().unwrap();
    let mut report = Vec::new();
    for case in cases() {
        let differences = case.differences(&case.ask(&engine));
        if !differences.is_empty() {
            report.push(format!("{}: {}\n    {}\n", case.file, case.name, differences.join("\n    ")));
        }
    }
    assert!(report.is_empty(), "{} cases disagree\n\n{}", report.len(), report.join("\n"));
}

#[test]
fn cases_are_many_have_names_of_their_own_and_sources() {
    let cases = cases();
    assert!(cases.len() >= 90, "only {} cases", cases.len());
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len());
    assert!(cases.iter().all(|case| case.source.len() >= 4 && !case.name.ends_with('.')));
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    let (one, other) = (Engine::builtin().unwrap(), Engine::builtin().unwrap());
    for case in cases() {
        assert_eq!(case.ask(&one), case.ask(&other), "{}", case.name);
    }
}
