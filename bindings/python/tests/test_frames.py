"""Frames of the package can be joined with one another: a column of a name is of one type in all of them."""

from __future__ import annotations

import sys
from datetime import date
from itertools import combinations, permutations
from typing import Any

import pytest

import ttw

ASK: dict[str, Any] = {"provider": "EN-A", "as_of": "2022-03-15"}
# Statuses before and after a change of a scenario, and dollars before and after one of a comparison; what is wrong is a
# list of codes where there is one row a case, and a list of problems in a table.
TWO_THINGS = {"before", "after", "problems"}


@pytest.fixture(scope="module")
def frames() -> dict[str, tuple[Any, Any]]:
    """Every frame, from rows that can be read and from none."""
    cases = ttw.example_caseload(5)
    less = [{**case, "earnings": case["earnings"][9:]} for case in cases]
    claim = {"payment": "p1m1", "month": "2020-01", "provider": "EN-A"}
    questions = [{"case": case, "claim": claim, "requested_on": "2022-03-15"} for case in cases]
    scenario, nobody = ttw.scenario(cases, **ASK), ttw.scenario([], **ASK)

    class Tickets:
        """The tickets of unclaimed money as a frame."""

        def __init__(self, given: Any) -> None:
            self.to_polars = lambda: ttw.unclaimed(given, **ASK).tickets_frame("polars")
            self.to_pandas = lambda: ttw.unclaimed(given, **ASK).tickets_frame("pandas")
            self.to_arrow = lambda: ttw.unclaimed(given, **ASK).tickets_frame("pyarrow")

    return {
        "ledger": (ttw.ledger(cases[0], **ASK), ttw.ledger(less[0], **ASK)),
        "ledgers": (ttw.ledger_batch(cases, texts=True, **ASK), ttw.ledger_batch([], texts=True, **ASK)),
        "decisions": (ttw.decide_batch(questions, answers=True), ttw.decide_batch([], answers=True)),
        "comparison": (ttw.compare(cases[3], less[3], **ASK), ttw.compare(cases[3], cases[3], **ASK)),
        "comparisons": (ttw.compare_batch(cases, less, **ASK), ttw.compare_batch([], [], **ASK)),
        "unclaimed": (ttw.unclaimed(cases, **ASK), ttw.unclaimed([], **ASK)),
        "tickets": (Tickets(cases), Tickets([])),
        "what if": (scenario.what_if(raise_earnings=-20), nobody.what_if(years=1)),
        "next month": (scenario.next_month(), nobody.next_month()),
        "problems": (
            ttw.validate_batch([{}], form="work_plan", received_on="2026-06-15"),
            ttw.validate_batch([]),
        ),
    }


def types(frame: Any) -> dict[str, Any]:
    if hasattr(frame, "dtypes") and hasattr(frame, "iloc"):
        return dict(frame.dtypes.items())
    return (
        dict(zip(frame.schema.names, frame.schema.types, strict=True))
        if hasattr(frame, "schema") and isinstance(frame.schema.names, list)
        else dict(frame.schema)
    )


@pytest.mark.parametrize(("library", "to"), [("polars", "to_polars"), ("pandas", "to_pandas"), ("pyarrow", "to_arrow")])
def test_a_column_is_of_one_type_in_all_frames_with_rows_and_without(frames: Any, library: str, to: str) -> None:
    pytest.importorskip(library)
    known: dict[str, Any] = {}
    for name, (some, none) in frames.items():
        told = types(getattr(some, to)())
        assert told == types(getattr(none, to)()), name
        for column, kind in told.items():
            if column not in TWO_THINGS:
                assert known.setdefault(column, kind) == kind, (name, column)
    assert {"ticket", "payment", "month", "amount", "status", "have"} <= known.keys()


def test_frames_are_joined_in_pairs_by_polars(frames: Any) -> None:
    polars = pytest.importorskip("polars")
    joined = 0
    for (one, (left, _)), (other, (right, _)) in permutations(frames.items(), 2):
        mine, theirs = left.to_polars(), right.to_polars()
        keys = [key for key in ("row", "ticket", "payment", "month") if key in mine.columns and key in theirs.columns]
        if not keys:
            assert {one, other} & {"problems", "ledger", "comparison"}
            continue
        answer = mine.join(theirs, on=keys, how="full")
        assert isinstance(answer, polars.DataFrame)
        joined += "payment" in keys and len(mine.join(theirs, on=keys)) > 0
    assert joined > 20


@pytest.mark.filterwarnings("error")
def test_frames_are_joined_in_pairs_by_pandas(frames: Any) -> None:
    pytest.importorskip("pandas")
    joined = 0
    for (_, (left, _)), (_, (right, _)) in combinations(frames.items(), 2):
        mine, theirs = left.to_pandas(), right.to_pandas()
        keys = [key for key in ("row", "ticket", "payment", "month") if key in mine and key in theirs]
        if keys:
            mine.merge(theirs, on=keys, how="outer")
            joined += "payment" in keys and len(mine.merge(theirs, on=keys)) > 0
    assert joined > 10


def test_a_month_of_a_frame_is_its_first_day() -> None:
    pytest.importorskip("polars")
    case = ttw.example_caseload(1)[0]
    ledger = ttw.ledger(case, **ASK)
    unclaimed = ttw.unclaimed([case], **ASK)
    asked = unclaimed.to_polars().join(
        ledger.to_polars(), left_on=["ticket", "payment", "month"], right_on=["ticket", "payment", "attained_in"]
    )
    assert len(asked) == len(unclaimed) > 0
    assert [day.isoformat() for day in asked["month"]] == [row.month + "-01" for row in unclaimed]


def test_a_ledger_and_a_table_of_it_are_the_same_frame() -> None:
    pytest.importorskip("polars")
    case = ttw.example_caseload(1)[0]
    table = ttw.ledger_batch([case], **ASK).to_polars()
    ledger = ttw.ledger(case, **ASK).to_polars()
    assert table.select(ledger.columns).equals(ledger)


def test_parameters_are_numbers_and_days() -> None:
    polars = pytest.importorskip("polars")
    frame = ttw.parameters().to_polars()
    level = frame.filter(polars.col("name") == "trial_work_level").filter(polars.col("from").dt.year() == 2016)
    assert str(level["amount"][0]) == "810.00"
    since = frame.filter(polars.col("name") == "look_back_since")
    assert (since["amount"][0], since["day"][0].isoformat()) == (None, "2008-07-21")
    assert frame.filter(polars.col("amount").is_null() == polars.col("day").is_null()).is_empty()
    one = ttw.parameters()
    kept = frame.filter(polars.col("unit") != "date")["amount"].to_list()
    assert kept == [value.amount for each in one for value in each.values if each.unit != "date"]


def test_unclaimed_tickets_say_why() -> None:
    pytest.importorskip("polars")
    case = ttw.example()["case"]
    nothing = {**case, "ticket": {**case["ticket"], "id": "T-0002"}, "earnings": [], "pay_statements": []}
    unclaimed = ttw.unclaimed([case, nothing, {}], provider="EN-A", as_of="2017-09-15")
    rows = unclaimed.tickets_frame("polars").to_dicts()
    assert [(row["row"], row["ticket"], row["payments"], row["standing"]) for row in rows] == [
        (0, "T-0001", 1, None),
        (1, "T-0002", 0, "pending"),
        (2, None, 0, None),
    ]
    assert rows[1]["text"] == unclaimed.tickets[1].why.text  # type: ignore[union-attr]
    assert rows[2]["problems"] == ["REQ_FIELD_REQUIRED"] * 2
    assert [row["missing"] for row in rows] == [[], [], []]


def test_unclaimed_tickets_say_which_facts_are_missing() -> None:
    pytest.importorskip("polars")
    unclaimed = ttw.unclaimed(ttw.example_caseload(300), **ASK)
    rows = unclaimed.tickets_frame("polars").filter(standing="undetermined").to_dicts()
    assert len(rows) == 62
    for row in rows:
        why = unclaimed.tickets[row["row"]].why
        assert why is not None
        told = [
            (fact["path"], fact["month"].isoformat()[:7], fact["title"], fact["settles"]) for fact in row["missing"]
        ]
        assert told == [(fact.path, fact.month, fact.title, list(fact.settles)) for fact in why.missing]
    assert rows[0]["missing"] == [
        {"path": "/case/pay_statements", "month": date(2020, 1, 1), "title": None, "settles": ["P1-01"]}
    ]


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_every_answer_with_rows_is_a_frame_of_the_library_that_is_said(frames: Any, library: Any) -> None:
    pytest.importorskip(library)
    milestones = ttw.milestones_batch(ttw.example_panel())
    to = {"polars": "to_polars", "pandas": "to_pandas", "pyarrow": "to_arrow"}[library]
    for answer in [*(some for name, (some, _) in frames.items() if name != "tickets"), milestones]:
        assert types(answer.to_frame(library)) == types(getattr(answer, to)())
        with pytest.raises(ValueError, match="polars, pandas or pyarrow"):
            answer.to_frame("luck")


def test_a_library_that_is_not_installed_is_named(frames: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    some = ttw.ledger_batch([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
    answers = [some, ttw.milestones_batch(ttw.example_panel()), frames["ledger"][0], frames["what if"][0]]
    for library in ("polars", "pandas", "pyarrow"):
        monkeypatch.setitem(sys.modules, library, None)
    for answer in answers:
        for library, to in [("polars", "to_polars"), ("pandas", "to_pandas"), ("pyarrow", "to_arrow")]:
            with pytest.raises(ImportError, match=f"^this needs {library}: pip install {library}$"):
                getattr(answer, to)()
        with pytest.raises(ImportError, match="pip install polars"):
            answer.to_frame()


def test_milestones_are_read_as_tables_are() -> None:
    pytest.importorskip("polars")
    pytest.importorskip("pandas")
    answer = ttw.milestones_batch(ttw.example_panel())
    assert repr(answer).startswith("<Milestones of 1 ticket; id, p1m1, p1m1_status, ")
    assert "attained" in answer._repr_html_()
    assert answer["p1m1"] == answer.column("p1m1") == [answer[0]["p1m1"]]
    assert answer.columns == answer.column_names == list(answer.to_pandas().columns) == answer.to_polars().columns
    assert str(answer.to_pandas().dtypes["p1m1_status"]) == "string"
    assert "p1m1" in answer
    for row in ("a", 0.0, None):
        with pytest.raises(TypeError, match="row is a whole number, not"):
            ttw.explain(ttw.example_panel(), row)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="row is a whole number, not"):
            answer.explain(row)  # type: ignore[arg-type]


def test_a_lazy_panel_is_to_be_collected() -> None:
    polars = pytest.importorskip("polars")
    lazy = polars.DataFrame(ttw.example_panel()).lazy()
    for ask in (ttw.milestones_batch, lambda panel: ttw.explain(panel, 0)):
        with pytest.raises(TypeError, match=r"\.collect\(\)"):
            ask(lazy)
