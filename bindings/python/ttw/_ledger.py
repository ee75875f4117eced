"""The answer for a whole ticket."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, cast

from ttw import _frames
from ttw._answer import Answer, Framed, Judged, Listing, counted, maybe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ttw._frames import Columns


class Progress(Answer):
    """How far a pending milestone has come.

    Examples:
        >>> import ttw
        >>> progress = ttw.Progress({"have": 2, "need": 3})
        >>> progress.have, progress.need
        (2, 3)
    """

    __slots__ = ()

    @property
    def have(self) -> int:
        """Months at the trial work level in the window that ends with the last month over."""
        return cast(int, self._values["have"])

    @property
    def need(self) -> int:
        """Months that are needed."""
        return cast(int, self._values["need"])


class LedgerRow(Answer):
    """One payment that the ticket can carry, or has carried.

    Examples:
        >>> import ttw
        >>> question = ttw.example()
        >>> ttw.ledger(question["case"], provider="EN-A", as_of="2017-09-15")["p1m1"]
        <LedgerRow p1m1 paid 2016-06 $1,398>
    """

    __slots__ = ()

    @property
    def payment(self) -> str:
        """The payment's name."""
        return cast(str, self._values["payment"])

    @property
    def status(self) -> Literal["paid", "payable", "pending", "unavailable", "undetermined"]:
        """`paid`, `payable` (attained, not paid), `pending`, `unavailable` (barred for good) or `undetermined`."""
        return cast('Literal["paid", "payable", "pending", "unavailable", "undetermined"]', self._values["status"])

    @property
    def attained_in(self) -> str | None:
        """The month of a row that is paid or payable, `YYYY-MM`."""
        return cast("str | None", self._values["attained_in"])

    @property
    def amount(self) -> Decimal | None:
        """Whole dollars of a row that is paid or payable; None where the rate is not published."""
        return maybe(Decimal, self._values["amount"])

    @property
    def blocked_by(self) -> tuple[str, ...]:
        """Ids of the rules that bar it."""
        return tuple(self._values["blocked_by"])

    @property
    def progress(self) -> Progress | None:
        """How far a pending milestone 2, 3 or 4 of Phase 1 has come."""
        return maybe(Progress, self._values["progress"])

    def __repr__(self) -> str:
        from ttw import _html

        known = (self.payment, self.status, self.attained_in, _html.dollars(self.amount), *self.blocked_by)
        return f"<LedgerRow {' '.join(word for word in known if word)}>"


class Totals(Answer):
    """What the rows of a ledger come to, in dollars.

    Examples:
        >>> import ttw
        >>> ttw.ledger(ttw.example()["case"], provider="EN-A", as_of="2017-09-15").totals.paid
        Decimal('1398.00')
    """

    __slots__ = ()

    @property
    def paid(self) -> Decimal:
        """All that has been paid on the ticket, to any provider."""
        return Decimal(self._values["paid"])

    @property
    def payable(self) -> Decimal:
        """What is attained and not paid; a row without a known rate counts as nothing."""
        return Decimal(self._values["payable"])

    @property
    def potential(self) -> Decimal | None:
        """What pending rows would bring at the rates of the year; None when a rate is not known."""
        return maybe(Decimal, self._values["potential"])


class Ledger(Framed, Judged, Listing[LedgerRow]):
    """Every payment of a ticket, as one provider sees it: a sequence of rows that also finds a row by its payment.

    Examples:
        >>> import ttw
        >>> ledger = ttw.ledger(ttw.example()["case"], provider="EN-A", as_of="2017-09-15")
        >>> len(ledger), ledger["p1m2"].status, ledger[0].payment
        (52, 'payable', 'p1m1')
        >>> [row.payment for row in ledger if row.status == "payable"]
        ['p1m2']
    """

    __slots__ = ("ticket",)
    _parts = "rows"
    _part = LedgerRow
    _name = _word = "payment"
    _columns: ClassVar[Columns] = {
        "ticket": "text",
        "payment": "text",
        "status": "text",
        "attained_in": "day",
        "amount": "dollars",
        "blocked_by": "texts",
        "have": "count",
        "need": "count",
    }
    ticket: str | None
    """The caller's id of the ticket; None of a ledger that was made again from its JSON, which does not have it."""

    def __init__(self, content: str | Mapping[str, Any], ticket: str | None = None) -> None:
        super().__init__(content)
        object.__setattr__(self, "ticket", ticket)

    @property
    def provider(self) -> str:
        """Whose ledger it is."""
        return cast(str, self._values["provider"])

    @property
    def as_of(self) -> date:
        """On which day; months over by then are judged."""
        return date.fromisoformat(self._values["as_of"])

    @property
    def rows(self) -> tuple[LedgerRow, ...]:
        """Milestones of Phase 1 and 2, outcomes, the reconciliation."""
        return self[:]

    @property
    def totals(self) -> Totals:
        """What the rows come to."""
        return Totals(self._values["totals"])

    def _records(self) -> list[dict[str, Any]]:
        return [
            {
                "ticket": self.ticket,
                "payment": row.payment,
                "status": row.status,
                "attained_in": _frames.month(row.attained_in),
                "amount": row.amount,
                "blocked_by": list(row.blocked_by),
                "have": row.progress and row.progress.have,
                "need": row.progress and row.progress.need,
            }
            for row in self
        ]

    def __reduce__(self) -> tuple[type[Self], tuple[str, str | None]]:  # type: ignore[override]
        return type(self), (self.to_json(), self.ticket)

    def __repr__(self) -> str:
        from ttw import _html

        totals = self.totals
        return (
            f"<Ledger of {self.provider} as of {self.as_of}: {counted(len(self), 'row')}, "
            f"{_html.dollars(totals.paid)} paid, {_html.dollars(totals.payable)} payable>"
        )

    def _repr_html_(self) -> str:
        from ttw import _html

        columns = ("Payment", "Status", "Attained in", "Amount", "Barred by", "Months")
        rows: list[tuple[object, ...]] = [
            (
                row.payment,
                _html.decision(row.status),
                row.attained_in,
                _html.dollars(row.amount),
                ", ".join(row.blocked_by) or None,
                maybe(lambda progress: f"{progress.have} of {progress.need}", row.progress),
            )
            for row in self.rows
        ]
        totals = self.totals
        sums = (("paid", totals.paid), ("payable", totals.payable), ("potential", totals.potential))
        caption = f"Ledger of {self.provider} as of {self.as_of}"
        return (
            _html.table(caption, columns, rows)
            + _html.table("Totals", ("Total", "Amount"), ((name, _html.dollars(sum_)) for name, sum_ in sums))
            + _html.paragraph(f"Policy {self.policy}, rules {self.rules_version}")
        )
