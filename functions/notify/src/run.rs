//! Running under the Lambda runtime, for this function and for `sweep`.

use crate::ledger::OutboxLedger;
use crate::post::Post;
use crate::settings::MailSettings;
use crate::stream;
use jiff::Timestamp;
use lambda_runtime::{LambdaEvent, service_fn};
use serde::Serialize;
use serde_json::Value;
use std::process::ExitCode;
use std::sync::Arc;
use ttw_portal::server::ServeError;
use ttw_portal::telemetry;

/// Answers stream events until the runtime stops: telemetry, settings, outbox, and then events.
pub async fn start<L: OutboxLedger>(open: impl FnOnce() -> Result<L, Vec<String>>) -> ExitCode {
    let handle = |post: Arc<Post>, ledger: Arc<L>, event| async move {
        Ok(stream::handle(&post, &ledger, event, Timestamp::now()).await?)
    };
    // Boxed, since a future is as large as all that it waits for.
    answer(open, |post, ledger, event| Box::pin(handle(post, ledger, event))).await
}

/// Answers each event of the Lambda runtime with a function of the post and the outbox.
///
/// `open` and the settings are asked once, and everything that is wrong with either is said; neither is to connect anywhere yet.
pub async fn answer<L, A, R>(
    open: impl FnOnce() -> Result<L, Vec<String>>,
    function: impl Fn(Arc<Post>, Arc<L>, Value) -> A,
) -> ExitCode
where
    L: OutboxLedger,
    A: Future<Output = Result<R, lambda_runtime::Error>>,
    R: Serialize,
{
    telemetry::install();
    match prepared(MailSettings::from_env(), open()) {
        Ok((post, ledger)) => {
            let (post, ledger) = (Arc::new(post), Arc::new(ledger));
            let service =
                service_fn(|event: LambdaEvent<Value>| function(Arc::clone(&post), Arc::clone(&ledger), event.payload));
            match lambda_runtime::run(service).await {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => ServeError::Stopped(error).report(),
            }
        }
        Err(problems) => ServeError::Settings(problems).report(),
    }
}

fn prepared<L>(
    settings: Result<MailSettings, Vec<String>>,
    ledger: Result<L, Vec<String>>,
) -> Result<(Post, L), Vec<String>> {
    let elsewhere = std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none();
    let elsewhere = elsewhere.then(|| "This program answers events of AWS Lambda; run it there.".to_owned());
    match (settings, ledger, elsewhere) {
        (Ok(settings), Ok(ledger), None) => Ok((Post::new(settings), ledger)),
        (settings, ledger, elsewhere) => {
            let problems = settings.err().into_iter().chain(ledger.err()).flatten();
            Err(problems.chain(elsewhere).collect())
        }
    }
}
