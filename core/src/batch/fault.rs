//! What is wrong with a row of a panel.

use crate::domain::MAX_SPAN_MONTHS;
use crate::problem::{Problem, code};
use std::ops::RangeInclusive;

/// The years of panels: those of [`DAYS`](super::calendar::DAYS).
const YEARS: RangeInclusive<i32> = 1980..=2099;

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// `first_month` outside 1980 to 2099.
    FirstMonth,
    /// `first_assigned_on` outside 1980 to 2099.
    FirstAssignedOn,
    /// `assigned_on` outside 1980 to 2099.
    AssignedOn,
    /// `assigned_on` before `first_assigned_on`.
    AssignedBeforeFirst,
    /// `first_payable_month` outside 1980 to 2099.
    FirstPayableMonth,
    /// `first_payable_month` not after the month of the first assignment.
    FirstPayableEarly,
    /// `last_payable_month` outside 1980 to 2099.
    LastPayableMonth,
    /// A negative amount in `earned`.
    Earned,
    /// A negative amount in `paid`.
    Paid,
    /// A status of `t2` that is none.
    T2,
    /// A status of `t16` that is none.
    T16,
    /// A State supplement in `t2`, which no case can say: the batch answers it, as neither pay nor outcome, and nothing explains it.
    T2Supplement,
    /// More than 600 months.
    Span,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::FirstMonth,
        Self::FirstAssignedOn,
        Self::AssignedOn,
        Self::AssignedBeforeFirst,
        Self::FirstPayableMonth,
        Self::FirstPayableEarly,
        Self::LastPayableMonth,
        Self::Earned,
        Self::Paid,
        Self::T2,
        Self::T16,
        Self::T2Supplement,
        Self::Span,
    ];

    /// The problem, at the column and row of a panel.
    #[must_use]
    pub fn problem(self, row: usize) -> Problem {
        let (column, code) = match self {
            Self::FirstMonth => ("first_month", &code::PANEL_DAY_RANGE),
            Self::FirstAssignedOn => ("first_assigned_on", &code::PANEL_DAY_RANGE),
            Self::AssignedOn => ("assigned_on", &code::PANEL_DAY_RANGE),
            Self::AssignedBeforeFirst => ("assigned_on", &code::ASSIGNMENTS_ORDER),
            Self::FirstPayableMonth => ("first_payable_month", &code::PANEL_DAY_RANGE),
            Self::FirstPayableEarly => ("first_payable_month", &code::PANEL_FIRST_PAYABLE_EARLY),
            Self::LastPayableMonth => ("last_payable_month", &code::PANEL_DAY_RANGE),
            Self::Earned => ("earned", &code::MONEY_NEGATIVE),
            Self::Paid => ("paid", &code::MONEY_NEGATIVE),
            Self::T2 | Self::T2Supplement => ("t2", &code::REQ_ENUM),
            Self::T16 => ("t16", &code::REQ_ENUM),
            Self::Span => ("earned", &code::CASE_SPAN_TOO_LONG),
        };
        let problem = Problem::new(code, &format!("/{column}/{row}"));
        match self {
            Self::T2 | Self::T16 => problem.with("allowed", vec!["0", "1", "2", "3", "4", "5", "6", "255"]),
            Self::T2Supplement => problem.with("allowed", vec!["0", "1", "2", "3", "4", "5", "255"]),
            Self::Span => problem.with("limit", MAX_SPAN_MONTHS),
            _ if problem.code == code::PANEL_DAY_RANGE.id => out_of_range(problem),
            _ => problem,
        }
    }
}

/// The years of panels, in a problem of a day outside them.
fn out_of_range(problem: Problem) -> Problem {
    problem.with("from", *YEARS.start()).with("to", *YEARS.end())
}

/// The problem of an `as_of` outside the years of panels.
#[must_use]
pub fn as_of_out_of_range() -> Problem {
    out_of_range(Problem::new(&code::PANEL_DAY_RANGE, "/as_of"))
}
