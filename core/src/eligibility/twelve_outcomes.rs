//! REC-01.

use super::phase_2_number::unknown_of_months;
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
    let open: Vec<Month> = possible.into_iter().filter(|month| !certain.contains(month)).collect();
    let month = asked.month.in_words();
    let payments = match certain.len() {
        1 => "1 outcome payment is".to_owned(),
        count => format!("{count} outcome payments are"),
    };
    let more = if open.is_empty() { String::new() } else { format!(", of {} more it is not known", open.len()) };
    let text = format!("{payments} qualified for up to {month}{more}; {needed} are needed.");
    let said = Said::new(text).fact("months", certain).fact("needed", needed);
    if truth == Truth::Unknown { said.missing(unknown_of_months(facts, Kind::Outcome, &open)) } else { said }
}

#[cfg(test)]
mod tests {
    use crate::eligibility::Decision;
    use crate::testing::{NO, Story, UNKNOWN, UNLISTED, YES, case, suspended_from};

    /// Out of pay because of work from January 2017 on, at SGA all year.
    fn twelve_months() -> Story {
        suspended_from("2017-01").earned("2017-01..2017-12", "1170")
    }

    #[test]
    fn twelve_months_that_are_or_could_be_paid_as_outcomes() {
        let asked = |story: &Story, month| story.ask("reconciliation", month).holds("REC-01");
        assert_eq!(["2017-11", "2017-12", "2018-01"].map(|m| asked(&twelve_months(), m)), [NO, YES, YES]);
        let a_cent_short = twelve_months().earned("2017-06", "1169.99");
        assert_eq!(asked(&a_cent_short, "2018-01"), NO);
        assert_eq!(a_cent_short.ask("reconciliation", "2018-01").fact("REC-01", "needed"), 12);
        // A month without earnings counts once it is paid, to anyone; a payment for a later month does not.
        assert_eq!(asked(&a_cent_short.clone().paid_to("EN-Z", "outcome1", "2017-06", "420"), "2017-12"), YES);
        assert_eq!(asked(&a_cent_short.clone().paid("outcome1", "2018-01"), "2017-12"), NO);
        assert_eq!(asked(&a_cent_short.paid("outcome1", "2018-01"), "2018-01"), YES);
        assert_eq!(twelve_months().ask("outcome", "2017-12").holds("REC-01"), UNLISTED);
    }

    #[test]
    fn a_month_used_for_a_milestone_is_no_outcome() {
        let used = twelve_months().paid_to("EN-Z", "p2m1", "2017-04", "420");
        assert_eq!(used.ask("reconciliation", "2017-12").holds("REC-01"), NO);
    }

    #[test]
    fn months_count_that_the_provider_itself_could_be_paid() {
        let second = twelve_months().assigned_to("EN-B", "en", "2017-01-15").earned("2018-01", "1180");
        let asked = |month| second.ask("reconciliation", month).by("EN-B").holds("REC-01");
        assert_eq!(["2017-12", "2018-01"].map(asked), [NO, YES]);
        let taken_over =
            twelve_months().assigned_to("VR-CO", "state_vr", "2017-12-01").ask("reconciliation", "2017-12");
        assert_eq!([taken_over.holds("REC-01"), taken_over.regulation().holds("REC-01")], [NO, YES]);
    }

    #[test]
    fn the_month_is_the_one_of_the_twelfth() {
        let claim = twelve_months().ask("reconciliation", "2018-06");
        assert_eq!(claim.decision(), Decision::Payable);
        assert_eq!(claim.answer().attained_in.unwrap().to_string(), "2017-12");
        assert_eq!(claim.answer().earnings_basis, None);
    }

    #[test]
    fn an_unknown_month_that_would_be_the_twelfth_leaves_it_open() {
        let story = case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-12");
        let story =
            story.benefit("t2", "2017-01..2017-07", "suspended_work").benefit("t2", "2017-09..", "suspended_work");
        let claim = story.earned("2017-01..2017-12", "1170").ask("reconciliation", "2017-12");
        assert_eq!(claim.holds("REC-01"), UNKNOWN);
        assert_eq!(claim.missing_for("REC-01"), ["/case/benefits 2017-08 t2"]);
    }
}
