//! An issuer with keys of its own.

use super::USER;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

pub(super) const ISSUER: &str = "https://id.example/pool";
pub(super) const AUDIENCE: &str = "portal";

pub(super) struct Signer {
    id: String,
    key: Key,
}

enum Key {
    Rs256(KeyPair),
    Es256(EcdsaKeyPair),
}

pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

pub(super) fn encoded(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

impl Signer {
    pub(super) fn rs256(id: &str) -> Self {
        Self { id: id.to_owned(), key: Key::Rs256(KeyPair::generate(KeySize::Rsa2048).unwrap()) }
    }

    pub(super) fn es256(id: &str) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        Self { id: id.to_owned(), key: Key::Es256(key) }
    }

    pub(super) fn algorithm(&self) -> &'static str {
        if matches!(self.key, Key::Rs256(_)) { "RS256" } else { "ES256" }
    }

    /// The public key as it stands in a key set.
    pub(super) fn public(&self) -> Value {
        let mut public = match &self.key {
            Key::Rs256(key) => {
                let key = DecodingKey::from_rsa_der(key.public_key().as_ref());
                json!(Jwk::from_decoding_key(&key, Some(Algorithm::RS256)).unwrap())
            }
            Key::Es256(key) => {
                let (x, y) = key.public_key().as_ref()[1..].split_at(32);
                json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "x": encoded(x), "y": encoded(y) })
            }
        };
        public["kid"] = self.id.as_str().into();
        public["use"] = "sig".into();
        public
    }

    pub(super) fn key_set(&self) -> String {
        json!({ "keys": [self.public()] }).to_string()
    }

    /// A good token, changed.
    pub(super) fn token(&self, change: impl FnOnce(&mut Value)) -> String {
        self.token_with(|_| {}, change)
    }

    /// A good token with a changed head and changed claims, signed over both.
    pub(super) fn token_with(&self, head: impl FnOnce(&mut Value), claims: impl FnOnce(&mut Value)) -> String {
        let message = message(self.algorithm(), &self.id, head, claims);
        format!("{message}.{}", encoded(self.sign(message.as_bytes())))
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.key {
            Key::Rs256(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
            Key::Es256(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
        }
    }
}

/// Head and claims of a good token, changed; not signed yet.
pub(super) fn message(
    algorithm: &str,
    id: &str,
    head: impl FnOnce(&mut Value),
    claims: impl FnOnce(&mut Value),
) -> String {
    let mut header = json!({ "alg": algorithm, "kid": id, "typ": "JWT" });
    head(&mut header);
    let mut body = json!({ "iss": ISSUER, "sub": USER, "aud": AUDIENCE, "exp": now() + 600, "iat": now() });
    claims(&mut body);
    format!("{}.{}", encoded(header.to_string()), encoded(body.to_string()))
}
