//! Sealed bytes: AES-256-GCM under a data key, with the wrapped data key in front.
//!
//! `version (1) | length of the wrapped key (2, big-endian) | wrapped key | nonce (12) | ciphertext and tag`

use super::{DataKey, Key, KeyProvider, VaultError};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::rand;
use std::collections::HashMap;
use std::fmt;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use zeroize::{Zeroize, Zeroizing};

const VERSION: u8 = 1;
/// How long a data key seals, and how long an unwrapped one is kept.
const KEEP: Duration = Duration::from_mins(5);
/// How often one data key seals. Nonces are random, and this is far below where two might meet.
const USES: u32 = 1 << 16;
/// How many unwrapped data keys are kept.
const KEPT: usize = 256;

/// Where sealed bytes stand: the item's key, the version of its schema, and which of its fields. The table's name is no part
/// of it, so that a table restored under another name still opens.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Partition key.
    pub partition: &'a str,
    /// Sort key.
    pub sort: &'a str,
    /// Version of the item's schema.
    pub schema: u32,
    /// The field.
    pub field: &'static str,
}

/// Sealed bytes with their header.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

pub(super) struct Parts<'a> {
    pub wrapped: &'a [u8],
    nonce: [u8; NONCE_LEN],
    ciphertext: &'a [u8],
}

/// Data keys in use.
#[derive(Default)]
pub(super) struct DataKeys {
    sealing: Mutex<Option<InUse>>,
    opened: Mutex<HashMap<Vec<u8>, (Key, Instant)>>,
}

struct InUse {
    key: DataKey,
    since: Instant,
    uses: u32,
}

impl DataKeys {
    pub(super) async fn for_sealing(&self, provider: &dyn KeyProvider) -> Result<DataKey, VaultError> {
        let mut slot = self.sealing.lock().await;
        if let Some(in_use) = slot.as_mut().filter(|held| held.uses < USES && held.since.elapsed() < KEEP) {
            in_use.uses += 1;
            return Ok(in_use.key.clone());
        }
        let key = provider.data_key().await?;
        *slot = Some(InUse { key: key.clone(), since: Instant::now(), uses: 1 });
        Ok(key)
    }

    pub(super) async fn for_opening(&self, provider: &dyn KeyProvider, wrapped: &[u8]) -> Result<Key, VaultError> {
        let mut opened = self.opened.lock().await;
        opened.retain(|_, (_, since)| since.elapsed() < KEEP);
        if let Some((key, _)) = opened.get(wrapped) {
            return Ok(key.clone());
        }
        let key = provider.open_data_key(wrapped).await?;
        if opened.len() >= KEPT {
            opened.clear();
        }
        opened.insert(wrapped.to_vec(), (key.clone(), Instant::now()));
        Ok(key)
    }
}

impl Place<'_> {
    /// Every part with its length in front, so that no two places look alike.
    fn associated_data(&self) -> Vec<u8> {
        let schema = self.schema.to_be_bytes();
        let parts: [&[u8]; 4] = [self.partition.as_bytes(), self.sort.as_bytes(), &schema, self.field.as_bytes()];
        let mut data = Vec::new();
        for part in parts {
            data.extend_from_slice(&part.len().to_be_bytes());
            data.extend_from_slice(part);
        }
        data
    }
}

impl Sealed {
    /// Sealed bytes as they were stored.
    #[must_use]
    pub const fn stored(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn parts(&self) -> Option<Parts<'_>> {
        let (version, rest) = self.0.split_first()?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (wrapped, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_LEN>()?;
        (*version == VERSION).then_some(Parts { wrapped, nonce: *nonce, ciphertext })
    }
}

pub(super) fn seal(data: &DataKey, bytes: &[u8], place: &Place<'_>) -> Result<Sealed, VaultError> {
    let length = u16::try_from(data.wrapped.len()).map_err(|_| VaultError::Keys("A wrapped data key is too long."))?;
    let (nonce, ciphertext) = encrypt(&data.key, bytes, &place.associated_data())?;
    let mut sealed = Vec::with_capacity(3 + data.wrapped.len() + NONCE_LEN + ciphertext.len());
    sealed.push(VERSION);
    sealed.extend_from_slice(&length.to_be_bytes());
    sealed.extend_from_slice(&data.wrapped);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&ciphertext);
    Ok(Sealed(sealed))
}

pub(super) fn open(key: &Key, parts: &Parts<'_>, place: &Place<'_>) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    decrypt(key, parts.nonce, parts.ciphertext, &place.associated_data())
}

pub(super) fn encrypt(key: &Key, bytes: &[u8], bound_to: &[u8]) -> Result<([u8; NONCE_LEN], Vec<u8>), VaultError> {
    let mut nonce = [0; NONCE_LEN];
    rand::fill(&mut nonce).map_err(|_| VaultError::NoRandomness)?;
    // Room for the tag from the start: a buffer that grows would leave the plain text behind.
    let mut buffer = Vec::with_capacity(bytes.len() + AES_256_GCM.tag_len());
    buffer.extend_from_slice(bytes);
    let sealed =
        cipher(key)?.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(bound_to), &mut buffer);
    if sealed.is_err() {
        buffer.zeroize();
        return Err(VaultError::Keys("The data key cannot seal."));
    }
    Ok((nonce, buffer))
}

pub(super) fn decrypt(
    key: &Key,
    nonce: [u8; NONCE_LEN],
    ciphertext: &[u8],
    bound_to: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let mut buffer = Zeroizing::new(ciphertext.to_vec());
    let length = cipher(key)?
        .open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(bound_to), buffer.as_mut_slice())
        .map_err(|_| VaultError::NotOurs)?
        .len();
    buffer.truncate(length);
    Ok(buffer)
}

fn cipher(key: &Key) -> Result<LessSafeKey, VaultError> {
    UnboundKey::new(&AES_256_GCM, key.bytes())
        .map(LessSafeKey::new)
        .map_err(|_| VaultError::Keys("The data key is of the wrong kind."))
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}
