//! The catalogue of codes against its page, the reference of the forms, and what provokes each code.

mod page;
mod portal;
mod provoke;

use crate::all::{forms, processing};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use ttw_core::Engine;
use ttw_core::batch::Fault;
use ttw_core::codes;
use ttw_core::forms::NotAssignable;
use ttw_core::problem::Code;
use ttw_tests::golden;
use ttw_tests::rule_pages::root;

/// The pages of codes that belong to functions, not to the core.
const OF_FUNCTIONS: [(&str, &[Code]); 6] = [
    ("Every function", ttw_portal::problem::CODES),
    ("Sign-in and rights", ttw_portal::identity::code::CODES),
    ("Filing", ttw_portal::filing::code::CODES),
    ("Questions", check_eligibility::refusal::CODES),
    ("Work cases", claims::code::CODES),
    ("Cover sheets", submit_pr::code::CODES),
];

fn catalogue() -> BTreeSet<&'static str> {
    let of_functions = OF_FUNCTIONS.iter().flat_map(|(_, codes)| *codes);
    codes::all().chain(of_functions).map(|code| code.id).collect()
}

/// The reasons why a ticket cannot be assigned: answers to the program manager, not problems.
fn reasons() -> BTreeSet<&'static str> {
    NotAssignable::ALL.iter().map(|reason| reason.code()).collect()
}

#[test]
fn the_page_of_codes_is_as_the_catalogue_has_it() {
    let path = root().join("docs/codes.md");
    let text = page::text();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text, "docs/codes.md is stale: run `make docs`");
    let told: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let of_loading = ttw_admin::problem::code::ALL.iter().map(|code| code.id);
    let mut expected: BTreeSet<&str> = catalogue().union(&reasons()).copied().chain(of_loading).collect();
    expected.insert(ttw_local::sign_in::USER_UNKNOWN.id);
    assert!(told.len() > 250, "{}", told.len());
    assert_eq!(told, expected);
}

#[test]
fn the_engine_shows_its_codes() {
    let shown: serde_json::Value = serde_json::from_str(&Engine::builtin().unwrap().codes_json()).unwrap();
    let shown: Vec<&str> =
        shown["codes"].as_array().unwrap().iter().map(|code| code["code"].as_str().unwrap()).collect();
    assert_eq!(shown, codes::all().map(|code| code.id).collect::<Vec<_>>());
}

/// What the golden questions are refused for.
fn provoked_by_questions() -> BTreeSet<String> {
    let engine = Engine::builtin().unwrap();
    let cases = golden::all(&root().join("tests/golden")).unwrap();
    let answers = cases.iter().map(|case| golden::ask(&engine, &case.question).value());
    let codes = |answer: serde_json::Value| provoke::codes_of(&answer["errors"]);
    answers.flat_map(codes).collect()
}

#[test]
fn every_code_of_the_core_is_provoked() {
    let engine = Engine::builtin().unwrap();
    let mut provoked = provoked_by_questions();
    provoked.extend(processing::answers(&engine).iter().flat_map(|answer| provoke::codes_of(&answer["errors"])));
    provoked.extend(forms::provoked(&engine));
    provoked.extend(provoke::documents(&engine));
    provoked.extend(Fault::ALL.map(|fault| fault.problem(0).code.to_owned()));
    // Provoked in `portal`, where the same form is filed twice.
    provoked.extend(["IWP_DUPLICATE", "F1365_DUPLICATE"].map(str::to_owned));
    let expected: BTreeSet<String> = codes::all().map(|code| code.id.to_owned()).collect();
    assert_eq!(provoked, expected);
}

#[test]
fn every_code_of_the_forms_reference_is_in_the_catalogue_or_left_out_with_a_reason() {
    let text = fs::read_to_string(root().join("tests/form_codes.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let list = |name: &str| -> BTreeSet<&str> {
        let ids: Vec<&str> = table[name].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        let set: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), set.len(), "{name} names one twice");
        set
    };
    let (ids, left_out, added) = (list("ids"), list("left_out"), list("added"));
    assert!(ids.len() > 170, "{}", ids.len());
    assert!(left_out.is_subset(&ids) && added.is_disjoint(&ids));
    let expected: BTreeSet<&str> = ids.difference(&left_out).chain(&added).copied().collect();
    let found: BTreeSet<&str> = catalogue().union(&reasons()).copied().collect();
    assert_eq!(found.symmetric_difference(&expected).collect::<Vec<_>>(), Vec::<&&str>::new());
    let page = fs::read_to_string(root().join("docs/decisions/0004-codes-of-forms-left-out.md")).unwrap();
    let rows: BTreeMap<&str, &str> =
        page.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | ")).collect();
    assert_eq!(rows.keys().copied().collect::<BTreeSet<_>>(), left_out);
    assert!(rows.values().all(|reason| reason.len() > 20), "{rows:?}");
}
