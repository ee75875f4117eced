//! The codes of form 1365.

crate::problem::codes! {
    F1365_NOT_VR Policy DoNotResubmit "Only a State VR agency files form 1365; file a work plan." cite "Secure Provider Portal guide; 20 CFR 411.385";
    F1365_NOT_ASSIGNABLE Policy DoNotResubmit "This person's ticket cannot be assigned; check the number, or ask the program manager." cite "20 CFR 411.140(a)";
    F1365_IPE_STATEMENT Validity Correct "The form states that a plan (IPE) was agreed to and signed by both; confirm it." cite "20 CFR 411.385(a)";
    F1365_IPE_DATE_FUTURE Validity Correct "The plan (IPE) cannot be signed in the future; correct the date." cite "20 CFR 411.385(a)";
    F1365_IPE_BEFORE_18 Quality Acknowledge "The plan (IPE) was signed before the age at which a ticket can be assigned; acknowledge it, or correct the date." cite "20 CFR 411.125(a)(1)";
    F1365_GOAL_REQUIRED Syntactical Correct "The form states the vocational goal of the plan; add the occupation's code." cite "20 CFR 411.385(a)";
    F1365_GOAL_CODE Validity Correct "This is not an occupation's code; write NN-NNNN, a major group of the Standard Occupational Classification and an occupation in it, which is never 0000.";
    F1365_PAYMENT_REQUIRED Syntactical Correct "The form states the payment system; send one of: {allowed}." cite "20 CFR 411.385(a)";
    F1365_EXISTING_IPE_CR_ONLY Policy Correct "A plan that is older than the ticket goes under cost reimbursement unless both agree to the assignment; choose that, or confirm that both agree." cite "20 CFR 411.390";
    F1365_SIGNATURE_BENEFICIARY Syntactical Correct "The beneficiary or a representative signs the form; complete this." cite "20 CFR 411.385(a)";
    F1365_SIGNATURE_VR Syntactical Correct "A representative of the State VR agency signs the form; add the date." cite "20 CFR 411.385(a)";
    F1365_SIGNATURE_FUTURE Validity Correct "A signature cannot be in the future; correct the date." cite "20 CFR 411.385(a)";
    F1365_CONVERT_AFTER_90_DAYS Policy DoNotResubmit "A case changes from cost reimbursement to assignment within {limit} days after the plan was signed, here until {to}; it stays under cost reimbursement." cite "20 CFR 411.390";
    F1365_CONVERT_DIRECTION Policy DoNotResubmit "A case changes only from cost reimbursement to assignment, never back; leave the change out." cite "20 CFR 411.390";
    F1365_CONVERT_NO_CASE Validity Correct "Your agency has no open case of this person under cost reimbursement that could be changed; leave the change out." cite "20 CFR 411.390";
    F1365_CONVERT_AND_CLOSURE Validity Correct "One form cannot change a case and close it; leave out the change, or the day and the status of the closure.";
    F1365_PRIOR_CR_SAME_VR Policy DoNotResubmit "Your agency has served this person under cost reimbursement and closed the case; the ticket cannot be assigned to it." cite "TKT-03; 20 CFR 411.140(a)";
    F1365_CLOSURE_BEFORE_IPE Validity Correct "The case was closed before the plan (IPE) was signed; correct one of the dates.";
    F1365_CLOSURE_FUTURE Validity Correct "A case cannot be closed in the future; correct the date.";
    F1365_CLOSURE_STATUS_REQUIRED Syntactical Correct "A closure has a status; send one of: {allowed}.";
    F1365_DUPLICATE Policy DoNotResubmit "This agency has reported this of this plan (IPE) already for this person; do not send it again.";
}
