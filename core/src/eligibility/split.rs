//! SPL-01 to SPL-04: the shares of a payment.

use super::rule::{Heading, Role, Rule, rule};

pub(super) const RULES: [Rule; 4] = [TOTAL, NOTICE, AGREEMENT, ROUNDING];

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
    /// Providers that had the ticket at different times are told that they may share a payment; they agree, or the program manager decides.
    ///
    /// # Reading
    /// Whoever was assigned the ticket as an Employment Network before the claimed month is told. While nobody has decided, the shares are not
    /// known.
    /// # Example
    /// EN-A had the ticket until July 2016, EN-B has it since: a milestone of August 2016 may be shared.
    /// # Sources
    /// EN Payments Checklist, Split Payment; 20 CFR 411.560.
    const NOTICE = {
        id: "SPL-02", name: "possible_split", heading: Heading::Ticket, source: "EN Payments Checklist, Split Payment; 20 CFR 411.560",
        role: Role::Elsewhere("allocation of a payment"),
    };
}

rule! {
    /// An agreement gives shares in multiples of 10 percent for Phase 1, Phase 2 and outcomes, each of which adds up to 100; it holds for the
    /// life of the ticket.
    ///
    /// # Reading
    /// The program manager's determination is not bound to tens. A reconciliation pays Phase 1 and Phase 2 milestones, so each part follows
    /// its own row.
    /// # Example
    /// Phase 1 at 50 and 50 percent, Phase 2 at 100 percent for EN-B: $1,398 of Milestone 1 are $699 each.
    /// # Sources
    /// Form SSA-1401 (02-2013), OMB 0960-0644.
    const AGREEMENT = {
        id: "SPL-03", name: "split_agreement", heading: Heading::Ticket, source: "Form SSA-1401, OMB 0960-0644",
        role: Role::Elsewhere("allocation of a payment"),
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
