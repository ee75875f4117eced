"""Columns of floats where money is meant: told once, before a row is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ttw._problem import Problem, TtwError, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MONEY = ("earned", "paid", "gross", "amount")
_CENTS = "_cents"
_FLOATS = ("halffloat", "float", "double")


def dollars(name: str) -> str:
    """The name of a column as it is where money is in dollars."""
    return name.removesuffix(_CENTS)


def is_amount(name: str) -> bool:
    """Whether a column holds money, in dollars or in cents."""
    return dollars(name) in _MONEY


def refuse(table: Any) -> None:
    """Refuses a table of pyarrow or Polars whose amounts are floats, or whole numbers that are not named cents.

    Raises:
        TtwError: With one problem for each such column, by its place in a row.
    """
    if hasattr(table, "get_columns"):
        refuse_paths(path for series in table.get_columns() for path in _of_polars(series.name, series))
    else:
        columns = zip(table.column_names, table.itercolumns(), strict=True)
        refuse_paths(path for name, column in columns for chunk in column.chunks for path in _of_arrow(name, chunk))


def refuse_paths(paths: Iterable[str]) -> None:
    """Refuses columns by their places.

    Raises:
        TtwError: There is one.
    """
    found = sorted(set(paths))
    if found:
        raise TtwError(_problem(path) for path in found)


def _of_polars(name: str, series: Any, path: str = "") -> Iterator[str]:
    kind, path = series.dtype, f"{path}/{name}" if name else path
    if is_amount(name) and (kind.is_float() or (kind.is_integer() and not name.endswith(_CENTS))):
        if series.null_count() < len(series):
            yield path
    elif hasattr(kind, "inner"):
        yield from _of_polars("", series.drop_nulls().explode(), path)
    elif hasattr(kind, "fields"):
        for field in kind.fields:
            yield from _of_polars(field.name, series.struct.field(field.name), path)


def _of_arrow(name: str, array: Any, path: str = "") -> Iterator[str]:
    kind, path = str(array.type), f"{path}/{name}" if name else path
    if is_amount(name) and kind.startswith(_FLOATS if name.endswith(_CENTS) else (*_FLOATS, "int", "uint")):
        if array.null_count < len(array):
            yield path
    elif hasattr(array, "flatten") and hasattr(array.type, "value_type"):
        yield from _of_arrow("", array.flatten(), path)
    elif kind.startswith("struct<"):
        for at, field in enumerate(array.type):
            yield from _of_arrow(field.name, array.field(at), path)


def _problem(path: str) -> Problem:
    field = path.rpartition("/")[2]
    message = (
        "Money is neither a float nor a whole number of dollars; cast this column to a decimal with two places or to "
        f"text, or give whole cents as integers in a column {field}{_CENTS}."
    )
    if field.endswith(_CENTS):
        message = 'Cents are whole numbers, not floats; cast this column to integers, in pandas by .astype("Int64").'
    return written("MONEY_FORMAT", path, message)
