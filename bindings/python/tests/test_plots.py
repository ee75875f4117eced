"""Pictures: right, readable without seeing them, and drawn without a browser."""

from __future__ import annotations

import copy
import struct
from itertools import combinations, pairwise
from typing import Any

import pytest

import ttw

altair = pytest.importorskip("altair")
plot = pytest.importorskip("ttw.plot")

ASK: dict[str, Any] = {"provider": "EN-A", "as_of": "2019-09-15"}
LATE: dict[str, Any] = {"provider": "EN-A", "as_of": "2026-09-15"}


def months(first: str, count: int) -> list[str]:
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(start, start + count)]


@pytest.fixture
def worker(case: dict[str, Any]) -> dict[str, Any]:
    """Somebody whose benefits stop for work, with work before the assignment that bars a milestone."""
    earnings = [{"month": at, "earned": "1100.00"} for at in months("2015-06", 6)]
    earnings += [{"month": at, "earned": "1500.00"} for at in months("2017-01", 24)]
    paid_for = {"title": "t2", "from": "2014-01", "to": "2018-03", "status": "current_pay"}
    stopped = {"title": "t2", "from": "2018-04", "to": None, "status": "suspended_work"}
    return {**case, "earnings": earnings, "pay_statements": [], "benefits": [paid_for, stopped]}


@pytest.fixture
def recent(worker: dict[str, Any]) -> dict[str, Any]:
    """Somebody who works on into a year that has no rates yet."""
    worker = copy.deepcopy(worker)
    worker["ticket"]["assignments"][0] |= {"assigned_on": "2023-05-20", "services_completed_on": "2024-01-01"}
    worker["ticket"]["assignments"][0] |= {"plan_signed_on": "2023-05-18", "plan_received_on": "2023-05-20"}
    worker["benefits"][0]["to"], worker["benefits"][1]["from"] = "2024-12", "2025-01"
    return {**worker, "payments": [], "earnings": [{"month": at, "earned": "2500.00"} for at in months("2023-06", 39)]}


@pytest.fixture
def pictures(worker: dict[str, Any], recent: dict[str, Any]) -> dict[str, Any]:
    return {
        "timeline": plot.plot_timeline(worker, **ASK),
        "ledger": plot.plot_ledger(ttw.ledger(worker, **ASK)),
        "population": plot.plot_population(ttw.ledger_batch([worker, worker, "{}"], **ASK)),
        "no work": plot.plot_timeline({**worker, "earnings": [], "payments": []}, **ASK),
        "nothing": plot.plot_population(ttw.ledger_batch([], **ASK)),
        "unpriced": plot.plot_population(ttw.ledger_batch([recent], **LATE)),
        "decisions": plot.plot_population(ttw.decide_batch([ttw.example()])),
    }


def reconciliation() -> dict[str, Any]:
    """A claim that is denied."""
    question = ttw.example()
    return {**question, "claim": {**question["claim"], "payment": "reconciliation"}}


def parts(chart: Any) -> list[dict[str, Any]]:
    """All parts of a picture that draw data, with it."""
    found = []

    def look(part: Any, data: Any) -> None:
        if isinstance(part, dict):
            data = part.get("data", data)
            if "mark" in part:
                found.append({**part, "data": data})
            for inner in part.values():
                look(inner, data)
        elif isinstance(part, list):
            for inner in part:
                look(inner, data)

    look(chart.to_dict(), None)
    return found


def values(chart: Any, field: str = "") -> list[dict[str, Any]]:
    """The rows that are drawn, or those of them that have a field, each once."""
    rows = [row for part in parts(chart) for row in part["data"].get("values", [])]
    return [row for at, row in enumerate(rows) if field in {*row, ""} and row not in rows[:at]]


def told(chart: Any) -> str:
    return chart.to_dict()["usermeta"]["alt"]


def title(chart: Any) -> str:
    words = chart.to_dict()["title"]
    return f"{words['text']}. {words['subtitle']}"


def test_every_picture_has_its_words(pictures: dict[str, Any]) -> None:
    for chart in pictures.values():
        drawn = chart.to_dict()
        assert drawn["description"] == drawn["usermeta"]["alt"]
        assert drawn["description"].endswith(".")
        assert drawn["title"]["text"]
    assert "T-0001" in told(pictures["timeline"])
    assert "p1m3 barred by LB-03" in told(pictures["timeline"])
    assert "no earnings" in told(pictures["no work"])


def test_a_timeline_shows_what_the_ledger_says(pictures: dict[str, Any], worker: dict[str, Any]) -> None:
    ledger = ttw.ledger(worker, **ASK)
    shown = {(row["payment"], row["status"], row["month"]) for row in values(pictures["timeline"], "payment")}
    assert shown == {(row.payment, row.status, row.attained_in) for row in ledger if row.attained_in}
    assert any(status == "payable" for _, status, _ in shown)
    assert {row["level"] for row in values(pictures["timeline"], "level")} == {"trial work level", "SGA"}
    assert {row["status"] for row in values(pictures["timeline"]) if row.get("lane") == "title II"} == {
        "current pay",
        "suspended for work",
    }


@pytest.mark.parametrize("person", ["t2", "t16", "concurrent"])
def test_bars_are_the_earnings_that_the_engine_counts(case: dict[str, Any], person: str) -> None:
    # June 2016: both are posted. July and August: pay statements, in August beside a posted total of what was paid.
    earnings = [*case["earnings"][:1], {"month": "2016-08", "paid": "1234.00"}]
    benefits = [{**case["benefits"][0], "title": record, "federal_cash": True} for record in ("t2", "t16")]
    benefits = [benefit for benefit in benefits if person in (benefit["title"], "concurrent")]
    case = {**case, "earnings": earnings, "benefits": benefits, "beneficiary": {"title": person, "blind": False}}
    counted = set()
    for at in ("2016-06", "2016-07", "2016-08"):
        claim = {"payment": "p1m1", "month": at, "provider": "EN-A"}
        reasons = ttw.decide({"case": case, "claim": claim, "requested_on": "2017-09-15"}).reasons
        facts = next(reason.facts for reason in reasons if reason.rule in ("EARN-01", "EARN-02"))
        bases = [facts["basis"]] if "basis" in facts else ["earned", "paid"]
        counted |= {(at, basis, float(facts.get("amount") or facts[basis])) for basis in bases}
    chart = plot.plot_timeline(case, provider="EN-A", as_of="2017-09-15")
    words = {"by pay period": "earned", "by day of pay": "paid"}
    shown = {(row["month"], words[row["basis"]], row["dollars"]) for row in values(chart, "basis")}
    assert shown == {row for row in counted if row[2]}
    axis = next(part["encoding"]["y"]["title"] for part in parts(chart) if "basis" in str(part["encoding"]))
    for basis, word in words.items():
        amounts = [amount for _, by, amount in counted if by == word and amount]
        assert (basis in axis[1]) == bool(amounts)
        highest = max(amounts, default=0)
        assert (f"earnings {basis} in {len(amounts)} months, at most ${highest:,.2f};" in told(chart)) == bool(amounts)
    assert ("$1,234.00" in told(chart)) == (person != "t2")
    # Of a concurrent ticket each basis has its half of the month, and neither covers the other.
    june = [row for row in values(chart, "basis") if row["month"] == "2016-06"]
    ends = {row["basis"]: (row["from"][:10], row["to"][:10]) for row in june}
    both = {"by pay period": ("2016-06-01", "2016-06-16"), "by day of pay": ("2016-06-16", "2016-07-01")}
    one = {"t2": "by pay period", "t16": "by day of pay"}
    assert ends == (both if person == "concurrent" else {one[person]: ("2016-06-01", "2016-07-01")})
    assert legend(chart, "Earnings") == list(ends)


def test_pay_statements_win_over_a_total_on_the_other_basis(case: dict[str, Any]) -> None:
    case = {**case, "earnings": [{"month": "2016-07", "paid": "77.00"}], "payments": []}
    chart = plot.plot_timeline(case, provider="EN-A", as_of="2017-09-15")
    assert [(row["month"], row["dollars"]) for row in values(chart, "basis")] == [("2016-07", 910.0)]
    assert "earnings by pay period in 1 month, at most $910.00" in told(chart)
    benefits = [{**case["benefits"][0], "title": "t16", "federal_cash": True}]
    paid = {**case, "earnings": [], "benefits": benefits, "beneficiary": {"title": "t16", "blind": False}}
    chart = plot.plot_timeline(paid, provider="EN-A", as_of="2017-09-15")
    assert [(row["month"], row["dollars"]) for row in values(chart, "basis")] == [
        ("2016-07", 450.0),
        ("2016-08", 460.0),
    ]


def test_only_consecutive_numbers_of_a_kind_are_joined(worker: dict[str, Any]) -> None:
    from ttw.plot import _style

    names = ["p2m1", "outcome2", "outcome3", "outcome5", "reconciliation"]
    rows = [ttw.LedgerRow({"payment": name}) for name in names]
    assert _style.named(rows) == "p2m1, outcome2 to outcome3, outcome5, reconciliation"
    earnings = [{"month": at, "earned": "1500.00"} for at in months("2017-01", 32)]
    chart = plot.plot_timeline({**worker, "benefits": worker["benefits"][:1], "earnings": earnings}, **ASK)
    labels = {row["lane"]: row["label"] for row in values(chart, "label")}
    ledger = ttw.ledger({**worker, "benefits": worker["benefits"][:1], "earnings": earnings}, **ASK)
    last = [row.payment for row in ledger if row.status == "undetermined" and "outcome" in row.payment][-1]
    assert last != "outcome36"
    assert labels["Outcomes"] == f"? outcome1 to {last} undetermined"
    assert labels["Reconciliation"] == "? reconciliation undetermined"
    assert f"p2m7 to p2m11, outcome1 to {last}, reconciliation undetermined" in told(chart)


def test_each_milestone_has_its_own_lane_of_words(case: dict[str, Any]) -> None:
    unknown = plot.plot_timeline({**case, "benefits": [], "payments": []}, provider="EN-A", as_of="2017-09-15")
    labels = {row["lane"]: row["label"] for row in values(unknown, "label")}
    assert labels == {"Milestone 1": "? p1m1 undetermined", "Milestone 2": "? p1m2 undetermined"}


def above(chart: Any) -> dict[str, dict[str, Any]]:
    """What stands above the plot, with the height at which it stands, and its row."""
    found = {}
    for part in parts(chart):
        for row in part["data"]["values"]:
            if "what" in row and part["mark"]["type"] == "text":
                found[row["what"]] = {**row, "at": part["encoding"]["y"]["value"]}
    return found


def test_look_back_and_days_stand_above_the_plot_in_lines_of_their_own(worker: dict[str, Any]) -> None:
    worker = {**worker, "ticket": {**worker["ticket"], "terminates_in": "2019-11"}}
    chart = plot.plot_timeline(worker, **ASK)
    shown = above(chart)
    window = shown["look-back, 18 months"]
    assert (window["from"], window["to"]) == ("2014-11-01T00:00:00", "2016-05-01T00:00:00")
    heights = {what: row["at"] for what, row in shown.items()}
    assert sorted(heights, key=heights.__getitem__) == [
        "first assigned 2016-05-20",
        "asked on 2019-09-15",
        "terminates in November 2019",
        "look-back, 18 months",
    ]
    lines = sorted(heights.values())
    assert all(low - high >= 12 for high, low in pairwise(lines))
    assert lines[-1] < 0
    # Days are lines at that day, in all three parts of the picture.
    days = {row["from"][:10] for row in values(chart) if set(row) <= {"from", "what"}}
    assert days == {"2016-05-20", "2019-09-15", "2019-11-01"}
    spans = {tuple(part["encoding"]["x"]["scale"]["domain"]) for part in parts(chart) if "tooltip" in part["encoding"]}
    assert spans == {("2014-11-01T00:00:00", "2019-12-01T00:00:00")}
    assert "first assigned 2016-05-20; asked on 2019-09-15; terminates in November 2019" in told(chart)


def test_a_ticket_that_is_not_looked_back_from_has_no_window(worker: dict[str, Any]) -> None:
    worker = copy.deepcopy(worker)
    worker["ticket"]["assignments"][0]["assigned_on"] = "2008-07-20"
    assert not [what for what in above(plot.plot_timeline(worker, **ASK)) if "look-back" in what]


def test_assignments_are_drawn_by_provider(worker: dict[str, Any]) -> None:
    worker = copy.deepcopy(worker)
    first = worker["ticket"]["assignments"][0]
    first["unassigned_on"] = "2018-02-10"
    agency = {**first, "provider": "VR-CO", "kind": "state_vr", "payment_system": None, "unassigned_on": None}
    worker["ticket"]["assignments"].append({**agency, "assigned_on": "2018-02-10"})
    chart = plot.plot_timeline(worker, **ASK)
    rows = {row["lane"]: row for row in values(chart, "kind")}
    spans = {lane: (row["from"][:10], row["to"][:10], row["text"]) for lane, row in rows.items()}
    assert spans == {
        "with EN-A": ("2016-05-20", "2018-02-10", "Employment Network"),
        "with VR-CO": ("2018-02-10", "2019-10-01", "State VR agency"),
    }
    assert rows["with EN-A"]["colour"] != rows["with VR-CO"]["colour"]
    assert "with EN-A from 2016-05-20 to 2018-02-10; with VR-CO from 2018-02-10" in told(chart)


def test_months_that_were_not_over_are_paler(worker: dict[str, Any]) -> None:
    chart = plot.plot_timeline(worker, provider="EN-A", as_of="2018-06-15")
    over = {row["month"]: row["over"] for row in values(chart, "basis")}
    assert [over["2018-05"], over["2018-06"], over["2018-12"]] == [True, False, False]
    assert "paler" in title(chart)
    assert "paler" not in title(plot.plot_timeline(worker, **ASK))


def test_marks_stand_in_the_middle_of_their_month(pictures: dict[str, Any]) -> None:
    marks = values(pictures["timeline"], "payment")
    assert {row["from"] for row in marks} == {f"{row['month']}-16T00:00:00" for row in marks}


def legend(chart: Any, title: str) -> list[str]:
    """What the key of this title shows."""
    found: list[str] = []
    for part in parts(chart):
        for channel in part["encoding"].values():
            if isinstance(channel, dict) and channel.get("title") == title and channel.get("scale"):
                found.extend(channel["scale"]["domain"])
    return list(dict.fromkeys(found))


def test_pay_by_the_state_alone_is_no_current_pay(worker: dict[str, Any]) -> None:
    supplement = {"title": "t16", "from": "2014-01", "to": "2016-12", "status": "current_pay", "federal_cash": False}
    federal = {"title": "t16", "from": "2017-01", "to": None, "status": "current_pay", "federal_cash": True}
    person = {**worker, "beneficiary": {"title": "t16", "blind": False}, "benefits": [supplement, federal]}
    chart = plot.plot_timeline({**person, "payments": []}, **ASK)
    strip = [row["status"] for row in values(chart) if row.get("lane") == "title XVI"]
    assert strip == ["State supplement only", "current pay"]
    assert legend(chart, "Benefits") == ["current pay", "State supplement only"]
    assert "State supplement only from November 2014 to December 2016, current pay from January 2017 to " in told(chart)


def test_a_month_that_no_range_covers_is_unknown(worker: dict[str, Any]) -> None:
    first, second = worker["benefits"]
    gap = [{**first, "to": "2018-01"}, {**second, "from": "2018-03", "to": "2019-01"}]
    words = told(plot.plot_timeline({**worker, "benefits": gap}, **ASK))
    assert (
        "title II: current pay from November 2014 to January 2018, unknown in February 2018, "
        "suspended for work from March 2018 to January 2019, unknown from February 2019 to September 2019; " in words
    )
    # A concurrent ticket has both records, though nothing is known of one.
    both = plot.plot_timeline({**worker, "beneficiary": {"title": "concurrent", "blind": False}}, **ASK)
    assert "title XVI: unknown from November 2014 to September 2019" in told(both)
    assert [row["status"] for row in values(both) if row.get("lane") == "title XVI"] == ["unknown"]
    # A month of a title II ticket that title XVI alone covers is judged as title XVI's: nothing is unknown.
    other = {"title": "t16", "from": "2018-04", "to": None, "status": "suspended_work"}
    moved = told(plot.plot_timeline({**worker, "benefits": [first, other]}, **ASK))
    assert "title II: current pay from November 2014 to March 2018; title XVI: suspended for work from April" in moved
    assert "unknown" not in moved


def test_months_of_attainment_are_told(pictures: dict[str, Any]) -> None:
    words = told(pictures["timeline"])
    assert "paid: p1m1 in June 2016; " in words
    assert "p2m1 to p2m6 from October 2017 to March 2018, outcome1 to outcome9 from April 2018 to December" in words
    assert "earnings by pay period in 30 months" in words


def test_the_key_has_what_can_be_drawn_and_as_it_is_drawn(pictures: dict[str, Any]) -> None:
    chart = pictures["timeline"]
    assert legend(chart, "Payments") == ["paid", "payable"]
    assert legend(chart, "Earnings") == ["by pay period"]
    unpaid = plot.plot_timeline(ttw.example_caseload(1)[0], provider="EN-A", as_of="2022-03-15")
    assert legend(unpaid, "Payments") == ["payable"]
    fields = [field for part in parts(pictures["no work"]) for field in part["encoding"].values()]
    keys = {field["title"]: field["legend"] for field in fields if "legend" in field}
    assert {title: key for title, key in keys.items() if key is None} == {"Earnings": None, "Payments": None}
    dash = next(part["encoding"] for part in parts(chart) if "strokeDash" in part["encoding"])
    assert dash["strokeDash"]["title"] == dash["color"]["title"]
    assert chart.to_dict()["resolve"]["scale"]["strokeDash"] == "independent"
    # Words stand in a strip where there is room, and its sign else; the key shows both.
    assert {row["text"] for row in values(chart) if row.get("lane") == "title II"} == {
        "current pay",
        "suspended for work",
    }
    assert '"current pay": "P current pay"' in str(chart.to_dict())
    assert '"unavailable": "\\u00d7 unavailable"' in str(pictures["ledger"].to_dict()).replace("\\\\", "\\")


def test_a_long_history_has_signs_where_words_have_no_room(worker: dict[str, Any]) -> None:
    short = [{**worker["benefits"][0], "to": "2017-03"}, {**worker["benefits"][1], "from": "2017-06", "to": "2018-01"}]
    chart = plot.plot_timeline({**worker, "benefits": short}, provider="EN-A", as_of="2026-03-15")
    texts = [row["text"] for row in values(chart) if row.get("lane") == "title II"]
    assert texts == ["current pay", "?", "W", "unknown"]


def test_a_ledger_shows_every_payment(pictures: dict[str, Any], worker: dict[str, Any]) -> None:
    shown = {row["payment"]: row["status"] for row in values(pictures["ledger"])}
    assert shown == {row.payment: row.status for row in ttw.ledger(worker, **ASK)}


def test_a_ledger_tells_its_ticket_and_its_totals(case: dict[str, Any], recent: dict[str, Any]) -> None:
    ledger = ttw.ledger(case, provider="EN-A", as_of="2017-09-15")
    words = title(plot.plot_ledger(ledger))
    assert words == (
        "Ledger of EN-A as of 2017-09-15, ticket T-0001. 1 paid ($1,398), 1 payable ($1,398), 50 pending "
        f"(${ledger.totals.potential:,.0f} at the rates of 2017, without the reconciliation). Policy operations."
    )
    words = title(plot.plot_ledger(ttw.ledger(recent, **LATE)))
    assert ", and 8 payments without a published rate)" in words
    assert "pending (no published rate of 2026)" in words


def test_a_population_adds_up(pictures: dict[str, Any], worker: dict[str, Any]) -> None:
    totals = ttw.ledger(worker, **ASK).totals
    dollars = sum(row["dollars"] for row in values(pictures["population"], "dollars"))
    assert dollars == 2 * float(totals.payable + totals.paid)
    barred = {row["rule"]: row["count"] for row in values(pictures["population"], "rule")}
    assert set(barred.values()) == {2}


def test_payments_without_a_rate_are_shown_and_counted(pictures: dict[str, Any], recent: dict[str, Any]) -> None:
    rows = [row for row in ttw.ledger(recent, **LATE) if row.status == "payable" and row.amount is None]
    assert rows
    chart = pictures["unpriced"]
    assert sum(row["payments"] for row in values(chart, "payments")) == len(rows)
    for words in (told(chart), title(chart)):
        assert f", and {len(rows)} payments without a published rate" in words
    timeline = plot.plot_timeline(recent, **LATE)
    assert f"payable: {len(rows)} payments without a published rate" in told(timeline)


def test_what_bars_a_reconciliation_alone_is_told_apart(worker: dict[str, Any]) -> None:
    milestones = [ttw.ledger(worker, **ASK)[f"p1m{number}"] for number in (1, 2, 4)]
    paid = [
        {"payment": row.payment, "month": row.attained_in, "provider": "EN-A", "amount": str(row.amount)}
        for row in milestones
    ]
    paid += [
        {"payment": f"p2m{at}", "month": month, "provider": "EN-A", "amount": "400.00"}
        for at, month in enumerate(months("2018-05", 11), start=1)
    ]
    table = ttw.ledger_batch([{**worker, "payments": paid}], **ASK)
    assert "REC-02" in str(table["blocked_by"])
    chart = plot.plot_population(table)
    assert "REC-02" not in [row["rule"] for row in values(chart, "rule")]
    assert "(1 barred reconciliation left out)" in str(chart.to_dict())
    # A claim of one that is denied is a claim as any other.
    denied = plot.plot_population(ttw.decide_batch([reconciliation()]))
    assert "REC-01" in [row["rule"] for row in values(denied, "rule")]
    assert "left out" not in str(denied.to_dict())


def test_rules_have_names_and_numbers_their_separators(worker: dict[str, Any]) -> None:
    chart = plot.plot_population(ttw.ledger_batch([worker] * 1200, **ASK))
    assert "LB-03  look back milestone 3" in [row["name"] for row in values(chart, "rule")]
    closed = {"agency": "VR-CO", "closed_on": "2015-06-30", "successful": True, "cost_reimbursed": False}
    closure = plot.plot_population(ttw.ledger_batch([{**worker, "state_vr_cases": [closed], "payments": []}], **ASK))
    assert "SVR-01  State VR closure since 2002" in [row["name"] for row in values(closure, "rule")]
    assert title(chart).startswith("1,200 tickets. $")
    assert "LB-03 bars 1,200" in told(chart)
    rules = next(part for part in parts(chart) if "count" in str(part["encoding"].get("text")))
    assert rules["encoding"]["text"]["format"] == ",d"
    assert rules["encoding"]["x"]["axis"]["format"] == ",d"


def test_a_population_says_whose_it_is_and_when(worker: dict[str, Any]) -> None:
    table = ttw.ledger_batch([worker], **ASK)
    assert title(plot.plot_population(table, **ASK)).startswith("1 ticket of EN-A on 2019-09-15. $")
    assert title(plot.plot_population(ttw.decide_batch([ttw.example()]))).startswith("1 claim of EN-A. $1,398")
    question = ttw.example()
    other = copy.deepcopy(question)
    other["case"]["ticket"]["assignments"][0]["provider"] = other["claim"]["provider"] = "EN-B"
    other["case"]["payments"] = []
    assert title(plot.plot_population(ttw.decide_batch([question, other]))).startswith("2 claims. ")


def test_a_population_counts_apart_what_cannot_be_read(worker: dict[str, Any]) -> None:
    case = ttw.example()["case"]
    unread = plot.plot_population(ttw.ledger_batch(["{}"], **ASK))
    assert told(unread) == "0 tickets; 1 row cannot be read."
    assert values(unread) == [{"text": "nothing to show"}]
    assert told(plot.plot_population(ttw.ledger_batch([case, "{}", None], **ASK))).endswith("; 2 rows cannot be read.")
    assert title(plot.plot_population(ttw.ledger_batch([case, "{}"], **ASK))).endswith("; 1 row cannot be read")
    # The rows that are barred were not asked for: nothing is said of them.
    filtered = plot.plot_population(ttw.ledger_batch([worker], statuses=["payable"], **ASK))
    assert "LB-" in told(plot.plot_population(ttw.ledger_batch([worker], **ASK)))
    assert told(filtered).startswith("1 ticket: no barred payment in this table; $")
    assert {"text": "no barred payment in this table"} in values(filtered)
    barred = plot.plot_population(ttw.ledger_batch([worker], statuses=["unavailable"], **ASK))
    assert told(barred).endswith("; nothing paid or payable in this table.")
    assert {"text": "nothing paid or payable in this table"} in values(barred)
    decided = plot.plot_population(ttw.decide_batch([ttw.example(), {}]))
    assert told(decided).startswith("1 claim of EN-A: no rule denies a claim; $1,398 payable in August 2016")


def test_one_month_is_no_block(case: dict[str, Any]) -> None:
    chart = plot.plot_population(ttw.ledger_batch([case], provider="EN-A", as_of="2016-07-15"))
    first, end = next(part["encoding"]["x"]["scale"]["domain"] for part in parts(chart) if "dollars" in str(part))
    assert (first, end) == ("2016-01-01T00:00:00", "2017-01-01T00:00:00")
    assert told(chart).endswith("; $1,398 paid in June 2016.")


def test_months_are_written_below_their_own_ticks(pictures: dict[str, Any]) -> None:
    for name in ("timeline", "population"):
        axes = [part["encoding"].get("x", {}).get("axis") for part in parts(pictures[name])]
        months = [axis for axis in axes if axis and axis.get("format") == "%b %Y"]
        assert months
        assert [axis["labelFlush"] for axis in months] == [False] * len(months)
        assert all(axis["labelOverlap"] and axis["labelSeparation"] for axis in months)


def test_what_is_undetermined_is_drawn_and_told(worker: dict[str, Any]) -> None:
    from ttw.plot import _style

    unknown = {**worker, "benefits": [], "payments": []}
    chart = plot.plot_population(ttw.ledger_batch([worker, unknown, unknown], **ASK))
    rows = values(chart, "count")
    assert (rows[-1]["name"], rows[-1]["count"]) == ("?  undetermined", 2)
    assert [row["fill"] for row in rows] == [_style.STATUS["unavailable"]] * len(rows[:-1]) + [
        _style.STATUS["undetermined"]
    ]
    assert title(chart).endswith("; 2 tickets with undetermined payments")
    assert told(chart).endswith("; 2 tickets with undetermined payments.")
    assert "Tickets that a rule bars or with undetermined payments" in str(chart.to_dict())
    # What was not asked for is not told.
    payable = ttw.ledger_batch([worker, unknown], statuses=["payable"], **ASK)
    assert "undetermined" not in str(plot.plot_population(payable).to_dict())
    question = ttw.example()
    claims = [question, {**question, "case": {**question["case"], "benefits": [], "payments": []}}]
    chart = plot.plot_population(ttw.decide_batch(claims))
    assert told(chart).endswith("no rule denies a claim; $1,398 payable in August 2016; 1 claim undetermined.")
    assert "'Claims that are undetermined'" in str(chart.to_dict())


@pytest.mark.parametrize("polars", [True, False])
@pytest.mark.parametrize("library", ["table", "polars", "pandas", "pyarrow", "reader"])
def test_a_population_is_any_table(
    worker: dict[str, Any], recent: dict[str, Any], library: str, polars: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip({"reader": "pyarrow", "table": "ttw"}.get(library, library))
    for table in (
        ttw.ledger_batch([worker, recent, "{}"], **LATE),
        ttw.ledger_batch([worker, {**worker, "benefits": []}], **ASK),
        ttw.ledger_batch([worker], statuses=["payable"], **ASK),
        ttw.ledger_batch([], **ASK),
        ttw.decide_batch([ttw.example(), ttw.example(), reconciliation()]),
    ):
        expected = plot.plot_population(table).to_dict()
        form: Any = {
            "table": lambda table=table: table,
            "polars": table.to_polars,
            "pandas": table.to_pandas,
            "pyarrow": table.to_arrow,
            "reader": lambda table=table: table.to_arrow().to_reader(),
        }[library]()
        with monkeypatch.context() as here:
            if not polars:
                here.setattr("ttw.plot._population.find_spec", lambda _: None)
            assert plot.plot_population(form).to_dict() == expected


def test_what_cannot_be_drawn_is_refused_with_what_to_give(worker: dict[str, Any]) -> None:
    pa, pd, pl = (pytest.importorskip(library) for library in ("pyarrow", "pandas", "polars"))
    columns = [pa.table({"row": [1]}), pa.chunked_array([[1]]), pd.Series([1]), pl.LazyFrame({"row": [1]})]
    for other in (worker, [worker], ttw.milestones_batch(ttw.example_panel()), None, "x", *columns):
        with pytest.raises(TypeError, match=r"give what ttw\.ledger_batch or ttw\.decide_batch gave"):
            plot.plot_population(other)
    for other in (worker, ttw.ledger_batch([worker], **ASK), None):
        with pytest.raises(TypeError, match=r"plot_ledger draws what ttw\.ledger gave, not .*; for a case call"):
            plot.plot_ledger(other)


# What people see who lack a kind of cone (Machado, Oliveira and Fernandes 2009), on linear light.
VISIONS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(light: list[float]) -> float:
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def lightness(colour: str, vision: str) -> float:
    """L* of a colour as it is seen: what is left of it in grey."""
    light = linear(colour)
    seen = [min(1, max(0, sum(of * part for of, part in zip(row, light, strict=True)))) for row in VISIONS[vision]]
    return 116 * luminance(seen) ** (1 / 3) - 16


def contrast(one: str, other: str) -> float:
    dark, bright = sorted(luminance(linear(colour)) for colour in (one, other))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("vision", VISIONS)
def test_colours_can_be_told_apart_without_colour(vision: str) -> None:
    from ttw.plot import _style

    for family in (_style.STATUS, _style.BENEFITS, {"bars": _style.BARS, **dict(enumerate(_style.LEVELS))}):
        for (one, first), (other, second) in combinations(family.items(), 2):
            assert abs(lightness(first, vision) - lightness(second, vision)) >= 10, (one, other)


def test_a_colour_means_one_thing_and_has_a_sign() -> None:
    from ttw.plot import _style

    families = [*_style.STATUS.values(), *_style.BENEFITS.values(), *_style.LEVELS, _style.BARS, _style.OUTLINE]
    assert len(set(families)) == len(families)
    assert set(_style.SIGNS) == set(_style.STATUS)
    assert set(_style.BENEFIT_SIGNS) == set(_style.BENEFITS)
    for signs in (_style.SIGNS, _style.BENEFIT_SIGNS, _style.MARKS):
        assert len(set(signs.values())) == len(signs)


def test_signs_and_lines_stand_out() -> None:
    from ttw.plot import _style

    for fill in (*_style.STATUS.values(), *_style.BENEFITS.values(), _style.BARS, _style.OUTLINE):
        assert contrast(_style.ink(fill), fill) >= 4, fill
    for line in (*_style.LEVELS, _style.OUTLINE):
        assert contrast(line, _style.BARS) >= 3
        assert contrast(line, _style.WHITE) >= 3
    for status in _style.MARKS:
        assert contrast(_style.STATUS[status], _style.WHITE) >= 3


def test_pictures_are_drawn_without_a_browser(pictures: dict[str, Any], tmp_path: Any) -> None:
    pytest.importorskip("vl_convert")
    for name, chart in pictures.items():
        file = tmp_path / f"{name}.png"
        chart.save(str(file))
        width, height = struct.unpack(">II", file.read_bytes()[16:24])
        assert width > 200
        assert height > 90
