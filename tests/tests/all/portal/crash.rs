//! The portal is killed at every point around the commit and the mails, and goes on from what is left: nothing that was confirmed is
//! lost, nothing is filed twice, every mail is there once.

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::SignedDuration;
use mail_parser::MessageParser;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tokio::runtime::Runtime;
use ttw_portal::settings::DEFAULT_TABLE;
use ttw_tests::crash::{Executioner, Office, Point, plan};

const SIGKILL: i32 = 9;
/// How many lives are lived at once.
const AT_ONCE: usize = 3;
/// Names that would send a child's mail elsewhere.
const MAIL_SETTINGS: [&str; 4] = ["TTW_MAIL_FROM", "TTW_MAIL_INTAKE_TO", "TTW_MAIL_TRANSPORT", "TTW_MAIL_DOMAIN"];

pub(super) type Item = HashMap<String, AttributeValue>;

/// A folder that goes when it is no longer needed; what failed stays.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ttw-crash-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    fn copy_of(&self, name: &str) -> Self {
        let copy = Self::new(name);
        for entry in std::fs::read_dir(&self.0).unwrap().map(Result::unwrap) {
            std::fs::copy(entry.path(), copy.0.join(entry.file_name())).unwrap();
        }
        copy
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

/// A small stream of numbers.
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// What the caller remembers, who outlives the portal.
#[derive(Default)]
struct Caller {
    /// Path and body of each key that was sent.
    asked: BTreeMap<String, (String, String)>,
    /// Every answer to a key.
    answered: BTreeMap<String, BTreeSet<String>>,
}

/// Where a life ends: a point, the how-manieth time, and how many microseconds inside.
type End = (Point, u64, u64);

impl Caller {
    /// One life of the portal. Before anything else the caller sends again what was sent before, with the same keys.
    fn live(&mut self, folder: &Path, hours: usize, seed: u64, end: Option<End>) -> bool {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crash_child"));
        command.arg(folder).args([hours.to_string(), seed.to_string()]);
        if let Some((point, time, after)) = end {
            command.args([point.as_str().to_owned(), time.to_string(), after.to_string()]);
        }
        for name in MAIL_SETTINGS {
            command.env_remove(name);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = self.asked.iter().flat_map(|(key, (path, body))| [key.as_str(), "\t", path, "\t", body, "\n"]);
        let again: String = lines.collect();
        // One that is dead already reads no more.
        let _ = child.stdin.take().unwrap().write_all(again.as_bytes());
        let output = child.wait_with_output().unwrap();
        for line in String::from_utf8(output.stdout).unwrap().split_inclusive('\n') {
            self.hear(line);
        }
        let killed = output.status.signal() == Some(SIGKILL);
        assert!(killed || output.status.success(), "{end:?}: {}", String::from_utf8_lossy(&output.stderr));
        killed
    }

    fn hear(&mut self, line: &str) {
        // What was said of a line when it was killed is not said.
        let Some(line) = line.strip_suffix('\n') else { return };
        let parts: Vec<&str> = line.splitn(4, '\t').collect();
        match parts.as_slice() {
            ["asked", key, path, body] => {
                self.asked.insert((*key).to_owned(), ((*path).to_owned(), (*body).to_owned()));
            }
            ["answered", key, status, answer] => {
                assert_eq!(*status, "201", "{key}: {answer}");
                self.answered.entry((*key).to_owned()).or_default().insert((*answer).to_owned());
            }
            _ => panic!("{line}"),
        }
    }
}

/// Where the first life of a seed ends, so early that it cannot be over before.
fn first_end(point: Point, draws: &mut Draws) -> End {
    match point {
        Point::DuringTransaction => (point, 1 + draws.below(4), draws.below(5_000)),
        Point::DuringMark => (point, 1 + draws.below(6), draws.below(3_000)),
        _ => (point, 1 + draws.below(4), 0),
    }
}

/// The lives of one seed. How many forms were confirmed when the first one ended.
fn lives(template: &Folder, point: Point, seed: u64) -> usize {
    let folder = template.copy_of(&format!("{}-{seed}", point.as_str()));
    let mut draws = Draws(seed.wrapping_mul(1_000_003) ^ point as u64);
    let mut caller = Caller::default();
    let end = first_end(point, &mut draws);
    assert!(caller.live(&folder.0, 0, seed, Some(end)), "seed {seed}: {end:?} was not reached");
    let confirmed = caller.answered.len();
    // One in three does not survive its recovery either.
    if draws.below(3) == 0 {
        let other = Point::ALL[usize::try_from(draws.below(11)).unwrap()];
        let end = first_end(other, &mut draws);
        caller.live(&folder.0, 1, seed, Some(end));
    }
    assert!(!caller.live(&folder.0, 2, seed, None));
    let what = format!("{} with seed {seed}", point.as_str());
    Runtime::new().unwrap().block_on(check(&folder.0, seed, &caller, &what));
    confirmed
}

/// What is on file and in the mail is what the caller was told, once.
async fn check(folder: &Path, seed: u64, caller: &Caller, what: &str) {
    let office = Office::open(folder, 3, &Executioner::none()).await.unwrap();
    let papers = plan(&office.world, seed);
    let mut numbers = BTreeSet::new();
    for paper in &papers {
        let answers = &caller.answered[&paper.key];
        assert_eq!(answers.len(), 1, "{what}: {} has one answer, however often it is asked", paper.key);
        let number = number_of(answers.first().unwrap());
        let (status, found) = office.get(&format!("{}/{number}", paper.path)).await.unwrap();
        assert_eq!(status, 200, "{what}: {found}");
        assert_eq!(number_of(&found), number, "{what}");
        assert!(numbers.insert(number), "{what}: a number for each form");
    }
    check_table(&office, &numbers, what).await;
    check_mail(&folder.join("mail"), &numbers, what);
    let later = office.now() + SignedDuration::from_hours(1);
    assert!(office.store.undelivered(later, 10).await.unwrap().is_empty(), "{what}");
}

fn number_of(answer: &str) -> String {
    let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
    answer["confirmation"].as_str().unwrap().to_owned()
}

/// Everything that is written of a form is there once for each number, and for no other.
async fn check_table(office: &Office, numbers: &BTreeSet<String>, what: &str) {
    let items = items(office).await;
    let of = |partition: &str, sort: &str| -> Vec<&Item> {
        let begins = |item: &Item, name: &str, beginning: &str| item[name].as_s().unwrap().starts_with(beginning);
        items.iter().filter(|item| begins(item, "PK", partition) && begins(item, "SK", sort)).collect()
    };
    let text = |item: &Item, name: &str| item.get(name).map(|value| value.as_s().unwrap().clone());
    for (partition, sort) in [("EIN#", "SUB#"), ("OUTBOX#", ""), ("AUDIT#", ""), ("IDEM#", "")] {
        let found: Vec<_> = of(partition, sort).iter().filter_map(|item| text(item, "confirmation")).collect();
        assert_eq!(found.len(), numbers.len(), "{what}: {partition}{sort}");
        assert_eq!(&found.into_iter().collect::<BTreeSet<_>>(), numbers, "{what}: {partition}{sort}");
    }
    assert_eq!(of("CONF#", "CONF").len(), numbers.len(), "{what}");
    assert_eq!(of("CONF#", "DECISION").len(), numbers.len(), "{what}");
    // Each payment request holds its month and its payment.
    assert_eq!(of("UNIQ#", "").len(), 4, "{what}");
    // Two requests, an inquiry about one person and one about six.
    let filed: Vec<_> = of("PERSON#", "FILED#").iter().filter_map(|item| text(item, "confirmation")).collect();
    assert_eq!(filed.len(), 9, "{what}");
    assert!(filed.iter().all(|number| numbers.contains(number)), "{what}");
    for entry in of("OUTBOX#", "") {
        assert!(text(entry, "confirmation_sent_at").is_some() && text(entry, "intake_sent_at").is_some(), "{what}");
        assert!(!entry.contains_key("undelivered") && entry.contains_key("expires_at"), "{what}");
        assert!(!entry.contains_key("confirmation_refused_at") && !entry.contains_key("intake_refused_at"), "{what}");
    }
}

pub(super) async fn items(office: &Office) -> Vec<Item> {
    let pages = office.client.scan().table_name(DEFAULT_TABLE).into_paginator().items().send();
    pages.collect::<Result<_, _>>().await.unwrap()
}

/// Two whole mails for each number, and no other.
fn check_mail(folder: &Path, numbers: &BTreeSet<String>, what: &str) {
    let mut ids = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        // A draft that was being written stays under a name that no mail has.
        if entry.extension().is_none_or(|ending| ending != "eml") {
            continue;
        }
        let bytes = std::fs::read(&entry).unwrap();
        let mail = MessageParser::new().parse(&bytes).unwrap();
        let id = mail.message_id().unwrap().to_owned();
        assert_eq!(entry.file_stem().unwrap().to_str(), Some(&*id), "{what}");
        let number = id.split('.').next().unwrap();
        assert!(mail.body_text(0).unwrap().contains(number), "{what}: {id}");
        let end = format!("--ttw-{}--\r\n", id.split('@').next().unwrap().replace('.', "-"));
        assert!(bytes.ends_with(end.as_bytes()), "{what}: {id} is whole");
        ids.push(id);
    }
    ids.sort();
    let both = |number: &String| {
        [format!("{number}.confirmation@localhost.example"), format!("{number}.intake@localhost.example")]
    };
    let mut expected: Vec<String> = numbers.iter().flat_map(both).collect();
    expected.sort();
    assert_eq!(ids, expected, "{what}");
}

#[test]
fn whatever_kills_the_portal_nothing_confirmed_is_lost_and_nothing_is_there_twice() {
    let seeds = if super::is_full() { 50 } else { 2 };
    let began = Instant::now();
    let template = Folder::new("template");
    Runtime::new().unwrap().block_on(async {
        Office::open(&template.0, 0, &Executioner::none()).await.unwrap();
    });
    let all: Vec<(Point, u64)> =
        (1..=seeds).flat_map(|seed| Point::ALL.into_iter().map(move |point| (point, seed))).collect();
    let (next, confirmed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((point, seed)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    confirmed.fetch_add(lives(&template, *point, *seed), Ordering::Relaxed);
                }
            });
        }
    });
    let confirmed = confirmed.into_inner();
    // Else nothing could have been lost.
    assert!(confirmed >= all.len() / 2, "{confirmed} forms were confirmed before {} crashes", all.len());
    println!("{} crashes after {confirmed} confirmations in {:?}", all.len(), began.elapsed());
}
