"""What every answer of the engine has in common: read-only, compared and hashed by its JSON."""

from __future__ import annotations

import json
from abc import abstractmethod
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, cast, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from ttw._frames import Columns, Library
    from ttw._plain import Policy

T = TypeVar("T")

_NEAR, _TOLD = 3, 60


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
        """Gives the rows as a data frame: days as `date`, a month as its first day, money as `Decimal`.

        Columns and their types are always the same, without rows too, and those of a name are of one type in all
        frames of the package: they can be stacked and joined.

        Args:
            library: `polars`, `pandas` or `pyarrow`; None: the first that is installed.

        Raises:
            ImportError: None of them is installed.
            ValueError: There is no such library.
        """
        from ttw._frames import frame

        return frame(self._columns, self._records(), library)

    def to_polars(self) -> Any:
        """Gives the rows as a Polars data frame; Polars must be installed."""
        return self.to_frame("polars")

    def to_pandas(self) -> Any:
        """Gives the rows as a pandas data frame; pandas must be installed, and pyarrow need not be."""
        return self.to_frame("pandas")

    def to_arrow(self) -> Any:
        """Gives the rows as a pyarrow table; pyarrow must be installed."""
        return self.to_frame("pyarrow")


class Listing(Answer, Generic[T]):
    """A sequence of parts; where parts have names it also finds one by its name."""

    __slots__ = ()
    _parts: ClassVar[str]
    _part: ClassVar[type[Answer]]
    _name: ClassVar[str | None] = None
    _word: ClassVar[str] = "part"

    def __len__(self) -> int:
        return len(self._values[self._parts])

    def __iter__(self) -> Iterator[T]:
        return iter(self[:])

    def __contains__(self, part: object) -> bool:
        named = self._name is not None and any(part == values[self._name] for values in self._values[self._parts])
        return named or any(part == each for each in self)

    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...

    @overload
    def __getitem__(self, place: int | str) -> T: ...

    def __getitem__(self, place: int | str | slice) -> T | tuple[T, ...]:
        found = self._values[self._parts]
        if isinstance(place, slice):
            return tuple(self._of(values) for values in found[place])
        if isinstance(place, str):
            names = [] if self._name is None else [values[self._name] for values in found]
            if place not in names:
                raise unheard_of(self._word, place, names)
            return self._of(found[names.index(place)])
        return self._of(found[place])

    def _of(self, values: Any) -> T:
        return cast(T, self._part(values))


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


def unheard_of(what: str, name: object, names: Collection[str]) -> KeyError:
    """An error that says which names there are; it never repeats the one that was given."""
    from difflib import get_close_matches

    by_sound = {known.casefold(): known for known in names}
    near = [by_sound[sound] for sound in get_close_matches(str(name).casefold(), by_sound, _NEAR)]
    if near:
        return KeyError(f"there is no such {what}; did you mean {' or '.join(near)}?")
    some, more = (list(names), "") if len(names) <= _TOLD else (list(names)[:_NEAR], ", for example")
    listed = f": {', '.join(some)}" if some else ""
    return KeyError(f"there is no such {what}; there are {len(names)}{more}{listed}")


def counted(number: int, thing: str) -> str:
    """So many things: `1 ticket`, `2 tickets`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


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
