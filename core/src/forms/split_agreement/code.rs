//! What can be wrong with a split-payment agreement.

crate::problem::codes! {
    PID_FORMAT Syntactical Correct "This is not a provider id; it has 1 to 20 capital letters, digits and hyphens.";
    SPLIT_EN_COUNT Validity Correct "A split is among 2, 3 or 4 providers; name the current one and those before it." cite "SPL-03";
    SPLIT_CURRENT_EN Validity Correct "Exactly one provider is the current one; correct the others." cite "SPL-03";
    SPLIT_EN_DUPLICATE Validity Correct "This provider is named twice; name it once." cite "SPL-03";
    SPLIT_EN_UNKNOWN Validity Correct "This provider is not among the providers of the split; correct its id, or add it to them." cite "SPL-01";
    SPLIT_EN_NOT_ON_TICKET Validity Correct "This provider has never held this ticket as an Employment Network; correct its id, or leave it out." cite "SPL-01";
    SPLIT_SUBMITTER_MISSING Validity Correct "Your own organization is not among the providers; add it." cite "SPL-01";
    SPLIT_TAD_ORDER Validity Correct "The current provider has the latest assignment, and no two are of one day; correct the dates." cite "SPL-03";
    SPLIT_TAD_MISMATCH Validity Correct "This is not a date of assignment of this provider on file; correct it." cite "SPL-03";
    SPLIT_TAD_FUTURE Validity Correct "The assignment date lies in the future; correct it.";
    SPLIT_CONTACT_FORMAT Syntactical Correct "This is not a contact id; it has 1 to 20 letters, digits and hyphens, and is nobody's name or number.";
    SPLIT_PHONE_FORMAT Syntactical Correct "This is not a telephone number; write ten digits without signs between them.";
    SPLIT_ALLOCATION_REQUIRED Syntactical Correct "For an agreed allocation, send the shares of p1, p2 and outcome." cite "SPL-03";
    SPLIT_ALLOCATION_FORBIDDEN Validity Correct "Where the program manager decides there are no shares; leave allocation out." cite "SPL-02";
    SPLIT_ON_FILE Quality Acknowledge "An agreement on this ticket was received on {from}. Shares are agreed once every network that had the ticket has filed one and the last of each says the same; see that they do." cite "SPL-02";
    SPLIT_PCT_STEP10 Validity Correct "Shares are multiples of 10 percent; correct this one." cite "SPL-03";
    SPLIT_PCT_TOTAL Validity Correct "The shares of one kind of payment add up to 100 percent; correct them." cite "SPL-03";
}
