//! People on the way through the milestones.

use super::life::{HARBOR, Level, Life, PRAIRIE};
use super::{Story, T2, T16};
use ttw_core::domain::BenefitStatus::{CurrentPay, StateSupplementOnly, SuspendedOther, SuspendedWork};
use ttw_core::domain::{StatementKind, Title};

/// Their stories, in the order of the register.
pub(super) const STORIES: &[Story] = &[
    Story {
        text: "Seven months at the trial work level after the assignment, nothing claimed yet: three milestones are due.",
        tell: |life: Life<'_>| {
            life.in_pay(T2)
                .assigned(HARBOR, -16)
                .earns(-15, -9, Level::TrialWork)
                .paid_across_months(-8, 400)
                .works_at("Bluebird Bakery")
        },
    },
    Story {
        text: "One good month, then little: Milestone 1 is due, Milestone 2 needs two more months; a pension counts nowhere; \
               the first progress review is due.",
        tell: |life| {
            life.in_pay(T2)
                .assigned(HARBOR, -14)
                .earns(-13, -13, Level::TrialWork)
                .earns(-12, -6, Level::Low)
                .paid_by(-5, (1, 28, 28), 600, StatementKind::NotEarnings)
                .works_at("Juniper Street Laundry")
                .reviewed(1, 12, false)
        },
    },
    Story {
        text: "Began work late in a month: Milestone 1 on half the trial work level, shown by the pay statement.",
        tell: |life| life.in_pay(T2).assigned(HARBOR, -14).starts_work_late_in(-13).works_at("Copper Kettle Catering"),
    },
    Story {
        text: "Milestone 1 was paid on half the level; the month was later posted at the full level, and still counts towards no other \
               milestone.",
        tell: |life| {
            life.in_pay(T2)
                .assigned(HARBOR, -20)
                .earns(-19, -18, Level::TrialWork)
                .earns(-16, -16, Level::TrialWork)
                .earns(-14, -14, Level::TrialWork)
                .paid_on_half(HARBOR, -19, 1850)
        },
    },
    Story {
        text: "All of Phase 1 is paid, Phase 2 is under way: Phase 2 milestones are due month by month.",
        tell: |life| {
            life.in_pay(T2)
                .assigned(HARBOR, -30)
                .earns(-29, -1, Level::Substantial)
                .served(-19)
                .settled(HARBOR, -14)
                .works_at("Northgate Print Shop")
                .requested(HARBOR, "p2m5", -13, 20, true)
                .inquired(HARBOR, 25)
        },
    },
    Story {
        text: "Nine months of work, but the agreed services are not completed: Milestone 4, and all of Phase 2, wait for them; the second \
               progress review is due.",
        tell: |life| {
            life.in_pay(T2)
                .assigned(HARBOR, -26)
                .earns(-23, -5, Level::Substantial)
                .settled(HARBOR, -16)
                .reviewed(2, 9, false)
        },
    },
    Story {
        text: "SSI alone, blind: months count by the day of pay, and a pay period may reach over the end of a month.",
        tell: |life| {
            life.titled(Title::T16)
                .blind()
                .in_pay(T16)
                .assigned(PRAIRIE, -26)
                .earns(-25, -13, Level::TrialWork)
                .served(-15)
                .paid_across_months(-12, 1900)
                .earns(-11, -2, Level::SubstantialForTheBlind)
                .settled(PRAIRIE, -20)
        },
    },
    Story {
        text: "SSI alone; for some months only the State supplement was paid, and those are no milestone months.",
        tell: |life| {
            life.titled(Title::T16)
                .on(T16, -110, Some(-13), CurrentPay)
                .on(T16, -12, Some(-8), StateSupplementOnly)
                .on(T16, -7, None, CurrentPay)
                .assigned(HARBOR, -18)
                .earns(-16, -3, Level::TrialWork)
        },
    },
    Story {
        text: "Concurrent benefits, of which only SSI is in pay: the one record is enough for milestones.",
        tell: |life| {
            life.titled(Title::Concurrent)
                .on(T2, -110, Some(-21), CurrentPay)
                .on(T2, -20, None, SuspendedOther)
                .in_pay(T16)
                .assigned(PRAIRIE, -18)
                .earns(-17, -6, Level::TrialWork)
                .works_at("Meadowlark Garden Centre")
        },
    },
    Story {
        text: "Concurrent benefits, for some months in pay on neither record, later both suspended for work: first no milestone, then outcomes.",
        tell: |life| {
            life.titled(Title::Concurrent)
                .on(T2, -110, Some(-19), CurrentPay)
                .on(T16, -110, Some(-19), CurrentPay)
                .on(T2, -18, Some(-15), SuspendedOther)
                .on(T16, -18, Some(-15), SuspendedOther)
                .on(T2, -14, Some(-11), CurrentPay)
                .on(T16, -14, Some(-11), CurrentPay)
                .on(T2, -10, None, SuspendedWork)
                .on(T16, -10, None, SuspendedOther)
                .assigned(HARBOR, -23)
                .earns(-22, -1, Level::Substantial)
                .settled(HARBOR, -19)
        },
    },
    Story {
        text: "Benefits were suspended for a reason other than work: those months are neither milestones nor outcomes.",
        tell: |life| {
            life.on(T2, -110, Some(-15), CurrentPay)
                .on(T2, -14, Some(-10), SuspendedOther)
                .on(T2, -9, None, CurrentPay)
                .assigned(PRAIRIE, -18)
                .earns(-17, -2, Level::TrialWork)
        },
    },
    Story {
        text: "Blind: substantial work begins at a higher amount, which the first months after Phase 1 do not reach.",
        tell: |life| {
            life.blind()
                .in_pay(T2)
                .assigned(PRAIRIE, -26)
                .earns(-25, -16, Level::TrialWork)
                .served(-17)
                .earns(-15, -9, Level::Substantial)
                .earns(-8, -2, Level::SubstantialForTheBlind)
                .settled(PRAIRIE, -16)
        },
    },
];
