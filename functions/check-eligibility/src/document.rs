//! The OpenAPI document: its head, its examples, its text.

use crate::example;
use serde_json::json;
use ttw_portal::problem::schema::ProblemBody;
use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{Content, InfoBuilder, LicenseBuilder, OpenApi as Document, OpenApiBuilder, RefOr, Server};

/// The schemas of refusals, which no single route owns.
#[derive(OpenApi)]
#[openapi(components(schemas(ProblemBody)))]
struct Problems;

const JSON: &str = "application/json";

const DESCRIPTION: &str = "Decides whether a payment of the Ticket to Work program is due, by the checklist of the program \
manager or by 20 CFR part 411, and names every rule with its source.\n\nMonths are `YYYY-MM`, days `YYYY-MM-DD`, amounts decimal \
strings. Unknown fields are refused. Everything that is wrong with a request is said at once, as a problem (RFC 9457) with a list \
of `errors`. The same question gives the same bytes.";

/// The document before any route is added.
#[must_use]
pub fn head() -> Document {
    let info = InfoBuilder::new()
        .title("Ticket to Work provider portal")
        .description(Some(DESCRIPTION))
        .version(ttw_portal::VERSION)
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build()));
    let tags = [
        ("eligibility", "Questions about a case."),
        ("people", "People on file, and who is signed in."),
        ("law", "The rules and parameters as the engine has them."),
        ("service", "The service itself."),
    ];
    let components = Problems::openapi().components;
    OpenApiBuilder::new()
        .info(info.build())
        .components(components)
        .servers(Some([Server::new("/")]))
        .tags(Some(tags.map(|(name, description)| TagBuilder::new().name(name).description(Some(description)).build())))
        .build()
}

/// The document with the examples of this function's routes.
#[must_use]
pub fn with_examples(mut document: Document) -> Document {
    let posts = [
        ("/v1/eligibility", example::question(), example::determination()),
        ("/v1/eligibility/ledger", example::ledger_request(), example::ledger()),
        ("/v1/eligibility/batch", example::batch(), example::batch_results()),
    ];
    let gets = [
        ("/v1/rules", example::rules()),
        ("/v1/rules/{id}", example::rule()),
        ("/v1/parameters", example::parameters()),
        ("/v1/health", example::health()),
        ("/v1/openapi.json", json!({ "openapi": "3.1.0" })),
    ];
    let paths = &mut document.paths.paths;
    for (path, request, answer) in posts {
        let Some(operation) = paths.get_mut(path).and_then(|item| item.post.as_mut()) else { continue };
        if let Some(content) = asked(operation) {
            content.example = Some(request);
        }
        if let Some(content) = answered(operation) {
            content.example = Some(answer);
        }
    }
    for (path, answer) in gets {
        let operation = paths.get_mut(path).and_then(|item| item.get.as_mut());
        if let Some(content) = operation.and_then(answered) {
            content.example = Some(answer);
        }
    }
    document
}

/// What an operation is asked.
fn asked(operation: &mut Operation) -> Option<&mut Content> {
    match operation.request_body.as_mut()? {
        RefOr::T(body) => json_content(body.content.get_mut(JSON)),
        RefOr::Ref(_) => None,
    }
}

/// What an operation answers when all is well.
fn answered(operation: &mut Operation) -> Option<&mut Content> {
    match operation.responses.responses.get_mut("200")? {
        RefOr::T(response) => json_content(response.content.get_mut(JSON)),
        RefOr::Ref(_) => None,
    }
}

fn json_content(content: Option<&mut RefOr<Content>>) -> Option<&mut Content> {
    match content? {
        RefOr::T(content) => Some(content),
        RefOr::Ref(_) => None,
    }
}
