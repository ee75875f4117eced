//! The rows of a file: JSON Lines as they stand, CSV turned into the same JSON.

use crate::problem::{RowProblem, code};
use crate::read::{ReadRow, Reading};
use crate::row::{Kind, Row};
use crate::units::Bad;
use serde_json::{Map, Value};
use ttw_core::Problem;

/// The forms of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated values with a header.
    Csv,
}

/// The rows that could be read, with their lines, and what is wrong with the others.
#[derive(Debug, Default)]
pub struct Rows {
    /// The good rows.
    pub rows: Vec<(usize, Row)>,
    /// What is wrong with the others.
    pub problems: Vec<RowProblem>,
    /// How many rows there are, good and bad.
    pub count: usize,
    /// Whose rows of a flat file of tickets are bad.
    pub(crate) bad: Bad,
}

impl Kind {
    /// The columns of a flat file of this kind.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Providers => &["ein", "provider", "name", "kind", "agreement_ends_on", "sam_expires_on", "on_hold"],
            Self::Users => &["subject", "name", "title", "email", "ein", "roles", "active", "ssn"],
            Self::Tickets => &[
                "ssn",
                "ticket",
                "terminates_in",
                "title",
                "blind",
                "date_of_birth",
                "section_301",
                "benefit_continuation",
                "provider",
                "kind",
                "payment_system",
                "assigned_on",
                "unassigned_on",
                "plan_signed_on",
                "plan_received_on",
                "services_completed_on",
            ],
            Self::Earnings => &["ssn", "month", "earned", "paid"],
            Self::Benefits => &["ssn", "title", "from", "to", "status", "federal_cash"],
        }
    }
}

/// Columns that hold `true` or `false`.
const BOOLEANS: [&str; 6] = ["blind", "section_301", "benefit_continuation", "federal_cash", "on_hold", "active"];

/// Reads every row of a file.
#[must_use]
pub fn rows(reading: Reading<'_>, kind: Kind, format: Format, bytes: &[u8]) -> Rows {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match format {
        Format::JsonLines => json_lines(reading, kind, bytes),
        Format::Csv => flat(reading, kind, bytes),
    }
}

impl Rows {
    fn add(&mut self, line: usize, row: ReadRow) {
        self.count += 1;
        match row {
            Ok(row) => self.rows.push((line, row)),
            Err(problems) => self.problems.extend(problems.iter().map(|problem| RowProblem::new(line, problem))),
        }
    }
}

fn json_lines(reading: Reading<'_>, kind: Kind, bytes: &[u8]) -> Rows {
    let mut rows = Rows::default();
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let row = std::str::from_utf8(line)
            .map_err(|_| vec![Problem::new(&code::LOAD_ENCODING, "")])
            .and_then(|text| reading.json_row(kind, text));
        rows.add(index + 1, row);
    }
    rows
}

fn flat(reading: Reading<'_>, kind: Kind, bytes: &[u8]) -> Rows {
    let mut rows = Rows::default();
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).trim(csv::Trim::All).from_reader(bytes);
    let mut header: Option<Vec<&'static str>> = None;
    let mut record = csv::ByteRecord::new();
    // Reading bytes that are in memory fails for nothing but the rows' own form, which is checked here.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(1, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
        let Some(columns) = &header else {
            match columns_of(kind, &record) {
                Ok(columns) => header = Some(columns),
                Err(problems) => {
                    rows.problems = problems.iter().map(|problem| RowProblem::new(line, problem)).collect();
                    return rows;
                }
            }
            continue;
        };
        let row = flat_json(columns, &record).and_then(|text| {
            if kind != Kind::Tickets {
                return reading.json_row(kind, &text);
            }
            reading.flat_ticket(&text).inspect_err(|_| rows.bad.add(reading.who(&text)))
        });
        rows.add(line, row);
    }
    rows
}

/// The header's columns. A name that is none is not repeated: a file without a header begins with somebody's number.
fn columns_of(kind: Kind, header: &csv::ByteRecord) -> Result<Vec<&'static str>, Vec<Problem>> {
    let mut columns: Vec<&'static str> = Vec::new();
    let mut problems = Vec::new();
    for (index, cell) in header.iter().enumerate() {
        match kind.columns().iter().find(|column| column.as_bytes() == cell) {
            Some(column) if !columns.contains(column) => columns.push(column),
            _ => {
                let problem = Problem::new(&code::LOAD_HEADER, &format!("/{index}"));
                problems.push(problem.with("allowed", kind.columns().to_vec()));
            }
        }
    }
    if problems.is_empty() { Ok(columns) } else { Err(problems) }
}

/// The row as a JSON object; an empty cell is an absent field.
fn flat_json(columns: &[&'static str], record: &csv::ByteRecord) -> Result<String, Vec<Problem>> {
    if record.len() != columns.len() {
        return Err(vec![Problem::new(&code::LOAD_CSV_ROW, "")]);
    }
    let mut fields = Map::new();
    for (column, cell) in columns.iter().zip(record) {
        let cell =
            std::str::from_utf8(cell).map_err(|_| vec![Problem::new(&code::LOAD_ENCODING, &format!("/{column}"))])?;
        if !cell.is_empty() {
            fields.insert((*column).to_owned(), value(column, cell));
        }
    }
    Ok(Value::Object(fields).to_string())
}

fn value(column: &str, cell: &str) -> Value {
    match cell {
        "true" if BOOLEANS.contains(&column) => Value::Bool(true),
        "false" if BOOLEANS.contains(&column) => Value::Bool(false),
        _ if column == "roles" => cell.split([';', ' ']).filter(|role| !role.is_empty()).map(Value::from).collect(),
        _ => Value::from(cell),
    }
}
