//! From a request to a caller.

use super::claims::Claims;
use super::code::{AUTH_REQUIRED, UPSTREAM_UNAVAILABLE};
use super::keys::{Keys, NoKey};
use super::{Caller, KeySource, Registry, StepUp, caller_of, forbidden};
use crate::Refusal;
use crate::gateway::Vouched;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use jsonwebtoken::{Validation, decode, decode_header};
use std::fmt;
use std::sync::Arc;

/// No token is longer, in bytes.
const MAX_TOKEN: usize = 8 << 10;
/// How far two clocks may differ, in seconds.
const LEEWAY: u64 = 60;

/// The issuer whose tokens are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedIssuer {
    /// The claim `iss`, to the letter.
    pub issuer: String,
    /// For whom a token must be: one of these in `aud`, or in the `client_id` of a Cognito access token.
    pub audience: Vec<String>,
    /// Where its keys are.
    pub keys: KeySource,
}

/// Finds out who calls.
#[derive(Clone)]
pub struct Authenticator(Arc<Inner>);

struct Inner {
    issuer: Option<(TrustedIssuer, Keys)>,
    step_up: Option<StepUp>,
    registry: Box<dyn Registry>,
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticator").field("issuer", &self.0.issuer).finish_non_exhaustive()
    }
}

impl Authenticator {
    /// Takes tokens of an issuer; without one, only what the gateway has verified. Nothing is fetched before it is needed.
    pub fn new(issuer: Option<TrustedIssuer>, step_up: Option<StepUp>, registry: impl Registry + 'static) -> Self {
        let issuer = issuer.map(|issuer| (issuer.clone(), Keys::of(issuer.keys)));
        Self(Arc::new(Inner { issuer, step_up, registry: Box::new(registry) }))
    }

    /// The same with another pause between two questions to the issuer.
    #[cfg(test)]
    pub(super) fn asking_every(
        issuer: &TrustedIssuer,
        interval: std::time::Duration,
        registry: impl Registry + 'static,
    ) -> Self {
        let keys = Keys::asked_every(issuer.keys.clone(), interval);
        Self(Arc::new(Inner { issuer: Some((issuer.clone(), keys)), step_up: None, registry: Box::new(registry) }))
    }

    /// Who sends this request: what the gateway's authorizer has verified, else the bearer token, verified here.
    ///
    /// # Errors
    /// 401 without a token of ours, 403 for who is not in the registry or must take a second step, 503 when the issuer's keys or
    /// the registry cannot be had.
    pub async fn caller(&self, request: &Parts) -> Result<Caller, Refusal> {
        let claims = match request.extensions.get::<Vouched>() {
            Some(vouched) => self.vouched(vouched)?,
            None => self.verified(bearer(&request.headers).ok_or_else(unknown)?).await?,
        };
        let subject = claims.subject(self.0.step_up.as_ref())?;
        let account = self.0.registry.account(subject).await?;
        account.map(caller_of).ok_or_else(forbidden)
    }

    /// Claims that the gateway has verified. A gateway in front of another issuer's users is a mistake that is caught here.
    fn vouched(&self, vouched: &Vouched) -> Result<Claims, Refusal> {
        let is_ours = |claims: &Claims| self.0.issuer.as_ref().is_none_or(|(issuer, _)| claims.are_of(&issuer.issuer));
        vouched.claims().filter(is_ours).ok_or_else(unknown)
    }

    async fn verified(&self, token: &str) -> Result<Claims, Refusal> {
        let (issuer, keys) = self.0.issuer.as_ref().ok_or_else(unknown)?;
        let head = decode_header(token).map_err(|_| unknown())?;
        // Extensions that a verifier must understand: none is understood here.
        let id = head.kid.filter(|_| head.crit.is_none()).ok_or_else(unknown)?;
        let key = keys.find(&id).await.map_err(|reason| match reason {
            NoKey::Unknown => unknown(),
            NoKey::Unavailable => Refusal::because(StatusCode::SERVICE_UNAVAILABLE, &UPSTREAM_UNAVAILABLE),
        })?;
        // The algorithm is the key's, never the token's own choice.
        let mut rules = Validation::new(key.algorithm);
        rules.leeway = LEEWAY;
        rules.validate_nbf = true;
        // Whom a token is for is judged below: Cognito says it in another claim.
        rules.validate_aud = false;
        rules.set_required_spec_claims(&["exp", "iss", "sub"]);
        let claims = decode::<Claims>(token, &key.key, &rules).map_err(|_| unknown())?.claims;
        if claims.are_of(&issuer.issuer) && claims.are_for(&issuer.audience) { Ok(claims) } else { Err(unknown()) }
    }
}

fn unknown() -> Refusal {
    Refusal::because(StatusCode::UNAUTHORIZED, &AUTH_REQUIRED)
}

/// The token of the one `Authorization: Bearer`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(only), None) = (given.next(), given.next()) else { return None };
    let (scheme, token) = only.to_str().ok()?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && token.len() <= MAX_TOKEN).then_some(token.trim())
}

/// The caller, of a route that only signed-in people may take.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Caller);

impl<S> FromRequestParts<S> for SignedIn
where
    S: Send + Sync,
    Authenticator: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        Authenticator::from_ref(state).caller(parts).await.map(Self)
    }
}
