"""The golden cases give the same bytes through the wheel as through the core.

`TTW_GOLDEN` names the file, by default `target/golden.jsonl`, which the tests of the workspace write: on each line a
JSON object with `name`, `kind`, `request`, and the exact text of `answer` or `errors`.
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
LEAST = 150
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
    reason=f"there are no golden cases: {FILE.name} is written by the tests of the workspace",
)


def test_there_are_enough_golden_cases() -> None:
    assert FILE.is_file(), f"TTW_GOLDEN names {FILE}, which is not there"
    assert len(CASES) >= LEAST
    assert {case["kind"] for case in CASES} <= DOCUMENTS.keys()
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
