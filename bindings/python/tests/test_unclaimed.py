"""Unclaimed money and verification: the engine's answers, and its problems by their places."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import ttw
from ttw import _caseload

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
    for form in [*forms, pytest.importorskip("duckdb").from_arrow(table)]:
        assert ttw.unclaimed(form, **ask) == expected
    broken = pyarrow.table({"ticket": ["{"], "beneficiary": ["{}"]})
    assert ttw.unclaimed(broken, **ask).tickets[0].errors
    with pytest.raises(TypeError, match=r"this is one case, not a table; put it into a list, \[case\]$"):
        ttw.unclaimed(case, **ask)
    misspelt = table.rename_columns(["tickets" if name == "ticket" else name for name in table.column_names])
    for form in (misspelt, polars.DataFrame(misspelt), pandas.DataFrame(misspelt.to_pylist())):
        for one in (ttw.unclaimed, ttw.scenario):
            with pytest.raises(ttw.TtwError) as error:
                one(form, **ask)
            assert [problem.path for problem in error.value.problems] == ["/tickets", "/ticket"]


def test_what_is_requested_is_not_listed(case: Json, ask: Json) -> None:
    made = [{"ticket": case["ticket"]["id"], "payment": "p1m2", "month": "2016-08"}]
    ticket = ttw.unclaimed([case], requests=made, **ask).tickets[0]
    assert ticket.payments == 0
    assert ticket.why is not None
    assert ticket.why.standing == "requested"
    of_another = [{**made[0], "ticket": "T-0009"}]
    assert ttw.unclaimed([case], requests=of_another, **ask) == ttw.unclaimed([case], **ask)


def test_requests_come_as_a_table_too(case: Json, ask: Json) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    case["ticket"]["id"] = "7"
    made = [{"ticket": "7", "payment": "p1m2", "month": "2016-08"}]
    expected = ttw.unclaimed([case], requests=made, **ask)
    assert expected.tickets[0].why.standing == "requested"  # type: ignore[union-attr]
    table = pyarrow.Table.from_pylist(made)
    dated = pandas.DataFrame(made).assign(month=pandas.Timestamp("2016-08-01"))
    for requests in (table, table.to_reader(), polars.DataFrame(table), dated, duckdb.from_arrow(table), iter(made)):
        assert ttw.unclaimed([case], requests=requests, **ask) == expected
    with pytest.raises(ttw.TtwError) as error:
        ttw.unclaimed([case], requests=[*made, {"ticket": "7", "payment": "p9", "month": "2016-08"}], **ask)
    assert [problem.path for problem in error.value.problems] == ["/requests/1/payment"]
    with pytest.raises(ttw.TtwError) as error:
        ttw.unclaimed([case], requests=table.rename_columns(["ticket", "paymnt", "month"]), **ask)
    assert [problem.path for problem in error.value.problems] == ["/paymnt", "/payment"]


def refused(*cases: Any, **ask: Any) -> list[tuple[str, str]]:
    with pytest.raises(ttw.TtwError) as error:
        ttw.unclaimed(*cases, **ask)
    return sorted((problem.code, problem.path) for problem in error.value.problems)


def test_a_caseload_in_parts_is_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = {"provider": "EN-A", "as_of": "2022-03-15"}
    people = ttw.example_caseload(60)
    # Twelve outcomes are paid: the reconciliation is due, which nobody asks for.
    paid = [
        {"payment": f"outcome{at + 1}", "month": f"{2016 + (at + 5) // 12}-{(at + 5) % 12 + 1:02}", "provider": "EN-A"}
        for at in range(12)
    ]
    settled = ttw.example()["case"] | {"earnings": [], "pay_statements": []}
    settled["ticket"] |= {"id": "R"}
    settled["payments"] = [{**payment, "amount": "419.00"} for payment in paid]
    settled["benefits"] = [
        {"title": "t2", "from": "2010-01", "to": "2016-05", "status": "current_pay"},
        {"title": "t2", "from": "2016-06", "to": None, "status": "suspended_work"},
    ]
    people.insert(5, settled)
    cases = [*people[:20], {}, {"ticket": {"id": "X", "assignments": []}}, *people[20:]]
    made = [{"ticket": f"T-{at:04}", "payment": "p1m1", "month": "2020-01"} for at in range(1, 60, 3)]
    made += [{"ticket": "T-9999", "payment": "p1m1", "month": "2020-01"}] * 5
    twice = [*cases, people[3], people[30], people[3]]
    wrong = [*made, {"ticket": "T-9998", "payment": "p9"}, 5, {"ticket": [], "payment": "p1m1", "month": "2020-01"}]
    whole = ttw.unclaimed(cases, requests=made, **ask)
    duplicates = refused(twice, requests=made, **ask)
    everything = refused(twice, requests=wrong, provider="EN-A", as_of="x")
    assert (whole[-1].payment, whole[-1].request_by) == ("reconciliation", None)
    assert len(whole.problems) == 4
    assert len(duplicates) == 3
    for name, most in [("_CASES", 1), ("_CASES", 7), ("_REQUESTS", 2), ("_BYTES", 10_000)]:
        with monkeypatch.context() as smaller:
            smaller.setattr(_caseload, name, most)
            parts = ttw.unclaimed(cases, requests=made, **ask)
            assert parts.to_json() == whole.to_json(), (name, most)
            assert parts.problems == whole.problems
            assert [ticket.ticket for ticket in parts.tickets] == [ticket.ticket for ticket in whole.tickets]
            assert refused(twice, requests=made, **ask) == duplicates, (name, most)
            assert refused(twice, requests=wrong, provider="EN-A", as_of="x") == everything, (name, most)


def test_more_than_a_thousand_cases_are_one_caseload() -> None:
    ask = {"provider": "EN-A", "as_of": "2022-03-15"}
    unclaimed = ttw.unclaimed(ttw.example_caseload(1_100), **ask)
    assert len(unclaimed.tickets) == 1_100
    days = [row.request_by for row in unclaimed]
    assert days == sorted(days, key=str)
    assert unclaimed.totals.amount == sum(row.amount for row in unclaimed if row.amount is not None)
    assert unclaimed.totals.payments == len(unclaimed)


def test_what_is_not_in_the_sum_is_said(case: Json, ask: Json) -> None:
    unclaimed = ttw.unclaimed([case, {}, {"ticket": {"id": "X", "assignments": []}}], **ask)
    assert repr(unclaimed) == "<Unclaimed by EN-A: 1 payment, $1,398, 2 cases cannot be read>"
    assert "2 cases cannot be read" in unclaimed._repr_html_()
    assert "/cases/1/beneficiary" in unclaimed._repr_html_()
    assert [(problem["row"], problem["path"]) for problem in unclaimed.problems][:2] == [
        (1, "/cases/1/ticket"),
        (1, "/cases/1/beneficiary"),
    ]
    assert list(unclaimed.problems[0]) == ["row", "ticket", "code", "class", "path", "message", "action", "cite"]
    other = json.loads(json.dumps(case).replace("EN-A", "EN-B").replace("T-0001", "T-0002"))
    apart = ttw.unclaimed([case, other, {}], **ask)
    counts = "1 case cannot be read, 1 case not with this provider"
    assert repr(apart) == f"<Unclaimed by EN-A: 1 payment, $1,398, {counts}>"
    assert counts in apart._repr_html_()
    assert apart.problems[0]["ticket"] == "T-0002"
    stranger = ttw.unclaimed([case, other], provider="EN-X", as_of="2017-09-15")
    assert repr(stranger) == "<Unclaimed by EN-X: 0 payments, $0, 2 cases not with this provider>"
    assert ttw.unclaimed([case], **ask).problems == []
    assert "cannot be read" not in ttw.unclaimed([case], **ask)._repr_html_()
    later = [{"month": f"2026-{at:02}", "earned": "2000.00"} for at in range(1, 7)]
    unknown = ttw.unclaimed([{**case, "earnings": later, "payments": []}], provider="EN-A", as_of="2026-09-15")
    assert unknown.totals.without_rate > 0
    assert f", {unknown.totals.without_rate} without a published rate" in repr(unknown)
    assert "without a published rate" in unknown._repr_html_()


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
