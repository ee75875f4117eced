//! Tables that a spreadsheet opens: comma-separated values.

use csv::{Terminator, Writer, WriterBuilder};
use std::fmt;

/// A table that is written line by line.
///
/// A cell that a spreadsheet would take for a formula is put behind an apostrophe.
///
/// ```
/// let mut table = ttw_core::table::Table::of(&["name", "days"]);
/// table.line(["Bread, Inc.", "-2"]);
/// table.line(["=1+1", ""]);
/// assert_eq!(table.into_text(), "name,days\r\n\"Bread, Inc.\",-2\r\n'=1+1,\r\n");
/// ```
pub struct Table(Writer<Vec<u8>>);

impl Table {
    /// A table with a line of names.
    #[must_use]
    pub fn of(names: &[&str]) -> Self {
        let mut table = Self(WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(Vec::new()));
        table.line(names);
        table
    }

    /// Adds a line.
    pub fn line<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) {
        // Memory takes every line.
        let _ = self.0.write_record(cells.into_iter().map(|cell| harmless(cell.as_ref())));
    }

    /// As it is written.
    #[must_use]
    pub fn into_text(self) -> String {
        let bytes = self.0.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").finish_non_exhaustive()
    }
}

fn harmless(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}
