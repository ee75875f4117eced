//! A form is filed: what became of the transaction.
//!
//! The idempotency record is written by the transaction itself, so that it tells what became of it: after any error it is read
//! before anything is said. A failure is never reported for what was filed.

use super::file::{IdempotencyFields, Part, Prepared, idempotency_key};
use super::item::fields;
use super::keys::Key;
use super::patience::Patience;
use super::{Answered, Attempt, FileError, Filed, NewSubmission, Reply, Store, StoreError, error};
use crate::identity::Scope;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use jiff::Timestamp;

/// What the reasons of a cancelled transaction come to, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cancelled {
    NotLinked,
    /// A natural key is taken, by its place.
    Taken(usize),
    /// The same attempt is under way.
    InFlight,
    /// Somebody else was in the way, or the table is busy: try again.
    Again,
    /// Trying again as it is changes nothing.
    Never,
}

impl Store {
    /// What an idempotency key was used for before by this user, on this route, for this organization.
    ///
    /// # Errors
    /// The table or the vault does not answer.
    pub async fn answered(
        &self,
        scope: &Scope,
        attempt: Attempt<'_>,
        now: Timestamp,
    ) -> Result<Option<Answered>, StoreError> {
        let key = idempotency_key(scope, attempt.route, attempt.key);
        let Some(record) = self.record(&key, now).await? else { return Ok(None) };
        if record.body == self.body_hash(&key, attempt.body).await? {
            Ok(Some(Answered::Before(Reply { status: record.status, body: record.answer })))
        } else {
            Ok(Some(Answered::OtherBody))
        }
    }

    /// Files a form: the submission, its natural keys, what was filed about each person, the answer, the mails to come and
    /// the audit record are written together or not at all, and only while the user acts for the organization.
    ///
    /// # Errors
    /// Why it was not filed by this call.
    pub async fn file(&self, scope: &Scope, new: NewSubmission<'_>) -> Result<Filed, FileError> {
        let mut prepared = self.prepare(scope, &new).await?;
        self.put_all(std::mem::take(&mut prepared.early)).await?;
        let mut patience = Patience::new();
        loop {
            let Err(error) = self.transact(&prepared).await else {
                return Ok(Filed { confirmation: new.confirmation, reply: new.reply });
            };
            let answer = self.settle(scope, &new, &prepared, &error).await;
            match answer {
                Some(answer) => return answer,
                None if patience.again().await => {}
                None => return Err(given_up(&prepared, &error)),
            }
        }
    }

    async fn transact(&self, prepared: &Prepared) -> Result<(), SdkError<TransactWriteItemsError>> {
        let request = self.client().await.transact_write_items().client_request_token(&prepared.token);
        let request = request.set_transact_items(Some(prepared.writes.clone()));
        Box::pin(request.send()).await.map(|_| ())
    }

    /// What an error of the transaction means; none where it is to be tried again.
    async fn settle(
        &self,
        scope: &Scope,
        new: &NewSubmission<'_>,
        prepared: &Prepared,
        error: &SdkError<TransactWriteItemsError>,
    ) -> Option<Result<Filed, FileError>> {
        match self.record(&prepared.idempotency, new.submitted_at).await {
            Ok(Some(record)) => return Some(told(record, new, prepared)),
            Ok(None) => {}
            // Without the record nothing is known.
            Err(_) => return None,
        }
        let cancelled = match reasons(error) {
            Some(reasons) => weigh(&prepared.parts, &reasons),
            None if refused(error) => Cancelled::Never,
            None => Cancelled::Again,
        };
        match cancelled {
            Cancelled::NotLinked => Some(Err(FileError::NotLinked)),
            Cancelled::Taken(place) => {
                let (natural, key) = (new.keys.get(place)?, prepared.naturals.get(place)?);
                match self.holder(scope, natural, key).await {
                    Ok(holder) => holder.map(FileError::Duplicate).map(Err),
                    // Without the holder nothing is known; where it was released meanwhile it may be tried again.
                    Err(StoreError::Unavailable { .. }) => None,
                    Err(error) => Some(Err(error.into())),
                }
            }
            Cancelled::Never => Some(Err(StoreError::of("TransactWriteItems", error).into())),
            Cancelled::InFlight | Cancelled::Again => None,
        }
    }

    async fn record(&self, key: &Key, now: Timestamp) -> Result<Option<IdempotencyFields>, StoreError> {
        let Some(found) = self.item(key).await? else { return Ok(None) };
        let record: IdempotencyFields = fields(found, "idempotency")?;
        Ok(Some(record).filter(|record| record.expires_at >= now.as_second()))
    }
}

/// What the record tells: it is ours, or an earlier attempt's.
fn told(record: IdempotencyFields, new: &NewSubmission<'_>, prepared: &Prepared) -> Result<Filed, FileError> {
    if record.confirmation == new.confirmation.as_str() {
        Ok(Filed { confirmation: new.confirmation.clone(), reply: new.reply.clone() })
    } else if record.body == prepared.body {
        Err(FileError::Replayed(Reply { status: record.status, body: record.answer }))
    } else {
        Err(FileError::OtherBody)
    }
}

/// The reasons of a cancelled transaction, one for each of its parts.
fn reasons(error: &SdkError<TransactWriteItemsError>) -> Option<Vec<&str>> {
    match error.as_service_error()? {
        TransactWriteItemsError::TransactionCanceledException(cancelled) => {
            Some(cancelled.cancellation_reasons().iter().map(|reason| reason.code().unwrap_or("None")).collect())
        }
        _ => None,
    }
}

/// Whether the table will never take the request, however often it is made.
fn refused(error: &SdkError<TransactWriteItemsError>) -> bool {
    match error {
        SdkError::ServiceError(service) => {
            let code = error::code(error);
            let passing = code.contains("Throttl") || code.contains("Exceeded") || code.contains("InProgress");
            !passing && service.raw().status().is_client_error()
        }
        SdkError::ConstructionFailure(_) => true,
        _ => false,
    }
}

fn weigh(parts: &[Part], reasons: &[&str]) -> Cancelled {
    let failed = |code: &'static str| {
        parts.iter().zip(reasons).filter(move |(_, reason)| **reason == code).map(|(part, _)| *part)
    };
    let unmet = || failed("ConditionalCheckFailed");
    if unmet().any(|part| part == Part::Link) {
        return Cancelled::NotLinked;
    }
    let taken = unmet().find_map(|part| if let Part::Natural(place) = part { Some(place) } else { None });
    if let Some(place) = taken {
        return Cancelled::Taken(place);
    }
    if unmet().any(|part| part == Part::Other) {
        return Cancelled::Never;
    }
    if failed("TransactionConflict").chain(unmet()).any(|part| part == Part::Idempotency) {
        return Cancelled::InFlight;
    }
    let passing =
        |reason: &str| matches!(reason, "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded");
    if reasons.iter().any(|reason| passing(reason)) { Cancelled::Again } else { Cancelled::Never }
}

/// The answer when patience is at its end.
fn given_up(prepared: &Prepared, error: &SdkError<TransactWriteItemsError>) -> FileError {
    match reasons(error).map(|reasons| weigh(&prepared.parts, &reasons)) {
        Some(Cancelled::InFlight) => FileError::InFlight,
        _ => StoreError::of("TransactWriteItems", error).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: [Part; 4] = [Part::Idempotency, Part::Link, Part::Other, Part::Natural(0)];
    const UNMET: &str = "ConditionalCheckFailed";
    const CONFLICT: &str = "TransactionConflict";

    #[test]
    fn of_mixed_reasons_the_weightiest_decides() {
        for (reasons, cancelled) in [
            (["None", UNMET, "None", UNMET], Cancelled::NotLinked),
            ([CONFLICT, "None", "None", UNMET], Cancelled::Taken(0)),
            ([CONFLICT, "None", CONFLICT, "None"], Cancelled::InFlight),
            (["None", CONFLICT, "None", "None"], Cancelled::Again),
            (["None", "None", "ThrottlingError", "None"], Cancelled::Again),
            (["None", "None", UNMET, CONFLICT], Cancelled::Never),
            (["None", "None", "ValidationError", "None"], Cancelled::Never),
            ([UNMET, "None", "None", "None"], Cancelled::InFlight),
        ] {
            assert_eq!(weigh(&PARTS, &reasons), cancelled, "{reasons:?}");
        }
    }
}
