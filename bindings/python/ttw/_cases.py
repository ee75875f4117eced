"""Cases from ordinary tables: one row an assignment, a range of benefits, a month, a payment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ttw import _floats
from ttw._asked import A_TIME
from ttw._problem import TtwError, written
from ttw._tables import names, records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ttw._tables import ArrowTable

_KEY = "ticket"
_MONTHS_OF_MONEY = "earned", "paid"

# The columns that a table needs, and those that it may have.
_TICKETS = (("title", "blind"), ("terminates_in",))
_CHILDREN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "assignments": (
        ("provider", "kind", "assigned_on"),
        ("payment_system", "unassigned_on", "plan_signed_on", "plan_received_on", "services_completed_on"),
    ),
    "benefits": (("title", "from", "status"), ("to", "federal_cash")),
    "earnings": (("month",), _MONTHS_OF_MONEY),
    "payments": (("payment", "month", "provider", "amount"), ("half_twl",)),
    "pay_statements": (("period_start", "period_end", "pay_date", "gross", "kind"), ("employer",)),
    "state_vr_cases": (("agency", "successful", "cost_reimbursed"), ("closed_on",)),
}


def cases(
    *,
    tickets: ArrowTable | Iterable[Mapping[str, Any]],
    assignments: ArrowTable | Iterable[Mapping[str, Any]],
    benefits: ArrowTable | Iterable[Mapping[str, Any]] = (),
    earnings: ArrowTable | Iterable[Mapping[str, Any]] = (),
    payments: ArrowTable | Iterable[Mapping[str, Any]] = (),
    pay_statements: ArrowTable | Iterable[Mapping[str, Any]] = (),
    state_vr_cases: ArrowTable | Iterable[Mapping[str, Any]] = (),
) -> list[dict[str, Any]]:
    """Puts cases together from tables as databases and spreadsheets have them, by the column `ticket`.

    Each table is a frame of Polars, pandas or pyarrow, a relation of DuckDB, or a list of dicts. Its columns are the
    fields of the contract: days are dates or `YYYY-MM-DD`, months a date of the month or `YYYY-MM`, money in US dollars
    decimals or text, or whole cents in a column named `…_cents`. What is null, or a column that may be absent, is not
    there. What a case means is not judged here.

    Args:
        tickets: A row a ticket: `ticket` (the caller's id, never a Social Security number), `title` (`t2`, `t16`,
            `concurrent`), `blind`; it may have `terminates_in`.
        assignments: A row an assignment, in any order: `ticket`, `provider`, `kind`, `assigned_on`, and but for
            `state_vr` `payment_system`; it may have `unassigned_on`, `plan_signed_on`, `plan_received_on`,
            `services_completed_on`.
        benefits: A row a range of months: `ticket`, `title`, `from`, `status`; it may have `to` and `federal_cash`.
        earnings: A row a month: `ticket`, `month`, and `earned`, `paid` or both, or these in cents.
        payments: A row a payment that was made: `ticket`, `payment`, `month`, `provider`, `amount`; it may have
            `half_twl`.
        pay_statements: A row a statement: `ticket`, `period_start`, `period_end`, `pay_date`, `gross`, `kind`; it may
            have `employer`.
        state_vr_cases: A row a case of a State agency: `ticket`, `agency`, `successful`, `cost_reimbursed`; it may have
            `closed_on`.

    Returns:
        A case for each row of `tickets`, in that order, as `ledger_batch`, `unclaimed` and `scenario` take them.

    Raises:
        ValueError: A table lacks a column or has one that no case has, a ticket is there twice, or a row is of a ticket
            that is not among `tickets`.
        TtwError: A column of money holds numbers that are no decimals, or one of days or months times of day.
        TypeError: Something is no table and no list of dicts.

    Examples:
        >>> import ttw
        >>> cases = ttw.cases(
        ...     tickets=[{"ticket": "T-1", "title": "t2", "blind": False}],
        ...     assignments=[
        ...         {
        ...             "ticket": "T-1",
        ...             "provider": "EN-A",
        ...             "kind": "en",
        ...             "payment_system": "outcome_milestone",
        ...             "assigned_on": "2016-05-20",
        ...         }
        ...     ],
        ...     benefits=[{"ticket": "T-1", "title": "t2", "from": "2014-01", "status": "current_pay"}],
        ...     earnings=[{"ticket": "T-1", "month": "2016-06", "earned_cents": 90000}],
        ... )
        >>> ttw.ledger_batch(cases, provider="EN-A", as_of="2017-09-15", statuses=["payable"])["payment"]
        ['p1m1']
    """
    given = {
        "assignments": assignments,
        "benefits": benefits,
        "earnings": earnings,
        "payments": payments,
        "pay_statements": pay_statements,
        "state_vr_cases": state_vr_cases,
    }
    made: dict[str, dict[str, Any]] = {}
    for at, row in enumerate(_rows("tickets", tickets, *_TICKETS)):
        key = _key("tickets", at, row)
        if key in made:
            raise ValueError(f"row {at} of tickets is of a ticket that was there before; give each ticket one row")
        ends = {name: row.pop(name) for name in ("terminates_in",) if name in row}
        made[key] = {"ticket": {"id": key, **ends, "assignments": []}, "beneficiary": row}
        made[key].update({name: [] for name in given if name != "assignments"})
    for name, table in given.items():
        for at, row in enumerate(_rows(name, table, *_CHILDREN[name])):
            case = made.get(_key(name, at, row))
            if case is None:
                raise ValueError(f"row {at} of {name} is of a ticket that is not among tickets; add it there")
            (case["ticket"] if name == "assignments" else case)[name].append(row)
    for case in made.values():
        case["ticket"]["assignments"].sort(key=lambda assignment: str(assignment.get("assigned_on")))
    return list(made.values())


def _rows(name: str, table: Any, needed: tuple[str, ...], possible: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a table, each with the fields that it has, after its columns were looked at."""
    table = list(table) if isinstance(table, Iterator) else table
    there = set(names(table) or ())
    if isinstance(table, list | tuple):
        there = {str(column) for row in table if isinstance(row, Mapping) for column in row}
    rows = records(table)
    if not all(isinstance(row, Mapping) for row in rows):
        raise TypeError(f"{name} is a table, or a list of dicts")
    rows = [{column: cell for column, cell in row.items() if cell is not None} for row in rows]
    columns = dict.fromkeys(column for row in rows for column in row)
    money = [column for column in columns if _floats.is_amount(column)]
    _floats.refuse_paths(f"/{name}/{column}" for column in money if not all(_is_money(row.get(column)) for row in rows))
    if rows:
        _refuse(name, columns, {_floats.dollars(column) for column in there}, (_KEY, *needed), possible)
    timed = [column for column in columns if any(isinstance(row.get(column), datetime) for row in rows)]
    if timed:
        raise TtwError(written("DATE_FORMAT", f"/{name}/{column}", A_TIME) for column in timed)
    return rows


def _refuse(
    name: str, columns: Iterable[str], there: set[str], needed: tuple[str, ...], possible: tuple[str, ...]
) -> None:
    """Refuses a table without the columns of its kind, or with others; `there` are those that may have no value."""
    told = []
    missing = [column for column in needed if column not in columns]
    if lacking := [column for column in missing if column not in there]:
        told.append(f"lacks {_listed(lacking)}")
    if empty := [column for column in missing if column in there]:
        told.append(f"has no value in {_listed(empty)}")
    if name == "earnings" and not set(columns) & set(_MONTHS_OF_MONEY):
        told.append("lacks the column earned or paid, or one of them in cents: earned_cents, paid_cents")
    if unknown := [column for column in columns if column not in (*needed, *possible)]:
        known = ", ".join((*needed, *possible))
        told.append(
            f"has {_listed(unknown)} that no case has; correct the name, or leave it out: the columns are {known}"
        )
    if told:
        raise ValueError(f"{name} {', and '.join(told)}")


def _listed(columns: list[str]) -> str:
    return f"the column{'' if len(columns) == 1 else 's'} {', '.join(columns)}"


def _is_money(cell: object) -> bool:
    return cell is None or isinstance(cell, Decimal | str)


def _key(name: str, at: int, row: dict[str, Any]) -> str:
    """Takes the ticket off a row."""
    key = row.pop(_KEY, None)
    if isinstance(key, int) and not isinstance(key, bool):
        return str(key)
    if not isinstance(key, str):
        raise ValueError(f"row {at} of {name} has no ticket; it is text or a whole number")
    return key
