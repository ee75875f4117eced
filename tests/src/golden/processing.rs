//! The golden cases of what happens after a request was received: a request in which everything is right, what is changed in it, and what
//! the answer says.

use super::Outcome;
use super::form::change;
use super::keys::Keys;
use super::notation::Parsed;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use ttw_core::{Engine, problems_json};

/// A golden case of the processing of claims.
#[derive(Debug, Clone)]
pub struct ProcessingCase {
    /// A sentence.
    pub name: String,
    /// Where the case comes from.
    pub source: String,
    /// The file's name.
    pub file: String,
    /// The engine's function.
    pub call: String,
    /// The request.
    pub request: Value,
    /// `/timeline/state/status denied`: what stands at a pointer into the answer; a text as it is, all else as JSON.
    pub expect: Vec<(String, String)>,
    /// `CLAIM_CLOCK_DUE /step`, all of them in order, of a request that is refused.
    pub problems: Vec<String>,
}

impl ProcessingCase {
    /// Asks the engine.
    #[must_use]
    pub fn ask(&self, engine: &Engine) -> Outcome {
        let text = self.request.to_string();
        let text = text.as_bytes();
        let answer = match self.call.as_str() {
            "claim" => engine.claim_json(text),
            "work_queue" => engine.work_queue_json(text),
            "replay" => engine.replay_json(text),
            "allocation" => engine.allocation_json(text),
            "work_determination" => engine.work_determination_json(text),
            "vern_entry" => engine.vern_entry_json(text),
            "unclaimed" => engine.unclaimed_json(text),
            "auto_pay" => engine.auto_pay_json(text),
            "recovery" => engine.recovery_json(text),
            _ => engine.verification_json(text),
        };
        match answer {
            Ok(text) => Outcome::Answer(text),
            Err(problems) => Outcome::Errors(problems_json(&problems)),
        }
    }

    /// In what the answer differs from what is expected.
    #[must_use]
    pub fn differences(&self, outcome: &Outcome) -> Vec<String> {
        let answer = outcome.value();
        let mut differences = Vec::new();
        let errors = answer.get("errors").and_then(Value::as_array).into_iter().flatten();
        let line = |problem: &Value| format!("{} {}", shown(&problem["code"]), shown(&problem["path"]));
        let found: Vec<String> = errors.map(line).collect();
        if found != self.problems {
            differences.push(format!("problems: expected {:?}, found {found:?}", self.problems));
        }
        for (pointer, expected) in &self.expect {
            let found = answer.pointer(pointer).map_or_else(|| "nothing".to_owned(), shown);
            if found != *expected {
                differences.push(format!("{pointer}: expected {expected}, found {found}"));
            }
        }
        differences
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

const CALLS: [&str; 10] = [
    "claim",
    "work_queue",
    "replay",
    "allocation",
    "work_determination",
    "vern_entry",
    "verification",
    "unclaimed",
    "auto_pay",
    "recovery",
];

/// All cases of all `.toml` files of a folder, files in order of name.
///
/// # Errors
/// What is wrong with the folder or the first bad file.
pub fn processing(folder: &Path) -> Parsed<Vec<ProcessingCase>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let text = fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
        cases.extend(read(&file, &text).map_err(|problem| format!("{file}: {problem}"))?);
    }
    Ok(cases)
}

fn read(file: &str, text: &str) -> Parsed<Vec<ProcessingCase>> {
    let table = text.parse::<toml::Table>().map_err(|error| error.to_string())?;
    let mut keys = Keys::new(table);
    keys.required("about")?;
    let mut bases = BTreeMap::new();
    for mut base in keys.tables("base")? {
        let name = base.required("name")?;
        let call = base.required("call")?;
        if !CALLS.contains(&call.as_str()) {
            return Err(format!("base `{name}`: there is no function `{call}`"));
        }
        let request = serde_json::from_str::<Value>(&base.required("request")?);
        let request = request.map_err(|error| format!("base `{name}`: {error}"))?;
        base.finish()?;
        bases.insert(name, (call, request));
    }
    let cases = keys.tables("case")?;
    keys.finish()?;
    cases.into_iter().map(|case| read_case(file, case, &bases)).collect()
}

fn read_case(file: &str, mut keys: Keys, bases: &BTreeMap<String, (String, Value)>) -> Parsed<ProcessingCase> {
    let name = keys.required("name")?;
    let within = |problem: String| format!("\"{name}\": {problem}");
    let mut read = || -> Parsed<ProcessingCase> {
        let base = keys.required("base")?;
        let (call, mut request) = bases.get(&base).ok_or_else(|| format!("there is no base `{base}`"))?.clone();
        change(&mut request, &mut keys)?;
        let mut expect = Vec::new();
        for line in keys.lines("expect")?.unwrap_or_default() {
            let (pointer, expected) = line.split_once(' ').ok_or_else(|| format!("`{line}` expects nothing"))?;
            expect.push((pointer.to_owned(), expected.to_owned()));
        }
        let problems = keys.lines("problems")?.unwrap_or_default();
        if expect.is_empty() == problems.is_empty() {
            return Err("either `expect` or `problems` is required".to_owned());
        }
        let case = ProcessingCase {
            name: name.clone(),
            source: keys.required("source")?,
            file: file.to_owned(),
            call,
            request,
            expect,
            problems,
        };
        std::mem::take(&mut keys).finish()?;
        Ok(case)
    };
    read().map_err(within)
}
