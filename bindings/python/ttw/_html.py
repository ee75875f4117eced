"""Tables for notebooks: escaped, readable without colour, readable on light and on dark."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

_CELL = "text-align:left;vertical-align:top;padding:0.25em 0.75em"
_CAPTION = "text-align:left;font-weight:bold;padding:0.25em 0"
# Seen on white and on black; the mark beside it says the same in a word.
_COLOURS = {"good": "#2e8540", "bad": "#d83933", "open": "#b57500", "plain": "#71767a"}


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def html(value: object) -> Markup:
    """Any value as HTML; None is a dash."""
    if isinstance(value, Markup):
        return value
    return Markup("&ndash;" if value is None else escape(str(value)))


def dollars(amount: Decimal | None) -> str | None:
    """An amount as people write it, without cents when there are none."""
    if amount is None:
        return None
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}${size:,.0f}" if size == size.to_integral_value() else f"{sign}${size:,.2f}"


def mark(sign: str, word: str, tone: str) -> Markup:
    """A sign, a word and a coloured edge that all say the same."""
    edge = f"border-left:0.3em solid {_COLOURS[tone]};padding-left:0.5em;white-space:nowrap"
    return Markup(f'<span style="{edge}"><span aria-hidden="true">{escape(sign)}</span> {escape(word)}</span>')


def holds(value: bool | None) -> Markup:
    """Whether a rule holds."""
    if value is None:
        return mark("?", "not known", "open")
    return mark("\u2713", "holds", "good") if value else mark("\u2717", "fails", "bad")


def decision(word: str) -> Markup:
    """A decision, or the status of a row of a ledger."""
    sign, tone = {
        "payable": ("\u2713", "good"),
        "paid": ("\u2713", "plain"),
        "pending": ("\u2026", "open"),
        "undetermined": ("?", "open"),
    }.get(word, ("\u2717", "bad"))
    return mark(sign, word.replace("_", " "), tone)


def paragraph(*parts: object) -> Markup:
    """A paragraph."""
    return Markup("<p>" + "".join(html(part) for part in parts) + "</p>")


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """A table whose first column names its rows."""
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{_row(row)}</tr>" for row in rows)
    return Markup(
        f'<table><caption style="{_CAPTION}">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(cells: Sequence[object]) -> str:
    first, *others = cells
    rest = "".join(f'<td style="{_CELL}">{html(cell)}</td>' for cell in others)
    return f'<th scope="row" style="{_CELL};font-weight:normal">{html(first)}</th>{rest}'
