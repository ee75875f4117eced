"""A form that was checked before it is filed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ttw._answer import Answer, counted, frozen, maybe
from ttw._problem import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Mapping


class NaturalKey(Answer):
    """Something that may be on file only once while it is live.

    Examples:
        >>> import ttw
        >>> key = ttw.NaturalKey({"kind": "payment_request_month", "value": "T-0001#2025-06"})
        >>> key.kind, key.value
        ('payment_request_month', 'T-0001#2025-06')
    """

    __slots__ = ()

    @property
    def kind(self) -> str:
        """What is unique."""
        return cast(str, self._values["kind"])

    @property
    def value(self) -> str:
        """The key; it holds no number of anybody."""
        return cast(str, self._values["value"])


class Intake(Answer):
    """The table of the mail to the program manager; people are shown by their last four digits.

    Examples:
        >>> import ttw
        >>> ttw.Intake({"heading": "Work Plan", "columns": ["SSN"], "rows": [["***-**-3456"]]}).rows
        (('***-**-3456',),)
    """

    __slots__ = ()

    @property
    def heading(self) -> str:
        """Above the table."""
        return cast(str, self._values["heading"])

    @property
    def columns(self) -> tuple[str, ...]:
        """Titles of the columns."""
        return tuple(self._values["columns"])

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Rows of cells."""
        return tuple(tuple(row) for row in self._values["rows"])

    def __repr__(self) -> str:
        return f"<Intake {self.heading}: {counted(len(self.rows), 'row')}>"


class Validation(Answer):
    """A form with nothing wrong, as it would be filed.

    Examples:
        >>> import ttw
        >>> draft = {"beneficiaries": [{"ssn": "900-12-3456", "assignment_date": "2016-05-20"}]}
        >>> ttw.validate("earnings_inquiry", draft, received_on="2017-01-15", people="test")
        <Validation of earnings_inquiry, by itself: 0 warnings>
    """

    __slots__ = ()

    @property
    def form(self) -> str:
        """Which form."""
        return cast(str, self._values["form"])

    @property
    def checked_against_file(self) -> bool:
        """Whether it was checked against what is on file; False when only the draft itself was."""
        return cast(bool, self._values["checked_against_file"])

    @property
    def document(self) -> Mapping[str, Any] | None:
        """The form in its normal shape, numbers of people masked; None for a draft that was checked by itself."""
        return maybe(frozen, self._values["document"])

    @property
    def warnings(self) -> Problems:
        """What is unlikely but possible, each to be acknowledged by its code."""
        return Problems(Problem(values) for values in self._values["warnings"])

    @property
    def keys(self) -> tuple[NaturalKey, ...]:
        """What may be on file only once."""
        return tuple(NaturalKey(values) for values in self._values["keys"])

    @property
    def intake(self) -> Intake | None:
        """The table of the mail to the program manager; None for a draft that was checked by itself."""
        return maybe(Intake, self._values["intake"])

    @property
    def advice(self) -> Mapping[str, Any] | None:
        """What will probably become of it, where there is something to say. It is never a reason to refuse."""
        return maybe(frozen, self._values["advice"])

    @property
    def rules_version(self) -> str:
        """The version of rules and parameters."""
        return cast(str, self._values["rules_version"])

    def __repr__(self) -> str:
        against = "" if self.checked_against_file else ", by itself"
        return f"<Validation of {self.form}{against}: {counted(len(self.warnings), 'warning')}>"

    def _repr_html_(self) -> str:
        from ttw import _html

        against = "what is on file" if self.checked_against_file else "itself alone"
        advice = (self._values["advice"] or {}).get("text")
        told = _html.paragraph(f"{self.form}: nothing is wrong; checked against {against}. ", advice or "")
        rows = [(problem.code, problem.path, problem.message, problem.cite) for problem in self.warnings]
        columns = ("Code", "Where", "What to do", "Rule or law")
        return _html.Markup(told + _html.table(f"To acknowledge: {len(rows)}", columns, rows))
