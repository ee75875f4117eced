"""The package itself: its names, its types, its documentation, and that it needs nothing else."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ttw

PACKAGE = Path(ttw.__file__).parent
ROOT = Path(__file__).parents[3]
RULE = re.compile(r"\bCFR\b|\b[A-Z][A-Z0-9]{1,2}-[0-9]{2}\b")

STANDARD_LIBRARY_ONLY = """
import sys
before = set(sys.modules)
sys.path.append(sys.argv[1])
import ttw
loaded_at_import = set(sys.modules) - before
assert "dataclasses" not in loaded_at_import, "typed inputs are loaded when first used"
question = ttw.example()
ttw.decide(question)._repr_html_()
claim = ttw.Claim(**question["claim"])
ttw.decide(ttw.Question(case=question["case"], claim=claim, requested_on="2017-09-15"))
ttw.ledger(question["case"], provider="EN-A", as_of="2017-09-15")._repr_html_()
table = ttw.ledger_batch([question["case"], "{"], provider="EN-A", as_of="2017-09-15", progress=True)
assert len(table) == len(table.to_pylist()) == 53
answer = ttw.milestones_batch(ttw.example_panel(), evidence=True)
assert answer.row(0)["p1m2_status"] == "attained" and answer.explain(0)["p1m2"].decision == "payable"
ttw.scenario([question["case"]], provider="EN-A", as_of="2017-09-15").what_if(raise_earnings=-20)._repr_html_()
ttw.scenario([question["case"]], provider="EN-A", as_of="2017-09-15").next_month()._repr_html_()
people = ttw.example_caseload(3)
assert ttw.unclaimed(people, provider="EN-A", as_of="2022-03-15").totals.amount == ttw.ledger_batch(
    people, provider="EN-A", as_of="2022-03-15", statuses=["payable"]
).total("amount")
assert len(ttw.cases(tickets=[{"ticket": "T-1", "title": "t2", "blind": False}], assignments=[])) == 1
answer._repr_html_()
others = {name.partition(".")[0] for name in set(sys.modules) - before} - sys.stdlib_module_names - {"ttw"}
assert not others, others
"""


def run(folder: Path, *arguments: str) -> None:
    command = [sys.executable, *arguments]
    environment = {**os.environ, "MYPYPATH": str(folder)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder that holds the package and nothing else."""
    shutil.copytree(PACKAGE, tmp_path / "ttw", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_standard_library_is_enough(copied: Path) -> None:
    run(copied, "-I", "-S", "-c", STANDARD_LIBRARY_ONLY, str(copied))


def test_every_name_is_there_and_listed() -> None:
    assert sorted(ttw.__all__) == ttw.__all__
    assert set(ttw.__all__) <= set(dir(ttw))
    for name in ttw.__all__:
        assert getattr(ttw, name) is not None
    unheard_of = "unheard_of"
    with pytest.raises(AttributeError, match=unheard_of):
        getattr(ttw, unheard_of)
    found: dict[str, Any] = {}
    exec("from ttw import *", found)  # noqa: S102
    assert set(ttw.__all__) <= set(found)


def test_every_public_thing_has_a_running_example() -> None:
    for name in ttw.__all__:
        doc = getattr(ttw, name).__doc__ or ""
        assert ">>> " in doc, name
    methods = [value for name, value in vars(ttw.Engine).items() if not name.startswith("_")]
    assert len(methods) == 22
    for method in methods:
        assert ">>> " in method.__doc__, method


def test_every_attribute_is_described() -> None:
    for name in ttw.__all__:
        value = getattr(ttw, name)
        if isinstance(value, type):
            for attribute, member in vars(value).items():
                if isinstance(member, property):
                    assert (member.__doc__ or "").rstrip().endswith("."), f"{name}.{attribute}"


def test_the_types_come_along() -> None:
    assert (PACKAGE / "py.typed").is_file()
    assert (PACKAGE / "_ttw.pyi").is_file()


def test_there_is_no_rule_in_the_binding() -> None:
    sources = list(PACKAGE.rglob("*.py"))
    assert len(sources) > 10
    for source in sources:
        tree = ast.parse(source.read_text("utf-8"))
        documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
        ]
        assert not [text for text in texts if RULE.search(text)], source
    rust = list((ROOT / "bindings" / "src").rglob("*.rs"))
    assert rust
    assert not [line for file in rust for line in file.read_text("utf-8").splitlines() if RULE.search(line)]
