//! The Lambda function `claims`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    ttw_portal::start(claims::routes).await
}
