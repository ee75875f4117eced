"""What every answer of the engine has in common: read-only, compared and hashed by its JSON."""

from __future__ import annotations

import json
from abc import abstractmethod
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ttw._frames import Columns, Library
    from ttw._plain import Policy

T = TypeVar("T")


class Answer:
    """A part of an answer, with its fields as attributes.

    An answer is read-only. Two answers are equal when their JSON is, and then they have the same hash. Answers can be
    pickled and copied, and made again from stored JSON.

    Args:
        content: The JSON text, or the values that were read from it.

    Examples:
        >>> import ttw
        >>> answer = ttw.decide(ttw.example())
        >>> ttw.Determination(answer.to_json()) == answer
        True
    """

    __slots__ = ("_json", "_read")
    _json: str | None
    _read: dict[str, Any] | None

    def __init__(self, content: str | Mapping[str, Any]) -> None:
        text, values = (content, None) if isinstance(content, str) else (None, dict(content))
        object.__setattr__(self, "_json", text)
        object.__setattr__(self, "_read", values)

    @property
    def _values(self) -> dict[str, Any]:
        """The values of the JSON, read when first asked for."""
        if self._read is None:
            object.__setattr__(self, "_read", json.loads(self._json or "{}"))
        return self._read or {}

    def to_json(self) -> str:
        """Gives the JSON of the contract, exactly as the engine wrote it.

        Returns:
            Compact JSON text. For a whole answer these are the bytes that the HTTP functions give.
        """
        if self._json is None:
            text = json.dumps(self._read, ensure_ascii=False, separators=(",", ":"))
            object.__setattr__(self, "_json", text)
        return self._json or ""

    def to_dict(self) -> dict[str, Any]:
        """Gives the JSON as a new dict: money as decimal strings, months as `YYYY-MM`, dates as `YYYY-MM-DD`."""
        values: dict[str, Any] = json.loads(self.to_json())
        return values

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is read-only")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is read-only")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return isinstance(other, Answer) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((type(self), self.to_json()))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (self.to_json(),)

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self._values.items())
        return f"{type(self).__name__}({fields})"


class Framed:
    """What gives its rows as a data frame too."""

    __slots__ = ()
    _columns: ClassVar[Columns]

    @abstractmethod
    def _records(self) -> list[dict[str, Any]]:
        """The rows by column."""

    def to_frame(self, library: Library | None = None) -> Any:
        """Gives the rows as a data frame: days as `date`, months as text, money as `Decimal` but in parameters.

        Columns and their types are always the same, without rows too, so frames of several answers can be joined.

        Args:
            library: `polars`, `pandas` or `pyarrow`; None: the first that is installed.

        Raises:
            ImportError: None of them is installed.
            ValueError: There is no such library.
        """
        from ttw._frames import frame

        return frame(self._columns, self._records(), library)


class Judged(Answer):
    """An answer that was judged by a policy, under a version of the rules."""

    __slots__ = ()

    @property
    def policy(self) -> Policy:
        """By which reading."""
        return cast("Policy", self._values["policy"])

    @property
    def rules_version(self) -> str:
        """The version of rules and parameters."""
        return cast(str, self._values["rules_version"])


def maybe(make: Callable[[Any], T], value: Any) -> T | None:
    """Makes something of a value, or None of null."""
    return None if value is None else make(value)


def frozen(value: Any) -> Any:
    """The same JSON value, read-only all through."""
    if isinstance(value, dict):
        return MappingProxyType({name: frozen(item) for name, item in value.items()})
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    return value
