"""Kinds: what an entry means, as typed, frozen, versioned values.

A practice declares a kind with its scope and its rule of revealing before anything else:

    @register
    class Thanks(Kind):
        name, version, scope, reveal = "thanks", 1, Scope.SHARED, Reveal.AT_ONCE
        text: str

Old versions are read for ever: an upcaster turns the fields of version n into those of n + 1.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, ClassVar, TypeVar

import msgspec

from usward.entries.models import Reveal, Scope


@dataclass(frozen=True)
class Words:
    """One thing as one reads it outside its page: a title, its lines (label, text), and what it stands under, if anything.

    `drawn` is an SVG of our own making (Markup), for what was drawn by hand. `told` is False for what is no word of
    anybody's (a draw, a skip): it is in the export's record, but on no page.
    """

    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    under: str = ""
    told: bool = True
    drawn: str = ""


class Kind(msgspec.Struct, frozen=True):
    """The base of everything that can be said."""

    name: ClassVar[str]
    version: ClassVar[int] = 1
    scope: ClassVar[Scope]
    # What else its author may choose instead. Nothing of a kind is ever put under a scope that it has not declared.
    or_scopes: ClassVar[tuple[Scope, ...]] = ()
    reveal: ClassVar[Reveal] = Reveal.AT_ONCE
    # One for the two (a draw, not a word): when two spaces become one, the newcomer's gives way.
    space_wide: ClassVar[bool] = False
    # Whether what it replaces is kept for its author. Where it is not, the row goes, and no page is told, not even its
    # author's own: nobody's words, and many of them.
    history: ClassVar[bool] = True

    @classmethod
    def all_scopes(cls) -> tuple[Scope, ...]:
        """Every scope under which things of this kind may stand."""
        return (cls.scope, *cls.or_scopes)

    @property
    def nobodys(self) -> bool:
        """Whether nobody has said it, for all that anybody is told: it was put because somebody looked in, or it is for the two
        without a name. Such a thing is taken along by nobody, since there it would stand with its author."""
        return self.space_wide

    def held_out(self) -> "tuple[Kind, str, str] | None":
        """What tells the other of a newcomer's words to this, where it gives way: a kind, and its exchange and step."""
        return None

    def last_day(self, at: datetime, zone: str) -> date | None:
        """The last local day on which the other finds it, by their clocks; None where it stays. Of what passes nobody is given a
        list: for the other there is the newest, while its day lasts."""
        return None

    def words(self) -> Words:
        """How this reads in the export. A kind without words of its own is told field by field."""
        pairs = [(label(name), plain(getattr(self, name))) for name in self.__struct_fields__]
        return Words(label(self.name), [(name, text) for name, text in pairs if text])


def label(name: str) -> str:
    """A field's or a kind's name as a title."""
    return name.replace("_", " ").replace("-", " ").capitalize()


def plain(value: Any) -> str:
    """Any value of a field in words; files and keys have none."""
    if value is None or isinstance(value, bytes) or hasattr(value, "key"):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, msgspec.Struct):
        return plain({name: getattr(value, name) for name in value.__struct_fields__})
    if isinstance(value, dict):
        pairs = ((label(str(key)), plain(one)) for key, one in value.items())
        return "\n".join(f"{key}: {text}" for key, text in pairs if text)
    if isinstance(value, (list, tuple, set, frozenset)):
        return "\n".join(filter(None, map(plain, value)))
    return str(value)


def lines(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """The lines that hold something."""
    return [(name, text) for name, text in pairs if text]


class Silent(Kind, frozen=True):
    """A kind that is no word of anybody's: a draw, a skip, a setting."""

    def words(self) -> Words:
        return Words(label(self.name), told=False)


class Body(msgspec.Struct, frozen=True, array_like=True):
    """What is sealed: the kind and its fields, when it was said, and the plain names that the row holds hashed."""

    kind: str
    version: int
    at: float
    exchange: str
    step: str
    slot: str
    fields: msgspec.Raw


K = TypeVar("K", bound=Kind)
Fields = dict[str, Any]

_kinds: dict[str, type[Kind]] = {}
_upcasters: dict[tuple[str, int], Callable[[Fields], Fields]] = {}
_encoder = msgspec.msgpack.Encoder()
_body = msgspec.msgpack.Decoder(Body)


class UnknownKind(ValueError):
    """Sealed by a version of the program that knows more kinds than this one."""


def register(kind: type[K]) -> type[K]:
    """Make a kind known. Two of one name are an error at import."""
    known = _kinds.get(kind.name, kind)
    if (known.__module__, known.__qualname__) != (kind.__module__, kind.__qualname__):
        raise ValueError(f"two kinds are called {kind.name!r}")
    _kinds[kind.name] = kind
    return kind


def upcast(name: str, version: int) -> Callable[[Callable[[Fields], Fields]], Callable[[Fields], Fields]]:
    """Declare how the fields of this version become those of the next."""

    def keep(function: Callable[[Fields], Fields]) -> Callable[[Fields], Fields]:
        _upcasters[name, version] = function
        return function

    return keep


def registered() -> dict[str, type[Kind]]:
    """Every kind, by name."""
    return dict(_kinds)


def encode(value: Kind, at: datetime, exchange: str, step: str, slot: str) -> bytes:
    """A value as the bytes that are padded and sealed."""
    fields = msgspec.Raw(_encoder.encode(value))
    return _encoder.encode(Body(value.name, value.version, at.timestamp(), exchange, step, slot, fields))


def decode_body(raw: bytes) -> Body:
    """The bytes as a body, its fields still raw. Raises ValueError (msgspec's errors are)."""
    return _body.decode(raw)


def decode(body: Body) -> Kind:
    """The typed value of a body, brought up to the present version. Raises UnknownKind or ValueError."""
    kind = _kinds.get(body.kind)
    if kind is None or body.version > kind.version:
        raise UnknownKind(body.kind)
    if body.version == kind.version:
        return msgspec.msgpack.decode(body.fields, type=kind)
    fields: Fields = msgspec.msgpack.decode(body.fields)
    for version in range(body.version, kind.version):
        if (body.kind, version) not in _upcasters:
            raise UnknownKind(f"{body.kind} of version {version}")
        try:
            fields = _upcasters[body.kind, version](fields)
        except (LookupError, TypeError, AttributeError) as error:
            raise ValueError("these are not the fields of that version") from error
    return msgspec.convert(fields, kind)


def upcasters() -> set[tuple[str, int]]:
    """The (kind, version) pairs that can be brought up to the next version."""
    return set(_upcasters)


def said_at(body: Body) -> datetime:
    """When it was said, in UTC. Raises ValueError where no calendar has such a moment."""
    try:
        return datetime.fromtimestamp(body.at, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError("not a moment") from error
