//! Who shares a payment on a ticket that several providers have held, and how much each gets (SPL-01 to SPL-04, REC-04).

use super::determine::{Determination, decide};
use super::split::{Share, are_whole, split};
use crate::domain::{Case, Month, PaymentAsked, PaymentName, ProviderKind, Usd};
use crate::eligibility::rate::RateKind;
use crate::eligibility::{AmountBasis, Decision};
use crate::forms::split_agreement::code as of_form;
use crate::params::Parameters;
use crate::problem::code;
use crate::read::{MAX_BYTES, Path, Question, Read, Reader, parse, question_value};
use serde::Serialize;
use serde_json_borrow::Value;

/// The most providers of an agreement, and the step of its shares (SPL-03).
const MAX_AGREED: usize = 4;
const STEP: u8 = 10;

/// Who decided on the shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// The providers, on SSA-1401.
    Agreement,
    /// The program manager, by contribution.
    ProgramManager,
}

/// Percentages by provider.
type Percents = Vec<(Box<str>, u8)>;

/// Percentages by kind of payment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rows {
    decided_by: DecidedBy,
    rows: [Option<Percents>; 3],
}

/// A payment and who gets how much of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Allocation {
    /// Whether the payment is due at all.
    pub decision: Decision,
    /// The whole payment; none when it is not due or a rate is not known.
    pub amount: Option<Usd>,
    /// The Employment Networks that had the ticket before the claimed month, the earliest first.
    pub providers: Vec<Box<str>>,
    /// Whether they are told that they may share it.
    pub possible_split: bool,
    /// Who decided on the shares; none where nobody had to or has.
    pub decided_by: Option<DecidedBy>,
    /// What each gets; none while it cannot be known.
    pub shares: Option<Vec<Received>>,
    /// The parts that are shared by a row each.
    pub parts: Vec<Part>,
    /// What has to be known first.
    pub missing: Vec<&'static str>,
    /// The rules applied.
    pub rules: Vec<&'static str>,
}

/// What a provider gets in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Received {
    /// The provider.
    pub provider: Box<str>,
    /// Whole dollars.
    pub amount: Usd,
}

/// A part of a payment that is shared by one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// `p1`, `p2` or `outcome`.
    pub kind: &'static str,
    /// Its amount.
    pub amount: Usd,
    /// Its shares, in the order of the assignments.
    pub shares: Vec<Share>,
}

/// The rows of SSA-1401.
const KINDS: [&str; 3] = ["p1", "p2", "outcome"];

/// Answers `{"question": {…}, "allocation": {"decided_by": "agreement", "p1": [{"provider": "EN-A", "percent": 60}, …], …}}`; the allocation
/// is null while there is none. Where the rate of a single payment is not published, `"amount": "570.00"` says what is paid.
///
/// # Errors
/// All that is wrong with the request.
pub fn allocation_json(text: &[u8], parameters: &Parameters) -> Read<Allocation> {
    let value = parse(text, MAX_BYTES)?;
    let mut reader = Reader::default();
    let root = Path::Root;
    let answer = (|| {
        let [question, rows, amount] = reader.object(&value, &root, &["question", "allocation", "amount"])?;
        let at = root.key("question");
        let question = match question_value(reader.required(question, &at)?, &at) {
            Ok(question) => question,
            Err(problems) => {
                reader.add_all(problems);
                return None;
            }
        };
        let providers = sharers(&question);
        let rows = match rows {
            None | Some(Value::Null) => None,
            Some(rows) => Some(read_rows(&mut reader, rows, &root.key("allocation"), &providers)?),
        };
        let amount = reader.optional_money(amount, &root.key("amount"));
        Some((question, providers, rows, amount))
    })();
    let (question, providers, rows, amount) = reader.finish(answer)?;
    let mut determination = decide(&question, parameters)?;
    let is_single = question.claim.payment != PaymentAsked::Named(PaymentName::Reconciliation);
    if determination.decision == Decision::Payable && is_single {
        determination.amount = determination.amount.or(amount);
    }
    Ok(allocate(&question, &determination, providers, rows.as_ref()))
}

/// The Employment Networks that may share a payment. That an assignment has to be earlier than the month paid does not hold for the
/// reconciliation (20 CFR 411.580).
fn sharers(question: &Question) -> Vec<Box<str>> {
    let before = match question.claim.payment {
        PaymentAsked::Named(PaymentName::Reconciliation) => Month::from(question.requested_on).plus(1),
        _ => question.claim.month,
    };
    had_ticket_before(&question.case, before)
}

/// The Employment Networks to which a ticket was assigned before a month, in the order of their first assignments.
pub(crate) fn had_ticket_before(case: &Case, month: Month) -> Vec<Box<str>> {
    let mut providers: Vec<Box<str>> = Vec::new();
    for assignment in &case.assignments {
        let had_it = assignment.kind != ProviderKind::StateVr && Month::from(assignment.assigned_on) < month;
        if had_it && !providers.contains(&assignment.provider) {
            providers.push(assignment.provider.clone());
        }
    }
    providers
}

fn read_rows(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>, providers: &[Box<str>]) -> Option<Rows> {
    let [decided_by, p1, p2, outcome] = reader.object(value, path, &["decided_by", "p1", "p2", "outcome"])?;
    let choices = &[("agreement", DecidedBy::Agreement), ("program_manager", DecidedBy::ProgramManager)];
    let decided_by = reader.choice(decided_by, &path.key("decided_by"), choices)?;
    let mut rows = [None, None, None];
    for ((row, field), kind) in rows.iter_mut().zip([p1, p2, outcome]).zip(KINDS) {
        if field.is_some_and(|field| !matches!(field, Value::Null)) {
            *row = Some(read_row(reader, field, &path.key(kind), decided_by, providers)?);
        }
    }
    Some(Rows { decided_by, rows })
}

fn read_row(
    reader: &mut Reader,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
    decided_by: DecidedBy,
    providers: &[Box<str>],
) -> Option<Percents> {
    let items = reader.list(field, path);
    let mut percents = Percents::new();
    for (index, item) in items.iter().enumerate() {
        let at = path.index(index);
        let [provider, percent] = reader.object(item, &at, &["provider", "percent"])?;
        let provider = reader.id(provider, &at.key("provider"));
        let percent = reader.small_number(percent, &at.key("percent"), 100, &code::SHARE_PERCENT);
        let (provider, percent) = provider.zip(percent)?;
        if !providers.contains(&provider) {
            reader.refuse(&of_form::SPLIT_EN_UNKNOWN, &at.key("provider"));
        } else if percents.iter().any(|(named, _)| *named == provider) {
            reader.refuse(&code::SHARE_DUPLICATE, &at.key("provider"));
        }
        if decided_by == DecidedBy::Agreement && percent % STEP != 0 {
            reader.refuse(&of_form::SPLIT_PCT_STEP10, &at.key("percent"));
        }
        percents.push((provider, percent));
    }
    if decided_by == DecidedBy::Agreement && percents.len() > MAX_AGREED {
        reader.refuse(&of_form::SPLIT_EN_COUNT, path);
    }
    if !are_whole(percents.iter().map(|(_, percent)| *percent)) {
        reader.refuse(&of_form::SPLIT_PCT_TOTAL, path);
    }
    // What rounding leaves over goes to the earlier assignment when remainders tie.
    percents.sort_by_key(|(provider, _)| providers.iter().position(|known| known == provider));
    Some(percents)
}

fn allocate(
    question: &Question,
    determination: &Determination,
    providers: Vec<Box<str>>,
    rows: Option<&Rows>,
) -> Allocation {
    let possible_split = providers.len() > 1;
    let is_reconciliation = question.claim.payment == PaymentAsked::Named(PaymentName::Reconciliation);
    let mut rules = if is_reconciliation { vec!["REC-04"] } else { Vec::new() };
    rules.extend(["SPL-01", "SPL-02"]);
    let mut missing = Vec::new();
    if possible_split && rows.is_none() {
        missing.push("/allocation");
    }
    let mut parts = Vec::new();
    if determination.decision == Decision::Payable && determination.amount.is_none() {
        missing.push("/parameters/rates");
    }
    for (kind, amount) in amounts(question.claim.payment, determination) {
        let alone = vec![(question.claim.provider.clone(), 100)];
        let percents = match rows {
            _ if !possible_split => Some(&alone),
            Some(rows) => {
                KINDS.iter().zip(&rows.rows).find(|(name, _)| **name == kind).and_then(|(_, row)| row.as_ref())
            }
            None => None,
        };
        match percents {
            Some(percents) => parts.push(Part { kind, amount, shares: split(amount, percents) }),
            None if rows.is_some() => missing.push(pointer(kind)),
            None => {}
        }
    }
    if rows.is_some_and(|rows| rows.decided_by == DecidedBy::Agreement) {
        rules.push("SPL-03");
    }
    rules.push("SPL-04");
    let known = missing.is_empty() && determination.amount.is_some();
    Allocation {
        decision: determination.decision,
        amount: determination.amount,
        shares: known.then(|| received(&parts)),
        parts: if known { parts } else { Vec::new() },
        decided_by: rows.filter(|_| possible_split).map(|rows| rows.decided_by),
        possible_split,
        providers,
        missing,
        rules,
    }
}

const fn pointer(kind: &str) -> &'static str {
    match kind.as_bytes() {
        b"p1" => "/allocation/p1",
        b"p2" => "/allocation/p2",
        _ => "/allocation/outcome",
    }
}

/// The amounts that are shared by a row each: a reconciliation pays Phase 1 and Phase 2 milestones.
fn amounts(payment: PaymentAsked, determination: &Determination) -> Vec<(&'static str, Usd)> {
    let Some(whole) = determination.amount else { return Vec::new() };
    match (payment, &determination.amount_basis) {
        (_, Some(AmountBasis::Reconciliation(rates))) => {
            let sum = |is_phase_1: bool| {
                let counted = rates.iter().filter(|rate| (rate.kind == RateKind::Phase1) == is_phase_1);
                counted.filter_map(|rate| Some(rate.amount?.times(u32::from(rate.count)))).fold(Usd::ZERO, Usd::plus)
            };
            let parts = [("p1", sum(true)), ("p2", sum(false))];
            parts.into_iter().filter(|(_, amount)| *amount > Usd::ZERO).collect()
        }
        (PaymentAsked::Named(PaymentName::Phase1(_)), _) => vec![("p1", whole)],
        (PaymentAsked::Named(PaymentName::Phase2(_)) | PaymentAsked::NextPhase2, _) => vec![("p2", whole)],
        _ => vec![("outcome", whole)],
    }
}

fn received(parts: &[Part]) -> Vec<Received> {
    let mut all: Vec<Received> = Vec::new();
    for share in parts.iter().flat_map(|part| &part.shares) {
        match all.iter_mut().find(|received| received.provider == share.provider) {
            Some(received) => received.amount = received.amount.plus(share.amount),
            None => all.push(Received { provider: share.provider.clone(), amount: share.amount }),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::Engine;
    use serde_json::{Value, json};

    fn ask(payment: &str, allocation: &Value) -> Result<Value, Vec<&'static str>> {
        ask_of(payment, "2016-07-10", allocation)
    }

    fn ask_of(payment: &str, second_day: &str, allocation: &Value) -> Result<Value, Vec<&'static str>> {
        let request = request(payment, second_day, allocation);
        let answer = Engine::builtin().unwrap().allocation_json(request.to_string().as_bytes());
        answer.map(|text| serde_json::from_str(&text).unwrap()).map_err(|found| found.iter().map(|p| p.code).collect())
    }

    fn request(payment: &str, second_day: &str, allocation: &Value) -> Value {
        let en = |provider: &str, day: &str, until: Value| json!({"provider": provider, "kind": "en", "payment_system": "outcome_milestone", "assigned_on": day, "unassigned_on": until});
        json!({
            "question": {
                "case": {
                    "ticket": {"id": "T-0001", "assignments": [
                        en("EN-A", "2016-05-20", json!(second_day)), en("EN-B", second_day, Value::Null)]},
                    "beneficiary": {"title": "t2", "blind": false},
                    "benefits": [{"title": "t2", "from": "2014-01", "to": null, "status": "current_pay"}],
                    "earnings": [{"month": "2016-08", "earned": "900.00"}],
                },
                "claim": {"payment": payment, "month": "2016-08", "provider": "EN-B"}, "requested_on": "2017-09-15"
            },
            "allocation": allocation
        })
    }

    fn row(percents: &[(&str, u8)]) -> Value {
        percents.iter().map(|(provider, percent)| json!({"provider": provider, "percent": percent})).collect()
    }

    #[test]
    fn two_providers_in_a_row_may_share_and_nobody_knows_how_until_it_is_decided() {
        let answer = ask("p1m1", &Value::Null).unwrap();
        assert_eq!(answer["possible_split"], true);
        assert_eq!(answer["providers"], json!(["EN-A", "EN-B"]));
        assert_eq!((&answer["shares"], &answer["missing"]), (&Value::Null, &json!(["/allocation"])));
    }

    #[test]
    fn who_got_the_ticket_in_the_month_shares_the_reconciliation_alone() {
        for (payment, providers) in [("p1m1", json!(["EN-A"])), ("reconciliation", json!(["EN-A", "EN-B"]))] {
            assert_eq!(ask_of(payment, "2016-08-20", &Value::Null).unwrap()["providers"], providers, "{payment}");
        }
    }

    #[test]
    fn shares_follow_the_row_of_the_payment_and_the_order_of_the_assignments() {
        let agreed =
            json!({"decided_by": "agreement", "p1": row(&[("EN-B", 50), ("EN-A", 50)]), "p2": row(&[("EN-B", 100)])});
        let answer = ask("p1m1", &agreed).unwrap();
        assert_eq!(
            answer["shares"],
            json!([{"provider": "EN-A", "amount": "699.00"}, {"provider": "EN-B", "amount": "699.00"}])
        );
        let only_p2 = json!({"decided_by": "agreement", "p2": row(&[("EN-B", 100)])});
        assert_eq!(ask("p1m1", &only_p2).unwrap()["missing"], json!(["/allocation/p1"]));
        let decided = json!({"decided_by": "program_manager", "p1": row(&[("EN-A", 33), ("EN-B", 67)])});
        let answer = ask("p1m1", &decided).unwrap();
        assert_eq!(
            answer["shares"],
            json!([{"provider": "EN-A", "amount": "461.00"}, {"provider": "EN-B", "amount": "937.00"}])
        );
        assert_eq!(answer["decided_by"], "program_manager");
    }

    #[test]
    fn an_agreement_is_in_tens_adds_up_and_is_between_those_who_had_the_ticket() {
        for (percents, code) in [
            (&[("EN-A", 45), ("EN-B", 55)][..], &["SPLIT_PCT_STEP10", "SPLIT_PCT_STEP10"][..]),
            (&[("EN-A", 40), ("EN-B", 50)], &["SPLIT_PCT_TOTAL"]),
            (&[("EN-C", 40), ("EN-B", 60)], &["SPLIT_EN_UNKNOWN"]),
            (&[("EN-A", 40), ("EN-A", 60)], &["SHARE_DUPLICATE"]),
        ] {
            assert_eq!(ask("p1m1", &json!({"decided_by": "agreement", "p1": row(percents)})).unwrap_err(), code);
        }
    }

    #[test]
    fn what_is_paid_without_a_published_rate_is_shared_too() {
        let day = |text: &str| text.replace("2016-", "2026-").replace("2017-09-15", "2026-11-15");
        let mut request = request(
            "p1m1",
            "2016-07-10",
            &json!({"decided_by": "agreement", "p1": row(&[("EN-A", 30), ("EN-B", 70)])}),
        );
        request["question"]["case"]["earnings"][0]["earned"] = json!("1900.00");
        let answer = |amount: Value| -> Value {
            let mut request: Value = serde_json::from_str(&day(&request.to_string())).unwrap();
            request["amount"] = amount;
            serde_json::from_str(&Engine::builtin().unwrap().allocation_json(request.to_string().as_bytes()).unwrap())
                .unwrap()
        };
        assert_eq!(answer(Value::Null)["missing"], json!(["/parameters/rates"]));
        let shares = json!([{"provider": "EN-A", "amount": "171.00"}, {"provider": "EN-B", "amount": "400.00"}]);
        assert_eq!(answer(json!("571.00"))["shares"], shares);
    }

    #[test]
    fn what_is_not_due_is_not_shared() {
        let agreed = json!({"decided_by": "agreement", "p1": row(&[("EN-B", 50), ("EN-A", 50)])});
        let answer = ask("p1m2", &agreed).unwrap();
        assert_eq!((&answer["decision"], &answer["shares"]), (&json!("not_payable"), &Value::Null));
    }
}
