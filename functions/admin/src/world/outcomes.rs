//! People whose benefits stopped for work: outcomes and the reconciliation.

use super::life::{CEDAR, HARBOR, LANTERN, Level, Life};
use super::{Story, T2, T16};
use ttw_core::domain::BenefitStatus::{CurrentPay, EndedWork, SuspendedWork};
use ttw_core::domain::Title;

/// Their stories.
pub(super) const STORIES: &[Story] = &[
    Story {
        text: "Benefits suspended for work: outcome payments month by month, the newest not yet claimed; the third progress review is due.",
        tell: |life: Life<'_>| {
            life.on(T2, -110, Some(-20), CurrentPay)
                .on(T2, -19, None, SuspendedWork)
                .assigned(HARBOR, -40)
                .earns(-39, -1, Level::Substantial)
                .served(-28)
                .settled(HARBOR, -14)
                .works_at("Ridgeway Instruments")
                .reviewed(3, 5, false)
        },
    },
    Story {
        text: "The outcome period began, then benefits resumed: no more milestones, and no outcome while in pay.",
        tell: |life| {
            life.on(T2, -110, Some(-21), CurrentPay)
                .on(T2, -20, Some(-15), SuspendedWork)
                .on(T2, -14, None, CurrentPay)
                .assigned(HARBOR, -30)
                .earns(-29, -15, Level::Substantial)
                .earns(-14, -2, Level::TrialWork)
                .settled(HARBOR, -16)
        },
    },
    Story {
        text: "Benefits ended because of work: outcomes need earnings above substantial gainful activity, and one month is at it to the cent.",
        tell: |life| {
            life.on(T2, -110, Some(-26), CurrentPay)
                .on(T2, -25, Some(-16), SuspendedWork)
                .on(T2, -15, None, EndedWork)
                .assigned(HARBOR, -40)
                .earns(-39, -11, Level::Substantial)
                .earns(-10, -10, Level::ExactlySubstantial)
                .earns(-9, -2, Level::Substantial)
                .served(-30)
                .settled(HARBOR, -17)
        },
    },
    Story {
        text: "Thirty-six months without benefits because of work: the outcome period is over; the fourth progress review is due.",
        tell: |life| {
            life.on(T2, -110, Some(-47), CurrentPay)
                .on(T2, -46, None, SuspendedWork)
                .assigned(HARBOR, -50)
                .earns(-49, -1, Level::Substantial)
                .settled_and_reconciled(HARBOR, -20)
                .reviewed(4, 14, false)
        },
    },
    Story {
        text: "Benefits stopped after two milestones, and twelve outcomes have been paid: the reconciliation of the others is due.",
        tell: |life| {
            life.on(T2, -110, Some(-31), CurrentPay)
                .on(T2, -30, None, SuspendedWork)
                .assigned(HARBOR, -34)
                .earns(-33, -2, Level::Substantial)
                .settled(HARBOR, -14)
                .works_at("Lakeside Archive")
        },
    },
    Story {
        text: "With a network that elected outcome payments only: no milestones, higher outcomes.",
        tell: |life| {
            life.on(T2, -110, Some(-33), CurrentPay)
                .on(T2, -32, None, SuspendedWork)
                .assigned(LANTERN, -36)
                .earns(-35, -2, Level::Substantial)
                .settled(LANTERN, -24)
                .works_at("Foxglove Software")
        },
    },
    Story {
        text: "SSI alone, with the outcome-only network: up to sixty outcomes, and a month below substantial gainful activity is none.",
        tell: |life| {
            life.titled(Title::T16)
                .on(T16, -110, Some(-25), CurrentPay)
                .on(T16, -24, None, SuspendedWork)
                .assigned(LANTERN, -28)
                .earns(-27, -10, Level::Substantial)
                .earns(-9, -8, Level::TrialWork)
                .earns(-7, -2, Level::Substantial)
                .reviewed(2, 40, false)
        },
    },
    Story {
        text: "First paid under SSI, now with disability insurance: the ticket keeps the rates and numbers of SSI; with the State agency acting \
               as a network; the seventh progress review is due.",
        tell: |life| {
            life.on(T16, -110, Some(-40), CurrentPay)
                .on(T2, -39, None, CurrentPay)
                .assigned(CEDAR, -86)
                .earns(-80, -66, Level::TrialWork)
                .served(-70)
                .earns(-60, -50, Level::Substantial)
                .earns(-20, -8, Level::Substantial)
                .settled(CEDAR, -24)
                .reviewed(7, 10, false)
        },
    },
];
