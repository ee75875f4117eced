"""Tables in, tables out: many cases by one call."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast, final

from ttw import _ttw
from ttw._plain import Document, Input, document, is_nothing, plain, said

if TYPE_CHECKING:
    from collections.abc import Callable


class ArrowTable(Protocol):
    """Anything that gives its columns as Arrow does: pyarrow, Polars, pandas and DuckDB do."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Gives the columns."""


Tabular: TypeAlias = ArrowTable | Iterable[Input | None]
"""A table with a row a document, or documents one by one."""

Given: TypeAlias = ArrowTable | list[bytes | None] | dict[str, list[bytes | None]]
"""What the engine takes."""

_SHOWN = 20
# A larger table is not read through to be shown.
_COUNTED = 100_000
_CENTS = "_cents"
_CASE = ("ticket", "beneficiary", "benefits", "earnings", "pay_statements", "state_vr_cases", "payments")
_DOCUMENTS = frozenset(("case", "claim", "before", "after", "draft", "on_file", *_CASE))


@final
class Table:
    """Answers about many cases: one row an answer, in the order of the rows that came in.

    A table gives its columns to anything that reads Arrow (`polars.DataFrame(table)`, `pyarrow.table(table)`,
    `pandas.DataFrame.from_arrow(table)`, `duckdb.sql("from table")`), and needs none of them. It is read-only, and can
    be pickled and copied.

    Examples:
        >>> import ttw
        >>> table = ttw.ledger_batch([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
        >>> table
        <ttw.Table: 52 rows; row, ticket, payment, status, attained_in, amount, blocked_by, have, need, problems>
        >>> table["payment"][:2], table["status"][:2]
        (['p1m1', 'p1m2'], ['paid', 'payable'])
        >>> table = ttw.ledger_batch(["{}"], provider="EN-A", as_of="2017-09-15")
        >>> [(problem["row"], problem["path"]) for problem in table.problems]
        [(0, '/case/ticket'), (0, '/case/beneficiary')]
    """

    __slots__ = ("_native",)

    def __init__(self, native: _ttw.Table) -> None:
        self._native = native

    @classmethod
    def from_ipc(cls, data: bytes) -> Table:
        """Makes a table again of what `to_ipc` gave.

        Args:
            data: An Arrow IPC stream.

        Raises:
            ValueError: It is none.
        """
        return cls(_ttw.Table.from_ipc(data))

    def to_ipc(self) -> bytes:
        """Gives the table as an Arrow IPC stream, to be stored or sent."""
        return self._native.to_ipc()

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._native.columns()

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What is wrong with the rows that could not be read, a dict a problem: `row`, `code`, `path`, `message`."""
        if "problems" not in self:
            return []
        told = ("code", "path", "message")
        return [
            {"row": row, **{name: problem[name] for name in told}}
            for row, problems in zip(self["row"], self["problems"], strict=True)
            for problem in problems
        ]

    def head(self, count: int = 5) -> Table:
        """Gives the first rows.

        Args:
            count: How many.

        Examples:
            >>> import ttw
            >>> len(ttw.ledger_batch([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15").head(3))
            3
        """
        return Table(self._native.slice(0, max(count, 0)))

    def to_pydict(self) -> dict[str, list[Any]]:
        """Gives the columns as lists: dates as `date`, money as `Decimal`, what is not there as None."""
        return {name: self._native.column(index) for index, name in enumerate(self.columns)}

    def to_pylist(self) -> list[dict[str, Any]]:
        """Gives the rows as dicts.

        Examples:
            >>> import ttw
            >>> table = ttw.ledger_batch(
            ...     [ttw.example()["case"]], provider="EN-A", as_of="2017-09-15", statuses=["payable"]
            ... )
            >>> [(row["ticket"], row["payment"], row["amount"]) for row in table.to_pylist()]
            [('T-0001', 'p1m2', Decimal('1398.00'))]
        """
        columns = self.to_pydict()
        return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]

    def to_polars(self) -> Any:
        """Gives a Polars data frame; Polars must be installed."""
        return import_module("polars").DataFrame(self)

    def to_pandas(self) -> Any:
        """Gives a pandas data frame; pandas must be installed, and pyarrow need not be."""
        return import_module("pandas").DataFrame(self.to_pydict())

    def to_arrow(self) -> Any:
        """Gives a pyarrow table; pyarrow must be installed."""
        return import_module("pyarrow").table(self)

    def __getitem__(self, name: str) -> list[Any]:
        """Gives a column as a list."""
        try:
            return self._native.column(self.columns.index(name))
        except ValueError:
            raise KeyError(name) from None

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __len__(self) -> int:
        return len(self._native)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.to_pylist())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Gives the columns to whoever reads Arrow."""
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Gives the types of the columns to whoever reads Arrow."""
        return self._native.__arrow_c_schema__()

    def __eq__(self, other: object) -> bool:
        return self.to_ipc() == other.to_ipc() if isinstance(other, Table) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __copy__(self) -> Table:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Table:
        return self

    def __reduce__(self) -> tuple[Callable[[bytes], Table], tuple[bytes]]:
        return Table.from_ipc, (self.to_ipc(),)

    def __repr__(self) -> str:
        return f"<ttw.Table: {len(self)} rows{self._unread()}; {', '.join(self.columns)}>"

    def _unread(self) -> str:
        """How many rows could not be read, in words."""
        count = len({problem["row"] for problem in self.problems}) if len(self) <= _COUNTED else 0
        return f", {count} cannot be read" if count else ""

    def _repr_html_(self) -> str:
        from ttw import _html

        shown = [[_cell(name, value) for name, value in row.items()] for row in self.head(_SHOWN)]
        shown_only = f", of which the first {_SHOWN}" if len(self) > _SHOWN else ""
        count = f"{len(self):,} rows{shown_only}{self._unread()}"
        return _html.table(count, [name.replace("_", " ") for name in self.columns], shown)


def _cell(name: str, value: Any) -> object:
    """A cell for people: a list in one line, a status with its mark."""
    from ttw import _html

    if value is None or value == []:
        return None
    if name in ("status", "decision"):
        return _html.decision(value)
    if isinstance(value, Decimal):
        return _html.dollars(value)
    if isinstance(value, date):
        return value.isoformat()[:7]
    if isinstance(value, list):
        return "; ".join(_told(item) for item in value)
    return value


def _told(item: Any) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    if "code" in item:
        return f"{item['code']} at {item['path'] or 'the whole row'}"
    return str(item["path"] if "path" in item else f"{item['rule']}: {item['text']}")


def given(rows: Tabular) -> Given:
    """Rows as the engine takes them: an Arrow table as it is, anything else as JSON text.

    Raises:
        TypeError: This is no table and no list of documents, or one of them holds something that JSON cannot.
    """
    _check(rows)
    listed: Iterable[Any] | None = _of_a_column(rows)
    if listed is None and hasattr(rows, "__arrow_c_stream__"):
        columns = _of_a_frame(rows)
        return readable(rows) if columns is None else _texts(columns)
    listed = cast("Iterable[Any]", rows) if listed is None else listed
    return [None if row is None else document(row) for row in listed]


def _check(rows: object) -> None:
    """Refuses what has no rows."""
    if type(rows).__name__ == "LazyFrame":
        raise TypeError("this frame is lazy; call .collect() on it, and give what comes of it")
    if isinstance(rows, str | bytes | bytearray | Mapping | Document):
        raise TypeError("a batch is a table or a list of documents; for one document there are functions of their own")
    if not isinstance(rows, Iterable) and not hasattr(rows, "__arrow_c_stream__"):
        raise TypeError("a batch is a table with __arrow_c_stream__, or a list of documents")


def size(rows: Given) -> int | None:
    """How many rows there are, where that is known."""
    if isinstance(rows, dict):
        return len(next(iter(rows.values()), []))
    try:
        return len(rows)  # type: ignore[arg-type]
    except TypeError:
        return None


def _of_a_column(rows: Any) -> list[Any] | None:
    """The values of one column, such as a series of Polars or a chunked array; none of a table of columns."""
    if hasattr(rows, "columns") or hasattr(rows, "column_names"):
        return None
    to_list = getattr(rows, "to_pylist", None) or getattr(rows, "to_list", None)
    return None if to_list is None else list(to_list())


def readable(table: Any) -> ArrowTable:
    """A table as it is; columns of Polars that have no type but are all null become text that is all null."""
    if type(table).__module__.startswith("polars.") and hasattr(table, "dtypes"):
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


def _of_a_frame(frame: Any) -> dict[str, list[Any]] | None:
    """The columns of a pandas frame or a DuckDB relation where pyarrow, which they need for Arrow, is not installed."""
    module = type(frame).__module__.partition(".")[0].lstrip("_")
    if module not in ("pandas", "duckdb"):
        return None
    if find_spec("pyarrow") is not None:
        return None
    if module == "pandas":
        return {str(name): frame[name].tolist() for name in frame.columns}
    return dict(zip(frame.columns, map(list, zip(*frame.fetchall(), strict=True)), strict=False))


def _texts(columns: dict[str, list[Any]]) -> list[bytes | None] | dict[str, list[bytes | None]]:
    """Columns as JSON text, cell by cell."""
    for name, cells in columns.items():
        present = [cell for cell in map(_tidy, cells) if cell is not None]
        if len(columns) == 1 and name not in _DOCUMENTS and present and all(isinstance(cell, str) for cell in present):
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
    if isinstance(value, str) and name in _DOCUMENTS:
        return document(value)
    if name.endswith(_CENTS) and isinstance(value, int):
        value = _dollars(value)
    return json.dumps(plain(value, name), separators=(",", ":")).encode("ascii")


def _tidy(cell: Any) -> Any:
    """A cell of pandas or NumPy as Python has it: nothing for NaN, a date for midnight."""
    if cell is None or is_nothing(cell) or (isinstance(cell, float) and cell != cell):
        return None
    if isinstance(cell, datetime) and cell.tzinfo is None and cell.time() == datetime.min.time():
        return cell.date()
    if hasattr(cell, "tolist"):
        return _tidy(cell.tolist())
    if isinstance(cell, Mapping):
        tidied = {name: _tidy(value) for name, value in cell.items()}
        return {
            (name.removesuffix(_CENTS) if _is_amount(name, value) else name): (
                _dollars(value) if _is_amount(name, value) else value
            )
            for name, value in tidied.items()
            if value is not None
        }
    if isinstance(cell, list | tuple):
        return [_tidy(value) for value in cell]
    return cell


def _is_amount(name: Any, value: Any) -> bool:
    return isinstance(name, str) and name.endswith(_CENTS) and isinstance(value, int) and not isinstance(value, bool)


def _dollars(cents: int) -> str:
    return format(Decimal(cents).scaleb(-2), "f")


def constants(**fields: date | str | None) -> list[tuple[str, str]]:
    """What is said once for all rows.

    Raises:
        TypeError: It is neither text nor a date.
    """
    return [(name, said(name, value)) for name, value in fields.items() if value is not None]


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

    def __exit__(self, *_: object) -> None:
        self.bar.close()


def columns(table: Any) -> dict[str, list[Any]] | None:
    """The columns of a table as lists; None of what is no table."""
    found: Mapping[str, Iterable[Any]]
    if hasattr(table, "to_pydict"):
        found = table.to_pydict()
    elif hasattr(table, "to_dicts"):
        found = table.to_dict(as_series=False)
    elif hasattr(table, "iloc"):
        found = {str(name): table[name].tolist() for name in table.columns}
    elif hasattr(table, "fetchall") and hasattr(table, "columns"):
        rows = table.fetchall()
        found = {name: [row[at] for row in rows] for at, name in enumerate(table.columns)}
    elif hasattr(table, "__arrow_c_stream__"):
        found = import_module("pyarrow").table(table).to_pydict()
    else:
        return None
    return {name: [_tidy(cell) for cell in cells] for name, cells in found.items()}


def documents(rows: Tabular) -> list[Any]:
    """Rows as documents that Python can change.

    Raises:
        TypeError: This is no table and no list of documents.
    """
    _check(rows)
    listed = _of_a_column(rows)
    if listed is None:
        table = columns(rows)
        if table is None:
            return list(cast("Iterable[Any]", rows))
        listed = [dict(zip(table, cells, strict=True)) for cells in zip(*table.values(), strict=True)]
    tidied = [_tidy(row) for row in listed]
    return [_whole(row) if isinstance(row, Mapping) else row for row in tidied]


def _whole(row: Mapping[str, Any]) -> Any:
    """The document of a row: its one column of text or of structs, or its columns as fields."""
    values = [value for value in row.values() if value is not None]
    if len(row) == 1 and values and (isinstance(values[0], str) or "case" in row):
        return values[0]
    return {name: _parsed(value) if name in _CASE else value for name, value in row.items()}


def _parsed(value: Any) -> Any:
    """The value of JSON text; what is none stays as it is, and is refused by its place."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value
