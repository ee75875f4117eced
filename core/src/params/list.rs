//! Lists of number ranges: prefixes of employer numbers, areas of Social Security numbers.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Ranges of small numbers, both ends included; written `["01-06", "10-16"]`.
#[derive(Debug, Clone, Default)]
pub struct NumberRanges {
    text: Vec<String>,
    ranges: Vec<(u16, u16)>,
}

impl NumberRanges {
    /// Whether a number lies in one of the ranges.
    #[must_use]
    pub fn contains(&self, number: u16) -> bool {
        self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&number))
    }
}

impl<'de> Deserialize<'de> for NumberRanges {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Vec::<String>::deserialize(deserializer)?;
        let ranges: Option<Vec<_>> = text
            .iter()
            .map(|range| {
                let (first, last) = range.split_once('-')?;
                Some((first.parse().ok()?, last.parse().ok()?))
            })
            .collect();
        let ranges =
            ranges.ok_or_else(|| serde::de::Error::custom("a range is two numbers with a hyphen between them"))?;
        Ok(Self { text, ranges })
    }
}

impl Serialize for NumberRanges {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EinPrefixFile {
    title: String,
    unit: String,
    cite: String,
    verified_through: String,
    source: String,
    pub(super) ranges: NumberRanges,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SsnAreaFile {
    title: String,
    unit: String,
    cite: String,
    verified_through: String,
    source: String,
    pub(super) ranges: NumberRanges,
    pub(super) test_ranges: NumberRanges,
    // Numbers shaped like a person's are not shown, even though they are nobody's.
    #[serde(skip_serializing)]
    pub(super) published: Vec<String>,
}

pub(super) fn read_ein_prefixes() -> serde_json::Result<EinPrefixFile> {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/ein_prefix.json")))
}

pub(super) fn read_ssn_areas() -> serde_json::Result<SsnAreaFile> {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/ssn_never_assigned.json")))
}
