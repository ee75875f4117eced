"""What if: the same cases with something changed, and what follows for money."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, ClassVar, final

from ttw._answer import Framed
from ttw._plain import document, plain, whole
from ttw._tables import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ttw._engine import Engine
    from ttw._frames import Columns
    from ttw._plain import Policy
    from ttw._tables import Tabular

Row = dict[str, Any]
Ledgers = dict[int, dict[str | None, Row]]

_DAYS = ("assigned_on", "unassigned_on", "plan_signed_on", "plan_received_on", "services_completed_on")
_CENT = Decimal("0.01")
_LOWEST, _HIGHEST = -100, 1_000_000


@final
class Scenario:
    """Some cases, to be judged again with something changed.

    Examples:
        >>> import ttw
        >>> scenario = ttw.scenario([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
        >>> scenario
        <ttw.Scenario: 1 cases of EN-A as of 2017-09-15, operations>
    """

    __slots__ = ("_cases", "_engine", "as_of", "policy", "provider")

    def __init__(self, engine: Engine, cases: Tabular, provider: str, as_of: date | str, policy: Policy) -> None:
        # Asked of nobody, the engine says what is wrong with the rest.
        asked = engine.unclaimed((), provider=provider, as_of=as_of, policy=policy)
        self._engine = engine
        self._cases = [_case(case) for case in documents(cases)]
        self.provider, self.as_of, self.policy = asked.provider, asked.as_of, asked.policy

    def what_if(
        self,
        *,
        raise_earnings: Decimal | float = 0,
        move_assignment: int = 0,
        policy: Policy | None = None,
        years: int = 0,
    ) -> WhatIf:
        """Judges the cases again with something changed.

        Args:
            raise_earnings: All earnings and pay statements higher by so many percent; below zero: lower, down to -100.
            move_assignment: Every assignment of this provider so many days later; below zero: earlier. Other days of
                the assignment stay.
            policy: By the other policy.
            years: The whole history, and the day of the question, so many years later: the same life by the amounts of
                other years. Rules that hold from a date on then hold by the later dates too.

        Returns:
            What changes. A case that cannot be read, before or after the change, is a row with its problems and no
            dollars: an assignment that is moved into another one, for example.

        Raises:
            TtwError: There is no such policy.
            TypeError: `raise_earnings` is no number, or days or years are no whole number.
            ValueError: `raise_earnings` is below -100 or no amount of percent, or the change leads out of the calendar.

        Examples:
            >>> import ttw
            >>> scenario = ttw.scenario([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
            >>> change = scenario.what_if(raise_earnings=-20)
            >>> [(row["payment"], row["before"], row["after"], row["rules"]) for row in change]
            [('p1m2', 'payable', 'pending', ['P1-02'])]
            >>> change.dollars
            Decimal('-1398.00')
        """
        percent = _percent(raise_earnings)
        days, years = whole("move_assignment", move_assignment, "days"), whole("years", years, "years")
        as_of = _in_the_calendar(self.as_of, days, years)
        by = self.policy if policy is None else policy
        self._engine.unclaimed((), provider=self.provider, as_of=as_of, policy=by)
        changed = [_changed(case, self.provider, percent, days, years) for case in self._cases]
        before = self._ledgers(self._cases, self.as_of, self.policy)
        after = self._ledgers(changed, as_of, by)
        rows = [row for at in before for row in _compared(before[at], after[at], years)]
        self._add_rules(rows, changed, as_of, by, years)
        return WhatIf(rows)

    def next_month(self) -> list[Row]:
        """Says for each ticket which single month would unlock its next payment.

        Returns:
            A row a ticket that has a pending payment: `row`, `ticket`, `payment`, `month` (`YYYY-MM`) and `at_least`
            (dollars) where one month is enough, `months` (how many are needed, None where earnings alone do not help),
            `text`, what is needed in words, and `problems`. A case that cannot be read is a row with the codes of its
            problems and nothing else.

        Examples:
            >>> import ttw
            >>> case = ttw.example()["case"]
            >>> case["payments"], case["earnings"] = [], case["earnings"][:1]
            >>> row = ttw.scenario([case], provider="EN-A", as_of="2016-09-15").next_month()[0]
            >>> row["payment"], row["month"], row["at_least"]
            ('p1m2', '2016-09', Decimal('810.00'))
        """
        first: dict[int, Row] = {}
        for row in self._engine.ledger_batch(
            self._texts(self._cases), provider=self.provider, as_of=self.as_of, policy=self.policy, statuses=["pending"]
        ):
            first.setdefault(row["row"], row)
        over = (self.as_of.replace(day=1) - timedelta(days=1)).isoformat()[:7]
        questions = [
            self._question(self._cases[at], row["payment"], over, self.as_of, self.policy)
            for at, row in first.items()
            if not row["problems"]
        ]
        judged = iter(self._engine.decide_batch(questions, answers=True)["determination"])
        return [_unlocked(row, None if row["problems"] else next(judged)) for row in first.values()]

    def _texts(self, cases: list[Any]) -> list[bytes | None]:
        return [None if case is None else document(case) for case in cases]

    def _question(self, case: Any, payment: str, month: str, as_of: date, policy: Policy) -> Row:
        claim = {"payment": payment, "month": month, "provider": self.provider}
        return {"case": case, "claim": claim, "requested_on": as_of, "policy": policy}

    def _ledgers(self, cases: list[Any], as_of: date, policy: Policy) -> Ledgers:
        """The rows of each case by their payment; of a case that cannot be read one row of no payment."""
        found: Ledgers = {at: {} for at in range(len(cases))}
        for row in self._engine.ledger_batch(self._texts(cases), provider=self.provider, as_of=as_of, policy=policy):
            found[row["row"]][row["payment"]] = row
        return found

    def _add_rules(self, rows: list[Row], changed: list[Any], as_of: date, policy: Policy, years: int) -> None:
        """What stands in the way on the side on which a payment is not due: what the month itself fails comes first."""
        questions, asked = [], []
        for row in rows:
            for other, month, case, day, by in (
                ("before", row["month_after"], self._cases[row["row"]], self.as_of, self.policy),
                ("after", row["month_before"], changed[row["row"]], as_of, policy),
            ):
                if month is not None and row[other] not in ("payable", "paid"):
                    year = int(month[:4]) + (years if other == "after" else 0)
                    questions.append(self._question(case, row["payment"], f"{year:04}{month[4:]}", day, by))
                    asked.append(row)
        judged = self._engine.decide_batch(questions)
        for row, failed, unknown in zip(asked, judged["failed"], judged["unknown"], strict=True):
            row["rules"] = [*failed, *unknown] or row["rules"]

    def __repr__(self) -> str:
        return f"<ttw.Scenario: {len(self._cases)} cases of {self.provider} as of {self.as_of}, {self.policy}>"


@final
class WhatIf(Framed):
    """What changes in a scenario: a sequence of rows, one a payment whose status, month or amount is another.

    A row has `row`, `ticket`, `payment`, `before` and `after` (statuses), `month_before` and `month_after`,
    `amount_before` and `amount_after`, `difference` (dollars paid or payable), `rules` (what stands in the way where it
    is not due) and `problems`. A case that cannot be read, before or after the change, is one row with the codes of
    its problems, without a payment and without a difference.

    Examples:
        >>> import ttw
        >>> scenario = ttw.scenario([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
        >>> change = scenario.what_if(raise_earnings=5)
        >>> len(change), change.dollars, change.by_rule
        (0, Decimal('0.00'), {})
    """

    __slots__ = ("rows",)
    _columns: ClassVar[Columns] = {
        "row": "count",
        "ticket": "text",
        "payment": "text",
        "before": "text",
        "after": "text",
        "month_before": "text",
        "month_after": "text",
        "amount_before": "dollars",
        "amount_after": "dollars",
        "difference": "dollars",
        "rules": "texts",
        "problems": "texts",
    }

    def __init__(self, rows: list[Row]) -> None:
        self.rows = tuple(rows)

    @property
    def dollars(self) -> Decimal:
        """By how much what is paid and payable changes, in dollars."""
        return sum((row["difference"] for row in self.rows), Decimal("0.00"))

    @property
    def by_payment(self) -> dict[str, Decimal]:
        """The difference in dollars by payment."""
        return self._sums(lambda row: [] if row["problems"] else [row["payment"]])

    @property
    def by_rule(self) -> dict[str, Decimal]:
        """The difference in dollars by rule; what several rules stand in the way of counts under each of them."""
        return self._sums(lambda row: row["rules"])

    @property
    def tickets(self) -> int:
        """How many tickets change."""
        return len({row["row"] for row in self.rows if not row["problems"]})

    @property
    def problems(self) -> tuple[Row, ...]:
        """The rows of the cases that cannot be read, before or after the change."""
        return tuple(row for row in self.rows if row["problems"])

    def _sums(self, keys: Callable[[Row], list[str]]) -> dict[str, Decimal]:
        sums: Counter[str] = Counter()
        for row in self.rows:
            for key in keys(row):
                sums[key] += row["difference"]
        return {key: Decimal(value) for key, value in sums.items()}

    def _records(self) -> list[Row]:
        return list(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __repr__(self) -> str:
        from ttw import _html

        unread = f", {len(self.problems)} cannot be read" if self.problems else ""
        return f"<ttw.WhatIf: {self._counted()}, {_html.dollars(self.dollars)}{unread}>"

    def _counted(self) -> str:
        return f"{len(self) - len(self.problems)} payments of {self.tickets} tickets"

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
        unread = f"; {len(self.problems)} cases cannot be read" if self.problems else ""
        caption = f"{self._counted()} change: {_html.dollars(self.dollars)}{unread}"
        sums = [(rule, _html.dollars(amount)) for rule, amount in sorted(self.by_rule.items())]
        return _html.table(caption, columns, rows) + _html.table("By rule", ("Rule", "Difference"), sums)


def _case(case: Any) -> Any:
    """A case as new values; what cannot be read stays as it is, and is refused by its place."""
    if case is None:
        return None
    try:
        return json.loads(document(case))
    except ValueError:
        return case


def _percent(percent: object) -> Decimal:
    """How much higher earnings are to be, checked."""
    if isinstance(percent, bool) or not isinstance(percent, Decimal | int | float):
        raise TypeError(f"raise_earnings is a number of percent, such as -20, not {type(percent).__name__}")
    checked = Decimal(str(percent))
    if not (checked.is_finite() and _LOWEST <= checked <= _HIGHEST):
        raise ValueError(f"raise_earnings is a number of percent from {_LOWEST} to {_HIGHEST:,}; send one of these")
    return checked


def _in_the_calendar(as_of: date, days: int, years: int) -> date:
    """The day of the question so many years later, where that day and the days moved can be written."""
    try:
        later = _years(as_of, years)
        later + timedelta(days=days)
    except (OverflowError, ValueError):
        raise ValueError("move_assignment or years leads out of the calendar; give fewer days or years") from None
    return later


def _changed(case: Any, provider: str, percent: Decimal, days: int, years: int) -> Any:
    if not isinstance(case, dict):
        return case
    case = plain(case)
    factor = 1 + percent / 100
    for entries, fields in (("earnings", ("earned", "paid")), ("pay_statements", ("gross",))):
        for entry in _dicts(case.get(entries)):
            for field in fields:
                if percent and isinstance(entry.get(field), str):
                    entry[field] = _times(entry[field], factor)
    ticket = case.get("ticket")
    for assignment in _dicts(ticket.get("assignments") if isinstance(ticket, dict) else None):
        if days and assignment.get("provider") == provider:
            assignment["assigned_on"] = _day(assignment.get("assigned_on"), lambda day: day + timedelta(days=days))
    return _later(case, years) if years else case


def _dicts(values: Any) -> list[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _times(amount: str, factor: Decimal) -> str:
    try:
        return format((Decimal(amount) * factor).quantize(_CENT, ROUND_HALF_UP), "f")
    except InvalidOperation:
        return amount


def _day(text: Any, move: Callable[[date], date]) -> Any:
    try:
        return move(date.fromisoformat(text)).isoformat()
    except (TypeError, ValueError, OverflowError):
        return text


_MONTHS = ("month", "from", "to", "terminates_in")
_ALL_DAYS = (*_DAYS, "period_start", "period_end", "pay_date", "closed_on")


def _later(value: Any, years: int) -> Any:
    """The same document so many years later."""
    if isinstance(value, list):
        return [_later(item, years) for item in value]
    if not isinstance(value, dict):
        return value
    moved = {}
    for name, item in value.items():
        if name in _ALL_DAYS:
            moved[name] = _day(item, lambda day: _years(day, years))
        elif name in _MONTHS and isinstance(item, str):
            whole = _day(item + "-01", lambda day: _years(day, years))
            moved[name] = whole[:-3]
        else:
            moved[name] = _later(item, years)
    return moved


def _years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _compared(before: dict[str | None, Row], after: dict[str | None, Row], years: int) -> list[Row]:
    """What changes in one case, in the order of its ledger; one row of problems where it cannot be read."""
    refused = before.get(None) or after.get(None)
    if refused is not None:
        known = next((row["ticket"] for rows in (before, after) for row in rows.values() if row["ticket"]), None)
        return [_row({**refused, "ticket": known}, {}, 0)]
    rows = [_row(before.get(payment, {}), after.get(payment, {}), years) for payment in {**after, **before}]
    pairs = ("before", "after"), ("month_before", "month_after"), ("amount_before", "amount_after")
    return [row for row in rows if any(row[old] != row[new] for old, new in pairs)]


def _row(old: Row, new: Row, years: int) -> Row:
    """A row of two ledgers."""
    due = [row.get("amount") or Decimal("0.00") for row in (old, new)]
    return {
        "row": (old or new)["row"],
        "ticket": (old or new)["ticket"],
        "payment": (old or new)["payment"],
        "before": old.get("status"),
        "after": new.get("status"),
        "month_before": _month(old.get("attained_in"), 0),
        "month_after": _month(new.get("attained_in"), -years),
        "amount_before": old.get("amount"),
        "amount_after": new.get("amount"),
        "difference": due[1] - due[0],
        "rules": list(dict.fromkeys([*old.get("blocked_by", []), *new.get("blocked_by", [])])),
        "problems": [problem["code"] for problem in old.get("problems", [])],
    }


def _unlocked(row: Row, determination: str | None) -> Row:
    """What would unlock a pending payment."""
    following = json.loads(determination or "{}").get("next")
    changes = following["changes"] if following else []
    one = changes[0] if len(changes) == 1 else None
    return {
        "row": row["row"],
        "ticket": row["ticket"],
        "payment": row["payment"],
        "month": one and one["month"],
        "at_least": one and Decimal(one["at_least"]),
        "months": len(changes) if following else None,
        "text": following and following["text"],
        "problems": [problem["code"] for problem in row["problems"]],
    }


def _month(day: date | None, years: int) -> str | None:
    return None if day is None else _years(day, years).isoformat()[:7]
