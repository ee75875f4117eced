//! The months of a case, laid side by side.

use crate::domain::{BenefitStatus, Case, Month, PayStatement, Record, StatementKind, Usd};
use crate::params::Terms;
use serde::Serialize;

/// One month of a case.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct MonthFacts {
    pub t2: Option<BenefitStatus>,
    pub t16: Option<BenefitStatus>,
    earned: Usd,
    paid: Usd,
    /// Evidence on the month's last period, by pay period end.
    earned_evidence: Evidence,
    /// The same, by pay date.
    paid_evidence: Evidence,
}

/// Whether the statements of a month put its earnings into its last period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Evidence {
    /// There are none.
    #[default]
    None,
    /// Every one starts in the last period.
    LastPeriod,
    /// One starts before it.
    Earlier,
}

/// By which day a payment of wages is put into a month (EARN-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Basis {
    /// The end of the pay period.
    Earned,
    /// The day of pay.
    Paid,
}

/// What a month's status is looked at for (C-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Milestone,
    Outcome,
}

/// The title as which a month is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MonthTitle {
    One(Record),
    Concurrent,
}

impl Purpose {
    pub(crate) const fn is_met_by(self, status: BenefitStatus) -> bool {
        match self {
            Self::Milestone => matches!(status, BenefitStatus::CurrentPay),
            Self::Outcome => status.is_because_of_work(),
        }
    }
}

impl Basis {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Earned => "earned",
            Self::Paid => "paid",
        }
    }

    /// The month into which a statement falls.
    pub(crate) fn month_of(self, statement: &PayStatement) -> Month {
        match self {
            Self::Earned => statement.period_end.into(),
            Self::Paid => statement.pay_date.into(),
        }
    }
}

impl MonthFacts {
    pub(crate) const fn status(&self, record: Record) -> Option<BenefitStatus> {
        match record {
            Record::T2 => self.t2,
            Record::T16 => self.t16,
        }
    }

    pub(crate) const fn earnings(&self, basis: Basis) -> Usd {
        match basis {
            Basis::Earned => self.earned,
            Basis::Paid => self.paid,
        }
    }

    pub(crate) const fn evidence(&self, basis: Basis) -> Evidence {
        match basis {
            Basis::Earned => self.earned_evidence,
            Basis::Paid => self.paid_evidence,
        }
    }
}

/// Whether two states of a case have the same earnings in every month, however they are documented. Evidence of the last period is a fact
/// where it may settle something: the caller says of which amounts.
pub(crate) fn same_earnings(
    one: &Case,
    other: &Case,
    terms: &Terms,
    needs_evidence: impl Fn(Month, Usd) -> bool,
) -> bool {
    let months_of = |case: &Case| {
        let posted = case.earnings.iter().map(|entry| entry.month);
        let stated = case.pay_statements.iter().flat_map(|s| [Basis::Earned.month_of(s), Basis::Paid.month_of(s)]);
        posted.chain(stated).collect::<Vec<_>>()
    };
    let months = [months_of(one), months_of(other)].concat();
    let (Some(first), Some(last)) = (months.iter().min().copied(), months.iter().max().copied()) else { return true };
    let [one, other] = [one, other].map(|case| Timeline::build(case, terms, first, last));
    first.through(last).all(|month| {
        [Basis::Earned, Basis::Paid].into_iter().all(|basis| {
            let (was, is) = (one.at(month), other.at(month));
            let amount = was.earnings(basis);
            amount == is.earnings(basis)
                && (was.evidence(basis) == is.evidence(basis) || !needs_evidence(month, amount))
        })
    })
}

/// The months from a first to a last one, without gaps.
#[derive(Debug, Clone)]
pub(super) struct Timeline {
    first: Month,
    months: Vec<MonthFacts>,
}

impl Timeline {
    pub(super) fn build(case: &Case, terms: &Terms, first: Month, last: Month) -> Self {
        let length = usize::try_from(last.since(first) + 1).unwrap_or(0);
        let mut timeline = Self { first, months: vec![MonthFacts::default(); length] };
        for benefit in &case.benefits {
            for month in timeline.range_mut(benefit.from, benefit.to.unwrap_or(last)) {
                match benefit.record {
                    Record::T2 => month.t2 = Some(benefit.status),
                    Record::T16 => month.t16 = Some(benefit.status),
                }
            }
        }
        for statement in case.pay_statements.iter().filter(|statement| statement.kind != StatementKind::NotEarnings) {
            timeline.add(statement, terms.last_period_days);
        }
        for entry in &case.earnings {
            if let Some(month) = timeline.at_mut(entry.month) {
                month.earned = entry.earned.unwrap_or(month.earned);
                month.paid = entry.paid.unwrap_or(month.paid);
            }
        }
        timeline
    }

    fn add(&mut self, statement: &PayStatement, last_period_days: i32) {
        for basis in [Basis::Earned, Basis::Paid] {
            let month = basis.month_of(statement);
            let Some(facts) = self.at_mut(month) else { continue };
            let start = statement.period_start;
            let in_last_period = Month::from(start) > month
                || Month::from(start) == month
                    && month.last_day().is_some_and(|last| i32::from(last.day() - start.day()) < last_period_days);
            let (sum, evidence) = match basis {
                Basis::Earned => (&mut facts.earned, &mut facts.earned_evidence),
                Basis::Paid => (&mut facts.paid, &mut facts.paid_evidence),
            };
            *sum = sum.plus(statement.gross);
            *evidence = match *evidence {
                Evidence::None | Evidence::LastPeriod if in_last_period => Evidence::LastPeriod,
                _ => Evidence::Earlier,
            };
        }
    }

    /// Raises a month's earnings to an amount, on both bases.
    pub(super) fn raise(&mut self, month: Month, amount: Usd) {
        if let Some(facts) = self.at_mut(month) {
            facts.earned = facts.earned.max(amount);
            facts.paid = facts.paid.max(amount);
        }
    }

    pub(super) const fn first(&self) -> Month {
        self.first
    }

    pub(super) fn last(&self) -> Month {
        self.first.plus(i32::try_from(self.months.len()).unwrap_or(i32::MAX) - 1)
    }

    pub(super) fn at(&self, month: Month) -> &MonthFacts {
        const NOTHING: &MonthFacts = &MonthFacts {
            t2: None,
            t16: None,
            earned: Usd::ZERO,
            paid: Usd::ZERO,
            earned_evidence: Evidence::None,
            paid_evidence: Evidence::None,
        };
        usize::try_from(month.since(self.first)).ok().and_then(|index| self.months.get(index)).unwrap_or(NOTHING)
    }

    fn at_mut(&mut self, month: Month) -> Option<&mut MonthFacts> {
        usize::try_from(month.since(self.first)).ok().and_then(|index| self.months.get_mut(index))
    }

    fn range_mut(&mut self, from: Month, to: Month) -> &mut [MonthFacts] {
        let start = usize::try_from(from.since(self.first)).unwrap_or(0);
        let end = usize::try_from(to.since(self.first) + 1).unwrap_or(0).min(self.months.len());
        self.months.get_mut(start..end).unwrap_or_default()
    }
}
