"""Rows and columns as a data frame of whatever library is installed."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Library: TypeAlias = Literal["polars"] | Literal["pandas"] | Literal["pyarrow"]
"""Who makes the data frame."""

Columns: TypeAlias = dict[str, str]
"""What each column holds: `text`, `texts`, `count`, `dollars`, `day`, `flag`, `missing` facts, or other `things`."""

_LIBRARIES: tuple[Library, ...] = ("polars", "pandas", "pyarrow")


def module(library: str) -> Any:
    """A library that makes data frames.

    Raises:
        ImportError: It is not installed; it says what to install.
    """
    try:
        return import_module(library)
    except ImportError:
        raise ImportError(f"this needs {library}: pip install {library}", name=library) from None


def chosen(library: Library | None) -> Library:
    """The library that is meant: the first of Polars, pandas and pyarrow that is installed, where none is said.

    Raises:
        ImportError: None of them is installed.
        ValueError: There is no such library.
    """
    if library is not None and library not in _LIBRARIES:
        raise ValueError("library is polars, pandas or pyarrow")
    found = library or next((name for name in _LIBRARIES if find_spec(name) is not None), None)
    if found is None:
        raise ImportError("a data frame needs polars, pandas or pyarrow: pip install polars")
    return found


def _types(library: Library, made_by: Any) -> dict[str, Any]:
    """The types of a library; only pandas needs to be told that there are things in a column."""
    if library == "pandas":
        held = {"text": "string", "count": "Int64", "flag": "boolean"}
        return {**held, **dict.fromkeys(("texts", "dollars", "day", "missing", "things"), "object")}
    if library == "polars":
        text, count, day, flag = made_by.String, made_by.Int64, made_by.Date, made_by.Boolean
        decimal, several, fields = made_by.Decimal, made_by.List, made_by.Struct
    else:
        text, count, day, flag = made_by.string(), made_by.int64(), made_by.date32(), made_by.bool_()
        decimal, several, fields = made_by.decimal128, made_by.list_, made_by.struct
    texts = several(text)
    missing = several(fields({"path": text, "month": day, "title": text, "settles": texts}))
    kinds = {"text": text, "texts": texts, "count": count, "dollars": decimal(14, 2), "day": day, "flag": flag}
    return {**kinds, "missing": missing}


def month(text: str | None) -> date | None:
    """The first day of a month, `YYYY-MM`."""
    return None if text is None else date.fromisoformat(text + "-01")


def frame(columns: Columns, rows: Sequence[Mapping[str, Any]], library: Library | None = None) -> Any:
    """Rows as a data frame.

    Args:
        columns: What each column holds, in their order.
        rows: The rows, all with these fields.
        library: Which library; None: the first of Polars, pandas and pyarrow that is installed.

    Raises:
        ImportError: None of them is installed.
        ValueError: There is no such library.
    """
    found = chosen(library)
    made_by = module(found)
    kinds = _types(found, made_by)
    types = {name: kinds[kind] for name, kind in columns.items()}
    if found == "polars":
        return made_by.DataFrame(rows, schema=types)
    if found == "pandas":
        return made_by.DataFrame(rows, columns=list(columns)).astype(types)
    return made_by.Table.from_pylist(rows, schema=made_by.schema(list(types.items())))


def typed(columns: Columns, library: Library, read: Any) -> Any:
    """A data frame of the engine's columns with the types that the same columns have in every other frame.

    Args:
        columns: What columns hold; those that are not named stay as they are.
        library: Whose data frame.
        read: The frame, with the types of Arrow.
    """
    made_by = module(library)
    kinds = _types(library, made_by)
    if library == "pyarrow":
        fields = [field.with_type(kinds.get(columns.get(field.name, ""), field.type)) for field in read.schema]
        return read.cast(made_by.schema(fields))
    types = {name: kinds[columns[name]] for name in read.columns if columns.get(name) in kinds}
    return read.cast(types) if library == "polars" else read.astype(types)
