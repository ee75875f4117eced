//! The schemas of a form: the draft with what stands beside every form, and the answers with the form in them.

use crate::answers::{Confirmed, FormOptions, Review, SubmissionView, Submissions};
use crate::schema::Envelope;
use utoipa::ToSchema;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Components, ComponentsBuilder, Ref, RefOr, Schema};

type Schemas = Vec<(String, RefOr<Schema>)>;
/// The last part of an answer's name, its schema, and the schemas of its parts.
type Answer = (&'static str, fn() -> RefOr<Schema>, fn(&mut Schemas));

/// The answers that show a form.
const ANSWERS: [Answer; 3] = [
    ("Review", <Review as utoipa::PartialSchema>::schema, Review::schemas),
    ("Confirmation", <Confirmed as utoipa::PartialSchema>::schema, Confirmed::schemas),
    ("Submission", <SubmissionView as utoipa::PartialSchema>::schema, SubmissionView::schemas),
];

/// The name of an answer about the form whose draft is `D`.
pub(super) fn answer<D: ToSchema>(part: &str) -> String {
    format!("{}{part}", D::name())
}

/// All schemas of a form: a draft `D` is sent, a form `F` is on file, advice `A` is given.
pub(super) fn components<D: ToSchema, F: ToSchema, A: ToSchema>(word: &str, name: &str) -> Components {
    let mut schemas = vec![(D::name().into_owned(), draft(D::schema(), word))];
    D::schemas(&mut schemas);
    Envelope::schemas(&mut schemas);
    add::<F>(&mut schemas);
    add::<A>(&mut schemas);
    add::<Submissions>(&mut schemas);
    add::<FormOptions>(&mut schemas);
    for (part, schema, parts) in ANSWERS {
        let own = [
            ("form", one_word(word, "Which form.")),
            ("form_name", one_word(name, "The form's name.")),
            ("document", reference(&F::name())),
            ("advice", reference(&A::name())),
        ];
        schemas.push((answer::<D>(part), with_fields(schema(), own)));
        parts(&mut schemas);
    }
    ComponentsBuilder::new().schemas_from_iter(schemas).build()
}

pub(super) fn reference(name: &str) -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(name))
}

fn add<T: ToSchema>(schemas: &mut Schemas) {
    schemas.push((T::name().into_owned(), T::schema()));
    T::schemas(schemas);
}

/// A draft takes what stands beside every form, and nothing that is not named.
fn draft(own: RefOr<Schema>, word: &str) -> RefOr<Schema> {
    let (RefOr::T(Schema::Object(mut draft)), RefOr::T(Schema::Object(beside))) =
        (own, <Envelope as utoipa::PartialSchema>::schema())
    else {
        return RefOr::default();
    };
    draft.properties.extend(beside.properties);
    draft.properties.insert("form_code".to_owned(), one_word(word, "The form's word."));
    draft.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    RefOr::T(Schema::Object(draft))
}

/// A schema with some of its fields said more exactly; fields that it does not have are passed over.
fn with_fields<const N: usize>(schema: RefOr<Schema>, fields: [(&str, RefOr<Schema>); N]) -> RefOr<Schema> {
    let RefOr::T(Schema::Object(mut object)) = schema else { return schema };
    for (name, exact) in fields {
        if let Some(field) = object.properties.get_mut(name) {
            *field = exact;
            if !object.required.iter().any(|required| required == name) {
                object.required.push(name.to_owned());
            }
        }
    }
    RefOr::T(Schema::Object(object))
}

fn one_word(word: &str, description: &str) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .enum_values(Some([word]))
        .description(Some(description))
        .into()
}
