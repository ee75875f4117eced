//! Words that a work plan shares with form 1365.

use crate::forms::Sheet;
use crate::problem::Code;
use crate::read::{Path, given};
use serde::Serialize;
use serde_json_borrow::Value;

/// A first plan, or a change of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanType {
    /// By which the ticket is assigned.
    Initial,
    /// Of a ticket that is assigned already.
    Amendment,
}

impl PlanType {
    pub(super) const WORDS: &[(&str, Self)] = &[("initial", Self::Initial), ("amendment", Self::Amendment)];

    pub(super) const fn in_words(self) -> &'static str {
        match self {
            Self::Initial => "Initial",
            Self::Amendment => "Amendment",
        }
    }
}

/// Who signed for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// The beneficiary.
    Beneficiary,
    /// A representative.
    Representative,
}

impl Signer {
    pub(in crate::forms) const WORDS: &[(&str, Self)] =
        &[("beneficiary", Self::Beneficiary), ("representative", Self::Representative)];
}

/// The end of the code of a major group as a whole, which is no occupation.
const WHOLE_GROUP: &str = "0000";

/// An occupation's code, `NN-NNNN` with a major group that there is and an occupation in it. Where one is required, `missing` is the code of its absence.
pub(in crate::forms) fn soc(
    sheet: &mut Sheet<'_>,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
    missing: Option<&'static Code>,
    wrong: &'static Code,
) -> Option<Box<str>> {
    let Some(value) = given(field) else {
        if let Some(missing) = missing {
            sheet.refuse(missing, path);
        }
        return None;
    };
    let groups = sheet.desk.engine.options().list("soc_major_group");
    let is_occupation = |text: &str| {
        text.split_once('-').is_some_and(|(group, rest)| {
            groups.iter().any(|choice| &*choice.code == group)
                && rest.len() == 4
                && rest.bytes().all(|byte| byte.is_ascii_digit())
                && rest != WHOLE_GROUP
        })
    };
    match value {
        Value::Str(text) if is_occupation(text) => Some(text.as_ref().into()),
        _ => {
            sheet.refuse(wrong, path);
            None
        }
    }
}
