//! The answers: a determination, a ledger, a comparison, and the sums of splits and transition tickets.

mod allocation;
mod compare;
mod determine;
mod ledger;
mod next;
mod split;
mod transition;

pub(crate) use allocation::had_ticket_before;
pub use allocation::{Allocation, DecidedBy, Part, Received, allocation_json};
pub use compare::{Change, Comparison, Effect, compare};
pub use determine::{Determination, decide};
pub use ledger::{Ledger, Progress, Row, Status, Totals, ledger, possible_month};
pub use next::{EarningsNeeded, Next};
pub(crate) use split::are_whole;
pub use split::{Share, Split, split, split_json};
pub use transition::{Transition, transition, transition_json};

pub use crate::eligibility::{AmountBasis, Decision, Rate};
