//! The OpenAPI document of all functions.

use crate::example;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use ttw_core::forms::Form;
use ttw_portal::filing::BEARER;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{Content, HeaderBuilder, ObjectBuilder, OpenApi, Ref, RefOr, Response};

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";
/// Statuses of answers when all is well.
const WELL: [&str; 2] = ["200", "201"];

/// The document as text, with a line feed at its end.
#[must_use]
pub fn openapi_json() -> String {
    openapi_json_with(example::ANSWERS)
}

/// The document with other answers for examples: a JSON object of an answer for each operation.
#[must_use]
pub fn openapi_json_with(answers: &str) -> String {
    let mut document = check_eligibility::describe();
    document.merge(ttw_portal::service::describe());
    let mut document = check_eligibility::with_examples(document);
    let forms = [submit_pr::describe(), eir::describe(), iwp::describe(), form_1365::describe(), tpr::describe()];
    for form in forms {
        document.merge(form);
    }
    document.merge(claims::describe());
    sign_in(&mut document);
    tags(&mut document);
    let answers: Map<String, Value> = serde_json::from_str(answers).unwrap_or_default();
    for operation in operations(&mut document) {
        examples(operation, &answers);
        headers(operation);
    }
    share(&mut document);
    document.to_pretty_json().map(|text| text + "\n").unwrap_or_default()
}

fn sign_in(document: &mut OpenApi) {
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("An access token of the configured issuer."));
    if let Some(components) = document.components.as_mut() {
        components.add_security_scheme(BEARER, SecurityScheme::Http(scheme.build()));
    }
}

/// A tag for each form, which its routes carry, and one for claims.
fn tags(document: &mut OpenApi) {
    let of_form = |draft: &example::Draft| {
        let says = match draft.form {
            Form::PaymentRequest => "One payment, one month.",
            Form::EarningsInquiry => "Who reached three times the level of substantial gainful activity in a quarter.",
            Form::WorkPlan => "The plan under which a ticket is assigned to an Employment Network.",
            Form::Form1365 => "The assignment of a ticket to a State VR agency.",
            Form::ProgressReview => "Progress in a review period, for who did not answer.",
            Form::SplitAgreement => "How Employment Networks share the payments of a ticket.",
        };
        TagBuilder::new().name(draft.form.name()).description(Some(says)).build()
    };
    let says = "What happens after a payment request was submitted: queue, evidence, decisions.";
    let of_claims = TagBuilder::new().name("claims").description(Some(says)).build();
    let says = "What a field office enters for a month, and the issues that it works off.";
    let of_verification = TagBuilder::new().name("verification").description(Some(says)).build();
    let says = "What many tickets bring: money not asked for, the automatic run, what later facts have changed.";
    let of_caseload = TagBuilder::new().name("caseload").description(Some(says)).build();
    let all = example::DRAFTS.iter().map(of_form).chain([of_claims, of_caseload, of_verification]);
    document.tags.get_or_insert_default().extend(all);
}

fn operations(document: &mut OpenApi) -> impl Iterator<Item = &mut Operation> {
    document.paths.paths.values_mut().flat_map(|item| item.get.as_mut().into_iter().chain(item.post.as_mut()))
}

fn examples(operation: &mut Operation, answers: &Map<String, Value>) {
    let id = operation.operation_id.clone().unwrap_or_default();
    let asked = example::asked().into_iter().find(|asked| asked.operation == id);
    if let (Some(content), Some(body)) = (request(operation), asked.and_then(|asked| asked.body)) {
        add(content, body);
    }
    if let (Some(content), Some(answer)) = (answer(operation), answers.get(&id)) {
        add(content, answer.clone());
    }
}

/// The only example; or a second one, about somebody on file, beside one about a case.
fn add(content: &mut Content, example: Value) {
    match content.example.take() {
        None => content.example = Some(example),
        Some(first) => {
            for (name, summary, value) in
                [("case", "A case", first), ("on_file", "Somebody on file, who is asked about by number", example)]
            {
                let shown = ExampleBuilder::new().summary(summary).value(Some(value)).build();
                content.examples.insert(name.to_owned(), RefOr::T(shown));
            }
        }
    }
}

fn request(operation: &mut Operation) -> Option<&mut Content> {
    match operation.request_body.as_mut()? {
        RefOr::T(body) => content(body.content.get_mut(JSON)),
        RefOr::Ref(_) => None,
    }
}

fn answer(operation: &mut Operation) -> Option<&mut Content> {
    let mut responses = operation.responses.responses.iter_mut();
    match responses.find(|(status, _)| WELL.contains(&status.as_str()))?.1 {
        RefOr::T(response) => content(response.content.get_mut(JSON)),
        RefOr::Ref(_) => None,
    }
}

fn content(content: Option<&mut RefOr<Content>>) -> Option<&mut Content> {
    match content? {
        RefOr::T(content) => Some(content),
        RefOr::Ref(_) => None,
    }
}

/// The headers that each answer has: the id of the request, and what belongs to its status.
fn headers(operation: &mut Operation) {
    let is_law = operation.responses.responses.contains_key("304");
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        header(response, "X-Request-Id", "The id of this request in the logs.");
        if status == "201" {
            header(response, "Location", "Where what was filed is found: the path of its number.");
        }
        if status == "401" {
            header(response, "WWW-Authenticate", "How to sign in: `Bearer`.");
        }
        if is_law && ["200", "304"].contains(&status.as_str()) {
            header(response, "ETag", "The version of this answer, for If-None-Match.");
        }
    }
}

/// A refusal that several operations have stands in the document once, under its code.
fn share(document: &mut OpenApi) {
    let mut shared: BTreeMap<String, RefOr<Response>> = BTreeMap::new();
    for operation in operations(document) {
        for response in operation.responses.responses.values_mut() {
            let RefOr::T(inline) = &*response else { continue };
            let Some(name) = code(inline) else { continue };
            let held = shared.entry(name.clone()).or_insert_with(|| response.clone());
            if held == response {
                *response = RefOr::Ref(Ref::from_response_name(name));
            }
        }
    }
    document.components.get_or_insert_default().responses.extend(shared);
}

/// The code of a refusal, by its example.
fn code(response: &Response) -> Option<String> {
    let Some(RefOr::T(content)) = response.content.get(PROBLEM) else { return None };
    let first = content.example.as_ref()?.pointer("/errors/0/code").and_then(Value::as_str);
    Some(first.unwrap_or("INTERNAL").to_owned())
}

fn header(response: &mut Response, name: &str, description: &str) {
    let text = ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String);
    let header = HeaderBuilder::new().schema(Some(text)).description(Some(description)).build();
    response.headers.insert(name.to_owned(), RefOr::T(header));
}
