"""A ledger as a row of squares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ttw
from ttw.plot import _style

if TYPE_CHECKING:
    from ttw import Ledger, LedgerRow

_LANES = {"p1m": "Phase 1", "p2m": "Phase 2", "outcome": "Outcomes", "reconciliation": "Reconciliation"}


def plot_ledger(ledger: Ledger, *, width: int = 760) -> Any:
    """Draws a ledger: a square for each payment that the ticket can carry, by its status, with the totals.

    Args:
        ledger: The ledger.
        width: The width in pixels.

    Returns:
        An Altair chart.

    Raises:
        ImportError: Altair is not installed.
        TypeError: This is no ledger.

    Examples:
        >>> import pytest, ttw
        >>> _ = pytest.importorskip("altair")
        >>> from ttw.plot import plot_ledger
        >>> ledger = ttw.ledger(ttw.example()["case"], provider="EN-A", as_of="2017-09-15")
        >>> print(plot_ledger(ledger).to_dict()["usermeta"]["alt"])
        Ledger of EN-A as of 2017-09-15, ticket T-0001: 1 paid ($1,398), 1 payable ($1,398), 50 pending ($22,540 ...
    """
    if not isinstance(ledger, ttw.Ledger):
        raise TypeError(
            f"plot_ledger draws what ttw.ledger gave, not {type(ledger).__name__}; for a case call ttw.ledger first"
        )
    alt = _style.altair()
    rows = []
    for row in ledger:
        kind, number = _style.numbered(row.payment)
        rows.append(
            {
                "lane": _LANES[kind],
                "number": number or 1,
                "payment": row.payment,
                "status": row.status,
                "month": row.attained_in or "",
                "amount": "" if row.amount is None else f"${row.amount:,.0f}",
                "rules": ", ".join(row.blocked_by),
                "sign": _style.SIGNS[row.status],
                "ink": _style.ink(_style.STATUS[row.status]),
            }
        )
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(
            "number:O",
            title="Number of the payment",
            axis=alt.Axis(labelAngle=0, values=[1, *range(5, len(rows), 5)]),
        ),
        y=alt.Y("lane:N", title=None, sort=list(_LANES.values())),
    )
    squares = base.mark_rect(stroke=_style.OUTLINE, strokeWidth=1).encode(
        fill=alt.Fill(
            "status:N",
            title="Status",
            scale=alt.Scale(domain=list(_style.STATUS), range=list(_style.STATUS.values())),
            legend=alt.Legend(
                orient="bottom",
                labelExpr=_style.signed(_style.SIGNS),
                symbolType="square",
                symbolStrokeColor=_style.OUTLINE,
            ),
        ),
        tooltip=[
            alt.Tooltip(f"{name}:N", title=name.capitalize())
            for name in ("payment", "status", "month", "amount", "rules")
        ],
    )
    signs = base.mark_text(fontSize=13, fontWeight="bold").encode(text="sign:N", color=alt.Color("ink:N", scale=None))
    chart = alt.layer(squares, signs).properties(width=width, height=alt.Step(30))
    title = f"Ledger of {ledger.provider} as of {ledger.as_of}" + (f", ticket {ledger.ticket}" if ledger.ticket else "")
    words = _words(ledger)
    return _style.finished(chart, title, f"{words}. Policy {ledger.policy}.", f"{title}: {words}.")


def _words(ledger: Ledger) -> str:
    """How many rows have each status, and what they come to."""
    told = []
    for status in _style.STATUS:
        rows = [row for row in ledger if row.status == status]
        money = _money(ledger, rows) if rows else ""
        told += [f"{len(rows)} {status}{f' ({money})' if money else ''}"] if rows else []
    return ", ".join(told)


def _money(ledger: Ledger, rows: list[LedgerRow]) -> str:
    """What rows of one status come to; nothing where they cannot be paid."""
    totals, status = ledger.totals, rows[0].status
    if status == "pending":
        if totals.potential is None:
            return f"no published rate of {ledger.as_of.year}"
        apart = ", without the reconciliation" if rows[-1].payment == "reconciliation" else ""
        return f"${totals.potential:,.0f} at the rates of {ledger.as_of.year}{apart}"
    if status not in _style.MARKS:
        return ""
    unpriced = sum(row.amount is None for row in rows)
    amount = totals.paid if status == "paid" else totals.payable
    return f"${amount:,.0f}" + (f", and {_style.unpriced(unpriced)}" if unpriced else "")
