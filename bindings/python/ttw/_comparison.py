"""What changes between two states of one case, and what follows for money."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from ttw import _frames
from ttw._answer import Answer, Framed, Judged, Listing, counted

if TYPE_CHECKING:
    from ttw._frames import Columns


class Change(Answer):
    """One payment that is judged otherwise than before.

    Examples:
        >>> import ttw
        >>> before = ttw.example()["case"]
        >>> after = ttw.example()["case"]
        >>> after["earnings"] = [{"month": "2016-06", "earned": "100.00"}]
        >>> change = ttw.compare(before, after, provider="EN-A", as_of="2017-09-15").changes[0]
        >>> change.payment, change.month, change.effect
        ('p1m1', '2016-06', 'overpaid')
    """

    __slots__ = ()

    @property
    def payment(self) -> str:
        """The payment's name."""
        return cast(str, self._values["payment"])

    @property
    def month(self) -> str:
        """The month for which it was due, or is now, `YYYY-MM`."""
        return cast(str, self._values["month"])

    @property
    def before(self) -> Decimal:
        """Dollars due as the case was known."""
        return Decimal(self._values["before"])

    @property
    def after(self) -> Decimal:
        """Dollars due as the case is known now."""
        return Decimal(self._values["after"])

    @property
    def difference(self) -> Decimal:
        """Dollars after less dollars before; negative when overpaid."""
        return Decimal(self._values["difference"])

    @property
    def effect(self) -> Literal["overpaid", "missed"]:
        """`overpaid`: more was due before. `missed`: more is due now."""
        return cast('Literal["overpaid", "missed"]', self._values["effect"])

    @property
    def recoverable(self) -> bool:
        """Whether the difference is adjusted."""
        return cast(bool, self._values["recoverable"])

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules that answer otherwise, and of those of the adjustment."""
        return tuple(self._values["rules"])

    def __repr__(self) -> str:
        from ttw import _html

        return f"<Change {self.payment} {self.month}: {self.effect}, {_html.dollars(self.difference)}>"


class Comparison(Framed, Judged, Listing[Change]):
    """What changes between two states of one case: a sequence of changes.

    Examples:
        >>> import ttw
        >>> case = ttw.example()["case"]
        >>> len(ttw.compare(case, case, provider="EN-A", as_of="2017-09-15"))
        0
    """

    __slots__ = ()
    _parts = "changes"
    _part = Change
    _columns: ClassVar[Columns] = {
        "payment": "text",
        "month": "day",
        "before": "dollars",
        "after": "dollars",
        "difference": "dollars",
        "effect": "text",
        "recoverable": "flag",
        "rules": "texts",
    }

    @property
    def changes(self) -> tuple[Change, ...]:
        """Payments that are judged otherwise than before."""
        return self[:]

    def _records(self) -> list[dict[str, Any]]:
        return [
            {
                "payment": change.payment,
                "month": _frames.month(change.month),
                "before": change.before,
                "after": change.after,
                "difference": change.difference,
                "effect": change.effect,
                "recoverable": change.recoverable,
                "rules": list(change.rules),
            }
            for change in self
        ]

    def __repr__(self) -> str:
        return f"<Comparison: {counted(len(self), 'change')}>"

    def _repr_html_(self) -> str:
        from ttw import _html

        columns = ("Payment", "Month", "Before", "After", "Difference", "Effect", "Recoverable", "Rules")
        rows = [
            (
                change.payment,
                change.month,
                _html.dollars(change.before),
                _html.dollars(change.after),
                _html.dollars(change.difference),
                change.effect,
                "yes" if change.recoverable else "no",
                ", ".join(change.rules),
            )
            for change in self.changes
        ]
        return _html.table(f"Changes: {len(self)}", columns, rows) + _html.paragraph(
            f"Policy {self.policy}, rules {self.rules_version}"
        )
