//! Timely Progress Review response (20 CFR 411.180 to 411.220), for people who did not answer themselves.

pub mod code;
pub(super) mod outlook;
mod period;
mod question;

pub use outlook::{Limb, Numbers, Outlook};
pub use question::{Asked, AskedDay, Question, questions};

use super::filing::{Advice, Checked, Intake};
use super::{Due, Earlier, Form, OnFile, Person, Sheet};
use crate::params::Parameters;
use crate::problem::{Code, Problem};
use crate::read::{Path, given};
use jiff::Span;
use jiff::civil::Date;
use outlook::{Answers, Held};
use period::{COMPLETED_ON, Figure, Id, Needed, Period, WHOLE};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use serde_json_borrow::Value;

/// The most responses of one report.
pub const MAX_RESPONSES: usize = 250;

/// The highest number of a review period.
const LAST_PERIOD: u8 = 99;

const PROGRESS_NOT_MADE: &str = "progress_not_made";
/// The fields of a response.
const FIELDS: [&str; 5] = ["ssn", "tpr_period", "answers", "figures", PROGRESS_NOT_MADE];

/// The form as received.
#[derive(Debug, Default)]
pub struct Draft {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    /// Its place in the document.
    place: usize,
    person: Option<usize>,
    /// An earlier row names the same person.
    is_repeated: bool,
    period: Option<u8>,
    /// None if one of them could not be read, or does not belong to the period.
    answers: Option<Answers>,
    progress_not_made: bool,
}

/// The form that may be filed.
#[derive(Debug, Serialize)]
struct ProgressReview {
    responses: Vec<Response>,
}

#[derive(Debug, Serialize)]
struct Response {
    ssn: String,
    tpr_period: u8,
    answers: Map<String, Json>,
    figures: Map<String, Json>,
    progress_not_made: bool,
}

pub(super) fn read(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Draft {
    let Some([field]) = sheet.object(value, path, &["responses"]) else { return Draft::default() };
    let at = path.key("responses");
    let field = given(field);
    let rows: Vec<_> = sheet.list(field, &at).iter().enumerate().filter(|(_, row)| !is_blank(row)).collect();
    if rows.is_empty() && matches!(field, None | Some(Value::Array(_))) {
        sheet.refuse(&code::TPR_EMPTY, &at);
    }
    if rows.len() > MAX_RESPONSES {
        sheet.add(Problem::new(&code::TPR_TOO_MANY, &at.pointer()).with("limit", MAX_RESPONSES));
        return Draft::default();
    }
    let mut draft = Draft::default();
    for (place, row) in rows {
        let row = read_row(sheet, row, &at, place, &draft.rows);
        draft.rows.extend(row);
    }
    draft
}

/// A row of the page that nobody filled in.
fn is_blank(row: &Value<'_>) -> bool {
    let Value::Object(fields) = row else { return false };
    let is_empty = |name: &str, value: &Value<'_>| match value {
        Value::Null => true,
        Value::Str(text) => text.trim().is_empty(),
        Value::Object(fields) => fields.iter().all(|(_, value)| matches!(value, Value::Null)),
        // The box of the page that is not ticked.
        Value::Bool(said) => name == PROGRESS_NOT_MADE && !said,
        _ => false,
    };
    fields.iter().all(|(name, value)| FIELDS.contains(&name) && is_empty(name, value))
}

fn read_row(sheet: &mut Sheet<'_>, value: &Value<'_>, list: &Path<'_>, place: usize, before: &[Row]) -> Option<Row> {
    let path = list.index(place);
    let [ssn, period, answers, figures, not_made] = sheet.object(value, &path, &FIELDS)?;
    let at = path.key("ssn");
    let person = sheet.person(ssn, &at);
    let is_repeated = person.is_some() && before.iter().any(|row| row.person == person);
    if is_repeated {
        sheet.refuse(&code::TPR_DUPLICATE_SSN, &at);
    }
    let at = path.key("tpr_period");
    let number = sheet.small_number(period, &at, LAST_PERIOD, &code::TPR_PERIOD_RANGE);
    let period = number.filter(|number| *number > 0);
    if number == Some(0) {
        sheet.refuse(&code::TPR_PERIOD_RANGE, &at);
    }
    let of_period = period.and_then(Period::of);
    let said = read_answers(sheet, answers, &path.key("answers"), of_period);
    let figures = read_figures(sheet, figures, &path.key("figures"), of_period);
    let not_made = sheet.optional_boolean(not_made, &path.key(PROGRESS_NOT_MADE)).unwrap_or(false);
    let answers = said.zip(figures).map(|(said, (figures, completed_on))| Answers { said, figures, completed_on });
    Some(Row { place, person, is_repeated, period, answers, progress_not_made: not_made })
}

/// An answer to each question of the period, and to no other.
fn read_answers(
    sheet: &mut Sheet<'_>,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
    period: Option<&Period>,
) -> Option<[Option<bool>; Id::ALL.len()]> {
    let value = sheet.required(given(field), path)?;
    let fields = sheet.part(value, path, &Id::NAMES, || period.map_or(Id::NAMES.to_vec(), Period::asked))?;
    let period = period?;
    let mut is_whole = true;
    let mut said = [None; Id::ALL.len()];
    for ((id, field), said) in Id::ALL.into_iter().zip(fields).zip(&mut said) {
        let refusal = match (period.asks(id), given(field)) {
            (true, Some(Value::Bool(answer))) => {
                *said = Some(*answer);
                continue;
            }
            (false, None) => continue,
            (true, Some(_)) => &code::TPR_ANSWER_NOT_BOOLEAN,
            (true, None) => &code::TPR_QUESTION_MISSING,
            (false, Some(_)) => not_asked(id),
        };
        is_whole = false;
        sheet.refuse(refusal, &path.key(id.name()));
    }
    is_whole.then_some(said)
}

const fn not_asked(id: Id) -> &'static Code {
    match id {
        Id::GedHs => &code::TPR_GED_ONLY_PERIOD_1,
        Id::Combination => &code::TPR_COMBINATION_NOT_ALLOWED,
        _ => &code::TPR_QUESTION_NOT_IN_PERIOD,
    }
}

/// The numbers beside the answers, and the day on which something was completed; each may be left out.
fn read_figures(
    sheet: &mut Sheet<'_>,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
    period: Option<&Period>,
) -> Option<([Option<u8>; Figure::ALL.len()], Option<Date>)> {
    let mut figures = [None; Figure::ALL.len()];
    let Some(value) = given(field) else { return Some((figures, None)) };
    let [months, college, tech, year] = Figure::NAMES;
    let names = [months, college, tech, year, COMPLETED_ON];
    let allowed = || period.map_or(names.to_vec(), Period::taken);
    let [months, college, tech, year, completed_on] = sheet.part(value, path, &names, allowed)?;
    let fields = [months, college, tech, year];
    let period = period?;
    let mut is_whole = true;
    for ((figure, field), slot) in Figure::ALL.into_iter().zip(fields).zip(&mut figures) {
        let Some(value) = given(field) else { continue };
        let at = path.key(figure.name());
        if period.takes(figure) {
            let range = if figure == Figure::MonthsWorked { &code::TPR_MONTHS_RANGE } else { &code::TPR_PCT_RANGE };
            *slot = sheet.small_number(Some(value), &at, figure.highest(), range);
        } else {
            sheet.refuse(&code::TPR_QUESTION_NOT_IN_PERIOD, &at);
        }
        is_whole &= slot.is_some();
    }
    let mut day = None;
    if let Some(value) = given(completed_on) {
        let at = path.key(COMPLETED_ON);
        if period.has_completion() {
            day = sheet.date(Some(value), &at);
        } else {
            sheet.refuse(&code::TPR_QUESTION_NOT_IN_PERIOD, &at);
        }
        is_whole &= day.is_some();
    }
    is_whole.then_some((figures, day))
}

pub(super) fn check(draft: Draft, sheet: &mut Sheet<'_>, on_file: &OnFile) -> Option<Checked> {
    let root = Path::Root;
    let list = root.key("responses");
    let (mut responses, mut people) = (Vec::new(), Vec::new());
    for row in draft.rows.into_iter().filter(|row| !row.is_repeated) {
        let path = list.index(row.place);
        check_person(&row, responses.len(), sheet, on_file, &path);
        let (Some(number), Some(answers)) = (row.period, &row.answers) else { continue };
        let Some(period) = Period::of(number) else { continue };
        let needed = Needed::of(period, sheet.desk.received_on.into(), sheet.desk.engine.parameters())?;
        let held = Held { period, needed, answers };
        check_answers(&held, row.progress_not_made, sheet, &path);
        let Some(person) = row.person.map(|person| sheet.masked(person)) else { continue };
        responses.push(row.response(person.clone(), number, period, answers));
        let reasons = held.limbs();
        people.push(Outlook { person, period: number, would_pass: reasons.iter().any(|limb| limb.holds), reasons });
    }
    let cells = |response: &Response| {
        let is_made = response.answers.iter().any(|(id, said)| id != Id::NoCash.name() && *said == Json::Bool(true));
        vec![response.ssn.clone(), response.tpr_period.to_string(), if is_made { "Yes" } else { "No" }.to_owned()]
    };
    Some(Checked {
        keys: Vec::new(),
        intake: Intake {
            heading: "Timely Progress Review Responses",
            columns: vec!["SSN", "TPR Period", "Progress Reported"],
            rows: responses.iter().map(cells).collect(),
        },
        document: serde_json::to_string(&ProgressReview { responses }).unwrap_or_default(),
        advice: Some(Advice::Progress { people }),
    })
}

/// Whether a review of this period is asked of the organization that holds the ticket. Warnings have the row's place in the document,
/// counted from zero: rows that nobody filled in are not there.
fn check_person(row: &Row, in_document: usize, sheet: &mut Sheet<'_>, on_file: &OnFile, path: &Path<'_>) {
    let (provider, today) = (&*on_file.organization.provider, sheet.desk.received_on);
    let at = path.key("ssn");
    let is_held = |person: &Person| person.is_with(provider, today);
    let Some(person) = sheet.held(on_file, row.person, &at, &code::TPR_NOT_ASSIGNED, is_held) else { return };
    let Some(due) = person.progress_review else {
        sheet.refuse(&code::TPR_NOT_DUE, &at);
        return;
    };
    if row.period.is_some_and(|period| period != due.period) {
        let at = path.key("tpr_period").pointer();
        sheet.add(Problem::new(&code::TPR_PERIOD_MISMATCH, &at).with("period", due.period));
    }
    let completed_on = row.answers.as_ref().and_then(|answers| answers.completed_on);
    let is_outside = |day: Date| day > today || !(due.from..=due.to).contains(&day.into());
    if row.period == Some(due.period) && completed_on.is_some_and(is_outside) {
        sheet.refuse(&code::TPR_COMPLETED_RANGE, &path.key("figures").key(COMPLETED_ON));
    }
    let warning = |code: &'static Code| Problem::new(code, &at.pointer()).with("row", in_document);
    let until = due.answer_until(sheet.desk.engine.parameters(), today);
    if due.passed {
        sheet.add(warning(&code::TPR_ALREADY_PASSED));
    } else if let Some((limit, to)) = until.filter(|(_, to)| today > *to) {
        sheet.add(warning(&code::TPR_PAST_30_DAYS).with("limit", limit).with("to", to.to_string()));
    }
    // What was filed does not keep its period: a report since the provider was asked about this one is taken for one of this period.
    let is_again = |earlier: &Earlier| {
        let is_own = earlier.form == Form::ProgressReview && *earlier.provider == *provider;
        is_own && earlier.live && earlier.received_on >= due.asked_on
    };
    if !due.passed && row.period == Some(due.period) && person.earlier.iter().any(is_again) {
        sheet.add(warning(&code::TPR_RECENT_REPEAT));
    }
}

impl Due {
    /// The days that there are for an answer, and the last of them.
    fn answer_until(self, parameters: &Parameters, today: Date) -> Option<(i32, Date)> {
        let days = parameters.whole_number("progress_review_answer_days", "", today.into())?;
        Some((days, self.asked_on.checked_add(Span::new().try_days(days).ok()?).ok()?))
    }
}

/// Whether the answers agree with their numbers and with each other.
fn check_answers(held: &Held<'_>, progress_not_made: bool, sheet: &mut Sheet<'_>, path: &Path<'_>) {
    let (answers, period, needed) = (held.answers, held.period, held.needed);
    let (answers_at, figures_at) = (path.key("answers"), path.key("figures"));
    let mut agree = true;
    for id in period.questions {
        let Some((figure, said)) = id.figure().zip(answers.said(*id)) else { continue };
        let (wrong, least) = match figure {
            Figure::MonthsWorked => (&code::TPR_MONTHS_CONTRADICT, needed.months),
            _ => (&code::TPR_PCT_CONTRADICT, needed.credit),
        };
        if answers.figure(figure).is_some_and(|number| (number >= least) != said) {
            sheet.add(Problem::new(wrong, &figures_at.key(figure.name()).pointer()).with("needed", least));
            agree = false;
        }
    }
    let is_completed = period.questions.iter().any(|id| id.is_completion() && answers.is_yes(*id));
    if answers.completed_on.is_some() && !is_completed {
        sheet.refuse(&code::TPR_COMPLETED_CONTRADICT, &figures_at.key(COMPLETED_ON));
    }
    if period.asks(Id::NoCash) && answers.is_yes(Id::WorkMet) && !answers.is_yes(Id::NoCash) {
        sheet.refuse(&code::TPR_CASH_CONTRADICT, &answers_at.key(Id::NoCash.name()));
        agree = false;
    }
    let is_progress = |id: &&Id| **id != Id::NoCash && answers.is_yes(**id);
    if progress_not_made && period.questions.iter().any(|id| is_progress(&id)) {
        sheet.refuse(&code::TPR_PROGRESS_CONTRADICT, &path.key(PROGRESS_NOT_MADE));
    }
    let combined = answers.said(Id::Combination);
    if agree && combined.is_some_and(|said| said != held.sum_reaches(i32::from(WHOLE))) {
        sheet.refuse(&code::TPR_COMBINATION_MISMATCH, &answers_at.key(Id::Combination.name()));
    }
}

impl Row {
    fn response(&self, ssn: String, number: u8, period: &Period, answers: &Answers) -> Response {
        let said = |id: &Id| Some((id.name().to_owned(), Json::Bool(answers.said(*id)?)));
        let figure = |figure: Figure| Some((figure.name().to_owned(), Json::from(answers.figure(figure)?)));
        let completed_on = answers.completed_on.map(|day| (COMPLETED_ON.to_owned(), Json::from(day.to_string())));
        Response {
            ssn,
            tpr_period: number,
            answers: period.questions.iter().filter_map(said).collect(),
            figures: Figure::ALL.into_iter().filter_map(figure).chain(completed_on).collect(),
            progress_not_made: self.progress_not_made,
        }
    }
}

#[cfg(test)]
mod tests;
