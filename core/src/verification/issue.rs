//! Issues of verification: when they open, how they are cleared, the lists an office works from (VY-01, VY-02, VY-05, VY-06).

use crate::domain::{Month, Title, Usd};
use crate::facts::Truth;
use crate::params::Parameters;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Kinds of issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum IssueKind {
    /// Earnings under title XVI above the tolerance.
    #[serde(rename = "16VY")]
    T16Vy,
    /// Earnings under title II above the tolerance.
    #[serde(rename = "T2VY")]
    T2Vy,
    /// Entered by hand.
    #[serde(rename = "ERNGS")]
    Erngs,
}

impl Issue {
    /// Whether it is pending on a day: opened by then, and not cleared.
    #[must_use]
    pub fn is_pending(&self, today: Date) -> bool {
        self.opened_on <= today && self.cleared_by(today).is_none()
    }

    /// The day on which it was cleared, if that is not yet to come.
    fn cleared_by(&self, today: Date) -> Option<Date> {
        self.cleared_on.filter(|day| *day <= today)
    }
}

impl IssueKind {
    /// The kinds by their names.
    pub(super) const CHOICES: &[(&'static str, Self)] =
        &[("16VY", Self::T16Vy), ("T2VY", Self::T2Vy), ("ERNGS", Self::Erngs)];
}

/// Earnings that the program manager posts, as a provider alleges them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Whose, by an id that is no number of theirs.
    pub person: Box<str>,
    /// The month.
    pub month: Month,
    /// Gross wages or net earnings from self-employment.
    pub alleged: Usd,
    /// The person's title in that month.
    pub title: Title,
    /// Whether the trial work period is over; none where nobody knows.
    pub trial_work_over: Option<bool>,
}

/// What a posting opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opened {
    /// Whose.
    pub person: Box<str>,
    /// The month.
    pub month: Month,
    /// The kind of issue.
    pub kind: IssueKind,
    /// Whether it opens.
    pub opens: Truth,
    /// The tolerance held against the earnings: `twp`, `sga` or `t16_payment`; none where it is not known which.
    pub tolerance: Option<&'static str>,
    /// Its amount, where it is known.
    pub amount: Option<Usd>,
    /// What is not known.
    pub missing: Option<String>,
}

/// An issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// Its id.
    pub id: Box<str>,
    /// Whose.
    pub person: Box<str>,
    /// Its kind.
    pub kind: IssueKind,
    /// The month.
    pub month: Month,
    /// The office that has it.
    pub office: Box<str>,
    /// Since when.
    pub opened_on: Date,
    /// Until when; none while it is pending.
    pub cleared_on: Option<Date>,
    /// Whether the month is the eighth or ninth of the trial work period, or eWork failed.
    pub by_hand: bool,
}

/// The issues that a posting opens, one for each title it concerns. Earnings open one when they exceed the tolerance; a tolerance that is not
/// known opens none by itself, and says so.
#[must_use]
pub fn open_issues(posting: &Posting, parameters: &Parameters) -> Vec<Opened> {
    let opened = |kind, tolerance: Option<&'static str>| {
        let amount = tolerance.and_then(|key| parameters.amount("earnings_tolerance", key, posting.month));
        let missing = match (tolerance, amount) {
            (None, _) => Some("/trial_work_over".to_owned()),
            (Some(key), None) => Some(format!("/parameters/earnings_tolerance/{key}")),
            _ => None,
        };
        let opens = amount.map_or(Truth::Unknown, |amount| Truth::from(posting.alleged > amount));
        Opened { person: posting.person.clone(), month: posting.month, kind, opens, tolerance, amount, missing }
    };
    let mut all = Vec::new();
    if posting.title != Title::T2 {
        all.push(opened(IssueKind::T16Vy, Some("t16_payment")));
    }
    if posting.title != Title::T16 {
        all.push(opened(IssueKind::T2Vy, posting.trial_work_over.map(|over| if over { "sga" } else { "twp" })));
    }
    all
}

/// How an issue is cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClearedBy {
    /// By posting to the SSR through MSSICS.
    Mssics,
    /// By eWork.
    Ework,
    /// By an entry on the VERN screen.
    Vern,
    /// By hand on the CDR development worksheet.
    Cdrw,
}

/// One step of clearing a person's issues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clearing {
    /// The issue.
    pub id: Box<str>,
    /// Whose.
    pub person: Box<str>,
    /// The month.
    pub month: Month,
    /// Its kind.
    pub kind: IssueKind,
    /// By what the earnings are settled.
    pub by: ClearedBy,
    /// Whether that clears the issue; otherwise it is cleared by hand afterwards.
    pub clears_itself: bool,
    /// The rules behind it.
    pub rules: Vec<&'static str>,
}

/// The order in which pending issues are cleared: of a person's month 16VY first, T2VY second, what was entered by hand last. The first
/// action of a month clears its own issue by itself, a second one does not.
#[must_use]
pub fn clearing_order(issues: &[Issue], today: Date) -> Vec<Clearing> {
    let mut pending = pending(issues, today);
    pending.sort_by(|one, other| {
        let by_month = (&one.person, one.month, one.kind).cmp(&(&other.person, other.month, other.kind));
        by_month.then_with(|| (one.opened_on, &one.id).cmp(&(other.opened_on, &other.id)))
    });
    // The other one of two that were open together comes first: it is title XVI's, or was cleared already.
    let is_second = |issue: &Issue| {
        issues.iter().any(|other| {
            let is_pair = matches!(other.kind, IssueKind::T16Vy | IssueKind::T2Vy) && other.kind != issue.kind;
            let cleared = other.cleared_by(today);
            let is_before = cleared.map_or(other.kind == IssueKind::T16Vy, |day| day >= issue.opened_on);
            is_pair
                && other.opened_on <= today
                && other.person == issue.person
                && other.month == issue.month
                && is_before
        })
    };
    let step = |issue: &&Issue| {
        let (by, clears_itself, rules) = match issue.kind {
            IssueKind::T16Vy => (ClearedBy::Mssics, !is_second(issue), vec!["VY-05"]),
            IssueKind::T2Vy if issue.by_hand => (ClearedBy::Vern, !is_second(issue), vec!["VY-05", "VY-06"]),
            IssueKind::T2Vy => (ClearedBy::Ework, !is_second(issue), vec!["VY-05"]),
            IssueKind::Erngs => (ClearedBy::Cdrw, false, vec!["VY-02", "VY-05"]),
        };
        Clearing {
            id: issue.id.clone(),
            person: issue.person.clone(),
            month: issue.month,
            kind: issue.kind,
            by,
            clears_itself,
            rules,
        }
    };
    pending.iter().map(step).collect()
}

/// The issues pending on a day, the oldest first.
#[must_use]
pub fn pending(issues: &[Issue], today: Date) -> Vec<&Issue> {
    let mut all: Vec<&Issue> = issues.iter().filter(|issue| issue.is_pending(today)).collect();
    all.sort_by(|one, other| (one.opened_on, &one.id).cmp(&(other.opened_on, &other.id)));
    all
}

/// How many issues an office has pending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficeSummary {
    /// The office.
    pub office: Box<str>,
    /// Its pending issues under title XVI.
    #[serde(rename = "16VY")]
    pub t16: usize,
    /// Under title II.
    #[serde(rename = "T2VY")]
    pub t2: usize,
    /// By hand.
    #[serde(rename = "ERNGS")]
    pub erngs: usize,
    /// All together.
    pub total: usize,
    /// The day since which the oldest is pending.
    pub oldest: Date,
}

/// The pending issues of each office, by its name.
#[must_use]
pub fn summary(issues: &[Issue], today: Date) -> Vec<OfficeSummary> {
    let mut offices: BTreeMap<&str, Vec<&Issue>> = BTreeMap::new();
    for issue in pending(issues, today) {
        offices.entry(&issue.office).or_default().push(issue);
    }
    let count = |issues: &[&Issue], kind| issues.iter().filter(|issue| issue.kind == kind).count();
    let line = |(office, issues): (&str, Vec<&Issue>)| {
        Some(OfficeSummary {
            office: office.into(),
            t16: count(&issues, IssueKind::T16Vy),
            t2: count(&issues, IssueKind::T2Vy),
            erngs: count(&issues, IssueKind::Erngs),
            total: issues.len(),
            oldest: issues.first()?.opened_on,
        })
    };
    offices.into_iter().filter_map(line).collect()
}

/// An issue that has been pending for long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Aged {
    /// The issue.
    #[serde(flatten)]
    pub issue: Issue,
    /// For so many days.
    pub days: i32,
}

/// The issues that have been pending for so many days or more, the oldest first.
#[must_use]
pub fn aged(issues: &[Issue], today: Date, at_least: i32) -> Vec<Aged> {
    let all = pending(issues, today)
        .into_iter()
        .map(|issue| Aged { issue: issue.clone(), days: (today - issue.opened_on).get_days() });
    all.filter(|aged| aged.days >= at_least).collect()
}
