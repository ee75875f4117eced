//! Why a claim is put into a diary, and why it is denied: two catalogues.

use serde::Serialize;

/// A reason with everything that is always said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReasonText {
    /// The code; it never changes its meaning.
    pub code: &'static str,
    /// In words.
    pub title: &'static str,
    /// Rule and document.
    pub cite: &'static str,
    /// Of a denial, the rules of a determination of which one fails; empty where it rests on none.
    pub rules: &'static [&'static str],
}

macro_rules! reasons {
    ($(#[$doc:meta])* $catalogue:ident: $($name:ident $code:literal $title:literal cite $cite:literal rules [$($rule:literal),*];)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $catalogue {
            $(#[doc = $title] $name,)*
        }

        impl $catalogue {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// What is always said of it.
            #[must_use]
            pub const fn text(self) -> ReasonText {
                match self {
                    $(Self::$name => ReasonText { code: $code, title: $title, cite: $cite, rules: &[$($rule),*] },)*
                }
            }

            /// The codes with their reasons, for reading.
            pub(super) const CHOICES: &[(&'static str, Self)] = &[$(($code, Self::$name)),*];
        }

        impl Serialize for $catalogue {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.text().code)
            }
        }
    };
}

reasons! {
    /// Why a claim waits in a diary.
    DiaryReason:
    NeedAdditionalInformation "NEED_ADDITIONAL_INFORMATION" "Additional information is needed from the provider"
        cite "DIA-02; EN Payments Checklist, Diarized/Pending Claims and Denials" rules [];
    SamRegistrationExpired "SAM_REGISTRATION_EXPIRED" "The provider's registration in SAM has expired and must be renewed"
        cite "DIA-03; EN Payments Checklist, Diarized/Pending Claims and Denials" rules [];
    PossibleSplitPayment "POSSIBLE_SPLIT_PAYMENT" "More than one Employment Network may share the payment"
        cite "DIA-03; SPL-02; EN Payments Checklist, Split Payment" rules [];
    OtherReason "OTHER" "Pending for another reason"
        cite "DIA-03; EN Payments Checklist, Diarized/Pending Claims and Denials" rules [];
}

reasons! {
    /// Why a claim is denied.
    DenialReason:
    InsufficientDocumentation "INSUFFICIENT_DOCUMENTATION" "The evidence of the request did not arrive in time"
        cite "DIA-01; EN Payments Checklist, Payment Request Submitted Via New EN Portal" rules [];
    NoResponse "NO_RESPONSE_TO_REQUEST_FOR_DOCUMENTATION" "Additional information was asked for and did not arrive"
        cite "DIA-04; EN Payments Checklist, Diarized/Pending Claims and Denials" rules [];
    BenefitStatus "BENEFIT_STATUS" "The benefits were not in the status that the payment needs"
        cite "EN Payments Checklist, Benefits; Outcome, Benefits" rules ["BEN-01", "BEN-02", "BEN-03", "BEN-04", "BEN-05"];
    FirstAvailableMonth "FIRST_AVAILABLE_MONTH" "By the dates of assignment and plan the month cannot be paid"
        cite "EN Payments Checklist, When to Submit a Payment Request" rules ["FAM-01", "FAM-02"];
    LookBack "LOOK_BACK" "The milestone is not available by earnings before the assignment"
        cite "EN Payments Checklist, 18 Month Look Back Rule" rules ["LB-01", "LB-02", "LB-03", "LB-04"];
    StateVr "STATE_VR" "The payment is not available by a State VR case"
        cite "EN Payments Checklist, State VR Agency Involvement" rules ["SVR-01", "SVR-02", "SVR-03", "SVR-04", "SVR-05", "SVR-06"];
    Earnings "EARNINGS" "Earnings do not reach the level in the months that count"
        cite "EN Payments Checklist, Earnings" rules ["P1-01", "P1-02", "P1-03", "P1-04", "P2-01", "OUT-03"];
    Services "SERVICES_NOT_COMPLETED" "The services of the plan are not substantially completed"
        cite "20 CFR 411.535(a)(1)" rules ["P1-05"];
    Sequence "SEQUENCE" "An earlier payment comes first"
        cite "20 CFR 411.525(a)(2)(iii)" rules ["P1-08", "P2-02", "P2-03"];
    AlreadyPaid "ALREADY_PAID" "The month or the payment is already paid"
        cite "20 CFR 411.525, 411.560" rules ["P1-09", "P2-02", "P2-04", "OUT-03", "REC-02"];
    OutcomePeriod "OUTCOME_PERIOD" "The outcome period has begun for a milestone, has not begun or is over for an outcome"
        cite "20 CFR 411.500(b), 411.575" rules ["OUT-01", "OUT-02"];
    Reconciliation "RECONCILIATION" "The conditions of a reconciliation are not met"
        cite "20 CFR 411.536" rules ["REC-01", "REC-02"];
    PaymentSystem "PAYMENT_SYSTEM" "The elected payment system has no such payment"
        cite "20 CFR 411.515(a)" rules ["SYS-01"];
    TicketTerminated "TICKET_TERMINATED" "The ticket has terminated"
        cite "20 CFR 411.525(d), 411.155" rules ["TRM-01"];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eligibility::rules;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_that_can_fail_has_a_reason_to_deny() {
        let named: BTreeSet<&str> = DenialReason::ALL.iter().flat_map(|reason| reason.text().rules).copied().collect();
        let can_fail: BTreeSet<&str> = rules().filter(|rule| rule.can_fail()).map(|rule| rule.id).collect();
        assert_eq!(named, can_fail);
    }

    #[test]
    fn codes_and_titles_are_of_one_reason_each() {
        let all = || DenialReason::ALL.iter().map(|r| r.text()).chain(DiaryReason::ALL.iter().map(|r| r.text()));
        assert_eq!(all().map(|text| text.code).collect::<BTreeSet<_>>().len(), all().count());
        assert_eq!(all().map(|text| text.title).collect::<BTreeSet<_>>().len(), all().count());
        assert!(all().all(|text| text.cite.len() > 10 && !text.title.ends_with('.')));
    }
}
