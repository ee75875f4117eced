//! A mail in its final bytes.

use crate::template::{self, Words};
use crate::text::{plain, token};
use crate::unwritable::Unwritable;
use jiff::Timestamp;
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use std::time::SystemTime;
use ttw_portal::outbox::{Mail, Outbox};

/// Longest number of a submission or a notice: it makes the Message-ID, the boundary and the name of a file.
const LONGEST_NUMBER: usize = 40;

/// One mail, ready to be handed over. The same entry gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Which of the submission's mails.
    pub mail: Mail,
    /// Without its angle brackets.
    pub message_id: String,
    /// From whom, to whom.
    pub envelope: Envelope,
    /// The message as RFC 5322 has it.
    pub bytes: Vec<u8>,
}

/// From whom mail comes, and where the program manager takes it in.
#[derive(Debug, Clone)]
pub struct Stationery {
    from: Mailbox,
    intake_to: Mailbox,
    domain: String,
}

impl Stationery {
    /// Mail of a sender, with the right side of its Message-IDs.
    #[must_use]
    pub const fn new(from: Mailbox, intake_to: Mailbox, domain: String) -> Self {
        Self { from, intake_to, domain }
    }

    /// Writes one mail of an entry.
    ///
    /// # Errors
    /// When the entry does not make a mail.
    pub fn write(&self, mail: Mail, outbox: &Outbox) -> Result<Letter, Unwritable> {
        let notice = match mail {
            Mail::SplitNotice(place) => Some(outbox.notices.get(place).ok_or(Unwritable::Address)?),
            Mail::Confirmation | Mail::Intake => None,
        };
        let number = notice.map_or(&*outbox.confirmation, |notice| &notice.number);
        if !is_number(number) {
            return Err(Unwritable::Confirmation);
        }
        let submitted: Timestamp = outbox.submitted_at.parse().map_err(|_| Unwritable::SubmittedAt)?;
        let (to, words) = match notice {
            Some(notice) => (mailbox(&notice.name, &notice.email)?, template::split_notice(outbox, notice, submitted)?),
            None if mail == Mail::Intake => (self.intake_to.clone(), template::intake(outbox, submitted)?),
            None => {
                let to = mailbox(&outbox.submitter_name, &outbox.submitter_email)?;
                (to, template::confirmation(outbox, submitted)?)
            }
        };
        let message_id = format!("{number}.{}@{}", mail.as_str(), self.domain);
        let boundary = format!("ttw-{number}-{}", mail.as_str());
        let message = self.message(to, words, submitted, &message_id, boundary, &outbox.request_id)?;
        Ok(Letter { mail, message_id, envelope: message.envelope().clone(), bytes: message.formatted() })
    }

    fn message(
        &self,
        to: Mailbox,
        words: Words,
        submitted: Timestamp,
        message_id: &str,
        boundary: String,
        request_id: &str,
    ) -> Result<Message, Unwritable> {
        let id = format!("<{message_id}>");
        let parts = MultiPart::alternative()
            .boundary(boundary)
            .singlepart(SinglePart::plain(words.text))
            .singlepart(SinglePart::html(words.html));
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .date(SystemTime::from(submitted))
            .subject(words.subject)
            .message_id(Some(id.clone()))
            // SES puts a Message-ID and a Date of its own; this header it leaves alone.
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Original-Message-ID"), id))
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("X-Request-Id"), token(request_id)));
        message.multipart(parts).map_err(|_| Unwritable::Template)
    }
}

fn mailbox(name: &str, email: &str) -> Result<Mailbox, Unwritable> {
    let address: Address = email.parse().map_err(|_| Unwritable::Address)?;
    let name = plain(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

fn is_number(text: &str) -> bool {
    (1..=LONGEST_NUMBER).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
