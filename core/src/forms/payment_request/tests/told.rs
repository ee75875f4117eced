//! What is told of a mistake: no more than is so, and what to do next.

use super::*;

const ASSIGNMENTS: &str = "/on_file/people/0/case/ticket/assignments";

/// An assignment to the Employment Network that files.
fn own(from: &str, until: Option<&str>) -> Value {
    json!({"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": from, "unassigned_on": until})
}

#[test]
fn services_are_certified_when_the_ticket_is_not_with_the_provider_at_the_end_of_the_month() {
    let needed = |assignments: Value| {
        let found = phase_2().with(ASSIGNMENTS, assignments).found();
        found.contains(&("PR_SERVICES_NOT_CERTIFIED", "/services_certified".to_owned()))
    };
    let first = |until| own("2025-01-10", Some(until));
    assert!(!needed(json!([own("2025-01-10", None)])));
    assert!(!needed(json!([first("2025-07-01")])));
    assert!(needed(json!([first("2025-06-30")])));
    assert!(needed(json!([first("2025-03-15")])));
    // It came back in the month, on its last day, or only after it.
    assert!(!needed(json!([first("2025-06-01"), own("2025-06-01", None)])));
    assert!(!needed(json!([first("2025-06-01"), own("2025-06-30", None)])));
    assert!(needed(json!([first("2025-06-01"), own("2025-07-01", None)])));
    let other =
        json!({"provider": "EN-B", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2025-06-01"});
    assert!(needed(json!([first("2025-06-01"), other])));
}
