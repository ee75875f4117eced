//! SPL-01 and SPL-04: the shares of a payment.

use super::rule::{Heading, Role, Rule, rule};

pub(super) const RULES: [Rule; 2] = [TOTAL, ROUNDING];

rule! {
    /// More than one provider may be paid on the same milestone, outcome or reconciliation; the total is never increased.
    ///
    /// # Reading
    /// A determination tells the whole payment. The shares, which the providers agree on or the program manager decides by
    /// contribution, are applied to it afterwards. In the payments of a case a split payment is one entry with the whole amount.
    /// # Example
    /// $419 at 50 and 50 percent: $210 and $209.
    /// # Sources
    /// 20 CFR 411.560.
    const TOTAL = {
        id: "SPL-01", name: "split_total", heading: Heading::Ticket, source: "20 CFR 411.560",
        role: Role::Elsewhere("shares of a split payment"),
    };
}

rule! {
    /// Shares are whole dollars that add up to the payment: what rounding down leaves goes to the largest remainders, the earlier
    /// assignment first when they tie.
    ///
    /// # Reading
    /// No source states how a share is rounded.
    /// # Example
    /// $1,398 at 30, 30 and 40 percent: $419.40, $419.40 and $559.20 become $420, $419 and $559.
    /// # Sources
    /// 20 CFR 411.560: the total is never increased.
    const ROUNDING = {
        id: "SPL-04", name: "split_rounding", heading: Heading::Ticket, source: "20 CFR 411.560",
        role: Role::Elsewhere("shares of a split payment"),
    };
}
