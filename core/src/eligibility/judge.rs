//! Every rule that applies, asked.

use super::amount::price;
use super::decides_on;
use super::rule::Asked;
use super::verdict::{Decision, Verdict};
use crate::facts::{Facts, Truth};

/// Asks every rule that applies, without words.
pub(crate) fn judge(facts: &Facts<'_>, asked: &Asked) -> Verdict {
    let mut answers = Vec::with_capacity(24);
    let mut all = Truth::Yes;
    for (id, rule) in decides_on(asked.kind) {
        if let Some(truth) = rule.answer(facts, asked) {
            answers.push((*id, truth));
            all = all.and(truth);
        }
    }
    let decision = match all {
        Truth::Yes => Decision::Payable,
        Truth::No => Decision::NotPayable,
        Truth::Unknown => Decision::Undetermined,
    };
    let (rates, amount) = if decision == Decision::Payable { price(facts, asked) } else { (Vec::new(), None) };
    Verdict { decision, answers, rates, amount }
}
