"""Lets the tests of this folder find the modules of `tests/portal`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "portal")]
pytest.register_assert_rewrite("walk")
