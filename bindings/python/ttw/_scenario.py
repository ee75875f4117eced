"""What if: the same cases with something changed, and what follows for money."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Protocol, final

from ttw._answer import counted
from ttw._determination import Determination
from ttw._plain import document, item, plain, whole
from ttw._table import of_provider
from ttw._tables import documents
from ttw._what_if import ANOTHER_AMOUNT, ANOTHER_MONTH, DUE, OTHER, NextMonths, Row, WhatIf

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from ttw._plain import Policy
    from ttw._rules import Rules
    from ttw._table import Table
    from ttw._tables import Tabular
    from ttw._unclaimed import Unclaimed

Ledgers = dict[int, dict[str | None, Row]]

_DAYS = ("assigned_on", "unassigned_on", "plan_signed_on", "plan_received_on", "services_completed_on")
_CENT = Decimal("0.01")
_LOWEST, _HIGHEST = -100, 1_000_000


class Judge(Protocol):
    """What a scenario asks of an engine."""

    def unclaimed(self, cases: Tabular, *, provider: str, as_of: date | str, policy: Policy) -> Unclaimed:
        """Says what is wrong with provider, day and policy."""

    def ledger_batch(
        self,
        cases: Tabular,
        *,
        provider: str,
        as_of: date,
        policy: Policy,
        statuses: list[str] | None,
        texts: bool,
        progress: bool,
    ) -> Table:
        """Gives the ledgers."""

    def decide_batch(self, questions: Tabular, *, answers: bool = False, progress: bool = False) -> Table:
        """Gives the decisions."""

    def rules(self) -> Rules:
        """Gives the rules."""


@final
class Scenario:
    """Some cases, to be judged again with something changed.

    Examples:
        >>> import ttw
        >>> scenario = ttw.scenario([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
        >>> scenario
        <ttw.Scenario: 1 case of EN-A as of 2017-09-15, operations>
    """

    __slots__ = ("_cases", "_engine", "as_of", "policy", "provider")

    def __init__(self, engine: Judge, cases: Tabular, provider: str, as_of: date | str, policy: Policy) -> None:
        # Asked of nobody, the engine says what is wrong with the rest.
        asked = engine.unclaimed((), provider=provider, as_of=as_of, policy=policy)
        self._engine = engine
        self._cases = [_case(case) for case in documents(cases)]
        self.provider, self.as_of, self.policy = asked.provider, asked.as_of, asked.policy

    def what_if(
        self,
        *,
        raise_earnings: Decimal | float | None = None,
        move_assignment: int | None = None,
        policy: Policy | None = None,
        years: int | None = None,
        progress: bool = False,
    ) -> WhatIf:
        """Judges the cases again with something changed; what is not said stays as it is.

        Args:
            raise_earnings: All earnings and pay statements higher by so many percent, not by a factor: 5 is five
                percent, 0.05 a twentieth of one percent; below zero: lower, down to -100.
            move_assignment: Every assignment of this provider so many days later; below zero: earlier. Other days of
                the assignment stay.
            policy: By the other policy.
            years: The whole history, and the day of the question, so many years later: the same life by the amounts of
                other years. Rules that hold from a date on then hold by the later dates too.
            progress: Shows bars of progress, where tqdm is installed.

        Returns:
            What changes. A case that cannot be read, before or after the change, is a row with its problems and no
            dollars: an assignment that is moved into another one, for example.

        Raises:
            TtwError: There is no such policy, or the provider has a part in none of the cases.
            TypeError: `raise_earnings` is no number, or days or years are no whole number.
            ValueError: No change is said, `raise_earnings` is below -100 or no amount of percent, or the change leads
                out of the calendar.

        Examples:
            >>> import ttw
            >>> scenario = ttw.scenario([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
            >>> change = scenario.what_if(raise_earnings=-20)
            >>> [(row["payment"], row["before"], row["after"], row["rules"]) for row in change]
            [('p1m2', 'payable', 'pending', ['P1-02'])]
            >>> change.dollars
            Decimal('-1398.00')
        """
        if all(change is None for change in (raise_earnings, move_assignment, policy, years)):
            raise ValueError("say a change: raise_earnings, move_assignment, policy or years")
        percent = _percent(0 if raise_earnings is None else raise_earnings)
        days = 0 if move_assignment is None else whole("move_assignment", move_assignment, "days")
        years = 0 if years is None else whole("years", years, "years")
        as_of = _in_the_calendar(self.as_of, days, years)
        by = self.policy if policy is None else policy
        self._engine.unclaimed((), provider=self.provider, as_of=as_of, policy=by)
        changed = [_changed(case, self.provider, percent, days, years) for case in self._cases]
        before = self._ledgers(self._cases, self.as_of, self.policy, progress)
        after = self._ledgers(changed, as_of, by, progress)
        rows = [row for at in before for row in _compared(before[at], after[at], years)]
        self._add_rules(rows, changed, as_of, by, years, progress)
        return WhatIf([{**row, "cause": _cause(row)} for row in rows])

    def next_month(self, *, progress: bool = False) -> NextMonths:
        """Says for each ticket what would unlock its next payment: which month, or what else.

        Args:
            progress: Shows bars of progress, where tqdm is installed.

        Returns:
            A row a ticket that has a pending or undetermined payment, and one for each case that cannot be read.

        Raises:
            TtwError: The provider has a part in none of the cases.

        Examples:
            >>> import ttw
            >>> case = ttw.example()["case"]
            >>> case["payments"], case["earnings"] = [], case["earnings"][:1]
            >>> row = ttw.scenario([case], provider="EN-A", as_of="2016-09-15").next_month()[0]
            >>> row["payment"], row["month"], row["at_least"]
            ('p1m2', '2016-09', Decimal('810.00'))
        """
        first: dict[int, Row] = {}
        for row in self._ledger_rows(self._cases, self.as_of, self.policy, progress, ["pending", "undetermined"]):
            # What may be due already comes before what can still come.
            known = first.setdefault(row["row"], row)
            if row["status"] == "undetermined" and known["status"] == "pending":
                first[row["row"]] = row
        waiting = {at: row for at, row in first.items() if row["status"] == "pending"}
        open_ = [at for at, row in first.items() if row["status"] == "undetermined"]
        over = (self.as_of.replace(day=1) - timedelta(days=1)).isoformat()[:7]
        questions = [
            self._question(self._cases[at], row["payment"], over, self.as_of, self.policy)
            for at, row in waiting.items()
        ]
        judged = self._engine.decide_batch(questions, answers=True, progress=progress)
        names = {rule.id: rule.name for rule in self._engine.rules()}
        found = {at: _unlocked(row, each, names) for (at, row), each in zip(waiting.items(), judged, strict=True)}
        cases = [self._cases[at] for at in open_]
        for row in self._ledger_rows(cases, self.as_of, self.policy, progress, ["undetermined"], texts=True):
            at = open_[row["row"]]
            found.setdefault(at, _open(first[at], row["reasons"]))
        return NextMonths([found.get(at) or _unreadable(row) for at, row in first.items()])

    def _ledger_rows(
        self,
        cases: list[Any],
        as_of: date,
        policy: Policy,
        progress: bool,
        statuses: list[str] | None = None,
        texts: bool = False,
    ) -> Table:
        given = [None if case is None else document(case) for case in cases]
        table = self._engine.ledger_batch(
            given, provider=self.provider, as_of=as_of, policy=policy, statuses=statuses, texts=texts, progress=progress
        )
        return of_provider(table, len(given))

    def _question(self, case: Any, payment: str, month: str, as_of: date, policy: Policy) -> Row:
        claim = {"payment": payment, "month": month, "provider": self.provider}
        return {"case": case, "claim": claim, "requested_on": as_of, "policy": policy}

    def _ledgers(self, cases: list[Any], as_of: date, policy: Policy, progress: bool) -> Ledgers:
        """The rows of each case by their payment; of a case that cannot be read one row of no payment."""
        found: Ledgers = {at: {} for at in range(len(cases))}
        for row in self._ledger_rows(cases, as_of, policy, progress):
            found[row["row"]][row["payment"]] = row
        return found

    def _add_rules(
        self, rows: list[Row], changed: list[Any], as_of: date, policy: Policy, years: int, progress: bool
    ) -> None:
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
        judged = self._engine.decide_batch(questions, progress=progress)
        for row, failed, unknown in zip(asked, judged["failed"], judged["unknown"], strict=True):
            row["rules"] = [*failed, *unknown] or row["rules"]

    def __repr__(self) -> str:
        cases = counted(len(self._cases), "case")
        return f"<ttw.Scenario: {cases} of {self.provider} as of {self.as_of}, {self.policy}>"


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
    percent = item(percent)
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
    for name, part in value.items():
        if name in _ALL_DAYS:
            moved[name] = _day(part, lambda day: _years(day, years))
        elif name in _MONTHS and isinstance(part, str):
            moved[name] = _day(part + "-01", lambda day: _years(day, years))[:-3]
        else:
            moved[name] = _later(part, years)
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
    """A row of two ledgers; what is due without a published rate, before or after, makes no difference in dollars."""
    due = [row.get("amount") or Decimal("0.00") for row in (old, new)]
    priced = all(row.get("amount") is not None for row in (old, new) if row.get("status") in DUE)
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
        "difference": due[1] - due[0] if priced else Decimal("0.00"),
        "rules": list(dict.fromkeys([*old.get("blocked_by", []), *new.get("blocked_by", [])])),
        "problems": [problem["code"] for problem in old.get("problems", [])],
    }


def _cause(row: Row) -> str | None:
    """The one cause under which the difference of a payment counts."""
    if row["problems"]:
        return None
    if row["rules"]:
        return str(row["rules"][0])
    if {row["before"], row["after"]} <= DUE:
        return ANOTHER_MONTH if row["month_before"] != row["month_after"] else ANOTHER_AMOUNT
    return OTHER


def _unlocked(row: Row, judged: Row, names: Mapping[str, str]) -> Row:
    """What would unlock a pending payment, as it was judged; `names` are those of the rules."""
    if judged["problems"]:
        return _unreadable({**row, "problems": judged["problems"]})
    determination = Determination(judged["determination"])
    following, open_ = determination.next, [reason for reason in determination.reasons if reason.holds is not True]
    changes = following.changes if following else ()
    one = changes[0] if len(changes) == 1 else None
    in_words = " ".join(reason.text for reason in sorted(open_, key=lambda reason: reason.holds is None))
    return {
        **{name: row[name] for name in ("row", "ticket", "payment")},
        "needs": _needs(determination, {names.get(reason.rule) for reason in open_}),
        "month": one and one.month,
        "at_least": one and one.at_least,
        "months": len(changes) if following else None,
        "text": following.text if following else in_words,
        "problems": [],
    }


def _open(row: Row, reasons: list[Row]) -> Row:
    """What a payment that may be due already waits for: what is not known, in the words of the rules."""
    return {
        **{name: row[name] for name in ("row", "ticket", "payment")},
        "needs": "facts",
        **dict.fromkeys(("month", "at_least", "months")),
        "text": " ".join(reason["text"] for reason in reasons if reason["holds"] is None),
        "problems": [],
    }


def _needs(determination: Determination, open_: Collection[str | None]) -> str:
    """What a payment waits for; `open_` are the names of the rules that do not hold."""
    following = determination.next
    if following is None:
        return "facts" if any(reason.holds is None for reason in determination.reasons) else "nothing"
    if following.changes:
        return "earnings"
    if "services_completed" in open_:
        return "services"
    if following.by is None:
        return "plan" if "late_plan" in open_ else "services"
    return "time"


def _unreadable(row: Row) -> Row:
    """A case that cannot be read."""
    problems = row["problems"]
    return {
        **{name: row[name] for name in ("row", "ticket", "payment")},
        **dict.fromkeys(("needs", "month", "at_least", "months")),
        "text": " ".join(problem["message"] for problem in problems),
        "problems": [problem["code"] for problem in problems],
    }


def _month(day: date | None, years: int) -> str | None:
    return None if day is None else _years(day, years).isoformat()[:7]
