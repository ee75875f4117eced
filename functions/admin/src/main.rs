//! ttw-admin: loading, the synthetic world, the table.

use clap::Parser;
use std::process::ExitCode;
use ttw_admin::cli::{Command, run};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    run(Command::parse()).await
}
