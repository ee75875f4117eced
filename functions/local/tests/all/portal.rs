//! All routes on an embedded table with the synthetic world, on the day of that world.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use http_body_util::BodyExt;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use tower::ServiceExt;
use ttw_admin::world::{AS_OF, World};
use ttw_core::Engine;
use ttw_core::forms::People;
use ttw_local::backstage::{Backstage, demo_users, populate};
use ttw_local::issuer::Issuer;
use ttw_portal::clock::Clock;
use ttw_portal::identity::Authenticator;
use ttw_portal::{Portal, Settings, application};

/// The moment of every request: ten in the morning on the day of the world.
pub const NOW: &str = "2026-11-15T15:00:00Z";

/// An answer, taken in.
pub struct Answer {
    pub status: StatusCode,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }
}

/// A folder that goes with its test.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// All functions, with people on file.
pub struct Town {
    router: Router,
    issuer: Issuer,
    pub world: World,
    _folder: Folder,
}

impl Town {
    pub async fn open() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("ttw-local-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(std::env::temp_dir().join(name));
        let engine = Engine::builtin().unwrap();
        assert_eq!(NOW.split_once('T').unwrap().0, AS_OF.to_string());
        let store = Backstage::open(&folder.0, 0).await.unwrap().table().await.unwrap();
        let world = populate(&store, &engine, AS_OF).await.unwrap();
        let issuer = Issuer::new("http://local.example/dev", demo_users(&world)).unwrap();
        let authenticator = Authenticator::new(Some(issuer.trusted()), None, store.clone());
        let clock = Clock::of(|| NOW.parse().unwrap());
        let portal = Portal::new(engine, store, authenticator, clock, People::Test);
        let router = application(ttw_local::routes().with_state(portal), &[]);
        Self { router, issuer, world, _folder: folder }
    }

    pub async fn send(&self, method: &str, uri: &str, user: Option<&str>, body: Option<&Value>) -> Answer {
        let mut request = Request::builder().method(method.to_uppercase().as_str()).uri(uri);
        if let Some(user) = user {
            request = request.header("authorization", format!("Bearer {}", self.issuer.token(user).unwrap()));
        }
        let body = match body {
            Some(body) => {
                request = request.header("content-type", "application/json").header("idempotency-key", uri);
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        taken(self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap()).await
    }
}

/// What needs neither a table nor a sign-in.
pub async fn ask(method: &str, uri: &str, body: impl Into<Body>) -> Answer {
    let portal = Portal::of(&Settings::default()).unwrap();
    let router = application(ttw_local::routes().with_state(portal), &[]);
    let request = Request::builder().method(method).uri(uri).header("content-type", "application/json");
    taken(router.oneshot(request.body(body.into()).unwrap()).await.unwrap()).await
}

async fn taken(response: axum::response::Response) -> Answer {
    let (parts, body) = response.into_parts();
    Answer { status: parts.status, body: body.collect().await.unwrap().to_bytes() }
}

#[test]
fn a_folder_keeps_the_day_of_its_world() {
    let folder = std::env::temp_dir().join(format!("ttw-local-day-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let day = |today: &str| ttw_local::backstage::world_day(&folder, today.parse().unwrap()).unwrap().to_string();
    assert_eq!([day("2026-11-30"), day("2026-12-01"), day("2027-05-20")], ["2026-11-30"; 3]);
    // Of what is no day, the folder begins anew.
    std::fs::write(folder.join("world-day"), "soon").unwrap();
    assert_eq!([day("2026-12-02"), day("2026-12-03")], ["2026-12-02"; 2]);
    std::fs::remove_dir_all(&folder).unwrap();
}
