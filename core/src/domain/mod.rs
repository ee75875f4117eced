//! The field's own words as types: months, money, identifiers, the case.

mod case;
mod identifier;
mod month;
mod payment;
mod usd;

pub use case::{
    Assignment, Benefit, BenefitStatus, Case, MAX_ASSIGNMENTS, MAX_PAY_STATEMENTS, MAX_SPAN_MONTHS, MonthlyEarnings,
    PayStatement, PaymentSystem, ProviderKind, Record, StateVrCase, StatementKind, TicketPayment, Title,
};
pub use identifier::{Ein, IdentifierError, Ssn};
pub use month::{Month, date_in_words, parse_date};
pub use payment::{PaymentAsked, PaymentName};
pub use usd::Usd;
