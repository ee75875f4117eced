//! The whole portal in this process, on the table of a folder, and a user who is signed in.

use super::Executioner;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use tower::ServiceExt;
use ttw_admin::world::{AS_OF, World};
use ttw_core::Engine;
use ttw_core::forms::People;
use ttw_local::backstage::{Backstage, demo_users, populate};
use ttw_local::issuer::Issuer;
use ttw_portal::clock::Clock;
use ttw_portal::identity::Authenticator;
use ttw_portal::store::Store;
use ttw_portal::{IDEMPOTENCY_KEY, Portal, application};

/// Why there is no portal, in words.
pub type NoOffice = Box<dyn std::error::Error + Send + Sync>;

/// Who files: may file every form for Harbor Employment Network.
const USER: &str = "harbor-signatory";

/// A portal and its user.
#[derive(Clone)]
pub struct Office {
    /// The table.
    pub store: Store,
    /// The table without anybody looking on.
    pub client: aws_sdk_dynamodb::Client,
    /// Who is in the table.
    pub world: Arc<World>,
    clock: Clock,
    router: Router,
    token: String,
}

impl Office {
    /// Opens the table of a folder, with the synthetic world in it. The clock goes on from noon of the world's day, so many hours
    /// later.
    ///
    /// # Errors
    /// Whatever keeps it from opening.
    pub async fn open(folder: &Path, hours: i64, executioner: &Executioner) -> Result<Self, NoOffice> {
        let engine = Engine::builtin().map_err(|problems| ttw_core::problems_json(&problems))?;
        let backstage = Backstage::open(folder, 0).await?;
        let client = backstage.client();
        let watched = client.config().to_builder().interceptor(executioner.clone()).build();
        let store = backstage.table_through(aws_sdk_dynamodb::Client::from_conf(watched)).await?;
        let world = populate(&store, &engine, AS_OF).await?;
        let issuer = Issuer::new("http://127.0.0.1:9000/dev", demo_users(&world)).map_err(|_| "no random numbers")?;
        let token = issuer.token(USER).ok_or("the user is unknown")?;
        let authenticator = Authenticator::new(Some(issuer.trusted()), None, store.clone());
        let clock = clock(hours)?;
        let portal = Portal::new(engine, store.clone(), authenticator, clock.clone(), People::Test);
        let router = application(ttw_local::routes().with_state(portal), &[]);
        Ok(Self { store, client, world: Arc::new(world), clock, router, token })
    }

    /// The time here.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What a path answers.
    ///
    /// # Errors
    /// The answer is not text.
    pub async fn get(&self, path: &str) -> Result<(StatusCode, String), NoOffice> {
        self.send(Method::GET, path, None, String::new()).await
    }

    /// Posts a body, with an idempotency key where one is given.
    ///
    /// # Errors
    /// The answer is not text.
    pub async fn post(&self, path: &str, key: Option<&str>, body: String) -> Result<(StatusCode, String), NoOffice> {
        self.send(Method::POST, path, key, body).await
    }

    /// Has a draft reviewed, and makes of it what is to be submitted: with its token, and every warning acknowledged.
    ///
    /// # Errors
    /// The answer of a review that refuses it.
    pub async fn reviewed(&self, path: &str, draft: &Value) -> Result<String, NoOffice> {
        let (status, answer) = self.post(&format!("{path}/review"), None, draft.to_string()).await?;
        if status != StatusCode::OK {
            return Err(format!("{path}: {status} {answer}").into());
        }
        let review: Value = serde_json::from_str(&answer)?;
        let warnings = review.get("warnings").and_then(Value::as_array).into_iter().flatten();
        let mut codes: Vec<Value> = warnings.filter_map(|warning| warning.get("code").cloned()).collect();
        codes.dedup();
        let mut body = draft.clone();
        let fields = body.as_object_mut().ok_or("a draft is an object")?;
        fields.insert("review_token".to_owned(), review.get("review_token").cloned().unwrap_or_default());
        if !codes.is_empty() {
            fields.insert("acknowledged_warnings".to_owned(), Value::Array(codes));
        }
        Ok(body.to_string())
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: String,
    ) -> Result<(StatusCode, String), NoOffice> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        if let Some(key) = key {
            request = request.header(IDEMPOTENCY_KEY, key);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body))?).await?;
        let status = response.status();
        let bytes = response.into_body().collect().await?.to_bytes();
        Ok((status, String::from_utf8(bytes.to_vec())?))
    }
}

fn clock(hours: i64) -> Result<Clock, jiff::Error> {
    let noon: Timestamp = format!("{AS_OF}T17:00:00Z").parse()?;
    let began = noon.checked_add(SignedDuration::from_hours(hours))?;
    let here = Instant::now();
    // What runs here runs for minutes; a clock at the end of time would stand still.
    Ok(Clock::of(move || began.checked_add(here.elapsed()).unwrap_or(began)))
}
