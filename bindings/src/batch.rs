//! Panels: Arrow columns in, Arrow columns out, without a copy of what comes in.

mod answers;
mod columns;
mod typed;

use crate::arrow::Stream;
use crate::tables::Table;
use crate::{PyEngine, refused};
pub use answers::example_panel;
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use columns::Columns;
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};
use ttw_core::batch::{Answers, Failure, InstructionSet, Options, Panels, Wanted, as_of_out_of_range};
use ttw_core::decision::possible_month;
use ttw_core::domain::{Case, Month, PaymentName, parse_date};
use ttw_core::problem::code;
use ttw_core::read::LedgerRequest;
use ttw_core::{Engine, PolicyName, Problem};
use typed::typed;

/// How long Python waits at most until it is asked whether to go on.
const PATIENCE: Duration = Duration::from_millis(50);

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

/// The columns of these names, each of which may be asked for once.
fn wanted(names: &[String]) -> Result<Wanted, Vec<Problem>> {
    let (mut wanted, mut problems) = (Wanted::default(), Vec::new());
    for (place, name) in names.iter().enumerate() {
        let path = format!("/columns/{place}");
        match wanted.and(name) {
            Some(more) if more == wanted => problems.push(Problem::new(&code::REQ_FIELD_DUPLICATE, &path)),
            Some(more) => wanted = more,
            None => problems.push(Problem::new(&code::REQ_ENUM, &path).with("allowed", Answers::NAMES.to_vec())),
        }
    }
    if problems.is_empty() { Ok(wanted) } else { Err(problems) }
}

#[pymethods]
impl PyEngine {
    /// From a panel to a row of milestones for each ticket.
    #[pyo3(signature = (panel, as_of, policy, threads, instructions, columns, evidence))]
    #[expect(clippy::too_many_arguments, reason = "called from the package alone")]
    fn milestones(
        &self,
        py: Python<'_>,
        panel: Stream,
        as_of: Option<&str>,
        policy: &str,
        threads: Option<usize>,
        instructions: Option<&str>,
        columns: Option<Vec<String>>,
        evidence: bool,
    ) -> PyResult<Table> {
        let asked = asked(py, as_of, policy)?;
        let columns = columns.unwrap_or_else(|| Answers::NAMES.map(str::to_owned).to_vec());
        let wanted = wanted(&columns).map_err(|problems| refused(py, &problems))?;
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
        let options = Options { as_of: asked.as_of, threads, instructions, wanted, evidence };
        let Stream(reader) = panel;
        let schema = reader.schema();
        let engine = self.engine(py)?;
        let work = move || -> Result<Vec<RecordBatch>, Stop> {
            let panels = engine.panels(asked.policy);
            let (mut judged, mut problems) = (Vec::new(), Vec::new());
            let mut rows = 0;
            for batch in reader {
                let batch = batch.map_err(|error| Stop::Python(PyValueError::new_err(error.to_string())))?;
                match judge(&engine, &panels, &batch, (&options, &columns), rows) {
                    Ok(answers) if problems.is_empty() => judged.extend(answers),
                    Ok(_) => {}
                    // What is wrong with a column is told once, however many batches it has.
                    Err(Stop::Problems(found)) => {
                        problems.extend(
                            found.into_iter().filter(|problem| !problems.contains(problem)).collect::<Vec<_>>(),
                        );
                    }
                    Err(stop) => return Err(stop),
                }
                rows += batch.num_rows();
                if problems.len() > Failure::MOST {
                    problems.truncate(Failure::MOST);
                    problems.push(Problem::new(&code::PROBLEMS_LEFT_OUT, "").with("limit", Failure::MOST));
                    break;
                }
            }
            if !problems.is_empty() {
                return Err(Stop::Problems(problems));
            }
            if judged.is_empty() {
                judged = judge(&engine, &panels, &RecordBatch::new_empty(schema), (&options, &columns), 0)?;
            }
            Ok(judged)
        };
        let judged = py.detach(work).map_err(|stop| match stop {
            Stop::Problems(problems) => refused(py, &problems),
            Stop::Python(error) => error,
        })?;
        let schema = judged.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
        Ok(Table { batches: judged, schema })
    }

    /// The case that a row of a panel is, the day of its ledger and its provider, and the month about which to ask for each payment, as
    /// JSON.
    #[pyo3(signature = (panel, row, as_of, policy))]
    fn panel_case(
        &self,
        py: Python<'_>,
        panel: Stream,
        row: usize,
        as_of: Option<&str>,
        policy: &str,
    ) -> PyResult<String> {
        let asked = asked(py, as_of, policy)?;
        let engine = self.engine(py)?;
        let panels = engine.panels(asked.policy);
        let mut before = 0;
        for batch in panel.0 {
            let batch = batch.and_then(|batch| typed(&batch));
            let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
            if row < before + batch.num_rows() {
                let columns = Columns::read(&batch, before).map_err(|problems| refused(py, &problems))?;
                let case = columns.panel(&batch).map_err(|problems| refused(py, &problems)).and_then(|panel| {
                    let case = panels.case(&panel, row - before, asked.as_of);
                    case.map_err(|fault| refused(py, &[fault.problem(row)]))
                });
                let (case, as_of) = case?;
                let months = months(&engine, &case, as_of, asked.policy).map_err(|problems| refused(py, &problems))?;
                let answer = serde_json::json!({
                    "case": case, "as_of": as_of.to_string(), "provider": Panels::PROVIDER, "months": months,
                });
                return Ok(answer.to_string());
            }
            before += batch.num_rows();
        }
        Err(pyo3::exceptions::PyIndexError::new_err("there is no such row"))
    }
}

/// The month about which to ask for the milestones of Phase 1 and for the first of the others where it is due: the one attained, else
/// the one that would be if what is not known were so, else the last that is over.
fn months(
    engine: &Engine,
    case: &Case,
    as_of: jiff::civil::Date,
    policy: PolicyName,
) -> Result<serde_json::Map<String, serde_json::Value>, Vec<Problem>> {
    let request = LedgerRequest { case: case.clone(), provider: Panels::PROVIDER.into(), as_of, policy };
    let ledger = engine.ledger(&request)?;
    let last = Month::from(as_of).plus(-1);
    let due = |name: PaymentName| {
        let row = ledger.rows.iter().find(|row| row.payment == name);
        row.and_then(|row| row.attained_in).or_else(|| possible_month(&request, engine.parameters(), name))
    };
    let phase_1 = (1..=4).map(PaymentName::Phase1).map(|name| (name, Some(due(name).unwrap_or(last))));
    let others = [PaymentName::Phase2(1), PaymentName::Outcome(1)].map(|name| (name, due(name)));
    let named = phase_1.chain(others).filter_map(|(name, month)| Some((name.to_string(), month?.to_string().into())));
    Ok(named.collect())
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
    (options, asked_columns): (&Options, &[String]),
    before: usize,
) -> Result<Vec<RecordBatch>, Stop> {
    let batch = &typed(batch).map_err(|error| Stop::Python(PyValueError::new_err(error.to_string())))?;
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
            Stop::Problems(faults.into_iter().map(|(row, fault)| fault.problem(before + row)).collect())
        }
        Failure::AsOf => Stop::Problems(vec![as_of_out_of_range()]),
        Failure::Instructions => Stop::Problems(vec![Problem::new(&code::REQ_ENUM, "/instructions")]),
        Failure::Stopped => Stop::Python(PyKeyboardInterrupt::new_err(())),
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
    answers::tables(batch, answers, asked_columns, &metadata)
        .map_err(|error| Stop::Python(PyValueError::new_err(error.to_string())))
}
