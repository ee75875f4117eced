//! Where an answer differs from what a case expects.

use serde_json::Value;
use std::collections::BTreeSet;
use ttw_tests::golden::{Case, Expect, Kind, Outcome, Row};

/// One line for each difference.
pub fn differences(case: &Case, outcome: &Outcome) -> Vec<String> {
    let (expect, value) = (&case.expect, outcome.value());
    let mut found = Differences::default();
    if !expect.problems.is_empty() {
        found.set("problems", &expect.problems, list(&value["errors"], problem));
        return found.0;
    }
    if let Outcome::Errors(text) = outcome {
        return vec![format!("refused: {text}")];
    }
    match case.question.kind {
        Kind::Decide => decision(&mut found, expect, &value),
        Kind::Ledger => ledger(&mut found, expect, &value),
        Kind::Compare => {
            found.set("changes", expect.changes.as_deref().unwrap_or_default(), list(&value["changes"], change));
        }
        Kind::Split | Kind::Transition => {
            let share = |share: &Value| format!("{} {}", text(&share["provider"]), text(&share["amount"]));
            found.order("shares", expect.shares.as_deref(), &list(&value["shares"], share));
            found.set("rules", expect.rules.as_deref().unwrap_or_default(), list(&value["rules"], text));
            for (field, expected) in &expect.transition {
                found.text(field, Some(expected), &text(&value[field]));
            }
        }
    }
    found.0
}

fn decision(found: &mut Differences, expect: &Expect, value: &Value) {
    found.text("decision", expect.decision.as_ref(), &text(&value["decision"]));
    found.text("payment", expect.payment.as_ref(), &text(&value["payment"]));
    found.text("amount", expect.amount.as_ref(), &text(&value["amount"]));
    found.text("attained_in", expect.attained_in.as_ref(), &text(&value["attained_in"]));
    found.text("earnings_basis", expect.earnings_basis.as_ref(), &text(&value["earnings_basis"]));
    let basis = match &value["amount_basis"] {
        Value::Array(entries) => entries.iter().map(basis).collect(),
        Value::Null => vec!["none".to_owned()],
        entry => vec![basis(entry)],
    };
    found.order("amount_basis", expect.amount_basis.as_deref(), &basis);
    let rules = |holds: Value| {
        let reasons = value["reasons"].as_array().into_iter().flatten();
        let reasons = reasons.filter(move |reason| reason["holds"] == holds);
        reasons.map(|reason| text(&reason["rule"])).collect::<Vec<_>>()
    };
    let holding = rules(Value::Bool(true));
    found.set("fails", &expect.fails, rules(Value::Bool(false)));
    found.set("unknown", &expect.unknown, rules(Value::Null));
    for id in expect.lists.iter().filter(|id| !holding.contains(id)) {
        found.note(&format!("{id} is not listed as holding"));
    }
    let listed = list(&value["reasons"], |reason| text(&reason["rule"]));
    for id in expect.absent.iter().filter(|id| listed.contains(id)) {
        found.note(&format!("{id} is listed"));
    }
    missing(found, expect, value);
    next(found, expect, &value["next"]);
    if !found.0.is_empty() {
        for reason in
            value["reasons"].as_array().into_iter().flatten().filter(|reason| reason["holds"] != Value::Bool(true))
        {
            found.note(&format!("  {}: {} {}", text(&reason["rule"]), text(&reason["text"]), reason["facts"]));
        }
    }
}

/// An expected line names the pointer and, where the case gives them, month and title.
fn missing(found: &mut Differences, expect: &Expect, value: &Value) {
    let line = |fact: &Value| {
        let mut words = vec![text(&fact["path"])];
        words.extend([&fact["month"], &fact["title"]].into_iter().filter(|word| !word.is_null()).map(text));
        words.join(" ")
    };
    let actual = list(&value["missing"], line);
    let begins = |actual: &str, expected: &str| actual == expected || actual.starts_with(&format!("{expected} "));
    let unmet = expect.missing.iter().any(|expected| !actual.iter().any(|line| begins(line, expected)));
    let unexpected = actual.iter().any(|line| !expect.missing.iter().any(|expected| begins(line, expected)));
    if unmet || unexpected {
        found.note(&format!("missing: expected {:?}, got {actual:?}", expect.missing));
    }
}

fn next(found: &mut Differences, expect: &Expect, next: &Value) {
    for piece in expect.next.iter().flatten() {
        let there = if piece == "none" { next.is_null() } else { !next.is_null() && next.to_string().contains(piece) };
        if !there {
            found.note(&format!("next: expected {piece:?}, got {next}"));
        }
    }
}

fn ledger(found: &mut Differences, expect: &Expect, value: &Value) {
    let rows: Vec<_> = value["rows"].as_array().into_iter().flatten().map(row).collect();
    for expected in &expect.rows {
        match rows.iter().find(|row| row.payment == expected.payment) {
            Some(row) if row == expected => {}
            Some(row) => found.note(&format!("expected {}, got {}", row_text(expected), row_text(row))),
            None => found.note(&format!("expected {}, found no such row", row_text(expected))),
        }
    }
    if let Some(title) = &expect.carries {
        let expected = super::always::rows(title);
        let names: Vec<_> = rows.iter().map(|row| row.payment.clone()).collect();
        found.order("rows", Some(&expected), &names);
    }
    for (field, expected) in &expect.totals {
        found.text(field, Some(expected), &text(&value["totals"][field]));
    }
}

fn row(value: &Value) -> Row {
    let due = [&value["attained_in"], &value["amount"]];
    let mut blocked_by = list(&value["blocked_by"], text);
    blocked_by.sort();
    let progress = &value["progress"];
    Row {
        payment: text(&value["payment"]),
        status: text(&value["status"]),
        due: due.iter().any(|value| !value.is_null()).then(|| (text(due[0]), text(due[1]))),
        blocked_by,
        progress: (!progress.is_null()).then(|| format!("{}/{}", progress["have"], progress["need"])),
    }
}

fn row_text(row: &Row) -> String {
    let due = row.due.as_ref().map(|(month, amount)| format!(" {month} {amount}")).unwrap_or_default();
    let progress = row.progress.as_ref().map(|progress| format!(" {progress}")).unwrap_or_default();
    format!("{} {}{due}{progress} {}", row.payment, row.status, row.blocked_by.join(" ")).trim_end().to_owned()
}

fn problem(problem: &Value) -> String {
    format!("{} {}", text(&problem["code"]), text(&problem["path"])).trim_end().to_owned()
}

fn basis(entry: &Value) -> String {
    let count = entry.get("count").map(|count| format!("{} x ", text(count))).unwrap_or_default();
    let words = ["base", "year", "percent", "title"].map(|field| text(&entry[field]));
    format!("{count}{}", words.join(" "))
}

fn change(change: &Value) -> String {
    let recoverable = if change["recoverable"] == Value::Bool(true) { "recoverable" } else { "not_recoverable" };
    let [payment, month, before, after, effect] =
        ["payment", "month", "before", "after", "effect"].map(|field| text(&change[field]));
    let rules = list(&change["rules"], text);
    format!("{payment} {month} {before} -> {after} {effect} {recoverable} {}", rules.join(" "))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "none".to_owned(),
        other => other.to_string(),
    }
}

fn list(value: &Value, each: impl Fn(&Value) -> String) -> Vec<String> {
    value.as_array().into_iter().flatten().map(each).collect()
}

#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn note(&mut self, line: &str) {
        self.0.push(line.to_owned());
    }

    fn text(&mut self, what: &str, expected: Option<&String>, actual: &str) {
        if let Some(expected) = expected.filter(|expected| *expected != actual) {
            self.note(&format!("{what}: expected {expected}, got {actual}"));
        }
    }

    fn order(&mut self, what: &str, expected: Option<&[String]>, actual: &[String]) {
        if let Some(expected) = expected.filter(|expected| *expected != actual) {
            self.note(&format!("{what}: expected {expected:?}, got {actual:?}"));
        }
    }

    fn set(&mut self, what: &str, expected: &[String], actual: Vec<String>) {
        let count = actual.len();
        let actual: BTreeSet<_> = actual.into_iter().collect();
        if actual.len() != count || actual != expected.iter().cloned().collect() {
            self.note(&format!("{what}: expected {expected:?}, got {actual:?}"));
        }
    }
}
