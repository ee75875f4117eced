//! How a mail leaves: by SES, by SMTP, or into a folder.

mod folder;
mod ses;
mod smtp;

use crate::letter::Letter;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use ses::Ses;
use std::fmt;
use std::path::PathBuf;

/// Where mails are handed over.
pub enum Transport {
    /// Amazon SES v2, as raw MIME.
    Ses(Box<Ses>),
    /// An SMTP server.
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    /// A folder of `.eml` files, one for each Message-ID.
    Folder(PathBuf),
}

/// A mail that was not handed over. The reason is a word of ours, or the number or name of the service's own code: never its
/// text, which may quote an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Another attempt may do.
    Transient(String),
    /// This mail will never be taken.
    Permanent(String),
}

impl Transport {
    /// SES by the environment's region and credentials. The client is made with the first mail.
    #[must_use]
    pub fn ses() -> Self {
        Self::Ses(Box::new(Ses::lazy()))
    }

    /// SES through a client at hand.
    #[must_use]
    pub fn ses_with(client: aws_sdk_sesv2::Client) -> Self {
        Self::Ses(Box::new(Ses::with(client)))
    }

    /// SMTP by a URL; none when it is not one. Nothing is connected yet.
    #[must_use]
    pub fn smtp(url: &str) -> Option<Self> {
        smtp::transport(url).map(|transport| Self::Smtp(Box::new(transport)))
    }

    /// Hands one mail over.
    ///
    /// # Errors
    /// When it was not taken.
    pub async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        match self {
            Self::Ses(ses) => ses.send(letter).await,
            Self::Smtp(server) => smtp::send(server, letter).await,
            Self::Folder(folder) => folder::send(folder, letter),
        }
    }
}

impl fmt::Debug for Transport {
    /// An SMTP server's URL may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ses(_) => "Ses",
            Self::Smtp(_) => "Smtp",
            Self::Folder(_) => "Folder",
        })
    }
}
