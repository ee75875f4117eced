//! What the contract says of every answer, whatever the case.

use serde_json::Value;
use ttw_tests::golden::{Case, Kind, Outcome, Question};

/// The register's order of rule ids.
const ORDER: &[&str] = &[
    "PAR", "PAY", "TKT", "FAM", "BEN", "EARN", "P1", "LB", "SVR", "P2", "OUT", "REC", "SYS", "SPL", "UNA", "CNV",
    "TRN", "OVP", "TRM",
];

const PHASE_1: &[&str] = &[
    "FAM-01", "FAM-02", "BEN-01", "BEN-02", "BEN-03", "P1-01", "P1-02", "P1-03", "P1-04", "P1-05", "P1-08", "P1-09",
    "LB-01", "LB-02", "LB-03", "LB-04", "SVR-01", "SVR-02", "SVR-03", "SVR-04", "SVR-05", "SVR-06", "OUT-02", "SYS-01",
    "TRM-01",
];
const PHASE_2: &[&str] = &[
    "FAM-01", "FAM-02", "BEN-01", "BEN-02", "BEN-03", "SVR-04", "SVR-05", "P2-01", "P2-02", "P2-03", "P2-04", "OUT-02",
    "SYS-01", "TRM-01",
];
const OUTCOME: &[&str] =
    &["FAM-01", "FAM-02", "BEN-04", "BEN-05", "SVR-04", "SVR-05", "OUT-01", "OUT-02", "OUT-03", "TRM-01"];
const RECONCILIATION: &[&str] = &["SVR-05", "OUT-01", "REC-01", "REC-02", "SYS-01", "TRM-01"];

/// The ids that C-03 lets fail for a kind of payment.
pub fn may_fail(kind: &str) -> &'static [&'static str] {
    match kind {
        "phase_1" => PHASE_1,
        "phase_2" => PHASE_2,
        "outcome" => OUTCOME,
        _ => RECONCILIATION,
    }
}

/// The kind of payment that a question claims.
pub fn claimed_kind(question: &Question) -> Option<&'static str> {
    let request: Value = serde_json::from_str(&question.text).ok()?;
    kind_of(request["claim"]["payment"].as_str()?)
}

fn kind_of(payment: &str) -> Option<&'static str> {
    [("p1m", "phase_1"), ("p2", "phase_2"), ("outcome", "outcome"), ("reconciliation", "reconciliation")]
        .into_iter()
        .find_map(|(stem, kind)| payment.starts_with(stem).then_some(kind))
}

/// The names of all rows of a ledger, in order (C-30).
pub fn rows(title: &str) -> Vec<String> {
    let (phase_2, outcomes) = if title == "t16" { (18, 60) } else { (11, 36) };
    let mut names: Vec<_> = (1..=4).map(|number| format!("p1m{number}")).collect();
    names.extend((1..=phase_2).map(|number| format!("p2m{number}")));
    names.extend((1..=outcomes).map(|number| format!("outcome{number}")));
    names.push("reconciliation".to_owned());
    names
}

/// One line for each breach.
pub fn violations(case: &Case, outcome: &Outcome) -> Vec<String> {
    let mut found = Breaches(Vec::new());
    let value = outcome.value();
    match (outcome, case.question.kind) {
        (Outcome::Errors(_), _) => problems(&mut found, &value),
        (_, Kind::Decide) => decision(&mut found, &value, &case.question),
        (_, Kind::Ledger) => ledger(&mut found, &value),
        (_, Kind::Compare) => changes(&mut found, &value),
        (_, Kind::Split | Kind::Transition) => {}
    }
    found.0
}

struct Breaches(Vec<String>);

impl Breaches {
    fn unless(&mut self, holds: bool, what: impl Into<String>) {
        if !holds {
            self.0.push(format!("always: {}", what.into()));
        }
    }
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn str_of<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// Problems section: a code, a class, a pointer, a sentence, a next step.
fn problems(found: &mut Breaches, value: &Value) {
    found.unless(items(&value["errors"]).count() > 0, "a refusal names what is wrong");
    for problem in items(&value["errors"]) {
        let path = str_of(problem, "path");
        found.unless(path.is_empty() || path.starts_with('/'), format!("{path} is a JSON pointer"));
        found.unless(str_of(problem, "message").ends_with('.'), "a problem has a sentence");
        let classes = ["syntactical", "validity", "policy", "quality", "macro"];
        found.unless(classes.contains(&str_of(problem, "class")), "a problem has a class");
        let actions = ["correct", "do_not_resubmit", "acknowledge"];
        found.unless(actions.contains(&str_of(problem, "action")), "a problem has a next step");
    }
}

/// C-01, C-03, C-04 and the shape of a determination.
fn decision(found: &mut Breaches, value: &Value, question: &Question) {
    let reasons: Vec<_> = items(&value["reasons"]).collect();
    let listed: Vec<_> = reasons.iter().map(|reason| str_of(reason, "rule")).collect();
    let any = |holds: &Value| reasons.iter().any(|reason| reason["holds"] == *holds);
    let expected = match (any(&Value::Bool(false)), any(&Value::Null)) {
        (true, _) => "not_payable",
        (_, true) => "undetermined",
        _ => "payable",
    };
    let decision = str_of(value, "decision");
    found.unless(decision == expected, format!("{decision} is not what the rules amount to (C-01)"));
    let payable = decision == "payable";
    found.unless(decision != "not_payable" || items(&value["missing"]).count() == 0, "nothing is missing (C-01)");
    found.unless(decision != "undetermined" || items(&value["missing"]).count() > 0, "what is unknown is named");
    found.unless(payable != value["attained_in"].is_null(), "attained_in (C-04)");
    found.unless(payable != value["amount_basis"].is_null(), "amount_basis is null unless payable");
    found.unless(payable || value["amount"].is_null(), "amount is null unless payable (C-36)");
    found.unless(decision == "not_payable" || value["next"].is_null(), "next is for not_payable");
    let mut places: Vec<_> = listed.iter().map(|id| place(id)).collect();
    found.unless(!places.contains(&None), format!("ids of the register: {listed:?}"));
    let given = places.clone();
    places.sort();
    places.dedup();
    found.unless(places == given, format!("register order, each once (C-03): {listed:?}"));
    for reason in &reasons {
        let id = str_of(reason, "rule");
        found.unless(
            !str_of(reason, "text").is_empty() && !str_of(reason, "source").is_empty(),
            format!("{id} explains"),
        );
    }
    let regulation = str_of(value, "policy") == "regulation";
    let kind = kind_of(str_of(value, "payment")).or_else(|| claimed_kind(question)).unwrap_or_default();
    for reason in reasons.iter().filter(|reason| reason["holds"] != Value::Bool(true)) {
        let id = str_of(reason, "rule");
        found.unless(may_fail(kind).contains(&id), format!("{id} cannot fail for {kind} (C-03)"));
    }
    let other: &[&str] =
        if regulation { &["SVR-01", "SVR-02", "SVR-04", "BEN-01", "BEN-02", "BEN-03"] } else { &["SVR-03"] };
    for id in other {
        found.unless(!listed.contains(id), format!("{id} is of the other policy (C-03)"));
    }
    for id in required(kind, str_of(value, "payment"), regulation) {
        found.unless(listed.contains(&id.as_str()), format!("{id} is listed (C-03)"));
    }
}

/// Where an id stands in the register.
fn place(id: &str) -> Option<(usize, u32)> {
    let (stem, number) = id.rsplit_once('-')?;
    Some((ORDER.iter().position(|known| *known == stem)?, number.parse().ok()?))
}

/// The ids that apply to every claim of a kind, whatever the facts.
fn required(kind: &str, payment: &str, regulation: bool) -> Vec<String> {
    let ids: &[&str] = match (kind, regulation) {
        ("phase_1", false) => &["FAM-01", "FAM-02", "P1-08", "P1-09", "SVR-04", "OUT-02", "SYS-01", "TRM-01"],
        ("phase_1", true) => &["FAM-01", "FAM-02", "P1-08", "P1-09", "SVR-03", "OUT-02", "SYS-01", "TRM-01"],
        ("phase_2", false) => {
            &["FAM-01", "FAM-02", "SVR-04", "P2-01", "P2-02", "P2-03", "P2-04", "OUT-02", "SYS-01", "TRM-01"]
        }
        ("phase_2", true) => &["FAM-01", "FAM-02", "P2-01", "P2-02", "P2-03", "P2-04", "OUT-02", "SYS-01", "TRM-01"],
        ("outcome", false) => &["FAM-01", "FAM-02", "BEN-04", "SVR-04", "OUT-01", "OUT-02", "OUT-03", "TRM-01"],
        ("outcome", true) => &["FAM-01", "FAM-02", "BEN-04", "OUT-01", "OUT-02", "OUT-03", "TRM-01"],
        _ => &["OUT-01", "REC-01", "REC-02", "SYS-01", "TRM-01"],
    };
    let mut ids: Vec<_> = ids.iter().map(|id| (*id).to_owned()).collect();
    ids.extend(payment.strip_prefix("p1m").map(|number| format!("P1-0{number}")));
    ids.extend((payment == "p1m4").then(|| "P1-05".to_owned()));
    ids
}

/// C-30, C-31 and C-35: rows and their fields.
fn ledger(found: &mut Breaches, value: &Value) {
    let names: Vec<_> = items(&value["rows"]).map(|row| str_of(row, "payment").to_owned()).collect();
    found.unless(names == rows("t2") || names == rows("t16"), format!("all rows in order (C-30): {names:?}"));
    for row in items(&value["rows"]) {
        let (payment, status) = (str_of(row, "payment"), str_of(row, "status"));
        let due = matches!(status, "paid" | "payable");
        found.unless(due != row["attained_in"].is_null(), format!("{payment}: attained_in (C-31)"));
        found.unless(due || row["amount"].is_null(), format!("{payment}: amount (C-31)"));
        let barred = items(&row["blocked_by"]).count() > 0;
        found.unless(barred == (status == "unavailable"), format!("{payment}: blocked_by (C-31)"));
        let counted = status == "pending" && ["p1m2", "p1m3", "p1m4"].contains(&payment);
        found.unless(counted != row["progress"].is_null(), format!("{payment}: progress (C-35)"));
    }
}

/// Envelopes section: the difference and what it is called.
fn changes(found: &mut Breaches, value: &Value) {
    for change in items(&value["changes"]) {
        let cents = |field: &str| str_of(change, field).replace('.', "").parse::<i64>().ok();
        let (before, after, difference) = (cents("before"), cents("after"), cents("difference"));
        found.unless(
            difference.is_some() && before.zip(after).map(|(before, after)| after - before) == difference,
            format!("difference is after less before: {change}"),
        );
        let effect = if difference < Some(0) { "overpaid" } else { "missed" };
        found.unless(str_of(change, "effect") == effect, format!("effect: {change}"));
    }
}
