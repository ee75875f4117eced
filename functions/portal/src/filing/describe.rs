//! The routes of a form in the OpenAPI document.

mod shapes;

use super::{Counter, code};
use crate::Refusal;
use crate::answers::{FormOptions, Submissions};
use crate::problem::{REQ_CONTENT_TYPE, described as problem};
use axum::http::StatusCode;
use shapes::{answer, reference};
use ttw_core::Problem;
use ttw_core::forms::MAX_FORM_BYTES;
use ttw_core::problem::code as core_code;
use utoipa::ToSchema;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{
    ContentBuilder, OpenApi, OpenApiBuilder, PathItem, PathsBuilder, Required, ResponseBuilder, Schema,
};

/// The name of the way to sign in.
pub const BEARER: &str = "bearer";
const JSON: &str = "application/json";

/// A confirmation number as the examples have it.
pub const CONFIRMATION: &str = "1NFK-J7G0-AJZ7-JEHQ";

impl Counter {
    /// The routes of this form as the document has them: a draft `D` is sent, a form `F` is on file, advice `A` is given.
    #[must_use]
    pub fn describe<D: ToSchema, F: ToSchema, A: ToSchema>(self) -> OpenApi {
        let paths = PathsBuilder::new()
            .path(format!("{}/review", self.path), PathItem::new(HttpMethod::Post, self.describe_review::<D>()))
            .path(self.path, both(self.describe_submit::<D>(), self.describe_list()))
            .path(format!("{}/options", self.path), PathItem::new(HttpMethod::Get, self.describe_options()))
            .path(format!("{}/{{confirmation}}", self.path), PathItem::new(HttpMethod::Get, self.describe_one::<D>()));
        let components = shapes::components::<D, F, A>(self.form.as_str(), self.form.name());
        OpenApiBuilder::new().paths(paths).components(Some(components)).build()
    }

    fn describe_review<D: ToSchema>(self) -> Operation {
        let retired = vec![Problem::new(&core_code::RULES_VERSION_RETIRED, "/rules_version")];
        let says = "Checks the form and shows it as it would be stored, with everything that is wrong or unlikely. Nothing is stored.";
        let operation = self
            .operation("review", "Review", says)
            .request_body(Some(body_of::<D>()))
            .response("200", answer_of(&answer::<D>("Review"), "The form, locked, with the token that submits it."))
            .response("409", problem("In the way of something on file.", &Refusal::of_question(retired)));
        with_body_refusals(operation).build()
    }

    fn describe_submit<D: ToSchema>(self) -> Operation {
        let missing = Refusal::because(StatusCode::CONFLICT, &code::REVIEW_TOKEN_MISSING);
        let says = "Stores a form that was reviewed, once, and confirms it. The same request again gets the first answer again.";
        let conflict = "The review is missing, stale or of another form, or the form is on file already.";
        let operation = self
            .operation("submit", "Submit", says)
            .parameter(idempotency_key())
            .request_body(Some(body_of::<D>()))
            .response("201", answer_of(&answer::<D>("Confirmation"), "It is on file."))
            .response("409", problem(conflict, &missing));
        with_body_refusals(operation).build()
    }

    fn describe_list(self) -> Operation {
        self.operation("list", "List", "What the organization filed, newest first.")
            .parameter(query("cursor", "Where the page begins: `next_cursor` of the page before.", text_schema(1024)))
            .parameter(query("limit", "How many, 25 unless given.", number_schema(1, 100)))
            .response("200", answer_of(&Submissions::name(), "One page."))
            .response("422", query_refused())
            .build()
    }

    fn describe_one<D: ToSchema>(self) -> Operation {
        let unknown = Refusal::because(StatusCode::NOT_FOUND, &code::SUBMISSION_UNKNOWN);
        let says = "One submission of the organization. A number of somebody else's is answered like one that does not exist; \
            the program manager looks up any number that the intake mail names.";
        let number = ParameterBuilder::new()
            .name("confirmation")
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .description(Some("The confirmation number."))
            .schema(Some(text_schema(64)))
            .example(Some(CONFIRMATION.into()));
        self.operation("show", "Show", says)
            .parameter(number)
            .response("200", answer_of(&answer::<D>("Submission"), "The submission."))
            .response("404", problem("There is no such submission here.", &unknown))
            .response("422", query_refused())
            .build()
    }

    fn describe_options(self) -> Operation {
        let says = "The option lists of the form with their versions, and how many rows it opens with.";
        let signed_out = Refusal::because(StatusCode::UNAUTHORIZED, &crate::identity::code::AUTH_REQUIRED);
        self.named("options", "Options", says)
            .security(SecurityRequirement::new(BEARER, Vec::<String>::new()))
            .response("401", problem("Nobody is signed in.", &signed_out))
            .response("200", answer_of(&FormOptions::name(), "The lists."))
            .response("422", query_refused())
            .response("500", problem("An error of the service's own.", &Refusal::internal()))
            .build()
    }

    fn named(self, verb: &str, title: &str, description: &str) -> OperationBuilder {
        OperationBuilder::new()
            .tag(self.form.name())
            .operation_id(Some(format!("{verb}_{}", self.form.as_str())))
            .summary(Some(format!("{title}: {}", self.form.name())))
            .description(Some(description))
    }

    /// An operation for who is signed in.
    fn operation(self, verb: &str, title: &str, description: &str) -> OperationBuilder {
        let signed_out = Refusal::because(StatusCode::UNAUTHORIZED, &crate::identity::code::AUTH_REQUIRED);
        let forbidden = Refusal::because(StatusCode::FORBIDDEN, &crate::identity::code::AUTH_FORBIDDEN);
        let busy = Refusal::because(StatusCode::SERVICE_UNAVAILABLE, &crate::identity::code::UPSTREAM_UNAVAILABLE);
        self.named(verb, title, description)
            .security(SecurityRequirement::new(BEARER, Vec::<String>::new()))
            .response("401", problem("Nobody is signed in.", &signed_out))
            .response("403", problem("Not permitted for this organization.", &forbidden))
            .response("503", problem("The service is busy; nothing was done.", &busy))
            .response("500", problem("An error of the service's own.", &Refusal::internal()))
    }
}

fn with_body_refusals(operation: OperationBuilder) -> OperationBuilder {
    let invalid = Problem::new(&core_code::REQ_JSON_INVALID, "").with("line", 1).with("column", 2);
    let large = Problem::new(&core_code::REQ_TOO_LARGE, "").with("limit", MAX_FORM_BYTES);
    let required = vec![Problem::new(&core_code::REQ_FIELD_REQUIRED, "/ssn")];
    operation
        .response("400", problem("The body is not readable JSON.", &Refusal::of_question(vec![invalid])))
        .response("413", problem("The body is too large.", &Refusal::of_question(vec![large])))
        .response(
            "415",
            problem("The body is not JSON.", &Refusal::because(StatusCode::UNSUPPORTED_MEDIA_TYPE, &REQ_CONTENT_TYPE)),
        )
        .response(
            "422",
            problem("The form is refused; errors lists everything that is wrong.", &Refusal::of_question(required)),
        )
}

fn query_refused() -> ResponseBuilder {
    let limit = vec![Problem::new(&code::LIMIT_RANGE, "/limit").with("most", 100)];
    problem("The query is refused; errors lists everything that is wrong.", &Refusal::of_question(limit))
}

fn both(post: Operation, get: Operation) -> PathItem {
    let mut item = PathItem::new(HttpMethod::Post, post);
    item.merge_operations(PathItem::new(HttpMethod::Get, get));
    item
}

fn body_of<D: ToSchema>() -> RequestBody {
    let content = ContentBuilder::new().schema(Some(reference(&D::name()))).build();
    RequestBodyBuilder::new().content(JSON, content).required(Some(Required::True)).build()
}

fn answer_of(schema: &str, description: &str) -> ResponseBuilder {
    let content = ContentBuilder::new().schema(Some(reference(schema))).build();
    ResponseBuilder::new().description(description).content(JSON, content)
}

fn idempotency_key() -> ParameterBuilder {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some("A key of the caller's for this one submission: 1 to 128 visible characters."))
        .schema(Some(
            ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).pattern(Some("^[!-~]{1,128}$")).build(),
        ))
}

fn query(name: &str, description: &str, schema: Schema) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(schema))
}

fn text_schema(longest: usize) -> Schema {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .min_length(Some(1))
        .max_length(Some(longest))
        .into()
}

fn number_schema(lowest: u32, highest: u32) -> Schema {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::Integer))
        .minimum(Some(lowest))
        .maximum(Some(highest))
        .into()
}
