//! What is put in one go: a row, or all rows of one person.

use crate::problem::{RowProblem, code};
use crate::row::{Member, Row, TicketRow, overlap};
use std::collections::{BTreeMap, BTreeSet};
use ttw_core::Problem;
use ttw_core::domain::{Benefit, MonthlyEarnings, Ssn};
use ttw_core::forms::Organization;
use ttw_core::problem::code as core_code;

/// One put, and the lines it comes from.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// Its lines; the first names it in the checkpoint.
    pub lines: Vec<usize>,
    pub work: Work,
}

/// What is put.
#[derive(Debug, Clone)]
pub(crate) enum Work {
    Provider(Organization),
    User(Member),
    Person(Ssn, String),
    Ticket(Ssn, Vec<TicketRow>),
    Earnings(Ssn, Vec<MonthlyEarnings>),
    Benefits(Ssn, Vec<Benefit>),
}

impl Unit {
    pub fn line(&self) -> usize {
        self.lines.first().copied().unwrap_or(0)
    }
}

/// Brings the rows of one person together, in the order in which the file first names them. A second row about what can only be said
/// once is a problem.
pub(crate) fn units(rows: Vec<(usize, Row)>, mut bad: Bad, problems: &mut Vec<RowProblem>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (line, row) in rows {
        let key = key(&row);
        let Some(unit) = places.get(&key).and_then(|place| units.get_mut(*place)) else {
            places.insert(key, units.len());
            units.push(Unit { lines: vec![line], work: first(row) });
            continue;
        };
        let ticket_of = if let Row::Ticket(ssn, _) = &row { Some(*ssn.expose()) } else { None };
        if let Err(problem) = join(unit, line, row) {
            bad.numbers.extend(ticket_of);
            problems.push(RowProblem::new(line, &problem));
        }
    }
    whole_tickets(units, &bad, problems)
}

/// What two rows of one unit have in common. It stays in memory and is shown nowhere.
fn key(row: &Row) -> String {
    match row {
        Row::Provider(provider) => provider.ein.digits(),
        Row::User(member) => member.user.id.to_string(),
        _ => row.ssn().map(|ssn| ssn.expose().iter().map(|digit| char::from(*digit)).collect()).unwrap_or_default(),
    }
}

fn first(row: Row) -> Work {
    match row {
        Row::Provider(provider) => Work::Provider(provider),
        Row::User(member) => Work::User(member),
        Row::Person(ssn, record) => Work::Person(ssn, record),
        Row::Ticket(ssn, row) => Work::Ticket(ssn, vec![row]),
        Row::Earnings(ssn, entry) => Work::Earnings(ssn, vec![entry]),
        Row::Benefit(ssn, range) => Work::Benefits(ssn, vec![range]),
    }
}

fn join(unit: &mut Unit, line: usize, row: Row) -> Result<(), Problem> {
    let first_line = unit.line();
    match (&mut unit.work, row) {
        (Work::Ticket(_, rows), Row::Ticket(_, row)) => {
            if rows.first().is_some_and(|first| first.ticket != row.ticket) {
                return Err(Problem::new(&code::LOAD_ROWS_DISAGREE, "").with("line", first_line));
            }
            rows.push(row);
        }
        (Work::Earnings(_, entries), Row::Earnings(_, entry)) => {
            if entries.iter().any(|held| held.month == entry.month) {
                return Err(Problem::new(&core_code::EARNINGS_MONTH_DUPLICATE, "/month"));
            }
            entries.push(entry);
        }
        (Work::Benefits(_, ranges), Row::Benefit(_, range)) => {
            if ranges.iter().any(|held| overlap(held, &range)) {
                return Err(Problem::new(&core_code::BENEFITS_OVERLAP, ""));
            }
            ranges.push(range);
        }
        _ => return Err(Problem::new(&code::LOAD_DUPLICATE, "").with("line", first_line)),
    }
    unit.lines.push(line);
    Ok(())
}

/// Whose row of a flat file could not be read, as far as it says.
#[derive(Debug, Default)]
pub(crate) struct Bad {
    pub numbers: BTreeSet<[u8; 9]>,
    pub tickets: BTreeSet<String>,
}

impl Bad {
    pub fn add(&mut self, (ssn, ticket): (Option<Ssn>, Option<String>)) {
        self.numbers.extend(ssn.map(|ssn| *ssn.expose()));
        self.tickets.extend(ticket);
    }
}

/// Leaves out the flat tickets of which a row is bad, or whose rows contradict each other: without a row a ticket would be another one.
fn whole_tickets(units: Vec<Unit>, bad: &Bad, problems: &mut Vec<RowProblem>) -> Vec<Unit> {
    let refused: BTreeSet<usize> = problems.iter().map(|problem| problem.line).collect();
    let mut whole = Vec::with_capacity(units.len());
    for unit in units {
        let Work::Ticket(ssn, rows) = &unit.work else {
            whole.push(unit);
            continue;
        };
        let has_bad_row =
            bad.numbers.contains(ssn.expose()) || rows.iter().any(|row| bad.tickets.contains(&*row.ticket.id));
        let contradictions = if has_bad_row {
            let skipped = Problem::new(&code::LOAD_PERSON_SKIPPED, "");
            unit.lines.iter().map(|line| RowProblem::new(*line, &skipped)).collect()
        } else {
            let found = crate::merge::ticket(None, rows).err().unwrap_or_default();
            found.iter().map(|problem| RowProblem::new(unit.line(), problem)).collect::<Vec<_>>()
        };
        if contradictions.is_empty() {
            whole.push(unit);
        } else {
            problems.extend(contradictions.into_iter().filter(|problem| !refused.contains(&problem.line)));
        }
    }
    whole
}
