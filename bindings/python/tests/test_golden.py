"""The golden cases give the same bytes through the wheel as through the core.

`TTW_GOLDEN` names the file, by default `target/golden.jsonl`, which `make golden` writes: on each line a JSON object
with `name`, `kind`, `request`, and the exact text of `answer` or `errors`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

import ttw

ASKED = os.environ.get("TTW_GOLDEN")
FILE = Path(ASKED) if ASKED is not None else Path(__file__).parents[3] / "target" / "golden.jsonl"
CASES: list[dict[str, Any]] = (
    [json.loads(line) for line in FILE.read_text("utf-8").split("\n") if line.strip()] if FILE.is_file() else []
)
LEAST = 1_100
# The tables that are compared: of nearly every ledger one of text and one of columns.
LEAST_TABLES = {"ledger": 141, "compare": 18, "validate": 489}
DOCUMENTS = {
    "decide": (),
    "ledger": ("case",),
    "compare": ("before", "after"),
    "split": (),
    "transition": (),
    "validate": ("draft",),
}
FIELDS = {
    "ledger": {"provider", "as_of"},
    "compare": {"provider", "as_of"},
    "split": {"amount", "shares"},
    "transition": {"title", "payment_system", "paid_to_date", "milestones_paid"},
}

pytestmark = pytest.mark.skipif(
    ASKED is None and not FILE.is_file(),
    reason=f"there are no golden cases: `make golden` writes {FILE.name}",
)


def test_there_are_enough_golden_cases() -> None:
    assert FILE.is_file(), f"TTW_GOLDEN names {FILE}, which is not there"
    assert len(CASES) >= LEAST
    assert {case["kind"] for case in CASES} == DOCUMENTS.keys()
    assert any("errors" in case for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_bytes_are_those_of_the_core(case: dict[str, Any]) -> None:
    kind, request = case["kind"], case["request"]
    expected = case["answer"] if "answer" in case else case["errors"]
    # A case that is about the text itself, such as a field given twice, is sent as it stands.
    written = case.get("text", json.dumps(request, ensure_ascii=False))
    native = getattr(ttw._ttw.Engine(), kind)
    assert outcome(lambda: native(written.encode())) == expected
    if "text" in case:
        return
    if kind == "validate":
        asked = {name: value for name, value in request.items() if name not in ("form", "draft")}
        assert outcome(lambda: ttw.validate(request["form"], request["draft"], **asked).to_json()) == expected
        return
    for form in (lambda value: value, lambda value: json.dumps(value, indent=1)):
        if kind == "decide":
            assert outcome(lambda form=form: ttw.decide(form(request)).to_json()) == expected
        elif isinstance(request, dict) and FIELDS[kind] | set(DOCUMENTS[kind]) <= request.keys() <= allowed(kind):
            documents = [form(request[name]) for name in DOCUMENTS[kind]]
            fields = {name: value for name, value in request.items() if name not in DOCUMENTS[kind]}
            ask = getattr(ttw, kind)
            assert outcome(lambda ask=ask, a=documents, b=fields: ask(*a, **b).to_json()) == expected


def allowed(kind: str) -> set[str]:
    optional = {"ledger": {"policy"}, "compare": {"policy"}, "split": {"payment"}}
    return FIELDS[kind] | set(DOCUMENTS[kind]) | optional.get(kind, set())


def outcome(ask: Any) -> str:
    try:
        answer: str = ask()
    except ttw.TtwError as error:
        return error.to_json()
    return answer


def written(case: dict[str, Any]) -> str:
    return case.get("text", json.dumps(case["request"], ensure_ascii=False))


def of_kind(kind: str) -> list[dict[str, Any]]:
    found = [case for case in CASES if case["kind"] == kind]
    assert found
    return found


def told(problems: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(problem["code"], problem["path"], problem["message"], problem.get("cite")) for problem in problems]


def test_a_table_of_the_golden_questions_has_the_same_bytes() -> None:
    cases = of_kind("decide")
    table = ttw.decide_batch([written(case) for case in cases], answers=True)
    for case, row in zip(cases, table, strict=True):
        assert row["determination"] == case.get("answer"), case["name"]
        if "errors" in case:
            assert told(row["problems"]) == told(json.loads(case["errors"])["errors"]), case["name"]


def test_a_table_of_the_golden_ledgers_has_the_same_rows() -> None:
    compared = 0
    for case in of_kind("ledger"):
        request = case["request"]
        if "text" in case or not FIELDS["ledger"] | {"case"} <= request.keys() <= allowed("ledger"):
            continue
        fields = {name: value for name, value in request.items() if name != "case"}
        if not all(isinstance(value, str) for value in fields.values()):
            continue
        for table in tables_of(request["case"], fields):
            compared += 1
            if "errors" in case:
                assert told(table.to_pylist()[0]["problems"]) == told(json.loads(case["errors"])["errors"]), case[
                    "name"
                ]
                continue
            for row, expected in zip(table, json.loads(case["answer"])["rows"], strict=True):
                attained = row["attained_in"] and row["attained_in"].isoformat()[:7]
                amount = None if row["amount"] is None else str(row["amount"])
                progress = None if row["need"] is None else {"have": row["have"], "need": row["need"]}
                assert {
                    "payment": row["payment"],
                    "status": row["status"],
                    "attained_in": attained,
                    "amount": amount,
                    "blocked_by": row["blocked_by"],
                    "progress": progress,
                } == expected, case["name"]
    assert compared >= LEAST_TABLES["ledger"]


def tables_of(case: Any, fields: dict[str, str]) -> list[ttw.Table]:
    """The ledger of a case as JSON text, and as columns where Arrow has columns for it."""
    found = [ttw.ledger_batch([json.dumps(case)], **fields)]
    pyarrow = pytest.importorskip("pyarrow")
    # A struct without fields has no columns, and a null is a field that is not there.
    if isinstance(case, dict) and "errors" not in found[0] and not found[0]["problems"][0]:
        found.append(ttw.ledger_batch(pyarrow.Table.from_pylist([case]), **fields))
    return found


def test_a_table_of_the_golden_comparisons_has_the_same_changes() -> None:
    compared = 0
    for case in of_kind("compare"):
        request = case["request"]
        if "text" in case or not FIELDS["compare"] | {"before", "after"} <= request.keys() <= allowed("compare"):
            continue
        compared += 1
        fields = {name: value for name, value in request.items() if name not in ("before", "after")}
        table = ttw.compare_batch([json.dumps(request["before"])], [json.dumps(request["after"])], **fields).to_pylist()
        if "errors" in case:
            assert told(table[0]["problems"]) == told(json.loads(case["errors"])["errors"]), case["name"]
            continue
        for row, expected in zip(table, json.loads(case["answer"])["changes"], strict=True):
            assert row["month"].isoformat()[:7] == expected["month"]
            assert {name: str(row[name]) for name in ("payment", "before", "after", "difference", "effect")} == {
                name: expected[name] for name in ("payment", "before", "after", "difference", "effect")
            }
            assert (row["recoverable"], row["rules"]) == (expected["recoverable"], expected["rules"])
    assert compared >= LEAST_TABLES["compare"]


def test_a_table_of_the_golden_forms_has_the_same_problems() -> None:
    compared = 0
    for case in of_kind("validate"):
        request = case["request"]
        if "text" in case or not {"form", "draft", "received_on"} <= request.keys():
            continue
        compared += 1
        pyarrow = pytest.importorskip("pyarrow")
        columns = {
            name: [json.dumps(value) if name in ("draft", "on_file") else value] for name, value in request.items()
        }
        table = ttw.validate_batch(pyarrow.table(columns)).to_pylist()
        answer = json.loads(case.get("answer") or case["errors"])
        assert told(table) == told(answer["errors"] if "errors" in case else answer["warnings"]), case["name"]
    assert compared >= LEAST_TABLES["validate"]
