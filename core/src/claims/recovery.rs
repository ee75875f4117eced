//! Decided claims against today's facts: what was overpaid, what was missed (LB-08, OVP-01, OVP-02).

use super::answer::read_claims;
use super::claim::Claim;
use super::snapshot::Snapshot;
use super::step::{Event, State};
use crate::Engine;
use crate::caseload;
use crate::decision::{self, Change, Effect};
use crate::domain::{Case, Month, PaymentAsked, PaymentName, TicketPayment, Usd};
use crate::problem::Problem;
use crate::read::{self, CompareRequest, MAX_BATCH_BYTES, Path, Question, Read, Reader, parse};
use serde::Serialize;
use serde_json_borrow::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What has to be adjusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recovery {
    /// Every difference, in the order of the claims.
    pub adjustments: Vec<Adjustment>,
    /// How many claims stay as they were decided, or cannot be told to differ.
    pub unchanged: usize,
    /// Claims that were not compared, with the reason.
    pub not_compared: Vec<NotCompared>,
    /// Sums.
    pub totals: Totals,
    /// The rules applied.
    pub rules: [&'static str; 3],
    /// Version of rules and parameters.
    pub rules_version: Box<str>,
}

/// One claim that would be decided otherwise today, or a part of the difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Adjustment {
    /// The claim's number.
    pub claim: Box<str>,
    /// The caller's id of the ticket.
    pub ticket: Box<str>,
    /// Who was, or was not, paid.
    pub provider: Box<str>,
    /// What changes; a difference by benefits alone stands by itself, since it is not recovered.
    #[serde(flatten)]
    pub change: Change,
    /// What the rules that answer otherwise say on today's facts.
    pub reasons: Vec<Answer>,
}

/// A rule in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The rule.
    pub rule: &'static str,
    /// What it says.
    pub text: Cow<'static, str>,
}

/// A claim that was not compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotCompared {
    /// The claim's number.
    pub claim: Box<str>,
    /// Why.
    pub reason: NoComparison,
    /// In words.
    pub text: &'static str,
}

/// Why a claim is not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoComparison {
    /// It has not been decided, or was withdrawn.
    NotDecided,
    /// It was decided without a look at the facts.
    NoSnapshot,
    /// There is no case of its ticket in the list.
    NoCase,
    /// The provider has no assignment on the case any more.
    NotAssigned,
    /// The payment has been made or listed by another claim.
    Elsewhere,
}

impl NoComparison {
    const fn text(self) -> &'static str {
        match self {
            Self::NotDecided => "The claim has not been decided, or was withdrawn.",
            Self::NoSnapshot => "The claim was decided without a snapshot; a new request decides it.",
            Self::NoCase => "The list has no case of this ticket.",
            Self::NotAssigned => "The provider has no assignment on the ticket any more; look at the assignment first.",
            Self::Elsewhere => "The payment or the month has since been paid, or is listed for another claim.",
        }
    }
}

/// Sums of what is to be adjusted; none of them is below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    /// Overpaid, to be recovered.
    pub overpaid: Usd,
    /// Overpaid by a determination about benefits: kept.
    pub kept: Usd,
    /// Missed.
    pub missed: Usd,
}

/// Answers `{"claims": [{…}], "cases": [{…}], "today": "…"}`: for each decided claim, what its snapshot gave and today's facts do not, or
/// the other way round.
///
/// A claim is judged on both for the month and by the day of its own request; one that was paid among the payments that had been made
/// by then. What benefits alone have changed is told apart from all else:
/// the earlier benefits are put into today's case, and what then differs is recovered; what only the later benefits change is not.
///
/// # Errors
/// All that is wrong with the request.
pub fn recovery_json(engine: &Engine, text: &[u8]) -> Read<Recovery> {
    let value = parse(text, MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let read = read_request(&mut reader, &value, engine);
    let (claims, cases) = reader.finish(read)?;
    Ok(recover(engine, &claims, &cases))
}

/// The same for claims and cases that have been read.
#[must_use]
pub fn recovery(engine: &Engine, claims: &[Claim], cases: impl IntoIterator<Item = Case>) -> Recovery {
    let (mut known, mut twice) = (Cases::new(), BTreeSet::new());
    for case in cases {
        if let Some(other) = known.insert(case.ticket_id.clone(), case) {
            twice.insert(other.ticket_id);
        }
    }
    // Of two people with one ticket, a mistake on file, nobody is judged by the other's case.
    known.retain(|ticket, _| !twice.contains(ticket));
    recover(engine, claims, &known)
}

type Cases = BTreeMap<Box<str>, Case>;

fn read_request(reader: &mut Reader, value: &Value<'_>, engine: &Engine) -> Option<(Vec<Claim>, Cases)> {
    let root = Path::Root;
    let [claims, cases, today] = reader.object(value, &root, &["claims", "cases", "today"])?;
    let today = reader.date(today, &root.key("today"));
    let claims = read_claims(reader, claims, &root.key("claims"), today, engine);
    let mut read = Cases::new();
    for case in caseload::read_cases(reader, cases, &root.key("cases"), today)? {
        match case {
            Ok(case) => {
                read.insert(case.ticket_id.clone(), case);
            }
            Err(problems) => reader.add_all(problems),
        }
    }
    today?;
    Some((claims?, read))
}

fn recover(engine: &Engine, claims: &[Claim], cases: &Cases) -> Recovery {
    let mut recovery = Recovery {
        adjustments: Vec::new(),
        unchanged: 0,
        not_compared: Vec::new(),
        totals: Totals::default(),
        rules: ["BEN-07", "OVP-01", "OVP-02"],
        rules_version: engine.version().into(),
    };
    let mut missed = BTreeSet::new();
    for claim in claims {
        let id = &claim.receipt.id;
        match adjustments(engine, claim, cases, &missed) {
            Ok(found) if found.is_empty() => recovery.unchanged = recovery.unchanged.saturating_add(1),
            Ok(found) => {
                for adjustment in found {
                    let Adjustment { ticket, change, .. } = &adjustment;
                    if change.effect == Effect::Missed {
                        missed.insert((ticket.clone(), change.payment));
                    }
                    recovery.totals.add(change);
                    recovery.adjustments.push(adjustment);
                }
            }
            Err(reason) => {
                recovery.not_compared.push(NotCompared { claim: id.clone(), reason, text: reason.text() });
            }
        }
    }
    recovery
}

impl Totals {
    fn add(&mut self, change: &Change) {
        let Change { before, after, effect, recoverable, .. } = change;
        match effect {
            Effect::Missed => self.missed = self.missed.plus(after.minus(*before)),
            Effect::Overpaid if *recoverable => self.overpaid = self.overpaid.plus(before.minus(*after)),
            Effect::Overpaid => self.kept = self.kept.plus(before.minus(*after)),
        }
    }
}

/// What a claim's decision rested on.
struct Decided<'c> {
    claim: &'c Claim,
    payment: PaymentName,
    /// What was paid: nothing on a claim that was denied.
    paid: Usd,
    question: Question,
}

fn adjustments(
    engine: &Engine,
    claim: &Claim,
    cases: &Cases,
    missed: &BTreeSet<(Box<str>, PaymentName)>,
) -> Result<Vec<Adjustment>, NoComparison> {
    let is_paid = match claim.state() {
        State::Paid => true,
        State::Denied(_) => false,
        _ => return Err(NoComparison::NotDecided),
    };
    let snapshot = claim.snapshot().ok_or(NoComparison::NoSnapshot)?;
    let decided = Decided::of(claim, snapshot).ok_or(NoComparison::NoSnapshot)?;
    let ticket = &decided.question.case.ticket_id;
    let now = cases.get(ticket).ok_or(NoComparison::NoCase)?;
    let since = |paid: &TicketPayment| paid.payment == decided.payment;
    if !is_paid && (now.payments.iter().any(since) || missed.contains(&(ticket.clone(), decided.payment))) {
        return Err(NoComparison::Elsewhere);
    }
    decided.compare(engine, now).map_err(|_| NoComparison::NotAssigned)
}

impl<'c> Decided<'c> {
    fn of(claim: &'c Claim, snapshot: &Snapshot) -> Option<Self> {
        let question = read::question(snapshot.question().as_bytes()).ok()?;
        let payment = match question.claim.payment {
            PaymentAsked::Named(name) => name,
            _ => snapshot.seen().named?,
        };
        let paid = match claim.steps.last()?.event {
            Event::Pay { amount, .. } => amount,
            _ => Usd::ZERO,
        };
        Some(Self { claim, payment, paid, question })
    }

    /// Of a claim that was paid first what all but the benefits changes, then what the benefits change on top of it; of one that was
    /// denied what it would bring today.
    fn compare(&self, engine: &Engine, now: &Case) -> Read<Vec<Adjustment>> {
        let before = self.with_payment(&self.question.case);
        let change = |before: &Case, after: &Case| -> Read<Option<Adjustment>> {
            let request = CompareRequest {
                before: before.clone(),
                after: after.clone(),
                provider: self.question.claim.provider.clone(),
                as_of: self.question.requested_on,
                policy: self.question.policy,
            };
            let changes = decision::compare(&request, engine.parameters())?.changes;
            let own = changes.into_iter().find(|change| change.payment == self.payment);
            Ok(own.map(|change| self.adjustment(engine, after, change)))
        };
        if self.claim.state() == State::Paid {
            let after = self.with_payment(&self.among_its_payments(now));
            let middle = Case { benefits: before.benefits.clone(), ..after.clone() };
            let changes = [change(&before, &middle)?, change(&middle, &after)?];
            return Ok(changes.into_iter().flatten().collect());
        }
        // Nothing was paid that could be too much.
        let missed = change(&before, &self.with_payment(now))?.filter(|found| found.change.effect == Effect::Missed);
        Ok(missed.into_iter().collect())
    }

    /// Today's case without what has been paid since: a payment is no fact by which an earlier one could turn out to be wrong, although it
    /// takes a month from a claim that was denied. One of the same name stays, whoever got it.
    fn among_its_payments(&self, now: &Case) -> Case {
        let then = &self.question.case.payments;
        let counts = |paid: &TicketPayment| {
            paid.payment == self.payment || then.iter().any(|known| known.payment == paid.payment)
        };
        let mut case = now.clone();
        case.payments.retain(counts);
        case
    }

    /// The case with the payment of the claim in it, so that it is judged for its own month, whether or not it was paid.
    fn with_payment(&self, case: &Case) -> Case {
        let mut case = case.clone();
        if case.payments.iter().all(|paid| paid.payment != self.payment) {
            case.payments.push(TicketPayment {
                payment: self.payment,
                month: self.month(),
                provider: self.question.claim.provider.clone(),
                amount: self.paid,
                half_twl: false,
            });
        }
        case
    }

    const fn month(&self) -> Month {
        self.question.claim.month
    }

    fn adjustment(&self, engine: &Engine, case: &Case, change: Change) -> Adjustment {
        let mut question = Question { case: case.clone(), ..self.question.clone() };
        question.case.payments.retain(|paid| paid.payment != self.payment);
        question.claim.payment = PaymentAsked::Named(self.payment);
        question.claim.month = change.month;
        let said = engine.decide(&question).map_or_else(|_: Vec<Problem>| Vec::new(), |answer| answer.reasons);
        let of_rule = |reason: &crate::eligibility::Reason| change.rules.contains(&reason.rule);
        let reasons = said.into_iter().filter(of_rule).map(|reason| Answer { rule: reason.rule, text: reason.text });
        Adjustment {
            claim: self.claim.receipt.id.clone(),
            ticket: case.ticket_id.clone(),
            provider: self.question.claim.provider.clone(),
            reasons: reasons.collect(),
            change,
        }
    }
}
