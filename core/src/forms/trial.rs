//! A form and what is on file about it, to be changed one thing at a time by the tests of the forms.

use super::{Desk, Filing, Form, People, Person, on_file, person};
use crate::Engine;
use crate::read::Read;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(crate) static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builtin().unwrap());

/// The day of receipt of every trial.
pub(crate) const TODAY: Date = date(2026, 6, 15);

#[derive(Clone)]
pub(crate) struct Trial {
    form: Form,
    draft: Value,
    on_file: Value,
    received_on: Date,
}

/// A title II beneficiary in current pay, 36 years old, whose ticket is not assigned.
pub(crate) fn unassigned() -> Value {
    json!({
        "case": {
            "ticket": {"id": "T-0001", "terminates_in": null, "assignments": []},
            "beneficiary": {"title": "t2", "blind": false},
            "benefits": [{"title": "t2", "from": "2015-01", "to": null, "status": "current_pay"}],
            "earnings": [], "pay_statements": [], "state_vr_cases": [], "payments": []
        },
        "date_of_birth": "1990-03-10", "progress_review": null, "earlier": []
    })
}

/// The same person with the ticket assigned to a provider since January 10, 2024.
pub(crate) fn assigned_to(provider: &str, kind: &str) -> Value {
    let system = if kind == "state_vr" { Value::Null } else { json!("outcome_milestone") };
    let mut person = unassigned();
    person["case"]["ticket"]["assignments"] =
        json!([{"provider": provider, "kind": kind, "payment_system": system, "assigned_on": "2024-01-10"}]);
    person
}

pub(crate) fn read_person(value: &Value) -> Person {
    person(value.to_string().as_bytes()).unwrap()
}

/// Sets what a pointer points at; a list may grow by one.
pub(crate) fn set(value: &mut Value, pointer: &str, new: Value) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Object(map) => drop(map.insert(key.to_owned(), new)),
        Value::Array(items) => {
            let index: usize = key.parse().unwrap();
            if index == items.len() { items.push(new) } else { items[index] = new }
        }
        _ => panic!("nothing can be set at {pointer}"),
    }
}

impl Trial {
    /// A form filed by EN-A, an Employment Network, about these people.
    pub(crate) fn new(form: Form, draft: Value, people: &Value) -> Self {
        let on_file = json!({
            "organization": {"provider": "EN-A", "ein": "12-3456789", "name": "Example Network", "kind": "en"},
            "roles": ["submitter", "signatory"], "people": people
        });
        Self { form, draft, on_file, received_on: TODAY }
    }

    pub(crate) fn with(mut self, pointer: &str, value: Value) -> Self {
        set(&mut self.draft, pointer, value);
        self
    }

    pub(crate) fn without(mut self, pointer: &str) -> Self {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        self.draft.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key).unwrap();
        self
    }

    pub(crate) fn on_file(mut self, pointer: &str, value: Value) -> Self {
        set(&mut self.on_file, pointer, value);
        self
    }

    pub(crate) fn received(mut self, day: Date) -> Self {
        self.received_on = day;
        self
    }

    pub(crate) fn run(&self) -> Read<Filing> {
        let desk = Desk { engine: &ENGINE, received_on: self.received_on, people: People::Test };
        let draft = desk.read(self.form, self.draft.to_string().as_bytes())?;
        desk.check(draft, &on_file(self.on_file.to_string().as_bytes()).unwrap())
    }

    pub(crate) fn filed(&self) -> Filing {
        self.run().unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    /// Every code with its place, of problems or of warnings.
    pub(crate) fn found(&self) -> Vec<(&'static str, String)> {
        let problems = self.run().map_or_else(|problems| problems, |filing| filing.warnings().to_vec());
        problems.into_iter().map(|problem| (problem.code, problem.path)).collect()
    }
}

/// Each trial gives its one code, at its place, and nothing else; together they give every code of the page.
pub(crate) fn each_gives_its_one_code(
    trials: Vec<(&'static str, &str, Trial)>,
    page: &[crate::problem::Code],
    elsewhere: &[&'static str],
) {
    let mut provoked: BTreeSet<&str> = elsewhere.iter().copied().collect();
    for (code, path, trial) in trials {
        assert_eq!(trial.found(), [(code, path.to_owned())], "{code} at {path}");
        provoked.insert(code);
    }
    let provoked: Vec<_> = provoked.into_iter().filter(|code| page.iter().any(|known| known.id == *code)).collect();
    let mut known: Vec<_> = page.iter().map(|code| code.id).collect();
    known.sort_unstable();
    assert!(!known.is_empty());
    assert_eq!(provoked, known);
}
