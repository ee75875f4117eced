//! What the benchmarks share: a case, and how their figures are shown.

pub mod peer;
pub mod table;
