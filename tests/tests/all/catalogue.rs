//! The catalogue against the register, the pages and the golden cases.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use ttw_core::eligibility::{Rule, rules};
use ttw_core::{DIFFERENCES, PolicyName};
use ttw_tests::rule_pages::{contents, pages, readme, root};

fn register() -> (Vec<String>, BTreeSet<String>) {
    let text = fs::read_to_string(root().join("tests/register.toml")).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    let list = |name: &str| -> Vec<String> {
        table[name].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    };
    (list("ids"), list("left_out").into_iter().collect())
}

#[test]
fn every_rule_of_the_register_is_in_the_catalogue_or_left_out_with_a_reason() {
    let (ids, left_out) = register();
    assert!(ids.len() >= 90, "the register's list was not read");
    println!("left out: {}", left_out.iter().cloned().collect::<Vec<_>>().join(", "));
    let expected: Vec<&str> = ids.iter().map(String::as_str).filter(|id| !left_out.contains(*id)).collect();
    let catalogue: Vec<&str> = rules().map(|rule| rule.id).collect();
    assert_eq!(catalogue, expected, "the catalogue and the register differ, or their order does");
    let reasons = fs::read_to_string(root().join("docs/decisions/0002-rules-left-out.md")).unwrap();
    for id in &left_out {
        assert!(reasons.contains(&format!("| {id} |")), "{id} is left out without a reason");
    }
    assert_eq!(reasons.lines().filter(|line| line.starts_with("| ")).count(), left_out.len() + 2);
}

#[test]
fn every_page_is_as_the_rules_have_it() {
    let folder = root().join("docs/rules");
    let on_disk: BTreeMap<String, String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    let pages = pages();
    assert!(pages.len() > 80);
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&on_disk), names(&pages), "run `make docs`");
    for (name, text) in &pages {
        assert_eq!(on_disk[name], *text, "docs/rules/{name} is stale: run `make docs`");
    }
    let current = |name: &str| fs::read_to_string(root().join(name)).unwrap();
    for (name, written) in
        [("README.md", readme(&current("README.md"))), ("mkdocs.yml", contents(&current("mkdocs.yml")))]
    {
        assert_eq!(written.expect("the marks of its list of rules"), current(name), "{name} is stale: run `make docs`");
    }
}

#[test]
fn the_site_has_every_page_in_its_contents() {
    let contents = fs::read_to_string(root().join("mkdocs.yml")).unwrap();
    for folder in ["", "guide", "decisions"] {
        for entry in fs::read_dir(root().join("docs").join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let is_page = Path::new(&path).extension().is_some_and(|extension| extension == "md");
            assert!(!is_page || contents.contains(&path), "mkdocs.yml does not have {path}");
        }
    }
}

#[test]
fn every_rule_has_a_page_with_its_parts_and_sources() {
    for Rule { id, name, source, doc, .. } in rules() {
        assert!(!source.trim().is_empty(), "{id} has no source");
        for part in ["# Example", "# Sources"] {
            assert!(doc.contains(part), "{id} ({name}) lacks {part}");
        }
        let sources = doc.split("# Sources").nth(1).unwrap_or_default();
        assert!(sources.trim().len() > 10, "{id} cites nothing on its page");
        assert!(source.split("; ").all(|cite| !cite.trim().is_empty()), "{id}: an empty cite");
    }
    let names: BTreeSet<_> = rules().map(|rule| rule.name).collect();
    assert_eq!(names.len(), rules().count(), "two rules of one name");
}

#[test]
fn every_difference_between_the_policies_is_told_once() {
    let debug = |policy: PolicyName| format!("{:#?}", policy.policy());
    let fields = |text: &str| -> BTreeMap<String, String> {
        let pairs = text.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once(": "));
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    let (operations, regulation) = (fields(&debug(PolicyName::Operations)), fields(&debug(PolicyName::Regulation)));
    let differing: BTreeSet<&str> =
        operations.iter().filter(|(name, value)| regulation[*name] != **value).map(|(name, _)| name.as_str()).collect();
    let told: BTreeSet<&str> = DIFFERENCES.iter().map(|difference| difference.field).chain(["name"]).collect();
    assert_eq!(differing, told);
    let ids: BTreeSet<&str> = rules().map(|rule| rule.id).collect();
    for difference in DIFFERENCES {
        assert!(
            !difference.rules.is_empty() && difference.rules.iter().all(|id| ids.contains(id)),
            "{}",
            difference.field
        );
        assert!(!difference.operations_source.is_empty() && !difference.regulation_source.is_empty());
    }
}

/// What the golden cases show of each rule: holds, fails, listed.
#[derive(Default)]
struct Seen {
    holds: bool,
    fails: bool,
    listed: bool,
}

fn note(answer: &Value, seen: &mut BTreeMap<String, Seen>) {
    match answer {
        Value::Object(fields) => {
            if let (Some(rule), Some(holds)) = (fields.get("rule").and_then(Value::as_str), fields.get("holds")) {
                let seen = seen.entry(rule.to_owned()).or_default();
                seen.listed = true;
                seen.holds |= *holds == Value::Bool(true);
                seen.fails |= *holds == Value::Bool(false);
            }
            if let Some(Value::Array(ids)) = fields.get("rules") {
                for id in ids.iter().filter_map(Value::as_str) {
                    seen.entry(id.to_owned()).or_default().listed = true;
                }
            }
            fields.values().for_each(|value| note(value, seen));
        }
        Value::Array(items) => items.iter().for_each(|item| note(item, seen)),
        _ => {}
    }
}

#[test]
fn every_rule_is_shown_by_the_golden_cases() {
    let mut seen = BTreeMap::new();
    let answers = super::golden_answers();
    assert!(answers.len() >= 150, "{} golden cases", answers.len());
    for answer in &answers {
        note(answer, &mut seen);
    }
    let nothing = Seen::default();
    let mut lacking = Vec::new();
    for rule in rules() {
        let seen = seen.get(rule.id).unwrap_or(&nothing);
        if rule.can_fail() {
            if !seen.holds {
                lacking.push(format!("{} never holds", rule.id));
            }
            if !seen.fails {
                lacking.push(format!("{} never fails", rule.id));
            }
        } else if !seen.listed {
            lacking.push(format!("{} is never listed", rule.id));
        }
    }
    assert!(lacking.is_empty(), "no golden case shows: {lacking:#?}");
}

#[test]
fn only_the_rules_of_the_contract_can_fail() {
    let expected: BTreeSet<&str> = [
        "FAM-01", "FAM-02", "BEN-01", "BEN-02", "BEN-03", "BEN-04", "BEN-05", "P1-01", "P1-02", "P1-03", "P1-04",
        "P1-05", "P1-08", "P1-09", "LB-01", "LB-02", "LB-03", "LB-04", "SVR-01", "SVR-02", "SVR-03", "SVR-04",
        "SVR-05", "SVR-06", "P2-01", "P2-02", "P2-03", "P2-04", "OUT-01", "OUT-02", "OUT-03", "REC-01", "REC-02",
        "SYS-01", "TRM-01",
    ]
    .into();
    let can_fail: BTreeSet<&str> = rules().filter(|rule| rule.can_fail()).map(|rule| rule.id).collect();
    assert_eq!(can_fail, expected);
}
