//! The codes of the earnings inquiry.

crate::problem::codes! {
    EIR_EMPTY Syntactical Correct "There is nobody to inquire about; add at least one beneficiary." cite "Secure Provider Portal guide";
    EIR_TOO_MANY Macro Correct "One inquiry takes at most {limit} beneficiaries; send it in parts.";
    EIR_DUPLICATE_SSN Macro Correct "This beneficiary is in the inquiry twice; leave one of the two rows out.";
    EIR_TAD_REQUIRED Syntactical Correct "The date of assignment is required; add it." cite "Secure Provider Portal guide";
    EIR_TAD_FUTURE Validity Correct "The date of assignment is in the future; correct it.";
    EIR_TAD_MISMATCH Validity Correct "This is not the date of assignment on file; correct it.";
    EIR_NOT_ASSIGNED Policy DoNotResubmit "That beneficiary does not have a ticket assigned with this organization." cite "Secure Provider Portal guide";
    EIR_SUBMITTER_ROLE Policy DoNotResubmit "Only the signatory, the primary contact or the negotiator of the organization may inquire; let one of them send it." cite "Form SSA-1396";
    EIR_NO_QUARTER_AVAILABLE Quality Acknowledge "No calendar quarter since this assignment can be inquired about before {from}; acknowledge it, or ask from that day on." cite "Form SSA-1396";
    EIR_RECENT_REPEAT Quality Acknowledge "You have asked about this beneficiary since the earnings were last refreshed; acknowledge it, or ask again from {from} on, when they are refreshed next.";
}
