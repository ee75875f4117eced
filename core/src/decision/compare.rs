//! Two states of one case: which payments change, and what is over- or underpaid (LB-08, OVP-01, OVP-02).

use super::ledger::{Status, ledger};
use crate::domain::{Case, Month, PaymentAsked, PaymentName, TicketPayment, Usd};
use crate::eligibility::judge::judge;
use crate::eligibility::{Asked, Decision, Verdict};
use crate::facts::{Facts, PolicyName, Standpoint, same_earnings, ticket_title};
use crate::params::Parameters;
use crate::read::{CompareRequest, LedgerRequest, Read};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// What changes between two states of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// One entry for each payment whose amount differs, in the order of the ledger.
    pub changes: Vec<Change>,
    /// The policy by which both were judged.
    pub policy: PolicyName,
    /// Version of rules and parameters.
    pub rules_version: Box<str>,
}

/// One payment that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The payment.
    pub payment: PaymentName,
    /// The month it was due for, or now is.
    pub month: Month,
    /// What was due on the earlier state.
    pub before: Usd,
    /// What is due on the later one.
    pub after: Usd,
    /// The difference, signed.
    pub difference: Usd,
    /// Overpaid or missed.
    pub effect: Effect,
    /// Whether the difference is adjusted: not when the benefits alone changed (OVP-02).
    pub recoverable: bool,
    /// The rules that changed their answer, and those of the adjustment.
    pub rules: Vec<&'static str>,
}

/// What a change means for the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// More was due on the earlier state than is now: what was paid on it, entered or not, is overpaid.
    Overpaid,
    /// More is due now than was on the earlier state.
    Missed,
}

impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Overpaid => "overpaid",
            Self::Missed => "missed",
        })
    }
}

/// Tells what changes between two states of one case, for one provider.
///
/// A payment that has been made is judged again for its own month, as if it were claimed on `as_of`; one that has not been made is
/// taken from the ledger. What is undetermined stays as it was.
///
/// # Errors
/// When the provider has no assignment under which it could claim, which reading a request refuses.
pub fn compare(request: &CompareRequest, parameters: &Parameters) -> Read<Comparison> {
    let state = |case: &Case| State::of(case, request, parameters);
    let (before, after) = (state(&request.before)?, state(&request.after)?);
    let benefits_alone = differs_in_benefits_alone(request, parameters);
    let mut names: Vec<PaymentName> = before.due.keys().chain(after.due.keys()).copied().collect();
    names.sort_unstable();
    names.dedup();
    let changes = names
        .into_iter()
        .filter_map(|name| {
            let (was, is) = (before.due.get(&name), after.due.get(&name));
            let amount = |due: Option<&Due>| due.map_or(Some(Usd::ZERO), |due| due.amount);
            let (old, new) = (amount(was)?, amount(is)?);
            let difference = new.minus(old);
            if difference == Usd::ZERO {
                return None;
            }
            let effect = if difference.is_negative() { Effect::Overpaid } else { Effect::Missed };
            let month = if effect == Effect::Overpaid { was.or(is)?.month } else { is.or(was)?.month };
            // A payment that moves fails in the one month and holds in the other.
            let mut months = [was, is].into_iter().flatten().map(|due| due.month).collect::<Vec<_>>();
            months.dedup();
            let flipped = months.into_iter().flat_map(|month| flipped(request, parameters, name, month)).collect();
            Some(Change {
                payment: name,
                month,
                before: old,
                after: new,
                difference,
                effect,
                recoverable: !benefits_alone,
                rules: with_adjustment(flipped, benefits_alone),
            })
        })
        .collect();
    Ok(Comparison { changes, policy: request.policy, rules_version: parameters.version().into() })
}

/// What is due on one state: month and amount by payment.
struct State {
    due: BTreeMap<PaymentName, Due>,
}

/// A payment due; its amount is none when that is not known.
struct Due {
    month: Month,
    amount: Option<Usd>,
}

impl State {
    fn of(case: &Case, request: &CompareRequest, parameters: &Parameters) -> Read<Self> {
        let CompareRequest { provider, as_of, policy, .. } = request;
        let asked = LedgerRequest { case: case.clone(), provider: provider.clone(), as_of: *as_of, policy: *policy };
        let rows = ledger(&asked, parameters)?.rows;
        let mut due = BTreeMap::new();
        for row in rows {
            let Some(month) = row.attained_in else {
                if row.status == Status::Undetermined {
                    due.insert(row.payment, Due { month: (*as_of).into(), amount: None });
                }
                continue;
            };
            let amount = match row.status {
                Status::Paid => match case.payments.iter().find(|paid| paid.payment == row.payment) {
                    Some(paid) if paid.provider == *provider => again(case, request, parameters, paid, month),
                    _ => continue,
                },
                _ => row.amount,
            };
            due.insert(row.payment, Due { month, amount });
        }
        Ok(Self { due })
    }
}

/// What a payment that was made is worth on a state of the case: judged again, as if it had not been paid. Where no rate is published,
/// it is worth what was paid.
fn again(
    case: &Case,
    request: &CompareRequest,
    parameters: &Parameters,
    paid: &TicketPayment,
    month: Month,
) -> Option<Usd> {
    let verdict = judge_again(case, request, parameters, paid.payment, month)?;
    match verdict.decision {
        Decision::Payable => verdict.amount.or_else(|| Some(paid.amount).filter(|amount| *amount > Usd::ZERO)),
        Decision::NotPayable => Some(Usd::ZERO),
        Decision::Undetermined => None,
    }
}

fn judge_again(
    case: &Case,
    request: &CompareRequest,
    parameters: &Parameters,
    name: PaymentName,
    month: Month,
) -> Option<Verdict> {
    let paid_as = ticket_title(case, &case.payments);
    let mut case = case.clone();
    // Made to another provider, it stands in the way of this one.
    case.payments.retain(|paid| paid.payment != name || paid.provider != request.provider);
    let policy = request.policy.policy();
    let mut facts =
        Facts::gather(&case, parameters, policy, &request.provider, request.as_of, Standpoint::Claim(month))?;
    // What was paid first has settled as which title the ticket is paid, the payment itself where it was that (CNV-01).
    facts.ticket_title = paid_as;
    Some(judge(&facts, &Asked::resolve(PaymentAsked::Named(name), month, &facts)))
}

/// The rules that answer otherwise on the two states.
fn flipped(request: &CompareRequest, parameters: &Parameters, name: PaymentName, month: Month) -> Vec<&'static str> {
    let judged = |case| judge_again(case, request, parameters, name, month);
    let (Some(before), Some(after)) = (judged(&request.before), judged(&request.after)) else { return Vec::new() };
    let failed_before = |id: &str| before.fails(id);
    let mut rules: Vec<&'static str> = after.failed().filter(|id| !failed_before(id)).collect();
    rules.extend(before.failed().filter(|id| !after.fails(id)));
    rules
}

fn with_adjustment(mut rules: Vec<&'static str>, benefits_alone: bool) -> Vec<&'static str> {
    if rules.iter().any(|id| id.starts_with("LB-")) {
        rules.push("LB-08");
    }
    rules.push(if benefits_alone { "OVP-02" } else { "OVP-01" });
    let order = |id: &&'static str| crate::eligibility::rules().position(|rule| rule.id == *id);
    rules.sort_by_key(order);
    rules.dedup();
    rules
}

/// Whether the facts differ in benefits and in nothing else. Earnings are the amounts of the months, not the documents that show them.
fn differs_in_benefits_alone(request: &CompareRequest, parameters: &Parameters) -> bool {
    let CompareRequest { before, after, as_of, .. } = request;
    let same = Case {
        benefits: after.benefits.clone(),
        earnings: after.earnings.clone(),
        pay_statements: after.pay_statements.clone(),
        ..before.clone()
    };
    let terms = parameters.terms((*as_of).into());
    // When the earnings were earned in the month matters between half of the trial work level and the level.
    let needs_evidence = |month: Month, amount: Usd| {
        let level = parameters.thresholds(month.year()).trial_work_level;
        level.is_none_or(|level| amount >= level.percent(terms.half_percent) && amount < level)
    };
    before.benefits != after.benefits && same == *after && same_earnings(before, after, terms, needs_evidence)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Story, case, suspended_from, title_ii};

    /// Every change as `payment month before after effect rules`, with `kept` where the difference is not recovered.
    fn changes(before: &Story, after: &Story) -> Vec<String> {
        let of = |change: super::Change| {
            let effect = serde_json::to_value(change.effect).unwrap();
            let kept = if change.recoverable { "" } else { " kept" };
            assert_eq!(change.difference, change.after.minus(change.before));
            format!(
                "{} {} {} {} {}{kept}: {}",
                change.payment,
                change.month,
                change.before,
                change.after,
                effect.as_str().unwrap(),
                change.rules.join(" ")
            )
        };
        before.becomes(after, "2018-01-01").changes.into_iter().map(of).collect()
    }

    #[test]
    fn earnings_from_before_the_assignment_surface_after_the_payment() {
        let before = title_ii().earned("2016-06", "810").paid_to("EN-A", "p1m1", "2016-06", "1398");
        let after = before.clone().earned("2016-04", "810");
        assert_eq!(changes(&before, &after), ["p1m1 2016-06 1398.00 0.00 overpaid: LB-01 LB-08 OVP-01"]);
        assert_eq!(changes(&before, &before), [""; 0]);
        let just_below = before.clone().earned("2016-04", "809.99");
        assert_eq!(changes(&before, &just_below), [""; 0]);
    }

    #[test]
    fn earnings_that_are_posted_later_show_what_was_missed() {
        let before = title_ii();
        let after = before.clone().earned("2016-06", "810");
        assert_eq!(changes(&before, &after), ["p1m1 2016-06 0.00 1398.00 missed: P1-01 OVP-01"]);
    }

    #[test]
    fn a_change_of_benefits_alone_is_not_recovered() {
        let before = suspended_from("2017-05").earned("2017-05", "1170").paid("outcome1", "2017-05");
        let in_pay =
            case().assigned("2016-05-20").in_pay("t2", "2010-01..2017-05").benefit("t2", "2017-06..", "suspended_work");
        let after = in_pay.earned("2017-05", "1170").paid("outcome1", "2017-05");
        assert_eq!(changes(&before, &after), ["outcome1 2017-05 420.00 0.00 overpaid kept: BEN-04 OUT-01 OVP-02"]);
        let and_a_cent_more = after.earned("2017-05", "1170.01");
        assert_eq!(changes(&before, &and_a_cent_more), ["outcome1 2017-05 420.00 0.00 overpaid: BEN-04 OUT-01 OVP-01"]);
    }

    #[test]
    fn an_entry_that_states_nothing_is_no_change_of_earnings() {
        let before = title_ii().earned("2016-06", "900").paid_to("EN-A", "p1m1", "2016-06", "1398");
        let stopped = || case().assigned("2016-05-20").in_pay("t2", "2010-01..2016-05");
        let stopped =
            || stopped().benefit("t2", "2016-06..", "suspended_other").paid_to("EN-A", "p1m1", "2016-06", "1398");
        let kept = ["p1m1 2016-06 1398.00 0.00 overpaid kept: BEN-01 OVP-02"];
        let june = ["2016-06-01", "2016-06-30", "2016-06-30"];
        assert_eq!(changes(&before, &stopped().earned("2016-06", "900")), kept);
        assert_eq!(changes(&before, &stopped().earned("2016-06", "900").earned("2016-07", "0")), kept);
        assert_eq!(changes(&before, &stopped().earned("2016-06", "900").statement("not_earnings", june, "500")), kept);
        // The posted total is replaced by a statement of the same amount; title II does not look at the day of pay, but a case might.
        let posted = before.clone().paid_out("2016-06", "900");
        assert_eq!(changes(&posted, &stopped().wages(june, "900")), kept);
        let recovered = ["p1m1 2016-06 1398.00 0.00 overpaid: BEN-01 OVP-01"];
        assert_eq!(changes(&posted, &stopped().wages(june, "900.01")), recovered);
        // Half of the level rests on when it was earned.
        let half = |day: &'static str| [day, "2016-06-30", "2016-06-30"];
        let before = title_ii().wages(half("2016-06-17"), "500").paid_to("EN-A", "p1m1", "2016-06", "1398");
        assert_eq!(changes(&before, &stopped().wages(half("2016-06-18"), "500")), kept);
        let earlier = ["p1m1 2016-06 1398.00 0.00 overpaid: BEN-01 P1-01 OVP-01"];
        assert_eq!(changes(&before, &stopped().wages(half("2016-06-16"), "500")), earlier);
    }

    #[test]
    fn the_first_payment_settles_the_title_even_when_it_is_judged_again() {
        let before = case()
            .assigned("2016-05-20")
            .in_pay("t16", "2010-01..2016-05")
            .benefit("t16", "2016-06..2016-08", "suspended_work")
            .benefit("t2", "2016-09..", "suspended_work")
            .earned("2016-06", "1130")
            .paid_out("2016-06", "1130")
            .paid_to("EN-A", "outcome1", "2016-06", "242");
        let after = before.clone().earned("2016-06", "100").paid_out("2016-06", "100");
        assert_eq!(changes(&before, &after), ["outcome1 2016-06 242.00 0.00 overpaid: OUT-03 OVP-01"]);
    }

    #[test]
    fn payments_to_others_are_not_this_providers() {
        let before = title_ii().earned("2016-06", "810").paid_to("EN-Z", "p1m1", "2016-06", "1398");
        assert_eq!(changes(&before, &before.clone().earned("2016-04", "810")), [""; 0]);
    }

    #[test]
    fn the_rule_is_named_that_fails_for_the_first_month() {
        // Paid to another provider in between.
        let before = title_ii().earned("2016-06", "810");
        let after = before.clone().paid_to("EN-Z", "p1m1", "2016-06", "1398");
        assert_eq!(changes(&before, &after), ["p1m1 2016-06 1398.00 0.00 overpaid: P1-09 OVP-01"]);
        // Less was earned in the first month, so the milestone moves to a month of another year.
        let before = title_ii().earned("2016-12..2017-01", "840");
        let after = before.clone().earned("2016-12", "100");
        assert_eq!(changes(&before, &after), ["p1m1 2017-01 1398.00 1400.00 missed: P1-01 OVP-01"]);
    }

    #[test]
    fn without_a_published_rate_a_payment_is_worth_what_was_paid() {
        let paid = |earned: &str| title_ii().earned("2026-06", earned).paid_to("EN-A", "p1m1", "2026-06", "1850");
        let found = paid("1300").becomes(&paid("10"), "2026-11-15").changes;
        let told: Vec<_> = found.iter().map(|change| (change.before.to_string(), change.after.to_string())).collect();
        assert_eq!(told, [("1850.00".to_owned(), "0.00".to_owned())]);
        assert!(paid("1300").becomes(&paid("1400"), "2026-11-15").changes.is_empty());
    }

    #[test]
    fn what_is_undetermined_changes_nothing() {
        let before = title_ii().earned("2016-06", "810");
        let after = title_ii().earned("2016-06", "405");
        assert_eq!(changes(&before, &after), [""; 0]);
        assert_eq!(changes(&after, &before), [""; 0]);
    }

    #[test]
    fn an_outcome_once_earned_is_kept_when_no_later_one_follows() {
        let before = suspended_from("2017-05").earned("2017-05", "1170").paid("outcome1", "2017-05");
        let after = suspended_from("2017-05..2017-05")
            .in_pay("t2", "2017-06..")
            .earned("2017-05", "1170")
            .paid("outcome1", "2017-05");
        assert_eq!(changes(&before, &after), [""; 0]);
    }
}
