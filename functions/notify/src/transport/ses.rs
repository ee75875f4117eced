//! Amazon SES v2. The message goes as it was written; SES replaces its Message-ID and Date.

use super::Failure;
use crate::letter::Letter;
use aws_config::BehaviorVersion;
use aws_config::timeout::TimeoutConfig;
use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::ProvideErrorMetadata;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, RawMessage};
use std::time::Duration;
use tokio::sync::OnceCell;

const TIMEOUT: Duration = Duration::from_secs(10);

/// The client, made with the first mail.
pub struct Ses(OnceCell<Client>);

impl Ses {
    pub(super) const fn lazy() -> Self {
        Self(OnceCell::const_new())
    }

    pub(super) fn with(client: Client) -> Self {
        Self(OnceCell::new_with(Some(client)))
    }

    pub(super) async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        let client = self.0.get_or_init(connect).await;
        let raw = RawMessage::builder()
            .data(Blob::new(letter.bytes.clone()))
            .build()
            .map_err(|_| Failure::Permanent("ses_message_empty".to_owned()))?;
        let to = letter.envelope.to().iter().map(ToString::to_string).collect();
        let request = client
            .send_email()
            .set_from_email_address(letter.envelope.from().map(ToString::to_string))
            .destination(Destination::builder().set_to_addresses(Some(to)).build())
            .content(EmailContent::builder().raw(raw).build());
        request.send().await.map(|_| ()).map_err(|error| failure(error.code(), error.message()))
    }
}

async fn connect() -> Client {
    let timeouts = TimeoutConfig::builder().operation_timeout(TIMEOUT).build();
    Client::new(&aws_config::defaults(BehaviorVersion::latest()).timeout_config(timeouts).load().await)
}

/// A sender that is not verified is also called a rejected message: that one an operator can mend.
fn failure(code: Option<&str>, message: Option<&str>) -> Failure {
    let reason = format!("ses_{}", code.unwrap_or("unreachable"));
    let unverified = message.is_some_and(|message| message.contains("not verified"));
    match code {
        Some("BadRequestException" | "MessageRejected") if !unverified => Failure::Permanent(reason),
        _ => Failure::Transient(reason),
    }
}
