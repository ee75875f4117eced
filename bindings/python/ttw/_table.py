"""Answers about many: columns of Arrow that Python reads too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, final, overload

from ttw import _frames, _ttw
from ttw._answer import counted, unheard_of
from ttw._problem import refuse_stranger, unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ttw._frames import Columns, Library

_SHOWN = 20
# A larger table is not read through to be shown.
_COUNTED = 100_000


class Columnar:
    """Columns of the engine: Arrow data, and a sequence of rows."""

    __slots__ = ("_native",)
    _native: _ttw.Table
    _kinds: ClassVar[Columns]

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._native.columns()

    def to_pydict(self) -> dict[str, list[Any]]:
        """Gives the columns as lists: dates as `date`, money as `Decimal`, what is not there as None."""
        return {name: self._native.column(index) for index, name in enumerate(self.columns)}

    def to_pylist(self) -> list[dict[str, Any]]:
        """Gives the rows as dicts."""
        return self._rows(self._native)

    def _rows(self, native: _ttw.Table) -> list[dict[str, Any]]:
        names = self.columns
        columns = [native.column(index) for index in range(len(names))]
        return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]

    def to_frame(self, library: Library | None = None) -> Any:
        """Gives a data frame, with the types of every other frame of the package.

        Args:
            library: `polars`, `pandas` or `pyarrow`; None: the first that is installed.

        Raises:
            ImportError: None of them is installed.
            ValueError: There is no such library.
        """
        found = _frames.chosen(library)
        return {"polars": self.to_polars, "pandas": self.to_pandas, "pyarrow": self.to_arrow}[found]()

    def to_polars(self) -> Any:
        """Gives a Polars data frame, with the types of every other frame of the package; Polars must be installed."""
        return _frames.typed(self._kinds, "polars", _frames.module("polars").DataFrame(self))

    def to_pandas(self) -> Any:
        """Gives a pandas data frame, with the types of every other; pandas must be installed, pyarrow need not be."""
        return _frames.typed(self._kinds, "pandas", _frames.module("pandas").DataFrame(self.to_pydict()))

    def to_arrow(self) -> Any:
        """Gives a pyarrow table, with the types of every other; pyarrow must be installed."""
        return _frames.typed(self._kinds, "pyarrow", _frames.module("pyarrow").table(self))

    @overload
    def __getitem__(self, place: str) -> list[Any]: ...

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, place: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, place: str | int | slice) -> list[Any] | dict[str, Any]:
        """Gives a column by its name as a list, a row by its place as a dict, or the rows of a slice."""
        if isinstance(place, slice):
            places = range(len(self))[place]
            if not places:
                return []
            low, high = sorted((places[0], places[-1]))
            rows = self._rows(self._native.slice(low, high - low + 1))
            return [rows[at - low] for at in places]
        names = self.columns
        if not isinstance(place, str):
            row = self._native.slice(self._place(place), 1)
            return {name: row.column(index)[0] for index, name in enumerate(names)}
        if place not in names:
            raise unheard_of("column", place, names)
        return self._native.column(names.index(place))

    def _place(self, row: int) -> int:
        """A place from the beginning."""
        if not -len(self) <= row < len(self):
            raise IndexError("there is no such row")
        return row % len(self)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __len__(self) -> int:
        return len(self._native)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.to_pylist())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Gives the capsule of an Arrow stream."""
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Gives the capsule of the schema."""
        return self._native.__arrow_c_schema__()

    def _shown(self, caption: str) -> str:
        """The first rows for people."""
        from ttw import _html

        cells = [[_cell(*cell) for cell in row.items()] for row in self[:_SHOWN]]
        of_which = f", of which the first {_SHOWN}" if len(self) > _SHOWN else ""
        return _html.table(caption.format(of_which), [name.replace("_", " ") for name in self.columns], cells)


@final
class Table(Columnar):
    """Answers about many cases: one row an answer, in the order of the rows that came in.

    A table gives its columns to anything that reads Arrow (`polars.DataFrame(table)`, `pyarrow.table(table)`,
    `pandas.DataFrame.from_arrow(table)`, `duckdb.sql("from table")`), and needs none of them. Read so, words that
    repeat are dictionaries; `to_polars`, `to_pandas` and `to_arrow` give them as text, so that what they give can be
    joined with every other frame of the package. It is read-only, and can be pickled and copied.

    Examples:
        >>> import ttw
        >>> table = ttw.ledger_batch([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
        >>> table
        <ttw.Table: 52 rows; row, ticket, payment, status, attained_in, amount, blocked_by, have, need, problems>
        >>> table["payment"][:2], table["status"][:2], table[1]["payment"]
        (['p1m1', 'p1m2'], ['paid', 'payable'], 'p1m2')
        >>> table = ttw.ledger_batch(["{}"], provider="EN-A", as_of="2017-09-15")
        >>> [(problem["row"], problem["path"]) for problem in table.problems]
        [(0, '/case/ticket'), (0, '/case/beneficiary')]
    """

    __slots__ = ()
    _kinds: ClassVar[Columns] = {
        **dict.fromkeys(("row", "have", "need"), "count"),
        **dict.fromkeys(("ticket", "payment", "provider", "status", "decision", "effect", "earnings_basis"), "text"),
        **dict.fromkeys(("next", "determination", "code", "class", "path", "message", "action", "cite"), "text"),
        **dict.fromkeys(("month", "attained_in"), "day"),
        **dict.fromkeys(("amount", "before", "after", "difference"), "dollars"),
        **dict.fromkeys(("blocked_by", "failed", "unknown", "rules"), "texts"),
        **dict.fromkeys(("problems", "reasons", "missing"), "things"),
        "recoverable": "flag",
    }

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
    def problems(self) -> list[dict[str, Any]]:
        """What is wrong with the rows that could not be read, a dict a problem.

        It has `row`, `ticket` where it could be read, and `code`, `class`, `path`, `message`, `action`, `cite`.
        """
        if "problems" not in self:
            return []
        return [
            {"row": row, "ticket": ticket, **problem}
            for row, ticket, problems in zip(self["row"], self["ticket"], self["problems"], strict=True)
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

    def total(self, name: str = "amount") -> Decimal:
        """Adds up a column of dollars.

        Args:
            name: The column: `amount`, or `before`, `after` or `difference` of a comparison.

        Returns:
            The sum in dollars. What has no amount adds nothing: a payment that is due at a rate that is not published
            (`table["amount"].count(None)` of a table of payable rows), one that is not due, a row of problems.

        Raises:
            KeyError: There is no such column.
            TypeError: The column does not hold dollars.

        Examples:
            >>> import ttw
            >>> cases = [ttw.example()["case"], "{}"]
            >>> ttw.ledger_batch(cases, provider="EN-A", as_of="2017-09-15", statuses=["payable"]).total("amount")
            Decimal('1398.00')
        """
        cells = self[name]
        if self._kinds.get(name) != "dollars":
            raise TypeError("a total is of a column of dollars: amount, before, after, difference")
        return sum((cell for cell in cells if cell is not None), Decimal("0.00"))

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
        return f"<ttw.Table: {counted(len(self), 'row')}{self._unread()}; {', '.join(self.columns)}>"

    def _unread(self) -> str:
        """How many rows could not be read, in words."""
        codes: dict[int, list[str]] = {}
        for problem in self.problems if len(self) <= _COUNTED else ():
            codes.setdefault(problem["row"], []).append(problem["code"])
        return "".join(f", {words}" for words in unread(codes.values()))

    def _repr_html_(self) -> str:
        return self._shown(f"{counted(len(self), 'row')}{{}}{self._unread()}")


def of_provider(table: Table, cases: int) -> Table:
    """The table, where the provider that was said once has a part in one of so many cases, or there are none.

    Raises:
        TtwError: It has not.
    """
    if len(table) == cases:
        parts = (table[at : at + _SHOWN] for at in range(0, cases, _SHOWN))
        refuse_stranger(row["problems"] for part in parts for row in part)
    return table


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
