//! What is written is read again, in both formats, and the same seed writes the same bytes.

use super::memory::{Memory, engine, file, load_into};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use ttw_admin::load::Options;
use ttw_admin::row::Kind;
use ttw_admin::world::{AS_OF, World, files, generate};
use ttw_core::domain::{Benefit, BenefitStatus, Ssn};

fn number(ssn: &Ssn) -> String {
    String::from_utf8(ssn.expose().to_vec()).unwrap()
}

fn text<T: serde::Serialize>(value: T) -> String {
    match serde_json::to_value(value).unwrap() {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// The world as flat files, as somebody would export them from another system.
fn flat(world: &World) -> [(Kind, String); 5] {
    let mut rows = Kind::ALL.map(|kind| (kind, vec![kind.columns().join(",")]));
    let [providers, users, tickets, earnings, benefits] = &mut rows;
    for p in &world.providers {
        let cells = [
            text(p.ein),
            p.provider.to_string(),
            format!("\"{}\"", p.name),
            text(p.kind),
            text(p.agreement_ends_on),
            text(p.sam_expires_on),
            text(p.on_hold),
        ];
        providers.1.push(cells.join(","));
    }
    for m in &world.users {
        let roles: Vec<&str> = m.roles.iter().map(|role| role.as_str()).collect();
        let own = m.own_record.as_ref().map(number).unwrap_or_default();
        let user = &m.user;
        users.1.push(
            [&user.id, &user.name, &user.title, &user.email, &*text(m.ein), &*roles.join(";"), "true", &*own].join(","),
        );
    }
    for person in &world.people {
        let (ssn, case, record) = (number(&person.ssn), &person.record.case, &person.record);
        let columns = [
            ssn.clone(),
            case.ticket_id.to_string(),
            text(case.terminates_in),
            text(case.title),
            text(case.blind),
            text(record.date_of_birth),
            text(record.section_301),
            text(record.benefit_continuation),
        ]
        .join(",");
        for a in &case.assignments {
            let assignment = [
                a.provider.to_string(),
                text(a.kind),
                text(a.payment_system),
                text(a.assigned_on),
                text(a.unassigned_on),
                text(a.plan_signed_on),
                text(a.plan_received_on),
                text(a.services_completed_on),
            ];
            tickets.1.push(format!("{columns},{}", assignment.join(",")));
        }
        if case.assignments.is_empty() {
            tickets.1.push(format!("{columns},,,,,,,,"));
        }
        for entry in &case.earnings {
            earnings.1.push([ssn.clone(), text(entry.month), text(entry.earned), text(entry.paid)].join(","));
        }
        for range in &case.benefits {
            benefits.1.push(
                [
                    ssn.clone(),
                    text(range.record),
                    text(range.from),
                    text(range.to),
                    range.status.as_str().to_owned(),
                    cash(range),
                ]
                .join(","),
            );
        }
    }
    rows.map(|(kind, rows)| (kind, rows.join("\n") + "\n"))
}

fn cash(range: &Benefit) -> String {
    match (text(range.record).as_str(), range.status) {
        ("t16", BenefitStatus::CurrentPay) => "true".to_owned(),
        (_, BenefitStatus::StateSupplementOnly) => "false".to_owned(),
        _ => String::new(),
    }
}

#[tokio::test]
async fn json_lines_and_flat_files_say_the_same() {
    let world = generate(&engine(), 1, AS_OF);
    let (put, lines, cells) = (Memory::default(), Arc::new(Memory::default()), Arc::new(Memory::default()));
    ttw_admin::world::put(&world, &put).await.unwrap();
    for written in files(&world) {
        if let Some(kind) = written.kind {
            let loaded =
                load_into(&lines, kind, &file("lines", &written.name, &written.text), &Options::default()).await;
            assert_eq!((loaded.put, loaded.problems), (written.text.lines().count(), vec![]), "{}", written.name);
        }
    }
    for (kind, written) in flat(&world) {
        let path = file("cells", &format!("{}.csv", kind.as_str()), &written);
        let loaded = load_into(&cells, kind, &path, &Options { concurrency: 5, ..Options::default() }).await;
        assert_eq!((loaded.put, loaded.problems), (written.lines().count() - 1, vec![]), "{kind:?}");
    }
    for loaded in [&lines, &cells] {
        assert_eq!(*loaded.providers.lock().unwrap(), *put.providers.lock().unwrap());
        assert_eq!(*loaded.users.lock().unwrap(), *put.users.lock().unwrap());
    }
    assert_eq!(put.people.lock().unwrap().len(), 40);
    for person in &world.people {
        let ssn = number(&person.ssn);
        assert_eq!(lines.record(&ssn), put.record(&ssn), "{}", person.story);
        for field in ["ticket", "beneficiary", "benefits", "earnings"] {
            let (flat, whole) = (cells.record(&ssn)["case"][field].clone(), put.record(&ssn)["case"][field].clone());
            let sorted = |value: Value| {
                let mut list = value.as_array().cloned().unwrap_or_else(|| vec![value]);
                list.sort_by_key(Value::to_string);
                list
            };
            assert_eq!(sorted(flat), sorted(whole), "{field} of: {}", person.story);
        }
        let own = ["date_of_birth", "section_301", "benefit_continuation"];
        assert!(own.iter().all(|field| cells.record(&ssn)[field] == put.record(&ssn)[field]));
    }
}

#[tokio::test]
async fn rows_change_what_they_speak_of_and_nothing_else() {
    let world = generate(&engine(), 1, AS_OF);
    let sink = Arc::new(Memory::default());
    ttw_admin::world::put(&world, &*sink).await.unwrap();
    let ssn = number(&world.people[4].ssn);
    let before = sink.record(&ssn);
    let earnings = format!("{}\n", json!({"ssn": ssn, "month": "2025-03", "earned": "12.34"}));
    load_into(&sink, Kind::Earnings, &file("change", "earnings.jsonl", earnings), &Options::default()).await;
    let benefit = json!({"ssn": ssn, "title": "t2", "from": "2025-02", "to": "2025-03", "status": "suspended_other"});
    load_into(&sink, Kind::Benefits, &file("change", "benefits.jsonl", format!("{benefit}\n")), &Options::default())
        .await;
    let mut after = sink.record(&ssn);
    let entry = after["case"]["earnings"].as_array().unwrap().iter().find(|entry| entry["month"] == "2025-03");
    assert_eq!(entry, Some(&json!({"month": "2025-03", "earned": "12.34"})));
    let ranges = after["case"]["benefits"].as_array().unwrap();
    let spans: Vec<Value> = ranges.iter().map(|range| json!([range["from"], range["to"], range["status"]])).collect();
    assert_eq!(
        spans,
        [
            json!([before["case"]["benefits"][0]["from"], "2025-01", "current_pay"]),
            json!(["2025-02", "2025-03", "suspended_other"]),
            json!(["2025-04", null, "current_pay"])
        ]
    );
    assert_eq!(
        after["case"]["earnings"].as_array().unwrap().len(),
        before["case"]["earnings"].as_array().unwrap().len()
    );
    for changed in ["earnings", "benefits"] {
        after["case"][changed] = before["case"][changed].clone();
    }
    assert_eq!(after, before);
}

#[test]
fn the_same_seed_writes_the_same_bytes() {
    let hash = |seed: u64| {
        let mut hash = Sha256::new();
        for file in files(&generate(&engine(), seed, AS_OF)) {
            hash.update(file.name.as_bytes());
            hash.update(file.text.as_bytes());
        }
        hash.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    };
    assert_eq!(hash(1), hash(1));
    assert_ne!(hash(1), hash(2));
    assert_eq!(hash(1), "a0c558452a1410c26bbcdd8938789abec7e2cced7fe5b53126cfd35a21e3a315");
}

#[test]
fn the_people_are_test_people_with_a_story_each_and_organizations_have_issued_numbers() {
    for seed in 0..50 {
        let world = generate(&engine(), seed, AS_OF);
        let numbers: std::collections::BTreeSet<String> =
            world.people.iter().map(|person| number(&person.ssn)).collect();
        assert_eq!(numbers.len(), 40, "seed {seed}");
        assert!(numbers.iter().all(|ssn| ssn.starts_with('9')));
    }
    let world = generate(&engine(), 1, AS_OF);
    let stories: std::collections::BTreeSet<&str> = world.people.iter().map(|person| person.story).collect();
    assert_eq!(stories.len(), 40);
    for provider in &world.providers {
        assert!(ttw_core::domain::Ein::parse(&provider.ein.to_string(), engine().parameters()).is_ok());
    }
    let due: std::collections::BTreeSet<u8> =
        world.people.iter().filter_map(|person| Some(person.record.progress_review?.period)).collect();
    assert_eq!(due.into_iter().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 7]);
    assert_eq!(world.users.len(), 13);
}

#[test]
fn stories_move_with_the_day_of_the_world() {
    let day = jiff::civil::date(2027, 3, 1);
    let (now, later) = (generate(&engine(), 1, AS_OF), generate(&engine(), 1, day));
    let first = |world: &World| world.people[0].record.case.assignments[0].assigned_on;
    assert_eq!(first(&now).first_of_month(), jiff::civil::date(2025, 7, 1));
    assert_eq!(first(&later).first_of_month(), jiff::civil::date(2025, 11, 1));
}

#[tokio::test]
async fn a_record_that_lacks_payments_on_file_is_refused_unless_they_are_to_go() {
    let world = generate(&engine(), 1, AS_OF);
    let sink = Arc::new(Memory::default());
    ttw_admin::world::put(&world, &*sink).await.unwrap();
    let person = world.people.iter().find(|person| !person.record.case.payments.is_empty()).unwrap();
    let ssn = number(&person.ssn);
    let before = sink.record(&ssn);
    let mut row = before.clone();
    row["ssn"] = json!(ssn);
    let whole = format!("{row}\n");
    let dropped = row["case"]["payments"].as_array_mut().unwrap().remove(0);
    let path = file("dropped", "tickets.jsonl", format!("{row}\n"));
    let loaded = load_into(&sink, Kind::Tickets, &path, &Options::default()).await;
    let [problem] = loaded.problems.as_slice() else { panic!("{loaded:?}") };
    assert_eq!((loaded.put, problem.code, &*problem.pointer), (0, "LOAD_PAYMENTS_DROPPED", "/case/payments"));
    let named = format!("{} for {}", dropped["payment"].as_str().unwrap(), dropped["month"].as_str().unwrap());
    assert!(problem.message.contains(&named), "{}", problem.message);
    assert_eq!(sink.record(&ssn), before);
    let told = load_into(&sink, Kind::Tickets, &path, &Options { drop_payments: true, ..Options::default() }).await;
    assert_eq!((told.put, told.problems.len()), (1, 0));
    assert_ne!(sink.record(&ssn)["case"]["payments"], before["case"]["payments"]);
    // What it has beside them is no matter.
    let more = load_into(&sink, Kind::Tickets, &file("more", "tickets.jsonl", whole), &Options::default()).await;
    assert_eq!((more.put, sink.record(&ssn)["case"]["payments"].clone()), (1, before["case"]["payments"].clone()));
}
