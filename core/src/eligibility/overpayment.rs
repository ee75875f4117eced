//! OVP-01 and OVP-02: what happens to a payment that turns out wrong.

use super::rule::{Heading, Role, Rule, rule};

pub(super) const RULES: [Rule; 2] = [ADJUSTED, RIGHT_TO_BENEFITS];

rule! {
    /// A payment that turns out wrong is adjusted, in either direction.
    ///
    /// # Reading
    /// A comparison of two states of a case names this rule when anything but the benefits alone has changed: earnings, assignments, State VR
    /// cases. A look-back that is made again rests on earnings (LB-08).
    /// # Example
    /// Earnings from before the assignment surface: Milestone 1 was overpaid by $1,398 and is recovered.
    /// # Sources
    /// 20 CFR 411.555(b).
    const ADJUSTED = {
        id: "OVP-01", name: "adjustment", heading: Heading::Ticket, source: "20 CFR 411.555(b)",
        role: Role::Elsewhere("comparison of two states of a case"),
    };
}

rule! {
    /// A payment that turns out wrong by a determination about the beneficiary's right to benefits is not recovered.
    ///
    /// # Reading
    /// A comparison of two states of a case names this rule when the benefits alone have changed.
    /// # Example
    /// A month paid as an outcome is later found to have been in current pay: overpaid, not recovered.
    /// # Sources
    /// 20 CFR 411.555(c).
    const RIGHT_TO_BENEFITS = {
        id: "OVP-02", name: "right_to_benefits", heading: Heading::Ticket, source: "20 CFR 411.555(c)",
        role: Role::Elsewhere("comparison of two states of a case"),
    };
}
