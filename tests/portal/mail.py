"""Mail as a mail program reads it."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path


class _Tables(HTMLParser):
    """The cells of each row of each table; a heading of a row is a cell too."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.is_cell = False

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self.is_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.is_cell = False

    def handle_data(self, data: str) -> None:
        if self.is_cell:
            self.tables[-1][-1][-1] += data


@dataclass(frozen=True)
class Mail:
    """One mail: its headers, and what each of its two bodies says."""

    raw: bytes
    message: EmailMessage = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> Mail:
        """Reads a file; a mail that a strict reader finds fault with is none."""
        raw = path.read_bytes()
        message = email.message_from_bytes(raw, policy=email.policy.default)
        assert not message.defects, (path, message.defects)
        for part in message.walk():
            assert not part.defects, (path, part.defects)
            for name, value in part.items():
                assert not value.defects, (path, name, value.defects)
        return cls(raw, message)

    def part(self, kind: str) -> str:
        """The text of one of the alternatives."""
        return "\n".join(self.message.get_body((kind,)).get_content().splitlines())

    @property
    def facts(self) -> dict[str, str]:
        """`Label : value` of the plain text."""
        return dict(re.findall(r"^(\S[^:\n]*?) *: (.+)$", self.part("plain"), re.MULTILINE))

    @property
    def tables(self) -> list[list[list[str]]]:
        """The tables of the HTML."""
        reader = _Tables()
        reader.feed(self.part("html"))
        reader.close()
        return reader.tables

    @property
    def words(self) -> str:
        """All that can be read in it."""
        return "\n".join([*map(str, self.message.values()), self.part("plain"), self.part("html")])
