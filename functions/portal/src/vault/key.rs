//! Keys and where they come from.

use super::VaultError;
use aws_lc_rs::rand;
use std::fmt;
use std::pin::Pin;
use zeroize::Zeroizing;

/// What a provider answers with, later.
pub type Wait<'a, T> = Pin<Box<dyn Future<Output = Result<T, VaultError>> + Send + 'a>>;

/// 256 bits, cleared when they go.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

/// A data key and the same wrapped, as it stands beside what it sealed.
#[derive(Debug, Clone)]
pub struct DataKey {
    /// The key.
    pub key: Key,
    /// The key under the master key.
    pub wrapped: Vec<u8>,
}

/// Where keys come from: KMS, or a file on a laptop.
pub trait KeyProvider: fmt::Debug + Send + Sync {
    /// The key of the index of people.
    fn index_key(&self) -> Wait<'_, Key>;
    /// The key of tokens.
    fn token_key(&self) -> Wait<'_, Key>;
    /// A new data key.
    fn data_key(&self) -> Wait<'_, DataKey>;
    /// A data key that was wrapped earlier.
    fn open_data_key<'a>(&'a self, wrapped: &'a [u8]) -> Wait<'a, Key>;
}

/// Without keys: for what asks nothing of the table.
#[derive(Debug)]
pub struct NoKeys;

impl NoKeys {
    fn none<'a, T: 'a + Send>() -> Wait<'a, T> {
        Box::pin(async { Err(VaultError::Keys("Set TTW_KMS_KEY_ID, or TTW_KEY_FILE on a laptop.")) })
    }
}

impl KeyProvider for NoKeys {
    fn index_key(&self) -> Wait<'_, Key> {
        Self::none()
    }

    fn token_key(&self) -> Wait<'_, Key> {
        Self::none()
    }

    fn data_key(&self) -> Wait<'_, DataKey> {
        Self::none()
    }

    fn open_data_key<'a>(&'a self, _: &'a [u8]) -> Wait<'a, Key> {
        Self::none()
    }
}

impl Key {
    /// A key of these bytes; none if they are not 32.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes: [u8; 32]| Self(Zeroizing::new(bytes)))
    }

    pub(super) fn random() -> Result<Self, VaultError> {
        let mut bytes = Zeroizing::new([0; 32]);
        rand::fill(bytes.as_mut_slice()).map_err(|_| VaultError::NoRandomness)?;
        Ok(Self(bytes))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}
