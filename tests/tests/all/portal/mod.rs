//! The whole portal in process: all functions on an embedded table with the synthetic world of seed 1, on a day that stands still.

mod canaries;
mod caseload;
mod claims;
mod crash;
mod drafts;
mod load;
mod retry;
mod rights;
mod tenants;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use jiff::Timestamp;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use tower::ServiceExt;
use ttw_admin::row::Member;
use ttw_admin::world::World;
use ttw_core::Engine;
use ttw_core::forms::{People, Role};
use ttw_local::backstage::{Backstage, demo_users, populate};
use ttw_local::issuer::{DemoUser, Issuer};
use ttw_portal::clock::{Clock, eastern_day};
use ttw_portal::identity::{Authenticator, User};
use ttw_portal::settings::DEFAULT_TABLE;
use ttw_portal::store::{Registered, Store};
use ttw_portal::vault::{LocalKeys, Vault};
use ttw_portal::{Portal, application};

/// When everything here takes place.
const NOW: &str = "2026-11-15T17:00:00Z";
/// A user whose link to an organization has ended.
const DISMISSED: &str = "dismissed";

/// Whether the tests run at their full size.
fn is_full() -> bool {
    std::env::var_os("TTW_FULL").is_some_and(|full| full == "1")
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// A portal with its table, its people, and an issuer who signs them in.
struct House {
    app: Router,
    store: Store,
    backstage: Backstage,
    world: World,
    issuer: Issuer,
    folder: Folder,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl House {
    /// A new one with a table of its own. The table answers on the runtime of the test that opens it.
    async fn open() -> Self {
        let folder = Folder::new();
        let backstage = Backstage::open(&folder.0, 0).await.unwrap();
        let store = backstage.table().await.unwrap();
        let engine = Engine::builtin().unwrap();
        let world = populate(&store, &engine, eastern_day(now())).await.unwrap();
        dismiss(&store, &world.users[0]).await;
        let mut users = demo_users(&world);
        users.push(DemoUser { subject: DISMISSED.to_owned(), label: String::new() });
        let issuer = Issuer::new("http://127.0.0.1:9000/dev", users).unwrap();
        let mut house = Self { app: Router::new(), store, backstage, world, issuer, folder };
        house.app = house.at(now());
        house
    }

    /// The same portal at another moment.
    fn at(&self, moment: Timestamp) -> Router {
        let routes = ttw_local::FUNCTIONS.iter().fold(Router::new(), |all, (function, routes)| {
            let store = self.table_of(function);
            let authenticator = Authenticator::new(Some(self.issuer.trusted()), None, store.clone());
            let engine = Engine::builtin().unwrap();
            let portal = Portal::new(engine, store, authenticator, Clock::of(move || moment), People::Test);
            all.merge(routes().with_state(portal))
        });
        application(routes, &[])
    }

    /// The table as a function asks it, which fails where the function has no right to.
    fn table_of(&self, function: &'static str) -> Store {
        let keys = LocalKeys::open_or_create(&self.backstage.key_file).unwrap();
        Store::new(rights::client_of(function, &self.backstage.client()), DEFAULT_TABLE, Vault::new(keys))
    }

    /// An access token of a user.
    fn token(&self, subject: &str) -> String {
        self.issuer.token(subject).unwrap()
    }

    /// Sends a request through everything that stands around the routes.
    async fn ask(&self, request: Request<Body>) -> Answer {
        Self::ask_of(self.app.clone(), request).await
    }

    /// The same of another application.
    async fn ask_of(app: Router, request: Request<Body>) -> Answer {
        let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
        Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes() }
    }

    /// Where the table's file is, and whatever a test puts beside it.
    fn folder(&self) -> &Path {
        &self.folder.0
    }
}

impl Answer {
    /// A header, which is text.
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The body as JSON.
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The code of the first error.
    fn code(&self) -> String {
        self.json()["errors"][0]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// A JSON request with a token.
fn post(path: &str, token: &str, body: &Value) -> Request<Body> {
    Request::post(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap()
}

/// A question with a token.
fn get(path: &str, token: &str) -> Request<Body> {
    Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}")).body(Body::empty()).unwrap()
}

async fn dismiss(store: &Store, colleague: &Member) {
    let ein = colleague.ein.unwrap();
    let user = User { id: DISMISSED.into(), ..colleague.user.clone() };
    store.put_user(Registered { user: &user, roles: &[], ein: Some(&ein), own_record: None }).await.unwrap();
    store.link(DISMISSED, &ein, &[Role::Submitter, Role::Signatory], false).await.unwrap();
}

/// A temporary folder, removed with everything in it at the end of the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static FOLDERS: AtomicU32 = AtomicU32::new(0);
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("ttw-portal-{}-{number}", std::process::id()));
        // What a process of the same number left behind.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
