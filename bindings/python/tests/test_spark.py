"""Panels in Spark: what its tasks answer is what one call answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ttw
import ttw.spark

pa = pytest.importorskip("pyarrow")

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 1_000_000 if os.environ.get("TTW_FULL") else 20_000


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.log.level", "OFF").config("spark.driver.memory", "2g").getOrCreate()
    yield session
    session.stop()


def for_spark(panel: Any) -> Any:
    """A panel with ids, in types that Spark has."""
    small = pa.list_(pa.int16())
    kinds = [field.with_type(small) if field.name in ("t2", "t16") else field for field in panel.schema]
    return panel.cast(pa.schema(kinds)).append_column("id", pa.array(range(panel.num_rows), pa.int64()))


def test_the_tasks_answer_what_one_call_answers(spark: Any, made_up: Any, tmp_path: Any) -> None:
    import pyarrow.parquet

    panel = pa.concat_tables([made_up(1_000)] * (ROWS // 1_000))
    pyarrow.parquet.write_table(for_spark(panel), tmp_path / "panel.parquet", row_group_size=ROWS // 8)
    frame = spark.read.parquet(str(tmp_path / "panel.parquet")).repartition(5)
    answer = ttw.spark.milestones(frame, evidence=True).toArrow().sort_by("id")
    expected = pa.table(ttw.milestones_batch(panel, evidence=True))
    assert answer["id"].to_pylist() == list(range(ROWS))
    assert answer.column_names == ["id", *expected.column_names]
    standings = set(answer["p1m1_status"].unique().to_pylist())
    assert standings == {"attained", "not_attained", "look_back", "undetermined"}
    for name in expected.column_names:
        for given, said in zip(parts(answer[name]), parts(expected[name]), strict=True):
            assert given.equals(said.cast(given.type)), name


def parts(column: Any) -> list[Any]:
    """The fields of a column of structures, or the column."""
    whole = column.combine_chunks()
    return whole.flatten() if pa.types.is_struct(whole.type) else [whole]


@pytest.mark.parametrize("asked", [{"policy": "regulation"}, {"as_of": "2015-03-01"}, {"as_of": date(2016, 9, 1)}])
def test_what_is_asked_goes_to_the_tasks(spark: Any, made_up: Any, asked: dict[str, Any]) -> None:
    panel = made_up(1_000)
    answer = ttw.spark.milestones(spark.createDataFrame(for_spark(panel)), **asked).toArrow().sort_by("id")
    answered = answer.drop_columns("id").to_pylist()
    assert answered == list(ttw.milestones_batch(panel, **asked))
    assert answered != list(ttw.milestones_batch(panel))


def test_amounts_of_dollars_and_statuses_in_words_are_read(spark: Any) -> None:
    frame = spark.sql("""
        select named_struct('ticket', 7) as id, 't2' as title, date'2016-01-01' as first_month,
               date'2016-05-20' as first_assigned_on, transform(sequence(1, 12), m -> 'current_pay') as t2,
               transform(sequence(1, 12), m -> 'none') as t16,
               transform(sequence(1, 12), m -> cast(if(m between 6 and 8, 912.50, 0) as decimal(12, 2))) as earned""")
    row = ttw.spark.milestones(frame).collect()[0]
    assert row["id"]["ticket"] == 7
    assert (row["p1m1"], row["p1m2"], row["p1m2_status"]) == (date(2016, 6, 1), date(2016, 8, 1), "attained")


def test_a_mask_of_sixty_four_months_keeps_its_bits(spark: Any) -> None:
    frame = spark.sql("""
        select 't2' as title, date'2016-01-01' as first_month, date'2016-01-20' as first_assigned_on,
               transform(sequence(1, 64), m -> 200000) as earned, transform(sequence(1, 64), m -> 1) as t2,
               transform(sequence(1, 64), m -> 0) as t16""")
    evidence = ttw.spark.milestones(frame, evidence=True).collect()[0]["evidence"]
    assert evidence["trial_work"] == -1


def test_a_wrong_column_is_refused_before_any_task(spark: Any, made_up: Any) -> None:
    with pytest.raises(ttw.TtwError) as caught:
        ttw.spark.milestones(spark.createDataFrame(for_spark(made_up(1)).drop_columns("earned")))
    assert [problem.path for problem in caught.value.problems] == ["/earned"]


def test_a_faulty_row_fails_its_task_with_the_problem(spark: Any, made_up: Any) -> None:
    frame = spark.createDataFrame(for_spark(made_up(3))).selectExpr("* except (title)", "'t9' as title")
    with pytest.raises(Exception, match="REQ_ENUM at /title/0"):
        ttw.spark.milestones(frame).collect()


def test_the_guide_runs(spark: Any, made_up: Any, tmp_path: Any) -> None:
    import pyarrow.parquet

    guide = Path(__file__).parents[3] / "docs" / "guide" / "panels.md"
    if not guide.is_file():
        pytest.skip("the tests run outside the repository")
    (block,) = re.findall(r"```py\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    panel = made_up(100)
    pyarrow.parquet.write_table(for_spark(panel), tmp_path / "panel.parquet")
    paths = {f'"{name}"': repr(str(tmp_path / name)) for name in ("panel.parquet", "answers")}
    for name, path in paths.items():
        assert name in block
        block = block.replace(name, path)
    exec(compile(block, str(guide), "exec"), {"spark": spark})  # noqa: S102
    answer = spark.read.parquet(str(tmp_path / "answers")).toArrow().sort_by("id").drop_columns("id")
    assert answer.to_pylist() == list(ttw.milestones_batch(panel, as_of="2017-01-01"))


def test_nobody_loads_spark_who_does_not_ask() -> None:
    program = """
import sys, ttw.spark
assert not {"pyspark", "pyarrow", "pandas"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603


@pytest.mark.parametrize("library", ["pyspark", "pyarrow"])
def test_without_spark_it_says_what_to_install(library: str, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match='pip install "pyspark>=4" pyarrow'):
        ttw.spark.milestones(object())
