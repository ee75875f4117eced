"""A question to the engine; what Python knows better of what is wrong with it is told in words of Python."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ttw._plain import Document
from ttw._problem import Problem, TtwError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_DOCUMENTS = frozenset(("", "/case", "/before", "/after", "/draft"))

A_TIME = "This has a time of day or a zone; give the date alone, by .date(), or in pandas by .dt.normalize()."
_A_CASE = "This is a case, not a question; put it under case, with claim and requested_on beside it."


def asked(ask: Callable[[bytes], str], request: bytes, given: Mapping[str, Any], many: str = "") -> str:
    """Asks the engine.

    Args:
        ask: The engine's function.
        request: The JSON text.
        given: What the text was made of, by its field; under no name what is the whole of it.
        many: The function for many such documents.

    Raises:
        TtwError: With all that is wrong.
    """
    try:
        return ask(request)
    except TtwError as error:
        raise told(error, given, many) from None


def told(error: TtwError, given: Mapping[str, Any], many: str = "") -> TtwError:
    """The same error in words of Python; the arguments are those of `asked`."""
    return TtwError(_told(error.problems, given, many))


def _told(problems: Iterable[Problem], given: Mapping[str, Any], many: str) -> Iterator[Problem]:
    found = {(problem.code, problem.path) for problem in problems}
    is_case = {("REQ_FIELD_REQUIRED", "/case"), ("REQ_UNKNOWN_FIELD", "/ticket")} <= found
    for problem in problems:
        value = _at(given, problem.path)
        message = None
        if problem.code in ("DATE_FORMAT", "MONTH_FORMAT") and isinstance(value, datetime):
            message = A_TIME
        elif problem.code == "REQ_TYPE" and many and problem.path in _DOCUMENTS and isinstance(value, list | tuple):
            message = f"This is a list; for many there is {many}, and for one send an object."
        elif is_case and problem.path == "/case":
            message = _A_CASE
        elif is_case and problem.code == "REQ_UNKNOWN_FIELD":
            continue
        yield problem if message is None else Problem({**problem.to_dict(), "message": message})


def _at(given: Mapping[str, Any], path: str) -> Any:
    """What was given at a place; None of what is within text."""
    value: Any = given.get("", given)
    for part in path.split("/")[1:]:
        value = dict(value._fields()) if isinstance(value, Document) else value
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list | tuple) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value
