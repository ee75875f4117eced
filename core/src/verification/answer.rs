//! Questions of verification, from JSON text.

use super::case::{EntryFields, read_case};
use super::code;
use super::determine::{MonthDetermination, WorkDetermination, work_determination};
use super::entry::{Entry, check_entry};
use super::issue::{
    Aged, Clearing, Issue, IssueKind, OfficeSummary, Opened, Posting, aged, clearing_order, open_issues, pending,
    summary,
};
use super::work_det::WorkDet;
use crate::Engine;
use crate::domain::Title;
use crate::problem::{Problem, code as shared};
use crate::read::{MAX_BATCH_BYTES, Path, Read, Reader, parse};
use serde::Serialize;
use serde_json_borrow::Value;
use std::collections::BTreeSet;

/// The most postings or issues of one question.
const MAX_LISTED: usize = 10_000;
/// Days from which an issue is aged, unless the question says otherwise.
const AGED: u8 = 60;

/// Answers `{"case": {…}}`: the code of each month, with reasons.
///
/// # Errors
/// All that is wrong with the case.
pub fn work_determination_json(engine: &Engine, text: &[u8]) -> Read<WorkDetermination> {
    let value = parse(text, MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let root = Path::Root;
    let case = reader.object(&value, &root, &["case"]).and_then(|[case]| {
        let at = root.key("case");
        reader.required(case, &at).and_then(|case| read_case(&mut reader, case, &at))
    });
    reader.finish(case).map(|case| work_determination(&case, engine.parameters()))
}

/// What an entry that can be made leads to.
#[derive(Debug, Serialize)]
pub(crate) struct EntryAnswer {
    accepted: bool,
    proposed: Option<MonthDetermination>,
    rules: [&'static str; 4],
    rules_version: Box<str>,
}

/// Answers `{"case": {…}, "entry": {…}, "entered_by": "field_office"}`: whether a month can be entered so.
///
/// # Errors
/// All that is wrong with the request and with the entry.
pub fn vern_entry_json(engine: &Engine, text: &[u8]) -> Read<impl Serialize + use<>> {
    let value = parse(text, MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let root = Path::Root;
    let answer = (|| {
        let [case, entry, entered_by] = reader.object(&value, &root, &["case", "entry", "entered_by"])?;
        let (of_case, of_entry) = (root.key("case"), root.key("entry"));
        let case = reader.required(case, &of_case).and_then(|case| read_case(&mut reader, case, &of_case));
        let by = match entered_by {
            None | Some(Value::Null) => Some(false),
            some => {
                reader.choice(some, &root.key("entered_by"), &[("field_office", false), ("integrity_center", true)])
            }
        };
        let entry = reader.required(entry, &of_entry)?;
        let names = &["month", "work_det", "gross", "net_se", "se_hours", "vrfd", "not_counted"];
        let [month, work_det, gross, net_se, hours, vrfd, not_counted] = reader.object(entry, &of_entry, names)?;
        let work_det = reader.choice(work_det, &of_entry.key("work_det"), &WorkDet::CHOICES);
        let posted = EntryFields { month, gross, net_se, hours, vrfd, not_counted }.read(&mut reader, &of_entry);
        let entry = Entry { work_det: work_det?, posted: posted?, by_integrity_center: by? };
        let (problems, proposed) = check_entry(&entry, &case?, engine.parameters());
        for mut problem in problems {
            problem.path.insert_str(0, "/entry");
            reader.add(problem);
        }
        let rules = ["VER-01", "VER-02", "VER-03", "VER-04"];
        Some(EntryAnswer { accepted: true, proposed, rules, rules_version: engine.version().into() })
    })();
    reader.finish(answer)
}

/// What an office works from.
#[derive(Debug, Serialize)]
pub(crate) struct Lists {
    opened: Vec<Opened>,
    pending: Vec<Issue>,
    clearing: Vec<Clearing>,
    summary: Vec<OfficeSummary>,
    aged: Vec<Aged>,
    rules: Vec<&'static str>,
    rules_version: Box<str>,
}

/// Answers `{"today": "…", "postings": [{…}], "issues": [{…}], "aged_days": 60}`: the issues that the postings open, and of those that there
/// are the pending list, the order of clearing, the summary by office and the list of the aged ones.
///
/// # Errors
/// All that is wrong with the request.
pub fn verification_json(engine: &Engine, text: &[u8]) -> Read<impl Serialize + use<>> {
    let value = parse(text, MAX_BATCH_BYTES)?;
    let mut reader = Reader::default();
    let root = Path::Root;
    let answer = (|| {
        let [today, postings, issues, days] =
            reader.object(&value, &root, &["today", "postings", "issues", "aged_days"])?;
        let today = reader.date(today, &root.key("today"));
        let postings = read_list(&mut reader, postings, &root.key("postings"), read_posting);
        let issues = read_list(&mut reader, issues, &root.key("issues"), read_issue);
        let days = match days {
            None => Some(AGED),
            some => reader.small_number(some, &root.key("aged_days"), u8::MAX, &code::VERIFY_DAYS),
        };
        let (today, postings, issues) = (today?, postings?, issues?);
        let mut seen = BTreeSet::new();
        for (index, issue) in issues.iter().enumerate() {
            if !seen.insert(&issue.id) {
                reader.refuse(&code::VERIFY_ISSUE_DUPLICATE, &root.key("issues").index(index).key("id"));
            }
        }
        Some(Lists {
            opened: postings.iter().flat_map(|posting| open_issues(posting, engine.parameters())).collect(),
            pending: pending(&issues, today).into_iter().cloned().collect(),
            clearing: clearing_order(&issues, today),
            summary: summary(&issues, today),
            aged: aged(&issues, today, i32::from(days?)),
            rules: vec!["VY-01", "VY-02", "VY-05", "VY-06"],
            rules_version: engine.version().into(),
        })
    })();
    reader.finish(answer)
}

fn read_list<T>(
    reader: &mut Reader,
    field: Option<&Value<'_>>,
    path: &Path<'_>,
    read: impl Fn(&mut Reader, &Value<'_>, &Path<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let items = reader.list(field, path);
    if items.len() > MAX_LISTED {
        reader.add(Problem::new(&shared::LIST_TOO_LONG, &path.pointer()).with("limit", MAX_LISTED));
        return None;
    }
    let all: Vec<Option<T>> =
        items.iter().enumerate().map(|(index, item)| read(reader, item, &path.index(index))).collect();
    all.into_iter().collect()
}

const TITLES: &[(&str, Title)] = &[("t2", Title::T2), ("t16", Title::T16), ("concurrent", Title::Concurrent)];

fn read_posting(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<Posting> {
    let [person, month, alleged, title, over] =
        reader.object(value, path, &["person", "month", "alleged", "title", "trial_work_over"])?;
    let person = reader.ticket_id(person, &path.key("person"));
    let month = reader.month(month, &path.key("month"));
    let alleged = reader.money(alleged, &path.key("alleged"));
    let title = reader.choice(title, &path.key("title"), TITLES);
    let trial_work_over = reader.optional_boolean(over, &path.key("trial_work_over"));
    Some(Posting { person: person?, month: month?, alleged: alleged?, title: title?, trial_work_over })
}

fn read_issue(reader: &mut Reader, value: &Value<'_>, path: &Path<'_>) -> Option<Issue> {
    let names = &["id", "person", "kind", "month", "office", "opened_on", "cleared_on", "by_hand"];
    let [id, person, kind, month, office, opened_on, cleared_on, by_hand] = reader.object(value, path, names)?;
    let id = reader.id(id, &path.key("id"));
    let person = reader.ticket_id(person, &path.key("person"));
    let kind = reader.choice(kind, &path.key("kind"), IssueKind::CHOICES);
    let month = reader.month(month, &path.key("month"));
    let office = reader.id(office, &path.key("office"));
    let opened_on = reader.date(opened_on, &path.key("opened_on"));
    let cleared_on = reader.optional_date(cleared_on, &path.key("cleared_on"));
    if opened_on.zip(cleared_on).is_some_and(|(opened, cleared)| cleared < opened) {
        reader.refuse(&code::VERIFY_CLEARED_BEFORE_OPENED, &path.key("cleared_on"));
    }
    let by_hand = reader.optional_boolean(by_hand, &path.key("by_hand")).unwrap_or(false);
    Some(Issue {
        id: id?,
        person: person?,
        kind: kind?,
        month: month?,
        office: office?,
        opened_on: opened_on?,
        cleared_on,
        by_hand,
    })
}
