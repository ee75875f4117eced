//! The codes of the progress review response.

crate::problem::codes! {
    TPR_EMPTY Syntactical Correct "There is nobody to report on; add at least one response." cite "20 CFR 411.180(b)";
    TPR_TOO_MANY Macro Correct "One report takes at most {limit} responses; send it in parts.";
    TPR_DUPLICATE_SSN Macro Correct "This beneficiary is in the report twice; leave one of the two responses out.";
    TPR_PERIOD_RANGE Validity Correct "A review period is a whole number from 1 to 99; send that." cite "20 CFR 411.180(b)";
    TPR_PERIOD_MISMATCH Validity Correct "Review period {period} is due for this beneficiary; correct the period and answer its questions." cite "20 CFR 411.200";
    TPR_QUESTION_MISSING Syntactical Correct "This question of the period has no answer; answer it with true or false." cite "20 CFR 411.180(c)";
    TPR_QUESTION_NOT_IN_PERIOD Validity Correct "This is not asked in the period; leave it out." cite "20 CFR 411.180(c)";
    TPR_ANSWER_NOT_BOOLEAN Validity Correct "An answer is true or false; send one of them.";
    TPR_MONTHS_RANGE Validity Correct "Months of a period are a whole number from 0 to 12; correct it." cite "20 CFR 411.180(b)";
    TPR_MONTHS_CONTRADICT Validity Correct "The months worked and the answer about them contradict each other: the answer is yes from {needed} months on; correct one of them." cite "20 CFR 411.180(c)";
    TPR_PCT_RANGE Validity Correct "A share of a full-time year is a whole number of percent from 0 to 100; correct it.";
    TPR_PCT_CONTRADICT Validity Correct "This share and the answer about it contradict each other: the answer is yes from {needed} percent on; correct one of them." cite "20 CFR 411.180(c)";
    TPR_COMPLETED_RANGE Validity Correct "This day is not in the review period, or is still to come; correct it." cite "20 CFR 411.180(c)";
    TPR_COMPLETED_CONTRADICT Validity Correct "A day of completion is given, and no answer says that something was completed; correct one of the two." cite "20 CFR 411.180(c)";
    TPR_COMBINATION_MISMATCH Validity Correct "The shares of work and education, as far as they are given, say the opposite; correct the answer, or give the months and the share." cite "20 CFR 411.180(c)";
    TPR_COMBINATION_NOT_ALLOWED Validity Correct "Work and education are not added up in this period; leave the question out." cite "20 CFR 411.180(c)";
    TPR_CASH_CONTRADICT Validity Correct "Months count in this period only if no cash benefit was paid in them; correct one of the two answers." cite "20 CFR 411.180(c)(5)";
    TPR_GED_ONLY_PERIOD_1 Validity Correct "A diploma counts in the first period only; leave the question out." cite "20 CFR 411.180(c)(1), 411.226";
    TPR_PROGRESS_CONTRADICT Validity Correct "It is said that no progress was made, and an answer says that some was; correct one of the two.";
    TPR_NOT_DUE Policy DoNotResubmit "No progress review is due for this beneficiary; wait until you are asked." cite "20 CFR 411.200";
    TPR_PAST_30_DAYS Quality Acknowledge "An answer is due within {limit} days after you were asked, here by {to}, and that day has passed; acknowledge it." cite "Form SSA-L1377";
    TPR_ALREADY_PASSED Quality Acknowledge "This review is passed already; acknowledge it, or leave the response out.";
    TPR_RECENT_REPEAT Quality Acknowledge "You have reported on this beneficiary since you were asked about this period; acknowledge it, or leave the response out.";
    TPR_NOT_ASSIGNED Policy DoNotResubmit "That beneficiary does not have a ticket assigned with this organization." cite "Secure Provider Portal guide";
}
