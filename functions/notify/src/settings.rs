//! Settings of mail from the environment. All that is wrong with them is said at once.

use crate::transport::Transport;
use lettre::message::Mailbox;
use std::net::IpAddr;
use std::path::PathBuf;

/// From whom mail comes, where it goes, and how.
#[derive(Debug)]
pub struct MailSettings {
    /// `TTW_MAIL_FROM`: the sender, as `no-reply@portal.example` or with a name.
    pub from: Mailbox,
    /// `TTW_MAIL_INTAKE_TO`: where the program manager takes requests in.
    pub intake_to: Mailbox,
    /// `TTW_MAIL_DOMAIN`: the right side of Message-IDs; the sender's unless given.
    pub domain: String,
    /// `TTW_MAIL_TRANSPORT`: `ses`, `smtps://…`, `smtp://…?tls=required`, `smtp://localhost…` or `folder:…`.
    pub transport: Transport,
}

impl MailSettings {
    /// The settings of this process.
    ///
    /// # Errors
    /// A sentence for each that cannot be used.
    pub fn from_env() -> Result<Self, Vec<String>> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// The settings by a function that looks them up.
    ///
    /// # Errors
    /// A sentence for each that cannot be used.
    pub fn read(look_up: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let given = |name: &str| look_up(name).filter(|value| !value.trim().is_empty());
        let mut problems = Vec::new();
        let from = mailbox("TTW_MAIL_FROM", given("TTW_MAIL_FROM").as_deref(), &mut problems);
        let intake_to = mailbox("TTW_MAIL_INTAKE_TO", given("TTW_MAIL_INTAKE_TO").as_deref(), &mut problems);
        let default_domain = from.as_ref().map(|from| from.email.domain().to_owned());
        let domain = given("TTW_MAIL_DOMAIN").or(default_domain).unwrap_or_default();
        if given("TTW_MAIL_DOMAIN").is_some() && !is_domain(&domain) {
            problems.push("TTW_MAIL_DOMAIN is not a domain; write it as portal.example.".to_owned());
        }
        let transport = transport(given("TTW_MAIL_TRANSPORT").as_deref())
            .map_err(|problem| problems.push(format!("TTW_MAIL_TRANSPORT {problem}")));
        match (from, intake_to, transport) {
            (Some(from), Some(intake_to), Ok(transport)) if problems.is_empty() => {
                Ok(Self { from, intake_to, domain, transport })
            }
            _ => Err(problems),
        }
    }
}

fn mailbox(name: &str, value: Option<&str>, problems: &mut Vec<String>) -> Option<Mailbox> {
    let read = value.map(|value| value.trim().parse().ok());
    if read.is_none() {
        problems.push(format!("{name} is not set; give it a mail address."));
    } else if read == Some(None) {
        problems.push(format!("{name} is not a mail address; write it as portal@agency.example."));
    }
    read.flatten()
}

fn is_domain(text: &str) -> bool {
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    text.len() <= 253 && text.split('.').all(is_label)
}

/// The value may hold a password, so that no problem repeats any of it.
fn transport(value: Option<&str>) -> Result<Transport, &'static str> {
    const WAYS: &str = "is not a way to send mail; write ses, smtps://host, smtp://host?tls=required or folder:path.";
    match value.map(str::trim) {
        None => Err("is not set; write ses, smtps://host, smtp://host?tls=required or folder:path."),
        Some("ses") => Ok(Transport::ses()),
        Some(value) => match (value.strip_prefix("folder:"), value.split_once("://")) {
            (Some(""), _) => Err("names no folder; write it as folder:path."),
            (Some(path), _) => Ok(Transport::Folder(PathBuf::from(path))),
            (None, Some(("smtp" | "smtps", rest))) => smtp(value, rest).ok_or(WAYS).flatten(),
            _ => Err(WAYS),
        },
    }
}

/// Mail names people and carries parts of their numbers: without TLS it does not leave this machine.
fn smtp(url: &str, rest: &str) -> Option<Result<Transport, &'static str>> {
    let encrypted =
        url.starts_with("smtps://") || rest.split_once('?').is_some_and(|(_, query)| query == "tls=required");
    if !encrypted && !is_this_machine(rest) {
        return Some(Err("sends without TLS to another machine; write smtps://host or smtp://host?tls=required."));
    }
    Transport::smtp(url).map(Ok)
}

fn is_this_machine(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(address) => address.split(']').next(),
        None => host.split(':').next(),
    };
    host.is_some_and(|host| host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback()))
}
