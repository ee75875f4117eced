//! An outbox in memory that can be told to fail, and a folder of its own for each test.

use jiff::Timestamp;
use notify::{EntryKey, LedgerError, Mail, MailSettings, OutboxLedger, Post};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use ttw_portal::outbox::Outbox;

#[derive(Default)]
pub struct Memory {
    pub entries: Mutex<BTreeMap<String, Outbox>>,
    /// Confirmation numbers whose entry cannot be read.
    pub unreadable: Mutex<BTreeSet<String>>,
    /// Whether marks are lost.
    pub marks_fail: Mutex<bool>,
    /// Every mark in its order.
    pub marks: Mutex<Vec<(String, Mail, &'static str)>>,
}

impl Memory {
    pub fn with(outboxes: impl IntoIterator<Item = Outbox>) -> Arc<Self> {
        let memory = Self::default();
        for outbox in outboxes {
            memory.entries.lock().unwrap().insert(outbox.confirmation.clone(), outbox);
        }
        Arc::new(memory)
    }

    pub fn entry(&self, confirmation: &str) -> Outbox {
        self.entries.lock().unwrap()[confirmation].clone()
    }

    fn mark(&self, outbox: &Outbox, mail: Mail, at: Timestamp, how: &'static str) -> Result<(), LedgerError> {
        if *self.marks_fail.lock().unwrap() {
            return Err(LedgerError::Unavailable);
        }
        let mut entries = self.entries.lock().unwrap();
        let entry = entries.get_mut(&outbox.confirmation).unwrap();
        let place = match (mail, how) {
            (Mail::SplitNotice(place), "sent") => &mut entry.notices[place].sent_at,
            (Mail::SplitNotice(place), _) => &mut entry.notices[place].refused_at,
            (Mail::Confirmation, "sent") => &mut entry.confirmation_sent_at,
            (Mail::Intake, "sent") => &mut entry.intake_sent_at,
            (Mail::Confirmation, _) => &mut entry.confirmation_refused_at,
            (Mail::Intake, _) => &mut entry.intake_refused_at,
        };
        *place = Some(at.to_string());
        self.marks.lock().unwrap().push((outbox.confirmation.clone(), mail, how));
        Ok(())
    }
}

impl OutboxLedger for Memory {
    async fn undelivered(&self, before: Timestamp, limit: usize) -> Result<Vec<Outbox>, LedgerError> {
        let entries = self.entries.lock().unwrap();
        let waits = |outbox: &&Outbox| {
            Mail::of(outbox).any(|mail| mail.is_awaited(outbox))
                && outbox.submitted_at.parse::<Timestamp>().is_ok_and(|at| at < before)
        };
        Ok(entries.values().filter(waits).take(limit).cloned().collect())
    }

    async fn current(&self, key: &EntryKey) -> Result<Option<Outbox>, LedgerError> {
        if self.unreadable.lock().unwrap().contains(&key.confirmation) {
            return Err(LedgerError::Unreadable);
        }
        Ok(self
            .entries
            .lock()
            .unwrap()
            .get(&key.confirmation)
            .filter(|outbox| outbox.submitted_at == key.submitted_at)
            .cloned())
    }

    async fn mark_sent(&self, outbox: &Outbox, mail: Mail, at: Timestamp) -> Result<(), LedgerError> {
        self.mark(outbox, mail, at, "sent")
    }

    async fn mark_refused(&self, outbox: &Outbox, mail: Mail, at: Timestamp) -> Result<(), LedgerError> {
        self.mark(outbox, mail, at, "refused")
    }
}

pub fn now() -> Timestamp {
    "2026-11-22T18:00:00Z".parse().unwrap()
}

/// Mail settings with a way to send.
pub fn mail_settings(transport: &str) -> MailSettings {
    MailSettings::read(|name| {
        let value = match name {
            "TTW_MAIL_FROM" => "Ticket Portal <no-reply@portal.example>",
            "TTW_MAIL_INTAKE_TO" => "intake@program-manager.example",
            "TTW_MAIL_TRANSPORT" => transport,
            _ => return None,
        };
        Some(value.to_owned())
    })
    .unwrap()
}

/// A new folder, and a post that puts its mail there.
pub fn folder_post() -> (Folder, Arc<Post>) {
    static FOLDERS: AtomicU32 = AtomicU32::new(0);
    let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
    let folder = Folder(std::env::temp_dir().join(format!("ttw-mail-{}-{number}", std::process::id())));
    let post = Post::new(mail_settings(&format!("folder:{}", folder.0.display())));
    (folder, Arc::new(post))
}

/// Removed with everything in it at the end of the test.
pub struct Folder(pub PathBuf);

impl Folder {
    /// Names and bytes of the files, by name.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let Ok(files) = std::fs::read_dir(&self.0) else { return BTreeMap::new() };
        files
            .map(|file| file.unwrap().path())
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
            .collect()
    }

    pub fn clear(&self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        self.clear();
    }
}
