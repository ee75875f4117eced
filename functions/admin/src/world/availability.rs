//! People whose earlier work or State VR case takes milestones away.

use super::life::{CEDAR, HARBOR, Level, Life, PINE, PRAIRIE};
use super::{Story, T2};
use ttw_core::domain::BenefitStatus::{CurrentPay, SuspendedWork};
use ttw_core::domain::StatementKind;

/// Their stories.
pub(super) const STORIES: &[Story] = &[
    Story {
        text: "Exactly at the trial work level in the month before the assignment: Milestone 1 is lost, the others are not; now self-employed.",
        tell: |life: Life<'_>| {
            life.in_pay(T2)
                .earns(-19, -19, Level::ExactlyTrialWork)
                .assigned(HARBOR, -18)
                .earns(-17, -10, Level::TrialWork)
                .paid_by(-9, (1, 28, 28), 1500, StatementKind::SelfEmployment)
        },
    },
    Story {
        text: "Worked in six of the twelve months before the assignment: Milestones 1, 2 and 3 are lost, Milestone 4 stays.",
        tell: |life| {
            life.in_pay(T2)
                .earns(-30, -28, Level::TrialWork)
                .earns(-23, -21, Level::TrialWork)
                .assigned(HARBOR, -20)
                .earns(-18, -6, Level::TrialWork)
                .served(-9)
        },
    },
    Story {
        text: "Worked through the eighteen months before the assignment: no Phase 1 at all, Phase 2 from the first month; the fifth progress \
               review is due.",
        tell: |life| {
            life.in_pay(T2)
                .earns(-81, -63, Level::TrialWork)
                .assigned(HARBOR, -62)
                .earns(-61, -58, Level::Substantial)
                .earns(-20, -12, Level::Substantial)
                .settled(HARBOR, -50)
                .reviewed(5, 8, false)
        },
    },
    Story {
        text: "A State VR agency closed the case successfully ten months before the assignment, after which the person worked: no Phase 1; \
               Phase 2 and outcomes remain.",
        tell: |life| {
            life.in_pay(T2)
                .earns(-29, -21, Level::TrialWork)
                .state_vr_case(PINE, -30, true, true)
                .assigned(PRAIRIE, -20)
                .earns(-19, -4, Level::Substantial)
                .works_at("Willow Bend Clinic")
        },
    },
    Story {
        text: "A State VR agency closed the case successfully four years before the assignment: too long ago to matter.",
        tell: |life| {
            life.in_pay(T2).state_vr_case(PINE, -68, true, true).assigned(PRAIRIE, -20).earns(-18, -7, Level::TrialWork)
        },
    },
    Story {
        text: "With the State agency acting as a network, which was reimbursed for its costs before: nothing can be paid.",
        tell: |life| {
            life.on(T2, -110, Some(-12), CurrentPay)
                .on(T2, -11, None, SuspendedWork)
                .state_vr_case(CEDAR, -50, true, true)
                .assigned(CEDAR, -20)
                .earns(-19, -2, Level::Substantial)
        },
    },
    Story {
        text: "With the State agency acting as a network, which closed the case before and was not reimbursed: Phase 1 is lost.",
        tell: |life| {
            life.in_pay(T2).state_vr_case(CEDAR, -50, true, false).assigned(CEDAR, -20).earns(
                -19,
                -2,
                Level::Substantial,
            )
        },
    },
    Story {
        text: "With the State agency acting as a network from the start: paid like any other.",
        tell: |life| {
            life.in_pay(T2)
                .assigned(CEDAR, -24)
                .earns(-22, -3, Level::Substantial)
                .served(-12)
                .settled(CEDAR, -14)
                .works_at("Owl Hill School")
        },
    },
];
