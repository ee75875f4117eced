//! Reading lists of cases and of requests in process.

use super::code;
use crate::domain::{Case, Month, PaymentAsked};
use crate::problem::{Problem, code as shared};
use crate::read::{Path, Read, Reader, listed_case};
use jiff::civil::Date;
use serde_json_borrow::Value;
use std::collections::BTreeMap;

/// The most cases of one list.
pub(super) const MAX_CASES: usize = 1_000;
/// The most requests of one list: as many as tickets can carry payments.
const MAX_REQUESTS: usize = 100_000;

/// A request that was made and is not denied or withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requested {
    /// For which payment; one without a number takes its month alone, for it gets its number when it is paid.
    pub payment: PaymentAsked,
    /// For which month.
    pub month: Month,
}

/// Requests by ticket.
pub(super) type Requests = BTreeMap<Box<str>, Vec<Requested>>;

/// Reads the cases of a list, each by itself, so that one that is wrong stops no other.
pub(crate) fn cases(
    reader: &mut Reader,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
    as_of: Option<Date>,
) -> Option<Vec<Read<Case>>> {
    let field = reader.required(field, path)?;
    let items = reader.list(Some(field), path);
    if items.len() > MAX_CASES {
        reader.add(Problem::new(&shared::BATCH_TOO_MANY, &path.pointer()).with("limit", MAX_CASES));
        return None;
    }
    let read: Vec<Read<Case>> =
        items.iter().enumerate().map(|(index, item)| listed_case(item, &path.index(index), as_of)).collect();
    let mut ids: Vec<(&str, usize)> =
        read.iter().enumerate().filter_map(|(index, case)| Some((&*case.as_ref().ok()?.ticket_id, index))).collect();
    ids.sort_unstable();
    for pair in ids.windows(2) {
        if let [(earlier, _), (later, index)] = pair
            && earlier == later
        {
            reader.refuse(&code::CASELOAD_TICKET_DUPLICATE, &path.index(*index).key("ticket").key("id"));
        }
    }
    Some(read)
}

/// The most tickets to look at; all of them when it is not given.
pub(super) fn limit(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<usize> {
    let number = match field {
        None | Some(Value::Null) => return Some(MAX_CASES),
        Some(Value::Number(number)) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
        Some(_) => None,
    };
    let number = number.filter(|number| (1..=MAX_CASES).contains(number));
    if number.is_none() {
        reader.add(Problem::new(&code::CASELOAD_LIMIT, &path.pointer()).with("limit", MAX_CASES));
    }
    number
}

/// Reads the requests in process; of tickets that are not in the list they are passed over later.
pub(super) fn requests(reader: &mut Reader, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Requests> {
    let items = reader.list(field, path);
    if items.len() > MAX_REQUESTS {
        reader.add(Problem::new(&shared::BATCH_TOO_MANY, &path.pointer()).with("limit", MAX_REQUESTS));
        return None;
    }
    let mut requests = Requests::new();
    for (index, item) in items.iter().enumerate() {
        if let Some((ticket, requested)) = read_request(reader, item, &path.index(index)) {
            requests.entry(ticket).or_default().push(requested);
        }
    }
    Some(requests)
}

fn read_request(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<(Box<str>, Requested)> {
    let [ticket, payment, month] = reader.object(value, path, &["ticket", "payment", "month"])?;
    let ticket = reader.ticket_id(ticket, &path.key("ticket"));
    let name = reader.text(payment, &path.key("payment")).and_then(|text| {
        let name = PaymentAsked::parse(text);
        if name.is_none() {
            reader.refuse(&shared::CLAIM_PAYMENT_NAME, &path.key("payment"));
        }
        name
    });
    let month = reader.month(month, &path.key("month"));
    Some((ticket?, Requested { payment: name?, month: month? }))
}
