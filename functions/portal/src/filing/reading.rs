//! What was filed, and what a form offers.

use super::routes::Counter;
use super::{code, raw, refused};
use crate::answers::{ChoiceView, FormOptions, OptionListView, SubmissionLine, SubmissionView, Submissions, Submitter};
use crate::identity::{Manager, Scope};
use crate::portal::filing;
use crate::progress::Progress;
use crate::query::Query;
use crate::store::{Confirmation, Standing, Submission};
use crate::{Portal, Refusal, reply};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use serde::Deserialize;
use std::collections::HashMap;
use ttw_core::claims::State;
use ttw_core::forms::Form;

/// The size of a page unless one is asked for, and the largest.
const PAGE: (usize, usize) = (25, 100);

impl Portal {
    /// The submissions of the caller's organization, newest first.
    ///
    /// # Errors
    /// Everything that is wrong with the request.
    pub async fn list(&self, form: Form, parts: &Parts) -> Result<Response, Refusal> {
        let scope = self.filing_scope(parts).await?;
        let mut query = Query::read(parts.uri.query(), &["cursor", "limit"]);
        let (cursor, limit) = query.page(PAGE);
        query.finish()?;
        let page = self.store().list(&scope, form, cursor.as_deref(), limit).await?;
        let numbers: Vec<_> = page.submissions.iter().map(|one| one.confirmation.clone()).collect();
        let standings = match form {
            Form::PaymentRequest => self.store().standings(&scope, self.engine(), &numbers).await?,
            _ => HashMap::new(),
        };
        let lines = page.submissions.into_iter().map(|one| {
            let standing = standings.get(&one.confirmation);
            line(standing.and_then(|standing| self.state_of(standing)), standing.and_then(Standing::paid_as), one)
        });
        let items = lines.collect::<Result<_, _>>()?;
        reply::json(StatusCode::OK, &Submissions { items, next_cursor: page.cursor })
    }

    /// One submission of the caller's organization; to the program manager, who has its number from a mail, that of any.
    ///
    /// # Errors
    /// 404, the same for a number that does not exist and for one of somebody else.
    pub async fn one(&self, form: Form, parts: &Parts, number: Option<&str>) -> Result<Response, Refusal> {
        let caller = self.caller(parts).await?;
        let reader = caller.manager().map(Reader::Manager).or_else(|_| filing(&caller).map(Reader::Organization))?;
        Query::read(parts.uri.query(), &[]).finish()?;
        let unknown = || refused(StatusCode::NOT_FOUND, &code::SUBMISSION_UNKNOWN);
        let number = number.and_then(Confirmation::parse).ok_or_else(unknown)?;
        let (store, engine) = (self.store(), self.engine());
        let found = match &reader {
            Reader::Manager(manager) => store.filed(manager, form, number.as_str()).await?,
            Reader::Organization(scope) => store.one(scope, form, &number).await?,
        };
        let found = found.ok_or_else(unknown)?;
        let case = match (form, &reader) {
            (Form::PaymentRequest, Reader::Manager(_)) => store.work_case(engine, &number).await?,
            (Form::PaymentRequest, Reader::Organization(scope)) => store.own_work_case(scope, engine, &number).await?,
            _ => None,
        };
        let progress = case.map(|case| Progress::of(&case, self.desk().received_on, self.engine().parameters()));
        reply::json(StatusCode::OK, &view(found, progress)?)
    }

    /// Where an open claim is, with what its clocks have done by today, whether or not it was entered yet.
    fn state_of(&self, standing: &Standing) -> Option<State> {
        let mut claim = standing.claim.clone()?;
        let _ = claim.settle(self.desk().received_on, self.engine().parameters());
        Some(claim.state())
    }

    /// The option lists of a form.
    #[must_use]
    pub fn options(&self, counter: Counter) -> Option<FormOptions> {
        let lists = counter.lists.iter().map(|name| self.option_list(name)).collect::<Option<_>>()?;
        Some(FormOptions {
            form: counter.form.as_str(),
            default_rows: counter.rows.map(|(default, _)| default),
            max_rows: counter.rows.map(|(_, max)| max),
            lists,
            rules_version: self.engine().version().to_owned(),
        })
    }

    fn option_list(&self, name: &str) -> Option<OptionListView> {
        let list = self.engine().options().named(name)?;
        Some(OptionListView {
            name: name.to_owned(),
            version: list.version.to_string(),
            source: list.source.to_string(),
            choices: list
                .choice
                .iter()
                .map(|choice| ChoiceView {
                    code: choice.code.to_string(),
                    label: choice.label.to_string(),
                    text: choice.text.iter().map(ToString::to_string).collect(),
                })
                .collect(),
        })
    }
}

/// Who reads a submission.
enum Reader {
    Manager(Manager),
    Organization(Scope),
}

/// What of a form tells it from another in a list.
#[derive(Deserialize)]
struct Gist {
    ssn: Option<String>,
    request_type: Option<String>,
    claim_month: Option<String>,
}

fn line(state: Option<State>, paid_as: Option<&str>, submission: Submission) -> Result<SubmissionLine, Refusal> {
    let Gist { ssn, request_type, claim_month } =
        serde_json::from_str(&submission.document).map_err(|_| Refusal::internal())?;
    Ok(SubmissionLine {
        confirmation: submission.confirmation.as_str().to_owned(),
        form: submission.form.as_str().to_owned(),
        submitted_at: submission.submitted_at,
        submitted_by: Submitter { name: submission.submitter_name, title: submission.submitter_title },
        status: state.map_or(submission.status.as_str(), |state| state.as_str()).to_owned(),
        date_of_request: submission.received_on,
        beneficiaries: submission.beneficiaries,
        ssn,
        payment: paid_as.map(str::to_owned).or(request_type),
        month: claim_month,
    })
}

fn view(submission: Submission, progress: Option<Progress>) -> Result<SubmissionView, Refusal> {
    let state = progress.as_ref().map(|progress| progress.timeline.state.as_str());
    Ok(SubmissionView {
        confirmation: submission.confirmation.as_str().to_owned(),
        form: submission.form.as_str().to_owned(),
        form_name: submission.form.name().to_owned(),
        submitted_at: submission.submitted_at,
        submitted_by: Submitter { name: submission.submitter_name, title: submission.submitter_title },
        status: state.unwrap_or(submission.status.as_str()).to_owned(),
        date_of_request: submission.received_on,
        beneficiaries: submission.beneficiaries,
        document: raw(&submission.document)?,
        advice: submission.advice.as_deref().map(raw).transpose()?,
        acknowledged_warnings: submission.acknowledged,
        progress,
        rules_version: submission.rules_version,
    })
}
