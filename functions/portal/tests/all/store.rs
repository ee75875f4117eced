//! What is loaded and filed is read as it was, by who may.

use crate::world::{BODY, Paper, World, ein, record, ssn, user};
use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::BTreeSet;
use ttw_core::domain::{Month, Ssn};
use ttw_core::forms::{Form, Role};
use ttw_portal::identity::caller_of;
use ttw_portal::outbox::{Mail, Outbox};
use ttw_portal::store::{Confirmation, ListError, Registered, StoreError};

fn noon() -> Timestamp {
    "2026-03-02T15:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn an_account_acts_for_an_organization_while_the_link_is_active() {
    let world = World::new().await;
    let number = ein("12-3456789");
    let caller = caller_of(world.store.account("ann").await.unwrap().unwrap());
    assert_eq!(*caller.user(), user("ann"));
    assert!(caller.is(Role::Submitter) && caller.is(Role::Signatory) && !caller.is(Role::Negotiator));
    let scope = caller.scope().unwrap();
    assert_eq!((&*scope.organization().name, scope.organization().ein), ("Hope Works", number));
    assert_eq!(*scope.organization(), world.store.provider(&number).await.unwrap().unwrap());
    world.store.link("ann", &number, &[Role::Submitter], false).await.unwrap();
    let caller = caller_of(world.store.account("ann").await.unwrap().unwrap());
    assert!(caller.scope().is_none() && !caller.is(Role::Submitter));
    assert!(world.store.account("nobody").await.unwrap().is_none());
}

#[tokio::test]
async fn a_beneficiary_reads_the_own_record_and_what_was_filed_about_it() {
    let world = World::new().await;
    let number = ssn("900-12-3456");
    world.store.put_person(&number, &record()).await.unwrap();
    let person = Registered { user: &user("pat"), roles: &[Role::Beneficiary], ein: None, own_record: Some(&number) };
    world.store.put_user(person).await.unwrap();
    let caller = caller_of(world.store.account("pat").await.unwrap().unwrap());
    assert!(caller.is(Role::Beneficiary) && caller.scope().is_none());
    let own = caller.own_record().unwrap();
    let (first, second) = (Paper::claim("2025-12"), Paper::about(Form::WorkPlan, vec![number]));
    let first = world.store.file(&world.hope, first.filed("one", BODY)).await.unwrap();
    let second = second.filed_at("two", BODY, noon() + SignedDuration::from_secs(5));
    let second = world.store.file(&world.other, second).await.unwrap();
    let (person, filed) = world.store.own_file(own).await.unwrap().unwrap();
    assert_eq!(person.earlier.len(), 2);
    let numbers: Vec<_> = filed.iter().map(|filed| filed.confirmation.clone()).collect();
    assert_eq!(numbers, [second.confirmation, first.confirmation]);
    assert_eq!((&*filed[1].provider, &*filed[1].provider_name), ("EN-A", "Hope Works"));
    assert_eq!((filed[1].payment.as_deref(), filed[1].month), (Some("p1m1"), Some(Month::new(2025, 12))));
}

#[tokio::test]
async fn people_come_in_the_order_asked_with_what_was_filed() {
    let world = World::new().await;
    let (known, stranger) = (ssn("900-12-3456"), ssn("900-12-9999"));
    world.store.put_person(&known, &record()).await.unwrap();
    let paper = Paper::claim("2025-12");
    let filed = world.store.file(&world.hope, paper.filed("key", BODY)).await.unwrap();
    let people: Vec<Ssn> = vec![stranger.clone(), known.clone(), stranger];
    let found = world.store.people(&people).await.unwrap();
    assert!(found[0].is_none() && found[2].is_none());
    let person = found[1].as_ref().unwrap();
    assert_eq!(person.date_of_birth.unwrap().to_string(), "1980-02-03");
    let earlier = &person.earlier[0];
    assert_eq!((earlier.form, &*earlier.provider, earlier.live), (Form::PaymentRequest, "EN-A", true));
    assert_eq!((earlier.payment.as_deref(), earlier.month), (Some("p1m1"), Some(Month::new(2025, 12))));
    assert_eq!(earlier.confirmation.as_deref(), Some(filed.confirmation.as_str()));
}

#[tokio::test]
async fn a_record_that_is_none_is_not_loaded() {
    let world = World::new().await;
    let Err(StoreError::Record(problems)) = world.store.put_person(&ssn("900-12-3456"), "{}").await else {
        panic!("loaded")
    };
    assert!(!problems.is_empty());
    // One that a table cannot take is refused by itself, so that a load goes on with the next.
    let mut large: serde_json::Value = serde_json::from_str(&record()).unwrap();
    let statement = |dollars: usize| json!({"period_start": "2025-01-01", "period_end": "2025-01-31", "pay_date": "2025-02-01", "gross": format!("{dollars}.00"), "kind": "wages"});
    large["case"]["pay_statements"] = (1..4_000).map(statement).collect();
    let large = world.store.put_person(&ssn("900-12-3456"), &large.to_string()).await;
    assert_eq!(large, Err(StoreError::TooLarge));
    assert_eq!(world.count("PERSON#").await, 0);
}

#[tokio::test]
async fn a_list_is_newest_first_and_goes_on_where_it_ended() {
    let world = World::new().await;
    let mut numbers = Vec::new();
    for place in 0..7 {
        let paper = Paper::about(Form::EarningsInquiry, vec![ssn("900-12-3456")]);
        let at = noon() + SignedDuration::from_secs(place);
        let filed = world.store.file(&world.hope, paper.filed_at(&place.to_string(), BODY, at)).await.unwrap();
        numbers.insert(0, filed.confirmation);
    }
    let (mut read, mut cursor, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = world.store.list(&world.hope, Form::EarningsInquiry, cursor.as_deref(), 3).await.unwrap();
        read.extend(page.submissions.into_iter().map(|submission| submission.confirmation));
        pages += 1;
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((read, pages), (numbers, 3));
    let whole = world.store.list(&world.hope, Form::EarningsInquiry, None, 7).await.unwrap();
    assert_eq!((whole.submissions.len(), whole.cursor), (7, None));
}

#[tokio::test]
async fn a_cursor_is_of_its_list_and_cannot_be_made() {
    let world = World::new().await;
    for place in 0..3 {
        let paper = Paper::about(Form::EarningsInquiry, vec![ssn("900-12-3456")]);
        world.store.file(&world.hope, paper.filed(&place.to_string(), BODY)).await.unwrap();
    }
    let page = world.store.list(&world.hope, Form::EarningsInquiry, None, 1).await.unwrap();
    let cursor = page.cursor.unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(&cursor).unwrap();
    let place = page.submissions[0].confirmation.as_str().as_bytes();
    assert!(!bytes.windows(place.len()).any(|window| window == place), "a cursor tells nothing");
    let list = async |scope, form, cursor: &str| world.store.list(scope, form, Some(cursor), 1).await;
    assert!(list(&world.colleague, Form::EarningsInquiry, &cursor).await.is_ok());
    assert_eq!(list(&world.other, Form::EarningsInquiry, &cursor).await, Err(ListError::Cursor));
    assert_eq!(list(&world.hope, Form::WorkPlan, &cursor).await, Err(ListError::Cursor));
    for place in 0..cursor.len() {
        let mut changed = cursor.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(list(&world.hope, Form::EarningsInquiry, &changed).await, Err(ListError::Cursor), "{place}");
    }
    for made in ["", "AAAA", &Confirmation::at(noon()).unwrap().to_string()] {
        assert_eq!(list(&world.hope, Form::EarningsInquiry, made).await, Err(ListError::Cursor));
    }
}

#[tokio::test]
async fn the_outbox_holds_what_is_not_yet_mailed() {
    let world = World::new().await;
    let mut filed = Vec::new();
    for place in 0..12 {
        let paper = Paper::about(Form::WorkPlan, vec![ssn("900-12-3456")]);
        let at = noon() + SignedDuration::from_secs(place);
        filed.push(world.store.file(&world.hope, paper.filed_at(&place.to_string(), BODY, at)).await.unwrap());
    }
    let later = noon() + SignedDuration::from_hours(1);
    assert_eq!(world.store.undelivered(noon() + SignedDuration::from_secs(5), 100).await.unwrap().len(), 5);
    assert_eq!(world.store.undelivered(later, 4).await.unwrap().len(), 4);
    let all = world.store.undelivered(later, 100).await.unwrap();
    assert_eq!(all.len(), 12);
    // What there is room for is taken from every shard by turns.
    let items = world.database.direct().scan().table_name(world.database.table()).send().await.unwrap().items.unwrap();
    let shards = |some: &[Outbox]| -> BTreeSet<String> {
        let of = |one: &Outbox| {
            items
                .iter()
                .find(|item| item["SK"] == AttributeValue::S(format!("{}#{}", one.submitted_at, one.confirmation)))
        };
        some.iter().map(|one| of(one).unwrap()["PK"].as_s().unwrap().clone()).collect()
    };
    let every = shards(&all);
    assert_eq!(shards(&world.store.undelivered(later, every.len()).await.unwrap()), every);
    let outbox = all.iter().find(|outbox| outbox.confirmation == filed[0].confirmation.as_str()).unwrap();
    assert_eq!(
        (&*outbox.submitter_email, &*outbox.en_name, &*outbox.ein),
        ("ann@example.org", "Hope Works", "123456789")
    );
    assert_eq!((&*outbox.form_name, outbox.beneficiaries), ("Individual Work Plan", 1));
    let found = async || world.store.outbox(&outbox.submitted_at, &outbox.confirmation).await.unwrap().unwrap();
    assert_eq!(found().await, *outbox);
    for _ in 0..2 {
        world.store.mark_sent(outbox, Mail::Intake, later).await.unwrap();
    }
    assert_eq!(world.store.undelivered(later, 100).await.unwrap().len(), 12);
    world.store.mark_sent(outbox, Mail::Confirmation, later).await.unwrap();
    assert_eq!(world.store.undelivered(later, 100).await.unwrap().len(), 11);
    // The first moment stays.
    world.store.mark_sent(outbox, Mail::Intake, noon()).await.unwrap();
    let sent = found().await;
    assert_eq!(sent.intake_sent_at.as_deref(), Some("2026-03-02T16:00:00.000Z"));
    assert_eq!(sent.confirmation_sent_at.as_deref(), Some("2026-03-02T16:00:00.000Z"));
    let mut nobody = outbox.clone();
    nobody.confirmation = filed[1].confirmation.to_string();
    assert_eq!(world.store.mark_sent(&nobody, Mail::Intake, later).await, Err(StoreError::Absent));
}

#[tokio::test]
async fn an_entry_waits_until_its_last_notice_is_out() {
    let world = World::new().await;
    let paper = Paper::shared();
    world.store.file(&world.hope, paper.filed("key", BODY)).await.unwrap();
    let later = noon() + SignedDuration::from_hours(1);
    let outbox = world.store.undelivered(later, 1).await.unwrap().remove(0);
    assert_eq!(outbox.notices, paper.notices);
    let mails: Vec<Mail> = Mail::of(&outbox).collect();
    assert_eq!(mails, [Mail::Confirmation, Mail::Intake, Mail::SplitNotice(0), Mail::SplitNotice(1)]);
    for mail in [Mail::SplitNotice(1), Mail::Confirmation, Mail::Intake] {
        world.store.mark_sent(&outbox, mail, later).await.unwrap();
        assert_eq!(world.store.undelivered(later, 1).await.unwrap().len(), 1, "{mail:?}");
    }
    world.store.mark_refused(&outbox, Mail::SplitNotice(0), later).await.unwrap();
    assert!(world.store.undelivered(later, 1).await.unwrap().is_empty());
    let noted = world.store.outbox(&outbox.submitted_at, &outbox.confirmation).await.unwrap().unwrap();
    let fates: Vec<_> =
        noted.notices.iter().map(|notice| (notice.sent_at.is_some(), notice.refused_at.is_some())).collect();
    assert_eq!(fates, [(false, true), (true, false)]);
}

#[tokio::test]
async fn an_organization_is_written_to_by_its_primary_contact_first() {
    let world = World::new().await;
    let organization = world.hope.organization();
    let written_to = async || world.store.contact(organization).await.unwrap().map(|user| user.id.to_string());
    assert_eq!(written_to().await.as_deref(), Some("ann"), "of two signatories the first");
    world.store.link("ann", &organization.ein, &[Role::Submitter], true).await.unwrap();
    assert_eq!(written_to().await.as_deref(), Some("ben"), "a signatory goes before who only files");
    world.store.link("ann", &organization.ein, &[Role::PrimaryContact], true).await.unwrap();
    assert_eq!(written_to().await.as_deref(), Some("ann"));
    for (subject, roles) in [("ann", &[Role::PrimaryContact][..]), ("ben", &[Role::Submitter])] {
        world.store.link(subject, &organization.ein, roles, false).await.unwrap();
    }
    assert_eq!(written_to().await, None, "who has left is not written to");
}

#[tokio::test]
async fn the_most_mails_of_a_submission_can_be_marked() {
    let world = World::new().await;
    let mut paper = Paper::shared();
    let notice = paper.notices[0].clone();
    paper.notices = vec![notice; 16];
    world.store.file(&world.hope, paper.filed("key", BODY)).await.unwrap();
    let later = noon() + SignedDuration::from_hours(1);
    let outbox = world.store.undelivered(later, 1).await.unwrap().remove(0);
    for mail in Mail::of(&outbox) {
        world.store.mark_sent(&outbox, mail, later).await.unwrap();
    }
    assert!(world.store.undelivered(later, 1).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_mail_that_is_noted_by_others_at_once_is_noted() {
    let world = World::new().await;
    let paper = Paper::shared();
    world.store.file(&world.hope, paper.filed("key", BODY)).await.unwrap();
    let later = noon() + SignedDuration::from_hours(1);
    let outbox = world.store.undelivered(later, 1).await.unwrap().remove(0);
    let mark = |mail| world.store.mark_sent(&outbox, mail, later);
    let (one, two) = (Mail::SplitNotice(0), Mail::SplitNotice(1));
    let marked = tokio::join!(mark(Mail::Intake), mark(two), mark(Mail::Confirmation), mark(one));
    assert_eq!(marked, (Ok(()), Ok(()), Ok(()), Ok(())));
    assert!(world.store.undelivered(later, 1).await.unwrap().is_empty());
}

#[tokio::test]
async fn numbers_moved_to_another_item_do_not_open_and_none_stands_in_the_clear() {
    let world = World::new().await;
    let (mine, theirs) = (Paper::claim("2025-12"), Paper::about(Form::PaymentRequest, vec![ssn("900-45-6789")]));
    let mine = world.store.file(&world.hope, mine.filed("one", BODY)).await.unwrap();
    let theirs = world.store.file(&world.other, theirs.filed("two", BODY)).await.unwrap();
    world.store.put_person(&ssn("900-12-3456"), &record()).await.unwrap();
    let client = world.database.direct();
    let items = client.scan().table_name(world.database.table()).send().await.unwrap().items.unwrap();
    for number in ["900123456", "900-12-3456", "900456789", "900-45-6789"] {
        for item in &items {
            assert!(!format!("{item:?}").contains(number), "{item:?}");
            let bytes = item.values().filter_map(|value| value.as_b().ok());
            assert!(bytes.into_iter().all(|b| !b.as_ref().windows(9).any(|nine| nine == number.as_bytes())));
        }
    }
    let of = |number: &Confirmation| {
        let sort = AttributeValue::S(format!("SUB#{number}"));
        items.iter().find(|item| item["SK"] == sort).unwrap().clone()
    };
    let mut stolen = of(&mine.confirmation);
    stolen.insert("sealed".to_owned(), of(&theirs.confirmation)["sealed"].clone());
    client.put_item().table_name(world.database.table()).set_item(Some(stolen)).send().await.unwrap();
    let opened = world.store.people_of(&world.hope, Form::PaymentRequest, &mine.confirmation).await;
    assert!(matches!(opened, Err(StoreError::Vault(ttw_portal::vault::VaultError::NotOurs))), "{opened:?}");
}

#[tokio::test]
async fn an_item_of_a_later_version_is_refused_and_one_without_a_version_damaged() {
    let world = World::new().await;
    let client = world.database.direct();
    let items = client.scan().table_name(world.database.table()).send().await.unwrap().items.unwrap();
    let mut user = items.into_iter().find(|item| item["PK"] == AttributeValue::S("USER#ann".to_owned())).unwrap();
    user.insert("schema".to_owned(), AttributeValue::N("2".to_owned()));
    client.put_item().table_name(world.database.table()).set_item(Some(user.clone())).send().await.unwrap();
    assert_eq!(world.store.account("ann").await.unwrap_err(), StoreError::Newer);
    user.remove("schema");
    client.put_item().table_name(world.database.table()).set_item(Some(user)).send().await.unwrap();
    assert_eq!(world.store.account("ann").await.unwrap_err(), StoreError::Damaged("user"));
}

#[tokio::test]
async fn every_filing_leaves_an_audit_record_without_anybodys_number() {
    let world = World::new().await;
    let paper = Paper::claim("2025-12");
    world.store.file(&world.hope, paper.filed("key", BODY)).await.unwrap();
    let items = world.database.direct().scan().table_name(world.database.table()).send().await.unwrap().items.unwrap();
    let month = AttributeValue::S("AUDIT#123456789#2026-03".to_owned());
    let [record] = items.iter().filter(|item| item["PK"] == month).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(record["subject"], AttributeValue::S("ann".to_owned()));
    assert_eq!(record["action"], AttributeValue::S("submitted".to_owned()));
    assert_eq!(record["request_id"], AttributeValue::S("request-1".to_owned()));
    assert!(!format!("{record:?}").contains("3456\""));
}

#[tokio::test]
async fn the_table_is_made_once() {
    let world = World::new().await;
    world.store.create_table().await.unwrap();
    world.store.warm().await.unwrap();
    let client = world.database.direct();
    let made = client.describe_table().table_name(world.database.table()).send().await.unwrap().table.unwrap();
    assert_eq!(made.stream_specification, None, "which would grow without end, and nothing reads it");
    let life = client.describe_time_to_live().table_name(world.database.table()).send().await.unwrap();
    assert_eq!(life.time_to_live_description.unwrap().attribute_name.as_deref(), Some("expires_at"));
}
