"""What a timeline tells of a case, before it is drawn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

import ttw
from ttw import Ledger
from ttw._plain import document, envelope
from ttw.plot import _style
from ttw.plot._style import plus, since, spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from ttw import LedgerRow
    from ttw._plain import Input, Policy

BASES = {"earned": "by pay period", "paid": "by day of pay"}
_RECORDS = {"t2": "title II", "t16": "title XVI"}
_STATUSES = {
    "current_pay": "current pay",
    "suspended_work": "suspended for work",
    "suspended_other": "suspended otherwise",
    "ended_work": "ended for work",
    "ended_other": "ended otherwise",
}
# Of all questions about a month, that for Milestone 4 looks back the furthest.
_ASKED = "p1m4"
_LOOK_BACK = "LB-"


@dataclass(frozen=True)
class Story:
    """A case as a timeline shows it."""

    case: dict[str, Any]
    ledger: Ledger
    months: list[str]
    """All months of the picture."""
    earnings: list[tuple[str, str, Decimal]]
    """Month, basis and dollars, as the engine counts them; of a concurrent month both bases."""
    bases: list[str]
    """Those on which some month is judged."""
    first_assigned: str
    look_back: int
    """Months before the first assignment; 0 where it is not looked back."""

    @property
    def records(self) -> list[tuple[str, str, str, str]]:
        """Record, status, first and last month: what each record was, and where that is not known."""
        found = []
        for record, name in _RECORDS.items():
            months = [(at, _status(self.case, record, at)) for at in self.months]
            for word, run in groupby(months, lambda month: month[1]):
                listed = [at for at, _ in run]
                if word:
                    found.append((name, word, listed[0], listed[-1]))
        return found

    @property
    def over(self) -> str:
        """The month of the day asked: those before it are over."""
        return str(self.ledger.as_of)[:7]

    @property
    def events(self) -> list[tuple[str, str]]:
        """Days with their words, in their order."""
        asked, ends = str(self.ledger.as_of), self.case["ticket"].get("terminates_in")
        found = [(self.first_assigned, f"first assigned {self.first_assigned}"), (asked, f"asked on {asked}")]
        found += [(f"{ends}-01", f"terminates in {_style.spelled(ends)}")] if ends else []
        return sorted(found)

    @property
    def refused(self) -> list[tuple[list[LedgerRow], str]]:
        """Payments that are barred or not known, with why."""
        rows = [row for row in self.ledger if row.status in ("unavailable", "undetermined")]
        return [
            (list(same), f"barred by {', '.join(rules)}" if rules else "undetermined")
            for rules, same in groupby(rows, lambda row: row.blocked_by)
        ]

    def words(self) -> str:
        """The picture in words."""
        told = [f"Timeline of ticket {self.case['ticket']['id']} {spell(self.months[0], self.months[-1])}"]
        told += [_earned(self.earnings, basis) for basis in self.bases]
        for name, runs in groupby(self.records, lambda record: record[0]):
            told.append(f"{name}: {', '.join(f'{word} {spell(first, last)}' for _, word, first, last in runs)}")
        for assignment in self.case["ticket"]["assignments"]:
            until = f" to {assignment['unassigned_on']}" if assignment.get("unassigned_on") else ""
            told.append(f"with {assignment['provider']} from {assignment['assigned_on']}{until}")
        told += [words for _, words in self.events]
        for status in _style.MARKS:
            rows = [row for row in self.ledger if row.status == status]
            without = sum(row.amount is None for row in rows)
            listed = [f"{_style.named(run)} {_attained(run)}" for run in _style.runs(rows)]
            told += [f"{status}: {', '.join(listed)}"] if rows else []
            told += [f"{status}: {_style.unpriced(without)}"] if without else []
        told += [f"{_style.named(rows)} {why}" for rows, why in self.refused]
        return "; ".join(told) + "."


def read(case: Input, provider: str, as_of: date | str, policy: Policy) -> Story:
    """Reads a case, and asks the engine."""
    ledger = ttw.ledger(case, provider=provider, as_of=as_of, policy=policy)
    text = document(case)
    values = json.loads(text)
    assignments = values["ticket"]["assignments"]
    first_assigned = min(each["assigned_on"] for each in assignments if each["kind"] != "state_vr")
    answers = _answers(text, ledger, {first_assigned[:7], *_worked(values)})
    looked = answers[first_assigned[:7]].items()
    look_back = max((facts.get("window", 0) for rule, facts in looked if rule.startswith(_LOOK_BACK)), default=0)
    counted = [(at, basis, amount) for at, facts in answers.items() for basis, amount in _counted(facts)]
    earnings = [(at, basis, amount) for at, basis, amount in counted if amount > 0]

    shown = [at for at, _, _ in earnings] + [row.attained_in for row in ledger if row.attained_in]
    shown += [plus(first_assigned, -look_back), str(ledger.as_of)[:7]]
    shown += [assignment["assigned_on"][:7] for assignment in assignments]
    shown += filter(None, [values["ticket"].get("terminates_in")])
    months = [plus(min(shown), at) for at in range(since(min(shown), max(shown)) + 1)]
    used = {basis for _, basis, _ in counted}
    return Story(values, ledger, months, earnings, [b for b in BASES if b in used], first_assigned, look_back)


def _worked(case: dict[str, Any]) -> set[str]:
    """The months that can have earnings."""
    paid_for = [statement for statement in case.get("pay_statements") or [] if statement["kind"] != "not_earnings"]
    posted = {entry["month"] for entry in case.get("earnings") or []}
    return posted | {statement[day][:7] for statement in paid_for for day in ("period_end", "pay_date")}


def _answers(case: bytes, ledger: Ledger, months: set[str]) -> dict[str, dict[str, Mapping[str, Any]]]:
    """The facts of each rule in each month, asked when all of them are over."""
    asked_on = max(str(ledger.as_of), f"{plus(max(months), 1)}-01")
    found = {}
    for at in sorted(months):
        claim = {"payment": _ASKED, "month": at, "provider": ledger.provider}
        fields = {"claim": claim, "requested_on": asked_on, "policy": ledger.policy}
        reasons = ttw.decide(envelope({"case": case}, fields)).reasons
        found[at] = {reason.rule: reason.facts for reason in reasons}
    return found


def _counted(facts: dict[str, Mapping[str, Any]]) -> Iterable[tuple[str, Decimal]]:
    """A month's basis and amount; of a concurrent month both."""
    one = facts.get("EARN-01")
    if one is not None:
        return [(one["basis"], Decimal(one["amount"]))]
    return [(basis, Decimal(facts["EARN-02"][basis])) for basis in BASES]


def _status(case: dict[str, Any], record: str, at: str) -> str | None:
    """What a record was in a month, in words; nothing where the month is judged by the other record alone."""
    ranges = [benefit for benefit in case.get("benefits") or [] if benefit["from"] <= at <= (benefit.get("to") or at)]
    for benefit in ranges:
        if benefit["title"] == record:
            # Pay without federal cash is the State's alone.
            supplement = benefit["status"] == "current_pay" and benefit.get("federal_cash") is False
            return "State supplement only" if supplement else _STATUSES[benefit["status"]]
    title = case["beneficiary"]["title"]
    return _style.UNKNOWN if title == "concurrent" or (title == record and not ranges) else None


def _earned(earnings: list[tuple[str, str, Decimal]], basis: str) -> str:
    amounts = [amount for _, by, amount in earnings if by == basis]
    if not amounts:
        return f"no earnings {BASES[basis]}"
    return f"earnings {BASES[basis]} in {_style.many(len(amounts), 'month')}, at most ${max(amounts):,.2f}"


def _attained(run: list[LedgerRow]) -> str:
    months = [row.attained_in for row in run if row.attained_in]
    return spell(min(months), max(months))
