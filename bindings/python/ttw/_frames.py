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
"""Columns and what each holds: `text`, `texts`, `count`, `dollars`, `day`, `flag`, or `things` of their own."""

_LIBRARIES: tuple[Library, ...] = ("polars", "pandas", "pyarrow")


def _types(library: Library, module: Any) -> dict[str, Any]:
    """The types of a library; only pandas needs to be told that there are things in a column."""
    if library == "pandas":
        held = {"text": "string", "count": "Int64", "flag": "boolean"}
        return {**held, **dict.fromkeys(("texts", "dollars", "day", "things"), "object")}
    if library == "polars":
        text, count, day, flag = module.String, module.Int64, module.Date, module.Boolean
        decimal, texts = module.Decimal, module.List
    else:
        text, count, day, flag = module.string(), module.int64(), module.date32(), module.bool_()
        decimal, texts = module.decimal128, module.list_
    return {"text": text, "texts": texts(text), "count": count, "dollars": decimal(14, 2), "day": day, "flag": flag}


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
    if library is not None and library not in _LIBRARIES:
        raise ValueError("library is polars, pandas or pyarrow")
    found = library or next((name for name in _LIBRARIES if find_spec(name) is not None), None)
    if found is None:
        raise ImportError("a data frame needs Polars, pandas or pyarrow: install one of them")
    module = import_module(found)
    kinds = _types(found, module)
    types = {name: kinds[kind] for name, kind in columns.items()}
    if found == "polars":
        return module.DataFrame(rows, schema=types)
    if found == "pandas":
        return module.DataFrame(rows, columns=list(columns)).astype(types)
    return module.Table.from_pylist(rows, schema=module.schema(list(types.items())))


def typed(columns: Columns, library: Library, read: Any) -> Any:
    """A data frame of the engine's columns with the types that the same columns have in every other frame.

    Args:
        columns: What columns hold; those that are not named stay as they are.
        library: Whose data frame.
        read: The frame, with the types of Arrow.
    """
    module = import_module(library)
    kinds = _types(library, module)
    if library == "pyarrow":
        fields = [field.with_type(kinds.get(columns.get(field.name, ""), field.type)) for field in read.schema]
        return read.cast(module.schema(fields))
    types = {name: kinds[columns[name]] for name in read.columns if columns.get(name) in kinds}
    return read.cast(types) if library == "polars" else read.astype(types)
