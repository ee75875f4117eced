//! Files forms on the table of a folder and mails about them, until all is done or it is killed.
//!
//! `crash_child <folder> <hours> <seed> [<point> <time> <microseconds>]`. Lines of the input, `<key> <path> <body>` with tabs
//! between, are sent first, as they are; then every form of the seed's plan that was not among them is reviewed and submitted. The
//! output says `asked <key> <path> <body>` before a form is sent and `answered <key> <status> <answer>` when its answer is there, with
//! tabs again.

use jiff::SignedDuration;
use notify::Post;
use std::collections::HashSet;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use sweep::SweepSettings;
use tokio::task::JoinSet;
use ttw_tests::crash::{Executioner, NoOffice, Office, Paper, Point, Watched, plan};

/// The pause between two looks at the outbox.
const PAUSE: Duration = Duration::from_millis(3);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match Box::pin(run()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("crash_child: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), NoOffice> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (folder, hours, seed, executioner) = match words.as_slice() {
        [folder, hours, seed] => (folder, hours, seed, Executioner::none()),
        [folder, hours, seed, point, time, after] => {
            let point = Point::parse(point).ok_or("no such point")?;
            (folder, hours, seed, Executioner::at(point, time.parse()?, Duration::from_micros(after.parse()?))?)
        }
        _ => return Err("give folder, hours and seed, and a point with its number and microseconds".into()),
    };
    let folder = PathBuf::from(folder);
    let office = Office::open(&folder, hours.parse()?, &executioner).await?;
    let filed = Arc::new(AtomicBool::new(false));
    let courier = tokio::spawn(carry(office.clone(), post(&folder)?, executioner.clone(), filed.clone()));
    let mut sent = HashSet::new();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut parts = line.splitn(3, '\t');
        let [Some(key), Some(path), Some(body)] = [parts.next(), parts.next(), parts.next()] else {
            return Err("a line has a key, a path and a body".into());
        };
        sent.insert(key.to_owned());
        submit(&office, &executioner, key, path, body.to_owned()).await?;
    }
    let papers = plan(&office.world, seed.parse()?);
    let papers: Vec<Paper> = papers.into_iter().filter(|paper| !sent.contains(&paper.key)).collect();
    for two in papers.chunks(2) {
        let mut under_way = JoinSet::new();
        for paper in two.iter().cloned() {
            under_way.spawn(file(office.clone(), executioner.clone(), paper));
        }
        while let Some(done) = under_way.join_next().await {
            done??;
        }
    }
    filed.store(true, Ordering::Relaxed);
    Ok(courier.await?)
}

async fn file(office: Office, executioner: Executioner, paper: Paper) -> Result<(), NoOffice> {
    let body = office.reviewed(paper.path, &paper.draft).await?;
    submit(&office, &executioner, &paper.key, paper.path, body).await
}

async fn submit(
    office: &Office,
    executioner: &Executioner,
    key: &str,
    path: &str,
    body: String,
) -> Result<(), NoOffice> {
    say(&format!("asked\t{key}\t{path}\t{body}\n"))?;
    let (status, answer) = office.post(path, Some(key), body).await?;
    executioner.reached(Point::BeforeReply);
    say(&format!("answered\t{key}\t{}\t{answer}\n", status.as_u16()))
}

fn say(line: &str) -> Result<(), NoOffice> {
    let mut out = std::io::stdout().lock();
    out.write_all(line.as_bytes())?;
    Ok(out.flush()?)
}

fn post(folder: &Path) -> Result<Arc<Post>, NoOffice> {
    let post = ttw_local::courier::post(&folder.join("mail")).map_err(|problems| problems.join("\n"))?;
    Ok(Arc::new(post))
}

/// What `notify` and `sweep` do, as soon as there is anything to do, until everything is filed and nothing is waited for.
async fn carry(office: Office, post: Arc<Post>, executioner: Executioner, filed: Arc<AtomicBool>) {
    let ledger = Arc::new(Watched { store: office.store.clone(), executioner });
    let settings = SweepSettings { after: SignedDuration::ZERO, ..SweepSettings::default() };
    loop {
        let last = filed.load(Ordering::Relaxed);
        tokio::time::sleep(PAUSE).await;
        // What fails stays in the outbox for the next round.
        let round = sweep::run(&post, &ledger, settings, office.now()).await;
        if last && round.is_ok_and(|round| round.entries == 0) {
            return;
        }
    }
}
