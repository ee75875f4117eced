//! The shares of a split payment (SPL-01, SPL-04).

use crate::domain::Usd;
use crate::problem::{Problem, code};
use crate::read::{MAX_BYTES, Path, Read, Reader, parse};
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

/// A payment and who gets how much of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Split {
    /// The whole payment.
    pub amount: Usd,
    /// In the order of the assignments.
    pub shares: Vec<Share>,
    /// The rules applied.
    pub rules: Vec<&'static str>,
}

/// One provider's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The provider.
    pub provider: Box<str>,
    /// Its percentage.
    pub percent: u8,
    /// Its whole dollars.
    pub amount: Usd,
}

/// Divides whole dollars by percentages, so that the shares add up to the payment: the dollars that rounding down leaves go to the
/// largest remainders, to the earlier provider when they tie.
///
/// ```
/// use ttw_core::{decision::split, domain::Usd};
/// let shares = split(Usd::from_dollars(419), &[("EN-A".into(), 50), ("EN-B".into(), 50)]);
/// assert_eq!(shares[0].amount.to_string(), "210.00");
/// assert_eq!(shares[1].amount.to_string(), "209.00");
/// ```
#[must_use]
pub fn split(amount: Usd, percents: &[(Box<str>, u8)]) -> Vec<Share> {
    let dollars = amount.dollars().to_u64().unwrap_or(0);
    let exact: Vec<u64> = percents.iter().map(|(_, percent)| dollars.saturating_mul(u64::from(*percent))).collect();
    let floors: u64 = exact.iter().map(|hundredths| hundredths / 100).sum();
    let mut by_remainder: Vec<usize> = (0..exact.len()).collect();
    by_remainder.sort_by_key(|index| std::cmp::Reverse(exact.get(*index).map_or(0, |hundredths| hundredths % 100)));
    let left = usize::try_from(dollars.saturating_sub(floors)).unwrap_or(0);
    let gets_one: Vec<usize> = by_remainder.into_iter().take(left).collect();
    let share = |(index, ((provider, percent), hundredths)): (usize, (&(Box<str>, u8), &u64))| {
        let whole = hundredths / 100 + u64::from(gets_one.contains(&index));
        let amount = Usd::from_cents(i64::try_from(whole).unwrap_or(i64::MAX / 100).saturating_mul(100));
        Share { provider: provider.clone(), percent: *percent, amount }
    };
    percents.iter().zip(&exact).enumerate().map(share).collect()
}

/// Reads and answers `{"amount", "shares": [{"provider", "percent"}], "payment"?}`.
///
/// # Errors
/// All that is wrong with the request.
pub fn split_json(text: &[u8]) -> Read<Split> {
    let value = parse(text, MAX_BYTES)?;
    let mut reader = Reader::default();
    let root = Path::Root;
    let answer = (|| {
        let [amount, shares, payment] = reader.object(&value, &root, &["amount", "shares", "payment"])?;
        let amount = reader.money(amount, &root.key("amount"));
        if amount.is_some_and(|amount| !amount.is_whole_dollars()) {
            reader.refuse(&code::MONEY_WHOLE_DOLLARS, &root.key("amount"));
        }
        let payment = payment.and_then(|_| reader.text(payment, &root.key("payment")));
        let percents = read_shares(&mut reader, shares, &root.key("shares"));
        let mut rules = vec!["SPL-01", "SPL-04"];
        if payment == Some("reconciliation") {
            rules.insert(0, "REC-04");
        }
        let (amount, percents) = (amount?, percents?);
        Some(Split { amount, shares: split(amount, &percents), rules })
    })();
    reader.finish(answer)
}

fn read_shares(
    reader: &mut Reader,
    field: Option<&serde_json_borrow::Value<'_>>,
    path: &Path<'_>,
) -> Option<Vec<(Box<str>, u8)>> {
    reader.required(field, path)?;
    let items = reader.list(field, path);
    let mut percents: Vec<(Box<str>, u8)> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let at = path.index(index);
        let Some([provider, percent]) = reader.object(item, &at, &["provider", "percent"]) else { continue };
        let provider = reader.id(provider, &at.key("provider"));
        let percent = reader.small_number(percent, &at.key("percent"), 100, &code::SHARE_PERCENT);
        let Some((provider, percent)) = provider.zip(percent) else { continue };
        if percents.iter().any(|(named, _)| *named == provider) {
            reader.refuse(&code::SHARE_DUPLICATE, &at.key("provider"));
        }
        percents.push((provider, percent));
    }
    if items.is_empty() {
        reader.refuse(&code::SHARES_EMPTY, path);
    } else if percents.len() == items.len()
        && percents.iter().map(|(_, percent)| u32::from(*percent)).sum::<u32>() != 100
    {
        reader.add(Problem::new(&code::SHARES_TOTAL, &path.pointer()));
    }
    Some(percents)
}
