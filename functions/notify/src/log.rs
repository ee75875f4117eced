//! One JSON line for each mail and each record: confirmation number, request id, outcome. No address, no name, no text of a mail.

use crate::outcome::Outcome;
use crate::text::token;
use lambda_runtime::tracing::{error, info, warn};
use ttw_portal::outbox::{Mail, Outbox};
use ttw_portal::telemetry::TARGET;

pub(crate) fn mail(outbox: &Outbox, mail: Mail, outcome: &Outcome) {
    let (confirmation, request_id) = (token(&outbox.confirmation), token(&outbox.request_id));
    let mail = mail.as_str();
    match outcome {
        Outcome::NotAwaited => {}
        Outcome::Sent => info!(target: TARGET, confirmation, request_id, mail, outcome = "sent", "mail"),
        Outcome::Failed(why) => {
            warn!(target: TARGET, confirmation, request_id, mail, outcome = "failed", reason = token(why), "mail");
        }
        Outcome::Refused(why) => {
            error!(target: TARGET, confirmation, request_id, mail, outcome = "refused", reason = token(why), "mail");
        }
    }
}

/// An entry that could not be looked at.
pub(crate) fn entry(reason: &'static str) {
    error!(target: TARGET, outcome = "failed", reason, "outbox entry");
}

/// A record of the stream that cannot be read.
pub(crate) fn record(sequence_number: &str) {
    let sequence_number = token(sequence_number);
    error!(target: TARGET, sequence_number, outcome = "failed", reason = "record_unreadable", "stream record");
}
