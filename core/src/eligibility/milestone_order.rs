//! P1-08.

use super::reason::{Said, Unknown};
use super::rule::{Asked, Decides, Heading, Kind, PHASE_1, Role, Scope, always, rule};
use super::sequence::{
    Counting, assign_phase_1, earlier_milestones_done, is_available, month_holds, month_holds_but_for,
};
use super::words::{unknown_benefits, unknown_levels, unknown_outcome_benefits};
use crate::domain::{Month, PaymentName};
use crate::facts::{Facts, Level, Purpose, Truth};
use std::collections::BTreeSet;

rule! {
    /// Milestones are paid in order: every earlier one that is available has been paid, or attained, in an earlier month.
    ///
    /// # Reading
    /// An earlier milestone counts as attained when, milestones in order and the earliest month first, each in a later month than the
    /// one before and in no month that carries another payment, a month is found in which all its own rules hold. Milestones that
    /// are not available are passed over. A later milestone already paid does not stop a claim for an earlier one. SGA in the
    /// first month earns Milestone 1 alone.
    /// # Example
    /// June 2016 attains Milestone 1, so the third month at the level, August, can attain Milestone 2.
    /// # Sources
    /// 20 CFR 411.525(a)(2)(iii).
    pub(super) const RULE = {
        id: "P1-08", name: "milestone_order", heading: Heading::AttainmentMonth, source: "20 CFR 411.525(a)(2)(iii)",
        role: Role::Decides(Decides { of: PHASE_1, scope: Scope::Sequence, applies: always, holds, explain }),
    };
}

fn number(asked: &Asked) -> u8 {
    match asked.kind {
        Kind::Phase1(number) => number,
        _ => 1,
    }
}

fn holds(facts: &Facts<'_>, asked: &Asked) -> Truth {
    earlier_milestones_done(facts, number(asked), asked.month)
}

fn explain(facts: &Facts<'_>, asked: &Asked, truth: Truth) -> Said {
    explain_order(facts, number(asked), asked.month, truth)
}

/// What is said of the milestones below a number, before a month.
pub(super) fn explain_order(facts: &Facts<'_>, below: u8, before: Month, truth: Truth) -> Said {
    let available: Vec<u8> = (1..below).filter(|lower| is_available(facts, Kind::Phase1(*lower))).collect();
    if available.is_empty() {
        let text =
            if below == 1 { "No milestone comes before this one." } else { "No earlier milestone is available." };
        return Said::new(text);
    }
    let certain = assign_phase_1(facts, &Counting::certain(), before, below - 1).phase_1;
    let month_of = |lower: u8| {
        let attained = certain.get(usize::from(lower) - 1).copied().flatten();
        facts.paid_month(PaymentName::Phase1(lower)).or(attained)
    };
    let open = available.iter().copied().find(|lower| month_of(*lower).is_none_or(|month| month >= before));
    let text = match (open, truth) {
        (Some(lower), Truth::No) => {
            format!("Milestone {lower} is neither paid nor attained in a month before {}.", before.in_words())
        }
        (Some(lower), _) => {
            format!("Whether Milestone {lower} is attained before {} is not known.", before.in_words())
        }
        (None, _) => "Every earlier milestone that is available is paid or attained.".to_owned(),
    };
    let months: Vec<Month> = available.iter().filter_map(|lower| month_of(*lower)).collect();
    let said = Said::new(text).fact("attained", months).fact("open", open);
    if truth == Truth::Unknown { said.missing(unknown_before(facts, below, before)) } else { said }
}

/// What would have to be known of the months that could carry an earlier milestone: of each of them, since any may be enough.
pub(super) fn unknown_before(facts: &Facts<'_>, below: u8, before: Month) -> Vec<Unknown> {
    let certain = assign_phase_1(facts, &Counting::certain(), before, below - 1).phase_1;
    let mut open = Vec::new();
    // First and last month that could carry the next milestone.
    let mut next = (before, before);
    for ((number, mut months), certain) in could_carry(facts, below, before).into_iter().zip(certain).rev() {
        months.retain(|(month, _)| *month < next.1);
        let (Some((first, _)), Some((last, _))) = (months.first().copied(), months.last().copied()) else {
            continue;
        };
        if certain.is_some_and(|certain| certain < next.0) {
            // In time for the next one, whatever the months before it turn out to be.
            break;
        }
        let unknown = months.into_iter().filter(|(_, truth)| *truth == Truth::Unknown);
        open.push(unknown.flat_map(|(month, _)| unknown_of(facts, number, month)).collect::<Vec<_>>());
        next = (first, last);
    }
    let mut seen = BTreeSet::new();
    open.into_iter().rev().flatten().filter(|fact| seen.insert(*fact)).collect()
}

/// The months that could carry each milestone not yet paid, with what is known of them, up to one that does unless the outcome period
/// has begun: then it has for the later ones too.
fn could_carry(facts: &Facts<'_>, below: u8, before: Month) -> Vec<(u8, Vec<(Month, Truth)>)> {
    let possible = assign_phase_1(facts, &Counting::possible(), before, below - 1).phase_1;
    let mut all = Vec::new();
    let mut after = facts.after_assignment.plus(-1);
    for (number, first) in (1..below).zip(possible) {
        let (kind, paid) = (Kind::Phase1(number), facts.paid_month(PaymentName::Phase1(number)));
        let mut months = Vec::new();
        for month in first.into_iter().flat_map(|first| first.through(before.plus(-1))) {
            let truth = month_holds(facts, kind, month);
            if truth == Truth::No || facts.is_used(month) {
                continue;
            }
            months.push((month, truth));
            if month > after && month_holds_but_for(&["OUT-02"], facts, kind, month) == Truth::Yes {
                break;
            }
        }
        let last = months.last().map(|(month, _)| *month).or_else(|| paid.filter(|_| is_available(facts, kind)));
        after = last.map_or(after, |last| after.max(last));
        all.push((number, months));
    }
    all
}

/// What is not known of a month that could carry a milestone.
fn unknown_of(facts: &Facts<'_>, number: u8, month: Month) -> Vec<Unknown> {
    let mut unknown: Vec<Unknown> = unknown_benefits(facts, month).collect();
    unknown.extend(unknown_outcome_benefits(facts, month));
    let window = super::milestones_2_to_4::window(facts, Kind::Phase1(number));
    let first = month.plus(1 - i32::from(window.within)).max(facts.window_start);
    unknown.extend(unknown_levels(facts, Level::TrialWork, first.through(month)));
    let asked = Asked::month_of(Kind::Phase1(1), month);
    if number == 1 && facts.level(Level::TrialWork, month).is_some() {
        let bases = facts.bases(month, Purpose::Milestone);
        if bases.iter().all(|basis| super::milestone_1::reached_on(facts, &asked, *basis) != Truth::Yes) {
            unknown.push(Unknown::PayStatements(month));
        }
    }
    unknown
}

#[cfg(test)]
mod tests {
    use crate::eligibility::Decision;
    use crate::testing::{NO, Story, UNKNOWN, UNLISTED, YES, case, title_ii};

    #[test]
    fn every_earlier_milestone_takes_an_earlier_month() {
        let story = title_ii().earned("2016-06..2016-12", "810");
        for (payment, month) in [("p1m1", "2016-06"), ("p1m2", "2016-08"), ("p1m3", "2016-11")] {
            assert_eq!(story.ask(payment, month).holds("P1-08"), YES, "{payment}");
            assert_eq!(story.ask(payment, month).decision(), Decision::Payable, "{payment}");
        }
        // In pay from August on: Milestone 1 takes August itself.
        let later = case()
            .assigned("2016-05-20")
            .benefit("t2", "2010-01..2016-07", "suspended_other")
            .in_pay("t2", "2016-08..");
        let later = later.earned("2016-06..2016-12", "810");
        assert_eq!(later.ask("p1m2", "2016-08").fails(), ["P1-08"]);
        assert_eq!(later.ask("p1m2", "2016-08").fact("P1-08", "open"), 1);
        assert_eq!(later.ask("p1m2", "2016-09").fails(), [""; 0]);
        // Milestone 2 does not share it, so Milestone 3 waits for October.
        let later = later.earned("2017-01..2017-02", "840");
        assert_eq!(["2016-09", "2016-10"].map(|month| later.ask("p1m3", month).holds("P1-08")), [NO, YES]);
        assert_eq!(title_ii().ask("p2", "2016-08").holds("P1-08"), UNLISTED);
    }

    #[test]
    fn a_paid_milestone_counts_by_its_month_whoever_was_paid() {
        let story = title_ii().earned("2016-06..2016-12", "810");
        let paid = |month| story.clone().paid_to("EN-Z", "p1m1", month, "1398").ask("p1m2", "2016-09").holds("P1-08");
        assert_eq!(["2016-08", "2016-09", "2016-10"].map(paid), [YES, NO, NO]);
        // A later milestone that is paid does not stop an earlier one.
        assert_eq!(story.paid("p1m3", "2016-06").ask("p1m2", "2016-09").holds("P1-08"), YES);
    }

    #[test]
    fn a_month_that_carries_another_payment_attains_nothing() {
        let story = case()
            .assigned("2016-05-20")
            .benefit("t2", "2010-01..2016-07", "suspended_other")
            .in_pay("t2", "2016-08..");
        let story = story.earned("2016-06..2016-10", "810").paid_to("EN-Z", "p2m1", "2016-08", "419");
        assert_eq!(story.ask("p1m2", "2016-09").holds("P1-08"), NO);
        assert_eq!(story.ask("p1m2", "2016-10").holds("P1-08"), YES);
    }

    #[test]
    fn milestones_that_are_not_available_are_passed_over() {
        let story = title_ii().earned("2016-04", "810").benefit("t16", "2016-06..", "ended_other");
        let story = story.earned("2016-06..2016-08", "810");
        assert_eq!(story.ask("p1m1", "2016-06").holds("LB-01"), NO);
        assert_eq!(story.ask("p1m2", "2016-08").fails(), [""; 0]);
        assert_eq!(story.paid("p1m1", "2016-08").ask("p1m2", "2016-08").holds("P1-08"), YES);
    }

    #[test]
    fn what_may_or_may_not_attain_an_earlier_milestone_leaves_it_open() {
        // June and July are not known; August is the first month that is.
        let story = case().assigned("2016-05-20").in_pay("t2", "2016-08..").earned("2016-06..2016-09", "810");
        let claim = story.ask("p1m2", "2016-08").regulation();
        assert_eq!(claim.holds("OUT-02"), UNKNOWN);
        assert_eq!(claim.holds("P1-08"), UNKNOWN);
        assert_eq!(claim.decision(), Decision::Undetermined);
        // May could have begun the outcome period, June could carry Milestone 1.
        assert_eq!(claim.missing_for("P1-08"), ["/case/benefits 2016-05 t2", "/case/benefits 2016-06 t2"]);
        assert_eq!(story.ask("p1m2", "2016-08").holds("P1-08"), UNKNOWN);
        // Without earnings in June and July no answer can help.
        let no_earnings = case().assigned("2016-05-20").in_pay("t2", "2016-08..").earned("2016-08", "810");
        assert_eq!(no_earnings.ask("p1m2", "2016-08").holds("P1-08"), NO);
    }

    #[test]
    fn every_month_that_could_carry_an_earlier_milestone_is_named() {
        let supplement = |story: Story| story.titled("concurrent").benefit("t16", "2010-01..", "supplement");
        let story =
            supplement(case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-05").in_pay("t2", "2016-08.."));
        let story = story.earned("2016-06..2016-07", "900").earned("2016-09", "900");
        let claim = story.ask("p1m2", "2016-09");
        assert_eq!(claim.holds("P1-08"), UNKNOWN);
        assert_eq!(claim.missing_for("P1-08"), ["/case/benefits 2016-06 t2", "/case/benefits 2016-07 t2"]);
        // Each of them alone settles it.
        for known in ["2016-06", "2016-07"] {
            assert_eq!(
                story.clone().in_pay("t2", known).ask("p1m2", "2016-09").decision(),
                Decision::Payable,
                "{known}"
            );
        }
        // June certainly carries Milestone 1; any month from August on could carry Milestone 2.
        let two = supplement(case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-07").in_pay("t2", "2016-11.."));
        let two = two.earned("2016-06..2016-12", "900").ask("p1m3", "2016-11");
        let missing = ["2016-08", "2016-09", "2016-10"].map(|month| format!("/case/benefits {month} t2"));
        assert_eq!(two.missing_for("P1-08"), missing);
        // Phase 2 waits for whichever month carries Milestone 4.
        let four = supplement(case().assigned("2016-05-20").in_pay("t2", "2010-01..2017-01").in_pay("t2", "2017-04.."));
        let four = four.services_completed("2016-12-01").earned("2016-06..2017-04", "1170").ask("p2", "2017-04");
        let missing = ["2017-02", "2017-03"].map(|month| format!("/case/benefits {month} t2"));
        assert_eq!(four.missing_for("P2-03"), missing);
    }

    /// What is missing is enough: once it is known, whatever it turns out to be, nothing is open.
    #[test]
    fn what_is_named_settles_the_answer() {
        let months: Vec<String> = (6..=12).map(|month| format!("2016-{month:02}")).collect();
        let mut open = 0;
        for known in 0..1_u32 << months.len() {
            let mut story =
                case().titled("concurrent").assigned("2016-05-20").benefit("t16", "2010-01..", "supplement");
            story = story.in_pay("t2", "2010-01..2016-05").in_pay("t2", "2017-01..").services_completed("2016-06-01");
            for (at, month) in months.iter().enumerate().filter(|(at, _)| known & (1 << at) != 0) {
                story = story.benefit("t2", month, if at % 3 == 1 { "suspended_other" } else { "current_pay" });
            }
            story = story.earned("2016-06..2017-06", "1170");
            let asked = [
                ("p1m2", "2016-09"),
                ("p1m2", "2017-01"),
                ("p1m3", "2016-12"),
                ("p1m3", "2017-01"),
                ("p1m4", "2017-02"),
                ("p2m1", "2017-03"),
                ("p2m2", "2017-04"),
            ];
            for (story, (payment, claimed)) in asked
                .map(|asked| [(story.clone().earned("2016-07", "100"), asked), (story.clone(), asked)])
                .into_iter()
                .flatten()
            {
                let claim = story.ask(payment, claimed);
                if claim.decision() != Decision::Undetermined {
                    continue;
                }
                open += 1;
                let missing = claim.answer().missing;
                for pattern in 0..3 {
                    let fill = |story: Story, (at, month): (usize, String)| {
                        let in_pay = [false, true, at % 2 == 0][pattern];
                        story.benefit("t2", &month, if in_pay { "current_pay" } else { "suspended_other" })
                    };
                    let named = missing.iter().map(|missing| missing.month.unwrap().to_string()).enumerate();
                    let decision = named.fold(story.clone(), fill).ask(payment, claimed).decision();
                    assert_ne!(decision, Decision::Undetermined, "{payment} {known:b} {pattern}");
                }
            }
        }
        assert!(open > 300, "{open}");
    }

    #[test]
    fn half_a_level_without_statements_may_attain_milestone_1() {
        let story = case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-06").in_pay("t2", "2016-10..");
        let story = story.benefit("t2", "2016-07..2016-09", "suspended_other").earned("2016-06", "405");
        let claim = story.earned("2016-07..2016-10", "810").ask("p1m2", "2016-10");
        assert_eq!([claim.holds("P1-02"), claim.holds("P1-08")], [YES, UNKNOWN]);
        assert_eq!(claim.missing_for("P1-08"), ["/case/pay_statements 2016-06"]);
        assert_eq!(claim.regulation().holds("P1-08"), YES);
    }
}
