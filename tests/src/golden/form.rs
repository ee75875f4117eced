//! The golden cases of the forms: a draft in which everything is right, what is changed in it, and the codes that follow.

use super::Outcome;
use super::keys::Keys;
use super::notation::Parsed;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use ttw_core::{Engine, problems_json};

/// A golden case of a form.
#[derive(Debug, Clone)]
pub struct FormCase {
    /// A sentence.
    pub name: String,
    /// The file's name.
    pub file: String,
    /// The request to `validate`.
    pub request: Value,
    /// `PR_EMPLOYER_REQUIRED /draft/employer`, one for each problem or warning, in order.
    pub expect: Vec<String>,
    /// `payment_request_month T-0001#2025-06`, where it is checked.
    pub keys: Option<Vec<String>>,
    /// What the advice of a payment request says: `payable`, `denied` or `cannot_tell`.
    pub likely: Option<String>,
    /// The questions of a progress review, of the one person, whose answer is enough to pass.
    pub passes_by: Option<Vec<String>>,
}

impl FormCase {
    /// Asks the engine.
    #[must_use]
    pub fn ask(&self, engine: &Engine) -> Outcome {
        match engine.validate_json(self.request.to_string().as_bytes()) {
            Ok(text) => Outcome::Answer(text),
            Err(problems) => Outcome::Errors(problems_json(&problems)),
        }
    }
}

/// All cases of all `.toml` files of a folder, files in order of name.
///
/// # Errors
/// What is wrong with the folder or the first bad file.
pub fn forms(folder: &Path) -> Parsed<Vec<FormCase>> {
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

fn read(file: &str, text: &str) -> Parsed<Vec<FormCase>> {
    let table = text.parse::<toml::Table>().map_err(|error| error.to_string())?;
    let mut keys = Keys::new(table);
    keys.required("about")?;
    let form = keys.required("form")?;
    let bases = bases(&mut keys, &form)?;
    let cases = keys.tables("case")?;
    keys.finish()?;
    cases.into_iter().map(|case| read_case(file, case, &bases)).collect()
}

fn read_case(file: &str, mut keys: Keys, bases: &BTreeMap<String, Value>) -> Parsed<FormCase> {
    let name = keys.required("name")?;
    let within = |problem: String| format!("\"{name}\": {problem}");
    let mut read = || -> Parsed<FormCase> {
        let base = keys.required("base")?;
        let mut request = bases.get(&base).ok_or_else(|| format!("there is no base `{base}`"))?.clone();
        change(&mut request, &mut keys)?;
        let case = FormCase {
            name: name.clone(),
            file: file.to_owned(),
            request,
            expect: keys.lines("expect")?.ok_or("`expect` is required")?,
            keys: keys.lines("keys")?,
            likely: keys.text("likely")?,
            passes_by: keys.lines("passes_by")?,
        };
        std::mem::take(&mut keys).finish()?;
        Ok(case)
    };
    read().map_err(within)
}

/// Bases with a draft of their own first, then those that are another one with changes.
fn bases(keys: &mut Keys, form: &str) -> Parsed<BTreeMap<String, Value>> {
    let mut all = BTreeMap::new();
    let mut derived = Vec::new();
    for mut base in keys.tables("base")? {
        let name = base.required("name")?;
        base.required("about").map_err(|problem| format!("base `{name}`: {problem}"))?;
        if let Some(of) = base.text("of")? {
            derived.push((name, of, base));
            continue;
        }
        let part =
            |text: String| serde_json::from_str::<Value>(&text).map_err(|error| format!("base `{name}`: {error}"));
        let request = json!({
            "form": form, "draft": part(base.required("draft")?)?, "received_on": base.required("received_on")?,
            "on_file": part(base.required("on_file")?)?, "people": "test",
        });
        base.finish()?;
        all.insert(name, request);
    }
    for (name, of, mut base) in derived {
        let mut request = all.get(&of).ok_or_else(|| format!("base `{name}`: there is no base `{of}` above"))?.clone();
        change(&mut request, &mut base).map_err(|problem| format!("base `{name}`: {problem}"))?;
        base.finish()?;
        all.insert(name, request);
    }
    Ok(all)
}

/// What is removed, then what is set, then what is made null, then what is repeated.
pub(super) fn change(request: &mut Value, keys: &mut Keys) -> Parsed<()> {
    for pointer in keys.lines("remove")?.unwrap_or_default() {
        remove(request, &pointer)?;
    }
    for (pointer, value) in keys.entries("change")? {
        set(request, &pointer, plain(value))?;
    }
    for pointer in keys.lines("null")?.unwrap_or_default() {
        set(request, &pointer, Value::Null)?;
    }
    for (pointer, times) in keys.entries("repeat")? {
        let times = times.as_integer().and_then(|times| usize::try_from(times).ok());
        let list = request.pointer_mut(&pointer).and_then(Value::as_array_mut);
        let (Some(list), Some(times)) = (list, times) else { return Err(format!("{pointer} cannot be repeated")) };
        *list = list.iter().cycle().take(times).cloned().collect();
    }
    Ok(())
}

/// Sets what a pointer points at; a list may grow by one.
fn set(document: &mut Value, pointer: &str, value: Value) -> Parsed<()> {
    let (parent, key) = parent_of(document, pointer)?;
    match parent {
        Value::Object(fields) => {
            fields.insert(key.to_owned(), value);
        }
        Value::Array(items) => match key.parse::<usize>() {
            Ok(place) if place == items.len() => items.push(value),
            place => *place.ok().and_then(|place| items.get_mut(place)).ok_or_else(|| nothing_at(pointer))? = value,
        },
        _ => return Err(nothing_at(pointer)),
    }
    Ok(())
}

/// Takes out what a pointer points at; it must be there.
fn remove(document: &mut Value, pointer: &str) -> Parsed<()> {
    let (parent, key) = parent_of(document, pointer)?;
    let removed = match parent {
        Value::Object(fields) => fields.remove(key),
        Value::Array(items) => {
            let place = key.parse::<usize>().ok().filter(|place| *place < items.len());
            place.map(|place| items.remove(place))
        }
        _ => None,
    };
    removed.map(drop).ok_or_else(|| nothing_at(pointer))
}

fn parent_of<'d, 'p>(document: &'d mut Value, pointer: &'p str) -> Parsed<(&'d mut Value, &'p str)> {
    let (parent, key) = pointer.rsplit_once('/').ok_or_else(|| format!("`{pointer}` is not a pointer"))?;
    Ok((document.pointer_mut(parent).ok_or_else(|| nothing_at(pointer))?, key))
}

fn nothing_at(pointer: &str) -> String {
    format!("there is nothing at {pointer}")
}

/// A value of TOML as JSON has it; a date stands for its text.
fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(yes) => Value::Bool(yes),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(plain).collect(),
        toml::Value::Table(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, plain(value))).collect::<Map<_, _>>())
        }
    }
}
