use crate::memory::{Memory, folder_post, now};
use crate::outboxes;
use notify::{Mail, Outcome, Report};
use ttw_portal::outbox::Outbox;

const NAMES: [&str; 2] =
    ["06HX-2N4K-7QRT-9WZ2.confirmation@portal.example.eml", "06HX-2N4K-7QRT-9WZ2.intake@portal.example.eml"];

#[tokio::test]
async fn each_mail_is_sent_and_marked_once() {
    let (folder, post) = folder_post();
    let ledger = Memory::with([outboxes::inquiry()]);
    let report = post.deliver(ledger.as_ref(), &outboxes::inquiry(), now()).await;
    assert_eq!(report, Report { mails: vec![Outcome::Sent, Outcome::Sent] });
    assert_eq!(folder.files().keys().collect::<Vec<_>>(), NAMES);
    let marks: Vec<_> = ledger.marks.lock().unwrap().iter().map(|(_, mail, how)| (*mail, *how)).collect();
    assert_eq!(marks, [(Mail::Confirmation, "sent"), (Mail::Intake, "sent")]);

    let entry = ledger.entry("06HX-2N4K-7QRT-9WZ2");
    assert_eq!(entry.intake_sent_at.as_deref(), Some("2026-11-22T18:00:00Z"));
    folder.clear();
    let report = post.deliver(ledger.as_ref(), &entry, now()).await;
    assert_eq!(report, Report { mails: vec![Outcome::NotAwaited, Outcome::NotAwaited] });
    assert!(folder.files().is_empty());
}

#[tokio::test]
async fn a_repeat_puts_the_same_file_in_its_place() {
    let (folder, post) = folder_post();
    let ledger = Memory::with([outboxes::inquiry()]);
    post.deliver(ledger.as_ref(), &outboxes::inquiry(), now()).await;
    let first = folder.files();
    post.deliver(ledger.as_ref(), &outboxes::inquiry(), now()).await;
    assert_eq!(folder.files(), first);
    assert_eq!(first.len(), 2);
}

#[tokio::test]
async fn a_bad_address_is_given_up_and_the_intake_mail_goes_out() {
    let (folder, post) = folder_post();
    let outbox = Outbox { submitter_email: "nobody".to_owned(), ..outboxes::inquiry() };
    let ledger = Memory::with([outbox.clone()]);
    let report = post.deliver(ledger.as_ref(), &outbox, now()).await;
    let refused = Outcome::Refused("address_unreadable".to_owned());
    assert_eq!(report, Report { mails: vec![refused, Outcome::Sent] });
    assert!(report.is_settled());
    let entry = ledger.entry("06HX-2N4K-7QRT-9WZ2");
    assert_eq!((entry.confirmation_sent_at.is_none(), entry.confirmation_refused_at.is_some()), (true, true));
    assert_eq!(folder.files().keys().collect::<Vec<_>>(), NAMES[1..].iter().collect::<Vec<_>>());
    assert!(Mail::of(&entry).all(|mail| !mail.is_awaited(&entry)));
}

#[tokio::test]
async fn each_provider_has_its_own_notice_and_one_that_fails_keeps_none_back() {
    let (folder, post) = folder_post();
    let mut outbox = outboxes::shared();
    outbox.notices[0].email = "nobody".to_owned();
    let ledger = Memory::with([outbox.clone()]);
    let report = post.deliver(ledger.as_ref(), &outbox, now()).await;
    let refused = Outcome::Refused("address_unreadable".to_owned());
    assert_eq!(report, Report { mails: vec![Outcome::Sent, Outcome::Sent, refused, Outcome::Sent] });
    assert!(folder.files().contains_key("06HX-2N4K-7QRT-9WZ9.split@portal.example.eml"));
    let entry = ledger.entry("06HX-2N4K-7QRT-9WZ1");
    let fates = |place: usize| (entry.notices[place].sent_at.is_some(), entry.notices[place].refused_at.is_some());
    assert_eq!((fates(0), fates(1)), ((false, true), (true, false)));
    assert!(Mail::of(&entry).all(|mail| !mail.is_awaited(&entry)));
}

#[tokio::test]
async fn a_mail_that_cannot_be_marked_is_still_waited_for() {
    let (folder, post) = folder_post();
    let ledger = Memory::with([outboxes::inquiry()]);
    *ledger.marks_fail.lock().unwrap() = true;
    let report = post.deliver(ledger.as_ref(), &outboxes::inquiry(), now()).await;
    let failed = || Outcome::Failed("not_marked".to_owned());
    assert_eq!(report, Report { mails: vec![failed(), failed()] });
    assert!(!report.is_settled());
    assert_eq!(folder.files().len(), 2);
}

#[tokio::test]
async fn a_folder_that_takes_nothing_is_tried_again() {
    let (folder, post) = folder_post();
    std::fs::write(&folder.0, "a file stands in its place").unwrap();
    let ledger = Memory::with([outboxes::inquiry()]);
    let report = post.deliver(ledger.as_ref(), &outboxes::inquiry(), now()).await;
    assert_eq!(report.mails[1], Outcome::Failed("folder_unwritable".to_owned()));
    assert!(ledger.marks.lock().unwrap().is_empty());
    std::fs::remove_file(&folder.0).unwrap();
    let report = post.deliver(ledger.as_ref(), &outboxes::inquiry(), now()).await;
    assert!(report.is_settled());
    assert_eq!(folder.files().len(), 2);
}
