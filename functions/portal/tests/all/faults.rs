//! Every operation bears what the network and the table do to it: it is tried again, within bounds, and a failure is never
//! reported for what was done.

use crate::embedded::Fault::{self, DoneButLost, DoneButRefused, Lost, Refused};
use crate::world::{BODY, Paper, World, ein, person, record, ssn, user};
use jiff::{SignedDuration, Timestamp};
use std::fmt::Debug;
use ttw_core::forms::{Form, Role};
use ttw_portal::outbox::Mail;
use ttw_portal::store::{Attempt, Confirmation, Registered, Status, StoreError};

struct Filed {
    world: World,
    confirmation: Confirmation,
}

async fn filed() -> Filed {
    let world = World::new().await;
    world.store.put_person(&ssn("900-12-3456"), &record()).await.unwrap();
    let paper = Paper::claim("2025-12");
    let confirmation = world.store.file(&world.hope, paper.filed("key", BODY)).await.unwrap().confirmation;
    world.database.forget();
    Filed { world, confirmation }
}

fn later() -> Timestamp {
    let noon: Timestamp = "2026-03-02T15:00:00Z".parse().unwrap();
    noon + SignedDuration::from_hours(1)
}

/// Runs an operation under each fault, and under one that does not end.
async fn bears<T: Debug, E: Debug>(
    world: &World,
    request: &'static str,
    more: &[Fault],
    operation: impl AsyncFn() -> Result<T, E>,
) {
    let faults = [
        Refused("ThrottlingException"),
        Refused("ProvisionedThroughputExceededException"),
        Refused("InternalServerError"),
        Lost,
        DoneButLost,
        DoneButRefused("InternalServerError"),
    ];
    for fault in faults.iter().chain(more) {
        world.database.fail(request, [fault.clone()]);
        operation().await.unwrap_or_else(|error| panic!("{request} under {fault:?}: {error:?}"));
        assert_eq!(world.database.left(), 0, "{request}: {fault:?} did not happen");
    }
    world.database.forget();
    world.database.fail(request, vec![Refused("ThrottlingException"); 99]);
    let answer = operation().await;
    assert!(answer.is_err(), "{request}: {answer:?}");
    let tries = world.database.seen(request);
    assert!((3..=48).contains(&tries), "{request}: {tries}");
    world.database.forget();
}

#[tokio::test]
async fn reading() {
    let Filed { world, confirmation } = filed().await;
    let (store, form) = (&world.store, Form::PaymentRequest);
    bears(&world, "GetItem", &[], async || store.account("ann").await).await;
    bears(&world, "GetItem", &[], async || store.one(&world.hope, form, &confirmation).await).await;
    bears(&world, "GetItem", &[], async || store.people_of(&world.hope, form, &confirmation).await).await;
    let attempt = Attempt { route: "/v1/forms", key: "key", body: BODY };
    bears(&world, "GetItem", &[], async || store.answered(&world.hope, attempt, later()).await).await;
    bears(&world, "Query", &[], async || store.people(&[ssn("900-12-3456")]).await).await;
    bears(&world, "Query", &[], async || store.list(&world.hope, form, None, 10).await).await;
    bears(&world, "BatchGetItem", &[Fault::Half], async || {
        let found = store.undelivered(later(), 10).await?;
        assert_eq!(found.len(), 1);
        Ok::<_, StoreError>(found)
    })
    .await;
}

#[tokio::test]
async fn writing() {
    let Filed { world, confirmation } = filed().await;
    let store = &world.store;
    let conflict = [Refused("TransactionConflictException"), DoneButRefused("TransactionConflictException")];
    bears(&world, "PutItem", &conflict, async || store.put_person(&person(1), &record()).await).await;
    let (ann, number) = (user("ann"), ein("12-3456789"));
    let registered = Registered { user: &ann, roles: &[], ein: Some(&number), own_record: None };
    bears(&world, "PutItem", &conflict, async || store.put_user(registered).await).await;
    bears(&world, "PutItem", &conflict, async || store.link("ann", &number, &[Role::Submitter], true).await).await;
    let outbox = store.undelivered(later(), 1).await.unwrap().remove(0);
    assert_eq!(outbox.confirmation, confirmation.as_str());
    for mail in [Mail::Confirmation, Mail::Intake] {
        bears(&world, "UpdateItem", &conflict, async || store.mark_sent(&outbox, mail, later()).await).await;
    }
    let sent = store.outbox(&outbox.submitted_at, &outbox.confirmation).await.unwrap().unwrap();
    assert!(sent.confirmation_sent_at.is_some() && sent.intake_sent_at.is_some());
    assert!(store.undelivered(later(), 1).await.unwrap().is_empty());
}

#[tokio::test]
async fn filing_and_ending() {
    let Filed { world, .. } = filed().await;
    let (counter, store) = (std::cell::Cell::new(0), &world.store);
    let more = [
        Fault::Cancelled(vec!["TransactionConflict"]),
        Fault::Cancelled(vec!["None", "TransactionConflict", "ThrottlingError"]),
        Refused("TransactionInProgressException"),
        DoneButRefused("TransactionInProgressException"),
    ];
    let file = async || {
        counter.set(counter.get() + 1);
        let paper = Paper::about(Form::WorkPlan, vec![ssn("900-12-3456")]);
        store.file(&world.hope, paper.filed(&counter.get().to_string(), BODY)).await
    };
    bears(&world, "TransactWriteItems", &more, file).await;
    // Ten of them, once each; the one under a fault without end is not there.
    assert_eq!(store.list(&world.hope, Form::WorkPlan, None, 100).await.unwrap().submissions.len(), 10);
    let end = async || {
        let filed = file().await.unwrap().confirmation;
        Ok::<_, StoreError>(filed)
    };
    for fault in
        [Lost, DoneButLost, Refused("ThrottlingException"), DoneButRefused("InternalServerError"), more[0].clone()]
    {
        let confirmation = end().await.unwrap();
        world.database.fail("TransactWriteItems", [fault.clone()]);
        let ended = store.release(&world.hope, Form::WorkPlan, &confirmation, Status::Denied, later(), "r").await;
        ended.unwrap_or_else(|error| panic!("{fault:?}: {error:?}"));
        let found = store.one(&world.hope, Form::WorkPlan, &confirmation).await.unwrap().unwrap();
        assert_eq!(found.status, Status::Denied, "{fault:?}");
    }
}
