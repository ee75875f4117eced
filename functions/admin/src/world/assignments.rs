//! People whose ticket moved, ended, or never was assigned.

use super::life::{HARBOR, LANTERN, Level, Life, PINE, PRAIRIE};
use super::{Story, T2, T16};
use ttw_core::domain::BenefitStatus::{CurrentPay, EndedOther, SuspendedWork};
use ttw_core::domain::Title;

/// Their stories.
pub(super) const STORIES: &[Story] = &[
    Story {
        text: "The ticket went to the State VR agency: the network's last month is the one before.",
        tell: |life: Life<'_>| {
            life.in_pay(T2)
                .assigned(HARBOR, -26)
                .unassigned(-8)
                .earns(-25, -2, Level::Substantial)
                .served(-14)
                .settled(HARBOR, -14)
                .assigned(PINE, -8)
        },
    },
    Story {
        text: "The plan arrived forty days after it was signed: the first month that can be paid is later.",
        tell: |life| {
            life.in_pay(T2)
                .assigned(HARBOR, -16)
                .plan_received_after(40)
                .earns(-15, -7, Level::TrialWork)
                .reviewed(1, 20, true)
        },
    },
    Story {
        text: "The plan was signed and has not been received: nothing can be paid yet.",
        tell: |life| life.in_pay(T2).assigned(PRAIRIE, -10).plan_not_received().earns(-9, -4, Level::TrialWork),
    },
    Story {
        text: "Two networks, one after the other: what the first one's services brought about may be shared.",
        tell: |life| {
            life.in_pay(T2)
                .assigned(HARBOR, -28)
                .unassigned(-14)
                .earns(-27, -2, Level::Substantial)
                .served(-16)
                .settled(HARBOR, -20)
                .assigned(PRAIRIE, -14)
                .served(-6)
                .requested(HARBOR, "p1m4", -19, 60, false)
                .works_at("Stonebridge Post")
        },
    },
    Story {
        text: "The ticket terminated: no month from then on can be paid.",
        tell: |life| {
            life.on(T2, -110, Some(-7), CurrentPay)
                .on(T2, -6, None, EndedOther)
                .assigned(HARBOR, -26)
                .earns(-25, -2, Level::Substantial)
                .served(-13)
                .settled(HARBOR, -14)
                .terminates(-6)
        },
    },
    Story {
        text: "Benefits of some months are not on file: the answer names what is missing.",
        tell: |life| {
            life.on(T2, -110, Some(-13), CurrentPay).on(T2, -9, None, CurrentPay).assigned(HARBOR, -18).earns(
                -17,
                -3,
                Level::TrialWork,
            )
        },
    },
    Story {
        text: "Never assigned, in current pay: the ticket can be assigned today.",
        tell: |life| life.aged(29).in_pay(T2),
    },
    Story {
        text: "First with the outcome-only network, then with another, taken back two months ago: the ticket can be assigned again.",
        tell: |life| {
            life.aged(41).in_pay(T2).assigned(LANTERN, -36).unassigned(-22).assigned(PRAIRIE, -20).unassigned(-2).earns(
                -18,
                -16,
                Level::TrialWork,
            )
        },
    },
    Story {
        text: "Served by the State VR agency, whose case was closed last month: the ticket can go to a network although benefits are suspended.",
        tell: |life| {
            life.aged(36)
                .on(T2, -110, Some(-6), CurrentPay)
                .on(T2, -5, None, SuspendedWork)
                .assigned(PINE, -24)
                .unassigned(-1)
                .state_vr_case(PINE, -2, true, true)
                .earns(-5, -2, Level::Substantial)
        },
    },
    Story { text: "Older than 65: the ticket cannot be assigned.", tell: |life| life.aged(66).in_pay(T2) },
    Story {
        text: "SSI under section 301 alone: no ticket can be assigned.",
        tell: |life| life.aged(33).titled(Title::T16).in_pay(T16).under_section_301(),
    },
    Story {
        text: "Benefits continue only while an appeal is pending: no ticket can be assigned.",
        tell: |life| life.aged(47).in_pay(T2).in_benefit_continuation(),
    },
];
