//! Looking settings up, and remembering what is wrong with them.

use std::ffi::OsString;
use std::path::PathBuf;

/// The environment. An empty value is none.
pub(super) struct Environment<F> {
    look_up: F,
    pub(super) problems: Vec<String>,
}

impl<F: Fn(&str) -> Option<OsString>> Environment<F> {
    pub(super) const fn new(look_up: F) -> Self {
        Self { look_up, problems: Vec::new() }
    }

    fn given(&self, name: &str) -> Option<OsString> {
        (self.look_up)(name).filter(|value| !value.is_empty())
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.given(name).map(|value| value.to_string_lossy().into_owned())
    }

    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        self.given(name).map(PathBuf::from)
    }

    /// The parts between commas.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// A value that can be read; `wrong` goes on after the name when it cannot.
    pub(super) fn parsed<T>(&mut self, name: &str, wrong: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let parsed = parse(&self.text(name)?);
        if parsed.is_none() {
            self.problems.push(format!("{name} {wrong}."));
        }
        parsed
    }
}
