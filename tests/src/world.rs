//! Generated cases: a person's months after and before an assignment, with earnings on and around the levels.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};
use ttw_core::domain::Month;

/// Months before the first assignment's month that a generated case has.
pub const BEFORE: i32 = 18;
/// All months of a generated case.
pub const MONTHS: usize = 60;

/// A generated case, close to how it is written down, so that it shrinks to something readable.
#[derive(Debug, Clone)]
pub struct World {
    /// `t2`, `t16` or `concurrent`.
    pub title: &'static str,
    /// Statutorily blind.
    pub blind: bool,
    /// Month of the first assignment.
    pub anchor: Month,
    /// Day of the month of the first assignment.
    pub day: i8,
    /// `en` or `state_vr_as_en`, and the payment system.
    pub provider: (&'static str, &'static str),
    /// Months after the first assignment in which the provider gets the ticket again.
    pub second: Option<i32>,
    /// Months after the first assignment in which a State VR agency takes the ticket.
    pub taken_over: Option<i32>,
    /// Days from signature to receipt of the plan; none: no dates.
    pub plan: Option<i32>,
    /// The services were completed.
    pub services: bool,
    /// The months, the earliest first.
    pub months: Vec<MonthOf>,
    /// Months after the first assignment in which the ticket terminates.
    pub terminates: Option<i32>,
    /// State VR closures: months before the assignment, successful, reimbursed, by the provider itself.
    pub closures: Vec<(i32, bool, bool, bool)>,
    /// Payments made: index into the names, months after the assignment, to the provider itself, with half the level.
    pub payments: Vec<(usize, i32, bool, bool)>,
    /// Pay statements: month index, first and last day of the period, days to pay, cents, kind.
    pub statements: Vec<(usize, i8, i8, i8, u32, &'static str)>,
}

/// One generated month.
#[derive(Debug, Clone)]
pub struct MonthOf {
    /// Status on the title II record; none: not covered.
    pub t2: Option<&'static str>,
    /// Status on the title XVI record; none: not covered.
    pub t16: Option<&'static str>,
    /// Posted earnings by pay period, and by day of pay; none: not posted.
    pub earned: Option<&'static str>,
    /// As above, by day of pay.
    pub paid: Option<&'static str>,
}

const STATUSES: [&str; 6] =
    ["current_pay", "suspended_work", "suspended_other", "ended_work", "ended_other", "state_supplement"];
/// Amounts on, under and over the levels of 2010 to 2018.
const AMOUNTS: [&str; 22] = [
    "0.00", "360.00", "359.99", "404.99", "405.00", "719.99", "720.00", "720.01", "779.99", "780.00", "810.00",
    "809.99", "840.00", "1000.00", "1000.01", "1129.99", "1130.00", "1170.00", "1640.00", "1820.00", "1950.00",
    "2500.00",
];
const NAMES: [&str; 22] = [
    "p1m1",
    "p1m2",
    "p1m3",
    "p1m4",
    "p2m1",
    "p2m2",
    "p2m3",
    "p2m12",
    "outcome1",
    "outcome2",
    "outcome3",
    "outcome4",
    "outcome5",
    "outcome6",
    "outcome7",
    "outcome8",
    "outcome9",
    "outcome10",
    "outcome11",
    "outcome12",
    "outcome40",
    "reconciliation",
];

/// Stretches of months with one status, so that cases look like lives.
fn statuses() -> impl Strategy<Value = Vec<Option<&'static str>>> {
    let status = prop_oneof![5 => Just(Some(0_usize)), 4 => Just(Some(1)), 3 => (0..STATUSES.len()).prop_map(Some), 1 => Just(None)];
    // Most lives begin with benefits: the outcome period, once begun, bars every milestone.
    let first = prop_oneof![5 => Just(Some(0_usize)), 1 => (0..STATUSES.len()).prop_map(Some), 1 => Just(None)];
    ((first, 12_usize..50), vec((status, 1_usize..30), 0..5)).prop_map(|(first, later)| {
        let months =
            std::iter::once(first).chain(later).flat_map(|(status, length)| std::iter::repeat_n(status, length));
        let mut months: Vec<_> = months.map(|status| status.and_then(|index| STATUSES.get(index).copied())).collect();
        months.resize(MONTHS, months.last().copied().flatten());
        months
    })
}

/// Stretches of months around one level.
fn amounts() -> impl Strategy<Value = Vec<Option<&'static str>>> {
    let amount =
        prop_oneof![5 => (0..AMOUNTS.len()).prop_map(Some), 4 => (12..AMOUNTS.len()).prop_map(Some), 1 => Just(None)];
    // Little before the assignment, since the look-back bars Phase 1.
    let before = prop_oneof![3 => Just(None), 1 => (0..AMOUNTS.len()).prop_map(Some)];
    ((before, 8_usize..20), vec((amount, 1_usize..12), 4..14)).prop_map(|(before, later)| {
        let months =
            std::iter::once(before).chain(later).flat_map(|(amount, length)| std::iter::repeat_n(amount, length));
        let mut months: Vec<_> = months.map(|amount| amount.and_then(|index| AMOUNTS.get(index).copied())).collect();
        months.resize(MONTHS, None);
        months
    })
}

/// Any case whose first assignment lies in one of the given years.
pub fn worlds(years: std::ops::RangeInclusive<i16>) -> impl Strategy<Value = World> {
    let person = (prop_oneof![4 => Just("t2"), 3 => Just("t16"), 3 => Just("concurrent")], prop::bool::weighted(0.2));
    let provider = prop_oneof![
        6 => Just(("en", "outcome_milestone")),
        1 => Just(("en", "outcome_only")),
        1 => Just(("state_vr_as_en", "outcome_milestone"))
    ];
    let months = (statuses(), statuses(), amounts(), amounts(), prop::bool::weighted(0.5)).prop_map(
        |(t2, t16, earned, paid, same)| {
            let row = |(((t2, t16), earned), paid)| MonthOf { t2, t16, earned, paid: if same { earned } else { paid } };
            t2.into_iter().zip(t16).zip(earned).zip(paid).map(row).collect::<Vec<_>>()
        },
    );
    let rare = |from: i32| option::weighted(0.1, from..40);
    let ticket = (years, 1_i8..=12, prop_oneof![8 => 1_i8..=27, 1 => Just(28)], provider, rare(6), rare(3), rare(6));
    let plan = (option::weighted(0.5, prop_oneof![4 => 0..=14, 1 => 15..60, 1 => Just(-1)]), prop::bool::weighted(0.8));
    let closures =
        prop_oneof![3 => Just(Vec::new()), 1 => vec((1..40, any::<bool>(), any::<bool>(), any::<bool>()), 1..3)];
    let payments = vec((0..NAMES.len(), 1..40, prop::bool::weighted(0.8), prop::bool::weighted(0.2)), 0..5);
    let statement = (
        0..MONTHS,
        1_i8..=28,
        0_i8..=27,
        0_i8..=20,
        1_u32..200_000,
        prop_oneof![8 => Just("wages"), 2 => Just("self_employment"), 1 => Just("not_earnings")],
    );
    let statements = vec(statement, 0..6);
    (person, months, ticket, plan, closures, payments, statements).prop_map(
        |(
            (title, blind),
            months,
            (year, month, day, provider, second, taken_over, terminates),
            (plan, services),
            closures,
            payments,
            statements,
        )| World {
            title,
            blind,
            anchor: Month::new(year, month),
            day,
            provider,
            second,
            taken_over,
            plan,
            services,
            months,
            terminates,
            closures,
            payments,
            statements,
        },
    )
}

impl World {
    /// The first month of the case.
    #[must_use]
    pub fn first(&self) -> Month {
        self.anchor.plus(-BEFORE)
    }

    /// The last month of the case.
    #[must_use]
    pub fn last(&self) -> Month {
        self.first().plus(i32::try_from(self.months.len()).unwrap_or(0) - 1)
    }

    /// The case of the contract.
    #[must_use]
    pub fn case(&self) -> Value {
        json!({
            "ticket": {
                "id": "T-1",
                "terminates_in": self.terminates.map(|months| self.anchor.plus(months).to_string()),
                "assignments": self.assignments(),
            },
            "beneficiary": {"title": self.title, "blind": self.blind},
            "benefits": self.benefits(),
            "earnings": self.earnings(),
            "pay_statements": self.pay_statements(),
            "state_vr_cases": self.state_vr_cases(),
            "payments": self.payments(),
        })
    }

    fn assignments(&self) -> Vec<Value> {
        let (kind, system) = self.provider;
        let date = |months: i32, day: i8| format!("{}-{day:02}", self.anchor.plus(months));
        let (signed, received) = match self.plan {
            None => (None, None),
            Some(-1) => (Some(date(0, 1)), None),
            Some(days) => (Some(date(0, 1)), Some(date(days / 28, i8::try_from(days % 28 + 1).unwrap_or(1)))),
        };
        let mut changes: Vec<(i32, bool)> = self
            .second
            .map(|months| (months, false))
            .into_iter()
            .chain(self.taken_over.map(|months| (months, true)))
            .collect();
        changes.sort_unstable();
        changes.dedup_by_key(|(months, _)| *months);
        let own = |from: String, until: Option<String>| {
            json!({
                "provider": "EN-A", "kind": kind, "payment_system": system, "assigned_on": from, "unassigned_on": until,
                "plan_signed_on": signed, "plan_received_on": received,
                "services_completed_on": self.services.then(|| date(2, 1)),
            })
        };
        let mut list = vec![own(date(0, self.day), changes.first().map(|(months, _)| date(*months, 1)))];
        for (index, (months, to_state_vr)) in changes.iter().enumerate() {
            let until = changes.get(index + 1).map(|(months, _)| date(*months, 1));
            list.push(if *to_state_vr {
                json!({"provider": "VR-X", "kind": "state_vr", "payment_system": null, "assigned_on": date(*months, 1), "unassigned_on": until})
            } else {
                own(date(*months, 1), until)
            });
        }
        list
    }

    fn benefits(&self) -> Vec<Value> {
        let mut ranges = Vec::new();
        for record in ["t2", "t16"] {
            let status_of = |month: &MonthOf| if record == "t2" { month.t2 } else { month.t16 };
            if (self.title == "t2" && record == "t16") || (self.title == "t16" && record == "t2") {
                continue;
            }
            let mut start = self.first();
            for stretch in self.months.chunk_by(|a, b| status_of(a) == status_of(b)) {
                let end = start.plus(i32::try_from(stretch.len()).unwrap_or(0) - 1);
                if let Some(status) = stretch.first().and_then(status_of) {
                    let (word, cash) = match (status, record) {
                        ("state_supplement", "t16") => ("current_pay", Some(false)),
                        ("state_supplement", _) => ("suspended_other", None),
                        ("current_pay", "t16") => ("current_pay", Some(true)),
                        (word, _) => (word, None),
                    };
                    let to = (end != self.last()).then(|| end.to_string());
                    ranges.push(json!({"title": record, "from": start.to_string(), "to": to, "status": word, "federal_cash": cash}));
                }
                start = end.plus(1);
            }
        }
        ranges
    }

    fn earnings(&self) -> Vec<Value> {
        let posted =
            self.first().through(self.last()).zip(&self.months).filter(|(_, m)| m.earned.is_some() || m.paid.is_some());
        posted.map(|(month, m)| json!({"month": month.to_string(), "earned": m.earned, "paid": m.paid})).collect()
    }

    fn pay_statements(&self) -> Vec<Value> {
        let statement = |(index, end, length, wait, cents, kind): &(usize, i8, i8, i8, u32, &str)| {
            let month = self.first().plus(i32::try_from(*index).unwrap_or(0));
            let start = (end - length).max(1);
            let (pay_month, pay_day) =
                if end + wait > 28 { (month.plus(1), end + wait - 28) } else { (month, end + wait) };
            json!({
                "employer": "Acme Bakery", "period_start": format!("{month}-{start:02}"), "period_end": format!("{month}-{end:02}"),
                "pay_date": format!("{pay_month}-{pay_day:02}"), "gross": format!("{}.{:02}", cents / 100, cents % 100), "kind": kind,
            })
        };
        self.statements.iter().map(statement).collect()
    }

    fn state_vr_cases(&self) -> Vec<Value> {
        let closure = |(months, successful, reimbursed, own): &(i32, bool, bool, bool)| {
            json!({
                "agency": if *own { "EN-A" } else { "VR-X" }, "closed_on": format!("{}-15", self.anchor.plus(-months)),
                "successful": successful, "cost_reimbursed": reimbursed,
            })
        };
        self.closures.iter().map(closure).collect()
    }

    fn payments(&self) -> Vec<Value> {
        let mut named: Vec<usize> = Vec::new();
        let mut list = Vec::new();
        for (index, months, own, half) in &self.payments {
            let Some(name) = NAMES.get(*index).filter(|_| !named.contains(index)) else { continue };
            named.push(*index);
            list.push(json!({
                "payment": name, "month": self.anchor.plus(*months).to_string(), "provider": if *own { "EN-A" } else { "EN-B" },
                "amount": "419.00", "half_twl": *half && *name == "p1m1",
            }));
        }
        list
    }
}

/// Any payment that can be asked about.
pub fn payments_asked() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "p1m1",
        "p1m2",
        "p1m3",
        "p1m4",
        "p2",
        "p2m1",
        "p2m2",
        "p2m3",
        "p2m12",
        "outcome",
        "outcome1",
        "outcome2",
        "outcome3",
        "outcome40",
        "reconciliation",
    ])
}

/// One of the two policies.
pub fn policies() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["operations", "regulation"])
}
