"""What schemathesis is told beside the document: who signs in, and bodies that come past the first check.

A body of random fields is refused for its first number. So three bodies in four are an example of the document in
which some of the fields are the random ones. The examples fit the people of the local server in the month of the
examples; later they are refused for their dates, which the document describes as well.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import schemathesis

TOKENS: dict[str, str] = json.loads(os.environ["TTW_TOKENS"])
DOCUMENT: dict[str, Any] = json.loads(Path(os.environ["TTW_DOCUMENT"]).read_text(encoding="utf-8"))


def examples(path: str) -> list[dict[str, Any]]:
    """The example requests of a path."""
    content = DOCUMENT["paths"][path].get("post", {}).get("requestBody", {}).get("content", {})
    of_json = content.get("application/json", {})
    several = [example["value"] for example in of_json.get("examples", {}).values()]
    return several or [of_json["example"]] if of_json else []


EXAMPLES = {path: examples(path) for path in DOCUMENT["paths"]}


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, Any]) -> None:
    """Signs in."""
    path = case.operation.path
    case.headers["Authorization"] = f"Bearer {next(held for start, held in TOKENS.items() if path.startswith(start))}"


@schemathesis.hook
def map_body(context: schemathesis.HookContext, body: Any) -> Any:
    """An example with some of the fields of a random body; the same for the same body."""
    known = EXAMPLES.get(context.operation.path) if context.operation else None
    if not known or not isinstance(body, dict):
        return body
    chance = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).digest()
    if chance[0] % 4 == 0:
        return body
    example = known[chance[1] % len(known)]
    taken = [name for place, name in enumerate(sorted(body)) if chance[2 + place % 30] % 8 == 0]
    return example | {name: body[name] for name in taken}
