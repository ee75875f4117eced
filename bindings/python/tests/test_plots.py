"""Pictures: right, readable without seeing them, and drawn without a browser."""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import Any

import pytest

import ttw

altair = pytest.importorskip("altair")
plot = pytest.importorskip("ttw.plot")

ASK: dict[str, Any] = {"provider": "EN-A", "as_of": "2019-09-15"}


@pytest.fixture
def worker(case: dict[str, Any]) -> dict[str, Any]:
    """Somebody whose benefits stop for work, with work before the assignment that bars a milestone."""
    earnings = [{"month": f"2015-{at:02}", "earned": "1100.00"} for at in range(6, 12)]
    earnings += [{"month": f"{year}-{at:02}", "earned": "1500.00"} for year in (2017, 2018) for at in range(1, 13)]
    paid_for = {"title": "t2", "from": "2014-01", "to": "2018-03", "status": "current_pay"}
    stopped = {"title": "t2", "from": "2018-04", "to": None, "status": "suspended_work"}
    return {**case, "earnings": earnings, "pay_statements": [], "benefits": [paid_for, stopped]}


@pytest.fixture
def pictures(worker: dict[str, Any]) -> dict[str, Any]:
    return {
        "timeline": plot.plot_timeline(worker, **ASK),
        "ledger": plot.plot_ledger(ttw.ledger(worker, **ASK)),
        "population": plot.plot_population(ttw.ledger_batch([worker, worker, "{}"], **ASK)),
        "no work": plot.plot_timeline({**worker, "earnings": [], "payments": []}, **ASK),
        "nothing": plot.plot_population(ttw.ledger_batch([], **ASK)),
        "decisions": plot.plot_population(ttw.decide_batch([ttw.example()])),
    }


def values(chart: Any) -> list[dict[str, Any]]:
    found = []

    def look(part: Any) -> None:
        if isinstance(part, dict):
            if isinstance(part.get("data"), dict):
                found.extend(part["data"].get("values", []))
            for inner in part.values():
                look(inner)
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look(chart.to_dict())
    return found


def test_every_picture_has_its_words(pictures: dict[str, Any]) -> None:
    for chart in pictures.values():
        drawn = chart.to_dict()
        assert drawn["description"] == drawn["usermeta"]["alt"]
        assert drawn["description"].endswith(".")
        assert drawn["title"]
    told = pictures["timeline"].to_dict()["description"]
    assert "T-0001" in told
    assert "barred by" in told
    assert "no earnings" in pictures["no work"].to_dict()["description"]


def test_a_timeline_shows_what_the_ledger_says(pictures: dict[str, Any], worker: dict[str, Any]) -> None:
    ledger = ttw.ledger(worker, **ASK)
    shown = {(row["payment"], row["status"], row["month"]) for row in values(pictures["timeline"]) if "payment" in row}
    assert shown == {(row.payment, row.status, row.attained_in) for row in ledger if row.attained_in}
    assert any(status == "payable" for _, status, _ in shown)
    levels = {row["level"] for row in values(pictures["timeline"]) if "level" in row}
    assert levels == {"trial work level", "SGA"}
    assert {row["status"] for row in values(pictures["timeline"]) if "record" in row} == {
        "current pay",
        "suspended for work",
    }


def legend(chart: Any, title: str) -> list[str]:
    """What the key of this title shows."""
    found: list[str] = []

    def look(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("title") == title and "scale" in part:
                found.extend(part["scale"]["domain"])
            for inner in part.values():
                look(inner)
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look(chart.to_dict())
    return list(dict.fromkeys(found))


def test_pay_by_the_state_alone_is_no_current_pay(worker: dict[str, Any]) -> None:
    supplement = {"title": "t16", "from": "2014-01", "to": "2016-12", "status": "current_pay", "federal_cash": False}
    federal = {"title": "t16", "from": "2017-01", "to": None, "status": "current_pay", "federal_cash": True}
    person = {**worker, "beneficiary": {"title": "t16", "blind": False}, "benefits": [supplement, federal]}
    chart = plot.plot_timeline({**person, "payments": []}, **ASK)
    assert [row["status"] for row in values(chart) if "record" in row] == ["State supplement only", "current pay"]
    assert legend(chart, "Benefits") == ["current pay", "State supplement only"]
    told = chart.to_dict()["description"]
    assert "title XVI: State supplement only from January 2014, current pay from January 2017" in told


def test_the_key_has_what_can_be_drawn_and_as_it_is_drawn(pictures: dict[str, Any], case: dict[str, Any]) -> None:
    assert legend(pictures["timeline"], "Payments") == ["paid", "payable"]
    lines = next(part for part in pictures["timeline"].to_dict()["vconcat"][0]["layer"] if "strokeDash" in str(part))
    dash = lines["encoding"]["strokeDash"]
    assert dash["title"] == lines["encoding"]["color"]["title"]
    assert dash.get("legend", {}) is not None
    assert pictures["timeline"].to_dict()["resolve"]["scale"]["strokeDash"] == "independent"
    unknown = plot.plot_timeline({**case, "benefits": [], "payments": []}, provider="EN-A", as_of="2017-09-15")
    assert any(row.get("label", "").startswith("? p1m1") for row in values(unknown))


def test_a_ledger_shows_every_payment(pictures: dict[str, Any], worker: dict[str, Any]) -> None:
    shown = {row["payment"]: row["status"] for row in values(pictures["ledger"])}
    assert shown == {row.payment: row.status for row in ttw.ledger(worker, **ASK)}


def test_a_population_adds_up(pictures: dict[str, Any], worker: dict[str, Any]) -> None:
    totals = ttw.ledger(worker, **ASK).totals
    dollars = sum(row["dollars"] for row in values(pictures["population"]) if "dollars" in row)
    assert dollars == 2 * float(totals.payable + totals.paid)
    barred = {row["rule"]: row["tickets"] for row in values(pictures["population"]) if "rule" in row}
    assert set(barred.values()) == {2}


def test_a_population_counts_apart_what_cannot_be_read(worker: dict[str, Any]) -> None:
    def told(table: Any) -> str:
        return plot.plot_population(table).to_dict()["description"]

    case = ttw.example()["case"]
    assert told(ttw.ledger_batch(["{}"], **ASK)) == "0 tickets; 1 row cannot be read."
    assert told(ttw.ledger_batch([case, "{}", None], **ASK)).endswith("; 2 rows cannot be read.")
    assert plot.plot_population(ttw.ledger_batch([case, "{}"], **ASK)).to_dict()["title"] == (
        "1 ticket, 1 row cannot be read"
    )
    # The rows that are barred were not asked for: nothing is said of them.
    shown = told(ttw.ledger_batch([worker], statuses=["payable"], **ASK))
    assert "LB-" in told(ttw.ledger_batch([worker], **ASK))
    count = len(ttw.ledger_batch([worker], statuses=["payable"], **ASK))
    assert shown.startswith(f"1 ticket: none of {count} payments is barred; $")
    assert told(ttw.decide_batch([ttw.example(), {}])).startswith("1 claim: no rule denies one; $1,398")


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow", "reader"])
def test_a_population_is_any_table(worker: dict[str, Any], library: str) -> None:
    pytest.importorskip("pyarrow" if library == "reader" else library)
    for table in (ttw.ledger_batch([worker, "{}"], **ASK), ttw.decide_batch([ttw.example()] * 2)):
        form: Any = {
            "polars": table.to_polars,
            "pandas": table.to_pandas,
            "pyarrow": table.to_arrow,
            "reader": lambda table=table: table.to_arrow().to_reader(),
        }[library]()
        assert plot.plot_population(form).to_dict() == plot.plot_population(table).to_dict()
    with pytest.raises(TypeError, match="a population is a table"):
        plot.plot_population([worker])


def test_colours_can_be_told_apart_without_colour() -> None:
    from ttw.plot import _style

    def light(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2

    assert len(set(_style.STATUS.values())) == len(_style.STATUS)
    assert len(set(_style.MARKS.values())) == len(_style.MARKS)
    assert len(set(_style.BENEFITS.values())) == len(_style.BENEFITS)
    levels = sorted(light(_style.STATUS[status]) for status in ("paid", "payable", "pending"))
    assert all(high - low > 0.05 for low, high in pairwise(levels))


def test_pictures_are_drawn_without_a_browser(pictures: dict[str, Any], tmp_path: Any) -> None:
    pytest.importorskip("vl_convert")
    for name, chart in pictures.items():
        file = tmp_path / f"{name}.png"
        chart.save(str(file))
        width, height = struct.unpack(">II", file.read_bytes()[16:24])
        assert width > 300
        assert height > 100
