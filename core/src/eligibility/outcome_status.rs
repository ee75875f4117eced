//! BEN-04.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, OUTCOMES, Role, Scope, always, rule};
use super::words::{statuses, unknown_benefits};
use crate::domain::BenefitStatus;
use crate::facts::{Facts, MonthTitle, Truth};

rule! {
    /// In an outcome month benefits are not paid because of work or earnings.
    ///
    /// # Reading
    /// Suspended or ended because of work. For a concurrent beneficiary `operations` asks that both records are out of pay, at least
    /// one because of work; `regulation` that both are because of work. Title XVI in current pay without federal cash is not an
    /// outcome month.
    /// # Example
    /// Title II suspended because of work, title XVI suspended for another reason: an outcome month under `operations`, none under
    /// `regulation`.
    /// # Sources
    /// EN Payments Checklist, Outcome, Benefits; 20 CFR 411.500(c), (e), 411.575(b)(1)(i)(A).
    pub(super) const RULE = {
        id: "BEN-04", name: "outcome_status", heading: Heading::Outcome,
        source: "EN Payments Checklist, Outcome, Benefits; 20 CFR 411.500(c), (e), 411.575(b)(1)(i)(A)",
        role: Role::Decides(Decides { of: OUTCOMES, scope: Scope::Month, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    facts.outcome_status(asked.month)
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let month = asked.month;
    let needed = match (facts.title_of(month), facts.policy.concurrent_outcome_needs_both) {
        (MonthTitle::One(_), _) => "an outcome needs it suspended or ended because of work",
        (MonthTitle::Concurrent, false) => "an outcome needs both out of pay, one of them because of work",
        (MonthTitle::Concurrent, true) => "an outcome needs both out of pay because of work",
    };
    let text = format!("In {}: {}; {needed}.", month.in_words(), statuses(facts, month));
    let facts_of_month = facts.month(month);
    Said::new(text)
        .fact("month", month)
        .fact("t2", facts_of_month.t2.map(BenefitStatus::as_str))
        .fact("t16", facts_of_month.t16.map(BenefitStatus::as_str))
        .missing((truth == Truth::Unknown).then(|| unknown_benefits(facts, month)).into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, POLICIES, UNKNOWN, UNLISTED, YES, case, concurrent, title_ii};

    #[test]
    fn one_record_is_out_of_pay_because_of_work() {
        for (status, holds) in [
            ("suspended_work", YES),
            ("ended_work", YES),
            ("current_pay", NO),
            ("suspended_other", NO),
            ("ended_other", NO),
            ("supplement", NO),
        ] {
            for (title, record) in [("t2", "t2"), ("t16", "t16"), ("t2", "t16")] {
                if (status, record) == ("supplement", "t2") {
                    continue;
                }
                let story = case().titled(title).assigned("2016-05-20").benefit(record, "2017-05", status);
                for policy in POLICIES {
                    let answer = story.ask("outcome", "2017-05").under(policy).holds("BEN-04");
                    assert_eq!(answer, holds, "{title} {record} {status} {policy}");
                }
            }
        }
        assert_eq!(title_ii().ask("p1m1", "2017-05").holds("BEN-04"), UNLISTED);
        assert_eq!(title_ii().ask("reconciliation", "2017-05").holds("BEN-04"), UNLISTED);
    }

    #[test]
    fn two_records_are_read_by_policy() {
        for (t2, t16, operations, regulation) in [
            ("suspended_work", "suspended_work", YES, YES),
            ("ended_work", "suspended_work", YES, YES),
            ("suspended_work", "suspended_other", YES, NO),
            ("ended_other", "ended_work", YES, NO),
            ("suspended_work", "current_pay", NO, NO),
            ("suspended_work", "supplement", NO, NO),
            ("current_pay", "suspended_work", NO, NO),
            ("suspended_other", "ended_other", NO, NO),
            ("suspended_work", "?", UNKNOWN, UNKNOWN),
            ("suspended_other", "?", UNKNOWN, NO),
            ("current_pay", "?", NO, NO),
            ("?", "supplement", NO, NO),
            ("?", "?", UNKNOWN, UNKNOWN),
        ] {
            let claim = concurrent(t2, t16).ask("outcome", "2017-05");
            assert_eq!(claim.holds("BEN-04"), operations, "{t2} {t16}");
            assert_eq!(claim.regulation().holds("BEN-04"), regulation, "{t2} {t16}");
        }
    }

    #[test]
    fn what_is_not_known_is_named() {
        let story = case().assigned("2016-05-20").benefit("t2", "2016-06..2017-04", "suspended_work");
        let claim = story.earned("2017-05", "1170").ask("outcome", "2017-05");
        assert_eq!(claim.holds("BEN-04"), UNKNOWN);
        assert_eq!(claim.missing_for("BEN-04"), ["/case/benefits 2017-05 t2"]);
        let both = concurrent("suspended_work", "?").earned("2016-06", "1130").ask("outcome", "2016-06");
        assert_eq!(both.missing_for("BEN-04"), ["/case/benefits 2016-06 t16"]);
    }
}
