//! The two readings of the program: what the program manager does, and what the regulation says.

use crate::domain::Usd;
use serde::Serialize;

/// The name of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PolicyName {
    /// What the program manager does: the EN Payments Checklist.
    Operations,
    /// 20 CFR part 411, read strictly.
    Regulation,
}

impl PolicyName {
    /// The readings behind the name.
    #[must_use]
    pub const fn policy(self) -> &'static Policy {
        match self {
            Self::Operations => &Policy::OPERATIONS,
            Self::Regulation => &Policy::REGULATION,
        }
    }
}

/// Whether a level is reached at it or only above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Equal is enough.
    AtOrAbove,
    /// Equal is not enough.
    Above,
}

impl Reading {
    pub(crate) fn is_reached(self, amount: Usd, level: Usd) -> bool {
        match self {
            Self::AtOrAbove => amount >= level,
            Self::Above => amount > level,
        }
    }

    /// `at or above`, `above`.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::AtOrAbove => "at or above",
            Self::Above => "above",
        }
    }

    /// The least amount that reaches a level.
    pub(crate) fn least(self, level: Usd) -> Usd {
        match self {
            Self::AtOrAbove => level,
            Self::Above => level.plus(Usd::from_cents(1)),
        }
    }
}

/// Every point on which the two policies differ, a field each. [`DIFFERENCES`] tells them apart in words.
#[derive(Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one published difference with a name of its own")]
pub struct Policy {
    /// Which policy this is.
    pub name: PolicyName,
    /// LB-05.
    pub look_back: Reading,
    /// P2-01: the level.
    pub phase_2: Reading,
    /// P2-01: the blind amount for the blind.
    pub phase_2_blind_level: bool,
    /// P1-01: half the level counts only when earned in the last period.
    pub half_level_needs_last_period: bool,
    /// FAM-02.
    pub late_plan_moves_first_month: bool,
    /// BEN-01 to BEN-03.
    pub milestones_need_current_pay: bool,
    /// BEN-04.
    pub concurrent_outcome_needs_both: bool,
    /// OUT-04.
    pub t16_outcome_needs_sga: bool,
    /// SVR-01 and SVR-02, or SVR-03.
    pub state_vr_bar_is_dated: bool,
    /// SVR-04.
    pub state_vr_takeover_stops: bool,
}

impl Policy {
    const OPERATIONS: Self = Self {
        name: PolicyName::Operations,
        look_back: Reading::AtOrAbove,
        phase_2: Reading::AtOrAbove,
        phase_2_blind_level: true,
        half_level_needs_last_period: true,
        late_plan_moves_first_month: true,
        milestones_need_current_pay: true,
        concurrent_outcome_needs_both: false,
        t16_outcome_needs_sga: true,
        state_vr_bar_is_dated: true,
        state_vr_takeover_stops: true,
    };
    const REGULATION: Self = Self {
        name: PolicyName::Regulation,
        look_back: Reading::Above,
        phase_2: Reading::Above,
        phase_2_blind_level: false,
        half_level_needs_last_period: false,
        late_plan_moves_first_month: false,
        milestones_need_current_pay: false,
        concurrent_outcome_needs_both: true,
        t16_outcome_needs_sga: false,
        state_vr_bar_is_dated: false,
        state_vr_takeover_stops: false,
    };
}

/// One difference between the policies, in words.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Difference {
    /// The field of [`Policy`].
    pub field: &'static str,
    /// The rules it touches.
    pub rules: &'static [&'static str],
    /// The reading of `operations`.
    pub operations: &'static str,
    /// Its source.
    pub operations_source: &'static str,
    /// The reading of `regulation`.
    pub regulation: &'static str,
    /// Its source.
    pub regulation_source: &'static str,
}

/// All differences, in the order of [`Policy`]'s fields.
pub const DIFFERENCES: &[Difference] = &[
    Difference {
        field: "look_back",
        rules: &["LB-01", "LB-02", "LB-03", "LB-04", "LB-05"],
        operations: "A month at or above the trial work level counts in the look-back.",
        operations_source: "EN Payments Checklist, 18 Month Look Back Rule",
        regulation: "Only a month above the trial work level counts.",
        regulation_source: "20 CFR 411.535(a)(1)(ii)",
    },
    Difference {
        field: "phase_2",
        rules: &["P2-01"],
        operations: "A Phase 2 month is at or above SGA.",
        operations_source: "EN Payments Checklist, Ph2/Ms",
        regulation: "A Phase 2 month is above SGA.",
        regulation_source: "20 CFR 411.525(a)(2)(ii)",
    },
    Difference {
        field: "phase_2_blind_level",
        rules: &["P2-01", "P2-06"],
        operations: "The blind SGA amount is used for a blind beneficiary.",
        operations_source: "EN Payments Checklist, Ph2/Ms",
        regulation: "The amount for people who are not blind is used for everyone.",
        regulation_source: "20 CFR 411.500(f)(2), 411.525(a)(2)(ii)",
    },
    Difference {
        field: "half_level_needs_last_period",
        rules: &["P1-01"],
        operations: "Half the trial work level is enough for Milestone 1 only when it was earned in the month's last period.",
        operations_source: "EN Payments Checklist, Ph1/M1",
        regulation: "Half the trial work level is always enough for Milestone 1.",
        regulation_source: "20 CFR 411.525(a)(2)(i)",
    },
    Difference {
        field: "late_plan_moves_first_month",
        rules: &["FAM-02", "FAM-04"],
        operations: "A plan received more than 14 days after signature moves the first month to the one after receipt.",
        operations_source: "EN Payments Checklist, When to Submit a Payment Request",
        regulation: "A late plan has no effect.",
        regulation_source: "20 CFR 411.140(d), (e)",
    },
    Difference {
        field: "milestones_need_current_pay",
        rules: &["BEN-01", "BEN-02", "BEN-03", "BEN-06"],
        operations: "A milestone month must be in current pay.",
        operations_source: "EN Payments Checklist, Benefits; SSI Beneficiaries",
        regulation: "A milestone month must only lie before the outcome period.",
        regulation_source: "20 CFR 411.575(a)(1)(ii)",
    },
    Difference {
        field: "concurrent_outcome_needs_both",
        rules: &["BEN-04", "OUT-01", "OUT-02"],
        operations: "Both records must be out of pay, one of them because of work.",
        operations_source: "EN Payments Checklist, Outcome, Benefits",
        regulation: "Neither record may be payable because of work.",
        regulation_source: "20 CFR 411.500(e), 411.575(b)(1)(i)(A)",
    },
    Difference {
        field: "t16_outcome_needs_sga",
        rules: &["OUT-03", "OUT-04"],
        operations: "An outcome month needs earnings at or above SGA under both titles.",
        operations_source: "EN Payments Checklist, Outcome, Availability",
        regulation: "Under title XVI no federal cash because of earnings is enough.",
        regulation_source: "20 CFR 411.500(e), 411.545",
    },
    Difference {
        field: "state_vr_bar_is_dated",
        rules: &["SVR-01", "SVR-02", "SVR-03"],
        operations: "A successful State VR closure bars Phase 1: since 2002 for requests before February 2020, in the 18 months before the assignment for later ones.",
        operations_source: "EN Payments Checklist, State VR Agency Involvement; Phase 1 Milestone Exclusions",
        regulation: "A successful closure bars Phase 1 when the agency was under cost reimbursement, whenever it was.",
        regulation_source: "20 CFR 411.535(a)(1)(iii)",
    },
    Difference {
        field: "state_vr_takeover_stops",
        rules: &["SVR-04", "UNA-01"],
        operations: "A later assignment to a State VR agency ends the provider's payments.",
        operations_source: "EN Payments Checklist, State VR Agency Involvement",
        regulation: "A provider may be paid after unassignment when its services contributed.",
        regulation_source: "20 CFR 411.581",
    },
];
