//! The issuer's public keys, held and asked for again.

use super::source::KeySource;
use crate::telemetry;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// A key set older than this is asked for again.
const FRESH: Duration = Duration::from_hours(1);
/// An issuer that does not answer is trusted on its last answer for so long.
const USABLE: Duration = Duration::from_hours(24);
/// Between two attempts, however many unknown keys are named in between.
const INTERVAL: Duration = Duration::from_secs(30);

/// One key with the one algorithm it verifies.
#[derive(Debug, Clone)]
pub(super) struct Verifying {
    id: String,
    pub(super) algorithm: Algorithm,
    pub(super) key: DecodingKey,
}

/// Why there is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoKey {
    /// The issuer has no key of this id.
    Unknown,
    /// The issuer could not be asked.
    Unavailable,
}

/// The keys of one issuer.
#[derive(Debug)]
pub(super) struct Keys {
    source: KeySource,
    interval: Duration,
    held: RwLock<Held>,
    asking: Mutex<()>,
}

#[derive(Debug, Default)]
struct Held {
    keys: Vec<Verifying>,
    answered: Option<SystemTime>,
    asked: Option<SystemTime>,
    failed: bool,
}

impl Keys {
    pub(super) fn of(source: KeySource) -> Self {
        Self::asked_every(source, INTERVAL)
    }

    pub(super) fn asked_every(source: KeySource, interval: Duration) -> Self {
        Self { source, interval, held: RwLock::default(), asking: Mutex::default() }
    }

    /// The key of an id. The issuer is asked when the id is unknown or the keys are old, by one caller at a time.
    pub(super) async fn find(&self, id: &str) -> Result<Verifying, NoKey> {
        if let Some(key) = self.held(id, FRESH) {
            return Ok(key);
        }
        let _one_at_a_time = self.asking.lock().await;
        if let Some(key) = self.held(id, FRESH) {
            return Ok(key);
        }
        if self.may_ask() {
            self.note(|held| (held.asked, held.failed) = (Some(SystemTime::now()), true));
            match self.source.load().await.and_then(|text| read(&text)) {
                Some(keys) => self.note(|held| {
                    *held = Held { keys, answered: Some(SystemTime::now()), asked: held.asked, failed: false };
                }),
                None => telemetry::note("the issuer's keys could not be read"),
            }
        }
        self.held(id, USABLE).ok_or_else(|| {
            let failed = self.held.read().unwrap_or_else(PoisonError::into_inner).failed;
            if failed { NoKey::Unavailable } else { NoKey::Unknown }
        })
    }

    fn held(&self, id: &str, age: Duration) -> Option<Verifying> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let key = held.keys.iter().find(|key| key.id == id)?;
        is_within(held.answered, age).then(|| key.clone())
    }

    fn may_ask(&self) -> bool {
        !is_within(self.held.read().unwrap_or_else(PoisonError::into_inner).asked, self.interval)
    }

    fn note(&self, change: impl FnOnce(&mut Held)) {
        change(&mut self.held.write().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Whether a moment is no longer ago than this. The clock of the day is asked, since the other one stands still while a function
/// is frozen; a moment to come counts as long ago.
fn is_within(moment: Option<SystemTime>, age: Duration) -> bool {
    moment.and_then(|moment| SystemTime::now().duration_since(moment).ok()).is_some_and(|passed| passed < age)
}

/// The keys of a set that verify signatures of the two algorithms taken here; none when the text is no key set.
fn read(text: &[u8]) -> Option<Vec<Verifying>> {
    let set: JwkSet = serde_json::from_slice(text).ok()?;
    Some(set.keys.iter().filter_map(verifying).collect())
}

fn verifying(jwk: &Jwk) -> Option<Verifying> {
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => Algorithm::ES256,
        _ => return None,
    };
    let is_for_signatures = jwk.common.public_key_use.as_ref().is_none_or(|kind| *kind == PublicKeyUse::Signature);
    let is_for_this = jwk.common.key_algorithm.is_none_or(|given| given == KeyAlgorithm::from(algorithm));
    let id = jwk.common.key_id.clone()?;
    let key = DecodingKey::from_jwk(jwk).ok()?;
    (is_for_signatures && is_for_this).then_some(Verifying { id, algorithm, key })
}
