"""What the tests share: the example's question, one like it for every kind of answer, and panels."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import ttw

Json = dict[str, Any]

THREE_YEARS = [
    {"month": f"{year}-{month:02}", "earned": "2000.00"} for year in (2016, 2017, 2018) for month in range(1, 13)
]
STOPPED_FOR_WORK = [
    {"title": "t2", "from": "2014-01", "to": "2016-08", "status": "current_pay"},
    {"title": "t2", "from": "2016-09", "to": None, "status": "suspended_work"},
]

# A plan in which one thing is to be acknowledged.
PLAN = {
    "ssn": "900-12-3456",
    "plan_type": "initial",
    "immediate_services": ["job_placement"],
    "later_services": ["job_retention"],
    "goal_soc_short": "43-4051",
    "expected_earnings_short": "band_751_1039",
    "expected_earnings_long": "band_2001_3500",
    "beneficiary_signed_on": "2026-06-01",
    "beneficiary_signer": "beneficiary",
    "en_signed_on": "2026-06-02",
    "signatures_on_file": True,
    "rights_ack_version": "rights_2026_1",
}
ON_FILE = {
    "organization": {"provider": "EN-A", "ein": "12-3456789", "name": "Example Network", "kind": "en"},
    "roles": ["submitter"],
    "people": [
        {
            "case": {
                "ticket": {"id": "T-0001", "assignments": []},
                "beneficiary": {"title": "t2", "blind": False},
                "benefits": [{"title": "t2", "from": "2015-01", "to": None, "status": "current_pay"}],
            },
            "date_of_birth": "1990-03-10",
        }
    ],
}

# Earnings of a month of services, for verification.
MONTHS: Json = {
    "title": "t2",
    "blind": False,
    "disability": [{"from": "2010-01", "to": None}],
    "months": [{"month": "2016-08", "gross": "810.01", "vrfd": "Y"}],
    "through": "2016-12",
}


@pytest.fixture
def question() -> Json:
    return ttw.example()


@pytest.fixture
def case(question: Json) -> Json:
    return question["case"]


@pytest.fixture
def ask() -> Json:
    """The named arguments of `ledger` and `compare` for the example."""
    return {"provider": "EN-A", "as_of": "2017-09-15"}


@pytest.fixture
def answers(case: Json, question: Json, ask: Json) -> dict[str, Any]:
    """An answer of every kind, among them the decisions that the example does not give."""
    unknown = {**question, "case": {**case, "benefits": []}}
    too_little = {**question, "case": {**case, "earnings": []}}
    reconciliation = {
        "case": {**case, "benefits": STOPPED_FOR_WORK, "earnings": THREE_YEARS, "pay_statements": [], "payments": []},
        "claim": {"payment": "reconciliation", "month": "2018-01", "provider": "EN-A"},
        "requested_on": "2019-09-15",
    }
    fewer = {**case, "earnings": case["earnings"][1:]}
    nothing = {**case, "ticket": {**case["ticket"], "id": "T-0002"}, "earnings": [], "pay_statements": []}
    return {
        "payable": ttw.decide(question),
        "undetermined": ttw.decide(unknown),
        "not_payable": ttw.decide(too_little),
        "reconciliation": ttw.decide(reconciliation),
        "ledger": ttw.ledger(case, **ask),
        "comparison": ttw.compare(case, fewer, **ask),
        "split": ttw.split("1398.00", {"EN-A": 60, "EN-B": 40}),
        # One ticket that brings something, one that does not, one that cannot be read.
        "unclaimed": ttw.unclaimed([case, nothing, {}], **ask),
        "work determination": ttw.verification.work_determination(MONTHS),
        "entry": ttw.verification.vern_entry({**MONTHS, "months": []}, MONTHS["months"][0] | {"work_det": "1"}),
        "review": ttw.verification.review(today="2026-06-15"),
        "transition": ttw.transition(
            title="t16", payment_system="outcome_only", paid_to_date="1000.00", milestones_paid=0
        ),
        "rules": ttw.rules(),
        "rule": ttw.rule("LB-02"),
        "parameters": ttw.parameters(),
        "parameters on": ttw.parameters("2016-08"),
        "validation": ttw.validate("work_plan", PLAN, received_on="2026-06-15", on_file=ON_FILE, people="test"),
        "draft alone": ttw.validate("work_plan", PLAN, received_on="2026-06-15", people="test"),
        "codes": ttw.codes(),
        "code": ttw.codes()["REQ_ENUM"],
    }


@pytest.fixture(scope="session")
def made_up() -> Callable[[int], Any]:
    """Gives panels of so many tickets, always the same."""
    pa = pytest.importorskip("pyarrow")
    types = {
        "title": pa.string(),
        "blind": pa.bool_(),
        "first_month": pa.date32(),
        "first_assigned_on": pa.date32(),
        "earned": pa.list_(pa.int32()),
        "paid": pa.list_(pa.int32()),
        "t2": pa.list_(pa.uint8()),
        "t16": pa.list_(pa.uint8()),
    }

    def panel(rows: int) -> Any:
        dice = random.Random(7)  # noqa: S311
        columns: dict[str, list[Any]] = {name: [] for name in types}
        for _ in range(rows):
            months = dice.randrange(24, 40)
            year = dice.randrange(2010, 2020)
            columns["title"].append(dice.choice(["t2", "t16", "concurrent"]))
            columns["blind"].append(dice.random() < 0.1)
            columns["first_month"].append(date(year, 1, 1))
            columns["first_assigned_on"].append(date(year, dice.randrange(6, 13), dice.randrange(1, 29)))
            for name in ("earned", "paid"):
                columns[name].append([dice.choice([0, 60_000, 90_000, 130_000, 220_000]) for _ in range(months)])
            status = [1] * dice.randrange(10, 40) + [2] * 40
            for name in ("t2", "t16"):
                columns[name].append([code if dice.random() > 0.01 else 255 for code in status[:months]])
        return pa.table({name: pa.array(values, types[name]) for name, values in columns.items()})

    return panel
