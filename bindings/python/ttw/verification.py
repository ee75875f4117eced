"""Verification of earnings: the code of a month, what can be entered, and what an office works from.

    >>> import ttw
    >>> ttw.verification.review(today="2026-06-15").summary
    ()

The functions are those of the built-in engine; an engine of one's own has them as `work_determination`, `vern_entry` and
`verification_review`.
"""

from __future__ import annotations

from ttw._engine import Engine
from ttw._verification import VerificationReview, VernEntry, WorkDetermination

_engine = Engine()
work_determination = _engine.work_determination
vern_entry = _engine.vern_entry
review = _engine.verification_review

__all__ = ["VerificationReview", "VernEntry", "WorkDetermination", "review", "vern_entry", "work_determination"]
