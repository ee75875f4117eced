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


LIBRARIES = {
    "pictures": ["altair"],
    "panels": ["polars", "duckdb", "pyarrow"],
    "caseload": ["polars", "pandas", "pyarrow"],
}
GUIDES = sorted((README.parent / "docs").glob("guide/*.md"))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_the_python_of_the_guides_runs(guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in LIBRARIES.get(guide.stem, []):
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


def test_the_reference_has_every_public_thing() -> None:
    page = README.parent / "docs" / "reference.md"
    if not page.is_file():
        pytest.skip("the tests run outside the repository")
    told = set(re.findall(r"^::: ttw\.(\w+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE))
    methods = {name for name in vars(ttw.Engine) if not name.startswith("_")}
    assert told - {"polars", "spark", "plot"} == set(ttw.__all__) - methods
    verified = {name for name in ttw.verification.__all__ if name[0].isupper()}
    assert all(f"::: ttw.verification.{name}\n" in page.read_text(encoding="utf-8") for name in verified)


def test_the_first_page_has_every_guide() -> None:
    page = README.parent / "docs" / "index.md"
    if not page.is_file():
        pytest.skip("the tests run outside the repository")
    assert set(re.findall(r"\(guide/(\w[\w-]*)\.md\)", page.read_text(encoding="utf-8"))) == {
        guide.stem for guide in GUIDES
    }


def in_words(kind: Any) -> str:
    """A type of Arrow as the data dictionary says it."""
    import pyarrow

    types = pyarrow.types
    if types.is_dictionary(kind):
        return "text*"
    if types.is_list(kind):
        return "list of structures" if types.is_struct(kind.value_type) else f"list of {in_words(kind.value_type)}"
    if types.is_integer(kind):
        return "integer"
    words = {pyarrow.string(): "text", pyarrow.date32(): "date", pyarrow.bool_(): "boolean"}
    return words.get(kind) or str(kind).replace("decimal128", "decimal")


def test_the_data_dictionary_has_every_column_and_its_type() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    page = README.parent / "docs" / "data.md"
    if not page.is_file():
        pytest.skip("the tests run outside the repository")
    ask: dict[str, Any] = {"provider": "EN-A", "as_of": "2017-09-15"}
    scenario = ttw.scenario([], **ask)
    milestones = ttw.milestones_batch(ttw.example_panel(), evidence=True)
    tables = {
        "`ledger_batch`": pyarrow.table(ttw.ledger_batch([], texts=True)),
        "`milestones_batch`": None,
        "`decide_batch`": pyarrow.table(ttw.decide_batch([], texts=True, answers=True)),
        "`compare_batch`": pyarrow.table(ttw.compare_batch([], [], **ask)),
        "`validate_batch`": pyarrow.table(ttw.validate_batch([])),
        "`unclaimed`": ttw.unclaimed([], **ask).to_arrow(),
        "`unclaimed(…).tickets_frame()`": ttw.unclaimed([], **ask).tickets_frame("pyarrow"),
        "`what_if`": scenario.what_if(years=1).to_arrow(),
        "`next_month`": scenario.next_month().to_arrow(),
        "`parameters`": ttw.parameters().to_arrow(),
        "`rules`": ttw.rules().to_arrow(),
        "`codes`": ttw.codes().to_arrow(),
    }
    parts = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert [part.partition(":")[0] for part in parts] == list(tables)
    for part, (name, table) in zip(parts, tables.items(), strict=True):
        if table is None:
            assert [column for column in milestones.columns if f"`{column}`" not in part] == []
        else:
            written = re.findall(r"^\| `(\w+)` \| (.*?) \|", part, flags=re.MULTILINE)
            assert written == [(field.name, in_words(field.type)) for field in table.schema], name
