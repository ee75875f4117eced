"""Unclaimed money and verification: the engine's answers, and its problems by their places."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import ttw

Json = dict[str, Any]


def test_the_last_day_and_the_day_after(case: Json) -> None:
    on = ttw.unclaimed([case], provider="EN-A", as_of=date(2018, 8, 31))
    after = ttw.unclaimed([case], provider="EN-A", as_of=date(2018, 9, 1))
    assert (on[0].days_left, on.totals.late.payments) == (0, 0)
    assert (after[0].days_left, after.totals.late.payments) == (-1, 1)
    assert on[0].request_by == after[0].request_by == date(2018, 8, 31)


def test_cases_in_any_form_give_the_same(case: Json, ask: Json) -> None:
    assert ttw.unclaimed([json.dumps(case)], **ask) == ttw.unclaimed([case], **ask)
    assert ttw.unclaimed((), **ask).rows == ()


def test_cases_come_as_a_table_too(case: Json, ask: Json) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    other = {**case, "ticket": {**case["ticket"], "id": "T-0002"}, "payments": []}
    expected = ttw.unclaimed([case, other], **ask)
    assert {row.ticket for row in expected} == {"T-0001", "T-0002"}
    table = pyarrow.Table.from_pylist([case, other])
    forms = [
        table,
        table.to_reader(),
        polars.DataFrame([case, other]),
        pandas.DataFrame([case, other]),
        polars.Series([json.dumps(case), json.dumps(other)]),
        (one for one in (case, other)),
    ]
    for form in forms:
        assert ttw.unclaimed(form, **ask) == expected
    broken = pyarrow.table({"ticket": ["{"], "beneficiary": ["{}"]})
    assert ttw.unclaimed(broken, **ask).tickets[0].errors
    with pytest.raises(TypeError, match="a list of documents"):
        ttw.unclaimed(case, **ask)


def test_what_is_requested_is_not_listed(case: Json, ask: Json) -> None:
    made = [{"ticket": case["ticket"]["id"], "payment": "p1m2", "month": "2016-08"}]
    ticket = ttw.unclaimed([case], requests=made, **ask).tickets[0]
    assert ticket.payments == 0
    assert ticket.why is not None
    assert ticket.why.standing == "requested"
    of_another = [{**made[0], "ticket": "T-0009"}]
    assert ttw.unclaimed([case], requests=of_another, **ask) == ttw.unclaimed([case], **ask)


def test_a_case_that_is_wrong_stands_beside_the_others(case: Json, ask: Json) -> None:
    unclaimed = ttw.unclaimed([{}, case], **ask)
    assert [error.path for error in unclaimed.tickets[0].errors] == ["/cases/0/ticket", "/cases/0/beneficiary"]
    assert len(unclaimed) == 1
    with pytest.raises(ttw.TtwError) as error:
        ttw.unclaimed([case, case], **ask)
    assert [problem.code for problem in error.value.problems] == ["CASELOAD_TICKET_DUPLICATE"]
    with pytest.raises(ttw.TtwError) as error:
        ttw.unclaimed(["{"], **ask)
    assert [problem.path for problem in error.value.problems] == ["/cases/0"]


def test_an_entry_that_cannot_be_made_is_refused() -> None:
    case = {
        "title": "t2",
        "blind": False,
        "disability": [{"from": "2010-01", "to": None}],
        "months": [],
        "through": "2016-12",
    }
    entry = {"month": "2016-08", "work_det": "1", "gross": "810.00", "vrfd": "Y"}
    with pytest.raises(ttw.TtwError) as error:
        ttw.verification.vern_entry(case, entry)
    assert all(problem.path.startswith("/entry") for problem in error.value.problems)
    proposed = ttw.verification.vern_entry(case, {**entry, "gross": "810.01"}).proposed
    assert proposed is not None
    assert proposed["work_det"] == "1"
