//! Cases told in a sentence, for the tests of the rules. They go through JSON text, as every case does.

use crate::Engine;
use crate::decision::{Comparison, Decision, Determination, Ledger, Row, Status};
use crate::domain::{Month, PaymentName};
use crate::eligibility::{Missing, Reason};
use crate::facts::Truth;
use crate::read;
use serde_json::{Value, json};

/// The answers of a rule that is listed, and of one that is not.
pub(crate) const YES: Option<Truth> = Some(Truth::Yes);
pub(crate) const NO: Option<Truth> = Some(Truth::No);
pub(crate) const UNKNOWN: Option<Truth> = Some(Truth::Unknown);
pub(crate) const UNLISTED: Option<Truth> = None;

/// The two policies.
pub(crate) const POLICIES: [&str; 2] = ["operations", "regulation"];

/// A case in the telling.
#[derive(Clone)]
pub(crate) struct Story(Value);

/// A title II beneficiary of whom nothing else is known.
pub(crate) fn case() -> Story {
    Story(json!({
        "ticket": {"id": "T-0001", "assignments": []}, "beneficiary": {"title": "t2", "blind": false}, "benefits": [],
        "earnings": [], "pay_statements": [], "state_vr_cases": [], "payments": []
    }))
}

/// Title II, in current pay from 2010 on, first assigned to EN-A on May 20, 2016.
pub(crate) fn title_ii() -> Story {
    case().assigned("2016-05-20").in_pay("t2", "2010-01..")
}

/// The same under title XVI, with federal cash.
pub(crate) fn title_xvi() -> Story {
    case().titled("t16").assigned("2016-05-20").in_pay("t16", "2010-01..")
}

/// Concurrent and first assigned to EN-A on May 20, 2016; a status of `?` is not known.
pub(crate) fn concurrent(t2: &str, t16: &str) -> Story {
    let story = case().titled("concurrent").assigned("2016-05-20");
    [("t2", t2), ("t16", t16)]
        .into_iter()
        .filter(|(_, status)| *status != "?")
        .fold(story, |story, (record, status)| story.benefit(record, "2010-01..", status))
}

/// Title II, first assigned to EN-A on May 20, 2016, in current pay until benefits are suspended because of work, for good or
/// over a range.
pub(crate) fn suspended_from(range: &str) -> Story {
    let (first, last) = range.split_once("..").unwrap_or((range, ""));
    let story = case().assigned("2016-05-20").in_pay("t2", &format!("2010-01..{}", month_of(first).plus(-1)));
    story.benefit("t2", &format!("{first}..{last}"), "suspended_work")
}

impl Story {
    /// The case as a document, with an id of its own.
    pub(crate) fn document(&self, ticket: &str) -> Value {
        let mut case = self.0.clone();
        case["ticket"]["id"] = json!(ticket);
        case
    }

    pub(crate) fn titled(mut self, title: &str) -> Self {
        self.0["beneficiary"]["title"] = json!(title);
        self
    }

    pub(crate) fn blind(mut self) -> Self {
        self.0["beneficiary"]["blind"] = json!(true);
        self
    }

    pub(crate) fn terminates_in(mut self, month: &str) -> Self {
        self.0["ticket"]["terminates_in"] = json!(month);
        self
    }

    /// To EN-A, under outcome-milestone.
    pub(crate) fn assigned(self, day: &str) -> Self {
        self.assigned_to("EN-A", "en", day)
    }

    /// The assignment before ends that day.
    pub(crate) fn assigned_to(mut self, provider: &str, kind: &str, day: &str) -> Self {
        let system = if kind == "state_vr" { Value::Null } else { json!("outcome_milestone") };
        let assignments = self.assignments();
        if let Some(last) = assignments.last_mut() {
            last["unassigned_on"] = json!(day);
        }
        assignments.push(json!({"provider": provider, "kind": kind, "payment_system": system, "assigned_on": day}));
        self
    }

    /// The last assignment was made under outcome-only.
    pub(crate) fn outcome_only(self) -> Self {
        self.of_assignment("payment_system", "outcome_only")
    }

    pub(crate) fn plan_signed(self, day: &str) -> Self {
        self.of_assignment("plan_signed_on", day)
    }

    pub(crate) fn plan_received(self, day: &str) -> Self {
        self.of_assignment("plan_received_on", day)
    }

    pub(crate) fn services_completed(self, day: &str) -> Self {
        self.of_assignment("services_completed_on", day)
    }

    pub(crate) fn unassigned(self, day: &str) -> Self {
        self.of_assignment("unassigned_on", day)
    }

    /// In current pay, title XVI with federal cash.
    pub(crate) fn in_pay(self, record: &str, range: &str) -> Self {
        self.benefit(record, range, "current_pay")
    }

    /// A status over a range: `2016-01..` is open, `2016-01` is one month. `supplement` is title XVI without federal cash.
    pub(crate) fn benefit(mut self, record: &str, range: &str, status: &str) -> Self {
        let (from, to) = range.split_once("..").unwrap_or((range, range));
        let to = if to.is_empty() { Value::Null } else { json!(to) };
        let word = if status == "supplement" { "current_pay" } else { status };
        let mut benefit = json!({"title": record, "from": from, "to": to, "status": word});
        if record == "t16" && word == "current_pay" {
            benefit["federal_cash"] = json!(status != "supplement");
        }
        self.list("benefits").push(benefit);
        self
    }

    /// Posted by pay period; months are `2016-06`, `2016-06..2016-08`, or several of these after one another.
    pub(crate) fn earned(self, months: &str, amount: &str) -> Self {
        self.posted(months, "earned", amount)
    }

    /// Posted by day of pay.
    pub(crate) fn paid_out(self, months: &str, amount: &str) -> Self {
        self.posted(months, "paid", amount)
    }

    /// A pay period from one day to another, and the day of pay.
    pub(crate) fn wages(self, [start, end, pay]: [&str; 3], gross: &str) -> Self {
        self.statement("wages", [start, end, pay], gross)
    }

    pub(crate) fn statement(mut self, kind: &str, [start, end, pay]: [&str; 3], gross: &str) -> Self {
        self.list("pay_statements").push(json!({
            "employer": "Acme Bakery", "period_start": start, "period_end": end, "pay_date": pay, "gross": gross, "kind": kind
        }));
        self
    }

    /// A case that the agency closed with success and without cost reimbursement.
    pub(crate) fn vr_closed(mut self, agency: &str, day: &str) -> Self {
        let closed = json!({"agency": agency, "closed_on": day, "successful": true, "cost_reimbursed": false});
        self.list("state_vr_cases").push(closed);
        self
    }

    /// Changes a field of the last case with an agency.
    pub(crate) fn vr_case(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.list("state_vr_cases").last_mut().unwrap()[field] = value.into();
        self
    }

    /// Made to EN-A.
    pub(crate) fn paid(self, payment: &str, month: &str) -> Self {
        self.paid_to("EN-A", payment, month, "100")
    }

    pub(crate) fn paid_to(mut self, provider: &str, payment: &str, month: &str, amount: &str) -> Self {
        self.list("payments").push(json!({"payment": payment, "month": month, "provider": provider, "amount": amount}));
        self
    }

    /// The last payment was made with half the trial work level.
    pub(crate) fn at_half_level(mut self) -> Self {
        self.list("payments").last_mut().unwrap()["half_twl"] = json!(true);
        self
    }

    /// Numbered payments, made to EN-A for one month after another.
    pub(crate) fn paid_in_turn(self, name: &str, numbers: std::ops::RangeInclusive<i32>, first: &str) -> Self {
        let month = |number: i32| month_of(first).plus(number - numbers.start()).to_string();
        numbers.clone().fold(self, |story, number| story.paid(&format!("{name}{number}"), &month(number)))
    }

    /// Milestones 1 to 4 for June, August and November 2016 and February 2017.
    pub(crate) fn phase_1_paid(self) -> Self {
        let months = [("p1m1", "2016-06"), ("p1m2", "2016-08"), ("p1m3", "2016-11"), ("p1m4", "2017-02")];
        months.into_iter().fold(self, |story, (payment, month)| story.paid(payment, month))
    }

    /// EN-A claims a payment for a month, on the first day after it.
    pub(crate) fn ask(&self, payment: &str, month: &str) -> Claim {
        let over = format!("{}-01", month_of(month).plus(1));
        let claim = json!({"payment": payment, "month": month, "provider": "EN-A"});
        Claim(json!({"case": self.0, "claim": claim, "requested_on": over, "policy": "operations"}))
    }

    /// EN-A's ledger.
    pub(crate) fn ledger(&self, as_of: &str) -> Ledger {
        self.ledger_of("EN-A", as_of, "operations")
    }

    pub(crate) fn ledger_of(&self, provider: &str, as_of: &str, policy: &str) -> Ledger {
        let request = json!({"case": self.0, "provider": provider, "as_of": as_of, "policy": policy});
        let request = read::ledger_request(request.to_string().as_bytes()).unwrap();
        engine().ledger(&request).unwrap()
    }

    /// What changes for EN-A when the case turns into another.
    pub(crate) fn becomes(&self, after: &Self, as_of: &str) -> Comparison {
        let request = json!({"before": self.0, "after": after.0, "provider": "EN-A", "as_of": as_of});
        let request = read::compare_request(request.to_string().as_bytes()).unwrap();
        engine().compare(&request).unwrap()
    }

    fn posted(mut self, months: &str, basis: &str, amount: &str) -> Self {
        let entries = self.list("earnings");
        for range in months.split(' ') {
            let (from, to) = range.split_once("..").unwrap_or((range, range));
            for month in month_of(from).through(month_of(to)) {
                let month = month.to_string();
                match entries.iter_mut().find(|entry| entry["month"] == month.as_str()) {
                    Some(entry) => entry[basis] = json!(amount),
                    None => entries.push(json!({"month": month, basis: amount})),
                }
            }
        }
        self
    }

    fn of_assignment(mut self, field: &str, value: &str) -> Self {
        self.assignments().last_mut().unwrap()[field] = json!(value);
        self
    }

    fn assignments(&mut self) -> &mut Vec<Value> {
        self.0["ticket"]["assignments"].as_array_mut().unwrap()
    }

    fn list(&mut self, field: &str) -> &mut Vec<Value> {
        self.0[field].as_array_mut().unwrap()
    }
}

/// A claim in the telling.
#[derive(Clone)]
pub(crate) struct Claim(Value);

impl Claim {
    pub(crate) fn by(mut self, provider: &str) -> Self {
        self.0["claim"]["provider"] = json!(provider);
        self
    }

    pub(crate) fn requested(mut self, day: &str) -> Self {
        self.0["requested_on"] = json!(day);
        self
    }

    pub(crate) fn under(mut self, policy: &str) -> Self {
        self.0["policy"] = json!(policy);
        self
    }

    pub(crate) fn regulation(self) -> Self {
        self.under("regulation")
    }

    pub(crate) fn answer(&self) -> Determination {
        let question = read::question(self.0.to_string().as_bytes()).unwrap();
        engine().decide(&question).unwrap()
    }

    pub(crate) fn decision(&self) -> Decision {
        self.answer().decision
    }

    /// The answer of a rule, none when it is not listed.
    pub(crate) fn holds(&self, rule: &str) -> Option<Truth> {
        self.reason(rule).map(|reason| reason.holds)
    }

    /// What a rule says.
    pub(crate) fn text(&self, rule: &str) -> String {
        self.reason(rule).unwrap().text.into_owned()
    }

    /// One number by which a rule answers, as JSON.
    pub(crate) fn fact(&self, rule: &str, name: &str) -> Value {
        serde_json::to_value(self.reason(rule).unwrap().facts).unwrap()[name].clone()
    }

    /// What is missing, as `path month title`, for one rule, sorted.
    pub(crate) fn missing_for(&self, rule: &str) -> Vec<String> {
        let answer = self.answer();
        let mut lines: Vec<String> =
            answer.missing.iter().filter(|missing| missing.settles.contains(&rule)).map(in_line).collect();
        lines.sort_unstable();
        lines
    }

    pub(crate) fn amount(&self) -> Option<String> {
        self.answer().amount.map(|amount| amount.to_string())
    }

    /// Every rule that fails.
    pub(crate) fn fails(&self) -> Vec<&'static str> {
        self.answer().reasons.into_iter().filter(|r| r.holds == Truth::No).map(|reason| reason.rule).collect()
    }

    fn reason(&self, rule: &str) -> Option<Reason> {
        self.answer().reasons.into_iter().find(|reason| reason.rule == rule)
    }
}

fn in_line(missing: &Missing) -> String {
    let mut line = missing.path.clone();
    for part in [missing.month.map(|month| month.to_string()), missing.title.map(|title| title.as_str().to_owned())] {
        line.extend(part.map(|part| format!(" {part}")));
    }
    line
}

impl Ledger {
    /// A row as `status month amount`, `pending have/need` or `unavailable rules`; an amount that is not known is `?`.
    pub(crate) fn line(&self, payment: &str) -> String {
        let name = PaymentName::parse(payment).unwrap();
        let row = self.rows.iter().find(|row| row.payment == name).unwrap();
        let Row { status, attained_in, amount, blocked_by, progress, .. } = row;
        let of_month = |status: &str| {
            let amount = amount.map_or("?".to_owned(), |amount| amount.to_string());
            format!("{status} {} {amount}", attained_in.unwrap())
        };
        let line = match status {
            Status::Paid => return of_month("paid"),
            Status::Payable => return of_month("payable"),
            Status::Undetermined => "undetermined".to_owned(),
            Status::Unavailable => return format!("unavailable {}", blocked_by.join(" ")),
            Status::Pending => progress.map_or("pending".to_owned(), |p| format!("pending {}/{}", p.have, p.need)),
        };
        assert_eq!((attained_in, amount, blocked_by.len()), (&None, &None, 0));
        line
    }

    pub(crate) fn lines<const N: usize>(&self, payments: [&str; N]) -> [String; N] {
        payments.map(|payment| self.line(payment))
    }
}

fn month_of(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn engine() -> Engine {
    Engine::builtin().unwrap()
}
