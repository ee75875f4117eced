"""The rules as the engine has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from ttw._answer import Answer, Framed, Listing

if TYPE_CHECKING:
    from ttw._frames import Columns


class Rule(Answer):
    """One rule of the register.

    Examples:
        >>> import ttw
        >>> rule = ttw.rule("LB-02")
        >>> rule.id, rule.name, rule.heading
        ('LB-02', 'look_back_milestone_2', '18 month look back rule')
        >>> "20 CFR 411.535" in rule.source
        True
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """Its id, as reasons name it."""
        return cast(str, self._values["id"])

    @property
    def name(self) -> str:
        """Its name."""
        return cast(str, self._values["name"])

    @property
    def heading(self) -> str:
        """The heading of the checklist under which it stands, in words."""
        return cast(str, self._values["heading"])

    @property
    def role(self) -> Literal["decides", "explains", "applied elsewhere"]:
        """Whether it can make a payment not payable, only explains, or is applied where `used_in` says."""
        return cast('Literal["decides", "explains", "applied elsewhere"]', self._values["role"])

    @property
    def asked_of(self) -> tuple[str, ...]:
        """The payments it is asked of, when it decides."""
        return tuple(self._values["asked_of"])

    @property
    def used_in(self) -> str:
        """Where it is applied."""
        return cast(str, self._values["used_in"])

    @property
    def summary(self) -> str:
        """The rule in one paragraph."""
        return cast(str, self._values["summary"])

    @property
    def source(self) -> str:
        """Law and documents."""
        return cast(str, self._values["source"])

    @property
    def page(self) -> str:
        """Its page in Markdown: what it says, the reading taken, an example, the sources."""
        return cast(str, self._values["page"])

    def __repr__(self) -> str:
        return f"<Rule {self.id} {self.name}>"

    def _repr_markdown_(self) -> str:
        return f"# {self.id}\n\n{self.page}"


class Difference(Answer):
    """One point on which the two policies differ.

    Examples:
        >>> import ttw
        >>> difference = ttw.rules().policy_differences[0]
        >>> difference.field, difference.regulation_source
        ('look_back', '20 CFR 411.535(a)(1)(ii)')
    """

    __slots__ = ()

    @property
    def field(self) -> str:
        """Its name."""
        return cast(str, self._values["field"])

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules it touches."""
        return tuple(self._values["rules"])

    @property
    def operations(self) -> str:
        """The reading of `operations`."""
        return cast(str, self._values["operations"])

    @property
    def operations_source(self) -> str:
        """The source of that reading."""
        return cast(str, self._values["operations_source"])

    @property
    def regulation(self) -> str:
        """The reading of `regulation`."""
        return cast(str, self._values["regulation"])

    @property
    def regulation_source(self) -> str:
        """The source of that reading."""
        return cast(str, self._values["regulation_source"])

    def __repr__(self) -> str:
        return f"<Difference {self.field}>"


class Rules(Framed, Listing[Rule]):
    """Every rule: a sequence that also finds one by its id.

    As a data frame a row a rule: `rule`, `name`, `heading`, `role`, `asked_of`, `summary`, `source`.

    Examples:
        >>> import ttw
        >>> rules = ttw.rules()
        >>> rules["P1-02"] == ttw.rule("P1-02")
        True
        >>> len(rules) > 50
        True
    """

    __slots__ = ()
    _parts = "rules"
    _part = Rule
    _name, _word = "id", "rule"
    _columns: ClassVar[Columns] = {
        "rule": "text",
        "name": "text",
        "heading": "text",
        "role": "text",
        "asked_of": "texts",
        "summary": "text",
        "source": "text",
    }

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Each rule, in the order of the register."""
        return self[:]

    @property
    def policy_differences(self) -> tuple[Difference, ...]:
        """Every difference between `operations` and `regulation`."""
        return tuple(Difference(values) for values in self._values["policy_differences"])

    @property
    def rules_version(self) -> str:
        """The version of rules and parameters."""
        return cast(str, self._values["rules_version"])

    def _records(self) -> list[dict[str, Any]]:
        return [
            {
                "rule": rule.id,
                "name": rule.name,
                "heading": rule.heading,
                "role": rule.role,
                "asked_of": list(rule.asked_of),
                "summary": rule.summary,
                "source": rule.source,
            }
            for rule in self.rules
        ]

    def __repr__(self) -> str:
        return f"<Rules {self.rules_version}: {len(self)} rules, {len(self.policy_differences)} policy differences>"

    def _repr_html_(self) -> str:
        from ttw import _html

        rows = [(rule.id, rule.heading, rule.summary, rule.source) for rule in self.rules]
        return _html.table(f"Rules {self.rules_version}", ("Rule", "Heading", "What it says", "Source"), rows)
