//! What is wrong with an input: all of it at once, each with a code, a pointer and the next step.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// One thing that is wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Stable code, documented in [`code`].
    pub code: &'static str,
    /// How serious.
    pub class: Class,
    /// JSON pointer into the document as received.
    pub path: String,
    /// One sentence: what is wrong and what to do. It never repeats a value.
    pub message: String,
    /// The next step.
    pub action: Action,
    /// Numbers and choices of the message, as data.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub params: Map<String, Value>,
    /// The rule or law behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<&'static str>,
}

/// Classes of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The document's form.
    Syntactical,
    /// Fields that contradict a rule or each other.
    Validity,
    /// Not permitted.
    Policy,
    /// Unlikely but possible: to be acknowledged.
    Quality,
    /// Across the entries of one document.
    Macro,
}

impl Serialize for Class {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Syntactical => "syntactical",
            Self::Validity => "validity",
            Self::Policy => "policy",
            Self::Quality => "quality",
            Self::Macro => "macro",
        })
    }
}

/// The next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Mend it and send it again.
    Correct,
    /// Sending it again changes nothing.
    DoNotResubmit,
    /// Send it with this code among the acknowledged ones.
    Acknowledge,
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Correct => "correct",
            Self::DoNotResubmit => "do_not_resubmit",
            Self::Acknowledge => "acknowledge",
        })
    }
}

/// A name that somebody sent as it may be shown: one with many digits, of whatever script, could be somebody's number.
#[must_use]
pub fn shown_name(name: &str) -> &str {
    let digits = name.chars().filter(|c| c.is_numeric()).count();
    if name.len() > 64 || digits >= 9 || name.chars().any(char::is_control) { "***" } else { name }
}

impl Problem {
    /// The problem of a code at a place.
    #[must_use]
    pub fn new(code: &'static Code, path: &str) -> Self {
        Self {
            code: code.id,
            class: code.class,
            path: path.to_owned(),
            message: code.message.to_owned(),
            action: code.action,
            params: Map::new(),
            cite: code.cite,
        }
    }

    /// The same with a value for the message's `{name}`.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let text = match &value {
            Value::String(text) => text.clone(),
            Value::Array(items) if items.is_empty() => "none".to_owned(),
            Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
            other => other.to_string(),
        };
        self.message = self.message.replace(&format!("{{{name}}}"), &text);
        self.params.insert(name.to_owned(), value);
        self
    }
}

/// A code with everything that is always said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code itself; it never changes its meaning.
    pub id: &'static str,
    /// Its class.
    pub class: Class,
    /// The next step.
    pub action: Action,
    /// The sentence, with `{name}` for data.
    pub message: &'static str,
    /// The rule or law behind it.
    pub cite: Option<&'static str>,
}

/// Makes a constant of each code, and `ALL` of them: name, class, action, message and, where there is one, `cite` with a citation.
macro_rules! codes {
    ($($name:ident $class:ident $action:ident $message:literal $(cite $cite:literal)?;)*) => {
        $(
            #[doc = concat!("`", stringify!($name), "`: `", $message, "`")]
            pub const $name: $crate::problem::Code = $crate::problem::Code {
                id: stringify!($name),
                class: $crate::problem::Class::$class,
                action: $crate::problem::Action::$action,
                message: $message,
                cite: $crate::problem::codes!(@cite $($cite)?),
            };
        )*
        /// All codes of this page, in its order.
        pub const ALL: &[$crate::problem::Code] = &[$($name),*];
    };
    (@cite) => { None };
    (@cite $cite:literal) => { Some($cite) };
}
pub(crate) use codes;

/// The codes that belong to no single form.
pub mod code {
    super::codes! {
        REQ_JSON_INVALID Syntactical Correct "The request is not readable JSON; check it near line {line}, column {column}.";
        REQ_TOO_LARGE Syntactical Correct "The request is too large; send at most {limit} bytes.";
        REQ_TYPE Syntactical Correct "This is of the wrong kind; send {expected}.";
        REQ_ENUM Syntactical Correct "This is not one of the choices; send one of: {allowed}.";
        REQ_FIELD_REQUIRED Syntactical Correct "This field is required; add it.";
        REQ_FIELD_DUPLICATE Syntactical Correct "This field is given twice; send it once.";
        REQ_UNKNOWN_FIELD Syntactical Correct "There is no such field here; the fields are: {allowed}.";
        TEXT_LENGTH Syntactical Correct "This text must have 1 to {limit} characters and no control characters; shorten or complete it.";
        MONTH_FORMAT Syntactical Correct "This is not a month; write it as YYYY-MM.";
        DATE_FORMAT Syntactical Correct "This is not a date; write it as YYYY-MM-DD.";
        DATE_INVALID Syntactical Correct "There is no such day in the calendar; correct the date.";
        MONEY_FORMAT Syntactical Correct "This is not an amount; write a decimal string of at most nine digits and two places, such as \"840.00\".";
        MONEY_NEGATIVE Validity Correct "An amount cannot be below zero; a net loss is \"0.00\".";
        MONEY_WHOLE_DOLLARS Validity Correct "Payments are whole dollars; send the whole amount without cents." cite "20 CFR 411.540";
        PAYMENT_NAME Syntactical Correct "There is no such payment; send p1m1 to p1m4, p2m1 to p2m18, outcome1 to outcome60 or reconciliation.";
        CLAIM_PAYMENT_NAME Syntactical Correct "There is no such payment; send p1m1 to p1m4, p2 or p2m1 to p2m18, outcome or outcome1 to outcome60, or reconciliation.";
        ID_IS_SSN Validity Correct "This looks like a Social Security number; use an id of your own that holds no personal data.";
        ASSIGNMENTS_REQUIRED Validity Correct "The ticket has no assignment; add at least one.";
        ASSIGNMENTS_TOO_MANY Validity DoNotResubmit "The ticket has more than {limit} assignments; that is more than can be judged.";
        ASSIGNMENTS_ORDER Validity Correct "This assignment starts before the one above it; list assignments oldest first." cite "TKT-03";
        ASSIGNMENTS_OVERLAP Validity Correct "The ticket is still assigned to the provider above on this day; a ticket is with one provider at a time." cite "TKT-03; 20 CFR 411.140(a)";
        ASSIGNMENT_ENDS_BEFORE_START Validity Correct "The assignment ends before it starts; correct one of the dates.";
        PAYMENT_SYSTEM_REQUIRED Validity Correct "This kind of provider is paid under a payment system; send outcome_milestone or outcome_only." cite "SYS-01; 20 CFR 411.515(a)";
        PAYMENT_SYSTEM_UNEXPECTED Validity Correct "A State VR agency under cost reimbursement has no payment system; send null." cite "SYS-01; 20 CFR 411.515(a)";
        PLAN_NOT_SIGNED Validity Correct "The plan was received but has no day of signature; add plan_signed_on." cite "FAM-02";
        BENEFIT_ENDS_BEFORE_START Validity Correct "The range ends before it starts; correct one of the months.";
        BENEFITS_OVERLAP Validity Correct "Two ranges of one record cover the same month; correct the ranges.";
        FEDERAL_CASH_REQUIRED Validity Correct "For title XVI in current pay, say whether there is a federal cash amount: send federal_cash." cite "BEN-03";
        EARNINGS_MONTH_DUPLICATE Validity Correct "There are two entries for this month; send one total a month.";
        STATEMENT_PERIOD_ORDER Validity Correct "The pay period ends before it starts; correct one of the dates.";
        STATEMENTS_TOO_MANY Validity DoNotResubmit "There are more than {limit} pay statements; send monthly totals instead.";
        LIST_TOO_LONG Validity DoNotResubmit "This list has more than {limit} entries, which no ticket has; leave out what is not of this ticket.";
        PANEL_DAY_RANGE Validity Correct "This day lies outside {from} to {to}, the years of panels; correct it.";
        PANEL_FIRST_PAYABLE_EARLY Validity Correct "No month up to that of the first assignment can be paid; send a later month, or leave it out." cite "FAM-01";
        PROBLEMS_LEFT_OUT Validity Correct "There are more than {limit} problems; the others are left out. Mend these first.";
        VR_CLOSURE_DATE_REQUIRED Validity Correct "A case closed successfully has a day of closure; add closed_on." cite "SVR-01, SVR-02";
        PAYMENT_DUPLICATE Validity Correct "This payment is listed twice; a split payment is one entry with the whole amount." cite "P1-09; SPL-01";
        CASE_SPAN_TOO_LONG Validity DoNotResubmit "The case's first and last month are more than {limit} months apart; leave out what is older.";
        QUESTION_TOO_FAR Validity Correct "The month asked about is more than {limit} months from the case; correct it.";
        CLAIM_MONTH_NOT_OVER Validity Correct "The claimed month is not over on the day of the request; ask when it is.";
        CLAIM_PROVIDER_NOT_ASSIGNED Validity Correct "This provider has no assignment as an Employment Network on the ticket; correct the provider or add the assignment.";
        COMPARE_DIFFERENT_TICKETS Validity Correct "The two states are of different tickets; compare two states of one case.";
        BATCH_TOO_MANY Validity Correct "A batch holds at most {limit} questions; send it in parts.";
        SHARES_TOTAL Validity Correct "The shares do not add up to 100 percent; correct them." cite "SPL-01; SPL-03";
        SHARES_EMPTY Validity Correct "There is nobody to share with; name at least one provider." cite "SPL-01";
        SHARE_DUPLICATE Validity Correct "This provider is named twice; give it one share." cite "SPL-01";
        SHARE_PERCENT Syntactical Correct "A share is a whole number of percent from 0 to 100, written as a number." cite "SPL-01";
        MILESTONES_PAID Syntactical Correct "A transition ticket has had 0 to 4 of the old milestones; send that number." cite "TRN-01";
        FREE_TEXT_NOT_ALLOWED Policy DoNotResubmit "This portal takes no free text; fax the paper form for elaboration." cite "Secure Provider Portal guide";
        ATTACHMENT_NOT_ALLOWED Policy DoNotResubmit "Attachments are not accepted; leave this field out." cite "Secure Provider Portal guide";
        AUTH_EIN_MISMATCH Policy DoNotResubmit "Not permitted for your organization; leave the EIN out, it is known from the sign-in." cite "Secure Provider Portal guide";
        TICKET_NOT_ASSIGNED_TO_ORG Policy DoNotResubmit "That beneficiary does not have a ticket assigned with this organization." cite "Secure Provider Portal guide";
        ACKNOWLEDGED_TOO_MANY Syntactical Correct "More than {limit} different codes are acknowledged; send only the codes of the warnings that you were shown.";
        RULES_VERSION_RETIRED Syntactical Correct "The rules have changed since this form was opened; load the form again and send it without the old rules_version.";
        SSN_FORMAT Syntactical Correct "This is not a Social Security number; write nine digits as a string, NNNNNNNNN or NNN-NN-NNNN.";
        SSN_AREA Validity Correct "Numbers that begin like this are not taken here; check the first three digits.";
        SSN_GROUP Validity Correct "No number has 00 in the middle; check the fourth and fifth digit.";
        SSN_SERIAL Validity Correct "No number ends in 0000; check the last four digits.";
        SSN_PUBLISHED Validity Correct "This number was published and belongs to nobody; check it.";
        SSN_IMPLAUSIBLE Validity Correct "This number is made of one digit, or of the digits in order; check it.";
        EIN_FORMAT Syntactical Correct "This is not an Employer Identification Number; write nine digits as a string, NNNNNNNNN or NN-NNNNNNN.";
        EIN_ZERO Syntactical Correct "An Employer Identification Number is not all zeros; check it.";
        EIN_PREFIX Validity Correct "No Employer Identification Number begins with these two digits; check them.";
        TICKET_FORMAT Syntactical Correct "This is not a ticket number; write the Social Security number, TW and one digit from 1 to 9, without hyphens." cite "20 CFR 411.120";
        TICKET_SSN_MISMATCH Validity Correct "The ticket number begins with another Social Security number; correct one of the two." cite "20 CFR 411.120";
        ON_FILE_PEOPLE Validity Correct "There must be one entry for each person of the form, in its order; correct the list.";
        ELIG_BATCH_EMPTY Syntactical Correct "There is nobody to ask about; add at least one number.";
        ELIG_BATCH_TOO_MANY Macro Correct "At most {limit} numbers are answered at once; send them in parts.";
        ELIG_BATCH_DUPLICATE Macro Correct "This number is in the list twice; send it once.";
        OPTION_FILE_UNKNOWN Validity Correct "There is no option list of this name; name the file after a built-in one.";
        OPTION_FILE_INVALID Syntactical Correct "The file is not readable as an option list; give it the form of the built-in one.";
        PARAM_FILE_UNKNOWN Validity Correct "There is no parameter of this name; name the file after a built-in one.";
        PARAM_FILE_INVALID Syntactical Correct "The file is not readable as a parameter file; give it the form of the built-in one.";
        PARAM_UNIT Validity Correct "Unit and duration must be those of the built-in file; copy its head.";
        PARAM_KEY Validity Correct "The parameter has no such series; use a key of the built-in file.";
        PARAM_AMOUNT Syntactical Correct "This is not an amount in the file's unit; write a decimal without a sign, or a date.";
        PARAM_NOT_JANUARY Validity Correct "A yearly value starts in January; write YYYY-01.";
        PARAM_DATE_NOT_LATER Validity Correct "The date is not later than one already held; built-in values cannot be changed, only later ones added.";
        PARAM_SOURCE_EMPTY Validity Correct "A value without a source is not taken; say where it was published.";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_stands_in_the_message_and_beside_it() {
        let problem = Problem::new(&code::REQ_ENUM, "/policy").with("allowed", vec!["operations", "regulation"]);
        assert_eq!(problem.message, "This is not one of the choices; send one of: operations, regulation.");
        assert_eq!(problem.params["allowed"][1], "regulation");
    }
}
