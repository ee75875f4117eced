//! Lives through a simulated year: `sim_year SEED CLAIMS`. The last line is the hash of its trace.

use std::process::ExitCode;
use std::time::Instant;
use ttw_tests::year::{LAST, Plan, run};

#[tokio::main]
async fn main() -> ExitCode {
    let mut given = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let (Some(Ok(seed)), Some(Ok(claims))) = (given.next(), given.next()) else {
        eprintln!("Say the seed and how many claims, both as whole numbers: sim_year 1 500");
        return ExitCode::FAILURE;
    };
    let folder = std::env::temp_dir().join(format!("ttw-year-{}", std::process::id()));
    let began = Instant::now();
    let plan = Plan { seed, claims: usize::try_from(claims).unwrap_or(usize::MAX), last: LAST };
    let story = run(&folder, plan).await;
    let _ = std::fs::remove_dir_all(&folder);
    match story {
        Ok(story) => {
            for (kind, count) in &story.tally {
                println!("{kind:>20} {count}");
            }
            println!("{} claims, {} lines, {:.1} s", story.claims.len(), story.lines, began.elapsed().as_secs_f64());
            println!("{}", story.hash);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
