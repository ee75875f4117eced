"""What is wrong with an input: all of it at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, Self, cast

from ttw._answer import Answer, counted, frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

NOT_ASSIGNED = "CLAIM_PROVIDER_NOT_ASSIGNED"
"""The code of a case in which the provider has no part."""


class Problem(Answer):
    """One thing that is wrong with an input.

    Examples:
        >>> import ttw
        >>> try:
        ...     ttw.decide("{}")
        ... except ttw.TtwError as error:
        ...     problem = error.problems[0]
        >>> problem.code, problem.path, problem.action
        ('REQ_FIELD_REQUIRED', '/case', 'correct')
    """

    __slots__ = ()

    @property
    def code(self) -> str:
        """The stable code, such as `EARNINGS_MONTH_DUPLICATE`."""
        return cast(str, self._values["code"])

    @property
    def class_(self) -> Literal["syntactical", "validity", "policy", "quality", "macro"]:
        """The class, `class` in JSON."""
        return cast(Literal["syntactical", "validity", "policy", "quality", "macro"], self._values["class"])

    @property
    def path(self) -> str:
        """A JSON pointer into the document as it was given; empty for the document itself."""
        return cast(str, self._values["path"])

    @property
    def message(self) -> str:
        """One sentence: what is wrong and what to do. It never repeats the value."""
        return cast(str, self._values["message"])

    @property
    def action(self) -> Literal["correct", "do_not_resubmit", "acknowledge"]:
        """The next step."""
        return cast(Literal["correct", "do_not_resubmit", "acknowledge"], self._values["action"])

    @property
    def params(self) -> Mapping[str, Any]:
        """Numbers and choices of the message as data; often empty."""
        return cast("Mapping[str, Any]", frozen(self._values.get("params", {})))

    @property
    def cite(self) -> str | None:
        """The rule or law behind it, where there is one."""
        return cast("str | None", self._values.get("cite"))

    def __str__(self) -> str:
        return f"{self.code} at {self.path or 'the whole document'}: {self.message}"

    def __repr__(self) -> str:
        return f"<Problem {self.code} {self.path}>"


class Problems(tuple[Problem, ...]):
    """Problems in the order in which they were found; a notebook shows them as a table.

    Examples:
        >>> import ttw
        >>> try:
        ...     ttw.ledger({}, provider="EN-A", as_of="2017-09-15")
        ... except ttw.TtwError as error:
        ...     [problem.path for problem in error.problems]
        ['/case/ticket', '/case/beneficiary']
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        from ttw import _html

        rows = [(problem.code, problem.path or "the whole document", problem.message, problem.cite) for problem in self]
        return _html.table(f"Problems: {len(self)}", ("Code", "Where", "What to do", "Rule or law"), rows)


class TtwError(ValueError):
    """The engine refuses an input and says all that is wrong with it.

    Attributes:
        problems: Every `Problem`.

    Examples:
        >>> import ttw
        >>> ttw.split("1398.50", {"EN-A": 60, "EN-B": 30})
        Traceback (most recent call last):
        ...
        ttw.TtwError: MONEY_WHOLE_DOLLARS at /amount: Payments are whole dollars; send the whole amount without cents.
        SHARES_TOTAL at /shares: The shares do not add up to 100 percent; correct them.
    """

    __module__ = "ttw"
    problems: Problems

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.problems = Problems(problems)
        super().__init__(self.problems)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Makes the error of `{"errors": [...]}`.

        Args:
            text: JSON as the HTTP functions and `to_json` give it.
        """
        return cls(Problem(values) for values in json.loads(text)["errors"])

    def to_json(self) -> str:
        """Gives `{"errors": [...]}`, exactly as the engine wrote it."""
        return '{"errors":[' + ",".join(problem.to_json() for problem in self.problems) + "]}"

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    def _repr_html_(self) -> str:
        return self.problems._repr_html_()


def written(code: str, path: str, message: str) -> Problem:
    """A problem of how something is written, as the engine has it."""
    return Problem({"code": code, "class": "syntactical", "path": path, "message": message, "action": "correct"})


def refuse_stranger(rows: Iterable[Sequence[Mapping[str, Any]]]) -> None:
    """Refuses a provider that has a part in none of the cases.

    Args:
        rows: What is wrong with each case.

    Raises:
        TtwError: With this one problem, where nothing else is wrong with any case.
    """
    found: Mapping[str, Any] = {}
    for problems in rows:
        if [problem["code"] for problem in problems] != [NOT_ASSIGNED]:
            return
        found = problems[0]
    if found:
        said = {name: value for name, value in found.items() if value is not None}
        raise TtwError([Problem({**said, "path": "/provider"})])


def unread(rows: Iterable[Collection[str]], thing: str = "") -> list[str]:
    """How many rows cannot be read, and how many only have another provider, in words.

    Args:
        rows: The codes of what is wrong with each row that has something.
        thing: What a row is called.
    """
    others = [set(codes) == {NOT_ASSIGNED} for codes in rows]
    counts = (others.count(False), "cannot be read"), (others.count(True), "not with this provider")
    return [f"{counted(count, thing) if thing else f'{count:,}'} {words}" for count, words in counts if count]
