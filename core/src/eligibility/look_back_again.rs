//! LB-08.

use super::rule::{Heading, Role, rule};

rule! {
    /// The look-back is made again when Social Security's data change, and a payment can turn out to be an overpayment.
    ///
    /// # Reading
    /// A comparison of two states of a case names this rule when a look-back rule is among those that changed. Whether the
    /// overpayment is recovered is for OVP-01 and OVP-02.
    /// # Example
    /// Milestone 1 of June 2016 was paid; in 2018 earnings of $900 for April 2016, before the assignment, are posted.
    /// # Sources
    /// EN Payments Checklist, 18 Month Look Back Rule.
    pub(super) const RULE = {
        id: "LB-08", name: "look_back_again", heading: Heading::LookBack, source: "EN Payments Checklist, 18 Month Look Back Rule",
        role: Role::Elsewhere("comparison of two states of a case"),
    };
}
