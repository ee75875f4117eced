//! What people send about a claim: a decision, evidence that arrived, a withdrawal.

use super::code;
use super::reason::{DenialReason, DiaryReason};
use crate::domain::Usd;
use crate::problem::{Problem, code as shared};
use crate::read::{MAX_BYTES, Path, Read, Reader, given, parse};
use jiff::civil::Date;
use serde::Serialize;
use serde_json_borrow::Value;

/// The most pages of one arrival.
const MAX_PAGES: u16 = 500;

/// What a specialist does with a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Takes it up.
    Open,
    /// Pays it.
    Pay,
    /// Denies it.
    Deny,
    /// Puts it into a diary.
    Diary,
    /// Ends a diary.
    Resume,
    /// Waits for Social Security to verify the earnings.
    AwaitVerification,
    /// Notes that Social Security has verified them.
    Verified,
}

const ACTIONS: &[(&str, Action)] = &[
    ("open", Action::Open),
    ("pay", Action::Pay),
    ("deny", Action::Deny),
    ("diary", Action::Diary),
    ("resume", Action::Resume),
    ("await_verification", Action::AwaitVerification),
    ("verified", Action::Verified),
];

impl Action {
    /// All of them, in the order of a claim's life.
    pub fn all() -> impl Iterator<Item = Self> {
        ACTIONS.iter().map(|(_, action)| *action)
    }

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        ACTIONS.iter().find(|(_, action)| *action == self).map_or("", |(word, _)| word)
    }
}

/// Why a specialist does otherwise than the engine proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Otherwise {
    /// The evidence does not show what is claimed.
    EvidenceDiffers,
    /// Evidence or an answer is still missing.
    EvidenceMissing,
    /// The earnings are not verified yet.
    EarningsNotVerified,
    /// Something on file is being corrected.
    RecordInDoubt,
    /// Who is paid is not settled.
    ProviderInDoubt,
}

impl Otherwise {
    /// The words of all reasons.
    pub const CHOICES: &[(&'static str, Self)] = &[
        ("evidence_differs", Self::EvidenceDiffers),
        ("evidence_missing", Self::EvidenceMissing),
        ("earnings_not_verified", Self::EarningsNotVerified),
        ("record_in_doubt", Self::RecordInDoubt),
        ("provider_in_doubt", Self::ProviderInDoubt),
    ];
}

/// A decision as it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecisionRequest {
    /// The version of the work case that was looked at.
    pub version: u32,
    /// What is done.
    pub action: Action,
    /// Why it is denied.
    pub denial: Option<DenialReason>,
    /// Why it waits.
    pub diary: Option<DiaryReason>,
    /// How much is paid; the amount of the determination unless given.
    pub amount: Option<Usd>,
    /// Why it is not what the engine proposes.
    pub otherwise: Option<Otherwise>,
}

/// What kind of evidence arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// Pay statements.
    PayStatements,
    /// A statement of the employer or of who prepares the payroll.
    EmployerStatement,
    /// A third party's monthly record.
    ThirdPartyRecord,
    /// What shows net earnings from self-employment.
    SelfEmployment,
    /// The service record.
    ServiceRecord,
    /// Something else that was asked for.
    Other,
}

impl EvidenceKind {
    /// The words of all kinds.
    pub const CHOICES: &[(&'static str, Self)] = &[
        ("pay_statements", Self::PayStatements),
        ("employer_statement", Self::EmployerStatement),
        ("third_party_record", Self::ThirdPartyRecord),
        ("self_employment", Self::SelfEmployment),
        ("service_record", Self::ServiceRecord),
        ("other", Self::Other),
    ];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::CHOICES.iter().find(|(_, kind)| *kind == self).map_or("other", |(word, _)| word)
    }
}

/// Evidence that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// What.
    pub kind: EvidenceKind,
    /// How many pages.
    pub pages: u16,
    /// Whether they can be read.
    pub legible: bool,
    /// When.
    pub arrived_on: Date,
}

/// Evidence as it is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvidenceRequest {
    /// The version of the work case that was looked at.
    pub version: u32,
    /// What arrived.
    pub arrival: Arrival,
}

/// A withdrawal as it is sent: nothing but the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawal;

/// Reads `{"version": 1, "action": "diary", "reason": "OTHER", "amount": null, "otherwise": null}`.
///
/// # Errors
/// All that is wrong with it.
pub fn decision_request(text: &[u8]) -> Read<DecisionRequest> {
    whole(text, |reader, value, root| {
        let [version, action, reason, amount, otherwise] =
            reader.object(value, root, &["version", "action", "reason", "amount", "otherwise"])?;
        let version = read_version(reader, version, root);
        let action = reader.choice(action, &root.key("action"), ACTIONS);
        let at = root.key("reason");
        let (mut denial, mut diary) = (Some(None), Some(None));
        match action {
            Some(Action::Deny) => denial = reader.choice(reason, &at, DenialReason::CHOICES).map(Some),
            Some(Action::Diary) => diary = reader.choice(reason, &at, DiaryReason::CHOICES).map(Some),
            Some(_) => unexpected(reader, reason, &at),
            None => {}
        }
        let at = root.key("amount");
        let amount = if matches!(action, Some(Action::Pay) | None) {
            given(amount).map_or(Some(None), |amount| reader.money(Some(amount), &at).map(Some))
        } else {
            unexpected(reader, amount, &at);
            Some(None)
        };
        let otherwise = given(otherwise)
            .map_or(Some(None), |word| reader.choice(Some(word), &root.key("otherwise"), Otherwise::CHOICES).map(Some));
        Some(DecisionRequest {
            version: version?,
            action: action?,
            denial: denial?,
            diary: diary?,
            amount: amount?,
            otherwise: otherwise?,
        })
    })
}

/// Reads `{"version": 1, "kind": "pay_statements", "pages": 2, "legible": true, "arrived_on": "2026-06-12"}`; the day is today unless given.
///
/// # Errors
/// All that is wrong with it.
pub fn evidence_request(text: &[u8], today: Date) -> Read<EvidenceRequest> {
    whole(text, |reader, value, root| {
        let [version, kind, pages, legible, arrived_on] =
            reader.object(value, root, &["version", "kind", "pages", "legible", "arrived_on"])?;
        let version = read_version(reader, version, root);
        let kind = reader.choice(kind, &root.key("kind"), EvidenceKind::CHOICES);
        let pages = read_pages(reader, pages, &root.key("pages"));
        let legible = reader.boolean(legible, &root.key("legible"));
        let at = root.key("arrived_on");
        let arrived_on = given(arrived_on).map_or(Some(today), |day| reader.date(Some(day), &at));
        if arrived_on.is_some_and(|day| today < day) {
            reader.refuse(&code::CLAIM_DAY_FUTURE, &at);
        }
        let arrival = Arrival { kind: kind?, pages: pages?, legible: legible?, arrived_on: arrived_on? };
        Some(EvidenceRequest { version: version?, arrival })
    })
}

/// Reads `{}`.
///
/// # Errors
/// All that is wrong with it.
pub fn withdrawal(text: &[u8]) -> Read<Withdrawal> {
    whole(text, |reader, value, root| reader.object(value, root, &[]).map(|[]| Withdrawal))
}

fn whole<T>(text: &[u8], read: impl FnOnce(&mut Reader, &Value<'_>, &Path<'_>) -> Option<T>) -> Read<T> {
    let value = parse(text, MAX_BYTES)?;
    let mut reader = Reader::default();
    let request = read(&mut reader, &value, &Path::Root);
    reader.finish(request)
}

fn unexpected(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) {
    if field.is_some_and(|value| !matches!(value, Value::Null)) {
        let problem = Problem::new(&shared::REQ_UNKNOWN_FIELD, &path.pointer());
        reader.add(problem.with("allowed", vec!["version", "action", "otherwise"]));
    }
}

fn read_version(reader: &mut Reader, field: Option<&Value<'_>>, root: &Path<'_>) -> Option<u32> {
    let at = root.key("version");
    let number = match reader.required(field, &at)? {
        Value::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
        _ => None,
    };
    if number.is_none() {
        let expected = "the version of the work case that was looked at, a whole number";
        reader.add(Problem::new(&shared::REQ_TYPE, &at.pointer()).with("expected", expected));
    }
    number
}

fn read_pages(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<u16> {
    let number = match reader.required(field, path)? {
        Value::Number(number) => number.as_u64().and_then(|number| u16::try_from(number).ok()),
        _ => None,
    };
    let pages = number.filter(|pages| (1..=MAX_PAGES).contains(pages));
    if pages.is_none() {
        reader.add(Problem::new(&shared::REQ_TYPE, &path.pointer()).with("expected", "a whole number from 1 to 500"));
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn codes<T: std::fmt::Debug>(read: Read<T>) -> Vec<(&'static str, String)> {
        read.unwrap_err().into_iter().map(|problem| (problem.code, problem.path)).collect()
    }

    #[test]
    fn a_decision_is_read_with_what_belongs_to_its_action() {
        let read = decision_request(br#"{"version": 3, "action": "pay", "amount": "1398.00"}"#).unwrap();
        assert_eq!((read.version, read.action, read.amount), (3, Action::Pay, Usd::parse("1398.00")));
        let read = decision_request(br#"{"version": 0, "action": "deny", "reason": "EARNINGS", "otherwise": null}"#);
        assert_eq!(read.unwrap().denial, Some(DenialReason::Earnings));
        let read = decision_request(
            br#"{"version": 0, "action": "diary", "reason": "OTHER", "otherwise": "record_in_doubt"}"#,
        );
        assert_eq!(read.unwrap().otherwise, Some(Otherwise::RecordInDoubt));
    }

    #[test]
    fn everything_wrong_with_a_decision_is_told() {
        let wrong = decision_request(
            br#"{"action": "open", "reason": "OTHER", "amount": "1", "otherwise": "mood", "note": 1}"#,
        );
        let expected = [
            ("REQ_UNKNOWN_FIELD", "/note"),
            ("REQ_FIELD_REQUIRED", "/version"),
            ("REQ_UNKNOWN_FIELD", "/reason"),
            ("REQ_UNKNOWN_FIELD", "/amount"),
            ("REQ_ENUM", "/otherwise"),
        ];
        assert_eq!(codes(wrong), expected.map(|(code, path)| (code, path.to_owned())));
        let wrong = decision_request(br#"{"version": -1, "action": "deny", "reason": "OTHER"}"#);
        assert_eq!(codes(wrong), [("REQ_TYPE", "/version".to_owned()), ("REQ_ENUM", "/reason".to_owned())]);
    }

    #[test]
    fn evidence_arrives_today_unless_told_and_never_tomorrow() {
        let today = date(2026, 6, 12);
        let read = evidence_request(br#"{"version": 1, "kind": "pay_statements", "pages": 2, "legible": true}"#, today);
        assert_eq!(read.unwrap().arrival.arrived_on, today);
        let wrong = br#"{"version": 1, "kind": "photo", "pages": 0, "legible": 1, "arrived_on": "2026-06-13"}"#;
        let expected = [
            ("REQ_ENUM", "/kind"),
            ("REQ_TYPE", "/pages"),
            ("REQ_TYPE", "/legible"),
            ("CLAIM_DAY_FUTURE", "/arrived_on"),
        ];
        assert_eq!(codes(evidence_request(wrong, today)), expected.map(|(code, path)| (code, path.to_owned())));
        assert_eq!(EvidenceKind::ThirdPartyRecord.as_str(), "third_party_record");
    }
}
