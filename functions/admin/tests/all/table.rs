//! Loading into the one table, on an embedded database.

use super::memory::{engine, file, load_into};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use dynoxide::Database;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::net::TcpListener;
use ttw_admin::load::Options;
use ttw_admin::row::Kind;
use ttw_admin::sink::{Seen, Sink, SinkError};
use ttw_admin::world::{AS_OF, files, generate};
use ttw_core::forms::Role;
use ttw_portal::identity::caller_of;
use ttw_portal::store::Store;
use ttw_portal::vault::{LocalKeys, Vault};

async fn store() -> Arc<Store> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let memory = Database::memory().unwrap();
    tokio::spawn(dynoxide::server::serve_with_shutdown(listener, memory, std::future::pending()));
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(format!("http://{address}"));
    let store = Store::new(Client::from_conf(config.build()), "ttw", Vault::new(LocalKeys::random().unwrap()));
    store.create_table().await.unwrap();
    Arc::new(store)
}

#[tokio::test]
async fn the_world_is_in_the_table_and_everybody_in_it_is_found() {
    let (store, world) = (store().await, generate(&engine(), 1, AS_OF));
    for written in files(&world) {
        if let Some(kind) = written.kind {
            let loaded =
                load_into(&store, kind, &file("table", &written.name, &written.text), &Options::default()).await;
            assert_eq!((loaded.put, loaded.problems, loaded.stopped), (written.text.lines().count(), vec![], None));
        }
    }
    let numbers: Vec<_> = world.people.iter().map(|person| person.ssn.clone()).collect();
    let people = store.people(&numbers).await.unwrap();
    for (found, person) in people.iter().zip(&world.people) {
        assert_eq!(found.as_ref().unwrap().case.ticket_id, person.record.case.ticket_id);
    }
    let signatory = caller_of(Box::pin(store.account("harbor-signatory")).await.unwrap().unwrap());
    assert!(signatory.is(Role::Signatory) && signatory.scope().is_some());
    let manager = caller_of(Box::pin(store.account("program-manager")).await.unwrap().unwrap());
    assert!(manager.is(Role::ProgramManager) && manager.scope().is_none());
    let beneficiary = caller_of(Box::pin(store.account("beneficiary")).await.unwrap().unwrap());
    let own = store.own_person(beneficiary.own_record().unwrap()).await.unwrap().unwrap();
    assert_eq!(own.case.ticket_id, world.people[4].record.case.ticket_id);
}

#[tokio::test]
async fn earnings_come_into_the_record_in_the_table() {
    let (store, world) = (store().await, generate(&engine(), 1, AS_OF));
    ttw_admin::world::put(&world, &*store).await.unwrap();
    let ssn = &world.people[0].ssn;
    let digits = String::from_utf8(ssn.expose().to_vec()).unwrap();
    let path = file("table-earnings", "earnings.csv", format!("ssn,month,earned,paid\n{digits},2031-05,99.50,\n"));
    assert_eq!(load_into(&store, Kind::Earnings, &path, &Options::default()).await.put, 1);
    let record = Sink::person(&*store, ssn).await.unwrap().unwrap();
    assert!(record.contains(r#"{"month":"2031-05","earned":"99.50"}"#), "{record}");
    assert!(record.contains(&*world.people[0].record.case.ticket_id));
}

#[tokio::test]
async fn a_record_larger_than_an_item_is_a_bad_row_and_the_next_is_put() {
    let (store, world) = (store().await, generate(&engine(), 1, AS_OF));
    let rows: Vec<String> = [0, 1]
        .into_iter()
        .map(|place| {
            let person = &world.people[place];
            let mut row: Value = serde_json::from_str(&ttw_admin::record::json(&person.record)).unwrap();
            row["ssn"] = json!(String::from_utf8(person.ssn.expose().to_vec()).unwrap());
            if place == 0 {
                let statement = |dollars: u32| {
                    json!({
                        "period_start": "2025-01-01", "period_end": "2025-01-31", "pay_date": "2025-02-01",
                        "gross": format!("{dollars}.00"), "kind": "wages",
                    })
                };
                row["case"]["pay_statements"] = (1..4_000).map(statement).collect();
            }
            row.to_string()
        })
        .collect();
    let path = file("table-large", "tickets.jsonl", rows.join("\n") + "\n");
    let loaded = load_into(&store, Kind::Tickets, &path, &Options::default()).await;
    let told: Vec<_> = loaded.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!((loaded.put, told, loaded.stopped), (1, vec![(1, "LOAD_RECORD_TOO_LARGE")], None));
}

#[tokio::test]
async fn a_record_that_somebody_else_changed_meanwhile_is_not_written_over() {
    let (store, world) = (store().await, generate(&engine(), 1, AS_OF));
    let record = |place: usize| ttw_admin::record::json(&world.people[place].record);
    let (ssn, first, second) = (&world.people[0].ssn, record(0), record(2));
    let changed = Err(SinkError::Changed);
    assert_eq!(Sink::put_person(&*store, ssn, &first, Seen::This(Some(&first))).await, changed, "nobody is on file");
    Sink::put_person(&*store, ssn, &first, Seen::This(None)).await.unwrap();
    let seen = Sink::person(&*store, ssn).await.unwrap().unwrap();
    Sink::put_person(&*store, ssn, &second, Seen::This(Some(&seen))).await.unwrap();
    for stale in [Seen::This(Some(&seen)), Seen::This(None)] {
        assert_eq!(Sink::put_person(&*store, ssn, &first, stale).await, changed);
    }
    let found = Sink::person(&*store, ssn).await.unwrap().unwrap();
    assert!(found.contains(&*world.people[2].record.case.ticket_id));
    // Of many who saw the same, one puts.
    let mut under_way = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let (store, ssn, seen, first) = (store.clone(), ssn.clone(), found.clone(), first.clone());
        under_way.spawn(async move { Sink::put_person(&*store, &ssn, &first, Seen::This(Some(&seen))).await });
    }
    let outcomes = under_way.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == changed).count(), 15, "{outcomes:?}");
    Sink::put_person(&*store, ssn, &second, Seen::Anything).await.unwrap();
}

#[tokio::test]
async fn who_has_left_has_no_right_any_more() {
    let store = store().await;
    let world = generate(&engine(), 1, AS_OF);
    ttw_admin::world::put(&world, &*store).await.unwrap();
    for (subject, place) in [
        ("harbor-signatory", r#""ein":"{ein}","roles":["signatory"]"#),
        ("program-manager", r#""roles":["program_manager"]"#),
    ] {
        let member = world.users.iter().find(|member| &*member.user.id == subject).unwrap();
        let place = place.replace("{ein}", &member.ein.map(|ein| ein.to_string()).unwrap_or_default());
        let row = |active: &str| {
            let user = &member.user;
            format!(
                r#"{{"subject":"{}","name":"{}","title":"{}","email":"{}",{place},"active":{active}}}"#,
                user.id, user.name, user.title, user.email
            )
        };
        let load = async |text: String| {
            load_into(&store, Kind::Users, &file("left", "users.jsonl", &text), &Options::default()).await
        };
        assert_eq!(load(row("false")).await.problems, vec![]);
        let caller = caller_of(Box::pin(store.account(subject)).await.unwrap().unwrap());
        assert!(caller.scope().is_none() && caller.manager().is_err(), "{subject}");
        assert_eq!(load(row("true")).await.problems, vec![]);
        let caller = caller_of(Box::pin(store.account(subject)).await.unwrap().unwrap());
        assert!(caller.scope().is_some() || caller.manager().is_ok(), "{subject}");
        assert_eq!(load(row(r#""yes""#)).await.problems.len(), 1);
    }
    let contact = store.contact(&world.providers[0]).await.unwrap().unwrap();
    let signatory = world.users.iter().find(|member| *member.user.email == *contact.email).unwrap();
    store.link(&signatory.user.id, &world.providers[0].ein, &[], false).await.unwrap();
    assert_ne!(store.contact(&world.providers[0]).await.unwrap().map(|next| next.email), Some(contact.email));
}
