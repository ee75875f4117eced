//! Prints every golden case as a line of JSON: the request and the core's exact answer, for the tests of the HTTP functions
//! and of the wheel, which must answer the same bytes.
//!
//! `{"name", "file", "kind", "request", "answer"}`, or `"errors"` instead of `"answer"`; a request that the case gives byte
//! for byte is also in `"text"` (and `"request"` is null when that is not JSON).

use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use ttw_core::Engine;
use ttw_tests::golden::{self, Case, FormCase, Outcome};

fn main() -> ExitCode {
    match print() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("golden: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn print() -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let engine = Engine::builtin().map_err(|problems| ttw_core::problems_json(&problems))?;
    let mut out = io::stdout().lock();
    for case in golden::all(&folder)? {
        writeln!(out, "{}", line(&engine, &case)).map_err(|error| error.to_string())?;
    }
    for case in golden::forms(&folder.join("forms"))? {
        writeln!(out, "{}", form_line(&engine, &case)).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn line(engine: &Engine, case: &Case) -> Value {
    let request: Value = serde_json::from_str(&case.question.text).unwrap_or(Value::Null);
    let kind = case.question.kind.name();
    let mut line = json!({ "name": case.name, "file": case.file, "kind": kind, "request": request });
    if let (true, Some(fields)) = (case.question.raw, line.as_object_mut()) {
        fields.insert("text".to_owned(), json!(case.question.text));
    }
    with_outcome(line, golden::ask(engine, &case.question))
}

fn form_line(engine: &Engine, case: &FormCase) -> Value {
    let line = json!({ "name": case.name, "file": case.file, "kind": "validate", "request": case.request });
    with_outcome(line, case.ask(engine))
}

fn with_outcome(mut line: Value, outcome: Outcome) -> Value {
    if let Some(fields) = line.as_object_mut() {
        match outcome {
            Outcome::Answer(text) => fields.insert("answer".to_owned(), json!(text)),
            Outcome::Errors(text) => fields.insert("errors".to_owned(), json!(text)),
        };
    }
    line
}
