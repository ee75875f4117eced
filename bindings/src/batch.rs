//! Panels: Arrow columns in, Arrow columns out, without a copy of what comes in.

use crate::{PyEngine, refused};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Date32Type, Decimal128Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type,
};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, DictionaryArray, Int8Array, OffsetSizeTrait, RecordBatch, StringArray,
    StructArray, UInt8Array, UInt64Array,
};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer};
use arrow_schema::{DataType, Field, Schema};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use pyo3_arrow::PyTable;
use pyo3_arrow::input::AnyRecordBatch;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};
use ttw_core::batch::{
    Answers, Bits, Cents, Codes, Days, Evidence, Failure, Fault, InstructionSet, List, Offsets, Options, Panel, Panels,
    Standing,
};
use ttw_core::domain::parse_date;
use ttw_core::problem::code;
use ttw_core::{Engine, PolicyName, Problem};

/// How long Python waits at most until it is asked whether to go on.
const PATIENCE: Duration = Duration::from_millis(50);

const COLUMNS: [&str; 15] = [
    "id",
    "title",
    "blind",
    "first_month",
    "first_assigned_on",
    "assigned_on",
    "first_payable_month",
    "last_payable_month",
    "vr_bar",
    "services_completed_on",
    "earned",
    "paid",
    "t2",
    "t16",
    "last_period",
];
const REQUIRED: [&str; 6] = ["title", "first_month", "first_assigned_on", "earned", "t2", "t16"];
const TITLES: [&str; 3] = ["t2", "t16", "concurrent"];
const BARS: [&str; 3] = ["", "phase_1", "all"];
const STATUSES: [(&str, u8); 9] = [
    ("none", 0),
    ("current_pay", 1),
    ("suspended_work", 2),
    ("suspended_other", 3),
    ("ended_work", 4),
    ("ended_other", 5),
    ("state_supplement_only", 6),
    ("state_supplement", 6),
    ("unknown", 255),
];

/// The questions of a batch that are not in the panel.
struct Asked {
    as_of: Option<jiff::civil::Date>,
    policy: PolicyName,
}

fn asked(py: Python<'_>, as_of: Option<&str>, policy: &str) -> PyResult<Asked> {
    let mut problems = Vec::new();
    let as_of = as_of.map(parse_date).transpose().unwrap_or_else(|is_no_day| {
        let code = if is_no_day { &code::DATE_INVALID } else { &code::DATE_FORMAT };
        problems.push(Problem::new(code, "/as_of"));
        None
    });
    let policy = match policy {
        "operations" => PolicyName::Operations,
        "regulation" => PolicyName::Regulation,
        _ => {
            let allowed = vec!["operations", "regulation"];
            problems.push(Problem::new(&code::REQ_ENUM, "/policy").with("allowed", allowed));
            PolicyName::Operations
        }
    };
    if problems.is_empty() { Ok(Asked { as_of, policy }) } else { Err(refused(py, &problems)) }
}

#[pymethods]
impl PyEngine {
    /// From a panel to a row of milestones for each ticket.
    #[pyo3(signature = (panel, as_of, policy, threads, instructions, evidence))]
    #[expect(clippy::too_many_arguments, reason = "called from the package alone")]
    fn milestones(
        &self,
        py: Python<'_>,
        panel: AnyRecordBatch,
        as_of: Option<&str>,
        policy: &str,
        threads: Option<usize>,
        instructions: Option<&str>,
        evidence: bool,
    ) -> PyResult<PyTable> {
        let asked = asked(py, as_of, policy)?;
        let instructions = instructions
            .map(|name| {
                InstructionSet::parse(name).filter(|set| set.is_available()).ok_or_else(|| {
                    let sets = InstructionSet::ALL.into_iter().filter(|set| set.is_available());
                    let allowed: Vec<&str> = sets.map(InstructionSet::as_str).collect();
                    refused(py, &[Problem::new(&code::REQ_ENUM, "/instructions").with("allowed", allowed)])
                })
            })
            .transpose()?;
        let threads = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
        let options = Options { as_of: asked.as_of, threads, instructions, evidence };
        let reader = panel.into_reader()?;
        let schema = reader.schema();
        let engine = self.engine(py)?;
        let work = move || -> Result<Vec<RecordBatch>, Stop> {
            let panels = engine.panels(asked.policy);
            let mut judged = Vec::new();
            let mut rows = 0;
            for batch in reader {
                let batch = batch.map_err(|error| Stop::Python(PyValueError::new_err(error.to_string())))?;
                judged.push(judge(&engine, &panels, &batch, &options, rows)?);
                rows += batch.num_rows();
            }
            if judged.is_empty() {
                judged.push(judge(&engine, &panels, &RecordBatch::new_empty(schema), &options, 0)?);
            }
            Ok(judged)
        };
        let judged = py.detach(work).map_err(|stop| match stop {
            Stop::Problems(problems) => refused(py, &problems),
            Stop::Python(error) => error,
        })?;
        let schema = judged.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
        PyTable::try_new(judged, schema)
    }

    /// The case that a row of a panel is, the day of its ledger and its provider, as JSON.
    #[pyo3(signature = (panel, row, as_of))]
    fn panel_case(&self, py: Python<'_>, panel: AnyRecordBatch, row: usize, as_of: Option<&str>) -> PyResult<String> {
        let asked = asked(py, as_of, "operations")?;
        let engine = self.engine(py)?;
        let panels = engine.panels(asked.policy);
        let mut before = 0;
        for batch in panel.into_reader()? {
            let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
            if row < before + batch.num_rows() {
                let columns = Columns::read(&batch, before).map_err(|problems| refused(py, &problems))?;
                let case = columns.panel(&batch).map_err(|problems| refused(py, &problems)).and_then(|panel| {
                    let case = panels.case(&panel, row - before, asked.as_of);
                    case.map_err(|fault| refused(py, &[problem_of(row, fault)]))
                });
                let (case, as_of) = case?;
                let answer =
                    serde_json::json!({"case": case, "as_of": as_of.to_string(), "provider": Panels::PROVIDER});
                return Ok(answer.to_string());
            }
            before += batch.num_rows();
        }
        Err(pyo3::exceptions::PyIndexError::new_err("there is no such row"))
    }
}

/// Why a batch ends before its end.
enum Stop {
    Problems(Vec<Problem>),
    Python(PyErr),
}

impl From<Vec<Problem>> for Stop {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Problems(problems)
    }
}

fn judge(
    engine: &Engine,
    panels: &Panels<'_>,
    batch: &RecordBatch,
    options: &Options,
    before: usize,
) -> Result<RecordBatch, Stop> {
    let columns = Columns::read(batch, before)?;
    let panel = columns.panel(batch)?;
    let mut interrupted = None;
    let mut asked = Instant::now();
    let pause = || {
        if asked.elapsed() < PATIENCE {
            return ControlFlow::Continue(());
        }
        asked = Instant::now();
        #[expect(clippy::redundant_closure_for_method_calls, reason = "the method itself is of one lifetime")]
        let signals = Python::attach(|py| py.check_signals());
        match signals {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                interrupted = Some(error);
                ControlFlow::Break(())
            }
        }
    };
    let answers = panels.milestones(&panel, options, pause);
    if let Some(error) = interrupted {
        return Err(Stop::Python(error));
    }
    let answers = answers.map_err(|failure| match failure {
        Failure::Faults(faults) => {
            Stop::Problems(faults.into_iter().map(|(row, fault)| problem_of(before + row, fault)).collect())
        }
        Failure::AsOf => Stop::Problems(vec![Problem::new(&code::DATE_INVALID, "/as_of")]),
        Failure::Instructions | Failure::Stopped => {
            Stop::Problems(vec![Problem::new(&code::REQ_ENUM, "/instructions")])
        }
    })?;
    let metadata = [
        ("ttw.policy", panels.policy().to_owned()),
        ("ttw.rules_version", engine.version().to_owned()),
        (
            "ttw.as_of",
            options.as_of.map_or_else(|| "the day after the last month of each row".to_owned(), |day| day.to_string()),
        ),
        (
            "ttw.services_completed_on",
            if panel.services_completed_on.is_some() { "checked" } else { "not checked" }.to_owned(),
        ),
    ];
    let metadata = metadata.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    table(batch, answers, metadata).map_err(|error| Stop::Python(PyValueError::new_err(error.to_string())))
}

fn problem_of(row: usize, fault: Fault) -> Problem {
    let at = |column: &str| format!("/{column}/{row}");
    match fault {
        Fault::FirstMonth => Problem::new(&code::DATE_INVALID, &at("first_month")),
        Fault::FirstAssignedOn => Problem::new(&code::DATE_INVALID, &at("first_assigned_on")),
        Fault::AssignedOn => Problem::new(&code::DATE_INVALID, &at("assigned_on")),
        Fault::AssignedBeforeFirst => Problem::new(&code::ASSIGNMENTS_ORDER, &at("assigned_on")),
        Fault::FirstPayableMonth => Problem::new(&code::DATE_INVALID, &at("first_payable_month")),
        Fault::LastPayableMonth => Problem::new(&code::DATE_INVALID, &at("last_payable_month")),
        Fault::Earned => Problem::new(&code::MONEY_NEGATIVE, &at("earned")),
        Fault::Paid => Problem::new(&code::MONEY_NEGATIVE, &at("paid")),
        Fault::T2 => Problem::new(&code::REQ_ENUM, &at("t2")).with("allowed", status_codes()),
        Fault::T16 => Problem::new(&code::REQ_ENUM, &at("t16")).with("allowed", status_codes()),
        Fault::Span => Problem::new(&code::CASE_SPAN_TOO_LONG, &at("earned")).with("limit", 600),
    }
}

fn status_codes() -> Vec<&'static str> {
    vec!["0", "1", "2", "3", "4", "5", "6", "255"]
}

/// What of a panel is not there as the kernel wants it: words as codes, a byte a ticket.
struct Columns {
    title: Vec<u8>,
    vr_bar: Option<Vec<u8>>,
    t2: Option<Vec<u8>>,
    t16: Option<Vec<u8>>,
}

type Read<T> = Result<T, Vec<Problem>>;

fn wrong(path: &str, expected: &str) -> Vec<Problem> {
    vec![Problem::new(&code::REQ_TYPE, path).with("expected", expected)]
}

impl Columns {
    fn read(batch: &RecordBatch, before: usize) -> Read<Self> {
        let schema = batch.schema_ref();
        let mut problems = Vec::new();
        for field in schema.fields() {
            if !COLUMNS.contains(&field.name().as_str()) {
                problems.push(
                    Problem::new(&code::REQ_UNKNOWN_FIELD, &format!("/{}", field.name()))
                        .with("allowed", COLUMNS.to_vec()),
                );
            } else if schema.fields().iter().filter(|other| other.name() == field.name()).count() > 1 {
                problems.push(Problem::new(&code::REQ_FIELD_DUPLICATE, &format!("/{}", field.name())));
            }
        }
        for name in REQUIRED {
            if batch.column_by_name(name).is_none() {
                problems.push(Problem::new(&code::REQ_FIELD_REQUIRED, &format!("/{name}")));
            }
        }
        for name in ["title", "blind", "first_month", "first_assigned_on", "assigned_on"] {
            let Some(nulls) = batch.column_by_name(name).and_then(Array::logical_nulls) else { continue };
            let missing = (0..nulls.len()).filter(|row| nulls.is_null(*row)).take(100);
            problems.extend(
                missing.map(|row| Problem::new(&code::REQ_FIELD_REQUIRED, &format!("/{name}/{}", before + row))),
            );
        }
        let mut take = |read: Read<Option<Vec<u8>>>| {
            read.unwrap_or_else(|mut found| {
                problems.append(&mut found);
                None
            })
        };
        let words = |name: &str, choices: &[(&str, u8)]| {
            batch.column_by_name(name).map(|column| codes_of(column, name, choices, before)).transpose()
        };
        let titles: Vec<(&str, u8)> = TITLES.into_iter().zip(0..).collect();
        let bars: Vec<(&str, u8)> = BARS.into_iter().zip(0..).skip(1).collect();
        let title = take(words("title", &titles));
        let vr_bar = take(words("vr_bar", &bars));
        let t2 = take(status_words(batch, "t2"));
        let t16 = take(status_words(batch, "t16"));
        let columns = Self { title: title.unwrap_or_default(), vr_bar, t2, t16 };
        match columns.panel(batch) {
            Err(mut found) if !batch_lacks(&problems, &found) => problems.append(&mut found),
            _ => {}
        }
        if problems.is_empty() { Ok(columns) } else { Err(problems) }
    }

    fn panel<'a>(&'a self, batch: &'a RecordBatch) -> Read<Panel<'a>> {
        let column = |name: &str| batch.column_by_name(name);
        let required =
            |name: &str| column(name).ok_or_else(|| vec![Problem::new(&code::REQ_FIELD_REQUIRED, &format!("/{name}"))]);
        let days = |name: &str| column(name).map(|column| nullable_days(column, name)).transpose();
        Ok(Panel {
            title: &self.title,
            blind: column("blind").map(|column| bits(column, "blind")).transpose()?,
            first_month: nullable_days(required("first_month")?, "first_month")?.values,
            first_assigned_on: nullable_days(required("first_assigned_on")?, "first_assigned_on")?.values,
            assigned_on: days("assigned_on")?.map(|days| days.values),
            first_payable_month: days("first_payable_month")?,
            last_payable_month: days("last_payable_month")?,
            vr_bar: self.vr_bar.as_deref(),
            services_completed_on: days("services_completed_on")?,
            earned: list(required("earned")?, "earned", cents)?,
            paid: column("paid").map(|column| list(column, "paid", cents)).transpose()?,
            t2: list(required("t2")?, "t2", |values, name| statuses(values, name, self.t2.as_deref()))?,
            t16: list(required("t16")?, "t16", |values, name| statuses(values, name, self.t16.as_deref()))?,
            last_period: column("last_period").map(|column| list(column, "last_period", bits)).transpose()?,
        })
    }
}

/// Whether all that was found is already named.
fn batch_lacks(named: &[Problem], found: &[Problem]) -> bool {
    found.iter().all(|problem| named.contains(problem))
}

fn bits_of(nulls: &NullBuffer) -> Bits<'_> {
    Bits::new(nulls.buffer().as_slice(), nulls.offset())
}

fn bits<'a>(column: &'a ArrayRef, name: &str) -> Read<Bits<'a>> {
    let array: &BooleanArray = column.as_boolean_opt().ok_or_else(|| wrong(&format!("/{name}"), "booleans"))?;
    Ok(Bits::new(array.values().values(), array.values().offset()))
}

fn nullable_days<'a>(column: &'a ArrayRef, name: &str) -> Read<Days<'a>> {
    let array =
        column.as_primitive_opt::<Date32Type>().ok_or_else(|| wrong(&format!("/{name}"), "a column of date32"))?;
    Ok(Days { values: array.values(), present: array.nulls().map(bits_of) })
}

fn list<'a, V>(column: &'a ArrayRef, name: &str, values: impl Fn(&'a ArrayRef, &str) -> Read<V>) -> Read<List<'a, V>> {
    let rows = column.nulls().map(bits_of);
    let (offsets, elements) = if let Some(lists) = column.as_list_opt::<i32>() {
        (Offsets::Small(lists.value_offsets()), lists.values())
    } else if let Some(lists) = column.as_list_opt::<i64>() {
        (Offsets::Large(lists.value_offsets()), lists.values())
    } else if let Some(lists) = column.as_fixed_size_list_opt() {
        (Offsets::Fixed(usize::try_from(lists.value_length()).unwrap_or(0)), lists.values())
    } else {
        return Err(wrong(&format!("/{name}"), "a column of lists, large lists or lists of one size"));
    };
    Ok(List { offsets, values: values(elements, name)?, rows, known: elements.nulls().map(bits_of) })
}

fn cents<'a>(values: &'a ArrayRef, name: &str) -> Read<Cents<'a>> {
    if let Some(values) = values.as_primitive_opt::<Int32Type>() {
        Ok(Cents::Small(values.values()))
    } else if let Some(values) = values.as_primitive_opt::<Int64Type>() {
        Ok(Cents::Large(values.values()))
    } else if let (Some(decimals), DataType::Decimal128(_, 2)) =
        (values.as_primitive_opt::<Decimal128Type>(), values.data_type())
    {
        Ok(Cents::Decimal(decimals.values()))
    } else {
        Err(wrong(&format!("/{name}"), "lists of int32 or int64 cents, or of decimal128 with two places"))
    }
}

fn elements(column: &ArrayRef) -> Option<&ArrayRef> {
    column
        .as_list_opt::<i32>()
        .map(arrow_array::GenericListArray::values)
        .or_else(|| column.as_list_opt::<i64>().map(arrow_array::GenericListArray::values))
        .or_else(|| column.as_fixed_size_list_opt().map(arrow_array::FixedSizeListArray::values))
}

/// The codes of a dictionary of status words; none when the column has codes.
fn status_words(batch: &RecordBatch, name: &str) -> Read<Option<Vec<u8>>> {
    let Some(values) = batch.column_by_name(name).and_then(elements) else { return Ok(None) };
    let Some(dictionary) = values.as_any_dictionary_opt() else { return Ok(None) };
    let words = words(dictionary.values(), &format!("/{name}"))?;
    let code_of = |word: Option<&str>| match word {
        None => Some(0),
        Some(word) => STATUSES.iter().find(|(known, _)| *known == word).map(|(_, code)| *code),
    };
    let codes: Option<Vec<u8>> = words.into_iter().map(code_of).collect();
    let allowed: Vec<&str> = STATUSES.iter().map(|(word, _)| *word).collect();
    codes.map(Some).ok_or_else(|| vec![Problem::new(&code::REQ_ENUM, &format!("/{name}")).with("allowed", allowed)])
}

fn statuses<'a>(values: &'a ArrayRef, name: &str, codes: Option<&'a [u8]>) -> Read<Codes<'a>> {
    fn keys<K: ArrowDictionaryKeyType>(values: &ArrayRef) -> Option<&Buffer> {
        values.as_dictionary_opt::<K>().map(|dictionary| dictionary.keys().values().inner())
    }
    if let Some(values) = values.as_primitive_opt::<UInt8Type>() {
        return Ok(Codes::Plain(values.values()));
    }
    let codes = codes.unwrap_or_default();
    if let Some(keys) = keys::<UInt8Type>(values).or_else(|| keys::<Int8Type>(values)) {
        return Ok(Codes::Keys8(keys.typed_data(), codes));
    }
    if let Some(keys) = keys::<UInt16Type>(values).or_else(|| keys::<Int16Type>(values)) {
        return Ok(Codes::Keys16(keys.typed_data(), codes));
    }
    if let Some(keys) = keys::<UInt32Type>(values).or_else(|| keys::<Int32Type>(values)) {
        return Ok(Codes::Keys32(keys.typed_data(), codes));
    }
    Err(wrong(&format!("/{name}"), "lists of uint8, or of a dictionary of words"))
}

/// The words of a column of strings.
fn words<'a>(column: &'a ArrayRef, path: &str) -> Read<Vec<Option<&'a str>>> {
    fn all<O: OffsetSizeTrait>(column: &ArrayRef) -> Option<Vec<Option<&str>>> {
        column.as_string_opt::<O>().map(|strings| strings.iter().collect())
    }
    all::<i32>(column)
        .or_else(|| all::<i64>(column))
        .or_else(|| column.as_string_view_opt().map(|strings| strings.iter().collect()))
        .ok_or_else(|| wrong(path, "strings, or a dictionary of strings"))
}

/// A code for each row; a row without a word has 0.
fn codes_of(column: &ArrayRef, name: &str, choices: &[(&str, u8)], before: usize) -> Read<Vec<u8>> {
    const NONE: u8 = u8::MAX;
    let code_of = |word: Option<&str>| match word {
        None => 0,
        Some(word) => choices.iter().find(|(known, _)| *known == word).map_or(NONE, |(_, code)| *code),
    };
    let path = format!("/{name}");
    let codes: Vec<u8> = if let Some(dictionary) = column.as_any_dictionary_opt() {
        let of_words: Vec<u8> = words(dictionary.values(), &path)?.into_iter().map(code_of).collect();
        if let Some(small) = column.as_dictionary_opt::<Int8Type>().filter(|keys| keys.null_count() == 0) {
            let at = |key: &i8| usize::try_from(*key).ok().and_then(|key| of_words.get(key)).copied().unwrap_or(0);
            small.keys().values().iter().map(at).collect()
        } else {
            let keys = dictionary.normalized_keys();
            let is_null = |row: usize| dictionary.keys().is_null(row);
            let at =
                |(row, key): (usize, usize)| if is_null(row) { 0 } else { of_words.get(key).copied().unwrap_or(0) };
            keys.into_iter().enumerate().map(at).collect()
        }
    } else {
        strings(column, &path, code_of)?
    };
    let allowed: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    let bad = codes.iter().enumerate().filter(|(_, code)| **code == NONE).take(100);
    let problems: Vec<Problem> = bad
        .map(|(row, _)| {
            Problem::new(&code::REQ_ENUM, &format!("{path}/{}", before + row)).with("allowed", allowed.clone())
        })
        .collect();
    if problems.is_empty() { Ok(codes) } else { Err(problems) }
}

/// A code for each string, without a list of them.
fn strings(column: &ArrayRef, path: &str, code_of: impl Fn(Option<&str>) -> u8) -> Read<Vec<u8>> {
    if let Some(strings) = column.as_string_opt::<i32>() {
        Ok(strings.iter().map(code_of).collect())
    } else if let Some(strings) = column.as_string_opt::<i64>() {
        Ok(strings.iter().map(code_of).collect())
    } else if let Some(strings) = column.as_string_view_opt() {
        Ok(strings.iter().map(code_of).collect())
    } else {
        Err(wrong(path, "strings, or a dictionary of strings"))
    }
}

/// The answers as columns, after the panel's `id`.
fn table(
    batch: &RecordBatch,
    answers: Answers,
    metadata: std::collections::HashMap<String, String>,
) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let rows = batch.num_rows();
    let mut fields = Vec::new();
    let mut columns: Vec<ArrayRef> = Vec::new();
    if let Some(ids) = batch.column_by_name("id") {
        fields.push(batch.schema_ref().field_with_name("id")?.clone());
        columns.push(Arc::clone(ids));
    }
    let mut add = |name: &str, column: ArrayRef, nullable: bool| {
        fields.push(Field::new(name, column.data_type().clone(), nullable));
        columns.push(column);
    };
    let Answers { months, present, standing, counts, evidence } = answers;
    let mut months = months.into_iter().zip(present).map(|(days, present)| -> ArrayRef {
        let present = BooleanBuffer::new(Buffer::from_vec(present), 0, rows);
        Arc::new(Date32Array::new(days.into(), Some(NullBuffer::new(present))))
    });
    let mut next = || months.next().unwrap_or_else(|| arrow_array::new_null_array(&DataType::Date32, rows));
    let words: ArrayRef = Arc::new(StringArray::from(Standing::WORDS.to_vec()));
    for (number, standing) in (1..).zip(standing) {
        add(&format!("p1m{number}"), next(), true);
        add(&format!("p1m{number}_status"), dictionary(standing, &words)?, false);
    }
    for (name, counts) in ["p2", "outcome"].into_iter().zip(counts) {
        add(&format!("{name}_count"), Arc::new(UInt8Array::from(counts)), false);
        add(&format!("{name}_first"), next(), true);
    }
    if let Some(evidence) = evidence {
        add("evidence", Arc::new(evidence_of(evidence)?), false);
    }
    drop(months);
    RecordBatch::try_new(Arc::new(Schema::new_with_metadata(fields, metadata)), columns)
}

fn dictionary(keys: Vec<i8>, words: &ArrayRef) -> Result<ArrayRef, arrow_schema::ArrowError> {
    Ok(Arc::new(DictionaryArray::<Int8Type>::try_new(Int8Array::from(keys), Arc::clone(words))?))
}

/// The evidence as one column of structures.
fn evidence_of(evidence: Evidence) -> Result<StructArray, arrow_schema::ArrowError> {
    let Evidence { from, masks, rules } = evidence;
    let mut fields = vec![Field::new("from", DataType::Date32, false)];
    let mut columns: Vec<ArrayRef> = vec![Arc::new(Date32Array::from(from))];
    for (name, mask) in Evidence::MASKS.into_iter().zip(masks) {
        fields.push(Field::new(name, DataType::UInt64, false));
        columns.push(Arc::new(UInt64Array::from(mask)));
    }
    let words: ArrayRef = Arc::new(StringArray::from(Evidence::RULES.to_vec()));
    for (number, rules) in (1..).zip(rules) {
        let column = dictionary(rules, &words)?;
        fields.push(Field::new(format!("p1m{number}_rule"), column.data_type().clone(), false));
        columns.push(column);
    }
    StructArray::try_new(fields.into(), columns, None)
}

/// A column's values as Python has them, for who has no library of Arrow.
#[pyfunction]
pub fn values<'py>(py: Python<'py>, table: PyTable, name: &str) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    let (batches, _) = table.into_inner();
    for batch in &batches {
        let column =
            batch.column_by_name(name).ok_or_else(|| pyo3::exceptions::PyKeyError::new_err(name.to_owned()))?;
        for row in 0..column.len() {
            list.append(value(py, column, row)?)?;
        }
    }
    Ok(list)
}

fn value<'py>(py: Python<'py>, column: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    fn integer<'py, T: arrow_array::types::ArrowPrimitiveType>(
        py: Python<'py>,
        column: &ArrayRef,
        row: usize,
    ) -> Option<PyResult<Bound<'py, PyAny>>>
    where
        T::Native: Into<i128>,
    {
        let number: i128 = column.as_primitive_opt::<T>()?.value(row).into();
        Some(number.into_bound_py_any(py))
    }
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    if let Some(days) = column.as_primitive_opt::<Date32Type>() {
        let date = days.value_as_date(row);
        return date.map_or_else(|| Ok(py.None().into_bound(py)), |date| date.into_bound_py_any(py));
    }
    if let Some(structure) = column.as_struct_opt() {
        let fields = pyo3::types::PyDict::new(py);
        for (field, values) in structure.fields().iter().zip(structure.columns()) {
            fields.set_item(field.name(), value(py, values, row)?)?;
        }
        return Ok(fields.into_any());
    }
    if let Some(dictionary) = column.as_any_dictionary_opt() {
        let key = dictionary.normalized_keys().get(row).copied().unwrap_or(0);
        return value(py, dictionary.values(), key);
    }
    let text = column
        .as_string_opt::<i32>()
        .map(|strings| strings.value(row))
        .or_else(|| column.as_string_opt::<i64>().map(|strings| strings.value(row)))
        .or_else(|| column.as_string_view_opt().map(|strings| strings.value(row)));
    if let Some(text) = text {
        return text.into_bound_py_any(py);
    }
    let number = integer::<UInt8Type>(py, column, row)
        .or_else(|| integer::<arrow_array::types::UInt64Type>(py, column, row))
        .or_else(|| integer::<Int64Type>(py, column, row))
        .or_else(|| integer::<Int32Type>(py, column, row))
        .or_else(|| integer::<UInt32Type>(py, column, row))
        .or_else(|| integer::<Int16Type>(py, column, row))
        .or_else(|| integer::<UInt16Type>(py, column, row))
        .or_else(|| integer::<Int8Type>(py, column, row));
    number.unwrap_or_else(|| {
        Err(pyo3::exceptions::PyTypeError::new_err(
            "values of this type are read with a library of Arrow, such as pyarrow",
        ))
    })
}

/// A panel of one made-up ticket, for examples.
#[pyfunction]
pub fn example_panel() -> PyResult<PyTable> {
    fn lists<T: Array + 'static>(values: T) -> ArrayRef {
        let offsets = arrow_buffer::OffsetBuffer::from_lengths([values.len()]);
        let field = Arc::new(Field::new_list_field(values.data_type().clone(), true));
        Arc::new(arrow_array::ListArray::new(field, offsets, Arc::new(values), None))
    }
    // January 1 and May 20, 2016.
    let (first, assigned) = (16_801, 16_941);
    let earned = arrow_array::Int32Array::from(vec![0, 0, 0, 0, 0, 90_000, 91_000, 91_250, 0, 0, 0, 0]);
    let columns: [(&str, ArrayRef); 7] = [
        ("id", Arc::new(StringArray::from(vec!["T-0001"]))),
        ("title", Arc::new(StringArray::from(vec!["t2"]))),
        ("first_month", Arc::new(Date32Array::from(vec![first]))),
        ("first_assigned_on", Arc::new(Date32Array::from(vec![assigned]))),
        ("earned", lists(earned)),
        ("t2", lists(UInt8Array::from(vec![1; 12]))),
        ("t16", lists(UInt8Array::from(vec![0; 12]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).map_err(|error| PyValueError::new_err(error.to_string()))?;
    let schema = batch.schema();
    PyTable::try_new(vec![batch], schema)
}
