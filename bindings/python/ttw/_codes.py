"""The codes that a problem can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from ttw._answer import Answer, Framed, Listing

if TYPE_CHECKING:
    from ttw._frames import Columns


class Code(Answer):
    """A code, with what is always said of it.

    Examples:
        >>> import ttw
        >>> code = ttw.codes()["IWP_GOAL_REQUIRED"]
        >>> code.form, code.action
        ('work_plan', 'correct')
        >>> print(code.message)
        A plan has a vocational goal; add the occupation's code.
    """

    __slots__ = ()

    @property
    def code(self) -> str:
        """The code itself; it never changes its meaning."""
        return cast(str, self._values["code"])

    @property
    def class_(self) -> Literal["syntactical", "validity", "policy", "quality", "macro"]:
        """The class, `class` in JSON."""
        return cast(Literal["syntactical", "validity", "policy", "quality", "macro"], self._values["class"])

    @property
    def action(self) -> Literal["correct", "do_not_resubmit", "acknowledge"]:
        """The next step."""
        return cast(Literal["correct", "do_not_resubmit", "acknowledge"], self._values["action"])

    @property
    def message(self) -> str:
        """The sentence, with `{name}` where a problem has data."""
        return cast(str, self._values["message"])

    @property
    def cite(self) -> str | None:
        """The rule or law behind it, where there is one."""
        return cast("str | None", self._values["cite"])

    @property
    def form(self) -> str | None:
        """The form it belongs to; None for those of every question and form."""
        return cast("str | None", self._values["form"])

    def __repr__(self) -> str:
        return f"<Code {self.code}>"


class Codes(Framed, Listing[Code]):
    """Every code: a sequence that also finds one by its name.

    Examples:
        >>> import ttw
        >>> codes = ttw.codes()
        >>> "SSN_FORMAT" in codes, len(codes) > 200
        (True, True)
    """

    __slots__ = ()
    _parts = "codes"
    _part = Code
    _name = _word = "code"
    _columns: ClassVar[Columns] = dict.fromkeys(("code", "class", "action", "message", "cite", "form"), "text")

    @property
    def codes(self) -> tuple[Code, ...]:
        """Each code, page by page."""
        return self[:]

    @property
    def rules_version(self) -> str:
        """The version of rules and parameters."""
        return cast(str, self._values["rules_version"])

    def _records(self) -> list[dict[str, Any]]:
        return [{name: values[name] for name in self._columns} for values in self._values["codes"]]

    def __repr__(self) -> str:
        return f"<Codes {self.rules_version}: {len(self)} codes>"

    def _repr_html_(self) -> str:
        from ttw import _html

        rows = [(code.code, code.class_, code.action, code.message, code.cite) for code in self.codes]
        columns = ("Code", "Class", "Next step", "What is said", "Rule or law")
        return _html.table(f"Codes {self.rules_version}", columns, rows)
