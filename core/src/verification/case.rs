//! The case that a field office has: periods of disability, and months with what is posted for them.

use super::code;
use crate::domain::{MAX_SPAN_MONTHS, Month, Title, Usd};
use crate::problem::{Problem, code as shared};
use crate::read::{Path, Reader};
use serde::Serialize;
use serde_json_borrow::Value;

/// The most months and spans of a case.
const MAX_LISTED: usize = 601;
/// Hours of the longest month.
const MAX_HOURS: u64 = 744;

/// What is known of one person's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkCase {
    /// Title II or concurrent; under title XVI alone there is no trial work period.
    pub title: Title,
    /// Statutorily blind.
    pub blind: bool,
    /// Periods of entitlement on disability, oldest first.
    pub disability: Vec<Span>,
    /// Months of unsuccessful work attempts, as somebody has found.
    pub unsuccessful_attempts: Vec<Month>,
    /// Months of reinstatement that are not paid for another reason than work.
    pub not_paid: Vec<Month>,
    /// Months with something posted, oldest first.
    pub months: Vec<MonthEntry>,
    /// The month through which it is judged.
    pub through: Month,
}

/// A period of entitlement on disability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first month.
    pub from: Month,
    /// Its last month; none while it lasts.
    pub to: Option<Month>,
    /// Whether it began with an expedited reinstatement.
    pub reinstated: bool,
}

/// One month as it is posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthEntry {
    /// The month.
    pub month: Month,
    /// Gross wages.
    pub gross: Option<Usd>,
    /// Net earnings from self-employment.
    pub net_se: Option<Usd>,
    /// Hours of self-employment.
    pub se_hours: Option<u16>,
    /// Whether they are verified.
    pub vrfd: Verified,
    /// What is not counted of them.
    pub not_counted: Vec<NotCounted>,
}

/// Whether earnings are verified (VER-03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Verified {
    /// Verified.
    Y,
    /// Not verified.
    N,
    /// Concealed, as a court has found.
    F,
}

/// An amount that is not counted, and why (VER-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotCounted {
    /// Why.
    pub kind: NotCountedType,
    /// How much.
    pub amount: Usd,
}

/// Types of amounts that are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCountedType {
    /// Impairment-related work expense.
    We,
    /// Subsidy.
    Sb,
    /// Special conditions.
    Sc,
    /// Business expense that another bears.
    Be,
    /// Plan to achieve self-support.
    Pa,
    /// Student earned income.
    Si,
}

impl MonthEntry {
    /// Whether anything was earned or worked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gross.unwrap_or_default() == Usd::ZERO
            && self.net_se.unwrap_or_default() == Usd::ZERO
            && self.se_hours.unwrap_or(0) == 0
    }

    /// What counts against the level of substantial work: types of title XVI leave it as it is, and nothing falls below zero.
    #[must_use]
    pub fn countable(&self) -> Usd {
        let mut wages = self.gross.unwrap_or_default();
        let mut own = self.net_se.unwrap_or_default();
        for taken in &self.not_counted {
            match taken.kind {
                NotCountedType::We if self.gross.is_some() => wages = wages.minus(taken.amount),
                NotCountedType::We | NotCountedType::Be => own = own.minus(taken.amount),
                NotCountedType::Sb | NotCountedType::Sc => wages = wages.minus(taken.amount),
                NotCountedType::Pa | NotCountedType::Si => {}
            }
        }
        wages.max(Usd::ZERO).plus(own.max(Usd::ZERO))
    }
}

const TITLES: &[(&str, Title)] = &[("t2", Title::T2), ("t16", Title::T16), ("concurrent", Title::Concurrent)];
const TYPES: &[(&str, NotCountedType)] = &[
    ("WE", NotCountedType::We),
    ("SB", NotCountedType::Sb),
    ("SC", NotCountedType::Sc),
    ("BE", NotCountedType::Be),
    ("PA", NotCountedType::Pa),
    ("SI", NotCountedType::Si),
];

/// Reads a case.
pub(super) fn read_case(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<WorkCase> {
    let names = &["title", "blind", "disability", "unsuccessful_attempts", "not_paid", "months", "through"];
    let [title, blind, disability, unsuccessful, not_paid, months, through] = reader.object(value, path, names)?;
    let title = reader.choice(title, &path.key("title"), TITLES);
    if title == Some(Title::T16) {
        reader.refuse(&code::VERN_TITLE_XVI, &path.key("title"));
    }
    let blind = reader.boolean(blind, &path.key("blind"));
    let through = reader.month(through, &path.key("through"));
    let disability = read_spans(reader, disability, &path.key("disability"));
    let unsuccessful_attempts = read_months(reader, unsuccessful, &path.key("unsuccessful_attempts"));
    let not_paid = read_months(reader, not_paid, &path.key("not_paid"));
    let at = path.key("months");
    let mut read: Vec<MonthEntry> = Vec::new();
    let items = listed(reader, months, &at)?;
    for (index, item) in items.iter().enumerate() {
        let here = at.index(index);
        let Some([month, gross, net_se, hours, vrfd, not_counted]) =
            reader.object(item, &here, &["month", "gross", "net_se", "se_hours", "vrfd", "not_counted"])
        else {
            continue;
        };
        let fields = EntryFields { month, gross, net_se, hours, vrfd, not_counted };
        let Some(entry) = fields.read(reader, &here) else { continue };
        if read.iter().any(|other| other.month == entry.month) {
            reader.refuse(&code::VERN_MONTH_DUPLICATE, &here.key("month"));
        }
        if through.is_some_and(|through| through < entry.month) {
            reader.refuse(&code::VERN_THROUGH, &here.key("month"));
        }
        read.push(entry);
    }
    read.sort_unstable_by_key(|entry| entry.month);
    let (through, disability) = (through?, disability?);
    let first = disability.first().map(|span| span.from).into_iter().chain(read.first().map(|entry| entry.month)).min();
    if first.is_some_and(|first| through.since(first) > MAX_SPAN_MONTHS) {
        reader.add(Problem::new(&shared::CASE_SPAN_TOO_LONG, &path.pointer()).with("limit", MAX_SPAN_MONTHS));
        return None;
    }
    Some(WorkCase {
        title: title?,
        blind: blind?,
        disability,
        unsuccessful_attempts: unsuccessful_attempts?,
        not_paid: not_paid?,
        months: read,
        through,
    })
}

/// The fields of one month, as they stand in a case or in an entry.
pub(super) struct EntryFields<'v> {
    pub month: Option<&'v Value<'v>>,
    pub gross: Option<&'v Value<'v>>,
    pub net_se: Option<&'v Value<'v>>,
    pub hours: Option<&'v Value<'v>>,
    pub vrfd: Option<&'v Value<'v>>,
    pub not_counted: Option<&'v Value<'v>>,
}

impl EntryFields<'_> {
    pub(super) fn read(self, reader: &mut Reader, path: &Path<'_>) -> Option<MonthEntry> {
        let month = reader.month(self.month, &path.key("month"));
        let gross = reader.optional_money(self.gross, &path.key("gross"));
        let net_se = reader.optional_money(self.net_se, &path.key("net_se"));
        let se_hours = match self.hours {
            None | Some(Value::Null) => Some(None),
            Some(Value::Number(number)) if number.as_u64().is_some_and(|hours| hours <= MAX_HOURS) => {
                number.as_u64().map(|hours| u16::try_from(hours).ok())
            }
            Some(_) => {
                reader.refuse(&code::VERN_HOURS, &path.key("se_hours"));
                None
            }
        };
        let vrfd = match self.vrfd {
            None | Some(Value::Null) => Some(Verified::N),
            Some(Value::Str(text)) if matches!(text.as_ref(), "C" | "Q") => {
                reader.refuse(&code::VERN_VRFD_CONVERSION, &path.key("vrfd"));
                None
            }
            some => {
                reader.choice(some, &path.key("vrfd"), &[("Y", Verified::Y), ("N", Verified::N), ("F", Verified::F)])
            }
        };
        let at = path.key("not_counted");
        let mut not_counted = Vec::new();
        for (index, item) in listed(reader, self.not_counted, &at)?.iter().enumerate() {
            let here = at.index(index);
            let Some([kind, amount]) = reader.object(item, &here, &["type", "amount"]) else { continue };
            let kind = reader.choice(kind, &here.key("type"), TYPES);
            let amount = reader.money(amount, &here.key("amount"));
            not_counted.extend(kind.zip(amount).map(|(kind, amount)| NotCounted { kind, amount }));
        }
        Some(MonthEntry { month: month?, gross, net_se, se_hours: se_hours?, vrfd: vrfd?, not_counted })
    }
}

fn listed<'v>(reader: &mut Reader, field: Option<&'v Value<'v>>, path: &Path<'_>) -> Option<&'v [Value<'v>]> {
    let items = reader.list(field.filter(|value| !matches!(value, Value::Null)), path);
    if items.len() > MAX_LISTED {
        reader.add(Problem::new(&shared::LIST_TOO_LONG, &path.pointer()).with("limit", MAX_LISTED));
        return None;
    }
    Some(items)
}

fn read_months(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Vec<Month>> {
    let items = listed(reader, field, path)?;
    items.iter().enumerate().map(|(index, item)| reader.month(Some(item), &path.index(index))).collect()
}

fn read_spans(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Vec<Span>> {
    reader.required(field, path)?;
    let mut spans: Vec<Span> = Vec::new();
    for (index, item) in listed(reader, field, path)?.iter().enumerate() {
        let at = path.index(index);
        let [from, to, reinstated] = reader.object(item, &at, &["from", "to", "reinstated"])?;
        let from = reader.month(from, &at.key("from"))?;
        let to = reader.optional_month(to, &at.key("to"));
        let reinstated = reader.optional_boolean(reinstated, &at.key("reinstated")).unwrap_or(false);
        if to.is_some_and(|to| to < from) {
            reader.refuse(&shared::BENEFIT_ENDS_BEFORE_START, &at);
        }
        if spans.last().is_some_and(|before| before.to.is_none_or(|to| from <= to)) {
            reader.refuse(&code::VERN_SPANS_ORDER, &at);
        }
        spans.push(Span { from, to, reinstated });
    }
    Some(spans)
}
