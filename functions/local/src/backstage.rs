//! The embedded table and who is in it.

use crate::issuer::DemoUser;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use dynoxide::Database;
use jiff::civil::Date;
use std::future::pending;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;
use ttw_admin::sink::SinkError;
use ttw_admin::world::{self, World};
use ttw_core::Engine;
use ttw_portal::settings::DEFAULT_TABLE;
use ttw_portal::store::{Store, StoreError};
use ttw_portal::vault::{LocalKeys, Vault};

/// The seed of the synthetic world.
pub const SEED: u64 = 1;
/// Region and credentials that the embedded database takes like any other.
const REGION: &str = "us-east-1";
const ANYBODY: &str = "local";

/// A database that answers as DynamoDB does, from a file.
#[derive(Debug)]
pub struct Backstage {
    /// Where it answers.
    pub address: SocketAddr,
    /// The key file of the vault.
    pub key_file: PathBuf,
}

/// Why there is no database.
#[derive(Debug)]
pub enum NoBackstage {
    /// The folder, a file in it, or the port.
    Io(io::Error),
    /// The database's file.
    Database(String),
    /// The key file.
    Keys(String),
    /// The table.
    Table(String),
}

impl std::fmt::Display for NoBackstage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => write!(f, "The folder of the local server cannot be used: {error}; set TTW_LOCAL_DIR."),
            Self::Database(error) => {
                write!(f, "The local database cannot be opened: {error}; remove its folder to begin anew.")
            }
            Self::Keys(problem) => f.write_str(problem),
            Self::Table(problem) => write!(f, "The local table cannot be filled: {problem}"),
        }
    }
}

impl std::error::Error for NoBackstage {}

impl From<StoreError> for NoBackstage {
    fn from(error: StoreError) -> Self {
        Self::Table(error.to_string())
    }
}

impl From<SinkError> for NoBackstage {
    fn from(error: SinkError) -> Self {
        Self::Table(format!("{error:?}"))
    }
}

impl Backstage {
    /// Opens the database of a folder, or makes it, and answers on a port of the loopback address; on any, for port 0.
    ///
    /// # Errors
    /// The folder or the port cannot be used.
    pub async fn open(folder: &Path, port: u16) -> Result<Self, NoBackstage> {
        std::fs::create_dir_all(folder).map_err(NoBackstage::Io)?;
        let file = folder.join("table.db");
        let database = Database::new(&file.to_string_lossy()).map_err(|e| NoBackstage::Database(e.to_string()))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(NoBackstage::Io)?;
        let address = listener.local_addr().map_err(NoBackstage::Io)?;
        tokio::spawn(dynoxide::server::serve_with_shutdown(listener, database, pending()));
        Ok(Self { address, key_file: folder.join("keys") })
    }

    /// A client of the database.
    #[must_use]
    pub fn client(&self) -> Client {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(REGION))
            .credentials_provider(Credentials::new(ANYBODY, ANYBODY, None, None, "embedded"))
            .endpoint_url(format!("http://{}", self.address));
        Client::from_conf(config.build())
    }

    /// The table, made if it is not there.
    ///
    /// # Errors
    /// The key file or the database cannot be used.
    pub async fn table(&self) -> Result<Store, NoBackstage> {
        self.table_through(self.client()).await
    }

    /// The table through a client of one's own.
    ///
    /// # Errors
    /// The key file or the database cannot be used.
    pub async fn table_through(&self, client: Client) -> Result<Store, NoBackstage> {
        let keys = LocalKeys::open_or_create(&self.key_file).map_err(NoBackstage::Keys)?;
        let store = Store::new(client, DEFAULT_TABLE, Vault::new(keys));
        store.create_table().await?;
        Ok(store)
    }

    /// What a process elsewhere sets to use this table.
    #[must_use]
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL_DYNAMODB", format!("http://{}", self.address)),
            ("AWS_REGION", REGION.to_owned()),
            ("AWS_ACCESS_KEY_ID", ANYBODY.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", ANYBODY.to_owned()),
            ("TTW_TABLE", DEFAULT_TABLE.to_owned()),
            ("TTW_KEY_FILE", self.key_file.to_string_lossy().into_owned()),
            ("TTW_PEOPLE", "test".to_owned()),
            // Under an emulator they take themselves to be in Lambda, where test people are of this stage alone.
            ("TTW_STAGE", "test".to_owned()),
        ]
    }
}

/// The day of the world of a folder: that on which the folder was first used, since its people do not grow older.
///
/// # Errors
/// The folder cannot be written to.
pub fn world_day(folder: &Path, today: Date) -> Result<Date, NoBackstage> {
    let file = folder.join("world-day");
    if let Some(day) = std::fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok()) {
        return Ok(day);
    }
    std::fs::write(&file, today.to_string()).map_err(NoBackstage::Io)?;
    Ok(today)
}

/// The synthetic world of a day; it is loaded into a table that does not have it yet.
///
/// # Errors
/// The table does not answer.
pub async fn populate(store: &Store, engine: &Engine, as_of: Date) -> Result<World, NoBackstage> {
    let world = world::generate(engine, SEED, as_of);
    if let Some(last) = world.users.last()
        && store.account(&last.user.id).await?.is_some()
    {
        return Ok(world);
    }
    world::put(&world, store).await?;
    Ok(world)
}

/// The users of a world as the issuer offers them.
#[must_use]
pub fn demo_users(world: &World) -> Vec<DemoUser> {
    let label = |member: &ttw_admin::row::Member| {
        let organization = member.ein.and_then(|ein| world.providers.iter().find(|provider| provider.ein == ein));
        let place = organization.map_or(String::new(), |organization| format!(", {}", organization.name));
        DemoUser {
            subject: member.user.id.to_string(),
            label: format!("{}, {}{place}", member.user.name, member.user.title),
        }
    };
    world.users.iter().map(label).collect()
}
