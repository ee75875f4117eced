//! Sixty-four rows at a time: from columns to masks, from masks to answers.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use super::answers::Answers;
use super::by_rules;
use super::columns::Columns;
use super::dates::Dates;
use super::fault::Fault;
use super::isa::Isa;
use super::judge::{Facts, Found, Terms, judge};
use super::lanes::{BLOCK, at, put};
use super::masks;
use super::panel::Panel;
use super::plan::{Asked, Edition, Plan};
use super::reading::Seen;
use super::tickets::{Rows, Tickets};
use super::windows::USUAL;
use std::ops::Range;

/// What is used again for every block.
#[derive(Default)]
pub(super) struct Scratch {
    dates: Dates,
    tickets: Tickets,
    facts: Facts,
    seen: Seen,
    found: Found,
    columns: Columns,
    /// The answers of one edition, where a block has several.
    of_edition: Columns,
}

/// Judges rows, block by block.
pub(super) fn judge_rows<I: Isa>(
    isa: I,
    asked: Asked<'_>,
    rows: Range<usize>,
    scratch: &mut Scratch,
    answers: &mut Answers,
    faults: &mut Vec<(usize, Fault)>,
) {
    for first in rows.clone().step_by(BLOCK) {
        let rows = Rows { first, count: BLOCK.min(rows.end.wrapping_sub(first)) };
        isa.run(Block { asked, rows, isa, scratch: &mut *scratch, faults: &mut *faults });
        if scratch.tickets.any_by_rules() | scratch.columns.any_too_long() {
            rest(asked, rows, scratch, faults);
        }
        scratch.columns.write(asked.wanted, answers, rows.count);
    }
}

/// The work of a block, inlined where it is run: a closure would be compiled without the instruction set.
struct Block<'b, I> {
    asked: Asked<'b>,
    rows: Rows,
    isa: I,
    scratch: &'b mut Scratch,
    faults: &'b mut Vec<(usize, Fault)>,
}

impl<I: Isa> pulp::NullaryFnOnce for Block<'_, I> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { asked, rows, isa, scratch, faults } = self;
        let Asked { plan, panel, as_of, wanted, evidence } = asked;
        let Scratch { dates, tickets, facts, seen, found, columns, of_edition } = scratch;
        panel.fetch(isa, rows.first.wrapping_add(BLOCK));
        dates.read(plan, panel, rows.first, as_of);
        let is_plain = masks::lay_out(isa, (plan, panel), rows, dates, (tickets, facts, seen), faults);
        let mut others = false;
        for (place, edition) in (0_u8..).zip(&plan.editions) {
            if !tickets.edition.contains(&place) {
                continue;
            }
            for lane in 0..BLOCK {
                let looks_back = at(&dates.anchor_on, lane) >= edition.look_back_since;
                put(&mut facts.looks_back, lane, u8::from(looks_back));
            }
            let [.., outcome_first] = wanted.months;
            let [.., outcome_count] = wanted.counts;
            let outcomes = outcome_first | outcome_count;
            by_kind(facts, &Terms { is_plain, outcomes, evidence, ..terms(plan, edition, panel) }, found);
            let read = if others { &mut *of_edition } else { &mut *columns };
            read.read(isa, (edition, wanted), tickets, found, is_plain);
            if evidence {
                read.show(tickets, found);
            }
            if others {
                for lane in (0..BLOCK).filter(|lane| at(&tickets.edition, *lane) == place) {
                    columns.take(of_edition, lane);
                }
            }
            others = true;
        }
        if evidence {
            columns.rules(plan, &tickets.bar, &dates.now);
        }
    }
}

/// Judges with what is said here known to the compiler, which leaves the rest out.
#[inline(always)]
fn by_kind(facts: &Facts, terms: &Terms, found: &mut Found) {
    let [first, mut second, mut third, mut fourth] = terms.windows;
    if [second.within, third.within, fourth.within] != USUAL {
        return judge(facts, terms, found);
    }
    [second.within, third.within, fourth.within] = USUAL;
    let terms = Terms { windows: [first, second, third, fourth], ..*terms };
    if terms.is_plain && terms.evidence {
        judge(facts, &Terms { has_paid: false, is_plain: true, outcomes: true, evidence: true, ..terms }, found);
    } else if terms.is_plain && terms.outcomes {
        judge(facts, &Terms { has_paid: false, is_plain: true, outcomes: true, evidence: false, ..terms }, found);
    } else if terms.is_plain {
        judge(facts, &Terms { has_paid: false, is_plain: true, outcomes: false, evidence: false, ..terms }, found);
    } else if terms.has_paid {
        judge(facts, &Terms { has_paid: true, is_plain: false, ..terms }, found);
    } else {
        judge(facts, &Terms { has_paid: false, is_plain: false, ..terms }, found);
    }
}

fn terms(plan: &Plan<'_>, edition: &Edition, panel: &Panel<'_>) -> Terms {
    Terms {
        needs_current_pay: plan.policy.milestones_need_current_pay,
        half_needs_last_period: plan.policy.half_level_needs_last_period,
        outcome_needs_both: plan.policy.concurrent_outcome_needs_both,
        t16_outcome_needs_sga: plan.policy.t16_outcome_needs_sga,
        same_look_back: plan.same_look_back,
        same_sga: plan.same_sga,
        has_paid: panel.paid.is_some(),
        is_plain: false,
        outcomes: true,
        evidence: true,
        windows: edition.phase_1,
        look_back: edition.look_back,
    }
}

/// The rows that masks cannot answer.
#[cold]
fn rest(asked: Asked<'_>, rows: Rows, scratch: &mut Scratch, faults: &mut Vec<(usize, Fault)>) {
    let Scratch { dates, tickets, columns, .. } = scratch;
    for lane in 0..rows.count {
        let edition = at(&tickets.edition, lane);
        if edition == Tickets::NONE || edition != Tickets::BY_RULES && at(&columns.too_long, lane) == 0 {
            continue;
        }
        let row = rows.first.wrapping_add(lane);
        match by_rules::answer(asked, &dates.row(asked.plan, lane, asked.as_of), row) {
            Ok(answer) => columns.set(lane, edition == Tickets::BY_RULES, &answer),
            Err(fault) => faults.push((row, fault)),
        }
    }
    if asked.evidence {
        columns.rules(asked.plan, &tickets.bar, &dates.now);
    }
}
