//! People on file: who is signed in, whose ticket it is, whether it can be assigned.

use crate::refusal::{NotSignedIn, RefusedRequest, TICKET_UNKNOWN, UnknownTicket};
use crate::schema::{AssignabilityResult, AssignabilityResults, Holding, Me, MyTicket, SsnQuestion, SsnQuestions};
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use ttw_core::domain::{ProviderKind, Ssn};
use ttw_core::forms::{AnyQuestion, Person, Role, assignability};
use ttw_core::problem::code;
use ttw_core::read::{LedgerRequest, MAX_BYTES, Read};
use ttw_core::{PolicyName, Problem, batch_results_json};
use ttw_portal::identity::{Caller, Scope};
use ttw_portal::query::Query;
use ttw_portal::telemetry::Metrics;
use ttw_portal::{Portal, Refusal, body, reply};

/// Show who is signed in
///
/// Name, title, and the organization the user acts for. It prefills the forms.
#[utoipa::path(
    get,
    path = "/v1/me",
    tag = "people",
    operation_id = "me",
    security(("bearer" = [])),
    responses((status = 200, description = "Who is signed in.", body = Me), NotSignedIn)
)]
pub(crate) async fn me(State(portal): State<Portal>, parts: Parts) -> Result<Response, Refusal> {
    let caller = portal.caller(&parts).await?;
    Query::read(parts.uri.query(), &[]).finish()?;
    reply::json(StatusCode::OK, &Me::of(&caller))
}

/// Look up a beneficiary
///
/// The ticket of a beneficiary that is or was assigned to the caller's organization. A number that is unknown, mistyped or of
/// somebody else's ticket gets one and the same answer.
#[utoipa::path(
    post,
    path = "/v1/beneficiaries/lookup",
    tag = "people",
    operation_id = "lookup",
    security(("bearer" = [])),
    request_body = SsnQuestion,
    responses(
        (status = 200, description = "The ticket as far as forms are prefilled with it.", body = Holding),
        RefusedRequest,
        NotSignedIn,
    )
)]
pub(crate) async fn lookup(State(portal): State<Portal>, request: Request) -> Result<Response, Refusal> {
    let (scope, text) = asked(&portal, request).await?;
    let ssn = portal.desk().lookup(&text).map_err(Refusal::of_question)?;
    let person = held(&portal, &scope, &ssn).await?;
    let holding = Holding::of(&ssn, &person, &scope.organization().provider).ok_or_else(not_assigned)?;
    reply::json(StatusCode::OK, &holding)
}

/// Ask whether tickets can be assigned
///
/// One number (`ssn`) or up to 250 (`ssns`), an answer each: `assignable`, `assigned_to_you` or `not_assignable` and nothing more. Only the program
/// manager learns the reasons.
#[utoipa::path(
    post,
    path = "/v1/assignability",
    tag = "people",
    operation_id = "assignability",
    security(("bearer" = [])),
    request_body = SsnQuestions,
    responses(
        (status = 200, description = "A result for each number, in order.", body = AssignabilityResults),
        RefusedRequest,
        NotSignedIn,
    )
)]
pub(crate) async fn assignable(
    State(portal): State<Portal>,
    metrics: Metrics,
    request: Request,
) -> Result<Response, Refusal> {
    let (parts, content) = request.into_parts();
    let caller = portal.caller(&parts).await?;
    let (provider, is_manager) = asks_for(&caller)?;
    let text = body::json(Request::from_parts(parts, content), MAX_BYTES).await?;
    let desk = portal.desk();
    let numbers = desk.numbers(&text).map_err(Refusal::of_question)?;
    let known: Vec<Ssn> = numbers.iter().filter_map(|number| number.as_ref().ok().cloned()).collect();
    let mut people = portal.store().people(&known).await?.into_iter();
    let result = |number: Read<Ssn>| match number {
        Ok(ssn) => {
            let person = people.next().flatten();
            let parameters = portal.engine().parameters();
            let (status, reasons) = assignability(person.as_ref(), &provider, desk.received_on, parameters);
            AssignabilityResult::answered(&ssn, status, &reasons, is_manager)
        }
        Err(errors) => {
            metrics.problems(&errors);
            AssignabilityResult::refused(errors)
        }
    };
    let results = numbers.into_iter().map(result).collect();
    reply::json(StatusCode::OK, &AssignabilityResults { as_of: desk.received_on.to_string(), results })
}

/// Show my ticket
///
/// A beneficiary's own view: the ticket, what each provider that holds or held it can still be paid, and what was filed about it.
#[utoipa::path(
    get,
    path = "/v1/my-ticket",
    tag = "people",
    operation_id = "my_ticket",
    security(("bearer" = [])),
    responses((status = 200, description = "The ticket.", body = MyTicket), UnknownTicket, NotSignedIn)
)]
pub(crate) async fn my_ticket(State(portal): State<Portal>, parts: Parts) -> Result<Response, Refusal> {
    let caller = portal.caller(&parts).await?;
    Query::read(parts.uri.query(), &[]).finish()?;
    caller.require(&[Role::Beneficiary])?;
    let missing = || Refusal::because(StatusCode::NOT_FOUND, &TICKET_UNKNOWN);
    let own = caller.own_record().ok_or_else(missing)?;
    let (person, filed) = portal.store().own_file(own).await?.ok_or_else(missing)?;
    let mut ledgers = Vec::new();
    for provider in paid_providers(&person) {
        let as_of = portal.desk().received_on;
        let request = LedgerRequest { case: person.case.clone(), provider, as_of, policy: PolicyName::Operations };
        ledgers.push(portal.engine().ledger(&request).map_err(Refusal::of_question)?);
    }
    reply::json(StatusCode::OK, &MyTicket { case: &person.case, ledgers, filed })
}

/// The determination on a case on file.
pub(crate) async fn decide(portal: &Portal, metrics: &Metrics, parts: &Parts, text: &[u8]) -> Result<String, Refusal> {
    let scope = portal.filing_scope(parts).await?;
    let asked = portal.desk().record_question(text).map_err(Refusal::of_question)?;
    let person = held(portal, &scope, &asked.ssn).await?;
    let question = asked.of(person.case, &scope.organization().provider).map_err(Refusal::of_question)?;
    let answer = portal.engine().decide(&question).map_err(Refusal::of_question)?;
    metrics.determination(&answer);
    serde_json::to_string(&answer).map_err(|_| Refusal::internal())
}

/// The ledger of a case on file.
pub(crate) async fn ledger(portal: &Portal, parts: &Parts, text: &[u8]) -> Result<String, Refusal> {
    let scope = portal.filing_scope(parts).await?;
    let asked = portal.desk().record_ledger(text).map_err(Refusal::of_question)?;
    let person = held(portal, &scope, &asked.ssn).await?;
    let request = asked.of(person.case, &scope.organization().provider).map_err(Refusal::of_question)?;
    let answer = portal.engine().ledger(&request).map_err(Refusal::of_question)?;
    serde_json::to_string(&answer).map_err(|_| Refusal::internal())
}

/// The results of a batch that may ask about people on file. Without a number in it, nobody need be signed in.
pub(crate) async fn batch(portal: &Portal, metrics: &Metrics, parts: &Parts, text: &[u8]) -> Result<String, Refusal> {
    let questions = portal.desk().questions(text).map_err(Refusal::of_question)?;
    let mut numbers: Vec<Ssn> = Vec::new();
    for question in questions.iter().flatten() {
        if let AnyQuestion::Record(asked) = question
            && !numbers.contains(&asked.ssn)
        {
            numbers.push(asked.ssn.clone());
        }
    }
    let scope = if numbers.is_empty() { None } else { Some(portal.filing_scope(parts).await?) };
    let people = portal.store().people(&numbers).await?;
    let case_of = |ssn: &Ssn, provider: &str| {
        let place = numbers.iter().position(|number| number == ssn)?;
        let person = people.get(place)?.as_ref()?;
        person.assignments_to(provider).next().map(|_| person.case.clone())
    };
    let provider = scope.as_ref().map_or("", |scope| &scope.organization().provider);
    let decide = |question: Read<AnyQuestion>| {
        let question = match question? {
            AnyQuestion::Case(question) => *question,
            AnyQuestion::Record(asked) => {
                let case = case_of(&asked.ssn, provider).ok_or_else(|| asked.not_assigned())?;
                asked.of(case, provider)?
            }
        };
        portal.engine().decide(&question)
    };
    Ok(batch_results_json(questions.into_iter().map(|question| {
        let result = decide(question);
        metrics.result(&result);
        result
    })))
}

async fn asked(portal: &Portal, request: Request) -> Result<(Scope, Bytes), Refusal> {
    let (parts, content) = request.into_parts();
    let scope = portal.filing_scope(&parts).await?;
    let text = body::json(Request::from_parts(parts, content), MAX_BYTES).await?;
    Ok((scope, text))
}

/// For which provider somebody asks about assignability, and whether the reasons are told.
fn asks_for(caller: &Caller) -> Result<(Box<str>, bool), Refusal> {
    let is_manager = caller.is(Role::ProgramManager);
    match caller.scope() {
        Some(scope) => Ok((scope.organization().provider.clone(), is_manager)),
        // The program manager asks for no provider, and none has an empty id.
        None if is_manager => Ok(("".into(), true)),
        None => caller.required_scope().map(|scope| (scope.organization().provider.clone(), false)),
    }
}

/// The person, if the caller's organization holds or held the ticket.
async fn held(portal: &Portal, scope: &Scope, ssn: &Ssn) -> Result<Person, Refusal> {
    let found = portal.store().people(std::slice::from_ref(ssn)).await?.pop().flatten();
    let provider = &scope.organization().provider;
    found.filter(|person| person.assignments_to(provider).next().is_some()).ok_or_else(not_assigned)
}

fn not_assigned() -> Refusal {
    Refusal::of_question(vec![Problem::new(&code::TICKET_NOT_ASSIGNED_TO_ORG, "/ssn")])
}

/// The providers that can be paid on a ticket, oldest assignment first, each once.
fn paid_providers(person: &Person) -> Vec<Box<str>> {
    let mut providers: Vec<Box<str>> = Vec::new();
    for assignment in person.case.assignments.iter().filter(|a| a.kind != ProviderKind::StateVr) {
        if !providers.contains(&assignment.provider) {
            providers.push(assignment.provider.clone());
        }
    }
    providers
}
