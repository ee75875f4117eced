//! The Lambda function `sweep`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    sweep::start(notify::store_outbox).await
}
