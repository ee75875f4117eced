//! A folder of `.eml` files, for a laptop and for tests.

use super::Failure;
use crate::letter::Letter;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Writes a file beside its place and moves it there: whoever looks sees all of a mail or none, and a repeat replaces the first.
pub(super) fn send(folder: &Path, letter: &Letter) -> Result<(), Failure> {
    static FILES: AtomicU64 = AtomicU64::new(0);
    let number = FILES.fetch_add(1, Ordering::Relaxed);
    let draft = folder.join(format!(".{}.{}-{number}.part", letter.message_id, std::process::id()));
    let place = folder.join(format!("{}.eml", letter.message_id));
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&draft, &letter.bytes))
        .and_then(|()| fs::rename(&draft, &place));
    written.map_err(|_| {
        let _ = fs::remove_file(&draft);
        Failure::Transient("folder_unwritable".to_owned())
    })
}
