//! The codes of the work plan.

crate::problem::codes! {
    IWP_NOT_EN Policy DoNotResubmit "Only an Employment Network, or a State VR agency acting as one, files work plans; use form 1365." cite "20 CFR 411.450";
    IWP_IMMEDIATE_REQUIRED Syntactical Correct "A plan names services that are needed immediately; choose at least one." cite "Secure Provider Portal guide; 20 CFR 411.465(a)(2)";
    IWP_LATER_REQUIRED Syntactical Correct "A plan names services after nine months; choose at least one." cite "Secure Provider Portal guide; 20 CFR 411.465(a)(2)";
    IWP_SERVICE_UNKNOWN Validity Correct "There is no such service; send one of: {allowed}.";
    IWP_SERVICE_DUPLICATE Validity Correct "This service is chosen twice; leave one out.";
    IWP_OTHER_SERVICES_FAX Policy DoNotResubmit "A plan with other services must be faxed; leave them out, or fax the paper form." cite "Secure Provider Portal guide";
    IWP_ADDITIONAL_TERMS_FAX Policy DoNotResubmit "A plan with additional terms and conditions must be faxed; leave them out, or fax the paper form." cite "Secure Provider Portal guide; 20 CFR 411.465(a)(3)";
    IWP_SIGNATURE_MISSING Syntactical Correct "A plan is signed by both sides and the signed copy is held; complete this." cite "20 CFR 411.450";
    IWP_SIGNATURE_FUTURE Validity Correct "A signature cannot be in the future; correct the date." cite "20 CFR 411.450";
    IWP_DISCUSSION_AFTER_SIGNATURE Validity Correct "The plan is discussed before it is signed; correct one of the dates.";
    IWP_LATE_14_DAYS Quality Acknowledge "The latest signature is more than {limit} days old, so the plan counts as late: the first month that can be paid is {from}, the one after its receipt; acknowledge it." cite "FAM-02";
    IWP_AMENDMENT_LATE_14_DAYS Quality Acknowledge "The latest signature is more than {limit} days old, and a plan is sent within {limit} days of it; no month of payment moves by a late amendment, so acknowledge it." cite "FAM-02";
    IWP_GOAL_REQUIRED Syntactical Correct "A plan has a vocational goal; add the occupation's code." cite "20 CFR 411.465(a)(1)";
    IWP_GOAL_CODE Validity Correct "This is not an occupation's code; write NN-NNNN, a major group of the Standard Occupational Classification and an occupation in it, which is never 0000.";
    IWP_GOAL_HORIZON Validity Correct "The horizon of a goal is a whole number from {from} to {to}; correct it.";
    IWP_EARNINGS_BAND Validity Correct "There is no such earnings band; send one of: {allowed}.";
    IWP_EARNINGS_BELOW_TWL Quality Acknowledge "The earnings expected short-term are below the trial work level; acknowledge it, or choose a higher band." cite "PAR-01";
    IWP_EARNINGS_BELOW_SGA Quality Acknowledge "The earnings expected long-term are below substantial gainful activity; acknowledge it, or choose a higher band." cite "PAR-01";
    IWP_NO_ONGOING_SUPPORT Quality Acknowledge "None of the services after nine months supports a person who works; acknowledge it, or choose one.";
    IWP_TICKET_NOT_ASSIGNABLE Policy DoNotResubmit "This person's ticket cannot be assigned; check the number, or ask the program manager." cite "20 CFR 411.140(a)";
    IWP_AMEND_NOT_ASSIGNED Policy DoNotResubmit "That beneficiary does not have a ticket assigned with this organization." cite "Secure Provider Portal guide";
    IWP_RIGHTS_VERSION Validity Correct "There is no such statement of rights and responsibilities; send one of: {allowed}." cite "20 CFR 411.465(a)(4)";
    IWP_DUPLICATE Policy DoNotResubmit "A plan of this organization with this latest signature is on file for this person; do not send it again.";
}
