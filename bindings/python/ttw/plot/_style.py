"""What all pictures have in common."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

# Okabe and Ito: told apart by people who are colour-blind, and in grey by their lightness.
BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW, GREY, BLACK = "#56B4E9", "#CC79A7", "#F0E442", "#8A8A8A", "#222222"

STATUS = {
    "paid": BLUE,
    "payable": GREEN,
    "pending": "#D9D9D9",
    "undetermined": ORANGE,
    "unavailable": VERMILION,
}
MARKS = {"paid": "circle", "payable": "diamond"}
BENEFITS = {
    "current pay": BLUE,
    "suspended for work": ORANGE,
    "suspended otherwise": SKY,
    "ended for work": VERMILION,
    "ended otherwise": PURPLE,
    "State supplement only": YELLOW,
}


def altair() -> Any:
    """The library of pictures.

    Raises:
        ImportError: It is not installed.
    """
    try:
        return import_module("altair")
    except ImportError as error:
        raise ImportError("pictures need Altair: pip install ttw[plot]") from error


def finished(chart: Any, title: str, alt: str) -> Any:
    """A picture with its title and its words."""
    described = chart.properties(title=title, description=alt, usermeta={"alt": alt})
    return (
        described.configure_title(anchor="start", fontSize=15, fontWeight="bold", offset=12)
        .configure_axis(labelFontSize=11, titleFontSize=12, gridColor="#E5E5E5")
        .configure_legend(labelFontSize=11, titleFontSize=12, symbolSize=110, labelLimit=260)
        .configure_view(stroke=None)
    )


def many(count: int, noun: str) -> str:
    """A number of things."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def month(text: str) -> str:
    """The first day of a month, as a picture's axis has it."""
    return f"{text[:7]}-01T00:00:00"


def spelled(text: str) -> str:
    """A month as people say it."""
    return f"{_MONTHS[date.fromisoformat(f'{text[:7]}-01').month - 1]} {text[:4]}"


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
