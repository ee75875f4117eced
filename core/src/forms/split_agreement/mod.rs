//! EN Split Payment Request (SSA-1401).

pub mod code;
mod read;
mod request;
#[cfg(test)]
mod tests;

pub use read::Draft;
pub(super) use read::read;
pub use request::{Allocation, Choice, Portion, Provider, SplitAgreement};

use super::filing::Checked;
use super::{Form, Intake, OnFile, Person, Sheet};
use crate::decision::are_whole;
use crate::domain::{Month, ProviderKind};
use crate::problem::{Problem, code as shared};
use crate::read::Path;
use jiff::civil::Date;
use read::{PortionDraft, ProviderDraft};

/// The fewest and the most providers of a split (SPL-03).
const PROVIDERS: std::ops::RangeInclusive<usize> = 2..=4;
/// Shares are multiples of this (SPL-03).
const STEP: u8 = 10;

/// Checks a draft: first by itself, then against the ticket on file.
pub(super) fn check(draft: Draft, sheet: &mut Sheet<'_>, on_file: &OnFile) -> Option<Checked> {
    let agree = check_providers(&draft, sheet);
    let mut sound = are_sound(&draft);
    let received = Month::from(sheet.desk.received_on);
    let own = &on_file.organization.provider;
    let held = |person: &Person| person.assignments_to(own).any(|a| Month::from(a.assigned_on) <= received);
    let at = Path::Root.key("ssn");
    let person = sheet.held(on_file, draft.person, &at, &shared::TICKET_NOT_ASSIGNED_TO_ORG, held);
    if let Some(person) = person {
        sound &= check_on_ticket(&draft, sheet, person, own, agree, sound);
        find_earlier(sheet, person);
    }
    check_choice(&draft, sheet, sound);
    let agreement = draft.whole(sheet)?;
    let intake = intake(&agreement);
    Some(Checked { document: serde_json::to_string(&agreement).ok()?, keys: Vec::new(), intake, advice: None })
}

/// Whether as many providers as may share are named, each by an id that could be read, and none twice.
fn are_sound(draft: &Draft) -> bool {
    let Some(providers) = &draft.providers else { return false };
    let is_named =
        |(index, provider): (usize, &ProviderDraft)| provider.pid.is_some() && !is_repeated(providers, index);
    PROVIDERS.contains(&providers.len()) && providers.iter().enumerate().all(is_named)
}

/// Whether an earlier place names the same provider.
fn is_repeated(providers: &[ProviderDraft], index: usize) -> bool {
    let earlier = providers.get(..index).unwrap_or_default();
    let named = providers.get(index).and_then(|provider| provider.pid.as_ref());
    named.is_some() && earlier.iter().any(|other| other.pid.as_ref() == named)
}

/// The providers among themselves; says whether roles and dates agree.
fn check_providers(draft: &Draft, sheet: &mut Sheet<'_>) -> bool {
    let Some(providers) = &draft.providers else { return false };
    let root = Path::Root;
    let list = root.key("ens");
    if !PROVIDERS.contains(&providers.len()) {
        sheet.refuse(&code::SPLIT_EN_COUNT, &list);
        return false;
    }
    let mut repeated = false;
    for index in 0..providers.len() {
        if is_repeated(providers, index) {
            sheet.refuse(&code::SPLIT_EN_DUPLICATE, &list.index(index).key("pid"));
            repeated = true;
        }
    }
    let is_marked = providers.iter().all(|provider| provider.current.is_some());
    let current: Vec<&ProviderDraft> = providers.iter().filter(|provider| provider.current == Some(true)).collect();
    match current.as_slice() {
        [current] if !repeated => return check_order(sheet, providers, current),
        [_] => {}
        // Of a provider named twice one entry goes, and it may be the one that is marked.
        [_, _, ..] if repeated => {}
        _ if is_marked => sheet.refuse(&code::SPLIT_CURRENT_EN, &list),
        _ => {}
    }
    false
}

/// Whether the current provider has the latest date, and no two have the same.
fn check_order(sheet: &mut Sheet<'_>, providers: &[ProviderDraft], current: &ProviderDraft) -> bool {
    let root = Path::Root;
    let list = root.key("ens");
    let Some(latest) = current.assigned_on else { return false };
    let mut agree = true;
    for (index, provider) in providers.iter().enumerate() {
        let Some(day) = provider.assigned_on else { continue };
        let earlier = providers.get(..index).unwrap_or_default();
        let too_late = provider.current == Some(false) && day > latest;
        if too_late || earlier.iter().any(|other| other.assigned_on == Some(day)) {
            sheet.refuse(&code::SPLIT_TAD_ORDER, &list.index(index).key("ticket_assignment_date"));
            agree = false;
        }
    }
    agree
}

/// Shares stand where they were agreed, and nowhere else.
fn check_choice(draft: &Draft, sheet: &mut Sheet<'_>, sound: bool) {
    let root = Path::Root;
    let at = root.key("allocation");
    match (draft.choice, draft.has_allocation) {
        (Some(Choice::OsmDecides), true) => sheet.refuse(&code::SPLIT_ALLOCATION_FORBIDDEN, &at),
        (Some(Choice::AgreedAllocation), false) => sheet.refuse(&code::SPLIT_ALLOCATION_REQUIRED, &at),
        (Some(Choice::AgreedAllocation), true) => {
            let Some(allocation) = &draft.allocation else { return };
            for (name, row) in allocation {
                check_row(draft, sheet, row.as_deref(), &at.key(name), sound);
            }
        }
        _ => {}
    }
}

/// The shares of one kind of payment. Whose they are is looked at once the providers themselves are sound.
fn check_row(draft: &Draft, sheet: &mut Sheet<'_>, row: Option<&[PortionDraft]>, path: &Path<'_>, sound: bool) {
    let Some(portions) = row else { return };
    if portions.is_empty() {
        sheet.refuse(&code::SPLIT_ALLOCATION_REQUIRED, path);
        return;
    }
    let known = draft.providers.as_deref().unwrap_or_default();
    let mut is_sound = true;
    for (index, portion) in portions.iter().enumerate() {
        let at = path.index(index);
        let earlier = portions.get(..index).unwrap_or_default();
        let named = sound && portion.pid.is_some();
        if named && earlier.iter().any(|other| other.pid == portion.pid) {
            sheet.refuse(&code::SPLIT_EN_DUPLICATE, &at.key("pid"));
            is_sound = false;
        } else if named && !known.iter().any(|provider| provider.pid == portion.pid) {
            sheet.refuse(&code::SPLIT_EN_UNKNOWN, &at.key("pid"));
            is_sound = false;
        }
        if portion.percent.is_some_and(|percent| percent % STEP != 0) {
            sheet.refuse(&code::SPLIT_PCT_STEP10, &at.key("percent"));
            is_sound = false;
        }
    }
    let percents: Option<Vec<u8>> = portions.iter().map(|portion| portion.percent).collect();
    if is_sound && percents.is_some_and(|percents| !are_whole(percents.into_iter())) {
        sheet.refuse(&code::SPLIT_PCT_TOTAL, path);
    }
}

/// An agreement that is on file is not simply replaced: the other providers may stand by it.
fn find_earlier(sheet: &mut Sheet<'_>, person: &Person) {
    let earlier = person.earlier.iter().filter(|filed| filed.live && filed.form == Form::SplitAgreement);
    if let Some(last) = earlier.map(|filed| filed.received_on).max() {
        sheet.add(Problem::new(&code::SPLIT_ON_FILE, "").with("from", last.to_string()));
    }
}

/// The providers against the ticket; roles and dates once they agree among themselves. Says whether all of them held it.
fn check_on_ticket(
    draft: &Draft,
    sheet: &mut Sheet<'_>,
    person: &Person,
    own: &str,
    mut agree: bool,
    sound: bool,
) -> bool {
    let Some(providers) = &draft.providers else { return false };
    let root = Path::Root;
    let list = root.key("ens");
    let mut mismatches = Vec::new();
    let mut last_on_file: Option<(Date, bool)> = None;
    let mut all_held = true;
    for (index, provider) in providers.iter().enumerate() {
        let Some(pid) = provider.pid.as_deref() else {
            agree = false;
            continue;
        };
        let of_provider = person.assignments_to(pid).filter(|assignment| assignment.kind != ProviderKind::StateVr);
        let days: Vec<Date> = of_provider.map(|assignment| assignment.assigned_on).collect();
        let Some(latest) = days.iter().max().copied() else {
            if !is_repeated(providers, index) {
                sheet.refuse(&code::SPLIT_EN_NOT_ON_TICKET, &list.index(index).key("pid"));
            }
            (agree, all_held) = (false, false);
            continue;
        };
        last_on_file = last_on_file.max(Some((latest, provider.current == Some(true))));
        if agree && provider.assigned_on.is_some_and(|day| !days.contains(&day)) {
            mismatches.push(index);
        }
    }
    for index in &mismatches {
        sheet.refuse(&code::SPLIT_TAD_MISMATCH, &list.index(*index).key("ticket_assignment_date"));
    }
    if agree && mismatches.is_empty() && last_on_file.is_some_and(|(_, is_current)| !is_current) {
        sheet.refuse(&code::SPLIT_CURRENT_EN, &list);
    }
    // A provider that is not sound may be meant for the own one.
    if sound && all_held && !providers.iter().any(|provider| provider.pid.as_deref() == Some(own)) {
        sheet.refuse(&code::SPLIT_SUBMITTER_MISSING, &list);
    }
    all_held
}

/// One row for each provider.
fn intake(agreement: &SplitAgreement) -> Intake {
    let share = |of: fn(&Allocation) -> &Vec<Portion>, provider: &Provider| {
        let Some(allocation) = &agreement.allocation else { return "Program manager decides".to_owned() };
        let portion = of(allocation).iter().find(|portion| portion.pid == provider.pid);
        format!("{}%", portion.map_or(0, |portion| portion.percent))
    };
    let row = |provider: &Provider| {
        vec![
            agreement.ssn.clone(),
            provider.pid.to_string(),
            provider.ticket_assignment_date.strftime("%m/%d/%Y").to_string(),
            if provider.current { "Yes" } else { "No" }.to_owned(),
            share(|allocation| &allocation.p1, provider),
            share(|allocation| &allocation.p2, provider),
            share(|allocation| &allocation.outcome, provider),
        ]
    };
    Intake {
        heading: "Split Payment Request",
        columns: vec!["SSN", "PID", "Date of Assignment", "Current", "Phase 1", "Phase 2", "Outcome"],
        rows: agreement.ens.iter().map(row).collect(),
    }
}
