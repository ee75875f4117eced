//! The Lambda function `notify`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    notify::start(notify::store_outbox).await
}
