//! The routes of one form. All forms have the same.

use crate::query::Query;
use crate::{Portal, Refusal, reply};
use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::routing::{get, post};
use ttw_core::forms::Form;

/// Where a form is filed, and how it is spoken of.
#[derive(Debug, Clone, Copy)]
pub struct Counter {
    /// Which form.
    pub form: Form,
    /// The path under which it is filed, such as `/v1/payment-requests`.
    pub path: &'static str,
    /// The form's option lists.
    pub lists: &'static [&'static str],
    /// How many empty rows the form opens with, and the most it takes.
    pub rows: Option<(u8, u16)>,
}

impl Counter {
    /// The routes: review, submit, list, one, options.
    pub fn routes(self) -> Router<Portal> {
        let form = self.form;
        let review =
            post(async move |State(portal): State<Portal>, request: Request| portal.review(form, request).await);
        let submit =
            post(async move |State(portal): State<Portal>, request: Request| portal.submit(self, request).await);
        let list = get(async move |State(portal): State<Portal>, parts: Parts| portal.list(form, &parts).await);
        let one = get(
            async move |State(portal): State<Portal>, number: Result<Path<String>, PathRejection>, parts: Parts| {
                let number = number.ok().map(|Path(number)| number);
                portal.one(form, &parts, number.as_deref()).await
            },
        );
        let options = get(async move |State(portal): State<Portal>, parts: Parts| {
            portal.caller(&parts).await?;
            Query::read(parts.uri.query(), &[]).finish()?;
            let options = portal.options(self).ok_or_else(Refusal::internal)?;
            reply::json(StatusCode::OK, &options)
        });
        Router::new()
            .route(&format!("{}/review", self.path), review)
            .route(&format!("{}/options", self.path), options)
            .route(&format!("{}/{{confirmation}}", self.path), one)
            .route(self.path, submit.merge(list))
    }
}
