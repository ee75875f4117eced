//! Tables in, tables out: many cases by one call, on all cores, while other threads of Python run.

mod answers;
mod cells;
mod table;
mod written;

use crate::arrow::Stream;
use answers::{Answers, DecisionRows, LedgerRows, status_bit};
use arrow_array::{ArrayRef, LargeStringArray, RecordBatch, StructArray};
use arrow_schema::{ArrowError, DataType, Field, FieldRef};
use bumpalo::Bump;
use cells::{Documents, Shape};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList};
use std::num::NonZero;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;
pub(crate) use table::Table;
use ttw_core::decision::{Row, Status, possible_month};
use ttw_core::domain::{Month, PaymentAsked};
use ttw_core::eligibility::Reason;
use ttw_core::forms::validate_value;
use ttw_core::read::{Claim, LedgerRequest, Question, Value, compare_request_of, ledger_request_of, question_of};
use ttw_core::{Engine, Problem, Truth};

/// How many rows a thread takes at a time.
const PART: usize = 512;

/// How often Python is asked whether somebody wants to stop.
const GLANCE: Duration = Duration::from_millis(50);

const CASE: [&str; 7] =
    ["ticket", "beneficiary", "benefits", "earnings", "pay_statements", "state_vr_cases", "payments"];
const DOCUMENTS: &[&str] = &[
    "case", "claim", "before", "after", "draft", "on_file", CASE[0], CASE[1], CASE[2], CASE[3], CASE[4], CASE[5],
    CASE[6],
];
const LEDGER: Shape = Shape {
    fields: &["case", "provider", "as_of", "policy"],
    inner: Some("case"),
    documents: DOCUMENTS,
    alone_is_inner: true,
};
const DECIDE: Shape = Shape {
    fields: &["case", "claim", "requested_on", "policy"],
    inner: Some("case"),
    documents: DOCUMENTS,
    alone_is_inner: false,
};
const VALIDATE: Shape = Shape {
    fields: &["form", "draft", "received_on", "on_file", "people"],
    inner: Some("draft"),
    documents: &["draft", "on_file"],
    alone_is_inner: true,
};
const BEFORE: Shape = Shape { fields: &[], inner: Some("before"), documents: DOCUMENTS, alone_is_inner: true };
const AFTER: Shape = Shape { fields: &[], inner: Some("after"), documents: DOCUMENTS, alone_is_inner: true };

/// What is asked of every row.
#[derive(Clone, Copy)]
enum Asked {
    Ledger { statuses: u8, texts: bool },
    Decide { texts: bool, json: bool },
    Validate,
    Compare,
}

impl Asked {
    fn answers(self) -> Answers {
        match self {
            Self::Ledger { texts, .. } => Answers::Ledger(Box::new(LedgerRows::new(texts))),
            Self::Decide { texts, json } => Answers::Decisions(Box::new(DecisionRows::new(texts, json))),
            Self::Validate => Answers::Problems(Box::default()),
            Self::Compare => Answers::Changes(Box::default()),
        }
    }

    /// Answers one row.
    fn answer(self, engine: &Engine, at: usize, document: &Value<'_>, into: &mut Answers) -> Result<(), Vec<Problem>> {
        match (self, into) {
            (Self::Ledger { statuses, .. }, Answers::Ledger(rows)) => {
                let request = ledger_request_of(document)?;
                let ledger = engine.ledger(&request)?;
                rows.push(at, &request.case.ticket_id, &ledger, statuses, |row| explained(engine, &request, row));
            }
            (Self::Decide { .. }, Answers::Decisions(rows)) => {
                let question = question_of(document)?;
                rows.push(at, &question.case.ticket_id, &engine.decide(&question)?);
            }
            (Self::Validate, Answers::Problems(rows)) => {
                rows.push(at, validate_value(engine, document)?.warnings());
            }
            (Self::Compare, Answers::Changes(rows)) => {
                let request = compare_request_of(document)?;
                rows.push(at, &request.before.ticket_id, &engine.compare(&request)?);
            }
            _ => {}
        }
        Ok(())
    }
}

/// Why a row of a ledger is as it is, in the words of the decision on that payment: for its own month when it is payable, for the month
/// that it would have when it depends on what is not known, otherwise for the last month that is over; and then only what does not hold.
fn explained(engine: &Engine, request: &LedgerRequest, row: &Row) -> Vec<Reason> {
    if row.status == Status::Paid {
        return Vec::new();
    }
    let possible = || possible_month(request, engine.parameters(), row.payment);
    let month = match row.status {
        Status::Undetermined => possible(),
        _ => row.attained_in,
    };
    let month = month.unwrap_or_else(|| Month::from(request.as_of).plus(-1));
    let question = Question {
        case: request.case.clone(),
        claim: Claim { payment: PaymentAsked::Named(row.payment), month, provider: request.provider.clone() },
        requested_on: request.as_of,
        policy: request.policy,
    };
    let Ok(mut answer) = engine.decide(&question) else { return Vec::new() };
    match row.status {
        Status::Payable | Status::Paid => {}
        Status::Unavailable => answer.reasons.retain(|reason| row.blocked_by.contains(&reason.rule)),
        Status::Pending | Status::Undetermined => answer.reasons.retain(|reason| reason.holds != Truth::Yes),
    }
    answer.reasons
}

/// The rows of all chunks that came in.
struct Source {
    parts: Vec<(Documents, usize)>,
    rows: usize,
}

impl Source {
    fn new(given: Given, shape: &Shape, constants: &[(&'static str, String)]) -> Result<Self, ArrowError> {
        let (mut parts, mut rows) = (Vec::new(), 0);
        for array in given.chunks {
            let documents = Documents::new(&array, shape, constants, given.is_json)?;
            let next = rows + documents.rows;
            parts.push((documents, rows));
            rows = next;
        }
        Ok(Self { parts, rows })
    }

    fn row<'v>(&'v self, at: usize, texts: &'v Bump) -> Result<Value<'v>, Vec<Problem>> {
        let part = self.parts.partition_point(|(_, start)| *start <= at);
        match part.checked_sub(1).and_then(|part| self.parts.get(part)) {
            Some((documents, start)) => documents.row(at - start, texts),
            None => Err(cells::required("")),
        }
    }
}

/// All that is asked: of every row, or of every pair of rows.
struct Batch {
    asked: Asked,
    rows: Source,
    after: Option<Source>,
    constants: Vec<(&'static str, String)>,
}

impl Batch {
    fn document<'v>(&'v self, at: usize, texts: &'v Bump) -> Result<Value<'v>, Vec<Problem>> {
        let Some(after) = &self.after else { return self.rows.row(at, texts) };
        let mut fields = Vec::with_capacity(2 + self.constants.len());
        for state in [self.rows.row(at, texts)?, after.row(at, texts)?] {
            if let Value::Object(state) = state {
                fields.extend(state.into_vec());
            }
        }
        let mut fields: Vec<(&str, Value<'_>)> = fields
            .into_iter()
            .filter_map(|(name, value)| match name {
                std::borrow::Cow::Borrowed(name) => Some((name, value)),
                std::borrow::Cow::Owned(_) => None,
            })
            .collect();
        fields.extend(self.constants.iter().map(|(name, text)| (*name, text.as_str().into())));
        Ok(Value::Object(fields.into()))
    }

    fn judge(&self, engine: &Engine, rows: Range<usize>) -> Result<RecordBatch, ArrowError> {
        let mut answers = self.asked.answers();
        let mut texts = Bump::new();
        for at in rows {
            let document = self.document(at, &texts);
            let done = document.and_then(|document| self.asked.answer(engine, at, &document, &mut answers));
            if let Err(problems) = done {
                answers.refused(at, &problems);
            }
            texts.reset();
        }
        answers.finish()
    }

    /// Judges all rows on so many threads; `glance` is called now and then with the rows that are done, and can stop it.
    fn run(
        &self,
        engine: &Engine,
        threads: usize,
        mut glance: impl FnMut(usize) -> PyResult<()>,
    ) -> PyResult<Vec<RecordBatch>> {
        let rows = self.rows.rows;
        let parts = rows.div_ceil(PART);
        let range = |part: usize| part * PART..rows.min((part + 1) * PART);
        if parts <= 1 {
            return Ok(vec![self.judge(engine, 0..rows).map_err(unforeseen)?]);
        }
        let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
        let mut done: Vec<Option<RecordBatch>> = vec![None; parts];
        std::thread::scope(|scope| {
            let (send, receive) = channel();
            let workers: Vec<_> = (0..threads.clamp(1, parts))
                .map(|_| {
                    let (send, next, stopped) = (send.clone(), &next, &stopped);
                    scope.spawn(move || {
                        loop {
                            let part = next.fetch_add(1, Ordering::Relaxed);
                            if part >= parts || stopped.load(Ordering::Relaxed) {
                                return;
                            }
                            if send.send((part, self.judge(engine, range(part)))).is_err() {
                                return;
                            }
                        }
                    })
                })
                .collect();
            drop(send);
            let mut finished = 0;
            let outcome = loop {
                match receive.recv_timeout(GLANCE) {
                    Ok((part, Ok(answers))) => {
                        finished += range(part).len();
                        if let Some(slot) = done.get_mut(part) {
                            *slot = Some(answers);
                        }
                    }
                    Ok((_, Err(error))) => break Err(unforeseen(error)),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break Ok(()),
                }
                if let Err(error) = glance(finished) {
                    break Err(error);
                }
            };
            stopped.store(true, Ordering::Relaxed);
            let panicked = workers.into_iter().any(|worker| worker.join().is_err());
            if panicked {
                Err(PyRuntimeError::new_err("the engine stopped; this is a fault of its own"))
            } else {
                outcome
            }
        })?;
        Ok(done.into_iter().flatten().collect())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn unforeseen(error: ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

fn unreadable(error: ArrowError) -> PyErr {
    match error {
        ArrowError::NotYetImplemented(text) => PyTypeError::new_err(text),
        other => PyTypeError::new_err(other.to_string()),
    }
}

/// The chunks of a table, or the texts of a list, or columns whose cells are all JSON text.
struct Given {
    chunks: Vec<ArrayRef>,
    is_json: bool,
}

/// Text that is not UTF-8 is not JSON either: the zero sees to it that it is refused.
fn text_or_none_that_is_json(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            format!("{}\0", String::from_utf8_lossy(before))
        }
    }
}

fn texts(list: &Bound<'_, PyList>) -> LargeStringArray {
    let text =
        |item: Bound<'_, PyAny>| item.cast::<PyBytes>().ok().map(|text| text_or_none_that_is_json(text.as_bytes()));
    list.iter().map(text).collect()
}

impl<'py> FromPyObject<'_, 'py> for Given {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(list) = given.cast::<PyList>() {
            return Ok(Self { chunks: vec![Arc::new(texts(&list))], is_json: false });
        }
        if let Ok(columns) = given.cast::<PyDict>() {
            let mut named: Vec<(FieldRef, ArrayRef)> = Vec::with_capacity(columns.len());
            for (name, cells) in columns.iter() {
                let field = Field::new(name.extract::<String>()?, DataType::LargeUtf8, true);
                named.push((Arc::new(field), Arc::new(texts(cells.cast::<PyList>()?))));
            }
            let chunks =
                if named.is_empty() { Vec::new() } else { vec![Arc::new(StructArray::from(named)) as ArrayRef] };
            return Ok(Self { chunks, is_json: true });
        }
        let Stream(reader) = given.extract()?;
        let chunk = |batch: Result<RecordBatch, ArrowError>| Ok(Arc::new(StructArray::from(batch?)) as ArrayRef);
        let chunks = reader.map(chunk).collect::<Result<_, ArrowError>>();
        let chunks = chunks.map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(Self { chunks, is_json: false })
    }
}

/// Judges every row of a table.
pub(crate) struct Options {
    pub(crate) threads: Option<usize>,
    pub(crate) glance: Option<Py<PyAny>>,
}

fn judged(py: Python<'_>, engine: &Engine, batch: &Batch, options: &Options) -> PyResult<Table> {
    let threads = options.threads.or_else(|| std::thread::available_parallelism().ok().map(NonZero::get)).unwrap_or(1);
    let mut shown = 0;
    let glance = |done: usize| {
        // Asking takes the interpreter from other threads: not for every part.
        if done - shown < PART * 8 && done != shown && done < batch.rows.rows {
            return Ok(());
        }
        let added = done - shown;
        shown = done;
        Python::attach(|py| {
            py.check_signals()?;
            match &options.glance {
                Some(glance) if added > 0 => glance.call1(py, (added,)).map(|_| ()),
                _ => Ok(()),
            }
        })
    };
    let batches = py.detach(|| batch.run(engine, threads, glance))?;
    let empty = || batch.asked.answers().finish().map(|batch| batch.schema()).map_err(unforeseen);
    let schema = batches.first().map_or_else(empty, |first| Ok(first.schema()))?;
    Ok(Table { batches, schema })
}

/// The bits of the statuses that are asked for.
fn statuses(words: Option<Vec<String>>) -> PyResult<u8> {
    let Some(words) = words else { return Ok(u8::MAX) };
    let bit =
        |word: &String| status_bit(word).ok_or_else(|| PyValueError::new_err("there is no such status of a payment"));
    words.iter().map(bit).try_fold(0, |bits, bit| Ok(bits | bit?))
}

type Constants = Vec<(String, String)>;

/// Names that are known beforehand.
fn constants(given: Constants) -> Vec<(&'static str, String)> {
    const NAMES: [&str; 7] = ["provider", "as_of", "policy", "requested_on", "form", "received_on", "people"];
    let known = |name: &str| NAMES.into_iter().find(|known| *known == name);
    given.into_iter().filter_map(|(name, text)| Some((known(&name)?, text))).collect()
}

/// Ledgers of a table of cases.
pub(crate) fn ledger(
    py: Python<'_>,
    engine: &Engine,
    cases: &Bound<'_, PyAny>,
    said_once: Constants,
    (texts, wanted): (bool, Option<Vec<String>>),
    options: &Options,
) -> PyResult<Table> {
    let statuses = statuses(wanted)?;
    let rows = Source::new(cases.extract()?, &LEDGER, &constants(said_once)).map_err(unreadable)?;
    let batch = Batch { asked: Asked::Ledger { statuses, texts }, rows, after: None, constants: Vec::new() };
    judged(py, engine, &batch, options)
}

/// Determinations of a table of questions.
pub(crate) fn decide(
    py: Python<'_>,
    engine: &Engine,
    questions: &Bound<'_, PyAny>,
    said_once: Constants,
    (texts, json): (bool, bool),
    options: &Options,
) -> PyResult<Table> {
    let rows = Source::new(questions.extract()?, &DECIDE, &constants(said_once)).map_err(unreadable)?;
    let batch = Batch { asked: Asked::Decide { texts, json }, rows, after: None, constants: Vec::new() };
    judged(py, engine, &batch, options)
}

/// Problems of a table of drafts.
pub(crate) fn validate(
    py: Python<'_>,
    engine: &Engine,
    drafts: &Bound<'_, PyAny>,
    said_once: Constants,
    options: &Options,
) -> PyResult<Table> {
    let rows = Source::new(drafts.extract()?, &VALIDATE, &constants(said_once)).map_err(unreadable)?;
    judged(py, engine, &Batch { asked: Asked::Validate, rows, after: None, constants: Vec::new() }, options)
}

/// Changes between two tables of cases, row by row.
pub(crate) fn compare(
    py: Python<'_>,
    engine: &Engine,
    before: &Bound<'_, PyAny>,
    after: &Bound<'_, PyAny>,
    said_once: Constants,
    options: &Options,
) -> PyResult<Table> {
    let rows = Source::new(before.extract()?, &BEFORE, &[]).map_err(unreadable)?;
    let after = Source::new(after.extract()?, &AFTER, &[]).map_err(unreadable)?;
    if rows.rows != after.rows {
        return Err(PyValueError::new_err("both tables must have the same number of rows"));
    }
    let batch = Batch { asked: Asked::Compare, rows, after: Some(after), constants: constants(said_once) };
    judged(py, engine, &batch, options)
}
