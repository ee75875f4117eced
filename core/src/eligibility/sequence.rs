//! Which months a ticket's payments take: milestones in sequence, one payment a month, earliest month first (P1-08, P2-03).

use super::rule::{ALL, Asked, Kind, Scope};
use super::{Named, decides_on, state_vr_order};
use crate::domain::{Month, PaymentName};
use crate::facts::{Facts, Truth};
use std::cell::Cell;
use std::sync::LazyLock;

/// How unknown facts are counted in one run: as no, which gives what is certain, or as yes, which gives what is possible.
pub(crate) struct Counting {
    unknown_as_yes: bool,
    met_unknown: Cell<bool>,
}

impl Counting {
    pub(crate) const fn certain() -> Self {
        Self { unknown_as_yes: false, met_unknown: Cell::new(false) }
    }

    pub(crate) const fn possible() -> Self {
        Self { unknown_as_yes: true, met_unknown: Cell::new(false) }
    }

    fn admits(&self, truth: Truth) -> bool {
        match truth {
            Truth::Yes => true,
            Truth::No => false,
            Truth::Unknown => {
                self.met_unknown.set(true);
                self.unknown_as_yes
            }
        }
    }

    /// What is certain, and what is possible; the second is found anew only when the first met something unknown.
    pub(crate) fn both<T: Clone>(run: impl Fn(&Self) -> T) -> (T, T) {
        let counting = Self::certain();
        let certain = run(&counting);
        let possible = if counting.met_unknown.get() { run(&Self::possible()) } else { certain.clone() };
        (certain, possible)
    }
}

/// The months that the payments not yet made would take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Assigned {
    /// Milestones 1 to 4 of Phase 1.
    pub phase_1: [Option<Month>; 4],
    /// The month after which Phase 2 is open; none while a Phase 1 milestone is due first.
    phase_1_done: Option<Month>,
    /// Numbers and months of Phase 2 milestones.
    pub phase_2: Vec<(u8, Month)>,
    /// Numbers and months of outcomes.
    pub outcomes: Vec<(u8, Month)>,
}

/// Assigns months before `end` to all payments of the ticket that are not yet made.
pub(crate) fn assign(facts: &Facts<'_>, counting: &Counting, end: Month) -> Assigned {
    let mut assigned = assign_phase_1(facts, counting, end, 4);
    let taken = assigned.phase_1;
    let is_taken = |month: &Month| taken.contains(&Some(*month));
    if let Some(done) = assigned.phase_1_done
        && is_available(facts, Kind::Phase2)
    {
        let months = open_months(facts, Kind::Phase2, counting, done.plus(1), end);
        assigned.phase_2 = number(facts, PaymentName::Phase2, facts.terms.phase_2_count(facts.ticket_title), months);
    }
    if is_available(facts, Kind::Outcome) {
        let phase_2: Vec<Month> = assigned.phase_2.iter().map(|(_, month)| *month).collect();
        let months = open_months(facts, Kind::Outcome, counting, facts.after_assignment, end);
        let free = months.filter(|month| !is_taken(month) && !phase_2.contains(month));
        assigned.outcomes = number(facts, PaymentName::Outcome, facts.terms.outcome_count(facts.ticket_title), free);
    }
    assigned
}

/// Assigns months before `end` to the first so many milestones of Phase 1.
pub(crate) fn assign_phase_1(facts: &Facts<'_>, counting: &Counting, end: Month, up_to: u8) -> Assigned {
    let mut assigned = Assigned::default();
    let mut after = facts.after_assignment.plus(-1);
    for (number, slot) in (1..=up_to).zip(&mut assigned.phase_1) {
        // One that is not available is passed over; paid nevertheless, it counts as done and only uses up its month.
        if !is_available(facts, Kind::Phase1(number)) {
            continue;
        }
        if let Some(paid) = facts.paid_month(PaymentName::Phase1(number)) {
            after = after.max(paid);
        } else {
            *slot = open_months(facts, Kind::Phase1(number), counting, after.plus(1), end).next();
            let Some(month) = *slot else { return assigned };
            after = month;
        }
    }
    assigned.phase_1_done = Some(after);
    assigned
}

/// Whether every milestone of Phase 1 below a number that is available is paid or attained before a month (C-06).
pub(crate) fn earlier_milestones_done(facts: &Facts<'_>, below: u8, before: Month) -> Truth {
    let run = |counting: &Counting| {
        let assigned = assign_phase_1(facts, counting, before, below - 1);
        (1..below).zip(assigned.phase_1).all(|(number, month)| {
            !is_available(facts, Kind::Phase1(number))
                || facts.paid_month(PaymentName::Phase1(number)).map_or(month.is_some(), |paid| paid < before)
        })
    };
    match Counting::both(run) {
        (true, _) => Truth::Yes,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::No,
    }
}

/// Unused months before one that satisfy all rules of a Phase 2 milestone or an outcome: certainly, possibly (C-08, C-23).
pub(crate) fn earlier_months(facts: &Facts<'_>, kind: Kind, before: Month) -> (Vec<Month>, Vec<Month>) {
    let run = |counting: &Counting| {
        if !is_available(facts, kind) {
            return Vec::new();
        }
        let from = if kind == Kind::Phase2 {
            assign_phase_1(facts, counting, before, 4).phase_1_done.map(|done| done.plus(1))
        } else {
            Some(facts.after_assignment)
        };
        from.map_or_else(Vec::new, |from| open_months(facts, kind, counting, from, before).collect())
    };
    Counting::both(run)
}

/// The rules by which a kind of payment is not available to the claiming assignment, in the order of SVR-08.
pub(crate) fn bars<'f>(facts: &'f Facts<'_>, kind: Kind) -> &'f [&'static str] {
    let bars = facts.bars.get_or_init(|| {
        ALL.map(|kind| {
            let asked = Asked::month_of(kind, facts.after_assignment);
            let rules = rules_of(kind, Scope::Availability).iter();
            let failed = rules.filter(|(_, rule)| rule.fails(facts, &asked)).map(|(id, _)| *id);
            let mut bars: Vec<&'static str> = failed.collect();
            bars.sort_by_key(|id| state_vr_order::place(id));
            bars
        })
    });
    kind.of(bars).map_or(&[], Vec::as_slice)
}

/// Whether a payment of this kind is open to the claiming assignment at all.
pub(crate) fn is_available(facts: &Facts<'_>, kind: Kind) -> bool {
    bars(facts, kind).is_empty()
}

/// The same whatever the payment system: what the reconciliation counts (C-24).
pub(crate) fn is_available_under_any_system(facts: &Facts<'_>, kind: Kind) -> bool {
    bars(facts, kind).iter().all(|id| *id == "SYS-01")
}

/// Whether a month satisfies the rules of this kind that look at the month.
pub(crate) fn month_holds(facts: &Facts<'_>, kind: Kind, month: Month) -> Truth {
    match month_holds_but_for(&[], facts, kind, month) {
        Truth::No => Truth::No,
        // OUT-03 looks at the month and at other payments; the month's part is asked here.
        truth if kind == Kind::Outcome => truth.and(facts.outcome_earnings_reached(month)),
        truth => truth,
    }
}

/// The same without OUT-03 and some further rules.
pub(crate) fn month_holds_but_for(left_out: &[&str], facts: &Facts<'_>, kind: Kind, month: Month) -> Truth {
    let asked = Asked::month_of(kind, month);
    let mut all = Truth::Yes;
    for (id, rule) in rules_of(kind, Scope::Month) {
        if !left_out.contains(id) {
            all = all.and(rule.answer(facts, &asked).unwrap_or(Truth::Yes));
        }
        if all == Truth::No {
            break;
        }
    }
    all
}

fn open_months(
    facts: &Facts<'_>,
    kind: Kind,
    counting: &Counting,
    from: Month,
    end: Month,
) -> impl Iterator<Item = Month> {
    from.through(end.plus(-1).min(facts.last_month()))
        .filter(move |month| !facts.is_used(*month) && counting.admits(month_holds(facts, kind, *month)))
}

/// Gives months, oldest first, to the numbers not yet paid, lowest first (C-33).
fn number(
    facts: &Facts<'_>,
    name: fn(u8) -> PaymentName,
    highest: u8,
    months: impl Iterator<Item = Month>,
) -> Vec<(u8, Month)> {
    (1..=highest).filter(|number| facts.paid_month(name(*number)).is_none()).zip(months).collect()
}

/// The rules of a kind and scope: of a ticket in register order, of a month those of fewer kinds first, which settle most months.
pub(crate) fn rules_of(kind: Kind, scope: Scope) -> &'static [Named] {
    static TABLE: LazyLock<[[Vec<Named>; 2]; 7]> = LazyLock::new(|| {
        let of = |kind, scope| {
            let mut rules: Vec<Named> =
                decides_on(kind).iter().filter(|(_, rule)| rule.scope == scope).copied().collect();
            if scope == Scope::Month {
                rules.sort_by_key(|(_, rule)| rule.of.len());
            }
            rules
        };
        ALL.map(|kind| [Scope::Month, Scope::Availability].map(|scope| of(kind, scope)))
    });
    let column = usize::from(scope == Scope::Availability);
    kind.of(&TABLE).and_then(|scopes| scopes.get(column)).map_or(&[], Vec::as_slice)
}
