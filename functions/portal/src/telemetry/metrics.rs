//! Metrics in the embedded format: JSON lines in the log, which `CloudWatch` turns into metrics by itself.
//!
//! Written here rather than by a library: the format is one object, and what matters is what may become a dimension. Only words
//! that stand in the program may: codes, rules, forms, outcomes and the templates of routes; and a function's own name.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use lambda_http::tracing::field::{Field, Visit};
use lambda_http::tracing::subscriber::Layer;
use lambda_http::tracing::subscriber::filter::{LevelFilter, Targets};
use lambda_http::tracing::subscriber::fmt::MakeWriter;
use lambda_http::tracing::subscriber::layer::Context;
use lambda_http::tracing::subscriber::registry::LookupSpan;
use lambda_http::tracing::{Event, Level, Subscriber, enabled, info};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use ttw_core::decision::{Decision, Determination};
use ttw_core::forms::Form;
use ttw_core::read::Read;
use ttw_core::{Problem, Truth};

/// The namespace of every metric.
pub const NAMESPACE: &str = "TicketToWork";
/// The target of the events that carry metrics.
const TARGET: &str = "metrics";
/// What a refusal without a code is counted as.
const INTERNAL: &str = "INTERNAL";

/// What is counted, each by one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Count {
    Problems,
    Decisions,
    FailingRules,
    Submissions,
}

impl Count {
    const fn name_and_dimension(self) -> (&'static str, &'static str) {
        match self {
            Self::Problems => ("Problems", "Code"),
            Self::Decisions => ("Decisions", "Outcome"),
            Self::FailingRules => ("FailingRules", "Rule"),
            Self::Submissions => ("Submissions", "Form"),
        }
    }
}

/// Counts mails and clocks that a run of a function could not do, by the function's name.
pub fn left_undone(function: &str, number: u64) {
    emit(("FunctionName", function), &[("LeftUndone", "Count", number)], None);
}

/// What one request came to. A handler asks for it as an argument and tells it; the codes of a refusal are counted without that.
#[derive(Debug, Clone, Default)]
pub struct Metrics(Arc<Mutex<BTreeMap<(Count, &'static str), u32>>>);

impl Metrics {
    /// Counts problems that are told in an answer rather than a refusal, such as those of one question of many.
    pub fn problems(&self, problems: &[Problem]) {
        for problem in problems {
            self.add(Count::Problems, problem.code);
        }
    }

    /// Counts what became of one question of many.
    pub fn result(&self, result: &Read<Determination>) {
        match result {
            Ok(answer) => self.determination(answer),
            Err(problems) => self.problems(problems),
        }
    }

    /// Counts a decision by its outcome, such as `not_payable`, and by the rules that failed.
    pub fn decision(&self, outcome: &'static str, failing_rules: impl IntoIterator<Item = &'static str>) {
        self.add(Count::Decisions, outcome);
        for rule in failing_rules {
            self.add(Count::FailingRules, rule);
        }
    }

    /// Counts a determination.
    pub fn determination(&self, answer: &Determination) {
        let outcome = match answer.decision {
            Decision::Payable => "payable",
            Decision::NotPayable => "not_payable",
            Decision::Undetermined => "undetermined",
        };
        let failing = answer.reasons.iter().filter(|reason| reason.holds == Truth::No);
        self.decision(outcome, failing.map(|reason| reason.rule));
    }

    /// Counts a form that was taken in.
    pub fn submission(&self, form: Form) {
        self.add(Count::Submissions, form.as_str());
    }

    pub(super) fn refused(&self, refused: &RefusedFor) {
        for code in &*refused.0 {
            self.add(Count::Problems, code);
        }
    }

    fn add(&self, count: Count, value: &'static str) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = counts.entry((count, value)).or_default();
        *held = held.saturating_add(1);
    }

    /// Writes everything that was counted. Nothing is kept back for later: later the sandbox may be frozen.
    pub(super) fn flush(&self, route: &str, status: u16, latency_us: u64, request_id: &str) {
        let counts = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let measured = [
            ("Latency", "Microseconds", latency_us),
            ("Refusals", "Count", u64::from((400..500).contains(&status))),
            ("Faults", "Count", u64::from(status >= 500)),
        ];
        emit(("Route", route), &measured, Some(request_id));
        for ((count, value), number) in counts {
            let (name, dimension) = count.name_and_dimension();
            emit((dimension, value), &[(name, "Count", number.into())], None);
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Metrics {
    type Rejection = Infallible;

    /// Outside [`application`](crate::application) what is counted goes nowhere.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

/// The codes of a refusal, beside its response.
#[derive(Debug, Clone)]
pub(crate) struct RefusedFor(Arc<[&'static str]>);

impl RefusedFor {
    pub(crate) fn of(problems: &[Problem]) -> Self {
        if problems.is_empty() {
            return Self(Arc::new([INTERNAL]));
        }
        Self(problems.iter().map(|problem| problem.code).collect())
    }
}

/// One line: a dimension, and what was measured by it.
fn emit(dimension: (&str, &str), measured: &[Measured<'_>], request_id: Option<&str>) {
    // Nobody takes metrics but in Lambda.
    if !enabled!(target: TARGET, Level::INFO) {
        return;
    }
    let timestamp = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let timestamp = u64::try_from(timestamp).unwrap_or(u64::MAX);
    if let Ok(line) = serde_json::to_string(&Emitted { timestamp, dimension, measured, request_id }) {
        info!(target: TARGET, line = line.as_str());
    }
}

/// A name, its unit, and how much.
type Measured<'m> = (&'m str, &'m str, u64);

/// As the embedded format has it.
struct Emitted<'e> {
    timestamp: u64,
    dimension: (&'e str, &'e str),
    measured: &'e [Measured<'e>],
    request_id: Option<&'e str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Directive<'d> {
    namespace: &'static str,
    dimensions: [[&'d str; 1]; 1],
    metrics: Vec<Named<'d>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Named<'n> {
    name: &'n str,
    unit: &'n str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope<'e> {
    timestamp: u64,
    cloud_watch_metrics: [Directive<'e>; 1],
}

impl Serialize for Emitted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (dimension, value) = self.dimension;
        let metrics = self.measured.iter().map(|&(name, unit, _)| Named { name, unit }).collect();
        let directive = Directive { namespace: NAMESPACE, dimensions: [[dimension]], metrics };
        let mut line = serializer.serialize_map(None)?;
        line.serialize_entry("_aws", &Envelope { timestamp: self.timestamp, cloud_watch_metrics: [directive] })?;
        line.serialize_entry(dimension, value)?;
        for (name, _, number) in self.measured {
            line.serialize_entry(name, number)?;
        }
        if let Some(id) = self.request_id {
            line.serialize_entry("request_id", id)?;
        }
        line.end()
    }
}

/// Writes each line of metrics as it is.
pub(super) fn lines<S: Subscriber + for<'s> LookupSpan<'s>>(
    writer: impl for<'w> MakeWriter<'w> + Send + Sync + 'static,
) -> impl Layer<S> + Send + Sync + 'static {
    Lines(writer).with_filter(Targets::new().with_target(TARGET, LevelFilter::INFO))
}

struct Lines<W>(W);

impl<S: Subscriber, W: for<'w> MakeWriter<'w> + 'static> Layer<S> for Lines<W> {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line::default();
        event.record(&mut line);
        // Where nobody takes them, metrics are lost; a request is not refused for that.
        let _ = self.0.make_writer().write_all(line.0.as_bytes());
    }
}

#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "line" {
            self.0.clear();
            self.0.extend([value, "\n"]);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
