//! Employment Networks file payment requests.

use super::errands::Errand;
use super::office::{code, text};
use super::{Ended, FIRST, Year};
use jiff::civil::Date;
use serde_json::{Value, json};
use ttw_core::PolicyName;
use ttw_core::decision::Status;
use ttw_core::domain::{Case, Month, PaymentName, PaymentSystem, ProviderKind, TicketPayment, Usd};
use ttw_core::forms::Person;
use ttw_core::read::LedgerRequest;
use ttw_portal::store::Confirmation;

const PATH: &str = "/v1/payment-requests";
/// How often a day somebody is looked for, for each claim that is wanted.
const TRIES: usize = 12;
/// Days before the end on which the last claims are filed.
const LAST_WEEKS: i32 = 45;

/// What is asked for.
struct Wanted {
    provider: Box<str>,
    system: PaymentSystem,
    payment: PaymentName,
    month: Month,
    /// What was earned in the month, in cents; none where nothing is posted.
    cents: Option<i64>,
}

impl Year {
    /// As many are filed as are wanted by the day.
    pub(super) async fn files(&mut self) -> Result<(), Ended> {
        let (gone, days) = ((self.day - FIRST).get_days() + 1, (self.plan.last - FIRST).get_days() - LAST_WEEKS);
        let wanted = self.plan.claims * usize::try_from(gone)? / usize::try_from(days)?;
        let wanted = wanted.min(self.plan.claims);
        let missing = wanted.saturating_sub(self.claims.len());
        for _ in 0..missing.min(20) * TRIES {
            if self.claims.len() >= wanted {
                break;
            }
            let holder = self.dice.place(self.holders.len());
            self.files_about(holder).await?;
        }
        Ok(())
    }

    async fn files_about(&mut self, holder: usize) -> Result<(), Ended> {
        let person = self.person(holder).await?;
        let mut wanted = self.payable(&person)?;
        if wanted.is_empty() {
            return Ok(());
        }
        let place = self.dice.place(wanted.len().min(3));
        let mut wanted = wanted.swap_remove(place);
        let is_wrong = self.dice.one_in(6);
        if is_wrong {
            // A month in which too little was earned.
            wanted.month = Month::from(self.day).plus(-i32::try_from(self.dice.within(1, 6))?);
            wanted.cents = Some(2_000);
        }
        let draft = self.draft(holder, &wanted)?;
        let user = submitter(&wanted.provider);
        let about = format!("{} {} {}", wanted.provider, wanted.payment, wanted.month);
        let (status, review) = self.office.post(&user, &format!("{PATH}/review"), &draft).await?;
        if status != 200 {
            self.tell("refused", None, &format!("{about} {}", code(&review)));
            return Ok(());
        }
        let warnings = review.get("warnings").and_then(Value::as_array).into_iter().flatten();
        let codes: Vec<Value> = warnings.filter_map(|warning| warning.get("code").cloned()).collect();
        let mut body = draft.clone();
        let fields = body.as_object_mut().ok_or("a draft is an object")?;
        fields.insert("review_token".to_owned(), review.get("review_token").cloned().unwrap_or_default());
        fields.insert("acknowledged_warnings".to_owned(), Value::Array(codes));
        let key = format!("year-{}", self.claims.len());
        let (status, answer) = self.office.submit(&user, PATH, &key, &body).await?;
        if status != 201 {
            return Err(self.breach(None, format!("{about} was reviewed and then refused: {}", code(&answer))).into());
        }
        let number = text(&answer, "/confirmation").to_owned();
        if self.dice.one_in(20) {
            // Who got no answer sends it again.
            let (_, again) = self.office.submit(&user, PATH, &key, &body).await?;
            if text(&again, "/confirmation") != number {
                return Err(self.breach(None, format!("{about} was sent twice and filed twice")).into());
            }
            self.tell("sent_twice", Some(self.claims.len()), "");
        }
        let number = Confirmation::parse(&number).ok_or("a confirmation is no number")?;
        let place = self.takes_in(number, holder).await?;
        let claim = self.claim(place)?;
        let (announced, version, received_on) = (claim.announced, claim.version, claim.received_on);
        if (version, received_on) != (1, self.day) {
            return Err(self.breach(Some(place), "it was not received on the day on which it was filed").into());
        }
        self.tell("filed", Some(place), &format!("{about} {}", if announced { "to_follow" } else { "not_needed" }));
        if announced {
            self.plans_the_fax(place);
        }
        if self.dice.one_in(30) {
            let day = self.dice.within(1, 25);
            self.plan_errand(day, Errand::Withdraw { claim: place });
        }
        Ok(())
    }

    /// What each network can ask for, what is in process taken as paid.
    fn payable(&self, person: &Person) -> Result<Vec<Wanted>, Ended> {
        let mut case = person.case.clone();
        for filed in person.earlier.iter().filter(|filed| filed.live) {
            let payment = filed.payment.as_deref().and_then(PaymentName::parse);
            let (Some(payment), Some(month)) = (payment, filed.month) else { continue };
            if case.payments.iter().all(|paid| paid.payment != payment) {
                let provider = filed.provider.clone();
                case.payments.push(TicketPayment { payment, month, provider, amount: Usd::ZERO, half_twl: false });
            }
        }
        let mut all = Vec::new();
        let mut asked: Vec<&str> = Vec::new();
        for assignment in &person.case.assignments {
            let Some(system) = assignment.payment_system.filter(|_| assignment.kind != ProviderKind::StateVr) else {
                continue;
            };
            if asked.contains(&&*assignment.provider) || assignment.assigned_on > self.day {
                continue;
            }
            asked.push(&assignment.provider);
            let request = LedgerRequest {
                case: case.clone(),
                provider: assignment.provider.clone(),
                as_of: self.day,
                policy: PolicyName::Operations,
            };
            let ledger = self.office.engine.ledger(&request).map_err(|problems| ttw_core::problems_json(&problems))?;
            for row in ledger.rows.iter().filter(|row| row.status == Status::Payable) {
                let Some(month) = row.attained_in.filter(|month| *month < Month::from(self.day)) else { continue };
                if row.payment == PaymentName::Reconciliation || case.payments.iter().any(|paid| paid.month == month) {
                    continue;
                }
                let cents = earned(&case, month);
                all.push(Wanted { provider: assignment.provider.clone(), system, payment: row.payment, month, cents });
            }
        }
        Ok(all)
    }

    fn draft(&mut self, holder: usize, wanted: &Wanted) -> Result<Value, Ended> {
        let ssn = self.holders.get(holder).ok_or("nobody")?.ssn.expose().to_vec();
        let month = wanted.month;
        let mut draft = json!({
            "ssn": String::from_utf8(ssn)?,
            "payment_method": wanted.system,
            "request_type": wanted.payment.to_string(),
            "claim_month": month.to_string(),
            "employer": {"name": "Acme Bakery", "pay_frequency": "semimonthly"},
            "work_type": "employee",
            "proof_delivery": "none_needed",
            "services_certified": true,
            "attested": true
        });
        let fields = draft.as_object_mut().ok_or("a draft is an object")?;
        if matches!(wanted.payment, PaymentName::Phase1(_)) {
            fields.insert("services_summary_codes".to_owned(), json!(["case_management", "job_placement"]));
        }
        if wanted.payment == PaymentName::Phase1(1) {
            fields.insert("p1m1_basis".to_owned(), json!("twl_in_month"));
        }
        let asks_with_evidence = self.dice.within(1, 3) > 1;
        if let Some(cents) = wanted.cents.filter(|cents| asks_with_evidence || *cents <= 2_000) {
            let half = Usd::from_cents(cents / 2);
            let rest = Usd::from_cents(cents - cents / 2);
            let row = |from: &str, to: &str, pay: &str, gross: Usd, so_far: Usd| {
                json!({"period_start": format!("{month}-{from}"), "period_end": format!("{month}-{to}"),
                    "pay_date": format!("{month}-{pay}"), "gross": gross.to_string(), "ytd_gross": so_far.to_string(),
                    "withholdings_shown": true})
            };
            let rows = json!([row("01", "13", "18", half, half), row("14", "26", "28", rest, Usd::from_cents(cents))]);
            fields.insert("earnings".to_owned(), rows);
            fields.insert("proof_delivery".to_owned(), json!("faxed_in"));
        }
        Ok(draft)
    }
}

/// Who files for a provider.
pub(super) fn submitter(provider: &str) -> String {
    let word = provider.rsplit('-').next().unwrap_or_default().to_ascii_lowercase();
    format!("{word}-submitter")
}

fn earned(case: &Case, month: Month) -> Option<i64> {
    let amount = case.earnings.iter().find(|entry| entry.month == month)?.earned?;
    amount.to_string().replace('.', "").parse().ok()
}

impl Year {
    pub(super) fn plan_errand(&mut self, days: u32, errand: Errand) {
        let day: Date = self.later(days);
        self.errands.entry(day).or_default().push(errand);
    }

    /// The evidence comes in time, cannot be read at first, comes late, or never.
    pub(super) fn plans_the_fax(&mut self, claim: usize) {
        let fax = |legible| Errand::Fax { claim, legible };
        match self.dice.within(1, 20) {
            1..=12 => {
                let days = self.dice.within(1, 8);
                self.plan_errand(days, fax(true));
            }
            13..=15 => {
                let days = self.dice.within(1, 5);
                self.plan_errand(days, fax(false));
                let again = self.dice.within(2, 9);
                self.plan_errand(days + again, fax(true));
            }
            16..=17 => {
                let days = self.dice.within(13, 22);
                self.plan_errand(days, fax(true));
            }
            _ => {}
        }
    }
}
