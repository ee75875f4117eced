//! Keys in a file, for a laptop: the master key, the index key and the token key, 32 bytes each, mode 0600.

use super::key::Wait;
use super::seal::{decrypt, encrypt};
use super::{DataKey, Key, KeyProvider, VaultError};
use aws_lc_rs::aead::NONCE_LEN;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use zeroize::Zeroizing;

/// What a wrapped data key is bound to.
const WRAPPING: &[u8] = b"ttw data key 1";
const LENGTH: usize = 96;

/// Keys of a file.
#[derive(Debug)]
pub struct LocalKeys {
    master: Key,
    index: Key,
    token: Key,
}

impl LocalKeys {
    /// The keys of a file that only its owner may read and write.
    ///
    /// # Errors
    /// A sentence if there is none, others may read it, or it does not hold three keys.
    pub fn open(path: &Path) -> Result<Self, String> {
        let unreadable = |error: io::Error| format!("The key file {} cannot be read: {error}.", path.display());
        let mut file = File::open(path).map_err(unreadable)?;
        let mode = file.metadata().map_err(unreadable)?.permissions().mode() & 0o777;
        if mode != 0o600 {
            return Err(format!(
                "The key file {} has mode {mode:04o}; only its owner may read it: chmod 600.",
                path.display()
            ));
        }
        // One byte more than there should be, so that a longer file is noticed.
        let mut bytes = Zeroizing::new([0; LENGTH + 1]);
        let read = read_up_to(&mut file, bytes.as_mut_slice()).map_err(unreadable)?;
        let keys = bytes.get(..read).filter(|held| held.len() == LENGTH).and_then(Self::of);
        keys.ok_or_else(|| format!("The key file {} does not hold three keys of 32 bytes.", path.display()))
    }

    /// The keys of a file, which is made with new keys if it is not there.
    ///
    /// # Errors
    /// As [`LocalKeys::open`]; the file cannot be made.
    pub fn open_or_create(path: &Path) -> Result<Self, String> {
        let unwritable = |error: io::Error| format!("The key file {} cannot be made: {error}.", path.display());
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => {
                let keys = Self::random().map_err(|error| error.to_string())?;
                let mut bytes = Zeroizing::new(Vec::with_capacity(LENGTH));
                for key in [&keys.master, &keys.index, &keys.token] {
                    bytes.extend_from_slice(key.bytes());
                }
                file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(unwritable)?;
                Ok(keys)
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Self::open(path),
            Err(error) => Err(unwritable(error)),
        }
    }

    /// New keys that stand in no file: what they seal is lost with the process.
    ///
    /// # Errors
    /// No randomness.
    pub fn random() -> Result<Self, VaultError> {
        Ok(Self { master: Key::random()?, index: Key::random()?, token: Key::random()? })
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        let (master, rest) = bytes.split_at_checked(32)?;
        let (index, token) = rest.split_at_checked(32)?;
        Some(Self { master: Key::of(master)?, index: Key::of(index)?, token: Key::of(token)? })
    }
}

fn read_up_to(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while let Some(rest) = buffer.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match file.read(rest)? {
            0 => break,
            more => read += more,
        }
    }
    Ok(read)
}

impl KeyProvider for LocalKeys {
    fn index_key(&self) -> Wait<'_, Key> {
        Box::pin(async { Ok(self.index.clone()) })
    }

    fn token_key(&self) -> Wait<'_, Key> {
        Box::pin(async { Ok(self.token.clone()) })
    }

    fn data_key(&self) -> Wait<'_, DataKey> {
        Box::pin(async {
            let key = Key::random()?;
            let (nonce, ciphertext) = encrypt(&self.master, key.bytes(), WRAPPING)?;
            Ok(DataKey { key, wrapped: [nonce.as_slice(), &ciphertext].concat() })
        })
    }

    fn open_data_key<'a>(&'a self, wrapped: &'a [u8]) -> Wait<'a, Key> {
        Box::pin(async {
            let (nonce, ciphertext) = wrapped.split_first_chunk::<NONCE_LEN>().ok_or(VaultError::NotOurs)?;
            let key = decrypt(&self.master, *nonce, ciphertext, WRAPPING)?;
            Key::of(&key).ok_or(VaultError::NotOurs)
        })
    }
}
