from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import ttw

README = Path(__file__).parents[3] / "README.md"
BLOCKS = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL) if README.is_file() else []


def test_the_readme_has_python() -> None:
    if not README.is_file():
        pytest.skip("the tests run outside the repository")
    assert BLOCKS


def test_the_python_of_the_readme_runs() -> None:
    names: dict[str, Any] = {}
    for block in BLOCKS:
        exec(compile(block, str(README), "exec"), names)  # noqa: S102
    assert names["ttw"] is ttw
    assert isinstance(names["answer"], ttw.Determination)


GUIDES = sorted((README.parent / "docs").glob("guide/*.md"))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_the_python_of_the_guides_runs(guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in {"pictures": ["altair"], "panels": ["polars", "duckdb", "pyarrow"]}.get(guide.stem, []):
        pytest.importorskip(library)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(block, str(guide), "exec"), names)  # noqa: S102
    assert names["ttw"] is ttw


def test_what_the_guide_writes_in_parts_is_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    polars = pytest.importorskip("polars")
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    guide = next((guide for guide in GUIDES if guide.stem == "panels"), None)
    if guide is None:
        pytest.skip("the tests run outside the repository")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    written = []
    for block in re.findall(r"```python\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(block, str(guide), "exec"), names)  # noqa: S102
        if "milestones.parquet" in block:
            written.append(polars.read_parquet("milestones.parquet"))
    expected = polars.DataFrame(ttw.milestones_batch(polars.read_parquet("panel.parquet")))
    assert len(written) == 2
    assert [table.cast(expected.schema).equals(expected) for table in written] == [True, True]


def test_the_data_dictionary_has_every_column() -> None:
    page = README.parent / "docs" / "data.md"
    if not page.is_file():
        pytest.skip("the tests run outside the repository")
    parts = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    tables = {
        "ledger": ttw.ledger_batch([], texts=True).columns,
        "milestones": ttw.milestones_batch(ttw.example_panel(), evidence=True).column_names,
        "decide": ttw.decide_batch([], texts=True, answers=True).columns,
        "compare": ttw.compare_batch([], [], provider="EN-A", as_of="2017-09-15").columns,
        "validate": ttw.validate_batch([]).columns,
    }
    assert len(parts) == len(tables)
    for part, (name, columns) in zip(parts, tables.items(), strict=True):
        assert part.startswith(f"`{name}_batch`")
        assert [column for column in columns if f"`{column}`" not in part] == []
