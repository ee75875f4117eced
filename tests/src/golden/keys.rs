//! Taking keys out of a TOML table; what nobody takes is refused.

use super::notation::Parsed;
use toml::{Table, Value};

/// A table from which keys are taken one by one.
#[derive(Debug, Default)]
pub struct Keys(Table);

impl Keys {
    /// The keys of a table.
    pub fn new(table: Table) -> Self {
        Self(table)
    }

    fn take<T>(&mut self, key: &str, kind: &str, as_kind: impl FnOnce(Value) -> Option<T>) -> Parsed<Option<T>> {
        self.0.remove(key).map(|value| as_kind(value).ok_or_else(|| format!("`{key}` must be {kind}"))).transpose()
    }

    /// A text.
    pub fn text(&mut self, key: &str) -> Parsed<Option<String>> {
        self.take(key, "a text", text_of)
    }

    /// A text that must be there and not be blank.
    pub fn required(&mut self, key: &str) -> Parsed<String> {
        self.text(key)?.filter(|text| !text.trim().is_empty()).ok_or_else(|| format!("`{key}` is required"))
    }

    /// Yes or no.
    pub fn flag(&mut self, key: &str) -> Parsed<Option<bool>> {
        self.take(key, "true or false", |value| value.as_bool())
    }

    /// A whole number.
    pub fn number(&mut self, key: &str) -> Parsed<Option<i64>> {
        self.take(key, "a whole number", |value| value.as_integer())
    }

    /// A list of texts.
    pub fn lines(&mut self, key: &str) -> Parsed<Option<Vec<String>>> {
        self.take(key, "a list of texts", |value| match value {
            Value::Array(items) => items.into_iter().map(text_of).collect(),
            _ => None,
        })
    }

    /// A table whose keys are anything.
    pub fn entries(&mut self, key: &str) -> Parsed<Vec<(String, Value)>> {
        let table = self.take(key, "a table", table_of)?;
        Ok(table.unwrap_or_default().into_iter().collect())
    }

    /// A table.
    pub fn table(&mut self, key: &str) -> Parsed<Option<Self>> {
        self.take(key, "a table", |value| table_of(value).map(Self))
    }

    /// A list of tables.
    pub fn tables(&mut self, key: &str) -> Parsed<Vec<Self>> {
        let tables = self.take(key, "a list of tables", |value| match value {
            Value::Array(items) => items.into_iter().map(|item| table_of(item).map(Self)).collect(),
            _ => None,
        })?;
        Ok(tables.unwrap_or_default())
    }

    /// Whether the key is still there.
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Refuses what was not taken.
    pub fn finish(self) -> Parsed<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let unknown: Vec<_> = self.0.keys().map(|key| format!("`{key}`")).collect();
        Err(format!("unknown keys: {}", unknown.join(", ")))
    }
}

fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn table_of(value: Value) -> Option<Table> {
    match value {
        Value::Table(table) => Some(table),
        _ => None,
    }
}
