//! The form of a parameter file, and the check of one.

use crate::domain::{Month, parse_date};
use crate::problem::{Code, Problem, code};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

macro_rules! tables {
    ($($name:literal),* $(,)?) => {
        /// The built-in files as `build.rs` writes them, by name.
        pub(super) const TABLES: &[(&str, &str)] = &[$(($name, include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json")))),*];
    };
}

tables![
    "assignment_age",
    "assignment_grace_days",
    "cost_reimbursement_change_days",
    "earnings_tolerance",
    "evidence_days",
    "evidentiary_requests_since",
    "federal_closure",
    "grace_months",
    "half_trial_work_level",
    "information_diary_days",
    "initial_reinstatement_months",
    "inquiry_delay_months",
    "inquiry_quarters",
    "inquiry_refresh_day",
    "last_period_days",
    "look_back_months_reached",
    "look_back_since",
    "look_back_window",
    "other_diary_days",
    "payment_calculation_base",
    "payment_count",
    "payment_percent",
    "payment_request_months",
    "phase_1_months_needed",
    "phase_1_window",
    "plan_receipt_days",
    "processing_days",
    "progress_review_answer_days",
    "progress_review_credit",
    "progress_review_months",
    "progress_review_tolerance",
    "published_rate",
    "reconciliation_outcomes",
    "reentitlement_months",
    "sga_blind",
    "sga_non_blind",
    "state_vr_closure_months",
    "state_vr_closure_since",
    "transition_before",
    "transition_outcomes",
    "transition_year",
    "trial_work_hours",
    "trial_work_level",
    "trial_work_months",
    "trial_work_window",
];

/// How long a value holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// For the calendar year of its date, and not a month longer.
    CalendarYear,
    /// For the month of its date.
    Month,
    /// Until the next value.
    UntilChanged,
}

/// One parameter: its values by date, each with its source.
#[derive(Debug, Clone)]
pub struct Table {
    /// The file's name without its ending.
    pub name: String,
    /// What the parameter is.
    pub title: String,
    /// `usd`, `usd_per_month`, `percent`, `months`, `days`, `count`, `date` or `year`.
    pub unit: String,
    /// How long a value holds.
    pub holds: Holds,
    /// The law.
    pub cite: String,
    /// Month up to which the values were compared with their sources.
    pub verified_through: Month,
    /// The series of a parameter that has no built-in value; empty where the values name them.
    pub keys: Vec<String>,
    /// Sorted by key, then date.
    pub values: Vec<Value>,
}

/// One value of a parameter.
#[derive(Debug, Clone)]
pub struct Value {
    /// Which of the parameter's series; empty when there is one only.
    pub key: String,
    /// First month in which it holds.
    pub from: Month,
    /// The value.
    pub amount: Amount,
    /// Where it was read.
    pub source: String,
}

/// A number or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// A number.
    Number(Decimal),
    /// A day.
    Day(Date),
}

impl Amount {
    /// The number, unless it is a day.
    #[must_use]
    pub const fn number(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            Self::Day(_) => None,
        }
    }

    /// The day, unless it is a number.
    #[must_use]
    pub const fn day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Number(_) => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    unit: String,
    holds: Holds,
    cite: String,
    verified_through: String,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    value: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(default)]
    key: String,
    from: String,
    amount: String,
    source: String,
}

const UNITS: [&str; 8] = ["usd", "usd_per_month", "percent", "months", "days", "count", "date", "year"];

impl Table {
    /// Reads an operator's file. What is wrong goes to `problems`; rows that can be read are kept.
    pub(super) fn read(name: &str, text: &str, problems: &mut Vec<Problem>) -> Self {
        Self::of(name, toml::from_str(text).ok(), problems)
    }

    /// Reads a built-in file.
    pub(super) fn read_builtin(name: &str, json: &str, problems: &mut Vec<Problem>) -> Self {
        Self::of(name, serde_json::from_str(json).ok(), problems)
    }

    fn of(name: &str, file: Option<File>, problems: &mut Vec<Problem>) -> Self {
        let mut refuse = |code: &'static Code, path: &str| problems.push(Problem::new(code, &format!("/{name}{path}")));
        let file = file.unwrap_or_else(|| {
            refuse(&code::PARAM_FILE_INVALID, "");
            File {
                title: String::new(),
                unit: "usd".to_owned(),
                holds: Holds::UntilChanged,
                cite: "-".to_owned(),
                verified_through: "0001-01".to_owned(),
                keys: Vec::new(),
                value: Vec::new(),
            }
        });
        if !UNITS.contains(&file.unit.as_str()) {
            refuse(&code::PARAM_UNIT, "/unit");
        }
        if file.cite.is_empty() {
            refuse(&code::PARAM_SOURCE_EMPTY, "/cite");
        }
        let verified_through = Month::parse(&file.verified_through).unwrap_or_else(|| {
            refuse(&code::MONTH_FORMAT, "/verified_through");
            Month::new(1, 1)
        });
        let mut values: Vec<Value> = Vec::new();
        for (index, row) in file.value.into_iter().enumerate() {
            let at = |field| format!("/value/{index}/{field}");
            let Some(from) = Month::parse(&row.from) else {
                refuse(&code::MONTH_FORMAT, &at("from"));
                continue;
            };
            let amount = if file.unit == "date" {
                parse_date(&row.amount).ok().map(Amount::Day)
            } else {
                Decimal::from_str_exact(&row.amount).ok().filter(|n| !n.is_sign_negative()).map(Amount::Number)
            };
            let Some(amount) = amount else {
                refuse(&code::PARAM_AMOUNT, &at("amount"));
                continue;
            };
            if row.source.is_empty() {
                refuse(&code::PARAM_SOURCE_EMPTY, &at("source"));
            }
            if file.holds == Holds::CalendarYear && from != Month::new(i16::try_from(from.year()).unwrap_or(1), 1) {
                refuse(&code::PARAM_NOT_JANUARY, &at("from"));
            }
            if values.iter().any(|value| value.key == row.key && value.from >= from) {
                refuse(&code::PARAM_DATE_NOT_LATER, &at("from"));
            }
            values.push(Value { key: row.key, from, amount, source: row.source });
        }
        Self {
            name: name.to_owned(),
            title: file.title,
            unit: file.unit,
            holds: file.holds,
            cite: file.cite,
            verified_through,
            keys: file.keys,
            values,
        }
    }

    /// Adds an operator's values: the same unit, and later dates only.
    pub(super) fn extend(&mut self, added: Self, problems: &mut Vec<Problem>) {
        if added.unit != self.unit || added.holds != self.holds {
            problems.push(Problem::new(&code::PARAM_UNIT, &format!("/{}/unit", self.name)));
            return;
        }
        let held = self.values.iter().map(|value| value.key.clone());
        let keys: Vec<String> = self.keys.iter().cloned().chain(held).collect();
        for (index, value) in added.values.into_iter().enumerate() {
            let at = |field: &str| format!("/{}/value/{index}/{field}", self.name);
            if self.name != "published_rate" && !keys.contains(&value.key) {
                problems.push(Problem::new(&code::PARAM_KEY, &at("key")));
            } else if self.values.iter().any(|held| held.key == value.key && held.from >= value.from) {
                problems.push(Problem::new(&code::PARAM_DATE_NOT_LATER, &at("from")));
            } else {
                self.values.push(value);
            }
        }
        self.verified_through = self.verified_through.max(added.verified_through);
    }

    /// The value that holds in a month.
    #[must_use]
    pub fn at(&self, key: &str, month: Month) -> Option<&Value> {
        self.values.iter().filter(|value| value.key == key).rfind(|value| self.holds_in(value, month))
    }

    fn holds_in(&self, value: &Value, month: Month) -> bool {
        match self.holds {
            Holds::CalendarYear => value.from.year() == month.year(),
            Holds::Month => value.from == month,
            Holds::UntilChanged => value.from <= month,
        }
    }

    pub(super) fn view(&self, on: Option<Month>) -> TableView<'_> {
        let shown = |value: &&Value| {
            on.is_none_or(|month| self.at(&value.key, month).is_some_and(|held| held.from == value.from))
        };
        TableView {
            name: &self.name,
            title: &self.title,
            unit: &self.unit,
            holds: self.holds,
            cite: &self.cite,
            verified_through: self.verified_through,
            values: self.values.iter().filter(shown).map(ValueView::from).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct TableView<'a> {
    name: &'a str,
    title: &'a str,
    unit: &'a str,
    holds: Holds,
    cite: &'a str,
    verified_through: Month,
    values: Vec<ValueView<'a>>,
}

#[derive(Serialize)]
struct ValueView<'a> {
    key: Option<&'a str>,
    from: Month,
    amount: String,
    source: &'a str,
}

impl<'a> From<&'a Value> for ValueView<'a> {
    fn from(value: &'a Value) -> Self {
        let amount = match value.amount {
            Amount::Number(number) => number.to_string(),
            Amount::Day(day) => day.to_string(),
        };
        Self {
            key: Some(value.key.as_str()).filter(|key| !key.is_empty()),
            from: value.from,
            amount,
            source: &value.source,
        }
    }
}
