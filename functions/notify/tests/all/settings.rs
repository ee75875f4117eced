use notify::MailSettings;

fn read(pairs: &[(&str, &str)]) -> Result<MailSettings, Vec<String>> {
    MailSettings::read(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
}

fn with_transport(transport: &str) -> Result<MailSettings, Vec<String>> {
    read(&[
        ("TTW_MAIL_FROM", "a@portal.example"),
        ("TTW_MAIL_INTAKE_TO", "b@c.example"),
        ("TTW_MAIL_TRANSPORT", transport),
    ])
}

#[test]
fn everything_wrong_is_said_at_once() {
    assert_eq!(read(&[]).unwrap_err().len(), 3);
    let problems = read(&[
        ("TTW_MAIL_FROM", "nobody"),
        ("TTW_MAIL_INTAKE_TO", "a b"),
        ("TTW_MAIL_DOMAIN", "x\r\ny"),
        ("TTW_MAIL_TRANSPORT", "pigeon"),
    ])
    .unwrap_err();
    let names = ["TTW_MAIL_FROM", "TTW_MAIL_INTAKE_TO", "TTW_MAIL_DOMAIN", "TTW_MAIL_TRANSPORT"];
    assert_eq!(problems.len(), names.len());
    assert!(problems.iter().zip(names).all(|(problem, name)| problem.starts_with(name)), "{problems:?}");
}

#[test]
fn the_domain_is_the_senders_unless_given() {
    assert_eq!(with_transport("ses").unwrap().domain, "portal.example");
    let given = read(&[
        ("TTW_MAIL_FROM", "Portal <a@portal.example>"),
        ("TTW_MAIL_INTAKE_TO", "b@c.example"),
        ("TTW_MAIL_DOMAIN", "mail.example"),
        ("TTW_MAIL_TRANSPORT", "folder:target/mail"),
    ]);
    assert_eq!(given.unwrap().domain, "mail.example");
}

#[test]
fn without_tls_mail_stays_on_this_machine() {
    let fit = [
        "ses",
        "folder:mail",
        "smtps://mail.example",
        "smtps://user:p%40ss@mail.example:465",
        "smtp://mail.example:587?tls=required",
        "smtp://localhost:1025",
        "smtp://127.0.0.1:1025",
        "smtp://[::1]:1025",
    ];
    for transport in fit {
        assert!(with_transport(transport).is_ok(), "{transport}");
    }
    let unfit = [
        "",
        "SES",
        "folder:",
        "https://mail.example",
        "smtp://",
        "smtp://mail.example",
        "smtp://mail.example?tls=opportunistic",
        "smtp://localhost@mail.example",
        "smtp://localhost.example",
        "smtp://mail.example/localhost",
        "smtp://mail.example?x=1&tls=required",
    ];
    for transport in unfit {
        assert_eq!(with_transport(transport).unwrap_err().len(), 1, "{transport}");
    }
}

#[test]
fn a_password_is_never_shown() {
    let settings = with_transport("smtps://user:hunter2@mail.example").unwrap();
    assert!(!format!("{settings:?}").contains("hunter2"));
    for transport in ["smtp://user:hunter2@mail.example", "smtps://user:hunter2@mail.example:port"] {
        assert!(!with_transport(transport).unwrap_err().concat().contains("hunter2"));
    }
}
