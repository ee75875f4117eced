//! From the engine's answers to Arrow columns.

mod details;
mod rows;
mod values;

use arrow_array::{Array, RecordBatch};
use arrow_schema::{ArrowError, Field, Fields, Schema};
use rows::{ChangeRows, ProblemRows};
pub(super) use rows::{DecisionRows, LedgerRows};
use std::sync::Arc;
use ttw_core::Problem;
pub(super) use values::status_bit;

/// The answers of some rows, as they come.
pub(super) enum Answers {
    Ledger(Box<LedgerRows>),
    Decisions(Box<DecisionRows>),
    Changes(Box<ChangeRows>),
    Problems(Box<ProblemRows>),
}

impl Answers {
    /// The columns.
    pub(super) fn finish(self) -> Result<RecordBatch, ArrowError> {
        let columns = match self {
            Self::Ledger(rows) => rows.finish(),
            Self::Decisions(rows) => rows.finish(),
            Self::Changes(rows) => rows.finish(),
            Self::Problems(rows) => Ok(rows.finish()),
        }?;
        let fields: Fields =
            columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns.into_iter().map(|(_, array)| array).collect())
    }

    /// A row that could not be read.
    pub(super) fn refused(&mut self, row: usize, problems: &[Problem]) {
        match self {
            Self::Ledger(rows) => rows.refused(row, problems),
            Self::Decisions(rows) => rows.refused(row, problems),
            Self::Changes(rows) => rows.refused(row, problems),
            Self::Problems(rows) => rows.push(row, problems),
        }
    }
}
