//! What can be wrong with a list of cases.

crate::problem::codes! {
    CASELOAD_TICKET_DUPLICATE Macro Correct "This ticket is in the list twice; send each ticket once." cite "PRQ-01";
    CASELOAD_PROVIDER_DUPLICATE Macro Correct "This provider is in the list twice; send each provider once.";
    CASELOAD_LIMIT Syntactical Correct "This is not a number of tickets; send a whole number from 1 to {limit}.";
}
