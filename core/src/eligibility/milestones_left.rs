//! REC-02.

use super::reason::Said;
use super::rule::{Asked, Decides, Heading, Kind, RECONCILIATION, Role, Scope, always, rule};
use super::sequence::is_available;
use crate::domain::PaymentName;
use crate::facts::{Facts, Truth};

rule! {
    /// The reconciliation pays every milestone that was available and is not paid, once.
    ///
    /// # Reading
    /// Available to the claiming assignment by look-back and State VR; what these bar is not made up for. The row of a ledger
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
    let count = |kind: fn(u8) -> Kind, name: fn(u8) -> PaymentName, highest: u8| {
        let unpaid = |number: &u8| is_available(facts, kind(*number)) && facts.paid_month(name(*number)).is_none();
        u8::try_from((1..=highest).filter(unpaid).count()).unwrap_or(u8::MAX)
    };
    let phase_2 = facts.terms.phase_2_count(facts.ticket_title);
    (count(Kind::Phase1, PaymentName::Phase1, 4), count(|_| Kind::Phase2, PaymentName::Phase2, phase_2))
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
