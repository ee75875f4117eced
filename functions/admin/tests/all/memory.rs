//! A place in memory where rows go, which stops when it is told to, and a folder for files.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use ttw_admin::load::{Loaded, Options, load};
use ttw_admin::read::Reading;
use ttw_admin::row::{Kind, Member};
use ttw_admin::sink::{Seen, Sink, SinkError};
use ttw_core::Engine;
use ttw_core::domain::Ssn;
use ttw_core::forms::{Organization, People};

#[derive(Default)]
pub struct Memory {
    pub providers: Mutex<BTreeMap<String, String>>,
    pub users: Mutex<BTreeMap<String, String>>,
    pub people: Mutex<BTreeMap<String, String>>,
    /// How often each was put.
    pub puts: Mutex<BTreeMap<String, usize>>,
    /// After so many puts nothing answers; 0: never.
    pub answers: AtomicUsize,
    /// How many times a record changes under the hand.
    pub changes: AtomicUsize,
}

impl Memory {
    async fn put(&self, key: &str) -> Result<(), SinkError> {
        // Others run in between, as with a real table.
        tokio::task::yield_now().await;
        match self.answers.load(Ordering::Relaxed) {
            0 => {}
            1 => return Err(SinkError::Unavailable("The table does not answer.".to_owned())),
            left => self.answers.store(left - 1, Ordering::Relaxed),
        }
        *self.puts.lock().unwrap().entry(key.to_owned()).or_default() += 1;
        Ok(())
    }

    pub fn record(&self, ssn: &str) -> serde_json::Value {
        serde_json::from_str(&self.people.lock().unwrap()[&ssn.replace('-', "")]).unwrap()
    }
}

fn digits(ssn: &Ssn) -> String {
    String::from_utf8(ssn.expose().to_vec()).unwrap()
}

impl Sink for Memory {
    async fn put_provider(&self, provider: &Organization) -> Result<(), SinkError> {
        self.put(&provider.provider).await?;
        self.providers.lock().unwrap().insert(provider.ein.to_string(), format!("{provider:?}"));
        Ok(())
    }

    async fn put_user(&self, member: &Member) -> Result<(), SinkError> {
        self.put(&member.user.id).await?;
        self.users.lock().unwrap().insert(member.user.id.to_string(), format!("{member:?}"));
        Ok(())
    }

    async fn person(&self, ssn: &Ssn) -> Result<Option<String>, SinkError> {
        tokio::task::yield_now().await;
        Ok(self.people.lock().unwrap().get(&digits(ssn)).cloned())
    }

    async fn put_person(&self, ssn: &Ssn, record: &str, seen: Seen<'_>) -> Result<(), SinkError> {
        if self.changes.load(Ordering::Relaxed) > 0 {
            self.changes.fetch_sub(1, Ordering::Relaxed);
            return Err(SinkError::Changed);
        }
        self.put(&digits(ssn)).await?;
        let mut people = self.people.lock().unwrap();
        if let Seen::This(seen) = seen {
            assert_eq!(seen, people.get(&digits(ssn)).map(String::as_str), "put on top of what was read");
        }
        people.insert(digits(ssn), record.to_owned());
        Ok(())
    }
}

pub fn engine() -> Engine {
    Engine::builtin().unwrap()
}

/// A file of a test, in a folder of its own, that was never loaded.
pub fn file(folder: &str, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("ttw-admin").join(folder);
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    // What an earlier run of the tests left.
    let _ = std::fs::remove_file(format!("{}.ttw-load.json", path.display()));
    std::fs::write(&path, text).unwrap();
    path
}

/// Loads test people from a file.
pub async fn load_into<S: Sink>(
    sink: &std::sync::Arc<S>,
    kind: Kind,
    file: &std::path::Path,
    options: &Options,
) -> Loaded {
    let engine = engine();
    load(sink, Reading { engine: &engine, people: People::Test }, kind, file, options, |_, _| {}).await.unwrap()
}
