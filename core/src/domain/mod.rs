//! The field's own words as types: months, money, identifiers, the case.

mod case;
mod identifier;
mod month;
mod payment;
mod usd;

pub use case::{
    Assignment, Benefit, BenefitStatus, Case, MAX_ASSIGNMENTS, MAX_BENEFITS, MAX_EARNINGS, MAX_PAY_STATEMENTS,
    MAX_PAYMENTS, MAX_SPAN_MONTHS, MAX_STATE_VR_CASES, MonthlyEarnings, PayStatement, PaymentSystem, ProviderKind,
    Record, StateVrCase, StatementKind, TicketPayment, Title,
};
pub use identifier::{Ein, IdentifierError, Ssn};
pub use month::{Month, date_in_words, parse_date};
pub use payment::{PaymentAsked, PaymentName};
pub use usd::Usd;
