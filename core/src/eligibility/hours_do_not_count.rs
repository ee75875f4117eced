//! PAR-04.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
use super::words::statements_of;
use crate::domain::StatementKind;
use crate::facts::Facts;

rule! {
    /// Hours of self-employment do not earn a payment; net earnings do.
    ///
    /// # Reading
    /// More than 80 hours of self-employment make a trial work month for benefits (20 CFR 404.1592(b)(2)). No source says that
    /// hours alone earn a milestone, and 20 CFR 411.525 speaks of net earnings only, so hours are not asked for.
    /// # Example
    /// 90 hours of self-employment with net earnings of $300 in 2016 do not reach the trial work level of $810.
    /// # Sources
    /// 20 CFR 411.525(a)(2), 404.1592(b)(2).
    pub(super) const RULE = {
        id: "PAR-04", name: "hours_do_not_count", heading: Heading::Parameters,
        source: "20 CFR 411.525(a)(2), 404.1592(b)(2)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    let self_employed =
        statements_of(facts, asked).any(|(statement, _)| statement.kind == StatementKind::SelfEmployment);
    self_employed.then(|| Said::new("Self-employment counts by its net earnings; hours alone earn no payment."))
}
