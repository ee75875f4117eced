//! The Lambda function `eir`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    ttw_portal::start(eir::routes).await
}
