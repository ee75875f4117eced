//! REC-02.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, Kind, RECONCILIATION, Role, Scope, always, rule};
use super::sequence::is_available_under_any_system;
use crate::domain::PaymentName;
use crate::facts::{Facts, Truth};

rule! {
    /// The reconciliation pays every milestone that was available and is not paid, once.
    ///
    /// # Reading
    /// Available to the claiming assignment by look-back and State VR (the payment system is SYS-01's); what these bar is not made up for. The row of a ledger
    /// leaves out milestones that the same ledger shows as payable.
    /// # Example
    /// Milestones 1 and 2 paid, all available, title II: Milestones 3 and 4 and eleven of Phase 2.
    /// # Sources
    /// 20 CFR 411.536.
    pub(super) const RULE = {
        id: "REC-02", name: "milestones_left", heading: Heading::Reconciliation, source: "20 CFR 411.536",
        role: Role::Decides(Decides { of: RECONCILIATION, scope: Scope::Sequence, applies: always, holds, explain }),
    };
}

/// Milestones that the reconciliation would pay: of Phase 1, of Phase 2.
pub(crate) fn left(facts: &Facts<'_>) -> (u8, u8) {
    let is_left =
        |name: PaymentName, kind| facts.paid_month(name).is_none() && is_available_under_any_system(facts, kind);
    let count = |left: usize| u8::try_from(left).unwrap_or(u8::MAX);
    let phase_1 = (1..=4).filter(|number| is_left(PaymentName::Phase1(*number), Kind::Phase1(*number))).count();
    let highest = facts.terms.phase_2_count(facts.ticket_title);
    let phase_2 = (1..=highest).filter(|number| is_left(PaymentName::Phase2(*number), Kind::Phase2)).count();
    (count(phase_1), count(phase_2))
}

fn holds(facts: &Facts<'_>, _: &Asked) -> Truth {
    let paid = facts.paid_month(PaymentName::Reconciliation).is_some();
    (!paid && left(facts) != (0, 0)).into()
}

fn explain(facts: &Facts<'_>, _: &Asked, _: Truth) -> Said {
    if let Some(month) = facts.paid_month(PaymentName::Reconciliation) {
        return Said::new(format!("The reconciliation has already been paid, for {}.", month.in_words()))
            .fact("month", month);
    }
    let (phase_1, phase_2) = left(facts);
    let text = match (phase_1, phase_2) {
        (0, 0) => "No milestone that was available is left to pay.".to_owned(),
        _ => format!("{phase_1} Phase 1 and {phase_2} Phase 2 milestones were available and are not paid."),
    };
    Said::new(text).fact("phase_1", phase_1).fact("phase_2", phase_2)
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, Story, YES, case, suspended_from};

    fn twelve_months() -> Story {
        suspended_from("2017-01").earned("2017-01..2017-12", "1170")
    }

    #[test]
    fn it_pays_what_was_available_and_is_not_paid() {
        let rest = |story: &Story| {
            let claim = story.ask("reconciliation", "2017-12");
            (claim.holds("REC-02"), ["phase_1", "phase_2"].map(|name| claim.fact("REC-02", name)), claim.amount())
        };
        let amount = |text: &str| Some(text.to_owned());
        // 2017: $1,400 and $420.
        assert_eq!(rest(&twelve_months()), (YES, [4.into(), 11.into()], amount("10220.00")));
        let lost = twelve_months().earned("2016-04", "810");
        assert_eq!(rest(&lost), (YES, [3.into(), 11.into()], amount("8820.00")));
        let closed = twelve_months().vr_closed("VR-CO", "2014-03-01");
        assert_eq!(rest(&closed), (YES, [0.into(), 11.into()], amount("4620.00")));
        let two_paid =
            twelve_months().paid_to("EN-Z", "p1m1", "2016-06", "1398").paid("p1m2", "2016-08").paid("p2m4", "2016-09");
        assert_eq!(rest(&two_paid), (YES, [2.into(), 10.into()], amount("7000.00")));
        let title_xvi =
            case().titled("t16").assigned("2016-05-20").benefit("t16", "2017-01..2017-12", "suspended_work");
        let title_xvi = title_xvi.in_pay("t16", "2010-01..2016-12").paid_out("2017-01..2017-12", "1170");
        assert_eq!(rest(&title_xvi), (YES, [4.into(), 18.into()], amount("9956.00")));
    }

    #[test]
    fn what_was_available_does_not_depend_on_the_payment_system() {
        let claim = twelve_months().outcome_only().ask("reconciliation", "2017-12");
        assert_eq!((claim.holds("REC-02"), claim.fails()), (YES, vec!["SYS-01"]));
    }

    #[test]
    fn nothing_left_or_paid_already_fails() {
        let all_but_one = twelve_months().phase_1_paid().paid_in_turn("p2m", 1..=10, "2015-01");
        assert_eq!(all_but_one.ask("reconciliation", "2017-12").holds("REC-02"), YES);
        let all = twelve_months().phase_1_paid().paid_in_turn("p2m", 1..=11, "2015-01");
        assert_eq!(all.ask("reconciliation", "2017-12").holds("REC-02"), NO);
        let paid = twelve_months().paid_to("EN-Z", "reconciliation", "2017-12", "100");
        assert_eq!(paid.ask("reconciliation", "2018-01").fails(), ["REC-02"]);
        assert_eq!(paid.ask("reconciliation", "2018-01").fact("REC-02", "month"), "2017-12");
    }
}
