//! SVR-08.

use super::reason::Said;
use super::rule::{Asked, Heading, Role, rule};
use super::verdict::Verdict;
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

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, case, title_ii};

    #[test]
    fn bars_are_named_agency_first_and_look_back_last() {
        let story = case()
            .assigned_to("VR-CO", "state_vr_as_en", "2016-05-20")
            .in_pay("t2", "2010-01..")
            .earned("2016-04", "810");
        let one = story.clone().ask("p1m1", "2016-06").by("VR-CO");
        assert_eq!(one.holds("SVR-08"), UNLISTED);
        let story =
            story.vr_closed("VR-CO", "2014-03-01").vr_closed("VR-CO", "2015-03-01").vr_case("cost_reimbursed", true);
        let claim = story.outcome_only().ask("p1m1", "2016-06").by("VR-CO");
        assert_eq!(claim.fails(), ["P1-01", "LB-01", "SVR-01", "SVR-05", "SVR-06", "SYS-01"]);
        assert_eq!(claim.holds("SVR-08"), YES);
        assert_eq!(claim.fact("SVR-08", "rules"), "SVR-05, SVR-01, SVR-06, LB-01");
        assert_eq!(title_ii().ask("p1m1", "2016-06").holds("SVR-08"), UNLISTED);
    }
}
