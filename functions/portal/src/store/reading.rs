//! Submissions are read: a list, one of them, whose they are.

use super::item::{Item, fields, schema};
use super::keys::{Key, PK, SK, submissions_partition};
use super::loading::{SEALED, place};
use super::{Confirmation, Decision, ListError, Page, Status, Store, StoreError, Submission, WorkCase};
use crate::identity::{Manager, Scope};
use crate::vault::Sealed;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Deserialize, Serialize};
use ttw_core::domain::{Ein, Ssn};
use ttw_core::forms::Form;

/// The longest page.
const LONGEST: usize = 100;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SubmissionFields {
    pub confirmation: String,
    pub form: String,
    pub status: Status,
    pub submitted_at: String,
    pub received_on: String,
    pub submitter: String,
    pub submitter_name: String,
    pub submitter_title: String,
    pub document: String,
    /// The blind indexes of the people, in the order of the form.
    pub people: Vec<String>,
    /// The partitions of the natural keys it holds.
    pub keys: Vec<String>,
    pub acknowledged: Vec<String>,
    pub rules_version: String,
    pub request_id: String,
}

#[derive(Deserialize)]
struct NumberedFields {
    ein: String,
    form: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DecisionFields {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    pub rules_version: String,
}

impl Store {
    /// An organization's submissions of a form, newest first, from a cursor on; at most 100.
    ///
    /// # Errors
    /// A cursor of another list; the table does not answer.
    pub async fn list(&self, scope: &Scope, form: Form, cursor: Option<&str>, limit: usize) -> Result<Page, ListError> {
        let ein = &scope.organization().ein;
        let list = submissions_partition(ein, form);
        let mut from = match cursor {
            Some(cursor) => {
                let after = Confirmation::parse(&self.read_cursor(&list, cursor).await?).ok_or(ListError::Cursor)?;
                Some(Key::submission(ein, form, &after).attributes())
            }
            None => None,
        };
        let limit = limit.clamp(1, LONGEST);
        let mut submissions = Vec::new();
        loop {
            let missing = i32::try_from(limit + 1 - submissions.len()).unwrap_or(1);
            let request = self.client().await.query().table_name(self.table()).consistent_read(true);
            let request = request.key_condition_expression("#pk = :pk AND begins_with(#sk, :sub)");
            let request = request.expression_attribute_names("#pk", PK).expression_attribute_names("#sk", SK);
            let request = request.expression_attribute_values(":pk", AttributeValue::S(list.clone()));
            let request = request.expression_attribute_values(":sub", AttributeValue::S("SUB#".to_owned()));
            let request = request.scan_index_forward(false).limit(missing).set_exclusive_start_key(from);
            let page = Box::pin(request.send()).await.map_err(|error| StoreError::of("Query", &error))?;
            for found in page.items.unwrap_or_default() {
                submissions.push(read_submission(fields(found, "submission")?, None)?);
            }
            from = page.last_evaluated_key;
            if from.is_none() || submissions.len() > limit {
                break;
            }
        }
        let more = submissions.len() > limit;
        submissions.truncate(limit);
        let cursor = match submissions.last().filter(|_| more) {
            Some(oldest) => Some(self.cursor_after(&list, oldest.confirmation.as_str()).await?),
            None => None,
        };
        Ok(Page { submissions, cursor })
    }

    /// One of an organization's submissions, with what was advised and decided; none if it has none of that form and number.
    ///
    /// # Errors
    /// The table does not answer, or an item cannot be read.
    pub async fn one(
        &self,
        scope: &Scope,
        form: Form,
        confirmation: &Confirmation,
    ) -> Result<Option<Submission>, StoreError> {
        let key = Key::submission(&scope.organization().ein, form, confirmation);
        let Some(found) = self.item(&key).await? else { return Ok(None) };
        let decision = self.item(&Key::decision(confirmation)).await?;
        let decision = decision.map(|decision| fields(decision, "decision")).transpose()?;
        read_submission(fields(found, "submission")?, decision).map(Some)
    }

    /// The submission of a work case, with what was advised and decided; none if it is not on file.
    ///
    /// # Errors
    /// The table does not answer, or an item cannot be read.
    pub async fn submission_of(&self, _by: &Manager, case: &WorkCase) -> Result<Option<Submission>, StoreError> {
        let key = Key::submission(&case.ein, Form::PaymentRequest, &case.number);
        let Some(found) = self.item(&key).await? else { return Ok(None) };
        let decision = self.item(&Key::decision(&case.number)).await?;
        let decision = decision.map(|decision| fields(decision, "decision")).transpose()?;
        read_submission(fields(found, "submission")?, decision).map(Some)
    }

    /// What any organization has filed, by its number; none where nothing of that form has it.
    ///
    /// # Errors
    /// The table does not answer, or an item cannot be read.
    pub async fn filed(&self, _by: &Manager, form: Form, number: &str) -> Result<Option<Submission>, StoreError> {
        let Some(found) = self.item(&Key::confirmation(number)).await? else { return Ok(None) };
        let NumberedFields { ein, form: word } = fields(found, "confirmation")?;
        let ein = Ein::parse_registry(&ein).ok_or(StoreError::Damaged("confirmation"))?;
        let number = Confirmation::parse(number).filter(|_| word == form.as_str());
        let Some(number) = number else { return Ok(None) };
        let Some(found) = self.item(&Key::submission(&ein, form, &number)).await? else { return Ok(None) };
        let decision = self.item(&Key::decision(&number)).await?;
        let decision = decision.map(|decision| fields(decision, "decision")).transpose()?;
        read_submission(fields(found, "submission")?, decision).map(Some)
    }

    /// The people of one of an organization's submissions, in the order of the form.
    ///
    /// # Errors
    /// The table or the vault does not answer; the numbers were not sealed for this submission.
    pub async fn people_of(
        &self,
        scope: &Scope,
        form: Form,
        confirmation: &Confirmation,
    ) -> Result<Option<Vec<Ssn>>, StoreError> {
        const DAMAGED: StoreError = StoreError::Damaged("submission");
        let key = Key::submission(&scope.organization().ein, form, confirmation);
        let Some(found) = self.item(&key).await? else { return Ok(None) };
        let sealed = sealed(&found).ok_or(DAMAGED)?;
        let opened = self.vault().open(&sealed, &place(&key, schema(&found, "submission")?)).await?;
        let people: Option<Vec<Ssn>> = opened.chunks(9).map(Ssn::from_sealed).collect();
        people.map(Some).ok_or(DAMAGED)
    }
}

fn sealed(item: &Item) -> Option<Sealed> {
    item.get(SEALED)?.as_b().ok().map(|bytes| Sealed::stored(bytes.clone().into_inner()))
}

fn read_submission(found: SubmissionFields, decision: Option<DecisionFields>) -> Result<Submission, StoreError> {
    const DAMAGED: StoreError = StoreError::Damaged("submission");
    let (advice, decision) = decision.map_or((None, None), |found| (found.advice, found.decision));
    Ok(Submission {
        confirmation: Confirmation::parse(&found.confirmation).ok_or(DAMAGED)?,
        form: Form::parse(&found.form).ok_or(DAMAGED)?,
        status: found.status,
        submitted_at: found.submitted_at,
        received_on: found.received_on,
        submitter: found.submitter,
        submitter_name: found.submitter_name,
        submitter_title: found.submitter_title,
        document: found.document,
        beneficiaries: found.people.len(),
        acknowledged: found.acknowledged,
        advice,
        decision,
        rules_version: found.rules_version,
        request_id: found.request_id,
    })
}
