//! What a case expects.

use super::keys::Keys;
use super::notation::{Parsed, Words, payments};

/// The expectation. What is not written is not checked, but for the exact sets `fails`, `unknown` and `missing` of a
/// decision, and `problems`: not written, they are empty.
#[derive(Debug, Clone, Default)]
pub struct Expect {
    /// `payable`, `not_payable` or `undetermined`.
    pub decision: Option<String>,
    /// The payment answered.
    pub payment: Option<String>,
    /// The amount; `none` for null.
    pub amount: Option<String>,
    /// `1165.22 2016 120 t2`, for a reconciliation `4 x 1165.22 2016 120 t2`; an unknown base is `none`.
    pub amount_basis: Option<Vec<String>>,
    /// The month, or `none`.
    pub attained_in: Option<String>,
    /// `earned`, `paid` or `none`.
    pub earnings_basis: Option<String>,
    /// All rules that do not hold.
    pub fails: Vec<String>,
    /// All rules of which it cannot be known.
    pub unknown: Vec<String>,
    /// Rules that are listed as holding, among others.
    pub lists: Vec<String>,
    /// Rules that are not listed at all.
    pub absent: Vec<String>,
    /// `/case/benefits 2016-08 t2`; month and title may be left out.
    pub missing: Vec<String>,
    /// `none`, or pieces of the text and changes.
    pub next: Option<Vec<String>>,
    /// Rows of a ledger.
    pub rows: Vec<Row>,
    /// Whose maxima the ledger's rows follow: `t2` or `t16`.
    pub carries: Option<String>,
    /// `paid`, `payable` and `potential`.
    pub totals: Vec<(String, String)>,
    /// `p1m1 2016-06 1398.00 -> 0.00 overpaid recoverable LB-01 LB-08 OVP-01`.
    pub changes: Option<Vec<String>>,
    /// `EN-A 839.00`.
    pub shares: Option<Vec<String>>,
    /// The rules of a split or transition.
    pub rules: Option<Vec<String>>,
    /// `total_value`, `outcome_rate`, `remaining_outcomes` and `next_payment` of a transition.
    pub transition: Vec<(String, String)>,
    /// `EARNINGS_MONTH_DUPLICATE /case/earnings/1/month`.
    pub problems: Vec<String>,
}

impl Expect {
    /// Takes the expectation out of a case.
    pub(super) fn take(mut keys: Keys) -> Parsed<Self> {
        let mut rows = Vec::new();
        for line in keys.lines("rows")?.unwrap_or_default() {
            rows.extend(Row::parse(&line)?);
        }
        let mut totals = Vec::new();
        if let Some(mut table) = keys.table("totals")? {
            pairs(&mut table, &["paid", "payable", "potential"], &mut totals)?;
            table.finish()?;
        }
        let mut transition = Vec::new();
        pairs(&mut keys, &["total_value", "outcome_rate", "next_payment"], &mut transition)?;
        if let Some(count) = keys.number("remaining_outcomes")? {
            transition.push(("remaining_outcomes".to_owned(), count.to_string()));
        }
        let expect = Self {
            decision: keys.text("decision")?,
            payment: keys.text("payment")?,
            amount: keys.text("amount")?,
            amount_basis: keys.lines("amount_basis")?,
            attained_in: keys.text("attained_in")?,
            earnings_basis: keys.text("earnings_basis")?,
            fails: keys.lines("fails")?.unwrap_or_default(),
            unknown: keys.lines("unknown")?.unwrap_or_default(),
            lists: keys.lines("lists")?.unwrap_or_default(),
            absent: keys.lines("absent")?.unwrap_or_default(),
            missing: keys.lines("missing")?.unwrap_or_default(),
            next: keys.lines("next")?,
            rows,
            carries: keys.text("carries")?,
            totals,
            changes: keys.lines("changes")?,
            shares: keys.lines("shares")?,
            rules: keys.lines("rules")?,
            transition,
            problems: keys.lines("problems")?.unwrap_or_default(),
        };
        keys.finish()?;
        Ok(expect)
    }
}

fn pairs(keys: &mut Keys, names: &[&str], into: &mut Vec<(String, String)>) -> Parsed<()> {
    for name in names {
        if let Some(value) = keys.text(name)? {
            into.push(((*name).to_owned(), value));
        }
    }
    Ok(())
}

/// One row of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The payment.
    pub payment: String,
    /// Its status.
    pub status: String,
    /// Month and amount (`none` when it cannot be known) of a paid or payable row.
    pub due: Option<(String, String)>,
    /// The rules that bar it, in any order.
    pub blocked_by: Vec<String>,
    /// How far it is: `2/6`.
    pub progress: Option<String>,
}

impl Row {
    /// `p1m1 paid 2016-06 1398.00`, `p1m4 unavailable LB-04 SVR-01`, `p1m3 pending 2/6`, `outcome1..outcome36 pending`.
    fn parse(line: &str) -> Parsed<Vec<Self>> {
        let mut words = Words::new(line);
        let (names, status) = (payments(words.next("payment")?)?, words.next("status")?.to_owned());
        let mut row = Self { payment: String::new(), status, due: None, blocked_by: Vec::new(), progress: None };
        match row.status.as_str() {
            "paid" | "payable" => {
                row.due = Some((words.next("month")?.to_owned(), words.next("amount")?.to_owned()));
            }
            "pending" => row.progress = words.optional().map(str::to_owned),
            "unavailable" => {
                row.blocked_by = words.remaining();
                row.blocked_by.sort();
            }
            "undetermined" => {}
            status => return words.unexpected(status),
        }
        words.finish()?;
        Ok(names.into_iter().map(|payment| Self { payment, ..row.clone() }).collect())
    }
}
