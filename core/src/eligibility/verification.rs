//! VY-01, VY-02, VY-04 to VY-06 and VER-01 to VER-04: verification of earnings.

use super::rule::{Heading, Role, Rule, rule};

pub(super) const RULES: [Rule; 9] =
    [TOLERANCE, BY_HAND, WAITING, CLEARING, NOT_PASSED_ON, WORK_DET, TRIAL_WORK, VERIFIED, NOT_COUNTED];

const ISSUES: Role = Role::Elsewhere("issues of verification");
const ENTRIES: Role = Role::Elsewhere("work determination and entries");

rule! {
    /// Earnings that the program manager posts and that exceed a tolerance open an issue: T2VY under title II, 16VY under title XVI.
    ///
    /// # Reading
    /// There are three tolerances: in the trial work period, after it, and under title XVI. Their amounts are not public and not built in; without
    /// them nothing opens by itself, and the answer says which is missing. Who is concurrent may get both issues.
    /// # Example
    /// An operator's tolerance of $500 in the trial work period: $500 opens nothing, $500.01 opens a T2VY.
    /// # Sources
    /// POMS DI 55030.015, DI 55030.010, DI 55030.020.
    const TOLERANCE = {
        id: "VY-01", name: "issue_by_tolerance", heading: Heading::Verification, source: "POMS DI 55030.015, DI 55030.010",
        role: ISSUES,
    };
}

rule! {
    /// An ERNGS issue is entered by hand and cleared by hand.
    ///
    /// # Example
    /// A field office asks the program manager about a pay slip: it enters an ERNGS issue, which nothing clears by itself.
    /// # Sources
    /// POMS DI 55030.015, DI 55030.020.
    const BY_HAND = {
        id: "VY-02", name: "issue_by_hand", heading: Heading::Verification, source: "POMS DI 55030.015, DI 55030.020", role: ISSUES,
    };
}

rule! {
    /// In most cases a provider cannot be paid until the earnings record is updated: the claim waits for Social Security.
    ///
    /// # Reading
    /// While it waits, no clock of the program manager ends it, and nobody can say when it will be decided.
    /// # Example
    /// Posted earnings open a T2VY: the claim is waiting on verification until the field office has entered the month.
    /// # Sources
    /// POMS DI 55030.015, DI 55060.010.
    const WAITING = {
        id: "VY-04", name: "waiting_on_verification", heading: Heading::Verification, source: "POMS DI 55030.015, DI 55060.010",
        role: Role::Elsewhere("steps and clocks of a claim"),
    };
}

rule! {
    /// Title II is cleared by an entry on the earnings screen, title XVI by posting to the SSR; of a concurrent case 16VY comes first.
    ///
    /// # Reading
    /// The first action of a month clears its own issue by itself; the second one's issue is cleared by hand.
    /// # Example
    /// 16VY and T2VY of March 2026: wages through MSSICS clear the 16VY; then eWork, and the T2VY is cleared on the worksheet.
    /// # Sources
    /// POMS DI 55030.015, Step 8.
    const CLEARING = {
        id: "VY-05", name: "clearing_order", heading: Heading::Verification, source: "POMS DI 55030.015, Step 8", role: ISSUES,
    };
}

rule! {
    /// eWork cannot pass on months 8 and 9 of the trial work period, which are entered by hand; wages of an SSI recipient are never entered by
    /// hand.
    ///
    /// # Example
    /// The ninth service month, title II: entered by hand. Wages of a concurrent beneficiary: through MSSICS, or a note in the remarks.
    /// # Sources
    /// POMS DI 55030.015, Steps 6 and 7.
    const NOT_PASSED_ON = {
        id: "VY-06", name: "entered_by_hand", heading: Heading::Verification, source: "POMS DI 55030.015, Steps 6 and 7",
        role: ISSUES,
    };
}

rule! {
    /// Every month entered has a code: 1 to 9 in the trial work period, E for one that has expired, O below its level or outside a period of
    /// disability, S and N after it, U for an unsuccessful attempt, I, W and X after a reinstatement.
    ///
    /// # Reading
    /// The trial work period ends with the ninth service month within 60 months; the 36 months after it are the reentitlement period. The first
    /// substantial month after the trial work period is the month of cessation; it and the two months of grace are S, whatever was earned in
    /// those. Each period of disability has a trial work period of its own. After a reinstatement, months are I, W or X until 24 have been paid.
    /// # Example
    /// $3,000 in each of January to October 2024: 1 to 9, then S; $900 in November and December: S, months of grace; in January 2025: N.
    /// # Sources
    /// POMS DI 55030.015, Step 7; DI 13010.655; 20 CFR 404.1592, 404.1592a, 404.1592f.
    const WORK_DET = {
        id: "VER-01", name: "work_determination_code", heading: Heading::Verification,
        source: "POMS DI 55030.015, Step 7; DI 13010.655; 20 CFR 404.1592, 404.1592a, 404.1592f", role: ENTRIES,
    };
}

rule! {
    /// N is not taken before the trial work period is over; a trial work month needs more than the level, or more than 80 hours of
    /// self-employment.
    ///
    /// # Reading
    /// POMS DI 55030.015 says "at" the level; 20 CFR 404.1592(b) and DI 13010.060 say "more than", which is taken: a month exactly at the level
    /// can earn a milestone and is yet no trial work month. Wages and net earnings of a month are added up. Hours were 40 before 2001.
    /// # Example
    /// 2024: $1,110 is O, $1,110.01 is a trial work month; no earnings and 81 hours of self-employment are one too.
    /// # Sources
    /// POMS DI 55030.015, Step 7; DI 13010.060; 20 CFR 404.1592(b).
    const TRIAL_WORK = {
        id: "VER-02", name: "trial_work_month", heading: Heading::Verification,
        source: "20 CFR 404.1592(b); POMS DI 13010.060, DI 55030.015", role: ENTRIES,
    };
}

rule! {
    /// Earnings are verified (Y), not verified (N, unless something else is entered) or concealed (F); a final determination needs Y.
    ///
    /// # Reading
    /// F is entered by the Center for Security and Integrity alone; C and Q stand on converted records and are refused. After the trial work
    /// period a month that is not verified is N, and substantial work is not found on it.
    /// # Example
    /// The third service month, not verified: 3, not final.
    /// # Sources
    /// POMS DI 13010.675; DI 55030.015, Step 7.
    const VERIFIED = {
        id: "VER-03", name: "verified_earnings", heading: Heading::Verification, source: "POMS DI 13010.675, DI 55030.015",
        role: ENTRIES,
    };
}

rule! {
    /// An amount not counted has a type of the person's title and is taken from wages or net earnings that are there.
    ///
    /// # Reading
    /// WE comes off wages where there are any, else off self-employment; SB and SC off wages under title II; BE off self-employment; PA and SI
    /// are of title XVI and leave what counts under title II as it is. Nothing falls below zero.
    /// # Example
    /// October 2024, after the trial work period: $1,650 with $100 of impairment-related expenses count as $1,550, which is not more than the
    /// level: N.
    /// # Sources
    /// POMS DI 55030.015, Step 7; DI 13010.675.
    const NOT_COUNTED = {
        id: "VER-04", name: "amount_not_counted", heading: Heading::Verification, source: "POMS DI 55030.015, DI 13010.675",
        role: ENTRIES,
    };
}
