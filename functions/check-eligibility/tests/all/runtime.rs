//! The binary as the Lambda service runs it: it asks the runtime's own interface for events and posts its answers there.

use super::{get, post};
use crate::gateway::recorded;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing;
use check_eligibility::example;
use serde_json::Value;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};

/// Hands out events, and takes the answers in.
#[derive(Clone)]
struct Runtime {
    events: Arc<Mutex<mpsc::UnboundedReceiver<(&'static str, String)>>>,
    answers: mpsc::UnboundedSender<(String, Value)>,
}

async fn next(State(runtime): State<Runtime>) -> ([(&'static str, String); 3], String) {
    let Some((id, event)) = runtime.events.lock().await.recv().await else { std::future::pending().await };
    let arn = "arn:aws:lambda:us-east-1:123456789012:function:check-eligibility";
    let headers = [
        ("lambda-runtime-aws-request-id", id.to_owned()),
        ("lambda-runtime-deadline-ms", "4102444800000".to_owned()),
        ("lambda-runtime-invoked-function-arn", arn.to_owned()),
    ];
    (headers, event)
}

async fn answered(State(runtime): State<Runtime>, Path(id): Path<String>, body: String) {
    let _ = runtime.answers.send((id, serde_json::from_str(&body).unwrap()));
}

/// A process that ends with its test.
struct Function(Child);

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(api: &str) -> Function {
    let child = Command::new(env!("CARGO_BIN_EXE_check-eligibility"))
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", api)
        .env("AWS_LAMBDA_FUNCTION_NAME", "check-eligibility")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .stderr(Stdio::null())
        .spawn();
    Function(child.unwrap())
}

#[tokio::test]
async fn the_binary_answers_events_as_the_router_does() {
    let (send, events) = mpsc::unbounded_channel();
    let (answers, mut received) = mpsc::unbounded_channel();
    let runtime = Runtime { events: Arc::new(Mutex::new(events)), answers };
    let api = Router::new()
        .route("/2018-06-01/runtime/invocation/next", routing::get(next))
        .route("/2018-06-01/runtime/invocation/{id}/response", routing::post(answered))
        .with_state(runtime);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, api).await });
    let _function = start(&address);
    let malformed: Value = serde_json::from_str(&recorded("eligibility-malformed.json")).unwrap();
    let cases = [
        ("eligibility-valid.json", post("/v1/eligibility", example::QUESTION).await),
        ("eligibility-base64.json", post("/v1/eligibility", example::QUESTION).await),
        ("eligibility-malformed.json", post("/v1/eligibility", malformed["body"].as_str().unwrap().to_owned()).await),
        ("rule.json", get("/v1/rules/LB-02").await),
        ("parameters-in-a-stage.json", get("/v1/parameters?on=2016-08").await),
    ];
    for (event, plain) in cases {
        send.send((event, recorded(event))).unwrap();
        let (id, answer) = tokio::time::timeout(Duration::from_secs(30), received.recv()).await.unwrap().unwrap();
        assert_eq!(id, event);
        assert_eq!(answer["statusCode"], plain.status.as_u16(), "{event}");
        assert_eq!(answer["body"], plain.text(), "{event}");
        assert_eq!(answer["isBase64Encoded"], false);
        assert_eq!(answer["headers"]["content-type"], plain.header("content-type"));
        assert_eq!(answer["headers"]["x-request-id"], event);
    }
}
