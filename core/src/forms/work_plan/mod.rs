//! Individual Work Plan (SSA-1370).

mod checks;
pub mod code;
mod words;

pub(super) use words::soc;
pub use words::{PlanType, Signer};

use super::assignability::{Assignability, assignability};
use super::filing::{Checked, Intake, NaturalKey};
use super::{OnFile, Person, Sheet};
use crate::domain::ProviderKind;
use crate::problem::{Code, Problem};
use crate::read::{Path, given};
use jiff::civil::Date;
use serde::Serialize;
use serde_json_borrow::Value;

/// Months of a short-term goal and years of a long-term one, as on the plan template of about 2014.
const SHORT_MONTHS: (u8, u8) = (2, 24);
const LONG_YEARS: (u8, u8) = (3, 5);

/// The word of the choice that the paper form has and the portal has not.
const OTHER: &str = "other";

const FIELDS: [&str; 21] = [
    "ssn",
    "plan_type",
    "immediate_services",
    "later_services",
    "other_services",
    "additional_terms",
    "discussion_date",
    "discussion_modality",
    "goal_soc_short",
    "goal_soc_long",
    "expected_earnings_short",
    "expected_earnings_long",
    "goal_months_short",
    "goal_years_long",
    "beneficiary_signed_on",
    "beneficiary_signer",
    "en_signed_on",
    "signatures_on_file",
    "rights_ack_version",
    "accessible_format",
    "business_model",
];

/// The form as received.
#[derive(Debug, Default)]
pub struct Draft {
    person: Option<usize>,
    plan_type: Option<PlanType>,
    immediate_services: Option<Vec<Box<str>>>,
    later_services: Option<Vec<Box<str>>>,
    discussion_date: Option<Date>,
    discussion_modality: Option<Box<str>>,
    goal_soc_short: Option<Box<str>>,
    goal_soc_long: Option<Box<str>>,
    expected_earnings_short: Option<Box<str>>,
    expected_earnings_long: Option<Box<str>>,
    goal_months_short: Option<u8>,
    goal_years_long: Option<u8>,
    beneficiary_signed_on: Option<Date>,
    beneficiary_signer: Option<Signer>,
    en_signed_on: Option<Date>,
    rights_ack_version: Option<Box<str>>,
    accessible_format: Option<Box<str>>,
    business_model: Option<Box<str>>,
}

/// The form that may be filed.
#[derive(Debug, Serialize)]
struct WorkPlan {
    ssn: String,
    plan_type: PlanType,
    immediate_services: Vec<Box<str>>,
    later_services: Vec<Box<str>>,
    discussion_date: Option<Date>,
    discussion_modality: Option<Box<str>>,
    goal_soc_short: Box<str>,
    goal_soc_long: Option<Box<str>>,
    expected_earnings_short: Box<str>,
    expected_earnings_long: Box<str>,
    goal_months_short: Option<u8>,
    goal_years_long: Option<u8>,
    beneficiary_signed_on: Date,
    beneficiary_signer: Signer,
    en_signed_on: Date,
    signatures_on_file: bool,
    rights_ack_version: Box<str>,
    accessible_format: Option<Box<str>>,
    business_model: Option<Box<str>>,
}

pub(super) fn read(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Draft {
    let Some(fields) = sheet.object(value, path, &FIELDS) else { return Draft::default() };
    let [ssn, plan_type, immediate, later, other, terms, discussed, modality, fields @ ..] = fields;
    let [goal_short, goal_long, band_short, band_long, months, years, fields @ ..] = fields;
    let [signed, who, en_signed, held, rights, format, model] = fields;
    refuse_if_said(sheet, other, &path.key("other_services"), &code::IWP_OTHER_SERVICES_FAX);
    refuse_if_said(sheet, terms, &path.key("additional_terms"), &code::IWP_ADDITIONAL_TERMS_FAX);
    sheet.stated(held, &path.key("signatures_on_file"), &code::IWP_SIGNATURE_MISSING);
    let goal =
        |sheet: &mut Sheet<'_>, field, name, missing| soc(sheet, field, &path.key(name), missing, &code::IWP_GOAL_CODE);
    let optional = |sheet: &mut Sheet<'_>, field, name, list| {
        given(field).and_then(|value| sheet.option(Some(value), &path.key(name), list, &crate::problem::code::REQ_ENUM))
    };
    let option =
        |sheet: &mut Sheet<'_>, field, name, list, unknown| sheet.option(field, &path.key(name), list, unknown);
    let band = &code::IWP_EARNINGS_BAND;
    Draft {
        person: sheet.person(ssn, &path.key("ssn")),
        plan_type: sheet.choice(plan_type, &path.key("plan_type"), PlanType::WORDS),
        immediate_services: services(sheet, immediate, &path.key("immediate_services"), &code::IWP_IMMEDIATE_REQUIRED),
        later_services: services(sheet, later, &path.key("later_services"), &code::IWP_LATER_REQUIRED),
        discussion_date: sheet.optional_date(discussed, &path.key("discussion_date")),
        discussion_modality: optional(sheet, modality, "discussion_modality", "discussion_modality"),
        goal_soc_short: goal(sheet, goal_short, "goal_soc_short", Some(&code::IWP_GOAL_REQUIRED)),
        goal_soc_long: goal(sheet, goal_long, "goal_soc_long", None),
        expected_earnings_short: option(sheet, band_short, "expected_earnings_short", "earnings_band_short", band),
        expected_earnings_long: option(sheet, band_long, "expected_earnings_long", "earnings_band_long", band),
        goal_months_short: horizon(sheet, months, &path.key("goal_months_short"), SHORT_MONTHS),
        goal_years_long: horizon(sheet, years, &path.key("goal_years_long"), LONG_YEARS),
        beneficiary_signed_on: signature(sheet, signed, &path.key("beneficiary_signed_on")),
        beneficiary_signer: sheet.choice(who, &path.key("beneficiary_signer"), Signer::WORDS),
        en_signed_on: signature(sheet, en_signed, &path.key("en_signed_on")),
        rights_ack_version: option(sheet, rights, "rights_ack_version", "rights_statement", &code::IWP_RIGHTS_VERSION),
        accessible_format: optional(sheet, format, "accessible_format", "accessible_format"),
        business_model: optional(sheet, model, "business_model", "business_model"),
    }
}

/// A field of the paper form that the portal cannot take: whatever it says, the plan is faxed.
fn refuse_if_said(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>, code: &'static Code) {
    let is_said = match field {
        None | Some(Value::Null) => false,
        Some(Value::Bool(said)) => *said,
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::Str(text)) => !text.trim().is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(fields)) => !fields.is_empty(),
    };
    if is_said {
        sheet.refuse(code, path);
    }
}

/// One or more services, each once; none when one of them is wrong.
fn services(
    sheet: &mut Sheet<'_>,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
    required: &'static Code,
) -> Option<Vec<Box<str>>> {
    let items = given(field).map_or(&[][..], |value| sheet.list(Some(value), path));
    if items.is_empty() {
        if matches!(given(field), None | Some(Value::Array(_))) {
            sheet.refuse(required, path);
        }
        return None;
    }
    let mut services: Vec<Box<str>> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let at = path.index(index);
        if matches!(item, Value::Str(word) if *word == OTHER) {
            sheet.refuse(&code::IWP_OTHER_SERVICES_FAX, &at);
        } else if let Some(service) = sheet.option(Some(item), &at, "services", &code::IWP_SERVICE_UNKNOWN) {
            if services.contains(&service) {
                sheet.refuse(&code::IWP_SERVICE_DUPLICATE, &at);
            }
            services.push(service);
        }
    }
    (services.len() == items.len()).then_some(services)
}

fn horizon(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>, (from, to): (u8, u8)) -> Option<u8> {
    let number = match given(field)? {
        Value::Number(number) => number.as_u64().and_then(|n| u8::try_from(n).ok()),
        _ => None,
    };
    let number = number.filter(|n| (from..=to).contains(n));
    if number.is_none() {
        sheet.add(Problem::new(&code::IWP_GOAL_HORIZON, &path.pointer()).with("from", from).with("to", to));
    }
    number
}

fn signature(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Date> {
    if given(field).is_none() {
        sheet.refuse(&code::IWP_SIGNATURE_MISSING, path);
        return None;
    }
    sheet.date(field, path)
}

pub(super) fn check(draft: Draft, sheet: &mut Sheet<'_>, on_file: &OnFile) -> Option<Checked> {
    let organization = &on_file.organization;
    if !matches!(organization.kind, ProviderKind::En | ProviderKind::StateVrAsEn) {
        sheet.refuse(&code::IWP_NOT_EN, &Path::Root);
        checks::run(&draft, None, sheet);
        return None;
    }
    let person = cleared(&draft, sheet, on_file);
    checks::run(&draft, person, sheet);
    let latest = draft.latest_signature();
    let place = draft.person;
    let form = draft.form(sheet)?;
    let (place, latest) = (place?, latest?);
    let plan = form.plan_type.in_words();
    Some(Checked {
        keys: vec![NaturalKey {
            kind: "work_plan",
            person: place,
            value: format!("{}#{latest}", organization.provider),
            code: &code::IWP_DUPLICATE,
        }],
        intake: Intake {
            heading: "Individual Work Plan",
            columns: vec!["SSN", "Plan", "Latest Signature"],
            rows: vec![vec![form.ssn.clone(), plan.to_owned(), latest.strftime("%m/%d/%Y").to_string()]],
        },
        document: serde_json::to_string(&form).unwrap_or_default(),
        advice: None,
    })
}

/// The person on file, if a plan of this type may be filed about them; else the one answer there is.
fn cleared<'f>(draft: &Draft, sheet: &mut Sheet<'_>, on_file: &'f OnFile) -> Option<&'f Person> {
    let (provider, today) = (&*on_file.organization.provider, sheet.desk.received_on);
    let (root, parameters) = (Path::Root, sheet.desk.engine.parameters());
    let path = root.key("ssn");
    match draft.plan_type? {
        PlanType::Initial => {
            let is_free = |person: &Person| {
                assignability(Some(person), provider, today, parameters).0 == Assignability::Assignable
            };
            sheet.held(on_file, draft.person, &path, &code::IWP_TICKET_NOT_ASSIGNABLE, is_free)
        }
        PlanType::Amendment => {
            let is_held = |person: &Person| person.is_with(provider, today);
            sheet.held(on_file, draft.person, &path, &code::IWP_AMEND_NOT_ASSIGNED, is_held)
        }
    }
}

impl Draft {
    /// The later of the two signatures, from which the plan is in force (IWP-03).
    fn latest_signature(&self) -> Option<Date> {
        Some(self.beneficiary_signed_on?.max(self.en_signed_on?))
    }

    fn form(self, sheet: &Sheet<'_>) -> Option<WorkPlan> {
        Some(WorkPlan {
            ssn: sheet.masked(self.person?),
            plan_type: self.plan_type?,
            immediate_services: self.immediate_services?,
            later_services: self.later_services?,
            discussion_date: self.discussion_date,
            discussion_modality: self.discussion_modality,
            goal_soc_short: self.goal_soc_short?,
            goal_soc_long: self.goal_soc_long,
            expected_earnings_short: self.expected_earnings_short?,
            expected_earnings_long: self.expected_earnings_long?,
            goal_months_short: self.goal_months_short,
            goal_years_long: self.goal_years_long,
            beneficiary_signed_on: self.beneficiary_signed_on?,
            beneficiary_signer: self.beneficiary_signer?,
            en_signed_on: self.en_signed_on?,
            signatures_on_file: true,
            rights_ack_version: self.rights_ack_version?,
            accessible_format: self.accessible_format,
            business_model: self.business_model,
        })
    }
}

#[cfg(test)]
mod tests;
