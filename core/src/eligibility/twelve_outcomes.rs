//! REC-01.

use super::phase_2_number::unknown_of_month;
use super::reason::Said;
use super::rule::{Asked, Decides, Heading, Kind, RECONCILIATION, Role, Scope, always, rule};
use super::sequence::earlier_months;
use crate::domain::{Month, PaymentName};
use crate::facts::{Facts, Truth};

rule! {
    /// The reconciliation is due once the provider has qualified for twelve outcome payments.
    ///
    /// # Reading
    /// Outcomes paid on the ticket to any provider count, and unpaid months that this provider could be paid as outcomes, up to
    /// the claimed month and within the ticket's number of outcomes.
    /// # Example
    /// Ten outcomes paid and two unpaid months that qualify: the reconciliation can be claimed for the second of them.
    /// # Sources
    /// 20 CFR 411.536.
    pub(super) const RULE = {
        id: "REC-01", name: "twelve_outcomes", heading: Heading::Reconciliation, source: "20 CFR 411.536",
        role: Role::Decides(Decides { of: RECONCILIATION, scope: Scope::Sequence, applies: always, holds, explain }),
    };
}

/// The months of the outcomes qualified for up to a month, oldest first: certainly, possibly.
pub(crate) fn qualified(facts: &Facts<'_>, by: Month) -> (Vec<Month>, Vec<Month>) {
    let paid: Vec<Month> = facts
        .case
        .payments
        .iter()
        .filter(|paid| matches!(paid.payment, PaymentName::Outcome(_)))
        .map(|paid| paid.month)
        .collect();
    let open = usize::from(facts.terms.outcome_count(facts.ticket_title)).saturating_sub(paid.len());
    let (certain, possible) = earlier_months(facts, Kind::Outcome, by.plus(1));
    let with_paid = |unpaid: Vec<Month>| {
        let mut all: Vec<Month> = paid.iter().copied().filter(|month| *month <= by).collect();
        all.extend(unpaid.into_iter().take(open));
        all.sort_unstable();
        all
    };
    (with_paid(certain), with_paid(possible))
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    let (certain, possible) = qualified(facts, asked.month);
    let count = |months: &[Month]| u16::try_from(months.len()).unwrap_or(u16::MAX);
    Truth::at_least(facts.terms.reconciliation_outcomes.into(), (count(&certain), count(&possible)))
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let (certain, possible) = qualified(facts, asked.month);
    let needed = facts.terms.reconciliation_outcomes;
    let text = format!(
        "{} outcome payments are qualified for up to {}; {needed} are needed.",
        certain.len(),
        asked.month.in_words()
    );
    let open: Vec<Month> = possible.into_iter().filter(|month| !certain.contains(month)).collect();
    let said = Said::new(text).fact("months", certain).fact("needed", needed);
    if truth == Truth::Unknown { said.missing(open.iter().flat_map(|m| unknown_of_month(facts, *m))) } else { said }
}
