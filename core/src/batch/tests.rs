//! The batch against the ledger.
