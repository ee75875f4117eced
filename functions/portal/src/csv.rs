//! Comma-separated values for a spreadsheet.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// A table that is written line by line.
#[derive(Debug, Default)]
pub struct Table(String);

impl Table {
    /// A table with a line of names.
    #[must_use]
    pub fn of(names: &[&str]) -> Self {
        let mut table = Self::default();
        table.line(names);
        table
    }

    /// Adds a line.
    pub fn line(&mut self, cells: &[&str]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            self.cell(cell);
        }
        self.0.push_str("\r\n");
    }

    /// What a spreadsheet would take for a formula is kept from being one.
    fn cell(&mut self, cell: &str) {
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let is_plain = !is_formula && !cell.contains([',', '"', '\r', '\n']);
        if is_plain {
            self.0.push_str(cell);
            return;
        }
        self.0.push('"');
        if is_formula {
            self.0.push('\'');
        }
        self.0.push_str(&cell.replace('"', "\"\""));
        self.0.push('"');
    }

    /// As it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl IntoResponse for Table {
    fn into_response(self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        (headers, self.0).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_quotes_and_formulas_stay_in_their_cell() {
        let mut table = Table::of(&["a", "b"]);
        table.line(&["x, y", "say \"no\""]);
        table.line(&["=1+1", "-2"]);
        assert_eq!(table.text(), "a,b\r\n\"x, y\",\"say \"\"no\"\"\"\r\n\"'=1+1\",\"'-2\"\r\n");
    }
}
