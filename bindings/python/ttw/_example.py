"""A question and a panel to try things with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from ttw import _ttw

if TYPE_CHECKING:
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
