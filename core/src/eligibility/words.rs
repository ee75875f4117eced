//! Words that several rules share.

use super::reason::{Amount, Unknown};
use crate::domain::{Month, Record};
use crate::facts::{Facts, Level, Purpose};

/// `1 month`, `3 months`.
pub(super) fn months(count: impl Into<i64>) -> String {
    let count = count.into();
    format!("{count} month{}", if count == 1 { "" } else { "s" })
}

/// `is` or `are`.
pub(super) fn are(count: impl Into<i64>) -> &'static str {
    if count.into() == 1 { "is" } else { "are" }
}

/// The title of a record as a sentence has it.
pub(super) const fn title(record: Record) -> &'static str {
    match record {
        Record::T2 => "title II",
        Record::T16 => "title XVI",
    }
}

/// The statuses of a month that are not known.
pub(super) fn unknown_benefits(facts: &Facts<'_>, month: Month) -> impl Iterator<Item = Unknown> {
    let records = facts.records_of(month).iter();
    records
        .filter(move |record| facts.month(month).status(**record).is_none())
        .map(move |r| Unknown::Benefits(month, *r))
}

/// The statuses that leave the beginning or the length of the outcome period open up to a month.
pub(super) fn unknown_outcome_benefits(facts: &Facts<'_>, by: Month) -> Vec<Unknown> {
    facts.unknown_outcome_months(by).flat_map(|month| unknown_benefits(facts, month)).collect()
}

/// The years among some months in which a level is not known.
pub(super) fn unknown_levels(facts: &Facts<'_>, level: Level, months: impl Iterator<Item = Month>) -> Vec<Unknown> {
    let mut years: Vec<i32> = months.filter(|m| facts.level(level, *m).is_none()).map(Month::year).collect();
    years.dedup();
    years.into_iter().map(Unknown::Thresholds).collect()
}

/// A level in each year from one month to another.
pub(super) fn levels_by_year(facts: &Facts<'_>, level: Level, first: Month, last: Month) -> Vec<Amount> {
    (first.year()..=last.year())
        .filter_map(|year| Month::new(i16::try_from(year).ok()?, 1).into())
        .map(|january| Amount { year: january.year(), amount: facts.level(level, january) })
        .collect()
}

/// What each record's status is in a month: `title II in current pay`.
pub(super) fn statuses(facts: &Facts<'_>, month: Month) -> String {
    let mut text = String::new();
    for record in facts.records_of(month) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(title(*record));
        text.push(' ');
        text.push_str(facts.month(month).status(*record).map_or("not known", |status| status.in_words()));
    }
    text
}

/// The larger of the amounts on the bases that count in a month, with the basis.
pub(super) fn earnings(facts: &Facts<'_>, month: Month, purpose: Purpose) -> (crate::domain::Usd, crate::facts::Basis) {
    let all = facts.bases(month, purpose).iter().map(|basis| (facts.month(month).earnings(*basis), *basis));
    let mut best = (crate::domain::Usd::ZERO, crate::facts::Basis::Earned);
    for (index, candidate) in all.enumerate() {
        if index == 0 || candidate.0 > best.0 {
            best = candidate;
        }
    }
    best
}
