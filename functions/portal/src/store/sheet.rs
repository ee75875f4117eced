//! What an organization asks of many of its work cases, and the cover sheet of one.

use super::append::token;
use super::file::{audit, put_new};
use super::item::{fields, item};
use super::keys::Key;
use super::outbox::stamp;
use super::patience::Patience;
use super::work_case::{CaseFields, StepTaken};
use super::{Confirmation, Status, Store, StoreError};
use crate::identity::Scope;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ttw_core::Engine;
use ttw_core::claims::Claim;
use ttw_core::forms::Form;

/// How far one of many work cases is.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its state.
    pub status: Status,
    /// The claim; none once it is decided.
    pub claim: Option<Claim>,
    /// The last step.
    pub last: Option<StepTaken>,
}

impl Standing {
    /// The payment with its number, once it is paid.
    #[must_use]
    pub fn paid_as(&self) -> Option<&str> {
        self.last.as_ref()?.payment.as_deref()
    }
}

#[derive(Serialize, Deserialize)]
struct SheetFields {
    issued_at: String,
    /// What issued it, so that who got no answer knows.
    written: String,
}

impl Store {
    /// How far some of an organization's work cases are, by number. The numbers are those of its own submissions.
    ///
    /// # Errors
    /// The table does not answer, or an item cannot be read.
    pub async fn standings(
        &self,
        _scope: &Scope,
        engine: &Engine,
        numbers: &[Confirmation],
    ) -> Result<HashMap<Confirmation, Standing>, StoreError> {
        let keys: Vec<Key> = numbers.iter().map(Key::work_case).collect();
        let mut found = HashMap::new();
        for case in self.items(&keys).await? {
            let case: CaseFields = fields(case, "work case")?;
            let number = Confirmation::parse(&case.confirmation).ok_or(StoreError::Damaged("work case"))?;
            let claim = (!case.status.is_final()).then(|| case.claim(None, engine)).flatten();
            found.insert(number, Standing { status: case.status, claim, last: case.steps.last().cloned() });
        }
        Ok(found)
    }

    /// Whether the cover sheet of a work case was issued.
    ///
    /// # Errors
    /// The table does not answer.
    pub async fn has_sheet(&self, _scope: &Scope, number: &Confirmation) -> Result<bool, StoreError> {
        Ok(self.item(&Key::sheet(number)).await?.is_some())
    }

    /// Issues the cover sheet of a work case; false where it was issued before.
    ///
    /// # Errors
    /// The table does not answer.
    pub async fn issue_sheet(
        &self,
        scope: &Scope,
        number: &Confirmation,
        at: Timestamp,
        request_id: &str,
    ) -> Result<bool, StoreError> {
        let (at, written) = (stamp(at), token()?);
        let key = Key::sheet(number);
        let sheet = item(&key, &SheetFields { issued_at: at.clone(), written: written.clone() })?;
        let note = audit(scope, Form::PaymentRequest, number.as_str(), "cover_sheet", &at, request_id)?;
        let mut patience = Patience::new();
        loop {
            let writes = [put_new(sheet.clone())?, put_new(note.clone())?].map(|write| self.of_table(write));
            let request = self.client().await.transact_write_items().set_transact_items(Some(writes.into()));
            let Err(error) = Box::pin(request.send()).await else { return Ok(true) };
            let error = StoreError::of("TransactWriteItems", &error);
            // What is on file tells what became of it: it may be there by a try whose answer was lost.
            match self.item(&key).await {
                Ok(Some(found)) => return Ok(fields::<SheetFields>(found, "sheet")?.written == written),
                _ if patience.again().await => {}
                _ => return Err(error),
            }
        }
    }

    /// Notes that a copy of the cover sheet was given.
    ///
    /// # Errors
    /// The table does not answer.
    pub async fn note_copy(
        &self,
        scope: &Scope,
        number: &Confirmation,
        at: Timestamp,
        request_id: &str,
    ) -> Result<(), StoreError> {
        let note = audit(scope, Form::PaymentRequest, number.as_str(), "cover_sheet_copy", &stamp(at), request_id)?;
        self.put(note).await
    }
}
