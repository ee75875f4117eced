//! The case: everything that is known about one ticket.

use super::{Month, PaymentName, Usd};
use jiff::civil::Date;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// The longest case: months between its first and its last.
pub const MAX_SPAN_MONTHS: i32 = 600;
/// The most assignments of one ticket.
pub const MAX_ASSIGNMENTS: usize = 64;
/// The most pay statements of one case.
pub const MAX_PAY_STATEMENTS: usize = 4096;

/// The most months that a case can name, and so the most entries of posted earnings.
pub const MAX_EARNINGS: usize = 601;
/// The most ranges of benefits: two records, a month each.
pub const MAX_BENEFITS: usize = 1202;
/// The most payments of one ticket: 4, 18 and 60, and the reconciliation.
pub const MAX_PAYMENTS: usize = 83;
/// The most State VR cases that are read.
pub const MAX_STATE_VR_CASES: usize = 601;

/// One ticket with its assignments, the beneficiary's benefits and earnings, and what has been paid.
///
/// A case is made from JSON by [`crate::read`], which refuses what contradicts itself and puts lists into one order; whoever holds one
/// need not check again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The caller's own id of the ticket, opaque.
    pub ticket_id: Box<str>,
    /// The month in which the ticket terminates.
    pub terminates_in: Option<Month>,
    /// One or more, chronological, never two at once.
    pub assignments: Vec<Assignment>,
    /// The title on the day of the question.
    pub title: Title,
    /// Statutorily blind.
    pub blind: bool,
    /// Ranges of months by record; two of one record never overlap.
    pub benefits: Vec<Benefit>,
    /// Posted monthly totals, one a month at most.
    pub earnings: Vec<MonthlyEarnings>,
    /// Evidence of earnings.
    pub pay_statements: Vec<PayStatement>,
    /// Cases with State vocational rehabilitation agencies.
    pub state_vr_cases: Vec<StateVrCase>,
    /// What has been paid on this ticket, to any provider.
    pub payments: Vec<TicketPayment>,
}

/// The assignment of the ticket to one provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assignment {
    /// The provider's id.
    pub provider: Box<str>,
    /// What kind of provider.
    pub kind: ProviderKind,
    /// The payment system in effect at assignment; none for a State VR agency under cost reimbursement.
    pub payment_system: Option<PaymentSystem>,
    /// Effective date of the assignment.
    pub assigned_on: Date,
    /// Day on which it ended.
    pub unassigned_on: Option<Date>,
    /// The later of the two signatures on the plan.
    pub plan_signed_on: Option<Date>,
    /// Day on which the program manager received the plan.
    pub plan_received_on: Option<Date>,
    /// Day on which the agreed services were substantially completed.
    pub services_completed_on: Option<Date>,
}

/// Kinds of provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// An Employment Network.
    En,
    /// A State VR agency acting as an Employment Network.
    StateVrAsEn,
    /// A State VR agency under cost reimbursement.
    StateVr,
}

/// The two systems under which an Employment Network is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentSystem {
    /// Milestones, then outcomes.
    OutcomeMilestone,
    /// Outcomes only.
    OutcomeOnly,
}

/// The benefits a person gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Title {
    /// Social Security disability insurance.
    T2,
    /// Supplemental Security Income.
    T16,
    /// Both.
    Concurrent,
}

/// One of the two benefit records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Record {
    /// Title II.
    T2,
    /// Title XVI.
    T16,
}

impl Record {
    /// `t2` or `t16`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::T2 => "t2",
            Self::T16 => "t16",
        }
    }
}

/// The status of one record in a range of months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Benefit {
    /// Which record.
    pub record: Record,
    /// First month.
    pub from: Month,
    /// Last month, or none while it lasts.
    pub to: Option<Month>,
    /// The status.
    pub status: BenefitStatus,
}

/// Benefit statuses, with the one distinction of BEN-03 made a status of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BenefitStatus {
    /// In current pay (title XVI: with a federal cash amount).
    CurrentPay,
    /// Title XVI in current pay on a State supplement alone.
    StateSupplementOnly,
    /// Suspended because of work or earnings.
    SuspendedWork,
    /// Suspended for another reason.
    SuspendedOther,
    /// Ended because of work or earnings.
    EndedWork,
    /// Ended for another reason.
    EndedOther,
}

impl BenefitStatus {
    /// Not payable because of work or earnings.
    #[must_use]
    pub const fn is_because_of_work(self) -> bool {
        matches!(self, Self::SuspendedWork | Self::EndedWork)
    }

    /// The status word is not `current_pay`.
    #[must_use]
    pub const fn is_not_in_pay(self) -> bool {
        !matches!(self, Self::CurrentPay | Self::StateSupplementOnly)
    }

    /// The status as a sentence has it.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::CurrentPay => "in current pay",
            Self::StateSupplementOnly => "in current pay on a State supplement alone, without federal cash",
            Self::SuspendedWork => "suspended because of work",
            Self::SuspendedOther => "suspended for a reason other than work",
            Self::EndedWork => "ended because of work",
            Self::EndedOther => "ended for a reason other than work",
        }
    }

    /// The status as the contract writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CurrentPay | Self::StateSupplementOnly => "current_pay",
            Self::SuspendedWork => "suspended_work",
            Self::SuspendedOther => "suspended_other",
            Self::EndedWork => "ended_work",
            Self::EndedOther => "ended_other",
        }
    }
}

/// The posted totals of one month; what is absent is taken from the pay statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MonthlyEarnings {
    /// The month.
    pub month: Month,
    /// By the end of the pay period (EARN-01, title II).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earned: Option<Usd>,
    /// By the day of pay (EARN-01, title XVI).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid: Option<Usd>,
}

/// One pay statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PayStatement {
    /// The employer's name. It plays no part in any rule; it tells which statements are about the same work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employer: Option<Box<str>>,
    /// First day of the pay period.
    pub period_start: Date,
    /// Last day of the pay period.
    pub period_end: Date,
    /// Day of pay.
    pub pay_date: Date,
    /// Gross wages, or net earnings from self-employment.
    pub gross: Usd,
    /// What the money is.
    pub kind: StatementKind,
}

impl PayStatement {
    /// Whether both are about the same days of the same work, as far as the employers are known: one of them is then wrong.
    fn is_of_same_work(&self, other: &Self) -> bool {
        let employer = |statement: &Self| statement.employer.as_deref().map(|name| name.trim().to_lowercase());
        let is_same_employer = employer(self).zip(employer(other)).is_none_or(|(one, other)| one == other);
        let share_days = self.period_start <= other.period_end && other.period_start <= self.period_end;
        self.kind == other.kind && share_days && is_same_employer
    }
}

impl Case {
    /// Takes the pay statements that a claim shows. What is on file already is not added again, and what it says otherwise about the
    /// same days of the same work is corrected. A statement that no case may hold is left out.
    pub fn show(&mut self, mut shown: Vec<PayStatement>) {
        shown.retain(|statement| !self.pay_statements.contains(statement));
        self.pay_statements.retain(|held| !shown.iter().any(|statement| statement.is_of_same_work(held)));
        for statement in shown {
            if self.pay_statements.len() >= MAX_PAY_STATEMENTS {
                break;
            }
            self.pay_statements.push(statement);
            // A day that cannot be meant would make a case that nobody may ask about.
            if self.span().is_some_and(|(first, last)| last.since(first) > MAX_SPAN_MONTHS) {
                self.pay_statements.pop();
            }
        }
    }
}

/// What a pay statement shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// Gross wages.
    Wages,
    /// Net earnings from self-employment.
    SelfEmployment,
    /// Pension, benefits, unemployment and the like: counted nowhere.
    NotEarnings,
}

/// A case with a State VR agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StateVrCase {
    /// The agency's id, the same as in `assignments` when it is that agency.
    pub agency: Box<str>,
    /// Day of closure; none while it is open.
    pub closed_on: Option<Date>,
    /// Closed with an employment outcome.
    pub successful: bool,
    /// The agency was paid cost reimbursement.
    pub cost_reimbursed: bool,
}

/// A payment that was made on the ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TicketPayment {
    /// Which.
    pub payment: PaymentName,
    /// For which month.
    pub month: Month,
    /// Who claimed it.
    pub provider: Box<str>,
    /// The whole amount, whoever shared it.
    pub amount: Usd,
    /// The first milestone was paid with half the trial work level.
    pub half_twl: bool,
}

/// A case is written as the contract has it, so that it can be read again.
impl Serialize for Case {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Ticket<'a> {
            id: &'a str,
            terminates_in: Option<Month>,
            assignments: &'a [Assignment],
        }
        #[derive(Serialize)]
        struct Beneficiary {
            title: Title,
            blind: bool,
        }
        let ticket = Ticket { id: &self.ticket_id, terminates_in: self.terminates_in, assignments: &self.assignments };
        let mut case = serializer.serialize_struct("Case", 7)?;
        case.serialize_field("ticket", &ticket)?;
        case.serialize_field("beneficiary", &Beneficiary { title: self.title, blind: self.blind })?;
        case.serialize_field("benefits", &self.benefits)?;
        case.serialize_field("earnings", &self.earnings)?;
        case.serialize_field("pay_statements", &self.pay_statements)?;
        case.serialize_field("state_vr_cases", &self.state_vr_cases)?;
        case.serialize_field("payments", &self.payments)?;
        case.end()
    }
}

impl Serialize for Benefit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let federal_cash = match (self.record, self.status) {
            (_, BenefitStatus::StateSupplementOnly) => Some(false),
            (Record::T16, BenefitStatus::CurrentPay) => Some(true),
            _ => None,
        };
        let mut benefit = serializer.serialize_struct("Benefit", 4 + usize::from(federal_cash.is_some()))?;
        benefit.serialize_field("title", &self.record)?;
        benefit.serialize_field("from", &self.from)?;
        benefit.serialize_field("to", &self.to)?;
        benefit.serialize_field("status", self.status.as_str())?;
        if let Some(cash) = federal_cash {
            benefit.serialize_field("federal_cash", &cash)?;
        }
        benefit.end()
    }
}
