//! The life of a claim after it was received: states, steps, clocks, the queue.
//!
//! ```text
//! received ─► in_review ─► paid | denied(reason)
//!                │  ▲
//!                ├──┤ diaried(reason)
//!                └──┘ waiting_on_ssa_verification          withdrawn, from every state that is not final
//! ```
//!
//! A claim is its receipt and the steps it has taken; where it is follows from them, so that a claim that is read back is checked again, step
//! by step. [`Claim::apply`] takes a step, or says why not. [`due`] tells what the clocks demand; a step that a clock takes by itself is
//! entered on the day on which the clock ran out, so that it does not matter when or how often somebody asks. A step on or after that day is
//! refused until then.

mod answer;
mod apply;
mod claim;
mod clock;
pub mod code;
mod proposal;
mod read;
mod reason;
mod recovery;
mod request;
mod snapshot;
mod step;
mod timeline;

pub use answer::{Queued, claim, claim_json, replay_json, work_queue_json};
pub use claim::{Claim, Evidence, Place, Receipt};
pub use clock::{Demand, Due, demands, due};
pub use proposal::{Obstacles, Proposal, propose};
pub use reason::{DenialReason, DiaryReason, ReasonText};
pub use recovery::{Adjustment, Answer, NoComparison, NotCompared, Recovery, Totals, recovery, recovery_json};
pub use request::{
    Action, Arrival, DecisionRequest, EvidenceKind, EvidenceRequest, Otherwise, Withdrawal, decision_request,
    evidence_request, withdrawal,
};
pub use snapshot::{Decided, Replay, Snapshot};
pub use step::{Actor, Event, State, Step, Transition};
pub use timeline::{ClockView, Expected, Timeline, Waiting, timeline};

#[cfg(test)]
mod tests;
