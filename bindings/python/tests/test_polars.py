"""Panels in Polars: whole frames, and files part by part."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import pytest

import ttw

pl = pytest.importorskip("polars")
pytest.importorskip("ttw.polars")


@pytest.fixture
def panel(made_up: Any) -> Any:
    """More rows than Polars takes at once, each with its place."""
    few = pl.DataFrame(made_up(500))
    return pl.concat([few] * 500).with_row_index("id")


ASKED: list[dict[str, Any]] = [{}, {"as_of": date(2015, 3, 1)}, {"policy": "regulation"}, {"evidence": True}]


@pytest.mark.parametrize("asked", ASKED)
def test_a_frame_is_answered_as_one_call_answers(panel: Any, asked: dict[str, Any]) -> None:
    few = panel.head(2_000)
    answer = few.ttw.milestones(**asked)
    assert answer.equals(pl.DataFrame(ttw.milestones_batch(few, **asked)))
    assert answer.equals(few.lazy().ttw.milestones(**asked).collect())
    assert not asked or not answer.equals(few.ttw.milestones())


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_a_file_is_answered_part_by_part_in_its_order(panel: Any, engine: str, tmp_path: Any, monkeypatch: Any) -> None:
    panel.write_parquet(tmp_path / "panel.parquet", row_group_size=10_000)
    expected = pl.DataFrame(ttw.milestones_batch(panel))
    sizes = []
    judge = ttw.milestones_batch
    monkeypatch.setattr(
        ttw, "milestones_batch", lambda part, **asked: (sizes.append(len(part)), judge(part, **asked))[1]
    )
    answer = pl.scan_parquet(tmp_path / "panel.parquet").ttw.milestones()
    assert answer.collect(engine=engine).equals(expected)
    assert sum(sizes) == panel.height
    assert engine == "in-memory" or max(sizes) < panel.height
    answer.sink_parquet(tmp_path / "answer.parquet")
    assert pl.read_parquet(tmp_path / "answer.parquet").equals(expected)


def test_the_columns_are_known_before_the_answer(panel: Any) -> None:
    for evidence in (False, True):
        answer = panel.head(10).lazy().ttw.milestones(evidence=evidence)
        assert answer.collect_schema() == answer.collect().schema
    with pytest.raises(ttw.TtwError, match="/earned"):
        panel.lazy().drop("earned").ttw.milestones()


def test_faulty_rows_are_named_when_the_answer_is_asked_for(panel: Any) -> None:
    answer = panel.head(3).with_columns(title=pl.lit("t9")).lazy().ttw.milestones()
    with pytest.raises(ttw.TtwError, match="REQ_ENUM at /title/0"):
        answer.collect()


def test_nobody_loads_polars_who_does_not_ask() -> None:
    program = """
import sys, ttw
assert "polars" not in sys.modules
import polars
assert not hasattr(polars.DataFrame, "ttw")
import ttw.polars
assert polars.DataFrame.ttw is ttw.polars.Panel and polars.LazyFrame.ttw is ttw.polars.LazyPanel
assert "pyarrow" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603


def test_without_polars_it_says_what_to_install() -> None:
    program = """
import sys
sys.modules["polars"] = None
try:
    import ttw.polars
except ImportError as error:
    assert "pip install polars" in str(error)
else:
    raise AssertionError
"""
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603
