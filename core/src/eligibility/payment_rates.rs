//! PAY-01 to PAY-04: one formula with other percentages.

use super::rate::RateKind;
use super::reason::Said;
use super::rule::{Heading, Role, Rule, rule};
use super::verdict::Verdict;

pub(super) const RULES: [Rule; 4] = [PHASE_1, PHASE_2, OUTCOME_MILESTONE, OUTCOME_ONLY];

rule! {
    /// A Phase 1 milestone pays 120 percent of the title II payment calculation base of the year of the attainment month.
    ///
    /// # Reading
    /// The title II base serves title XVI and concurrent beneficiaries too. The payment is rounded to the nearest dollar, half a
    /// dollar up; no base of any year comes close to a tie.
    /// # Example
    /// 2016: 120 percent of $1,165.22 is $1,398.26, so $1,398.
    /// # Sources
    /// 20 CFR 411.540(a).
    const PHASE_1 = {
        id: "PAY-01", name: "phase_1_rate", heading: Heading::Payments, source: "20 CFR 411.540(a)",
        role: Role::Explains(|_, _, verdict| explain(verdict, RateKind::Phase1)),
    };
}

rule! {
    /// A Phase 2 milestone pays 36 percent of the payment calculation base of the year of the attainment month.
    ///
    /// # Reading
    /// The title XVI base for a ticket that is paid as title XVI, the title II base for all others, concurrent included.
    /// # Example
    /// 2016: 36 percent of $1,165.22 is $419 (title II), of $672.75 is $242 (title XVI).
    /// # Sources
    /// 20 CFR 411.540(b).
    const PHASE_2 = {
        id: "PAY-02", name: "phase_2_rate", heading: Heading::Payments, source: "20 CFR 411.540(b)",
        role: Role::Explains(|_, _, verdict| explain(verdict, RateKind::Phase2)),
    };
}

rule! {
    /// An outcome under the outcome-milestone system pays 36 percent of the payment calculation base of the year of its month.
    ///
    /// # Reading
    /// The title XVI base for a ticket that is paid as title XVI, the title II base for all others, concurrent included.
    /// # Example
    /// 2008: 36 percent of $981.17 is $353 (title II), of $563.35 is $203 (title XVI).
    /// # Sources
    /// 20 CFR 411.545(a), (b).
    const OUTCOME_MILESTONE = {
        id: "PAY-03", name: "outcome_rate_after_milestones", heading: Heading::Payments, source: "20 CFR 411.545(a), (b)",
        role: Role::Explains(|_, _, verdict| explain(verdict, RateKind::OutcomeMilestone)),
    };
}

rule! {
    /// An outcome under the outcome-only system pays 67 percent of the payment calculation base of the year of its month.
    ///
    /// # Reading
    /// The title XVI base for a ticket that is paid as title XVI, the title II base for all others, concurrent included.
    /// # Example
    /// 2008: 67 percent of $981.17 is $657 (title II), of $563.35 is $377 (title XVI).
    /// # Sources
    /// 20 CFR 411.525(a)(1)(i), 411.550.
    const OUTCOME_ONLY = {
        id: "PAY-04", name: "outcome_only_rate", heading: Heading::Payments, source: "20 CFR 411.525(a)(1)(i), 411.550",
        role: Role::Explains(|_, _, verdict| explain(verdict, RateKind::OutcomeOnly)),
    };
}

fn explain(verdict: &Verdict, kind: RateKind) -> Option<Said> {
    let rate = verdict.rates.iter().find(|rate| rate.kind == kind)?;
    let title = super::words::title(rate.title);
    let text = match (rate.amount, rate.base) {
        (Some(amount), Some(base)) => format!(
            "{} percent of the {title} base of {}, {}, is {} to the nearest dollar.",
            rate.percent,
            rate.year,
            base.in_words(),
            amount.in_words()
        ),
        (Some(amount), None) => format!("The rate published for {} is {}.", rate.year, amount.in_words()),
        (None, _) => format!("{} percent of the {title} base of {}, which is not published.", rate.percent, rate.year),
    };
    let said = Said::new(text).fact("base", rate.base).fact("year", rate.year);
    Some(said.fact("percent", rate.percent.to_string()).fact("title", rate.title.as_str()).fact("amount", rate.amount))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, suspended_from, title_ii};

    #[test]
    fn the_rate_of_a_payment_is_listed_with_its_parts_once_it_is_payable() {
        let claim = title_ii().earned("2016-06", "810").ask("p1m1", "2016-06");
        let fact = |name| claim.fact("PAY-01", name);
        assert_eq!(["base", "percent", "title", "amount"].map(fact), ["1165.22", "120", "t2", "1398.00"]);
        assert_eq!(fact("year"), 2016);
        assert_eq!(["PAY-02", "PAY-03", "PAY-04"].map(|id| claim.holds(id)), [UNLISTED; 3]);
        assert_eq!(title_ii().ask("p1m1", "2016-06").holds("PAY-01"), UNLISTED);
        let outcome = suspended_from("2016-06").earned("2016-06", "1130");
        let listed = |claim: crate::testing::Claim| ["PAY-03", "PAY-04"].map(|id| claim.holds(id));
        assert_eq!(listed(outcome.ask("outcome", "2016-06")), [YES, UNLISTED]);
        assert_eq!(listed(outcome.outcome_only().ask("outcome", "2016-06")), [UNLISTED, YES]);
    }
}
