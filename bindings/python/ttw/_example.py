"""A question, a caseload and a panel to try things with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from ttw import _plain, _ttw

if TYPE_CHECKING:
    from random import Random

    from ttw._batch import ArrowStream

_QUESTION = """
{
  "case": {
    "ticket": {
      "id": "T-0001",
      "terminates_in": null,
      "assignments": [
        {"provider": "EN-A", "kind": "en", "payment_system": "outcome_milestone", "assigned_on": "2016-05-20",
         "unassigned_on": null, "plan_signed_on": "2016-05-18", "plan_received_on": "2016-05-25",
         "services_completed_on": "2017-02-01"}
      ]
    },
    "beneficiary": {"title": "t2", "blind": false},
    "benefits": [{"title": "t2", "from": "2014-01", "to": null, "status": "current_pay"}],
    "earnings": [
      {"month": "2016-06", "earned": "900.00", "paid": "880.00"},
      {"month": "2016-08", "earned": "912.50"}
    ],
    "pay_statements": [
      {"employer": "Acme Bakery", "period_start": "2016-07-01", "period_end": "2016-07-15",
       "pay_date": "2016-07-20", "gross": "450.00", "kind": "wages"},
      {"employer": "Acme Bakery", "period_start": "2016-07-16", "period_end": "2016-07-31",
       "pay_date": "2016-08-05", "gross": "460.00", "kind": "wages"}
    ],
    "state_vr_cases": [{"agency": "VR-CO", "closed_on": "2014-03-01", "successful": false, "cost_reimbursed": false}],
    "payments": [{"payment": "p1m1", "month": "2016-06", "provider": "EN-A", "amount": "1398.00", "half_twl": false}]
  },
  "claim": {"payment": "p1m2", "month": "2016-08", "provider": "EN-A"},
  "requested_on": "2017-09-15",
  "policy": "operations"
}
"""


def example() -> dict[str, Any]:
    """Gives a question about an invented person, to try things with.

    Returns:
        A new dict each time, in the form of the contract. Its claim is payable.

    Examples:
        >>> import ttw
        >>> question = ttw.example()
        >>> sorted(question)
        ['case', 'claim', 'policy', 'requested_on']
        >>> ttw.decide(question).decision
        'payable'
    """
    question: dict[str, Any] = json.loads(_QUESTION)
    return question


def example_caseload(count: int, *, seed: int = 411) -> list[dict[str, Any]]:
    """Gives cases of so many invented people, to try things with.

    Each has a ticket that was assigned to `EN-A` in 2019 and worked at a level of their own from some month of 2019 or
    2020 to the end of 2021; about three in ten had a successful case with a State agency before. Nothing has been paid.

    Args:
        count: How many.
        seed: Other numbers give other people; the same number gives the same ones.

    Returns:
        A new list of cases each time, `T-0001` and on.

    Raises:
        TypeError: `count` or `seed` is no whole number.

    Examples:
        >>> import ttw
        >>> ttw.unclaimed(ttw.example_caseload(300), provider="EN-A", as_of="2022-03-15").provider
        'EN-A'
        >>> ttw.example_caseload(2)[1]["ticket"]["id"]
        'T-0002'
    """
    from random import Random

    luck = Random(_plain.whole("seed", seed))  # noqa: S311
    return [_invented(number, luck) for number in range(1, _plain.whole("count", count, "people") + 1)]


def _invented(number: int, luck: Random) -> dict[str, Any]:
    level = luck.choice([500, 800, 1000, 1400, 2000])
    months = [f"{year}-{month:02}" for year in (2019, 2020, 2021) for month in range(1, 13)]
    worked = months[luck.randrange(4, 20) :]
    assignment = {
        "provider": "EN-A",
        "kind": "en",
        "payment_system": "outcome_milestone",
        "assigned_on": f"2019-{luck.randrange(2, 10):02}-15",
        "services_completed_on": "2020-06-01",
    }
    closed = [] if luck.random() > 0.3 else [_closure(luck)]
    return {
        "ticket": {"id": f"T-{number:04}", "assignments": [assignment]},
        "beneficiary": {"title": "t2", "blind": False},
        "benefits": [{"title": "t2", "from": "2015-01", "to": None, "status": "current_pay"}],
        "earnings": [{"month": month, "earned": f"{max(level + luck.randrange(-250, 250), 0)}.00"} for month in worked],
        "state_vr_cases": closed,
        "payments": [],
    }


def _closure(luck: Random) -> dict[str, Any]:
    return {
        "agency": "VR-CO",
        "closed_on": f"{luck.randrange(2012, 2019)}-06-30",
        "successful": True,
        "cost_reimbursed": luck.random() < 0.5,
    }


def example_panel() -> ArrowStream:
    """Gives a panel of one invented ticket over twelve months, to try things with.

    Returns:
        Arrow data with `id` and the columns that `milestones_batch` needs.

    Examples:
        >>> import ttw
        >>> ttw.milestones_batch(ttw.example_panel()).column("p1m1")
        [datetime.date(2016, 6, 1)]
    """
    return cast("ArrowStream", _ttw.example_panel())
