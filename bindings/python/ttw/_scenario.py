"""What if: the same cases with something changed, and what follows for money."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, final

from ttw._frames import frame
from ttw._plain import document, plain
from ttw._tables import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ttw._engine import Engine
    from ttw._frames import Library
    from ttw._plain import Policy
    from ttw._tables import Tabular

Row = dict[str, Any]

_DAYS = ("assigned_on", "unassigned_on", "plan_signed_on", "plan_received_on", "services_completed_on")
_CENT = Decimal("0.01")


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
        self._engine = engine
        self._cases = [_case(case) for case in documents(cases)]
        self.provider = provider
        self.as_of = as_of if isinstance(as_of, date) else date.fromisoformat(as_of)
        self.policy = policy

    def what_if(
        self,
        *,
        raise_earnings: Decimal | int = 0,
        move_assignment: int = 0,
        policy: Policy | None = None,
        years: int = 0,
    ) -> Change:
        """Judges the cases again with something changed.

        Args:
            raise_earnings: All earnings and pay statements higher by so many percent; below zero: lower.
            move_assignment: Every assignment of this provider so many days later; below zero: earlier. Other days of
                the assignment stay.
            policy: By the other policy.
            years: The whole history, and the day of the question, so many years later: the same life by the amounts of
                other years. Rules that hold from a date on then hold by the later dates too.

        Returns:
            What changes.

        Examples:
            >>> import ttw
            >>> scenario = ttw.scenario([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
            >>> change = scenario.what_if(raise_earnings=-20)
            >>> [(row["payment"], row["before"], row["after"], row["rules"]) for row in change]
            [('p1m2', 'payable', 'pending', ['P1-02'])]
            >>> change.dollars
            Decimal('-1398.00')
        """
        as_of = _years(self.as_of, years)
        changed = [
            None if case is None else _changed(case, self.provider, raise_earnings, move_assignment, years)
            for case in self._cases
        ]
        before = self._ledgers(self._cases, self.as_of, self.policy)
        after = self._ledgers(changed, as_of, policy or self.policy)
        keys = sorted({*before, *after}, key=_order(before, after))
        compared = [_difference(before.get(key), after.get(key), years) for key in keys]
        rows = [row for row in compared if row is not None]
        self._add_rules(rows, changed, as_of, policy or self.policy, years)
        return Change(rows)

    def next_month(self) -> list[Row]:
        """Says for each ticket which single month would unlock its next payment.

        Returns:
            A row a ticket that has a pending payment: `row`, `ticket`, `payment`, `month` (`YYYY-MM`) and `at_least`
            (dollars) where one month is enough, `months` (how many are needed, None where earnings alone do not help),
            and `text`, what is needed in words.

        Examples:
            >>> import ttw
            >>> case = ttw.example()["case"]
            >>> case["payments"], case["earnings"] = [], case["earnings"][:1]
            >>> row = ttw.scenario([case], provider="EN-A", as_of="2016-09-15").next_month()[0]
            >>> row["payment"], row["month"], row["at_least"]
            ('p1m2', '2016-09', Decimal('810.00'))
        """
        pending: dict[int, Row] = {}
        for row in self._engine.ledger_batch(
            self._texts(self._cases), provider=self.provider, as_of=self.as_of, policy=self.policy, statuses=["pending"]
        ):
            if row["payment"] is not None:
                pending.setdefault(row["row"], row)
        over = (self.as_of.replace(day=1) - timedelta(days=1)).isoformat()[:7]
        questions = [
            self._question(self._cases[at], row["payment"], over, self.as_of, self.policy)
            for at, row in pending.items()
        ]
        judged = self._engine.decide_batch(questions, answers=True)
        found = []
        for row, text in zip(pending.values(), judged["determination"], strict=True):
            following = (json.loads(text) if text else {}).get("next")
            changes = following["changes"] if following else []
            one = changes[0] if len(changes) == 1 else None
            found.append(
                {
                    "row": row["row"],
                    "ticket": row["ticket"],
                    "payment": row["payment"],
                    "month": one and one["month"],
                    "at_least": one and Decimal(one["at_least"]),
                    "months": len(changes) if following else None,
                    "text": following and following["text"],
                }
            )
        return found

    def _texts(self, cases: list[Any]) -> list[bytes | None]:
        return [None if case is None else document(case) for case in cases]

    def _question(self, case: Any, payment: str, month: str, as_of: date, policy: Policy) -> Row:
        claim = {"payment": payment, "month": month, "provider": self.provider}
        return {"case": case, "claim": claim, "requested_on": as_of, "policy": policy}

    def _ledgers(self, cases: list[Any], as_of: date, policy: Policy) -> dict[tuple[int, str], Row]:
        table = self._engine.ledger_batch(self._texts(cases), provider=self.provider, as_of=as_of, policy=policy)
        return {(row["row"], row["payment"] or ""): row for row in table}

    def _add_rules(self, rows: list[Row], changed: list[Any], as_of: date, policy: Policy, years: int) -> None:
        """What stands in the way on the side on which a payment is not due."""
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
            row["rules"] = row["rules"] or [*failed, *unknown]

    def __repr__(self) -> str:
        return f"<ttw.Scenario: {len(self._cases)} cases of {self.provider} as of {self.as_of}, {self.policy}>"


@final
class Change:
    """What changes in a scenario: a sequence of rows, one a payment whose status, month or amount is another.

    A row has `row`, `ticket`, `payment`, `before` and `after` (statuses), `month_before` and `month_after`,
    `amount_before` and `amount_after`, `difference` (dollars paid or payable), `rules` (what stands in the way where it
    is not due) and `problems` (codes of a case that cannot be read).

    Examples:
        >>> import ttw
        >>> scenario = ttw.scenario([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
        >>> change = scenario.what_if(raise_earnings=5)
        >>> len(change), change.dollars, change.by_rule
        (0, Decimal('0.00'), {})
    """

    __slots__ = ("rows",)

    def __init__(self, rows: list[Row]) -> None:
        self.rows = tuple(rows)

    @property
    def dollars(self) -> Decimal:
        """By how much what is paid and payable changes, in dollars."""
        return sum((row["difference"] for row in self.rows), Decimal("0.00"))

    @property
    def by_payment(self) -> dict[str, Decimal]:
        """The difference in dollars by payment."""
        return self._sums(lambda row: [row["payment"]])

    @property
    def by_rule(self) -> dict[str, Decimal]:
        """The difference in dollars by rule; what several rules stand in the way of counts under each of them."""
        return self._sums(lambda row: row["rules"])

    @property
    def tickets(self) -> int:
        """How many tickets change."""
        return len({row["row"] for row in self.rows})

    def _sums(self, keys: Callable[[Row], list[str]]) -> dict[str, Decimal]:
        sums: Counter[str] = Counter()
        for row in self.rows:
            for key in keys(row):
                sums[key] += row["difference"]
        return {key: Decimal(value) for key, value in sums.items()}

    def to_frame(self, library: Library | None = None) -> Any:
        """Gives the rows as a data frame.

        Args:
            library: `polars`, `pandas` or `pyarrow`; None: the first that is installed.
        """
        return frame(self.rows, library)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __repr__(self) -> str:
        from ttw import _html

        return f"<ttw.Change: {len(self)} payments of {self.tickets} tickets, {_html.dollars(self.dollars)}>"

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
        caption = f"{len(self)} payments of {self.tickets} tickets change: {_html.dollars(self.dollars)}"
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


def _changed(case: Any, provider: str, percent: Decimal | int, days: int, years: int) -> Any:
    if not isinstance(case, dict):
        return case
    case = plain(case)
    factor = 1 + Decimal(percent) / 100
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


def _order(before: dict[Any, Row], after: dict[Any, Row]) -> Callable[[tuple[int, str]], tuple[int, int]]:
    places = {key: place for ledger in (after, before) for place, key in enumerate(ledger)}
    return lambda key: (key[0], places[key])


def _difference(before: Row | None, after: Row | None, years: int) -> Row | None:
    """A row of two ledgers, or None where nothing changes."""
    old, new = before or {}, after or {}
    due = [row.get("amount") or Decimal("0.00") for row in (old, new)]
    months = [_month(old.get("attained_in"), 0), _month(new.get("attained_in"), -years)]
    problems = [problem["code"] for problem in (old.get("problems") or new.get("problems") or [])]
    if not problems and old.get("status") == new.get("status") and months[0] == months[1] and due[0] == due[1]:
        return None
    return {
        "row": (before or after or {})["row"],
        "ticket": old.get("ticket") or new.get("ticket"),
        "payment": old.get("payment") or new.get("payment"),
        "before": old.get("status"),
        "after": new.get("status"),
        "month_before": months[0],
        "month_after": months[1],
        "amount_before": old.get("amount"),
        "amount_after": new.get("amount"),
        "difference": due[1] - due[0],
        "rules": list(dict.fromkeys([*old.get("blocked_by", []), *new.get("blocked_by", [])])),
        "problems": problems,
    }


def _month(day: date | None, years: int) -> str | None:
    return None if day is None else _years(day, years).isoformat()[:7]
