"""Rows as a data frame of whatever library is installed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Library: TypeAlias = Literal["polars"] | Literal["pandas"] | Literal["pyarrow"]
"""Who makes the data frame."""

Columns: TypeAlias = dict[str, str]
"""The columns of a data frame, in their order, and what each holds: `text`, `texts`, `count`, `dollars` or `day`."""

_LIBRARIES: tuple[Library, ...] = ("polars", "pandas", "pyarrow")


def _types(library: Library, module: Any) -> dict[str, Any]:
    """The types of a library."""
    if library == "pandas":
        return {"text": "string", "texts": "object", "count": "Int64", "dollars": "object", "day": "object"}
    if library == "polars":
        text, count, day, dollars, texts = module.String, module.Int64, module.Date, module.Decimal, module.List
    else:
        text, count, day = module.string(), module.int64(), module.date32()
        dollars, texts = module.decimal128, module.list_
    return {"text": text, "texts": texts(text), "count": count, "dollars": dollars(14, 2), "day": day}


def frame(columns: Columns, rows: Sequence[Mapping[str, Any]], library: Library | None = None) -> Any:
    """Rows as a data frame.

    Args:
        columns: What each column holds.
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
