//! The shares of a split payment (SPL-01, SPL-04).

use crate::domain::{PaymentAsked, PaymentName, Usd};
use crate::problem::{Problem, code};
use crate::read::{MAX_BYTES, Path, Read, Reader, claimed_payment, parse};
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
        let payment = payment.and_then(|_| claimed_payment(&mut reader, payment, &root.key("payment")));
        let percents = read_shares(&mut reader, shares, &root.key("shares"));
        let mut rules = vec!["SPL-01", "SPL-04"];
        if payment == Some(PaymentAsked::Named(PaymentName::Reconciliation)) {
            rules.insert(0, "REC-04");
        }
        let (amount, percents) = (amount?, percents?);
        Some(Split { amount, shares: split(amount, &percents), rules })
    })();
    reader.finish(answer)
}

/// Whether percentages add up to 100.
pub(crate) fn are_whole(percents: impl Iterator<Item = u8>) -> bool {
    percents.map(u32::from).sum::<u32>() == 100
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
    } else if percents.len() == items.len() && !are_whole(percents.iter().map(|(_, percent)| *percent)) {
        reader.add(Problem::new(&code::SHARES_TOTAL, &path.pointer()));
    }
    Some(percents)
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::domain::Usd;

    fn shares(dollars: i32, percents: &[u8]) -> Vec<String> {
        let percents: Vec<(Box<str>, u8)> =
            percents.iter().enumerate().map(|(n, p)| (format!("EN-{n}").into(), *p)).collect();
        split(Usd::from_dollars(dollars), &percents).into_iter().map(|share| share.amount.to_string()).collect()
    }

    #[test]
    fn the_payment_is_one_that_there_is() {
        let ask = |payment: &str| {
            let shares = r#"[{"provider": "EN-A", "percent": 100}]"#;
            super::split_json(
                format!(r#"{{"amount": "10.00", "shares": {shares}, "payment": "{payment}"}}"#).as_bytes(),
            )
        };
        assert_eq!(ask("reconciliation").unwrap().rules, ["REC-04", "SPL-01", "SPL-04"]);
        assert_eq!(ask("p1m1").unwrap().rules, ["SPL-01", "SPL-04"]);
        let problems = ask("zz").unwrap_err();
        let told: Vec<_> = problems.iter().map(|problem| (problem.code, &*problem.path)).collect();
        assert_eq!(told, [("CLAIM_PAYMENT_NAME", "/payment")]);
    }

    #[test]
    fn dollars_left_over_go_to_the_largest_remainders() {
        for (amount, percents, expected) in [
            (1398, &[100][..], &["1398.00"][..]),
            (1398, &[30, 30, 40], &["420.00", "419.00", "559.00"]),
            (419, &[50, 50], &["210.00", "209.00"]),
            // $251.40 and $167.60: the larger remainder is the later provider's.
            (419, &[60, 40], &["251.00", "168.00"]),
            // $838.80, $279.60, $279.60: two dollars are left, one for the largest remainder and one for the earlier of the others.
            (1398, &[60, 20, 20], &["839.00", "280.00", "279.00"]),
            (7405, &[60, 40], &["4443.00", "2962.00"]),
            (1, &[20, 20, 30, 30], &["0.00", "0.00", "1.00", "0.00"]),
            (0, &[60, 40], &["0.00", "0.00"]),
            (100, &[100, 0], &["100.00", "0.00"]),
        ] {
            assert_eq!(shares(amount, percents), expected, "{amount} {percents:?}");
        }
    }

    #[test]
    fn shares_add_up_to_the_payment() {
        for amount in 0..2000 {
            for percents in [&[10, 20, 30, 40][..], &[70, 10, 10, 10], &[33, 33, 34], &[50, 50]] {
                let sum: u32 = shares(amount, percents)
                    .iter()
                    .map(|share| share.trim_end_matches(".00").parse::<u32>().unwrap())
                    .sum();
                assert_eq!(sum, amount.unsigned_abs(), "{percents:?}");
            }
        }
    }

    #[test]
    fn a_request_is_read_whole_or_refused_whole() {
        let answer = super::split_json(br#"{"amount": "419.00", "shares": [{"provider": "EN-A", "percent": 60}, {"provider": "EN-B", "percent": 40}]}"#);
        let answer = answer.unwrap();
        assert_eq!(answer.rules, ["SPL-01", "SPL-04"]);
        assert_eq!(answer.shares.iter().map(|share| &*share.provider).collect::<Vec<_>>(), ["EN-A", "EN-B"]);
        for (request, path) in [
            (r#"{"amount": "419.50", "shares": [{"provider": "EN-A", "percent": 100}]}"#, "/amount"),
            (r#"{"amount": "419", "shares": []}"#, "/shares"),
            (r#"{"amount": "419", "shares": [{"provider": "EN-A", "percent": 99}]}"#, "/shares"),
            (r#"{"amount": "419", "shares": [{"provider": "EN-A", "percent": 101}]}"#, "/shares/0/percent"),
            (
                r#"{"amount": "419", "shares": [{"provider": "EN-A", "percent": 50}, {"provider": "EN-A", "percent": 50}]}"#,
                "/shares/1/provider",
            ),
        ] {
            let problems = super::split_json(request.as_bytes()).unwrap_err();
            assert_eq!(problems.iter().map(|problem| &*problem.path).collect::<Vec<_>>(), [path], "{request}");
        }
    }
}
