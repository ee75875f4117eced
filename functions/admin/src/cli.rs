//! The command line.

use crate::load::{Loaded, Options, check, load};
use crate::problem::RowProblem;
use crate::read::Reading;
use crate::row::Kind;
use crate::world;
use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use ttw_core::Engine;
use ttw_core::forms::People;
use ttw_portal::Settings;
use ttw_portal::store::Store;

/// Loads providers, users, tickets, earnings and benefits into the table.
#[derive(Debug, Parser)]
#[command(name = "ttw-admin", version)]
pub struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Load files; good rows are put, bad rows are reported, and a load that was interrupted goes on where it stopped.
    Load(LoadArgs),
    /// Write the synthetic world as JSON Lines, with a page that tells who is who.
    World(WorldArgs),
    /// The table itself.
    #[command(subcommand)]
    Table(Table),
}

#[derive(Debug, Subcommand)]
enum Table {
    /// Make the table if it is not there, at the endpoint of `AWS_ENDPOINT_URL` or in the cloud.
    Create,
}

#[derive(Debug, Args)]
struct LoadArgs {
    /// What the files hold.
    #[arg(long, value_enum)]
    kind: Kind,
    /// JSON Lines, or CSV where the name ends in .csv.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Begin again, even where a file has been put already.
    #[arg(long)]
    restart: bool,
    /// Let the record of a person lack payments that the one on file has.
    #[arg(long)]
    drop_payments: bool,
    /// Check the rows and put nothing.
    #[arg(long)]
    dry_run: bool,
    /// How many puts are under way at a time.
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=256))]
    concurrency: u16,
    /// Where the problems go as JSON Lines; by default beside the file, as FILE.problems.jsonl.
    #[arg(long)]
    problems: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct WorldArgs {
    /// The same seed writes the same world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder; it is made if need be.
    #[arg(long)]
    out: PathBuf,
    /// The day of the world.
    #[arg(long, default_value_t = world::AS_OF)]
    as_of: Date,
}

/// How many problems are shown on the terminal; all of them are in the file.
const SHOWN: usize = 10;

/// Does what the command line says. 0: all of it; 1: some rows are bad, or loading stopped; 2: it could not begin.
pub async fn run(command: Command) -> ExitCode {
    let done = match command.what {
        What::Load(args) => run_load(&args).await,
        What::World(args) => run_world(&args).map(|()| true),
        What::Table(Table::Create) => create_table().await.map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problems) => {
            for problem in problems {
                eprintln!("{problem}");
            }
            ExitCode::from(2)
        }
    }
}

fn engine() -> Result<Engine, Vec<String>> {
    Engine::builtin().map_err(|problems| problems.into_iter().map(|problem| problem.message).collect())
}

fn store() -> Result<Store, Vec<String>> {
    let settings = Settings::from_env()?;
    Store::from_settings(&settings.store()).map_err(|problem| vec![problem])
}

/// `TTW_PEOPLE`: whose numbers are taken, as the functions have it.
pub(crate) fn people(given: Option<OsString>) -> Result<People, Vec<String>> {
    match given.filter(|value| !value.is_empty()) {
        None => Ok(People::Real),
        Some(value) if value == "real" => Ok(People::Real),
        Some(value) if value == "test" => Ok(People::Test),
        Some(_) => Err(vec!["TTW_PEOPLE is neither real nor test; set it to one of them.".to_owned()]),
    }
}

async fn create_table() -> Result<(), Vec<String>> {
    store()?.create_table().await.map_err(|error| vec![error.to_string()])
}

fn run_world(args: &WorldArgs) -> Result<(), Vec<String>> {
    let failed = |error: io::Error| vec![format!("The world cannot be written: {error}.")];
    std::fs::create_dir_all(&args.out).map_err(failed)?;
    for file in world::files(&world::generate(&engine()?, args.seed, args.as_of)) {
        std::fs::write(args.out.join(&file.name), file.text).map_err(failed)?;
    }
    Ok(())
}

async fn run_load(args: &LoadArgs) -> Result<bool, Vec<String>> {
    let engine = engine()?;
    let reading = Reading { engine: &engine, people: people(std::env::var_os("TTW_PEOPLE"))? };
    let options = Options {
        concurrency: args.concurrency.into(),
        restart: args.restart,
        drop_payments: args.drop_payments,
        stop: Arc::default(),
    };
    let stop = Arc::clone(&options.stop);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.store(true, Ordering::Relaxed);
        }
    });
    let (mut reports, mut problems) = (Vec::new(), Vec::new());
    let mut all_good = true;
    let store = if args.dry_run { None } else { Some(Arc::new(store()?)) };
    for file in &args.files {
        let bar = bar();
        let progress = |done: usize, rows: usize| {
            bar.set_length(rows.try_into().unwrap_or(u64::MAX));
            bar.set_position(done.try_into().unwrap_or(u64::MAX));
        };
        let loaded = match &store {
            None => check(reading, args.kind, file),
            Some(store) => load(store, reading, args.kind, file, &options, progress).await,
        };
        bar.finish_and_clear();
        let loaded = match loaded {
            Ok(loaded) => loaded,
            // What was wrong with the files before it is written all the same.
            Err(error) => {
                problems.push(format!("{}: {error}.", file.display()));
                break;
            }
        };
        eprint!("{}", summary(file, &loaded, args.dry_run));
        all_good &= loaded.problems.is_empty() && loaded.stopped.is_none();
        let stopped = loaded.stopped.is_some();
        reports.push((file.clone(), loaded.problems));
        if stopped {
            break;
        }
    }
    if let Err(error) = write_problems(args.problems.as_deref(), &reports) {
        problems.push(format!("The problems cannot be written: {error}."));
    }
    if problems.is_empty() { Ok(all_good) } else { Err(problems) }
}

fn bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} rows, {per_sec}, {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// What became of a file, for a person to read.
pub(crate) fn summary(file: &Path, loaded: &Loaded, dry_run: bool) -> String {
    let bad: usize = {
        let mut lines: Vec<usize> = loaded.problems.iter().map(|problem| problem.line).collect();
        lines.dedup();
        lines.len()
    };
    let verb = if dry_run { "could be put" } else { "put" };
    let mut text = format!("{}: {} rows, {} {verb}", file.display(), loaded.rows, loaded.put);
    // Writing to a string does not fail.
    if loaded.put_before > 0 {
        let _ = write!(text, ", {} put before", loaded.put_before);
    }
    let _ = writeln!(text, ", {bad} bad.");
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in &loaded.problems {
        *codes.entry(problem.code).or_default() += 1;
    }
    for (code, count) in codes {
        let _ = writeln!(text, "  {code}: {count}");
    }
    for problem in loaded.problems.iter().take(SHOWN) {
        let _ = writeln!(text, "  line {}: {} {}: {}", problem.line, problem.pointer, problem.code, problem.message);
    }
    if let Some(why) = &loaded.stopped {
        let _ = writeln!(text, "  stopped: {why}");
    }
    text
}

/// A problem with its file.
#[derive(Serialize)]
struct Written<'a> {
    file: String,
    #[serde(flatten)]
    problem: &'a RowProblem,
}

/// Writes the problems: into the one file given, or beside each file. What an earlier run left there is replaced.
pub(crate) fn write_problems(into: Option<&Path>, reports: &[(PathBuf, Vec<RowProblem>)]) -> io::Result<()> {
    let lines = |file: &Path, problems: &[RowProblem]| -> io::Result<String> {
        problems.iter().try_fold(String::new(), |text, problem| {
            let written = Written { file: file.display().to_string(), problem };
            Ok(text + &serde_json::to_string(&written)? + "\n")
        })
    };
    if let Some(into) = into {
        let all: String = reports.iter().map(|(file, problems)| lines(file, problems)).collect::<io::Result<_>>()?;
        return std::fs::write(into, all);
    }
    for (file, problems) in reports {
        let mut beside = file.as_os_str().to_owned();
        beside.push(".problems.jsonl");
        let beside = PathBuf::from(beside);
        if !problems.is_empty() || beside.exists() {
            std::fs::write(beside, lines(file, problems)?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        Command::command().debug_assert();
        let read = |line: &str| Command::try_parse_from(line.split(' '));
        assert!(read("ttw-admin load --kind tickets a.jsonl b.csv --dry-run").is_ok());
        assert!(read("ttw-admin world --out /tmp/x --as-of 2026-11-15").is_ok());
        assert!(read("ttw-admin table create").is_ok());
        for wrong in [
            "load --kind tickets",
            "load --kind people a",
            "load --kind users a --concurrency 0",
            "world --out x --as-of 2026",
        ] {
            assert!(read(&format!("ttw-admin {wrong}")).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_real_people_unless_test_people_are_asked_for() {
        assert_eq!(people(None), Ok(People::Real));
        assert_eq!(people(Some("test".into())), Ok(People::Test));
        assert!(people(Some("both".into())).is_err());
    }
}
