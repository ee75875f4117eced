//! Panels: Arrow columns in, Arrow columns out, without a copy of what comes in.

mod answers;
mod columns;

use crate::arrow::Stream;
use crate::tables::Table;
use crate::{PyEngine, refused};
pub use answers::example_panel;
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use columns::{Columns, problem_of, typed};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};
use ttw_core::batch::{Failure, InstructionSet, Options, Panels};
use ttw_core::domain::parse_date;
use ttw_core::problem::code;
use ttw_core::{Engine, PolicyName, Problem};

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

#[pymethods]
impl PyEngine {
    /// From a panel to a row of milestones for each ticket.
    #[pyo3(signature = (panel, as_of, policy, threads, instructions, evidence))]
    #[expect(clippy::too_many_arguments, reason = "called from the package alone")]
    fn milestones(
        &self,
        py: Python<'_>,
        panel: Stream,
        as_of: Option<&str>,
        policy: &str,
        threads: Option<usize>,
        instructions: Option<&str>,
        evidence: bool,
    ) -> PyResult<Table> {
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
        let Stream(reader) = panel;
        let schema = reader.schema();
        let engine = self.engine(py)?;
        let work = move || -> Result<Vec<RecordBatch>, Stop> {
            let panels = engine.panels(asked.policy);
            let mut judged = Vec::new();
            let mut rows = 0;
            for batch in reader {
                let batch = batch.map_err(|error| Stop::Python(PyValueError::new_err(error.to_string())))?;
                judged.extend(judge(&engine, &panels, &batch, &options, rows)?);
                rows += batch.num_rows();
            }
            if judged.is_empty() {
                judged = judge(&engine, &panels, &RecordBatch::new_empty(schema), &options, 0)?;
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

    /// The case that a row of a panel is, the day of its ledger and its provider, as JSON.
    #[pyo3(signature = (panel, row, as_of))]
    fn panel_case(&self, py: Python<'_>, panel: Stream, row: usize, as_of: Option<&str>) -> PyResult<String> {
        let asked = asked(py, as_of, "operations")?;
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
    answers::tables(batch, answers, &metadata).map_err(|error| Stop::Python(PyValueError::new_err(error.to_string())))
}
