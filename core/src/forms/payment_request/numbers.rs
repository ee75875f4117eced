//! Numbers of a request and what they may be.

use super::super::Sheet;
use super::code;
use super::request::Hours;
use crate::domain::Usd;
use crate::problem::{Problem, code as shared};
use crate::read::Path;
use serde_json_borrow::Value;

/// What a number may be, in hundredths.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    lowest: i64,
    highest: i64,
    words: &'static str,
}

pub(super) const HOURLY_WAGE: Limits = Limits { lowest: 1, highest: 99_999, words: "more than 0 and at most 999.99" };
pub(super) const HOURS_A_WEEK: Limits = Limits { lowest: 1, highest: 16_800, words: "more than 0 and at most 168" };
pub(super) const HOURS_A_MONTH: Limits = Limits { lowest: 0, highest: 74_400, words: "from 0 to 744" };
pub(super) const GROSS: Limits = Limits { lowest: 1, highest: 9_999_999, words: "more than 0 and at most 99,999.99" };
pub(super) const YEAR_TO_DATE: Limits = Limits { lowest: 0, highest: 99_999_999_999, words: "0 or more" };

impl Limits {
    /// Whether a number keeps them; one that does not is told.
    pub(super) fn hold(self, sheet: &mut Sheet<'_>, number: Usd, path: &Path<'_>) -> bool {
        let holds = (Usd::from_cents(self.lowest)..=Usd::from_cents(self.highest)).contains(&number);
        if !holds {
            sheet.add(Problem::new(&code::PR_OUT_OF_RANGE, &path.pointer()).with("range", self.words));
        }
        holds
    }
}

/// Wages that must be there. Below zero they are out of range: a loss is no matter of wages.
pub(super) fn read_wages(
    sheet: &mut Sheet<'_>,
    field: Option<&Value<'_>>,
    limits: Limits,
    path: &Path<'_>,
) -> Option<Usd> {
    let amount = match sheet.required(field, path)? {
        Value::Str(text) => Usd::parse(text),
        _ => None,
    };
    if amount.is_none() {
        sheet.refuse(&shared::MONEY_FORMAT, path);
    }
    amount.filter(|amount| limits.hold(sheet, *amount, path))
}

/// Hours are written as amounts are, with two places at most.
pub(super) fn read_hours(
    sheet: &mut Sheet<'_>,
    field: Option<&Value<'_>>,
    limits: Limits,
    path: &Path<'_>,
) -> Option<Hours> {
    let number = match field {
        None | Some(Value::Null) => return None,
        Some(Value::Str(text)) => Usd::parse(text),
        Some(_) => None,
    };
    if number.is_none() {
        sheet.refuse(&code::PR_HOURS_FORMAT, path);
    }
    number.filter(|number| limits.hold(sheet, *number, path)).map(|number| Hours(number.dollars()))
}
