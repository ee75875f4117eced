use crate::memory::mail_settings;
use crate::outboxes;
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders};
use notify::{Letter, Mail, MailSettings, Stationery, Unwritable};
use ttw_portal::outbox::Outbox;

pub fn stationery() -> Stationery {
    let MailSettings { from, intake_to, domain, .. } = mail_settings("ses");
    Stationery::new(from, intake_to, domain)
}

fn write(mail: Mail, outbox: &Outbox) -> Letter {
    stationery().write(mail, outbox).unwrap()
}

/// The letter as a mail program reads it: subject, text, HTML.
fn read(letter: &Letter) -> (Message<'_>, String, String) {
    let message = MessageParser::default().parse(&letter.bytes).unwrap();
    assert_eq!(message.text_body_count(), 1);
    assert_eq!(message.html_body_count(), 1);
    let (text, html) = (message.body_text(0).unwrap().into_owned(), message.body_html(0).unwrap().into_owned());
    (message, text.replace("\r\n", "\n"), html.replace("\r\n", "\n"))
}

fn header<'m>(message: &'m Message<'_>, name: &'static str) -> &'m str {
    message.header(name).and_then(HeaderValue::as_text).unwrap_or_else(|| panic!("{name}"))
}

/// Runs of nine digits, and numbers written with the hyphens of an SSN.
fn nine_digits(text: &str) -> Vec<String> {
    let numbers = text.split(|c: char| !c.is_ascii_digit() && c != '-').map(|number| number.trim_matches('-'));
    let is_ssn = |number: &&str| {
        let parts: Vec<usize> = number.split('-').map(str::len).collect();
        parts == [3, 2, 4] || parts.contains(&9)
    };
    numbers.filter(is_ssn).map(str::to_owned).collect()
}

fn headers_of(letter: &Letter) -> String {
    let text = String::from_utf8(letter.bytes.clone()).unwrap();
    text.split_once("\r\n\r\n").unwrap().0.to_owned()
}

#[test]
fn both_mails_of_every_form_have_their_headers_and_both_alternatives() {
    for outbox in outboxes::all() {
        for mail in Mail::of(&outbox) {
            let letter = write(mail, &outbox);
            let (message, text, html) = read(&letter);
            let id = format!("{}.{}@portal.example", outbox.confirmation, mail.as_str());
            assert_eq!(message.message_id(), Some(id.as_str()));
            assert_eq!(letter.message_id, id);
            assert_eq!(message.header("Original-Message-ID").unwrap().as_text().unwrap(), format!("<{id}>"));
            assert_eq!(message.date().unwrap().to_rfc3339(), "2026-03-09T03:07:09Z");
            assert_eq!(header(&message, "X-Request-Id"), outbox.request_id);
            assert_eq!(header(&message, "Auto-Submitted"), "auto-generated");
            let from = message.from().unwrap().first().unwrap();
            assert_eq!((from.name(), from.address()), (Some("Ticket Portal"), Some("no-reply@portal.example")));
            let content = message.content_type().unwrap();
            assert_eq!((content.ctype(), content.subtype()), ("multipart", Some("alternative")));
            assert!(text.contains(&outbox.confirmation) && html.contains(&outbox.confirmation));
            let longest = letter.bytes.split(|byte| *byte == b'\n').map(<[u8]>::len).max().unwrap();
            assert!(longest < 998, "{longest}");
        }
    }
}

#[test]
fn the_confirmation_says_who_when_and_which_form() {
    let outbox = outboxes::inquiry();
    let letter = write(Mail::Confirmation, &outbox);
    let (message, text, _) = read(&letter);
    assert_eq!(message.subject(), Some("Confirmation of Earnings Inquiry Request 06HX-2N4K-7QRT-9WZ2"));
    let to = message.to().unwrap().first().unwrap();
    assert_eq!((to.name(), to.address()), (Some("Ann Lee"), Some("ann@en.example")));
    assert_eq!(
        text.trim_end(),
        "Your Earnings Inquiry Request was received.\n\n\
         Submitted by            : Ann Lee\n\
         Submitted on            : 03/08/2026 11:07 PM EDT\n\
         Form                    : Earnings Inquiry Request\n\
         Confirmation Number     : 06HX-2N4K-7QRT-9WZ2\n\
         Number of Beneficiaries : 2\n\
         Rules Version           : 2026.1\n\
         Request Id              : c6af9ac6-7b61-11e6-9a41-93e8deadbeef\n\n\
         Please quote the confirmation number whenever you ask about this request.\n\
         Do not send a Social Security number by mail."
    );
}

#[test]
fn the_intake_mail_has_the_layout_of_the_portal_guide() {
    let letter = write(Mail::Intake, &outboxes::inquiry());
    let (message, text, html) = read(&letter);
    assert_eq!(message.subject(), Some("Request for Earnings Inquiry Request"));
    assert_eq!(message.to().unwrap().first().unwrap().address(), Some("intake@program-manager.example"));
    assert_eq!(
        text.trim_end(),
        "Earnings Inquiry Request\n\n\
         Submitter's Name    : Ann Lee\n\
         EIN                 : 123456789\n\
         EN Name             : Bridge to Work\n\
         Submitter's Title   : Manager\n\
         Date of Request     : 03/08/2026\n\
         Confirmation Number : 06HX-2N4K-7QRT-9WZ2\n\n\
         Earnings Info of Beneficiaries\n\n\
         SSN          Date of Assignment\n\
         -----------  ------------------\n\
         ***-**-3456  08/31/2010\n\
         ***-**-6543  01/04/2011"
    );
    let labels = ["Submitter's Name", "EIN", "EN Name", "Submitter's Title", "Date of Request", "Confirmation Number"];
    let places: Vec<usize> = labels.iter().map(|label| html.find(&format!(">{label}<")).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(html.contains("<tr><td>***-**-6543</td><td>01&#x2f;04&#x2f;2011</td></tr>"), "{html}");
}

#[test]
fn who_may_share_a_payment_is_told_which_and_by_whom_it_is_asked_for() {
    let outbox = outboxes::shared();
    let letter = write(Mail::SplitNotice(1), &outbox);
    let (message, text, html) = read(&letter);
    assert_eq!(message.subject(), Some("Possible Split Payment"));
    assert_eq!(message.message_id(), Some("06HX-2N4K-7QRT-9WZ9.split@portal.example"));
    let to = message.to().unwrap().first().unwrap();
    assert_eq!((to.name(), to.address()), (Some("Bo Ray"), Some("bo@other.example")));
    assert!(
        text.starts_with(
            "Several Employment Networks have held this ticket, and may share a payment that one of them has asked for.\n\n\
             Ticket          : T-17\n\
             Payment         : p1m1\n\
             Claim Month     : 2025-09\n\
             Requested by    : Bridge to Work\n\
             Date of Request : 03/08/2026\n\
             Sent to         : Harbor Careers\n"
        ),
        "{text}"
    );
    assert!(text.contains("(SSA-1401)") && html.contains("<td>Harbor Careers</td>"));
    // Nothing by which the request could be asked about, and nobody.
    let all = String::from_utf8(letter.bytes).unwrap();
    assert!(!all.contains(&outbox.confirmation) && !all.contains("3456"), "{all}");
    assert_eq!(write(Mail::SplitNotice(0), &outbox).envelope.to()[0].to_string(), "ann@en.example");
    assert_eq!(stationery().write(Mail::SplitNotice(2), &outbox), Err(Unwritable::Address));
}

#[test]
fn the_day_and_the_zone_are_eastern() {
    let cases = [
        ("2026-03-08T06:59:59Z", "03/08/2026 01:59 AM EST"),
        ("2026-03-08T07:00:00Z", "03/08/2026 03:00 AM EDT"),
        ("2026-11-01T05:59:59Z", "11/01/2026 01:59 AM EDT"),
        ("2026-11-01T06:00:00Z", "11/01/2026 01:00 AM EST"),
        ("2027-01-01T04:59:59.123Z", "12/31/2026 11:59 PM EST"),
    ];
    for (submitted_at, shown) in cases {
        let outbox = Outbox { submitted_at: submitted_at.to_owned(), ..outboxes::inquiry() };
        let (confirmation, intake) = (write(Mail::Confirmation, &outbox), write(Mail::Intake, &outbox));
        assert!(read(&confirmation).1.contains(&format!("Submitted on            : {shown}\n")), "{shown}");
        let day = shown.split(' ').next().unwrap();
        assert!(read(&intake).1.contains(&format!("Date of Request     : {day}\n")), "{day}");
    }
}

#[test]
fn the_confirmation_tells_nothing_of_the_people() {
    for outbox in outboxes::all() {
        let letter = write(Mail::Confirmation, &outbox);
        let (_, text, html) = read(&letter);
        let all = [headers_of(&letter), text, html].concat();
        assert_eq!(nine_digits(&all), Vec::<String>::new());
        assert!(!all.contains(&outbox.ein));
        for cell in outbox.intake.rows.iter().flatten().filter(|cell| cell.len() > 3) {
            assert!(!all.contains(cell.trim_start_matches("***-**-")), "{cell}");
        }
    }
}

#[test]
fn the_ein_is_the_only_nine_digit_number_of_an_intake_mail() {
    for mut outbox in outboxes::all() {
        let unmasked = ["900-12-3456", "900123456", "900 12 3456"];
        outbox.intake.rows[0].extend(unmasked.map(str::to_owned));
        outbox.intake.columns.extend(["A", "B", "900-12-3456"].map(str::to_owned));
        outbox.en_name = "Bridge 900123456".to_owned();
        outbox.submitter_title = "900-12-3456".to_owned();
        outbox.form_name.push_str(" 900-12-3456");
        let letter = write(Mail::Intake, &outbox);
        let (_, text, html) = read(&letter);
        assert_eq!(nine_digits(&headers_of(&letter)), Vec::<String>::new());
        for shown in [text, html] {
            assert_eq!(nine_digits(&shown), ["123456789"]);
            assert!(shown.contains("***-**-3456"));
        }
    }
}

#[test]
fn names_cannot_add_headers_or_lines() {
    let names = [
        ("Ann\r\nBcc: thief@example.com\r\n\r\nbody", "Ann Bcc: thief@example.com body"),
        ("Ann \"the Boss\" Lee, <x@example.com>;", "Ann \"the Boss\" Lee, <x@example.com>;"),
        ("Zoë Müller-Ōta 李", "Zoë Müller-Ōta 李"),
        ("Ann\u{2028}Lee\u{0}\u{202E}", "Ann Lee"),
    ];
    for (name, shown) in names {
        let mut outbox = outboxes::shared();
        for field in [&mut outbox.submitter_name, &mut outbox.submitter_title, &mut outbox.en_name] {
            name.clone_into(field);
        }
        for notice in &mut outbox.notices {
            name.clone_into(&mut notice.name);
            name.clone_into(&mut notice.en_name);
        }
        outbox.intake.rows[0][1] = name.to_owned();
        outbox.request_id = "r\r\nBcc: y@example.com".to_owned();
        for mail in Mail::of(&outbox) {
            let letter = write(mail, &outbox);
            let (message, text, _) = read(&letter);
            assert!(letter.bytes.is_ascii());
            assert!(message.bcc().is_none() && message.cc().is_none());
            assert_eq!(message.to().unwrap().iter().count(), 1);
            assert_eq!(letter.envelope.to().len(), 1);
            assert_eq!(header(&message, "X-Request-Id"), "rBccyexample.com");
            assert!(text.lines().any(|line| line.ends_with(&format!(": {shown}"))), "{text}");
            if mail != Mail::Intake {
                assert_eq!(message.to().unwrap().first().unwrap().name(), Some(shown));
            }
        }
    }
}

#[test]
fn html_shows_what_others_wrote_as_text() {
    let mut outbox = outboxes::inquiry();
    outbox.en_name = "<script>alert('x')</script> & Sons".to_owned();
    outbox.intake.rows[0][1] = "<b>bold</b>".to_owned();
    let letter = write(Mail::Intake, &outbox);
    let (_, text, html) = read(&letter);
    assert!(!html.contains("<script>") && !html.contains("<b>"));
    assert!(html.contains("&lt;script&gt;") && html.contains("&amp; Sons"));
    assert!(text.contains("<script>alert('x')</script> & Sons"));
}

#[test]
fn the_same_entry_gives_the_same_bytes_and_the_two_mails_differ() {
    let outbox = outboxes::inquiry();
    for mail in Mail::of(&outbox) {
        assert_eq!(write(mail, &outbox), write(mail, &outbox));
    }
    assert_ne!(write(Mail::Confirmation, &outbox).message_id, write(Mail::Intake, &outbox).message_id);
    let sent = Outbox { intake_sent_at: Some("2026-03-09T03:08:00Z".to_owned()), ..outbox.clone() };
    assert_eq!(write(Mail::Confirmation, &outbox), write(Mail::Confirmation, &sent));
}

#[test]
fn an_entry_that_makes_no_mail_says_why() {
    let stationery = stationery();
    let entry = outboxes::inquiry;
    let address = |text: &str| Outbox { submitter_email: text.to_owned(), ..entry() };
    for text in
        ["", "ann", "ann@", "Ann <ann@en.example>", "a@en.example\r\nBcc: b@en.example", "a@x.example, b@x.example"]
    {
        assert_eq!(stationery.write(Mail::Confirmation, &address(text)), Err(Unwritable::Address), "{text}");
        assert!(stationery.write(Mail::Intake, &address(text)).is_ok());
    }
    for text in ["", "a b", "a\r\nb", "../x", "é", &"A".repeat(41)] {
        let outbox = Outbox { confirmation: text.to_owned(), ..entry() };
        assert_eq!(stationery.write(Mail::Intake, &outbox), Err(Unwritable::Confirmation), "{text}");
    }
    let outbox = Outbox { submitted_at: "yesterday".to_owned(), ..entry() };
    assert_eq!(stationery.write(Mail::Intake, &outbox), Err(Unwritable::SubmittedAt));
}
