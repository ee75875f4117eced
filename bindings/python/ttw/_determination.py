"""The answer to a question."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, cast

from ttw._answer import Answer, Judged, frozen, maybe, unheard_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reason(Answer):
    """What one rule said.

    Examples:
        >>> import ttw
        >>> reason = ttw.decide(ttw.example()).reason("P1-02")
        >>> reason.holds, reason.facts["needed"]
        (True, 3)
    """

    __slots__ = ()

    @property
    def rule(self) -> str:
        """The rule's id, for `ttw.rule`."""
        return cast(str, self._values["rule"])

    @property
    def holds(self) -> bool | None:
        """True, False, or None where it cannot be known."""
        return cast("bool | None", self._values["holds"])

    @property
    def text(self) -> str:
        """One sentence."""
        return cast(str, self._values["text"])

    @property
    def facts(self) -> Mapping[str, Any]:
        """The numbers of the sentence as JSON has them; a rule that fails has those by which it fails."""
        return cast("Mapping[str, Any]", frozen(self._values["facts"]))

    @property
    def source(self) -> str:
        """Law and documents."""
        return cast(str, self._values["source"])

    def __repr__(self) -> str:
        return f"<Reason {self.rule} holds={self.holds}: {self.text}>"


class Missing(Answer):
    """A fact or parameter that is not known, and what it would settle.

    Examples:
        >>> import ttw
        >>> question = ttw.example()
        >>> question["case"]["benefits"] = []
        >>> missing = ttw.decide(question).missing[0]
        >>> missing.path, missing.month, missing.title
        ('/case/benefits', '2016-08', 't2')
    """

    __slots__ = ()

    @property
    def path(self) -> str:
        """A JSON pointer to where it would stand."""
        return cast(str, self._values["path"])

    @property
    def month(self) -> str | None:
        """The month it is about, `YYYY-MM`."""
        return cast("str | None", self._values["month"])

    @property
    def title(self) -> Literal["t2", "t16"] | None:
        """The record it is about."""
        return cast('Literal["t2", "t16"] | None', self._values["title"])

    @property
    def settles(self) -> tuple[str, ...]:
        """Ids of the rules that it would settle."""
        return tuple(self._values["settles"])


class NextChange(Answer):
    """Earnings that one month would need.

    Examples:
        >>> import ttw
        >>> ttw.NextChange({"month": "2016-09", "title": "t2", "basis": "earned", "at_least": "810.00"}).at_least
        Decimal('810.00')
    """

    __slots__ = ()

    @property
    def month(self) -> str:
        """The month, `YYYY-MM`."""
        return cast(str, self._values["month"])

    @property
    def title(self) -> Literal["t2", "t16"]:
        """The record whose basis counts."""
        return cast('Literal["t2", "t16"]', self._values["title"])

    @property
    def basis(self) -> Literal["earned", "paid"]:
        """By which date earnings belong to the month."""
        return cast('Literal["earned", "paid"]', self._values["basis"])

    @property
    def at_least(self) -> Decimal:
        """The least earnings of the month, in dollars."""
        return Decimal(self._values["at_least"])


class Next(Answer):
    """The least that would make the payment payable.

    Examples:
        >>> import ttw
        >>> ttw.Next({"text": "One more month.", "changes": [], "by": "2017-02"}).by
        '2017-02'
    """

    __slots__ = ()

    @property
    def text(self) -> str:
        """In words."""
        return cast(str, self._values["text"])

    @property
    def changes(self) -> tuple[NextChange, ...]:
        """Earnings that are needed; none when another month is payable as the case stands."""
        return tuple(NextChange(values) for values in self._values["changes"])

    @property
    def by(self) -> str | None:
        """The month for which the payment could then be claimed, `YYYY-MM`."""
        return cast("str | None", self._values["by"])


class AmountBasis(Answer):
    """How an amount came about.

    Examples:
        >>> import ttw
        >>> basis = ttw.decide(ttw.example()).amount_basis
        >>> basis.base, basis.year, basis.percent, basis.title
        (Decimal('1165.22'), 2016, Decimal('120'), 't2')
    """

    __slots__ = ()

    @property
    def base(self) -> Decimal | None:
        """The payment calculation base in dollars; None for a published rate and for an unknown one."""
        return maybe(Decimal, self._values["base"])

    @property
    def year(self) -> int:
        """The year of the base."""
        return cast(int, self._values["year"])

    @property
    def percent(self) -> Decimal:
        """The percentage of the base."""
        return Decimal(self._values["percent"])

    @property
    def title(self) -> Literal["t2", "t16"]:
        """The record of the base."""
        return cast('Literal["t2", "t16"]', self._values["title"])

    @property
    def count(self) -> int | None:
        """For the reconciliation, how many payments have this rate."""
        return cast("int | None", self._values.get("count"))


class Determination(Judged):
    """The decision on one claim, with every rule that was consulted.

    Examples:
        >>> import ttw
        >>> answer = ttw.decide(ttw.example())
        >>> answer
        <Determination p1m2 for 2016-08 by EN-A: payable, $1,398>
        >>> [reason.rule for reason in answer.reasons if reason.holds is not True]
        []
    """

    __slots__ = ()

    @property
    def decision(self) -> Literal["payable", "not_payable", "undetermined"]:
        """`payable`, `not_payable` or `undetermined`."""
        return cast('Literal["payable", "not_payable", "undetermined"]', self._values["decision"])

    @property
    def payment(self) -> str:
        """The payment, with its number filled in."""
        return cast(str, self._values["payment"])

    @property
    def month(self) -> str:
        """The claimed month, `YYYY-MM`."""
        return cast(str, self._values["month"])

    @property
    def provider(self) -> str:
        """Who claims."""
        return cast(str, self._values["provider"])

    @property
    def amount(self) -> Decimal | None:
        """Whole dollars; None unless payable, or where the year's rate is not published."""
        return maybe(Decimal, self._values["amount"])

    @property
    def amount_basis(self) -> AmountBasis | tuple[AmountBasis, ...] | None:
        """How the amount came about; for the reconciliation one entry a rate."""
        basis = self._values["amount_basis"]
        return tuple(AmountBasis(rate) for rate in basis) if isinstance(basis, list) else maybe(AmountBasis, basis)

    @property
    def attained_in(self) -> str | None:
        """The month of attainment, `YYYY-MM`."""
        return cast("str | None", self._values["attained_in"])

    @property
    def earnings_basis(self) -> Literal["earned", "paid"] | None:
        """By which date earnings belong to the month."""
        return cast('Literal["earned", "paid"] | None', self._values["earnings_basis"])

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every rule that was consulted, in the order of the register."""
        return tuple(Reason(values) for values in self._values["reasons"])

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is not known and would settle it."""
        return tuple(Missing(values) for values in self._values["missing"])

    @property
    def next(self) -> Next | None:
        """The least that would make it payable; None when it is, and when nothing can."""
        return maybe(Next, self._values["next"])

    def reason(self, rule: str) -> Reason:
        """Gives what one rule said.

        Args:
            rule: The rule's id, such as `LB-02`.

        Returns:
            Its reason.

        Raises:
            KeyError: The rule was not consulted; it says which were.

        Examples:
            >>> import ttw
            >>> ttw.decide(ttw.example()).reason("P1-02").facts["months"]
            ('2016-06', '2016-07', '2016-08')
        """
        consulted = {values["rule"]: values for values in self._values["reasons"]}
        if rule not in consulted:
            raise unheard_of("rule among those that were consulted", rule, consulted)
        return Reason(consulted[rule])

    def explain(self) -> str:
        """Tells the decision and its reasons in plain text, what decides first.

        Examples:
            >>> import ttw
            >>> print(ttw.decide(ttw.example()).explain()[:55])
            p1m2 for 2016-08 by EN-A: payable, $1,398
            holds  PAR-01
        """
        words = {True: "holds", False: "fails", None: "open"}
        order = sorted(self.reasons, key=lambda reason: (reason.holds is True, reason.holds is None))
        lines = [repr(self).removeprefix("<Determination ").removesuffix(">")]
        lines += [f"{words[reason.holds]:5}  {reason.rule}  {reason.text} ({reason.source})" for reason in order]
        return "\n".join([*lines, *([] if self.next is None else [f"next   {self.next.text}"])])

    def __repr__(self) -> str:
        from ttw import _html

        amount = _html.dollars(self.amount)
        decided = self.decision if amount is None else f"{self.decision}, {amount}"
        return f"<Determination {self.payment} for {self.month} by {self.provider}: {decided}>"

    def _repr_html_(self) -> str:
        from ttw import _html

        asked = f"{self.payment} for {self.month} by {self.provider}"
        parts = [_html.paragraph(_html.decision(self.decision), f" {asked}", _html.html(self._amount_in_words()))]
        rows = [(reason.rule, _html.holds(reason.holds), reason.text, reason.source) for reason in self.reasons]
        parts.append(_html.table("Reasons", ("Rule", "Holds", "Why", "Source"), rows))
        if self.missing:
            unknown = [(fact.path, fact.month, fact.title, ", ".join(fact.settles)) for fact in self.missing]
            parts.append(_html.table("Not known", ("Where", "Month", "Record", "Would settle"), unknown))
        if self.next is not None:
            parts.append(_html.paragraph("Next: ", self.next.text))
        parts.append(_html.paragraph(f"Policy {self.policy}, rules {self.rules_version}"))
        return "".join(parts)

    def _amount_in_words(self) -> str:
        from ttw import _html

        if self.decision != "payable":
            return ""
        return f": {_html.dollars(self.amount) or 'the rate of the year is not published'}"
