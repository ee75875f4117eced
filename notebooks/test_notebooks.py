"""The notebooks run, and show what they say."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parent

SHOWN = {
    "first_decision": [
        "payable",
        r"\$1,398",
        "3 of the 6 months",
        "not_payable",
        r"next   ",
        r"\('p1m1', 'paid', Decimal\('1398.00'\)\)",
        "vega-lite",
    ],
    "unclaimed_money": [
        r"1,932 payments, \$1,650,190, of which the first 50",
        r"\d+ of 300 tickets, \d{3,} payments, \$[\d,]{7,}",
        r"to be claimed in time: [1-9]\d* payments",
        r"late: [1-9]\d* payments",
        "shape: .5, 4",
        "it depends on facts that are not known",
        r"\d+ tickets are one month away, [1-9]\d* of them by a month gone by",
        "the outcome period has not begun",
        "300 tickets of EN-A on 2022-03-15",
        "vega-lite",
    ],
    "state_vr_closures": [
        r"before the change: \{'SVR-01': \d+",
        "tickets are freed",
        r"Phase 1 payments of the freed tickets: \$[1-9]",
        "yourtickettowork",
        r"by the regulation: [1-9]\d* tickets are barred, [1-9]\d* of them among the freed",
    ],
    "policies_compared": [
        "look_back",
        r"[1-9]\d* payments of \d+ tickets change",
        r"[-+][\d,]+  state_vr_bar_is_dated",
        r"[-+][\d,]+  half_level_needs_last_period, undetermined before",
        r"[-+][\d,]+  in what was known before",
        r"[1-9]\d*  undetermined -> payable",
        r"no dollar: look_back, phase_2, .*, t16_outcome_needs_sga, state_vr_takeover_stops",
        r"[-+][\d,]+  follows from these",
        r"[-+][\d,]+  in all",
        r"earnings \+5 percent: \+",
        "PAR-01",
    ],
}


def test_every_notebook_is_tested() -> None:
    assert {file.stem for file in FOLDER.glob("*.ipynb")} == set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_a_notebook_runs_and_shows_what_it_says(name: str) -> None:
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        assert not cell.get("outputs"), "notebooks are stored without outputs"
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    ).execute()
    shown = "\n".join(
        output.get("text", "") + "".join(f"{kind}\n{data}\n" for kind, data in output.get("data", {}).items())
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    for expected in SHOWN[name]:
        assert re.search(expected, shown), expected
    assert "Traceback" not in shown
