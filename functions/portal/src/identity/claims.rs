//! What a token says, once somebody has verified it.

use super::code::{AUTH_REQUIRED, AUTH_STEP_UP};
use crate::Refusal;
use axum::http::StatusCode;
use serde::Deserialize;
use std::collections::HashMap;

/// The longest subject, in bytes.
const MAX_SUBJECT: usize = 128;
/// The only kind of token that opens anything: an identity token is for the page, not for us.
const ACCESS: &str = "access";

/// Claims that are looked at. There may be others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Claims {
    sub: String,
    iss: Option<String>,
    aud: Option<OneOrMore>,
    client_id: Option<String>,
    token_use: Option<String>,
    amr: Option<OneOrMore>,
    acr: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn has(&self, wanted: &str) -> bool {
        match self {
            Self::One(only) => only == wanted,
            Self::More(all) => all.iter().any(|one| one == wanted),
        }
    }
}

/// A claim that every session must carry: proof of a second step at sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepUp {
    /// A method among those of `amr`, such as `mfa`.
    Method(Box<str>),
    /// A class, the value of `acr`.
    Class(Box<str>),
}

impl StepUp {
    /// Reads `amr=mfa` or `acr=…`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('=') {
            Some(("amr", method)) if !method.is_empty() => Some(Self::Method(method.into())),
            Some(("acr", class)) if !class.is_empty() => Some(Self::Class(class.into())),
            _ => None,
        }
    }
}

impl Claims {
    /// The claims as the gateway hands them on: texts all of them, a list as `[one two]`.
    pub(crate) fn from_gateway(claims: &HashMap<String, String>) -> Option<Self> {
        let text = |name: &str| claims.get(name).cloned();
        let list = |name: &str| {
            let text = claims.get(name)?;
            let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            Some(inner.map_or_else(
                || OneOrMore::One(text.clone()),
                |inner| OneOrMore::More(inner.split([' ', ',']).map(str::to_owned).collect()),
            ))
        };
        Some(Self {
            sub: text("sub")?,
            iss: text("iss"),
            aud: list("aud"),
            client_id: text("client_id"),
            token_use: text("token_use"),
            amr: list("amr"),
            acr: text("acr"),
        })
    }

    /// Whether the issuer is this one.
    pub(crate) fn are_of(&self, issuer: &str) -> bool {
        self.iss.as_deref() == Some(issuer)
    }

    /// Whether the token is for one of these audiences. Cognito's access tokens have no `aud`: they name the client, and say that
    /// they are access tokens.
    pub(crate) fn are_for(&self, audience: &[String]) -> bool {
        match (&self.aud, &self.client_id) {
            (Some(given), _) => audience.iter().any(|wanted| given.has(wanted)),
            (None, Some(client)) => self.token_use.as_deref() == Some(ACCESS) && audience.contains(client),
            (None, None) => false,
        }
    }

    /// The subject, if these are the claims of an access token and of a session that is strong enough.
    pub(crate) fn subject(&self, step_up: Option<&StepUp>) -> Result<&str, Refusal> {
        let is_access = self.token_use.as_deref().is_none_or(|kind| kind == ACCESS);
        let is_subject = (1..=MAX_SUBJECT).contains(&self.sub.len()) && !self.sub.chars().any(char::is_control);
        if !is_access || !is_subject {
            return Err(Refusal::because(StatusCode::UNAUTHORIZED, &AUTH_REQUIRED));
        }
        let is_strong = match step_up {
            None => true,
            Some(StepUp::Method(method)) => self.amr.as_ref().is_some_and(|given| given.has(method)),
            Some(StepUp::Class(class)) => self.acr.as_deref() == Some(class),
        };
        if is_strong { Ok(&self.sub) } else { Err(Refusal::because(StatusCode::FORBIDDEN, &AUTH_STEP_UP)) }
    }
}
