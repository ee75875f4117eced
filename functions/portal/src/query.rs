//! Queries: the parameters a route has, each once, and nothing else.

use crate::filing::code::LIMIT_RANGE;
use crate::problem::Refusal;
use std::borrow::Cow;
use std::collections::BTreeSet;
use ttw_core::Problem;
use ttw_core::problem::{code, shown_name};

/// A query that was read.
#[derive(Debug)]
pub struct Query<'q> {
    given: Vec<(Cow<'q, str>, Cow<'q, str>)>,
    problems: Vec<Problem>,
}

impl<'q> Query<'q> {
    /// Reads a query that may have these parameters.
    #[must_use]
    pub fn read(query: Option<&'q str>, names: &[&'static str]) -> Self {
        let given: Vec<_> = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).collect();
        let mut problems: Vec<Problem> = names
            .iter()
            .filter(|name| given.iter().filter(|(key, _)| key == *name).count() > 1)
            .map(|name| Problem::new(&code::REQ_FIELD_DUPLICATE, &format!("/{name}")))
            .collect();
        let unknown: BTreeSet<String> =
            given.iter().map(|(name, _)| name.as_ref()).filter(|name| !names.contains(name)).map(shown).collect();
        problems.extend(
            unknown.iter().map(|name| {
                Problem::new(&code::REQ_UNKNOWN_FIELD, &format!("/{name}")).with("allowed", names.to_vec())
            }),
        );
        Self { given, problems }
    }

    /// The value of a parameter.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_ref())
    }

    /// A parameter as something else; a value that is none is a problem.
    pub fn parsed<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>, problem: Problem) -> Option<T> {
        let read = self.value(name).map(parse);
        if matches!(read, Some(None)) {
            self.problems.insert(0, problem);
        }
        read.flatten()
    }

    /// Where a page begins, and its size: `cursor` and `limit`, which has a default and a most.
    pub fn page(&mut self, (default, most): (usize, usize)) -> (Option<String>, usize) {
        let limit = |text: &str| text.parse().ok().filter(|limit| (1..=most).contains(limit));
        let problem = Problem::new(&LIMIT_RANGE, "/limit").with("most", most);
        let limit = self.parsed("limit", limit, problem).unwrap_or(default);
        (self.value("cursor").map(str::to_owned), limit)
    }

    /// Adds a problem.
    pub fn refuse(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// All is well, or everything that is wrong.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn finish(self) -> Result<(), Refusal> {
        if self.problems.is_empty() { Ok(()) } else { Err(Refusal::of_question(self.problems)) }
    }
}

/// A name as a part of a pointer.
fn shown(name: &str) -> String {
    shown_name(name).replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_could_be_somebody_s_number_is_not_shown() {
        for name in ["900123456", "ssn-900-12-3456", "９００１２３４５６", "٩٠٠١٢٣٤٥٦", "a\u{0}", &"x".repeat(65)]
        {
            assert_eq!(shown(name), "***", "{name}");
        }
        for (name, expected) in [("limits", "limits"), ("a/b~", "a~1b~0"), ("x12345678", "x12345678")] {
            assert_eq!(shown(name), expected);
        }
    }
}
