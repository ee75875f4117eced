"""What all pictures have in common: colours, signs, words."""

from __future__ import annotations

import json
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ttw import LedgerRow

# Within each family lightness alone tells colours apart, in grey and for people who are colour-blind. No colour is in
# two families.
STATUS = {
    "paid": "#00335C",
    "payable": "#13A87D",
    "pending": "#F0F0F0",
    "undetermined": "#F2B83A",
    "unavailable": "#B23B00",
}
# Signs that every font has; what is attained has the same where it is a mark: a circle, a diamond.
SIGNS = {"paid": "\u25cf", "payable": "\u2666", "pending": "", "undetermined": "?", "unavailable": "\u00d7"}
MARKS = {"paid": "circle", "payable": "diamond"}
UNKNOWN = "unknown"
BENEFITS = {
    "current pay": "#F9D8D4",
    "State supplement only": "#F2AFB7",
    "suspended otherwise": "#E481A1",
    "suspended for work": "#C94C93",
    "ended otherwise": "#98217F",
    "ended for work": "#520A5F",
    UNKNOWN: "#FFFFFF",
}
BENEFIT_SIGNS = dict(zip(BENEFITS, "PSOWXE?", strict=True))
# Earnings, and the lines of trial work level and SGA on them.
BARS, LEVELS = "#D0D0D0", ("#222222", "#882255")
BLACK, OUTLINE, WHITE = "#222222", "#6B6B6B", "#FFFFFF"


def altair() -> Any:
    """The library of pictures.

    Raises:
        ImportError: It is not installed.
    """
    try:
        return import_module("altair")
    except ImportError as error:
        raise ImportError('pictures need Altair: pip install "altair>=6"') from error


def finished(chart: Any, title: str, subtitle: str, alt: str) -> Any:
    """A picture with its title and its words."""
    described = chart.properties(title={"text": title, "subtitle": subtitle}, description=alt, usermeta={"alt": alt})
    return described.configure(
        title={"anchor": "start", "fontSize": 15, "fontWeight": "bold", "offset": 12, "subtitleFontSize": 12},
        axis={"labelFontSize": 11, "titleFontSize": 12, "gridColor": "#E5E5E5", "labelLimit": 0},
        legend={"labelFontSize": 11, "titleFontSize": 12, "symbolSize": 110, "labelLimit": 0},
        view={"stroke": None},
    )


def ink(fill: str) -> str:
    """What is read better on a colour: black or white."""
    light = sum(of * (int(fill[at : at + 2], 16) / 255) ** 2.2 for of, at in ((0.2126, 1), (0.7152, 3), (0.0722, 5)))
    return BLACK if light > 0.21 else WHITE


def signed(signs: Mapping[str, str]) -> str:
    """The labels of a key, each with its sign, as Vega reads them."""
    return f"({json.dumps({word: f'{sign} {word}'.strip() for word, sign in signs.items()})})[datum.label]"


def month_axis(alt: Any, ticks: int) -> Any:
    """An axis of about so many months, each below its own tick and apart from the next."""
    return alt.Axis(format="%b %Y", tickCount=ticks, labelFlush=False, labelOverlap=True, labelSeparation=6)


def many(count: int, noun: str) -> str:
    """A number of things."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def unpriced(count: int) -> str:
    """How many payments have no amount."""
    return f"{many(count, 'payment')} without a published rate"


def numbered(payment: str) -> tuple[str, int]:
    """The kind of a payment and its number; a reconciliation has none."""
    kind = payment.rstrip("0123456789")
    return kind, int(payment[len(kind) :] or 0)


def runs(rows: Iterable[LedgerRow]) -> list[list[LedgerRow]]:
    """Rows in their order, those of consecutive numbers of a kind together."""
    found: list[list[LedgerRow]] = []
    for row in rows:
        kind, number = numbered(row.payment)
        if found and numbered(found[-1][-1].payment) == (kind, number - 1):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def named(rows: Iterable[LedgerRow]) -> str:
    """The payments of some rows, consecutive numbers of a kind joined."""
    return ", ".join(
        run[0].payment if len(run) == 1 else f"{run[0].payment} to {run[-1].payment}" for run in runs(rows)
    )


def plus(at: str, count: int) -> str:
    """The month so many months later."""
    total = int(at[:4]) * 12 + int(at[5:7]) - 1 + count
    return f"{total // 12:04}-{total % 12 + 1:02}"


def since(first: str, last: str) -> int:
    """How many months one month is after another."""
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])


def day(text: str) -> str:
    """A day, or the first day of a month, as a picture's axis has it."""
    return f"{text}-01"[:10] + "T00:00:00"


def spelled(text: str) -> str:
    """A month as people say it."""
    return f"{_MONTHS[date.fromisoformat(f'{text[:7]}-01').month - 1]} {text[:4]}"


def spell(first: str, last: str) -> str:
    """Months as people say them, both included."""
    return f"in {spelled(first)}" if first == last else f"from {spelled(first)} to {spelled(last)}"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
