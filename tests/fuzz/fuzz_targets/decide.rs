//! Any bytes get a determination or problems: `make fuzz`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use ttw_core::Engine;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::builtin().expect("the built-in parameters"));

fuzz_target!(|document: &[u8]| {
    match ENGINE.decide_json(document) {
        Ok(answer) => assert!(answer.starts_with("{\"decision\":\"")),
        Err(problems) => assert!(!problems.is_empty()),
    }
    let _ = ENGINE.ledger_json(document);
});
