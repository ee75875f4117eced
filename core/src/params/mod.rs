//! Dated tables of law, and their values at a month.
//!
//! Every number of law stands in one file of `core/params`. A value that is not there is *not known*: it is never taken from a
//! neighbouring year.

mod closed_days;
mod holiday;
mod list;
mod table;
mod terms;

pub use holiday::Holiday;
pub use list::NumberRanges;
pub use table::{Amount, Holds, Table, Value};
pub use terms::{Terms, Window};

use crate::domain::{Month, Record, Usd};
use crate::problem::{Problem, code};
use closed_days::ClosedDays;
use holiday::HolidayFile;
use jiff::civil::Date;
use list::{EinPrefixFile, SsnAreaFile};
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use table::TABLES;

/// The version of the rules built into this engine.
pub const RULES_VERSION: &str = "2026.1";

/// All parameters of the rules.
#[derive(Debug, Clone)]
pub struct Parameters {
    tables: Vec<Table>,
    thresholds: Vec<Thresholds>,
    /// The payment calculation base of each year: title II, title XVI.
    bases: Vec<(Option<Usd>, Option<Usd>)>,
    terms: Vec<(Month, Terms)>,
    ein_prefixes: EinPrefixFile,
    ssn_areas: SsnAreaFile,
    holidays: HolidayFile,
    closed_days: ClosedDays,
    version: String,
}

/// The monthly earnings levels of one calendar year; each may be unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Thresholds {
    /// Trial work level.
    pub trial_work_level: Option<Usd>,
    /// Substantial gainful activity for people who are not blind.
    pub sga_non_blind: Option<Usd>,
    /// Substantial gainful activity for the statutorily blind.
    pub sga_blind: Option<Usd>,
}

/// The table of the days on which an executive order closed federal offices.
const CLOSURES: &str = "federal_closure";
/// Years whose thresholds and closed days are kept at hand.
const FIRST_YEAR: i32 = 1990;
const LAST_YEAR: i32 = 2099;

impl Parameters {
    /// The parameters that the engine was built with.
    ///
    /// # Errors
    /// The problems of the built-in files; none in a released engine.
    pub fn builtin() -> Result<&'static Self, &'static [Problem]> {
        static BUILTIN: LazyLock<Result<Parameters, Vec<Problem>>> = LazyLock::new(Parameters::read_builtin);
        BUILTIN.as_ref().map_err(Vec::as_slice)
    }

    fn read_builtin() -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let tables = TABLES.iter().map(|(name, text)| Table::read_builtin(name, text, &mut problems)).collect();
        let lists = (list::read_ein_prefixes(), list::read_ssn_areas(), holiday::read());
        let (Ok(ein_prefixes), Ok(ssn_areas), Ok(holidays)) = lists else {
            problems.push(Problem::new(&code::PARAM_FILE_INVALID, "/"));
            return Err(problems);
        };
        if problems.is_empty() {
            let mut parameters = Self {
                tables,
                thresholds: Vec::new(),
                bases: Vec::new(),
                terms: Vec::new(),
                ein_prefixes,
                ssn_areas,
                holidays,
                closed_days: ClosedDays::default(),
                version: RULES_VERSION.to_owned(),
            };
            parameters.prepare().map(|()| parameters)
        } else {
            Err(problems)
        }
    }

    /// These parameters with an operator's files added: each is named like a built-in file (`trial_work_level.toml`), has its
    /// form, and may only add later dates. The version then ends with a hash of what was added.
    ///
    /// # Errors
    /// Every problem of every file.
    pub fn with_files<'a>(&self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Vec<Problem>> {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_unstable();
        let mut all = self.clone();
        let mut problems = Vec::new();
        let mut hash = Sha256::new();
        for (file, text) in &files {
            let name = file.strip_suffix(".toml").unwrap_or(file);
            if let Some(table) = all.tables.iter_mut().find(|table| table.name == name) {
                let added = Table::read(name, text, &mut problems);
                table.extend(added, &mut problems);
            } else {
                problems.push(Problem::new(&code::PARAM_FILE_UNKNOWN, &format!("/{name}")));
            }
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        if !files.is_empty() {
            let digest = hash.finalize();
            let short = digest.iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
            all.version = format!("{}+{short:012x}", self.version);
        }
        all.prepare().map(|()| all)
    }

    fn prepare(&mut self) -> Result<(), Vec<Problem>> {
        self.thresholds = (FIRST_YEAR..=LAST_YEAR)
            .map(|year| {
                let at = |name| self.usd(name, "", year);
                Thresholds {
                    trial_work_level: at("trial_work_level"),
                    sga_non_blind: at("sga_non_blind"),
                    sga_blind: at("sga_blind"),
                }
            })
            .collect();
        let base = |record: Record, year| self.usd("payment_calculation_base", record.as_str(), year);
        self.bases = (FIRST_YEAR..=LAST_YEAR).map(|year| (base(Record::T2, year), base(Record::T16, year))).collect();
        self.closed_days = ClosedDays::of(&self.holidays, self.tables.iter().find(|table| table.name == CLOSURES));
        self.terms = Terms::by_date(&self.tables).ok_or_else(|| vec![Problem::new(&code::PARAM_FILE_INVALID, "/")])?;
        Ok(())
    }

    /// The version of rules and parameters together: `2026.1`, with a hash appended when an operator added values.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Every table, by name.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The earnings levels of a calendar year (PAR-01).
    #[must_use]
    pub fn thresholds(&self, year: i32) -> &Thresholds {
        const NONE: &Thresholds = &Thresholds { trial_work_level: None, sga_non_blind: None, sga_blind: None };
        usize::try_from(year - FIRST_YEAR).ok().and_then(|index| self.thresholds.get(index)).unwrap_or(NONE)
    }

    /// The terms that hold in a month: windows, counts, percentages.
    ///
    /// Before the first date of a table its first value holds, since nothing older is known to differ.
    #[must_use]
    pub fn terms(&self, month: Month) -> &Terms {
        const NONE: &Terms = &Terms::NONE;
        let later = self.terms.iter().rev().find(|(from, _)| *from <= month);
        later.or_else(|| self.terms.first()).map_or(NONE, |(_, terms)| terms)
    }

    /// The payment calculation base of a record in a year (PAY-01 to PAY-04).
    #[must_use]
    pub fn payment_calculation_base(&self, record: Record, year: i32) -> Option<Usd> {
        let bases = usize::try_from(year - FIRST_YEAR).ok().and_then(|index| self.bases.get(index))?;
        match record {
            Record::T2 => bases.0,
            Record::T16 => bases.1,
        }
    }

    /// A rate that was published for a year without a base; `kind` as in `payment_percent`.
    #[must_use]
    pub fn published_rate(&self, kind: &str, record: Record, year: i32) -> Option<Usd> {
        self.usd("published_rate", &format!("{kind}/{}", record.as_str()), year)
    }

    /// A whole number that holds in a month. As with [`Self::terms`], the first value holds before its date.
    #[must_use]
    pub fn whole_number(&self, table: &str, key: &str, month: Month) -> Option<i32> {
        let table = self.tables.iter().find(|candidate| candidate.name == table)?;
        let first = || table.values.iter().find(|value| value.key == key);
        table.at(key, month).or_else(first)?.amount.number()?.to_i32()
    }

    fn usd(&self, table: &str, key: &str, year: i32) -> Option<Usd> {
        let january = Month::new(i16::try_from(year).ok()?, 1);
        let table = self.tables.iter().find(|candidate| candidate.name == table)?;
        table.at(key, january).and_then(|value| value.amount.number()).map(Usd::from)
    }

    /// Prefixes of Employer Identification Numbers that are issued.
    #[must_use]
    pub const fn ein_prefixes(&self) -> &NumberRanges {
        &self.ein_prefixes.ranges
    }

    /// Areas of Social Security numbers that are never assigned.
    #[must_use]
    pub const fn never_assigned_areas(&self) -> &NumberRanges {
        &self.ssn_areas.ranges
    }

    /// Areas of test people.
    #[must_use]
    pub const fn test_areas(&self) -> &NumberRanges {
        &self.ssn_areas.test_ranges
    }

    /// Social Security numbers that were printed in public and belong to nobody.
    #[must_use]
    pub fn published_ssns(&self) -> &[String] {
        &self.ssn_areas.published
    }

    /// The federal holidays observed in a year, oldest first. An observed day may belong to the next year's holiday: January 1 on
    /// a Saturday is observed on December 31.
    #[must_use]
    pub fn federal_holidays(&self, year: i16) -> Vec<(Date, &str)> {
        self.holidays.observed_in(year)
    }

    /// Whether federal offices work on a day: Monday to Friday, no holiday observed, no closing by executive order (CAL-01, CAL-02). None
    /// outside the years of which the holidays are known.
    #[must_use]
    pub fn is_business_day(&self, day: Date) -> Option<bool> {
        self.closed_days.is_business_day(day)
    }

    /// The amount that holds in a month; none where none is known.
    #[must_use]
    pub fn amount(&self, table: &str, key: &str, month: Month) -> Option<Usd> {
        let table = self.tables.iter().find(|candidate| candidate.name == table)?;
        table.at(key, month)?.amount.number().map(Usd::from)
    }

    /// What `GET /v1/parameters` answers: every parameter, or only the values that hold in `on`.
    #[must_use]
    pub const fn view(&self, on: Option<Month>) -> ParametersView<'_> {
        ParametersView { parameters: self, on }
    }
}

/// The parameters as they are shown, all of them or those of one month.
#[derive(Debug, Clone, Copy)]
pub struct ParametersView<'a> {
    parameters: &'a Parameters,
    on: Option<Month>,
}

impl Serialize for ParametersView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let tables: Vec<_> = self.parameters.tables.iter().map(|table| table.view(self.on)).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("on", &self.on)?;
        map.serialize_entry("parameters", &tables)?;
        map.serialize_entry("ein_prefix", &self.parameters.ein_prefixes)?;
        map.serialize_entry("ssn_never_assigned", &self.parameters.ssn_areas)?;
        map.serialize_entry("federal_holiday", &self.parameters.holidays)?;
        map.serialize_entry("rules_version", &self.parameters.version)?;
        map.end()
    }
}

#[cfg(test)]
mod tests;
