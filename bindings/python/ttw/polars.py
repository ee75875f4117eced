"""Panels in Polars: `ttw` at data frames and at lazy frames, once this module is imported.

    >>> import polars as pl
    >>> import ttw.polars
    >>> pl.DataFrame(ttw.example_panel()).ttw.milestones().select("p1m1", "p1m1_status").row(0)
    (datetime.date(2016, 6, 1), 'attained')

It needs Polars (`pip install polars`) and nothing else. The answers are those of `ttw.milestones_batch`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ttw
from ttw import _plain

try:
    import polars as pl
except ImportError:
    raise ImportError("ttw.polars needs Polars: pip install polars") from None

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ttw._plain import Policy

__all__ = ["LazyPanel", "Panel"]


@pl.api.register_dataframe_namespace("ttw")
class Panel:
    """A data frame as a panel, one row a ticket: `frame.ttw`."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def milestones(
        self,
        *,
        as_of: date | str | None = None,
        policy: Policy = "operations",
        columns: Iterable[str] | None = None,
        evidence: bool = False,
    ) -> pl.DataFrame:
        """Judges the milestones of the frame's tickets, on all cores.

        The frame has the columns that `ttw.milestones_batch` describes.

        Args:
            as_of: Months over by this day are judged; by default the day after the last month of a row's lists.
            policy: `operations` (the checklist) or `regulation` (20 CFR part 411 read strictly).
            columns: The columns of the answer that are needed, beside `id`; by default all.
            evidence: Whether the months behind the answers are given too, 56 bytes a ticket.

        Returns:
            A row for each row of the frame, in its order, with the columns of `ttw.Milestones`.

        Raises:
            TtwError: A column is missing or of the wrong type, or rows are faulty; a path is `/column/row`.

        Examples:
            >>> import polars as pl
            >>> import ttw.polars
            >>> panel = pl.DataFrame(ttw.example_panel())
            >>> panel.ttw.milestones(as_of="2016-08-01")["p1m2_status"].to_list()
            ['not_attained']
        """
        answer = ttw.milestones_batch(self._frame, as_of=as_of, policy=policy, columns=columns, evidence=evidence)
        return pl.DataFrame(answer)


@pl.api.register_lazyframe_namespace("ttw")
class LazyPanel:
    """A lazy frame as a panel, one row a ticket: `frame.ttw`."""

    def __init__(self, frame: pl.LazyFrame) -> None:
        self._frame = frame

    def milestones(
        self,
        *,
        as_of: date | str | None = None,
        policy: Policy = "operations",
        columns: Iterable[str] | None = None,
        evidence: bool = False,
    ) -> pl.LazyFrame:
        """Judges the milestones of the tickets when they are asked for, part by part as Polars brings them.

        A file larger than memory goes through in parts: `pl.scan_parquet(…).ttw.milestones().sink_parquet(…)`.

        Args:
            as_of: As for a data frame.
            policy: The same.
            columns: The same.
            evidence: The same.

        Returns:
            A lazy frame with a row for each row of this one, in its order.

        Raises:
            TtwError: At once where a column is missing or of the wrong type. When it is asked for, where rows are
                faulty: the row of a path is counted from the beginning of its part.

        Examples:
            >>> import polars as pl
            >>> import ttw.polars
            >>> panel = pl.LazyFrame(ttw.example_panel())
            >>> panel.ttw.milestones().filter(p1m2_status="attained").select("id", "p1m2").collect().row(0)
            ('T-0001', datetime.date(2016, 8, 1))
        """
        names = _plain.words("columns", columns)

        # Polars asks from several threads at once.
        def judged(part: pl.DataFrame) -> pl.DataFrame:
            answer = ttw.milestones_batch(part, as_of=as_of, policy=policy, threads=1, columns=names, evidence=evidence)
            return pl.DataFrame(answer)

        schema = judged(self._frame.collect_schema().to_frame()).schema
        return self._frame.map_batches(judged, schema=schema, streamable=True)
