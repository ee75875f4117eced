//! Questions about people on file: by their numbers, in place of a case.

use super::{Desk, Sheet};
use crate::domain::{Assignment, Case, Month, PaymentAsked, ProviderKind, Ssn};
use crate::facts::PolicyName;
use crate::problem::{Problem, code};
use crate::read::{
    Claim, LedgerRequest, MAX_BATCH, MAX_BYTES, Path, Question, Read, batch_of, claimed_payment, near, parse,
    question_value, read_policy,
};
use jiff::civil::Date;
use serde_json_borrow::Value;

/// Is this payment due to us, by what is on file?
#[derive(Debug)]
pub struct RecordQuestion {
    /// Whose ticket.
    pub ssn: Ssn,
    /// Which payment.
    pub payment: PaymentAsked,
    /// For which month.
    pub month: Month,
    /// The day of the request; today unless given.
    pub requested_on: Date,
    /// By which reading.
    pub policy: PolicyName,
    /// Where it stands in its document.
    at: String,
}

/// One question of a batch: about a case, or about somebody on file.
#[derive(Debug)]
pub enum AnyQuestion {
    /// With the facts.
    Case(Box<Question>),
    /// With a number.
    Record(RecordQuestion),
}

/// What can the ticket still bring us, by what is on file?
#[derive(Debug)]
pub struct RecordLedger {
    /// Whose ticket.
    pub ssn: Ssn,
    /// On which day; today unless given.
    pub as_of: Date,
    /// By which reading.
    pub policy: PolicyName,
}

impl RecordQuestion {
    /// The question about a case, asked by a provider that holds or held the ticket.
    ///
    /// # Errors
    /// A month too far from the case; a provider that cannot be paid on it.
    pub fn of(self, case: Case, provider: &str) -> Read<Question> {
        near(&case, self.month, &format!("{}/claim/month", self.at))?;
        can_claim(&case, provider, &self.at)?;
        let claim = Claim { payment: self.payment, month: self.month, provider: provider.into() };
        Ok(Question { case, claim, requested_on: self.requested_on, policy: self.policy })
    }
}

impl RecordQuestion {
    /// What is said when the ticket is not and was not with who asks, or is not on file: the same to both.
    #[must_use]
    pub fn not_assigned(&self) -> Vec<Problem> {
        vec![Problem::new(&code::TICKET_NOT_ASSIGNED_TO_ORG, &format!("{}/ssn", self.at))]
    }
}

impl RecordLedger {
    /// The ledger request about a case, asked by a provider that holds or held the ticket.
    ///
    /// # Errors
    /// A day too far from the case; a provider that cannot be paid on it.
    pub fn of(self, case: Case, provider: &str) -> Read<LedgerRequest> {
        near(&case, Month::from(self.as_of), "/as_of")?;
        can_claim(&case, provider, "")?;
        Ok(LedgerRequest { case, provider: provider.into(), as_of: self.as_of, policy: self.policy })
    }
}

fn can_claim(case: &Case, provider: &str, at: &str) -> Read<()> {
    let paid = |a: &Assignment| &*a.provider == provider && a.kind != ProviderKind::StateVr;
    if case.assignments.iter().any(paid) {
        return Ok(());
    }
    Err(vec![Problem::new(&code::CLAIM_PROVIDER_NOT_ASSIGNED, &format!("{at}/ssn"))])
}

/// Whether a document may ask about a person on file: whether the name `"ssn"` stands in it anywhere.
#[must_use]
pub fn names_a_number(text: &[u8]) -> bool {
    memchr::memmem::find(text, b"\"ssn\"").is_some()
}

/// Whether a document asks about a person on file: whether it has a field `ssn` at its top.
#[must_use]
pub fn asks_of_record(text: &[u8]) -> bool {
    names_a_number(text) && parse(text, MAX_BYTES).is_ok_and(|value| has_number(&value))
}

fn has_number(value: &Value<'_>) -> bool {
    matches!(value, Value::Object(object) if object.iter().any(|(name, _)| name == "ssn"))
}

impl Desk<'_> {
    /// Reads `{"ssn": …, "claim": {"payment": …, "month": …}, "requested_on": …, "policy": …}`; the last two may be absent.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn record_question(&self, text: &[u8]) -> Read<RecordQuestion> {
        self.one(text, |sheet, value, root| self.record(sheet, value, root))
    }

    fn record(&self, sheet: &mut Sheet<'_>, value: &Value<'_>, root: &Path<'_>) -> Option<RecordQuestion> {
        let [ssn, claim, on, reading] = sheet.object(value, root, &["ssn", "claim", "requested_on", "policy"])?;
        let person = sheet.person(ssn, &root.key("ssn"));
        let at = root.key("claim");
        let claim = sheet.required(claim, &at).and_then(|value| {
            let [payment, month] = sheet.object(value, &at, &["payment", "month"])?;
            let payment = claimed_payment(sheet, payment, &at.key("payment"));
            let month = sheet.month(month, &at.key("month"));
            Some((payment?, month?))
        });
        let given = sheet.optional_date(on, &root.key("requested_on"));
        let reading = read_policy(sheet, reading, &root.key("policy"));
        let requested_on = given.unwrap_or(self.received_on);
        let (payment, month) = claim?;
        if month >= Month::from(requested_on) {
            sheet.refuse(&code::CLAIM_MONTH_NOT_OVER, &at.key("month"));
        }
        let ssn = sheet.people().get(person?)?.clone();
        Some(RecordQuestion { ssn, payment, month, requested_on, policy: reading?, at: root.pointer() })
    }

    /// Reads a batch whose questions are about cases, or about people on file: each by itself, or what is wrong with that one.
    ///
    /// # Errors
    /// What is wrong with the batch itself.
    pub fn questions(&self, text: &[u8]) -> Read<Vec<Read<AnyQuestion>>> {
        batch_of(text, |value, at| {
            if !has_number(value) {
                return question_value(value, at).map(|question| AnyQuestion::Case(Box::new(question)));
            }
            let mut sheet = Sheet::question(*self);
            let question = self.record(&mut sheet, value, at);
            finished(question, sheet).map(AnyQuestion::Record)
        })
    }

    /// Reads `{"ssn": …, "as_of": …, "policy": …}`; the last two may be absent.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn record_ledger(&self, text: &[u8]) -> Read<RecordLedger> {
        self.one(text, |sheet, value, root| {
            let [ssn, as_of, reading] = sheet.object(value, root, &["ssn", "as_of", "policy"])?;
            let person = sheet.person(ssn, &root.key("ssn"));
            let as_of = sheet.optional_date(as_of, &root.key("as_of")).unwrap_or(self.received_on);
            let reading = read_policy(sheet, reading, &root.key("policy"));
            let ssn = sheet.people().get(person?)?.clone();
            Some(RecordLedger { ssn, as_of, policy: reading? })
        })
    }

    /// Reads `{"ssn": …}`.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn lookup(&self, text: &[u8]) -> Read<Ssn> {
        self.one(text, |sheet, value, root| {
            let [ssn] = sheet.object(value, root, &["ssn"])?;
            let person = sheet.person(ssn, &root.key("ssn"))?;
            sheet.people().get(person).cloned()
        })
    }

    /// Reads `{"ssns": […]}`, 1 to 250 numbers, or `{"ssn": …}`: each by itself, or what is wrong with that one.
    ///
    /// # Errors
    /// What is wrong with the list itself.
    pub fn numbers(&self, text: &[u8]) -> Read<Vec<Read<Ssn>>> {
        self.one(text, |sheet, value, root| {
            if has_number(value) {
                let [ssn] = sheet.object(value, root, &["ssn"])?;
                let at = root.key("ssn");
                return Some(vec![self.number(sheet.required(ssn, &at)?, &at)]);
            }
            let [ssns] = sheet.object(value, root, &["ssns"])?;
            let at = root.key("ssns");
            sheet.required(ssns, &at)?;
            let items = sheet.list(ssns, &at);
            if items.is_empty() && matches!(ssns, Some(Value::Array(_))) {
                sheet.refuse(&code::ELIG_BATCH_EMPTY, &at);
                return None;
            }
            if items.len() > MAX_BATCH {
                sheet.add(Problem::new(&code::ELIG_BATCH_TOO_MANY, &at.pointer()).with("limit", MAX_BATCH));
                return None;
            }
            let mut seen: Vec<Ssn> = Vec::new();
            let read = items.iter().enumerate().map(|(index, item)| {
                let at = at.index(index);
                let ssn = self.number(item, &at)?;
                if seen.contains(&ssn) {
                    return Err(vec![Problem::new(&code::ELIG_BATCH_DUPLICATE, &at.pointer())]);
                }
                seen.push(ssn.clone());
                Ok(ssn)
            });
            Some(read.collect())
        })
    }

    fn number(&self, value: &Value<'_>, path: &Path<'_>) -> Read<Ssn> {
        let mut sheet = Sheet::question(*self);
        let person = sheet.person(Some(value), path);
        let ssn = person.and_then(|person| sheet.people().get(person).cloned());
        ssn.ok_or_else(|| sheet.into_parts().1)
    }

    fn one<T>(&self, text: &[u8], read: impl FnOnce(&mut Sheet<'_>, &Value<'_>, &Path<'_>) -> Option<T>) -> Read<T> {
        let value = parse(text, MAX_BYTES)?;
        let mut sheet = Sheet::question(*self);
        let answer = read(&mut sheet, &value, &Path::Root);
        finished(answer, sheet)
    }
}

fn finished<T>(answer: Option<T>, sheet: Sheet<'_>) -> Read<T> {
    match (answer, sheet.into_parts().1) {
        (Some(answer), problems) if problems.is_empty() => Ok(answer),
        (_, problems) => Err(problems),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Engine;
    use crate::forms::People;

    fn with<T>(ask: impl FnOnce(&Desk<'_>) -> Read<T>) -> Result<T, Vec<(&'static str, String)>> {
        let engine = Engine::builtin().unwrap();
        let desk = Desk { engine: &engine, received_on: jiff::civil::date(2026, 11, 15), people: People::Test };
        ask(&desk).map_err(|problems| problems.into_iter().map(|p| (p.code, p.path)).collect())
    }

    #[test]
    fn a_number_at_the_top_asks_of_the_record() {
        assert!(asks_of_record(br#"{"ssn": "900-12-3456"}"#));
        for other in [&br#"{"case": {"ssn": 1}}"#[..], br#"{"case": "\"ssn\""}"#, br#"["ssn"]"#, b"{", b""] {
            assert!(!asks_of_record(other));
        }
    }

    #[test]
    fn a_question_about_a_record_is_read_with_today_for_its_day() {
        let asked = br#"{"ssn": "900-12-3456", "claim": {"payment": "p1m2", "month": "2026-10"}}"#;
        let question = with(|desk| desk.record_question(asked)).unwrap();
        assert_eq!(question.requested_on, jiff::civil::date(2026, 11, 15));
        assert_eq!(question.ssn.last_four(), "3456");
        let early = br#"{"ssn": "900-12-3456", "claim": {"payment": "p1m2", "month": "2026-11"}}"#;
        let problems = with(|desk| desk.record_question(early)).unwrap_err();
        assert_eq!(problems, [("CLAIM_MONTH_NOT_OVER", "/claim/month".to_owned())]);
    }

    #[test]
    fn a_batch_asks_of_cases_and_of_records() {
        let asked = br#"{"questions": [{"ssn": "900-12-3456", "claim": {"payment": "p1m2", "month": "2026-10"}},
            {"ssn": "900-12-3456", "claim": {"payment": "p1m2", "month": "2026-11"}}, {"claim": 1}]}"#;
        let read = with(|desk| desk.questions(asked)).unwrap();
        assert!(matches!(&read[0], Ok(AnyQuestion::Record(asked)) if asked.at == "/questions/0"));
        let refused = |index: usize| read[index].as_ref().unwrap_err().first().map(|p| (p.code, p.path.as_str()));
        assert_eq!(refused(1), Some(("CLAIM_MONTH_NOT_OVER", "/questions/1/claim/month")));
        assert_eq!(refused(2), Some(("REQ_FIELD_REQUIRED", "/questions/2/case")));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let problems = with(|desk| desk.record_question(br#"{"ssn": 900123456, "claim": {"payment": "p9"}, "x": 1}"#))
            .unwrap_err();
        let codes: Vec<&str> = problems.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, ["REQ_UNKNOWN_FIELD", "SSN_FORMAT", "CLAIM_PAYMENT_NAME", "REQ_FIELD_REQUIRED"]);
    }

    #[test]
    fn numbers_are_read_each_by_itself() {
        let asked = br#"{"ssns": ["900-12-3456", "900-12-345", "900123456", "900-12-3457"]}"#;
        let read = with(|desk| desk.numbers(asked)).unwrap();
        let codes: Vec<_> = read.iter().map(|one| one.as_ref().map_err(|p| p[0].code).err()).collect();
        assert_eq!(codes, [None, Some("SSN_FORMAT"), Some("ELIG_BATCH_DUPLICATE"), None]);
        let empty = vec![("ELIG_BATCH_EMPTY", "/ssns".to_owned())];
        assert_eq!(with(|desk| desk.numbers(br#"{"ssns": []}"#)).unwrap_err(), empty);
        let many = format!("{{\"ssns\": [{}]}}", vec!["0"; 251].join(","));
        assert_eq!(with(|desk| desk.numbers(many.as_bytes())).unwrap_err()[0].0, "ELIG_BATCH_TOO_MANY");
    }

    #[test]
    fn one_number_needs_no_list() {
        let read = |asked: &[u8]| with(|desk| desk.numbers(asked));
        let one = read(br#"{"ssn": "900-12-3456"}"#).unwrap();
        assert!(matches!(one.as_slice(), [Ok(ssn)] if ssn.last_four() == "3456"));
        let wrong = read(br#"{"ssn": "900-12-345"}"#).unwrap();
        assert_eq!(wrong[0].as_ref().unwrap_err()[0].path, "/ssn");
        let both = read(br#"{"ssn": "900-12-3456", "ssns": ["900-12-3457"]}"#).unwrap_err();
        assert_eq!(both, [("REQ_UNKNOWN_FIELD", "/ssns".to_owned())]);
        assert_eq!(read(br#"{"ssn": null}"#).unwrap_err(), [("REQ_FIELD_REQUIRED", "/ssn".to_owned())]);
    }

    #[test]
    fn a_question_has_no_envelope_and_is_no_payment_request() {
        let asked = br#"{"ssn": "900-12-3456", "review_token": 5, "form_code": "x", "notes": "x", "file": "x"}"#;
        let expected = [
            ("REQ_UNKNOWN_FIELD", "/review_token"),
            ("REQ_UNKNOWN_FIELD", "/form_code"),
            ("FREE_TEXT_NOT_ALLOWED", "/notes"),
            ("ATTACHMENT_NOT_ALLOWED", "/file"),
        ];
        let told = with(|desk| desk.lookup(asked)).unwrap_err();
        assert_eq!(told, expected.map(|(code, at)| (code, at.to_owned())));
    }
}
