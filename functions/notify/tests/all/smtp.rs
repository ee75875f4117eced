//! A server that takes mail for everyone but `nobody@`, and not from those it told to come later.

use crate::letters::stationery;
use crate::memory::{Memory, mail_settings, now};
use crate::outboxes;
use notify::{Mail, Outcome, Post, Report};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use ttw_portal::outbox::Outbox;

type Taken = Arc<Mutex<Vec<String>>>;

async fn server() -> (String, Taken) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let taken = Taken::default();
    let sink = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = converse(stream, &sink).await;
        }
    });
    (url, taken)
}

async fn converse(mut stream: TcpStream, taken: &Taken) -> std::io::Result<()> {
    let (read, mut write) = stream.split();
    let mut lines = BufReader::new(read).lines();
    let mut message: Option<String> = None;
    write.write_all(b"220 sink\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let reply = match (&mut message, line.as_str()) {
            (Some(_), ".") => {
                taken.lock().unwrap().extend(message.take());
                "250 taken"
            }
            (Some(message), line) => {
                message.push_str(line.strip_prefix('.').unwrap_or(line));
                message.push_str("\r\n");
                continue;
            }
            (None, "DATA") => {
                message = Some(String::new());
                "354 go on"
            }
            (None, "QUIT") => "221 bye",
            (None, line) if line.starts_with("RCPT TO:<nobody@") => "550 no such mailbox nobody@en.example",
            (None, line) if line.starts_with("RCPT TO:<later@") => "451 later",
            (None, line) if line.starts_with("RCPT TO:<broken@") => "554 the relay is broken",
            (None, _) => "250 ok",
        };
        write.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
    Ok(())
}

async fn deliver(url: &str, email: &str) -> Report {
    let outbox = Outbox { submitter_email: email.to_owned(), ..outboxes::inquiry() };
    let ledger = Memory::with([outbox.clone()]);
    Post::new(mail_settings(url)).deliver(ledger.as_ref(), &outbox, now()).await
}

#[tokio::test]
async fn the_server_takes_the_very_bytes() {
    let (url, taken) = server().await;
    assert_eq!(deliver(&url, "ann@en.example").await, Report { mails: vec![Outcome::Sent, Outcome::Sent] });
    let stationery = stationery();
    // The client ends a message with one more line.
    let written = [Mail::Confirmation, Mail::Intake]
        .map(|mail| stationery.write(mail, &outboxes::inquiry()).unwrap().bytes)
        .map(|bytes| String::from_utf8(bytes).unwrap() + "\r\n");
    assert_eq!(*taken.lock().unwrap(), written);
}

#[tokio::test]
async fn only_a_mailbox_that_is_not_there_is_given_up() {
    let (url, taken) = server().await;
    let outcomes = [
        ("nobody@en.example", Outcome::Refused("smtp_550".to_owned())),
        ("later@en.example", Outcome::Failed("smtp_451".to_owned())),
        ("broken@en.example", Outcome::Failed("smtp_554".to_owned())),
    ];
    for (email, outcome) in outcomes {
        assert_eq!(deliver(&url, email).await, Report { mails: vec![outcome, Outcome::Sent] });
    }
    assert_eq!(taken.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn an_intake_mail_is_never_given_up_for_its_address() {
    let (url, _) = server().await;
    let mut settings = mail_settings(&url);
    settings.intake_to = "nobody@en.example".parse().unwrap();
    let ledger = Memory::with([outboxes::inquiry()]);
    let report = Post::new(settings).deliver(ledger.as_ref(), &outboxes::inquiry(), now()).await;
    assert_eq!(report.mails[1], Outcome::Failed("smtp_550".to_owned()));
    assert!(Mail::Intake.is_awaited(&ledger.entry("06HX-2N4K-7QRT-9WZ2")));
}

#[tokio::test]
async fn a_server_that_is_away_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    let report = deliver(&url, "ann@en.example").await;
    assert_eq!(report.mails[1], Outcome::Failed("smtp_unreachable".to_owned()));
}
