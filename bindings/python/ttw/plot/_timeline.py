"""One case, month by month."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ttw._tables import documents
from ttw.plot import _style
from ttw.plot._style import month

if TYPE_CHECKING:
    from datetime import date

    from ttw._plain import Input, Policy

# The months before the first assignment that a milestone's look-back can reach.
_LOOK_BACK = 18


def plot_timeline(
    case: Input, *, provider: str, as_of: date | str, policy: Policy = "operations", width: int = 760
) -> Any:
    """Draws a case month by month: earnings against the levels, benefits, the look-back, and what was attained.

    Args:
        case: A case, as `ttw.ledger` takes it.
        provider: Whose payments.
        as_of: The day.
        policy: `operations` or `regulation`.
        width: The width in pixels.

    Returns:
        An Altair chart. Earnings are those that the case posts by pay period end (else by pay date), or the sum of its
        pay statements.

    Raises:
        TtwError: With all that is wrong with the case.
        ImportError: Altair is not installed.

    Examples:
        >>> import pytest, ttw
        >>> _ = pytest.importorskip("altair")
        >>> from ttw.plot import plot_timeline
        >>> chart = plot_timeline(ttw.example()["case"], provider="EN-A", as_of="2017-09-15")
        >>> print(chart.to_dict()["usermeta"]["alt"][:54])
        Timeline of ticket T-0001 from November 2014 to August
    """
    import ttw
    from ttw._scenario import _case

    alt = _style.altair()
    ledger = ttw.ledger(case, provider=provider, as_of=as_of, policy=policy)
    values = _case(documents([case])[0])
    assigned = min(a["assigned_on"] for a in values["ticket"]["assignments"] if a["kind"] != "state_vr")[:7]
    earnings = _earnings(values)
    attained = [row for row in ledger if row.attained_in is not None]
    named = [*earnings, assigned, *(row.attained_in for row in attained if row.attained_in)]
    first = min([_plus(assigned, -_LOOK_BACK), *named])
    last = max([_plus(str(ledger.as_of), -1), *named])
    months = [_plus(first, at) for at in range(_since(first, last) + 1)]

    # The axis that all parts share; each part has the same span.
    span = [month(first), month(_plus(last, 1))]
    shared = alt.X("from:T", title=None, scale=alt.Scale(domain=span), axis=alt.Axis(format="%b %Y", tickCount=12))
    hidden = alt.X("from:T", title=None, scale=alt.Scale(domain=span), axis=None)

    bars = [
        {"from": month(at), "to": month(_plus(at, 1)), "month": at, "dollars": float(earnings[at]), "none": 0}
        for at in months
        if at in earnings
    ]
    blind = bool(values["beneficiary"].get("blind"))
    levels = _levels(months, blind)
    window = [{"from": month(_plus(assigned, -_LOOK_BACK)), "to": month(assigned), "what": "look-back, 18 months"}]
    money = alt.Y("dollars:Q", title="Earnings in a month, dollars", axis=alt.Axis(format="$,.0f", tickCount=6))
    back = alt.Chart(alt.Data(values=window)).mark_rect(color=_style.SKY, opacity=0.22).encode(x=shared, x2="to:T")
    told = (
        alt.Chart(alt.Data(values=window))
        .mark_text(align="left", baseline="top", dx=6, dy=4, color=_style.BLACK, fontSize=11)
        .encode(x=shared, y=alt.value(0), text="what:N")
    )
    earned = (
        alt.Chart(alt.Data(values=bars))
        .mark_rect(color=_style.GREY, stroke="white", strokeWidth=0.7)
        .encode(
            x=shared,
            x2="to:T",
            y=money,
            y2="none:Q",
            tooltip=[alt.Tooltip("month:N", title="Month"), alt.Tooltip("dollars:Q", title="Earnings", format="$,.2f")],
        )
    )
    kinds = ["trial work level", "SGA, blind" if blind else "SGA"]
    lines = (
        alt.Chart(alt.Data(values=levels))
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=shared,
            y=money,
            color=alt.Color(
                "level:N",
                title="Level",
                scale=alt.Scale(domain=kinds, range=[_style.BLUE, _style.VERMILION]),
                legend=alt.Legend(orient="right", symbolStrokeWidth=2.5),
            ),
            strokeDash=alt.StrokeDash("level:N", title="Level", scale=alt.Scale(domain=kinds, range=[[1, 0], [6, 3]])),
        )
    )
    start = (
        alt.Chart(alt.Data(values=[{"from": month(assigned), "what": "first assigned"}]))
        .mark_rule(color=_style.BLACK, strokeDash=[2, 2])
        .encode(x=shared)
    )
    begun = start.mark_text(baseline="bottom", dy=-3, color=_style.BLACK, fontSize=11).encode(
        x=shared, y=alt.value(0), text="what:N"
    )
    top = alt.layer(back, earned, lines, start, told, begun).properties(width=width, height=220)

    benefits = _benefits(values, first, last)
    words_used = [word for word in _style.BENEFITS if any(row["status"] == word for row in benefits)]
    status = alt.Chart(alt.Data(values=benefits))
    record = alt.Y("record:N", title=None, sort=["title II", "title XVI"])
    strip = (
        status.mark_rect(stroke="white")
        .encode(
            x=hidden,
            x2="to:T",
            y=record,
            color=alt.Color(
                "status:N",
                title="Benefits",
                scale=alt.Scale(domain=words_used, range=[_style.BENEFITS[word] for word in words_used]),
                legend=alt.Legend(orient="right") if words_used else None,
            ),
            tooltip=[alt.Tooltip("record:N", title="Record"), alt.Tooltip("status:N", title="Benefits")],
        )
        .properties(width=width, height=alt.Step(24))
    )

    points, blocked = _payments(ledger, span[0])
    lanes = ["Phase 1", "Phase 2", "Outcomes"]
    lane = alt.Y("lane:N", title=None, sort=lanes, scale=alt.Scale(domain=lanes))
    marks = (
        alt.Chart(alt.Data(values=points))
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            x=shared,
            y=lane,
            color=_status_scale(alt, "color"),
            shape=_status_scale(alt, "shape"),
            tooltip=[
                alt.Tooltip("payment:N", title="Payment"),
                alt.Tooltip("status:N", title="Status"),
                alt.Tooltip("month:N", title="Month"),
                alt.Tooltip("amount:N", title="Amount"),
            ],
        )
    )
    labels = (
        alt.Chart(alt.Data(values=[point for point in points if point["label"]]))
        .mark_text(dy=-11, fontSize=10, color=_style.BLACK)
        .encode(x=shared, y=lane, text="label:N")
    )
    barred = (
        alt.Chart(alt.Data(values=blocked))
        .mark_text(align="left", dx=4, dy=11, fontSize=10, color=_style.VERMILION, fontWeight="bold", limit=width - 10)
        .encode(x=shared, y=lane, text="label:N")
    )
    bottom = alt.layer(marks, labels, barred).properties(width=width, height=150)

    words = _words(values, ledger, months, earnings)
    chart = alt.vconcat(top, strip, bottom, spacing=8)
    chart = chart.resolve_scale(color="independent", shape="independent", strokeDash="independent")
    return _style.finished(
        chart, f"Ticket {values['ticket']['id']}, seen by {ledger.provider} on {ledger.as_of}", words
    )


def _status_scale(alt: Any, channel: str) -> Any:
    shown = list(_style.MARKS)
    ends = [_style.STATUS[status] for status in shown] if channel == "color" else list(_style.MARKS.values())
    kind = alt.Color if channel == "color" else alt.Shape
    return kind("status:N", title="Payments", scale=alt.Scale(domain=shown, range=ends))


def _plus(at: str, count: int) -> str:
    total = int(at[:4]) * 12 + int(at[5:7]) - 1 + count
    return f"{total // 12:04}-{total % 12 + 1:02}"


def _since(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])


def _earnings(case: dict[str, Any]) -> dict[str, Decimal]:
    """What the case says of each month: the posted total, or else the sum of its pay statements."""
    sums: dict[str, Decimal] = {}
    for statement in case.get("pay_statements") or []:
        if statement["kind"] != "not_earnings":
            at = statement["period_end"][:7]
            sums[at] = sums.get(at, Decimal(0)) + Decimal(statement["gross"])
    for entry in case.get("earnings") or []:
        posted = entry.get("earned") or entry.get("paid")
        if posted is not None:
            sums[entry["month"]] = Decimal(posted)
    return sums


def _levels(months: list[str], blind: bool) -> list[dict[str, Any]]:
    """The levels of each year, as far as they are published."""
    import ttw

    sga = "sga_blind" if blind else "sga_non_blind"
    named = {"trial work level": "trial_work_level", "SGA, blind" if blind else "SGA": sga}
    by_year: dict[tuple[str, str], Decimal] = {}
    for level, name in named.items():
        for value in ttw.parameters()[name].values:
            by_year[level, value.from_[:4]] = Decimal(str(value.amount))
    rows = []
    for level in named:
        known = [at for at in months if (level, at[:4]) in by_year]
        shown = [at for at in known if at == known[0] or at.endswith("-01")]
        rows += [{"from": month(at), "level": level, "dollars": float(by_year[level, at[:4]])} for at in shown]
        if known:
            end = by_year[level, known[-1][:4]]
            rows.append({"from": month(_plus(known[-1], 1)), "level": level, "dollars": float(end)})
    return rows


_RECORDS = {"t2": "title II", "t16": "title XVI"}
_SUPPLEMENT = "supplement"
_STATUSES = dict(
    zip(
        ("current_pay", "suspended_work", "suspended_other", "ended_work", "ended_other", _SUPPLEMENT),
        _style.BENEFITS,
        strict=True,
    )
)


def _benefits(case: dict[str, Any], first: str, last: str) -> list[dict[str, Any]]:
    rows = []
    for benefit in case.get("benefits") or []:
        start, end = max(benefit["from"], first), min(benefit.get("to") or last, last)
        if start <= end:
            rows.append(
                {
                    "from": month(start),
                    "to": month(_plus(end, 1)),
                    "record": _RECORDS[benefit["title"]],
                    "status": _status(benefit),
                }
            )
    return rows


def _status(benefit: dict[str, Any]) -> str:
    """The status in words: pay without federal cash is the State's alone."""
    supplement = benefit["status"] == "current_pay" and benefit.get("federal_cash") is False
    return _STATUSES[_SUPPLEMENT if supplement else benefit["status"]]


def _lane(payment: str) -> str:
    return {"p1": "Phase 1", "p2": "Phase 2"}.get(payment[:2], "Outcomes")


def _payments(ledger: Any, start: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Points for what was attained, and a line of words for what is barred or not known in each lane."""
    points: list[dict[str, Any]] = []
    barred: dict[tuple[str, str], list[str]] = {}
    for row in ledger:
        if row.attained_in is not None:
            label = row.payment.removeprefix("p1").upper() if row.payment.startswith("p1") else ""
            points.append(
                {
                    "from": month(row.attained_in),
                    "month": row.attained_in,
                    "lane": _lane(row.payment),
                    "payment": row.payment,
                    "status": row.status,
                    "amount": "not published" if row.amount is None else f"${row.amount:,.0f}",
                    "label": label,
                }
            )
        elif row.status in ("unavailable", "undetermined"):
            barred.setdefault((_lane(row.payment), ", ".join(row.blocked_by)), []).append(row.payment)
    lines: dict[str, list[str]] = {}
    for (lane, rules), payments in barred.items():
        which = payments[0] if len(payments) == 1 else f"{payments[0]} to {payments[-1]}"
        lines.setdefault(lane, []).append(f"\u2717 {which} barred by {rules}" if rules else f"? {which} undetermined")
    return points, [{"from": start, "lane": lane, "label": ";  ".join(texts)} for lane, texts in lines.items()]


def _benefits_in_words(case: dict[str, Any], months: list[str]) -> list[str]:
    """What each record was from which month on."""
    told: dict[str, list[str]] = {}
    for benefit in sorted(case.get("benefits") or [], key=lambda benefit: benefit["from"]):
        if benefit["from"] <= months[-1] and (benefit.get("to") or months[0]) >= months[0]:
            words = f"{_status(benefit)} from {_style.spelled(benefit['from'])}"
            told.setdefault(_RECORDS[benefit["title"]], []).append(words)
    return [f"{record}: {', '.join(told[record])}" for record in _RECORDS.values() if record in told]


def _words(case: dict[str, Any], ledger: Any, months: list[str], earnings: dict[str, Decimal]) -> str:
    """The picture in words."""
    worked = [at for at in months if earnings.get(at, Decimal(0)) > 0]
    told = [
        f"Timeline of ticket {case['ticket']['id']} from {_style.spelled(months[0])} to {_style.spelled(months[-1])}"
    ]
    told.append(
        f"earnings in {len(worked)} months, at most ${max(earnings.values(), default=Decimal(0)):,.2f}"
        if worked
        else "no earnings"
    )
    told += _benefits_in_words(case, months)
    words = {status: [row.payment for row in ledger if row.status == status] for status in _style.STATUS}
    told += [
        f"{status}: {', '.join(payments[:6])}{f' and {len(payments) - 6} more' if len(payments) > 6 else ''}"
        for status, payments in words.items()
        if payments and status != "pending"
    ]
    barred = sorted({rule for row in ledger for rule in row.blocked_by})
    return "; ".join([*told, *([f"barred by {', '.join(barred)}"] if barred else [])]) + "."
