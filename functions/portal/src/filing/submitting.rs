//! Submitting a form: once, however often it is sent.

use super::routes::Counter;
use super::{Received, advice, code, refused, unacknowledged};
use crate::answers::{Confirmed, OrganizationName, Submitter};
use crate::clock::eastern_day;
use crate::identity::Scope;
use crate::outbox::Notice;
use crate::store::{Answered, Attempt, Confirmation, Duplicate, FileError, NewSubmission, Receipt, Reply};
use crate::telemetry::{Metrics, RequestId};
use crate::{IDEMPOTENCY_KEY, Portal, Refusal, body, reply};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use ttw_core::Problem;
use ttw_core::forms::{Advice, Filing, MAX_FORM_BYTES};
use zeroize::Zeroizing;

/// The most providers who are told of a possible split: every mail of a submission is named in the expression that marks one of them,
/// and DynamoDB takes 4 KB of it. The agreement has room for four.
const MOST_NOTICES: usize = 16;

impl Portal {
    /// Stores a form that was reviewed, and confirms it. The same request again gets the first answer again.
    ///
    /// # Errors
    /// Everything that is wrong with the request; nothing is stored then.
    pub async fn submit(&self, counter: Counter, request: Request) -> Result<Response, Refusal> {
        let (parts, request_body) = request.into_parts();
        let scope = self.filing_scope(&parts).await?;
        let key = idempotency_key(&parts)?;
        let text = body::json(Request::from_parts(parts.clone(), request_body), MAX_FORM_BYTES).await?;
        let form = without_review(&text);
        let attempt = Attempt { route: counter.path, key, body: &form };
        if let Some(first) = self.before(&scope, attempt).await? {
            return Ok(first);
        }
        let received = match self.checked(&scope, counter, &text).await {
            Ok(received) => received,
            // What is in its way may be the same attempt, filed by a request that came a moment earlier.
            Err(refusal) => return self.before(&scope, attempt).await?.ok_or(refusal),
        };
        let notices = self.split_notices(&received).await?;
        let confirmation = Confirmation::at(received.at)?;
        let answer = Confirmed::of(self, &scope, &received, &confirmation)?;
        let body = serde_json::to_string(&answer).map_err(|_| Refusal::internal())?;
        let receipt = Receipt {
            confirmation,
            submitted_at: received.at,
            received_on: eastern_day(received.at),
            attempt,
            reply: Reply { status: StatusCode::CREATED.as_u16(), body },
            notices,
            rules_version: self.engine().version(),
            request_id: parts.extensions.get::<RequestId>().map_or("", RequestId::as_str),
        };
        let new = NewSubmission::of(&received.filing, receipt, self.engine().parameters())?;
        match self.store().file(&scope, new).await {
            Ok(filed) => {
                count(&parts, &received.filing);
                confirmed(counter.path, filed.reply)
            }
            Err(FileError::Replayed(first)) => confirmed(counter.path, first),
            Err(error) => Err(not_filed(error)),
        }
    }

    /// What the providers are told who may share the payment that is asked for.
    async fn split_notices(&self, received: &Received) -> Result<Vec<Notice>, Refusal> {
        let Some(Advice::Payment { question, sharers, .. }) = received.filing.advice() else { return Ok(Vec::new()) };
        let mut providers = self.store().providers(sharers.iter().map(|provider| &**provider)).await?;
        providers.sort_by(|one, other| one.provider.cmp(&other.provider));
        let mut notices = Vec::new();
        for provider in providers.into_iter().take(MOST_NOTICES) {
            if let Some(contact) = self.store().contact(&provider).await? {
                notices.push(Notice {
                    number: Confirmation::at(received.at)?.to_string(),
                    name: contact.name.to_string(),
                    email: contact.email.to_string(),
                    en_name: provider.name.to_string(),
                    ticket: question.case.ticket_id.to_string(),
                    payment: question.claim.payment.to_string(),
                    month: question.claim.month.to_string(),
                    sent_at: None,
                    refused_at: None,
                });
            }
        }
        Ok(notices)
    }

    /// The answer that an attempt got before; none if it is the first.
    async fn before(&self, scope: &Scope, attempt: Attempt<'_>) -> Result<Option<Response>, Refusal> {
        match self.store().answered(scope, attempt, self.clock().now()).await? {
            Some(Answered::Before(first)) => confirmed(attempt.route, first).map(Some),
            Some(Answered::OtherBody) => Err(reused()),
            None => Ok(None),
        }
    }

    /// A form that may be stored: nothing is wrong with it, and it is what was reviewed.
    async fn checked(&self, scope: &Scope, counter: Counter, text: &[u8]) -> Result<Received, Refusal> {
        let received = self.receive(scope, counter.form, text).await?;
        if let Some(warnings) = unacknowledged(&received.filing) {
            return Err(Refusal::of_question(warnings));
        }
        self.check_review(scope, &received.filing, received.review_token.as_deref(), received.at).await?;
        Ok(received)
    }
}

/// What was sent, without the token of the review and the warnings that were acknowledged: a form that is reviewed again is the same.
fn without_review(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let Ok(mut fields) = serde_json::from_slice::<BTreeMap<String, &RawValue>>(text) else {
        return text.to_vec().into();
    };
    fields.retain(|name, _| !["review_token", "acknowledged_warnings"].contains(&name.as_str()));
    let mut form = Zeroizing::new(Vec::with_capacity(text.len()));
    for (name, value) in fields {
        for part in [name.as_str(), value.get()] {
            form.extend_from_slice(&(part.len() as u64).to_be_bytes());
            form.extend_from_slice(part.as_bytes());
        }
    }
    form
}

/// Counts a form that was taken in, and what was advised about it.
fn count(parts: &Parts, filing: &Filing) {
    let Some(metrics) = parts.extensions.get::<Metrics>() else { return };
    metrics.submission(filing.form());
    if let Some(Advice::Payment { determination, .. }) = filing.advice() {
        metrics.determination(determination);
    }
}

fn not_filed(error: FileError) -> Refusal {
    match error {
        FileError::Replayed(_) => Refusal::internal(),
        FileError::OtherBody => reused(),
        FileError::InFlight => refused(StatusCode::CONFLICT, &code::IDEMPOTENCY_IN_FLIGHT),
        FileError::NotLinked => refused(StatusCode::FORBIDDEN, &crate::identity::code::AUTH_FORBIDDEN),
        FileError::TooLarge => refused(StatusCode::PAYLOAD_TOO_LARGE, &code::SUBMISSION_TOO_LARGE),
        FileError::Duplicate(held) => on_file_already(held),
        FileError::Unavailable(error) => error.into(),
    }
}

/// A form of which something may be on file only once, and is.
pub(super) fn on_file_already(Duplicate { code, confirmation, .. }: Duplicate) -> Refusal {
    let problem = Problem::new(code, "");
    Refusal::of_question(vec![match confirmation {
        Some(first) => problem.with("confirmation", first.as_str()),
        None => problem,
    }])
}

fn reused() -> Refusal {
    refused(StatusCode::UNPROCESSABLE_ENTITY, &code::IDEMPOTENCY_KEY_REUSED)
}

/// The answer as it was given first, and where to find what was filed.
fn confirmed(route: &str, first: Reply) -> Result<Response, Refusal> {
    let number: Numbered = serde_json::from_str(&first.body).map_err(|_| Refusal::internal())?;
    let location =
        HeaderValue::from_str(&format!("{route}/{}", number.confirmation)).map_err(|_| Refusal::internal())?;
    let mut response = reply::answer(first.body);
    *response.status_mut() = StatusCode::from_u16(first.status).map_err(|_| Refusal::internal())?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

/// An answer as far as it says where what was filed is found.
#[derive(Deserialize)]
struct Numbered {
    confirmation: String,
}

impl Confirmed {
    fn of(portal: &Portal, scope: &Scope, received: &Received, confirmation: &Confirmation) -> Result<Self, Refusal> {
        let (filing, user, organization) = (&received.filing, scope.user(), scope.organization());
        Ok(Self {
            confirmation: confirmation.as_str().to_owned(),
            form: filing.form().as_str().to_owned(),
            form_name: filing.form().name().to_owned(),
            submitted_at: received.at.to_string(),
            date_of_request: eastern_day(received.at).to_string(),
            submitted_by: Submitter { name: user.name.to_string(), title: user.title.to_string() },
            organization: OrganizationName { ein: organization.ein.to_string(), name: organization.name.to_string() },
            beneficiaries: filing.people().len(),
            acknowledged_warnings: filing.warned_of().into_iter().map(str::to_owned).collect(),
            advice: advice(filing)?,
            rules_version: portal.engine().version().to_owned(),
        })
    }
}

/// 1 to 128 visible characters, given once.
fn idempotency_key(parts: &Parts) -> Result<&str, Refusal> {
    let mut given = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
    let key = match (given.next(), given.next()) {
        (Some(key), None) => key.to_str().ok(),
        _ => None,
    };
    key.filter(|key| (1..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| refused(StatusCode::BAD_REQUEST, &code::IDEMPOTENCY_KEY_REQUIRED))
}
