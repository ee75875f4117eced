//! OUT-03.

use super::one_payment_a_month::{explain_use, is_paid};
use super::phase_2_number::{explain_number, number_is_due};
use super::reason::Said;
use super::rule::{Asked, Decides, Heading, OUTCOMES, Role, Scope, always, rule};
use super::words::{earnings, unknown_levels};
use crate::domain::PaymentName;
use crate::facts::{Facts, Purpose, Truth};

rule! {
    /// An outcome month needs earnings at or above SGA; a ticket carries up to 36 outcomes under title II, 60 under title XVI, one a month.
    ///
    /// # Reading
    /// The blind amount for the blind. Under `regulation` a title XVI month has no floor of earnings (OUT-04). The payments of all providers
    /// count together. A number can be claimed when every lower one is paid or has an earlier month of its own; `outcome` means
    /// the lowest number not yet paid.
    /// # Example
    /// Suspended because of work in May 2017 with $1,170: an outcome. With $1,169.99: none under title II.
    /// # Sources
    /// EN Payments Checklist, Outcome, Availability; 20 CFR 411.575(b)(1).
    pub(super) const RULE = {
        id: "OUT-03", name: "outcome_earnings", heading: Heading::Outcome,
        source: "EN Payments Checklist, Outcome, Availability; 20 CFR 411.575(b)(1)",
        role: Role::Decides(Decides { of: OUTCOMES, scope: Scope::Sequence, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    let unused: Truth = (!facts.is_used(asked.month)).into();
    let highest = facts.terms.outcome_count(facts.ticket_title);
    unused.and(facts.outcome_earnings_reached(asked.month)).and(number_is_due(
        facts,
        asked,
        highest,
        PaymentName::Outcome,
    ))
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    if facts.is_used(asked.month) || is_paid(facts, asked) {
        return explain_use(facts, asked);
    }
    let highest = facts.terms.outcome_count(facts.ticket_title);
    let due = number_is_due(facts, asked, highest, PaymentName::Outcome);
    // A number that is certainly not due fails, whatever is known of the earnings.
    let reached = facts.outcome_earnings_reached(asked.month);
    if due != Truth::Yes && reached == Truth::Yes || due == Truth::No && reached == Truth::Unknown {
        return explain_number(facts, asked, due, highest, PaymentName::Outcome);
    }
    if !facts.outcome_has_floor(asked.month) {
        return Said::new(
            "Under the regulation a title XVI month without federal cash because of earnings needs no amount of earnings.",
        );
    }
    let level = facts.level(facts.outcome_level(), asked.month);
    let is_enough = |amount| level.is_some_and(|level| amount >= level);
    let (amount, basis) = earnings(facts, asked.month, Purpose::Outcome, is_enough);
    let text = match level {
        Some(level) => format!(
            "Earnings of {} in {} are {}at or above SGA, {}.",
            amount.in_words(),
            asked.month.in_words(),
            if facts.outcome_earnings_reached(asked.month) == Truth::Yes { "" } else { "not " },
            level.in_words()
        ),
        None => format!("SGA of {} is not known.", asked.month.year()),
    };
    let said = Said::new(text).fact("earnings", amount).fact("basis", basis.as_str()).fact("sga", level);
    let said = said.fact("number", asked.number).fact("highest", highest);
    if truth == Truth::Unknown {
        let of_number = explain_number(facts, asked, due, highest, PaymentName::Outcome).missing;
        return said
            .missing(unknown_levels(facts, facts.outcome_level(), std::iter::once(asked.month)))
            .missing(of_number);
    }
    said
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        Claim, NO, POLICIES, Story, UNKNOWN, UNLISTED, YES, case, concurrent, suspended_from, title_ii,
    };

    fn holds(story: &Story, month: &str, policy: &str) -> Option<crate::Truth> {
        story.ask("outcome", month).under(policy).holds("OUT-03")
    }

    fn payment(claim: &Claim) -> String {
        serde_json::to_value(claim.answer()).unwrap()["payment"].as_str().unwrap().to_owned()
    }

    #[test]
    fn an_outcome_month_is_at_sga_of_its_year() {
        for policy in POLICIES {
            for (month, amount, answer) in [
                ("2016-12", "1129.99", NO),
                ("2016-12", "1130", YES),
                ("2017-01", "1169.99", NO),
                ("2017-01", "1170", YES),
            ] {
                let story = suspended_from("2016-06").earned(month, amount);
                assert_eq!(holds(&story, month, policy), answer, "{month} {amount} {policy}");
            }
            let blind = |amount| holds(&suspended_from("2016-06").blind().earned("2016-12", amount), "2016-12", policy);
            assert_eq!([blind("1819.99"), blind("1820")], [NO, YES], "{policy}");
        }
        assert_eq!(suspended_from("2016-06").ask("outcome", "2016-12").fact("OUT-03", "sga"), "1130.00");
        assert_eq!(title_ii().ask("p2", "2016-12").holds("OUT-03"), UNLISTED);
    }

    #[test]
    fn the_regulation_has_no_floor_for_a_title_xvi_month() {
        let title_xvi = case().titled("t16").assigned("2016-05-20").benefit("t16", "2016-05..", "suspended_work");
        for (paid, operations, regulation) in [("0", NO, YES), ("1129.99", NO, YES), ("1130", YES, YES)] {
            let story = title_xvi.clone().earned("2016-12", "9000").paid_out("2016-12", paid);
            assert_eq!(holds(&story, "2016-12", "operations"), operations, "{paid}");
            assert_eq!(holds(&story, "2016-12", "regulation"), regulation, "{paid}");
        }
        let both = concurrent("suspended_work", "suspended_work");
        assert_eq!(holds(&both, "2016-12", "regulation"), NO);
        // A month of title XVI alone is one, whatever the title today.
        let was_on_t16 = case().assigned("2016-05-20").benefit("t16", "2016-05..2016-12", "suspended_work");
        let was_on_t16 = was_on_t16.benefit("t2", "2017-01..", "suspended_work");
        assert_eq!(["2016-12", "2017-01"].map(|month| holds(&was_on_t16, month, "regulation")), [YES, NO]);
    }

    #[test]
    fn concurrent_months_are_counted_by_the_record_out_of_pay_because_of_work() {
        for (t2, t16, earned, paid) in [
            ("suspended_work", "suspended_work", YES, YES),
            ("suspended_work", "suspended_other", YES, NO),
            ("suspended_other", "ended_work", NO, YES),
            ("suspended_other", "suspended_other", YES, YES),
            ("suspended_work", "?", YES, NO),
        ] {
            let story = concurrent(t2, t16);
            assert_eq!(holds(&story.clone().earned("2016-12", "1130"), "2016-12", "operations"), earned, "{t2} {t16}");
            assert_eq!(holds(&story.paid_out("2016-12", "1130"), "2016-12", "operations"), paid, "{t2} {t16}");
        }
    }

    #[test]
    fn a_month_carries_one_payment_and_each_outcome_is_paid_once() {
        let story = suspended_from("2016-06").earned("2016-06..2017-12", "1170");
        for used in ["p1m1", "p2m1", "outcome7"] {
            let story = story.clone().paid_to("EN-Z", used, "2016-09", "419");
            assert_eq!(story.ask("outcome1", "2016-09").fails(), ["OUT-03"], "{used}");
            assert_eq!(story.ask("outcome1", "2016-10").fails(), [""; 0], "{used}");
        }
        assert_eq!(story.clone().paid("reconciliation", "2016-09").ask("outcome1", "2016-09").fails(), [""; 0]);
        assert_eq!(story.paid("outcome1", "2016-06").ask("outcome1", "2016-09").fails(), ["OUT-03"]);
    }

    #[test]
    fn lower_outcomes_need_earlier_months_of_their_own() {
        let story = suspended_from("2016-06").earned("2016-06 2016-08..2016-09", "1170");
        for (payment, month, answer) in [
            ("outcome1", "2016-06", YES),
            ("outcome2", "2016-06", NO),
            ("outcome2", "2016-08", YES),
            ("outcome3", "2016-08", NO),
            ("outcome3", "2016-09", YES),
        ] {
            assert_eq!(story.ask(payment, month).holds("OUT-03"), answer, "{payment} {month}");
        }
        let paid = story.paid("outcome1", "2016-09");
        assert_eq!(["outcome2", "outcome3"].map(|p| paid.ask(p, "2016-06").holds("OUT-03")), [YES, NO]);
        assert_eq!(payment(&paid.ask("outcome", "2016-06")), "outcome2");
    }

    #[test]
    fn a_ticket_carries_thirty_six_or_sixty() {
        for (title, highest) in [("t2", 36), ("t16", 60)] {
            let story = case().titled(title).assigned("2016-05-20").benefit(title, "2017-12..", "suspended_work");
            let story = story.earned("2017-12", "1170").paid_out("2017-12", "1170");
            let paid = |count| story.clone().paid_in_turn("outcome", 1..=count, "2018-01");
            let last = paid(highest - 1).ask("outcome", "2017-12");
            assert_eq!((payment(&last), last.holds("OUT-03")), (format!("outcome{highest}"), YES));
            let none = paid(highest).ask("outcome", "2017-12");
            assert_eq!((payment(&none).as_str(), none.holds("OUT-03")), ("outcome", NO));
            if title == "t2" {
                assert_eq!(paid(highest).ask("outcome37", "2017-12").holds("OUT-03"), NO);
            }
        }
    }

    #[test]
    fn what_is_not_known_leaves_it_open() {
        let claim = suspended_from("2026-12").earned("2026-12..2027-01", "9000").ask("outcome1", "2027-01");
        assert_eq!(claim.holds("OUT-03"), UNKNOWN);
        assert_eq!(claim.missing_for("OUT-03"), ["/parameters/thresholds/2027"]);
        let gap =
            case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-05").benefit("t2", "2016-07..", "suspended_work");
        let claim = gap.earned("2016-06..2016-07", "1130").ask("outcome2", "2016-07");
        assert_eq!(claim.holds("OUT-03"), UNKNOWN);
        assert_eq!(claim.missing_for("OUT-03"), ["/case/benefits 2016-06 t2"]);
    }
}
