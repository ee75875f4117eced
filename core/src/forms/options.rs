//! The option lists of the forms: versioned data that an operator can replace without a build.

use crate::problem::{Problem, code};
use crate::read::Read;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The lists the engine was built with: name and text.
const BUILTIN: &[(&str, &str)] = &[
    ("accessible_format", include_str!("../../options/accessible_format.toml")),
    ("business_model", include_str!("../../options/business_model.toml")),
    ("certification_source", include_str!("../../options/certification_source.toml")),
    ("contact_party", include_str!("../../options/contact_party.toml")),
    ("discussion_modality", include_str!("../../options/discussion_modality.toml")),
    ("earnings_band_long", include_str!("../../options/earnings_band_long.toml")),
    ("earnings_band_short", include_str!("../../options/earnings_band_short.toml")),
    ("p1m1_basis", include_str!("../../options/p1m1_basis.toml")),
    ("rights_statement", include_str!("../../options/rights_statement.toml")),
    ("services", include_str!("../../options/services.toml")),
    ("soc_major_group", include_str!("../../options/soc_major_group.toml")),
];

/// One list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionList {
    /// Its version.
    pub version: Box<str>,
    /// Where it comes from.
    pub source: Box<str>,
    /// Its choices, in the order in which they are offered.
    pub choice: Vec<Choice>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The word on the wire.
    pub code: Box<str>,
    /// What people read.
    pub label: Box<str>,
    /// What it stands for, a sentence each, where the label does not say it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<Box<str>>,
    /// Monthly earnings from this amount on, of an earnings band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Box<str>>,
    /// Monthly earnings up to this amount, of an earnings band; none for the highest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Box<str>>,
    /// Support that goes on while a person works, of a service.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ongoing: bool,
}

/// All option lists.
#[derive(Debug, Clone)]
pub struct Options {
    lists: Vec<(Box<str>, OptionList)>,
}

impl Options {
    /// The lists that the engine was built with.
    ///
    /// # Errors
    /// The problems of the built-in files; none in a released engine.
    pub fn builtin() -> Result<&'static Self, &'static [Problem]> {
        static LISTS: LazyLock<Result<Options, Vec<Problem>>> = LazyLock::new(|| {
            let mut options = Options { lists: Vec::new() };
            options.lists = read_all(BUILTIN.iter().copied())?;
            Ok(options)
        });
        LISTS.as_ref().map_err(Vec::as_slice)
    }

    /// These lists with some of them replaced: pairs of file name and text.
    ///
    /// # Errors
    /// Every problem of every file.
    pub fn with_files<'a>(&self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Read<Self> {
        let mut options = self.clone();
        for (name, list) in read_all(files.into_iter().map(|(name, text)| (name.trim_end_matches(".toml"), text)))? {
            match options.lists.iter_mut().find(|(known, _)| *known == name) {
                Some((_, held)) => *held = list,
                None => return Err(vec![Problem::new(&code::OPTION_FILE_UNKNOWN, &format!("/{name}"))]),
            }
        }
        Ok(options)
    }

    /// The choices of a list; none for a name that no list has.
    #[must_use]
    pub fn list(&self, name: &str) -> &[Choice] {
        self.named(name).map_or(&[], |list| &list.choice)
    }

    /// A list with its version and source.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&OptionList> {
        self.lists.iter().find(|(known, _)| &**known == name).map(|(_, list)| list)
    }

    /// The names of all lists.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().map(|(name, _)| &**name)
    }
}

fn read_all<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Read<Vec<(Box<str>, OptionList)>> {
    let (mut lists, mut problems) = (Vec::new(), Vec::new());
    for (name, text) in files {
        match toml::from_str::<OptionList>(text) {
            Ok(list) if !list.choice.is_empty() && !list.version.is_empty() => lists.push((name.into(), list)),
            _ => problems.push(Problem::new(&code::OPTION_FILE_INVALID, &format!("/{name}"))),
        }
    }
    if problems.is_empty() { Ok(lists) } else { Err(problems) }
}
