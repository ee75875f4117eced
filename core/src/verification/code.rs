//! What can be wrong with an entry or a case of verification.

crate::problem::codes! {
    VERN_TITLE_XVI Validity DoNotResubmit "The trial work period is of title II; under title XVI post the wages to the SSR." cite "VY-05; POMS DI 55030.015";
    VERN_SPANS_ORDER Validity Correct "The periods of disability overlap or are not in order; list them oldest first.";
    VERN_MONTH_DUPLICATE Validity Correct "There are two entries for this month; send one.";
    VERN_THROUGH Validity Correct "The case has a month after the one through which it is judged; correct one of the two.";
    VERN_HOURS Syntactical Correct "Hours of a month are a whole number from 0 to 744, written as a number." cite "VER-04";
    VERN_VRFD_CONVERSION Validity Correct "C and Q stand on converted records alone; enter Y, N or F." cite "VER-03; POMS DI 13010.675";
    VERN_VRFD_FRAUD Policy DoNotResubmit "F is entered by the Center for Security and Integrity alone; enter Y or N." cite "VER-03; POMS DI 13010.675";
    VERN_TWP_NOT_ENDED Validity Correct "TWP N/E: the trial work period is not over; enter 1 to 9 above its level, O at or below it." cite "VER-02; POMS DI 55030.015";
    VERN_NOT_SERVICE_MONTH Validity Correct "The month is not above the trial work level and has no more hours than count; enter O." cite "VER-02; 20 CFR 404.1592(b)";
    VERN_SERVICE_MONTH Validity Correct "The month is a service month of the trial work period; enter {number}." cite "VER-02; 20 CFR 404.1592(b)";
    VERN_TWP_NUMBER Validity Correct "This is not the code of this service month; enter {number}." cite "VER-01; 20 CFR 404.1592(e)";
    VERN_TWP_OVER Validity Correct "The trial work period is over; enter S or N." cite "VER-01; VER-02";
    VERN_NOT_EXPIRED Validity Correct "The month is no service month that has dropped out of the 60 months; correct the code." cite "VER-01; 20 CFR 404.1592(e)(2)";
    VERN_NOT_SGA Validity Correct "The month has no verified earnings that are substantial, and it is no month of grace; enter N." cite "VER-01; VER-03; 20 CFR 404.1574(b)(2)";
    VERN_IS_SGA Validity Correct "The month's verified earnings are substantial, or it is a month of grace; enter S or U." cite "VER-01; 20 CFR 404.1574(b)(2)";
    VERN_NOT_REINSTATED Validity Correct "The month is not in an initial reinstatement period; correct the code." cite "VER-01; 20 CFR 404.1592f";
    VERN_REINSTATED Validity Correct "The month is in an initial reinstatement period; enter I, W or X as its earnings have it." cite "VER-01; 20 CFR 404.1592f";
    VERN_OUTSIDE Validity Correct "The month is outside every period of disability; enter O." cite "VER-01; POMS DI 55030.015";
    VERN_NOT_COUNTED_ALONE Validity Correct "There is nothing to take this amount from; enter GROSS or NET SE." cite "VER-04";
    VERN_TYPE_TITLE Validity Correct "This type is not of the person's title; SB and SC are of title II, PA and SI of title XVI." cite "VER-04; POMS DI 55030.015";
    VERN_TYPE_SELF_EMPLOYMENT Validity Correct "BE is taken from self-employment alone; enter NET SE." cite "VER-04; POMS DI 55030.015";
    VERN_SSI_WAGES Policy DoNotResubmit "Wages of an SSI recipient are not entered by hand; post them through MSSICS, or note them in the remarks." cite "VY-06; POMS DI 55030.015";
    VERIFY_ISSUE_DUPLICATE Validity Correct "Two issues have this id; list each once.";
    VERIFY_CLEARED_BEFORE_OPENED Validity Correct "The issue was cleared before it was opened; correct one of the days.";
    VERIFY_DAYS Syntactical Correct "Days are a whole number from 0 to 255, written as a number.";
}
