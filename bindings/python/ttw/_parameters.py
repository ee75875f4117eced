"""The numbers of the law, by date, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from ttw import _frames
from ttw._answer import Answer, Framed, Listing, counted, frozen

if TYPE_CHECKING:
    from os import PathLike

    from ttw._frames import Columns


class ParameterValue(Answer):
    """One value of a parameter.

    Examples:
        >>> import ttw
        >>> value = ttw.parameters("2016-08")["trial_work_level"].values[0]
        >>> value.from_, value.amount
        ('2016-01', Decimal('810'))
    """

    __slots__ = ()

    @property
    def key(self) -> str | None:
        """Which of the parameter's series; None where it has one only."""
        return cast("str | None", self._values["key"])

    @property
    def from_(self) -> str:
        """The first month in which it holds, `YYYY-MM`; `from` in JSON."""
        return cast(str, self._values["from"])

    @property
    def amount(self) -> Decimal | date:
        """The value, in the unit of the parameter."""
        text = self._values["amount"]
        return date.fromisoformat(text) if "-" in text else Decimal(text)

    @property
    def source(self) -> str:
        """Where it was published."""
        return cast(str, self._values["source"])

    def __repr__(self) -> str:
        of = f"{self.key} " if self.key else ""
        return f"<ParameterValue {of}from {self.from_}: {self._values['amount']}>"


class Parameter(Answer):
    """One parameter and its values.

    Examples:
        >>> import ttw
        >>> parameter = ttw.parameters()["sga_blind"]
        >>> parameter.unit, parameter.values[0].from_
        ('usd_per_month', '2001-01')
    """

    __slots__ = ()

    @property
    def name(self) -> str:
        """Its name."""
        return cast(str, self._values["name"])

    @property
    def title(self) -> str:
        """What it is."""
        return cast(str, self._values["title"])

    @property
    def unit(self) -> Literal["usd", "usd_per_month", "percent", "months", "days", "count", "date", "year"]:
        """The unit of its values."""
        return cast(
            'Literal["usd", "usd_per_month", "percent", "months", "days", "count", "date", "year"]',
            self._values["unit"],
        )

    @property
    def holds(self) -> Literal["calendar_year", "month", "until_changed"]:
        """How long a value holds: for its calendar year or month and not longer, or until the next value."""
        return cast('Literal["calendar_year", "month", "until_changed"]', self._values["holds"])

    @property
    def cite(self) -> str:
        """The law."""
        return cast(str, self._values["cite"])

    @property
    def verified_through(self) -> str:
        """The month up to which the values were compared with their sources, `YYYY-MM`."""
        return cast(str, self._values["verified_through"])

    @property
    def values(self) -> tuple[ParameterValue, ...]:
        """All values, or those of the month that was asked about."""
        return tuple(ParameterValue(value) for value in self._values["values"])

    def amount(self, key: str | None = None) -> Decimal | date:
        """Gives the one value of a series.

        Args:
            key: The series; None where the parameter has one only.

        Raises:
            KeyError: There is no such value, or there are several: it says which series there are, or to ask
                `ttw.parameters` for a month.

        Examples:
            >>> import ttw
            >>> ttw.parameters("2016-08")["payment_calculation_base"].amount("t2")
            Decimal('1165.22')
        """
        found = [value for value in self.values if value.key == key]
        if len(found) == 1:
            return found[0].amount
        if found:
            raise KeyError(f"there are values from {len(found)} months; ask ttw.parameters for one month")
        series = dict.fromkeys(value.key for value in self.values)
        named = [name for name in series if name is not None]
        if not series:
            raise KeyError("there is no value of this month")
        if not named:
            raise KeyError("there is one series only, which has no name: ask for amount()")
        raise KeyError(f"name one of the series: {', '.join(named)}")

    def __repr__(self) -> str:
        return f"<Parameter {self.name}: {counted(len(self.values), 'value')}, {self.unit}>"

    def _repr_html_(self) -> str:
        from ttw import _html

        rows = [(value.key or "", value.from_, value._values["amount"], value.source) for value in self.values]
        unit = self.unit.replace("_", " ").replace("usd", "US dollars")
        columns = ("Series", "From", unit.capitalize() if unit[0].islower() else unit, "Source")
        return _html.table(f"{self.title} ({self.cite})", columns, rows)


class Parameters(Framed, Listing[Parameter]):
    """All parameters of the engine: a sequence that also finds one by its name.

    As a data frame a row a value: `name`, `title`, `key`, `from` (first day of the month), `amount` or, for a parameter
    whose unit is `date`, `day`, then `unit`, `cite`, `source`.

    Examples:
        >>> import ttw
        >>> parameters = ttw.parameters("2025-06")
        >>> parameters.on, parameters["sga_non_blind"].amount()
        ('2025-06', Decimal('1620'))
        >>> parameters["payment_calculation_base"].values
        ()
    """

    __slots__ = ()
    _parts = "parameters"
    _part = Parameter
    _name, _word = "name", "parameter"
    _columns: ClassVar[Columns] = {
        **dict.fromkeys(("name", "title", "key"), "text"),
        "from": "day",
        "amount": "dollars",
        "day": "day",
        **dict.fromkeys(("unit", "cite", "source"), "text"),
    }

    @property
    def on(self) -> str | None:
        """The month that was asked about, `YYYY-MM`; None: all values."""
        return cast("str | None", self._values["on"])

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Each parameter."""
        return self[:]

    @property
    def ein_prefix(self) -> Mapping[str, Any]:
        """Prefixes of Employer Identification Numbers that are issued, as JSON has them."""
        return cast("Mapping[str, Any]", frozen(self._values["ein_prefix"]))

    @property
    def ssn_never_assigned(self) -> Mapping[str, Any]:
        """Areas of Social Security numbers that are never assigned, as JSON has them."""
        return cast("Mapping[str, Any]", frozen(self._values["ssn_never_assigned"]))

    @property
    def federal_holiday(self) -> Mapping[str, Any]:
        """Federal holidays by rule, as JSON has them."""
        return cast("Mapping[str, Any]", frozen(self._values["federal_holiday"]))

    @property
    def rules_version(self) -> str:
        """The version of rules and parameters."""
        return cast(str, self._values["rules_version"])

    def _records(self) -> list[dict[str, Any]]:
        return [
            {
                "name": parameter.name,
                "title": parameter.title,
                "key": value.key,
                "from": _frames.month(value.from_),
                "amount": None if isinstance(value.amount, date) else value.amount,
                "day": value.amount if isinstance(value.amount, date) else None,
                "unit": parameter.unit,
                "cite": parameter.cite,
                "source": value.source,
            }
            for parameter in self.parameters
            for value in parameter.values
        ]

    def __repr__(self) -> str:
        return f"<Parameters {self._when()}: {len(self)}, rules {self.rules_version}>"

    def _when(self) -> str:
        return "of all years" if self.on is None else f"on {self.on}"

    def _repr_html_(self) -> str:
        from ttw import _html

        rows = [
            (
                parameter.name,
                parameter.title,
                ", ".join(_shown(value) for value in parameter.values) or None,
                parameter.cite,
            )
            for parameter in self.parameters
        ]
        return _html.table(f"Parameters {self._when()}", ("Name", "What it is", "Values", "Law"), rows)


def _shown(value: ParameterValue) -> str:
    of = f"{value.key} " if value.key else ""
    return f"{of}{value._values['amount']} from {value.from_}"


def files(params: Mapping[str, str] | str | PathLike[str]) -> list[tuple[str, str]]:
    """An operator's parameter files, by their names.

    Raises:
        NotADirectoryError: There is no such folder.
    """
    if isinstance(params, Mapping):
        return list(params.items())
    from pathlib import Path

    folder = Path(params)
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is no folder; parameters are the *.toml of a folder, or a mapping")
    return [(file.name, file.read_text("utf-8")) for file in sorted(folder.glob("*.toml"))]
