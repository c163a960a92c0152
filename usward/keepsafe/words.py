"""Every kind of entry in words, for the export. A kind without words of its own is told field by field."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import msgspec

from usward.entries.attachments import Photo, photos_in
from usward.entries.kinds import Kind
from usward.practices.checkin.entries import MOODS, NEEDS, CheckIn
from usward.practices.questions.entries import Another, Answer, Draw, Limits, Offer, Skip
from usward.practices.thanks.entries import COMPLIMENT, Thanks
from usward.talkback.entries import Kept, Reply, Tonight


@dataclass(frozen=True)
class Words:
    """One entry as one reads it: what it is, its lines (label, text), and what it stands under, if anything.

    `told` is False for what is no word of anybody's (a draw, a skip): it is in entries.json, but not on the pages.
    """

    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    under: str = ""
    told: bool = True


K = TypeVar("K", bound=Kind)
_renderers: dict[type[Kind], Callable[[Any], Words]] = {}


def renders(kind: type[K]) -> Callable[[Callable[[K], Words]], Callable[[K], Words]]:
    """Register how a kind reads."""

    def keep(function: Callable[[K], Words]) -> Callable[[K], Words]:
        _renderers[kind] = function
        return function

    return keep


def words(value: Kind) -> Words:
    """A value in words."""
    return _renderers.get(type(value), by_fields)(value)


def by_fields(value: Kind) -> Words:
    """The fallback: every field that holds something, by its name."""
    found = [(_label(name), _plain(getattr(value, name))) for name in value.__struct_fields__]
    return Words(_label(value.name), [(label, text) for label, text in found if text])


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def _plain(value: Any) -> str:
    if value is None or isinstance(value, (Photo, bytes)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, msgspec.Struct):
        return _plain({name: getattr(value, name) for name in value.__struct_fields__})
    if isinstance(value, dict):
        pairs = ((_label(str(key)), _plain(one)) for key, one in value.items())
        return "\n".join(f"{key}: {text}" for key, text in pairs if text)
    if isinstance(value, (list, tuple, set, frozenset)):
        return "\n".join(filter(None, map(_plain, value)))
    return str(value)


def data(value: Any) -> Any:
    """A value as entries.json holds it: a photo is the name of its file, its key stays out."""
    if isinstance(value, Photo):
        return {"file": photo_file(value), "width": value.width, "height": value.height}
    if isinstance(value, msgspec.Struct):
        return {name: data(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [data(one) for one in value]
    if isinstance(value, dict):
        return {str(key): data(one) for key, one in value.items()}
    return msgspec.to_builtins(value)


def photo_file(photo: Photo) -> str:
    """Where a photo lies in the folder."""
    return f"photos/{photo.id}.jpg"


def photos(value: Kind) -> list[Photo]:
    """The photos in a value."""
    return list(photos_in(value))


def _lines(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [(label, text) for label, text in pairs if text]


@renders(CheckIn)
def _checkin(value: CheckIn) -> Words:
    need = NEEDS.get(value.need, value.need)
    return Words(
        "How I am", _lines(("", MOODS.get(value.mood, value.mood)), ("What would help", need), ("", value.line))
    )


@renders(Answer)
def _answer(value: Answer) -> Words:
    return Words("Answer", [("", value.text)], under=value.question_text)


@renders(Offer)
def _offer(value: Offer) -> Words:
    return Words("Held out a question", under=value.text, told=False)


@renders(Thanks)
def _thanks(value: Thanks) -> Words:
    title = "A compliment" if value.kind == COMPLIMENT else "Thanks"
    return Words(title, _lines(("", value.text), ("What it meant", value.meant), ("What it shows", value.shows)))


@renders(Reply)
def _reply(value: Reply) -> Words:
    return Words("Reply", [("", value.text)])


@renders(Kept)
def _kept(value: Kept) -> Words:
    return Words("Kept from the talk", [("", value.line)])


@renders(Tonight)
def _tonight(value: Tonight) -> Words:
    return Words("Said aloud, one evening", under=value.text)


def _silent(value: Kind) -> Words:
    return Words(_label(value.name), told=False)


for _kind in (Draw, Skip, Another, Limits):
    _renderers[cast(type[Kind], _kind)] = _silent
