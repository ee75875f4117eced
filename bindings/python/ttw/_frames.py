"""Rows as a data frame of whatever library is installed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Library: TypeAlias = str
"""`"polars"`, `"pandas"` or `"pyarrow"`."""

_LIBRARIES = ("polars", "pandas", "pyarrow")


def frame(rows: Sequence[Mapping[str, Any]], library: Library | None = None) -> Any:
    """Rows as a data frame.

    Args:
        rows: The rows, all with the same fields.
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
    if found == "polars":
        return module.DataFrame(list(rows), infer_schema_length=None)
    return module.DataFrame(list(rows)) if found == "pandas" else module.Table.from_pylist([dict(row) for row in rows])
