//! Each kind of bad row: reported with its line and place, skipped, and never quoted.

use super::memory::{Memory, engine, file, load_into};
use std::collections::BTreeSet;
use std::sync::Arc;
use ttw_admin::load::{Loaded, Options};
use ttw_admin::problem::code;
use ttw_admin::row::Kind;
use ttw_admin::world::{AS_OF, files, generate};

const CANARY: &str = "900-45-6789";
const CANARY_DIGITS: &str = "900456789";

/// Loads rows into a place where a world lives already.
async fn loaded(kind: Kind, name: &str, text: &[u8]) -> Loaded {
    let sink = Arc::new(Memory::default());
    ttw_admin::world::put(&generate(&engine(), 1, AS_OF), &*sink).await.unwrap();
    let folder = format!("bad-{}", text.iter().map(|byte| u64::from(*byte)).sum::<u64>());
    let loaded = load_into(&sink, kind, &file(&folder, name, text), &Options::default()).await;
    let shown = format!("{loaded:?} {}", serde_json::to_string(&loaded.problems).unwrap());
    assert!(!shown.contains(CANARY) && !shown.contains(CANARY_DIGITS), "{shown}");
    loaded
}

async fn expect(kind: Kind, name: &str, text: &str, expected: &[(usize, &str, &str)]) -> Loaded {
    let loaded = loaded(kind, name, text.as_bytes()).await;
    let found: Vec<(usize, &str, &str)> =
        loaded.problems.iter().map(|problem| (problem.line, problem.pointer.as_str(), problem.code)).collect();
    assert_eq!(found, expected, "{text}");
    loaded
}

#[tokio::test]
async fn providers() {
    let good = r#"{"ein":"12-0000042","provider":"EN-NEW","name":"New Network","kind":"en"}"#;
    let rows = [
        good,
        "{not json",
        "[]",
        r#"{"ein":"12","provider":"900-45-6789","kind":"bank","agreement_ends_on":"2027-02-30","ssn":1}"#,
        good,
    ];
    let expected = [
        (2, "", "REQ_JSON_INVALID"),
        (3, "", "REQ_TYPE"),
        (4, "/agreement_ends_on", "DATE_INVALID"),
        (4, "/ein", "EIN_FORMAT"),
        (4, "/kind", "REQ_ENUM"),
        (4, "/name", "REQ_FIELD_REQUIRED"),
        (4, "/provider", "ID_IS_SSN"),
        (4, "/ssn", "REQ_UNKNOWN_FIELD"),
        (5, "", "LOAD_DUPLICATE"),
    ];
    let loaded = expect(Kind::Providers, "providers.jsonl", &rows.join("\n"), &expected).await;
    assert_eq!((loaded.rows, loaded.put), (5, 1));
}

#[tokio::test]
async fn users() {
    let user = |rest: &str| format!(r#"{{"subject":"s","name":"N","title":"T","email":"n@x.example",{rest}}}"#);
    let rows = [
        user(r#""ein":"12-0009001","roles":["submitter"]"#),
        user(r#""roles":["submitter"]"#),
        user(r#""ein":"12-0009001","roles":["program_manager"]"#),
        user(r#""roles":["beneficiary"]"#),
        user(&format!(r#""roles":["field_office"],"ssn":"{CANARY}""#)),
        user(r#""roles":[]"#),
        user(r#""roles":["king"],"email":"x""#),
        format!(r#"{{"subject":"","name":"N","title":"T","email":"nobody","roles":["field_office"],"{CANARY}":1}}"#),
        user(r#""ein":"12-0009001","roles":["signatory"]"#),
    ];
    let expected = [
        (2, "/ein", "LOAD_EIN_REQUIRED"),
        (3, "/ein", "LOAD_EIN_UNEXPECTED"),
        (4, "/ssn", "LOAD_SSN_REQUIRED"),
        (5, "/ssn", "LOAD_SSN_UNEXPECTED"),
        (6, "/roles", "LOAD_ROLES_REQUIRED"),
        (7, "/email", "REQ_FIELD_DUPLICATE"),
        (7, "/roles/0", "REQ_ENUM"),
        (8, "/***", "REQ_UNKNOWN_FIELD"),
        (8, "/email", "LOAD_EMAIL"),
        (8, "/subject", "TEXT_LENGTH"),
        (9, "", "LOAD_DUPLICATE"),
    ];
    assert_eq!(expect(Kind::Users, "users.jsonl", &rows.join("\n"), &expected).await.put, 1);
}

#[tokio::test]
async fn tickets() {
    let ticket = |ssn: &str, id: &str| {
        format!(
            r#"{{"ssn":{ssn},"case":{{"ticket":{{"id":"{id}","assignments":[]}},"beneficiary":{{"title":"t2","blind":false}}}},"extra":1}}"#
        )
    };
    let good = ticket(&format!("\"{CANARY}\""), "T-1").replace(",\"extra\":1", "");
    let real = ["\"123", "45", "6780\""].join("-");
    let rows = [
        good.clone(),
        ticket(&real, "T-2"),
        ticket(CANARY_DIGITS, CANARY),
        ticket("null", "T-3").replace(",\"extra\":1", ""),
        good.replace("900-45-6789", "900-00-6789"),
        good.clone(),
    ];
    let expected = [
        (2, "/extra", "REQ_UNKNOWN_FIELD"),
        (2, "/ssn", "SSN_AREA"),
        (3, "/case/ticket/id", "ID_IS_SSN"),
        (3, "/extra", "REQ_UNKNOWN_FIELD"),
        (3, "/ssn", "REQ_TYPE"),
        (4, "/ssn", "REQ_FIELD_REQUIRED"),
        (5, "/ssn", "SSN_GROUP"),
        (6, "", "LOAD_DUPLICATE"),
    ];
    assert_eq!(expect(Kind::Tickets, "tickets.jsonl", &rows.join("\n"), &expected).await.put, 1);
}

#[tokio::test]
async fn earnings_and_benefits() {
    let world = generate(&engine(), 1, AS_OF);
    let ssn = String::from_utf8(world.people[0].ssn.expose().to_vec()).unwrap();
    let rows = format!(
        "ssn,month,earned,paid\n{ssn},2025-13,1.00,\n{ssn},2025-01,840,\n{ssn},2025-01,840,\n{ssn},2025-02,,\n\
         {ssn},2025-03,-1,1.234\n{CANARY},2025-03,1,\nx,2025-03,1,\n{ssn},2025-04\n"
    );
    let expected = [
        (2, "/month", "MONTH_FORMAT"),
        (4, "/month", "EARNINGS_MONTH_DUPLICATE"),
        (5, "", "LOAD_ROW_EMPTY"),
        (6, "/earned", "MONEY_NEGATIVE"),
        (6, "/paid", "MONEY_FORMAT"),
        (7, "/ssn", "LOAD_PERSON_UNKNOWN"),
        (8, "/ssn", "SSN_FORMAT"),
        (9, "", "LOAD_CSV_ROW"),
    ];
    let loaded = expect(Kind::Earnings, "earnings.csv", &rows, &expected).await;
    assert_eq!((loaded.rows, loaded.put), (8, 1));
    let rows = format!(
        "ssn,title,from,to,status,federal_cash\n{ssn},t16,2025-01,2025-06,current_pay,true\n{ssn},t16,2025-06,,ended_work,\n\
         {ssn},t16,2026-01,2025-12,ended_work,\n{ssn},t16,2026-02,2026-03,current_pay,\n{ssn},t16,2026-05,,current_pay,yes\n"
    );
    let expected = [
        (3, "", "BENEFITS_OVERLAP"),
        (4, "/to", "BENEFIT_ENDS_BEFORE_START"),
        (5, "/federal_cash", "FEDERAL_CASH_REQUIRED"),
        (6, "/federal_cash", "REQ_TYPE"),
    ];
    assert_eq!(expect(Kind::Benefits, "benefits.csv", &rows, &expected).await.put, 1);
}

#[tokio::test]
async fn a_flat_ticket_is_put_whole_or_not_at_all() {
    const HEAD: &str = "ssn,ticket,title,blind,provider,kind,payment_system,assigned_on,unassigned_on\n";
    let row = |ssn: &str, rest: &str| format!("{ssn},{rest}\n");
    let first = "T-1,t2,false,EN-A,en,outcome_milestone,2024-01-05,2024-06-01";
    let rows = [
        row(CANARY, first),
        row(CANARY, "T-1,t2,false,EN-B,en,outcome_milestone,2024-07-32,"),
        row("900-45-6790", first),
        row("900-45-6790", "T-1,t2,true,EN-B,en,outcome_milestone,2024-07-02,"),
        row("900-45-6791", "T-3,t2,false,EN-A,en,outcome_milestone,2024-01-05,"),
        row("900-45-6791", "T-3,t2,false,EN-B,en,outcome_milestone,2024-07-02,"),
        row("900-45-6792", "T-4,t2,false,EN-B,en,outcome_milestone,2024-07-02,"),
        row("900-45-6792", "T-4,t2,false,EN-A,en,outcome_milestone,2024-01-02,2024-07-01"),
        row("900-45-6793", "T-5,t2,false,,,,,"),
    ];
    let expected = [
        (2, "", "LOAD_PERSON_SKIPPED"),
        (3, "/assigned_on", "DATE_FORMAT"),
        (4, "", "LOAD_PERSON_SKIPPED"),
        (5, "", "LOAD_ROWS_DISAGREE"),
        (6, "/case/ticket/assignments/1/assigned_on", "ASSIGNMENTS_OVERLAP"),
    ];
    let text = HEAD.to_owned() + &rows.concat();
    let loaded = loaded(Kind::Tickets, "tickets.csv", text.as_bytes()).await;
    let found: Vec<(usize, &str, &str)> =
        loaded.problems.iter().map(|problem| (problem.line, problem.pointer.as_str(), problem.code)).collect();
    // The day 32 is refused as a day or as a format; which of the two is the core's affair.
    let found: Vec<_> =
        found.into_iter().map(|(l, p, c)| (l, p, if c == "DATE_INVALID" { "DATE_FORMAT" } else { c })).collect();
    assert_eq!(found, expected);
    assert_eq!(loaded.put, 3);
}

#[tokio::test]
async fn a_file_with_a_wrong_header_or_none_is_refused_and_not_quoted() {
    let text = format!("{CANARY},2025-01,840\n");
    let loaded = expect(
        Kind::Earnings,
        "earnings.csv",
        &text,
        &[(1, "/0", "LOAD_HEADER"), (1, "/1", "LOAD_HEADER"), (1, "/2", "LOAD_HEADER")],
    )
    .await;
    assert_eq!((loaded.rows, loaded.put), (0, 0));
    expect(Kind::Earnings, "earnings.csv", "ssn,month,month\n", &[(1, "/2", "LOAD_HEADER")]).await;
}

#[tokio::test]
async fn bytes_that_are_no_text_are_a_bad_row() {
    let jsonl = loaded(Kind::Users, "users.jsonl", b"\n\xff\n").await;
    assert_eq!((jsonl.problems[0].line, jsonl.problems[0].code), (2, "LOAD_ENCODING"));
    let csv = loaded(Kind::Earnings, "earnings.csv", b"\xef\xbb\xbfssn,month,earned,paid\n1,\xff,,\n").await;
    assert_eq!((csv.problems[0].line, csv.problems[0].code), (2, "LOAD_ENCODING"));
}

/// Every code of loading is provoked by a test of this file, of `formats`, `resume` or `table`, but for one that needs a damaged table.
#[test]
fn codes_are_unique_and_say_what_to_do() {
    let ids: BTreeSet<&str> = code::ALL.iter().map(|code| code.id).collect();
    assert_eq!(ids.len(), code::ALL.len());
    let told = concat!(
        include_str!("bad_rows.rs"),
        include_str!("formats.rs"),
        include_str!("resume.rs"),
        include_str!("table.rs")
    );
    for code in code::ALL {
        assert!(code.message.ends_with('.') && code.message.contains(';'), "{}", code.id);
        assert!(told.contains(&format!("\"{}\"", code.id)) || code.id == "LOAD_RECORD_UNREADABLE", "{}", code.id);
    }
}

#[tokio::test]
async fn a_real_deployment_takes_no_test_people() {
    let engine = engine();
    let world = files(&generate(&engine, 1, AS_OF));
    let tickets = world.iter().find(|file| file.kind == Some(Kind::Tickets)).unwrap();
    let reading = ttw_admin::read::Reading { engine: &engine, people: ttw_core::forms::People::Real };
    let rows =
        ttw_admin::source::rows(reading, Kind::Tickets, ttw_admin::source::Format::JsonLines, tickets.text.as_bytes());
    assert!(rows.rows.is_empty());
    assert!(rows.problems.len() == 40 && rows.problems.iter().all(|problem| problem.code == "SSN_AREA"));
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_written_though_the_next_cannot_be_read() {
    let bad = file("bad-then-none", "tickets.jsonl", "{}\n");
    let written = bad.with_extension("jsonl.problems.jsonl");
    let _ = std::fs::remove_file(&written);
    let none = bad.with_file_name("none.jsonl");
    let words = ["ttw-admin", "load", "--kind", "tickets", "--dry-run", bad.to_str().unwrap(), none.to_str().unwrap()];
    let command = <ttw_admin::cli::Command as clap::Parser>::try_parse_from(words).unwrap();
    assert_eq!(ttw_admin::cli::run(command).await, std::process::ExitCode::from(2));
    let told = std::fs::read_to_string(&written).unwrap();
    assert!(told.contains("REQ_FIELD_REQUIRED"), "{told}");
}
