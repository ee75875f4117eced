//! Nobody's number gets out: after many mixed requests none is in what is logged, measured, mailed, answered or kept, however it is
//! written; and the same search finds every one that is put there.

mod needles;
mod traffic;

use super::drafts::{record, ssn, submission};
use super::{Answer, House, get, now, post};
use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::routing::get as route;
use jiff::{SignedDuration, Timestamp};
use lambda_http::tracing::subscriber::util::SubscriberInitExt;
use lambda_http::tracing::{error, info};
use mail_parser::MessageParser;
use needles::{Needles, WRITINGS, spellings};
use notify::{MailSettings, Post};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use sweep::SweepSettings;
use traffic::{Dice, Senders, hyphened};
use ttw_core::domain::Ein;
use ttw_portal::telemetry;

/// Requests of a run, and of a run at full size.
const REQUESTS: (usize, usize) = (1_200, 20_000);
const SEED: u64 = 20_261_115;
/// The folder of the mails.
const MAIL: &str = "mail";
const HELD: usize = 40;
const FREE: usize = 40;
const UNKNOWN: usize = 40;

/// Where bytes go that are looked through later.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Everything that leaves the system, by how it leaves.
type Channels = BTreeMap<&'static str, Vec<u8>>;

/// What was answered so far.
#[derive(Default)]
struct Answers {
    channels: Channels,
    statuses: BTreeMap<u16, usize>,
}

impl Answers {
    fn take(&mut self, answer: &Answer) {
        *self.statuses.entry(answer.status.as_u16()).or_default() += 1;
        let body = if answer.status.is_success() { "success bodies" } else { "error bodies" };
        self.keep(body, &answer.body);
        for (name, value) in &answer.headers {
            self.keep("headers", &[name.as_str().as_bytes(), b": ", value.as_bytes()].concat());
        }
    }

    fn keep(&mut self, channel: &'static str, bytes: &[u8]) {
        let held = self.channels.entry(channel).or_default();
        held.extend(bytes);
        held.push(b'\n');
    }
}

/// Nine digits from a place, of a test person whom the world does not have.
fn number(place: usize) -> String {
    format!("{}{:02}{:04}", 981 + place % 17, 11 + place % 80, 1017 + 61 * place)
}

async fn senders(house: &House) -> Senders {
    let mut numbers: Vec<String> = (0..HELD + FREE + UNKNOWN).map(number).collect();
    for (place, number) in numbers.iter().enumerate().take(HELD + FREE) {
        let provider = match place {
            _ if place < HELD / 2 => Some(("EN-HARBOR", "en")),
            _ if place < HELD => Some(("VR-CEDAR", "state_vr_as_en")),
            _ => None,
        };
        house.store.put_person(&ssn(number), &record(provider).to_string()).await.unwrap();
    }
    let world = house.world.people.iter().map(|person| String::from_utf8(person.ssn.expose().to_vec()).unwrap());
    numbers.extend(world);
    let token = |subject: &str, kind| (house.token(subject), kind);
    let tokens =
        vec![token("harbor-signatory", "en"), token("cedar-signatory", "state_vr_as_en"), token("program-manager", "")];
    Senders { tokens, numbers, held: HELD, free: FREE }
}

/// Reviews a right form and submits it as it was shown; the answers of both.
async fn filed(house: &House, senders: &Senders, dice: &mut Dice) -> Vec<Answer> {
    let (path, sender, draft) = senders.right(dice);
    let token = &senders.tokens[sender].0;
    let shown = house.ask(post(&format!("{path}/review"), token, &draft)).await;
    if shown.status != StatusCode::OK {
        return vec![shown];
    }
    let review = shown.json();
    let mut body = draft;
    body["review_token"] = review["review_token"].clone();
    let warnings = review["warnings"].as_array().unwrap().iter().map(|one| one["code"].clone());
    body["acknowledged_warnings"] = warnings.collect();
    let key = format!("right-{}", dice.below(usize::MAX));
    let submitted = house.ask(submission(path, token, &key, &body)).await;
    let number = submitted.json()["confirmation"].as_str().map(str::to_owned);
    let mut answers = vec![shown, submitted];
    let one = number.as_ref().map(|number| format!("{path}/{number}"));
    for path in [Some(path.to_owned()), one].into_iter().flatten() {
        answers.push(house.ask(get(&path, token)).await);
    }
    if let Some(number) = number.filter(|_| path == "/v1/payment-requests") {
        let manager = &senders.tokens[2].0;
        let evidence = json!({"version": 1, "kind": "pay_statements", "pages": 1, "legible": true});
        for request in [
            get(&format!("{path}/{number}/cover-sheet"), token),
            get(&format!("/v1/work-cases/{number}"), manager),
            post(&format!("/v1/work-cases/{number}/evidence"), manager, &evidence),
            post(&format!("/v1/work-cases/{number}/decision"), manager, &json!({"version": 2, "action": "pay"})),
        ] {
            answers.push(house.ask(request).await);
        }
    }
    answers
}

fn post_office(transport: &str) -> Arc<Post> {
    let settings = MailSettings::read(|name| match name {
        "TTW_MAIL_FROM" => Some("Ticket Portal <portal@localhost.example>".to_owned()),
        "TTW_MAIL_INTAKE_TO" => Some("intake@localhost.example".to_owned()),
        "TTW_MAIL_TRANSPORT" => Some(transport.to_owned()),
        _ => None,
    });
    Arc::new(Post::new(settings.unwrap()))
}

/// Mail goes out: first to a place that does not take it, then to a folder.
async fn deliver(house: &House, folder: &Path) -> usize {
    let store = Arc::new(house.table_of("sweep"));
    let settings = SweepSettings { after: SignedDuration::ZERO, ..SweepSettings::default() };
    let later: Timestamp = now() + SignedDuration::from_mins(1);
    let blocked = house.folder().join("blocked");
    std::fs::write(&blocked, "a file, not a folder").unwrap();
    let failed = sweep::run(&post_office(&format!("folder:{}", blocked.display())), &store, settings, later).await;
    assert!(failed.unwrap().failed > 0);
    let office = post_office(&format!("folder:{}", folder.display()));
    let mut sent = 0;
    loop {
        let summary = sweep::run(&office, &store, settings, later).await.unwrap();
        assert_eq!((summary.failed, summary.refused), (0, 0));
        sent += summary.sent;
        if !summary.more {
            return sent;
        }
    }
}

/// What a batch of the stream's records gives back that cannot be read or delivered: what the dead letters are made of.
async fn dead_letters(house: &House, numbers: &[String]) -> Vec<u8> {
    let office = post_office(&format!("folder:{}", house.folder().join("blocked").display()));
    let records = numbers.iter().enumerate().map(|(place, number)| {
        let key = format!("{number}#{}", hyphened(number));
        let keys = if place % 2 == 0 { json!({"PK": {"S": "OUTBOX#1"}, "SK": {"S": number}}) } else { json!({"PK": {"S": key}, "SK": 1}) };
        json!({
            "eventID": place.to_string(), "eventName": "INSERT", "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
            "dynamodb": {
                "SequenceNumber": (1000 + place).to_string(), "Keys": keys,
                "NewImage": {"PK": {"S": "OUTBOX#1"}, "rows": {"S": hyphened(number)}}, "StreamViewType": "NEW_IMAGE"
            }
        })
    });
    let event = json!({ "Records": records.collect::<Vec<Value>>() });
    let report = notify::stream::handle(&office, &Arc::new(house.table_of("notify")), event, now()).await.unwrap();
    assert_eq!(report.batch_item_failures.len(), numbers.len());
    let unreadable = notify::stream::handle(&office, &Arc::new(house.table_of("notify")), json!(numbers), now()).await;
    format!("{}\n{:?}", serde_json::to_string(&report).unwrap(), unreadable.unwrap_err()).into_bytes()
}

/// The mails, as files and as they are read.
fn mails(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let mail = MessageParser::default().parse(&bytes).unwrap();
        all.extend(path.to_string_lossy().bytes());
        all.extend(&bytes);
        for part in &mail.parts {
            all.extend(part.contents());
        }
        all.extend(mail.subject().unwrap_or_default().bytes());
        all.push(b'\n');
    }
    all
}

/// The files of the table: the database, and what is written ahead of it.
fn database(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let own = files.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("table.db"));
    own.flat_map(|path| std::fs::read(path).unwrap()).collect()
}

/// The times in the metrics, which are of the machine's clock and have thirteen digits, are left out.
fn timeless(metrics: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(metrics.to_vec()).unwrap();
    let lines = text.lines().map(|line| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        line["_aws"].as_object_mut().unwrap().remove("Timestamp").unwrap();
        format!("{line}\n")
    });
    lines.collect::<String>().into_bytes()
}

/// Where the subscriber writes.
struct Written {
    logs: Sink,
    metrics: Sink,
}

/// Everything that has left so far, by every channel.
fn everything(house: &House, written: &Written, answers: &Answers) -> Channels {
    let mut channels = answers.channels.clone();
    channels.insert("logs", written.logs.bytes());
    channels.insert("metrics", timeless(&written.metrics.bytes()));
    channels.insert("mail", mails(&house.folder().join(MAIL)));
    channels.insert("database", database(house.folder()));
    channels
}

/// Sends so many requests, a right form among every sixteen.
async fn asked(house: &House, senders: &Senders, requests: usize) -> Answers {
    let mut dice = Dice::new(SEED);
    let mut answers = Answers::default();
    for turn in 0.. {
        let given = match turn % 16 {
            15 => filed(house, senders, &mut dice).await,
            _ => vec![house.ask(senders.request(&mut dice, turn)).await],
        };
        for answer in &given {
            answers.take(answer);
        }
        if answers.statuses.values().sum::<usize>() >= requests {
            break;
        }
    }
    answers
}

#[tokio::test]
async fn nobody_s_number_gets_out_and_one_that_does_is_found() {
    let written = Written { logs: Sink::default(), metrics: Sink::default() };
    let (logs, metrics) = (written.logs.clone(), written.metrics.clone());
    // Where there is but one subscriber, a test beside this one that has none would decide what is recorded here.
    let _second = telemetry::subscriber(io::sink).set_default();
    let _guard = telemetry::subscriber_with_metrics(move || logs.clone(), move || metrics.clone()).set_default();
    let house = House::open().await;
    let senders = senders(&house).await;
    let requests = if std::env::var_os("TTW_FULL").is_some() { REQUESTS.1 } else { REQUESTS.0 };
    let mut answers = asked(&house, &senders, requests).await;
    let delivered = deliver(&house, &house.folder().join(MAIL)).await;
    answers.keep("dead letters", &dead_letters(&house, &senders.numbers[..20]).await);
    was_mixed(&answers.statuses, requests, delivered);

    let needles = Needles::of(&senders.numbers);
    let channels = everything(&house, &written, &answers);
    assert_eq!(channels.len(), 8);
    for (channel, bytes) in &channels {
        assert!(bytes.len() > 500, "{channel} was not looked through");
    }
    let found = channels.iter().filter_map(|(channel, bytes)| Some((channel, needles.first_in(bytes)?)));
    assert_eq!(found.collect::<Vec<_>>(), []);
    assert!(String::from_utf8_lossy(&channels["logs"]).lines().count() >= requests);

    for (writing, name) in WRITINGS.into_iter().enumerate() {
        let number = number(1_000 + writing);
        let leak = Needles::of(std::slice::from_ref(&number));
        for (channel, bytes) in everything(&house, &written, &planted(&house, &number, writing).await) {
            assert_eq!(leak.first_in(&bytes).map(|found| found.0), Some(name), "{channel}");
        }
    }
}

/// The requests did what they were to do: some of every answer, and forms on file.
fn was_mixed(statuses: &BTreeMap<u16, usize>, sent: usize, delivered: usize) {
    assert!(statuses.keys().all(|status| *status < 500), "{statuses:?}");
    for status in [200, 201, 400, 401, 404, 405, 409, 415, 422] {
        assert!(statuses.get(&status).is_some_and(|count| count * 1_000 >= sent), "{status}: {statuses:?}");
    }
    assert!(delivered >= 2 * statuses[&201].min(20), "{delivered} mails, {statuses:?}");
}

/// A number that gets out by every channel, the way something would by a mistake.
async fn planted(house: &House, number: &str, writing: usize) -> Answers {
    let bytes = spellings(number, writing).swap_remove(0);
    let text = String::from_utf8(bytes.clone()).unwrap();
    error!(target: telemetry::TARGET, reason = text.as_str(), "planted");
    let line = json!({ "_aws": {"Timestamp": 1}, "Route": text });
    info!(target: "metrics", line = line.to_string().as_str());
    let letter = [b"From: a@b.example\r\nSubject: x\r\nContent-Type: text/plain\r\n\r\n", &bytes[..]].concat();
    std::fs::write(house.folder().join(MAIL).join(format!("planted-{writing}.eml")), letter).unwrap();
    let mut organization = house.world.providers[0].clone();
    organization.ein = Ein::parse_registry(&format!("13-00000{:02}", writing + 1)).unwrap();
    organization.name = text.as_str().into();
    house.store.put_provider(&organization).await.unwrap();
    let mut answers = Answers::default();
    // A header takes no byte 0; whoever put such a text there would have to escape it.
    let place = HeaderValue::try_from(text.replace('\0', "\\u0000").into_bytes()).unwrap();
    for status in [StatusCode::OK, StatusCode::NOT_FOUND] {
        let answer = (status, [(header::LOCATION, place.clone())], bytes.clone());
        let leak = route(async move || answer);
        let app = ttw_portal::application(Router::new().route("/v1/leak", leak), &[]);
        let request = get("/v1/leak", "");
        answers.take(&House::ask_of(app, request).await);
    }
    answers.keep("dead letters", json!({ "batchItemFailures": [{"itemIdentifier": text}] }).to_string().as_bytes());
    answers
}
