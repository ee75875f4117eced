//! The README's example: its question gives its determination, whole.

use serde_json::Value;
use std::fs;
use ttw_core::Engine;
use ttw_tests::rule_pages::root;

#[test]
fn the_determination_shown_is_the_answer_to_the_curl() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let between = |start: &str, end: &str| {
        let (_, rest) = readme.split_once(start).unwrap_or_else(|| panic!("{start}"));
        rest.split_once(end).unwrap_or_else(|| panic!("{end}")).0.to_owned()
    };
    let question = between("-d '", "'\n```");
    let shown: Value = serde_json::from_str(&between("```json\n", "\n```")).unwrap();
    let answer = Engine::builtin().unwrap().decide_json(question.as_bytes()).unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(shown, answer);
    assert!(shown["reasons"].as_array().unwrap().len() > 15, "a determination in full");
}

#[test]
fn links_of_the_pages_lead_somewhere() {
    let mut followed = 0;
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next()) {
            let file = link.split('#').next().unwrap();
            if !file.is_empty() && !file.starts_with("http") {
                assert!(root().join(file).exists(), "{page} links to {file}");
                followed += 1;
            }
        }
    }
    assert!(followed > 80, "{followed} links");
}
