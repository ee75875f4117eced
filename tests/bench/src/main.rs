//! `make bench`: the time of one decision with all its reasons, beside peers in the same run.
//!
//! The contenders take turns, round by round, so that whatever else the machine does falls on all of them; of each the fastest and the
//! median round are shown, and the ratios of the medians with their spread over the rounds.

use serde_json::Value;
use std::hint::black_box;
use std::time::Instant;
use ttw_bench::peer;
use ttw_bench::table::{Row, print_ratio, print_ratio_head, print_times};
use ttw_core::Engine;

const ROUNDS: usize = 25;
const PER_ROUND: u32 = 400;

struct Contender<'a> {
    /// Nanoseconds of one call, by round.
    row: Row,
    run: Box<dyn Fn() + 'a>,
}

fn main() {
    let engine = Engine::builtin().expect("the built-in parameters");
    let text = peer::question(900, "p1m3").to_string();
    let denied = peer::question(800, "p1m3").to_string();
    let question = ttw_core::read::question(text.as_bytes()).expect("a question");
    let answer: Value = serde_json::from_str(&engine.decide_json(text.as_bytes()).expect("an answer")).expect("JSON");
    let peer = peer::Cel::new();
    let agreed = peer::agree(&engine, &peer);
    let facts = peer::context(&serde_json::from_str(&text).expect("JSON"));
    println!("A case of 36 months, Phase 1 Milestone 3: {} bytes of question, {} bytes of answer, {} reasons.",
        text.len(), answer.to_string().len(), answer["reasons"].as_array().map_or(0, Vec::len));
    println!("The peer's verdict and the engine's agree on {agreed} cases.\n");

    let mut contenders = [
        contender("decide, from a parsed case", || drop(black_box(engine.decide(black_box(&question))))),
        contender("decide, from JSON text to JSON text", || drop(black_box(engine.decide_json(black_box(text.as_bytes()))))),
        contender("the same, a claim that is denied, with its counterfactual", || {
            drop(black_box(engine.decide_json(black_box(denied.as_bytes()))));
        }),
        contender("reading the question alone", || drop(black_box(ttw_core::read::question(black_box(text.as_bytes()))))),
        contender("serde_json: parse the question, write the answer, decide nothing", || {
            let parsed: Value = serde_json::from_str(black_box(&text)).expect("JSON");
            black_box((parsed, serde_json::to_string(black_box(&answer)).expect("JSON")));
        }),
        contender("CEL: five of the rules, a verdict without reasons, from parsed facts", || {
            black_box(peer.verdict(black_box(&facts)));
        }),
    ];
    for round in 0..=ROUNDS {
        for contender in &mut contenders {
            let start = Instant::now();
            for _ in 0..PER_ROUND {
                (contender.run)();
            }
            let each = start.elapsed().as_secs_f64() * 1e9 / f64::from(PER_ROUND);
            // The first round warms up.
            if round > 0 {
                contender.row.rounds.push(each);
            }
        }
    }
    let rows = contenders.map(|contender| contender.row);
    print_times("µs", &rows);
    print_ratio_head();
    for (one, other) in [(5, 0), (4, 1), (1, 4)] {
        print_ratio(&format!("{} / {}", rows[one].name, rows[other].name), &rows[one].rounds, &rows[other].rounds);
    }
}

fn contender<'a>(name: &'static str, run: impl Fn() + 'a) -> Contender<'a> {
    Contender { row: Row::new(name), run: Box::new(run) }
}
