"""Tables in, tables out: the same answers as one by one, whatever the form in which they come."""

from __future__ import annotations

import copy
import json
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal, localcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ttw

if TYPE_CHECKING:
    from collections.abc import Callable

ASK: dict[str, Any] = {"provider": "EN-A", "as_of": "2017-09-15"}
WITHOUT_PYARROW = """
import sys
sys.modules["pyarrow"] = None
import ttw
case = ttw.example()["case"]
expected = ttw.ledger_batch([case, case], provider="EN-A", as_of="2017-09-15")
milestones = ttw.milestones_batch(ttw.example_panel()).to_pydict()
"""


def months(count: int, earned: str = "900.00") -> list[dict[str, Any]]:
    return [{"month": f"{2016 + at // 12}-{at % 12 + 1:02}", "earned": earned} for at in range(count)]


@pytest.fixture
def cases(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Some cases that differ, one of them of title XVI."""
    others = [
        {**case, "ticket": {**case["ticket"], "id": f"T-{count}"}, "payments": [], "earnings": months(count)}
        for count in range(1, 30, 4)
    ]
    t16 = {"title": "t16", "from": "2014-01", "to": None, "status": "current_pay", "federal_cash": True}
    supplement = {**others[-1], "beneficiary": {"title": "t16", "blind": True}, "benefits": [t16]}
    stopped = {"title": "t2", "from": "2014-01", "to": None, "status": "suspended_work"}
    return [case, *others, supplement, {**others[-1], "benefits": [stopped]}]


def as_table_row(ledger: ttw.Ledger, at: int, ticket: str) -> list[dict[str, Any]]:
    return [
        {
            "row": at,
            "ticket": ticket,
            "payment": row.payment,
            "status": row.status,
            "attained_in": None if row.attained_in is None else date.fromisoformat(row.attained_in + "-01"),
            "amount": row.amount,
            "blocked_by": list(row.blocked_by),
            "have": row.progress and row.progress.have,
            "need": row.progress and row.progress.need,
            "problems": [],
        }
        for row in ledger
    ]


@pytest.mark.parametrize("policy", ["operations", "regulation"])
def test_a_table_of_ledgers_is_the_ledgers(cases: list[dict[str, Any]], policy: str) -> None:
    table = ttw.ledger_batch(cases, policy=policy, **ASK)
    expected = [
        row
        for at, case in enumerate(cases)
        for row in as_table_row(ttw.ledger(case, policy=policy, **ASK), at, case["ticket"]["id"])
    ]
    assert table.to_pylist() == expected
    assert {row["status"] for row in expected} >= {"paid", "payable", "pending", "unavailable"}


def test_every_form_of_a_table_gives_the_same(cases: list[dict[str, Any]]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    expected = ttw.ledger_batch(cases, **ASK)
    nested = pyarrow.Table.from_pylist(cases)
    texts = [json.dumps(case) for case in cases]
    forms = {
        "text": texts,
        "bytes": [text.encode() for text in texts],
        "generator": (case for case in cases),
        "pyarrow": nested,
        "chunks": pyarrow.concat_tables([nested.slice(0, 3), nested.slice(3)]),
        "record batch": nested.combine_chunks().to_batches()[0],
        "a column case": pyarrow.table({"case": nested.to_struct_array().combine_chunks()}),
        "a column of text": pyarrow.table({"any name": texts}),
        "text named case": pyarrow.table({"case": texts}),
        "a dictionary of text": pyarrow.table({"x": pyarrow.array(texts).dictionary_encode()}),
        "parts as text": pyarrow.table({name: [json.dumps(case[name]) for case in cases] for name in cases[0]}),
        "polars": polars.DataFrame(nested),
        "polars from rows": polars.DataFrame(cases, infer_schema_length=None),
        "polars text": polars.DataFrame({"x": texts}),
        "a series": polars.Series(texts),
        "a series of pandas": pandas.Series(texts),
        "a chunked array": pyarrow.chunked_array([texts[:2], texts[2:]]),
        "a chunked array of cases": pyarrow.chunked_array([pyarrow.array(cases)]),
        "pandas": pandas.DataFrame(cases),
        "pandas text": pandas.DataFrame({"x": texts}),
        "duckdb": duckdb.from_arrow(nested),
        "a table of ours": ttw.Table.from_ipc(ttw.ledger_batch(cases, **ASK).to_ipc()) and texts,
    }
    for name, form in forms.items():
        assert ttw.ledger_batch(form, **ASK) == expected, name


def test_money_and_dates_have_types_of_their_own(cases: list[dict[str, Any]]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    expected = ttw.ledger_batch(cases, **ASK)
    text = json.dumps(cases)
    typed, cents = json.loads(text), json.loads(text)
    for case in typed:
        for entry in case["earnings"]:
            entry["month"] = datetime.fromisoformat(entry["month"] + "-09")
            entry["earned"] = Decimal(entry["earned"])
        for benefit in case["benefits"]:
            benefit["from"] = date.fromisoformat(benefit["from"] + "-01")
        for assignment in case["ticket"]["assignments"]:
            assignment["assigned_on"] = date.fromisoformat(assignment["assigned_on"])
    for case in cents:
        for entry in case["earnings"]:
            entry["earned_cents"] = int(Decimal(entry.pop("earned")) * 100)
    for rows in (typed, cents):
        assert ttw.ledger_batch(pyarrow.Table.from_pylist(rows), **ASK) == expected
        assert ttw.ledger_batch(rows, **ASK) == expected
    typed[0]["earnings"][0]["month"] += timedelta(hours=1)
    assert ttw.ledger_batch(typed[:1], **ASK).to_pylist()[0]["problems"], "a time of day"


def test_the_width_of_a_number_and_the_unit_of_a_day_change_no_answer(cases: list[dict[str, Any]]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    rest = {name: value for name, value in cases[0].items() if name != "earnings"}
    dollars, day = 120, datetime(2016, 6, 1)

    def asked(field: str, earned: Any, kind: Any = None, month: Any = "2016-06", unit: Any = None) -> Any:
        months = pyarrow.StructArray.from_arrays(
            [pyarrow.array([month], unit), earned if kind is None else pyarrow.array([earned], kind)], ["month", field]
        )
        column = pyarrow.ListArray.from_arrays(pyarrow.array([0, 1], pyarrow.int32()), months)
        table = pyarrow.Table.from_pylist([rest]).append_column("earnings", column)
        return ttw.ledger_batch(table, **ASK)

    expected = ttw.ledger_batch([{**rest, "earnings": [{"month": "2016-06", "earned": "120"}]}], **ASK)
    assert not expected.to_pylist()[0]["problems"]
    for kind in ("int16", "int32", "int64", "uint16", "uint32", "uint64"):
        assert asked("earned_cents", dollars * 100, getattr(pyarrow, kind)()) == expected, kind
    cents = pyarrow.array([dollars * 100]).dictionary_encode()
    assert asked("earned_cents", cents) == expected
    small = asked("earned_cents", 100, pyarrow.int8())
    assert (
        small
        == asked("earned_cents", 100, pyarrow.uint8())
        == asked("earned", Decimal("1.00"), pyarrow.decimal128(5, 2))
    )
    for name, precision in [("decimal32", 9), ("decimal64", 18), ("decimal128", 38), ("decimal256", 76)]:
        if hasattr(pyarrow, name):
            assert asked("earned", Decimal(dollars), getattr(pyarrow, name)(precision, 2)) == expected, name
    assert asked("earned", Decimal(dollars), pyarrow.decimal128(5, -1)) == expected
    units = [pyarrow.date32(), pyarrow.date64(), *(pyarrow.timestamp(unit) for unit in ("s", "ms", "us", "ns"))]
    for unit in units:
        assert asked("earned", "120", pyarrow.string(), day, unit) == expected, unit
    for unit in ("s", "ns"):
        at_noon = asked("earned", "120", pyarrow.string(), datetime(2016, 6, 1, 12), pyarrow.timestamp(unit))
        assert at_noon.to_pylist()[0]["problems"], "a time of day"
    # What no column of ours can hold is refused, not missing.
    far = pyarrow.array([2**62]).cast(pyarrow.timestamp("s"))
    for column in (
        asked("earned", Decimal(10**60), pyarrow.decimal256(76, 2)),
        asked("earned", "120", pyarrow.string(), far[0], far.type),
    ):
        found = [(problem["code"], problem["path"]) for row in column for problem in row["problems"]]
        assert found, "a value beyond the ends"
        assert all(code != "REQ_FIELD_REQUIRED" for code, _ in found), found
    for name, kind in [("earned", "float16"), ("earned", "float32"), ("earned_cents", "float64"), ("earned", "int64")]:
        with pytest.raises(ttw.TtwError) as error:
            asked(name, 120, getattr(pyarrow, kind)())
        assert [(problem.code, problem.path) for problem in error.value.problems] == [
            ("MONEY_FORMAT", f"/earnings/{name}")
        ]


@pytest.mark.parametrize(
    ("amount", "scale", "text"),
    [
        ("900", 0, "900"),
        ("0", 2, "0.00"),
        ("0.05", 2, "0.05"),
        ("899.9", 1, "899.9"),
        ("900.10", 6, "900.10"),
        ("-1.5", 1, "-1.5"),
        ("0.001", 3, "0.001"),
        ("900.0000000000000000000000001", 25, "900.0000000000000000000000001"),
        ("123456789012345678901234567890.12", 2, "123456789012345678901234567890.12"),
        ("123456789012345678901234567890", 0, "123456789012345678901234567890"),
    ],
)
def test_a_decimal_is_the_text_that_writes_it(cases: list[dict[str, Any]], amount: str, scale: int, text: str) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    with localcontext(prec=40):
        exact = Decimal(amount).quantize(Decimal(1).scaleb(-scale))
    rest = {name: value for name, value in cases[0].items() if name != "earnings"}
    table = pyarrow.Table.from_pylist([rest])
    months = [{"month": "2016-06", "earned": exact}]
    kind = pyarrow.list_(pyarrow.struct([("month", pyarrow.string()), ("earned", pyarrow.decimal128(38, scale))]))
    table = table.append_column("earnings", pyarrow.array([months], kind))
    written = {**rest, "earnings": [{"month": "2016-06", "earned": text}]}
    assert ttw.ledger_batch(table, **ASK) == ttw.ledger_batch([written], **ASK)


def test_what_differs_by_row_is_a_column(cases: list[dict[str, Any]]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    days = [date(2017, 9, 15), date(2016, 9, 15)]
    columns = {"case": [json.dumps(case) for case in cases[:2]], "provider": ["EN-A", "EN-A"], "as_of": days}
    table = ttw.ledger_batch(pyarrow.table(columns))
    assert [row for row in table if row["row"] == 1] == as_table_row(
        ttw.ledger(cases[1], provider="EN-A", as_of="2016-09-15"), 1, cases[1]["ticket"]["id"]
    )
    assert ttw.ledger_batch(pyarrow.table(columns), as_of="2017-09-15") == ttw.ledger_batch(cases[:2], **ASK)


def test_a_coded_column_may_have_no_word(cases: list[dict[str, Any]]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    nothing = pyarrow.array([None], pyarrow.string()).dictionary_encode()
    assert len(nothing.dictionary) == 0
    assert ttw.ledger_batch(pyarrow.table({"case": nothing}), **ASK).to_pylist()[0]["problems"]
    rest = {name: value for name, value in cases[0].items() if name != "payments"}
    table = pyarrow.Table.from_pylist([rest]).append_column("payments", nothing)
    assert ttw.ledger_batch(table, **ASK) == ttw.ledger_batch([rest], **ASK)


def test_a_bad_row_is_a_row_and_stops_nothing(cases: list[dict[str, Any]]) -> None:
    bad = {**cases[0], "earnings": [{"month": "2016-13", "earned": "1.234"}], "luck": True}
    rows = [cases[0], bad, "no JSON", None, b"\xff", b'{"ticket": "\xff"}', 1 * "[]", cases[1]]
    table = ttw.ledger_batch(rows, statuses=["payable"], **ASK)
    with pytest.raises(ttw.TtwError) as error:
        ttw.ledger(bad, **ASK)
    found = {row["row"]: row["problems"] for row in table if row["problems"]}
    assert sorted(found) == [1, 2, 3, 4, 5, 6]
    told = [(problem["code"], problem["path"], problem["message"]) for problem in found[1]]
    assert told == [(problem.code, problem.path, problem.message) for problem in error.value.problems]
    assert len(told) == 3
    assert [found[at][0]["code"] for at in (2, 4, 5)] == ["REQ_JSON_INVALID"] * 3
    assert {row["row"] for row in table if not row["problems"]} == {0, 7}


def test_rows_that_cannot_be_read_are_told(cases: list[dict[str, Any]]) -> None:
    table = ttw.ledger_batch([*cases, "{}", None], statuses=["paid"], **ASK)
    count = len(cases)
    assert [(problem["row"], problem["code"], problem["path"]) for problem in table.problems][:2] == [
        (count, "REQ_FIELD_REQUIRED", "/case/ticket"),
        (count, "REQ_FIELD_REQUIRED", "/case/beneficiary"),
    ]
    assert {problem["row"] for problem in table.problems} == {count, count + 1}
    assert list(table.problems[0]) == ["row", "ticket", "code", "class", "path", "message", "action", "cite"]
    assert all(problem["message"] for problem in table.problems)
    assert ", 2 cannot be read;" in repr(table)
    assert "2 cannot be read" in table._repr_html_()
    whole = ttw.ledger_batch(cases, **ASK)
    assert whole.problems == ttw.validate_batch([]).problems == []
    assert "cannot be read" not in repr(whole) + whole._repr_html_()
    assert [problem["row"] for problem in ttw.decide_batch([ttw.example(), 5]).problems] == [1]


def test_no_row_shows_a_number_of_anybody(case: dict[str, Any]) -> None:
    case["ticket"]["id"] = "900-12-3456"
    table = ttw.ledger_batch([case], **ASK)
    assert table["problems"][0][0]["code"] == "ID_IS_SSN"
    assert "900-12" not in str(table.to_pylist()) + table._repr_html_()


def test_a_table_of_decisions_is_the_decisions(question: dict[str, Any]) -> None:
    case = question["case"]
    questions = [
        question,
        {**question, "case": {**case, "benefits": []}},
        {**question, "case": {**case, "earnings": []}},
    ]
    questions += [{**question, "policy": "regulation"}]
    table = ttw.decide_batch([*questions, {}], texts=True, answers=True)
    assert len(table) == 5
    for row, asked in zip(table, questions, strict=False):
        answer = ttw.decide(asked)
        assert row["determination"] == answer.to_json()
        assert ttw.Determination(row["determination"]) == answer
        assert (row["decision"], row["payment"], row["amount"]) == (answer.decision, answer.payment, answer.amount)
        assert row["failed"] == [reason.rule for reason in answer.reasons if reason.holds is False]
        assert row["unknown"] == [reason.rule for reason in answer.reasons if reason.holds is None]
        assert [reason["text"] for reason in row["reasons"]] == [reason.text for reason in answer.reasons]
        assert [fact["path"] for fact in row["missing"]] == [fact.path for fact in answer.missing]
        assert row["next"] == (answer.next and answer.next.text)
    assert table["decision"] == ["payable", "undetermined", "not_payable", "payable", None]
    assert ttw.decide_batch([question], policy="regulation").to_pylist()[0]["problems"] == []


def test_a_table_of_changes_is_the_changes(cases: list[dict[str, Any]]) -> None:
    after = [{**case, "earnings": months(3, "10.00")} for case in cases]
    table = ttw.compare_batch(cases, after, **ASK)
    expected = []
    for at, (old, new) in enumerate(zip(cases, after, strict=True)):
        changes = ttw.compare(old, new, **ASK)
        expected += [(at, each.payment, each.difference, each.effect, list(each.rules)) for each in changes]
    assert expected
    got = [(row["row"], row["payment"], row["difference"], row["effect"], row["rules"]) for row in table]
    assert got == expected
    with pytest.raises(ValueError, match="same number of rows"):
        ttw.compare_batch(cases, after[1:], **ASK)


def test_a_table_of_problems_is_the_problems() -> None:
    drafts = [
        {"beneficiaries": [{"ssn": ssn, "assignment_date": day}]}
        for ssn, day in [("900-12-3456", "2016-05-20"), ("000-12-3456", "2016-05-20"), ("900-00-3456", "2030-05-20")]
    ]
    how = {"form": "earnings_inquiry", "received_on": "2017-01-15", "people": "test"}
    table = ttw.validate_batch(drafts, **how)
    expected = []
    for at, draft in enumerate(drafts):
        form, *rest = how.values()
        with suppress(ttw.TtwError):
            ttw.validate(form, draft, received_on=rest[0], people=rest[1])
            continue
        with pytest.raises(ttw.TtwError) as error:
            ttw.validate(form, draft, received_on=rest[0], people=rest[1])
        expected += [(at, problem.code, problem.path, problem.message) for problem in error.value.problems]
    assert len(expected) == 3
    assert [(row["row"], row["code"], row["path"], row["message"]) for row in table] == expected


def test_texts_say_why(cases: list[dict[str, Any]]) -> None:
    table = ttw.ledger_batch(cases[:1], texts=True, **ASK)
    by_payment = {row["payment"]: row for row in table}
    claim = {"payment": "p1m2", "month": "2016-08", "provider": "EN-A"}
    answer = ttw.decide({"case": cases[0], "claim": claim, "requested_on": "2017-09-15"})
    assert [reason["rule"] for reason in by_payment["p1m2"]["reasons"]] == [reason.rule for reason in answer.reasons]
    assert by_payment["p1m3"]["reasons"][0]["rule"] == "P1-03"
    assert by_payment["p1m1"]["reasons"] == []


def test_no_rows_give_a_table_with_no_rows() -> None:
    for table in (ttw.ledger_batch([], **ASK), ttw.decide_batch([]), ttw.validate_batch([])):
        assert len(table) == 0
        assert table.columns[0] == "row"
        assert table.to_pylist() == []
        assert "0 rows" in table._repr_html_()


def test_what_is_no_table_is_refused(case: dict[str, Any]) -> None:
    wrong: Any
    for wrong in (case, "{}", b"{}", 5, None, [object()], [{1: 2}]):
        with pytest.raises(TypeError):
            ttw.ledger_batch(wrong, **ASK)
    asks: dict[str, Callable[[Any], object]] = {
        "case.*ttw.ledger": lambda rows: ttw.ledger_batch(rows, **ASK),
        "question.*ttw.decide": ttw.decide_batch,
        "case.*ttw.compare": lambda rows: ttw.compare_batch(rows, rows, **ASK),
        "draft.*ttw.validate": ttw.validate_batch,
        "case": lambda rows: ttw.scenario(rows, **ASK),
    }
    for words, ask in asks.items():
        word, _, one = words.partition(".*")
        alone = f"; for one alone there is {one}" if one else ""
        with pytest.raises(TypeError) as error:
            ask(case)
        assert str(error.value) == f"this is one {word}, not a table; put it into a list, [{word}]{alone}"
        for text in ("cases.parquet", b"{}", Path("cases.parquet")):
            with pytest.raises(TypeError, match="this is text or a path, not a table; read the file first"):
                ask(text)
    with pytest.raises(ValueError, match=r"no such status .* the choices are paid, payable, "):
        ttw.ledger_batch([case], statuses=["luck"], **ASK)
    with pytest.raises(TypeError, match=r"statuses is a list, .* the choices are paid, payable, "):
        ttw.ledger_batch([case], statuses="payable", **ASK)
    with pytest.raises(TypeError, match="as_of"):
        ttw.ledger_batch([case], provider="EN-A", as_of=5)  # type: ignore[arg-type]
    for threads in (-1, 0, -(2**70)):
        with pytest.raises(ValueError, match="threads is 1 or more"):
            ttw.ledger_batch([case], threads=threads, **ASK)
    with pytest.raises(TypeError, match="threads is a whole number"):
        ttw.ledger_batch([case], threads="2", **ASK)  # type: ignore[arg-type]
    pyarrow = pytest.importorskip("pyarrow")
    with pytest.raises(TypeError, match="cannot stand in a case"):
        ttw.ledger_batch(pyarrow.table({"case": [b"x"]}), **ASK)


def test_a_lazy_frame_is_to_be_collected(case: dict[str, Any]) -> None:
    polars = pytest.importorskip("polars")
    lazy: Any = polars.DataFrame([case]).lazy()
    for ask in (ttw.ledger_batch, ttw.scenario, ttw.unclaimed):
        with pytest.raises(TypeError, match=r"\.collect\(\)"):
            ask(lazy, **ASK)


def test_a_table_can_be_pickled_and_copied(cases: list[dict[str, Any]]) -> None:
    table = ttw.ledger_batch(cases, texts=True, **ASK)
    again = pickle.loads(pickle.dumps(table))  # noqa: S301
    assert again == table == copy.deepcopy(table) == copy.copy(table)
    assert again.to_pylist() == table.to_pylist()
    assert table != table.head(3)
    with pytest.raises(TypeError):
        hash(table)
    with pytest.raises(ValueError, match="buffer"):
        ttw.Table.from_ipc(b"nothing")


def ledger_of(case: dict[str, Any]) -> ttw.Table:
    return ttw.ledger_batch([case], **ASK)


def test_tables_cross_processes_and_threads(cases: list[dict[str, Any]]) -> None:
    alone = [ledger_of(case) for case in cases]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ledger_of, cases)) == alone
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
        assert processes.submit(ttw.ledger_batch, cases, **ASK).result() == ttw.ledger_batch(cases, **ASK)


def test_the_former_name_of_threads_still_works(case: dict[str, Any]) -> None:
    question = ttw.example()
    good = {"beneficiaries": [{"ssn": "900-12-3456", "assignment_date": "2020-05-20"}]}
    checked = {"form": "earnings_inquiry", "received_on": "2017-01-15", "people": "test"}
    asks: list[Callable[..., ttw.Table]] = [
        lambda **how: ttw.ledger_batch([case], **ASK, **how),
        lambda **how: ttw.decide_batch([question], **how),
        lambda **how: ttw.compare_batch([case], [case], **ASK, **how),
        lambda **how: ttw.validate_batch([good], **checked, **how),
    ]
    for ask in asks:
        with pytest.warns(DeprecationWarning, match="workers is called threads now") as told:
            assert ask(workers=1) == ask(threads=1) == ask()
        assert [warning.filename for warning in told] == [__file__]
        with pytest.warns(DeprecationWarning, match="workers"), pytest.raises(ValueError, match="workers is 1 or more"):
            ask(workers=0)
        with pytest.raises(TypeError, match="give threads alone"):
            ask(workers=1, threads=1)


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_many_threads_keep_the_order(cases: list[dict[str, Any]], threads: int) -> None:
    texts = [json.dumps(case) for case in cases * 150]
    table = ttw.ledger_batch(texts, statuses=["paid", "payable"], threads=threads, **ASK)
    assert table["row"] == sorted(table["row"])
    small = ttw.ledger_batch(texts[: len(cases)], statuses=["paid", "payable"], **ASK)
    assert table["payment"] == small["payment"] * 150


def test_other_threads_run_meanwhile(cases: list[dict[str, Any]]) -> None:
    texts = [json.dumps(case) for case in cases * 150]
    ticks, stop = 0, threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not stop.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    before = ticks
    ttw.ledger_batch(texts, **ASK)
    after = ticks
    stop.set()
    thread.join()
    assert after > before


@pytest.mark.parametrize(
    ("ask", "paths"),
    [
        (
            lambda case: ttw.ledger_batch([case], provider="EN-A", as_of="15.09.2017", policy="regs"),
            ["/as_of", "/policy"],
        ),
        (lambda case: ttw.ledger_batch([case], as_of="2017-09-15"), ["/provider"]),
        (lambda case: ttw.ledger_batch([case]), ["/provider", "/as_of"]),
        (lambda _: ttw.ledger_batch([], provider="EN-A", as_of="x"), ["/as_of"]),
        (lambda case: ttw.ledger_batch([case], provider="900-12-3456", as_of="2017-09-15"), ["/provider"]),
        (lambda _: ttw.decide_batch([ttw.example()], requested_on="x", policy="y"), ["/requested_on", "/policy"]),
        (
            lambda case: ttw.compare_batch([case], [case], provider="", as_of="x", policy="y"),
            ["/provider", "/as_of", "/policy"],
        ),
        (
            lambda _: ttw.validate_batch([{}], form="luck", received_on="x", people="y"),
            ["/form", "/received_on", "/people"],
        ),
        (lambda _: ttw.validate_batch([{}]), ["/form", "/received_on"]),
    ],
)
def test_what_is_said_once_is_refused_once(case: dict[str, Any], ask: Any, paths: list[str]) -> None:
    with pytest.raises(ttw.TtwError) as error:
        ask(case)
    assert [problem.path for problem in error.value.problems] == paths


def test_what_a_column_says_need_not_be_said_once(case: dict[str, Any]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    table = pyarrow.Table.from_pylist([{**case, "provider": "EN-A"}, {**case, "provider": None}])
    forms = [table, table.to_reader(), table.to_batches()[0], polars.DataFrame(table), duckdb.from_arrow(table)]
    for form in [*forms, pandas.DataFrame(table.to_pylist())]:
        answer = ttw.ledger_batch(form, as_of="2017-09-15", statuses=["payable"])
        assert [problem["path"] for problem in answer.problems] == ["/provider"], type(form)
        assert answer["payment"] == ["p1m2", None]
    asked = pyarrow.table({"case": [json.dumps(case)], "claim": [json.dumps(ttw.example()["claim"])]})
    assert ttw.decide_batch(asked, requested_on="2017-09-15")["decision"] == ["payable"]
    with pytest.raises(ttw.TtwError, match="/requested_on"):
        ttw.decide_batch(asked)
    whole = pyarrow.table({"question": [json.dumps(ttw.example())]})
    assert ttw.decide_batch(whole)["decision"] == ttw.decide_batch([ttw.example()])["decision"] == ["payable"]
    with pytest.raises(ttw.TtwError, match="/provider"):
        ttw.ledger_batch(table.drop_columns(["provider"]), as_of="2017-09-15")


def test_a_list_may_hold_what_a_table_may(case: dict[str, Any]) -> None:
    pandas = pytest.importorskip("pandas")
    numpy = pytest.importorskip("numpy")
    day, nothing = pandas.Timestamp("2016-05-20"), float("nan")
    expected = ttw.ledger_batch([case], **ASK)
    own = {**case["ticket"]["assignments"][0], "assigned_on": day, "unassigned_on": pandas.NaT}
    months = [
        {"month": pandas.Timestamp("2016-06-01"), "earned_cents": numpy.int64(90000), "paid_cents": 88000},
        {"month": "2016-08", "earned_cents": 91250, "paid": nothing},
    ]
    given = {**case, "ticket": {**case["ticket"], "terminates_in": pandas.NA, "assignments": [own]}, "earnings": months}
    assert ttw.ledger_batch([given], provider="EN-A", as_of=pandas.Timestamp("2017-09-15")) == expected
    assert ttw.unclaimed([given], **ASK) == ttw.unclaimed([case], **ASK)
    assert ttw.ledger(case, provider="EN-A", as_of=pandas.Timestamp("2017-09-15")) == ttw.ledger(case, **ASK)
    assert ttw.ledger_batch([case], provider="EN-A", as_of=numpy.datetime64("2017-09-15")) == expected
    scenario = ttw.scenario([case], **ASK)
    raised = scenario.what_if(raise_earnings=numpy.int64(-20), move_assignment=numpy.int64(1))
    assert raised.rows == scenario.what_if(raise_earnings=-20, move_assignment=1).rows
    with pytest.raises(TypeError, match="as_of is text or a date"):
        ttw.ledger_batch([case], provider="EN-A", as_of=pandas.NaT)


def test_a_null_in_a_list_is_what_it_is_one_by_one(case: dict[str, Any]) -> None:
    wrong = {**case, "benefits": None, "luck": None}
    with pytest.raises(ttw.TtwError) as error:
        ttw.ledger(wrong, **ASK)
    told = [(problem["code"], problem["path"]) for problem in ttw.ledger_batch([wrong], **ASK).problems]
    assert told == [(problem.code, problem.path) for problem in error.value.problems]


def test_the_index_of_pandas_is_no_column(cases: list[dict[str, Any]]) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(cases, index=[f"client {at}" for at in range(len(cases))])
    assert ttw.ledger_batch(frame, **ASK) == ttw.ledger_batch(cases, **ASK)


def test_every_batch_takes_a_relation_of_duckdb(question: dict[str, Any]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")

    def relation(rows: list[Any]) -> Any:
        return duckdb.from_arrow(pyarrow.Table.from_pylist(rows))

    case = question["case"]
    less = {**case, "earnings": case["earnings"][1:]}
    draft = {"beneficiaries": [{"ssn": "000-12-3456", "assignment_date": "2016-05-20"}]}
    how = {"form": "earnings_inquiry", "received_on": "2017-01-15", "people": "test"}
    made = [{"ticket": "T-0001", "payment": "p1m2", "month": date(2016, 8, 1)}]
    panel = ttw.example_panel()
    assert ttw.ledger_batch(relation([case]), **ASK) == ttw.ledger_batch([case], **ASK)
    assert ttw.decide_batch(relation([question])) == ttw.decide_batch([question])
    assert ttw.compare_batch(relation([case]), relation([less]), **ASK) == ttw.compare_batch([case], [less], **ASK)
    assert ttw.validate_batch(relation([draft]), **how) == ttw.validate_batch([draft], **how)
    assert len(ttw.unclaimed(relation([case]), requests=relation(made), **ASK)) == 0
    assert ttw.scenario(relation([case]), **ASK).what_if(raise_earnings=-20).dollars == -1398
    assert ttw.milestones_batch(duckdb.sql("from panel")).to_pydict() == ttw.milestones_batch(panel).to_pydict()
    assert ttw.explain(duckdb.sql("from panel"), 0) == ttw.explain(panel, 0)


def test_floats_are_told_once_a_column(case: dict[str, Any]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    paid = [{**case["payments"][0], "amount": 1398}]
    months = [{"month": f"2016-{at:02}", "earned": 900.5} for at in range(1, 13)]
    rows = [{**case, "earnings": months, "payments": paid}, {**case, "earnings": [], "payments": []}]
    table = pyarrow.Table.from_pylist(rows)
    forms = [table, table.to_reader(), table.to_batches()[0], polars.DataFrame(rows), pandas.DataFrame(rows)]
    for form in [*forms, duckdb.from_arrow(table)]:
        with pytest.raises(ttw.TtwError) as error:
            ttw.ledger_batch(form, **ASK)
        assert [problem.path for problem in error.value.problems] == ["/earnings/earned", "/payments/amount"]
        assert "decimal with two places" in error.value.problems[0].message
        assert "earned_cents" in error.value.problems[0].message
    known = [{**case, "earnings": [{"month": "2016-06", "earned": "900.00", "paid": float("nan")}]}] * 2
    assert not ttw.ledger_batch(pandas.DataFrame(known), **ASK).problems
    assert len(ttw.ledger_batch(rows, **ASK).problems) == 13


@pytest.fixture(params=["polars", "pandas", "pyarrow", "a reader", "duckdb"])
def framed(request: pytest.FixtureRequest) -> Callable[[list[dict[str, Any]]], Any]:
    """Makes a frame of rows, of each library."""
    pyarrow = pytest.importorskip("pyarrow")
    if request.param == "pyarrow":
        return pyarrow.Table.from_pylist
    if request.param == "a reader":
        return lambda rows: pyarrow.Table.from_pylist(rows).to_reader()
    module = pytest.importorskip(request.param)
    return (
        (lambda rows: module.from_arrow(pyarrow.Table.from_pylist(rows)))
        if module.__name__ == "duckdb"
        else module.DataFrame
    )


def test_a_column_that_there_is_not_is_told_once(question: dict[str, Any], framed: Callable[..., Any]) -> None:
    case = question["case"]
    misspelt = {**{name: value for name, value in case.items() if name != "earnings"}, "earning": case["earnings"]}
    lacking = {name: value for name, value in case.items() if name != "beneficiary"}
    draft = {"draft": "{}", "frm": "work_plan"}
    asks: list[tuple[Callable[[], object], list[tuple[str, str]], str]] = [
        (lambda: ttw.ledger_batch(framed([misspelt] * 3), **ASK), [("REQ_UNKNOWN_FIELD", "/earning")], "earnings, "),
        (lambda: ttw.ledger_batch(framed([lacking] * 3), **ASK), [("REQ_FIELD_REQUIRED", "/beneficiary")], "add it"),
        (
            lambda: ttw.decide_batch(framed([{"case": case, "clam": question["claim"], "requested_on": "2017-09-15"}])),
            [("REQ_UNKNOWN_FIELD", "/clam"), ("REQ_FIELD_REQUIRED", "/claim")],
            "the columns are case, claim, requested_on, policy.",
        ),
        (lambda: ttw.compare_batch(framed([misspelt]), [case], **ASK), [("REQ_UNKNOWN_FIELD", "/earning")], "earnings"),
        (lambda: ttw.compare_batch([case], framed([misspelt]), **ASK), [("REQ_UNKNOWN_FIELD", "/earning")], "earnings"),
        (
            lambda: ttw.validate_batch(framed([draft]), form="work_plan", received_on="2026-06-15"),
            [("REQ_UNKNOWN_FIELD", "/frm")],
            "the columns are draft, form, ",
        ),
        (lambda: ttw.unclaimed(framed([misspelt]), **ASK), [("REQ_UNKNOWN_FIELD", "/earning")], "earnings"),
        (lambda: ttw.scenario(framed([misspelt]), **ASK), [("REQ_UNKNOWN_FIELD", "/earning")], "earnings"),
    ]
    for ask, found, told in asks:
        with pytest.raises(ttw.TtwError) as error:
            ask()
        assert [(problem.code, problem.path) for problem in error.value.problems] == found
        assert told in error.value.problems[0].message


def test_a_frame_of_no_rows_lacks_nothing(framed: Callable[..., Any]) -> None:
    one = framed([{"luck": 1, "earning": 2}])
    if hasattr(one, "head") and not hasattr(one, "fetchall"):
        assert len(ttw.ledger_batch(one.head(0) if hasattr(one, "iloc") else one[:0], **ASK)) == 0


def test_a_case_of_another_provider_counts_apart(cases: list[dict[str, Any]]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    other = json.loads(json.dumps(cases[0]).replace("EN-A", "EN-B"))
    table = ttw.ledger_batch([other, other, "{}", cases[0]], statuses=["payable"], **ASK)
    assert ", 1 cannot be read, 2 not with this provider; row" in repr(table)
    assert "1 cannot be read, 2 not with this provider" in table._repr_html_()
    # One that has nothing payable has no row, and is of the provider all the same.
    assert len(ttw.ledger_batch([other, cases[-1]], statuses=["paid"], **ASK)) == 1
    assert len(ttw.ledger_batch([other, "{}"], **ASK)) == 2
    stranger = ttw.ledger_batch([cases[0]] * 3, provider="EN-AA", as_of="2017-09-15")
    assert ", 3 not with this provider;" in repr(stranger)
    assert [row["problems"][0]["code"] for row in stranger] == ["CLAIM_PROVIDER_NOT_ASSIGNED"] * 3
    columns = {"case": [json.dumps(case) for case in (other, other)], "provider": ["EN-A"] * 2}
    assert ", 2 not with this provider;" in repr(ttw.ledger_batch(pyarrow.table(columns), as_of="2017-09-15"))


def test_a_total_passes_over_what_has_no_amount(cases: list[dict[str, Any]]) -> None:
    table = ttw.ledger_batch([*cases, "{}"], statuses=["payable"], **ASK)
    assert None in table["amount"]
    assert table.total("amount") == table.total() == sum(amount for amount in table["amount"] if amount is not None) > 0
    assert str(ttw.ledger_batch([], **ASK).total("amount")) == "0.00"
    with pytest.raises(TypeError, match="a column of dollars"):
        table.total("payment")
    with pytest.raises(KeyError, match="did you mean amount"):
        table.total("amonut")


def test_a_table_is_a_sequence_of_rows_with_columns(cases: list[dict[str, Any]]) -> None:
    table = ttw.ledger_batch(cases, **ASK)
    assert table[0] == table.to_pylist()[0]
    assert table[-1] == table.to_pylist()[-1]
    assert table["payment"][1] == table[1]["payment"]
    with pytest.raises(IndexError):
        table[len(table)]
    rows = table.to_pylist()
    for part in (slice(3), slice(-2, None), slice(None, None, -50), slice(5, 1), slice(1, 9, 3)):
        assert table[part] == rows[part]


def test_it_can_be_stopped() -> None:
    program = """
import signal, threading, time, os, ttw, json
texts = [json.dumps(ttw.example()["case"])] * 400_000
threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
started = time.monotonic()
try:
    ttw.ledger_batch(texts, provider="EN-A", as_of="2017-09-15", statuses=[])
except KeyboardInterrupt:
    print("stopped")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)  # noqa: S603
    assert done.stdout == "stopped\n", done.stderr


def test_progress_is_told_where_tqdm_is_there(cases: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    texts = [json.dumps(case) for case in cases * 100]
    ttw.ledger_batch(texts, statuses=[], progress=True, **ASK)
    assert f"{len(texts)}/{len(texts)}" in capsys.readouterr().err
    ttw.ledger_batch(texts[:7], statuses=[], progress=True, **ASK)
    assert "7/7" in capsys.readouterr().err
    ttw.scenario(cases[:5], **ASK).what_if(raise_earnings=-20, progress=True)
    assert "5/5" in capsys.readouterr().err


@pytest.mark.parametrize("library", ["pandas", "polars", "duckdb"])
def test_each_library_is_enough_by_itself(library: str) -> None:
    pytest.importorskip(library)
    program = (
        WITHOUT_PYARROW
        + {
            "pandas": """
import pandas
assert ttw.ledger_batch(pandas.DataFrame([case, case]), provider="EN-A", as_of="2017-09-15") == expected
cents = {**case, "earnings": [{"month": pandas.Timestamp("2016-06-01"), "earned_cents": 90000, "paid_cents": 88000},
                              {"month": "2016-08", "earned_cents": 91250, "paid": None}]}
assert ttw.ledger_batch(pandas.DataFrame([cents, cents]), provider="EN-A", as_of="2017-09-15") == expected
assert len(expected.to_pandas()) == 104
""",
            "polars": """
import polars
assert ttw.ledger_batch(polars.DataFrame([case, case]), provider="EN-A", as_of="2017-09-15") == expected
assert expected.to_polars().height == 104
panel = polars.DataFrame(ttw.example_panel())
assert ttw.milestones_batch(panel).to_pydict() == milestones
assert polars.DataFrame(ttw.milestones_batch(panel)).to_dict(as_series=False) == milestones
""",
            "duckdb": """
import duckdb, json
duckdb.sql("create table cases (j varchar)")
duckdb.executemany("insert into cases values (?)", [[json.dumps(case)], [json.dumps(case)]])
assert ttw.ledger_batch(duckdb.sql("from cases"), provider="EN-A", as_of="2017-09-15") == expected
panel = ttw.example_panel()
answer = ttw.milestones_batch(duckdb.sql("from panel"))
assert answer.to_pydict() == milestones
assert duckdb.sql("from answer").fetchall() == [tuple(answer.row(0).values())]
""",
        }[library]
    )
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr


def test_a_table_is_read_by_what_reads_arrow(cases: list[dict[str, Any]]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    duckdb = pytest.importorskip("duckdb")
    table = ttw.ledger_batch(cases, texts=True, **ASK)
    payable = sum(row["amount"] or 0 for row in table if row["status"] == "payable")
    assert pyarrow.table(table).to_pylist() == table.to_pylist()
    frame = polars.DataFrame(table)
    assert frame.filter(polars.col("status") == "payable")["amount"].sum() == payable
    relation = duckdb.from_arrow(table.to_arrow())
    assert relation.filter("status = 'payable'").sum("amount").fetchall()[0][0] == payable
    assert len(table.to_pandas()) == len(table) == table.to_polars().height


def test_a_table_is_shown_as_a_table(cases: list[dict[str, Any]]) -> None:
    shown = ttw.ledger_batch([*cases, "<script>"], **ASK)._repr_html_()
    assert "of which the first 20" in shown
    assert "$1,398" in shown
    assert "<script" not in shown


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.datetimes(),
    st.decimals(-(10**15), 10**15, places=2),
    st.sampled_from(["2016-08", "2016-08-20", "840.00", "t2", "EN-A", "{}", "[]", "900-12-3456"]),
)
PARTS = ["ticket", "beneficiary", "benefits", "earnings", "earned_cents", "case", "provider", "as_of", "month", "x"]


@st.composite
def frames(draw: st.DrawFn) -> Any:
    """Small tables of anything, with the columns of a case among them."""
    import pyarrow

    rows = draw(st.integers(0, 4))
    columns = {}
    for name in draw(st.lists(st.sampled_from(PARTS), unique=True, max_size=5)):
        kind = draw(st.integers(0, 3))
        cell = VALUES
        if kind == 1:
            cell = st.lists(VALUES, max_size=2)
        elif kind == 2:
            cell = st.fixed_dictionaries(dict.fromkeys(draw(st.lists(st.sampled_from(PARTS), max_size=3)), VALUES))
        elif kind == 3:
            cell = st.sampled_from([ttw.example()["case"].get(name)])
        values = draw(st.lists(cell, min_size=rows, max_size=rows))
        # ArrowInvalid is a ValueError; Arrow has no column for everything that Python has.
        with suppress(ValueError, TypeError, OverflowError, pyarrow.ArrowException):
            column = pyarrow.array(values)
            columns[name] = column.dictionary_encode() if draw(st.integers(0, 3)) == 3 else column
    return pyarrow.table(columns)


def with_its_columns(frame: Any, ask: Callable[[Any], object]) -> Any:
    """The frame without the columns that there are not, and with nothing in those that are missing."""
    import pyarrow

    try:
        ask(frame)
    except ttw.TtwError as error:
        for problem in error.problems:
            name = problem.path.removeprefix("/")
            if problem.code == "REQ_UNKNOWN_FIELD":
                assert "the columns are" in problem.message
                frame = frame.drop_columns([name])
            elif problem.message == "This column is required; add it.":
                frame = frame.append_column(name, pyarrow.nulls(len(frame)))
    except TypeError:
        pass
    return frame


@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(frames())
def test_any_table_is_answered(given: Any) -> None:
    for ask in (
        lambda frame: ttw.ledger_batch(frame, **ASK),
        lambda frame: ttw.ledger_batch(frame),
        lambda frame: ttw.decide_batch(frame),
        lambda frame: ttw.validate_batch(frame, form="payment_request", received_on="2017-01-15"),
        lambda frame: ttw.compare_batch(frame, frame, **ASK),
    ):
        frame = with_its_columns(given, ask)
        try:
            table = ask(frame)
        except TypeError as error:
            assert "cannot stand" in str(error) or "type" in str(error)
        except ttw.TtwError as error:
            # Nobody said it once and there is no such column, or a column of money holds numbers.
            paths = {problem.path for problem in error.problems}
            assert paths <= {"/provider", "/as_of", "/requested_on"} or all("earned" in path for path in paths)
        else:
            assert {row["row"] for row in table} <= set(range(frame.num_rows))
            assert table._repr_html_()


def test_an_undetermined_row_is_explained_by_the_month_that_is_not_known():
    assignment = {"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2022-09-19"}
    case = {
        "ticket": {"id": "T-1", "assignments": [assignment]},
        "beneficiary": {"title": "t16", "blind": False},
        "benefits": [{"title": "t16", "from": "2015-01", "to": None, "status": "current_pay", "federal_cash": True}],
        "earnings": [{"month": "2022-12", "paid": "656.83"}],
    }
    asked = {"provider": "EN-A", "as_of": "2025-03-15", "texts": True, "statuses": ["undetermined"]}
    reasons = {reason["rule"]: reason for reason in ttw.ledger_batch([case], **asked)["reasons"][0]}
    assert reasons["P1-01"]["holds"] is None
    assert "December 2022" in reasons["P1-01"]["text"]
