"""A ledger as a row of squares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ttw.plot import _style

if TYPE_CHECKING:
    from ttw import Ledger

_LANES = {"p1": "Phase 1", "p2": "Phase 2", "ou": "Outcomes", "re": "Reconciliation"}


def plot_ledger(ledger: Ledger, *, width: int = 760) -> Any:
    """Draws a ledger: a square for each payment that the ticket can carry, by its status, with the totals.

    Args:
        ledger: The ledger.
        width: The width in pixels.

    Returns:
        An Altair chart.

    Raises:
        ImportError: Altair is not installed.

    Examples:
        >>> import pytest, ttw
        >>> _ = pytest.importorskip("altair")
        >>> from ttw.plot import plot_ledger
        >>> ledger = ttw.ledger(ttw.example()["case"], provider="EN-A", as_of="2017-09-15")
        >>> print(plot_ledger(ledger).to_dict()["usermeta"]["alt"])
        Ledger of EN-A as of 2017-09-15: 1 paid ($1,398), 1 payable ($1,398), 50 pending.
    """
    alt = _style.altair()
    rows: list[dict[str, Any]] = []
    for row in ledger:
        lane = _LANES[row.payment[:2]]
        digits = "".join(filter(str.isdigit, row.payment.removeprefix("p1").removeprefix("p2")))
        rows.append(
            {
                "lane": lane,
                "number": int(digits or 1),
                "payment": row.payment,
                "status": row.status,
                "month": row.attained_in or "",
                "amount": "" if row.amount is None else f"${row.amount:,.0f}",
                "rules": ", ".join(row.blocked_by),
                "sign": {"paid": "\u25cf", "payable": "\u2713", "unavailable": "\u2717", "undetermined": "?"}.get(
                    row.status, ""
                ),
            }
        )
    highest = max(row["number"] for row in rows)
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(
            "number:O",
            title="Number of the payment",
            axis=alt.Axis(labelAngle=0, values=[1, *range(5, highest + 1, 5)]),
        ),
        y=alt.Y("lane:N", title=None, sort=list(_LANES.values())),
    )
    shown = list(_style.STATUS)
    squares = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=alt.Color(
            "status:N",
            title="Status",
            scale=alt.Scale(domain=shown, range=list(_style.STATUS.values())),
            legend=alt.Legend(orient="bottom"),
        ),
        tooltip=[
            alt.Tooltip(f"{name}:N", title=name.capitalize())
            for name in ("payment", "status", "month", "amount", "rules")
        ],
    )
    signs = base.mark_text(fontSize=12, fontWeight="bold", color="white").encode(text="sign:N")
    chart = alt.layer(squares, signs).properties(width=width, height=alt.Step(30))
    return _style.finished(chart, f"Ledger of {ledger.provider} as of {ledger.as_of}", _words(ledger))


def _words(ledger: Ledger) -> str:
    counts = {status: [row for row in ledger if row.status == status] for status in _style.STATUS}
    told = []
    for status, rows in counts.items():
        money = sum(row.amount or 0 for row in rows)
        if rows:
            told.append(f"{len(rows)} {status}" + (f" (${money:,.0f})" if status in ("paid", "payable") else ""))
    return f"Ledger of {ledger.provider} as of {ledger.as_of}: {', '.join(told)}."
