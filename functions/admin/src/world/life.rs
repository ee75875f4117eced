//! One invented person, told in months before the day of the world.

use super::random::Random;
use jiff::ToSpan;
use jiff::civil::Date;
use ttw_core::decision::Status;
use ttw_core::domain::{
    Assignment, Benefit, BenefitStatus, Case, Month, MonthlyEarnings, PayStatement, PaymentName, PaymentSystem,
    ProviderKind, Record, StateVrCase, StatementKind, TicketPayment, Title, Usd,
};
use ttw_core::forms::{Due, Earlier, Employer, Form, Person};
use ttw_core::read::LedgerRequest;
use ttw_core::{Engine, PolicyName};

/// The provider ids of the world.
pub(super) const HARBOR: &str = "EN-HARBOR";
/// The second network under milestones and outcomes.
pub(super) const PRAIRIE: &str = "EN-PRAIRIE";
/// The network that elected outcome payments only.
pub(super) const LANTERN: &str = "EN-LANTERN";
/// The State VR agency that acts as an Employment Network.
pub(super) const CEDAR: &str = "VR-CEDAR";
/// The State VR agency under cost reimbursement.
pub(super) const PINE: &str = "VR-PINE";

/// Earnings of a month against the levels of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Below half the trial work level.
    Low,
    /// At the trial work level, to the cent.
    ExactlyTrialWork,
    /// At the trial work level and below substantial gainful activity.
    TrialWork,
    /// Above substantial gainful activity, below the amount for the blind.
    Substantial,
    /// At substantial gainful activity, to the cent.
    ExactlySubstantial,
    /// Above the amount for the blind.
    SubstantialForTheBlind,
}

/// A person in the making. Months count from the month of the world's day: `-1` is the last that is over.
pub(super) struct Life<'e> {
    engine: &'e Engine,
    as_of: Date,
    random: Random,
    person: Person,
}

impl<'e> Life<'e> {
    /// Somebody with a ticket, aged 25 to 55, with no assignment, on no record.
    pub fn new(engine: &'e Engine, as_of: Date, number: usize, mut random: Random) -> Self {
        let months = i32::try_from(random.within(25 * 12, 55 * 12)).unwrap_or(400);
        let born = day_of(Month::from(as_of).plus(-months), random.within(1, 28));
        let case = Case {
            ticket_id: format!("T-{}", 1001 + number).into(),
            terminates_in: None,
            assignments: Vec::new(),
            title: Title::T2,
            blind: false,
            benefits: Vec::new(),
            earnings: Vec::new(),
            pay_statements: Vec::new(),
            state_vr_cases: Vec::new(),
            payments: Vec::new(),
        };
        let person = Person {
            case,
            date_of_birth: Some(born),
            section_301: false,
            benefit_continuation: false,
            employers: Vec::new(),
            progress_review: None,
            earlier: Vec::new(),
        };
        Self { engine, as_of, random, person }
    }

    /// The person.
    pub fn into_person(mut self) -> Person {
        self.person.case.earnings.sort_by_key(|entry| entry.month);
        self.person
    }

    fn month(&self, at: i32) -> Month {
        Month::from(self.as_of).plus(at)
    }

    fn day(&mut self, at: i32) -> Date {
        let day = self.random.within(2, 24);
        day_of(self.month(at), day)
    }

    /// What the law calls the person, on the day of the world.
    pub fn titled(mut self, title: Title) -> Self {
        self.person.case.title = title;
        self
    }

    pub fn blind(mut self) -> Self {
        self.person.case.blind = true;
        self
    }

    /// Of an age in years on the day of the world.
    pub fn aged(mut self, years: i32) -> Self {
        let born = self.day(-12 * years - 2);
        self.person.date_of_birth = Some(born);
        self
    }

    pub fn under_section_301(mut self) -> Self {
        self.person.section_301 = true;
        self
    }

    pub fn in_benefit_continuation(mut self) -> Self {
        self.person.benefit_continuation = true;
        self
    }

    pub fn terminates(mut self, at: i32) -> Self {
        self.person.case.terminates_in = Some(self.month(at));
        self
    }

    /// Assigned to a provider in a month, with a plan that was received in time.
    pub fn assigned(mut self, provider: &str, at: i32) -> Self {
        let assigned_on = match self.person.case.assignments.last().and_then(|before| before.unassigned_on) {
            Some(ended) if Month::from(ended) == self.month(at) => ended,
            _ => self.day(at),
        };
        let received = assigned_on.saturating_add(i64::from(self.random.within(2, 12)).days());
        let (kind, payment_system) = match provider {
            PINE => (ProviderKind::StateVr, None),
            CEDAR => (ProviderKind::StateVrAsEn, Some(PaymentSystem::OutcomeMilestone)),
            LANTERN => (ProviderKind::En, Some(PaymentSystem::OutcomeOnly)),
            _ => (ProviderKind::En, Some(PaymentSystem::OutcomeMilestone)),
        };
        self.person.case.assignments.push(Assignment {
            provider: provider.into(),
            kind,
            payment_system,
            assigned_on,
            unassigned_on: None,
            plan_signed_on: Some(assigned_on),
            plan_received_on: Some(received),
            services_completed_on: None,
        });
        self
    }

    /// The latest assignment ended on the first day of a month.
    pub fn unassigned(self, at: i32) -> Self {
        let day = day_of(self.month(at), 1);
        self.with_assignment(|assignment| assignment.unassigned_on = Some(day))
    }

    /// The plan was received so many days after the signatures.
    pub fn plan_received_after(self, days: i64) -> Self {
        self.with_assignment(|assignment| {
            assignment.plan_received_on = assignment.plan_signed_on.map(|signed| signed.saturating_add(days.days()));
        })
    }

    /// The plan was signed, and nobody has received it.
    pub fn plan_not_received(self) -> Self {
        self.with_assignment(|assignment| assignment.plan_received_on = None)
    }

    /// The agreed services were substantially completed.
    pub fn served(mut self, at: i32) -> Self {
        let day = self.day(at);
        self.with_assignment(|assignment| assignment.services_completed_on = Some(day))
    }

    fn with_assignment(mut self, change: impl FnOnce(&mut Assignment)) -> Self {
        if let Some(assignment) = self.person.case.assignments.last_mut() {
            change(assignment);
        }
        self
    }

    /// On a record from one month to another, or since.
    pub fn on(mut self, record: Record, from: i32, to: Option<i32>, status: BenefitStatus) -> Self {
        let range = Benefit { record, from: self.month(from), to: to.map(|at| self.month(at)), status };
        self.person.case.benefits.push(range);
        self
    }

    /// In current pay on a record for eight years and longer.
    pub fn in_pay(self, record: Record) -> Self {
        self.on(record, -110, None, BenefitStatus::CurrentPay)
    }

    /// Posted earnings of each month from one to another.
    pub fn earns(mut self, from: i32, to: i32, level: Level) -> Self {
        for at in from..=to {
            let month = self.month(at);
            let amount = Some(self.amount(month, level));
            self.person.case.earnings.retain(|entry| entry.month != month);
            self.person.case.earnings.push(MonthlyEarnings { month, earned: amount, paid: amount });
        }
        self
    }

    fn amount(&mut self, month: Month, level: Level) -> Usd {
        let (trial, plain, blind) = levels(self.engine, month.year());
        let mut between = |low: i64, high: i64| {
            let width = u32::try_from((high - low).max(1) - 1).unwrap_or(0);
            low + i64::from(self.random.within(0, width))
        };
        Usd::from_cents(match level {
            Level::Low => between(trial / 10, trial / 2),
            Level::ExactlyTrialWork => trial,
            Level::TrialWork => between(trial, plain),
            Level::Substantial => between(plain + 1, blind),
            Level::ExactlySubstantial => plain,
            Level::SubstantialForTheBlind => between(blind + 1, blind + 50_000),
        })
    }

    /// A pay statement: the period's first and last day, and the day of pay, which may be of the month after (above 31).
    pub fn paid_by(mut self, at: i32, days: (u32, u32, u32), dollars: i32, kind: StatementKind) -> Self {
        let (start, end, pay) = days;
        let month = self.month(at);
        let pay_date = if pay > 31 { day_of(month.plus(1), pay - 31) } else { day_of(month, pay) };
        self.person.case.pay_statements.push(PayStatement {
            employer: None,
            period_start: day_of(month, start),
            period_end: day_of(month, end),
            pay_date,
            gross: Usd::from_dollars(dollars),
            kind,
        });
        self
    }

    /// Wages of a period that began in the month before.
    pub fn paid_across_months(mut self, at: i32, dollars: i32) -> Self {
        let month = self.month(at);
        self.person.case.pay_statements.push(PayStatement {
            employer: None,
            period_start: day_of(month.plus(-1), 24),
            period_end: day_of(month, 6),
            pay_date: day_of(month, 13),
            gross: Usd::from_dollars(dollars),
            kind: StatementKind::Wages,
        });
        self
    }

    /// Half the trial work level and more, earned in the last days of a month, shown by a pay statement.
    pub fn starts_work_late_in(self, at: i32) -> Self {
        let month = self.month(at);
        let (trial, ..) = levels(self.engine, month.year());
        let last = month.last_day().map_or(28, |day| u32::from(day.day().unsigned_abs()));
        let dollars = i32::try_from(trial / 200 + 60).unwrap_or(700);
        self.paid_by(at, (last - 9, last, 36), dollars, StatementKind::Wages)
    }

    pub fn state_vr_case(mut self, agency: &str, closed: i32, successful: bool, cost_reimbursed: bool) -> Self {
        let closed_on = Some(self.day(closed));
        let case = StateVrCase { agency: agency.into(), closed_on, successful, cost_reimbursed };
        self.person.case.state_vr_cases.push(case);
        self
    }

    /// What a provider could be paid for months up to this one has been paid, except the reconciliation.
    pub fn settled(self, provider: &str, through: i32) -> Self {
        self.settle(provider, through, false)
    }

    /// The same, and the reconciliation if it was due.
    pub fn settled_and_reconciled(self, provider: &str, through: i32) -> Self {
        self.settle(provider, through, true)
    }

    fn settle(mut self, provider: &str, through: i32, reconciled: bool) -> Self {
        self.person.case.earnings.sort_by_key(|entry| entry.month);
        let request = LedgerRequest {
            case: self.person.case.clone(),
            provider: provider.into(),
            as_of: day_of(self.month(through + 1), 1),
            policy: PolicyName::Operations,
        };
        let rows = self.engine.ledger(&request).map(|ledger| ledger.rows).unwrap_or_default();
        for row in rows.iter().filter(|row| row.status == Status::Payable) {
            let (Some(month), Some(amount)) = (row.attained_in, row.amount) else { continue };
            if reconciled || row.payment != PaymentName::Reconciliation {
                self.person.case.payments.push(TicketPayment {
                    payment: row.payment,
                    month,
                    provider: provider.into(),
                    amount,
                    half_twl: false,
                });
            }
        }
        self
    }

    /// The first milestone was paid for a month on half the trial work level.
    pub fn paid_on_half(mut self, provider: &str, at: i32, dollars: i32) -> Self {
        self.person.case.payments.push(TicketPayment {
            payment: PaymentName::Phase1(1),
            month: self.month(at),
            provider: provider.into(),
            amount: Usd::from_dollars(dollars),
            half_twl: true,
        });
        self
    }

    /// An employer on file.
    pub fn works_at(mut self, name: &str) -> Self {
        let id = format!("EMP-{}", self.person.employers.len() + 1).into();
        self.person.employers.push(Employer { id, name: name.into(), ein: None });
        self
    }

    /// The progress review of a period is due; the provider was asked so many days ago.
    pub fn reviewed(mut self, period: u8, asked: i64, passed: bool) -> Self {
        let Some(first) = self.person.case.assignments.first() else { return self };
        let from = Month::from(first.assigned_on).plus(1 + 12 * (i32::from(period) - 1));
        let asked_on = self.as_of.saturating_sub(asked.days());
        self.person.progress_review = Some(Due { period, from, to: from.plus(11), asked_on, passed });
        self
    }

    /// A payment request was filed so many days ago.
    pub fn requested(mut self, provider: &str, payment: &str, at: i32, ago: i64, live: bool) -> Self {
        self.person.earlier.push(Earlier {
            form: Form::PaymentRequest,
            received_on: self.as_of.saturating_sub(ago.days()),
            provider: provider.into(),
            payment: Some(payment.into()),
            month: Some(self.month(at)),
            live,
            confirmation: None,
        });
        self
    }

    /// An earnings inquiry was filed so many days ago.
    pub fn inquired(mut self, provider: &str, ago: i64) -> Self {
        self.person.earlier.push(Earlier {
            form: Form::EarningsInquiry,
            received_on: self.as_of.saturating_sub(ago.days()),
            provider: provider.into(),
            payment: None,
            month: None,
            live: true,
            confirmation: None,
        });
        self
    }
}

/// A day of a month; one that the month does not have is its last.
fn day_of(month: Month, day: u32) -> Date {
    let last = month.last_day().unwrap_or(Date::MAX);
    let day = i8::try_from(day).unwrap_or(28).clamp(1, last.day());
    Date::new(last.year(), last.month(), day).unwrap_or(last)
}

/// Trial work level, substantial gainful activity, and that for the blind, in cents. A year that has none yet has the latest known.
fn levels(engine: &Engine, year: i32) -> (i64, i64, i64) {
    let cents = |amount: Usd| {
        let text = amount.to_string().replace('.', "");
        text.parse::<i64>().unwrap_or(0)
    };
    let of = |year: i32| {
        let held = engine.parameters().thresholds(year);
        Some((cents(held.trial_work_level?), cents(held.sga_non_blind?), cents(held.sga_blind?)))
    };
    (0..200).find_map(|back| of(year - back)).unwrap_or((100_000, 150_000, 250_000))
}
