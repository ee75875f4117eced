//! PAY-06.

use super::reason::{Said, Unknown};
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::{Decision, Verdict};
use super::words::unknown_outcome_benefits;
use crate::facts::Facts;

rule! {
    /// A payment of a year whose rate is not published is payable, and its amount is not known.
    ///
    /// # Reading
    /// The rate of the year before is never carried forward. The same holds for a reconciliation when it is not known in which of
    /// two years the outcome period began.
    /// # Example
    /// An outcome of January 2026 is payable with no amount until the base of 2026 is added.
    /// # Sources
    /// 20 CFR 411.500(a): the base is published for each calendar year.
    pub(super) const RULE = {
        id: "PAY-06", name: "rate_not_published", heading: Heading::Payments, source: "20 CFR 411.500(a)",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> Option<Said> {
    if verdict.decision != Decision::Payable || verdict.amount.is_some() {
        return None;
    }
    let Some(rate) = verdict.rates.iter().find(|rate| rate.amount.is_none()) else {
        let text = "It is not known in which year the outcome period began, so the amount is not known.";
        return Some(Said::new(text).missing(unknown_outcome_benefits(facts, asked.month)));
    };
    let text = format!("No rate is published for {}; the amount is not known until one is.", rate.year);
    Some(Said::new(text).fact("year", rate.year).missing([Unknown::Rate(rate.year)]))
}

#[cfg(test)]
mod tests {
    use crate::eligibility::Decision;
    use crate::testing::{UNLISTED, YES, title_ii};

    #[test]
    fn a_payment_without_a_rate_is_payable_and_names_the_year() {
        let claim = title_ii().earned("2026-06", "1210").ask("p1m1", "2026-06");
        assert_eq!(claim.decision(), Decision::Payable);
        assert_eq!((claim.amount(), claim.holds("PAY-06")), (None, YES));
        assert_eq!(claim.missing_for("PAY-06"), ["/parameters/rates/2026"]);
        let published = title_ii().earned("2025-06", "1160").ask("p1m1", "2025-06");
        assert_eq!((published.amount().as_deref(), published.holds("PAY-06")), (Some("1850.00"), UNLISTED));
        assert!(published.answer().missing.is_empty());
        // What is not payable names no rate.
        let not_payable = title_ii().ask("p1m1", "2026-06");
        assert_eq!((not_payable.holds("PAY-06"), not_payable.answer().missing.len()), (UNLISTED, 0));
    }
}
