//! What can be wrong with a claim and its steps.

crate::problem::codes! {
    CLAIM_STEP Policy DoNotResubmit "This step is not taken here: the claim is {status}; what can follow is: {allowed}." cite "PRQ-06";
    CLAIM_CLOCK_DUE Validity Correct "A clock of this claim has run out by this day; let it take effect first." cite "DIA-01; DIA-02";
    CLAIM_CLOCK_RUNNING Validity Correct "This clock is not running or has not run out yet; leave the step to the day on which it does." cite "DIA-01; DIA-02";
    CLAIM_DAY_ORDER Validity Correct "This day lies before the claim's last step; correct it.";
    CLAIM_DAY_RANGE Validity Correct "The holidays of this year are not known, so that no days can be counted; correct the day." cite "CAL-02";
    CLAIM_DAY_FUTURE Validity Correct "This day lies after the day of the question; correct one of the two.";
    CLAIM_NOTHING_AWAITED Validity Correct "No documents are awaited for this claim; leave the step out." cite "DIA-01";
    CLAIM_DIARY_OPEN Policy DoNotResubmit "This diary stays open until {day} or until what it asks for has come; wait for it." cite "DIA-02; DIA-03";
    CLAIM_DECIDE_NOW Policy DoNotResubmit "A diary for additional information has run out; pay or deny the claim now." cite "DIA-02";
    CLAIM_SNAPSHOT_REQUIRED Validity Correct "This decision rests on a determination; send the snapshot it was made on." cite "BEN-07";
    CLAIM_SNAPSHOT_OTHER Validity Correct "The snapshot is of another payment, month or provider; decide this claim." cite "BEN-07";
    CLAIM_SNAPSHOT_DETERMINATION Syntactical Correct "This is not a determination of this engine; send it as it was answered, or leave it out to have it made." cite "BEN-07";
    CLAIM_NOT_PAYABLE Validity Correct "The snapshot's determination is not payable; deny the claim or decide it anew." cite "BEN-07";
    CLAIM_AMOUNT Validity Correct "The amount is not that of the determination; correct it." cite "PAY-01; PAY-02; PAY-03; PAY-04";
    CLAIM_REASON_NOT_SHOWN Validity Correct "No rule of this reason fails in the snapshot's determination; choose the reason that it shows." cite "BEN-07";
    CLAIM_REASON_OF_THE_CLOCK Validity Correct "This denial comes by itself when the days for the documents are over; leave it to the clock." cite "DIA-01";
    CLAIM_INFORMATION_NOT_ASKED Validity Correct "No diary for additional information has run out unanswered; choose another reason." cite "DIA-02; DIA-04";
    CLAIM_RESUBMISSION Validity Correct "A claim is resubmitted after a denial for want of a response; file any other anew." cite "DIA-04";
    CLAIM_RESUBMISSION_OTHER Validity Correct "A resubmission is for the provider, payment and month of the claim that was denied; correct it." cite "DIA-04";
    CLAIM_RESUBMISSION_DOCUMENTS Validity Correct "A resubmission brings the whole request with all its documents; send it with evidence enclosed." cite "DIA-04";
    CLAIM_ID_DUPLICATE Validity Correct "Two claims of the list have this id; list each claim once.";
}
