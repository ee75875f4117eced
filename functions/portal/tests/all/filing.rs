//! Filing: once, by who may, and never reported wrongly.

use crate::embedded::Fault;
use crate::world::{BODY, Paper, World, ein, person};
use jiff::Timestamp;
use ttw_core::domain::Ssn;
use ttw_core::forms::Form;
use ttw_portal::store::{Answered, Attempt, Decision, FileError, Status};

const WRITE: &str = "TransactWriteItems";

fn noon() -> Timestamp {
    "2026-03-02T15:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn what_is_filed_can_be_read() {
    let world = World::new().await;
    let paper = Paper::claim("2025-12");
    let filed = world.store.file(&world.hope, paper.filed("key", BODY)).await.unwrap();
    let found = world.store.one(&world.colleague, paper.form, &filed.confirmation).await.unwrap().unwrap();
    assert_eq!((found.document.as_str(), found.status, found.beneficiaries), (&*paper.document, Status::Received, 1));
    assert_eq!((&*found.submitter, &*found.submitter_name, &*found.received_on), ("ann", "Name of ann", "2026-03-02"));
    assert_eq!(found.submitted_at, "2026-03-02T15:00:00.000Z");
    assert_eq!((&*found.rules_version, &*found.request_id), ("rules-1", "request-1"));
    assert_eq!(found.acknowledged, ["PR_LATE"]);
    assert_eq!(found.advice.as_deref(), Some(r#"{"likely":"payable"}"#));
    let decision = Decision { question: "{}".to_owned(), determination: r#"{"a":1}"#.to_owned(), shares: None };
    assert_eq!(found.decision, Some(decision));
    let people = world.store.people_of(&world.hope, paper.form, &filed.confirmation).await.unwrap().unwrap();
    assert_eq!(people, paper.people);
}

#[tokio::test]
async fn another_organization_sees_nothing_of_it() {
    let world = World::new().await;
    let paper = Paper::claim("2025-12");
    let filed = world.store.file(&world.hope, paper.filed("key", BODY)).await.unwrap();
    assert_eq!(world.store.one(&world.other, paper.form, &filed.confirmation).await.unwrap(), None);
    assert_eq!(world.store.people_of(&world.other, paper.form, &filed.confirmation).await.unwrap(), None);
    assert!(world.store.list(&world.other, paper.form, None, 10).await.unwrap().submissions.is_empty());
    assert_eq!(world.store.one(&world.hope, Form::WorkPlan, &filed.confirmation).await.unwrap(), None);
    let attempt = Attempt { route: "/v1/forms", key: "key", body: BODY };
    for stranger in [&world.other, &world.colleague] {
        assert_eq!(world.store.answered(stranger, attempt, noon()).await.unwrap(), None);
    }
}

#[tokio::test]
async fn the_same_attempt_is_answered_as_before_and_another_body_refused() {
    let world = World::new().await;
    let paper = Paper::claim("2025-12");
    let filed = world.store.file(&world.hope, paper.filed("key", BODY)).await.unwrap();
    let again = world.store.file(&world.hope, paper.filed("key", BODY)).await;
    assert_eq!(again, Err(FileError::Replayed(filed.reply.clone())));
    let later = Paper::claim("2026-01");
    let other = world.store.file(&world.hope, later.filed("key", b"{}")).await;
    assert_eq!(other, Err(FileError::OtherBody));
    let attempt = |body| Attempt { route: "/v1/forms", key: "key", body };
    let answered = world.store.answered(&world.hope, attempt(BODY), noon()).await.unwrap();
    assert_eq!(answered, Some(Answered::Before(filed.reply)));
    let answered = world.store.answered(&world.hope, attempt(b"{}"), noon()).await.unwrap();
    assert_eq!(answered, Some(Answered::OtherBody));
    let elsewhere = Attempt { route: "/v1/others", ..attempt(BODY) };
    assert_eq!(world.store.answered(&world.hope, elsewhere, noon()).await.unwrap(), None);
}

#[tokio::test]
async fn after_a_week_a_key_is_free_again_though_its_record_is_not_yet_cleared_away() {
    let world = World::new().await;
    let (first, second) = (Paper::claim("2025-12"), Paper::claim("2026-01"));
    world.store.file(&world.hope, first.filed("key", BODY)).await.unwrap();
    let later = noon() + jiff::SignedDuration::from_hours(24 * 7 + 1);
    let attempt = Attempt { route: "/v1/forms", key: "key", body: BODY };
    assert_eq!(world.store.answered(&world.hope, attempt, later).await.unwrap(), None);
    world.store.file(&world.hope, second.filed_at("key", BODY, later)).await.unwrap();
}

#[tokio::test]
async fn a_second_claim_is_refused() {
    let world = World::new().await;
    let paper = Paper::claim("2025-12");
    let filed = world.store.file(&world.hope, paper.filed("one", BODY)).await.unwrap();
    for (scope, told) in [(&world.colleague, Some(filed.confirmation.clone())), (&world.other, None)] {
        let Err(FileError::Duplicate(duplicate)) = world.store.file(scope, paper.filed("two", BODY)).await else {
            panic!("filed twice")
        };
        assert_eq!((duplicate.kind, duplicate.confirmation), ("pr_month", told));
    }
}

#[tokio::test]
async fn who_no_longer_acts_for_the_organization_files_nothing() {
    let world = World::new().await;
    world.store.link("ann", &ein("12-3456789"), &[], false).await.unwrap();
    let paper = Paper::claim("2025-12");
    assert_eq!(world.store.file(&world.hope, paper.filed("key", BODY)).await, Err(FileError::NotLinked));
    assert_eq!(world.count("IDEM#").await + world.count("UNIQ#").await + world.count("OUTBOX#").await, 0);
    world.store.file(&world.colleague, paper.filed("key", BODY)).await.unwrap();
}

#[tokio::test]
async fn a_form_about_250_people_is_filed_about_each() {
    let world = World::new().await;
    let people: Vec<Ssn> = (0..250).map(person).collect();
    let paper = Paper::about(Form::EarningsInquiry, people.clone());
    for ssn in [&people[0], &people[249]] {
        world.store.put_person(ssn, &crate::world::record()).await.unwrap();
    }
    world.database.fail("BatchWriteItem", [Fault::Half, Fault::Refused("ThrottlingException"), Fault::Half]);
    world.database.fail("BatchGetItem", [Fault::Half, Fault::Refused("ThrottlingException")]);
    // One that is not filed leaves traces that nobody sees.
    world.database.fail(WRITE, [Fault::Cancelled(vec!["None", "ConditionalCheckFailed"])]);
    assert_eq!(world.store.file(&world.hope, paper.filed("lost", BODY)).await, Err(FileError::NotLinked));
    assert!(world.store.people(&people).await.unwrap().iter().flatten().all(|found| found.earlier.is_empty()));
    let filed = world.store.file(&world.hope, paper.filed("key", BODY)).await.unwrap();
    let found = world.store.people(&people).await.unwrap();
    assert_eq!(found.len(), 250);
    assert_eq!(found.iter().flatten().count(), 2);
    for person in [&found[0], &found[249]] {
        assert_eq!(person.as_ref().unwrap().earlier.len(), 1);
    }
    let sealed = world.store.people_of(&world.hope, paper.form, &filed.confirmation).await.unwrap().unwrap();
    assert_eq!(sealed, people);
    assert_eq!(world.database.left(), 0);
}

#[tokio::test]
async fn a_document_that_fits_no_item_is_refused_before_anything_is_written() {
    let world = World::new().await;
    let paper = Paper { document: "x".repeat(390_000), ..Paper::claim("2025-12") };
    assert_eq!(world.store.file(&world.hope, paper.filed("key", BODY)).await, Err(FileError::TooLarge));
    let largest = Paper { document: "x".repeat(370_000), ..Paper::claim("2025-12") };
    world.store.file(&world.hope, largest.filed("key", BODY)).await.unwrap();
}

#[tokio::test]
async fn whatever_happens_on_the_way_it_is_filed_once_and_said_so() {
    use Fault::{Cancelled, DoneButLost, DoneButRefused, Lost, Refused};
    let conflict = || Cancelled(vec!["TransactionConflict", "None", "TransactionConflict", "None"]);
    let busy = || Cancelled(vec!["None", "None", "ThrottlingError"]);
    for faults in [
        vec![Refused("ThrottlingException"), Refused("ProvisionedThroughputExceededException")],
        vec![Lost],
        vec![DoneButLost],
        vec![DoneButLost, DoneButLost, DoneButLost, Lost],
        vec![DoneButRefused("InternalServerError"), Refused("InternalServerError"), Lost],
        vec![DoneButRefused("ThrottlingException"), conflict(), Refused("TransactionInProgressException")],
        vec![conflict(), busy(), conflict()],
        vec![Refused("TransactionInProgressException"); 4],
        vec![
            DoneButLost,
            Cancelled(vec![
                "ConditionalCheckFailed",
                "None",
                "None",
                "None",
                "None",
                "None",
                "None",
                "ConditionalCheckFailed",
            ]),
        ],
        vec![DoneButRefused("ValidationException")],
    ] {
        let world = World::new().await;
        let paper = Paper::claim("2025-12");
        world.database.fail(WRITE, faults.clone());
        world.database.fail("GetItem", [Refused("ThrottlingException")]);
        let answer = world.store.file(&world.hope, paper.filed("key", BODY)).await;
        let filed = answer.unwrap_or_else(|error| panic!("{faults:?}: {error:?}"));
        let again = world.store.file(&world.hope, paper.filed("key", BODY)).await;
        assert_eq!(again, Err(FileError::Replayed(filed.reply)), "{faults:?}");
        assert_eq!(world.count("OUTBOX#").await, 1, "{faults:?}");
    }
}

#[tokio::test]
async fn patience_has_an_end() {
    use Fault::{Cancelled, Refused};
    let world = World::new().await;
    let paper = Paper::claim("2025-12");
    let file = async || world.store.file(&world.hope, paper.filed("key", BODY)).await;
    world.database.fail(WRITE, vec![Cancelled(vec!["TransactionConflict", "None"]); 99]);
    assert_eq!(file().await, Err(FileError::InFlight));
    assert_eq!(world.database.seen(WRITE), 8);
    world.database.forget();
    world.database.fail(WRITE, vec![Cancelled(vec!["None", "TransactionConflict"]); 99]);
    assert!(matches!(file().await, Err(FileError::Unavailable(_))));
    world.database.forget();
    world.database.fail(WRITE, vec![Refused("ThrottlingException"); 99]);
    assert!(matches!(file().await, Err(FileError::Unavailable(_))));
    assert!(world.database.seen(WRITE) <= 24, "{}", world.database.seen(WRITE));
    world.database.forget();
    world.database.fail(WRITE, [Refused("ValidationException")]);
    assert!(matches!(file().await, Err(FileError::Unavailable(_))));
    assert_eq!(world.database.seen(WRITE), 1);
    assert_eq!(world.count("OUTBOX#").await, 0);
    world.database.forget();
    file().await.unwrap();
}
