//! The module `ttw._ttw`: JSON text in, JSON text out, and the engine's problems as `ttw.TtwError`.
//!
//! There is no rule here and no text of one. What the answers look like in Python is written in Python, in `python/ttw`.

mod arrow;
mod batch;
mod tables;
mod widen;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyType};
use serde::de::IgnoredAny;
use std::borrow::Cow;
use tables::{Options, Table};
use ttw_core::domain::Month;
use ttw_core::problem::code;
use ttw_core::{Engine, Problem, problems_json};

/// Tables of answers are large and short-lived: their pages are kept for the next ones.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// JSON text in, JSON text out.
///
/// Without `files` it is the engine as it was built. `files` are an operator's parameter files, pairs of file name and text; they
/// may only add later dates.
#[pyclass(frozen, name = "Engine", module = "ttw._ttw")]
struct PyEngine {
    /// None: the built-in engine.
    added: Option<Engine>,
}

#[pymethods]
impl PyEngine {
    #[new]
    #[pyo3(signature = (files = None))]
    fn new(py: Python<'_>, files: Option<Vec<(String, String)>>) -> PyResult<Self> {
        let added = files.map(|files| {
            py.detach(|| Engine::with_params(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))))
        });
        added.transpose().map(|added| Self { added }).map_err(|problems| refused(py, &problems))
    }

    /// From a question to its determination.
    fn decide(&self, py: Python<'_>, question: &[u8]) -> PyResult<String> {
        self.ask(py, |engine| engine.decide_json(question))
    }

    /// From a ledger request to the ledger.
    fn ledger(&self, py: Python<'_>, request: &[u8]) -> PyResult<String> {
        self.ask(py, |engine| engine.ledger_json(request))
    }

    /// From a comparison to its changes.
    fn compare(&self, py: Python<'_>, request: &[u8]) -> PyResult<String> {
        self.ask(py, |engine| engine.compare_json(request))
    }

    /// From an amount and percentages to shares.
    fn split(&self, py: Python<'_>, request: &[u8]) -> PyResult<String> {
        self.ask(py, |engine| engine.split_json(request))
    }

    /// From what an old ticket was paid to what it can still carry.
    fn transition(&self, py: Python<'_>, request: &[u8]) -> PyResult<String> {
        self.ask(py, |engine| engine.transition_json(request))
    }

    /// From a provider's cases and requests to what it has not asked for.
    fn unclaimed(&self, py: Python<'_>, request: &[u8]) -> PyResult<String> {
        self.ask(py, |engine| engine.unclaimed_json(request))
    }

    /// From posted earnings to the code of each month.
    fn work_determination(&self, py: Python<'_>, request: &[u8]) -> PyResult<String> {
        self.ask(py, |engine| engine.work_determination_json(request))
    }

    /// From an entry to whether it can be made.
    fn vern_entry(&self, py: Python<'_>, request: &[u8]) -> PyResult<String> {
        self.ask(py, |engine| engine.vern_entry_json(request))
    }

    /// From postings and issues to what an office works from.
    fn verification(&self, py: Python<'_>, request: &[u8]) -> PyResult<String> {
        self.ask(py, |engine| engine.verification_json(request))
    }

    /// From a form and what is on file to the form as it would be filed.
    fn validate(&self, py: Python<'_>, request: &[u8]) -> PyResult<String> {
        self.ask(py, |engine| engine.validate_json(request))
    }

    /// Ledgers of a table of cases.
    #[pyo3(signature = (cases, constants, texts, statuses, threads = None, glance = None))]
    #[expect(clippy::too_many_arguments, reason = "called from the package alone")]
    fn ledger_table(
        &self,
        py: Python<'_>,
        cases: &Bound<'_, PyAny>,
        constants: Vec<(String, String)>,
        texts: bool,
        statuses: Option<Vec<String>>,
        threads: Option<usize>,
        glance: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        tables::ledger(py, &*self.engine(py)?, cases, constants, (texts, statuses), &Options { threads, glance })
    }

    /// Determinations of a table of questions.
    #[pyo3(signature = (questions, constants, texts, json, threads = None, glance = None))]
    #[expect(clippy::too_many_arguments, reason = "called from the package alone")]
    fn decide_table(
        &self,
        py: Python<'_>,
        questions: &Bound<'_, PyAny>,
        constants: Vec<(String, String)>,
        texts: bool,
        json: bool,
        threads: Option<usize>,
        glance: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        tables::decide(py, &*self.engine(py)?, questions, constants, (texts, json), &Options { threads, glance })
    }

    /// Changes between two tables of cases.
    #[pyo3(signature = (before, after, constants, threads = None, glance = None))]
    fn compare_table(
        &self,
        py: Python<'_>,
        before: &Bound<'_, PyAny>,
        after: &Bound<'_, PyAny>,
        constants: Vec<(String, String)>,
        threads: Option<usize>,
        glance: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        tables::compare(py, &*self.engine(py)?, before, after, constants, &Options { threads, glance })
    }

    /// Problems of a table of drafts.
    #[pyo3(signature = (drafts, constants, threads = None, glance = None))]
    fn validate_table(
        &self,
        py: Python<'_>,
        drafts: &Bound<'_, PyAny>,
        constants: Vec<(String, String)>,
        threads: Option<usize>,
        glance: Option<Py<PyAny>>,
    ) -> PyResult<Table> {
        tables::validate(py, &*self.engine(py)?, drafts, constants, &Options { threads, glance })
    }

    /// Every code of a problem.
    fn codes(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, |engine| Ok(engine.codes_json()))
    }

    /// Every rule, and every difference between the policies.
    fn rules(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, |engine| Ok(engine.rules_json()))
    }

    /// One rule, or None.
    fn rule(&self, py: Python<'_>, id: &Bound<'_, PyString>) -> PyResult<Option<String>> {
        let id = id.to_string_lossy();
        self.ask(py, |engine| Ok(engine.rule_json(&id)))
    }

    /// The parameters, all of them or those that hold in a month.
    #[pyo3(signature = (on = None))]
    fn parameters(&self, py: Python<'_>, on: Option<&Bound<'_, PyString>>) -> PyResult<String> {
        let on = on.map(|text| text.to_string_lossy());
        self.ask(py, |engine| {
            let read = |text| Month::parse(text).ok_or_else(|| vec![Problem::new(&code::MONTH_FORMAT, "/on")]);
            let month = on.as_deref().map(read).transpose()?;
            Ok(engine.parameters_json(month))
        })
    }

    /// The version of rules and parameters together.
    fn version(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, |engine| Ok(engine.version().to_owned()))
    }
}

impl PyEngine {
    /// The engine itself.
    fn engine(&self, py: Python<'_>) -> PyResult<Cow<'_, Engine>> {
        match &self.added {
            Some(engine) => Ok(Cow::Borrowed(engine)),
            None => Engine::builtin().map(Cow::Owned).map_err(|problems| refused(py, &problems)),
        }
    }

    /// Asks the engine while other threads of Python run.
    fn ask<T: Send>(&self, py: Python<'_>, question: impl FnOnce(&Engine) -> Answer<T> + Send) -> PyResult<T> {
        let answer = py.detach(|| match &self.added {
            Some(engine) => question(engine),
            None => question(&Engine::builtin()?),
        });
        answer.map_err(|problems| refused(py, &problems))
    }
}

type Answer<T> = Result<T, Vec<Problem>>;

/// Refuses text that is not one JSON value, with the place in that text; `path` is where it will stand in a larger document.
#[pyfunction]
fn check_json(py: Python<'_>, text: &[u8], path: &str) -> PyResult<()> {
    let read = py.detach(|| serde_json::from_slice::<IgnoredAny>(text));
    read.map(|_| ()).map_err(|error| {
        let problem = Problem::new(&code::REQ_JSON_INVALID, path);
        refused(py, &[problem.with("line", error.line()).with("column", error.column())])
    })
}

/// The problems as the exception of the Python package.
fn refused(py: Python<'_>, problems: &[Problem]) -> PyErr {
    static ERROR: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let error = ERROR
        .import(py, "ttw._problem", "TtwError")
        .and_then(|class| class.call_method1("from_json", (problems_json(problems),)));
    error.map_or_else(|error| error, PyErr::from_value)
}

/// Conversions between Python and the engine.
#[pymodule]
mod _ttw {
    #[pymodule_export]
    use super::batch::example_panel;
    #[pymodule_export]
    use super::{PyEngine, Table, check_json};

    /// The parameters are read while Python imports, so that nobody's first question waits for them; what is wrong with them is said to
    /// that question.
    #[pymodule_init]
    #[expect(clippy::unnecessary_wraps, reason = "a module's start may fail")]
    fn init(_module: &super::Bound<'_, super::PyModule>) -> super::PyResult<()> {
        drop(ttw_core::Engine::builtin());
        Ok(())
    }
}
