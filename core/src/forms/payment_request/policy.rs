//! A payment request against what is on file. The rules are those of the engine; this page says what each means for the form.

use super::super::{Earlier, Form, OnFile, Organization, Person, Sheet};
use super::code;
use super::evidence::Evidence;
use super::low_earnings::{Claimed, purpose, reaches_level};
use super::read::Answers;
use super::rows::{self, EarningsDraft};
use super::shown;
use crate::decision::{Determination, had_ticket_before};
use crate::domain::{Assignment, Case, Month, PayStatement, PaymentAsked, PaymentName, ProviderKind};
use crate::eligibility::{Fact, Reason};
use crate::facts::{Facts, PolicyName, Standpoint, Truth, claiming, ticket_title};
use crate::problem::{Code, Problem, code as shared};
use crate::read::{Claim, Path, Question};

/// Rules that bar a request, or that make it unlikely, with what is then said and of which field.
const BY_RULE: &[(&[&str], &Code, &str)] = &[
    (&["FAM-01", "FAM-02"], &code::PR_BEFORE_FIRST_PAYABLE, "claim_month"),
    (&["SVR-04"], &code::PR_AFTER_LAST_PAYABLE, "claim_month"),
    (&["LB-01", "LB-02", "LB-03", "LB-04"], &code::PR_LOOKBACK_BLOCKED, "request_type"),
    (&["SVR-01", "SVR-02", "SVR-03", "SVR-06"], &code::PR_VR_CLOSURE_BLOCKS_PHASE1, "request_type"),
    (&["SVR-05"], &code::PR_VR_CR_PAID, "ssn"),
    (&["P2-03"], &code::PR_SEQUENCE_PHASE1_OPEN, "request_type"),
    (&["TRM-01"], &code::PR_TICKET_TERMINATED, "claim_month"),
    (&["BEN-01", "BEN-02", "BEN-03"], &code::PR_NOT_CURRENT_PAY, "claim_month"),
    (&["BEN-04"], &code::PR_NOT_IN_SUSPENSE, "claim_month"),
];

/// What the engine said, kept for advice.
pub(super) struct Judged {
    pub(super) question: Question,
    pub(super) determination: Determination,
    /// The payment with its number.
    pub(super) payment: PaymentName,
    /// The providers who may share it.
    pub(super) sharers: Vec<Box<str>>,
}

/// The record of a beneficiary whose ticket is or was with the organization.
pub(super) struct Record<'f> {
    person: &'f Person,
    organization: &'f Organization,
    /// The claimed month, once it is over.
    month: Option<Month>,
}

/// The organization's own standing.
pub(super) fn check_organization(sheet: &mut Sheet<'_>, on_file: &OnFile) {
    let received_on = sheet.desk.received_on;
    let organization = &on_file.organization;
    if organization.kind == ProviderKind::StateVr {
        sheet.refuse(&code::PR_PROVIDER_KIND, &Path::Root);
    }
    if organization.agreement_ends_on.is_some_and(|last| last < received_on) {
        sheet.refuse(&code::PR_EN_AGREEMENT_INACTIVE, &Path::Root);
    }
    if organization.sam_expires_on.is_some_and(|last| last < received_on) {
        sheet.refuse(&code::PR_EN_SAM_EXPIRED, &Path::Root);
    }
}

impl<'f> Record<'f> {
    /// The record, if the ticket was assigned to the organization in or before the claim month; else the one answer there is.
    pub(super) fn find(draft: &Answers, sheet: &mut Sheet<'_>, on_file: &'f OnFile) -> Option<Self> {
        let organization = &on_file.organization;
        if organization.kind == ProviderKind::StateVr {
            return None;
        }
        let holds = |person: &Person| {
            person.assignments_to(&organization.provider).any(|assignment| {
                assignment.kind != ProviderKind::StateVr
                    && draft.claim_month.is_none_or(|month| Month::from(assignment.assigned_on) <= month)
            })
        };
        let at = Path::Root.key("ssn");
        let person = sheet.held(on_file, draft.person, &at, &shared::TICKET_NOT_ASSIGNED_TO_ORG, holds)?;
        let month = draft.claim_month.filter(|month| *month < Month::from(sheet.desk.received_on));
        Some(Self { person, organization, month })
    }

    /// Whether the payment method is the system of the assignment; without a month, of any assignment.
    pub(super) fn check_payment_method(&self, draft: &Answers, sheet: &mut Sheet<'_>) -> bool {
        let Some(method) = draft.payment_method else { return true };
        let (case, provider) = (&self.person.case, &self.organization.provider);
        let is_system = |assignment: &Assignment| assignment.payment_system == Some(method);
        let elected = match draft.claim_month {
            Some(month) => claiming(case, provider, Standpoint::Claim(month)).is_none_or(is_system),
            None => self.person.assignments_to(provider).any(is_system),
        };
        if !elected {
            sheet.refuse(&code::PR_METHOD_NOT_ELECTED, &Path::Root.key("payment_method"));
        }
        elected
    }

    /// Whether posted earnings of the month establish what is asked for; none when the month or the payment is not known.
    ///
    /// Half of the level needs the pay statements: they say when it was earned.
    pub(super) fn earnings_proven(&self, draft: &Answers, sheet: &Sheet<'_>) -> Option<bool> {
        let asked = draft.asked?;
        let posted = Case { pay_statements: Vec::new(), ..self.person.case.clone() };
        let Some(month) = self.month else {
            // Of a month that could not be read: whether any could be proven.
            let none_is = draft.claim_month.is_none() && (posted.earnings.is_empty() || draft.claims_half());
            return none_is.then_some(false);
        };
        let facts = self.facts(&posted, sheet)?;
        let is_posted = posted.earnings.iter().any(|entry| entry.month == month);
        Some(is_posted && !draft.claims_half() && reaches_level(&facts, asked, month) == Truth::Yes)
    }

    /// Whether the ticket was not with the organization at the end of the claim month (UNA-01).
    pub(super) fn unassigned_at_claim_month(&self) -> bool {
        let Some(last_day) = self.month.and_then(Month::last_day) else { return false };
        let covers = |assignment: &Assignment| {
            assignment.kind != ProviderKind::StateVr
                && assignment.assigned_on <= last_day
                && assignment.unassigned_on.is_none_or(|ended| last_day < ended)
        };
        !self.person.assignments_to(&self.organization.provider).any(covers)
    }

    /// The employer against those on file and against the organization itself.
    pub(super) fn check_employer(&self, draft: &Answers, sheet: &mut Sheet<'_>) {
        let Some(employer) = draft.employer.given() else { return };
        let root = Path::Root;
        let path = root.key("employer");
        let held = employer.id.given().map(|id| self.person.employers.iter().find(|held| held.id == *id));
        if held == Some(None) {
            sheet.refuse(&code::PR_EMPLOYER_UNKNOWN, &path.key("employer_id"));
        }
        let own = Some(self.organization.ein);
        if employer.ein == own {
            sheet.refuse(&code::PR_EMPLOYER_EIN_OWN, &path.key("ein"));
        } else if employer.ein.is_none() && held.flatten().is_some_and(|held| held.ein == own) {
            sheet.refuse(&code::PR_EMPLOYER_EIN_OWN, &path.key("employer_id"));
        }
    }

    /// Whether a pay statement falls into the claim month, on the basis of the benefits (R8, R10). Says what may still be concluded.
    pub(super) fn check_month_of_earnings(
        &self,
        draft: &Answers,
        sheet: &mut Sheet<'_>,
        evidence: Evidence,
    ) -> Evidence {
        if evidence != Evidence::Statements {
            return evidence;
        }
        let Some((facts, asked)) = self.facts(&self.person.case, sheet).zip(draft.asked) else { return evidence };
        let Some(month) = self.month else { return evidence };
        let bases = facts.bases(month, purpose(asked));
        let is_of_month =
            |row: &EarningsDraft| bases.iter().any(|basis| row.day(*basis).map(Month::from) == Some(month));
        if draft.earnings().iter().any(is_of_month) {
            return evidence;
        }
        rows::tell_outside_month(sheet, draft.earnings(), bases);
        Evidence::Unclear
    }

    /// Asks the engine, and says what its answer means for the request; what was paid or requested before needs no answer of it.
    pub(super) fn judge(&self, draft: &Answers, sheet: &mut Sheet<'_>, evidence: Evidence) -> Option<Judged> {
        let sharers = self.month.map(|month| self.sharers(month)).unwrap_or_default();
        if !sharers.is_empty() {
            sheet.refuse(&code::PR_POSSIBLE_SPLIT, &Path::Root.key("ssn"));
        }
        let determined = draft.asked.and_then(|asked| self.determine(draft, sheet, asked, evidence));
        let payment = draft.asked.and_then(|asked| self.check_number(sheet, asked, draft.claim_month));
        self.check_month_taken(sheet, draft.claim_month);
        let (question, determination) = determined?;
        Some(Judged { question, determination, payment: payment?, sharers })
    }

    fn determine(
        &self,
        draft: &Answers,
        sheet: &mut Sheet<'_>,
        asked: PaymentAsked,
        evidence: Evidence,
    ) -> Option<(Question, Determination)> {
        let month = self.month?;
        let question = self.question(draft, sheet, asked, month);
        let determination = sheet.desk.engine.decide(&question).ok()?;
        let parameters = sheet.desk.engine.parameters();
        let facts = self.facts_with(&question.case, parameters, sheet.desk.received_on)?;
        self.refuse_by_rule(sheet, &determination, &facts);
        if evidence != Evidence::Unclear {
            let claimed = Claimed { facts: &facts, determination: &determination, asked, month };
            if let Some(problem) = claimed.find_low_earnings(draft.claims_half()) {
                sheet.add(problem);
            }
        }
        Some((question, determination))
    }

    /// Who may share the payment of a month and has to be told. An agreement holds for the life of the ticket (SPL-03), once each of them
    /// has filed it.
    fn sharers(&self, month: Month) -> Vec<Box<str>> {
        let agreements =
            || self.person.earlier.iter().filter(|earlier| earlier.form == Form::SplitAgreement && earlier.live);
        let sharers = had_ticket_before(&self.person.case, month);
        if sharers.len() < 2 || sharers.iter().all(|sharer| agreements().any(|earlier| earlier.provider == *sharer)) {
            Vec::new()
        } else {
            sharers
        }
    }

    fn refuse_by_rule(&self, sheet: &mut Sheet<'_>, determination: &Determination, facts: &Facts<'_>) {
        let root = Path::Root;
        for (rules, code, field) in BY_RULE {
            let failed = determination.reasons.iter().filter(|reason| reason.holds == Truth::No);
            let failed: Vec<&Reason> = failed.filter(|reason| rules.contains(&reason.rule)).collect();
            let Some(first) = failed.first() else { continue };
            let names: Vec<&str> = failed.iter().map(|reason| reason.rule).collect();
            let problem = Problem::new(code, &root.key(field).pointer()).with("rules", names);
            sheet.add(match first.rule {
                "FAM-01" | "FAM-02" => problem.with("step", first_step(facts)),
                "P2-03" => self.with_phase_1_step(problem, first, facts),
                _ => problem,
            });
        }
    }

    /// What stands between Phase 1 and the claim, and what to do about it.
    fn with_phase_1_step(&self, problem: Problem, reason: &Reason, facts: &Facts<'_>) -> Problem {
        let open = reason.facts.0.iter().find_map(|(name, fact)| match fact {
            Fact::Count(number) if *name == "open" => u8::try_from(*number).ok(),
            _ => None,
        });
        let Some(number) = open else { return problem.with("step", "claim the open Phase 1 milestone first") };
        let name = PaymentName::Phase1(number);
        let milestone = format!("Phase 1 Milestone {number}");
        let problem = problem.with("milestone", name.to_string());
        if let Some(paid) = facts.paid_month(name) {
            let step = format!("{milestone} was paid for {}, so claim a month after that", paid.in_words());
            problem.with("step", step).with("month", paid.to_string())
        } else if self.asked_for(name).is_some() {
            problem.with("step", format!("{milestone} is requested already, so wait for its answer"))
        } else {
            problem.with("step", format!("claim {milestone} first, which is still open"))
        }
    }

    /// The payment with its number. One that is asked for without gets it when it is paid; it is expected to be the lowest that is neither
    /// paid nor asked for by a request that is still alive, with or without a number.
    fn check_number(&self, sheet: &mut Sheet<'_>, asked: PaymentAsked, month: Option<Month>) -> Option<PaymentName> {
        let root = Path::Root;
        let at = root.key("request_type");
        let (of_number, highest) = self.numbers(sheet, asked);
        let mut all = (1..=highest).map(of_number);
        let name = if let PaymentAsked::Named(name) = asked {
            Some(name)
        } else {
            let word = asked.to_string();
            let before = self.live().filter(|earlier| earlier.payment.as_deref() == Some(&*word)).count();
            let is_free = |name: &PaymentName| !self.is_paid(*name) && self.asked_for(*name).is_none();
            all.clone().filter(is_free).nth(before)
        };
        match name {
            Some(PaymentName::Phase2(number) | PaymentName::Outcome(number)) if number > highest => {
                let problem = Problem::new(&code::PR_TYPE_OUT_OF_RANGE_FOR_TITLE, &at.pointer());
                sheet.add(problem.with("limit", highest));
            }
            Some(name) if self.is_paid(name) => sheet.refuse(&code::PR_ALREADY_PAID, &at),
            Some(name) => {
                // The same request once more is told once, by its month.
                let repeated = self.asked_for(name).filter(|first| first.month.is_none() || first.month != month);
                if let Some(first) = repeated {
                    sheet.add(self.repeats(first, &at));
                }
            }
            None if all.all(|name| self.is_paid(name)) => sheet.refuse(&code::PR_ALREADY_PAID, &at),
            None => sheet.refuse(&code::PR_DUPLICATE_REQUEST, &at),
        }
        name
    }

    /// The kind of a payment, and how many of it the ticket carries.
    fn numbers(&self, sheet: &Sheet<'_>, asked: PaymentAsked) -> (fn(u8) -> PaymentName, u8) {
        let case = &self.person.case;
        let terms = sheet.desk.engine.parameters().terms(sheet.desk.received_on.into());
        let title = ticket_title(case, &case.payments);
        match asked {
            PaymentAsked::NextPhase2 | PaymentAsked::Named(PaymentName::Phase2(_)) => {
                (PaymentName::Phase2, terms.phase_2_count(title))
            }
            PaymentAsked::NextOutcome | PaymentAsked::Named(PaymentName::Outcome(_)) => {
                (PaymentName::Outcome, terms.outcome_count(title))
            }
            PaymentAsked::Named(_) => (PaymentName::Phase1, 4),
        }
    }

    /// Whether the claim month is paid or requested already.
    fn check_month_taken(&self, sheet: &mut Sheet<'_>, month: Option<Month>) {
        let Some(month) = month else { return };
        let root = Path::Root;
        let at = root.key("claim_month");
        let mut payments = self.person.case.payments.iter();
        if payments.any(|paid| paid.month == month && paid.payment != PaymentName::Reconciliation) {
            sheet.refuse(&code::PR_ALREADY_PAID, &at);
        } else if let Some(first) = self.live().find(|earlier| earlier.month == Some(month)) {
            sheet.add(self.repeats(first, &at));
        }
    }

    fn is_paid(&self, name: PaymentName) -> bool {
        self.person.case.payments.iter().any(|paid| paid.payment == name)
    }

    /// The request repeats another, whose number is told to the organization that filed it.
    fn repeats(&self, first: &Earlier, path: &Path<'_>) -> Problem {
        let problem = Problem::new(&code::PR_DUPLICATE_REQUEST, &path.pointer());
        let own = first.confirmation.as_deref().filter(|_| first.provider == self.organization.provider);
        match own {
            Some(number) => problem.with("confirmation", number),
            None => problem,
        }
    }

    fn live(&self) -> impl Iterator<Item = &Earlier> {
        self.person.earlier.iter().filter(|earlier| earlier.live && earlier.form == Form::PaymentRequest)
    }

    fn asked_for(&self, name: PaymentName) -> Option<&Earlier> {
        self.live().find(|earlier| earlier.payment.as_deref().and_then(PaymentName::parse) == Some(name))
    }

    /// What is asked of the engine: the case on file with the earnings of the request.
    fn question(&self, draft: &Answers, sheet: &Sheet<'_>, payment: PaymentAsked, month: Month) -> Question {
        let mut case = self.person.case.clone();
        case.show(self.statements(draft));
        Question {
            case,
            claim: Claim { payment, month, provider: self.organization.provider.clone() },
            requested_on: sheet.desk.received_on,
            policy: PolicyName::Operations,
        }
    }

    /// The earnings of the request as the engine takes them.
    fn statements(&self, draft: &Answers) -> Vec<PayStatement> {
        let employer = draft.employer.given().and_then(|employer| employer.whole(Some(self.person)));
        let employer = employer.map(|employer| employer.name);
        let rows = draft.earnings().iter().filter_map(super::rows::EarningsDraft::whole);
        let wages =
            rows.map(|row| shown::wages(employer.clone(), (row.period_start, row.period_end), row.pay_date, row.gross));
        let income = draft.sei.given().and_then(super::income::SeiDraft::whole);
        wages.chain(income.and_then(|sei| shown::income(sei.month, sei.net))).collect()
    }

    fn facts<'c>(&self, case: &'c Case, sheet: &Sheet<'c>) -> Option<Facts<'c>> {
        self.facts_with(case, sheet.desk.engine.parameters(), sheet.desk.received_on)
    }

    fn facts_with<'c>(
        &self,
        case: &'c Case,
        parameters: &'c crate::params::Parameters,
        received_on: jiff::civil::Date,
    ) -> Option<Facts<'c>> {
        let policy = PolicyName::Operations.policy();
        let standpoint = Standpoint::Claim(self.month?);
        Facts::gather(case, parameters, policy, &self.organization.provider, received_on, standpoint)
    }
}

/// What makes a month payable that is too early.
fn first_step(facts: &Facts<'_>) -> String {
    match facts.first_available {
        Some(first) => format!("claim {} or a later month", first.in_words()),
        None => "no month can until the program manager has received the plan".to_owned(),
    }
}
