//! Each code is provoked by a draft in which everything else is right: one mistake, one problem.

mod advice;
mod limits;
mod provoked;
mod told;

use super::*;
use crate::Engine;
use crate::forms::{Desk, Filing, Form, People, on_file};
use crate::problem::Problem;
use serde_json::{Value, json};

/// A draft, what is on file, and the day of receipt, as one document.
#[derive(Clone)]
struct Setting(Value);

/// Phase 1 Milestone 1 for June 2025, assigned in January, with two pay statements; everything is right.
fn milestone_1() -> Setting {
    Setting(json!({
        "received_on": "2025-08-20",
        "form": {
            "ssn": "900-12-3456",
            "ticket_number": "900123456TW1",
            "payment_method": "outcome_milestone",
            "request_type": "p1m1",
            "claim_month": "2025-06",
            "p1m1_basis": "twl_in_month",
            "employer": {"name": "Acme Bakery & Sons, Inc. (No. 2)", "ein": "20-1234567", "start_date": "2025-02-03",
                "hourly_wage": "16.25", "hours_per_week": "20.00", "pay_frequency": "biweekly"},
            "work_type": "employee",
            "earnings": [
                {"period_start": "2025-06-01", "period_end": "2025-06-14", "pay_date": "2025-06-20", "gross": "650.00",
                 "ytd_gross": "3250.00", "withholdings_shown": true},
                {"period_start": "2025-06-15", "period_end": "2025-06-28", "pay_date": "2025-07-03", "gross": "650.00",
                 "ytd_gross": "3900.00", "withholdings_shown": true}
            ],
            "proof_delivery": "faxed_in",
            "services_summary_codes": ["case_management", "job_placement"],
            "attested": true
        },
        "on_file": {
            "organization": {"provider": "EN-A", "ein": "12-3456789", "name": "Works for All", "kind": "en",
                "agreement_ends_on": "2025-08-20", "sam_expires_on": "2025-08-20"},
            "roles": ["submitter"],
            "people": [{
                "case": {
                    "ticket": {"id": "T-0001", "terminates_in": null, "assignments": [
                        {"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2025-01-10"}
                    ]},
                    "beneficiary": {"title": "t2", "blind": false},
                    "benefits": [{"title": "t2", "from": "2014-01", "to": null, "status": "current_pay"}],
                    "earnings": [], "pay_statements": [], "state_vr_cases": [], "payments": []
                },
                "employers": [{"id": "E-1", "name": "Corner Shop", "ein": "30-1234567"},
                    {"id": "E-2", "name": "Works for All", "ein": "12-3456789"}],
                "earlier": []
            }]
        }
    }))
}

/// The same with half of the level, earned in the last two weeks.
fn half_level() -> Setting {
    milestone_1().with("/form/p1m1_basis", json!("half_twl_in_last_period")).with(
        "/form/earnings",
        json!([{"period_start": "2025-06-17", "period_end": "2025-06-30", "pay_date": "2025-07-05", "gross": "700.00",
            "ytd_gross": "3250.00", "withholdings_shown": true}]),
    )
}

/// A Phase 2 milestone for June 2025, all of Phase 1 paid for February to May.
fn phase_2() -> Setting {
    let paid = |number: usize| {
        json!({"payment": format!("p1m{number}"), "month": format!("2025-{:02}", number + 1),
        "provider": "EN-A", "amount": "1850"})
    };
    milestone_1()
        .with("/form/request_type", json!("p2"))
        .with("/form/p1m1_basis", Value::Null)
        .with("/form/services_summary_codes", Value::Null)
        .with("/form/employer/hourly_wage", json!("22.50"))
        .with("/form/earnings/0/gross", json!("900.00"))
        .with("/form/earnings/1/gross", json!("900.00"))
        .with("/on_file/people/0/case/payments", json!([paid(1), paid(2), paid(3), paid(4)]))
}

/// An outcome for June 2025, with benefits suspended because of work from March on.
fn outcome() -> Setting {
    phase_2().with("/form/request_type", json!("outcome")).with(
        "/on_file/people/0/case/benefits",
        json!([{"title": "t2", "from": "2014-01", "to": "2025-02", "status": "current_pay"},
            {"title": "t2", "from": "2025-03", "to": null, "status": "suspended_work"}]),
    )
}

/// A request of 2014, certified, with the earnings posted.
fn certified() -> Setting {
    milestone_1()
        .with("/received_on", json!("2014-08-20"))
        .with("/form/claim_month", json!("2014-06"))
        .with("/form/employer/start_date", Value::Null)
        .with("/form/earnings", Value::Null)
        .with("/form/proof_delivery", Value::Null)
        .with("/form/services_certified", json!(true))
        .with(
            "/form/cert",
            json!({"source": "recent_dated_contact", "contact_party": "employer", "contact_date": "2014-07-01", "repayment_agreed": true}),
        )
        .with("/on_file/people/0/case/ticket/assignments/0/assigned_on", json!("2014-01-10"))
        .with("/on_file/people/0/case/earnings", json!([{"month": "2014-06", "earned": "900.00"}]))
}

/// A self-employed beneficiary.
fn self_employed() -> Setting {
    milestone_1()
        .with("/form/work_type", json!("self_employed"))
        .with("/form/employer", Value::Null)
        .with("/form/earnings", Value::Null)
        .with("/form/services_certified", json!(true))
        .with(
            "/form/sei",
            json!({"month": "2025-06", "gross_receipts": "2000.00", "business_expenses": "800.00", "net": "1200.00",
                "hours_worked": "90.00", "tax_year_filed": false, "partnership_share_pct": 100}),
        )
}

/// The earnings of the month are posted already, and nothing is sent.
fn proven() -> Setting {
    milestone_1()
        .with("/form/earnings", Value::Null)
        .with("/form/proof_delivery", json!("none_needed"))
        .with("/form/services_certified", json!(true))
        .with("/on_file/people/0/case/earnings", json!([{"month": "2025-06", "earned": "1160.00"}]))
}

impl Setting {
    /// The same with one value replaced or added.
    fn with(mut self, pointer: &str, value: Value) -> Self {
        let (parent, last) = pointer.rsplit_once('/').unwrap();
        let parent = self.0.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}"));
        match parent {
            Value::Array(items) if last == "-" => items.push(value),
            Value::Array(items) => items[last.parse::<usize>().unwrap()] = value,
            Value::Object(fields) => drop(fields.insert(last.to_owned(), value)),
            _ => panic!("{pointer}"),
        }
        self
    }

    fn check(&self) -> Result<Filing, Vec<Problem>> {
        let engine = Engine::builtin().unwrap();
        let received_on = crate::domain::parse_date(self.0["received_on"].as_str().unwrap()).unwrap();
        let desk = Desk { engine: &engine, received_on, people: People::Test };
        let draft = desk.read(Form::PaymentRequest, self.0["form"].to_string().as_bytes())?;
        let mut file = self.0["on_file"].clone();
        file["people"].as_array_mut().unwrap().truncate(draft.people().len());
        desk.check(draft, &on_file(file.to_string().as_bytes()).unwrap())
    }

    /// Everything found: what is wrong, or else the warnings; as code and place.
    fn found(&self) -> Vec<(&'static str, String)> {
        let in_line = |problem: &Problem| (problem.code, problem.path.clone());
        match self.check() {
            Ok(filing) => filing.warnings().iter().map(in_line).collect(),
            Err(problems) => {
                assert!(!problems.is_empty(), "refused without a reason");
                problems.iter().map(in_line).collect()
            }
        }
    }

    fn filing(&self) -> Filing {
        self.check().unwrap_or_else(|problems| panic!("{problems:?}"))
    }
}

#[test]
fn nothing_is_wrong_with_the_settings() {
    for (name, setting) in [
        ("milestone 1", milestone_1()),
        ("half level", half_level()),
        ("phase 2", phase_2()),
        ("outcome", outcome()),
        ("certified", certified()),
        ("self-employed", self_employed()),
        ("proven", proven()),
    ] {
        assert_eq!(setting.found(), [], "{name}");
    }
}

#[test]
fn the_document_has_the_order_of_the_form_and_no_number_of_anybody() {
    let filing = milestone_1().filing();
    let expected = concat!(
        r#"{"ssn":"***-**-3456","ticket_number":"***-**-3456TW1","payment_method":"outcome_milestone","request_type":"p1m1","#,
        r#""claim_month":"2025-06","p1m1_basis":"twl_in_month","employer":{"name":"Acme Bakery & Sons, Inc. (No. 2)","#,
        r#""ein":"20-1234567","start_date":"2025-02-03","hourly_wage":"16.25","hours_per_week":"20.00","pay_frequency":"biweekly"},"#,
        r#""work_type":"employee","earnings":[{"period_start":"2025-06-01","period_end":"2025-06-14","pay_date":"2025-06-20","#,
        r#""gross":"650.00","ytd_gross":"3250.00","withholdings_shown":true},{"period_start":"2025-06-15","period_end":"2025-06-28","#,
        r#""pay_date":"2025-07-03","gross":"650.00","ytd_gross":"3900.00","withholdings_shown":true}],"proof_delivery":"faxed_in","#,
        r#""services_summary_codes":["case_management","job_placement"],"attested":true}"#,
    );
    assert_eq!(filing.document(), expected);
    let chosen = milestone_1().with("/form/employer", json!({"employer_id": "E-1"})).filing();
    assert!(chosen.document().contains(r#""employer":{"employer_id":"E-1","name":"Corner Shop","ein":"30-1234567"}"#));
    let income = self_employed().with("/form/sei/net", Value::Null).filing();
    assert!(income.document().contains(r#""business_expenses":"800.00","net":"1200.00","hours_worked":"90.00""#));
}

#[test]
fn keys_and_the_row_of_the_mail_name_the_payment_as_it_was_asked_for() {
    let keys = |setting: Setting| -> Vec<(&str, String)> {
        setting.filing().keys().iter().map(|key| (key.kind, key.value.clone())).collect()
    };
    let month = ("payment_request_month", "T-0001#2025-06".to_owned());
    let named = |payment: &str| vec![month.clone(), ("payment_request_payment", format!("T-0001#{payment}"))];
    assert_eq!(keys(milestone_1()), named("p1m1"));
    // One without a number takes none from others: it gets it when it is paid.
    assert_eq!(keys(phase_2()), vec![month.clone()]);
    assert_eq!(keys(outcome()), vec![month.clone()]);
    assert_eq!(keys(phase_2().with("/form/request_type", json!("p2m1"))), named("p2m1"));
    // It is expected to get the lowest that is neither paid nor asked for; one that was denied gives its number back.
    let expected = |earlier: &[(&str, bool)]| {
        let filed = earlier.iter().enumerate().map(|(index, (payment, live))| {
            json!({"form": "payment_request", "received_on": "2025-08-01", "provider": "EN-A",
            "payment": payment, "month": format!("2025-{:02}", 7 + index), "live": live})
        });
        match phase_2().with("/on_file/people/0/earlier", filed.collect()).filing().advice() {
            Some(crate::forms::Advice::Payment { payment, .. }) => payment.to_string(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(expected(&[]), "p2m1");
    assert_eq!(expected(&[("p2m1", true)]), "p2m2");
    assert_eq!(expected(&[("p2m1", false)]), "p2m1");
    assert_eq!(expected(&[("p2", true), ("p2m2", true)]), "p2m3");
    assert_eq!(expected(&[("p2", false), ("outcome", true)]), "p2m1");
    let row = |setting: Setting| setting.filing().intake().rows.clone();
    assert_eq!(row(milestone_1()), [["***-**-3456", "Phase 1 Milestone 1", "06/2025", "Faxed in"]]);
    assert_eq!(row(proven())[0][3], "None needed");
    assert_eq!(row(certified())[0][3], "Certified: Recent dated contact with the beneficiary or the employer");
    assert_eq!(row(outcome())[0][1], "Next Outcome Payment");
    assert_eq!(row(phase_2())[0][1], "Next Phase 2 Milestone");
    assert_eq!(milestone_1().filing().intake().columns, ["SSN", "Payment", "Claim Month", "Proof of Earnings"]);
}
