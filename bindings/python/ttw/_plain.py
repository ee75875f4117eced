"""From what a caller gives to JSON text. Nothing is judged here: that is the engine's part."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from operator import index
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ttw import _ttw

if TYPE_CHECKING:
    from collections.abc import Iterable

Text: TypeAlias = str | bytes | bytearray | memoryview
"""JSON text."""

# A union of words, since stubtest takes no literal of several for an alias.
Policy: TypeAlias = Literal["operations"] | Literal["regulation"]
"""By which reading."""

STATUSES = ("paid", "payable", "pending", "unavailable", "undetermined")
"""What the row of a ledger can be."""

_MONTHS = frozenset({"month", "from", "to", "terminates_in", "claim_month"})
# JSON has no NaN. Any number with a fraction stands for it, since the engine refuses all of them, by their place.
_NO_NUMBER = -0.5
_DAYS = ("as_of", "received_on", "requested_on", "on")


class Document(ABC):
    """A typed part of a case or question."""

    __slots__ = ()

    @abstractmethod
    def _fields(self) -> Iterable[tuple[str, Any]]: ...

    def to_dict(self) -> dict[str, Any]:
        """Gives the values as the JSON of the contract has them: money and dates as strings."""
        values: dict[str, Any] = plain(self)
        return values


Input: TypeAlias = Mapping[str, Any] | Document | Text
"""A document: a mapping, a typed object, or JSON text."""


def plain(value: Any, key: str = "") -> Any:
    """A value as JSON has it; `key` is the field in which it stands.

    Raises:
        TypeError: JSON has nothing like it.
    """
    if value is None or isinstance(value, str | int):
        return value
    if is_nothing(value):
        return None
    if isinstance(value, Mapping):
        return {_name(name): plain(item, name) for name, item in value.items()}
    if isinstance(value, Document):
        return {name: plain(item, name) for name, item in value._fields()}
    if isinstance(value, list | tuple):
        return [plain(item, key) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        # A date with a time of day goes on as it is, and is refused.
        day = at_midnight(value)
        return day.isoformat()[:7] if key in _MONTHS and not isinstance(day, datetime) else day.isoformat()
    if isinstance(value, float):
        return value if isfinite(value) else _NO_NUMBER
    if item(value) is not value:
        return plain(item(value), key)
    raise TypeError(
        f"a value of type {type(value).__name__} cannot stand in a case; use text, Decimal, date, bool or None"
    )


def is_nothing(value: object) -> bool:
    """Whether this is what pandas has where there is nothing."""
    return type(value).__name__ in ("NAType", "NaTType")


def at_midnight(day: date) -> date:
    """A day as libraries of data frames have it, as a date; with a time of day or a zone it stays what it is."""
    return day.date() if isinstance(day, datetime) and day.tzinfo is None and day.time() == time.min else day


def item(value: Any) -> Any:
    """The value of a scalar of an array library, or the value itself."""
    return value.item() if hasattr(value, "dtype") and getattr(value, "ndim", None) == 0 else value


def said(name: str, value: object) -> str:
    """A word or a day that is said once, as the engine reads it.

    Raises:
        TypeError: It is neither text nor a date.
    """
    value = item(value)
    if isinstance(value, str):
        return value
    if isinstance(value, date) and not is_nothing(value):
        return at_midnight(value).isoformat()
    raise TypeError(f"{name} is {'text or a date' if name in _DAYS else 'text'}, not {type(value).__name__}")


def threads(count: int | None, workers: int | None = None) -> int | None:
    """How many threads work; `workers` is what `threads` was called before.

    Raises:
        TypeError: It is no whole number, or both are given.
        ValueError: It is none that can work.
    """
    name = "threads"
    if workers is not None:
        from warnings import warn

        if count is not None:
            raise TypeError("workers is the former name of threads; give threads alone")
        # The caller of the caller: who called a function of the package.
        warn("workers is called threads now", DeprecationWarning, stacklevel=3)
        name, count = "workers", workers
    if count is None:
        return None
    number = whole(name, count, "threads")
    if number < 1:
        raise ValueError(f"{name} is 1 or more; None takes one a processor")
    return min(number, 1 << 16)


def whole(name: str, number: object, things: str = "") -> int:
    """A whole number of something.

    Raises:
        TypeError: It is none.
    """
    try:
        return index(number)  # type: ignore[arg-type]
    except TypeError:
        of = f" of {things}" if things else ""
        raise TypeError(f"{name} is a whole number{of}, not {type(number).__name__}") from None


def words(name: str, values: Iterable[str] | None) -> list[str] | None:
    """Some words, where not all are meant.

    Raises:
        TypeError: It is one text, or there is something else among them.
    """
    if values is None:
        return None
    if isinstance(values, str):
        raise TypeError(f"{name} is a list of texts, not one; write [{values!r}]")
    return [said(f"each of {name}", value) for value in values]


def statuses(values: Iterable[str] | None) -> list[str] | None:
    """The statuses of payments that are wanted.

    Raises:
        TypeError: It is one text, or there is something else among them.
        ValueError: There is no such status.
    """
    choices = f"the choices are {', '.join(STATUSES)}"
    if isinstance(values, str):
        raise TypeError(f"statuses is a list, such as ['payable']; {choices}")
    chosen = words("statuses", values)
    if chosen is not None and not set(chosen) <= set(STATUSES):
        raise ValueError(f"there is no such status of a payment; {choices}")
    return chosen


def _name(name: object) -> str:
    if isinstance(name, str):
        return name
    raise TypeError(f"a field's name is text, not {type(name).__name__}")


def written(value: Any, key: str = "") -> bytes:
    """A value as JSON text.

    Raises:
        TypeError: JSON has nothing like it, or it contains itself.
    """
    try:
        return json.dumps(plain(value, key), separators=(",", ":")).encode("ascii")
    except (RecursionError, ValueError):
        raise TypeError(
            "this value cannot be written as JSON: it contains itself, or a number that is too long"
        ) from None


def document(value: Input, path: str = "") -> bytes:
    """A document as JSON text; text stays as it is.

    Args:
        value: The document.
        path: Where it will stand in a larger document, in which case text must be one JSON value.
    """
    if isinstance(value, str):
        text = value.encode("utf-8", "surrogatepass")
    elif isinstance(value, bytes | bytearray | memoryview):
        text = bytes(value)
    else:
        return written(value)
    if path:
        _ttw.check_json(text, path)
    return text


def ticket_of(case: bytes) -> str | None:
    """The caller's id of a case's ticket, where it can be read."""
    try:
        ticket = json.loads(case)["ticket"]["id"]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None
    return ticket if isinstance(ticket, str) else None


def envelope(documents: Mapping[str, Input], fields: Mapping[str, Any]) -> bytes:
    """Documents and fields as one JSON object."""
    parts = [(name, document(value, f"/{name}")) for name, value in documents.items()]
    parts += [(name, written(value, name)) for name, value in fields.items()]
    return b"{" + b",".join(b'"%b":%b' % (name.encode("ascii"), text) for name, text in parts) + b"}"
