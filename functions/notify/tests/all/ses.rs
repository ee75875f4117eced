//! SES as it is on the wire: the client talks to a server here.

use crate::letters::stationery;
use crate::memory::{Memory, mail_settings, now};
use crate::outboxes;
use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::{BehaviorVersion, Config, Credentials, Region};
use axum::Router;
use axum::http::{HeaderMap, StatusCode, Uri};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use notify::{Mail, Outcome, Post, Report, Transport};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

type Taken = Arc<Mutex<Vec<(String, Value)>>>;

/// Answers mail to anyone but the program manager with an error, where one is given.
async fn deliver(error: Option<(u16, &'static str, &'static str)>) -> (Report, Taken) {
    let taken = Taken::default();
    let sink = Arc::clone(&taken);
    let answer = move |uri: Uri, body: String| async move {
        let request: Value = serde_json::from_str(&body).unwrap();
        let to_submitter = request["Destination"]["ToAddresses"][0] == "ann@en.example";
        sink.lock().unwrap().push((uri.path().to_owned(), request));
        let mut headers = HeaderMap::new();
        match error.filter(|_| to_submitter) {
            Some((status, code, message)) => {
                headers.insert("x-amzn-errortype", code.parse().unwrap());
                (StatusCode::from_u16(status).unwrap(), headers, json!({ "message": message }).to_string())
            }
            None => (StatusCode::OK, headers, json!({ "MessageId": "0100" }).to_string()),
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .endpoint_url(endpoint)
        .build();
    let mut settings = mail_settings("ses");
    settings.transport = Transport::ses_with(Client::from_conf(config));
    let outbox = outboxes::inquiry();
    let ledger = Memory::with([outbox.clone()]);
    (Post::new(settings).deliver(ledger.as_ref(), &outbox, now()).await, taken)
}

#[tokio::test]
async fn the_message_goes_as_it_was_written() {
    let (report, taken) = deliver(None).await;
    assert_eq!(report, Report { mails: vec![Outcome::Sent, Outcome::Sent] });
    let stationery = stationery();
    let taken = taken.lock().unwrap();
    assert_eq!(taken.len(), 2);
    for ((path, request), mail) in taken.iter().zip([Mail::Confirmation, Mail::Intake]) {
        let letter = stationery.write(mail, &outboxes::inquiry()).unwrap();
        assert_eq!(path, "/v2/email/outbound-emails");
        assert_eq!(request["FromEmailAddress"], "no-reply@portal.example");
        assert_eq!(request["Destination"], json!({ "ToAddresses": [letter.envelope.to()[0].to_string()] }));
        let raw = request["Content"]["Raw"]["Data"].as_str().unwrap();
        assert_eq!(BASE64_STANDARD.decode(raw).unwrap(), letter.bytes);
    }
}

#[tokio::test]
async fn only_what_no_operator_can_mend_is_given_up() {
    let refused = |code: &str| Outcome::Refused(format!("ses_{code}"));
    let failed = |code: &str| Outcome::Failed(format!("ses_{code}"));
    let cases = [
        (400, "BadRequestException", "Invalid address ann@en.example", refused("BadRequestException")),
        (400, "MessageRejected", "The message has a virus", refused("MessageRejected")),
        (400, "MessageRejected", "Email address is not verified. …", failed("MessageRejected")),
        (400, "SendingPausedException", "", failed("SendingPausedException")),
        (429, "TooManyRequestsException", "", failed("TooManyRequestsException")),
        (403, "AccessDeniedException", "", failed("AccessDeniedException")),
    ];
    for (status, code, message, outcome) in cases {
        let (report, _) = deliver(Some((status, code, message))).await;
        assert_eq!(report, Report { mails: vec![outcome, Outcome::Sent] });
    }
}
