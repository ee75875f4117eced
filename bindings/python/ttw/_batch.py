"""Panels: a row a ticket in Arrow columns, and the milestones of each."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Protocol, final

from ttw import _plain
from ttw._tables import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from ttw import _ttw
    from ttw._determination import Determination
    from ttw._engine import Engine
    from ttw._plain import Policy


class ArrowStream(Protocol):
    """Anything that gives Arrow data: a table of pyarrow, Polars, pandas, DuckDB, or an object with this method."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Gives the capsule of an Arrow stream."""


class ArrowArray(Protocol):
    """One batch of Arrow data."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """Gives the capsules of a schema and an array."""


def day(as_of: date | str | None) -> str | None:
    """Writes a day as the engine reads it."""
    return None if as_of is None else _plain.said("as_of", as_of)


@final
class Milestones:
    """The milestones of a panel, a row a ticket in the panel's order.

    It is Arrow data itself: `pyarrow.table(answer)`, `polars.DataFrame(answer)`, `pandas.DataFrame.from_arrow(answer)`
    and DuckDB read it without a copy. Without any of these, `column` and `to_pydict` give Python values.

    Columns: `id` as it came; `p1m1` to `p1m4`, the first day of the month attained, and `p1m1_status` to `p1m4_status`
    (`attained`, `not_attained`, `look_back`, `state_vr`, `undetermined`); `p2_count` and `p2_first`, payable Phase 2
    months and the first of them; `outcome_count` and `outcome_first`, the same of outcomes; on request `evidence`. An
    answer for which some columns were asked has these alone.

    Examples:
        >>> import ttw
        >>> answer = ttw.milestones_batch(ttw.example_panel())
        >>> answer.column("p1m1"), answer.column("p1m3_status")
        ([datetime.date(2016, 6, 1)], ['not_attained'])
        >>> answer.row(0)["id"]
        'T-0001'
    """

    __slots__ = ("_as_of", "_engine", "_panel", "_policy", "_table")

    def __init__(self, engine: Engine, panel: object, table: _ttw.Table, as_of: str | None, policy: Policy) -> None:
        self._engine = engine
        self._panel = panel
        self._table = table
        self._as_of = as_of
        self._policy = policy

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Gives the capsule of an Arrow stream."""
        return self._table.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Gives the capsule of the schema."""
        return self._table.__arrow_c_schema__()

    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
        return self._table.columns()

    def __len__(self) -> int:
        return len(self._table)

    def column(self, name: str) -> list[Any]:
        """Gives a column's values: dates, words, numbers, None."""
        names = self.column_names
        if name not in names:
            raise KeyError(name)
        return self._table.column(names.index(name))

    def to_pydict(self) -> dict[str, list[Any]]:
        """Gives all columns."""
        return {name: self.column(name) for name in self.column_names}

    def row(self, index: int) -> dict[str, Any]:
        """Gives one ticket's answers."""
        row = self._table.slice(self._place(index), 1)
        return {name: row.column(place)[0] for place, name in enumerate(self.column_names)}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        columns = self.to_pydict()
        names = list(columns)
        return (dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True))

    def explain(self, row: int) -> dict[str, Determination]:
        """Explains one ticket's milestones; see `ttw.explain`. The panel is read again: it must still be there.

        Raises:
            ValueError: The panel could be read only once.
        """
        place = self._place(row)
        try:
            return explain(self._engine, self._panel, place, self._as_of, self._policy)
        except IndexError:
            raise ValueError("the panel has been read and cannot be read again; give a table, not a reader") from None

    def _place(self, row: int) -> int:
        if not -len(self) <= row < len(self):
            raise IndexError("there is no such row")
        return row % len(self)

    def __repr__(self) -> str:
        return f"<Milestones of {len(self)} tickets>"


def milestones(
    engine: Engine,
    panel: ArrowStream | ArrowArray,
    as_of: date | str | None,
    policy: Policy,
    threads: int | None,
    instructions: str | None,
    columns: Iterable[str] | None,
    evidence: bool,
) -> Milestones:
    """Judges a panel."""
    held = instructions or os.environ.get("TTW_INSTRUCTIONS") or None
    said, count = _plain.said("policy", policy), _plain.threads("threads", threads)
    names = _plain.words("columns", columns)
    panel = readable(panel)
    table = engine._native.milestones(panel, day(as_of), said, count, held, names, evidence)
    return Milestones(engine, panel, table, day(as_of), policy)


def explain(engine: Engine, panel: object, row: int, as_of: str | None, policy: Policy) -> dict[str, Determination]:
    """Asks for every payment of a row as `decide` does."""
    if row < 0:
        raise IndexError("there is no such row")
    told = json.loads(engine._native.panel_case(readable(panel), row, as_of, policy))
    answers = {}
    for payment, month in told["months"].items():
        claim = {"payment": payment, "month": month, "provider": told["provider"]}
        question = {"case": told["case"], "claim": claim, "requested_on": told["as_of"], "policy": policy}
        answers[payment] = engine.decide(question)
    return answers
