//! Random and mutated documents: every answer is a determination or a list of problems, and nothing panics.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use ttw_core::Engine;
use ttw_core::domain::Month;
use ttw_tests::world::{payments_asked, policies, worlds};

/// Documents tried, all of one seed: the first tenth of a million, and all of them when `TTW_FULL` is set.
fn documents() -> usize {
    if std::env::var_os("TTW_FULL").is_some() { 1_000_000 } else { 100_000 }
}
/// Mutated copies of one generated question.
const COPIES: usize = 500;

/// A small generator of its own, so that a mutation costs less than the answer.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides.max(1)).unwrap()).unwrap()
    }
}

const SPLICES: &[&str] = &[
    "null",
    "true",
    "-1",
    "1e999",
    "0.1",
    "\"\"",
    "[]",
    "{}",
    "\"2016-13\"",
    "\"9999-12\"",
    "\"0001-01\"",
    "\"9999-12-31\"",
    "\"0001-01-01\"",
    "\"999999999.99\"",
    "\"-0.01\"",
    "\"outcome60\"",
    "\"p2m18\"",
    "\"concurrent\"",
    "\"ended_work\"",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "[[[[[[",
    "\"900-12-3456\"",
    ",",
    "}",
    "]",
    "\"",
    "\u{fe}",
    "99999999999999999999",
    "\"2016-02-30\"",
];

/// One to four small damages: bytes changed, removed, doubled, or a value replaced by another one.
fn damage(text: &[u8], dice: &mut Dice, out: &mut Vec<u8>) {
    out.clear();
    out.extend_from_slice(text);
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(out.len());
        match dice.roll(6) {
            0 => out[at] = u8::try_from(dice.roll(256)).unwrap(),
            1 => {
                let end = (at + dice.roll(40)).min(out.len());
                out.drain(at..end);
            }
            2 => {
                let piece = out[at..(at + dice.roll(60)).min(out.len())].to_vec();
                out.splice(at..at, piece);
            }
            3 => {
                if let Some(digit) = out[at..].iter().position(u8::is_ascii_digit) {
                    out[at + digit] = b'0' + u8::try_from(dice.roll(10)).unwrap();
                }
            }
            _ => {
                let from = out[at..].iter().position(|b| *b == b':').map_or(at, |colon| at + colon + 1);
                let to = out[from..].iter().position(|b| b",}]".contains(b)).map_or(out.len(), |end| from + end);
                out.splice(from..to, SPLICES[dice.roll(SPLICES.len())].bytes());
            }
        }
        if out.is_empty() {
            out.push(b'{');
        }
    }
}

fn question(runner: &mut TestRunner) -> Value {
    let strategy = (worlds(2001..=2026), payments_asked(), 1_i32..40, policies());
    let (world, payment, index, policy) = strategy.new_tree(runner).unwrap().current();
    let month = world.anchor.plus(index);
    json!({
        "case": world.case(), "claim": {"payment": payment, "month": month.to_string(), "provider": "EN-A"},
        "requested_on": month.plus(1 + i32::from(world.day)).max(Month::new(2010, 1)).last_day().unwrap().to_string(), "policy": policy,
    })
}

#[test]
fn damaged_documents_get_an_answer_or_problems() {
    let engine = Engine::builtin().unwrap();
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut answers, mut refusals) = (0_usize, 0_usize);
    let mut damaged = Vec::new();
    let documents = documents();
    for _ in 0..documents / COPIES {
        let document = question(&mut runner).to_string().into_bytes();
        for _ in 0..COPIES {
            damage(&document, &mut dice, &mut damaged);
            match engine.decide_json(&damaged) {
                Ok(answer) => {
                    assert!(answer.starts_with("{\"decision\":\""), "{answer}");
                    answers += 1;
                }
                Err(problems) => {
                    assert!(!problems.is_empty());
                    refusals += 1;
                }
            }
        }
    }
    println!("{answers} answers, {refusals} refusals");
    assert!(
        answers > documents / 50 && refusals > documents / 4,
        "{answers} answers, {refusals} refusals: the damage misses"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_get_problems(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let engine = Engine::builtin().unwrap();
        prop_assert!(!engine.decide_json(&bytes).unwrap_err().is_empty());
        prop_assert!(!engine.ledger_json(&bytes).unwrap_err().is_empty());
        prop_assert!(!engine.compare_json(&bytes).unwrap_err().is_empty());
        prop_assert!(engine.batch_json(&bytes).is_err());
    }

    #[test]
    fn a_refusal_repeats_no_value(digits in "9[0-9]{2}-[0-9]{2}-[0-9]{4}", field in 0_usize..9) {
        let engine = Engine::builtin().unwrap();
        let mut document = json!({
            "case": {
                "ticket": {"id": "T", "assignments": [{"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2016-05-20"}]},
                "beneficiary": {"title": "t2", "blind": false},
            },
            "claim": {"payment": "p1m1", "month": "2016-06", "provider": "EN-A"}, "requested_on": "2016-09-01", "policy": "operations",
        });
        let places = ["/case/ticket/id", "/case/ticket/assignments/0/provider", "/case/ticket/assignments/0/kind", "/case/beneficiary/title",
            "/claim/payment", "/claim/month", "/claim/provider", "/requested_on", "/policy"];
        *document.pointer_mut(places[field]).unwrap() = json!(digits);
        document["case"]["beneficiary"][&digits] = json!(digits);
        let problems = ttw_core::problems_json(&engine.decide_json(document.to_string().as_bytes()).unwrap_err());
        prop_assert!(!problems.contains(&digits), "{}", problems);
    }
}
