"""What verification of earnings answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ttw._answer import Answer, counted, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Verified(Answer):
    """An answer under rules, each part of it as the JSON has it, read-only."""

    __slots__ = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules applied."""
        return tuple(self._values["rules"])

    @property
    def rules_version(self) -> str:
        """The version of rules and parameters."""
        return cast(str, self._values["rules_version"])

    def _list(self, name: str) -> tuple[Mapping[str, Any], ...]:
        return cast("tuple[Mapping[str, Any], ...]", frozen(self._values[name]))


class WorkDetermination(_Verified):
    """The work determination of each month with earnings.

    Examples:
        >>> import ttw
        >>> month = {"month": "2016-08", "gross": "810.01", "vrfd": "Y"}
        >>> case = {
        ...     "title": "t2",
        ...     "blind": False,
        ...     "disability": [{"from": "2010-01", "to": None}],
        ...     "months": [month],
        ...     "through": "2016-12",
        ... }
        >>> ttw.verification.work_determination(case).months[0]["work_det"]
        '1'
    """

    __slots__ = ()

    @property
    def months(self) -> tuple[Mapping[str, Any], ...]:
        """Every month with something posted, oldest first: its code, its phase, and the reasons."""
        return self._list("months")

    @property
    def trial_work_periods(self) -> tuple[Mapping[str, Any], ...]:
        """The trial work period of each period of disability."""
        return self._list("trial_work_periods")

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not known and would settle a month."""
        return tuple(self._values["missing"])

    def __repr__(self) -> str:
        return f"<WorkDetermination: {counted(len(self.months), 'month')}>"


class VernEntry(_Verified):
    """An entry that can be made on the VERN screen; one that cannot raises `TtwError`.

    Examples:
        >>> import ttw
        >>> ttw.verification.VernEntry('{"accepted":true}').accepted
        True
    """

    __slots__ = ()

    @property
    def accepted(self) -> bool:
        """Always true."""
        return cast(bool, self._values["accepted"])

    @property
    def proposed(self) -> Mapping[str, Any] | None:
        """What is proposed for the month; None where nothing is."""
        return cast("Mapping[str, Any] | None", frozen(self._values["proposed"]))

    def __repr__(self) -> str:
        return "<VernEntry: accepted>"


class VerificationReview(_Verified):
    """What an office works from.

    Examples:
        >>> import ttw
        >>> ttw.verification.review(today="2026-06-15").pending
        ()
    """

    __slots__ = ()

    @property
    def opened(self) -> tuple[Mapping[str, Any], ...]:
        """The issues that the postings open."""
        return self._list("opened")

    @property
    def pending(self) -> tuple[Mapping[str, Any], ...]:
        """The issues that are not cleared."""
        return self._list("pending")

    @property
    def clearing(self) -> tuple[Mapping[str, Any], ...]:
        """The order in which they are cleared."""
        return self._list("clearing")

    @property
    def summary(self) -> tuple[Mapping[str, Any], ...]:
        """Numbers by office."""
        return self._list("summary")

    @property
    def aged(self) -> tuple[Mapping[str, Any], ...]:
        """The issues that are older than so many days."""
        return self._list("aged")

    def __repr__(self) -> str:
        return f"<VerificationReview: {len(self.pending)} pending, {len(self.aged)} aged>"
