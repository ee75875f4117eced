//! Reasons: what a rule said, in words and in numbers, and what it could not know.

use crate::domain::{Month, Record, Usd};
use crate::facts::Truth;
use jiff::civil::Date;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One rule's part in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The rule's id.
    pub rule: &'static str,
    /// True, false, or null where it cannot be known.
    pub holds: Truth,
    /// One sentence.
    pub text: Cow<'static, str>,
    /// The numbers of the sentence.
    pub facts: Trail,
    /// Law and documents.
    pub source: &'static str,
}

/// What a rule says of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub text: Cow<'static, str>,
    pub facts: Trail,
    pub missing: Vec<Unknown>,
}

impl Said {
    pub(crate) fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self { text: text.into(), facts: Trail::default(), missing: Vec::new() }
    }

    pub(crate) fn fact(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.facts.0.push((name, fact.into()));
        self
    }

    pub(crate) fn missing(mut self, unknown: impl IntoIterator<Item = Unknown>) -> Self {
        self.missing.extend(unknown);
        self
    }
}

/// Named facts, in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail(pub(crate) Vec<(&'static str, Fact)>);

impl Trail {
    /// The same with one fact more.
    pub(crate) fn with(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.0.push((name, fact.into()));
        self
    }
}

impl Serialize for Trail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, fact) in &self.0 {
            map.serialize_entry(name, fact)?;
        }
        map.end()
    }
}

/// One fact of a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// Not known, or none.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A count.
    Count(i64),
    /// A month.
    Month(Month),
    /// Months.
    Months(Vec<Month>),
    /// A day.
    Date(Date),
    /// An amount.
    Usd(Usd),
    /// Amounts by name.
    Amounts(Vec<Amount>),
    /// A word of the contract.
    Word(&'static str),
    /// A name or id from the case.
    Text(String),
}

/// An amount and what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// A calendar year.
    pub year: i32,
    /// The amount.
    pub amount: Option<Usd>,
}

macro_rules! fact_from {
    ($($from:ty => |$value:ident| $fact:expr;)*) => {
        $(impl From<$from> for Fact {
            fn from($value: $from) -> Self {
                $fact
            }
        })*
    };
}

fact_from! {
    bool => |value| Self::Bool(value);
    u8 => |value| Self::Count(value.into());
    u16 => |value| Self::Count(value.into());
    i32 => |value| Self::Count(value.into());
    i64 => |value| Self::Count(value);
    Month => |value| Self::Month(value);
    Vec<Month> => |value| Self::Months(value);
    Date => |value| Self::Date(value);
    Usd => |value| Self::Usd(value);
    Vec<Amount> => |value| Self::Amounts(value);
    &'static str => |value| Self::Word(value);
    String => |value| Self::Text(value);
}

impl<T: Into<Self>> From<Option<T>> for Fact {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A fact or parameter that a rule did not find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unknown {
    /// The status of a record in a month.
    Benefits(Month, Record),
    /// Pay statements of a month.
    PayStatements(Month),
    /// The earnings levels of a year.
    Thresholds(i32),
    /// The payment rate of a year.
    Rate(i32),
}

/// A missing fact as the contract shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// JSON pointer to where the fact would stand.
    pub path: String,
    /// The month it is about.
    pub month: Option<Month>,
    /// The record it is about.
    pub title: Option<Record>,
    /// Ids of the rules that it would settle.
    pub settles: Vec<&'static str>,
}

impl From<Unknown> for Missing {
    fn from(unknown: Unknown) -> Self {
        let (path, month, title) = match unknown {
            Unknown::Benefits(month, record) => ("/case/benefits".to_owned(), Some(month), Some(record)),
            Unknown::PayStatements(month) => ("/case/pay_statements".to_owned(), Some(month), None),
            Unknown::Thresholds(year) => (format!("/parameters/thresholds/{year}"), None, None),
            Unknown::Rate(year) => (format!("/parameters/rates/{year}"), None, None),
        };
        Self { path, month, title, settles: Vec::new() }
    }
}

/// What the rules did not find, each fact once, in the order in which it was first missed, with all the rules that it would settle.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    places: BTreeMap<Unknown, usize>,
    missing: Vec<Missing>,
}

impl Gathered {
    pub(crate) fn add(&mut self, rule: &'static str, unknown: &[Unknown]) {
        for fact in unknown {
            let place = *self.places.entry(*fact).or_insert_with(|| {
                self.missing.push(Missing::from(*fact));
                self.missing.len() - 1
            });
            if let Some(missing) = self.missing.get_mut(place)
                && missing.settles.last() != Some(&rule)
            {
                missing.settles.push(rule);
            }
        }
    }

    pub(crate) fn finish(self) -> Vec<Missing> {
        self.missing
    }
}
