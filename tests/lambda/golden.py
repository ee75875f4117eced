"""The golden cases, asked of the function `check-eligibility`: its bytes are the core's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gate import send

ROUTES = {"decide": "/v1/eligibility", "ledger": "/v1/eligibility/ledger"}


def asked(path: Path) -> list[dict[str, Any]]:
    """The cases that the API answers."""
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [case for case in cases if case["kind"] in ROUTES]


def differs(address: str, case: dict[str, Any]) -> str | None:
    """What is wrong with the answer to one case, or None."""
    body = str(case["text"]) if "text" in case else json.dumps(case["request"])
    answer = send(address, "POST", ROUTES[case["kind"]], body.encode())
    status, told = answer.status, answer.body
    if "answer" in case:
        expected = str(case["answer"]).encode()
        return None if (status, told) == (200, expected) else f"{case['name']}: {status} {told[:300]!r}"
    errors = str(case["errors"]).encode().removeprefix(b"{").removesuffix(b"}")
    refused = status in {400, 413, 422} and errors in told
    return None if refused else f"{case['name']}: {status} {told[:300]!r}"
