"""A talk as one of the two may read it now, and the agreements that are in force."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.practices.workthrough.entries import AGREEMENTS, InForce, exchange_name
from usward.practices.workthrough.exchange import Standing, standing

BEGINNING = "workthrough:new"  # the name of the draft of a name


@dataclass(frozen=True)
class Talk:
    """A talk as this person may read it now."""

    id: str
    said: list[Said[Any]]
    now: Standing

    @property
    def exchange(self) -> str:
        """Its exchange."""
        return exchange_name(self.id)

    @property
    def path(self) -> str:
        """Where it is, as from the root, without a slash before it."""
        return address(self.id)


def address(talk: str) -> str:
    """Where a talk is, as from the root, without a slash before it."""
    return f"talk/work-it-through/{talk}/"


def find(inside: Insider, talk: UUID) -> Talk | None:
    """A talk by its id, if there is one that this person may read."""
    said = inside.reader.exchange(exchange_name(talk.hex))
    now = standing(said)
    return Talk(talk.hex, said, now) if now.begun else None


def composer(talk: Talk, form: str = "") -> str:
    """The name of the draft of a form of the present step."""
    return f"{talk.exchange}:{talk.now.key}{form}"


def in_force(inside: Insider) -> list[InForce]:
    """The agreements that stand, those first whose day comes first."""
    newest = {one.value.talk: one.value for one in inside.reader.exchange(AGREEMENTS) if isinstance(one.value, InForce)}
    return sorted((one for one in newest.values() if one.until), key=lambda one: one.until)
