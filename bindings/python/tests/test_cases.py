"""Cases from ordinary tables are those that were written by hand."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import ttw

ASK: dict[str, Any] = {"provider": "EN-A", "as_of": "2022-03-15"}
CHILDREN = ("assignments", "benefits", "earnings", "payments", "pay_statements", "state_vr_cases")
Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture
def cases() -> list[dict[str, Any]]:
    example = ttw.example()["case"]
    example["ticket"].update(id="T-X", terminates_in="2030-01")
    return [*ttw.example_caseload(20), example]


@pytest.fixture
def tables(cases: list[dict[str, Any]]) -> Tables:
    """The same cases as tables, a row a part."""
    found: Tables = {name: [] for name in ("tickets", *CHILDREN)}
    for case in copy.deepcopy(cases):
        ticket, key = case["ticket"], {"ticket": case["ticket"]["id"]}
        ends = {"terminates_in": ticket.get("terminates_in")}
        found["tickets"].append({**key, **case["beneficiary"], **ends})
        for name in CHILDREN:
            parts = ticket if name == "assignments" else case
            found[name] += [{**key, **part} for part in parts.get(name, [])]
    return found


def test_every_kind_of_table_gives_the_same_cases(cases: list[dict[str, Any]], tables: Tables) -> None:
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    pyarrow = pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    expected = ttw.ledger_batch(cases, **ASK)
    assert not expected.problems
    kinds = {
        "dicts": list,
        "polars": lambda rows: polars.DataFrame(rows, infer_schema_length=None),
        "pandas": pandas.DataFrame,
        "pyarrow": pyarrow.Table.from_pylist,
        "duckdb": lambda rows: duckdb.from_arrow(pyarrow.Table.from_pylist(rows)),
    }
    for kind, frame in kinds.items():
        made = ttw.cases(**{name: frame(rows) for name, rows in tables.items()})
        assert ttw.ledger_batch(made, **ASK) == expected, kind
        assert [case["ticket"]["id"] for case in made] == [case["ticket"]["id"] for case in cases]
        assert ttw.unclaimed(made, **ASK) == ttw.unclaimed(cases, **ASK), kind


def test_days_months_and_cents_are_what_they_are_in_a_frame(cases: list[dict[str, Any]], tables: Tables) -> None:
    pandas = pytest.importorskip("pandas")
    earnings = pandas.DataFrame(tables["earnings"])
    earnings["month"] = pandas.to_datetime(earnings["month"])
    for name in ("earned", "paid"):
        earnings[f"{name}_cents"] = pandas.to_numeric(earnings.pop(name)).mul(100).round().astype("Int64")
    assignments = pandas.DataFrame(tables["assignments"]).sample(frac=1, random_state=1)
    assignments["assigned_on"] = pandas.to_datetime(assignments["assigned_on"])
    made = ttw.cases(**{**tables, "earnings": earnings, "assignments": assignments})
    assert ttw.ledger_batch(made, **ASK) == ttw.ledger_batch(cases, **ASK)


def test_assignments_come_in_any_order(tables: Tables) -> None:
    own = tables["assignments"][0]
    before = {**own, "provider": "EN-B", "assigned_on": date(2018, 1, 1), "unassigned_on": date(2018, 6, 1)}
    case = ttw.cases(**{**tables, "assignments": [*tables["assignments"], before]})[0]
    assert [part["provider"] for part in case["ticket"]["assignments"]] == ["EN-B", "EN-A"]


def test_tickets_may_be_numbers() -> None:
    given = {"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2019-02-15"}
    (case,) = ttw.cases(tickets=[{"ticket": 7, "title": "t2", "blind": False}], assignments=[{"ticket": 7, **given}])
    assert case["ticket"]["id"] == "7"
    assert not ttw.ledger_batch([case], **ASK).problems
    assert ttw.cases(tickets=[], assignments=[]) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"earnings": [{"ticket": "T-9", "month": "2016-06", "earned": "1"}]},
            "row 0 of earnings is of a ticket that is",
        ),
        (
            {"benefits": [{"title": "t2", "from": "2016-06", "status": "current_pay"}]},
            "benefits lacks the column ticket",
        ),
        ({"earnings": [{"ticket": "T-0001", "earned": "1"}]}, "earnings lacks the column month"),
        ({"earnings": [{"ticket": "T-0001", "month": "2016-06"}]}, "earned or paid, or one of them in cents"),
        ({"earnings": [{"ticket": "T-0001", "month": "2016-06", "earnd": "1"}]}, "earned or paid"),
        (
            {"earnings": [{"ticket": "T-0001", "month": "2016-06", "earned": "1", "hours": 5, "client": "x"}]},
            "hours, client that no case has; correct the name, or leave it out: the columns are ticket, month",
        ),
        ({"tickets": [{"ticket": "T-1", "title": "t2"}]}, "tickets lacks the column blind"),
        (
            {"tickets": [{"ticket": "T-1", "title": "t2", "blind": True}] * 2},
            "row 1 of tickets is of a ticket that was",
        ),
        (
            {"payments": [{"ticket": 1.5, "payment": "p1m1", "month": "2016-06", "provider": "A", "amount": "1"}]},
            "row 0 of",
        ),
    ],
)
def test_a_table_that_does_not_fit_is_refused(tables: Tables, change: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        ttw.cases(**{**tables, **change})


@pytest.mark.parametrize("library", ["dicts", "iterator", "polars", "pandas", "pyarrow"])
def test_what_a_table_lacks_and_what_it_has_too_much_is_told_together(tables: Tables, library: str) -> None:
    rows = [{"ticket": "T-1", "title": None, "blnd": True}]
    table: Any = {"dicts": rows, "iterator": iter(rows)}.get(library)
    if table is None:
        module = pytest.importorskip(library)
        table = module.Table.from_pylist(rows) if library == "pyarrow" else module.DataFrame(rows)
    with pytest.raises(ValueError, match="no case has") as error:
        ttw.cases(**{**tables, "tickets": table})
    assert str(error.value) == (
        "tickets lacks the column blind, and has no value in the column title, and has the column blnd that no case "
        "has; correct the name, or leave it out: the columns are ticket, title, blind, terminates_in"
    )
    paid = {"ticket": "T-0001", "payment": "p1m1", "month": "2020-01", "provider": "EN-A", "amount_cents": None}
    with pytest.raises(ValueError, match=r"^payments has no value in the column amount$"):
        ttw.cases(**{**tables, "payments": [paid]})


def test_cents_that_pandas_made_floats_of_are_told_with_what_helps(tables: Tables) -> None:
    pandas = pytest.importorskip("pandas")
    months = pandas.DataFrame(
        {"ticket": ["T-0001"] * 2, "month": ["2016-06", "2016-07"], "earned_cents": [90000, None]}
    )
    with pytest.raises(ttw.TtwError) as error:
        ttw.cases(**{**tables, "earnings": months})
    (problem,) = error.value.problems
    assert (problem.code, problem.path) == ("MONEY_FORMAT", "/earnings/earned_cents")
    assert 'in pandas by .astype("Int64")' in problem.message
    assert "in a column" not in problem.message
    made = ttw.cases(**{**tables, "earnings": months.astype({"earned_cents": "Int64"})})
    assert made[0]["earnings"] == [{"month": "2016-06", "earned": "900.00"}, {"month": "2016-07"}]


def test_a_decimal_that_is_no_number_is_nothing(tables: Tables) -> None:
    for nothing in (Decimal("NaN"), Decimal("sNaN"), float("nan"), None):
        months = [{"ticket": "T-0001", "month": "2016-06", "earned": Decimal("900.00"), "paid": nothing}]
        case = ttw.cases(**{**tables, "earnings": months})[0]
        assert case["earnings"] == [{"month": "2016-06", "earned": Decimal("900.00")}]
        given = {**case, "earnings": [{"month": "2016-06", "earned": Decimal("900.00"), "paid": nothing}]}
        if nothing is not None:
            assert ttw.ledger_batch([given], **ASK) == ttw.ledger_batch([case], **ASK)


def test_a_time_of_day_is_told_once_a_column(tables: Tables) -> None:
    pandas = pytest.importorskip("pandas")
    assignments = pandas.DataFrame(tables["assignments"])
    assignments["assigned_on"] = pandas.to_datetime(assignments["assigned_on"]) + pandas.Timedelta(hours=9)
    with pytest.raises(ttw.TtwError) as error:
        ttw.cases(**{**tables, "assignments": assignments})
    (problem,) = error.value.problems
    assert (problem.code, problem.path) == ("DATE_FORMAT", "/assignments/assigned_on")
    assert ".dt.normalize()" in problem.message
    assignments["assigned_on"] = assignments["assigned_on"].dt.normalize()
    assert len(ttw.cases(**{**tables, "assignments": assignments})) == len(tables["tickets"])


def test_money_that_is_a_float_is_told_once_a_column(tables: Tables) -> None:
    months = [{**row, "earned": 900.0, "paid_cents": 900.0} for row in tables["earnings"]]
    with pytest.raises(ttw.TtwError) as error:
        ttw.cases(**{**tables, "earnings": [{**row, "paid": None} for row in months]})
    assert [problem.path for problem in error.value.problems] == ["/earnings/earned", "/earnings/paid_cents"]
    with pytest.raises(TypeError, match="tickets is a table, or a list of dicts"):
        ttw.cases(**{**tables, "tickets": ["T-0001"]})  # type: ignore[arg-type]
