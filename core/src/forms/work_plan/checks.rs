//! The checks of a work plan between its fields, and against the levels of its month. One whose fields are missing holds.

use super::{Draft, PlanType, code};
use crate::Engine;
use crate::domain::{Month, Usd};
use crate::facts::is_late;
use crate::forms::{Person, Sheet};
use crate::problem::{Code, Problem};
use jiff::civil::Date;

/// What a check may look at.
struct Seen<'s> {
    draft: &'s Draft,
    /// Only a person about whom the plan may be filed.
    person: Option<&'s Person>,
    received_on: Date,
    engine: &'s Engine,
}

struct Check {
    code: &'static Code,
    at: &'static str,
    is_broken: fn(&Seen<'_>) -> bool,
}

const CHECKS: &[Check] = &[
    Check {
        code: &code::IWP_SIGNATURE_FUTURE,
        at: "/beneficiary_signed_on",
        is_broken: |seen| seen.is_future(seen.draft.beneficiary_signed_on),
    },
    Check {
        code: &code::IWP_SIGNATURE_FUTURE,
        at: "/en_signed_on",
        is_broken: |seen| seen.is_future(seen.draft.en_signed_on),
    },
    Check {
        code: &code::IWP_DISCUSSION_AFTER_SIGNATURE,
        at: "/discussion_date",
        is_broken: |seen| {
            let signed = [seen.draft.beneficiary_signed_on, seen.draft.en_signed_on];
            seen.draft.discussion_date.is_some_and(|day| signed.into_iter().flatten().any(|signed| signed < day))
        },
    },
    Check {
        code: &code::IWP_LATE_14_DAYS,
        at: "/en_signed_on",
        is_broken: |seen| seen.draft.plan_type == Some(PlanType::Initial) && seen.is_late(),
    },
    // An amendment is of a ticket whose first month has been settled by the plan before it.
    Check {
        code: &code::IWP_AMENDMENT_LATE_14_DAYS,
        at: "/en_signed_on",
        is_broken: |seen| seen.draft.plan_type == Some(PlanType::Amendment) && seen.is_late(),
    },
    Check {
        code: &code::IWP_NO_ONGOING_SUPPORT,
        at: "/later_services",
        is_broken: |seen| {
            let choices = seen.engine.options().list("services");
            let is_ongoing = |word: &str| choices.iter().any(|choice| choice.ongoing && &*choice.code == word);
            seen.draft.later_services.as_ref().is_some_and(|all| !all.iter().any(|word| is_ongoing(word)))
        },
    },
    Check {
        code: &code::IWP_EARNINGS_BELOW_TWL,
        at: "/expected_earnings_short",
        is_broken: |seen| {
            let level = seen.engine.parameters().thresholds(Month::from(seen.received_on).year()).trial_work_level;
            seen.is_below("earnings_band_short", seen.draft.expected_earnings_short.as_deref(), level)
        },
    },
    Check {
        code: &code::IWP_EARNINGS_BELOW_SGA,
        at: "/expected_earnings_long",
        is_broken: |seen| {
            let levels = seen.engine.parameters().thresholds(Month::from(seen.received_on).year());
            let level =
                seen.person.and_then(|person| if person.case.blind { levels.sga_blind } else { levels.sga_non_blind });
            seen.is_below("earnings_band_long", seen.draft.expected_earnings_long.as_deref(), level)
        },
    },
];

impl Seen<'_> {
    fn is_future(&self, day: Option<Date>) -> bool {
        day.is_some_and(|day| day > self.received_on)
    }

    fn is_late(&self) -> bool {
        let terms = self.engine.parameters().terms(self.received_on.into());
        self.draft.latest_signature().is_some_and(|signed| is_late(signed, self.received_on, terms))
    }

    /// The problem of a check, with the numbers of its sentence.
    fn told(&self, check: &Check) -> Problem {
        let problem = Problem::new(check.code, check.at);
        let received = Month::from(self.received_on);
        let limit = self.engine.parameters().terms(received).plan_receipt_days;
        match check.code.id {
            "IWP_LATE_14_DAYS" => problem.with("limit", limit).with("from", received.plus(1).to_string()),
            "IWP_AMENDMENT_LATE_14_DAYS" => problem.with("limit", limit),
            _ => problem,
        }
    }

    /// The whole band lies below a level; not so where the level of the year is not known.
    fn is_below(&self, list: &str, band: Option<&str>, level: Option<Usd>) -> bool {
        let choice = self.engine.options().list(list).iter().find(|choice| Some(&*choice.code) == band);
        let highest = choice.and_then(|choice| Usd::parse(choice.to.as_deref()?));
        highest.zip(level).is_some_and(|(highest, level)| highest < level)
    }
}

pub(super) fn run(draft: &Draft, person: Option<&Person>, sheet: &mut Sheet<'_>) {
    let seen = Seen { draft, person, received_on: sheet.desk.received_on, engine: sheet.desk.engine };
    for check in CHECKS.iter().filter(|check| (check.is_broken)(&seen)) {
        sheet.add(seen.told(check));
    }
}
