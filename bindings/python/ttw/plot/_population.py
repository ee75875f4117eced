"""Many tickets at once."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ttw._tables import columns
from ttw.plot import _style
from ttw.plot._style import month

if TYPE_CHECKING:
    from ttw._tables import ArrowTable


def plot_population(table: ArrowTable, *, width: int = 360) -> Any:
    """Draws a table of ledgers or of decisions: what bars payments, rule by rule, and the money of each month.

    Args:
        table: What `ttw.ledger_batch` or `ttw.decide_batch` gave, or the same as a table of pyarrow, Polars or pandas.
            What was left out by `statuses` is not in the picture. Rows that cannot be read are counted apart.
        width: The width of each of the two parts in pixels.

    Returns:
        An Altair chart.

    Raises:
        ImportError: Altair is not installed.
        KeyError: This is no table of ledgers or decisions.
        TypeError: This is no table.

    Examples:
        >>> import pytest, ttw
        >>> _ = pytest.importorskip("altair")
        >>> from ttw.plot import plot_population
        >>> table = ttw.ledger_batch([ttw.example()["case"]] * 3, provider="EN-A", as_of="2017-09-15")
        >>> print(plot_population(table).to_dict()["usermeta"]["alt"])
        3 tickets: none of 156 payments is barred; $8,388 paid or payable in 2 months, most in June 2016.
    """
    alt = _style.altair()
    read = columns(table)
    if read is None:
        raise TypeError("a population is a table of ledgers or of decisions")
    ledgers = "blocked_by" in read
    kinds = read["status" if ledgers else "decision"]
    judged = {row for row, kind in zip(read["row"], kinds, strict=True) if kind is not None}
    unread = len(set(read["row"]) - judged)
    pairs = zip(read["row"], read["blocked_by" if ledgers else "failed"], strict=True)
    barred = Counter(rule for _, rule in dict.fromkeys((row, rule) for row, rules in pairs for rule in rules or ()))
    money: Counter[tuple[str, str]] = Counter()
    for at, kind, amount in zip(read["attained_in"], kinds, read["amount"], strict=True):
        if at is not None and amount is not None:
            money[at.isoformat()[:7], kind] += amount

    rules = [{"rule": rule, "tickets": count} for rule, count in barred.most_common(15)]
    ticks = min(max(barred.values(), default=1), 5)
    what = "Tickets that a rule bars" if ledgers else "Claims that a rule denies"
    order = alt.Y("rule:N", title=None, sort=[row["rule"] for row in rules])
    bars = alt.Chart(alt.Data(values=rules)).mark_bar(color=_style.VERMILION)
    counted = bars.encode(
        x=alt.X("tickets:Q", title=what, axis=alt.Axis(tickMinStep=1, format="d", tickCount=ticks)), y=order
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
    title = _style.many(len(judged), "ticket" if ledgers else "claim")
    apart = f"{_style.many(unread, 'row')} cannot be read" if unread else ""
    rows = sum(kind is not None for kind in kinds)
    none = f"none of {_style.many(rows, 'payment')} is barred" if ledgers else "no rule denies one"
    told = ", ".join(f"{rule} bars {count}" for rule, count in barred.most_common(5)) or none
    words = f"{title}: {told}; {_money(money)}" if judged else title
    drawn = alt.hconcat(left, right, spacing=40)
    return _style.finished(
        drawn, ", ".join(filter(None, (title, apart))), "; ".join(filter(None, (words, apart))) + "."
    )


def _money(money: Counter[tuple[str, str]]) -> str:
    """The money in words."""
    by_month: Counter[str] = Counter()
    for (at, _), amount in money.items():
        by_month[at] += amount
    if not by_month:
        return "no money"
    most = by_month.most_common(1)[0][0]
    total = sum(by_month.values(), Decimal(0))
    return f"${total:,.0f} paid or payable in {_style.many(len(by_month), 'month')}, most in {_style.spelled(most)}"
