//! The facts of one question, month by month, as the rules see them.

mod counts;
mod first_month;
mod policy;
mod timeline;
mod truth;

pub use policy::{DIFFERENCES, Difference, Policy, PolicyName, Reading};
pub(crate) use timeline::{Basis, Evidence, MonthFacts, MonthTitle, Purpose, same_earnings};
pub use truth::Truth;

use crate::domain::{
    Assignment, Case, Month, PaymentName, PaymentSystem, ProviderKind, Record, TicketPayment, Title, Usd,
};
use crate::params::{Parameters, Terms};
use counts::Counts;
use first_month::first_available;
pub(crate) use first_month::is_late;
use jiff::civil::Date;
use std::borrow::Cow;
use std::cell::OnceCell;
use timeline::Timeline;

/// An earnings level that a month is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    TrialWork,
    /// Substantial gainful activity: the blind amount for a blind beneficiary, unless the policy says otherwise.
    SubstantialGainful {
        blind: bool,
    },
}

/// Everything the rules may look at.
#[derive(Clone)]
pub(crate) struct Facts<'a> {
    pub case: &'a Case,
    /// What was paid on the ticket, and in a ledger's reconciliation what will have been.
    pub payments: Cow<'a, [TicketPayment]>,
    pub parameters: &'a Parameters,
    pub terms: &'a Terms,
    pub policy: &'static Policy,
    /// Day of the request, or `as_of` of a ledger.
    pub requested_on: Date,
    /// The claiming assignment (C-10).
    pub assignment: &'a Assignment,
    /// First assignment of the ticket to anyone who is not a State VR agency under cost reimbursement.
    pub anchor_on: Date,
    /// Its month: `A`.
    pub anchor: Month,
    /// First month after the assignment: `T + 1`.
    pub after_assignment: Month,
    /// First available month; none while the plan has not been received.
    pub first_available: Option<Month>,
    /// First month that counts in a Phase 1 window (FAM-04).
    pub window_start: Month,
    /// The title by whose base and counts the ticket is paid (CNV-01, CNV-02).
    pub ticket_title: Title,
    /// First month that can belong to the outcome period.
    pub outcome_period_from: Month,
    timeline: Timeline,
    reached: Counts,
    outcome: Counts,
    look_back: Counts,
    /// What bars each kind of payment on the ticket, once asked (`eligibility::sequence`).
    pub bars: OnceCell<[Vec<&'static str>; 7]>,
}

/// Which claiming assignment: C-10.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Standpoint {
    /// A claim for a month.
    Claim(Month),
    /// A ledger on a day.
    Ledger(Date),
}

impl<'a> Facts<'a> {
    /// Gathers the facts for one provider. `None` when the provider has no assignment under which it could claim.
    pub(crate) fn gather(
        case: &'a Case,
        parameters: &'a Parameters,
        policy: &'static Policy,
        provider: &str,
        requested_on: Date,
        standpoint: Standpoint,
    ) -> Option<Self> {
        let pays = |assignment: &&Assignment| assignment.kind != ProviderKind::StateVr;
        let anchor_on = case.assignments.iter().find(pays)?.assigned_on;
        let assignment = claiming(case, provider, standpoint)?;
        let last = match standpoint {
            Standpoint::Claim(month) => month,
            Standpoint::Ledger(day) => Month::from(day).plus(-1),
        };
        let terms = parameters.terms(requested_on.into());
        let after_assignment = Month::from(assignment.assigned_on).plus(1);
        let first_available = first_available(assignment, after_assignment, policy, terms);
        let anchor = Month::from(anchor_on);
        let longest_look_back = terms.look_back.iter().map(|window| i32::from(window.within)).max().unwrap_or(0);
        let is_last_day_of_anchor = anchor.last_day() == Some(anchor_on);
        let mut facts = Self {
            case,
            payments: Cow::Borrowed(&case.payments),
            parameters,
            terms,
            policy,
            requested_on,
            assignment,
            anchor_on,
            anchor,
            after_assignment,
            first_available,
            window_start: first_available.unwrap_or(after_assignment),
            ticket_title: ticket_title(case, &case.payments),
            outcome_period_from: if is_last_day_of_anchor { anchor.plus(1) } else { anchor },
            // The look-back is seen whole, also from a month before it.
            timeline: Timeline::build(
                case,
                terms,
                anchor.plus(-longest_look_back).min(last),
                last.max(anchor.plus(-1)),
            ),
            reached: Counts::default(),
            outcome: Counts::default(),
            look_back: Counts::default(),
            bars: OnceCell::new(),
        };
        facts.look_back = Counts::of(anchor.plus(-longest_look_back), anchor.plus(-1), |month| {
            facts.reaches(month, Level::TrialWork, policy.look_back, Purpose::Milestone)
        });
        facts.count();
        Some(facts)
    }

    fn count(&mut self) {
        let (first, last) = (self.timeline.first(), self.timeline.last());
        self.reached = Counts::of(self.window_start.max(first), last, |month| self.counts_in_window(month));
        self.outcome = Counts::of(self.outcome_period_from.max(first), last, |month| self.outcome_status(month));
    }

    /// The same facts with more months in view, for what could still happen.
    pub(crate) fn extended_to(&self, last: Month) -> Self {
        let mut facts = self.clone();
        facts.timeline = Timeline::build(self.case, self.terms, self.timeline.first(), last.max(self.timeline.last()));
        facts.count();
        facts
    }

    /// The same facts for a request on another day.
    pub(crate) fn requested(&self, day: Date) -> Self {
        let terms = self.parameters.terms(day.into());
        let bars = if std::ptr::eq(terms, self.terms) { self.bars.clone() } else { OnceCell::new() };
        Self { requested_on: day, terms, bars, ..self.clone() }
    }

    /// Whether a claim for a month falls under the same assignment (C-10).
    pub(crate) fn is_of_assignment(&self, month: Month) -> bool {
        let claiming = claiming(self.case, &self.assignment.provider, Standpoint::Claim(month));
        claiming.is_some_and(|claiming| std::ptr::eq(claiming, self.assignment))
    }

    /// The same facts with the earnings of some months raised to an amount.
    pub(crate) fn with_raised(&self, months: &[(Month, Usd)]) -> Self {
        let mut facts = self.clone();
        for (month, amount) in months {
            facts.timeline.raise(*month, *amount);
        }
        facts.count();
        facts
    }

    /// The same facts once some more is paid, at the whole level. What the months are stays as it is.
    pub(crate) fn with_paid(&self, added: impl IntoIterator<Item = TicketPayment>) -> Self {
        let mut facts = Self { bars: OnceCell::new(), ..self.clone() };
        facts.payments.to_mut().extend(added);
        facts.ticket_title = ticket_title(self.case, &facts.payments);
        facts
    }

    /// The last month in view.
    pub(crate) fn last_month(&self) -> Month {
        self.timeline.last()
    }

    pub(crate) fn month(&self, month: Month) -> &MonthFacts {
        self.timeline.at(month)
    }

    /// The title as which a month is judged (C-14).
    pub(crate) fn title_of(&self, month: Month) -> MonthTitle {
        let facts = self.month(month);
        match self.case.title {
            Title::Concurrent => MonthTitle::Concurrent,
            Title::T2 if facts.t2.is_none() && facts.t16.is_some() => MonthTitle::One(Record::T16),
            Title::T16 if facts.t16.is_none() && facts.t2.is_some() => MonthTitle::One(Record::T2),
            Title::T2 => MonthTitle::One(Record::T2),
            Title::T16 => MonthTitle::One(Record::T16),
        }
    }

    /// The records that are judged in a month.
    pub(crate) fn records_of(&self, month: Month) -> &'static [Record] {
        match self.title_of(month) {
            MonthTitle::One(Record::T2) => &[Record::T2],
            MonthTitle::One(Record::T16) => &[Record::T16],
            MonthTitle::Concurrent => &[Record::T2, Record::T16],
        }
    }

    /// Whether some record of the month is in current pay, title XVI with federal cash.
    pub(crate) fn in_current_pay(&self, month: Month) -> Truth {
        self.records_of(month)
            .iter()
            .fold(Truth::No, |any, record| any.or(self.meets(month, *record, Purpose::Milestone)))
    }

    /// Whether the month is one that belongs to the outcome period, by benefit status (C-19).
    pub(crate) fn outcome_status(&self, month: Month) -> Truth {
        let for_work = |record| self.meets(month, record, Purpose::Outcome);
        match self.title_of(month) {
            MonthTitle::One(record) => for_work(record),
            MonthTitle::Concurrent if self.policy.concurrent_outcome_needs_both => {
                for_work(Record::T2).and(for_work(Record::T16))
            }
            MonthTitle::Concurrent => {
                let not_in_pay = |record| {
                    self.month(month).status(record).map_or(Truth::Unknown, |status| status.is_not_in_pay().into())
                };
                let both_out = not_in_pay(Record::T2).and(not_in_pay(Record::T16));
                both_out.and(for_work(Record::T2).or(for_work(Record::T16)))
            }
        }
    }

    /// Whether one record meets the status test of a purpose.
    pub(crate) fn meets(&self, month: Month, record: Record, purpose: Purpose) -> Truth {
        self.month(month).status(record).map_or(Truth::Unknown, |status| purpose.is_met_by(status).into())
    }

    /// The bases on which a month's earnings count (EARN-02, C-12).
    pub(crate) fn bases(&self, month: Month, purpose: Purpose) -> &'static [Basis] {
        match self.title_of(month) {
            MonthTitle::One(Record::T2) => &[Basis::Earned],
            MonthTitle::One(Record::T16) => &[Basis::Paid],
            MonthTitle::Concurrent => {
                let met = |record| self.meets(month, record, purpose) == Truth::Yes;
                match (met(Record::T2), met(Record::T16)) {
                    (true, false) => &[Basis::Earned],
                    (false, true) => &[Basis::Paid],
                    _ => &[Basis::Earned, Basis::Paid],
                }
            }
        }
    }

    /// The amount of a level in a month's own year (PAR-01); none when it is not known.
    pub(crate) fn level(&self, level: Level, month: Month) -> Option<Usd> {
        let thresholds = self.parameters.thresholds(month.year());
        match level {
            Level::TrialWork => thresholds.trial_work_level,
            Level::SubstantialGainful { blind: true } => thresholds.sga_blind,
            Level::SubstantialGainful { blind: false } => thresholds.sga_non_blind,
        }
    }

    /// Whether the month's earnings reach a level, on a basis that counts.
    pub(crate) fn reaches(&self, month: Month, level: Level, reading: Reading, purpose: Purpose) -> Truth {
        let Some(level) = self.level(level, month) else { return Truth::Unknown };
        let facts = self.month(month);
        self.bases(month, purpose).iter().any(|basis| reading.is_reached(facts.earnings(*basis), level)).into()
    }

    /// Half of the trial work level, in the year of a month (PAR-02).
    pub(crate) fn half_level(&self, month: Month) -> Option<Usd> {
        self.level(Level::TrialWork, month).map(|level| level.percent(self.terms.half_percent))
    }

    fn counts_in_window(&self, month: Month) -> Truth {
        if self.is_half_level_month(month) {
            return Truth::No;
        }
        self.reaches(month, Level::TrialWork, Reading::AtOrAbove, Purpose::Milestone)
    }

    /// The month in which Milestone 1 was paid with half the level (P1-07).
    pub(crate) fn is_half_level_month(&self, month: Month) -> bool {
        self.payments.iter().any(|p| p.half_twl && p.payment == PaymentName::Phase1(1) && p.month == month)
    }

    /// Months at the trial work level that count, in so many months ending with one: certainly, possibly.
    pub(crate) fn reached_in(&self, last: Month, within: u8) -> (u16, u16) {
        self.reached.between(last.plus(1 - i32::from(within)), last)
    }

    /// Months before the month of the first assignment that certainly reached the trial work level, in so many (LB-05).
    pub(crate) fn reached_before_assignment(&self, within: u8) -> u16 {
        self.look_back.between(self.anchor.plus(-i32::from(within)), self.anchor.plus(-1)).0
    }

    /// The same months, one by one.
    pub(crate) fn months_reached(&self, last: Month, within: u8) -> impl Iterator<Item = (Month, Truth)> {
        let first = last.plus(1 - i32::from(within)).max(self.window_start);
        first.through(last).map(|month| (month, self.counts_in_window(month))).filter(|(_, truth)| *truth != Truth::No)
    }

    /// Whether the outcome period has begun in or before a month (OUT-01).
    pub(crate) fn outcome_period_begun(&self, by: Month) -> Truth {
        if self.outcome.first_certain.is_some_and(|first| first <= by) {
            Truth::Yes
        } else if self.outcome.first_possible.is_some_and(|first| first <= by) {
            Truth::Unknown
        } else {
            Truth::No
        }
    }

    /// First month that certainly belongs to the outcome period, and the first that possibly does.
    pub(crate) fn outcome_period_first(&self) -> (Option<Month>, Option<Month>) {
        (self.outcome.first_certain, self.outcome.first_possible)
    }

    /// Months of the outcome period up to one, that month included: certainly, possibly.
    pub(crate) fn outcome_period_months(&self, by: Month) -> (u16, u16) {
        self.outcome.between(self.outcome_period_from, by)
    }

    /// Months up to one whose benefit status is unknown and could belong to the outcome period.
    pub(crate) fn unknown_outcome_months(&self, by: Month) -> impl Iterator<Item = Month> {
        let first = self.outcome_period_from.max(self.timeline.first());
        first.through(by.min(self.timeline.last())).filter(|month| self.outcome_status(*month) == Truth::Unknown)
    }

    /// The month a payment was made for.
    pub(crate) fn paid_month(&self, name: PaymentName) -> Option<Month> {
        self.payments.iter().find(|paid| paid.payment == name).map(|paid| paid.month)
    }

    /// Whether any payment but the reconciliation was made for a month (C-07).
    pub(crate) fn is_used(&self, month: Month) -> bool {
        self.payments.iter().any(|paid| paid.month == month && paid.payment != PaymentName::Reconciliation)
    }

    /// Milestones may be claimed under the payment system of the assignment.
    pub(crate) fn pays_milestones(&self) -> bool {
        self.assignment.payment_system == Some(PaymentSystem::OutcomeMilestone)
    }

    /// First later assignment to a State VR agency under cost reimbursement.
    pub(crate) fn state_vr_takes_over_on(&self) -> Option<Date> {
        let mut later = self.case.assignments.iter().skip_while(|a| !std::ptr::eq(*a, self.assignment));
        later.find(|a| a.kind == ProviderKind::StateVr).map(|a| a.assigned_on)
    }

    /// SGA as milestones of Phase 2 use it (D-09).
    pub(crate) const fn phase_2_level(&self) -> Level {
        Level::SubstantialGainful { blind: self.case.blind && self.policy.phase_2_blind_level }
    }

    /// Whether the month's earnings are enough for an outcome: the part of OUT-03 that looks at the month alone.
    pub(crate) fn outcome_earnings_reached(&self, month: Month) -> Truth {
        if self.outcome_has_floor(month) {
            self.reaches(month, self.outcome_level(), Reading::AtOrAbove, Purpose::Outcome)
        } else {
            Truth::Yes
        }
    }

    /// Whether an outcome of the month has a floor of earnings (OUT-04).
    pub(crate) fn outcome_has_floor(&self, month: Month) -> bool {
        self.policy.t16_outcome_needs_sga || self.title_of(month) != MonthTitle::One(Record::T16)
    }

    /// SGA as outcomes use it.
    pub(crate) const fn outcome_level(&self) -> Level {
        Level::SubstantialGainful { blind: self.case.blind }
    }
}

/// The assignment under which a provider claims (C-10).
pub(crate) fn claiming<'a>(case: &'a Case, provider: &str, standpoint: Standpoint) -> Option<&'a Assignment> {
    let made_in_time = |assignment: &&Assignment| match standpoint {
        Standpoint::Claim(month) => Month::from(assignment.assigned_on) < month,
        Standpoint::Ledger(day) => assignment.assigned_on <= day,
    };
    let pays = |assignment: &&Assignment| assignment.kind != ProviderKind::StateVr;
    let mut own = case.assignments.iter().filter(pays).filter(|a| *a.provider == *provider);
    own.clone().rfind(made_in_time).or_else(|| own.next())
}

/// The title as which a ticket is paid (C-25).
pub(crate) fn ticket_title(case: &Case, payments: &[TicketPayment]) -> Title {
    let first_paid =
        payments.iter().filter(|paid| paid.payment != PaymentName::Reconciliation).map(|paid| paid.month).min();
    let covers = |record, month| {
        case.benefits.iter().any(|b| b.record == record && b.from <= month && b.to.is_none_or(|to| month <= to))
    };
    let t16_when_first_paid = first_paid.is_some_and(|month| covers(Record::T16, month) && !covers(Record::T2, month));
    if case.title == Title::T16 || t16_when_first_paid { Title::T16 } else { Title::T2 }
}
