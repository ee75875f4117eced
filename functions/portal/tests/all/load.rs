//! Many at once.

use crate::world::{BODY, Paper, World};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use ttw_core::forms::Form;
use ttw_portal::store::FileError;

const IN_FLIGHT: usize = 64;

#[tokio::test]
async fn a_thousand_times_the_same_attempt_is_filed_once() {
    let many = if std::env::var_os("TTW_FULL").is_some_and(|full| full == "1") { 10_000 } else { 1_000 };
    let world = Arc::new(World::unhurried().await);
    let permits = Arc::new(Semaphore::new(IN_FLIGHT));
    let mut attempts = JoinSet::new();
    for _ in 0..many {
        let (world, permits) = (world.clone(), permits.clone());
        attempts.spawn(async move {
            let _permit = permits.acquire().await.unwrap();
            let paper = Paper::claim("2025-12");
            match world.store.file(&world.hope, paper.filed("key", BODY)).await {
                Ok(filed) => (true, filed.reply),
                Err(FileError::Replayed(reply)) => (false, reply),
                Err(error) => panic!("{error:?}"),
            }
        });
    }
    let answers = attempts.join_all().await;
    assert_eq!(answers.len(), many);
    assert_eq!(answers.iter().filter(|(first, _)| *first).count(), 1);
    assert!(answers.iter().all(|(_, reply)| *reply == answers[0].1), "one answer");
    let page = world.store.list(&world.hope, Form::PaymentRequest, None, 100).await.unwrap();
    assert_eq!(page.submissions.len(), 1);
    for beginning in ["CONF#", "OUTBOX#", "UNIQ#", "AUDIT#", "IDEM#"] {
        let of_one = if beginning == "CONF#" || beginning == "UNIQ#" { 2 } else { 1 };
        assert_eq!(world.count(beginning).await, of_one, "{beginning}");
    }
}

#[tokio::test]
async fn of_many_who_claim_the_same_one_wins() {
    let world = Arc::new(World::unhurried().await);
    let mut attempts = JoinSet::new();
    for place in 0..IN_FLIGHT {
        let world = world.clone();
        attempts.spawn(async move {
            let (paper, key) = (Paper::claim("2025-12"), format!("key {place}"));
            let scope = [&world.hope, &world.colleague, &world.other][place % 3];
            let answer = world.store.file(scope, paper.filed(&key, BODY)).await;
            (scope.organization().ein.digits(), answer)
        });
    }
    let answers = attempts.join_all().await;
    let winners: Vec<_> = answers.iter().filter_map(|(ein, answer)| Some((ein, answer.as_ref().ok()?))).collect();
    let [(owner, winner)] = winners.as_slice() else { panic!("{} winners", winners.len()) };
    for (ein, answer) in answers.iter().filter(|(_, answer)| answer.is_err()) {
        let Err(FileError::Duplicate(duplicate)) = answer else { panic!("{answer:?}") };
        let told = duplicate.confirmation.as_ref();
        assert_eq!(told, (ein == *owner).then_some(&winner.confirmation), "told to its own organization alone");
    }
}
