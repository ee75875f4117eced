//! What is secret at rest: numbers of people are indexed by a keyed hash and sealed; tokens carry a keyed hash of ours.
//!
//! Three keys that know nothing of each other. The *index key* turns a Social Security number into the key under which a person is
//! found; it can never be changed without writing the table anew. The *token key* authenticates what we hand out and want back
//! unchanged: review tokens, cursors, idempotency records. The *master key* wraps data keys, and a data key seals bytes; with KMS
//! it never leaves KMS.
//!
//! Nothing is fetched or made before it is first used: a process that was started from a snapshot shares neither a data key
//! nor a nonce with its siblings.

mod key;
mod kms;
mod local;
mod seal;

pub use key::{DataKey, Key, KeyProvider, NoKeys, Wait};
pub use kms::{KmsKeys, KmsSettings};
pub use local::LocalKeys;
pub use seal::{Place, Sealed};

use aws_lc_rs::{constant_time, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use seal::DataKeys;
use std::fmt;
use tokio::sync::OnceCell;
use ttw_core::domain::Ssn;
use zeroize::Zeroizing;

/// Seals, indexes and authenticates.
pub struct Vault {
    provider: Box<dyn KeyProvider>,
    data: DataKeys,
    index: OnceCell<hmac::Key>,
    token: OnceCell<hmac::Key>,
}

/// The key under which a person is found: a keyed hash of the Social Security number, as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlindIndex(Box<str>);

/// A keyed hash of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mac([u8; 32]);

/// Why the vault cannot do it. It says nothing of what is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultError {
    /// The keys cannot be had at the moment.
    Unavailable,
    /// The keys are not what they should be; the text says what to do.
    Keys(&'static str),
    /// Sealed bytes that were not sealed here, or not for this place.
    NotOurs,
    /// The system's source of randomness failed.
    NoRandomness,
}

impl Vault {
    /// A vault with the keys of a provider. Nothing is asked of it yet.
    #[must_use]
    pub fn new(provider: impl KeyProvider + 'static) -> Self {
        Self { provider: Box::new(provider), data: DataKeys::default(), index: OnceCell::new(), token: OnceCell::new() }
    }

    /// The key under which a person is found.
    ///
    /// # Errors
    /// The index key cannot be had.
    pub async fn blind_index(&self, ssn: &Ssn) -> Result<BlindIndex, VaultError> {
        let key = self.index.get_or_try_init(async || Ok(hmac_key(&self.provider.index_key().await?))).await?;
        Ok(BlindIndex(URL_SAFE_NO_PAD.encode(hmac::sign(key, ssn.expose())).into()))
    }

    /// Seals bytes for one place of the table; elsewhere they do not open.
    ///
    /// # Errors
    /// No data key can be had.
    pub async fn seal(&self, bytes: &[u8], place: &Place<'_>) -> Result<Sealed, VaultError> {
        let key = self.data.for_sealing(&*self.provider).await?;
        seal::seal(&key, bytes, place)
    }

    /// Opens sealed bytes.
    ///
    /// # Errors
    /// They were not sealed here, or for another place; the data key cannot be had.
    pub async fn open(&self, sealed: &Sealed, place: &Place<'_>) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let parts = sealed.parts().ok_or(VaultError::NotOurs)?;
        let key = self.data.for_opening(&*self.provider, parts.wrapped).await?;
        seal::open(&key, &parts, place)
    }

    /// The keyed hash of bytes; the label says what for, and one label's hash is no other's.
    ///
    /// # Errors
    /// The token key cannot be had.
    pub async fn mac(&self, label: &str, bytes: &[u8]) -> Result<Mac, VaultError> {
        let key = self.token.get_or_try_init(async || Ok(hmac_key(&self.provider.token_key().await?))).await?;
        let mut context = hmac::Context::with_key(key);
        // The length keeps a label and its bytes apart.
        context.update(&label.len().to_be_bytes());
        context.update(label.as_bytes());
        context.update(bytes);
        context.sign().as_ref().try_into().map(Mac).map_err(|_| VaultError::Keys("The token key is of the wrong kind."))
    }

    /// Whether a keyed hash is ours, compared in constant time.
    ///
    /// # Errors
    /// The token key cannot be had.
    pub async fn verify(&self, label: &str, bytes: &[u8], mac: &[u8]) -> Result<bool, VaultError> {
        Ok(constant_time::verify_slices_are_equal(&self.mac(label, bytes).await?.0, mac).is_ok())
    }

    /// Hides bytes that a caller keeps for us, under a key of the label's own; they show only with what they are bound to.
    ///
    /// # Errors
    /// The token key cannot be had.
    pub async fn hide(&self, label: &str, bound_to: &[u8], bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (nonce, ciphertext) = seal::encrypt(&self.key_of(label).await?, bytes, bound_to)?;
        Ok([&nonce[..], &ciphertext].concat())
    }

    /// Shows what was hidden.
    ///
    /// # Errors
    /// It was not hidden here, or is bound to something else; the token key cannot be had.
    pub async fn show(&self, label: &str, bound_to: &[u8], hidden: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (nonce, ciphertext) = hidden.split_first_chunk().ok_or(VaultError::NotOurs)?;
        seal::decrypt(&self.key_of(label).await?, *nonce, ciphertext, bound_to)
    }

    async fn key_of(&self, label: &str) -> Result<Key, VaultError> {
        let mac = self.mac(label, b"key").await?;
        Key::of(mac.as_bytes()).ok_or(VaultError::Keys("The token key is of the wrong kind."))
    }
}

fn hmac_key(key: &Key) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, key.bytes())
}

impl BlindIndex {
    /// As text: 43 characters of base64url.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Mac {
    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// As text, base64url.
    #[must_use]
    pub fn to_text(self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("provider", &self.provider).finish_non_exhaustive()
    }
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unavailable => "The keys cannot be had at the moment; try again later.",
            Self::Keys(what) => what,
            Self::NotOurs => "Sealed bytes do not open here; restore the item they belong to.",
            Self::NoRandomness => "The system's source of randomness failed; try again later.",
        })
    }
}

impl std::error::Error for VaultError {}
