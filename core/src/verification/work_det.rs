//! The codes of the WORK DET field (VER-01).

use serde::{Serialize, Serializer};

/// What a month was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkDet {
    /// The so-manieth month of the trial work period, 1 to 9.
    TrialWork(u8),
    /// A trial work month that has dropped out of the rolling 60 months.
    Expired,
    /// Not substantial, in an initial reinstatement period.
    NotSgaReinstated,
    /// Not substantial after the trial work period, or not verified.
    NotSga,
    /// Below the trial work level, or outside every period of disability.
    Other,
    /// Substantial, or a month of grace.
    Sga,
    /// An unsuccessful work attempt.
    UnsuccessfulAttempt,
    /// Substantial, in an initial reinstatement period.
    SgaReinstated,
    /// Not paid for another reason, in an initial reinstatement period.
    NotPaidReinstated,
}

impl WorkDet {
    /// Every code that can be entered, with what it stands for.
    pub(super) const CHOICES: [(&'static str, Self); 17] = [
        ("1", Self::TrialWork(1)),
        ("2", Self::TrialWork(2)),
        ("3", Self::TrialWork(3)),
        ("4", Self::TrialWork(4)),
        ("5", Self::TrialWork(5)),
        ("6", Self::TrialWork(6)),
        ("7", Self::TrialWork(7)),
        ("8", Self::TrialWork(8)),
        ("9", Self::TrialWork(9)),
        ("E", Self::Expired),
        ("I", Self::NotSgaReinstated),
        ("N", Self::NotSga),
        ("O", Self::Other),
        ("S", Self::Sga),
        ("U", Self::UnsuccessfulAttempt),
        ("W", Self::SgaReinstated),
        ("X", Self::NotPaidReinstated),
    ];

    /// The code as it is entered.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::CHOICES.iter().find(|(_, code)| *code == self).map_or("", |(text, _)| text)
    }

    /// Whether eWork cannot pass it on, so that it is entered by hand: the eighth and ninth month (VY-06).
    #[must_use]
    pub const fn is_by_hand(self) -> bool {
        matches!(self, Self::TrialWork(8 | 9))
    }
}

impl Serialize for WorkDet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
