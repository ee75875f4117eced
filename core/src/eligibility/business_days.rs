//! CAL-01 to CAL-03: how days are counted.

use super::rule::{Heading, Role, Rule, rule};

pub(super) const RULES: [Rule; 3] = [WEEKDAYS, HOLIDAYS, COUNTING];

const CLOCKS: Role = Role::Elsewhere("clocks of a claim");

rule! {
    /// A business day is a day from Monday to Friday on which federal offices are open.
    ///
    /// # Reading
    /// No source says by which calendar the program manager counts; the holidays are those of federal offices.
    /// # Example
    /// From Thursday, June 18, 2026 the next business day is Monday, June 22: the 19th is a holiday.
    /// # Sources
    /// EN Payments Checklist, Additional Information (nine business days); 5 U.S.C. 6103.
    const WEEKDAYS = {
        id: "CAL-01", name: "business_day", heading: Heading::Requests, source: "EN Payments Checklist, Additional Information; 5 U.S.C. 6103",
        role: CLOCKS,
    };
}

rule! {
    /// Holidays are those of 5 U.S.C. 6103, Juneteenth from 2021; one on a Saturday is observed the Friday before, one on a Sunday the Monday
    /// after.
    ///
    /// # Reading
    /// Inauguration Day is a holiday of the capital's area alone and is worked. Whole days on which an executive order closed federal offices
    /// are a list of their own, to which an operator can add; half days are worked.
    /// # Example
    /// January 1, 2022 is a Saturday: December 31, 2021 is no business day. December 24 and 26, 2025 were closed by executive order.
    /// # Sources
    /// 5 U.S.C. 6103; Public Law 117-17; Executive Order 11582; the executive orders named in `federal_closure`.
    const HOLIDAYS = {
        id: "CAL-02", name: "federal_holidays", heading: Heading::Requests, source: "5 U.S.C. 6103; Executive Order 11582",
        role: CLOCKS,
    };
}

rule! {
    /// The day of the notice or diary is day 0, the next business day is day 1; an answer on the last day is in time, and what follows
    /// happens on the next one.
    ///
    /// # Reading
    /// Day 0 may be any day of the week. Counts of calendar days include weekends and holidays and are not extended by them.
    /// # Example
    /// A diary of June 15, 2026: day 9 is June 29, and the claim is processed on June 30.
    /// # Sources
    /// EN Payments Checklist, Diarized/Pending Claims and Denials (nine business days, the tenth day).
    const COUNTING = {
        id: "CAL-03", name: "counting_days", heading: Heading::Requests, source: "EN Payments Checklist, Diarized/Pending Claims and Denials",
        role: CLOCKS,
    };
}
