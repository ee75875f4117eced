//! Verification of earnings: what a field office enters for a month, the trial work period behind it, the issues it works off.
//!
//! [`work_determination`] proposes the code of each month with earnings, and says why. [`entry`](vern_entry_json) checks what somebody would
//! enter. [`issues`](verification_json) opens issues by tolerance, orders how they are cleared, and makes the lists an office works from.

mod answer;
mod case;
pub mod code;
mod determine;
mod entry;
mod issue;
mod work_det;

pub use answer::{verification_json, vern_entry_json, work_determination_json};
pub use case::{MonthEntry, NotCounted, NotCountedType, Span, Verified, WorkCase};
pub use determine::{MonthDetermination, Phase, TrialWork, WorkDetermination, work_determination};
pub use entry::{Entry, check_entry};
pub use issue::{
    Aged, ClearedBy, Clearing, Issue, IssueKind, OfficeSummary, Opened, Posting, aged, clearing_order, open_issues,
    pending, summary,
};
pub use work_det::WorkDet;

#[cfg(test)]
mod tests;
