"""Many tickets at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import ttw
from ttw import _tables
from ttw.plot import _style
from ttw.plot._style import day, plus, since

if TYPE_CHECKING:
    from collections.abc import Collection

    from ttw._tables import ArrowTable

_LEDGERS = ("row", "payment", "status", "attained_in", "amount", "blocked_by")
_CLAIMS = ("row", "payment", "decision", "attained_in", "amount", "failed")
_UNDETERMINED = "undetermined"
# The words of a rule's name that are not written small.
_WRITTEN = {"state": "State", "vr": "VR", "ii": "II", "xvi": "XVI", "t16": "title XVI", "ssi": "SSI"}
# A picture of fewer months than these would be a block.
_MONTHS = 12


def plot_population(
    table: ArrowTable, *, provider: str | None = None, as_of: date | str | None = None, width: int = 360
) -> Any:
    """Draws a table of ledgers or of decisions: what bars payments, rule by rule, and the money of each month.

    Args:
        table: What `ttw.ledger_batch` or `ttw.decide_batch` gave, or the same as a table of pyarrow, Polars or pandas.
            What was left out by `statuses` is not in the picture. Rows that cannot be read are counted apart, and so
            are payments without a published rate and what is undetermined, which has no month and no amount. The
            reconciliation of a ledger is left out of what rules bar.
        provider: Whose payments, for the title; None: a column `provider`, where it names only one.
        as_of: The day, for the title; None: a column `as_of`, where it has only one.
        width: The width of each of the two parts in pixels.

    Returns:
        An Altair chart.

    Raises:
        ImportError: Altair is not installed.
        TypeError: This is no table of ledgers or decisions.

    Examples:
        >>> import pytest, ttw
        >>> _ = pytest.importorskip("altair")
        >>> from ttw.plot import plot_population
        >>> table = ttw.ledger_batch([ttw.example()["case"]] * 3, provider="EN-A", as_of="2017-09-15")
        >>> print(plot_population(table).to_dict()["usermeta"]["alt"])
        3 tickets: no barred payment in this table; $8,388 paid or payable in 2 months, most in June 2016.
    """
    alt = _style.altair()
    sums, held = _sums(table)
    noun = "ticket" if sums.ledgers else "claim"
    whose, on = provider or _only(held, "provider"), as_of or _only(held, "as_of")
    title = _style.many(sums.judged, noun) + (f" of {whose}" if whose else "") + (f" on {on}" if on else "")
    unread = sums.rows - sums.judged
    apart = f"{_style.many(unread, 'row')} cannot be read" if unread else ""
    parts = [_rules(alt, sums, width), _money(alt, sums, width)] if sums.judged else [_note(alt, "nothing to show")]
    told = f"{title}: {sums.rules_in_words}; {sums.money_in_words}" if sums.judged else title
    apart = "; ".join(filter(None, (sums.undetermined_in_words, apart)))
    return _style.finished(
        alt.hconcat(*parts, spacing=40),
        title,
        "; ".join(filter(None, (sums.money_in_words if sums.judged else "", apart))),
        "; ".join(filter(None, (told, apart))) + ".",
    )


@dataclass
class _Sums:
    """What a table comes to."""

    ledgers: bool
    rows: int = 0
    """Tickets or claims, with those that cannot be read."""
    judged: int = 0
    barred: dict[str, int] = field(default_factory=dict)
    """By rule how many tickets or claims; of ledgers without reconciliations."""
    reconciliations: int = 0
    """Those barred, in ledgers."""
    undetermined: int = 0
    """Claims that are, or tickets with payments that are."""
    money: Counter[tuple[date, str]] = field(default_factory=Counter)
    """Dollars by month and status."""
    unpriced: Counter[date] = field(default_factory=Counter)
    """By month how many payments have no published rate."""

    @property
    def by_rule(self) -> list[tuple[str, int]]:
        """How many tickets or claims each rule bars, most first."""
        return sorted(self.barred.items(), key=lambda of: (-of[1], of[0]))

    @property
    def rules_in_words(self) -> str:
        none = "no barred payment in this table" if self.ledgers else "no rule denies a claim"
        return ", ".join(f"{rule} bars {count:,}" for rule, count in self.by_rule[:5]) or none

    @property
    def money_in_words(self) -> str:
        by_month: Counter[date] = Counter()
        for (at, _), amount in sorted(self.money.items()):
            by_month[at] += amount
        told = []
        if by_month:
            (most, _), total = by_month.most_common(1)[0], sum(by_month.values(), Decimal(0))
            months = f"{_style.many(len(by_month), 'month')}, most in " if len(by_month) > 1 else ""
            kinds = " or ".join(kind for kind in _style.MARKS if any(kind == of for _, of in self.money))
            told.append(f"${total:,.0f} {kinds} in {months}{_style.spelled(most.isoformat())}")
        if self.unpriced:
            told.append(_style.unpriced(self.unpriced.total()))
        return ", and ".join(told) or "nothing paid or payable in this table"

    @property
    def undetermined_in_words(self) -> str:
        if not self.undetermined:
            return ""
        if self.ledgers:
            return f"{_style.many(self.undetermined, 'ticket')} with undetermined payments"
        return f"{_style.many(self.undetermined, 'claim')} undetermined"


def _sums(table: Any) -> tuple[_Sums, Any]:
    """What a table comes to, and its columns."""
    columnar = hasattr(type(table), "columns") or hasattr(type(table), "schema")
    fast = columnar and hasattr(table, "__arrow_c_stream__") and not hasattr(table, "iloc") and find_spec("polars")
    held: Any = {}
    if fast:
        held = import_module("polars").DataFrame(table)
    elif columnar:
        held = table if isinstance(table, ttw.Table) else _tables.columns(table) or {}
    names = next((names for names in (_LEDGERS, _CLAIMS) if all(name in _names(held) for name in names)), None)
    if names is None:
        raise TypeError(
            "a population is a table of ledgers or of decisions; give what ttw.ledger_batch or ttw.decide_batch gave"
        )
    sums = _Sums(names == _LEDGERS)
    (_by_polars if fast else _by_hand)(sums, held, *names)
    return sums, held


def _by_polars(sums: _Sums, frame: Any, row: str, payment: str, kind: str, month: str, amount: str, rules: str) -> None:
    """Adds up millions of rows."""
    of = import_module("polars").col
    sums.rows, sums.judged = frame[row].n_unique(), frame.filter(of(kind).is_not_null())[row].n_unique()
    sums.undetermined = frame.filter(of(kind) == _UNDETERMINED)[row].n_unique()
    barred = frame.select(row, payment, rules).filter(of(rules).list.len() > 0)
    apart = (of(payment) == "reconciliation") & sums.ledgers
    sums.reconciliations = barred.filter(apart).height
    by_rule = barred.filter(~apart).explode(rules).group_by(rules).agg(of(row).n_unique())
    sums.barred = dict(by_rule.iter_rows())
    paid = frame.select(month, kind, amount).filter(of(month).is_not_null()).group_by(month, kind)
    counted = paid.agg(of(amount).sum(), some=of(amount).count(), none=of(amount).null_count())
    for at, which, dollars, some, none in counted.iter_rows():
        if some:
            sums.money[at, which] = dollars
        if none and which in _style.MARKS:
            sums.unpriced[at] += none


def _by_hand(sums: _Sums, held: Any, row: str, payment: str, kind: str, month: str, amount: str, rules: str) -> None:
    """Adds up without Polars."""
    rows, kinds = held[row], held[kind]
    judged = {place for place, of in zip(rows, kinds, strict=True) if of is not None}
    sums.rows, sums.judged = len(set(rows)), len(judged)
    sums.undetermined = len({place for place, of in zip(rows, kinds, strict=True) if of == _UNDETERMINED})
    barred: set[tuple[int, str]] = set()
    for place, of, why in zip(rows, held[payment], held[rules], strict=True):
        if why and sums.ledgers and of == "reconciliation":
            sums.reconciliations += 1
        elif why:
            barred.update((place, rule) for rule in why)
    sums.barred = Counter(rule for _, rule in barred)
    for at, which, dollars in zip(held[month], kinds, held[amount], strict=True):
        if at is not None and dollars is not None:
            sums.money[at, which] += dollars
        elif at is not None and which in _style.MARKS:
            sums.unpriced[at] += 1


def _names(held: Any) -> Collection[str]:
    """The names of the columns."""
    names: Collection[str] = getattr(held, "columns", held)
    return names


def _only(held: Any, name: str) -> str | None:
    """The one word of a column, where there is one."""
    found = {str(value) for value in held[name] if value is not None} if name in _names(held) else set()
    return found.pop() if len(found) == 1 else None


def _note(alt: Any, text: str) -> Any:
    """Words in the place of a picture."""
    words = alt.Chart(alt.Data(values=[{"text": text}])).mark_text(align="left", fontSize=12, color=_style.BLACK)
    return words.encode(x=alt.value(0), text="text:N").properties(width=220, height=60)


def _rules(alt: Any, sums: _Sums, width: int) -> Any:
    """What bars payments, rule by rule, and below it what is undetermined."""
    if not sums.barred and not sums.undetermined:
        return _note(alt, sums.rules_in_words)
    names = {rule.id: _named(rule) for rule in ttw.rules()}
    fills = _style.STATUS
    rows: list[dict[str, Any]] = [
        {"rule": rule, "name": names.get(rule, rule), "count": count, "fill": fills["unavailable"]}
        for rule, count in sums.by_rule
    ]
    noun = "Tickets" if sums.ledgers else "Claims"
    told = ["that a rule bars" if sums.ledgers else "that a rule denies"] if rows else []
    if sums.undetermined:
        told.append("with undetermined payments" if sums.ledgers else "that are undetermined")
        name = f"{_style.SIGNS[_UNDETERMINED]}  {_UNDETERMINED}"
        rows.append({"name": name, "count": sums.undetermined, "fill": fills[_UNDETERMINED]})
    title = [f"{noun} {' or '.join(told)}"]
    if sums.reconciliations:
        title.append(f"({_style.many(sums.reconciliations, 'barred reconciliation')} left out)")
    ticks = min(max(row["count"] for row in rows), 5)
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("count:Q", title=title, axis=alt.Axis(tickMinStep=1, format=",d", tickCount=ticks)),
            y=alt.Y("name:N", title=None, sort=[row["name"] for row in rows]),
            color=alt.Color("fill:N", scale=None),
            tooltip=[alt.Tooltip("name:N", title="Rule"), alt.Tooltip("count:Q", title=noun, format=",d")],
        )
    )
    numbers = bars.mark_text(align="left", dx=4).encode(
        color=alt.value(_style.BLACK), text=alt.Text("count:Q", format=",d")
    )
    return alt.layer(bars, numbers).properties(width=width, height=alt.Step(24))


def _named(rule: Any) -> str:
    """A rule's id, and its name as people write it."""
    return f"{rule.id}  {' '.join(_WRITTEN.get(word, word) for word in rule.name.split('_'))}"


def _money(alt: Any, sums: _Sums, width: int) -> Any:
    """The money of each month; above it the months with payments that have no amount."""
    months = sorted({at for at, _ in sums.money} | set(sums.unpriced))
    if not months:
        return _note(alt, sums.money_in_words)
    first, last = months[0].isoformat(), months[-1].isoformat()
    spare = max(_MONTHS - since(first, last) - 1, 0)
    span = [day(plus(first, -(spare // 2))), day(plus(last, 1 + spare - spare // 2))]
    x = alt.X(
        "yearmonth(month):T",
        title="Month of attainment",
        scale=alt.Scale(domain=span),
        axis=_style.month_axis(alt, 6),
    )
    month = alt.Tooltip("yearmonth(month):T", title="Month", format="%b %Y")
    rows = [
        {"month": day(at.isoformat()[:7]), "status": kind, "dollars": float(amount)}
        for (at, kind), amount in sorted(sums.money.items())
    ]
    shown = [kind for kind in _style.MARKS if any(kind == of for _, of in sums.money)]
    colours = alt.Scale(domain=shown, range=[_style.STATUS[kind] for kind in shown])
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y("dollars:Q", title="Dollars", axis=alt.Axis(format="$,.0f")),
            color=alt.Color("status:N", title="Money", scale=colours),
            tooltip=[month, "status:N", alt.Tooltip("dollars:Q", format="$,.0f")],
        )
    )
    return alt.layer(bars, *_unpriced(alt, sums, x, month)).properties(width=width, height=260)


def _unpriced(alt: Any, sums: _Sums, x: Any, month: Any) -> list[Any]:
    """A cell above each month that has payments without a published rate, with its words after the last."""
    rows = [{"month": day(at.isoformat()[:7]), "payments": count} for at, count in sorted(sums.unpriced.items())]
    cells = alt.Chart(alt.Data(values=rows)).mark_rect(fill=_style.WHITE, stroke=_style.BLACK, strokeWidth=0.7)
    words = alt.Chart(alt.Data(values=rows[-1:])).mark_text(align="left", dx=10, fontSize=11, color=_style.BLACK)
    return [
        cells.encode(x=x, y=alt.value(-10), y2=alt.value(-4), tooltip=[month, alt.Tooltip("payments:Q", format=",d")]),
        words.encode(x=x, y=alt.value(-7), text=alt.value("no published rate")),
    ]
