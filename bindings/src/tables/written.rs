//! Amounts and days as the text that a document has of them.

use bumpalo::Bump;
use std::fmt::{self, Write};
use std::sync::LazyLock;

/// Writes a text among others.
fn text<'t>(texts: &'t Bump, parts: fmt::Arguments<'_>) -> &'t str {
    let mut text = bumpalo::collections::String::new_in(texts);
    // It cannot fail: what is written into is memory.
    let _ = text.write_fmt(parts);
    text.into_bump_str()
}

/// A decimal as it is written; further places than two are kept if they are not zeros, and then refused.
pub(super) fn decimal_text(unscaled: i128, scale: u32, texts: &Bump) -> &str {
    let (mut size, mut scale) = (unscaled.unsigned_abs(), scale);
    while scale > 2 && size.is_multiple_of(10) {
        size /= 10;
        scale -= 1;
    }
    let sign = if unscaled < 0 { "-" } else { "" };
    match u64::try_from(size) {
        Ok(size) if scale <= MOST_PLACES => short_decimal_text(unscaled < 0, size, scale, texts),
        _ => {
            let places = usize::try_from(scale).unwrap_or_default();
            let digits = format!("{size:0width$}", width = places + 1);
            let (whole, rest) = digits.split_at_checked(digits.len() - places).unwrap_or_default();
            text(texts, format_args!("{sign}{whole}{point}{rest}", point = if places > 0 { "." } else { "" }))
        }
    }
}

/// The places of a decimal that [`short_decimal_text`] writes.
const MOST_PLACES: u32 = 20;

/// The same from the last digit to the first; most cells of a case are amounts.
fn short_decimal_text(is_negative: bool, size: u64, places: u32, texts: &Bump) -> &str {
    let mut bytes = [0; 24];
    let (mut left, mut digits, mut start) = (size, 0, bytes.len());
    let mut slots = bytes.iter_mut().rev();
    let mut put = |byte| {
        if let Some(slot) = slots.next() {
            *slot = byte;
            start -= 1;
        }
    };
    while left > 0 || digits <= places {
        if digits == places && places > 0 {
            put(b'.');
        }
        put(b'0' + u8::try_from(left % 10).unwrap_or_default());
        left /= 10;
        digits += 1;
    }
    if is_negative {
        put(b'-');
    }
    texts.alloc_str(bytes.get(start..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default())
}

/// Year, month and day of a count of days from 1970, by the calendar of the Gregorian cycle of 400 years.
fn civil(days: i32) -> (i64, i64, i64) {
    let shifted = i64::from(days) + 719_468;
    let (cycle, of_cycle) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + cycle * 400 + i64::from(month <= 2), month, day)
}

/// Days from 1970 to the first of a month.
pub(super) fn first_of_month(year: i32, month: i32) -> i32 {
    let year = i64::from(year) - i64::from(month <= 2);
    let (cycle, of_cycle) = (year.div_euclid(400), year.rem_euclid(400));
    let from_march = i64::from(if month > 2 { month - 3 } else { month + 9 });
    let of_year = (153 * from_march + 2) / 5;
    let days = cycle * 146_097 + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year - 719_468;
    i32::try_from(days).unwrap_or_default()
}

pub(super) const MICROS_OF_A_DAY: i64 = 86_400_000_000;

pub(super) fn day_of(micros: i64) -> i32 {
    i32::try_from(micros.div_euclid(MICROS_OF_A_DAY)).unwrap_or(i32::MAX)
}

pub(super) fn day_text<'t>(days: i32, after: &str, texts: &'t Bump) -> &'t str {
    let (year, month, day) = civil(days);
    text(texts, format_args!("{year:04}-{month:02}-{day:02}{after}"))
}

/// The first and the last year whose months are written beforehand.
const WRITTEN: (i64, i64) = (1960, 2099);

static WRITTEN_MONTHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    (WRITTEN.0..=WRITTEN.1).flat_map(|year| (1..=12).map(move |month| format!("{year:04}-{month:02}"))).collect()
});

pub(super) fn month_text(days: i32, texts: &Bump) -> &str {
    let (year, month, _) = civil(days);
    let written = usize::try_from((year - WRITTEN.0) * 12 + month - 1).ok().and_then(|at| WRITTEN_MONTHS.get(at));
    match written {
        Some(text) => text,
        None => text(texts, format_args!("{year:04}-{month:02}")),
    }
}
