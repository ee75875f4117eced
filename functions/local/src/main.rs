//! All functions in one process on a loopback address.

use axum::Router;
use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use ttw_portal::server::{ServeError, listen, serve};
use ttw_portal::{Settings, application, telemetry};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    telemetry::install();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(),
    }
}

async fn run() -> Result<(), ServeError> {
    let settings = Settings::from_env().map_err(ServeError::Settings)?;
    let engine = Arc::new(settings.engine().map_err(ServeError::Settings)?);
    let routes = Router::new().merge(check_eligibility::routes(engine));
    let listener = listen(settings.address).await?;
    let address = listener.local_addr().unwrap_or(settings.address);
    // Nobody has to read it.
    let _ = std::io::stdout().write_all(welcome(address).as_bytes());
    serve(listener, application(routes, &settings.allowed_origins)).await
}

/// Where it listens, and a line that asks it something as it stands.
fn welcome(address: SocketAddr) -> String {
    format!(
        "Listening on http://{address} (Ctrl-C stops it). Try:\n\n\
         curl -s http://{address}/v1/eligibility -H 'Content-Type: application/json' -d '{question}'\n",
        question = one_line(check_eligibility::example::QUESTION),
    )
}

/// A JSON document whose strings hold no line breaks and no quotes of the shell, on one line.
fn one_line(json: &str) -> String {
    json.lines().map(str::trim).collect()
}
