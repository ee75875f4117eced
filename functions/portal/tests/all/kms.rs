//! Keys that KMS keeps: the SDK against a server that speaks its protocol.

use crate::world::ssn;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::retry::RetryConfig;
use aws_sdk_kms::config::{BehaviorVersion, Credentials, Region};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use ttw_portal::vault::{KmsKeys, KmsSettings, Place, Vault, VaultError};

const HERE: Place<'static> = Place { partition: "PERSON#a", sort: "TICKET", schema: 1, field: "sealed" };
const MASTER: &str = "alias/ticket-to-work";

/// How the server behaves.
#[derive(Clone, Copy)]
enum Mood {
    Well,
    /// Keys of so many bytes.
    Length(usize),
    /// An error of this status and name.
    Refuses(u16, &'static str),
}

/// A key as the server wraps it: for what, and the key the other way round.
fn wrapped(purpose: &str, key: &[u8]) -> Vec<u8> {
    let turned = key.iter().map(|byte| !byte);
    [purpose.as_bytes(), b":"].concat().into_iter().chain(turned).collect()
}

fn unwrapped(purpose: &str, blob: &[u8]) -> Option<Vec<u8>> {
    let key = blob.strip_prefix(purpose.as_bytes())?.strip_prefix(b":")?;
    Some(key.iter().map(|byte| !byte).collect())
}

async fn answer(State(mood): State<Mood>, headers: HeaderMap, body: Bytes) -> Response {
    let reply = |status: u16, body: Value| {
        let status = StatusCode::from_u16(status).unwrap();
        (status, [(header::CONTENT_TYPE, "application/x-amz-json-1.1")], body.to_string()).into_response()
    };
    if let Mood::Refuses(status, name) = mood {
        return reply(status, json!({ "__type": name, "message": "as told" }));
    }
    let length = if let Mood::Length(length) = mood { length } else { 32 };
    let asked: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(asked["KeyId"], MASTER);
    let purpose = asked["EncryptionContext"]["purpose"].as_str().unwrap();
    match headers["x-amz-target"].to_str().unwrap() {
        "TrentService.GenerateDataKey" => {
            assert_eq!(asked["KeySpec"], "AES_256");
            let key = vec![7; length];
            let blob = BASE64_STANDARD.encode(wrapped(purpose, &key));
            reply(200, json!({ "KeyId": MASTER, "Plaintext": BASE64_STANDARD.encode(key), "CiphertextBlob": blob }))
        }
        "TrentService.Decrypt" => {
            let blob = BASE64_STANDARD.decode(asked["CiphertextBlob"].as_str().unwrap()).unwrap();
            match unwrapped(purpose, &blob) {
                Some(key) => {
                    let key = BASE64_STANDARD.encode(key.get(..length).unwrap_or(&key));
                    reply(200, json!({ "KeyId": MASTER, "Plaintext": key }))
                }
                None => reply(400, json!({ "__type": "InvalidCiphertextException" })),
            }
        }
        other => panic!("{other}"),
    }
}

fn settings() -> KmsSettings {
    let (index, token) = (wrapped("ttw-index", &[1; 32]), wrapped("ttw-token", &[2; 32]));
    KmsSettings { master: MASTER.to_owned(), index, token }
}

/// A vault of keys of a server in this mood.
async fn vault(mood: Mood, settings: KmsSettings) -> Vault {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, Router::new().route("/", post(answer)).with_state(mood)).into_future());
    let config = aws_sdk_kms::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(format!("http://{address}"))
        .retry_config(RetryConfig::disabled());
    Vault::new(KmsKeys::with_client(settings, Client::from_conf(config.build())))
}

#[tokio::test]
async fn what_one_vault_of_a_master_key_seals_another_opens() {
    let (one, other) = (vault(Mood::Well, settings()).await, vault(Mood::Well, settings()).await);
    let sealed = one.seal(b"900123456", &HERE).await.unwrap();
    assert_eq!(other.open(&sealed, &HERE).await.unwrap().as_slice(), b"900123456");
    let number = ssn("900-12-3456");
    assert_eq!(one.blind_index(&number).await.unwrap(), other.blind_index(&number).await.unwrap());
    let mac = one.mac("token", b"form").await.unwrap();
    assert!(other.verify("token", b"form", mac.as_bytes()).await.unwrap());
}

#[tokio::test]
async fn a_key_wrapped_for_something_else_is_not_taken() {
    let swapped = KmsSettings { index: settings().token, token: settings().index, ..settings() };
    let vault = vault(Mood::Well, swapped).await;
    assert_eq!(vault.blind_index(&ssn("900-12-3456")).await.unwrap_err(), VaultError::NotOurs);
    assert_eq!(vault.mac("token", b"form").await.unwrap_err(), VaultError::NotOurs);
}

#[tokio::test]
async fn a_wrapped_key_that_is_not_set_is_told_and_not_asked_for() {
    let vault = vault(Mood::Well, KmsSettings { index: Vec::new(), ..settings() }).await;
    let told = VaultError::Keys("A wrapped key is missing; set TTW_INDEX_KEY and TTW_TOKEN_KEY.");
    assert_eq!(vault.blind_index(&ssn("900-12-3456")).await.unwrap_err(), told);
}

#[tokio::test]
async fn what_kms_refuses_says_what_to_do() {
    for (mood, expected) in [
        (Mood::Refuses(400, "AccessDeniedException"), "grant kms:Decrypt"),
        (Mood::Refuses(400, "NotFoundException"), "set TTW_KMS_KEY_ID"),
        (Mood::Refuses(400, "DisabledException"), "set TTW_KMS_KEY_ID"),
        (Mood::Length(31), "256 bits"),
    ] {
        let vault = vault(mood, settings()).await;
        for refused in [
            vault.seal(b"900123456", &HERE).await.unwrap_err(),
            vault.blind_index(&ssn("900-12-3456")).await.unwrap_err(),
            vault.mac("token", b"form").await.unwrap_err(),
        ] {
            assert!(matches!(refused, VaultError::Keys(text) if text.contains(expected)), "{refused:?}");
        }
    }
    for (status, name, expected) in [
        (500, "KMSInternalException", VaultError::Unavailable),
        (400, "InvalidCiphertextException", VaultError::NotOurs),
    ] {
        let vault = vault(Mood::Refuses(status, name), settings()).await;
        assert_eq!(vault.blind_index(&ssn("900-12-3456")).await.unwrap_err(), expected);
    }
}
