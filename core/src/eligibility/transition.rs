//! TRN-01.

use super::rule::{Heading, Role, rule};

rule! {
    /// A ticket on which a milestone or outcome was attained before July 21, 2008 goes on with the next milestone, and with as many
    /// outcomes as its value of 2008 still holds.
    ///
    /// # Reading
    /// The four old milestones are Milestones 1 to 4 of Phase 1; after all four comes Phase 2. Remaining outcomes are the ticket's total
    /// value at the rates of 2008 less what was paid, divided by the outcome rate of 2008 and rounded to the nearest number, 60 at
    /// most. In a case the old milestones are entered as p1m1 to p1m4.
    /// # Example
    /// Title II, outcome-milestone, $5,000 paid: ($21,299 - $5,000) / $353 is 46.2, so 46 outcomes.
    /// # Sources
    /// 20 CFR 411.551.
    pub(super) const RULE = {
        id: "TRN-01", name: "transition", heading: Heading::Ticket, source: "20 CFR 411.551",
        role: Role::Elsewhere("remaining payments of a transition ticket"),
    };
}
