//! An embedded database behind a gate that fails as it is told to. Where `TTW_TEST_DYNAMODB` names another, such as `127.0.0.1:8000`,
//! that one stands behind the gate.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use dynoxide::Database;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The variable that names another database.
const GIVEN: &str = "TTW_TEST_DYNAMODB";

/// What goes wrong with one request.
#[derive(Debug, Clone)]
pub enum Fault {
    /// An error instead of an answer; the database never saw the request.
    Refused(&'static str),
    /// The database did as asked, and the answer is an error.
    DoneButRefused(&'static str),
    /// No answer; the database never saw the request.
    Lost,
    /// No answer; the database did as asked.
    DoneButLost,
    /// A cancelled transaction for these reasons.
    Cancelled(Vec<&'static str>),
    /// Of a batch only the first half is done, or read.
    Half,
}

/// The database and its gate.
#[derive(Clone)]
pub struct Embedded {
    address: SocketAddr,
    table: Arc<str>,
    gate: Arc<Gate>,
}

/// How many tables were asked for: each test has its own.
static TABLES: AtomicUsize = AtomicUsize::new(0);

struct Gate {
    database: SocketAddr,
    faults: Mutex<VecDeque<(&'static str, Fault)>>,
    seen: Mutex<HashMap<String, usize>>,
}

impl Embedded {
    pub async fn start() -> Self {
        let database = match std::env::var(GIVEN) {
            Ok(address) => address.parse().expect("TTW_TEST_DYNAMODB is an address and a port"),
            Err(_) => in_memory().await,
        };
        let number = TABLES.fetch_add(1, Ordering::Relaxed);
        let table = format!("ttw-test-{}-{number}", std::process::id()).into();
        let gate = Arc::new(Gate { database, faults: Mutex::default(), seen: Mutex::default() });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = Router::new().route("/", post(pass)).layer(axum::extract::DefaultBodyLimit::disable());
        tokio::spawn(axum::serve(listener, routes.with_state(gate.clone())).into_future());
        Self { address, table, gate }
    }

    /// The name of this test's table.
    pub fn table(&self) -> &str {
        &self.table
    }

    /// A client that goes through the gate, with the store's number of tries and shorter waits.
    pub fn client(&self) -> Client {
        self.client_at(self.address)
    }

    /// A client that goes past the gate.
    pub fn direct(&self) -> Client {
        self.client_at(self.gate.database)
    }

    fn client_at(&self, address: SocketAddr) -> Client {
        let retries = RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_millis(5));
        // Another database than ours may write to a disk.
        let patience = if std::env::var_os(GIVEN).is_some() { 5_000 } else { 400 };
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(patience));
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .endpoint_url(format!("http://{address}"))
            .retry_config(retries.with_max_backoff(Duration::from_millis(20)));
        Client::from_conf(
            if address == self.address { config.timeout_config(timeouts.build()) } else { config }.build(),
        )
    }

    /// The next requests of an operation fail, one fault each.
    pub fn fail(&self, operation: &'static str, faults: impl IntoIterator<Item = Fault>) {
        self.gate.faults.lock().unwrap().extend(faults.into_iter().map(|fault| (operation, fault)));
    }

    /// How many faults did not happen yet.
    pub fn left(&self) -> usize {
        self.gate.faults.lock().unwrap().len()
    }

    pub fn forget(&self) {
        self.gate.faults.lock().unwrap().clear();
        self.gate.seen.lock().unwrap().clear();
    }

    /// How many requests of an operation came.
    pub fn seen(&self, operation: &str) -> usize {
        self.gate.seen.lock().unwrap().get(operation).copied().unwrap_or_default()
    }
}

async fn in_memory() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let memory = Database::memory().unwrap();
    tokio::spawn(dynoxide::server::serve_with_shutdown(listener, memory, std::future::pending()));
    address
}

async fn pass(State(gate): State<Arc<Gate>>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers["x-amz-target"].to_str().unwrap().to_owned();
    let operation = target.rsplit('.').next().unwrap();
    *gate.seen.lock().unwrap().entry(operation.to_owned()).or_default() += 1;
    let fault = {
        let mut faults = gate.faults.lock().unwrap();
        let place = faults.iter().position(|(of, _)| *of == operation);
        place.and_then(|place| faults.remove(place)).map(|(_, fault)| fault)
    };
    match fault {
        None => gate.forward(&headers, &body).await,
        Some(Fault::Refused(code)) => refusal(code, json!({})),
        Some(Fault::DoneButRefused(code)) => {
            gate.forward(&headers, &body).await;
            refusal(code, json!({}))
        }
        Some(Fault::Lost) => std::future::pending().await,
        Some(Fault::DoneButLost) => {
            gate.forward(&headers, &body).await;
            std::future::pending().await
        }
        Some(Fault::Cancelled(codes)) => {
            let reasons: Vec<Value> = codes.iter().map(|code| json!({ "Code": code })).collect();
            refusal("TransactionCanceledException", json!({ "CancellationReasons": reasons }))
        }
        Some(Fault::Half) => gate.half(&headers, &body).await,
    }
}

impl Gate {
    async fn forward(&self, headers: &HeaderMap, body: &[u8]) -> Response {
        let mut stream = TcpStream::connect(self.database).await.unwrap();
        let mut head = String::from("POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
        for name in ["x-amz-target", "content-type", "authorization", "x-amz-date"] {
            write!(head, "{name}: {}\r\n", headers[name].to_str().unwrap()).unwrap();
        }
        write!(head, "content-length: {}\r\n\r\n", body.len()).unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let status: u16 = std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap();
        reply(StatusCode::from_u16(status).unwrap(), answer[end + 4..].to_vec())
    }

    /// Keeps the second half of a batch back and says so.
    async fn half(&self, headers: &HeaderMap, body: &[u8]) -> Response {
        let mut request: Value = serde_json::from_slice(body).unwrap();
        let (table, of_table) = request["RequestItems"].as_object().unwrap().iter().next().unwrap();
        let (table, mut of_table) = (table.clone(), of_table.clone());
        let list = if of_table.is_array() { &mut of_table } else { &mut of_table["Keys"] };
        let all = list.as_array().unwrap().clone();
        let (now, later) = all.split_at(all.len() / 2);
        *list = json!(later);
        let name = if of_table.is_array() { "UnprocessedItems" } else { "UnprocessedKeys" };
        let left = json!({ table.clone(): of_table });
        let list = &mut request["RequestItems"][&table];
        *(if list.is_array() { list } else { &mut list["Keys"] }) = json!(now);
        if now.is_empty() {
            return reply(StatusCode::OK, json!({ "Responses": {}, name: left }).to_string().into());
        }
        let done = self.forward(headers, request.to_string().as_bytes()).await;
        let done = axum::body::to_bytes(done.into_body(), usize::MAX).await.unwrap();
        let mut done: Value = serde_json::from_slice(&done).unwrap();
        done[name] = left;
        reply(StatusCode::OK, done.to_string().into())
    }
}

fn refusal(code: &str, mut body: Value) -> Response {
    body["__type"] = json!(format!("com.amazonaws.dynamodb.v20120810#{code}"));
    body["message"] = json!("as told");
    let status = if code == "InternalServerError" { 500 } else { 400 };
    reply(StatusCode::from_u16(status).unwrap(), body.to_string().into())
}

fn reply(status: StatusCode, body: Vec<u8>) -> Response {
    (status, [(header::CONTENT_TYPE, "application/x-amz-json-1.0")], body).into_response()
}
