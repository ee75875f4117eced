"""Panels in Spark.

It needs pyspark 4 and pyarrow where Spark is driven from, and pyarrow and `ttw` wherever its tasks run:
`pip install "pyspark>=4" pyarrow`.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar, cast

import ttw
from ttw import _plain
from ttw._batch import day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from ttw._plain import Policy

__all__ = ["milestones"]

_Frame = TypeVar("_Frame")
"""A `pyspark.sql.DataFrame`."""


def milestones(
    df: _Frame,
    *,
    as_of: date | str | None = None,
    policy: Policy = "operations",
    columns: Iterable[str] | None = None,
    evidence: bool = False,
) -> _Frame:
    """Judges the milestones of a data frame of Spark, one row a ticket, in the tasks of the cluster.

    Args:
        df: The columns that `ttw.milestones_batch` describes, in types of Spark: dates, `array<int>` or `array<bigint>`
            of cents or `array<decimal(_, 2)>` for amounts; for `t2` and `t16` arrays of any whole numbers, or of words.
        as_of: Months over by this day are judged; by default the day after the last month of a row's lists.
        policy: `operations` (the checklist) or `regulation` (20 CFR part 411 read strictly).
        columns: The columns of the answer that are needed, beside `id`; by default all.
        evidence: Whether the months behind the answers are given too.

    Returns:
        A row for each row of the data frame, with the columns of `ttw.Milestones`: statuses as strings, counts as
        `smallint`, the masks of the evidence as `bigint` with the same bits.

    Raises:
        ImportError: pyspark or pyarrow is not installed.
        TtwError: A column is missing or of the wrong type. Rows that are faulty fail the task; the row of a path is
            then counted from the beginning of a batch of `spark.sql.execution.arrow.maxRecordsPerBatch` rows.

    Examples:
        >>> import ttw.spark
        >>> panel = spark.read.parquet("s3://…/panel")  # doctest: +SKIP
        >>> ttw.spark.milestones(panel, as_of="2026-01-01").write.parquet("s3://…/milestones")  # doctest: +SKIP
    """
    if find_spec("pyspark") is None or find_spec("pyarrow") is None:
        raise ImportError('ttw.spark needs pyspark and pyarrow: pip install "pyspark>=4" pyarrow')
    names = _plain.words("columns", columns)
    answer = partial(_answer, as_of=day(as_of), policy=policy, columns=names, evidence=evidence)
    # The answer to no rows has the columns of every answer.
    frame: Any = df
    schema = answer(frame.limit(0).toArrow()).schema
    types = import_module("pyspark.sql.pandas.types").from_arrow_schema(schema, prefer_timestamp_ntz=True)
    return cast("_Frame", frame.mapInArrow(partial(_answers, answer), types))


def _answers(answer: Callable[[Any], Any], batches: Iterable[Any]) -> Iterator[Any]:
    pyarrow = import_module("pyarrow")
    for batch in batches:
        yield from answer(pyarrow.Table.from_batches([batch])).to_batches()


def _answer(panel: Any, as_of: str | None, policy: Policy, columns: list[str] | None, evidence: bool) -> Any:
    """The answer to a panel of Arrow in types that Spark has, by one thread: Spark has a task for each core."""
    pyarrow = import_module("pyarrow")
    read = panel.cast(_with_types(panel.schema, _type_read))
    judged = ttw.milestones_batch(read, as_of=as_of, policy=policy, threads=1, columns=columns, evidence=evidence)
    answer = pyarrow.table(judged)
    # Masks of 64 months are whole numbers below zero for Spark.
    return answer.cast(_with_types(answer.schema, _type_given), safe=False)


def _with_types(fields: Iterable[Any], type_of: Callable[[Any], Any]) -> Any:
    return import_module("pyarrow").schema([field.with_type(type_of(field)) for field in fields])


def _type_read(field: Any) -> Any:
    """The type of a column of a panel: Spark has neither whole numbers of 8 bits without a sign nor dictionaries."""
    pyarrow = import_module("pyarrow")
    if field.name not in ("t2", "t16") or not pyarrow.types.is_list(field.type):
        return field.type
    words = pyarrow.types.is_string(field.type.value_type)
    return pyarrow.list_(pyarrow.dictionary(pyarrow.int32(), pyarrow.string()) if words else pyarrow.uint8())


def _type_given(field: Any) -> Any:
    """The type of a column of an answer."""
    pyarrow = import_module("pyarrow")
    types = pyarrow.types
    if types.is_dictionary(field.type):
        return field.type.value_type
    if types.is_struct(field.type):
        return pyarrow.struct(_with_types(field.type, _type_given))
    return {pyarrow.uint8(): pyarrow.int16(), pyarrow.uint64(): pyarrow.int64()}.get(field.type, field.type)
