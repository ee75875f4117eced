"""The walk on all functions in one process, as `make run` starts them.

python -m pytest tests/portal
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from drafts import World
from gate import Http
from stage import whole, world_files
from walk import Portal, Walk

# Seconds. The courier looks every 0.3 s; a mail too many would come while it is quiet.
MAILED_WITHIN = 60.0
QUIET = 1.0


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The local server, with a table of its own."""
    folder: Path = tmp_path_factory.mktemp("local")
    with whole(folder) as stage:
        world = World(world_files(folder / "world", stage.day), stage.day)
        portal = Portal(Http(stage.address, stage.address).ask, world, stage.mail, lambda: settle(portal))
        yield portal


def settle(portal: Portal) -> None:
    """Returns when the two mails of all that was submitted are there, and no other has come for a while."""
    end, seen, since = time.monotonic() + MAILED_WITHIN, {}, time.monotonic()
    while time.monotonic() < end:
        found = portal.letters()
        if found != seen:
            seen, since = found, time.monotonic()
        elif len(found) >= 2 * len(portal.confirmed) and time.monotonic() - since > QUIET:
            return
        time.sleep(0.05)
    raise AssertionError("the mail does not settle")


class TestLocal(Walk):
    """As a page asks."""
