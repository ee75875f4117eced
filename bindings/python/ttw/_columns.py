"""Columns that no table of cases has, or that it lacks: told once, before a row is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ttw._problem import TtwError, written

if TYPE_CHECKING:
    from collections.abc import Iterable

_CASE = ("ticket", "beneficiary", "benefits", "earnings", "pay_statements", "state_vr_cases", "payments")
_REQUEST = ("ticket", "payment", "month")

DOCUMENTS = frozenset(("case", "claim", "before", "after", "draft", "on_file", *_CASE))
"""The columns in which text is JSON."""


class Shape(NamedTuple):
    """What the rows of a table are."""

    word: str
    """What one is called."""
    inner: str = ""
    """The column that holds a whole document, where its fields are no columns."""
    fields: tuple[str, ...] | None = _CASE
    """Its fields; None where they are not the same for all."""
    required: tuple[str, ...] = _CASE[:2]
    """Those of them that it must have."""
    beside: tuple[str, ...] = ()
    """The columns beside it."""
    claimed: tuple[str, ...] = ()
    """Those of them that a table must have."""
    one: str = ""
    """The function for one document."""


CASE = Shape("case", "case")
LEDGER = Shape("case", "case", beside=("provider", "as_of", "policy"), one="ttw.ledger")
QUESTION = Shape("question", "case", beside=("claim", "requested_on", "policy"), claimed=("claim",), one="ttw.decide")
BEFORE, AFTER = Shape("case", "before", one="ttw.compare"), Shape("case", "after", one="ttw.compare")
DRAFT = Shape("draft", "draft", None, (), ("form", "received_on", "on_file", "people"), one="ttw.validate")
REQUEST = Shape("request", fields=_REQUEST, required=_REQUEST)
ROW = Shape("row", fields=None)


def refuse(columns: Iterable[object], shape: Shape) -> None:
    """Refuses a table by its columns; one column alone may hold whole documents.

    Raises:
        TtwError: With one problem for each column that there is not, and for each that is missing.
    """
    names = [str(name) for name in columns]
    whole = shape.inner in names
    if len(names) <= 1 or (shape.fields is None and not whole):
        return
    known = (*((shape.inner,) if whole else shape.fields or ()), *shape.beside)
    needed = (*(() if whole else shape.required), *shape.claimed)
    no_such = f"There is no such column; correct its name, or leave it out: the columns are {', '.join(known)}."
    problems = [written("REQ_UNKNOWN_FIELD", _path(name), no_such) for name in names if name not in known]
    required = "This column is required; add it."
    problems += [written("REQ_FIELD_REQUIRED", _path(name), required) for name in needed if name not in names]
    if problems:
        raise TtwError(problems)


def _path(name: str) -> str:
    return "/" + name.replace("~", "~0").replace("/", "~1")
