//! What of a file has been put already, kept beside the file: a load that was interrupted goes on where it stopped.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The lines that are done, of one state of one file. It holds nothing of what the lines say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checkpoint {
    path: PathBuf,
    sha256: String,
    kind: String,
    done: BTreeSet<usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    sha256: String,
    kind: String,
    /// The last line before which nothing is left to do but bad rows; for people to read.
    last_line: usize,
    /// First and last line of each stretch that is done.
    done: Vec<(usize, usize)>,
}

impl Checkpoint {
    /// What is done of a file; nothing when there is no checkpoint, it cannot be read, or the file has changed since.
    pub fn of(file: &Path, bytes: &[u8], kind: &str, restart: bool) -> Self {
        let mut path = file.as_os_str().to_owned();
        path.push(".ttw-load.json");
        let path = PathBuf::from(path);
        let sha256 = Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let written = fs::read(&path).ok().and_then(|text| serde_json::from_slice::<Written>(&text).ok());
        let valid = written.filter(|held| !restart && held.sha256 == sha256 && held.kind == kind);
        let stretches = valid.map(|held| held.done).unwrap_or_default();
        let done = stretches.into_iter().flat_map(|(first, last)| first..=last).collect();
        Self { path, sha256, kind: kind.to_owned(), done }
    }

    /// Whether the row of a line has been put.
    pub fn has(&self, line: usize) -> bool {
        self.done.contains(&line)
    }

    /// The rows of these lines have been put.
    pub fn add(&mut self, lines: &[usize]) {
        self.done.extend(lines);
    }

    /// Writes the checkpoint; one that is half written never takes the place of a whole one.
    pub fn save(&self) -> io::Result<()> {
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for line in &self.done {
            match stretches.last_mut() {
                Some((_, last)) if *last + 1 == *line => *last = *line,
                _ => stretches.push((*line, *line)),
            }
        }
        let written = Written {
            sha256: self.sha256.clone(),
            kind: self.kind.clone(),
            last_line: stretches.first().map_or(0, |(_, last)| *last),
            done: stretches,
        };
        let mut half = self.path.as_os_str().to_owned();
        half.push(".new");
        fs::write(&half, serde_json::to_vec(&written)?)?;
        fs::rename(&half, &self.path)
    }
}
