//! A peer: the Common Expression Language, with five rules of Milestone 3 written as its users would.

use cel::{Context, Program, Value as CelValue};
use serde_json::{Value, json};
use ttw_core::Engine;

/// Month 0 is January 2015; the ticket is assigned in month 4.
const ASSIGNED: i64 = 4;
const CLAIMED: i64 = 40;

const RULES: [&str; 5] = [
    "c > t",
    "months[c].status == 'current_pay'",
    "months[c].earned >= months[c].level && months.filter(m, m.i > c - 12 && m.i <= c && m.i > t && m.earned >= m.level).size() >= 6",
    "months.filter(m, m.i >= t - 12 && m.i < t && m.earned >= m.level).size() < 6",
    "!months.exists(m, m.i >= t && m.i <= c && m.status == 'suspended_work')",
];

/// A question about 36 months of the same earnings, asked 3 months after them.
pub fn question(dollars: u32, payment: &str) -> Value {
    let month = |index: i64| format!("{}-{:02}", 2015 + index / 12, index % 12 + 1);
    let earnings: Vec<Value> = (ASSIGNED + 1..=CLAIMED)
        .map(|index| json!({"month": month(index), "earned": format!("{dollars}.00"), "paid": format!("{dollars}.00")}))
        .collect();
    json!({
        "case": {
            "ticket": {"id": "T-1", "terminates_in": null, "assignments": [{
                "provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2015-05-20", "unassigned_on": null,
                "plan_signed_on": "2015-05-18", "plan_received_on": "2015-05-25", "services_completed_on": "2016-02-01"}]},
            "beneficiary": {"title": "t2", "blind": false},
            "benefits": [{"title": "t2", "from": "2014-01", "to": null, "status": "current_pay"}],
            "earnings": earnings, "pay_statements": [], "state_vr_cases": [], "payments": [],
        },
        "claim": {"payment": payment, "month": month(CLAIMED), "provider": "EN-A"}, "requested_on": "2018-09-01", "policy": "operations",
    })
}

/// The facts as the expressions see them: one map a month.
pub fn context(question: &Value) -> Context<'static, 'static> {
    let levels = [78_000_i64, 81_000, 84_000, 85_000];
    let months: Vec<Value> = (0..=CLAIMED)
        .map(|index| {
            let name = format!("{}-{:02}", 2015 + index / 12, index % 12 + 1);
            let entry = question["case"]["earnings"].as_array().and_then(|list| list.iter().find(|entry| entry["month"] == name.as_str()));
            let earned = entry.and_then(|entry| entry["earned"].as_str()).map_or(0, |text| text.replace('.', "").parse::<i64>().unwrap_or(0));
            let level = usize::try_from(index / 12).ok().and_then(|year| levels.get(year)).copied().unwrap_or(0);
            let status = question["case"]["benefits"][0]["status"].as_str().unwrap_or("");
            json!({"i": index, "earned": earned, "level": level, "status": status})
        })
        .collect();
    let mut context = Context::default();
    context.add_variable("months", months).expect("months");
    context.add_variable("c", CLAIMED).expect("c");
    context.add_variable("t", ASSIGNED).expect("t");
    context
}

/// The compiled expressions.
pub struct Cel(Vec<Program>);

impl Cel {
    pub fn new() -> Self {
        Self(RULES.iter().map(|rule| Program::compile(rule).expect("an expression")).collect())
    }

    /// Whether all five hold.
    pub fn verdict(&self, facts: &Context<'_, '_>) -> bool {
        self.0.iter().all(|rule| matches!(rule.execute(facts), Ok(CelValue::Bool(true))))
    }
}

/// Cases on which both give the same verdict: earnings around the level of 2018.
pub fn agree(engine: &Engine, peer: &Cel) -> usize {
    (780..920)
        .map(|dollars| {
            let asked = question(dollars, "p1m3");
            let answer = engine.decide_json(asked.to_string().as_bytes()).expect("an answer");
            let payable = answer.starts_with("{\"decision\":\"payable\"");
            assert_eq!(payable, peer.verdict(&context(&asked)), "the peer disagrees at ${dollars}");
        })
        .count()
}
