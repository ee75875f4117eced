//! A development issuer: its key is made at its start, its users are made up, and it stands on the local server alone.

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use ttw_portal::identity::{KeySource, TrustedIssuer};

/// For whom its tokens are.
pub const AUDIENCE: &str = "ttw-local";
/// How long a token holds.
pub(crate) const LIFETIME: Duration = Duration::from_hours(8);

/// Somebody who may be signed in with nothing but a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemoUser {
    /// The subject of the tokens.
    pub subject: String,
    /// What a page shows.
    pub label: String,
}

/// The issuer.
#[derive(Clone)]
pub struct Issuer(Arc<Inner>);

struct Inner {
    address: String,
    key: EncodingKey,
    own: DecodingKey,
    head: Header,
    key_set: String,
    users: Vec<DemoUser>,
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer").field("address", &self.0.address).field("users", &self.0.users).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    token_use: &'a str,
    iat: u64,
    exp: u64,
}

impl Issuer {
    /// An issuer at an address, such as `http://127.0.0.1:9000/dev`, with a new key.
    ///
    /// # Errors
    /// When the machine gives no random numbers.
    pub fn new(address: &str, users: Vec<DemoUser>) -> Result<Self, Unspecified> {
        let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())?;
        let key = EncodingKey::from_ec_der(pair.as_ref());
        let mut public = Jwk::from_encoding_key(&key, Algorithm::ES256).map_err(|_| Unspecified)?;
        // Another start is another key, so that it must have another name: a token of the last start is then asked about.
        let id = public.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).map_err(|_| Unspecified)?;
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        let own = DecodingKey::from_jwk(&public).map_err(|_| Unspecified)?;
        let key_set = serde_json::to_string(&JwkSet { keys: vec![public] }).map_err(|_| Unspecified)?;
        let head = Header { kid: Some(id), ..Header::new(Algorithm::ES256) };
        Ok(Self(Arc::new(Inner { address: address.to_owned(), key, own, head, key_set, users })))
    }

    /// What the functions of the same process trust.
    #[must_use]
    pub fn trusted(&self) -> TrustedIssuer {
        TrustedIssuer {
            issuer: self.0.address.clone(),
            audience: vec![AUDIENCE.to_owned()],
            keys: KeySource::Held(self.0.key_set.clone()),
        }
    }

    /// A token for one of its users; none for anybody else.
    #[must_use]
    pub fn token(&self, subject: &str) -> Option<String> {
        let user = self.0.users.iter().find(|user| user.subject == subject)?;
        let now = now();
        self.sign(&Claims {
            iss: &self.0.address,
            sub: &user.subject,
            aud: AUDIENCE,
            token_use: "access",
            iat: now,
            exp: now.saturating_add(LIFETIME.as_secs()),
        })
    }

    /// Where it is.
    pub(crate) fn address(&self) -> &str {
        &self.0.address
    }

    /// Its public key, as a JSON Web Key set.
    pub(crate) fn key_set(&self) -> &str {
        &self.0.key_set
    }

    /// Who may be signed in.
    pub(crate) fn users(&self) -> &[DemoUser] {
        &self.0.users
    }

    pub(crate) fn knows(&self, subject: &str) -> bool {
        self.0.users.iter().any(|user| user.subject == subject)
    }

    pub(crate) fn sign(&self, claims: &impl Serialize) -> Option<String> {
        encode(&self.0.head, claims, &self.0.key).ok()
    }

    /// What it has signed itself for an audience, as long as it holds.
    pub(crate) fn read<T: DeserializeOwned + Clone>(&self, token: &str, audience: &str) -> Option<T> {
        let mut wanted = Validation::new(Algorithm::ES256);
        wanted.set_audience(&[audience]);
        decode(token, &self.0.own, &wanted).ok().map(|read| read.claims)
    }
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
