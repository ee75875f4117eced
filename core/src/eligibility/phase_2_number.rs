//! P2-02.

use super::milestone_order::unknown_before;
use super::one_payment_a_month::is_paid;
use super::phase_2_after_phase_1::AFTER_PHASE_1;
use super::reason::{Said, Unknown};
use super::rule::{Asked, Decides, Heading, Kind, PHASE_2, Role, Scope, always, rule};
use super::sequence::earlier_months;
use super::words::{unknown_benefits, unknown_levels, unknown_outcome_benefits};
use crate::domain::{Month, PaymentName};
use crate::facts::{Facts, Truth};

rule! {
    /// A ticket carries up to eleven Phase 2 milestones under title II, eighteen under title XVI, each once, and a number only after the
    /// lower ones.
    ///
    /// # Reading
    /// A number can be claimed when every lower number is paid, or has an earlier month of its own that could carry it. Numbers are
    /// counts, not a chronology: a month before one already paid may be claimed. `p2` means the lowest number not yet paid.
    /// # Example
    /// p2m1 paid, two unpaid months at SGA: `p2m3` can be claimed for the second of them, `p2m2` for either.
    /// # Sources
    /// 20 CFR 411.535(a)(2); EN Payments Checklist, Ph2/Ms.
    pub(super) const RULE = {
        id: "P2-02", name: "phase_2_number", heading: Heading::Phase2, source: "20 CFR 411.535(a)(2)",
        role: Role::Decides(Decides { of: PHASE_2, scope: Scope::Sequence, applies: always, holds, explain }),
    };
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    number_is_due(facts, asked, facts.terms.phase_2_count(facts.ticket_title), PaymentName::Phase2)
}

/// Whether a number is within the ticket's count, not yet paid, and preceded by as many months as there are lower unpaid numbers.
pub(super) fn number_is_due(facts: &Facts<'_>, asked: &Asked, highest: u8, name: fn(u8) -> PaymentName) -> Truth {
    let Some(number) = asked.number.filter(|number| *number <= highest) else { return Truth::No };
    if is_paid(facts, asked) {
        return Truth::No;
    }
    let lower = lower_unpaid(facts, number, name);
    if lower == 0 {
        return Truth::Yes;
    }
    let (certain, possible) = earlier_months(facts, asked.kind, asked.month);
    let count = |months: &[Month]| u16::try_from(months.len()).unwrap_or(u16::MAX);
    Truth::at_least(lower, (count(&certain), count(&possible)))
}

fn lower_unpaid(facts: &Facts<'_>, number: u8, name: fn(u8) -> PaymentName) -> u16 {
    (1..number).fold(0, |count, lower| count + u16::from(facts.paid_month(name(lower)).is_none()))
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    explain_number(facts, asked, truth, facts.terms.phase_2_count(facts.ticket_title), PaymentName::Phase2)
}

/// What is said of a number: too high, paid already, or how many months the lower ones still need.
pub(super) fn explain_number(
    facts: &Facts<'_>,
    asked: &Asked,
    truth: Truth,
    highest: u8,
    name: fn(u8) -> PaymentName,
) -> Said {
    let what = if asked.kind == Kind::Phase2 { "Phase 2 milestones" } else { "outcome payments" };
    let Some(number) = asked.number.filter(|number| *number <= highest) else {
        let text = match asked.number {
            Some(number) => format!("The ticket carries {highest} {what}; there is no number {number}."),
            None => format!("All {highest} {what} of the ticket have been paid."),
        };
        return Said::new(text).fact("highest", highest).fact("number", asked.number);
    };
    if is_paid(facts, asked) {
        return super::one_payment_a_month::explain_use(facts, asked);
    }
    let lower = lower_unpaid(facts, number, name);
    let (certain, possible) =
        if lower == 0 { (vec![], vec![]) } else { earlier_months(facts, asked.kind, asked.month) };
    let open: Vec<Month> = possible.into_iter().filter(|month| !certain.contains(month)).collect();
    let text = if lower == 0 {
        format!("Number {number} of the ticket's {highest} {what} is due.")
    } else {
        let earlier = |count: usize| match count {
            0 => "no earlier month".to_owned(),
            1 => "1 earlier month".to_owned(),
            count => format!("{count} earlier months"),
        };
        let months = match (certain.len(), open.len()) {
            (count, 0) => format!("{} could carry one", earlier(count)),
            (0, more) => format!("of {} it is not known whether it could carry one", earlier(more)),
            (count, more) => format!("{} could carry one, of {more} more it is not known", earlier(count)),
        };
        format!("Of the lower {what}, {lower} {} not paid; {months}.", super::words::are(lower))
    };
    let said = Said::new(text).fact("number", number).fact("highest", highest).fact("earlier_months", certain);
    if truth == Truth::Unknown { said.missing(unknown_of_months(facts, asked.kind, &open)) } else { said }
}

/// What is not known of months that could carry a payment of a kind, the earliest first.
pub(super) fn unknown_of_months(facts: &Facts<'_>, kind: Kind, months: &[Month]) -> Vec<Unknown> {
    let level = if kind == Kind::Phase2 { facts.phase_2_level() } else { facts.outcome_level() };
    let mut unknown: Vec<Unknown> = months.iter().flat_map(|month| unknown_benefits(facts, *month)).collect();
    unknown.extend(months.last().into_iter().flat_map(|last| unknown_outcome_benefits(facts, *last)));
    unknown.extend(unknown_levels(facts, level, months.iter().copied()));
    if kind == Kind::Phase2
        && let Some(last) = months.last()
    {
        unknown.extend(unknown_before(facts, AFTER_PHASE_1, *last));
    }
    unknown
}

#[cfg(test)]
mod tests {
    use crate::testing::{NO, Story, UNKNOWN, YES, case, title_ii, title_xvi};

    /// All of Phase 1 is paid, and SGA is reached from March to May 2017.
    fn three_months() -> Story {
        title_ii().phase_1_paid().earned("2017-03..2017-05", "1170")
    }

    fn payment(claim: &crate::testing::Claim) -> String {
        serde_json::to_value(claim.answer()).unwrap()["payment"].as_str().unwrap().to_owned()
    }

    #[test]
    fn without_a_number_the_lowest_one_not_paid_is_meant() {
        let story = three_months().paid("p2m1", "2017-03").paid_to("EN-Z", "p2m3", "2018-01", "423");
        let claim = story.ask("p2", "2017-04");
        assert_eq!((payment(&claim).as_str(), claim.holds("P2-02")), ("p2m2", YES));
        let claim = story.paid("p2m2", "2018-02").ask("p2", "2017-04");
        assert_eq!((payment(&claim).as_str(), claim.holds("P2-02")), ("p2m4", YES));
    }

    #[test]
    fn a_ticket_carries_eleven_or_eighteen() {
        for (story, highest) in [(title_ii(), 11), (title_xvi(), 18)] {
            let paid = |count| story.clone().phase_1_paid().paid_in_turn("p2m", 1..=count, "2018-01");
            let last = format!("p2m{highest}");
            assert_eq!(paid(highest - 1).ask(&last, "2017-03").holds("P2-02"), YES);
            assert_eq!(payment(&paid(highest - 1).ask("p2", "2017-03")), last);
            let all_paid = paid(highest).ask("p2", "2017-03");
            assert_eq!((payment(&all_paid).as_str(), all_paid.holds("P2-02")), ("p2", NO));
        }
        let twelfth = title_ii().phase_1_paid().paid_in_turn("p2m", 1..=11, "2018-01").ask("p2m12", "2017-03");
        assert_eq!(twelfth.holds("P2-02"), NO);
        // A ticket first paid under title XVI alone keeps eighteen.
        let converted = case().assigned("2016-05-20").in_pay("t16", "2010-01..2016-06").in_pay("t2", "2016-07..");
        let converted = converted.phase_1_paid().paid_in_turn("p2m", 1..=11, "2018-01");
        assert_eq!(converted.ask("p2m12", "2017-03").holds("P2-02"), YES);
    }

    #[test]
    fn each_number_is_paid_once() {
        let story = three_months().paid_to("EN-Z", "p2m1", "2017-03", "420");
        assert_eq!(story.ask("p2m1", "2017-04").fails(), ["P2-02"]);
        assert_eq!(story.ask("p2m1", "2017-04").fact("P2-02", "month"), "2017-03");
    }

    #[test]
    fn lower_numbers_need_earlier_months_of_their_own() {
        for (payment, month, holds) in [
            ("p2m1", "2017-03", YES),
            ("p2m2", "2017-03", NO),
            ("p2m2", "2017-04", YES),
            ("p2m3", "2017-04", NO),
            ("p2m3", "2017-05", YES),
            // The claimed month need not qualify for this rule; P2-01 asks that.
            ("p2m4", "2017-06", YES),
            ("p2m5", "2017-06", NO),
        ] {
            assert_eq!(three_months().ask(payment, month).holds("P2-02"), holds, "{payment} {month}");
        }
        // A month that carries a payment is no longer free for a lower number, and a paid number needs none.
        let one_paid = three_months().paid("p2m1", "2017-03");
        assert_eq!(one_paid.ask("p2m3", "2017-04").holds("P2-02"), NO);
        assert_eq!(one_paid.ask("p2m3", "2017-05").holds("P2-02"), YES);
        // The month that Milestone 4 would take is no month of Phase 2.
        let attained = title_ii().earned("2016-06..2017-04", "1170").services_completed("2016-12-01");
        assert_eq!(["2017-03", "2017-04"].map(|month| attained.ask("p2m2", month).holds("P2-02")), [NO, YES]);
        // Numbers are counts, not a chronology.
        assert_eq!(three_months().paid("p2m1", "2017-05").ask("p2m2", "2017-03").holds("P2-02"), YES);
    }

    #[test]
    fn a_month_that_may_qualify_leaves_it_open() {
        let story = case().assigned("2016-05-20").in_pay("t2", "2010-01..2017-03").in_pay("t2", "2017-05..");
        let claim = story.phase_1_paid().earned("2017-04..2017-05", "1170").ask("p2m2", "2017-05");
        assert_eq!(claim.holds("P2-02"), UNKNOWN);
        assert_eq!(claim.missing_for("P2-02"), ["/case/benefits 2017-04 t2"]);
    }
}
