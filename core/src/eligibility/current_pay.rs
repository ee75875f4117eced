//! BEN-01 to BEN-03: one predicate, by the title as which the month is judged.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, MILESTONES, Role, Rule, Scope, rule};
use super::words::{statuses, unknown_benefits};
use crate::domain::Record;
use crate::facts::{Facts, MonthTitle, Truth};

pub(super) const RULES: [Rule; 3] = [TITLE_II, CONCURRENT, TITLE_XVI];

rule! {
    /// A milestone month of a title II beneficiary is in current pay.
    ///
    /// # Reading
    /// Asked of the claimed month alone, not of the other months of a window; an outcome period that has begun fails OUT-02. Asked under
    /// `operations` only: the regulation bars a milestone by the outcome period alone. A month that only title XVI covers is judged by BEN-03.
    /// # Example
    /// Suspended because of work in August 2016: no milestone for August.
    /// # Sources
    /// EN Payments Checklist, Benefits; 20 CFR 411.575(a)(1)(ii) for the other reading.
    const TITLE_II = {
        id: "BEN-01", name: "current_pay_title_ii", heading: Heading::Benefits, source: "EN Payments Checklist, Benefits",
        role: Role::Decides(Decides { of: MILESTONES, scope: Scope::Month, applies: title_ii, holds, explain }),
    };
}

rule! {
    /// In a milestone month of a concurrent beneficiary at least one of the two benefits is in current pay.
    ///
    /// # Reading
    /// Title XVI counts only with federal cash (BEN-03). A record that is not known leaves the answer open unless the other one is in
    /// current pay. Asked under `operations` only.
    /// # Example
    /// Title II suspended because of work and title XVI in current pay with federal cash: the month can carry a milestone.
    /// # Sources
    /// EN Payments Checklist, Benefits.
    const CONCURRENT = {
        id: "BEN-02", name: "current_pay_concurrent", heading: Heading::Benefits, source: "EN Payments Checklist, Benefits",
        role: Role::Decides(Decides { of: MILESTONES, scope: Scope::Month, applies: concurrent, holds, explain }),
    };
}

rule! {
    /// A milestone month of a title XVI beneficiary is in current pay with a federal cash amount.
    ///
    /// # Reading
    /// A State supplement alone is not enough. The checklist's heading says Phase 1, its last sentence milestone payments: the
    /// rule is applied to both phases. Asked under `operations` only.
    /// # Example
    /// In current pay with a State supplement and no federal cash in August 2016: no milestone for August.
    /// # Sources
    /// EN Payments Checklist, SSI Beneficiaries (Title 16); 20 CFR 411.125(a)(2)(ii)(C).
    const TITLE_XVI = {
        id: "BEN-03", name: "current_pay_title_xvi", heading: Heading::Benefits,
        source: "EN Payments Checklist, SSI Beneficiaries (Title 16); 20 CFR 411.125(a)(2)(ii)(C)",
        role: Role::Decides(Decides { of: MILESTONES, scope: Scope::Month, applies: title_xvi, holds, explain }),
    };
}

fn title_ii(facts: &Facts<'_>, asked: &Asked) -> bool {
    is_judged_as(MonthTitle::One(Record::T2), facts, asked)
}

fn concurrent(facts: &Facts<'_>, asked: &Asked) -> bool {
    is_judged_as(MonthTitle::Concurrent, facts, asked)
}

fn title_xvi(facts: &Facts<'_>, asked: &Asked) -> bool {
    is_judged_as(MonthTitle::One(Record::T16), facts, asked)
}

fn is_judged_as(title: MonthTitle, facts: &Facts<'_>, asked: &Asked) -> bool {
    facts.policy.milestones_need_current_pay && facts.title_of(asked.month) == title
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    facts.in_current_pay(asked.month)
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    let month = asked.month;
    let verdict = match truth {
        Truth::Yes => "a milestone needs current pay, and has it",
        Truth::No => "a milestone needs current pay, with federal cash under title XVI",
        Truth::Unknown => "a milestone needs current pay, which cannot be told",
    };
    let text = format!("In {}: {}; {verdict}.", month.in_words(), statuses(facts, month));
    let facts_of_month = facts.month(month);
    Said::new(text)
        .fact("month", month)
        .fact("t2", facts_of_month.t2.map(crate::domain::BenefitStatus::as_str))
        .fact("t16", facts_of_month.t16.map(crate::domain::BenefitStatus::as_str))
        .missing((truth == Truth::Unknown).then(|| unknown_benefits(facts, month)).into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use crate::eligibility::Decision;
    use crate::testing::{NO, UNKNOWN, UNLISTED, YES, case, concurrent, title_ii, title_xvi};

    const NOT_IN_PAY: [&str; 4] = ["suspended_work", "suspended_other", "ended_work", "ended_other"];

    #[test]
    fn a_title_ii_milestone_month_is_in_current_pay() {
        for payment in ["p1m1", "p1m2", "p1m3", "p1m4", "p2"] {
            let with = |status| case().assigned("2016-05-20").benefit("t2", "2016-06", status).ask(payment, "2016-06");
            assert_eq!(with("current_pay").holds("BEN-01"), YES, "{payment}");
            for status in NOT_IN_PAY {
                assert_eq!(with(status).holds("BEN-01"), NO, "{payment} {status}");
                assert_eq!(with(status).regulation().holds("BEN-01"), UNLISTED, "{payment} {status}");
            }
            assert_eq!(
                [with("current_pay").holds("BEN-02"), with("current_pay").holds("BEN-03")],
                [UNLISTED, UNLISTED]
            );
        }
        for payment in ["outcome", "reconciliation"] {
            assert_eq!(title_ii().ask(payment, "2016-06").holds("BEN-01"), UNLISTED);
        }
        let ended = case().assigned("2016-05-20").benefit("t2", "2016-06", "ended_other").ask("p1m1", "2016-06");
        assert_eq!(ended.fact("BEN-01", "t2"), "ended_other");
    }

    #[test]
    fn a_month_that_no_range_covers_is_not_known() {
        let gap = case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-06").in_pay("t2", "2016-08..");
        let asked = |month| gap.clone().earned("2016-06..2016-08", "810").ask("p1m1", month);
        assert_eq!(["2016-06", "2016-07", "2016-08"].map(|m| asked(m).holds("BEN-01")), [YES, UNKNOWN, YES]);
        assert_eq!(asked("2016-07").decision(), Decision::Undetermined);
        assert_eq!(asked("2016-07").missing_for("BEN-01"), ["/case/benefits 2016-07 t2"]);
        assert_eq!(asked("2016-06").missing_for("BEN-01"), [""; 0]);
    }

    #[test]
    fn a_rule_that_fails_leaves_nothing_missing() {
        let nothing_known = case().assigned("2016-05-20").ask("p1m1", "2016-06");
        assert_eq!(nothing_known.holds("BEN-01"), UNKNOWN);
        assert_eq!(nothing_known.fails(), ["P1-01"]);
        assert_eq!(nothing_known.decision(), Decision::NotPayable);
        assert!(nothing_known.answer().missing.is_empty());
    }

    #[test]
    fn a_title_xvi_milestone_month_has_federal_cash() {
        for payment in ["p1m1", "p2"] {
            let with = |status| {
                case().titled("t16").assigned("2016-05-20").benefit("t16", "2016-06", status).ask(payment, "2016-06")
            };
            assert_eq!(with("current_pay").holds("BEN-03"), YES, "{payment}");
            assert_eq!(with("supplement").holds("BEN-03"), NO, "{payment}");
            for status in NOT_IN_PAY {
                assert_eq!(with(status).holds("BEN-03"), NO, "{payment} {status}");
            }
            assert_eq!(with("supplement").regulation().holds("BEN-03"), UNLISTED, "{payment}");
        }
        let unknown = case().titled("t16").assigned("2016-05-20").paid_out("2016-06", "810").ask("p1m1", "2016-06");
        assert_eq!(unknown.holds("BEN-03"), UNKNOWN);
        assert_eq!(unknown.missing_for("BEN-03"), ["/case/benefits 2016-06 t16"]);
    }

    #[test]
    fn one_of_two_records_in_pay_is_enough() {
        for (t2, t16, holds) in [
            ("current_pay", "current_pay", YES),
            ("current_pay", "suspended_work", YES),
            ("suspended_work", "current_pay", YES),
            ("current_pay", "?", YES),
            ("?", "current_pay", YES),
            ("suspended_work", "supplement", NO),
            ("suspended_other", "ended_work", NO),
            ("suspended_other", "?", UNKNOWN),
            ("?", "supplement", UNKNOWN),
            ("?", "?", UNKNOWN),
        ] {
            let claim = concurrent(t2, t16).ask("p1m1", "2016-06");
            assert_eq!(claim.holds("BEN-02"), holds, "{t2} {t16}");
            assert_eq!(claim.regulation().holds("BEN-02"), UNLISTED, "{t2} {t16}");
        }
        let half_known = concurrent("suspended_other", "?").earned("2016-06", "810").paid_out("2016-06", "810");
        assert_eq!(half_known.ask("p1m1", "2016-06").missing_for("BEN-02"), ["/case/benefits 2016-06 t16"]);
    }

    #[test]
    fn a_month_that_only_the_other_record_covers_is_judged_by_it() {
        let was_on_t16 = case().assigned("2016-05-20").in_pay("t16", "2016-06").in_pay("t2", "2016-07..");
        let was_on_t2 = case().titled("t16").assigned("2016-05-20").in_pay("t2", "2016-06").in_pay("t16", "2016-07..");
        let both = title_xvi().benefit("t2", "2016-06..", "ended_other");
        let both_and_on_t2 = title_ii().benefit("t16", "2016-06..", "current_pay");
        for (story, month, rule) in [
            (&was_on_t16, "2016-06", "BEN-03"),
            (&was_on_t16, "2016-07", "BEN-01"),
            (&was_on_t2, "2016-06", "BEN-01"),
            (&was_on_t2, "2016-07", "BEN-03"),
            (&both, "2016-06", "BEN-03"),
            (&both, "2016-05", "BEN-03"),
            (&both_and_on_t2, "2016-06", "BEN-01"),
        ] {
            let listed = ["BEN-01", "BEN-02", "BEN-03"].map(|id| story.ask("p1m1", month).holds(id));
            assert_eq!(
                listed,
                ["BEN-01", "BEN-02", "BEN-03"].map(|id| if id == rule { YES } else { UNLISTED }),
                "{month}"
            );
        }
    }

    #[test]
    fn the_other_months_of_a_window_need_no_pay() {
        let story = case()
            .assigned("2016-05-20")
            .benefit("t2", "2010-01..2016-07", "suspended_other")
            .in_pay("t2", "2016-08..");
        let claim = story.earned("2016-06..2016-08", "810").paid("p1m1", "2016-06").ask("p1m2", "2016-08");
        assert_eq!([claim.holds("BEN-01"), claim.holds("P1-02")], [YES, YES]);
        assert_eq!(claim.decision(), Decision::Payable);
    }
}
