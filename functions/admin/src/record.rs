//! The record of one person as it is kept and loaded: the JSON that `ttw_core::forms::person` reads.

use jiff::civil::Date;
use serde::Serialize;
use ttw_core::domain::{Case, Ssn};
use ttw_core::forms::{Due, Earlier, Employer, Person};

/// A record as it is written; a ticket row has the number before it.
#[derive(Serialize)]
struct Written<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ssn: Option<String>,
    case: &'a Case,
    date_of_birth: Option<Date>,
    section_301: bool,
    benefit_continuation: bool,
    employers: &'a [Employer],
    progress_review: Option<Due>,
    earlier: &'a [Earlier],
}

fn written(person: &Person, ssn: Option<&Ssn>) -> String {
    let record = Written {
        ssn: ssn.map(plain),
        case: &person.case,
        date_of_birth: person.date_of_birth,
        section_301: person.section_301,
        benefit_continuation: person.benefit_continuation,
        employers: &person.employers,
        progress_review: person.progress_review,
        earlier: &person.earlier,
    };
    // Maps with text keys, which are always written.
    serde_json::to_string(&record).unwrap_or_default()
}

/// The record's JSON, which names nobody.
#[must_use]
pub fn json(person: &Person) -> String {
    written(person, None)
}

/// The person's line in a file of tickets, with the number.
#[must_use]
pub fn ticket_line(ssn: &Ssn, person: &Person) -> String {
    written(person, Some(ssn))
}

/// The number in full, `NNN-NN-NNNN`, for a row of a file and nothing else.
pub(crate) fn plain(ssn: &Ssn) -> String {
    let mut text = String::with_capacity(11);
    for (index, digit) in ssn.expose().iter().enumerate() {
        if index == 3 || index == 5 {
            text.push('-');
        }
        text.push(char::from(*digit));
    }
    text
}
