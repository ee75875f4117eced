//! The settings of the store, and a client that neither waits nor tries for ever.

use crate::vault::{KmsKeys, KmsSettings, LocalKeys, NoKeys, Vault};
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_dynamodb::Config;
use std::path::PathBuf;
use std::time::Duration;

const CONNECT: Duration = Duration::from_secs(1);
const ONE_ATTEMPT: Duration = Duration::from_secs(2);
const ALL_ATTEMPTS: Duration = Duration::from_secs(6);
const ATTEMPTS: u32 = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Where the table is and who keeps its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreSettings {
    /// `TTW_TABLE`.
    pub table: String,
    /// The keys.
    pub keys: KeySettings,
}

/// Who keeps the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySettings {
    /// `TTW_KMS_KEY_ID`, `TTW_INDEX_KEY`, `TTW_TOKEN_KEY`.
    Kms(KmsSettings),
    /// `TTW_KEY_FILE`: a file on a laptop, made if it is not there.
    File(PathBuf),
    /// Nobody: whatever needs a key fails and says which setting is missing.
    None,
}

impl StoreSettings {
    pub(super) fn vault(&self) -> Result<Vault, String> {
        Ok(match &self.keys {
            KeySettings::Kms(settings) => Vault::new(KmsKeys::new(settings.clone())),
            KeySettings::File(path) => Vault::new(LocalKeys::open_or_create(path)?),
            KeySettings::None => Vault::new(NoKeys),
        })
    }
}

/// Region, credentials and endpoints of the environment, with our patience.
pub async fn aws_config() -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest()).retry_config(retries()).timeout_config(timeouts()).load().await
}

/// A DynamoDB configuration with our patience.
#[must_use]
pub fn tuned(config: &SdkConfig) -> Config {
    aws_sdk_dynamodb::config::Builder::from(config).retry_config(retries()).timeout_config(timeouts()).build()
}

fn retries() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(ATTEMPTS)
        .with_initial_backoff(FIRST_PAUSE)
        .with_max_backoff(LONGEST_PAUSE)
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT)
        .operation_attempt_timeout(ONE_ATTEMPT)
        .operation_timeout(ALL_ATTEMPTS)
        .build()
}
