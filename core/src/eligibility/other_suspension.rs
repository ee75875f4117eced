//! BEN-06.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use crate::decision::Verdict;
use crate::domain::BenefitStatus;
use crate::facts::Facts;

rule! {
    /// A month suspended for a reason other than work is neither a milestone month nor an outcome month.
    ///
    /// # Reading
    /// It is not in current pay (BEN-01 to BEN-03) and not out of pay because of work (BEN-04), where it fails. Under `regulation` it can
    /// still carry a milestone.
    /// # Example
    /// Suspended in August 2016 because of a prison term: nothing can be claimed for August.
    /// # Sources
    /// EN Payments Checklist, Benefits; 20 CFR 411.575(a) for the other reading.
    pub(super) const RULE = {
        id: "BEN-06", name: "other_suspension", heading: Heading::Benefits, source: "EN Payments Checklist, Benefits",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, verdict: &Verdict) -> Option<Said> {
    let month = facts.month(asked.month);
    let suspended =
        facts.records_of(asked.month).iter().any(|record| month.status(*record) == Some(BenefitStatus::SuspendedOther));
    let matters = asked.kind != Kind::Reconciliation
        && ["BEN-01", "BEN-02", "BEN-03", "BEN-04"].iter().any(|id| verdict.fails(id));
    (suspended && matters).then(|| {
        let text =
            "Suspension for a reason other than work makes a month neither a milestone month nor an outcome month.";
        Said::new(text).fact("month", asked.month)
    })
}
