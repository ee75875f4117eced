//! BEN-07.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use crate::domain::date_in_words;
use crate::facts::Facts;

rule! {
    /// A claim is decided on what Social Security's databases show when it is processed.
    ///
    /// # Reading
    /// The engine decides on the facts handed to it and on no others; question, answer and rules version together replay the
    /// decision. What Social Security learns later can change it (LB-08, OVP-01).
    /// # Example
    /// Earnings from before the assignment that surface in 2018 were not in the facts of a decision of 2017.
    /// # Sources
    /// EN Payments Checklist, Payment / Denial Decision.
    pub(super) const RULE = {
        id: "BEN-07", name: "facts_as_handed_over", heading: Heading::Benefits,
        source: "EN Payments Checklist, Payment / Denial Decision",
        role: Role::Explains(explain),
    };
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of all explanations")]
fn explain(facts: &Facts<'_>, _: &Asked, _: &Verdict) -> Option<Said> {
    let day = facts.requested_on;
    let text = format!(
        "Decided on the facts given, as of {}; Social Security decides on its own databases when it processes the claim.",
        date_in_words(day)
    );
    Some(Said::new(text).fact("requested_on", day))
}
