//! The columns of each kind of answer.

use super::details::{MissingFacts, ProblemFields, Problems, Reasons};
use super::values::{
    Columns, DECISIONS, EFFECTS, PAYMENTS, STATUSES, Words, cents, coded, days, money, number, payment_key, status_key,
};
use arrow_array::ArrayRef;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Decimal128Builder, Int8Builder, Int64Builder, StringBuilder, UInt8Builder,
    UInt16Builder,
};
use std::sync::Arc;
use ttw_core::decision::{Comparison, Decision, Determination, Effect, Ledger, Row};
use ttw_core::eligibility::Reason;
use ttw_core::{Problem, Truth};

/// Ledgers: a row a ticket and payment.
#[derive(Default)]
pub(in crate::tables) struct LedgerRows {
    row: Int64Builder,
    ticket: StringBuilder,
    payment: Int8Builder,
    status: Int8Builder,
    attained_in: Date32Builder,
    amount: Decimal128Builder,
    blocked_by: Words,
    have: UInt16Builder,
    need: UInt8Builder,
    reasons: Option<Reasons>,
    problems: Problems,
}

impl LedgerRows {
    pub(in crate::tables) fn new(texts: bool) -> Self {
        Self { reasons: texts.then(Reasons::default), ..Self::default() }
    }

    /// The rows of a ledger whose status is asked for; `explain` says why a row is as it is.
    pub(in crate::tables) fn push(
        &mut self,
        at: usize,
        ticket: &str,
        ledger: &Ledger,
        statuses: u8,
        explain: impl Fn(&Row) -> Vec<Reason>,
    ) {
        for row in ledger.rows.iter().filter(|row| statuses & (1 << status_key(row.status)) != 0) {
            self.row.append_value(number(at));
            self.ticket.append_value(ticket);
            self.payment.append_value(payment_key(row.payment));
            self.status.append_value(status_key(row.status));
            self.attained_in.append_option(row.attained_in.map(days));
            self.amount.append_option(row.amount.map(cents));
            self.blocked_by.push(row.blocked_by.iter().copied());
            self.have.append_option(row.progress.map(|progress| progress.have));
            self.need.append_option(row.progress.map(|progress| progress.need));
            if let Some(reasons) = &mut self.reasons {
                reasons.push(&explain(row));
            }
            self.problems.push(&[]);
        }
    }

    pub(super) fn refused(&mut self, at: usize, problems: &[Problem]) {
        self.row.append_value(number(at));
        self.ticket.append_null();
        self.payment.append_null();
        self.status.append_null();
        self.attained_in.append_null();
        self.amount.append_null();
        self.blocked_by.push([]);
        self.have.append_null();
        self.need.append_null();
        if let Some(reasons) = &mut self.reasons {
            reasons.push([]);
        }
        self.problems.push(problems);
    }

    pub(super) fn finish(mut self) -> Columns {
        let mut columns: Vec<(&'static str, ArrayRef)> = vec![
            ("row", Arc::new(self.row.finish())),
            ("ticket", Arc::new(self.ticket.finish())),
            ("payment", coded(self.payment, &PAYMENTS)?),
            ("status", coded(self.status, &STATUSES)?),
            ("attained_in", Arc::new(self.attained_in.finish())),
            ("amount", money(self.amount)?),
            ("blocked_by", self.blocked_by.array()?),
            ("have", Arc::new(self.have.finish())),
            ("need", Arc::new(self.need.finish())),
        ];
        if let Some(reasons) = self.reasons {
            columns.push(("reasons", reasons.array()?));
        }
        columns.push(("problems", self.problems.array()?));
        Ok(columns)
    }
}

/// Determinations: a row a question.
#[derive(Default)]
pub(in crate::tables) struct DecisionRows {
    row: Int64Builder,
    ticket: StringBuilder,
    decision: Int8Builder,
    payment: StringBuilder,
    month: Date32Builder,
    provider: StringBuilder,
    amount: Decimal128Builder,
    attained_in: Date32Builder,
    earnings_basis: StringBuilder,
    failed: Words,
    unknown: Words,
    missing: MissingFacts,
    next: StringBuilder,
    reasons: Option<Reasons>,
    determination: Option<StringBuilder>,
    problems: Problems,
}

impl DecisionRows {
    pub(in crate::tables) fn new(texts: bool, json: bool) -> Self {
        Self {
            reasons: texts.then(Reasons::default),
            determination: json.then(StringBuilder::default),
            ..Self::default()
        }
    }

    pub(in crate::tables) fn push(&mut self, at: usize, ticket: &str, answer: &Determination) {
        let of = |truth| answer.reasons.iter().filter(move |reason| reason.holds == truth).map(|reason| reason.rule);
        self.row.append_value(number(at));
        self.ticket.append_value(ticket);
        self.decision.append_value(match answer.decision {
            Decision::Payable => 0,
            Decision::NotPayable => 1,
            Decision::Undetermined => 2,
        });
        let payment = serde_json::to_string(&answer.payment).unwrap_or_default();
        self.payment.append_value(payment.trim_matches('"'));
        self.month.append_value(days(answer.month));
        self.provider.append_value(&answer.provider);
        self.amount.append_option(answer.amount.map(cents));
        self.attained_in.append_option(answer.attained_in.map(days));
        self.earnings_basis.append_option(answer.earnings_basis);
        self.failed.push(of(Truth::No));
        self.unknown.push(of(Truth::Unknown));
        self.missing.push(&answer.missing);
        self.next.append_option(answer.next.as_ref().map(|next| next.text.as_str()));
        if let Some(reasons) = &mut self.reasons {
            reasons.push(&answer.reasons);
        }
        if let Some(texts) = &mut self.determination {
            texts.append_value(serde_json::to_string(answer).unwrap_or_default());
        }
        self.problems.push(&[]);
    }

    pub(super) fn refused(&mut self, at: usize, problems: &[Problem]) {
        self.row.append_value(number(at));
        self.ticket.append_null();
        self.decision.append_null();
        self.payment.append_null();
        self.month.append_null();
        self.provider.append_null();
        self.amount.append_null();
        self.attained_in.append_null();
        self.earnings_basis.append_null();
        self.failed.push([]);
        self.unknown.push([]);
        self.missing.push(&[]);
        self.next.append_null();
        if let Some(reasons) = &mut self.reasons {
            reasons.push([]);
        }
        if let Some(texts) = &mut self.determination {
            texts.append_null();
        }
        self.problems.push(problems);
    }

    pub(super) fn finish(mut self) -> Columns {
        let mut columns: Vec<(&'static str, ArrayRef)> = vec![
            ("row", Arc::new(self.row.finish())),
            ("ticket", Arc::new(self.ticket.finish())),
            ("decision", coded(self.decision, &DECISIONS)?),
            ("payment", Arc::new(self.payment.finish())),
            ("month", Arc::new(self.month.finish())),
            ("provider", Arc::new(self.provider.finish())),
            ("amount", money(self.amount)?),
            ("attained_in", Arc::new(self.attained_in.finish())),
            ("earnings_basis", Arc::new(self.earnings_basis.finish())),
            ("failed", self.failed.array()?),
            ("unknown", self.unknown.array()?),
            ("missing", self.missing.array()?),
            ("next", Arc::new(self.next.finish())),
        ];
        if let Some(reasons) = self.reasons {
            columns.push(("reasons", reasons.array()?));
        }
        if let Some(mut texts) = self.determination {
            columns.push(("determination", Arc::new(texts.finish())));
        }
        columns.push(("problems", self.problems.array()?));
        Ok(columns)
    }
}

/// Comparisons: a row a payment that changes.
#[derive(Default)]
pub(in crate::tables) struct ChangeRows {
    row: Int64Builder,
    ticket: StringBuilder,
    payment: Int8Builder,
    month: Date32Builder,
    before: Decimal128Builder,
    after: Decimal128Builder,
    difference: Decimal128Builder,
    effect: Int8Builder,
    recoverable: BooleanBuilder,
    rules: Words,
    problems: Problems,
}

impl ChangeRows {
    pub(in crate::tables) fn push(&mut self, at: usize, ticket: &str, comparison: &Comparison) {
        for change in &comparison.changes {
            self.row.append_value(number(at));
            self.ticket.append_value(ticket);
            self.payment.append_value(payment_key(change.payment));
            self.month.append_value(days(change.month));
            self.before.append_value(cents(change.before));
            self.after.append_value(cents(change.after));
            self.difference.append_value(cents(change.difference));
            self.effect.append_value(match change.effect {
                Effect::Overpaid => 0,
                Effect::Missed => 1,
            });
            self.recoverable.append_value(change.recoverable);
            self.rules.push(change.rules.iter().copied());
            self.problems.push(&[]);
        }
    }

    pub(super) fn refused(&mut self, at: usize, problems: &[Problem]) {
        self.row.append_value(number(at));
        self.ticket.append_null();
        self.payment.append_null();
        self.month.append_null();
        self.before.append_null();
        self.after.append_null();
        self.difference.append_null();
        self.effect.append_null();
        self.recoverable.append_null();
        self.rules.push([]);
        self.problems.push(problems);
    }

    pub(super) fn finish(mut self) -> Columns {
        Ok(vec![
            ("row", Arc::new(self.row.finish())),
            ("ticket", Arc::new(self.ticket.finish())),
            ("payment", coded(self.payment, &PAYMENTS)?),
            ("month", Arc::new(self.month.finish())),
            ("before", money(self.before)?),
            ("after", money(self.after)?),
            ("difference", money(self.difference)?),
            ("effect", coded(self.effect, &EFFECTS)?),
            ("recoverable", Arc::new(self.recoverable.finish())),
            ("rules", self.rules.array()?),
            ("problems", self.problems.array()?),
        ])
    }
}

/// Problems of forms: a row a problem.
#[derive(Default)]
pub(in crate::tables) struct ProblemRows {
    row: Int64Builder,
    fields: ProblemFields,
}

impl ProblemRows {
    pub(in crate::tables) fn push(&mut self, at: usize, problems: &[Problem]) {
        for problem in problems {
            self.row.append_value(number(at));
            self.fields.push(problem);
        }
    }

    pub(super) fn finish(mut self) -> Vec<(&'static str, ArrayRef)> {
        let mut columns: Vec<(&'static str, ArrayRef)> = vec![("row", Arc::new(self.row.finish()))];
        columns.extend(self.fields.columns());
        columns
    }
}
