//! What will probably become of a request, in a sentence.

use super::super::{Advice, Likely};
use super::policy::Judged;
use crate::decision::{Decision, Determination};
use crate::domain::Record;
use crate::eligibility::Missing;
use crate::facts::Truth;

/// Missing facts that are named; more would not be read.
const NAMED: usize = 3;

pub(super) fn of(judged: Judged) -> Advice {
    let Judged { question, determination, payment, sharers } = judged;
    let (likely, text) = match determination.decision {
        Decision::Payable => (Likely::Payable, payable(&determination)),
        Decision::NotPayable => (Likely::Denied, denied(&determination)),
        Decision::Undetermined => (Likely::CannotTell, cannot_tell(&determination)),
    };
    let (determination, question) = (Box::new(determination), Box::new(question));
    Advice::Payment { likely, text, determination, payment, question, sharers }
}

fn payable(determination: &Determination) -> String {
    determination.amount.map_or_else(
        || "Likely payable; the amount is known once the rates of the year are published.".to_owned(),
        |amount| format!("Likely payable: {}.", amount.in_words()),
    )
}

/// The sentence of the rule keeps its capital after the colon: it may begin with a month or a name.
fn denied(determination: &Determination) -> String {
    let failed = determination.reasons.iter().find(|reason| reason.holds == Truth::No);
    let text = failed.map_or("A rule of the program does not hold.", |reason| &*reason.text);
    format!("Will probably be denied: {text}")
}

fn cannot_tell(determination: &Determination) -> String {
    let mut named: Vec<String> = determination.missing.iter().take(NAMED).map(fact).collect();
    let more = determination.missing.len().saturating_sub(NAMED);
    if more > 0 {
        named.push(format!("{more} more fact{}", if more == 1 { "" } else { "s" }));
    }
    let final_one = named.pop().unwrap_or_else(|| "more facts".to_owned());
    let all = if named.is_empty() { final_one } else { format!("{} and {final_one}", named.join(", ")) };
    format!("Cannot tell without {all}.")
}

fn fact(missing: &Missing) -> String {
    let of_month =
        |what: &str| missing.month.map_or(what.to_owned(), |month| format!("{what} of {}", month.in_words()));
    let year = missing.path.rsplit('/').next().unwrap_or_default();
    match missing.path.as_str() {
        "/case/benefits" => match missing.title {
            Some(Record::T2) => of_month("the title II status"),
            Some(Record::T16) => of_month("the title XVI status"),
            None => of_month("the benefit status"),
        },
        "/case/pay_statements" => of_month("the pay statements"),
        path if path.starts_with("/parameters/thresholds/") => format!("the earnings levels of {year}"),
        _ => format!("the payment rate of {year}"),
    }
}
