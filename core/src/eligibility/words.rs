//! Words that several rules share.

use super::reason::{Amount, Unknown};
use super::rule::{Asked, Kind};
use crate::domain::{Month, PayStatement, Record, StatementKind, Usd};
use crate::facts::{Basis, Facts, Level, Purpose};

/// `1 month`, `3 months`.
pub(super) fn months(count: impl Into<i64>) -> String {
    let count = count.into();
    format!("{count} month{}", if count == 1 { "" } else { "s" })
}

/// `is` or `are`.
pub(super) fn are(count: impl Into<i64>) -> &'static str {
    if count.into() == 1 { "is" } else { "are" }
}

/// The month in which the outcome period began, where that is certain; else that in which it had begun.
pub(super) fn begun(facts: &Facts<'_>, certain: Month) -> String {
    let at_the_latest = facts.outcome_period_first().1.is_some_and(|possible| possible < certain);
    format!("{}{}", certain.in_words(), if at_the_latest { " at the latest" } else { "" })
}

/// The title of a record as a sentence has it.
pub(super) const fn title(record: Record) -> &'static str {
    match record {
        Record::T2 => "title II",
        Record::T16 => "title XVI",
    }
}

/// The statuses of a month that are not known.
pub(super) fn unknown_benefits(facts: &Facts<'_>, month: Month) -> impl Iterator<Item = Unknown> {
    let records = facts.records_of(month).iter();
    records
        .filter(move |record| facts.month(month).status(**record).is_none())
        .map(move |r| Unknown::Benefits(month, *r))
}

/// The statuses that leave the beginning or the length of the outcome period open up to a month.
pub(super) fn unknown_outcome_benefits(facts: &Facts<'_>, by: Month) -> Vec<Unknown> {
    facts.unknown_outcome_months(by).flat_map(|month| unknown_benefits(facts, month)).collect()
}

/// The years among some months in which a level is not known.
pub(super) fn unknown_levels(facts: &Facts<'_>, level: Level, months: impl Iterator<Item = Month>) -> Vec<Unknown> {
    let mut years: Vec<i32> = months.filter(|m| facts.level(level, *m).is_none()).map(Month::year).collect();
    years.dedup();
    years.into_iter().map(Unknown::Thresholds).collect()
}

/// A level in each year from one month to another.
pub(super) fn levels_by_year(facts: &Facts<'_>, level: Level, first: Month, last: Month) -> Vec<Amount> {
    (first.year()..=last.year())
        .filter_map(|year| Month::new(i16::try_from(year).ok()?, 1).into())
        .map(|january| Amount { year: january.year(), amount: facts.level(level, january) })
        .collect()
}

/// What each record's status is in a month: `title II in current pay`.
pub(super) fn statuses(facts: &Facts<'_>, month: Month) -> String {
    let mut text = String::new();
    for record in facts.records_of(month) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(title(*record));
        text.push(' ');
        text.push_str(facts.month(month).status(*record).map_or("not known", |status| status.in_words()));
    }
    text
}

/// The month's earnings on the basis that decides, with that basis: the first that is enough, else the first that counts (C-09).
pub(super) fn earnings(
    facts: &Facts<'_>,
    month: Month,
    purpose: Purpose,
    is_enough: impl Fn(Usd) -> bool,
) -> (Usd, Basis) {
    let all = facts.bases(month, purpose);
    let amount = |basis: Basis| facts.month(month).earnings(basis);
    let enough = all.iter().copied().find(|basis| is_enough(amount(*basis)));
    let basis = enough.or_else(|| all.first().copied()).unwrap_or(Basis::Earned);
    (amount(basis), basis)
}

/// The pay statements that fall into the claimed month on a basis that counts there, with that basis.
pub(super) fn statements_of<'a>(
    facts: &Facts<'a>,
    asked: &Asked,
) -> impl Iterator<Item = (&'a PayStatement, Basis)> + use<'a> {
    let bases = if asked.kind == Kind::Reconciliation { &[] } else { facts.bases(asked.month, asked.purpose()) };
    let (case, month) = (facts.case, asked.month);
    let earnings = case.pay_statements.iter().filter(|statement| statement.kind != StatementKind::NotEarnings);
    earnings.flat_map(move |statement| {
        bases.iter().filter(move |basis| basis.month_of(statement) == month).map(move |basis| (statement, *basis))
    })
}

/// The same without those over which a posted total of the month wins.
pub(super) fn counted_statements<'a>(
    facts: &Facts<'a>,
    asked: &Asked,
) -> impl Iterator<Item = (&'a PayStatement, Basis)> + use<'a> {
    let posted = facts.case.earnings.iter().find(|entry| entry.month == asked.month);
    statements_of(facts, asked).filter(move |(_, basis)| {
        let total = posted.and_then(|entry| match basis {
            Basis::Earned => entry.earned,
            Basis::Paid => entry.paid,
        });
        total.is_none()
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{Claim, case, concurrent, suspended_from};

    #[test]
    fn earnings_are_told_by_the_basis_that_decides() {
        let told = |status: &str, earned: &str, paid: &str, payment: &str, rule: &str| {
            let story = concurrent(status, status).earned("2016-06", earned).paid_out("2016-06", paid);
            let claim = story.ask(payment, "2016-06");
            (claim.fact(rule, "basis").as_str().unwrap().to_owned(), claim.answer().earnings_basis.unwrap())
        };
        for (status, payment, rule) in [
            ("current_pay", "p2", "P2-01"),
            ("suspended_work", "outcome", "OUT-03"),
            ("ended_work", "outcome", "BEN-05"),
        ] {
            for (earned, paid, basis) in [
                ("1131", "5000", "earned"),
                ("1000", "1131", "paid"),
                ("1131", "1000", "earned"),
                ("500", "1000", "earned"),
            ] {
                assert_eq!(
                    told(status, earned, paid, payment, rule),
                    (basis.to_owned(), basis),
                    "{rule} {earned} {paid}"
                );
            }
        }
    }

    #[test]
    fn a_reason_says_no_more_than_is_so() {
        let says = |claim: &Claim, rule: &str, text: &str| assert_eq!(claim.text(rule), text, "{rule}");
        // June 2016 is not known: it may have begun the outcome period, and may carry the first outcome.
        let unknown = case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-05");
        let unknown = unknown.benefit("t2", "2016-07..", "suspended_work").earned("2016-06..2016-07", "1130");
        let outcome = unknown.ask("outcome2", "2016-07");
        says(
            &outcome,
            "OUT-03",
            "Of the lower outcome payments, 1 is not paid; of 1 earlier month it is not known whether it could carry one.",
        );
        says(&outcome, "OUT-01", "The outcome period began in July 2016 at the latest.");
        let count = "1 outcome payment is qualified for up to July 2016, of 1 more it is not known; 12 are needed.";
        says(&unknown.ask("reconciliation", "2016-07"), "REC-01", count);
        // Months of the period, whether the claimed one is one of them or not.
        let ended = suspended_from("2016-07..2016-09").in_pay("t2", "2016-10..");
        let of_period = |month: &str| ended.ask("outcome", month).text("OUT-02");
        assert_eq!(of_period("2016-06"), "The outcome period has not begun by June 2016.");
        assert_eq!(of_period("2016-12"), "Up to December 2016 the outcome period has had 3 of its 36 months.");
        let long = suspended_from("2016-06").ask("outcome", "2019-06");
        says(&long, "OUT-02", "Up to June 2019 the outcome period has had 37 months; it lasts 36.");
        // What only one policy asks.
        let other = case().assigned("2016-05-20").benefit("t2", "2010-01..", "suspended_other");
        let regulation = other.ask("outcome1", "2016-06").regulation();
        says(&regulation, "BEN-06", "Suspension for a reason other than work makes no outcome month.");
        let phase_2 = other.phase_1_paid().earned("2017-03", "1180").ask("p2m1", "2017-03").regulation();
        says(&phase_2, "P2-05", "March 2017 meets the tests of outcome period and termination.");
        // An agency's own case for which it was reimbursed is closed all the same.
        let agency = case().assigned_to("VR-1", "state_vr_as_en", "2016-05-20").in_pay("t2", "2010-01..");
        let agency = agency.vr_closed("VR-1", "2014-03-01").vr_case("cost_reimbursed", true);
        let text =
            "Before the assignment the agency closed no case of its own successfully without being reimbursed for it.";
        says(&agency.ask("p1m1", "2016-06").by("VR-1"), "SVR-06", text);
    }
}
