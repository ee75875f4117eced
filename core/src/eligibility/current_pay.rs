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
