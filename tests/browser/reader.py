"""Somebody at the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drafts import World
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "portal" / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.0, 2.1 and 2.2, levels A and AA.
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class House:
    """What runs: the address of the page, its made-up people, and how the API is asked beside it."""

    address: str
    world: World
    ask: Any


@dataclass
class Reader:
    """Somebody at the page, and what the browser has told and asked meanwhile."""

    page: Page
    house: House
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def sign_in(self, user: str) -> None:
        """As one of the made-up users."""
        self.page.goto(self.house.address)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.locator(f"a[href$='user={user}']").click()
        self.page.get_by_role("heading", name="Welcome").wait_for()

    def open(self, way: str) -> None:
        """Another place of the page, once it shows what it asked for."""
        self.page.goto(f"{self.house.address}/#/{way}")
        self.settle()

    def settle(self) -> None:
        """Nothing is waited for any more."""
        self.page.wait_for_load_state("networkidle")
        self.page.get_by_text("Loading…").wait_for(state="detached")

    def barriers(self) -> list[str]:
        """What axe finds on the page as it is."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("run => axe.run({ runOnly: run })", STANDARD)
        assert found["passes"], "axe looked at nothing"
        return [f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]]
