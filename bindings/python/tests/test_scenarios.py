"""What if: cases judged again with something changed."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import ttw

ASK: dict[str, Any] = {"provider": "EN-A", "as_of": "2017-09-15"}


@pytest.fixture
def worker(case: dict[str, Any]) -> dict[str, Any]:
    """Somebody who earned the same in every month from June 2016 to December 2017."""
    earnings = [{"month": f"{year}-{at:02}", "earned": "820.00"} for year in (2016, 2017) for at in range(1, 13)][5:]
    return {**case, "payments": [], "pay_statements": [], "earnings": earnings}


def payable(case: dict[str, Any], **ask: Any) -> Decimal:
    totals = ttw.ledger(case, **{**ASK, **ask}).totals
    return totals.payable + totals.paid


def test_earnings_are_raised_by_percent(worker: dict[str, Any]) -> None:
    scenario = ttw.scenario([worker], **ASK)
    change = scenario.what_if(raise_earnings=Decimal("-1.5"))
    lower = {**worker, "earnings": [{**entry, "earned": "807.70"} for entry in worker["earnings"]]}
    assert change.dollars == payable(lower) - payable(worker) < 0
    assert set(change.by_payment) >= {"p1m2", "p1m3"}
    assert sum(change.by_payment.values()) == change.dollars
    assert [row["rules"][0] for row in change if row["payment"] == "p1m2"] == ["P1-02"]
    assert change.by_rule["P1-02"] <= -1398
    assert scenario.what_if(raise_earnings=0).rows == ()


def test_an_assignment_is_moved(worker: dict[str, Any]) -> None:
    later = json.loads(json.dumps(worker))
    later["ticket"]["assignments"][0]["assigned_on"] = "2017-05-20"
    change = ttw.scenario([worker], **ASK).what_if(move_assignment=365)
    assert change.dollars == payable(later) - payable(worker)
    assert change.tickets == 1


def test_the_other_policy_is_asked(worker: dict[str, Any]) -> None:
    at_the_level = {**worker, "earnings": [{**entry, "earned": "810.00"} for entry in worker["earnings"]]}
    change = ttw.scenario([at_the_level], **ASK).what_if(policy="regulation")
    assert change.dollars == payable(at_the_level, policy="regulation") - payable(at_the_level)


def test_the_same_life_in_other_years(worker: dict[str, Any]) -> None:
    change = ttw.scenario([worker], **ASK).what_if(years=2)
    assert change.dollars < 0, "820 dollars are below the level of 2018"
    assert all(row["month_before"] is None or row["month_before"] < "2018" for row in change)
    enough = {**worker, "earnings": [{**entry, "earned": "880.00"} for entry in worker["earnings"]]}
    same = ttw.scenario([enough], **ASK).what_if(years=2)
    assert {row["after"] for row in same} == {"payable"}
    assert same.dollars > 0
    assert {(row["month_before"], row["month_after"]) for row in same} == {
        (month, month) for month in {row["month_before"] for row in same}
    }


def test_one_month_can_unlock_the_next_payment(case: dict[str, Any]) -> None:
    case["payments"], case["earnings"] = [], case["earnings"][:1]
    scenario = ttw.scenario([case, "{}", case], provider="EN-A", as_of=date(2016, 9, 15))
    rows = scenario.next_month()
    assert [row["row"] for row in rows] == [0, 2]
    assert (rows[0]["payment"], rows[0]["months"]) == ("p1m2", 1)
    more = [*case["earnings"], {"month": rows[0]["month"], "earned": str(rows[0]["at_least"])}]
    after = ttw.ledger({**case, "earnings": more}, provider="EN-A", as_of="2016-12-15")
    assert after["p1m2"].status == "payable"


def test_a_bad_case_stays_bad_and_stops_nothing(worker: dict[str, Any]) -> None:
    change = ttw.scenario(["{", worker, None], **ASK).what_if(raise_earnings=-50)
    assert {row["row"] for row in change if row["problems"]} == {0, 2}
    assert change.dollars < 0


def test_tables_can_be_changed_too(worker: dict[str, Any]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    expected = ttw.scenario([worker], **ASK).what_if(raise_earnings=-50).rows
    forms = [
        pyarrow.Table.from_pylist([worker]),
        polars.DataFrame([worker]),
        pandas.DataFrame([worker]),
        polars.DataFrame({"json": [json.dumps(worker)]}),
    ]
    for form in forms:
        assert ttw.scenario(form, **ASK).what_if(raise_earnings=-50).rows == expected


def test_a_change_is_shown_and_framed(worker: dict[str, Any]) -> None:
    change = ttw.scenario([worker], **ASK).what_if(raise_earnings=-50)
    shown = change._repr_html_()
    assert "By rule" in shown
    assert "-$" in shown
    pytest.importorskip("polars")
    assert change.to_frame("polars").height == len(change)


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_what_the_engine_knows_is_a_frame(library: Any, case: dict[str, Any]) -> None:
    pytest.importorskip(library)
    assert len(ttw.rules().to_frame(library)) == len(ttw.rules())
    assert len(ttw.parameters("2016-08").to_frame(library)) > 10
    assert len(ttw.ledger(case, **ASK).to_frame(library)) == 52
    assert len(ttw.unclaimed([case], **ASK).to_frame(library)) == len(ttw.unclaimed([case], **ASK)) > 0
    with pytest.raises(ValueError, match="polars, pandas or pyarrow"):
        ttw.rules().to_frame("luck")  # type: ignore[arg-type]


def test_an_explanation_begins_with_what_decides(answers: dict[str, Any]) -> None:
    told = answers["not_payable"].explain().splitlines()
    assert told[0].endswith("not_payable")
    assert told[1].startswith("fails  P1-")
    assert told[-1].startswith("next   ")
