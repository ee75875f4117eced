//! The Lambda function `check-eligibility`.

use std::process::ExitCode;

/// A decision is made of thousands of small pieces, which are kept for the next.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    ttw_portal::start(check_eligibility::routes).await
}
