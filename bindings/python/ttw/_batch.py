"""Panels: a row a ticket in Arrow columns, and the milestones of each."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, final

from ttw import _plain
from ttw._answer import counted
from ttw._asked import told
from ttw._problem import TtwError
from ttw._table import Columnar
from ttw._tables import readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from ttw import _ttw
    from ttw._determination import Determination
    from ttw._frames import Columns
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
class Milestones(Columnar):
    """The milestones of a panel, a row a ticket in the panel's order.

    It is Arrow data itself: `pyarrow.table(answer)`, `polars.DataFrame(answer)`, `pandas.DataFrame.from_arrow(answer)`
    and DuckDB read it without a copy. Without any of these, `answer["p1m1"]` and `to_pydict` give Python values.

    Columns: `id` as it came; `p1m1` to `p1m4`, the first day of the month attained, and `p1m1_status` to `p1m4_status`
    (`attained`, `not_attained`, `look_back`, `state_vr`, `undetermined`); `p2_count` and `p2_first`, payable Phase 2
    months and the first of them; `outcome_count` and `outcome_first`, the same of outcomes; on request `evidence`. An
    answer for which some columns were asked has these alone.

    Examples:
        >>> import ttw
        >>> answer = ttw.milestones_batch(ttw.example_panel(), columns=["p1m1", "p1m3_status"])
        >>> answer
        <Milestones of 1 ticket; id, p1m1, p1m3_status>
        >>> answer["p1m1"], answer["p1m3_status"]
        ([datetime.date(2016, 6, 1)], ['not_attained'])
        >>> answer[0]["id"]
        'T-0001'
    """

    __slots__ = ("_explain",)
    _kinds: ClassVar[Columns] = {
        **dict.fromkeys(("p1m1", "p1m2", "p1m3", "p1m4", "p2_first", "outcome_first"), "day"),
        **dict.fromkeys(("p1m1_status", "p1m2_status", "p1m3_status", "p1m4_status"), "text"),
        **dict.fromkeys(("p2_count", "outcome_count"), "count"),
        "evidence": "things",
    }

    def __init__(self, native: _ttw.Table, explain: Callable[[int], dict[str, Determination]]) -> None:
        self._native = native
        self._explain = explain

    @property
    def column_names(self) -> list[str]:
        """The names of the columns, as pyarrow calls them."""
        return self.columns

    def column(self, name: str) -> list[Any]:
        """Gives a column's values: dates, words, numbers, None."""
        return self[name]

    def row(self, index: int) -> dict[str, Any]:
        """Gives one ticket's answers."""
        return self[index]

    def explain(self, row: int) -> dict[str, Determination]:
        """Explains one ticket's milestones; see `ttw.explain`. The panel is read again: it must still be there.

        Raises:
            IndexError: There is no such row.
            TypeError: A row is no whole number.
            ValueError: The panel could be read only once.
        """
        place = self._place(_plain.whole("row", row))
        try:
            return self._explain(place)
        except IndexError:
            raise ValueError("the panel has been read and cannot be read again; give a table, not a reader") from None

    def __repr__(self) -> str:
        return f"<{self._counted()}; {', '.join(self.columns)}>"

    def _counted(self) -> str:
        return f"Milestones of {counted(len(self), 'ticket')}"

    def _repr_html_(self) -> str:
        return self._shown(self._counted() + "{}")


def milestones(
    native: _ttw.Engine,
    panel: ArrowStream | ArrowArray,
    as_of: date | str | None,
    policy: Policy,
    threads: int | None,
    instructions: str | None,
    columns: Iterable[str] | None,
    evidence: bool,
) -> _ttw.Table:
    """Judges a panel that is readable."""
    held = instructions or os.environ.get("TTW_INSTRUCTIONS") or None
    said, count = _plain.said("policy", policy), _plain.threads(threads)
    names = _plain.words("columns", columns)
    try:
        return native.milestones(panel, day(as_of), said, count, held, names, evidence)
    except TtwError as error:
        raise told(error, {"as_of": as_of}) from None


def explain(
    native: _ttw.Engine,
    decide: Callable[[Mapping[str, Any]], Determination],
    panel: object,
    row: int,
    as_of: date | str | None,
    policy: Policy,
) -> dict[str, Determination]:
    """Asks for every payment of a row as `decide` does."""
    place = _plain.whole("row", row)
    if place < 0:
        raise IndexError("there is no such row")
    read = json.loads(native.panel_case(readable(panel), place, day(as_of), policy))
    answers = {}
    for payment, month in read["months"].items():
        claim = {"payment": payment, "month": month, "provider": read["provider"]}
        question = {"case": read["case"], "claim": claim, "requested_on": read["as_of"], "policy": policy}
        answers[payment] = decide(question)
    return answers
