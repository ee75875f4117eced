//! The engine: parameters, and every question that can be asked.

use crate::caseload;
use crate::claims;
use crate::codes;
use crate::decision::{self, Comparison, Determination, Ledger};
use crate::domain::Month;
use crate::eligibility;
use crate::forms::{self, Options};
use crate::params::Parameters;
use crate::problem::Problem;
use crate::read::{self, CompareRequest, LedgerRequest, Question, Read};
use crate::verification;
use serde::Serialize;
use std::borrow::Cow;

/// Decides, explains and compares, by the parameters it was made with.
///
/// The same question gives the same bytes, on every platform and through every binding.
#[derive(Debug, Clone)]
pub struct Engine {
    parameters: Cow<'static, Parameters>,
    options: Cow<'static, Options>,
}

impl Engine {
    /// The engine with its built-in parameters.
    ///
    /// # Errors
    /// The problems of the built-in files; none in a released engine.
    pub fn builtin() -> Read<Self> {
        let parameters = Parameters::builtin().map_err(<[Problem]>::to_vec)?;
        Ok(Self { parameters: Cow::Borrowed(parameters), options: Cow::Borrowed(builtin_options()?) })
    }

    /// The engine with an operator's parameter files added: pairs of file name and text.
    ///
    /// # Errors
    /// Every problem of every file.
    pub fn with_params<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Read<Self> {
        let parameters = Parameters::builtin().map_err(<[Problem]>::to_vec)?;
        Ok(Self { parameters: Cow::Owned(parameters.with_files(files)?), options: Cow::Borrowed(builtin_options()?) })
    }

    /// The same engine with some option lists of the forms replaced: pairs of file name and text.
    ///
    /// # Errors
    /// Every problem of every file.
    pub fn with_options<'a>(self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Read<Self> {
        Ok(Self { options: Cow::Owned(self.options.with_files(files)?), ..self })
    }

    /// The parameters.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The option lists of the forms.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Decides one claim.
    ///
    /// # Errors
    /// When the provider has no assignment under which it could claim, which reading a question refuses.
    pub fn decide(&self, question: &Question) -> Read<Determination> {
        decision::decide(question, &self.parameters)
    }

    /// Answers for the whole ticket at once.
    ///
    /// # Errors
    /// When the provider has no assignment under which it could claim, which reading a request refuses.
    pub fn ledger(&self, request: &LedgerRequest) -> Read<Ledger> {
        decision::ledger(request, &self.parameters)
    }

    /// Tells what changes between two states of one case.
    ///
    /// # Errors
    /// When the provider has no assignment under which it could claim, which reading a request refuses.
    pub fn compare(&self, request: &CompareRequest) -> Read<Comparison> {
        decision::compare(request, &self.parameters)
    }

    /// From the JSON of a question to the JSON of its determination.
    ///
    /// # Errors
    /// All that is wrong with the question.
    pub fn decide_json(&self, text: &[u8]) -> Read<String> {
        self.decide_json_seen(text, |_| ())
    }

    /// The same, with a look at the determination before it is written, for who counts them.
    ///
    /// # Errors
    /// All that is wrong with the question.
    pub fn decide_json_seen(&self, text: &[u8], seen: impl FnOnce(&Determination)) -> Read<String> {
        let answer = self.decide(&read::question(text)?)?;
        seen(&answer);
        Ok(determination_json(&answer))
    }

    /// From the JSON of a ledger request to the JSON of the ledger.
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn ledger_json(&self, text: &[u8]) -> Read<String> {
        self.ledger(&read::ledger_request(text)?).map(|answer| json(&answer))
    }

    /// From the JSON of a comparison to the JSON of its changes.
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn compare_json(&self, text: &[u8]) -> Read<String> {
        self.compare(&read::compare_request(text)?).map(|answer| json(&answer))
    }

    /// From the JSON of a batch to the JSON of its results, in order: `{"determination": …}` or, for a bad question, `{"errors": […]}`.
    ///
    /// # Errors
    /// What is wrong with the batch itself.
    pub fn batch_json(&self, text: &[u8]) -> Read<String> {
        self.batch_json_seen(text, |_| ())
    }

    /// The same, with a look at each result before it is written, for who counts them.
    ///
    /// # Errors
    /// What is wrong with the batch itself.
    pub fn batch_json_seen(&self, text: &[u8], mut seen: impl FnMut(&Read<Determination>)) -> Read<String> {
        let questions = read::batch(text)?;
        Ok(batch_results_json(questions.into_iter().map(|question| {
            let result = question.and_then(|question| self.decide(&question));
            seen(&result);
            result
        })))
    }

    /// What a provider can request on its tickets and has not, with the last day of each request (PRQ-03):
    /// `{"provider": "EN-A", "as_of": "2026-06-15", "cases": [{…}], "requests": [{"ticket": "T-0001", "payment": "p1m1", "month": "2016-06"}]}`.
    /// See [`caseload`].
    ///
    /// # Errors
    /// All that is wrong with the list itself.
    pub fn unclaimed_json(&self, text: &[u8]) -> Read<String> {
        caseload::unclaimed_json(text, &self.parameters).map(|answer| json(&answer))
    }

    /// The same request answered as comma-separated values: a line of names, then a line a payment.
    ///
    /// # Errors
    /// All that is wrong with the list itself, and with any case of it: a table has no place for it.
    pub fn unclaimed_csv(&self, text: &[u8]) -> Read<String> {
        let answer = caseload::unclaimed_json(text, &self.parameters)?;
        let problems: Vec<Problem> = answer.tickets.iter().flat_map(|ticket| ticket.errors.clone()).collect();
        if problems.is_empty() { Ok(caseload::table(&answer)) } else { Err(problems) }
    }

    /// The next part of the automatic run: claims that can be opened since the earnings are on file, and why there are no others:
    /// `{"as_of": "2026-06-15", "providers": [{"provider": "EN-A", "agreement_ends_on": null, "on_hold": false}], "cases": [{…}], "after": null}`.
    /// See [`caseload`].
    ///
    /// # Errors
    /// All that is wrong with the list itself.
    pub fn auto_pay_json(&self, text: &[u8]) -> Read<String> {
        caseload::auto_pay_json(text, &self.parameters).map(|answer| json(&answer))
    }

    /// Shares a payment between providers (SPL-01, SPL-04): `{"amount": "1398.00", "shares": [{"provider": "EN-A", "percent": 60}, …]}`.
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn split_json(&self, text: &[u8]) -> Read<String> {
        decision::split_json(text).map(|answer| json(&answer))
    }

    /// Shares a payment between the providers that have held the ticket, by agreement or determination (SPL-01 to SPL-04):
    /// `{"question": {…}, "allocation": {"decided_by": "agreement", "p1": [{"provider": "EN-A", "percent": 60}, …]}}`.
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn allocation_json(&self, text: &[u8]) -> Read<String> {
        decision::allocation_json(text, &self.parameters).map(|answer| json(&answer))
    }

    /// Says what a ticket from before July 2008 can still carry (TRN-01):
    /// `{"title": "t2", "payment_system": "outcome_milestone", "paid_to_date": "5000.00", "milestones_paid": 3}`.
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn transition_json(&self, text: &[u8]) -> Read<String> {
        decision::transition_json(text, &self.parameters).map(|answer| json(&answer))
    }

    /// A claim on a day, with one step more where one is given, and with what its clocks have done:
    /// `{"claim": {…}, "today": "2026-06-15", "step": {"event": "open", "on": "2026-06-15"}}`. See [`claims`].
    ///
    /// # Errors
    /// All that is wrong with the request, and what stands against the step.
    pub fn claim_json(&self, text: &[u8]) -> Read<String> {
        claims::claim_json(self, text).map(|answer| json(&answer))
    }

    /// Claims in the order in which they are processed, with what their clocks demand: `{"claims": [{…}], "today": "2026-06-15"}`.
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn work_queue_json(&self, text: &[u8]) -> Read<String> {
        claims::work_queue_json(self, text).map(|answer| json(&answer))
    }

    /// A decision made again on the facts of its snapshot (BEN-07): `{"question": {…}, "determination": {…}}`.
    ///
    /// # Errors
    /// All that is wrong with the snapshot.
    pub fn replay_json(&self, text: &[u8]) -> Read<String> {
        claims::replay_json(self, text).map(|answer| json(&answer))
    }

    /// Decided claims against today's facts, what was overpaid and what was missed (OVP-01, OVP-02):
    /// `{"claims": [{…}], "cases": [{…}], "today": "2026-06-15"}`. See [`claims::recovery_json`].
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn recovery_json(&self, text: &[u8]) -> Read<String> {
        claims::recovery_json(self, text).map(|answer| json(&answer))
    }

    /// The work determination of each month with earnings, with reasons: `{"case": {…}}`. See [`verification`].
    ///
    /// # Errors
    /// All that is wrong with the case.
    pub fn work_determination_json(&self, text: &[u8]) -> Read<String> {
        verification::work_determination_json(self, text).map(|answer| json(&answer))
    }

    /// Whether a month can be entered so on the VERN screen: `{"case": {…}, "entry": {"month": "2024-03", "work_det": "O", …}}`.
    ///
    /// # Errors
    /// All that is wrong with the request and with the entry.
    pub fn vern_entry_json(&self, text: &[u8]) -> Read<String> {
        verification::vern_entry_json(self, text).map(|answer| json(&answer))
    }

    /// Issues of verification, which postings open and which are pending: `{"today": "…", "postings": [{…}], "issues": [{…}]}`.
    ///
    /// # Errors
    /// All that is wrong with the request.
    pub fn verification_json(&self, text: &[u8]) -> Read<String> {
        verification::verification_json(self, text).map(|answer| json(&answer))
    }

    /// Checks a form as its function would, before it is filed:
    /// `{"form": "payment_request", "draft": {…}, "received_on": "2026-11-15", "on_file": {…}, "people": "test"}`.
    /// See [`forms::validate`] for what the answer holds without `on_file`.
    ///
    /// # Errors
    /// All that is wrong with the form, by pointers that begin with `/draft`, and with the request around it.
    pub fn validate_json(&self, text: &[u8]) -> Read<String> {
        forms::validate(self, text).map(|answer| json(&answer))
    }

    /// Every code of a problem, with what is always said of it, as JSON.
    #[must_use]
    pub fn codes_json(&self) -> String {
        json(&codes::view(self.parameters.version()))
    }

    /// Every rule with its page, and every difference between the policies, as JSON.
    #[must_use]
    pub fn rules_json(&self) -> String {
        json(&eligibility::rules_view(self.parameters.version()))
    }

    /// One rule as JSON; none when there is no such rule.
    #[must_use]
    pub fn rule_json(&self, id: &str) -> Option<String> {
        eligibility::rule(id).map(|rule| json(&rule.view()))
    }

    /// The parameters as JSON: all of them, or those that hold in a month.
    #[must_use]
    pub fn parameters_json(&self, on: Option<Month>) -> String {
        json(&self.parameters.view(on))
    }

    /// The version of rules and parameters together.
    #[must_use]
    pub fn version(&self) -> &str {
        self.parameters.version()
    }
}

/// The results of a batch, in order: `{"results": [{"determination": …}, {"errors": […]}, …]}`.
pub fn batch_results_json(results: impl IntoIterator<Item = Read<Determination>>) -> String {
    let mut text = String::from("{\"results\":[");
    for (index, result) in results.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        match result {
            Ok(answer) => {
                text.push_str("{\"determination\":");
                text.push_str(&determination_json(&answer));
                text.push('}');
            }
            Err(problems) => text.push_str(&problems_json(&problems)),
        }
    }
    text.push_str("]}");
    text
}

/// Made here once rather than wherever it is asked for, as fast as the rules are.
fn determination_json(answer: &Determination) -> String {
    json(answer)
}

/// Problems as every binding shows them: `{"errors": […]}`.
#[must_use]
pub fn problems_json(problems: &[Problem]) -> String {
    #[derive(Serialize)]
    struct Errors<'a> {
        errors: &'a [Problem],
    }
    json(&Errors { errors: problems })
}

fn builtin_options() -> Read<&'static Options> {
    Options::builtin().map_err(<[Problem]>::to_vec)
}

/// All answers are maps with text keys, which are always written.
fn json(answer: &impl Serialize) -> String {
    let mut bytes = Vec::with_capacity(8 << 10);
    match serde_json::to_writer(&mut bytes, answer) {
        Ok(()) => String::from_utf8(bytes).unwrap_or_default(),
        Err(_) => String::new(),
    }
}
