//! The facts of a case, in one-line notations, and the JSON case they stand for.

use super::keys::Keys;
use super::notation::{Parsed, Words, months, payments};
use serde_json::{Map, Value, json};

/// The facts as written; each may stand in the case or in the file's `[common]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    title: Option<String>,
    blind: Option<bool>,
    ticket: Option<String>,
    terminates_in: Option<String>,
    assigned: Option<Vec<String>>,
    benefits: Option<Vec<String>>,
    earnings: Option<Vec<String>>,
    statements: Option<Vec<String>>,
    state_vr: Option<Vec<String>>,
    paid: Option<Vec<String>>,
}

impl Facts {
    /// Takes the facts out of a table.
    pub fn take(keys: &mut Keys) -> Parsed<Self> {
        Ok(Self {
            title: keys.text("title")?,
            blind: keys.flag("blind")?,
            ticket: keys.text("ticket")?,
            terminates_in: keys.text("terminates_in")?,
            assigned: keys.lines("assigned")?,
            benefits: keys.lines("benefits")?,
            earnings: keys.lines("earnings")?,
            statements: keys.lines("statements")?,
            state_vr: keys.lines("state_vr")?,
            paid: keys.lines("paid")?,
        })
    }

    /// Whether nothing is written here.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These facts, and for those not written here the others.
    pub fn over(self, others: &Self) -> Self {
        Self {
            title: self.title.or_else(|| others.title.clone()),
            blind: self.blind.or(others.blind),
            ticket: self.ticket.or_else(|| others.ticket.clone()),
            terminates_in: self.terminates_in.or_else(|| others.terminates_in.clone()),
            assigned: self.assigned.or_else(|| others.assigned.clone()),
            benefits: self.benefits.or_else(|| others.benefits.clone()),
            earnings: self.earnings.or_else(|| others.earnings.clone()),
            statements: self.statements.or_else(|| others.statements.clone()),
            state_vr: self.state_vr.or_else(|| others.state_vr.clone()),
            paid: self.paid.or_else(|| others.paid.clone()),
        }
    }

    /// The `case` of a request.
    pub fn case(&self) -> Parsed<Value> {
        Ok(json!({
            "ticket": {
                "id": self.ticket.as_deref().unwrap_or("T-0001"),
                "terminates_in": self.terminates_in.as_deref().filter(|month| *month != "never"),
                "assignments": each(self.assigned.as_ref(), assignment)?,
            },
            "beneficiary": { "title": self.title.as_deref().unwrap_or("t2"), "blind": self.blind.unwrap_or(false) },
            "benefits": each(self.benefits.as_ref(), benefit)?,
            "earnings": each(self.earnings.as_ref(), earnings)?,
            "pay_statements": each(self.statements.as_ref(), statement)?,
            "state_vr_cases": each(self.state_vr.as_ref(), state_vr_case)?,
            "payments": each(self.paid.as_ref(), payment)?,
        }))
    }
}

/// What every line stands for, in order.
fn each(lines: Option<&Vec<String>>, parse: impl Fn(Words<'_>) -> Parsed<Vec<Value>>) -> Parsed<Vec<Value>> {
    let mut all = Vec::new();
    for line in lines.into_iter().flatten() {
        all.extend(parse(Words::new(line))?);
    }
    Ok(all)
}

/// `EN-A en outcome_milestone 2016-05-20 until 2017-01-01 signed 2016-05-18 received 2016-05-25 services 2017-02-01`;
/// `state_vr` has no payment system.
fn assignment(mut words: Words<'_>) -> Parsed<Vec<Value>> {
    let (provider, kind) = (words.next("provider")?, words.next("kind")?);
    let system = if kind == "state_vr" { None } else { Some(words.next("payment system")?) };
    let mut fields = object(json!({
        "provider": provider, "kind": kind, "payment_system": system, "assigned_on": words.next("day of assignment")?,
        "unassigned_on": null, "plan_signed_on": null, "plan_received_on": null, "services_completed_on": null,
    }));
    while let Some(word) = words.optional() {
        let field = match word {
            "until" => "unassigned_on",
            "signed" => "plan_signed_on",
            "received" => "plan_received_on",
            "services" => "services_completed_on",
            _ => return words.unexpected(word),
        };
        fields.insert(field.to_owned(), json!(words.next("day")?));
    }
    Ok(vec![Value::Object(fields)])
}

/// `t2 2014-01.. current_pay`, `t16 2014-01..2016-03 current_pay federal_cash`, `t16 2016-04 suspended_work`.
fn benefit(mut words: Words<'_>) -> Parsed<Vec<Value>> {
    let (title, range, status) = (words.next("title")?, words.next("months")?, words.next("status")?);
    let (from, to) = range.split_once("..").unwrap_or((range, range));
    let to = if to.is_empty() { Value::Null } else { json!(to) };
    let mut fields = object(json!({ "title": title, "from": from, "to": to, "status": status }));
    match words.optional() {
        Some("federal_cash") => drop(fields.insert("federal_cash".to_owned(), json!(true))),
        Some("no_federal_cash") => drop(fields.insert("federal_cash".to_owned(), json!(false))),
        Some(word) => return words.unexpected(word),
        None => {}
    }
    words.finish()?;
    Ok(vec![Value::Object(fields)])
}

/// `2016-06..2016-08 900.00` (earned and paid), `2016-09 earned 880.00 paid 0.00`, `2016-10 paid 700.00`.
fn earnings(mut words: Words<'_>) -> Parsed<Vec<Value>> {
    let range = words.next("months")?;
    let mut fields = Map::new();
    match words.next("amount")? {
        first @ ("earned" | "paid") => {
            fields.insert(first.to_owned(), json!(words.next("amount")?));
            if words.skip("paid") {
                fields.insert("paid".to_owned(), json!(words.next("amount")?));
            }
        }
        amount => {
            fields.insert("earned".to_owned(), json!(amount));
            fields.insert("paid".to_owned(), json!(amount));
        }
    }
    words.finish()?;
    let entry = |month: String| {
        let mut fields = fields.clone();
        fields.insert("month".to_owned(), json!(month));
        Value::Object(fields)
    };
    Ok(months(range)?.into_iter().map(entry).collect())
}

/// `2016-07-16..2016-07-31 paid 2016-08-05 460.00 wages`.
fn statement(mut words: Words<'_>) -> Parsed<Vec<Value>> {
    let period = words.next("period")?;
    let Some((start, end)) = period.split_once("..") else { return words.unexpected(period) };
    words.expect("paid")?;
    let value = json!({
        "employer": "Acme Bakery", "period_start": start, "period_end": end, "pay_date": words.next("pay date")?,
        "gross": words.next("amount")?, "kind": words.optional().unwrap_or("wages"),
    });
    words.finish()?;
    Ok(vec![value])
}

/// `VR-CO closed 2014-03-01 successful reimbursed`, `VR-CO open`.
fn state_vr_case(mut words: Words<'_>) -> Parsed<Vec<Value>> {
    let agency = words.next("agency")?;
    let closed_on = if words.skip("open") {
        None
    } else {
        words.expect("closed")?;
        Some(words.next("day of closure")?)
    };
    let (successful, reimbursed) = (words.skip("successful"), words.skip("reimbursed"));
    words.finish()?;
    Ok(vec![
        json!({ "agency": agency, "closed_on": closed_on, "successful": successful, "cost_reimbursed": reimbursed }),
    ])
}

/// `p1m1 2016-06 EN-A 1398.00`, `p1m1 2016-06 EN-A 1398.00 half`, `outcome1..outcome12 2018-01..2018-12 EN-A 423.00`.
fn payment(mut words: Words<'_>) -> Parsed<Vec<Value>> {
    let (names, range) = (payments(words.next("payment")?)?, words.next("month")?);
    let months = months(range)?;
    if names.len() != months.len() {
        return Err(format!("{} payments for the {} months of {range}", names.len(), months.len()));
    }
    let (provider, amount, half) = (words.next("provider")?, words.next("amount")?, words.skip("half"));
    words.finish()?;
    let entry = |(name, month)| json!({ "payment": name, "month": month, "provider": provider, "amount": amount, "half_twl": half });
    Ok(names.into_iter().zip(months).map(entry).collect())
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
