"""Whatever is given, the engine answers or says what is wrong: there is no third way out."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ttw

WORDS = [
    "t2", "t16", "concurrent", "en", "state_vr", "state_vr_as_en", "outcome_only", "outcome_milestone", "current_pay",
    "suspended_work", "ended_work", "ended_other", "p1m1", "p1m4", "p2", "p2m18", "outcome", "outcome60",
    "reconciliation", "EN-A", "VR-CO", "2016-08", "2016-08-20", "0001-01", "9999-12", "9999-12-31", "0.00", "840.00",
    "1398.00", "-1.00", "79228162514264337593543950335.00", "92233720368547758.07", "operations", "regulation", "",
    "900-12-3456",
]  # fmt: skip
NAMES = [
    "case", "claim", "requested_on", "policy", "ticket", "beneficiary", "benefits", "earnings", "pay_statements",
    "state_vr_cases", "payments", "id", "assignments", "title", "blind", "month", "earned", "from", "to", "status",
]  # fmt: skip
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.dates(min_value=date(1, 1, 1)),
    st.datetimes(min_value=datetime(1, 1, 1)),
    st.sampled_from(WORDS),
    st.text(),
    st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(lambda day: day.isoformat()),
    st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.decimals(0, 9999, places=2).map(str),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner, max_size=4),
    max_leaves=12,
)
MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document below its root."""
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    else:
        return []
    return [place for key, item in items for place in ((*at, key), *places(item, (*at, key)))]


PLACES = places(ttw.example())


@st.composite
def changed_questions(draw: st.DrawFn) -> dict[str, Any]:
    """The example with some of its values replaced, removed or repeated."""
    question = ttw.example()
    for _ in range(draw(st.integers(1, 4))):
        *way, last = draw(st.sampled_from(PLACES))
        with suppress(KeyError, IndexError, TypeError):
            inner: Any = question
            for key in way:
                inner = inner[key]
            match draw(st.sampled_from(["replace", "replace", "remove", "repeat"])):
                case "replace":
                    inner[last] = draw(JSON)
                case "remove":
                    del inner[last]
                case _:
                    inner.append(copy.deepcopy(inner[last])) if isinstance(inner, list) else None
    return question


def judged(ask: Any, *arguments: Any, **named: Any) -> None:
    """Asks, and reads all of the answer."""
    try:
        answer = ask(*arguments, **named)
    except ttw.TtwError as error:
        assert error.problems
        assert all(problem.message.endswith(".") for problem in error.problems)
        assert ttw.TtwError.from_json(error.to_json()).problems == error.problems
        assert str(error)
        assert error._repr_html_()
    except TypeError:
        pass
    else:
        assert type(answer)(answer.to_dict()) == answer
        assert repr(answer)
        for name in (name for name in vars(type(answer)) if not name.startswith("__")):
            assert callable(getattr(answer, name)) or getattr(answer, name) == getattr(answer, name)
        if hasattr(answer, "_repr_html_"):
            assert answer._repr_html_()


@MANY
@given(JSON)
def test_any_values(value: Any) -> None:
    judged(ttw.decide, value)
    judged(ttw.ledger, value, provider=value, as_of=value, policy=value)
    judged(ttw.compare, value, value, provider="EN-A", as_of="2017-09-15")
    judged(ttw.split, value, value)
    judged(ttw.transition, title=value, payment_system=value, paid_to_date=value, milestones_paid=value)


@MANY
@given(changed_questions())
def test_changed_questions(question: dict[str, Any]) -> None:
    judged(ttw.decide, question)


@MANY
@given(changed_questions(), st.sampled_from(["operations", "regulation"]), st.dates(date(2010, 1, 1), date(2030, 1, 1)))
def test_changed_cases(question: dict[str, Any], policy: str, day: date) -> None:
    case = question.get("case")
    judged(ttw.ledger, case, provider="EN-A", as_of=day, policy=policy)
    judged(ttw.compare, ttw.example()["case"], case, provider="EN-A", as_of=day, policy=policy)


@MANY
@given(st.binary() | st.text() | JSON.map(lambda value: json.dumps(value, default=str)))
def test_any_text(text: bytes | str) -> None:
    judged(ttw.decide, text)
    judged(ttw.ledger, text, provider="EN-A", as_of="2017-09-15")
    judged(ttw.compare, text, text, provider="EN-A", as_of="2017-09-15")


@MANY
@given(st.integers(0, 999_999_999), st.lists(st.integers(0, 100), max_size=5))
def test_shares_add_up(dollars: int, cuts: list[int]) -> None:
    marks = [0, *sorted(cuts), 100]
    shares = {f"EN-{index}": high - low for index, (low, high) in enumerate(pairwise(marks))}
    split = ttw.split(Decimal(dollars), shares)
    assert sum(share.amount for share in split) == split.amount == dollars
    for share in split:
        assert abs(share.amount - split.amount * share.percent / 100) < 1


@MANY
@given(st.text())
def test_any_name(text: str) -> None:
    judged(ttw.parameters, text)
    judged(ttw.Engine, {text: text})
