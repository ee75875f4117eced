//! Answers a question read from standard input: `cargo run -p ttw-core --example ask -- decide < question.json`; or `ledger`, `compare`.

use std::io::Read;

fn main() -> std::io::Result<()> {
    let mut text = Vec::new();
    std::io::stdin().read_to_end(&mut text)?;
    let kind = std::env::args().nth(1).unwrap_or_else(|| "decide".to_owned());
    let answer = ttw_core::Engine::builtin().and_then(|engine| match kind.as_str() {
        "ledger" => engine.ledger_json(&text),
        "compare" => engine.compare_json(&text),
        _ => engine.decide_json(&text),
    });
    println!("{}", answer.unwrap_or_else(|problems| ttw_core::problems_json(&problems)));
    Ok(())
}
