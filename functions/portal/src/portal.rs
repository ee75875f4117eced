//! What every route works with.

use crate::clock::{Clock, eastern_day};
use crate::identity::{Authenticator, Caller, Scope};
use crate::store::Store;
use crate::{Refusal, Rules, Settings};
use axum::http::request::Parts;
use ttw_core::Engine;
use ttw_core::forms::{Desk, People, Role};

/// The program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The engine, the table, who may ask, and the time.
#[derive(Debug, Clone)]
pub struct Portal {
    rules: Rules,
    store: Store,
    authenticator: Authenticator,
    clock: Clock,
    people: People,
}

/// In what capacity somebody files for an organization.
const FILES: [Role; 4] = [Role::Submitter, Role::Signatory, Role::PrimaryContact, Role::Negotiator];

impl Portal {
    /// A portal of its parts.
    #[must_use]
    pub fn new(engine: Engine, store: Store, authenticator: Authenticator, clock: Clock, people: People) -> Self {
        Self { rules: Rules::ready(engine), store, authenticator, clock, people }
    }

    /// The portal of the settings. Nothing is connected to before it is needed. The built-in rules, with which nothing can be wrong, are
    /// made ready while the first request is waited for.
    ///
    /// # Errors
    /// A sentence for each setting that cannot be used.
    pub fn of(settings: &Settings) -> Result<Self, Vec<String>> {
        let rules = Rules::of(settings)?;
        let store = Store::from_settings(&settings.store()).map_err(|problem| vec![problem])?;
        let authenticator = Authenticator::new(settings.issuer.clone(), settings.step_up.clone(), store.clone());
        Ok(Self { rules, store, authenticator, clock: Clock::system(), people: settings.people })
    }

    /// Rules, parameters and option lists.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        self.rules.engine()
    }

    /// The table.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The time.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Whose numbers are taken.
    #[must_use]
    pub const fn people(&self) -> People {
        self.people
    }

    /// Where forms and questions are received now.
    #[must_use]
    pub fn desk(&self) -> Desk<'_> {
        self.desk_at(self.clock.now())
    }

    /// Where forms are received at a moment.
    #[must_use]
    pub fn desk_at(&self, now: jiff::Timestamp) -> Desk<'_> {
        Desk { engine: self.engine(), received_on: eastern_day(now), people: self.people }
    }

    /// Who asks.
    ///
    /// # Errors
    /// 401 or 403 for who is not signed in or not known.
    pub async fn caller(&self, parts: &Parts) -> Result<Caller, Refusal> {
        self.authenticator.caller(parts).await
    }

    /// The organization for which somebody asks who may file for it.
    ///
    /// # Errors
    /// 401 or 403.
    pub async fn filing_scope(&self, parts: &Parts) -> Result<Scope, Refusal> {
        filing(&self.caller(parts).await?)
    }
}

/// The organization for which a caller may file.
pub(crate) fn filing(caller: &Caller) -> Result<Scope, Refusal> {
    caller.require(&FILES)?;
    caller.required_scope()
}
