"""Kinds are read for ever: every version of every kind has a frozen fixture, and each opens as what it was.

Make the fixture of a new kind, or of a new version, with:

    USWARD_FREEZE_KINDS=1 python -m pytest tests/entries/test_kinds.py

Fixtures that are there are never written anew: what was sealed once stays as it is.
"""

import json
import os
import pkgutil
from datetime import UTC, date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
import pytest

import usward
from tests.given import Word as KnownWord
from usward.entries import kinds
from usward.entries.kinds import Kind, UnknownKind, decode, decode_body, encode, register, said_at, upcast
from usward.entries.models import Reveal, Scope

FOLDER = Path(__file__).parents[1] / "fixtures" / "kinds"
FREEZE = os.environ.get("USWARD_FREEZE_KINDS") == "1"
AT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
for module in pkgutil.walk_packages(usward.__path__, "usward."):
    if module.name.endswith(".entries") and not module.ispkg:
        import_module(module.name)
OURS = {name: kind for name, kind in sorted(kinds.registered().items()) if kind.__module__.startswith("usward.")}


def sample(kind: Any, name: str = "") -> Any:
    """A value of a type, the same every time: fields hold their own names."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = get_type_hints(kind)
        return kind(**{field: sample(hints[field], field) for field in kind.__struct_fields__})
    if get_origin(kind) is dict:
        key, value = get_args(kind)
        return {sample(key, name): sample(value, name)}
    if get_origin(kind) in (tuple, list, frozenset, set):
        return get_origin(kind)([sample(get_args(kind)[0], name)])
    if get_args(kind):  # an optional or a union: its first type
        return sample(get_args(kind)[0], name)
    simple = {str: f"{name} – ærlig ❤", int: 3, float: 0.5, bool: True, bytes: b"\0\xff", UUID: UUID(int=3)}
    simple |= {date: date(2026, 2, 3), time: time(19, 30), datetime: AT}
    if kind not in simple:
        raise TypeError(f"say in tests/entries/test_kinds.py what a sample of {kind} is")
    return simple[kind]


def names(kind: type[Kind]) -> tuple[Path, Path]:
    stem = f"{kind.name}-v{kind.version}"
    return FOLDER / f"{stem}.bin", FOLDER / f"{stem}.json"


def builtins(value: Kind) -> Any:
    return json.loads(msgspec.json.encode(value))


@pytest.mark.parametrize("kind", OURS.values(), ids=list(OURS))
def test_every_kind_has_a_fixture(kind):
    raw, fields = names(kind)
    if FREEZE and not raw.exists():
        value = sample(kind)
        raw.write_bytes(encode(value, AT, "an exchange", "a step", "a slot"))
        fields.write_text(json.dumps(builtins(value), indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    assert raw.exists(), (
        f"version {kind.version} of {kind.name} has no frozen fixture: run "
        "USWARD_FREEZE_KINDS=1 python -m pytest tests/entries/test_kinds.py, look at it, commit it"
    )


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.bin")), ids=lambda path: path.stem)
def test_every_fixture_opens(path):
    body = decode_body(path.read_bytes())
    kind = kinds.registered()[body.kind]
    expected = json.loads(path.with_suffix(".json").read_text())
    assert path.stem == f"{body.kind}-v{body.version}"
    assert (body.exchange, body.step, body.slot, said_at(body)) == ("an exchange", "a step", "a slot", AT)
    value = decode(body)
    assert type(value) is kind
    if body.version == kind.version:
        assert builtins(value) == expected
    else:  # brought up: what it said then is still there, under the names that it has now
        assert [v for v in expected.values() if v not in builtins(value).values()] == []


@pytest.mark.parametrize("kind", OURS.values(), ids=list(OURS))
def test_every_kind_declares_itself(kind):
    assert kind.__struct_config__.frozen
    assert kind.name == kind.name.lower()
    assert kind.scope in Scope
    assert kind.reveal in Reveal
    assert kind.scope == Scope.SHARED or kind.reveal == Reveal.NEVER
    assert kind.__doc__
    for version in range(1, kind.version):
        assert (kind.name, version) in kinds.upcasters(), f"nothing brings version {version} of {kind.name} up"


def test_two_kinds_of_one_name_are_an_error():
    class Word(Kind, frozen=True):  # the same class name, too, in another place
        name, scope = KnownWord.name, Scope.SHARED

    with pytest.raises(ValueError, match="two kinds"):
        register(Word)


@register
class Made(Kind, frozen=True):
    """A made-up kind that has changed twice."""

    name, version, scope = "test-made", 3, Scope.SHARED
    words: str
    warm: bool = False


class Once(msgspec.Struct):
    text: str


@upcast("test-made", 1)
def renamed(fields):
    return {"words": fields["text"]}


@upcast("test-made", 2)
def warmer(fields):
    return fields | {"warm": True}


def body_of(version: int, fields: Any, name: str = "test-made") -> kinds.Body:
    raw = msgspec.msgpack.encode(
        kinds.Body(name, version, 0.0, "e", "s", "p", msgspec.Raw(msgspec.msgpack.encode(fields)))
    )
    return decode_body(raw)


def test_old_versions_are_brought_up():
    assert decode(body_of(1, {"text": "old"})) == Made("old", True)
    assert decode(body_of(2, {"words": "newer"})) == Made("newer", True)
    assert decode(body_of(3, {"words": "now"})) == Made("now", False)


@pytest.mark.parametrize(
    "body",
    [
        (4, {"words": "from the future"}),
        (0, {"words": "from before"}),
        (-1, {}),
        (1, {"words": "no text"}),
        (1, "no fields"),
        (3, {"words": 1}),
        (3, {}),
        (3, None),
    ],
)
def test_what_does_not_fit_is_a_value_error(body):
    with pytest.raises(ValueError):
        decode(body_of(*body))


def test_an_unknown_kind_is_said_to_be_so():
    with pytest.raises(UnknownKind):
        decode(body_of(1, {}, "test-nobody"))
