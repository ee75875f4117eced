"""Many tickets at once."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ttw.plot import _style
from ttw.plot._style import month

if TYPE_CHECKING:
    from ttw._tables import Table


def plot_population(table: Table, *, width: int = 360) -> Any:
    """Draws a table of ledgers or of decisions: what bars payments, rule by rule, and the money of each month.

    Args:
        table: What `ttw.ledger_batch` or `ttw.decide_batch` gave.
        width: The width of each of the two parts in pixels.

    Returns:
        An Altair chart.

    Raises:
        ImportError: Altair is not installed.
        KeyError: This is no table of ledgers or decisions.

    Examples:
        >>> import pytest, ttw
        >>> _ = pytest.importorskip("altair")
        >>> from ttw.plot import plot_population
        >>> table = ttw.ledger_batch([ttw.example()["case"]] * 3, provider="EN-A", as_of="2017-09-15")
        >>> print(plot_population(table).to_dict()["usermeta"]["alt"])
        3 tickets: nothing is barred; $8,388 paid or payable in 2 months, most in June 2016.
    """
    alt = _style.altair()
    ledgers = "blocked_by" in table
    tickets = len(set(table["row"]))
    barred: Counter[str] = Counter()
    seen: set[tuple[int, str]] = set()
    for row, rules in zip(table["row"], table["blocked_by" if ledgers else "failed"], strict=True):
        for rule in rules:
            if (row, rule) not in seen:
                seen.add((row, rule))
                barred[rule] += 1
    money: Counter[tuple[str, str]] = Counter()
    kinds = table["status"] if ledgers else table["decision"]
    for at, kind, amount in zip(table["attained_in"], kinds, table["amount"], strict=True):
        if at is not None and amount is not None:
            money[at.isoformat()[:7], kind] += amount

    rules = [{"rule": rule, "tickets": count} for rule, count in barred.most_common(15)]
    what = "Tickets that a rule bars" if ledgers else "Claims that a rule denies"
    order = alt.Y("rule:N", title=None, sort=[row["rule"] for row in rules])
    bars = alt.Chart(alt.Data(values=rules)).mark_bar(color=_style.VERMILION)
    counted = bars.encode(
        x=alt.X("tickets:Q", title=what, axis=alt.Axis(tickMinStep=1, format="d", tickCount=5)), y=order
    )
    numbers = counted.mark_text(align="left", dx=4, color=_style.BLACK).encode(text="tickets:Q")
    left = alt.layer(counted, numbers).properties(width=width, height=max(26 * len(rules), 60))

    sums = [
        {"month": month(at), "status": kind, "dollars": float(amount)} for (at, kind), amount in sorted(money.items())
    ]
    shown = [kind for kind in ("paid", "payable") if any(row["status"] == kind for row in sums)] or ["payable"]
    right = (
        alt.Chart(alt.Data(values=sums))
        .mark_bar()
        .encode(
            x=alt.X(
                "yearmonth(month):T", title="Month of attainment", axis=alt.Axis(format="%b %Y", labelOverlap=True)
            ),
            y=alt.Y("dollars:Q", title="Dollars", axis=alt.Axis(format="$,.0f")),
            color=alt.Color(
                "status:N",
                title="Money",
                scale=alt.Scale(domain=shown, range=[_style.STATUS[kind] for kind in shown]),
            ),
            tooltip=[
                alt.Tooltip("yearmonth(month):T", title="Month", format="%b %Y"),
                alt.Tooltip("status:N", title="Status"),
                alt.Tooltip("dollars:Q", title="Dollars", format="$,.0f"),
            ],
        )
        .properties(width=width, height=260)
    )
    words = _words(tickets, barred, money, "tickets" if ledgers else "claims")
    return _style.finished(
        alt.hconcat(left, right, spacing=40), f"{tickets:,} {'tickets' if ledgers else 'claims'}", words
    )


def _words(tickets: int, barred: Counter[str], money: Counter[tuple[str, str]], what: str) -> str:
    by_month: Counter[str] = Counter()
    for (at, _), amount in money.items():
        by_month[at] += amount
    told = ", ".join(f"{rule} bars {count}" for rule, count in barred.most_common(5)) or "nothing is barred"
    if not by_month:
        return f"{tickets} {what}: {told}; no money."
    most = by_month.most_common(1)[0][0]
    total = sum(by_month.values(), Decimal(0))
    money_told = f"${total:,.0f} paid or payable in {len(by_month)} months, most in {_style.spelled(most)}"
    return f"{tickets} {what}: {told}; {money_told}."
