//! SVR-08.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use crate::decision::Verdict;
use crate::facts::Facts;

rule! {
    /// Where several rules bar a payment for good, the agency's own reimbursement is named first, then successful closures, then the
    /// look-back.
    ///
    /// # Reading
    /// An order of listing in a ledger's `blocked_by`, not a short circuit: every rule is asked.
    /// # Example
    /// A closure and the look-back both bar Milestone 2: `blocked_by` is SVR-02, LB-02.
    /// # Sources
    /// EN Payments Checklist, State VR Agency Involvement; 18 Month Look Back Rule.
    pub(super) const RULE = {
        id: "SVR-08", name: "state_vr_order", heading: Heading::StateVr,
        source: "EN Payments Checklist, State VR Agency Involvement; 18 Month Look Back Rule",
        role: Role::Explains(explain),
    };
}

/// The place of a rule in `blocked_by`.
pub(crate) fn place(id: &str) -> u8 {
    match id {
        "SVR-05" => 0,
        "SVR-01" | "SVR-02" | "SVR-03" | "SVR-06" => 1,
        _ => 2,
    }
}

fn explain(_: &Facts<'_>, _: &Asked, verdict: &Verdict) -> Option<Said> {
    let mut bars: Vec<&str> = verdict.failed().filter(|id| id.starts_with("LB-") || place(id) < 2).collect();
    bars.sort_by_key(|id| place(id));
    (bars.len() > 1).then(|| {
        let list = bars.join(", ");
        Said::new(format!("Several rules bar this payment for good: {list}.")).fact("rules", list)
    })
}
