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


def test_a_ledger_shows_every_payment(pictures: dict[str, Any], worker: dict[str, Any]) -> None:
    shown = {row["payment"]: row["status"] for row in values(pictures["ledger"])}
    assert shown == {row.payment: row.status for row in ttw.ledger(worker, **ASK)}


def test_a_population_adds_up(pictures: dict[str, Any], worker: dict[str, Any]) -> None:
    totals = ttw.ledger(worker, **ASK).totals
    dollars = sum(row["dollars"] for row in values(pictures["population"]) if "dollars" in row)
    assert dollars == 2 * float(totals.payable + totals.paid)
    barred = {row["rule"]: row["tickets"] for row in values(pictures["population"]) if "rule" in row}
    assert set(barred.values()) == {2}


def test_colours_can_be_told_apart_without_colour() -> None:
    from ttw.plot import _style

    def light(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2

    assert len(set(_style.STATUS.values())) == len(_style.STATUS)
    assert len(set(_style.MARKS.values())) == len(_style.MARKS)
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
