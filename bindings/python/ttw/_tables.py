"""Tables of cases as the engine takes them, whatever the library that made them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from os import PathLike
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from ttw import _columns, _floats, _frames
from ttw._asked import asked
from ttw._plain import Document, Input, at_midnight, document, envelope, is_nothing, plain, said
from ttw._problem import TtwError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ttw._columns import Shape


class ArrowTable(Protocol):
    """Anything that gives its columns as Arrow does: pyarrow, Polars, pandas and DuckDB do."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Gives the columns."""


Tabular: TypeAlias = ArrowTable | Iterable[Input | None]
"""A table with a row a document, or documents one by one."""

Given: TypeAlias = ArrowTable | list[bytes | None] | dict[str, list[bytes | None]]
"""What the engine takes."""

_CENTS = "_cents"
_TIDY = frozenset((str, int, bool, type(None)))


def given(rows: Tabular, shape: Shape) -> Given:
    """Rows as the engine takes them: an Arrow table as it is, anything else as JSON text.

    Args:
        rows: The rows.
        shape: What they are.

    Raises:
        TtwError: With the columns that there are not or that are missing, or with columns of money that hold floats.
        TypeError: This is no table and no list of documents, or one of them holds something that JSON cannot.
    """
    _check(rows, shape)
    listed: Iterable[Any] | None = _of_a_column(rows)
    if listed is None and hasattr(rows, "__arrow_c_stream__"):
        columns = _of_a_frame(rows)
        if columns is not None:
            return _texts(columns)
        table: Any = readable(rows)
        if _library(table) in ("duckdb", "pyarrow") and find_spec("pyarrow") is not None:
            table = import_module("pyarrow").table(table)
        if _library(table) in ("polars", "pyarrow"):
            _floats.refuse(table)
        return cast("ArrowTable", table)
    listed = cast("Iterable[Any]", rows) if listed is None else listed
    tidied = (_tidy(row, nulls=True) if isinstance(row, Mapping) else row for row in listed)
    return [None if row is None else document(row) for row in tidied]


def _check(rows: Any, shape: Shape) -> None:
    """Refuses what has no rows, and columns that do not fit."""
    _refuse_lazy(rows)
    if isinstance(rows, str | bytes | bytearray | memoryview | PathLike):
        one = f"the text of one {shape.word}"
        raise TypeError(f"this is text or a path, not a table; read the file first, or put {one} into a list")
    if isinstance(rows, Mapping | Document):
        alone = f"; for one alone there is {shape.one}" if shape.one else ""
        raise TypeError(f"this is one {shape.word}, not a table; put it into a list, [{shape.word}]{alone}")
    if not isinstance(rows, Iterable) and not hasattr(rows, "__arrow_c_stream__"):
        raise TypeError("a batch is a table with __arrow_c_stream__, or a list of documents")
    _columns.refuse(names(rows) or (), shape)


def _refuse_lazy(rows: object) -> None:
    if type(rows).__name__ == "LazyFrame":
        raise TypeError("this frame is lazy; call .collect() on it, and give what comes of it")


def size(rows: Given) -> int | None:
    """How many rows there are, where that is known."""
    if isinstance(rows, dict):
        return len(next(iter(rows.values()), []))
    try:
        return len(rows)  # type: ignore[arg-type]
    except TypeError:
        return None


def names(rows: Any) -> list[str] | None:
    """The names of the columns; None where they are not known, and of no rows, which lack nothing."""
    if size(rows) == 0:
        return None
    if isinstance(rows, list | dict):
        return list(rows) if isinstance(rows, dict) else []
    found = getattr(getattr(rows, "schema", None), "names", None)
    found = found if isinstance(found, list) else getattr(rows, "columns", None)
    return None if found is None else [str(name) for name in found]


def is_one_column(rows: Given) -> bool:
    """Whether the rows have one column, which may hold whole documents."""
    columns = names(rows)
    return columns is not None and len(columns) <= 1


def _of_a_column(rows: Any) -> list[Any] | None:
    """The values of one column, such as a series of Polars or a chunked array; none of a table of columns."""
    if hasattr(rows, "columns") or hasattr(rows, "column_names"):
        return None
    to_list = getattr(rows, "to_pylist", None) or getattr(rows, "to_list", None)
    return None if to_list is None else list(to_list())


def readable(table: Any) -> ArrowTable:
    """A table as it is; columns of Polars without a type become text that is all null, and no index of pandas a column.

    Raises:
        TypeError: It is a lazy frame.
    """
    _refuse_lazy(table)
    if _library(table) == "pandas" and hasattr(table, "columns"):
        return cast("ArrowTable", _frames.module("pyarrow").Table.from_pandas(table, preserve_index=False))
    if _library(table) == "polars" and hasattr(table, "dtypes"):
        polars = import_module("polars")

        def typed(kind: Any) -> Any:
            if kind == polars.Null:
                return polars.String()
            if isinstance(kind, polars.List):
                return polars.List(typed(kind.inner))
            if isinstance(kind, polars.Struct):
                return polars.Struct({field.name: typed(field.dtype) for field in kind.fields})
            return kind

        kinds = {name: typed(kind) for name, kind in table.schema.items() if typed(kind) != kind}
        return cast("ArrowTable", table.cast(kinds))
    return cast("ArrowTable", table)


def _library(table: object) -> str:
    """Which library made a table."""
    return type(table).__module__.partition(".")[0].lstrip("_")


def _of_a_frame(frame: Any) -> dict[str, list[Any]] | None:
    """The columns of a pandas frame or a DuckDB relation where pyarrow, which they need for Arrow, is not installed."""
    module = _library(frame)
    if module not in ("pandas", "duckdb") or find_spec("pyarrow") is not None:
        return None
    if module == "pandas":
        return {str(name): frame[name].tolist() for name in frame.columns}
    return dict(zip(frame.columns, map(list, zip(*frame.fetchall(), strict=True)), strict=False))


def _texts(columns: dict[str, list[Any]]) -> list[bytes | None] | dict[str, list[bytes | None]]:
    """Columns as JSON text, cell by cell."""
    for name, cells in columns.items():
        present = [cell for cell in map(_tidy, cells) if cell is not None]
        whole = len(columns) == 1 and name not in _columns.DOCUMENTS
        if whole and present and all(isinstance(cell, str) for cell in present):
            return [None if cell is None else document(cell) for cell in map(_tidy, cells)]
    return {
        name.removesuffix(_CENTS) if _is_cents(name, cells) else name: [_text(name, cell) for cell in cells]
        for name, cells in columns.items()
    }


def _is_cents(name: str, cells: list[Any]) -> bool:
    return name.endswith(_CENTS) and all(cell is None or isinstance(cell, int) for cell in map(_tidy, cells))


def _text(name: str, cell: Any) -> bytes | None:
    value = _tidy(cell)
    if value is None:
        return None
    if isinstance(value, str) and name in _columns.DOCUMENTS:
        return document(value)
    if name.endswith(_CENTS) and isinstance(value, int):
        value = _dollars(value)
    return json.dumps(plain(value, name), separators=(",", ":")).encode("ascii")


def _tidy(cell: Any, nulls: bool = False) -> Any:
    """A cell of pandas or NumPy as Python has it: nothing for NaN, a date for midnight, dollars for cents.

    Args:
        cell: The cell.
        nulls: Whether a field that is None stays one; in a table it is not there.
    """
    kind = type(cell)
    if kind in _TIDY:
        return cell
    if kind is dict or isinstance(cell, Mapping):
        tidied = {}
        for name, given in cell.items():
            value = given if type(given) in _TIDY else _tidy(given, nulls)
            if value is None and not (nulls and given is None):
                continue
            if type(value) is int and isinstance(name, str) and name.endswith(_CENTS):
                name, value = name.removesuffix(_CENTS), _dollars(value)
            tidied[name] = value
        return tidied
    if isinstance(cell, list | tuple):
        return [_tidy(value, nulls) for value in cell]
    if is_nothing(cell) or (isinstance(cell, float) and cell != cell) or (kind is Decimal and cell.is_nan()):
        return None
    if isinstance(cell, date):
        return at_midnight(cell)
    return _tidy(cell.tolist(), nulls) if hasattr(cell, "tolist") else cell


def _dollars(cents: int) -> str:
    return format(Decimal(cents).scaleb(-2), "f")


def check(
    ask: Callable[[bytes], str], empty: Iterable[str], rows: Given, needed: Iterable[str], **fields: date | str | None
) -> list[tuple[str, str]]:
    """Asks the engine once about what is said once for all rows, with empty documents beside it.

    Args:
        ask: The engine's function for one document.
        empty: The fields of its documents.
        rows: The rows.
        needed: What is missing where it is neither said once nor a column.
        fields: What is said once; None is not said.

    Returns:
        What is said, by its name.

    Raises:
        TtwError: With what is wrong, or missing, in what is said once.
        TypeError: It is neither text nor a date.
    """
    constants = {name: said(name, value) for name, value in fields.items() if value is not None}
    columns = names(rows)
    missing = [] if columns is None else [name for name in needed if name not in columns]
    about = {f"/{name}" for name in (*constants, *missing)}
    try:
        asked(ask, envelope(dict.fromkeys(empty, "{}"), constants), fields)
    except TtwError as error:
        wrong = [problem for problem in error.problems if problem.path in about]
        if wrong:
            raise TtwError(wrong) from None
    return list(constants.items())


def glance(progress: bool, total: int | None) -> AbstractContextManager[Callable[[int], object] | None]:
    """A bar of progress, where tqdm is installed."""
    if progress:
        try:
            tqdm = import_module("tqdm.auto")
        except ImportError:
            return nullcontext(None)
        return _Bar(tqdm.tqdm(total=total, unit="rows"))
    return nullcontext(None)


class _Bar(AbstractContextManager["Callable[[int], object] | None"]):
    def __init__(self, bar: Any) -> None:
        self.bar = bar

    def __enter__(self) -> Callable[[int], object]:
        return cast("Callable[[int], object]", self.bar.update)

    def __exit__(self, failed: object, *_: object) -> None:
        # The engine tells of many rows at once, and of the last ones not at all.
        if failed is None and self.bar.total is not None:
            self.bar.update(self.bar.total - self.bar.n)
        self.bar.close()


def columns(table: Any) -> dict[str, list[Any]] | None:
    """The columns of a table as lists; None of what is no table."""
    found: Mapping[str, Iterable[Any]]
    if hasattr(table, "to_pydict"):
        found = table.to_pydict()
    elif hasattr(table, "get_columns"):
        found = table.to_dict(as_series=False)
    elif hasattr(table, "iloc"):
        found = {str(name): table[name].tolist() for name in table.columns}
    elif hasattr(table, "fetchall"):
        rows = table.fetchall()
        found = {name: [row[at] for row in rows] for at, name in enumerate(table.columns)}
    elif hasattr(table, "__arrow_c_stream__"):
        found = _frames.module("pyarrow").table(table).to_pydict()
    else:
        return None
    return {name: [_tidy(cell) for cell in cells] for name, cells in found.items()}


def documents(rows: Tabular) -> list[Any]:
    """Cases as documents that Python can change.

    Raises:
        TtwError: With the columns that there are not, or that are missing.
        TypeError: This is no table and no list of documents.
    """
    return [_whole(row) if isinstance(row, Mapping) else row for row in records(rows, _columns.CASE)]


def records(rows: Tabular, shape: Shape = _columns.ROW) -> list[Any]:
    """Rows as they are, with their columns as fields.

    Raises:
        TtwError: With the columns that there are not, or that are missing.
        TypeError: This is no table and no list of rows.
    """
    _check(rows, shape)
    listed = _of_a_column(rows)
    if listed is None:
        table = columns(rows)
        if table is None:
            return [_tidy(row, nulls=True) for row in cast("Iterable[Any]", rows)]
        listed = [dict(zip(table, cells, strict=True)) for cells in zip(*table.values(), strict=True)]
    return [_tidy(row) for row in listed]


def _whole(row: Mapping[str, Any]) -> Any:
    """The document of a row: its one column of text or of structs, or its columns as fields."""
    values = [value for value in row.values() if value is not None]
    if len(row) == 1 and values and (isinstance(values[0], str) or "case" in row):
        return values[0]
    return {name: _parsed(value) if name in _columns.DOCUMENTS else value for name, value in row.items()}


def _parsed(value: Any) -> Any:
    """The value of JSON text; what is none stays as it is, and is refused by its place."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value
