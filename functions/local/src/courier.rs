//! Carries the outbox and runs the clocks of claims, as `notify` and `sweep` do in the cloud.

use jiff::{SignedDuration, Timestamp};
use notify::{MailSettings, Post};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use sweep::SweepSettings;
use ttw_core::Engine;
use ttw_portal::store::Store;

/// The pause between two looks at the outbox.
const PAUSE: Duration = Duration::from_millis(300);

/// Mail into a folder, unless the environment names another transport.
///
/// # Errors
/// A sentence for each setting that cannot be used.
pub fn post(folder: &Path) -> Result<Post, Vec<String>> {
    let local = |name: &str| match name {
        "TTW_MAIL_FROM" => Some("Ticket Portal <portal@localhost.example>".to_owned()),
        "TTW_MAIL_INTAKE_TO" => Some("intake@localhost.example".to_owned()),
        "TTW_MAIL_TRANSPORT" => Some(format!("folder:{}", folder.display())),
        _ => None,
    };
    let given = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    MailSettings::read(|name| given(name).or_else(|| local(name))).map(Post::new)
}

/// Delivers whatever the outbox holds, and enters what the clocks of claims have done, over and over.
pub async fn run(store: Store, post: Post, engine: Engine) {
    let (post, store) = (Arc::new(post), Arc::new(store));
    let settings = SweepSettings { after: SignedDuration::ZERO, ..SweepSettings::default() };
    loop {
        let _ = sweep::run_clocks(&store, &engine, settings.limit, Timestamp::now()).await;
        // What fails stays in the outbox for the next round.
        let _ = sweep::run(&post, &store, settings, Timestamp::now()).await;
        tokio::time::sleep(PAUSE).await;
    }
}
