//! SMTP, with the TLS of the AWS clients: rustls over aws-lc-rs.

use super::Failure;
use crate::letter::Letter;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(10);
/// Replies that speak of the recipient's mailbox. Any other refusal (of the sign-in, of the relay, of the transaction) is one that an
/// operator can mend, and no reason to give a mail up.
const NO_SUCH_MAILBOX: [u16; 4] = [550, 551, 553, 556];

pub(super) fn transport(url: &str) -> Option<AsyncSmtpTransport<Tokio1Executor>> {
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).ok()?;
    Some(builder.timeout(Some(TIMEOUT)).build())
}

pub(super) async fn send(server: &AsyncSmtpTransport<Tokio1Executor>, letter: &Letter) -> Result<(), Failure> {
    let Err(error) = server.send_raw(&letter.envelope, &letter.bytes).await else { return Ok(()) };
    Err(match error.status().map(u16::from) {
        Some(code) if NO_SUCH_MAILBOX.contains(&code) => Failure::Permanent(format!("smtp_{code}")),
        Some(code) => Failure::Transient(format!("smtp_{code}")),
        None if error.is_tls() => Failure::Transient("smtp_tls".to_owned()),
        None => Failure::Transient("smtp_unreachable".to_owned()),
    })
}
