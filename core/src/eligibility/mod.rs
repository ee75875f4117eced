//! The rules, one a file; this page is their catalogue, in the order of the register.

mod after_unassignment;
pub(crate) mod amount;
mod assignment_date;
mod business_days;
mod claim_life;
mod concurrent_basis;
mod conversion;
mod counts_belong_to_the_ticket;
mod current_pay;
mod earnings_month;
pub(crate) mod ended_for_work;
mod facts_as_handed_over;
mod first_available_month;
mod gross_and_net;
mod half_level;
mod half_level_month;
mod hours_do_not_count;
pub(crate) mod judge;
mod late_plan;
mod level_of_its_own_year;
mod look_back;
mod look_back_again;
mod look_back_amounts;
mod look_back_each;
mod look_back_level;
mod look_back_phase_1_only;
mod look_back_scope;
pub(crate) mod milestone_1;
mod milestone_order;
pub(crate) mod milestones_2_to_4;
pub(crate) mod milestones_left;
mod month_counts_again;
mod not_earnings;
mod one_level_for_all;
mod one_payment_a_month;
mod one_provider_at_a_time;
mod other_agency_reimbursed;
mod other_suspension;
mod outcome_earnings;
mod outcome_period_begins;
mod outcome_period_ends;
mod outcome_status;
mod outcome_t16_floor;
mod outcomes_are_kept;
mod overpayment;
mod own_payment_system;
mod partnership_plus;
mod payable_span;
mod payment_rates;
mod payment_system;
mod phase_1_conditions;
mod phase_2_after_phase_1;
mod phase_2_blind_ssi;
mod phase_2_earnings;
mod phase_2_number;
mod phase_2_one_payment_a_month;
mod phase_2_status;
pub(crate) mod rate;
mod rate_not_published;
pub(crate) mod reason;
mod reconciliation_rate;
mod reconciliation_rounding;
mod reconciliation_split;
pub(crate) mod rule;
mod same_agency_closed;
mod same_agency_reimbursed;
mod self_employment_posted;
pub(crate) mod sequence;
mod services_completed;
mod split;
mod state_vr_closure_18_months;
mod state_vr_closure_since_2002;
pub(crate) mod state_vr_order;
mod state_vr_reimbursed_closure;
mod state_vr_takes_over;
mod straddling_period;
mod termination;
mod transition;
pub(crate) mod twelve_outcomes;
pub(crate) mod verdict;
mod verification;
mod window_start;
mod words;

pub use rate::{AmountBasis, Rate};
pub use reason::{Amount, Fact, Missing, Reason, Trail};
pub use rule::{Asked, Heading, Kind, Rule};
pub(crate) use rule::{Decides, Role};
pub use verdict::{Decision, Verdict};

use crate::facts::{DIFFERENCES, Difference};
use rule::ALL;
use serde::Serialize;
use std::sync::LazyLock;

/// Every rule, in the order of the register.
pub static CATALOGUE: &[&[Rule]] = &[
    &[level_of_its_own_year::RULE, half_level::RULE, one_level_for_all::RULE, hours_do_not_count::RULE],
    &payment_rates::RULES,
    &[reconciliation_rate::RULE, rate_not_published::RULE, partnership_plus::RULE],
    &[assignment_date::RULE, one_provider_at_a_time::RULE, counts_belong_to_the_ticket::RULE],
    &[first_available_month::RULE, late_plan::RULE, payable_span::RULE, window_start::RULE],
    &current_pay::RULES,
    &[outcome_status::RULE, ended_for_work::RULE, other_suspension::RULE, facts_as_handed_over::RULE],
    &[earnings_month::RULE, concurrent_basis::RULE, straddling_period::RULE],
    &[gross_and_net::RULE, not_earnings::RULE, self_employment_posted::RULE],
    &[phase_1_conditions::RULE, milestone_1::RULE],
    &milestones_2_to_4::RULES,
    &[services_completed::RULE, month_counts_again::RULE, half_level_month::RULE],
    &[milestone_order::RULE, one_payment_a_month::RULE],
    &[look_back_scope::RULE],
    &look_back::RULES,
    &[look_back_level::RULE, look_back_amounts::RULE, look_back_each::RULE],
    &[look_back_again::RULE, look_back_phase_1_only::RULE],
    &[state_vr_closure_since_2002::RULE, state_vr_closure_18_months::RULE, state_vr_reimbursed_closure::RULE],
    &[state_vr_takes_over::RULE, same_agency_reimbursed::RULE, same_agency_closed::RULE],
    &[other_agency_reimbursed::RULE, state_vr_order::RULE],
    &[phase_2_earnings::RULE, phase_2_number::RULE, phase_2_after_phase_1::RULE],
    &[phase_2_one_payment_a_month::RULE, phase_2_status::RULE, phase_2_blind_ssi::RULE],
    &[outcome_period_begins::RULE, outcome_period_ends::RULE, outcome_earnings::RULE],
    &[outcome_t16_floor::RULE, outcomes_are_kept::RULE],
    &[twelve_outcomes::RULE, milestones_left::RULE, reconciliation_rounding::RULE, reconciliation_split::RULE],
    &[payment_system::RULE, own_payment_system::RULE],
    &split::RULES,
    &[after_unassignment::RULE],
    &conversion::RULES,
    &[transition::RULE],
    &overpayment::RULES,
    &[termination::RULE],
    &claim_life::RULES,
    &business_days::RULES,
    &verification::RULES,
];

/// Every rule, in the order of the register.
pub fn rules() -> impl Iterator<Item = &'static Rule> + Clone {
    CATALOGUE.iter().flat_map(|family| family.iter())
}

/// The rule of an id.
///
/// ```
/// let rule = ttw_core::eligibility::rule("LB-02").unwrap();
/// assert_eq!(rule.name, "look_back_milestone_2");
/// ```
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}

/// A rule that can fail, with its id.
pub(crate) type Named = (&'static str, &'static Decides);

/// The rules that can fail for a kind of payment, in the order of the register.
pub(crate) fn decides_on(kind: Kind) -> &'static [Named] {
    static TABLE: LazyLock<[Vec<Named>; 7]> = LazyLock::new(|| {
        let of = |kind, rule: &'static Rule| match &rule.role {
            Role::Decides(decides) if decides.of.contains(&kind) => Some((rule.id, decides)),
            _ => None,
        };
        ALL.map(|kind| rules().filter_map(|rule| of(kind, rule)).collect())
    });
    kind.of(&TABLE).map_or(&[], Vec::as_slice)
}

/// A rule as `GET /v1/rules/{id}` shows it.
#[derive(Debug, Serialize)]
pub struct RuleView {
    id: &'static str,
    name: &'static str,
    heading: &'static str,
    /// `decides`: can make a payment not payable. `explains`: never fails. `applied elsewhere`: see `used_in`.
    role: &'static str,
    /// The payments it is asked of, when it decides.
    asked_of: Vec<&'static str>,
    used_in: &'static str,
    summary: String,
    source: &'static str,
    page: String,
}

impl Rule {
    /// The rule as it is shown.
    #[must_use]
    pub fn view(&self) -> RuleView {
        let (role, asked_of, used_in) = match &self.role {
            Role::Decides(decides) => {
                ("decides", decides.of.iter().map(|kind| kind.as_str()).collect(), "determination and ledger")
            }
            Role::Explains(_) => ("explains", Vec::new(), "determination"),
            Role::Elsewhere(place) => ("applied elsewhere", Vec::new(), *place),
        };
        RuleView {
            id: self.id,
            name: self.name,
            heading: self.heading.title(),
            role,
            asked_of,
            used_in,
            summary: self.summary(),
            source: self.source,
            page: self.page(),
        }
    }

    /// Whether the rule can make a payment not payable (C-03).
    #[must_use]
    pub const fn can_fail(&self) -> bool {
        matches!(self.role, Role::Decides(_))
    }

    /// The rule in one sentence: the first paragraph of its page.
    #[must_use]
    pub fn summary(&self) -> String {
        let lines = self.doc.lines().map(str::trim).take_while(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join(" ")
    }

    /// The rule's page in Markdown.
    #[must_use]
    pub fn page(&self) -> String {
        self.doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }
}

impl Kind {
    /// What a table with an entry for each of [`ALL`] has for this one.
    pub(crate) fn of<T>(self, table: &[T; 7]) -> Option<&T> {
        ALL.iter().zip(table).find(|(kind, _)| **kind == self).map(|(_, entry)| entry)
    }

    /// The payment as a question names it, without a number where the rule is the same for all.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phase1(1) => "p1m1",
            Self::Phase1(2) => "p1m2",
            Self::Phase1(3) => "p1m3",
            Self::Phase1(_) => "p1m4",
            Self::Phase2 => "p2",
            Self::Outcome => "outcome",
            Self::Reconciliation => "reconciliation",
        }
    }
}

/// What `GET /v1/rules` shows.
#[derive(Debug, Serialize)]
pub struct RulesView<'a> {
    rules: Vec<RuleView>,
    policy_differences: &'static [Difference],
    rules_version: &'a str,
}

/// All rules, and the points on which the policies differ.
#[must_use]
pub fn rules_view(rules_version: &str) -> RulesView<'_> {
    RulesView { rules: rules().map(Rule::view).collect(), policy_differences: DIFFERENCES, rules_version }
}
