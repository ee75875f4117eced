"""One case, month by month."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import ttw
from ttw.plot import _story, _style
from ttw.plot._style import day, plus, since

if TYPE_CHECKING:
    from datetime import date

    from ttw._plain import Input, Policy
    from ttw.plot._story import Story

_HEIGHT = 220
_LANES = {
    "p1m1": "Milestone 1",
    "p1m2": "Milestone 2",
    "p1m3": "Milestone 3",
    "p1m4": "Milestone 4",
    "p2m": "Phase 2",
    "outcome": "Outcomes",
    "reconciliation": "Reconciliation",
}
_KINDS = {"en": "Employment Network", "state_vr_as_en": "State VR as a network", "state_vr": "State VR agency"}


def plot_timeline(
    case: Input, *, provider: str, as_of: date | str, policy: Policy = "operations", width: int = 760
) -> Any:
    """Draws a case month by month: earnings against the levels, benefits, assignments, and what was attained.

    Args:
        case: A case, as `ttw.ledger` takes it.
        provider: Whose payments.
        as_of: The day.
        policy: `operations` or `regulation`.
        width: The width in pixels.

    Returns:
        An Altair chart. Earnings are those that the engine counts, by pay period or by day of pay; of a concurrent
        ticket both are drawn, each in its half of the month.

    Raises:
        TtwError: With all that is wrong with the case.
        ImportError: Altair is not installed.

    Examples:
        >>> import pytest, ttw
        >>> _ = pytest.importorskip("altair")
        >>> from ttw.plot import plot_timeline
        >>> chart = plot_timeline(ttw.example()["case"], provider="EN-A", as_of="2017-09-15")
        >>> print(chart.to_dict()["usermeta"]["alt"][:69])
        Timeline of ticket T-0001 from November 2014 to September 2017; earni
    """
    alt = _style.altair()
    story = _story.read(case, provider, as_of, policy)
    # The axis that all parts share.
    scale = alt.Scale(domain=[day(story.months[0]), day(plus(story.months[-1], 1))])
    shared = alt.X("from:T", title=None, scale=scale, axis=_style.month_axis(alt, 12))
    hidden = alt.X("from:T", title=None, scale=scale, axis=None)
    earnings = alt.layer(*_earnings(alt, story, shared, width), *_above(alt, story, shared))
    parts = (
        earnings.properties(width=width, height=_HEIGHT),
        _strips(alt, story, hidden, width).properties(width=width, height=alt.Step(24)),
        _payments(alt, story, shared, width).properties(width=width, height=alt.Step(26)),
    )
    chart = alt.vconcat(*parts, spacing=8)
    ledger = story.ledger
    paler = any(at >= story.over for at, _, _ in story.earnings)
    return _style.finished(
        chart.resolve_scale(color="independent", fill="independent", shape="independent", strokeDash="independent"),
        f"Ticket {story.case['ticket']['id']}, seen by {ledger.provider} on {ledger.as_of}",
        f"Policy {ledger.policy}." + (" Months that were not over on that day are paler." if paler else ""),
        story.words(),
    )


def _data(alt: Any, rows: list[dict[str, Any]]) -> Any:
    return alt.Chart(alt.Data(values=rows))


def _key(alt: Any, signs: dict[str, str] | None = None) -> Any:
    """A key of squares with a line round them."""
    labels = {"labelExpr": _style.signed(signs)} if signs else {}
    return alt.Legend(symbolStrokeColor=_style.OUTLINE, symbolType="square", **labels)


def _halves(story: Story, at: str, basis: str) -> dict[str, str]:
    """From when to when a bar stands: in its half of the month where both bases are drawn."""
    ends = [day(at), day(f"{at}-16"), day(plus(at, 1))]
    if len(story.bases) == 1:
        return {"from": ends[0], "to": ends[2]}
    half = story.bases.index(basis)
    return {"from": ends[half], "to": ends[half + 1]}


def _earnings(alt: Any, story: Story, x: Any, width: int) -> list[Any]:
    """Earnings, and the lines of the levels with a white edge."""
    rows = [
        {
            **_halves(story, at, basis),
            "month": at,
            "basis": _story.BASES[basis],
            "dollars": float(amount),
            "over": at < story.over,
        }
        for at, basis, amount in story.earnings
    ]
    bases = [_story.BASES[basis] for basis in story.bases]
    fills = dict(zip(bases, (_style.BARS, _style.WHITE), strict=False))
    drawn = [basis for basis in bases if any(row["basis"] == basis for row in rows)]
    names, levels = _levels(story)
    highest = max((row["dollars"] for row in (*rows, *levels)), default=1)
    money = alt.Y(
        "dollars:Q",
        title=["Earnings in a month, dollars,", " and ".join(bases)],
        scale=alt.Scale(domain=[0, 1.06 * highest]),
        axis=alt.Axis(format="$,.0f", tickCount=6),
    )
    scale = alt.Scale(domain=drawn, range=[fills[basis] for basis in drawn])
    bars = _data(alt, rows).mark_rect(stroke=_style.OUTLINE, strokeWidth=min(0.8, width / len(story.months) / 8))
    lines = _data(alt, levels)
    level = {"title": "Level", "scale": alt.Scale(domain=names, range=list(_style.LEVELS))}
    dash = {"title": "Level", "scale": alt.Scale(domain=names, range=[[1, 0], [6, 3]])}
    return [
        bars.encode(
            x=x,
            x2="to:T",
            y=money,
            y2=alt.datum(0),
            fill=alt.Fill("basis:N", title="Earnings", scale=scale, legend=_key(alt) if drawn else None),
            opacity=alt.condition("datum.over", alt.value(1), alt.value(0.4)),
            tooltip=["month:N", "basis:N", alt.Tooltip("dollars:Q", format="$,.2f")],
        ),
        lines.mark_line(interpolate="step-after", strokeWidth=5, color=_style.WHITE).encode(
            x=x, y=money, detail="level:N"
        ),
        lines.mark_line(interpolate="step-after", strokeWidth=2.5).encode(
            x=x, y=money, color=alt.Color("level:N", **level), strokeDash=alt.StrokeDash("level:N", **dash)
        ),
    ]


def _above(alt: Any, story: Story, x: Any) -> list[Any]:
    """What stands above the plot, each on a line of its own: later days lower, so that no line runs through a label."""
    parts = []
    label = {"color": _style.BLACK, "fontSize": 11}
    if story.look_back:
        start, end = day(plus(story.first_assigned, -story.look_back)), day(story.first_assigned[:7])
        window = _data(alt, [{"from": start, "to": end, "what": f"look-back, {story.look_back} months"}])
        parts.append(window.mark_rect(color=_style.BLACK).encode(x=x, x2="to:T", y=alt.value(-7), y2=alt.value(-4)))
        told = window.mark_text(align="right", baseline="bottom", dx=-3, **label)
        parts.append(told.encode(x="to:T", y=alt.value(-8), text="what:N"))
    for line, (at, what) in enumerate(reversed(story.events), start=2):
        event, top = _data(alt, [{"from": day(at), "what": what}]), alt.value(-14 * line)
        parts += _line(event, x=x, y=top, y2=alt.value(_HEIGHT))
        parts.append(event.mark_text(align="left", baseline="top", dx=4, **label).encode(x=x, y=top, text="what:N"))
    return parts


def _days(alt: Any, story: Story, x: Any) -> list[Any]:
    return _line(_data(alt, [{"from": day(at)} for at, _ in story.events]), x=x)


def _line(event: Any, **place: Any) -> list[Any]:
    """A dotted line that is seen on every colour."""
    white = event.mark_rule(color=_style.WHITE, strokeWidth=3, opacity=0.8)
    return [white.encode(**place), event.mark_rule(color=_style.BLACK, strokeDash=[2, 2]).encode(**place)]


def _levels(story: Story) -> tuple[list[str], list[dict[str, Any]]]:
    """The levels of each year, as far as they are published."""
    blind = bool(story.case["beneficiary"].get("blind"))
    levels = {
        "trial work level": "trial_work_level",
        "SGA, blind" if blind else "SGA": "sga_blind" if blind else "sga_non_blind",
    }
    rows = []
    for level, name in levels.items():
        by_year = {value.from_[:4]: float(str(value.amount)) for value in ttw.parameters()[name].values}
        known = [at for at in story.months if at[:4] in by_year]
        shown = [at for at in known if at == known[0] or at.endswith("-01")]
        rows += [{"from": day(at), "level": level, "dollars": by_year[at[:4]]} for at in shown]
        if known:
            rows.append({"from": day(plus(known[-1], 1)), "level": level, "dollars": by_year[known[-1][:4]]})
    return list(levels), rows


def _strips(alt: Any, story: Story, x: Any, width: int) -> Any:
    """Benefits by record, and assignments by provider."""
    benefits, assignments = _benefits(story, width), _assignments(story, width)
    lanes = list(dict.fromkeys(row["lane"] for row in (*benefits, *assignments)))
    place = {"x": x, "y": alt.Y("lane:N", title=None, scale=alt.Scale(domain=lanes))}
    used = [word for word in _style.BENEFITS if any(row["status"] == word for row in benefits)]
    fills = alt.Scale(domain=used, range=[_style.BENEFITS[word] for word in used])
    status = alt.Fill("status:N", title="Benefits", scale=fills, legend=_key(alt, _style.BENEFIT_SIGNS))
    colour, ink = (alt.Color(f"{name}:N", scale=None) for name in ("colour", "ink"))
    edge = {"stroke": _style.OUTLINE, "strokeWidth": 0.7}
    months = [alt.Tooltip(f"{name}:T", format="%b %Y") for name in ("from", "to")]
    words = _data(alt, [*benefits, *assignments]).encode(**place, text="text:N")
    text = {"align": "left", "dx": 3, "fontSize": 10}
    return alt.layer(
        _data(alt, benefits).mark_rect(**edge).encode(**place, x2="to:T", fill=status, tooltip=["status:N", *months]),
        _data(alt, assignments).mark_rect(**edge).encode(**place, x2="to:T", color=colour, tooltip=["kind:N", *months]),
        *_days(alt, story, x),
        words.mark_text(**text, strokeWidth=4).encode(stroke=alt.Stroke("colour:N", scale=None)),
        words.mark_text(**text).encode(color=ink),
    )


def _benefits(story: Story, width: int) -> list[dict[str, Any]]:
    return [
        {
            "from": day(first),
            "to": day(plus(last, 1)),
            "lane": record,
            "status": word,
            "colour": _style.BENEFITS[word],
            "text": _written(story, width, first, plus(last, 1), word, _style.BENEFIT_SIGNS[word]),
            "ink": _style.ink(_style.BENEFITS[word]),
        }
        for record, word, first, last in story.records
    ]


def _assignments(story: Story, width: int) -> list[dict[str, Any]]:
    """Those of the provider that asks are darker."""
    end = f"{plus(story.months[-1], 1)}-01"
    rows = []
    for assignment in story.case["ticket"]["assignments"]:
        until = min(assignment.get("unassigned_on") or end, end)
        kind = _KINDS[assignment["kind"]]
        colour = _style.OUTLINE if assignment["provider"] == story.ledger.provider else _style.BARS
        rows.append(
            {
                "from": day(assignment["assigned_on"]),
                "to": day(until),
                "lane": f"with {assignment['provider']}",
                "kind": kind,
                "colour": colour,
                "text": _written(story, width, assignment["assigned_on"], until, kind),
                "ink": _style.ink(colour),
            }
        )
    return rows


def _written(story: Story, width: int, start: str, end: str, *texts: str) -> str:
    """The first of some texts that has room."""
    room = width * since(start, end) / len(story.months)
    return next((text for text in texts if 5.2 * len(text) + 5 <= room), "")


def _lane(payment: str) -> str:
    return _LANES.get(payment) or _LANES[_style.numbered(payment)[0]]


def _payments(alt: Any, story: Story, x: Any, width: int) -> Any:
    """Marks in the middle of the month of attainment, and in words what is barred or not known."""
    points = [
        {
            "from": day(f"{row.attained_in}-16"),
            "month": row.attained_in,
            "lane": _lane(row.payment),
            "payment": row.payment,
            "status": row.status,
            "amount": "not published" if row.amount is None else f"${row.amount:,.0f}",
        }
        for row in story.ledger
        if row.attained_in is not None
    ]
    lane = alt.Y("lane:N", title=None, scale=alt.Scale(domain=list(_LANES.values())), axis=alt.Axis(grid=True))
    drawn = [status for status in _style.MARKS if any(point["status"] == status for point in points)]
    colours = alt.Scale(domain=drawn, range=[_style.STATUS[status] for status in drawn])
    shapes = alt.Scale(domain=drawn, range=[_style.MARKS[status] for status in drawn])
    # Without a mark there is no key.
    key = {"title": "Payments"} if drawn else {"title": "Payments", "legend": None}
    marks = (
        _data(alt, points)
        .mark_point(filled=True, size=80, opacity=1, stroke=_style.BLACK, strokeWidth=0.7)
        .encode(
            x=x,
            y=lane,
            color=alt.Color("status:N", scale=colours, **key),
            shape=alt.Shape("status:N", scale=shapes, **key),
            tooltip=["payment:N", "status:N", "month:N", "amount:N"],
        )
    )
    texts = []
    for row in _refused(story, {point["lane"] for point in points}):
        for edge in ({"stroke": _style.WHITE, "strokeWidth": 4}, {}):
            text = _data(alt, [row]).mark_text(align="left", dy=row["dy"], fontSize=10, limit=width - 8, **edge)
            texts.append(text.encode(x=alt.value(4), y=lane, text="label:N"))
    return alt.layer(*_days(alt, story, x), *texts, marks)


def _refused(story: Story, marked: set[str]) -> list[dict[str, Any]]:
    """A line of words for each lane, below its marks if there are some."""
    texts: dict[str, list[str]] = {}
    for refused, why in story.refused:
        for lane, rows in groupby(refused, lambda row: _lane(row.payment)):
            texts.setdefault(lane, []).append(f"{_style.SIGNS[refused[0].status]} {_style.named(rows)} {why}")
    return [{"lane": lane, "label": "; ".join(told), "dy": 12 if lane in marked else 0} for lane, told in texts.items()]
