//! The queue of open work cases, and their clocks.

use super::item::{Item, fields};
use super::keys::{CLOCKS, Key, PK, QUEUE, SK};
use super::work_case::ClockFields;
use super::{AppendError, By, Confirmation, ListError, Status, Store, StoreError, Taking, WorkCase};
use crate::identity::Manager;
use crate::telemetry::note_of;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::collections::HashMap;
use ttw_core::Engine;
use ttw_core::problem::Problem;

/// How many are read at once, and how many one request looks at.
const AT_ONCE: usize = 100;
const LOOKED_AT: usize = 1_000;
/// How often a clock is tried while others write the same case.
const TRIES: usize = 4;

/// In which order a queue is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueOrder {
    /// First in, first out.
    Received,
    /// What has been due for longest comes first, then what will be due next.
    Due,
}

/// Which of the open work cases are told, and in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueFilter {
    /// The order.
    pub order: QueueOrder,
    /// Only those in this state.
    pub status: Option<Status>,
    /// Only those of this provider.
    pub provider: Option<Box<str>>,
}

/// Some of the queue.
#[derive(Debug, Clone)]
pub struct Queue {
    /// The work cases.
    pub cases: Vec<WorkCase>,
    /// Where it goes on; none at its end.
    pub cursor: Option<String>,
}

impl QueueFilter {
    const fn partition(&self) -> &'static str {
        match self.order {
            QueueOrder::Received => QUEUE,
            QueueOrder::Due => CLOCKS,
        }
    }

    /// What a cursor is bound to.
    fn list(&self) -> String {
        let status = self.status.map_or("", Status::as_str);
        format!("{}\n{status}\n{}", self.partition(), self.provider.as_deref().unwrap_or_default())
    }

    fn takes(&self, case: &WorkCase) -> bool {
        let state = case.claim.state();
        !state.is_final()
            && self.status.is_none_or(|status| status == state.into())
            && self.provider.as_ref().is_none_or(|provider| *provider == case.claim.receipt.provider)
    }
}

impl Store {
    /// Open work cases in their order, from a cursor on. A page may be short, or empty, where a filter passes many over.
    ///
    /// # Errors
    /// A cursor of another list; the table does not answer.
    pub async fn work_queue(
        &self,
        _by: &Manager,
        engine: &Engine,
        filter: &QueueFilter,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<Queue, ListError> {
        let list = filter.list();
        let mut after = match cursor {
            Some(cursor) => Some(self.read_cursor(&list, cursor).await?),
            None => None,
        };
        let (mut cases, mut looked_at) = (Vec::new(), 0);
        loop {
            let (places, more) = self.places(filter.partition(), after.as_deref(), AT_ONCE).await?;
            looked_at += places.len();
            let mut found = self.cases_at(&places, engine).await?;
            let mut places = places.into_iter().peekable();
            while let Some(place) = places.next() {
                let case = number_of(&place).and_then(|number| found.remove(&number));
                cases.extend(case.filter(|case| filter.takes(case)));
                let is_last = !more && places.peek().is_none();
                if is_last || cases.len() >= limit {
                    let cursor = if is_last { None } else { Some(self.cursor_after(&list, &place).await?) };
                    return Ok(Queue { cases, cursor });
                }
                after = Some(place);
            }
            match &after {
                Some(after) if more && looked_at >= LOOKED_AT => {
                    let cursor = Some(self.cursor_after(&list, after).await?);
                    return Ok(Queue { cases, cursor });
                }
                _ if more => {}
                _ => return Ok(Queue { cases, cursor: None }),
            }
        }
    }

    /// The work cases of which a clock acts by itself by a day, at most `limit` of them, what has been due for longest first.
    ///
    /// # Errors
    /// The table does not answer.
    pub async fn clocks_run_out(&self, today: Date, limit: usize) -> Result<Vec<Confirmation>, StoreError> {
        let (end_of, end) = (today.to_string(), today.checked_add(1.day()).unwrap_or(Date::MAX).to_string());
        let (mut numbers, mut after) = (Vec::new(), None);
        while numbers.len() < limit {
            let (items, more) = self.sorted(CLOCKS, after.as_deref(), Some(&end), AT_ONCE).await?;
            after = items.last().and_then(Key::of).map(|key| key.sort);
            for found in items {
                let number = Key::of(&found).and_then(|key| Confirmation::parse(&number_of(&key.sort)?));
                match (number, fields::<ClockFields>(found, "clock")) {
                    (Some(number), Ok(ClockFields { acts_on: Some(day) })) if day <= end_of => numbers.push(number),
                    (_, Ok(_)) => {}
                    // One that cannot be read must not keep the others back.
                    (number, Err(_)) => {
                        note_of("a clock cannot be read", number.as_ref().map_or("", Confirmation::as_str));
                    }
                }
            }
            if !more {
                break;
            }
        }
        numbers.truncate(limit);
        Ok(numbers)
    }

    /// Takes what the clocks of a work case have done by a day, however late or often it is asked; how many steps that were.
    ///
    /// # Errors
    /// The table does not answer, the item cannot be read, or others are always faster.
    pub async fn run_clocks(
        &self,
        engine: &Engine,
        number: &Confirmation,
        today: Date,
        at: Timestamp,
    ) -> Result<usize, AppendError> {
        for _ in 0..TRIES {
            let Some(case) = self.work_case(engine, number).await? else { return Ok(0) };
            let mut claim = case.claim.clone();
            let taken = claim.settle(today, engine.parameters()).map_err(|problem| refused(&problem))?.len();
            if taken == 0 {
                return Ok(0);
            }
            let taking =
                Taking { by: By::Clock, claim, arrived: None, otherwise: None, shares: None, at, request_id: "" };
            match self.append(engine, &case, &taking).await {
                Ok(_) => return Ok(taken),
                Err(AppendError::Changed) => {}
                Err(error) => return Err(error),
            }
        }
        Err(AppendError::Changed)
    }

    /// The sort keys of a partition after one of them, and whether there are more.
    async fn places(
        &self,
        partition: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<String>, bool), StoreError> {
        let (items, more) = self.sorted(partition, after, None, limit).await?;
        Ok((items.iter().filter_map(Key::of).map(|key| key.sort).collect(), more))
    }

    /// Items of a partition in their order, after a sort key and before another, and whether there are more.
    pub(super) async fn sorted(
        &self,
        partition: &str,
        after: Option<&str>,
        before: Option<&str>,
        limit: usize,
    ) -> Result<(Vec<Item>, bool), StoreError> {
        let request = self.client().await.query().table_name(self.table()).consistent_read(true);
        let request = request.key_condition_expression("#pk = :pk AND #sk BETWEEN :after AND :before");
        let request = request.expression_attribute_names("#pk", PK).expression_attribute_names("#sk", SK);
        let request = request.expression_attribute_values(":pk", AttributeValue::S(partition.to_owned()));
        // The smallest text after one, and one after all numbers and days.
        let after = after.map_or_else(|| " ".to_owned(), |after| format!("{after}\u{1}"));
        let request = request.expression_attribute_values(":after", AttributeValue::S(after));
        let before = AttributeValue::S(before.unwrap_or("~").to_owned());
        let request = request.expression_attribute_values(":before", before);
        let request = request.limit(i32::try_from(limit).unwrap_or(i32::MAX));
        let page = Box::pin(request.send()).await.map_err(|error| StoreError::of("Query", &error))?;
        Ok((page.items.unwrap_or_default(), page.last_evaluated_key.is_some()))
    }

    /// The work cases of places of the queue, by number. One that cannot be read is logged and passed over: it must not keep the others
    /// back.
    async fn cases_at(&self, places: &[String], engine: &Engine) -> Result<HashMap<String, WorkCase>, StoreError> {
        let numbers = places.iter().filter_map(|place| number_of(place));
        let keys: Vec<Key> =
            numbers.filter_map(|number| Confirmation::parse(&number)).map(|number| Key::work_case(&number)).collect();
        let mut found = HashMap::new();
        for item in self.items(&keys).await? {
            let number = Key::of(&item).and_then(|key| number_of(&key.partition)).unwrap_or_default();
            match WorkCase::of_open(item, engine) {
                Ok(case) => found.extend(case.map(|case| (number, case))),
                Err(_) => note_of("a work case of the queue cannot be read", &number),
            }
        }
        Ok(found)
    }
}

/// The number at the end of a sort key.
fn number_of(place: &str) -> Option<String> {
    place.rsplit('#').next().map(str::to_owned)
}

/// The core refuses a step of a clock only on a day before the last step.
fn refused(_: &Problem) -> AppendError {
    AppendError::Store(StoreError::Damaged("work case"))
}
