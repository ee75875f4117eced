//! Keys of the AWS Key Management Service.
//!
//! The index key and the token key stand in the settings as KMS wrapped them (`aws kms generate-data-key-without-plaintext
//! --key-spec AES_256 --encryption-context purpose=ttw-index`, and `ttw-token`), so that nobody has ever seen them.

use super::key::Wait;
use super::{DataKey, Key, KeyProvider, VaultError};
use aws_sdk_kms::Client;
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use std::fmt;
use tokio::sync::OnceCell;
use zeroize::Zeroizing;

/// The key of the encryption context that keeps one key's use from another's.
const PURPOSE: &str = "purpose";

/// Which keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KmsSettings {
    /// Id or address of the master key.
    pub master: String,
    /// The index key as KMS wrapped it.
    pub index: Vec<u8>,
    /// The token key as KMS wrapped it.
    pub token: Vec<u8>,
}

/// Keys of KMS. The client is made on first use.
pub struct KmsKeys {
    settings: KmsSettings,
    client: OnceCell<Client>,
}

impl KmsKeys {
    /// Keys by the settings of the environment's region and credentials.
    #[must_use]
    pub fn new(settings: KmsSettings) -> Self {
        Self { settings, client: OnceCell::new() }
    }

    /// Keys through a client.
    #[must_use]
    pub fn with_client(settings: KmsSettings, client: Client) -> Self {
        Self { settings, client: OnceCell::new_with(Some(client)) }
    }

    async fn client(&self) -> &Client {
        self.client.get_or_init(|| Box::pin(async { Client::new(&crate::store::aws_config().await) })).await
    }

    async fn decrypt(&self, wrapped: &[u8], purpose: &str) -> Result<Key, VaultError> {
        // KMS would only say that an empty key is malformed.
        if wrapped.is_empty() {
            return Err(VaultError::Keys("A wrapped key is missing; set TTW_INDEX_KEY and TTW_TOKEN_KEY."));
        }
        let request = self.client().await.decrypt().key_id(&self.settings.master);
        let request = request.ciphertext_blob(Blob::new(wrapped)).encryption_context(PURPOSE, purpose);
        key_of(Box::pin(request.send()).await.map_err(|error| reason(&error))?.plaintext)
    }
}

/// Takes the key out of an answer and clears what the answer held.
fn key_of(plaintext: Option<Blob>) -> Result<Key, VaultError> {
    let bytes = Zeroizing::new(plaintext.map(Blob::into_inner).unwrap_or_default());
    Key::of(&bytes).ok_or(VaultError::Keys("KMS answered with a key that is not 256 bits long; make it of AES_256."))
}

fn reason<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> VaultError {
    match error.code() {
        Some("InvalidCiphertextException" | "IncorrectKeyException") => VaultError::NotOurs,
        Some("AccessDeniedException") => {
            VaultError::Keys("KMS refuses this function the key; grant kms:Decrypt and kms:GenerateDataKey.")
        }
        Some("NotFoundException" | "DisabledException" | "KMSInvalidStateException") => {
            VaultError::Keys("The key of KMS is missing or disabled; set TTW_KMS_KEY_ID to one that is enabled.")
        }
        _ => VaultError::Unavailable,
    }
}

impl KeyProvider for KmsKeys {
    fn index_key(&self) -> Wait<'_, Key> {
        Box::pin(self.decrypt(&self.settings.index, "ttw-index"))
    }

    fn token_key(&self) -> Wait<'_, Key> {
        Box::pin(self.decrypt(&self.settings.token, "ttw-token"))
    }

    fn data_key(&self) -> Wait<'_, DataKey> {
        Box::pin(async {
            let request = self.client().await.generate_data_key().key_id(&self.settings.master);
            let request = request.key_spec(DataKeySpec::Aes256).encryption_context(PURPOSE, "ttw-seal");
            let answer = Box::pin(request.send()).await.map_err(|error| reason(&error))?;
            let wrapped = answer.ciphertext_blob.map(Blob::into_inner).unwrap_or_default();
            Ok(DataKey { key: key_of(answer.plaintext)?, wrapped })
        })
    }

    fn open_data_key<'a>(&'a self, wrapped: &'a [u8]) -> Wait<'a, Key> {
        Box::pin(self.decrypt(wrapped, "ttw-seal"))
    }
}

impl fmt::Debug for KmsKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KmsKeys").field("master", &self.settings.master).finish_non_exhaustive()
    }
}
