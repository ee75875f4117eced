//! Every golden case through the core.

mod agreement;
mod always;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use ttw_core::Engine;
use ttw_tests::golden::{self, Case, Outcome, Source};

fn cases() -> Vec<Case> {
    golden::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")).unwrap()
}

#[test]
fn the_core_answers_every_case_as_expected() {
    let engine = Engine::builtin().unwrap();
    let mut report = Vec::new();
    for case in cases() {
        let outcome = golden::ask(&engine, &case.question);
        let mut differences = agreement::differences(&case, &outcome);
        differences.extend(always::violations(&case, &outcome));
        if !differences.is_empty() {
            report.push(format!("{}: {}\n    {}\n", case.file, case.name, differences.join("\n    ")));
        }
    }
    assert!(report.is_empty(), "{} cases disagree\n\n{}", report.len(), report.join("\n"));
}

#[test]
fn cases_are_many_have_names_of_their_own_and_sources() {
    let cases = cases();
    assert!(cases.len() >= 190, "only {} cases", cases.len());
    let mut named = BTreeMap::new();
    for case in &cases {
        let other = named.insert(case.name.clone(), case.file.clone());
        assert!(other.is_none(), "{} and {}: {}", case.file, other.unwrap_or_default(), case.name);
        assert!(case.source.len() >= 4, "{}: no source", case.name);
        assert!(!case.name.ends_with('.'), "{}", case.name);
    }
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let (one, other) = (Engine::builtin().unwrap(), Engine::builtin().unwrap());
    for case in cases() {
        assert_eq!(golden::ask(&one, &case.question), golden::ask(&other, &case.question), "{}", case.name);
    }
}

/// Ids that can fail, by kind of payment; the list is the contract's C-03.
#[test]
fn every_rule_that_can_fail_is_seen_to_fail_and_to_hold() {
    let mut failing = BTreeMap::<&str, BTreeSet<String>>::new();
    let mut holding = failing.clone();
    for case in cases() {
        let Some(kind) = always::claimed_kind(&case.question) else { continue };
        failing.entry(kind).or_default().extend(case.expect.fails.iter().cloned());
        if case.expect.decision.as_deref() == Some("payable") || !case.expect.fails.is_empty() {
            holding.entry(kind).or_default().extend(case.expect.lists.iter().cloned());
        }
    }
    let mut unseen = Vec::new();
    for kind in ["phase_1", "phase_2", "outcome", "reconciliation"] {
        for id in always::may_fail(kind) {
            if !failing.get(kind).is_some_and(|ids| ids.contains(*id)) {
                unseen.push(format!("{kind}: {id} never fails"));
            }
            if !holding.get(kind).is_some_and(|ids| ids.contains(*id)) {
                unseen.push(format!("{kind}: {id} is never listed as holding"));
            }
        }
    }
    assert!(unseen.is_empty(), "{}", unseen.join("\n"));
}

#[test]
fn what_nobody_understands_in_a_file_is_refused() {
    let head = "about = \"x\"\n[[case]]\nname = \"n\"\nsource = \"s\"\nsplit = \"10.00 to EN-A 100\"\n";
    let read = |text: &str| Source { file: "x.toml", text }.cases();
    assert_eq!(read(&format!("{head}[case.expect]\nshares = [\"EN-A 10.00\"]\n")).unwrap().len(), 1);
    for text in [
        head.to_owned(),
        format!("{head}unheard = 1\n[case.expect]\n"),
        format!("{head}[case.expect]\ndecided = \"payable\"\n"),
        format!("{head}ask = \"p1m1 2016-06 EN-A on 2017-01-01\"\n[case.expect]\n"),
        format!("{head}paid = [\"p1m1 2016-06 EN-A 1398.00 quarter\"]\n[case.expect]\n"),
        format!("{head}[case.expect]\nrows = [\"p1m1 unheard\"]\n"),
        format!("unheard = 1\n{head}[case.expect]\n"),
        head.replace("source = \"s\"\n", "[case.expect]\n"),
    ] {
        assert!(read(&text).is_err(), "{text}");
    }
}

/// A case of which everything is wrong: each expectation by itself is noticed.
#[test]
fn every_expectation_is_checked() {
    let engine = Engine::builtin().unwrap();
    let facts = "assigned = [\"EN-A en outcome_milestone 2016-05-20\"]\nearnings = [\"2016-06 900.00\"]\n\
                 benefits = [\"t2 2014-01.. current_pay\"]\n";
    for (asked, expected) in [
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "decision = \"not_payable\""),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "payment = \"p1m2\""),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "amount = \"1398.01\""),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "amount_basis = [\"1165.22 2016 36 t2\"]"),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "attained_in = \"none\""),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "earnings_basis = \"paid\""),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "fails = [\"LB-01\"]"),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "unknown = [\"P1-01\"]"),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "lists = [\"LB-02\"]"),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "absent = [\"LB-01\"]"),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "missing = [\"/case/benefits\"]"),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "next = [\"at_least\"]"),
        ("ask = \"p1m1 2016-06 EN-A on 2017-01-02\"", "problems = [\"MONTH_FORMAT /claim/month\"]"),
        ("ledger = \"EN-A on 2017-01-02\"", "rows = [\"p1m1 payable 2016-07 1398.00\"]"),
        ("ledger = \"EN-A on 2017-01-02\"", "rows = [\"p1m2 pending 2/3\"]"),
        ("ledger = \"EN-A on 2017-01-02\"", "rows = [\"p1m2 unavailable LB-02\"]"),
        ("ledger = \"EN-A on 2017-01-02\"", "rows = [\"outcome37 pending\"]"),
        ("ledger = \"EN-A on 2017-01-02\"", "carries = \"t16\""),
        ("ledger = \"EN-A on 2017-01-02\"", "totals = { paid = \"1.00\" }"),
        ("ledger = \"EN-A on 2017-01-02\"", "totals = { potential = \"none\" }"),
    ] {
        let text = format!(
            "about = \"x\"\n[[case]]\nname = \"n\"\nsource = \"s\"\n{facts}{asked}\n[case.expect]\n{expected}\n"
        );
        let cases = Source { file: "x.toml", text: &text }.cases().unwrap();
        let differences = agreement::differences(&cases[0], &golden::ask(&engine, &cases[0].question));
        assert!(!differences.is_empty(), "{asked} {expected}");
    }
}

#[test]
fn a_disagreement_is_noticed() {
    let text = "about = \"x\"\n[[case]]\nname = \"n\"\nsource = \"s\"\nsplit = \"10.00 to EN-A 100\"\n\
                [case.expect]\nshares = [\"EN-A 9.00\"]\nrules = []\n";
    let cases = Source { file: "x.toml", text }.cases().unwrap();
    let outcome = Outcome::Answer(
        r#"{"amount":"10.00","shares":[{"provider":"EN-A","percent":100,"amount":"10.00"}],"rules":["SPL-01"]}"#
            .to_owned(),
    );
    assert_eq!(agreement::differences(&cases[0], &outcome).len(), 2);
}
