//! The Lambda function `submit-pr`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    ttw_portal::start(submit_pr::routes).await
}
