"""Money that a provider has not asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from ttw import _frames
from ttw._answer import Answer, Framed, Judged, Listing, counted, maybe
from ttw._determination import Missing
from ttw._problem import Problem, unread

if TYPE_CHECKING:
    from ttw._frames import Columns, Library


_SHOWN = 50


class Basis(Answer):
    """The rule by which a payment was attained.

    Examples:
        >>> import ttw
        >>> ttw.unclaimed([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")[0].basis.rule
        'P1-02'
    """

    __slots__ = ()

    @property
    def rule(self) -> str:
        """The rule's id."""
        return cast(str, self._values["rule"])

    @property
    def text(self) -> str:
        """What it says of the month."""
        return cast(str, self._values["text"])


class UnclaimedRow(Answer):
    """A payment that can be requested.

    Examples:
        >>> import ttw
        >>> ttw.unclaimed([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")[0]
        <UnclaimedRow T-0001 p1m2 2016-08 $1,398, by 2018-08-31>
    """

    __slots__ = ()

    @property
    def ticket(self) -> str:
        """The caller's id of the ticket."""
        return cast(str, self._values["ticket"])

    @property
    def payment(self) -> str:
        """The payment's name."""
        return cast(str, self._values["payment"])

    @property
    def month(self) -> str:
        """The month for which it can be claimed, `YYYY-MM`."""
        return cast(str, self._values["month"])

    @property
    def amount(self) -> Decimal | None:
        """Dollars; None when the rate is not published."""
        return maybe(Decimal, self._values["amount"])

    @property
    def request_by(self) -> date | None:
        """The last day on which a request is expected."""
        return maybe(date.fromisoformat, self._values["request_by"])

    @property
    def days_left(self) -> int | None:
        """Days until then: zero on that day, below zero after it."""
        return cast("int | None", self._values["days_left"])

    @property
    def basis(self) -> Basis | None:
        """What it rests on."""
        return maybe(Basis, self._values["basis"])

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What has to be known for the amount."""
        return tuple(Missing(values) for values in self._values["missing"])

    def __repr__(self) -> str:
        from ttw import _html

        amount = _html.dollars(self.amount) or "amount not known"
        by = f", by {self._values['request_by']}" if self._values["request_by"] else ""
        return f"<UnclaimedRow {self.ticket} {self.payment} {self.month} {amount}{by}>"


class Why(Answer):
    """Why a ticket brings nothing now.

    Examples:
        >>> import ttw
        >>> case = ttw.example()["case"]
        >>> case["earnings"] = case["pay_statements"] = []
        >>> why = ttw.unclaimed([case], provider="EN-A", as_of="2017-09-15").tickets[0].why
        >>> why.standing, why.payment
        ('pending', 'p1m2')
    """

    __slots__ = ()

    @property
    def standing(self) -> Literal["undetermined", "requested", "pending", "unavailable", "paid"]:
        """Where the ticket stands."""
        return cast('Literal["undetermined", "requested", "pending", "unavailable", "paid"]', self._values["standing"])

    @property
    def payment(self) -> str | None:
        """The payment it is about; None where it is about all of them."""
        return cast("str | None", self._values["payment"])

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules that stand in the way."""
        return tuple(self._values["rules"])

    @property
    def text(self) -> str:
        """In words."""
        return cast(str, self._values["text"])

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Facts that are not known."""
        return tuple(Missing(values) for values in self._values["missing"])


class _Summed(Answer):
    """A number of payments and their sum."""

    __slots__ = ()

    @property
    def payments(self) -> int:
        """How many payments."""
        return cast(int, self._values["payments"])

    @property
    def amount(self) -> Decimal:
        """Their sum in dollars; one whose rate is not published adds nothing."""
        return Decimal(self._values["amount"])

    @property
    def without_rate(self) -> int:
        """How many of them have no published rate."""
        return cast(int, self._values["without_rate"])


class PaymentSum(_Summed):
    """A number of payments and their sum.

    Examples:
        >>> import ttw
        >>> ttw.unclaimed([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15").totals.late.payments
        0
    """

    __slots__ = ()


class UnclaimedTotals(_Summed):
    """Sums over all tickets.

    Examples:
        >>> import ttw
        >>> ttw.unclaimed([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15").totals.amount
        Decimal('1398.00')
    """

    __slots__ = ()

    @property
    def late(self) -> PaymentSum:
        """That of it whose last day is over."""
        return PaymentSum(self._values["late"])


class UnclaimedTicket(_Summed):
    """What one ticket brings.

    Examples:
        >>> import ttw
        >>> ttw.unclaimed([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15").tickets[0].payments
        1
    """

    __slots__ = ()

    @property
    def ticket(self) -> str | None:
        """The caller's id; None where the case could not be read."""
        return cast("str | None", self._values["ticket"])

    @property
    def why(self) -> Why | None:
        """Why it brings nothing; None where it brings something."""
        return maybe(Why, self._values["why"])

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What is wrong with the case, which then brings nothing."""
        return tuple(Problem(values) for values in self._values.get("errors", ()))


class Unclaimed(Framed, Judged, Listing[UnclaimedRow]):
    """Every payment that can be requested: a sequence of rows, the most urgent first.

    Examples:
        >>> import ttw
        >>> unclaimed = ttw.unclaimed([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
        >>> [(row.payment, row.month, row.days_left) for row in unclaimed]
        [('p1m2', '2016-08', 350)]
    """

    __slots__ = ()
    _parts = "rows"
    _part = UnclaimedRow
    _columns: ClassVar[Columns] = {
        "ticket": "text",
        "payment": "text",
        "month": "day",
        "amount": "dollars",
        "request_by": "day",
        "days_left": "count",
        "rule": "text",
    }

    @property
    def provider(self) -> str:
        """Whose tickets."""
        return cast(str, self._values["provider"])

    @property
    def as_of(self) -> date:
        """On which day."""
        return date.fromisoformat(self._values["as_of"])

    @property
    def rows(self) -> tuple[UnclaimedRow, ...]:
        """The payments."""
        return self[:]

    @property
    def tickets(self) -> tuple[UnclaimedTicket, ...]:
        """One entry for each case, in the order given."""
        return tuple(UnclaimedTicket(values) for values in self._values["tickets"])

    @property
    def totals(self) -> UnclaimedTotals:
        """Sums."""
        return UnclaimedTotals(self._values["totals"])

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules applied beside those of the ledger."""
        return tuple(self._values["rules"])

    def _records(self) -> list[dict[str, Any]]:
        return [
            {
                "ticket": row.ticket,
                "payment": row.payment,
                "month": _frames.month(row.month),
                "amount": row.amount,
                "request_by": row.request_by,
                "days_left": row.days_left,
                "rule": maybe(lambda basis: basis.rule, row.basis),
            }
            for row in self.rows
        ]

    def tickets_frame(self, library: Library | None = None) -> Any:
        """Gives the tickets as a data frame, a row a case in the order given: what each brings, or why nothing.

        Args:
            library: `polars`, `pandas` or `pyarrow`; None: the first that is installed.

        Returns:
            `row` (place in the input, from 0), `ticket`, `payments`, `amount`, `without_rate`, and of `why` `standing`,
            `payment`, `rules`, `text` and `missing`, the facts that are not known; `problems` are the codes of a case
            that cannot be read.

        Raises:
            ImportError: None of them is installed.
            ValueError: There is no such library.

        Examples:
            >>> import pytest, ttw
            >>> _ = pytest.importorskip("polars")
            >>> unclaimed = ttw.unclaimed([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
            >>> unclaimed.tickets_frame("polars").select("row", "ticket", "payments").row(0)
            (0, 'T-0001', 1)
        """
        columns: Columns = {
            "row": "count",
            "ticket": "text",
            "payments": "count",
            "amount": "dollars",
            "without_rate": "count",
            "standing": "text",
            "payment": "text",
            "rules": "texts",
            "text": "text",
            "missing": "missing",
            "problems": "texts",
        }
        rows = [
            {
                **{name: getattr(ticket, name) for name in ("ticket", "payments", "amount", "without_rate")},
                **{name: getattr(ticket.why, name, None) for name in ("standing", "payment", "text")},
                "row": at,
                "rules": list(ticket.why.rules) if ticket.why else [],
                "missing": [_fact(fact) for fact in ticket.why.missing] if ticket.why else [],
                "problems": [problem.code for problem in ticket.errors],
            }
            for at, ticket in enumerate(self.tickets)
        ]
        return _frames.frame(columns, rows, library)

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What is wrong with the cases that cannot be read, a dict a problem, as `ttw.Table` has it.

        It has `row` (place in the input, from 0), `ticket` where it could be read, and `code`, `class`, `path`,
        `message`, `action`, `cite`.
        """
        told = ("code", "class", "path", "message", "action", "cite")
        return [
            {"row": row, "ticket": ticket["ticket"], **{name: problem.get(name) for name in told}}
            for row, ticket in enumerate(self._values["tickets"])
            for problem in ticket.get("errors", ())
        ]

    def __repr__(self) -> str:
        return f"<Unclaimed by {self.provider}: {self._counted()}>"

    def _counted(self) -> str:
        """What it comes to, in words, and what is not in the sum."""
        from ttw import _html

        totals = self.totals
        wrong = [[problem.code for problem in ticket.errors] for ticket in self.tickets if ticket.errors]
        parts = [
            counted(len(self), "payment"),
            _html.dollars(totals.amount),
            totals.without_rate and f"{totals.without_rate:,} without a published rate",
            *unread(wrong, "case"),
        ]
        return ", ".join(str(part) for part in parts if part)

    def _repr_html_(self) -> str:
        from ttw import _html

        columns = ("Ticket", "Payment", "Month", "Amount", "Request by", "Days left")
        rows = [
            (row.ticket, row.payment, row.month, _html.dollars(row.amount), row.request_by, row.days_left)
            for row in self[:_SHOWN]
        ]
        of_which = f", of which the first {_SHOWN}" if len(self) > _SHOWN else ""
        caption = f"Unclaimed by {self.provider} on {self.as_of}: {self._counted()}{of_which}"
        wrong = self.problems[:_SHOWN]
        told = [(problem["row"], problem["code"], problem["path"], problem["message"]) for problem in wrong]
        return (
            _html.table(caption, columns, rows)
            + (_html.table("What is wrong", ("Row", "Code", "Where", "What to do"), told) if told else "")
            + _html.paragraph(f"Policy {self.policy}, rules {self.rules_version}")
        )


def _fact(fact: Missing) -> dict[str, Any]:
    """A fact that is not known, as a table of decisions has it."""
    return {**fact.to_dict(), "month": maybe(_frames.month, fact.month)}
