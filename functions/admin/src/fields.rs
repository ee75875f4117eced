//! The fields of one row, each still as it was written: what is left of a row goes to the core's own readers unchanged.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use ttw_core::Problem;
use ttw_core::problem::{code, shown_name};

/// The fields of a JSON object in its order, repeated ones included.
pub(crate) struct Fields(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

impl Fields {
    /// The fields of a row.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        serde_json::from_str(text).map_err(|error| {
            vec![if error.is_data() {
                Problem::new(&code::REQ_TYPE, "").with("expected", "an object")
            } else {
                Problem::new(&code::REQ_JSON_INVALID, "").with("line", error.line()).with("column", error.column())
            }]
        })
    }

    /// Takes a field out; a second one of the same name is a problem.
    pub fn take(&mut self, name: &str, problems: &mut Vec<Problem>) -> Option<Box<RawValue>> {
        let (taken, left): (Vec<_>, Vec<_>) = std::mem::take(&mut self.0).into_iter().partition(|(key, _)| key == name);
        self.0 = left;
        if taken.len() > 1 {
            problems.push(Problem::new(&code::REQ_FIELD_DUPLICATE, &format!("/{name}")));
        }
        taken.into_iter().next().map(|(_, value)| value).filter(|value| value.get() != "null")
    }

    /// Takes a field of text; one that is absent, or no text, is a problem where the field is required.
    pub fn text(&mut self, name: &str, required: bool, problems: &mut Vec<Problem>) -> Option<String> {
        let Some(value) = self.take(name, problems) else {
            if required {
                problems.push(Problem::new(&code::REQ_FIELD_REQUIRED, &format!("/{name}")));
            }
            return None;
        };
        let text = serde_json::from_str(value.get()).ok();
        if text.is_none() {
            problems.push(Problem::new(&code::REQ_TYPE, &format!("/{name}")).with("expected", "a string"));
        }
        text
    }

    /// Whatever is left is unknown.
    pub fn refuse_the_rest(&self, allowed: &[&str], problems: &mut Vec<Problem>) {
        for (key, _) in &self.0 {
            let shown = shown_name(key).replace('~', "~0").replace('/', "~1");
            let problem = Problem::new(&code::REQ_UNKNOWN_FIELD, &format!("/{shown}"));
            problems.push(problem.with("allowed", allowed.to_vec()));
        }
    }

    /// What is left, as JSON.
    pub fn json(&self) -> String {
        let mut text = String::from("{");
        for (index, (key, value)) in self.0.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            // A string is always written.
            text.push_str(&serde_json::to_string(key).unwrap_or_default());
            text.push(':');
            text.push_str(value.get());
        }
        text.push('}');
        text
    }
}
