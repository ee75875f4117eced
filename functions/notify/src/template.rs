//! The words of the mails: two templates each, each rendered from its own facts and no others.

use crate::text::{plain, token};
use crate::unwritable::Unwritable;
use jiff::Timestamp;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use std::sync::OnceLock;
use ttw_portal::clock::eastern;
use ttw_portal::outbox::{IntakeTable, Notice, Outbox};

const TEMPLATES: [(&str, &str); 6] = [
    ("confirmation.txt", include_str!("../templates/confirmation.txt")),
    ("confirmation.html", include_str!("../templates/confirmation.html")),
    ("intake.txt", include_str!("../templates/intake.txt")),
    ("intake.html", include_str!("../templates/intake.html")),
    ("split.txt", include_str!("../templates/split.txt")),
    ("split.html", include_str!("../templates/split.html")),
];

/// What a mail says, twice.
pub(crate) struct Words {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The mail to the submitter: who, when, which form, and by which number to ask about it. It sees nothing of the people.
pub(crate) fn confirmation(outbox: &Outbox, submitted: Timestamp) -> Result<Words, Unwritable> {
    let form_name = plain(&outbox.form_name);
    let subject = format!("Confirmation of {form_name} {}", outbox.confirmation);
    let facts = context! {
        subject => &subject,
        form_name,
        submitter_name => plain(&outbox.submitter_name),
        submitted_on => eastern(submitted).strftime("%m/%d/%Y %I:%M %p %Z").to_string(),
        confirmation => &outbox.confirmation,
        beneficiaries => outbox.beneficiaries,
        rules_version => plain(&outbox.rules_version),
        request_id => token(&outbox.request_id),
    };
    words("confirmation", subject, &facts)
}

/// The mail to the program manager, in the layout of the portal guide.
pub(crate) fn intake(outbox: &Outbox, submitted: Timestamp) -> Result<Words, Unwritable> {
    let form_name = plain(&outbox.form_name);
    let subject = format!("Request for {form_name}");
    let (columns, rows) = cells(&outbox.intake);
    let facts = context! {
        subject => &subject,
        form_name,
        submitter_name => plain(&outbox.submitter_name),
        ein => outbox.ein.chars().filter(char::is_ascii_digit).collect::<String>(),
        en_name => plain(&outbox.en_name),
        submitter_title => plain(&outbox.submitter_title),
        date_of_request => eastern(submitted).strftime("%m/%d/%Y").to_string(),
        confirmation => &outbox.confirmation,
        heading => plain(&outbox.intake.heading),
        lines => lines(&columns, &rows),
        columns,
        rows,
    };
    words("intake", subject, &facts)
}

/// The notice to a provider who may share a payment: which, who has asked for it, and what to do. The person is named by the ticket alone.
pub(crate) fn split_notice(outbox: &Outbox, notice: &Notice, submitted: Timestamp) -> Result<Words, Unwritable> {
    let subject = "Possible Split Payment".to_owned();
    let facts = context! {
        subject => &subject,
        en_name => plain(&notice.en_name),
        ticket => plain(&notice.ticket),
        payment => plain(&notice.payment),
        month => plain(&notice.month),
        asked_by => plain(&outbox.en_name),
        date_of_request => eastern(submitted).strftime("%m/%d/%Y").to_string(),
        request_id => token(&outbox.request_id),
    };
    words("split", subject, &facts)
}

fn words(mail: &str, subject: String, facts: &Value) -> Result<Words, Unwritable> {
    static TEMPLATES_READ: OnceLock<Result<Environment<'static>, minijinja::Error>> = OnceLock::new();
    let templates = TEMPLATES_READ.get_or_init(environment).as_ref().map_err(|_| Unwritable::Template)?;
    let render = |ending: &str| {
        templates
            .get_template(&format!("{mail}.{ending}"))
            .and_then(|template| template.render(facts.clone()))
            .map_err(|_| Unwritable::Template)
    };
    Ok(Words { subject, text: render("txt")?, html: render("html")? })
}

/// The templates. A name that is not given is an error; HTML is escaped by the ending of the name.
fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}

fn cells(table: &IntakeTable) -> (Vec<String>, Vec<Vec<String>>) {
    let row = |cells: &Vec<String>| cells.iter().map(|cell| plain(cell)).collect();
    (row(&table.columns), table.rows.iter().map(row).collect())
}

/// The table in columns of even width, with a rule under its titles.
fn lines(columns: &[String], rows: &[Vec<String>]) -> Vec<String> {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).chain(columns.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        padded.join("  ").trim_end().to_owned()
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    [line(columns), line(&rule)].into_iter().chain(rows.iter().map(|row| line(row))).collect()
}
