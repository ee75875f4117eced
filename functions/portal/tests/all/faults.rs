//! Every operation bears what the network and the table do to it: it is tried again, within bounds, and a failure is never
//! reported for what was done.

use crate::embedded::Fault::{self, DoneButLost, DoneButRefused, Lost, Refused};
use crate::world::{BODY, Paper, World, ein, person, record, ssn, user};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::fmt::Debug;
use std::sync::Arc;
use ttw_core::Engine;
use ttw_core::claims::{Arrival, Event, EvidenceKind, Snapshot};
use ttw_core::domain::Usd;
use ttw_core::forms::{Desk, Form, People, Role, on_file};
use ttw_portal::identity::caller_of;
use ttw_portal::outbox::Mail;
use ttw_portal::store::{
    AppendError, Attempt, By, Confirmation, NewSubmission, QueueFilter, QueueOrder, Receipt, Registered, Reply,
    StoreError, Taking,
};

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
async fn filing_forms() {
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
}

/// A claim on file with its work case, whose evidence is on its way.
async fn claimed(world: &World, engine: &Engine) -> Confirmation {
    let form = json!({
        "ssn": "900-12-3456", "payment_method": "outcome_milestone", "request_type": "p1m1", "claim_month": "2025-12",
        "p1m1_basis": "twl_in_month", "work_type": "employee", "proof_delivery": "faxed_in", "attested": true,
        "services_summary_codes": ["case_management"],
        "employer": {"name": "Acme Bakery", "ein": "20-1234567", "start_date": "2025-09-03", "hourly_wage": "16.25",
            "hours_per_week": "40.00", "pay_frequency": "biweekly"},
        "earnings": [{"period_start": "2025-12-01", "period_end": "2025-12-14", "pay_date": "2025-12-20", "gross": "1300.00",
            "ytd_gross": "9100.00", "withholdings_shown": true}]
    });
    let case = json!({
        "ticket": {"id": "T-0001", "assignments": [
            {"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2025-08-04"}
        ]},
        "beneficiary": {"title": "t2", "blind": false},
        "benefits": [{"title": "t2", "from": "2014-01", "to": null, "status": "current_pay"}],
        "earnings": [], "pay_statements": [], "state_vr_cases": [], "payments": []
    });
    let organization = world.hope.organization();
    let known = json!({
        "organization": organization, "roles": ["submitter"], "people": [{"case": case, "employers": [], "earlier": []}]
    });
    let known = on_file(known.to_string().as_bytes()).unwrap();
    let desk = Desk { engine, received_on: date(2026, 3, 2), people: People::Test };
    let draft = desk.read(Form::PaymentRequest, form.to_string().as_bytes()).unwrap();
    let filing = desk.check(draft, &known).unwrap();
    let submitted_at = later();
    let receipt = Receipt {
        confirmation: Confirmation::at(submitted_at).unwrap(),
        submitted_at,
        received_on: desk.received_on,
        attempt: Attempt { route: "/v1/payment-requests", key: "claim", body: BODY },
        reply: Reply { status: 201, body: "{}".to_owned() },
        notices: Vec::new(),
        rules_version: engine.version(),
        request_id: "request-1",
    };
    let new = NewSubmission::of(&filing, receipt, engine.parameters()).unwrap();
    world.store.file(&world.hope, new).await.unwrap().confirmation
}

/// Illegible evidence arrives: a version more, and nothing else.
async fn arrives(world: &World, engine: &Engine, number: &Confirmation) -> Result<u32, AppendError> {
    let case = world.store.work_case(engine, number).await.unwrap().unwrap();
    let arrival = Arrival { kind: EvidenceKind::PayStatements, pages: 2, legible: false, arrived_on: date(2026, 3, 3) };
    let taking = Taking {
        by: By::Provider(&world.hope),
        claim: case.claim.clone(),
        arrived: Some(arrival),
        otherwise: None,
        shares: None,
        at: later(),
        request_id: "r",
    };
    Ok(world.store.append(engine, &case, &taking).await?.version)
}

#[tokio::test]
async fn work_cases_and_their_steps() {
    let engine = Engine::builtin().unwrap();
    let Filed { world, .. } = filed().await;
    let store = &world.store;
    let number = claimed(&world, &engine).await;
    let registered = Registered { user: &user("pam"), roles: &[Role::ProgramManager], ein: None, own_record: None };
    store.put_user(registered).await.unwrap();
    let manager = caller_of(store.account("pam").await.unwrap().unwrap()).manager().unwrap();
    let numbers = [number.clone()];
    bears(&world, "Query", &[], async || store.work_case(&engine, &number).await).await;
    bears(&world, "Query", &[], async || store.clocks_run_out(date(2026, 3, 17), 10).await).await;
    bears(&world, "Query", &[], async || store.own_tickets(&world.hope, None, 10).await).await;
    bears(&world, "Query", &[], async || store.all_tickets(&manager, None, 10).await).await;
    let all = QueueFilter { order: QueueOrder::Received, status: None, provider: None };
    bears(&world, "Query", &[], async || store.work_queue(&manager, &engine, &all, None, 10).await).await;
    bears(&world, "BatchGetItem", &[Fault::Half], async || store.standings(&world.hope, &engine, &numbers).await).await;
    bears(&world, "BatchGetItem", &[Fault::Half], async || store.decided_claims(&manager, &engine, &numbers).await)
        .await;
    bears(&world, "BatchGetItem", &[Fault::Half], async || store.providers(["EN-A"]).await).await;
    bears(&world, "Query", &[], async || store.contact(world.hope.organization()).await).await;
    bears(&world, "GetItem", &[], async || store.has_sheet(&world.hope, &number).await).await;

    let conflict = [Refused("TransactionConflictException"), DoneButRefused("TransactionConflictException")];
    bears(&world, "PutItem", &conflict, async || store.note_copy(&world.hope, &number, later(), "r").await).await;
    // A sheet is issued once, and to nobody a second time; whose answer was lost still has it.
    world.database.fail("TransactWriteItems", [DoneButLost]);
    assert_eq!(store.issue_sheet(&world.hope, &number, later(), "r").await, Ok(true));
    assert_eq!(world.database.left(), 0);
    assert_eq!(store.issue_sheet(&world.hope, &number, later(), "r").await, Ok(false));

    let more = [
        Fault::Cancelled(vec!["TransactionConflict"]),
        Refused("TransactionInProgressException"),
        DoneButRefused("TransactionInProgressException"),
    ];
    bears(&world, "TransactWriteItems", &more, async || arrives(&world, &engine, &number).await).await;
    // Nine of them, once each; the one under a fault without end is not there.
    let case = store.work_case(&engine, &number).await.unwrap().unwrap();
    assert_eq!((case.version, case.arrived.len()), (10, 9));
}

#[tokio::test]
async fn a_payment_is_noted_only_in_the_record_on_which_it_was_judged() {
    let engine = Engine::builtin().unwrap();
    let Filed { world, .. } = filed().await;
    let number = claimed(&world, &engine).await;
    let decision =
        world.store.one(&world.hope, Form::PaymentRequest, &number).await.unwrap().unwrap().decision.unwrap();
    let judged: Value = serde_json::from_str(&decision.question).unwrap();
    let held = |earned: &str| {
        let mut case = judged["case"].clone();
        case["earnings"] = json!([{"month": "2025-09", "earned": earned}]);
        case["pay_statements"] = json!([]);
        json!({"case": case, "employers": [], "earlier": []}).to_string()
    };
    let mut question = judged.clone();
    question["case"]["earnings"] = json!([{"month": "2025-09", "earned": "100.00"}]);
    let case = world.store.work_case(&engine, &number).await.unwrap().unwrap();
    let mut claim = case.claim.clone();
    let (today, parameters) = (date(2026, 3, 3), engine.parameters());
    claim.apply(Event::Open, today, parameters).unwrap();
    claim.apply(Event::DocumentsArrive, today, parameters).unwrap();
    let snapshot = Snapshot::take(&engine, &question.to_string()).unwrap();
    let determination: Value = serde_json::from_str(snapshot.determination()).unwrap();
    let amount = Usd::parse(determination["amount"].as_str().unwrap()).unwrap();
    claim.apply(Event::Pay { amount, snapshot: Some(Arc::new(snapshot)) }, today, parameters).unwrap();
    let taking =
        Taking { by: By::Clock, claim, arrived: None, otherwise: None, shares: None, at: later(), request_id: "r" };
    let person = ssn("900-12-3456");
    world.store.put_person(&person, &held("200.00")).await.unwrap();
    assert_eq!(world.store.append(&engine, &case, &taking).await.unwrap_err(), AppendError::Changed);
    world.store.put_person(&person, &held("100.00")).await.unwrap();
    assert!(world.store.append(&engine, &case, &taking).await.is_ok());
}
