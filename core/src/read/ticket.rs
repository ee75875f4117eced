//! Reading the ticket of a case: its assignments, and who could claim on it.

use super::{Path, Reader};
use crate::domain::{Assignment, MAX_ASSIGNMENTS, Month, PaymentSystem, ProviderKind};
use crate::problem::{Problem, code};
use serde_json_borrow::Value;

/// The fewest assignments a ticket may have.
#[derive(Clone, Copy)]
pub(super) struct Fewest(pub usize);

/// A ticket as far as it could be read.
#[derive(Default)]
pub(super) struct Ticket {
    pub id: Option<Box<str>>,
    pub terminates_in: Option<Month>,
    pub assignments: Vec<Assignment>,
    /// Nothing is wrong with the assignments.
    pub is_whole: bool,
    /// Who could claim on it; none when somebody's name or kind could not be read, or nobody had it.
    pub providers: Option<Vec<Box<str>>>,
}

/// Reads the ticket of a case as far as it can be read.
pub(super) fn read(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>, fewest: Fewest) -> Option<Ticket> {
    let value = reader.required(field, path)?;
    let [id, terminates_in, assignments] = reader.object(value, path, &["id", "terminates_in", "assignments"])?;
    let id = reader.ticket_id(id, &path.key("id"));
    let terminates_in = reader.optional_month(terminates_in, &path.key("terminates_in"));
    let at = path.key("assignments");
    let ticket = Ticket { id, terminates_in, ..Ticket::default() };
    if reader.required(assignments, &at).is_none() {
        return Some(ticket);
    }
    let items = reader.list(assignments, &at);
    if items.len() > MAX_ASSIGNMENTS {
        reader.add(Problem::new(&code::ASSIGNMENTS_TOO_MANY, &at.pointer()).with("limit", MAX_ASSIGNMENTS));
        return Some(ticket);
    }
    if items.len() < fewest.0 && matches!(assignments, Some(Value::Array(_))) {
        reader.refuse(&code::ASSIGNMENTS_REQUIRED, &at);
    }
    let mut holders: Option<Vec<(Box<str>, ProviderKind)>> = Some(Vec::with_capacity(items.len()));
    let mut read: Vec<Option<Assignment>> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let (holder, assignment) = assignment(reader, item, &at.index(index));
        holders = holders.zip(holder).map(|(mut holders, holder)| {
            holders.push(holder);
            holders
        });
        read.push(assignment);
    }
    for (index, pair) in read.windows(2).enumerate() {
        let [Some(earlier), Some(later)] = pair else { continue };
        let here = at.index(index + 1);
        if later.assigned_on < earlier.assigned_on {
            reader.refuse(&code::ASSIGNMENTS_ORDER, &here.key("assigned_on"));
        } else if earlier.unassigned_on.is_none_or(|ended| later.assigned_on < ended) {
            reader.refuse(&code::ASSIGNMENTS_OVERLAP, &here.key("assigned_on"));
        }
    }
    let paying = |holders: Vec<(Box<str>, ProviderKind)>| -> Vec<Box<str>> {
        let paying = holders.into_iter().filter(|(_, kind)| *kind != ProviderKind::StateVr);
        paying.map(|(provider, _)| provider).collect()
    };
    Some(Ticket {
        is_whole: matches!(assignments, Some(Value::Array(_))) && read.iter().all(Option::is_some),
        assignments: read.into_iter().flatten().collect(),
        providers: holders.filter(|holders| !holders.is_empty()).map(paying),
        ..ticket
    })
}

/// Who holds the ticket by an assignment, and the whole of it.
fn assignment(
    reader: &mut Reader,
    value: &Value<'_>,
    path: &Path<'_>,
) -> (Option<(Box<str>, ProviderKind)>, Option<Assignment>) {
    let Some([provider, kind, system, assigned, unassigned, signed, received, completed]) = reader.object(
        value,
        path,
        &[
            "provider",
            "kind",
            "payment_system",
            "assigned_on",
            "unassigned_on",
            "plan_signed_on",
            "plan_received_on",
            "services_completed_on",
        ],
    ) else {
        return (None, None);
    };
    let provider = reader.id(provider, &path.key("provider"));
    let kind = reader.choice(
        kind,
        &path.key("kind"),
        &[("en", ProviderKind::En), ("state_vr_as_en", ProviderKind::StateVrAsEn), ("state_vr", ProviderKind::StateVr)],
    );
    let payment_system = payment_system(reader, system, kind, &path.key("payment_system"));
    let assigned_on = reader.date(assigned, &path.key("assigned_on"));
    let unassigned_on = reader.optional_date(unassigned, &path.key("unassigned_on"));
    let plan_signed_on = reader.optional_date(signed, &path.key("plan_signed_on"));
    let plan_received_on = reader.optional_date(received, &path.key("plan_received_on"));
    let services_completed_on = reader.optional_date(completed, &path.key("services_completed_on"));
    if matches!((assigned_on, unassigned_on), (Some(start), Some(end)) if end < start) {
        reader.refuse(&code::ASSIGNMENT_ENDS_BEFORE_START, &path.key("unassigned_on"));
    }
    if plan_received_on.is_some() && matches!(signed, None | Some(Value::Null)) {
        reader.refuse(&code::PLAN_NOT_SIGNED, &path.key("plan_signed_on"));
    }
    let holder = provider.zip(kind);
    let whole = holder.clone().zip(assigned_on).map(|((provider, kind), assigned_on)| Assignment {
        provider,
        kind,
        payment_system,
        assigned_on,
        unassigned_on,
        plan_signed_on,
        plan_received_on,
        services_completed_on,
    });
    (holder, whole)
}

fn payment_system(
    reader: &mut Reader,
    field: Option<&Value<'_>>,
    kind: Option<ProviderKind>,
    path: &Path<'_>,
) -> Option<PaymentSystem> {
    let system = match field {
        None | Some(Value::Null) => {
            if matches!(kind, Some(ProviderKind::En | ProviderKind::StateVrAsEn)) {
                reader.refuse(&code::PAYMENT_SYSTEM_REQUIRED, path);
            }
            return None;
        }
        some => reader.choice(
            some,
            path,
            &[("outcome_milestone", PaymentSystem::OutcomeMilestone), ("outcome_only", PaymentSystem::OutcomeOnly)],
        ),
    };
    if system.is_some() && kind == Some(ProviderKind::StateVr) {
        reader.refuse(&code::PAYMENT_SYSTEM_UNEXPECTED, path);
    }
    system
}
