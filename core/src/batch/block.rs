//! Sixty-four rows at a time: from columns to masks, from masks to answers.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use super::calendar;
use super::isa::{Eight, Isa};
use super::lanes::{self, Facts, Found, Levels, Terms};
use super::panel::{Cents, Codes, Fault, List, Panel, VrBar};
use super::plan::{Edition, Plan};
use super::row::{PROVIDER, Row};
use super::run::Standing;
use crate::decision::{Status, ledger};
use crate::domain::{Month, PaymentName};
use crate::facts::PolicyName;
use crate::read::LedgerRequest;

/// Rows of a block.
const BLOCK: usize = 64;

/// Where the answers to some rows go.
pub(super) struct Part<'o> {
    pub first: usize,
    pub rows: usize,
    pub months: [&'o mut [i32]; 6],
    pub present: [&'o mut [u64]; 6],
    pub standing: [&'o mut [i8]; 4],
    pub counts: [&'o mut [u8]; 2],
    pub evidence: Option<PartEvidence<'o>>,
}

/// Where the evidence goes.
pub(super) struct PartEvidence<'o> {
    pub from: &'o mut [i32],
    pub masks: [&'o mut [u64]; 6],
    pub rules: [&'o mut [i8]; 4],
}

/// What is used again for every block.
#[derive(Default)]
pub(super) struct Scratch {
    facts: [Facts; BLOCK / 8],
    found: [Found; BLOCK / 8],
    rows: [[Ticket; 8]; BLOCK / 8],
    amounts: Signs,
    codes: Highest,
}

/// What is kept of a row between the passes.
#[derive(Debug, Clone, Copy, Default)]
struct Ticket {
    row: Row,
    /// The month of bit 0.
    from: i32,
    /// Bits that are elements of lists and of months that are over.
    inside: u64,
    /// Months of the look-back, by pay period end and by day of pay.
    look_back: (u64, u64),
    /// Months of the outcome period before bit 0, whose status is not known.
    before: u32,
    bar: VrBar,
    way: Way,
}

/// How a row is judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Way {
    /// There is no such row, or it is faulty.
    #[default]
    None,
    Masks,
    /// By the rules themselves.
    Case,
}

/// All amounts seen, or-ed: negative when one was.
#[derive(Default)]
struct Signs {
    earned: [i32; 16],
    paid: [i32; 16],
}

/// The highest code seen, by its place after 255.
struct Highest {
    t2: [u8; 64],
    t16: [u8; 64],
}

impl Default for Highest {
    fn default() -> Self {
        Self { t2: [0; 64], t16: [0; 64] }
    }
}

/// Judges the rows of a part.
pub(super) fn judge<I: Isa>(
    isa: I,
    plan: &Plan<'_>,
    panel: &Panel<'_>,
    as_of: Option<i32>,
    scratch: &mut Scratch,
    part: &mut Part<'_>,
    faults: &mut Vec<(usize, Fault)>,
) {
    let main = plan.editions.last();
    let terms = Terms {
        needs_current_pay: plan.policy.milestones_need_current_pay,
        half_needs_last_period: plan.policy.half_level_needs_last_period,
        outcome_needs_both: plan.policy.concurrent_outcome_needs_both,
        t16_outcome_needs_sga: plan.policy.t16_outcome_needs_sga,
        has_paid: panel.paid.is_some(),
        windows: main.map_or([crate::params::Window { months: u8::MAX, within: 0 }; 4], |edition| edition.phase_1),
    };
    let mut done = 0;
    while done < part.rows {
        let count = BLOCK.min(part.rows - done);
        let job =
            Block { plan, panel, terms, as_of, first: part.first + done, count, evidence: part.evidence.is_some() };
        isa.run(Masks { job: &job, isa, scratch: &mut *scratch, faults: &mut *faults });
        job.write(scratch, part, done, faults);
        done += count;
    }
}

/// The work of a block, inlined where it is run: a closure would be compiled without the instruction set.
struct Masks<'m, 'b, 'p, I> {
    job: &'m Block<'b, 'p>,
    isa: I,
    scratch: &'m mut Scratch,
    faults: &'m mut Vec<(usize, Fault)>,
}

impl<I: Isa> pulp::NullaryFnOnce for Masks<'_, '_, '_, I> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.job.masks(self.isa, self.scratch, self.faults);
    }
}

struct Block<'b, 'p> {
    plan: &'b Plan<'p>,
    panel: &'b Panel<'b>,
    terms: Terms,
    as_of: Option<i32>,
    first: usize,
    count: usize,
    evidence: bool,
}

impl Block<'_, '_> {
    /// From columns to masks, and from masks to what follows.
    #[inline(always)]
    fn masks<I: Isa>(&self, isa: I, scratch: &mut Scratch, faults: &mut Vec<(usize, Fault)>) {
        let Scratch { facts, found, rows, amounts, codes } = scratch;
        *amounts = Signs::default();
        *codes = Highest::default();
        for (group, (facts, tickets)) in facts.iter_mut().zip(rows.iter_mut()).enumerate() {
            for (lane, ticket) in tickets.iter_mut().enumerate() {
                let index = group * 8 + lane;
                *ticket = Ticket::default();
                if index >= self.count {
                    continue;
                }
                let row = self.first + index;
                match Row::read(self.plan, self.panel, row, self.as_of) {
                    Ok(dates) => self.lay_out(isa, row, dates, facts, lane, ticket, (amounts, codes)),
                    Err(fault) => faults.push((row, fault)),
                }
            }
            self.look_back(isa, facts, tickets);
        }
        for (facts, found) in facts.iter().zip(found.iter_mut()) {
            *found = lanes::judge(isa, facts, &self.terms, self.evidence);
        }
        self.refuse(amounts, codes, faults);
    }

    /// Lays one row out as masks.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "what it reads, and the four places that it fills")]
    fn lay_out<I: Isa>(
        &self,
        isa: I,
        row: usize,
        dates: Row,
        facts: &mut Facts,
        lane: usize,
        ticket: &mut Ticket,
        (amounts, codes): (&mut Signs, &mut Highest),
    ) {
        let (plan, panel) = (self.plan, self.panel);
        ticket.row = dates;
        ticket.bar = panel.vr_bar(row);
        ticket.way = Way::Case;
        let Some(edition) = plan.edition(dates.now) else { return };
        // Only the look-back and what comes after the assignment matter: of a longer list the rest is left out.
        let skipped = if dates.length > 64 {
            usize::try_from((dates.anchor - edition.longest_look_back()).min(dates.start) - dates.first).unwrap_or(0)
        } else {
            0
        };
        let from = dates.first + i32::try_from(skipped).unwrap_or(0);
        let used = dates.length.min(usize::try_from(dates.now.max(dates.anchor) - dates.first).unwrap_or(0));
        let used = used.saturating_sub(skipped);
        let is_known = dates.start >= dates.now || dates.start >= plan.known.start && dates.now <= plan.known.end;
        let Ok(table) = usize::try_from(from) else { return };
        if used > 64 || !is_known || !edition.fits || edition.phase_1 != self.terms.windows || table >= calendar::MONTHS
        {
            return;
        }
        ticket.way = Way::Masks;
        ticket.from = from;
        ticket.inside = below(used) & below(usize::try_from(dates.now - from).unwrap_or(0));
        ticket.before = (from - dates.outcome_from).max(0).cast_unsigned();

        let is_blind = panel.blind.is_some_and(|bits| bits.get(row));
        let title = panel.title.get(row).copied().unwrap_or(0);
        set(&mut facts.is_t2, lane, if title == 0 { u64::MAX } else { 0 });
        set(&mut facts.is_t16, lane, if title == 1 { u64::MAX } else { 0 });
        let sight = Sight { skipped, used, table, blind: is_blind, edition };

        let t2 = codes_of(isa, &panel.t2, row, &sight, &mut codes.t2);
        let t16 = codes_of(isa, &panel.t16, row, &sight, &mut codes.t16);
        facts.t2.iter_mut().zip(t2).for_each(|(to, mask)| set(to, lane, mask));
        facts.t16.iter_mut().zip(t16).for_each(|(to, mask)| set(to, lane, mask));
        // BEN-05 is asked only where entitlement has ended for work.
        let ended = (t2_ended(t2) | t2_ended(t16)) != 0;
        ticket.look_back.0 =
            self.levels(isa, &panel.earned, row, &sight, ended, &mut facts.earned, lane, &mut amounts.earned);
        if let Some(paid) = &panel.paid {
            ticket.look_back.1 = self.levels(isa, paid, row, &sight, ended, &mut facts.paid, lane, &mut amounts.paid);
        }
        let (yes, unknown) = match &panel.last_period {
            None => (0, u64::MAX),
            Some(list) => {
                let (at, length) = list.range(row);
                let inside = below(length.saturating_sub(skipped));
                let known = inside & list.known.map_or(u64::MAX, |bits| bits.word(at + skipped));
                (list.values.word(at + skipped) & known, !known)
            }
        };
        set(&mut facts.last_period, lane, yes);
        set(&mut facts.last_period_unknown, lane, unknown);
        let since = |month: i32| !below(usize::try_from(month - from).unwrap_or(0));
        let start = since(dates.start);
        set(&mut facts.available_from, lane, start);
        set(&mut facts.span, lane, start & below(usize::try_from(dates.end - from).unwrap_or(0)));
        set(&mut facts.outcome_from, lane, since(dates.outcome_from));
        set(&mut facts.maybe_begun_before, lane, if ticket.before > 0 { u64::MAX } else { 0 });
        set(&mut facts.services, lane, if dates.services { u64::MAX } else { 0 });
        set(&mut facts.pays, lane, if ticket.bar == VrBar::All { 0 } else { u64::MAX });
    }

    /// The months that reach each level; those of the look-back are given back.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "what it reads, and the two places that it fills")]
    fn levels<I: Isa>(
        &self,
        isa: I,
        list: &List<'_, Cents<'_>>,
        row: usize,
        sight: &Sight<'_>,
        ended: bool,
        levels: &mut Levels,
        lane: usize,
        signs: &mut [i32; 16],
    ) -> u64 {
        let plan = self.plan;
        let (from, length) = list.range(row);
        let from = from + sight.skipped;
        let length = length.saturating_sub(sight.skipped).min(sight.used);
        let mut buffer = [0; 64];
        let amounts = match list.values {
            Cents::Small(values) => values.get(from..).unwrap_or_default().first_chunk::<64>(),
            _ => None,
        };
        let amounts = amounts.unwrap_or_else(|| {
            copy(list.values, from, length, &mut buffer);
            &buffer
        });
        let inside = below(length) & list.known.map_or(u64::MAX, |bits| bits.word(from));
        let (chunks, _) = amounts.as_chunks::<16>();
        let chunks = chunks.get(..length.div_ceil(16)).unwrap_or_default();
        let above = |limits: &[i32]| {
            let Some(limits) = limits.get(sight.table..).and_then(<[i32]>::first_chunk::<64>) else { return 0 };
            let mut mask = 0;
            for (place, (amounts, limits)) in chunks.iter().zip(limits.as_chunks::<16>().0).enumerate() {
                mask |= isa.above(amounts, limits) << (place * 16);
            }
            mask & inside
        };
        for chunk in chunks {
            signs.iter_mut().zip(chunk).for_each(|(all, amount)| *all |= amount);
        }
        let [of_all, of_blind] = &plan.outcome;
        let outcome = above(if sight.blind { of_blind } else { of_all });
        let trial_work = above(&plan.trial_work);
        set(&mut levels.trial_work, lane, trial_work);
        set(&mut levels.half, lane, above(&sight.edition.half));
        set(&mut levels.outcome, lane, outcome);
        let phase_2 = if plan.same_sga {
            outcome
        } else {
            let [of_all, of_blind] = &plan.phase_2;
            above(if sight.blind { of_blind } else { of_all })
        };
        set(&mut levels.phase_2, lane, phase_2);
        let above_outcome = if ended {
            let [of_all, of_blind] = &plan.above_outcome;
            above(if sight.blind { of_blind } else { of_all })
        } else {
            0
        };
        set(&mut levels.above_outcome, lane, above_outcome);
        if plan.same_look_back { trial_work } else { above(&plan.look_back) }
    }

    /// Which milestones are open, by the look-back and by what bars Phase 1.
    #[inline(always)]
    fn look_back<I: Isa>(&self, isa: I, facts: &mut Facts, tickets: &[Ticket; 8]) {
        let (earned, paid) =
            if self.terms.has_paid { lanes::milestone_bases(isa, facts) } else { ([u64::MAX; 8], [0; 8]) };
        for (lane, ((ticket, earned), paid)) in tickets.iter().zip(earned).zip(paid).enumerate() {
            if ticket.way != Way::Masks {
                continue;
            }
            let (by_earned, by_paid) = ticket.look_back;
            let reached = by_earned & earned | by_paid & paid;
            let dates = &ticket.row;
            let windows = self.plan.edition(dates.now).filter(|edition| dates.anchor_on >= edition.look_back_since);
            // The month before the first assignment becomes the highest bit.
            let before = match dates.anchor - ticket.from {
                months @ 1..=64 => reached << (64 - months),
                months @ 65..=127 => reached >> (months - 64),
                _ => 0,
            };
            for (place, open) in facts.open.iter_mut().enumerate() {
                let window = windows.and_then(|edition| edition.look_back.get(place));
                let is_barred = window.is_some_and(|window| {
                    let looked_at = u32::from(window.within);
                    let months = if looked_at == 0 { 0 } else { before >> (64 - looked_at) };
                    months.count_ones() >= u32::from(window.months)
                });
                set(open, lane, if is_barred || ticket.bar != VrBar::None { 0 } else { u64::MAX });
            }
        }
    }
}

/// What is seen of a row's lists.
struct Sight<'s> {
    skipped: usize,
    used: usize,
    /// The month of bit 0 in the tables of limits.
    table: usize,
    blind: bool,
    edition: &'s Edition,
}

impl Block<'_, '_> {
    /// Names the rows in which an amount or a code is none.
    fn refuse(&self, signs: &Signs, codes: &Highest, faults: &mut Vec<(usize, Fault)>) {
        let rows = self.first..self.first + self.count;
        let is_negative = |signs: &[i32; 16]| signs.iter().any(|sign| *sign < 0);
        let cents = [
            (is_negative(&signs.earned), Some(&self.panel.earned), Fault::Earned),
            (is_negative(&signs.paid), self.panel.paid.as_ref(), Fault::Paid),
        ];
        for (_, list, fault) in cents.into_iter().filter(|(seen, _, _)| *seen) {
            let Some(list) = list else { continue };
            let bad = |cents| cents < 0_i128;
            faults.extend(
                rows.clone().filter(|row| has(list, *row, |at| list.values.get(at), bad)).map(|row| (row, fault)),
            );
        }
        let is_high = |codes: &[u8; 64]| codes.iter().any(|code| *code > HIGHEST_CODE);
        let lists =
            [(is_high(&codes.t2), &self.panel.t2, Fault::T2), (is_high(&codes.t16), &self.panel.t16, Fault::T16)];
        for (_, list, fault) in lists.into_iter().filter(|(seen, _, _)| *seen) {
            let bad = |code: u8| code.wrapping_add(1) > HIGHEST_CODE;
            faults.extend(
                rows.clone().filter(|row| has(list, *row, |at| list.values.get(at), bad)).map(|row| (row, fault)),
            );
        }
    }

    /// From what follows to the columns of the answer.
    fn write(&self, scratch: &Scratch, part: &mut Part<'_>, done: usize, faults: &mut Vec<(usize, Fault)>) {
        let tickets = scratch.rows.as_flattened();
        let mut present = [0_u64; 6];
        for (index, ticket) in tickets.iter().enumerate().take(self.count) {
            let at = done + index;
            let found = scratch.found.get(index / 8);
            let is_t16 = self.panel.title.get(self.first + index) == Some(&1);
            let answer = match (ticket.way, found) {
                (Way::Masks, Some(found)) => self.read(ticket, found, scratch, index, is_t16),
                _ => None,
            };
            let answer = match (answer, ticket.way) {
                (Some(answer), _) => answer,
                (None, Way::None) => continue,
                (None, _) => match self.by_rules(ticket, self.first + index) {
                    Ok(answer) => answer,
                    Err(fault) => {
                        faults.push((self.first + index, fault));
                        continue;
                    }
                },
            };
            for ((column, present), month) in part.months.iter_mut().zip(&mut present).zip(answer.months) {
                let day = month.and_then(|month| self.plan.first_days.get(usize::try_from(month).ok()?)).copied();
                *present |= u64::from(day.is_some()) << index;
                if let Some(cell) = column.get_mut(at) {
                    *cell = day.unwrap_or(0);
                }
            }
            for (column, standing) in part.standing.iter_mut().zip(answer.standing) {
                if let Some(cell) = column.get_mut(at) {
                    *cell = standing as i8;
                }
            }
            for (column, count) in part.counts.iter_mut().zip(answer.counts) {
                if let Some(cell) = column.get_mut(at) {
                    *cell = count;
                }
            }
            if let Some(evidence) = &mut part.evidence {
                self.show(evidence, at, ticket, &answer);
            }
        }
        for (column, word) in part.present.iter_mut().zip(present) {
            if let Some(cell) = column.get_mut(done / 64) {
                *cell = word;
            }
        }
    }

    /// Reads one ticket's answer off the masks; none when the outcome period may be longer than its end.
    #[inline]
    fn read(&self, ticket: &Ticket, found: &Found, scratch: &Scratch, index: usize, is_t16: bool) -> Option<Answer> {
        let lane = index % 8;
        let edition = self.plan.edition(ticket.row.now)?;
        let of = |masks: &Eight| masks.get(lane).copied().unwrap_or(0);
        let period = (of(&found.maybe_outcome) & ticket.inside).count_ones() + ticket.before;
        if period > u32::from(edition.outcome_count(is_t16)) {
            return None;
        }
        let facts = scratch.facts.get(index / 8)?;
        let month = |mask: u64| (mask != 0).then(|| ticket.from + mask.trailing_zeros().cast_signed());
        let [m1, m2, m3, m4] = found.certain.each_ref().map(of);
        let (phase_2, outcomes) = (of(&found.phase_2), of(&found.outcomes));
        let mut standing = [Standing::NotAttained; 4];
        let states = found.certain.iter().zip(&found.possible).zip(&facts.open);
        for (standing, ((certain, possible), open)) in standing.iter_mut().zip(states) {
            *standing = if of(open) == 0 {
                if ticket.bar == VrBar::None { Standing::LookBack } else { Standing::StateVr }
            } else if of(certain) != 0 {
                Standing::Attained
            } else if of(possible) != 0 {
                Standing::Undetermined
            } else {
                Standing::NotAttained
            };
        }
        let count = |mask: u64, most: u8| u8::try_from(mask.count_ones()).unwrap_or(u8::MAX).min(most);
        let shown = &found.evidence;
        Some(Answer {
            months: [month(m1), month(m2), month(m3), month(m4), month(phase_2), month(outcomes)],
            standing,
            counts: [count(phase_2, edition.phase_2_count(is_t16)), count(outcomes, edition.outcome_count(is_t16))],
            from: ticket.from,
            masks: if self.evidence {
                [&shown.trial_work, &shown.half, &shown.phase_2, &shown.in_pay, &shown.outcome, &shown.unknown]
                    .map(|masks| of(masks) & ticket.inside)
            } else {
                [0; 6]
            },
        })
    }

    /// Makes a row into a case and asks the rules.
    fn by_rules(&self, ticket: &Ticket, row: usize) -> Result<Answer, Fault> {
        let dates = &ticket.row;
        let case = dates.case(self.panel, row).ok_or(Fault::Span)?;
        let as_of = dates.as_of().ok_or(Fault::Span)?;
        if dates.now - dates.first > crate::domain::MAX_SPAN_MONTHS * 2 {
            return Err(Fault::Span);
        }
        let policy = self.plan.policy.name;
        let request = LedgerRequest { case, provider: PROVIDER.into(), as_of, policy };
        let ledger = ledger(&request, self.plan.parameters).map_err(|_| Fault::Span)?;
        let mut answer = Answer { from: dates.first, ..Answer::default() };
        for row in &ledger.rows {
            let month = row.attained_in.filter(|_| row.status == Status::Payable).map(calendar::number);
            let [m1, m2, m3, m4, phase_2, outcome] = &mut answer.months;
            let [phase_2_count, outcome_count] = &mut answer.counts;
            match row.payment {
                PaymentName::Phase1(number) => {
                    let place = usize::from(number).wrapping_sub(1);
                    if let Some(cell) = [m1, m2, m3, m4].into_iter().nth(place) {
                        *cell = month;
                    }
                    if let Some(cell) = answer.standing.get_mut(place) {
                        *cell = standing(row.status, &row.blocked_by);
                    }
                }
                PaymentName::Phase2(_) if month.is_some() => {
                    *phase_2_count += 1;
                    *phase_2 = earlier(*phase_2, month);
                }
                PaymentName::Outcome(_) if month.is_some() => {
                    *outcome_count += 1;
                    *outcome = earlier(*outcome, month);
                }
                _ => {}
            }
        }
        Ok(answer)
    }

    fn show(&self, evidence: &mut PartEvidence<'_>, at: usize, ticket: &Ticket, answer: &Answer) {
        if let Some(cell) = evidence.from.get_mut(at) {
            *cell =
                usize::try_from(answer.from).ok().and_then(|from| self.plan.first_days.get(from)).copied().unwrap_or(0);
        }
        for (column, mask) in evidence.masks.iter_mut().zip(answer.masks) {
            if let Some(cell) = column.get_mut(at) {
                *cell = mask;
            }
        }
        let mut is_due = true;
        for (place, (column, standing)) in (0_i8..).zip(evidence.rules.iter_mut().zip(answer.standing)) {
            let rule = match standing {
                Standing::LookBack => 4 + place,
                Standing::StateVr => self.vr_rule(ticket),
                _ if is_due => place,
                _ => 12,
            };
            is_due &= matches!(standing, Standing::Attained | Standing::LookBack | Standing::StateVr);
            if let Some(cell) = column.get_mut(at) {
                *cell = rule;
            }
        }
    }

    /// The rule by which an agency's case bars.
    fn vr_rule(&self, ticket: &Ticket) -> i8 {
        if ticket.bar == VrBar::All {
            11
        } else if self.plan.policy.name == PolicyName::Regulation {
            10
        } else {
            let month: Month = calendar::month(ticket.row.now);
            if self.plan.parameters.terms(month).state_vr_closure_months.is_some() { 9 } else { 8 }
        }
    }
}

/// One row's answer, months as numbers.
#[derive(Debug, Clone, Copy)]
struct Answer {
    months: [Option<i32>; 6],
    standing: [Standing; 4],
    counts: [u8; 2],
    from: i32,
    masks: [u64; 6],
}

impl Default for Answer {
    fn default() -> Self {
        Self { months: [None; 6], standing: [Standing::NotAttained; 4], counts: [0; 2], from: 0, masks: [0; 6] }
    }
}

fn earlier(a: Option<i32>, b: Option<i32>) -> Option<i32> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        _ => a.or(b),
    }
}

pub(super) fn standing(status: Status, blocked_by: &[&str]) -> Standing {
    match status {
        Status::Paid | Status::Payable => Standing::Attained,
        Status::Undetermined => Standing::Undetermined,
        Status::Unavailable if blocked_by.iter().any(|id| id.starts_with("SVR-0") && *id != "SVR-04") => {
            Standing::StateVr
        }
        Status::Unavailable if blocked_by.iter().any(|id| id.starts_with("LB-")) => Standing::LookBack,
        Status::Unavailable | Status::Pending => Standing::NotAttained,
    }
}

/// The codes are 0 to 6 and 255; moved up by one, 255 becomes 0.
const HIGHEST_CODE: u8 = 7;

/// The lowest bits of a row's codes; those beyond its end are zero, which is not known.
#[inline(always)]
fn codes_of<I: Isa>(
    isa: I,
    list: &List<'_, Codes<'_>>,
    row: usize,
    sight: &Sight<'_>,
    highest: &mut [u8; 64],
) -> [u64; 3] {
    let (from, length) = list.range(row);
    let from = from + sight.skipped;
    let length = length.saturating_sub(sight.skipped).min(sight.used);
    let mut buffer = [0; 64];
    let codes = match list.values {
        Codes::Plain(values) => values.get(from..).unwrap_or_default().first_chunk::<64>(),
        _ => None,
    };
    let codes = codes.unwrap_or_else(|| {
        for (index, code) in buffer.iter_mut().enumerate().take(length) {
            *code = list.values.get(from + index).unwrap_or(0);
        }
        &buffer
    });
    highest.iter_mut().zip(codes).for_each(|(highest, code)| *highest = (*highest).max(code.wrapping_add(1)));
    let inside = below(length) & list.known.map_or(u64::MAX, |bits| bits.word(from));
    isa.planes(codes).map(|plane| plane & inside)
}

const fn t2_ended([b0, b1, b2]: [u64; 3]) -> u64 {
    b2 & !b1 & !b0
}

/// Amounts of any width as 32 bits; no level is near the ends of those.
fn copy(values: Cents<'_>, from: usize, length: usize, buffer: &mut [i32; 64]) {
    let narrow = |cents: i128| i32::try_from(cents.clamp(i128::from(i32::MIN), i128::from(i32::MAX - 1))).unwrap_or(0);
    for (index, cell) in buffer.iter_mut().enumerate().take(length) {
        *cell = values.get(from + index).map_or(0, narrow);
    }
}

fn has<V, T>(list: &List<'_, V>, row: usize, get: impl Fn(usize) -> Option<T>, bad: impl Fn(T) -> bool) -> bool {
    let (from, length) = list.range(row);
    let is_known = |at: &usize| list.known.is_none_or(|bits| bits.get(*at));
    (from..from + length).filter(is_known).filter_map(get).any(bad)
}

/// So many of the lowest bits.
#[inline(always)]
const fn below(bits: usize) -> u64 {
    if bits >= 64 { u64::MAX } else { !(u64::MAX << bits) }
}

#[inline(always)]
fn set(masks: &mut Eight, lane: usize, mask: u64) {
    if let Some(cell) = masks.get_mut(lane) {
        *cell = mask;
    }
}
