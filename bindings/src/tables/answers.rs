//! From the engine's answers to Arrow columns.

use super::cells::first_of_month;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Decimal128Builder, Int8Builder, Int64Builder, StringBuilder, UInt8Builder,
    UInt16Builder,
};
use arrow_array::types::Int8Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, Field, Fields, Schema};
use std::sync::{Arc, LazyLock};
use ttw_core::decision::{Comparison, Decision, Determination, Effect, Ledger, Row, Status};
use ttw_core::domain::{Month, PaymentName, Usd};
use ttw_core::eligibility::{Missing, Reason};
use ttw_core::problem::{Action, Class};
use ttw_core::{Problem, Truth};

/// The answers of some rows, as they come.
pub(super) enum Answers {
    Ledger(Box<LedgerRows>),
    Decisions(Box<DecisionRows>),
    Changes(Box<ChangeRows>),
    Problems(Box<ProblemRows>),
}

impl Answers {
    /// The columns.
    pub(super) fn finish(self) -> Result<RecordBatch, ArrowError> {
        let columns = match self {
            Self::Ledger(rows) => rows.finish(),
            Self::Decisions(rows) => rows.finish(),
            Self::Changes(rows) => rows.finish(),
            Self::Problems(rows) => Ok(rows.finish()),
        }?;
        let fields: Fields =
            columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns.into_iter().map(|(_, array)| array).collect())
    }

    /// A row that could not be read.
    pub(super) fn refused(&mut self, row: usize, problems: &[Problem]) {
        match self {
            Self::Ledger(rows) => rows.refused(row, problems),
            Self::Decisions(rows) => rows.refused(row, problems),
            Self::Changes(rows) => rows.refused(row, problems),
            Self::Problems(rows) => rows.push(row, problems),
        }
    }
}

type Columns = Result<Vec<(&'static str, ArrayRef)>, ArrowError>;

fn number(row: usize) -> i64 {
    i64::try_from(row).unwrap_or(i64::MAX)
}

/// The columns of a list of things, or none in a row.
struct Lists<T> {
    ends: Vec<usize>,
    items: T,
    count: usize,
}

impl<T: Default> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: vec![0], items: T::default(), count: 0 }
    }
}

impl<T> Lists<T> {
    fn end(&mut self, added: usize) {
        self.count += added;
        self.ends.push(self.count);
    }

    fn finish(self, array: impl FnOnce(T) -> Result<ArrayRef, ArrowError>) -> Result<ArrayRef, ArrowError> {
        let items = array(self.items)?;
        let field = Arc::new(Field::new("item", items.data_type().clone(), true));
        let lengths = self.ends.windows(2).map(|pair| match pair {
            [start, end] => end - start,
            _ => 0,
        });
        Ok(Arc::new(ListArray::try_new(field, OffsetBuffer::from_lengths(lengths), items, None)?))
    }
}

/// Ids and other words of a row.
type Words = Lists<StringBuilder>;

impl Words {
    fn push<'w>(&mut self, words: impl IntoIterator<Item = &'w str>) {
        let mut added = 0;
        for word in words {
            self.items.append_value(word);
            added += 1;
        }
        self.end(added);
    }

    fn array(self) -> Result<ArrayRef, ArrowError> {
        self.finish(|mut words| Ok(Arc::new(words.finish())))
    }
}

/// Structs from their columns.
fn structs(columns: Vec<(&'static str, ArrayRef)>) -> Result<ArrayRef, ArrowError> {
    let fields: Fields =
        columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    Ok(Arc::new(StructArray::try_new(fields, columns.into_iter().map(|(_, array)| array).collect(), None)?))
}

/// Words of a fixed choice: each word once, and numbers in the rows.
fn coded(mut keys: Int8Builder, words: &Arc<StringArray>) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(DictionaryArray::<Int8Type>::try_new(keys.finish(), Arc::clone(words) as ArrayRef)?))
}

fn words<const N: usize>(words: [&'static str; N]) -> Arc<StringArray> {
    Arc::new(StringArray::from_iter_values(words))
}

static STATUSES: LazyLock<Arc<StringArray>> =
    LazyLock::new(|| words(["paid", "payable", "pending", "unavailable", "undetermined"]));
static DECISIONS: LazyLock<Arc<StringArray>> = LazyLock::new(|| words(["payable", "not_payable", "undetermined"]));
static EFFECTS: LazyLock<Arc<StringArray>> = LazyLock::new(|| words(["overpaid", "missed"]));
static PAYMENTS: LazyLock<Arc<StringArray>> = LazyLock::new(|| {
    let all = (1..=4).map(PaymentName::Phase1).chain((1..=18).map(PaymentName::Phase2));
    let all = all.chain((1..=60).map(PaymentName::Outcome)).chain([PaymentName::Reconciliation]);
    Arc::new(StringArray::from_iter_values(all.map(|name| name.to_string())))
});

/// The place of a payment among all names.
fn payment_key(name: PaymentName) -> i8 {
    let (before, number) = match name {
        PaymentName::Phase1(number) => (0, number),
        PaymentName::Phase2(number) => (4, number),
        PaymentName::Outcome(number) => (22, number),
        PaymentName::Reconciliation => (82, 1),
    };
    i8::try_from(before + number).map_or(0, |key| key - 1)
}

const fn status_key(status: Status) -> i8 {
    match status {
        Status::Paid => 0,
        Status::Payable => 1,
        Status::Pending => 2,
        Status::Unavailable => 3,
        Status::Undetermined => 4,
    }
}

/// The status of a word.
pub(super) fn status_bit(word: &str) -> Option<u8> {
    let key = STATUSES.iter().position(|status| status == Some(word))?;
    Some(1 << key)
}

fn days(month: Month) -> i32 {
    let since = month.since(Month::new(1970, 1));
    first_of_month(1970 + since.div_euclid(12), since.rem_euclid(12) + 1)
}

fn cents(amount: Usd) -> i128 {
    let dollars = amount.dollars();
    let (mantissa, scale) = (dollars.mantissa(), dollars.scale());
    match scale {
        0 => mantissa.saturating_mul(100),
        1 => mantissa.saturating_mul(10),
        2 => mantissa,
        more => mantissa / 10_i128.pow(more - 2),
    }
}

fn money(mut amounts: Decimal128Builder) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(amounts.finish().with_precision_and_scale(14, 2)?))
}

const fn class(class: Class) -> &'static str {
    match class {
        Class::Syntactical => "syntactical",
        Class::Validity => "validity",
        Class::Policy => "policy",
        Class::Quality => "quality",
        Class::Macro => "macro",
    }
}

const fn action(action: Action) -> &'static str {
    match action {
        Action::Correct => "correct",
        Action::DoNotResubmit => "do_not_resubmit",
        Action::Acknowledge => "acknowledge",
    }
}

/// The fields of problems.
#[derive(Default)]
struct ProblemFields {
    code: StringBuilder,
    class: StringBuilder,
    path: StringBuilder,
    message: StringBuilder,
    action: StringBuilder,
    cite: StringBuilder,
}

impl ProblemFields {
    fn push(&mut self, problem: &Problem) {
        self.code.append_value(problem.code);
        self.class.append_value(class(problem.class));
        self.path.append_value(&problem.path);
        self.message.append_value(&problem.message);
        self.action.append_value(action(problem.action));
        self.cite.append_option(problem.cite);
    }

    fn columns(mut self) -> Vec<(&'static str, ArrayRef)> {
        vec![
            ("code", Arc::new(self.code.finish())),
            ("class", Arc::new(self.class.finish())),
            ("path", Arc::new(self.path.finish())),
            ("message", Arc::new(self.message.finish())),
            ("action", Arc::new(self.action.finish())),
            ("cite", Arc::new(self.cite.finish())),
        ]
    }
}

/// The problems of each row: an empty list where there are none.
type Problems = Lists<ProblemFields>;

impl Problems {
    fn push(&mut self, problems: &[Problem]) {
        for problem in problems {
            self.items.push(problem);
        }
        self.end(problems.len());
    }

    fn array(self) -> Result<ArrayRef, ArrowError> {
        self.finish(|fields| structs(fields.columns()))
    }
}

#[derive(Default)]
struct ReasonFields {
    rule: StringBuilder,
    holds: BooleanBuilder,
    text: StringBuilder,
}

/// Reasons in words.
type Reasons = Lists<ReasonFields>;

impl Reasons {
    fn push<'r>(&mut self, reasons: impl IntoIterator<Item = &'r Reason>) {
        let mut added = 0;
        for reason in reasons {
            self.items.rule.append_value(reason.rule);
            self.items.holds.append_option(match reason.holds {
                Truth::Yes => Some(true),
                Truth::No => Some(false),
                Truth::Unknown => None,
            });
            self.items.text.append_value(&reason.text);
            added += 1;
        }
        self.end(added);
    }

    fn array(self) -> Result<ArrayRef, ArrowError> {
        self.finish(|mut fields| {
            structs(vec![
                ("rule", Arc::new(fields.rule.finish())),
                ("holds", Arc::new(fields.holds.finish())),
                ("text", Arc::new(fields.text.finish())),
            ])
        })
    }
}

/// Ledgers: a row a ticket and payment.
#[derive(Default)]
pub(super) struct LedgerRows {
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
    pub(super) fn new(texts: bool) -> Self {
        Self { reasons: texts.then(Reasons::default), ..Self::default() }
    }

    /// The rows of a ledger whose status is asked for; `explain` says why a row is as it is.
    pub(super) fn push(
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

    fn refused(&mut self, at: usize, problems: &[Problem]) {
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

    fn finish(mut self) -> Columns {
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

#[derive(Default)]
struct MissingFields {
    path: StringBuilder,
    month: Date32Builder,
    title: StringBuilder,
    settles: Words,
}

/// Facts that are not known.
type MissingFacts = Lists<MissingFields>;

impl MissingFacts {
    fn push(&mut self, missing: &[Missing]) {
        for fact in missing {
            self.items.path.append_value(&fact.path);
            self.items.month.append_option(fact.month.map(days));
            self.items.title.append_option(fact.title.map(ttw_core::domain::Record::as_str));
            self.items.settles.push(fact.settles.iter().copied());
        }
        self.end(missing.len());
    }

    fn array(self) -> Result<ArrayRef, ArrowError> {
        self.finish(|mut fields| {
            structs(vec![
                ("path", Arc::new(fields.path.finish())),
                ("month", Arc::new(fields.month.finish())),
                ("title", Arc::new(fields.title.finish())),
                ("settles", fields.settles.array()?),
            ])
        })
    }
}

/// Determinations: a row a question.
#[derive(Default)]
pub(super) struct DecisionRows {
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
    pub(super) fn new(texts: bool, json: bool) -> Self {
        Self {
            reasons: texts.then(Reasons::default),
            determination: json.then(StringBuilder::default),
            ..Self::default()
        }
    }

    pub(super) fn push(&mut self, at: usize, ticket: &str, answer: &Determination) {
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

    fn refused(&mut self, at: usize, problems: &[Problem]) {
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

    fn finish(mut self) -> Columns {
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
pub(super) struct ChangeRows {
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
    pub(super) fn push(&mut self, at: usize, ticket: &str, comparison: &Comparison) {
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

    fn refused(&mut self, at: usize, problems: &[Problem]) {
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

    fn finish(mut self) -> Columns {
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
pub(super) struct ProblemRows {
    row: Int64Builder,
    fields: ProblemFields,
}

impl ProblemRows {
    pub(super) fn push(&mut self, at: usize, problems: &[Problem]) {
        for problem in problems {
            self.row.append_value(number(at));
            self.fields.push(problem);
        }
    }

    fn finish(mut self) -> Vec<(&'static str, ArrayRef)> {
        let mut columns: Vec<(&'static str, ArrayRef)> = vec![("row", Arc::new(self.row.finish()))];
        columns.extend(self.fields.columns());
        columns
    }
}
