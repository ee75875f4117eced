"""A case and a question as typed objects. They hold what they are given: the engine judges it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from ttw._plain import Document, Policy

Day: TypeAlias = date | str
"""A date, or `YYYY-MM-DD`."""

Month: TypeAlias = date | str
"""`YYYY-MM`, or any date of the month."""

Money: TypeAlias = Decimal | str
"""US dollars with at most two places, never a float."""


class _Part(Document):
    __slots__ = ()

    def _fields(self) -> Iterable[tuple[str, Any]]:
        return ((field.name.rstrip("_"), getattr(self, field.name)) for field in fields(self))  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment(_Part):
    """An assignment of the ticket to a provider.

    Attributes:
        provider: The caller's id of the provider.
        kind: `en`, `state_vr_as_en`, or `state_vr` (cost reimbursement).
        payment_system: `outcome_milestone` or `outcome_only`; None for `state_vr`.
        assigned_on: The ticket assignment date.
        unassigned_on: None while assigned.
        plan_signed_on: The later of the two signatures.
        plan_received_on: The day on which the program manager received the plan.
        services_completed_on: The day on which the agreed services were substantially completed.

    Examples:
        >>> from datetime import date
        >>> import ttw
        >>> given = ttw.Assignment(provider="EN-A", assigned_on=date(2016, 5, 20))
        >>> given.to_dict()["assigned_on"]
        '2016-05-20'
    """

    provider: str
    kind: Literal["en", "state_vr_as_en", "state_vr"] = "en"
    payment_system: Literal["outcome_milestone", "outcome_only"] | None = "outcome_milestone"
    assigned_on: Day
    unassigned_on: Day | None = None
    plan_signed_on: Day | None = None
    plan_received_on: Day | None = None
    services_completed_on: Day | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticket(_Part):
    """A ticket and its assignments.

    Attributes:
        id: The caller's own id; never a Social Security number.
        terminates_in: The month in which the ticket terminates, or None.
        assignments: One or more, oldest first.

    Examples:
        >>> import ttw
        >>> ttw.Ticket(id="T-1", assignments=[ttw.Assignment(provider="EN-A", assigned_on="2016-05-20")]).id
        'T-1'
    """

    id: str
    terminates_in: Month | None = None
    assignments: Sequence[Assignment]


@dataclass(frozen=True, kw_only=True, slots=True)
class Beneficiary(_Part):
    """The person.

    Attributes:
        title: `t2`, `t16` or `concurrent`, on the day of the question.
        blind: Statutorily blind.

    Examples:
        >>> import ttw
        >>> ttw.Beneficiary(title="t2", blind=False).to_dict()
        {'title': 't2', 'blind': False}
    """

    title: Literal["t2", "t16", "concurrent"]
    blind: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Benefit(_Part):
    """The status of one record over a range of months.

    Attributes:
        title: The record, `t2` or `t16`.
        from_: First month; `from` in JSON.
        to: Last month, included; None is open.
        status: The status word.
        federal_cash: Required for `t16` in `current_pay`: whether there is a federal cash amount.

    Examples:
        >>> from datetime import date
        >>> import ttw
        >>> ttw.Benefit(title="t2", from_=date(2014, 1, 1), status="current_pay").to_dict()
        {'title': 't2', 'from': '2014-01', 'to': None, 'status': 'current_pay', 'federal_cash': None}
    """

    title: Literal["t2", "t16"]
    from_: Month
    to: Month | None = None
    status: Literal["current_pay", "suspended_work", "suspended_other", "ended_work", "ended_other"]
    federal_cash: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthlyEarnings(_Part):
    """Posted earnings of one month, in dollars.

    Attributes:
        month: The month; one entry a month.
        earned: By the end of the pay period. None: taken from the pay statements.
        paid: By pay date. None: taken from the pay statements.

    Examples:
        >>> from decimal import Decimal
        >>> import ttw
        >>> ttw.MonthlyEarnings(month="2016-06", earned=Decimal("900.00")).to_dict()
        {'month': '2016-06', 'earned': '900.00', 'paid': None}
    """

    month: Month
    earned: Money | None = None
    paid: Money | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PayStatement(_Part):
    """A pay statement.

    Attributes:
        period_start: First day of the pay period.
        period_end: Last day of the pay period.
        pay_date: The day of payment.
        gross: Gross wages, or net earnings from self-employment, in dollars.
        kind: `wages`, `self_employment` or `not_earnings`.
        employer: The employer's name.

    Examples:
        >>> import ttw
        >>> slip = ttw.PayStatement(
        ...     period_start="2016-07-01", period_end="2016-07-15", pay_date="2016-07-20", gross="450.00", kind="wages"
        ... )
        >>> slip.to_dict()["gross"]
        '450.00'
    """

    employer: str | None = None
    period_start: Day
    period_end: Day
    pay_date: Day
    gross: Money
    kind: Literal["wages", "self_employment", "not_earnings"]


@dataclass(frozen=True, kw_only=True, slots=True)
class StateVrCase(_Part):
    """A case of a State vocational rehabilitation agency.

    Attributes:
        agency: The id that the agency carries as a provider, where it is one.
        closed_on: The day of closure, or None.
        successful: Closed successfully.
        cost_reimbursed: Paid under cost reimbursement.

    Examples:
        >>> import ttw
        >>> ttw.StateVrCase(agency="VR-CO", closed_on="2014-03-01", successful=False, cost_reimbursed=False).agency
        'VR-CO'
    """

    agency: str
    closed_on: Day | None = None
    successful: bool
    cost_reimbursed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketPayment(_Part):
    """A payment that was made on the ticket, to any provider.

    Attributes:
        payment: `p1m1` to `p1m4`, `p2m1` to `p2m18`, `outcome1` to `outcome60`, or `reconciliation`.
        month: The month for which it was paid.
        provider: To whom.
        amount: Whole dollars; a split payment is one entry with the whole amount.
        half_twl: Whether milestone 1 was paid for half of the trial work level.

    Examples:
        >>> import ttw
        >>> ttw.TicketPayment(payment="p1m1", month="2016-06", provider="EN-A", amount="1398.00").half_twl
        False
    """

    payment: str
    month: Month
    provider: str
    amount: Money
    half_twl: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Case(_Part):
    """The facts of one ticket.

    Attributes:
        ticket: The ticket and its assignments.
        beneficiary: The person.
        benefits: Status by month; a month in no range is unknown.
        earnings: Posted totals; a month with no entry and no statement has none.
        pay_statements: Evidence.
        state_vr_cases: Cases of State agencies.
        payments: What has been paid on the ticket.

    Examples:
        >>> import ttw
        >>> case = ttw.Case(
        ...     ticket=ttw.Ticket(id="T-1", assignments=[ttw.Assignment(provider="EN-A", assigned_on="2016-05-20")]),
        ...     beneficiary=ttw.Beneficiary(title="t2", blind=False),
        ... )
        >>> ttw.ledger(case, provider="EN-A", as_of="2017-09-15")["p1m1"].status
        'pending'
    """

    ticket: Ticket
    beneficiary: Beneficiary
    benefits: Sequence[Benefit] = ()
    earnings: Sequence[MonthlyEarnings] = ()
    pay_statements: Sequence[PayStatement] = ()
    state_vr_cases: Sequence[StateVrCase] = ()
    payments: Sequence[TicketPayment] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim(_Part):
    """What is claimed.

    Attributes:
        payment: A payment's name; `p2` and `outcome` are the next one due.
        month: The claimed month; it must be over on the day of the request.
        provider: Who claims.

    Examples:
        >>> from datetime import date
        >>> import ttw
        >>> ttw.Claim(payment="p1m2", month=date(2016, 8, 1), provider="EN-A").to_dict()
        {'payment': 'p1m2', 'month': '2016-08', 'provider': 'EN-A'}
    """

    payment: str
    month: Month
    provider: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Question(_Part):
    """Is this payment due?

    Attributes:
        case: The facts.
        claim: What is claimed.
        requested_on: The day of the request.
        policy: `operations` (the checklist) or `regulation` (20 CFR part 411 read strictly).

    Examples:
        >>> import ttw
        >>> claim = ttw.Claim(payment="p1m2", month="2016-08", provider="EN-A")
        >>> question = ttw.Question(case=ttw.example()["case"], claim=claim, requested_on="2017-09-15")
        >>> ttw.decide(question).payment
        'p1m2'
    """

    case: Case | Mapping[str, Any]
    claim: Claim | Mapping[str, Any]
    requested_on: Day
    policy: Policy = "operations"
