"""The page in a real Chromium, on the local server with a table of its own."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

# It asks nobody but the page's server.
QUIET = ["gpu", "quic", "background-networking", "component-update", "sync"]
FLAGS = ["--no-sandbox", "--no-first-run", *(f"--disable-{each}" for each in QUIET)]
BUILD = Path(__file__).resolve().parents[2] / "portal" / "page" / "build"
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "portal")]

from drafts import World  # noqa: E402
from gate import Http  # noqa: E402
from reader import House, Reader  # noqa: E402
from stage import whole, world_files  # noqa: E402
from walk import names_nobody  # noqa: E402


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The local server with the page."""
    folder = tmp_path_factory.mktemp("page")
    with whole(folder, TTW_LOCAL_PAGE=os.environ.get("TTW_LOCAL_PAGE", str(BUILD))) as stage:
        world = World(world_files(folder / "world", stage.day), stage.day)
        yield House(stage.address, world, Http(stage.address, stage.address).ask)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium. Its sandbox wants more rights than a container gives."""
    program = shutil.which("chromium")
    assert program, "Chromium is missing"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def reader(house: House, browser: Browser) -> Iterator[Reader]:
    """A fresh reader; afterwards nothing has failed unseen, and no number has left the forms."""
    context = browser.new_context(accept_downloads=True, bypass_csp=False)
    page = context.new_page()
    reader = Reader(page, house)
    page.set_default_timeout(15_000)
    # A refused form is a line in the console, and is meant.
    refused = "Failed to load resource: the server responded with a status of 4"
    told = reader.complaints.append
    page.on("console", lambda line: line.type == "error" and refused not in line.text and told(line.text))
    page.on("pageerror", lambda error: told(str(error)))
    page.on("request", lambda request: reader.asked.append(request.url))
    yield reader
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie, location.href])")
    context.close()
    assert reader.complaints == []
    assert reader.asked
    names_nobody("\n".join([*reader.asked, kept]), house.world.people)
