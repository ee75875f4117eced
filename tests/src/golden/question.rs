//! What a case asks, and the request it stands for.

use super::facts::Facts;
use super::keys::Keys;
use super::notation::{Parsed, Words};
use serde_json::{Value, json};

/// The questions that the engine answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `ask`: is this payment due?
    Decide,
    /// `ledger`: what can this provider still be paid?
    Ledger,
    /// `compare`: what changes between two states?
    Compare,
    /// `split`: how is a payment shared?
    Split,
    /// `transition`: what can a ticket from before July 2008 still carry?
    Transition,
}

impl Kind {
    const ALL: [(&'static str, Self); 5] = [
        ("decide", Self::Decide),
        ("ledger", Self::Ledger),
        ("compare", Self::Compare),
        ("split", Self::Split),
        ("transition", Self::Transition),
    ];

    /// The name of the engine's function.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// A question as the engine receives it.
#[derive(Debug, Clone)]
pub struct Question {
    /// Which of the engine's questions.
    pub kind: Kind,
    /// The exact text of the request.
    pub text: String,
    /// Whether the case gives the text itself, byte for byte.
    pub raw: bool,
}

impl Question {
    /// Takes the question out of a case.
    pub(super) fn take(keys: &mut Keys, common: &Facts) -> Parsed<Self> {
        let own = Facts::take(keys)?;
        let factless = own.is_empty();
        let facts = own.over(common);
        let policy = keys.text("policy")?;
        let asked: Vec<_> = ["ask", "ledger", "compare", "split", "transition", "raw"]
            .into_iter()
            .filter(|key| keys.has(key))
            .collect();
        let [key] = asked.as_slice() else { return Err(format!("one question is needed, found {asked:?}")) };
        if !factless && matches!(*key, "split" | "transition" | "raw") {
            return Err(format!("facts mean nothing beside `{key}`"));
        }
        let text = keys.required(key)?;
        let mut words = Words::new(&text);
        let (kind, mut request) = match *key {
            "raw" => {
                let kind = keys.text("as")?.unwrap_or_else(|| "decide".to_owned());
                let kind = Kind::ALL.iter().find(|(name, _)| *name == kind).ok_or("`as` is not a question")?.1;
                return Ok(Self { kind, text, raw: true });
            }
            "ask" => (Kind::Decide, ask(&mut words, &facts)?),
            "ledger" => (Kind::Ledger, ledger(&mut words, &facts)?),
            "compare" => {
                let after = keys.table("after")?.ok_or("`[case.after]` is missing")?;
                (Kind::Compare, compare(&mut words, &facts, after)?)
            }
            "split" => (Kind::Split, split(&mut words)?),
            _ => (Kind::Transition, transition(&mut words)?),
        };
        words.finish()?;
        if let (Some(policy), Some(fields)) = (policy, request.as_object_mut()) {
            fields.insert("policy".to_owned(), json!(policy));
        }
        Ok(Self { kind, text: request.to_string(), raw: false })
    }
}

/// `p1m2 2016-08 EN-A on 2017-09-15`.
fn ask(words: &mut Words<'_>, facts: &Facts) -> Parsed<Value> {
    let claim = json!({
        "payment": words.next("payment")?, "month": words.next("month")?, "provider": words.next("provider")?,
    });
    words.expect("on")?;
    Ok(json!({ "case": facts.case()?, "claim": claim, "requested_on": words.next("day")? }))
}

/// `EN-A on 2017-09-15`.
fn ledger(words: &mut Words<'_>, facts: &Facts) -> Parsed<Value> {
    let provider = words.next("provider")?;
    words.expect("on")?;
    Ok(json!({ "case": facts.case()?, "provider": provider, "as_of": words.next("day")? }))
}

/// `EN-A on 2017-09-15`, with the facts that are different afterwards in `[case.after]`.
fn compare(words: &mut Words<'_>, before: &Facts, mut after: Keys) -> Parsed<Value> {
    let provider = words.next("provider")?;
    words.expect("on")?;
    let changed = Facts::take(&mut after)?.over(before);
    after.finish()?;
    Ok(json!({
        "before": before.case()?, "after": changed.case()?, "provider": provider, "as_of": words.next("day")?,
    }))
}

/// `1398.00 to EN-A 60, EN-B 40`, with the payment in front where it matters: `reconciliation 1398.00 to …`.
fn split(words: &mut Words<'_>) -> Parsed<Value> {
    let payment = words.peek().filter(|word| word.starts_with(|letter: char| letter.is_ascii_alphabetic()));
    if let Some(payment) = payment {
        words.expect(payment)?;
    }
    let amount = words.next("amount")?;
    words.expect("to")?;
    let mut shares = Vec::new();
    while let Some(provider) = words.optional() {
        let percent = words.next("percent")?.trim_end_matches(',');
        let percent: i64 = percent.parse().map_err(|_| format!("`{percent}` is not a percentage"))?;
        shares.push(json!({ "provider": provider, "percent": percent }));
    }
    let mut request = json!({ "amount": amount, "shares": shares });
    if let (Some(payment), Some(fields)) = (payment, request.as_object_mut()) {
        fields.insert("payment".to_owned(), json!(payment));
    }
    Ok(request)
}

/// `t2 outcome_milestone paid 5000.00 milestones 3`.
fn transition(words: &mut Words<'_>) -> Parsed<Value> {
    let (title, system) = (words.next("title")?, words.next("payment system")?);
    words.expect("paid")?;
    let paid = words.next("amount")?;
    words.expect("milestones")?;
    let count = words.next("number of milestones")?;
    let count: i64 = count.parse().map_err(|_| format!("`{count}` is not a number"))?;
    Ok(json!({ "title": title, "payment_system": system, "paid_to_date": paid, "milestones_paid": count }))
}
