//! The whole portal in process, on a table of its own, and the clock that the year moves.

use super::records::{self, Holder};
use super::{Ended, Plan};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use http_body_util::BodyExt;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tower::ServiceExt;
use ttw_core::Engine;
use ttw_core::forms::People;
use ttw_local::backstage::{Backstage, demo_users};
use ttw_local::issuer::Issuer;
use ttw_portal::clock::Clock;
use ttw_portal::identity::Authenticator;
use ttw_portal::store::Store;
use ttw_portal::{IDEMPOTENCY_KEY, Portal, application};

/// The program manager among the users of the world.
pub(super) const MANAGER: &str = "program-manager";
/// A token is signed anew after so many requests.
const TOKEN: usize = 2_000;

/// The portal.
pub(super) struct Office {
    pub store: Store,
    pub client: aws_sdk_dynamodb::Client,
    pub engine: Engine,
    router: Router,
    issuer: Issuer,
    tokens: HashMap<String, (String, usize)>,
    /// Seconds.
    now: Arc<AtomicI64>,
}

impl Office {
    /// Opens the table with several worlds of people in it.
    pub(super) async fn open(folder: &Path, plan: Plan) -> Result<(Self, Vec<Holder>), Ended> {
        let engine = || Engine::builtin().map_err(|problems| ttw_core::problems_json(&problems));
        let backstage = Backstage::open(folder, 0).await?;
        let client = backstage.client();
        let store = backstage.table().await?;
        let (users, holders) = records::settle(&store, &engine()?, plan).await?;
        let issuer = Issuer::new("http://127.0.0.1:9000/dev", demo_users(&users)).map_err(|_| "no random numbers")?;
        let now = Arc::new(AtomicI64::new(0));
        let told = now.clone();
        let clock = Clock::of(move || Timestamp::from_second(told.load(Ordering::Relaxed)).unwrap_or(Timestamp::MIN));
        let authenticator = Authenticator::new(Some(issuer.trusted()), None, store.clone());
        let portal = Portal::new(engine()?, store.clone(), authenticator, clock, People::Test);
        let router = application(ttw_local::routes().with_state(portal), &[]);
        let office = Self { store, client, engine: engine()?, router, issuer, tokens: HashMap::new(), now };
        Ok((office, holders))
    }

    /// The office opens in the morning of a day.
    pub(super) fn wakes_on(&self, day: Date) {
        let morning = day.at(13, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
        self.now.store(morning.map_or(0, |morning| morning.timestamp().as_second()), Ordering::Relaxed);
    }

    pub(super) fn now(&self) -> Timestamp {
        Timestamp::from_second(self.now.load(Ordering::Relaxed)).unwrap_or(Timestamp::MIN)
    }

    pub(super) async fn get(&mut self, user: &str, path: &str) -> Result<(u16, Value), Ended> {
        self.send(user, Method::GET, path, None, None).await
    }

    pub(super) async fn post(&mut self, user: &str, path: &str, body: &Value) -> Result<(u16, Value), Ended> {
        self.send(user, Method::POST, path, None, Some(body)).await
    }

    pub(super) async fn submit(
        &mut self,
        user: &str,
        path: &str,
        key: &str,
        body: &Value,
    ) -> Result<(u16, Value), Ended> {
        self.send(user, Method::POST, path, Some(key), Some(body)).await
    }

    /// Sends a request, a second after the one before it.
    async fn send(
        &mut self,
        user: &str,
        method: Method,
        path: &str,
        key: Option<&str>,
        body: Option<&Value>,
    ) -> Result<(u16, Value), Ended> {
        self.now.fetch_add(1, Ordering::Relaxed);
        let token = self.token(user)?;
        let request = Request::builder().method(method).uri(path);
        let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        let mut request = request.header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = key {
            request = request.header(IDEMPOTENCY_KEY, key);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let response = self.router.clone().oneshot(request.body(body)?).await?;
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await?.to_bytes();
        Ok((status, serde_json::from_slice(&bytes)?))
    }

    fn token(&mut self, user: &str) -> Result<String, Ended> {
        if let Some((token, left)) = self.tokens.get_mut(user)
            && *left > 0
        {
            *left -= 1;
            return Ok(token.clone());
        }
        let token = self.issuer.token(user).ok_or("the user is unknown")?;
        self.tokens.insert(user.to_owned(), (token.clone(), TOKEN));
        Ok(token)
    }
}

/// The code of the first error of an answer.
pub(super) fn code(answer: &Value) -> String {
    answer.pointer("/errors/0/code").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A text of an answer.
pub(super) fn text<'v>(answer: &'v Value, pointer: &str) -> &'v str {
    answer.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}
