"""Shares of a payment, and tickets from before July 2008."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, cast

from ttw._answer import Answer, Framed, Listing, counted

if TYPE_CHECKING:
    from ttw._frames import Columns


class Share(Answer):
    """One provider's share of a payment.

    Examples:
        >>> import ttw
        >>> share = ttw.split("1398.00", {"EN-A": 60, "EN-B": 40}).shares[0]
        >>> share.provider, share.percent, share.amount
        ('EN-A', 60, Decimal('839.00'))
    """

    __slots__ = ()

    @property
    def provider(self) -> str:
        """The provider."""
        return cast(str, self._values["provider"])

    @property
    def percent(self) -> int:
        """Its part in percent."""
        return cast(int, self._values["percent"])

    @property
    def amount(self) -> Decimal:
        """Its part in whole dollars."""
        return Decimal(self._values["amount"])

    def __repr__(self) -> str:
        return f"<Share {self.provider} {self.percent}%: {self._values['amount']}>"


class Split(Framed, Listing[Share]):
    """A payment shared between providers: a sequence of shares.

    Examples:
        >>> import ttw
        >>> split = ttw.split("1398.00", {"EN-A": 60, "EN-B": 40})
        >>> split.amount == sum(share.amount for share in split)
        True
    """

    __slots__ = ()
    _parts = "shares"
    _part = Share
    _name = _word = "provider"
    _columns: ClassVar[Columns] = {"provider": "text", "percent": "count", "amount": "dollars"}

    @property
    def amount(self) -> Decimal:
        """The whole payment, in dollars."""
        return Decimal(self._values["amount"])

    @property
    def shares(self) -> tuple[Share, ...]:
        """The shares, in the order in which they were asked for."""
        return self[:]

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules applied."""
        return tuple(self._values["rules"])

    def _records(self) -> list[dict[str, Any]]:
        return [{name: getattr(share, name) for name in self._columns} for share in self]

    def __repr__(self) -> str:
        from ttw import _html

        return f"<Split of {_html.dollars(self.amount)}: {counted(len(self), 'share')}>"

    def _repr_html_(self) -> str:
        from ttw import _html

        rows = [(share.provider, f"{share.percent}%", _html.dollars(share.amount)) for share in self.shares]
        return _html.table(f"Shares of {_html.dollars(self.amount)}", ("Provider", "Percent", "Amount"), rows)


class Transition(Answer):
    """What a ticket from before July 2008 can still carry.

    Examples:
        >>> import ttw
        >>> left = ttw.transition(
        ...     title="t2", payment_system="outcome_milestone", paid_to_date="5000.00", milestones_paid=3
        ... )
        >>> left.next_payment, left.remaining_outcomes, left.total_value
        ('p1m4', 46, Decimal('21299.00'))
    """

    __slots__ = ()

    @property
    def total_value(self) -> Decimal:
        """The ticket's value at the rates of 2008, in dollars."""
        return Decimal(self._values["total_value"])

    @property
    def paid_to_date(self) -> Decimal:
        """What was paid under the old rules, in dollars."""
        return Decimal(self._values["paid_to_date"])

    @property
    def outcome_rate(self) -> Decimal:
        """One outcome payment of 2008, in dollars."""
        return Decimal(self._values["outcome_rate"])

    @property
    def remaining_outcomes(self) -> int:
        """How many outcomes can still be paid."""
        return cast(int, self._values["remaining_outcomes"])

    @property
    def next_payment(self) -> str | None:
        """The next milestone; None under outcome-only."""
        return cast("str | None", self._values["next_payment"])

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules applied."""
        return tuple(self._values["rules"])
