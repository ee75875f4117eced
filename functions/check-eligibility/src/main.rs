//! The Lambda function `check-eligibility`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    ttw_portal::start(check_eligibility::routes).await
}
