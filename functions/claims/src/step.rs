//! A step that the program manager takes with a work case.

use crate::refusal::{changed, not_written};
use crate::shown::{Number, found, shown};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::response::Response;
use ttw_core::Problem;
use ttw_core::claims::{Arrival, Claim, Otherwise};
use ttw_core::decision::Received;
use ttw_core::read::MAX_BYTES;
use ttw_portal::identity::Manager;
use ttw_portal::store::{By, Taking, WorkCase};
use ttw_portal::telemetry::RequestId;
use ttw_portal::{Portal, Refusal, body};

/// What is kept with a step.
#[derive(Default)]
pub(crate) struct Kept {
    /// What arrived.
    pub arrived: Option<Arrival>,
    /// Why it is not what the engine proposes.
    pub otherwise: Option<Otherwise>,
    /// Who shares what is paid.
    pub shares: Option<Vec<Received>>,
}

/// What was sent, and the work case as it stands.
pub(crate) struct Step<'p, T> {
    portal: &'p Portal,
    parts: Parts,
    pub manager: Manager,
    pub sent: T,
    pub case: WorkCase,
}

impl<'p, T> Step<'p, T> {
    /// Reads both. Whoever looked at an earlier version of the work case is told that it has changed.
    pub(crate) async fn read(
        portal: &'p Portal,
        number: Number,
        request: Request,
        read: impl FnOnce(&[u8]) -> Result<T, Vec<Problem>>,
        version: impl FnOnce(&T) -> u32,
    ) -> Result<Self, Refusal> {
        let (parts, content) = request.into_parts();
        let manager = portal.caller(&parts).await?.manager()?;
        let text = body::json(Request::from_parts(parts.clone(), content), MAX_BYTES).await?;
        let sent = read(&text).map_err(Refusal::of_question)?;
        let case = found(portal, &manager, number).await?;
        if version(&sent) != case.version {
            return Err(changed());
        }
        Ok(Self { portal, parts, manager, sent, case })
    }

    /// Writes what became of the claim, and shows it.
    pub(crate) async fn keep(
        self,
        claim: Claim,
        Kept { arrived, otherwise, shares }: Kept,
    ) -> Result<Response, Refusal> {
        let Self { portal, parts, manager, case, .. } = self;
        let (at, request_id) = (portal.clock().now(), request_id(&parts));
        let shares = shares.map(|shares| serde_json::to_string(&shares)).transpose();
        let shares = shares.map_err(|_| Refusal::internal())?;
        let taking = Taking { by: By::Manager(&manager), claim, arrived, otherwise, shares, at, request_id };
        let case = portal.store().append(portal.engine(), &case, &taking).await.map_err(not_written)?;
        shown(portal, &manager, case).await
    }

    /// A refusal by what was on file: not by the step itself where somebody else has changed the work case meanwhile.
    pub(crate) async fn refused(&self, refusal: Refusal) -> Refusal {
        match self.portal.store().is_changed(&self.case).await {
            Ok(true) => changed(),
            Ok(false) => refusal,
            Err(error) => error.into(),
        }
    }
}

pub(crate) fn request_id(parts: &Parts) -> &str {
    parts.extensions.get::<RequestId>().map_or("", RequestId::as_str)
}
