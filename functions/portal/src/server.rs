//! Serving: to the Lambda runtime, or on a loopback address.

use crate::settings::Settings;
use crate::{Portal, application, gateway, service, telemetry};
use axum::Router;
use std::fmt;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;

/// Settings that cannot be used, or a port that is taken.
const EXIT_SETTINGS: u8 = 2;

/// Long enough for the first event to be asked for.
const POLL: Duration = Duration::from_millis(5);

/// Why a function does not run.
#[derive(Debug)]
pub enum ServeError {
    /// The settings cannot be used; a sentence for each reason.
    Settings(Vec<String>),
    /// The address cannot be listened on.
    Address(SocketAddr, std::io::Error),
    /// The server stopped.
    Stopped(lambda_http::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(problems) => f.write_str(&problems.join("\n")),
            Self::Address(address, error) if error.kind() == ErrorKind::AddrInUse => {
                write!(f, "{address} is already in use; stop what listens there, or set PORT to another number.")
            }
            Self::Address(address, error) => {
                write!(f, "Cannot listen on {address}: {error}; set PORT or TTW_ADDRESS to another.")
            }
            Self::Stopped(error) => write!(f, "The server stopped: {error}."),
        }
    }
}

impl std::error::Error for ServeError {}

impl ServeError {
    /// Tells standard error, and gives the process its exit code: 2 for what the caller can mend, else 1.
    #[must_use]
    pub fn report(&self) -> ExitCode {
        eprintln!("{self}");
        match self {
            Self::Settings(_) | Self::Address(..) => ExitCode::from(EXIT_SETTINGS),
            Self::Stopped(_) => ExitCode::FAILURE,
        }
    }
}

/// Runs a function until it is told to stop: telemetry, settings, engine, table, and then requests.
pub async fn start(routes: impl FnOnce() -> Router<Portal>) -> ExitCode {
    telemetry::install();
    match run(routes).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(),
    }
}

async fn run(routes: impl FnOnce() -> Router<Portal>) -> Result<(), ServeError> {
    let settings = Settings::from_env().map_err(ServeError::Settings)?;
    let portal = Portal::of(&settings).map_err(ServeError::Settings)?;
    let store = settings.table.is_some().then(|| portal.store().clone());
    let application = application(routes().merge(service::routes()).with_state(portal), &settings.allowed_origins);
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some() {
        // Once the first event is asked for, the connection is opened; what fails now fails, or not, when it is needed.
        if let Some(store) = store {
            tokio::spawn(async move {
                tokio::time::sleep(POLL).await;
                drop(store.warm().await);
            });
        }
        return lambda_http::run(gateway::service(application)).await.map_err(ServeError::Stopped);
    }
    serve(listen(settings.address).await?, application).await
}

/// Takes an address.
///
/// # Errors
/// When it is taken already or is not ours.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|error| ServeError::Address(address, error))
}

/// Answers on an address until an interrupt or a termination signal; requests under way are finished.
///
/// # Errors
/// When the server stops by itself.
pub async fn serve(listener: TcpListener, application: Router) -> Result<(), ServeError> {
    let server = axum::serve(listener, application).with_graceful_shutdown(told_to_stop());
    server.await.map_err(|error| ServeError::Stopped(error.into()))
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    let _ = interrupted.await;
}
