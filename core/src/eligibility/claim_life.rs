//! PRQ-01, PRQ-03, PRQ-06 and DIA-01 to DIA-04: what happens to a payment request after it was received.

use super::rule::{Heading, Role, Rule, rule};

pub(super) const RULES: [Rule; 7] =
    [ONE_A_MONTH, IN_TIME, PROCESSING, EVIDENCE, INFORMATION, OTHER_DIARY, RESUBMISSION];

const STEPS: Role = Role::Elsewhere("steps and clocks of a claim");

rule! {
    /// There is one payment request for a month; the provider can take it back until it is decided.
    ///
    /// # Reading
    /// No source tells of withdrawing a request. A request that was withdrawn or denied leaves its month free for another.
    /// # Example
    /// A claim in review for June 2016 is withdrawn: it is final, and June 2016 can be requested again.
    /// # Sources
    /// EN Payments Checklist, Payment Request Submitted Via New EN Portal (a request for each claim month).
    const ONE_A_MONTH = {
        id: "PRQ-01", name: "one_request_a_month", heading: Heading::Requests,
        source: "EN Payments Checklist, Payment Request Submitted Via New EN Portal", role: STEPS,
    };
}

rule! {
    /// A payment is requested within 24 months after the month in which its criteria were met.
    ///
    /// # Reading
    /// The last day is the last day of the 24th month after the attainment month. A later request is not barred: the form warns, and the
    /// list of unclaimed money shows it as late.
    /// # Example
    /// Milestone 1 attained in June 2016: June 30, 2018 is in time, July 1, 2018 is late.
    /// # Sources
    /// All EN Payments Call, January 30, 2018.
    const IN_TIME = {
        id: "PRQ-03", name: "request_in_time", heading: Heading::Requests, source: "All EN Payments Call, January 30, 2018",
        role: Role::Elsewhere("unclaimed money, automatic run, warning of the payment request"),
    };
}

rule! {
    /// Requests are processed first in, first out, normally within 30 calendar days; each is paid, denied or put into a diary.
    ///
    /// # Reading
    /// The day of receipt is day 0. Of one day the order of receipt decides, then the claim's number. What takes longer is overdue; it is
    /// neither paid nor denied for that.
    /// # Example
    /// Received June 1, 2026: July 1 is day 30, and from July 2 on the claim is overdue.
    /// # Sources
    /// EN Payments Checklist, Processing Time.
    const PROCESSING = {
        id: "PRQ-06", name: "processing", heading: Heading::Requests, source: "EN Payments Checklist, Processing Time", role: STEPS,
    };
}

rule! {
    /// Evidence that a request announced and that does not arrive within nine business days: denied, insufficient documentation.
    ///
    /// # Reading
    /// The denial comes by itself and is entered on the tenth business day, whenever it is noticed. The days run in every state that is not
    /// final, but for a diary for additional information, which gives the documents days of its own.
    /// # Example
    /// Received Monday, June 1, 2026, proof to be faxed: June 12 is in time; on June 15 the claim is denied.
    /// # Sources
    /// EN Payments Checklist, Payment Request Submitted Via New EN Portal.
    const EVIDENCE = {
        id: "DIA-01", name: "evidence_in_time", heading: Heading::Requests,
        source: "EN Payments Checklist, Payment Request Submitted Via New EN Portal", role: STEPS,
    };
}

rule! {
    /// A diary for additional information lasts nine business days; on the tenth the claim is processed to completion, paid or denied.
    ///
    /// # Reading
    /// An answer in time ends the diary at once. On the tenth day the claim goes back to the specialist, who decides on what there is; it
    /// cannot be put into another diary.
    /// # Example
    /// Asked on June 15, 2026 (June 19 is a holiday): an answer on June 29 is in time, on June 30 the claim is decided.
    /// # Sources
    /// EN Payments Checklist, Diarized/Pending Claims and Denials.
    const INFORMATION = {
        id: "DIA-02", name: "information_diary", heading: Heading::Requests,
        source: "EN Payments Checklist, Diarized/Pending Claims and Denials", role: STEPS,
    };
}

rule! {
    /// A diary for any other reason stays pending for 30 calendar days or more.
    ///
    /// # Reading
    /// Thirty is the least: the diary is not ended before day 30, and never by itself.
    /// # Example
    /// A diary of June 3, 2026 for an expired registration: it can be ended from July 3 on.
    /// # Sources
    /// EN Payments Checklist, Diarized/Pending Claims and Denials.
    const OTHER_DIARY = {
        id: "DIA-03", name: "other_diary", heading: Heading::Requests,
        source: "EN Payments Checklist, Diarized/Pending Claims and Denials", role: STEPS,
    };
}

rule! {
    /// After a denial for want of a response the whole request is resubmitted, with all its documents.
    ///
    /// # Reading
    /// The denial is another than insufficient documentation: something was asked for in a diary and did not come. The resubmission is a claim
    /// of its own, with a new day of receipt and a new place in the queue.
    /// # Example
    /// Denied on July 1, 2026, resubmitted on July 1 with the pay slips enclosed: taken; with proof to follow by fax: refused.
    /// # Sources
    /// EN Payments Checklist, Diarized/Pending Claims and Denials.
    const RESUBMISSION = {
        id: "DIA-04", name: "resubmission", heading: Heading::Requests,
        source: "EN Payments Checklist, Diarized/Pending Claims and Denials", role: STEPS,
    };
}
