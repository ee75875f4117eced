//! The names of the payments a ticket can carry.

use serde::{Serialize, Serializer};
use std::fmt;

/// One payment of a ticket: `p1m1` to `p1m4`, `p2m1` to `p2m18`, `outcome1` to `outcome60`, `reconciliation`.
///
/// ```
/// use ttw_core::domain::PaymentName;
/// assert_eq!(PaymentName::parse("p2m11"), Some(PaymentName::Phase2(11)));
/// assert_eq!(PaymentName::parse("p1m5"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaymentName {
    /// A Phase 1 milestone, 1 to 4.
    Phase1(u8),
    /// A Phase 2 milestone, 1 to 11 (title II) or 18 (title XVI).
    Phase2(u8),
    /// An outcome payment, 1 to 36 (title II) or 60 (title XVI).
    Outcome(u8),
    /// The milestone reconciliation payment.
    Reconciliation,
}

/// The highest number of any ticket: Phase 1, Phase 2, outcome.
const HIGHEST: (u8, u8, u8) = (4, 18, 60);

impl PaymentName {
    /// Reads a name; `None` for an unknown name or a number that no ticket has.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |digits: &str, highest: u8| {
            let plain = !digits.starts_with('0') && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse().ok().filter(|n: &u8| plain && (1..=highest).contains(n))
        };
        if let Some(digits) = text.strip_prefix("p1m") {
            number(digits, HIGHEST.0).map(Self::Phase1)
        } else if let Some(digits) = text.strip_prefix("p2m") {
            number(digits, HIGHEST.1).map(Self::Phase2)
        } else if let Some(digits) = text.strip_prefix("outcome") {
            number(digits, HIGHEST.2).map(Self::Outcome)
        } else {
            (text == "reconciliation").then_some(Self::Reconciliation)
        }
    }
}

impl fmt::Display for PaymentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phase1(number) => write!(f, "p1m{number}"),
            Self::Phase2(number) => write!(f, "p2m{number}"),
            Self::Outcome(number) => write!(f, "outcome{number}"),
            Self::Reconciliation => f.write_str("reconciliation"),
        }
    }
}

impl Serialize for PaymentName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a question asks for: a payment by name, or the next Phase 2 milestone or outcome due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentAsked {
    /// A payment by its name.
    Named(PaymentName),
    /// `p2`: the lowest Phase 2 number not yet paid.
    NextPhase2,
    /// `outcome`: the lowest outcome number not yet paid.
    NextOutcome,
}

impl PaymentAsked {
    /// Reads a payment's name, `p2` or `outcome`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "p2" => Some(Self::NextPhase2),
            "outcome" => Some(Self::NextOutcome),
            named => PaymentName::parse(named).map(Self::Named),
        }
    }
}

impl fmt::Display for PaymentAsked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => name.fmt(f),
            Self::NextPhase2 => f.write_str("p2"),
            Self::NextOutcome => f.write_str("outcome"),
        }
    }
}

impl Serialize for PaymentAsked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back_and_no_other() {
        let names = (1..=4)
            .map(PaymentName::Phase1)
            .chain((1..=18).map(PaymentName::Phase2))
            .chain((1..=60).map(PaymentName::Outcome))
            .chain([PaymentName::Reconciliation]);
        for name in names {
            assert_eq!(PaymentName::parse(&name.to_string()), Some(name));
        }
        for bad in [
            "",
            "p1m0",
            "p1m5",
            "p2m0",
            "p2m19",
            "p2m01",
            "outcome0",
            "outcome61",
            "outcome",
            "p2",
            "P1M1",
            "outcome-1",
            "p1m+1",
        ] {
            assert_eq!(PaymentName::parse(bad), None, "{bad}");
        }
    }
}
