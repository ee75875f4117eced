"""What a scenario answers: the payments that change, and what would unlock each next one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, final, overload

from ttw import _frames
from ttw._answer import Framed, counted
from ttw._problem import unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ttw._frames import Columns

Row = dict[str, Any]

ANOTHER_MONTH, ANOTHER_AMOUNT, OTHER = "another month", "another amount", "other"
DUE = {"paid", "payable"}


class Answered(Framed):
    """Rows that a scenario gives, each a dict: months as text, money as `Decimal`."""

    __slots__ = ("rows",)
    rows: tuple[Row, ...]

    def __init__(self, rows: list[Row]) -> None:
        self.rows = tuple(rows)

    @property
    def problems(self) -> tuple[Row, ...]:
        """The rows of the cases that cannot be read."""
        return tuple(row for row in self.rows if row["problems"])

    def _unread(self, thing: str = "") -> list[str]:
        """How many cases cannot be read, in words."""
        return unread([row["problems"] for row in self.problems], thing)

    def _records(self) -> list[Row]:
        months = {name for name, kind in self._columns.items() if kind == "day"}
        return [
            {name: _frames.month(row[name]) if name in months else row[name] for name in self._columns}
            for row in self.rows
        ]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        return self.rows[place]


@final
class WhatIf(Answered):
    """What changes in a scenario: a sequence of rows, one a payment whose status, month or amount is another.

    A row has `row`, `ticket`, `payment`, `before` and `after` (statuses), `month_before` and `month_after`,
    `amount_before` and `amount_after`, `difference` (dollars paid or payable), `rules` (what stands in the way where it
    is not due, what the month itself fails first), `cause` (the first of these rules; or `another month` or `another
    amount` of a payment that is due before and after; or `other`) and `problems`. A case that cannot be read, before or
    after the change, is one row with the codes of its problems, without a payment, a cause and a difference.

    Examples:
        >>> import ttw
        >>> scenario = ttw.scenario([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
        >>> change = scenario.what_if(raise_earnings=-20)
        >>> len(change), change.dollars, change.by_rule
        (1, Decimal('-1398.00'), {'P1-02': Decimal('-1398.00')})
        >>> change[0]["payment"], change[0]["cause"]
        ('p1m2', 'P1-02')
    """

    __slots__ = ()
    _columns: ClassVar[Columns] = {
        "row": "count",
        "ticket": "text",
        "payment": "text",
        "before": "text",
        "after": "text",
        "month_before": "day",
        "month_after": "day",
        "amount_before": "dollars",
        "amount_after": "dollars",
        "difference": "dollars",
        "rules": "texts",
        "cause": "text",
        "problems": "texts",
    }

    @property
    def dollars(self) -> Decimal:
        """By how much what is paid and payable changes, in dollars; see `without_rate`."""
        return sum((row["difference"] for row in self.rows), Decimal("0.00"))

    @property
    def without_rate(self) -> int:
        """How many payments are due, before or after, at a rate not published; they add nothing to `dollars`."""
        sides = ("before", "after")
        return sum(any(row[at] in DUE and row[f"amount_{at}"] is None for at in sides) for row in self.rows)

    @property
    def by_payment(self) -> dict[str, Decimal]:
        """The difference in dollars by payment; the parts add up to `dollars`, and those of nothing are left out."""
        return self._sums("payment")

    @property
    def by_rule(self) -> dict[str, Decimal]:
        """The difference in dollars by `cause`; the parts add up to `dollars`, and those of nothing are left out.

        A payment counts once: under the first rule that stands in its way where it is not due. One that is due before
        and after counts under `another month` or `another amount`.
        """
        return self._sums("cause")

    @property
    def tickets(self) -> int:
        """How many tickets change."""
        return len({row["row"] for row in self.rows if not row["problems"]})

    def _sums(self, key: str) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for row in self.rows:
            if row["difference"]:
                sums[row[key]] = sums.get(row[key], Decimal("0.00")) + row["difference"]
        return {name: dollars for name, dollars in sums.items() if dollars}

    def __repr__(self) -> str:
        from ttw import _html

        return f"<ttw.WhatIf: {', '.join([self._counted(), str(_html.dollars(self.dollars)), *self._unread()])}>"

    def _counted(self) -> str:
        """How many payments of how many tickets, in words."""
        unpriced = f", {self.without_rate} without a published rate" if self.without_rate else ""
        payments = counted(len(self) - len(self.problems), "payment")
        return f"{payments} of {counted(self.tickets, 'ticket')}{unpriced}"

    def _repr_html_(self) -> str:
        from ttw import _html

        columns = ("Payment", "Difference", "Ticket", "Before", "After", "Month before", "Month after", "Rules")
        rows = [
            (
                row["payment"],
                _html.dollars(row["difference"]),
                row["ticket"],
                row["before"] and _html.decision(row["before"]),
                row["after"] and _html.decision(row["after"]),
                row["month_before"],
                row["month_after"],
                ", ".join([*row["rules"], *row["problems"]]) or None,
            )
            for row in self.rows[:50]
        ]
        unread = "".join(f"; {words}" for words in self._unread("case"))
        change = "changes" if len(self) - len(self.problems) == 1 else "change"
        caption = f"{self._counted()} {change}: {_html.dollars(self.dollars)}{unread}"
        sums = [(rule, _html.dollars(amount)) for rule, amount in sorted(self.by_rule.items())]
        return _html.table(caption, columns, rows) + _html.table("By rule", ("Rule", "Difference"), sums)


@final
class NextMonths(Answered):
    """What would unlock the next payment of each ticket: a sequence of rows, one a ticket with a next payment.

    The next payment is the first that is undetermined, which may be due already, or else the first that is pending. A
    row has `row`, `ticket`, `payment`, and `needs`, which says what the payment waits for:

    * `earnings`: so many `months` with more earnings; where one is enough, it is `month` (`YYYY-MM`) with `at_least`
      dollars;
    * `services`: that the agreed services be completed;
    * `plan`: that the program manager receive the signed plan;
    * `time`: only that a month be over, or be claimed;
    * `facts`: something is not known, such as benefits of a month;
    * `nothing`: neither earnings nor any of these would help.

    `months` is 0 where no earnings are needed and None where they would not help. `text` says it in words, for `facts`
    and `nothing` in those of the rules that do not hold. A case that cannot be read has the codes of its `problems`,
    their words, and nothing else.

    Examples:
        >>> import ttw
        >>> case = ttw.example()["case"]
        >>> case["payments"], case["earnings"] = [], case["earnings"][:1]
        >>> row = ttw.scenario([case], provider="EN-A", as_of="2016-09-15").next_month()[0]
        >>> row["payment"], row["needs"], row["month"], row["at_least"]
        ('p1m2', 'earnings', '2016-09', Decimal('810.00'))
    """

    __slots__ = ()
    _columns: ClassVar[Columns] = {
        "row": "count",
        "ticket": "text",
        "payment": "text",
        "needs": "text",
        "month": "day",
        "at_least": "dollars",
        "months": "count",
        "text": "text",
        "problems": "texts",
    }

    def __repr__(self) -> str:
        return f"<ttw.NextMonths: {self._counted()}>"

    def _counted(self) -> str:
        """How many tickets, and how near they are, in words."""
        tickets = counted(len(self) - len(self.problems), "ticket")
        near = sum(row["months"] == 1 for row in self.rows)
        return ", ".join([tickets, f"{near} one month away", *self._unread()])

    def _repr_html_(self) -> str:
        from ttw import _html

        columns = ("Ticket", "Payment", "Needs", "Month", "At least", "In words")
        rows = [
            (row["ticket"], row["payment"], row["needs"], row["month"], _html.dollars(row["at_least"]), row["text"])
            for row in self.rows[:50]
        ]
        return _html.table(self._counted(), columns, rows)
