//! What happened, a line each, and its hash.

use sha2::{Digest, Sha256};

/// The lines so far.
#[derive(Debug, Default)]
pub(super) struct Trace {
    hash: Sha256,
    lines: usize,
}

impl Trace {
    pub(super) fn line(&mut self, text: &str) {
        if std::env::var_os("TTW_YEAR_TRACE").is_some() {
            eprintln!("{text}");
        }
        self.hash.update(text);
        self.hash.update("\n");
        self.lines += 1;
    }

    pub(super) const fn lines(&self) -> usize {
        self.lines
    }

    pub(super) fn hash(self) -> String {
        use std::fmt::Write as _;
        self.hash.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}
