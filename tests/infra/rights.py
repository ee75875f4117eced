"""Which requests to the table the rights of a role allow.

A request is what `infra/rights.json` has of it: each of its actions with the partitions that it touches. AWS does
not say which keys a condition on `dynamodb:LeadingKeys` sees of a transaction: a role has to allow it in every reading.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any

# The partitions of an index are those of the items in it.
INDEXES = {"undelivered": "OUTBOX#"}
# Keys that are not the beginning of others.
WHOLE = {"QUEUE", "CLOCKS"}
ALL, ANY, KEYS = "ForAllValues:StringLike", "ForAnyValue:StringLike", "dynamodb:LeadingKeys"

Request = dict[str, list[str]]
Statement = dict[str, Any]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_like(key: str, patterns: list[str]) -> bool:
    """Whether every key of a kind is like one of the patterns."""
    # A character that no pattern has stands for whatever follows: only a star takes it.
    longest = key.replace("*", "\0") + ("" if key in WHOLE else "\0")
    return any(fnmatchcase(longest, re.sub(r"[?\[\]]", "\1", pattern)) for pattern in patterns)


def allows(statement: Statement, action: str, keys: list[str]) -> bool:
    """Whether a statement allows an action on keys of the table. A condition that is not known here allows nothing."""
    if statement["Effect"] != "Allow" or f"dynamodb:{action}" not in listed(statement["Action"]):
        return False
    name = str(statement["Resource"])
    index = next((held for index, held in INDEXES.items() if f"index/{index}" in name), None)
    if index:
        return action == "Query" and all(key == index for key in keys)
    conditions = {operator: about.get(KEYS) for operator, about in statement.get("Condition", {}).items()}
    if "Table" not in name or "/stream/" in name or not set(conditions) <= {ALL, ANY}:
        return False
    wanted, one_of = (conditions.get(operator, "*") for operator in (ALL, ANY))
    return all(is_like(key, listed(wanted or [])) for key in keys) and any(
        is_like(key, listed(one_of or [])) for key in keys
    )


def readings(request: Request) -> list[tuple[str, str, list[str]]]:
    """What has to be allowed of a request: the reading, an action, and the keys that the condition sees."""
    whole = sorted({key for keys in request.values() for key in keys})
    found = [("each item alone", action, [key]) for action, keys in request.items() for key in keys]
    found += [("all items of an action", action, keys) for action, keys in request.items()]
    return found + [("all items of the request", action, whole) for action in request]


def denied(statements: list[Statement], request: Request) -> list[str]:
    """A sentence for each part of a request that no statement allows."""
    return [
        f"{action} of {', '.join(keys)} ({reading})"
        for reading, action, keys in readings(request)
        if not any(allows(statement, action, keys) for statement in statements)
    ]
