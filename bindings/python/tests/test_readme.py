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
