//! The Lambda function `form-1365`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    ttw_portal::start(form_1365::routes).await
}
