"""Decides, explains and compares payments of the United States Ticket to Work program.

One case goes in, as a dict, as JSON text or as typed objects; one explained decision comes out. Every answer names the
rules that it rests on, each with its source in law, says what is missing, and says what would make the payment due.

    >>> import ttw
    >>> ttw.decide(ttw.example())
    <Determination p1m2 for 2016-08 by EN-A: payable, $1,398>

Money is never a float: amounts go in as decimal strings or `decimal.Decimal` and come out as `decimal.Decimal`, in US
dollars. No answer depends on the clock, the network or the machine: days are always arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ttw import verification
from ttw._batch import Milestones
from ttw._cases import cases
from ttw._codes import Code, Codes
from ttw._comparison import Change, Comparison
from ttw._determination import AmountBasis, Determination, Missing, Next, NextChange, Reason
from ttw._engine import Engine
from ttw._example import example, example_caseload, example_panel
from ttw._ledger import Ledger, LedgerRow, Progress, Totals
from ttw._parameters import Parameter, Parameters, ParameterValue
from ttw._problem import Problem, Problems, TtwError
from ttw._rules import Difference, Rule, Rules
from ttw._shares import Share, Split, Transition
from ttw._unclaimed import Basis, PaymentSum, Unclaimed, UnclaimedRow, UnclaimedTicket, UnclaimedTotals, Why
from ttw._validation import Intake, NaturalKey, Validation

if TYPE_CHECKING:
    from ttw._case import (
        Assignment,
        Beneficiary,
        Benefit,
        Case,
        Claim,
        MonthlyEarnings,
        PayStatement,
        Question,
        StateVrCase,
        Ticket,
        TicketPayment,
    )
    from ttw._scenario import Scenario
    from ttw._table import Table
    from ttw._what_if import NextMonths, WhatIf

_engine = Engine()
decide = _engine.decide
ledger = _engine.ledger
compare = _engine.compare
split = _engine.split
transition = _engine.transition
unclaimed = _engine.unclaimed
validate = _engine.validate
milestones_batch = _engine.milestones_batch
explain = _engine.explain
ledger_batch = _engine.ledger_batch
decide_batch = _engine.decide_batch
compare_batch = _engine.compare_batch
validate_batch = _engine.validate_batch
scenario = _engine.scenario
codes = _engine.codes
rules = _engine.rules
rule = _engine.rule
parameters = _engine.parameters
version = _engine.version

__all__ = [
    "AmountBasis",
    "Assignment",
    "Basis",
    "Beneficiary",
    "Benefit",
    "Case",
    "Change",
    "Claim",
    "Code",
    "Codes",
    "Comparison",
    "Determination",
    "Difference",
    "Engine",
    "Intake",
    "Ledger",
    "LedgerRow",
    "Milestones",
    "Missing",
    "MonthlyEarnings",
    "NaturalKey",
    "Next",
    "NextChange",
    "NextMonths",
    "Parameter",
    "ParameterValue",
    "Parameters",
    "PayStatement",
    "PaymentSum",
    "Problem",
    "Problems",
    "Progress",
    "Question",
    "Reason",
    "Rule",
    "Rules",
    "Scenario",
    "Share",
    "Split",
    "StateVrCase",
    "Table",
    "Ticket",
    "TicketPayment",
    "Totals",
    "Transition",
    "TtwError",
    "Unclaimed",
    "UnclaimedRow",
    "UnclaimedTicket",
    "UnclaimedTotals",
    "Validation",
    "WhatIf",
    "Why",
    "cases",
    "codes",
    "compare",
    "compare_batch",
    "decide",
    "decide_batch",
    "example",
    "example_caseload",
    "example_panel",
    "explain",
    "ledger",
    "ledger_batch",
    "milestones_batch",
    "parameters",
    "rule",
    "rules",
    "scenario",
    "split",
    "transition",
    "unclaimed",
    "validate",
    "validate_batch",
    "verification",
    "version",
]


if not TYPE_CHECKING:
    _LATER = {
        "NextMonths": "ttw._what_if",
        "Scenario": "ttw._scenario",
        "Table": "ttw._table",
        "WhatIf": "ttw._what_if",
    }

    def __getattr__(name: str) -> object:
        """Loads when first used what whoever decides one case does not wait for."""
        if name in __all__:
            from importlib import import_module

            globals()[name] = value = getattr(import_module(_LATER.get(name, "ttw._case")), name)
            return value
        raise AttributeError(f"module 'ttw' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
