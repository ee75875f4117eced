//! The code of each month, proposed by walking through the periods of disability.

use super::case::{MonthEntry, Span, Verified, WorkCase};
use super::work_det::WorkDet;
use crate::domain::{Month, Title, Usd};
use crate::eligibility::{Fact, Trail};
use crate::facts::Truth;
use crate::params::Parameters;
use serde::Serialize;

/// Where a month lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Outside every period of disability.
    Outside,
    /// In an initial reinstatement period.
    Reinstated,
    /// In a trial work period.
    TrialWork,
    /// In the 36 months after it.
    Reentitlement,
    /// After those.
    Later,
}

/// What is proposed for a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkDetermination {
    /// Every month with something posted, oldest first.
    pub months: Vec<MonthDetermination>,
    /// The trial work period of each period of disability.
    pub trial_work_periods: Vec<TrialWork>,
    /// What is not known and would settle a month.
    pub missing: Vec<String>,
    /// The rules applied.
    pub rules: Vec<&'static str>,
    /// Version of rules and parameters.
    pub rules_version: Box<str>,
}

/// What is proposed for a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthDetermination {
    /// The month.
    pub month: Month,
    /// The code; none where it cannot be known.
    pub work_det: Option<WorkDet>,
    /// Where the month lies; none where it cannot be known.
    pub phase: Option<Phase>,
    /// Whether the month is one of services.
    pub service_month: Truth,
    /// Whether its countable earnings are substantial.
    pub substantial: Truth,
    /// Whether it is one of the months of grace, or the one before them.
    pub grace: bool,
    /// Whether the determination is final, which needs verified earnings (VER-03).
    pub is_final: bool,
    /// How the determination gets into the record.
    pub post_by: &'static str,
    /// Why.
    pub reasons: Vec<WorkReason>,
}

/// A reason of a month's code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkReason {
    /// The rule.
    pub rule: &'static str,
    /// One sentence.
    pub text: String,
    /// Its numbers.
    pub facts: Trail,
}

/// A trial work period and what follows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrialWork {
    /// The first month that can be one of services.
    pub from: Month,
    /// The service months in the 60 months that count, in order.
    pub service_months: Vec<Month>,
    /// Service months that have dropped out of them.
    pub expired: Vec<Month>,
    /// The ninth service month; none while the period lasts.
    pub ended_in: Option<Month>,
    /// The first and last month of the reentitlement period.
    pub reentitlement: Option<(Month, Month)>,
    /// The month in which disability ceased by work.
    pub ceased_in: Option<Month>,
    /// The months after it for which benefits are still paid.
    pub grace_months: Vec<Month>,
    /// Whether all this is certain.
    pub is_certain: bool,
}

/// The numbers of law that a walk needs, at the month in which a period ends or a month lies.
struct Law<'p> {
    parameters: &'p Parameters,
    blind: bool,
}

impl Law<'_> {
    fn count(&self, table: &str, month: Month) -> Option<i32> {
        self.parameters.whole_number(table, "", month)
    }

    /// More than the level in wages or in net earnings, or more hours of self-employment than count.
    fn is_service_month(&self, entry: &MonthEntry) -> Truth {
        let hours = self.count("trial_work_hours", entry.month);
        let by_hours = match (entry.se_hours, hours) {
            (None | Some(0), _) => Truth::No,
            (Some(worked), Some(hours)) => Truth::from(i32::from(worked) > hours),
            (Some(_), None) => Truth::Unknown,
        };
        let earned = [entry.gross, entry.net_se].into_iter().flatten();
        let most = earned.fold(Usd::ZERO, Usd::plus);
        let by_earnings = match self.parameters.thresholds(entry.month.year()).trial_work_level {
            _ if most == Usd::ZERO => Truth::No,
            Some(level) => Truth::from(most > level),
            None => Truth::Unknown,
        };
        match (by_hours, by_earnings) {
            (Truth::Yes, _) | (_, Truth::Yes) => Truth::Yes,
            (Truth::No, Truth::No) => Truth::No,
            _ => Truth::Unknown,
        }
    }

    fn is_substantial(&self, entry: &MonthEntry) -> Truth {
        let levels = self.parameters.thresholds(entry.month.year());
        let level = if self.blind { levels.sga_blind } else { levels.sga_non_blind };
        match level {
            _ if entry.countable() == Usd::ZERO => Truth::No,
            Some(level) => Truth::from(entry.countable() > level),
            None => Truth::Unknown,
        }
    }
}

/// A month on one walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    work_det: WorkDet,
    phase: Phase,
    grace: bool,
}

/// One walk: what is not known is taken as `assumed`.
struct Walk<'c> {
    case: &'c WorkCase,
    law: &'c Law<'c>,
    assumed: bool,
}

impl Walk<'_> {
    fn yes(&self, truth: Truth) -> bool {
        truth == Truth::Yes || (truth == Truth::Unknown && self.assumed)
    }

    /// Substantial work as somebody could find it: on earnings that are verified.
    fn is_found_substantial(&self, entry: &MonthEntry) -> bool {
        entry.vrfd != Verified::N
            && self.yes(self.law.is_substantial(entry))
            && !self.case.unsuccessful_attempts.contains(&entry.month)
    }

    fn span(&self, span: Span, found: &mut Vec<(Month, Found)>) -> TrialWork {
        let last = span.to.map_or(self.case.through, |to| to.min(self.case.through));
        let from = if span.reinstated { self.reinstatement(span.from, last, found) } else { span.from };
        let of_span = |entry: &&MonthEntry| (from..=last).contains(&entry.month);
        let entries: Vec<&MonthEntry> = self.case.months.iter().filter(of_span).collect();
        let mut period = TrialWork {
            from,
            service_months: Vec::new(),
            expired: Vec::new(),
            ended_in: None,
            reentitlement: None,
            ceased_in: None,
            grace_months: Vec::new(),
            is_certain: true,
        };
        self.trial_work(&entries, last, &mut period, found);
        if let Some(ended_in) = period.ended_in {
            self.after(&entries, ended_in, &mut period, found);
        }
        period
    }

    /// The initial reinstatement period; the month after its last one.
    fn reinstatement(&self, from: Month, last: Month, found: &mut Vec<(Month, Found)>) -> Month {
        let needed = self.law.count("initial_reinstatement_months", from).unwrap_or(i32::MAX);
        let mut paid = 0;
        for month in from.through(last) {
            if paid >= needed {
                return month;
            }
            let entry = self.case.months.iter().find(|entry| entry.month == month);
            let work_det = if self.case.not_paid.contains(&month) {
                WorkDet::NotPaidReinstated
            } else if entry.is_some_and(|entry| self.is_found_substantial(entry)) {
                WorkDet::SgaReinstated
            } else {
                paid += 1;
                WorkDet::NotSgaReinstated
            };
            if entry.is_some() {
                found.push((month, Found { work_det, phase: Phase::Reinstated, grace: false }));
            }
        }
        last.plus(1)
    }

    fn trial_work(
        &self,
        entries: &[&MonthEntry],
        last: Month,
        period: &mut TrialWork,
        found: &mut Vec<(Month, Found)>,
    ) {
        let needed = self.law.count("trial_work_months", last).and_then(|n| usize::try_from(n).ok());
        let (needed, window) =
            (needed.unwrap_or(usize::MAX), self.law.count("trial_work_window", last).unwrap_or(i32::MAX));
        let mut others = Vec::new();
        for entry in entries {
            if !self.yes(self.law.is_service_month(entry)) {
                others.push(entry.month);
                continue;
            }
            expire(period, entry.month, window);
            period.service_months.push(entry.month);
            if period.service_months.len() >= needed {
                period.ended_in = Some(entry.month);
                break;
            }
        }
        if period.ended_in.is_none() {
            expire(period, last, window);
        }
        let in_phase = |work_det| Found { work_det, phase: Phase::TrialWork, grace: false };
        found.extend(others.into_iter().map(|month| (month, in_phase(WorkDet::Other))));
        found.extend(period.expired.iter().map(|month| (*month, in_phase(WorkDet::Expired))));
        let numbered = (1..).zip(&period.service_months);
        found.extend(numbered.map(|(number, month)| (*month, in_phase(WorkDet::TrialWork(number)))));
    }

    fn after(&self, entries: &[&MonthEntry], ended_in: Month, period: &mut TrialWork, found: &mut Vec<(Month, Found)>) {
        let months = self.law.count("reentitlement_months", ended_in).unwrap_or(0);
        let last = ended_in.plus(months);
        period.reentitlement = Some((ended_in.plus(1), last));
        for entry in entries.iter().filter(|entry| entry.month > ended_in) {
            let substantial = self.is_found_substantial(entry);
            if substantial && period.ceased_in.is_none() {
                period.ceased_in = Some(entry.month);
                let grace = self.law.count("grace_months", entry.month).unwrap_or(0);
                period.grace_months = entry.month.plus(1).through(entry.month.plus(grace)).collect();
            }
            let grace = period.ceased_in == Some(entry.month) || period.grace_months.contains(&entry.month);
            let unsuccessful = self.case.unsuccessful_attempts.contains(&entry.month)
                && entry.vrfd != Verified::N
                && self.yes(self.law.is_substantial(entry));
            let work_det = match () {
                () if unsuccessful => WorkDet::UnsuccessfulAttempt,
                () if substantial || grace => WorkDet::Sga,
                () => WorkDet::NotSga,
            };
            let phase = if entry.month <= last { Phase::Reentitlement } else { Phase::Later };
            found.push((entry.month, Found { work_det, phase, grace }));
        }
    }

    fn whole(&self) -> (Vec<(Month, Found)>, Vec<TrialWork>) {
        let mut found = Vec::new();
        let open = self.case.disability.iter().filter(|span| span.from <= self.case.through);
        let periods = open.map(|span| self.span(*span, &mut found)).collect();
        for entry in &self.case.months {
            if !found.iter().any(|(month, _)| *month == entry.month) {
                found.push((entry.month, Found { work_det: WorkDet::Other, phase: Phase::Outside, grace: false }));
            }
        }
        found.sort_unstable_by_key(|(month, _)| *month);
        (found, periods)
    }
}

/// Lets the service months go that are not among the last ones up to a month.
fn expire(period: &mut TrialWork, month: Month, window: i32) {
    let kept = |service: &Month| month.since(*service) < window;
    period.expired.extend(period.service_months.iter().filter(|service| !kept(service)));
    period.service_months.retain(kept);
}

/// Proposes the code of every month with something posted.
#[must_use]
pub fn work_determination(case: &WorkCase, parameters: &Parameters) -> WorkDetermination {
    let law = Law { parameters, blind: case.blind };
    let walk = |assumed| Walk { case, law: &law, assumed }.whole();
    let ((least, mut periods), (most, other_periods)) = (walk(false), walk(true));
    for (index, period) in periods.iter_mut().enumerate() {
        period.is_certain = other_periods.get(index) == Some(period);
    }
    let at = |found: &[(Month, Found)], month: Month| found.iter().find(|(m, _)| *m == month).map(|(_, found)| *found);
    let mut missing: Vec<String> = Vec::new();
    let mut months = Vec::new();
    let mut rules = vec!["VER-01", "VER-03"];
    for entry in &case.months {
        let (low, high) = (at(&least, entry.month), at(&most, entry.month));
        let agreed = low.zip(high).filter(|(low, high)| low.work_det == high.work_det).map(|(low, _)| low);
        let phase = low.zip(high).filter(|(low, high)| low.phase == high.phase).map(|(low, _)| low.phase);
        let (service_month, substantial) = (law.is_service_month(entry), law.is_substantial(entry));
        if agreed.is_none() && (service_month == Truth::Unknown || substantial == Truth::Unknown) {
            missing.push(format!("/parameters/thresholds/{}", entry.month.year()));
        }
        let reasons = reasons(case, entry, agreed, &law);
        rules.extend(reasons.iter().map(|reason| reason.rule));
        months.push(MonthDetermination {
            month: entry.month,
            work_det: agreed.map(|found| found.work_det),
            phase,
            service_month,
            substantial,
            grace: agreed.is_some_and(|found| found.grace),
            is_final: agreed.is_some() && entry.vrfd == Verified::Y,
            post_by: post_by(case, entry, agreed),
            reasons,
        });
    }
    missing.dedup();
    rules.sort_unstable();
    rules.dedup();
    WorkDetermination {
        months,
        trial_work_periods: periods,
        missing,
        rules,
        rules_version: parameters.version().into(),
    }
}

/// Wages of an SSI recipient through MSSICS, months 8 and 9 by hand, all else through eWork (VY-06).
fn post_by(case: &WorkCase, entry: &MonthEntry, found: Option<Found>) -> &'static str {
    match found {
        _ if case.title != Title::T2 && entry.gross.is_some() => "mssics",
        Some(found) if found.work_det.is_by_hand() => "vern",
        _ => "ework",
    }
}

/// What makes a month after the trial work period, or of a reinstatement, what it is.
fn against_substantial_work(
    case: &WorkCase,
    entry: &MonthEntry,
    found: Found,
    law: &Law<'_>,
    level: Option<Usd>,
) -> String {
    let is_more = law.is_substantial(entry) == Truth::Yes;
    let is_attempt = case.unsuccessful_attempts.contains(&entry.month);
    let month = entry.month.in_words();
    if found.work_det == WorkDet::NotPaidReinstated {
        return format!("{month} is not paid, whatever was earned in it.");
    }
    if found.grace && (entry.vrfd == Verified::N || is_attempt || !is_more) && found.work_det == WorkDet::Sga {
        return format!(
            "{month} is a month of grace after the one in which disability ceased, whatever was earned in it."
        );
    }
    if entry.vrfd == Verified::N {
        return "The earnings are not verified; substantial work is not found on them.".to_owned();
    }
    let than = if is_more { "more" } else { "not more" };
    let level = level.map_or_else(|| "not known".to_owned(), |level| level.in_words().to_string());
    let attempt = if is_more && is_attempt { "; the work attempt was unsuccessful" } else { "" };
    format!("{} is {than} than the level of substantial work, {level}{attempt}.", entry.countable().in_words())
}

fn reasons(case: &WorkCase, entry: &MonthEntry, found: Option<Found>, law: &Law<'_>) -> Vec<WorkReason> {
    let month = entry.month;
    let levels = law.parameters.thresholds(month.year());
    let mut said = Vec::new();
    let mut say = |rule, text: String, facts: Trail| said.push(WorkReason { rule, text, facts });
    let Some(found) = found else {
        let text = format!("The levels of {} decide it, and they are not known.", month.year());
        say("VER-01", text, Trail::default().with("month", month));
        return said;
    };
    match found.phase {
        Phase::Outside => {
            let text = format!("{} is outside every period of disability.", month.in_words());
            say("VER-01", text, Trail::default().with("month", month));
        }
        Phase::TrialWork => {
            let level = levels.trial_work_level;
            let earned = entry.gross.unwrap_or_default().plus(entry.net_se.unwrap_or_default());
            let facts = Trail::default()
                .with("earned", earned)
                .with("level", level.map_or(Fact::Null, Into::into))
                .with("hours", i64::from(entry.se_hours.unwrap_or(0)));
            let is_service = found.work_det != WorkDet::Other;
            let against = match (level, is_service) {
                (Some(level), true) if earned > level => {
                    format!("{} is more than the trial work level of {}", earned.in_words(), level.in_words())
                }
                (_, true) => "The hours of self-employment are more than count".to_owned(),
                (Some(level), false) => {
                    format!("{} is not more than the trial work level of {}", earned.in_words(), level.in_words())
                }
                (None, false) => "Nothing was earned".to_owned(),
            };
            let text = match found.work_det {
                WorkDet::TrialWork(number) => format!("{against}: service month {number}."),
                WorkDet::Expired => format!("{against}, and the month has dropped out of the 60 months that count."),
                _ => format!("{against}: no service month."),
            };
            say("VER-02", text, facts);
        }
        Phase::Reinstated | Phase::Reentitlement | Phase::Later => {
            let level = if law.blind { levels.sga_blind } else { levels.sga_non_blind };
            let facts = Trail::default()
                .with("countable", entry.countable())
                .with("level", level.map_or(Fact::Null, Into::into))
                .with("grace", found.grace);
            say("VER-01", against_substantial_work(case, entry, found, law, level), facts);
            if !entry.not_counted.is_empty() {
                let text = "What is not counted is taken from wages or from self-employment by its type.".to_owned();
                say("VER-04", text, Trail::default());
            }
        }
    }
    if entry.vrfd == Verified::N {
        say("VER-03", "A final determination needs verified earnings.".to_owned(), Trail::default());
    }
    let by = match post_by(case, entry, Some(found)) {
        "vern" => "eWork cannot pass on months 8 and 9; enter the month by hand.",
        "mssics" => "Wages of an SSI recipient are posted through MSSICS.",
        _ => return said,
    };
    say("VY-06", by.to_owned(), Trail::default());
    said
}
